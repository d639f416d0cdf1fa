"""The elementary functions of one real variable: SymPy gives their derivatives, and a few are defined by others.

`derivative` and `definition` write SymPy's answer as entries of the argument's entries, so that no derivative is typed
in by hand. Derivatives of abs, sign and relu are those away from 0.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache, reduce

import sympy

from matcalc.components.arrays import contract, power, single, slots
from matcalc.components.terms import Elementwise, Entries, Factor, Parameter, Term

T = sympy.Symbol("t", real=True)

FUNCTIONS: Mapping[str, sympy.Expr] = {
    "exp": sympy.exp(T),
    "log": sympy.log(T),
    "sin": sympy.sin(T),
    "cos": sympy.cos(T),
    "tan": sympy.tan(T),
    "sinh": sympy.sinh(T),
    "cosh": sympy.cosh(T),
    "tanh": sympy.tanh(T),
    "abs": sympy.Abs(T),
    "sign": sympy.sign(T),
    "erf": sympy.erf(T),
}
"""The functions that stand for themselves."""

DEFINED: Mapping[str, sympy.Expr] = {
    "sigmoid": 1 / (1 + sympy.exp(-T)),
    "softplus": sympy.log(1 + sympy.exp(T)),
    "relu": (T + sympy.Abs(T)) / 2,
}
"""The functions that are short for others."""

REWRITTEN: Mapping[str, sympy.Expr] = {
    "sinh": (sympy.exp(T) - sympy.exp(-T)) / 2,
    "cosh": (sympy.exp(T) + sympy.exp(-T)) / 2,
    "tanh": 1 - 2 / (sympy.exp(2 * T) + 1),
    "tan": sympy.sin(T) / sympy.cos(T),
}
"""Functions that stand for themselves until another one of their family has to be met."""

PARITY: Mapping[str, int] = {
    name: 1 if expression.subs(T, -T) == expression else -1
    for name, expression in FUNCTIONS.items()
    if expression.subs(T, -T) in (expression, -expression)
}
"""1 for even functions, -1 for odd ones, as SymPy knows them."""

NAMES = {expression.func: name for name, expression in FUNCTIONS.items()}


def derivative(function: str, argument: Entries) -> Entries:
    """f'(argument), entry by entry."""
    return _write(_derivative(function), argument)


def definition(function: str, argument: Entries) -> Entries:
    """f(argument) by the function's definition; raises KeyError for one that stands for itself."""
    return _write(DEFINED[function], argument)


def rewritten(function: str, argument: Entries) -> Entries:
    """f(argument) by exponentials, or by sine and cosine; raises KeyError for a function without such a form."""
    return _write(REWRITTEN[function], argument)


@cache
def _derivative(function: str) -> sympy.Expr:
    away_from_zero = {sympy.DiracDelta(T): sympy.Integer(0)}
    return sympy.diff({**FUNCTIONS, **DEFINED}[function], T).xreplace(away_from_zero)


def _write(expression: sympy.Expr, argument: Entries) -> Entries:
    """A SymPy expression in t as entries, the argument's in place of t."""
    free = argument.slots
    match expression:
        case sympy.Symbol():
            return argument
        case sympy.Rational():
            value = Fraction(int(expression.p), int(expression.q))
            return Entries(free, (Term(value),) if value else ())
        case sympy.Add():
            return Entries(free, tuple(t for part in expression.args for t in _write(part, argument).terms))
        case sympy.Mul():
            return reduce(_product, (_write(part, argument) for part in expression.args))
        case sympy.Pow(args=(base, sympy.Rational() as exponent)):
            return power(_write(base, argument), Fraction(int(exponent.p), int(exponent.q)))
        case sympy.Function(args=(inner,)):
            head = Elementwise(NAMES[expression.func], 0, _write(inner, argument))
            return single(free, Factor(head, slots(0, free)))
        case _ if expression is sympy.pi:
            return single(free, Factor(Parameter("pi")))
    raise ValueError(f"no entries for {expression}")


def _product(left: Entries, right: Entries) -> Entries:
    every = slots(0, left.slots)
    return contract(left.slots, (), (left, every), (right, every))
