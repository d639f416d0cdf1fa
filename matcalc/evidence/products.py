"""Products of long polynomials: SymPy's polynomials, multiplied with whole coefficients and packed exponents.

The exponents of a monomial are the bytes of one whole number, so that monomials are multiplied by adding numbers as
long as no exponent of the product is above 255; coefficients are brought to one denominator beforehand. What does not
fit, and what is short, is left to SymPy.

Source: M. Monagan and R. Pearce, Polynomial division using dynamic arrays, heaps, and packed exponent vectors, 2007.
"""

from math import lcm
from typing import TypeAlias

from matcalc.evidence.generators import Polynomial

SHORT = 200
"""Products of two terms up to which packing takes longer than it saves."""

LARGEST_EXPONENT = 255
"""Of a generator, in one byte."""

Packed: TypeAlias = list[tuple[int, int]]
"""Packed monomials and whole coefficients."""


def product(p: Polynomial, q: Polynomial) -> Polynomial:
    """The product p·q of two polynomials of one ring over the rational numbers."""
    if len(p) * len(q) <= SHORT or _highest(p) + _highest(q) > LARGEST_EXPONENT:
        return p * q
    (left, over_left), (right, over_right) = sorted((_packed(p), _packed(q)), key=lambda packed: len(packed[0]))
    terms: dict[int, int] = {}
    known = terms.get
    for monomial, coefficient in left:
        for other, factor in right:
            key = monomial + other
            terms[key] = known(key, 0) + coefficient * factor
    return _unpacked(p.ring, terms, over_left * over_right)


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
