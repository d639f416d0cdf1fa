"""Equations between sizes, and what unknown sizes have to be."""

import pytest

from matcalc.language.nodes import Size
from matcalc.language.shapes import Way
from matcalc.language.sizes import generator, ring_of, size_text
from matcalc.language.unification import Unifier

RING = ring_of(["n", "m", "k", "a", "b", "c", "e"])
n, m, k, a, b, c, e = (generator(RING, name) for name in ("n", "m", "k", "a", "b", "c", "e"))
ONE = RING.one
START = Unifier(("a", "b", "c", "e"), frozenset({"c"}), frozenset({"n", "m"}))

SOLVED = (
    ("two unknown sizes", ((a, b),), "b = a"),
    ("a known size", ((n, a),), "a = n"),
    ("a product", ((a, n * m),), "a = n*m"),
    ("a sum", ((a + n, n + m),), "a = m"),
    ("a shared factor", ((a * n, m * n),), "a = m"),
    ("a shared sum", ((a * (n + m), n * (n + m)),), "a = n"),
    ("one", ((a, ONE),), "a = 1"),
    ("several equations", ((a, b), (b, n)), "a = n; b = n"),
    ("what holds", ((n, n),), ""),
)
IMPOSSIBLE = (
    ("two known sizes", ((n, m),)),
    ("a size and itself with more", ((a, a + 1),)),
    ("a difference", ((a + n, ONE),)),
    ("a proper size and 1", ((c, ONE),)),
    ("what became proper and 1", ((b, c), (b, ONE))),
    ("an unknown size and a name that is no size", ((a, k),)),
    ("half of a way", ((a, n), (n, m))),
    ("two products", ((a * b, n * m),)),
)


def values(unifier: Unifier) -> str:
    return "; ".join(f"{name} = {_text(value)}" for name, value in sorted(unifier.values.items()))


def _text(value: Size) -> str:
    return size_text(value).replace(" * ", "*")


@pytest.mark.parametrize(("name", "way", "found"), SOLVED, ids=[row[0] for row in SOLVED])
def test_an_equation_is_solved_for_an_unknown_size(name: str, way: Way, found: str) -> None:
    assert values(START.first_of([way])) == found


@pytest.mark.parametrize(("name", "way"), IMPOSSIBLE, ids=[row[0] for row in IMPOSSIBLE])
def test_what_is_impossible_changes_nothing(name: str, way: Way) -> None:
    assert START.first_of([way]) == START


def test_the_first_way_that_is_possible_is_taken() -> None:
    assert values(START.first_of([((n, m),), ((a, n),), ((a, m),)])) == "a = n"


def test_products_are_set_equal_factor_by_factor_where_that_is_asked_for() -> None:
    assert values(START.first_of([((a * b, n * m),)], by_factors=True)) == "a = n; b = m"
    assert values(START.first_of([((a * n, b * m),)], by_factors=True)) == "a = m; b = n"


def test_a_value_is_in_terms_of_sizes_without_one() -> None:
    found = START.first_of([((b, a * n),)]).first_of([((a, m),)])
    assert found.value(b + e) == n * m + e
