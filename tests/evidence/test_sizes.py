"""Which sizes are tried, and how integers and indices get their values."""

import itertools
import random

import pytest

from matcalc.evidence.outcomes import UndefinedError
from matcalc.evidence.relevance import relevant
from matcalc.evidence.sizes import (
    COSTLY_ENTRIES,
    differing_assignments,
    extents,
    growing_assignments,
    has_integers,
    most_entries,
    whole,
    with_integers,
)
from tests.evidence.claims import claim


@pytest.mark.parametrize("text", ["B == B", "kron(B, B) == 0", "B @ x == z"])
def test_the_random_check_prefers_pairwise_different_sizes(text: str) -> None:
    for sizes in differing_assignments(relevant(claim(text)))[:4]:
        assert len(set(sizes.values())) == len(sizes)


def test_composite_sizes_stay_small() -> None:
    stated = claim("kron(kron(A, B), M) == 0", where={"M": "matrix(a, b)"})
    for sizes in differing_assignments(relevant(stated)):
        assert most_entries(stated, sizes) <= COSTLY_ENTRIES


def test_a_claim_without_sizes_has_one_assignment() -> None:
    assert differing_assignments(relevant(claim("s == t"))) == [{}]


def test_the_search_goes_from_small_to_large() -> None:
    found = list(growing_assignments(relevant(claim("B == B")), 6))
    assert found[:4] == [{"n": 1, "m": 1}, {"n": 2, "m": 1}, {"n": 1, "m": 2}, {"n": 3, "m": 1}]
    assert len(found) == 6
    totals = [sum(sizes.values()) for sizes in found]
    assert totals == sorted(totals)


def test_of_many_sizes_each_is_two_at_last() -> None:
    stated = relevant(claim("M @ N == M @ N", where={"M": "matrix(a*b, l)", "N": "matrix(l, o*r)"}))
    found = list(growing_assignments(stated, 24))
    assert found[-1] == dict.fromkeys("ablor", 2)
    assert len(found) == 25


def test_a_single_size_grows_to_four() -> None:
    assert list(growing_assignments(relevant(claim("x == y")), 24)) == [{"n": size} for size in (1, 2, 3, 4)]


def test_indices_are_equal_first_and_different_next() -> None:
    stated = relevant(claim("x[i] == x[j]"))
    rng = random.Random(0)
    first, second = (with_integers(stated, {"n": 3}, turn, rng) for turn in (0, 1))
    assert first["i"] == first["j"] == 1
    assert second["i"] != second["j"]
    later = (with_integers(stated, {"n": 3}, turn, rng) for turn in range(2, 20))
    assert all(1 <= numbers[name] <= 3 for numbers, name in itertools.product(later, ("i", "j")))


def test_integers_take_small_values_and_zero_among_them() -> None:
    stated = relevant(claim("s ** e == s"))
    values = [with_integers(stated, {}, turn, random.Random(0))["e"] for turn in range(4)]
    assert sorted(values) == [0, 1, 2, 3]


def test_several_integers_are_met_equal_and_different() -> None:
    stated = relevant(claim("s ** e == s ** k"))
    rng = random.Random(0)
    drawn = [with_integers(stated, {}, turn % 2, rng, start=turn) for turn in range(16)]
    assert {numbers["e"] == numbers["k"] for numbers in drawn} == {True, False}


def test_integers_start_where_they_are_told() -> None:
    stated = relevant(claim("s ** e == s"))
    assert [with_integers(stated, {}, turn, random.Random(0), start=5)["e"] for turn in range(3)] == [1, 2, 3]


def test_an_integer_that_is_a_size_keeps_its_size() -> None:
    stated = relevant(claim("sum(c) == k"))
    assert with_integers(stated, {"k": 3}, 0, random.Random(0)) == {"k": 3}
    assert not has_integers(stated)
    assert has_integers(relevant(claim("x[i] == 0")))


def test_extents_are_values_of_the_shape() -> None:
    shape = claim("kron(B, x) == 0").sides[0].shape
    assert extents(shape, {"m": 2, "n": 3}) == (6, 3)


def test_a_fraction_is_no_position() -> None:
    rows = claim("x == 0").sides[0].shape.rows
    assert whole(rows / 3, {"n": 3}) == 1
    with pytest.raises(UndefinedError):
        whole(rows / 2, {"n": 3})
