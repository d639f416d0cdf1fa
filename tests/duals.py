"""Exact numbers with nested dual parts: an arithmetic in which derivatives are evaluated and never derived.

A number is a `Fraction`, a 40-digit float where a function leaves the rationals, or a `Dual` a + b ε with ε² = 0. Each
derivative has an ε of its own: the `level` of an inner one is higher than that of those around it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import isqrt
from typing import Any, TypeAlias

import mpmath

Number: TypeAlias = Any
"""Fraction, 40-digit float or Dual."""
Matrix: TypeAlias = list[list[Number]]
"""A list of rows."""

REALS = mpmath.mp.clone()
REALS.dps = 40
TOLERANCE = REALS.mpf(10) ** -25
"""Relative to the larger of 1 and the numbers compared; generous beside the forty digits computed with."""


class Undefined(Exception):
    """The expression has no value here: a division by zero, a root of a negative number, an index out of range."""


@dataclass(frozen=True, slots=True)
class Dual:
    """a + b ε, a and b free of this ε and of those of higher level."""

    level: int
    real: Number
    rate: Number

    def __add__(self, other: Number) -> "Dual":
        a, b = split(other, self.level)
        if isinstance(other, Dual) and other.level > self.level:
            return other + self
        return Dual(self.level, self.real + a, self.rate + b)

    __radd__ = __add__

    def __mul__(self, other: Number) -> "Dual":
        if isinstance(other, Dual) and other.level > self.level:
            return other * self
        a, b = split(other, self.level)
        return Dual(self.level, self.real * a, self.real * b + self.rate * a)

    __rmul__ = __mul__

    def __neg__(self) -> "Dual":
        return Dual(self.level, -self.real, -self.rate)

    def __sub__(self, other: Number) -> "Dual":
        return self + (-other)


def split(number: Number, level: int) -> tuple[Number, Number]:
    """The value and the rate of change of a number whose level is at most `level`."""
    return (number.real, number.rate) if isinstance(number, Dual) and number.level == level else (number, Fraction(0))


def rate(number: Number, level: int) -> Number:
    """What stands before the ε of this level, the highest in use."""
    return split(number, level)[1]


def power(base: Number, exponent: Fraction) -> Number:
    """base^exponent; 0^0 is 1. Raises Undefined for a root of a negative number and a negative power of zero."""
    if exponent == 0:
        return Fraction(1)
    if isinstance(base, Dual):
        slope = exponent * power(base.real, exponent - 1)
        return Dual(base.level, power(base.real, exponent), slope * base.rate)
    if exponent.denominator == 1:
        if base == 0 and exponent < 0:
            raise Undefined("a division by zero")
        return base ** int(exponent)
    if base < 0 or (base == 0 and exponent < 0):
        raise Undefined("a root of a negative number")
    return _root(base, exponent)


def _root(base: Number, exponent: Fraction) -> Number:
    if isinstance(base, Fraction) and exponent.denominator == 2:
        roots = isqrt(base.numerator), isqrt(base.denominator)
        if roots[0] ** 2 == base.numerator and roots[1] ** 2 == base.denominator:
            return Fraction(*roots) ** exponent.numerator
    return _real(base) ** (REALS.mpf(exponent.numerator) / exponent.denominator)


def _real(number: Number) -> Any:
    return REALS.mpf(number.numerator) / number.denominator if isinstance(number, Fraction) else number


def _log(t: Any) -> Any:
    if t <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    return REALS.log(t)


def _signed(t: Any) -> Fraction:
    return Fraction((t > 0) - (t < 0))


def base(number: Number) -> Number:
    """The number without its dual parts."""
    while isinstance(number, Dual):
        number = number.real
    return number


def _away_from_zero(slope: Callable[[Any], Number]) -> Callable[[Number], Number]:
    def guarded(t: Number) -> Number:
        if base(t) == 0:
            raise Undefined("a derivative at a kink")
        return slope(t)

    return guarded


def reciprocal(t: Number) -> Number:
    """1/t."""
    return power(t, Fraction(-1))


ONE, HALF = Fraction(1), Fraction(1, 2)

TABLE: Mapping[str, tuple[Callable[[Any], Number], Callable[[Number], Number]]] = {
    "exp": (REALS.exp, lambda t: function("exp", t)),
    "log": (_log, reciprocal),
    "sin": (REALS.sin, lambda t: function("cos", t)),
    "cos": (REALS.cos, lambda t: -function("sin", t)),
    "tan": (REALS.tan, lambda t: ONE + power(function("tan", t), Fraction(2))),
    "sinh": (REALS.sinh, lambda t: function("cosh", t)),
    "cosh": (REALS.cosh, lambda t: function("sinh", t)),
    "tanh": (REALS.tanh, lambda t: ONE + -power(function("tanh", t), Fraction(2))),
    "abs": (abs, _away_from_zero(lambda t: function("sign", t))),
    "sign": (_signed, _away_from_zero(lambda t: Fraction(0))),
    "relu": (lambda t: max(t, Fraction(0)), _away_from_zero(lambda t: (ONE + function("sign", t)) * HALF)),
    "sigmoid": (
        lambda t: 1 / (1 + REALS.exp(-t)),
        lambda t: function("sigmoid", t) * (ONE + -function("sigmoid", t)),
    ),
    "softplus": (lambda t: REALS.log(1 + REALS.exp(t)), lambda t: function("sigmoid", t)),
    "erf": (REALS.erf, lambda t: function("exp", -(t * t)) * (2 / REALS.sqrt(REALS.pi))),
    "sqrt": (lambda t: power(t, Fraction(1, 2)), lambda t: power(t, Fraction(-1, 2)) * Fraction(1, 2)),
}  # fmt: skip
"""Each function with its derivative, as any calculus text has them."""

EXACT = frozenset({"abs", "sign", "relu", "sqrt"})
"""Functions whose value at a rational number may be rational."""


def function(name: str, t: Number) -> Number:
    """An elementary function of a number. Raises Undefined outside its domain, and for a derivative at a kink."""
    value, slope = TABLE[name]
    if isinstance(t, Dual):
        return Dual(t.level, function(name, t.real), slope(t.real) * t.rate)
    return value(t if name in EXACT else _real(t))


def size(number: Number) -> Number:
    """The larger of |a| and |b| in a + b ε, at every level."""
    return max(size(number.real), size(number.rate)) if isinstance(number, Dual) else abs(number)


def same(left: Number, right: Number) -> bool:
    """Equal: exactly where both are rational."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    a, b = _real(left), _real(right)
    return bool(abs(a - b) <= TOLERANCE * max(1, abs(a), abs(b)))


NODES = (20, 24)
"""How many nodes the two rules of Gauss have that have to agree."""


@cache
def gauss(count: int) -> tuple[tuple[Fraction, Fraction], ...]:
    """The nodes and weights of the rule of Gauss and Legendre on [0, 1], to forty digits."""
    found = []
    for k in range(1, count + 1):
        x = REALS.cos(REALS.pi * (4 * k - 1) / (4 * count + 2))
        for _ in range(8):
            value, slope = _legendre(count, x)
            x -= value / slope
        found.append((_rational((1 + x) / 2), _rational(1 / ((1 - x * x) * slope**2))))
    return tuple(found)


def _legendre(count: int, x: Any) -> tuple[Any, Any]:
    """The Legendre polynomial of this degree, and its slope."""
    before, now = REALS.mpf(1), x
    for k in range(1, count):
        before, now = now, ((2 * k + 1) * x * now - k * before) / (k + 1)
    return now, count * (x * now - before) / (x * x - 1)


def _rational(number: Any) -> Fraction:
    """A float as the fraction that it is."""
    sign, mantissa, exponent, _ = number._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
