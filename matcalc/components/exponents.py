"""Powers: rational numbers, or polynomials in the integer names of a claim, each in one form."""

from fractions import Fraction
from typing import TypeAlias

from matcalc.language.nodes import Size

Exponent: TypeAlias = Fraction | Size
"""A Fraction wherever it is a number, else a polynomial of the claim's ring."""


def exponent(value: Exponent | int) -> Exponent:
    """A power in its one form."""
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if value.is_ground:
        constant = value.LC
        return Fraction(int(constant.numerator), int(constant.denominator))
    return value


def plus(left: Exponent, right: Exponent) -> Exponent:
    """The sum of two powers."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    return exponent(_polynomial(left, right) + _polynomial(right, left))


def times(left: Exponent, right: Exponent) -> Exponent:
    """The product of two powers."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    return exponent(_polynomial(left, right) * _polynomial(right, left))


def scaled(value: Exponent, by: Fraction) -> Exponent:
    """A power times a number."""
    return times(value, by)


def is_natural(value: Exponent) -> bool:
    """Whether a power is a positive whole number."""
    return is_whole(value) and bool(value > 0)


def is_whole(value: Exponent) -> bool:
    """Whether a power is a whole number of any sign."""
    return isinstance(value, Fraction) and value.denominator == 1


def is_integral(value: Exponent) -> bool:
    """Whether a power is whole for every value of its integer names: all its coefficients are."""
    return is_whole(value) if isinstance(value, Fraction) else all(c.denominator == 1 for _, c in value.terms())


def _polynomial(value: Exponent, like: Size) -> Size:
    if not isinstance(value, Fraction):
        return value
    ring = like.ring
    return ring.ground_new(ring.domain(value.numerator, value.denominator))
