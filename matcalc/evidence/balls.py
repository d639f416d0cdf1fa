"""Numbers that are known to lie between two bounds: what differs there differs for certain.

The bounds are those of mpmath's interval arithmetic, which rounds outward. Of its functions only arithmetic, roots,
exponential, logarithm, sine and cosine are used, the ones that it encloses; the others are made of these, and the error
function from its series with a bound for the rest. A question that the bounds do not answer raises UndefinedError.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any, TypeAlias

from mpmath.ctx_iv import MPIntervalContext

from matcalc.evidence.domains import EXPONENTIAL, KINKED, derivative
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError

UNCERTAIN = "the bounds do not tell"

LARGEST_ARGUMENT = 1000
"""Of exponentials."""

LARGEST_ERROR_ARGUMENT = 6
"""Of the error function, whose series is added up."""


Interval: TypeAlias = Any
"""A number of mpmath's interval context; mpmath does not type them."""


@dataclass(frozen=True, slots=True, eq=False)
class Ball:
    """A number between the bounds of an interval; a comparison is true where it is so for certain."""

    interval: Interval

    def __neg__(self) -> "Ball":
        return Ball(-self.interval)

    def __abs__(self) -> "Ball":
        return Ball(abs(self.interval))

    def __add__(self, other: Any) -> "Ball":
        return Ball(self.interval + other.interval) if isinstance(other, Ball) else NotImplemented

    def __sub__(self, other: Any) -> "Ball":
        return Ball(self.interval - other.interval) if isinstance(other, Ball) else NotImplemented

    def __mul__(self, other: Any) -> "Ball":
        return Ball(self.interval * other.interval) if isinstance(other, Ball) else NotImplemented

    def __truediv__(self, other: Any) -> "Ball":
        if not isinstance(other, Ball):
            return NotImplemented
        if other == 0:
            raise ZeroDivisionError
        return Ball(self.interval / other.interval)

    def __eq__(self, other: object) -> bool:
        lower, upper = bounds(self)
        return lower == upper == other

    def __hash__(self) -> int:
        return hash(bounds(self))

    def __lt__(self, other: int) -> bool:
        return bounds(self)[1] < other

    def __gt__(self, other: int) -> bool:
        return bounds(self)[0] > other


def _context(digits: int) -> Any:
    context = MPIntervalContext()
    context.dps = digits
    return context


@dataclass(frozen=True, slots=True)
class Balls:
    """Numbers between bounds, computed with `digits` digits."""

    digits: int
    context: Any = field(compare=False, repr=False)

    @classmethod
    def of_digits(cls, digits: int) -> "Balls":
        """The numbers of a context of their own, so that no other precision interferes."""
        return cls(digits, _context(digits))

    @property
    def one(self) -> Ball:
        return Ball(self.context.mpf(1))

    def number(self, value: Fraction) -> Ball:
        return Ball(self.context.mpf(value.numerator) / value.denominator)

    def pi(self) -> Ball:
        return Ball(+self.context.pi)

    def elementary(self, function: str, order: int, x: Ball) -> Ball:
        if function in KINKED:
            return _kinked(self, function, order, x)
        if function in EXPONENTIAL and not abs(x) < LARGEST_ARGUMENT:
            raise UndefinedError("too large to evaluate")
        return _value(self, derivative(function, order), x)

    def root(self, base: Ball, exponent: Ball) -> Ball:
        if base == 0 and exponent > 0:
            return base
        if not base > 0:
            raise UndefinedError(UNCERTAIN)
        return Ball(self.context.exp(exponent.interval * self.context.log(base.interval)))

    def integer(self, x: Ball) -> int | None:
        lower, upper = bounds(x)
        return lower.numerator if lower == upper and lower.denominator == 1 else None

    def is_zero(self, x: Ball) -> bool:
        """Whether x may be 0: no such number is a pivot."""
        return not (x > 0 or x < 0)


