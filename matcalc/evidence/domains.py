"""The kinds of numbers for exact evaluation, rationals and long decimals; the one door to SymPy.

A domain makes numbers and applies elementary functions to them; their derivatives come from SymPy. Arithmetic is the
numbers' own. Dual numbers stand above every domain, so a domain never sees one.
"""

import decimal
import functools
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

import sympy
from sympy.polys.rings import ring

from matcalc.evidence.duals import Dual
from matcalc.evidence.matrices import Entry
from matcalc.evidence.outcomes import IrrationalError, UndefinedError
from matcalc.language.numbers import is_within_limits

_t = sympy.Symbol("t", real=True)

ELEMENTARY: dict[str, Any] = {
    "exp": sympy.exp(_t),
    "log": sympy.log(_t),
    "sqrt": sympy.sqrt(_t),
    "sin": sympy.sin(_t),
    "cos": sympy.cos(_t),
    "tan": sympy.tan(_t),
    "sinh": sympy.sinh(_t),
    "cosh": sympy.cosh(_t),
    "tanh": sympy.tanh(_t),
    "abs": sympy.Abs(_t),
    "sign": sympy.sign(_t),
    "relu": sympy.Max(_t, 0),
    "sigmoid": 1 / (1 + sympy.exp(-_t)),
    "softplus": sympy.log(1 + sympy.exp(_t)),
    "erf": sympy.erf(_t),
}
"""The elementwise functions of the language as SymPy expressions in t."""

KINKED = frozenset({"abs", "sign", "relu"})
"""Functions without a derivative at 0."""

EXPONENTIAL = frozenset({"exp", "sinh", "cosh", "tanh", "sigmoid", "softplus"})
"""Functions that grow with the exponential of their argument, or contain it."""

LARGEST_ARGUMENT = 1000
"""Of exponentials and exponents: beyond it exp of exp of a number has too many digits to write down."""


class Domain(Protocol):
    """One kind of numbers."""

    @property
    def one(self) -> Entry:
        """The number 1."""

    def number(self, value: Fraction) -> Entry:
        """A rational number in this domain."""

    def pi(self) -> Entry:
        """The number pi."""

    def elementary(self, function: str, order: int, x: Entry) -> Entry:
        """The derivative of that order of an elementary function at x."""

    def root(self, base: Entry, exponent: Entry) -> Entry:
        """The power of a positive base, and for 0 with a positive exponent."""

    def integer(self, x: Entry) -> int | None:
        """The number as an integer, or nothing if it is none."""

    def is_zero(self, x: Entry) -> bool:
        """Whether x counts as 0."""


class Irrational:
    """A number that is no fraction, and of which nothing else is known: so is whatever is made of it.

    The logarithm of 3 is one, while its derivative is 1/3: only where one is left in a result, decimals are needed.
    A dual number beside it keeps its slopes. A difference of two may be 0, so nothing is divided by one.
    """

    def _unknown(self, other: Entry) -> "Irrational":
        return NotImplemented if isinstance(other, Dual) else self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _unknown

    def __neg__(self) -> "Irrational":
        return self

    def __truediv__(self, other: Entry) -> "Irrational":
        if other == 0:
            raise ZeroDivisionError
        return other.__rtruediv__(self) if isinstance(other, Irrational) else self._unknown(other)

    def __rtruediv__(self, other: Entry) -> "Irrational":
        raise IrrationalError


@dataclass(frozen=True, slots=True)
class Rationals:
    """Fractions, and `Irrational` in their midst. A question about an irrational number raises IrrationalError."""

    @property
    def one(self) -> Fraction:
        return Fraction(1)

    def number(self, value: Fraction) -> Fraction:
        return Fraction(value)

    def pi(self) -> Irrational:
        return Irrational()

    def elementary(self, function: str, order: int, x: Entry) -> Entry:
        return _exact_value(function, order, _known(x))

    def root(self, base: Entry, exponent: Entry) -> Entry:
        _check_root(_known(base) > 0, base == 0 and _known(exponent) > 0)
        _check_magnitude(_known(exponent))
        if not is_within_limits(base, exponent):
            raise UndefinedError("too large to evaluate")
        return _fraction(_rational(base) ** _rational(exponent))

    def integer(self, x: Entry) -> int | None:
        return x.numerator if _known(x).denominator == 1 else None

    def is_zero(self, x: Entry) -> bool:
        return _known(x) == 0


