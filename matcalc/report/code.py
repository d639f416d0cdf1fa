"""An expression as a function in Python, for numpy, torch or jax.

Its arguments are the symbols, and the sizes that their shapes do not show. Every array has two dimensions: a vector is
a column, a scalar 1×1; whole numbers and plain numbers are Python's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from matcalc.language.nodes import (
    Application,
    Binary,
    Call,
    Declaration,
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
from matcalc.language.sizes import generator, literal_value, size_text
from matcalc.report.libraries import (
    ARRAY,
    CODE,
    OF_NUMBERS,
    PREAMBLES,
    RESERVED,
    SCALAR,
    Library,
    Row,
    preamble_lines,
)
from matcalc.report.pieces import Binding, Piece

INDENT = "    "
_WORD = re.compile(r"[A-Za-z_]\w*")
_LARGEST_WHOLE = 2**53
"""Beyond it a whole number is written as a float."""


class NoCodeError(Exception):
    """The expression has a part that no library knows; the message says which."""


@dataclass(frozen=True, slots=True)
class Program:
    """The lines of a function in Python, and what it needs above it: imports, then other functions."""

    lines: tuple[str, ...]
    preamble: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole program."""
        return "\n".join([*preamble_lines(self.preamble), *self.lines, ""])


@dataclass(frozen=True, slots=True)
class Code(Piece):
    """A Python expression: a plain number, or an array of two dimensions."""

    is_number: bool = field(default=False, kw_only=True)


def function(name: str, value: Expression, scope: Scope, library: Library, of: str = "", doc: str = "") -> Program:
    """The function whose body is `value`; its arguments are the symbols of the value and of the text `of`.

    Raises NoCodeError.
    """
    returned = _array(_code(value, scope, library), library).text
    symbols, words = _symbols(value, scope, of)
    reading = _sizes_read_off(symbols, scope)
    missing = [size for size in _sizes(scope) if size in words - reading.keys()]
    body = [*filter(None, reading.values()), *_checks(symbols, reading), *_scalars(symbols, library)]
    if "like" in _WORD.findall(returned):
        body.append(_like(symbols))
    body.append(f"return {returned}")
    arguments = map(_name, [*(symbol.name for symbol in symbols), *missing])
    head = f"def {name}({', '.join(arguments)}):"
    lines = (head, *_docstring(doc), *(f"{INDENT}{line}" for line in body))
    return Program(lines, _preamble("\n".join(body), library))


def shape_words(value: Expression, scope: Scope, of: str = "") -> str:
    """What goes into the function and comes out of it: `A m×n, s 0-d or 1×1; the value n×1`."""
    symbols, _ = _symbols(value, scope, of)
    said = [f"{_name(symbol.name)} {_said(symbol)}" for symbol in symbols]
    return f"{', '.join(said)}; the value {value.shape}"


def _symbols(value: Expression, scope: Scope, of: str) -> tuple[list[Declaration], set[str]]:
    """The symbols that the function has as arguments, and all the names in it."""
    words = {*_WORD.findall(to_text(value)), *_WORD.findall(of)}
    declared = [known for known in scope.declarations.values() if known.kind != "function" and not known.of]
    words |= {word for known in _arrays(declared) if known.name in words for word in _sizes_of(known)}
    return [known for known in declared if known.name in words], words


def _said(declared: Declaration) -> str:
    properties = "".join(f" {word}" for word in sorted(declared.properties))
    match declared.kind:
        case "scalar":
            return f"0-d or 1×1{properties}"
        case "vector" | "matrix":
            return f"{declared.shape}{properties}"
        case "index":
            return "an index that counts from 1"
        case "integer" | "function":
            return f"an integer{properties}"
        case _:
            assert_never(declared.kind)


def _docstring(doc: str) -> list[str]:
    if not doc:
        return []
    first, *others = doc.split("\n")
    lines = [f'"""{first}', *others, '"""'] if others else [f'"""{first}"""']
    return [f"{INDENT}{line}" if line else "" for line in lines]


def _preamble(text: str, library: Library) -> tuple[str, ...]:
    """What the text uses, and what that uses in turn: the table has what is used before what uses it."""
    blocks: list[str] = []
    for name, block in reversed(PREAMBLES[library].items()):
        if re.search(rf"(?<![\w.]){name}\b", text):
            blocks.insert(0, block)
            text += "" if block.startswith("import ") else block
    return tuple(blocks)


def _name(name: str) -> str:
    """The name in Python: one that the code uses otherwise gets a line behind it, as do those that look like that."""
    return f"{name}_" if name.rstrip("_") in RESERVED else name


def _size(size: Size) -> str:
    return _WORD.sub(lambda match: _name(match.group()), size_text(size))


