"""Every numbered equation of the Matrix Cookbook's chapters 1, 2, 3, 9 and 10 is stated, or skipped with a reason."""

import itertools
import re

import pytest

from matcalc.catalogue import Identity, read_catalogue, shipped_folder

FILES = {chapter: read_catalogue(shipped_folder() / f"matrix_cookbook_{chapter}.yaml") for chapter in (1, 2, 3, 9, 10)}

FIRST_AND_LAST = {1: (1, 31), 2: (32, 144), 3: (145, 224), 9: (397, 486), 10: (487, 550)}
"""The numbers of the first and the last equation of a chapter."""

PRINTED = [one for file in FILES.values() for one in file.identities if one.name.endswith("-as-printed")]


def equations(place: str) -> set[int]:
    """The equation numbers that a source or a skipped item names: `equations 8 to 10 and 12` means 8, 9, 10 and 12."""
    found: list[int] = []
    for listed in re.findall(r"\bequations? (\d+(?:(?:, | and | to )\d+)*)", place):
        for is_end, number in re.findall(r"(to )?(\d+)", listed):
            found += range(found[-1], int(number) + 1) if is_end else [int(number)]
    return set(found)


@pytest.mark.parametrize("chapter", FILES)
def test_every_equation_of_a_chapter_is_stated_or_skipped(chapter: int) -> None:
    file = FILES[chapter]
    places = itertools.chain((one.source for one in file.identities), (skipped.item for skipped in file.skipped))
    first, last = FIRST_AND_LAST[chapter]
    assert set(range(first, last + 1)) - set().union(*map(equations, places)) == set()


@pytest.mark.parametrize("chapter", FILES)
def test_an_equation_is_listed_in_its_chapter(chapter: int) -> None:
    first, last = FIRST_AND_LAST[chapter]
    for identity in FILES[chapter].identities:
        assert not equations(identity.source) or min(equations(identity.source)) >= first, identity.name
        assert identity.source.startswith("Petersen and Pedersen 2012, "), identity.name
    for skipped in FILES[chapter].skipped:
        assert equations(skipped.item) <= set(range(first, last + 1)), skipped.item


@pytest.mark.parametrize("printed", PRINTED, ids=[one.name for one in PRINTED])
def test_an_equation_that_is_false_as_printed_stands_beside_its_correction(printed: Identity) -> None:
    neighbours = [one for file in FILES.values() for one in file.identities if "corrected" in one.tags]
    assert printed.expect == "refuted"
    assert "erratum" in printed.tags
    assert any(equations(printed.source) & equations(one.source) for one in neighbours)


@pytest.mark.parametrize(
    ("place", "numbers"),
    [
        ("equation 49", {49}),
        ("equations 8 to 10 and 12", {8, 9, 10, 12}),
        ("equation 143, entry 1, 3", {143}),
        ("section 2.5, before equation 99", {99}),
        ("section 3.2.6", set()),
    ],
)
def test_equation_numbers_are_read_off_a_place(place: str, numbers: set[int]) -> None:
    assert equations(place) == numbers