@dataclass(frozen=True, slots=True)
class Decimals:
    """Decimal floating point of `digits` significant digits, far beyond what any comparison needs.

    Arithmetic is as precise as that only inside `decimal_arithmetic`.
    """

    digits: int

    @property
    def one(self) -> Decimal:
        return Decimal(1)

    def number(self, value: Fraction) -> Decimal:
        return Decimal(value.numerator) / value.denominator

    def pi(self) -> Decimal:
        return _decimal(sympy.pi.evalf(self.digits))

    def elementary(self, function: str, order: int, x: Decimal) -> Decimal:
        at = Decimal(0) if function in KINKED and self.is_zero(x) else x
        _check_differentiable(function, order, at)
        _check_argument(function, at)
        return _decimal(derivative(function, order).evalf(self.digits, subs={_t: sympy.Float(str(at), self.digits)}))

    def root(self, base: Decimal, exponent: Decimal) -> Decimal:
        _check_root(base > 0, base == 0 and exponent > 0)
        _check_magnitude(exponent)
        return base**exponent

    def integer(self, x: Decimal) -> int | None:
        return int(x) if x == int(x) else None

    def is_zero(self, x: Decimal) -> bool:
        """Below 10 to minus half the digits: numbers here come from small rationals, so only 0 is that close."""
        return abs(x) < Decimal(10) ** (-self.digits // 2)


def decimal_arithmetic(digits: int) -> AbstractContextManager[decimal.Context]:
    """Inside it, decimals are computed with so many digits, and what is infinite or no number raises."""
    return decimal.localcontext(decimal.Context(prec=digits))


def polynomial_ring(generators: int) -> Any:
    """The ring of polynomials with rational coefficients in so many generators."""
    return ring([f"g{k}" for k in range(generators)], sympy.QQ)[0]


def rational_number(value: Fraction) -> Any:
    """The fraction as a coefficient of a polynomial."""
    return sympy.QQ(value.numerator, value.denominator)


def polynomial_text(polynomial: Any, names: Sequence[str]) -> str:
    """A polynomial in its first generators in print, `2*t**3 + t`."""
    spare = [f"_{k}" for k in range(len(names), polynomial.ring.ngens)]
    return str(polynomial.as_expr(*map(sympy.Symbol, [*names, *spare])))


@functools.cache
def derivative(function: str, order: int) -> Any:
    """The derivative of that order of an elementary function, as a SymPy expression in t."""
    return sympy.diff(ELEMENTARY[function], _t, order)


@functools.lru_cache(maxsize=4096)
def _exact_value(function: str, order: int, x: Fraction) -> Entry:
    _check_differentiable(function, order, x)
    _check_argument(function, x)
    return _fraction(derivative(function, order).subs(_t, _rational(x)))


def _known(x: Entry) -> Fraction:
    if isinstance(x, Irrational):
        raise IrrationalError
    fraction: Fraction = x
    return fraction


def _fraction(value: Any) -> Fraction | Irrational:
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    if value.is_finite and value.is_extended_real:
        return Irrational()
    raise UndefinedError(str(value))


def _decimal(value: Any) -> Decimal:
    """SymPy's number as a decimal of the current precision."""
    if not value.is_Float and not value.is_Rational:
        raise UndefinedError(str(value))
    exact = sympy.Rational(value)
    return Decimal(int(exact.p)) / int(exact.q)


def _rational(x: Fraction) -> Any:
    return sympy.Rational(x.numerator, x.denominator)


def _check_differentiable(function: str, order: int, x: Entry) -> None:
    if order and function in KINKED and x == 0:
        raise UndefinedError(f"{function} has no derivative at 0")


def _check_argument(function: str, x: Entry) -> None:
    if function in EXPONENTIAL:
        _check_magnitude(x)


def _check_magnitude(x: Entry) -> None:
    if abs(x) > LARGEST_ARGUMENT:
        raise UndefinedError("too large to evaluate")


def _check_root(*allowed: bool) -> None:
    if not any(allowed):
        raise UndefinedError("a fractional power of a negative number")


def apply(domain: Domain, function: str, order: int, x: Entry) -> Entry:
    """The derivative of that order of an elementary function at a number, dual or not: f(a + ε) = f(a) + f′(a) ε."""
    if not isinstance(x, Dual):
        return domain.elementary(function, order, x)
    value = apply(domain, function, order, x.value)
    slope = apply(domain, function, order + 1, x.value)
    return Dual(x.level, value, {i: slope * change for i, change in x.slopes.items()})


def power(domain: Domain, base: Entry, exponent: Entry) -> Entry:
    """The power: a product for an integer exponent (0 ** 0 is 1), else for a positive base.

    A varying exponent goes by exp(exponent · log base); a fractional one by d(bᵉ) = e bᵉ⁻¹ db.
    """
    if isinstance(exponent, Dual):
        return apply(domain, "exp", 0, exponent * apply(domain, "log", 0, base))
    whole = domain.integer(exponent)
    if whole is not None:
        return integer_power(domain, base, whole)
    if not isinstance(base, Dual):
        return domain.root(base, exponent)
    slope = exponent * power(domain, base.value, exponent - domain.one)
    value = power(domain, base.value, exponent)
    return Dual(base.level, value, {i: slope * change for i, change in base.slopes.items()})


def integer_power(domain: Domain, base: Entry, exponent: int) -> Entry:
    """The product of |exponent| copies of the base, inverted for a negative exponent."""
    _check_magnitude(exponent)
    if isinstance(base, Fraction) and not is_within_limits(base, exponent):
        raise UndefinedError("too large to evaluate")
    if exponent == 0:
        return domain.one
    square = base if exponent > 0 else domain.one / base
    result = square
    for bit in f"{abs(exponent):b}"[1:]:
        result = result * result
        result = result * square if bit == "1" else result
    return result
