"""Typed trees to text in the syntax of the language, with no bracket that is not needed.

Parsing what is printed gives the same tree back, for trees as the parser makes them: decimal fractions without a sign,
parameters that are single names. Any other number or parameter prints as a sum or quotient that means the same.
"""

from fractions import Fraction
from typing import assert_never

from matcalc.language.nodes import (
    Application,
    Binary,
    BinaryOperator,
    Call,
    Claim,
    Derivative,
    Differential,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Number,
    Parameter,
    Pi,
    Size,
    Symbol,
    TotalDifferential,
    Transpose,
    Variable,
)
from matcalc.language.sizes import size_text

_SUM, _TERM, _SIGN, _POWER, _ATOM = range(1, 6)
_PRECEDENCE: dict[BinaryOperator, int] = {"+": _SUM, "-": _SUM, "*": _TERM, "/": _TERM, "@": _TERM, "**": _POWER}
_LONGEST_FRACTION = 12
"""Digits behind the point before a number is printed with an exponent."""


def to_text(node: Expression | Claim) -> str:
    """The claim or expression in Python syntax."""
    if isinstance(node, Claim):
        return " == ".join(to_text(side) for side in node.sides)
    return _text(node)[0]


def _text(node: Expression) -> tuple[str, int]:
    """The text of a node, and how tightly its outermost operator binds."""
    match node:
        case Number() | Pi() | Parameter() | Symbol() | Differential():
            return _leaf_text(node)
        case Negate(_, operand):
            return f"-{_within(operand, _SIGN)}", _SIGN
        case Binary(_, "**", base, exponent):
            return f"{_within(base, _ATOM)} ** {_within(exponent, _SIGN)}", _POWER
        case Binary():
            return _chain_text(node)
        case Transpose(_, operand):
            return f"{_postfixed(operand)}.T", _ATOM
        case EntryOf(_, operand, row, column):
            return f"{_postfixed(operand)}[{_positions(node.operand, row, column)}]", _ATOM
        case Application(_, function, order, argument):
            return f"{function}{'.prime' * order}({to_text(argument)})", _ATOM
        case Call() | Derivative() | TotalDifferential() | FiniteSum():
            return f"{_function_name(node)}({', '.join(_arguments(node))})", _ATOM
        case _:
            assert_never(node)


def _leaf_text(node: Number | Pi | Parameter | Symbol | Differential) -> tuple[str, int]:
    match node:
        case Number(_, value):
            return _number_text(value)
        case Pi():
            return "pi", _ATOM
        case Parameter(_, value):
            return _parameter_text(value)
        case Symbol(_, name):
            return name, _ATOM
        case Differential(_, name):
            return f"d{name}", _ATOM
        case _:
            assert_never(node)


def _chain_text(node: Binary) -> tuple[str, int]:
    """A left-associative chain from its first operand on, so that a long chain needs no deep recursion."""
    links: list[Binary] = []
    first: Expression = node
    while isinstance(first, Binary) and first.operator != "**":
        links.append(first)
        first = first.left
    text, tightness = _text(first)
    for link in reversed(links):
        own = _PRECEDENCE[link.operator]
        left = text if tightness >= own else f"({text})"
        text, tightness = f"{left} {link.operator} {_within(link.right, own + 1)}", own
    return text, tightness


def _within(node: Expression, tightness: int) -> str:
    """The text of an operand that must bind at least so tightly."""
    text, own = _text(node)
    return text if own >= tightness else f"({text})"


def _postfixed(node: Expression) -> str:
    """The text of an operand with `.T` or `[i, j]` behind it, where a number would swallow the point."""
    return f"({to_text(node)})" if isinstance(node, Number) else _within(node, _ATOM)


def _function_name(node: Call | Derivative | TotalDifferential | FiniteSum) -> str:
    match node:
        case Call(_, function):
            return function
        case Derivative(_, operator):
            return operator
        case TotalDifferential():
            return "d"
        case FiniteSum():
            return "Sum"
        case _:
            assert_never(node)


def _arguments(node: Call | Derivative | TotalDifferential | FiniteSum) -> list[str]:
    match node:
        case Call(_, _, arguments, parameters):
            return [*map(to_text, arguments), *map(size_text, parameters)]
        case Derivative(_, _, body, variable, _, direction):
            along = [] if direction is None else [to_text(direction)]
            return [to_text(body), _variable_text(variable), *along]
        case TotalDifferential(_, body):
            return [to_text(body)]
        case FiniteSum(_, body, variable, lower, upper):
            return [to_text(body), variable, size_text(lower), size_text(upper)]
        case _:
            assert_never(node)


def _variable_text(variable: Variable) -> str:
    if variable.entry is None:
        return variable.name
    row, column = variable.entry
    return f"{variable.name}[{size_text(row)}, {size_text(column)}]"


def _positions(operand: Expression, row: Size, column: Size) -> str:
    if operand.shape.is_column and column == 1:
        return size_text(row)
    if operand.shape.is_row and row == 1:
        return size_text(column)
    return f"{size_text(row)}, {size_text(column)}"


def _parameter_text(value: Size) -> tuple[str, int]:
    text = size_text(value)
    return text, _ATOM if text.isidentifier() else 0


def _number_text(value: Fraction) -> tuple[str, int]:
    """A decimal where the number is one, else a quotient; negative numbers as a sign and a number."""
    digits = _decimal_digits(value.denominator)
    if value < 0:
        text, tightness = _number_text(-value)
        return (f"-{text}", _SIGN) if tightness == _ATOM else (f"-{text}", _TERM)
    if digits is None:
        return f"{value.numerator} / {value.denominator}", _TERM
    if digits == 0:
        return str(value.numerator), _ATOM
    scaled = int(value * 10**digits)
    if digits > _LONGEST_FRACTION:
        return f"{scaled}e-{digits}", _ATOM
    padded = str(scaled).rjust(digits + 1, "0")
    return f"{padded[:-digits]}.{padded[-digits:]}", _ATOM


def _decimal_digits(denominator: int) -> int | None:
    """How many decimal places a fraction of this denominator has, or None where they never end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None
