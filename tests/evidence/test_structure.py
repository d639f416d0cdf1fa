"""Tied entries of structured matrices, and matrices made to have properties."""

from fractions import Fraction

import pytest

from matcalc.evidence.domains import Rationals
from matcalc.evidence.exact import ExactBackend
from matcalc.evidence.matrices import Rows
from matcalc.evidence.structure import (
    constrained,
    entry_direction,
    free_change,
    has_variants,
    impose,
    tied_entries,
    variant,
)

BACKEND = ExactBackend(Rationals())

TIES = (
    ("symmetric", (0, 1), {(0, 1): 1, (1, 0): 1}),
    ("symmetric", (1, 1), {(1, 1): 1}),
    ("pd", (1, 0), {(0, 1): 1, (1, 0): 1}),
    ("psd", (1, 0), {(0, 1): 1, (1, 0): 1}),
    ("skew", (0, 1), {(0, 1): 1, (1, 0): -1}),
    ("skew", (1, 1), {}),
    ("diagonal", (0, 0), {(0, 0): 1}),
    ("diagonal", (0, 1), {}),
    ("lower", (1, 0), {(1, 0): 1}),
    ("lower", (0, 1), {}),
    ("upper", (0, 1), {(0, 1): 1}),
    ("upper", (1, 0), {}),
    ("invertible", (1, 0), {(1, 0): 1}),
    ("symmetric lower", (1, 0), {}),
    ("symmetric lower", (1, 1), {(1, 1): 1}),
    ("symmetric skew", (0, 1), {}),
)


@pytest.mark.parametrize(("properties", "position", "expected"), TIES)
def test_entries_are_tied_as_the_structure_says(
    properties: str, position: tuple[int, int], expected: dict[tuple[int, int], int]
) -> None:
    assert tied_entries(properties.split(), position) == expected


@pytest.mark.parametrize(("properties", "position", "expected"), TIES)
def test_a_change_of_one_entry_moves_what_is_tied_to_it(
    properties: str, position: tuple[int, int], expected: dict[tuple[int, int], int]
) -> None:
    names = frozenset(properties.split())
    one = tuple(tuple(Fraction((i, j) == position) for j in range(2)) for i in range(2))
    moved = tuple(tuple(Fraction(expected.get((i, j), 0)) for j in range(2)) for i in range(2))
    assert free_change(BACKEND, names, one) == moved
    assert entry_direction(names, position, 2, 2) == moved


RAW: Rows = tuple(tuple(map(Fraction, row)) for row in ((1, 2), (3, 4)))

MADE = (
    ("symmetric", ((1, 3), (3, 4))),
    ("skew", ((0, -3), (3, 0))),
    ("diagonal", ((1, 0), (0, 4))),
    ("lower", ((1, 0), (3, 4))),
    ("upper", ((1, 2), (0, 4))),
    ("psd", ((5, 11), (11, 25))),
    ("pd", ((6, 11), (11, 26))),
    ("orthogonal", ((Fraction(-4, 5), Fraction(3, 5)), (Fraction(-3, 5), Fraction(-4, 5)))),
    ("orthogonal symmetric", ((Fraction(4, 5), Fraction(-3, 5)), (Fraction(-3, 5), Fraction(-4, 5)))),
    ("invertible", RAW),
)


@pytest.mark.parametrize(("properties", "expected"), MADE)
def test_a_matrix_is_made_to_have_properties(properties: str, expected: Rows) -> None:
    assert impose(BACKEND, properties.split(), RAW) == expected


def test_a_matrix_that_has_the_structure_stays_as_it_is() -> None:
    symmetric = constrained(BACKEND, {"symmetric"}, RAW)
    assert constrained(BACKEND, {"symmetric"}, symmetric) == symmetric


VARIANTS = (
    ("orthogonal", ((1, 2), (3, -4)), ((1, -1), (1, -1))),
    ("orthogonal symmetric", ((1, 2), (3, -4)), ((-1, -1), (-1, -1))),
    ("pd", ((-1, 2), (3, 4)), ((Fraction(1, 4),) * 2,) * 2),
    ("pd", ((1, 2), (3, -4)), ((1, 1), (1, 1))),
)


@pytest.mark.parametrize(("properties", "raw", "expected"), VARIANTS)
def test_variants_are_chosen_by_signs_of_raw_entries(properties: str, raw: Rows, expected: Rows) -> None:
    assert has_variants(properties.split())
    assert variant(properties.split(), raw) == expected


def test_other_matrices_have_no_variants() -> None:
    assert not has_variants({"symmetric", "invertible"})
