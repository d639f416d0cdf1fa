"""Factors of sums: they are irreducible, and multiplied out they give the sum again."""

import pytest

from matcalc.components.terms import Entries
from matcalc.prover.polynomials import factors_of
from tests.kernel.sites import B0, HALF, K, N, entries, symbol, term

s, t = symbol("s"), symbol("t")


def squared(name: str) -> object:
    return symbol(name, power=2)


FACTORISED: dict[str, tuple[Entries, tuple[tuple[Entries, int], ...]]] = {
    "a difference of squares": (
        entries(term(squared("s")), term(squared("t"), c=-1)),
        ((entries(term(s), term(t, c=-1)), 1), (entries(term(s), term(t)), 1)),
    ),
    "a square with a number": (
        entries(term(squared("s"), c=3), term(s, c=12), term(c=12)),
        ((entries(term(c=3)), 1), (entries(term(s), term(c=2)), 2)),
    ),
    "a square of a root": (
        entries(term(s), term(symbol("s", power=HALF), c=-2), term()),
        ((entries(term(symbol("s", power=HALF)), term(c=-1)), 2),),
    ),
}


@pytest.mark.parametrize(("body", "parts"), FACTORISED.values(), ids=FACTORISED.keys())
def test_a_polynomial_has_its_factors(body: Entries, parts: tuple[tuple[Entries, int], ...]) -> None:
    assert sorted(map(str, factors_of(body))) == sorted(map(str, parts))


WITHOUT: dict[str, Entries] = {
    "an irreducible sum": entries(term(s), term(t)),
    "a sum with a power of nine digits": entries(term(symbol("s", power=10**9)), term(c=-1)),
    "a sum of squares": entries(term(squared("s")), term(squared("t"))),
    "a multiple of an irreducible sum": entries(term(s, c=2), term(t, c=2)),
    "a sum over an index": entries(term(symbol("x", B0, power=2), sums=(N,)), term(s, c=2), term(squared("t"))),
    "a negative power": entries(term(squared("s")), term(symbol("t", power=-2), c=-1)),
    "a symbolic power": entries(term(symbol("s", power=2 * K)), term(c=-1)),
    "a number": entries(term(c=4)),
    "nothing": entries(),
}


@pytest.mark.parametrize("body", WITHOUT.values(), ids=WITHOUT.keys())
def test_other_sums_are_left_alone(body: Entries) -> None:
    assert factors_of(body) == ()