def _slice(position: Size) -> str:
    """A position counted from 1, as a range of one position counted from 0."""
    return f"{_size(position - 1)}:{_size(position)}"


def _sizes(scope: Scope) -> list[str]:
    """The sizes that are not declared as integers, which are arguments as they are."""
    return [size for size in scope.sizes if size not in scope.declarations]


def _sizes_of(declared: Declaration) -> set[str]:
    return set(_WORD.findall(f"{declared.shape.rows} {declared.shape.columns}"))


def _arrays(symbols: Iterable[Declaration]) -> list[Declaration]:
    return [symbol for symbol in symbols if symbol.kind in ("vector", "matrix")]


def _sizes_read_off(symbols: Iterable[Declaration], scope: Scope) -> dict[str, str]:
    """For each size that an array shows, the line that reads it; an empty one where another line reads it too."""
    lines: dict[str, str] = {}
    for symbol in sorted(_arrays(symbols), key=lambda symbol: len(_named_extents(symbol, scope)) < 2):
        named = _named_extents(symbol, scope)
        if len(named) == 2 and not named & lines.keys():
            lines |= {str(symbol.shape.rows): _unpacking(symbol), str(symbol.shape.columns): ""}
        else:
            lines |= {size: line for size, line in _measured(symbol, scope).items() if size not in lines}
    return lines


def _named_extents(symbol: Declaration, scope: Scope) -> set[str]:
    return {str(symbol.shape.rows), str(symbol.shape.columns)} & {*_sizes(scope)}


def _unpacking(symbol: Declaration) -> str:
    return f"{_size(symbol.shape.rows)}, {_size(symbol.shape.columns)} = {_name(symbol.name)}.shape"


def _measured(symbol: Declaration, scope: Scope) -> dict[str, str]:
    """Sizes that are an extent of the array, or an extent less a number."""
    lines: dict[str, str] = {}
    for axis, extent in enumerate((symbol.shape.rows, symbol.shape.columns)):
        for size in _sizes(scope):
            less = literal_value(extent - generator(scope.ring, size))
            if less is not None:
                shown = f"{_name(symbol.name)}.shape[{axis}]"
                lines.setdefault(size, f"{_name(size)} = {shown} - {less}" if less else f"{_name(size)} = {shown}")
    return lines


def _checks(symbols: Iterable[Declaration], reading: Mapping[str, str]) -> list[str]:
    """A flat array, or one turned on its side, would be broadcast to a wrong value."""
    arrays = [symbol for symbol in _arrays(symbols) if _unpacking(symbol) not in reading.values()]
    checks = [
        f"{_name(array.name)}.shape == ({_size(array.shape.rows)}, {_size(array.shape.columns)})" for array in arrays
    ]
    return [f"assert {' and '.join(checks)}"] if checks else []


def _scalars(symbols: Iterable[Declaration], library: Library) -> list[str]:
    names = [_name(symbol.name) for symbol in symbols if symbol.kind == "scalar"]
    return [f"{name} = {SCALAR.template(library).format(name)}" for name in names]


def _like(symbols: Iterable[Declaration]) -> str:
    real = next((_name(symbol.name) for symbol in symbols if symbol.kind in ("scalar", "vector", "matrix")), None)
    return f'like = {{"dtype": {real}.dtype, "device": {real}.device}}' if real else 'like = {"dtype": torch.float64}'


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
    text = _size(size)
    return Code(text, Binding.ATOM if text.isidentifier() or text.isdigit() else Binding.LOOSE, is_number=True)


def _symbol(name: str, scope: Scope) -> Code:
    if scope[name].of:
        raise NoCodeError(f"{name} is an arbitrary function of {', '.join(scope[name].of)}")
    return Code(_name(name))


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
    parts = {f"p{place}": _size(parameter) for place, parameter in enumerate(node.parameters)}
    if node.parameters:
        parts["slice"] = _slice(node.parameters[0])
    if arguments:
        parts |= zip(("atom", "other"), (code.at(Binding.ATOM) for code in arguments), strict=False)
        parts["axis"] = "0" if node.arguments[0].shape.columns == 1 and not node.parameters else "1"
    size = {"rows": _size(node.shape.rows), "columns": _size(node.shape.columns)}
    return template.format(*(code.text for code in arguments), **parts, **size)


def _finite_sum(node: FiniteSum, scope: Scope, library: Library) -> Code:
    """Python's sum, from a zero of the right shape on, as there may be nothing to sum."""
    body = _code(node.body, scope, library)
    terms = f"{body.text} for {_name(node.variable)} in range({_size(node.lower)}, {_size(node.upper + 1)})"
    if body.is_number:
        return Code(f"sum({terms})", is_number=True)
    zero = _filled(CODE["zeros"].template(library), Call(node.shape, "zeros", ()), [])
    return Code(f"sum(({terms}), {zero})")