def bounds(x: Ball) -> tuple[Fraction, Fraction]:
    """The bounds of a number, exactly. UndefinedError where one is infinite."""
    return _fraction(x.interval._mpi_[0]), _fraction(x.interval._mpi_[1])


def _fraction(end: tuple[int, int, int, int]) -> Fraction:
    """A number of mpmath: its sign, mantissa and exponent of 2; the infinite ones have no mantissa and an exponent."""
    sign, mantissa, exponent, _ = end
    if not mantissa and exponent:
        raise UndefinedError(UNCERTAIN)
    return Fraction(-int(mantissa) if sign else int(mantissa)) * Fraction(2) ** int(exponent)


def are_apart(left: Ball, right: Ball) -> bool:
    """Whether two numbers are different for certain."""
    (a, b), (c, d) = bounds(left), bounds(right)
    return b < c or d < a


def _kinked(domain: Balls, function: str, order: int, x: Ball) -> Ball:
    """`abs`, `sign`, `relu` and their derivatives, where the sign is known."""
    if x == 0 and not order:
        return x
    if domain.is_zero(x):
        raise UndefinedError(UNCERTAIN)
    sign = domain.one if x > 0 else -domain.one
    powers = {"abs": (abs(x), sign), "sign": (sign,), "relu": (x, domain.one) if x > 0 else ()}[function]
    return powers[order] if order < len(powers) else domain.number(Fraction(0))


def _sinh(context: Any, x: Interval) -> Interval:
    return (context.exp(x) - context.exp(-x)) / 2


def _cosh(context: Any, x: Interval) -> Interval:
    return (context.exp(x) + context.exp(-x)) / 2


def _log(context: Any, x: Interval) -> Interval:
    if not x > 0:
        raise UndefinedError(UNCERTAIN)
    return context.log(x)


def _erf(context: Any, x: Interval) -> Interval:
    """2/√π Σ (−1)ᵏ x²ᵏ⁺¹/(k! (2k+1)), whose terms fall once k exceeds x²: the rest is within the first term left out.

    Source: Abramowitz and Stegun 1964, equation 7.1.5, and Leibniz' test.
    """
    if not abs(x) <= LARGEST_ERROR_ARGUMENT:
        raise OutOfReachError("bounds of the error function far from 0")
    total, power = context.mpf(0), x
    for k in range(4 * LARGEST_ERROR_ARGUMENT**2 + 4 * context.dps):
        total += power / (2 * k + 1)
        power = -power * x * x / (k + 1)
    return 2 * (total + abs(power) * context.mpf([-1, 1])) / context.sqrt(context.pi)


FUNCTIONS: Mapping[str, Callable[[Any, Interval], Interval]] = {
    "exp": lambda context, x: context.exp(x),
    "log": _log,
    "sin": lambda context, x: context.sin(x),
    "cos": lambda context, x: context.cos(x),
    "tan": lambda context, x: context.sin(x) / context.cos(x),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": lambda context, x: _sinh(context, x) / _cosh(context, x),
    "erf": _erf,
}
"""SymPy's functions of one variable by their names."""


def _value(domain: Balls, expression: Any, x: Ball) -> Ball:
    """A SymPy expression in t, at t = x."""
    if expression.is_Symbol:
        return x
    if expression.is_Rational:
        return domain.number(Fraction(int(expression.p), int(expression.q)))
    name = expression.func.__name__
    if name == "Pow" and expression.exp.is_Integer:
        return Ball(_value(domain, expression.base, x).interval ** int(expression.exp))
    arguments = [_value(domain, argument, x) for argument in expression.args]
    match name:
        case "Pi":
            return domain.pi()
        case "Add":
            return reduce(add, arguments)
        case "Mul":
            return reduce(mul, arguments)
        case "Pow":
            return domain.root(*arguments)
    if name not in FUNCTIONS:
        raise OutOfReachError(f"bounds of {name}")
    return Ball(FUNCTIONS[name](domain.context, arguments[0].interval))
