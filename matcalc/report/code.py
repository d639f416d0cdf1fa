"""Expressions in Python, for numpy, torch or jax.

Every array has two dimensions: a vector is a column, a scalar 1×1; whole numbers and plain numbers are Python's.
"""

import re
from dataclasses import dataclass, field
from typing import assert_never

from matcalc.language.nodes import (
    Application,
    Binary,
    Call,
    Derivative,
    Differential,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Number,
    Parameter,
    Pi,
    Scope,
    Size,
    Symbol,
    TotalDifferential,
    Transpose,
)
from matcalc.language.printing import to_text
from matcalc.language.sizes import size_text
from matcalc.report.libraries import ARRAY, CODE, OF_NUMBERS, RESERVED, Library, Row
from matcalc.report.pieces import Binding, Piece

WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
"""A name in Python or in the language, but for what stands behind a point."""
_LARGEST_WHOLE = 2**53
"""Beyond it a whole number is written as a float."""


class NoCodeError(Exception):
    """The expression has a part that no library knows; the message says which."""


@dataclass(frozen=True, slots=True)
class Code(Piece):
    """A Python expression: a plain number, or an array of two dimensions."""

    is_number: bool = field(default=False, kw_only=True)


def value_code(node: Expression, scope: Scope, library: Library) -> str:
    """The code of an array. Raises NoCodeError."""
    return _array(_code(node, scope, library), library).text


def python_name(name: str) -> str:
    """The name in Python: one that the code uses otherwise gets a line behind it, as do those that look like that."""
    return f"{name}_" if name.rstrip("_") in RESERVED else name


def size_code(size: Size) -> str:
    """A size or another whole number."""
    return WORD.sub(lambda match: python_name(match.group()), size_text(size))


def _slice(position: Size) -> str:
    """A position counted from 1, as a range of one position counted from 0."""
    return f"{size_code(position - 1)}:{size_code(position)}"


def _array(code: Code, library: Library) -> Code:
    return Code(ARRAY.template(library).format(code.text)) if code.is_number else code


def _code(node: Expression, scope: Scope, library: Library) -> Code:  # noqa: C901 one case for each node
    match node:
        case Number():
            return _number(node)
        case Pi():
            return Code("math.pi", is_number=True)
        case Parameter(value=value):
            return _whole(value)
        case Symbol(name=name):
            return _symbol(name, scope)
        case Negate(operand=operand):
            inner = _code(operand, scope, library)
            return Code(f"-{inner.at(Binding.POSTFIX)}", Binding.PRODUCT, is_number=inner.is_number)
        case Transpose(operand=operand):
            inner = _code(operand, scope, library)
            return inner if inner.is_number else Code(f"{inner.at(Binding.ATOM)}.T")
        case EntryOf(operand=operand, row=row, column=column):
            inner = _code(operand, scope, library)
            return inner if inner.is_number else Code(f"{inner.at(Binding.ATOM)}[{_slice(row)}, {_slice(column)}]")
        case Binary():
            return _binary(node, scope, library)
        case Call():
            return _call(node, scope, library)
        case FiniteSum():
            return _finite_sum(node, scope, library)
        case Application(function=name):
            raise NoCodeError(f"{name} is an arbitrary function")
        case Derivative() | Differential() | TotalDifferential():
            raise NoCodeError(f"{to_text(node)} is a derivative that is not carried out")
        case _:
            assert_never(node)


def _number(node: Number) -> Code:
    value = node.value
    text = to_text(node)
    if value.denominator == 1 and abs(value) > _LARGEST_WHOLE:
        text = f"{text}.0"
    return Code(text, Binding.PRODUCT if value < 0 or "/" in text else Binding.ATOM, is_number=True)


def _whole(size: Size) -> Code:
    text = size_code(size)
    return Code(text, Binding.ATOM if text.isidentifier() or text.isdigit() else Binding.LOOSE, is_number=True)


def _symbol(name: str, scope: Scope) -> Code:
    if scope[name].of:
        raise NoCodeError(f"{name} is an arbitrary function of {', '.join(scope[name].of)}")
    return Code(python_name(name))


def _binary(node: Binary, scope: Scope, library: Library) -> Code:
    """The operator of the same name; numbers have no matrix product, and their powers are floats, which do not grow."""
    left, right = _code(node.left, scope, library), _code(node.right, scope, library)
    is_number = left.is_number and right.is_number
    match node.operator:
        case "+" | "-":
            text = f"{left.at(Binding.SUM)} {node.operator} {right.at(Binding.PRODUCT)}"
            return Code(text, Binding.SUM, is_number=is_number)
        case "*" | "/" | "@":
            sign = "*" if node.operator == "@" and (left.is_number or right.is_number) else node.operator
            text = f"{left.at(Binding.PRODUCT)} {sign} {right.at(Binding.POSTFIX)}"
            return Code(text, Binding.PRODUCT, is_number=is_number)
        case "**":
            base = f"{left.text}.0" if is_number and left.text.isdigit() else left.at(Binding.ATOM)
            return Code(f"{base} ** {right.at(Binding.ATOM)}", Binding.POSTFIX, is_number=is_number)
        case _:
            assert_never(node.operator)


def _call(node: Call, scope: Scope, library: Library) -> Code:
    arguments = [_code(argument, scope, library) for argument in node.arguments]
    if len(arguments) == 1 and arguments[0].is_number and node.function in OF_NUMBERS:
        return Code(OF_NUMBERS[node.function].format(arguments[0].text), is_number=True)
    row = _row(node)
    text = _filled(row.template(library), node, [_array(code, library) for code in arguments])
    return Code(text, is_number=row.is_number)


def _row(node: Call) -> Row:
    name = "sum along an axis" if node.function == "sum" and node.parameters else node.function
    if name not in CODE:
        raise NoCodeError(f"{name} is in no library")
    return CODE[name]


def _filled(template: str, node: Call, arguments: list[Code]) -> str:
    """The template with its parts in place."""
    parts = {f"p{place}": size_code(parameter) for place, parameter in enumerate(node.parameters)}
    if node.parameters:
        parts["slice"] = _slice(node.parameters[0])
    if arguments:
        parts |= zip(("atom", "other"), (code.at(Binding.ATOM) for code in arguments), strict=False)
        parts["axis"] = "0" if node.arguments[0].shape.columns == 1 and not node.parameters else "1"
    size = {"rows": size_code(node.shape.rows), "columns": size_code(node.shape.columns)}
    return template.format(*(code.text for code in arguments), **parts, **size)


def _finite_sum(node: FiniteSum, scope: Scope, library: Library) -> Code:
    """Python's sum, from a zero of the right shape on, as there may be nothing to sum."""
    body = _code(node.body, scope, library)
    terms = (
        f"{body.text} for {python_name(node.variable)} in range({size_code(node.lower)}, {size_code(node.upper + 1)})"
    )
    if body.is_number:
        return Code(f"sum({terms})", is_number=True)
    zero = _filled(CODE["zeros"].template(library), Call(node.shape, "zeros", ()), [])
    return Code(f"sum(({terms}), {zero})")
