"""Which term of a sum is eliminated beside its powers."""

from fractions import Fraction

import pytest

from matcalc.components.exponents import plus
from matcalc.components.terms import Entries, Factor, Term
from matcalc.prover.leading import leading
from tests.kernel.sites import S0, entries, symbol, term

s, t, w = symbol("s"), symbol("t"), symbol("w")


def power(name: str, exponent: int) -> Factor:
    return symbol(name, power=exponent)


SUMS: dict[str, Entries] = {
    "a cube multiplied out": entries(
        term(power("s", 3)), term(power("s", 2), t, c=-3), term(s, power("t", 2), c=3), term(power("t", 3), c=-1)
    ),
    "a product and a square": entries(term(s, t), term(power("s", 2)), term(w)),
    "a vector's entry and numbers": entries(term(symbol("x", S0)), term(power("s", 4)), term(), slots=()),
}


@pytest.mark.parametrize("body", SUMS.values(), ids=SUMS.keys())
@pytest.mark.parametrize("name", ["s", "t", "w"])
def test_the_leading_term_of_a_multiple_is_the_multiple_of_the_leading_term(body: Entries, name: str) -> None:
    multiple = Entries(body.slots, tuple(_times(one, name) for one in body.terms))
    assert leading(multiple) == leading(body)


def _times(one: Term, name: str) -> Term:
    powers = {f.head: f.exponent for f in one.factors}
    head = symbol(name).head
    powers[head] = plus(powers.get(head, Fraction(0)), Fraction(1))
    indices = {f.head: f.indices for f in one.factors}
    return Term(one.coefficient, one.bound, tuple(Factor(h, indices.get(h, ()), p) for h, p in powers.items()))


def test_a_constant_has_no_leading_term() -> None:
    assert leading(entries(term(c=3))) is None
    assert leading(entries()) is None
