"""Sums of products of long polynomials: SymPy's polynomials, multiplied with whole coefficients and packed exponents.

The exponents of a monomial are the bytes of one whole number, so that monomials are multiplied by adding numbers as
long as no exponent of the product is above 255; coefficients are brought to one denominator beforehand. What does not
fit, and what is short, is left to SymPy.

Source: M. Monagan and R. Pearce, Polynomial division using dynamic arrays, heaps, and packed exponent vectors, 2007.
"""

from collections.abc import Sequence
from functools import reduce
from math import lcm
from operator import add
from typing import TypeAlias

from matcalc.evidence.generators import Polynomial

SHORT = 200
"""Products of two terms up to which packing takes longer than it saves."""

LARGEST_EXPONENT = 255
"""Of a generator, in one byte."""

Packed: TypeAlias = list[tuple[int, int]]
"""Packed monomials and whole coefficients."""


def inner(pairs: Sequence[tuple[Polynomial, Polynomial]]) -> Polynomial:
    """The sum Σ pᵢ·qᵢ of products, at least one, of polynomials of one ring over the rational numbers."""
    fitting = [pair for pair in pairs if _fits(*pair)]
    left = [p * q for p, q in pairs if not _fits(p, q)]
    together = [_packed_product(fitting)] if fitting else []
    return reduce(add, together + left)


def _fits(p: Polynomial, q: Polynomial) -> bool:
    return len(p) * len(q) > SHORT and _highest(p) + _highest(q) <= LARGEST_EXPONENT


def _packed_product(pairs: Sequence[tuple[Polynomial, Polynomial]]) -> Polynomial:
    packed = [(_packed(p), _packed(q)) for p, q in pairs]
    common = lcm(*(over_left * over_right for (_, over_left), (_, over_right) in packed))
    terms: dict[int, int] = {}
    known = terms.get
    for (left, over_left), (right, over_right) in packed:
        scale = common // (over_left * over_right)
        for monomial, coefficient in left:
            scaled = coefficient * scale
            for other, factor in right:
                key = monomial + other
                terms[key] = known(key, 0) + scaled * factor
    return _unpacked(pairs[0][0].ring, terms, common)


def _highest(p: Polynomial) -> int:
    highest: int = max(map(max, p.itermonoms()))
    return highest


def _packed(p: Polynomial) -> tuple[Packed, int]:
    """The terms of p times its common denominator, and that denominator."""
    common = lcm(*(int(coefficient.denominator) for coefficient in p.itercoeffs()))
    return [
        (int.from_bytes(monomial, "little"), int(coefficient.numerator) * (common // int(coefficient.denominator)))
        for monomial, coefficient in p.iterterms()
    ], common


def _unpacked(ring: Polynomial, terms: dict[int, int], common: int) -> Polynomial:
    number, result = ring.domain.dtype, ring.zero
    for monomial, coefficient in terms.items():
        if coefficient:
            value = number(coefficient) if common == 1 else number(coefficient, common)
            result[tuple(monomial.to_bytes(ring.ngens, "little"))] = value
    return result
