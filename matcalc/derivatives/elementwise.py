"""The derivatives of the elementwise functions of the language, as expressions of the argument.

Source: Olver and others 2010, NIST Handbook of Mathematical Functions, chapters 4 and 7.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from matcalc.derivatives.building import negated, over, plus, power, scalar, times
from matcalc.language.nodes import Expression, Pi
from matcalc.language.rebuilding import call

Slope: TypeAlias = Callable[[Expression], Expression]


def of(function: str) -> Slope:
    """The function itself, applied."""
    return lambda u: call(function, (u,))


def square(u: Expression) -> Expression:
    """The square of each entry."""
    return power(u, scalar(u, 2))


def one_minus(u: Expression) -> Expression:
    """1 − u."""
    return plus(scalar(u, 1), negated(u))


def _erf(u: Expression) -> Expression:
    pi = Pi(scalar(u, 1).shape)
    return times(over(scalar(u, 2), call("sqrt", (pi,))), call("exp", (negated(square(u)),)))


SLOPES: Mapping[str, Slope] = {
    "exp": of("exp"),
    "log": lambda u: over(scalar(u, 1), u),
    "sqrt": lambda u: times(scalar(u, Fraction(1, 2)), over(scalar(u, 1), call("sqrt", (u,)))),
    "sin": of("cos"),
    "cos": lambda u: negated(call("sin", (u,))),
    "tan": lambda u: plus(scalar(u, 1), square(call("tan", (u,)))),
    "sinh": of("cosh"),
    "cosh": of("sinh"),
    "tanh": lambda u: one_minus(square(call("tanh", (u,)))),
    "abs": of("sign"),
    "relu": lambda u: over(plus(scalar(u, 1), call("sign", (u,))), scalar(u, 2)),
    "sigmoid": lambda u: times(call("sigmoid", (u,)), one_minus(call("sigmoid", (u,)))),
    "softplus": of("sigmoid"),
    "erf": _erf,
}
"""The derivative of each function at its argument; of `sign` it is 0."""
