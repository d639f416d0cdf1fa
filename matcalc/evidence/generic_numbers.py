"""The domain of generic numbers: elements of a tower, with SymPy's expressions and arbitrary functions of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any, TypeAlias

from matcalc.evidence.domains import KINKED, derivative, power
from matcalc.evidence.duals import Dual
from matcalc.evidence.extensions import (
    absolute,
    assume_not_zero,
    cosine,
    exponential,
    logarithm,
    rational,
    rational_power,
    sign,
    sine,
)
from matcalc.evidence.generators import CirclePi, Polynomial, Quotient, Value
from matcalc.evidence.matrices import Entry as Number, Rows
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.towers import Element, Tower

Composition: TypeAlias = Callable[[Tower, Element], Element]


@dataclass(frozen=True, slots=True)
class GenericNumbers:
    """The domain of a tower's elements.

    `factors` holds, for matrices of known rank r, their F: m×r and G: r×n of rank r with A = F G.
    """

    tower: Tower
    factors: dict[tuple[tuple[Polynomial, ...], ...], tuple[Rows, Rows]] = field(default_factory=dict, compare=False)

    @property
    def one(self) -> Element:
        return self.tower.one

    def number(self, value: Fraction) -> Element:
        return self.tower.number(value)

    def pi(self) -> Element:
        return self.tower.adjoined(CirclePi())

    def element(self, polynomial: Polynomial) -> Element:
        """The polynomial as a number."""
        return self.tower.element(polynomial)

    def elementary(self, function: str, order: int, x: Element) -> Element:
        if order and function in KINKED:
            if self.is_zero(x):
                raise UndefinedError(f"{function} has no derivative at 0")
            assume_not_zero(self.tower, x)
        return _composed(self, derivative(function, order), x)

    def root(self, base: Element, exponent: Element) -> Element:
        constant = rational(exponent)
        if constant is None:
            return exponential(self.tower, exponent * logarithm(self.tower, base))
        return rational_power(self.tower, base, constant)

    def integer(self, x: Element) -> int | None:
        value = rational(x)
        return value.numerator if value is not None and value.denominator == 1 else None

    def is_zero(self, x: Element) -> bool:
        return self.tower.is_zero(x.polynomial)


def _half_step(tower: Tower, x: Element) -> Element:
    return tower.number(Fraction(1, 2)) * (tower.one + sign(tower, x))


def _hyperbolic(positive: int, negative: int) -> Composition:
    """(±exp x ± exp −x)/2."""

    def function(tower: Tower, x: Element) -> Element:
        first, second = exponential(tower, x), exponential(tower, -x)
        half = Fraction(1, 2)
        return tower.number(half * positive) * first + tower.number(half * negative) * second

    return function


def _error_function(tower: Tower, x: Element) -> Element:
    """The error function, an odd function: of x or −x, whichever has the positive leading coefficient."""
    quotient = tower.quotient(x.polynomial)
    if not quotient.numerator:
        return tower.number(0)
    is_negative = quotient.numerator.LC < 0
    numerator = -quotient.numerator if is_negative else quotient.numerator
    value = Value("erf", (0,), (Quotient(numerator, quotient.denominator),))
    result = tower.adjoined(value)
    return -result if is_negative else result


COMPOSITIONS: Mapping[str, Composition] = {
    "exp": exponential,
    "log": logarithm,
    "sin": sine,
    "cos": cosine,
    "tan": lambda tower, x: sine(tower, x) / cosine(tower, x),
    "sinh": _hyperbolic(1, -1),
    "cosh": _hyperbolic(1, 1),
    "tanh": lambda tower, x: _hyperbolic(1, -1)(tower, x) / _hyperbolic(1, 1)(tower, x),
    "Abs": absolute,
    "sign": sign,
    "Max": lambda tower, x: x * _half_step(tower, x),
    "Heaviside": _half_step,
    "DiracDelta": lambda tower, x: tower.number(0),
    "erf": _error_function,
}
"""SymPy's functions of one variable by their names; Max is that of t and 0, and at 0 the steps are not asked for."""


def _composed(domain: GenericNumbers, expression: Any, x: Element) -> Element:
    """A SymPy expression in t, at t = x."""
    if expression.is_Symbol:
        return x
    if expression.is_Rational:
        return domain.number(Fraction(int(expression.p), int(expression.q)))
    name = expression.func.__name__
    if name == "Pi":
        return domain.pi()
    if name == "Max":
        return COMPOSITIONS[name](domain.tower, x)
    arguments = [_composed(domain, argument, x) for argument in expression.args]
    if name == "Add":
        return reduce(add, arguments)
    if name == "Mul":
        return reduce(mul, arguments)
    if name == "Pow":
        result: Element = power(domain, *arguments)
        return result
    if name not in COMPOSITIONS:
        raise OutOfReachError(f"{name} of generic entries")
    return COMPOSITIONS[name](domain.tower, arguments[0])


def function_value(
    domain: GenericNumbers,
    name: str,
    orders: tuple[int, ...],
    arguments: tuple[Number, ...],
    position: tuple[int, int] | None = None,
) -> Number:
    """A derivative of an arbitrary function at numbers, dual or not: f(a + ε) = f(a) + Σ ∂ⱼf(a) εⱼ."""
    level = max((x.level for x in arguments if isinstance(x, Dual)), default=None)
    if level is None:
        at = tuple(domain.tower.quotient(x.polynomial) for x in arguments)
        return domain.tower.adjoined(Value(name, orders, at, position))
    constant = tuple(x.value if isinstance(x, Dual) and x.level == level else x for x in arguments)
    slopes: dict[int, Number] = {}
    for place, x in enumerate(arguments):
        if isinstance(x, Dual) and x.level == level:
            higher = (*orders[:place], orders[place] + 1, *orders[place + 1 :])
            partial = function_value(domain, name, higher, constant, position)
            for k, change in x.slopes.items():
                slopes[k] = slopes[k] + partial * change if k in slopes else partial * change
    return Dual(level, function_value(domain, name, orders, constant, position), slopes)
