"""Functions in Python with what they need: imports, the sizes and checks of their arguments, a docstring.

The arguments of a function are the symbols of its value, and the sizes that their shapes do not show.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from matcalc.language.nodes import Declaration, Expression, Scope
from matcalc.language.printing import to_text
from matcalc.language.sizes import generator, literal_value
from matcalc.report.code import WORD, python_name, size_code, value_code
from matcalc.report.libraries import PREAMBLES, SCALAR, Library, preamble_lines

INDENT = "    "


@dataclass(frozen=True, slots=True)
class Program:
    """The lines of a function in Python, and what it needs above it: imports, then other functions."""

    lines: tuple[str, ...]
    preamble: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole program."""
        return "\n".join([*preamble_lines(self.preamble), *self.lines, ""])


def function(name: str, value: Expression, scope: Scope, library: Library, of: str = "", doc: str = "") -> Program:
    """The function whose body is `value`; its arguments are the symbols of the value and of the text `of`.

    Raises NoCodeError.
    """
    returned = value_code(value, scope, library)
    symbols, words = _symbols(value, scope, of)
    reading = _sizes_read_off(symbols, scope)
    missing = [size for size in _sizes(scope) if size in words - reading.keys()]
    body = [
        *filter(None, reading.values()),
        *_checks(symbols, reading, words | reading.keys()),
        *_scalars(symbols, library),
        *([_like(symbols)] if "like" in WORD.findall(returned) else []),
        f"return {returned}",
    ]
    arguments = map(python_name, [*(symbol.name for symbol in symbols), *missing])
    head = f"def {name}({', '.join(arguments)}):"
    lines = (head, *_docstring(doc), *(f"{INDENT}{line}" for line in body))
    return Program(lines, _preamble("\n".join(body), library))


def shape_words(value: Expression, scope: Scope, of: str = "") -> str:
    """What goes into the function and comes out of it: `A m×n, s 0-d or 1×1; the value n×1`."""
    symbols, _ = _symbols(value, scope, of)
    said = [f"{python_name(symbol.name)} {_said(symbol)}" for symbol in symbols]
    return f"{', '.join(said)}; the value {value.shape}"


def _symbols(value: Expression, scope: Scope, of: str) -> tuple[list[Declaration], set[str]]:
    """The symbols that the function has as arguments, and all the names in it."""
    words = {*WORD.findall(to_text(value)), *WORD.findall(of)}
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


def _sizes(scope: Scope) -> list[str]:
    """The sizes that are not declared as integers, which are arguments as they are."""
    return [size for size in scope.sizes if size not in scope.declarations]


def _sizes_of(declared: Declaration) -> set[str]:
    return set(WORD.findall(f"{declared.shape.rows} {declared.shape.columns}"))


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
    return f"{_extents(symbol)} = {python_name(symbol.name)}.shape"


def _extents(symbol: Declaration) -> str:
    return f"{size_code(symbol.shape.rows)}, {size_code(symbol.shape.columns)}"


def _measured(symbol: Declaration, scope: Scope) -> dict[str, str]:
    """Sizes that are an extent of the array, or an extent less a number."""
    lines: dict[str, str] = {}
    for axis, extent in enumerate((symbol.shape.rows, symbol.shape.columns)):
        for size in _sizes(scope):
            less = literal_value(extent - generator(scope.ring, size))
            if less is not None:
                shown = f"{python_name(symbol.name)}.shape[{axis}]" + (f" - {less}" if less else "")
                lines.setdefault(size, f"{python_name(size)} = {shown}")
    return lines


def _checks(symbols: Iterable[Declaration], reading: Mapping[str, str], known: set[str]) -> list[str]:
    """A flat array, or one turned on its side, would be broadcast to a wrong value; beyond the end there is nothing."""
    arrays = [symbol for symbol in _arrays(symbols) if _unpacking(symbol) not in reading.values()]
    checks = [f"{python_name(array.name)}.shape == ({_extents(array)})" for array in arrays]
    checks += [
        f"1 <= {python_name(index.name)} <= {size_code(index.extent)}"
        for index in symbols
        if index.kind == "index" and {*WORD.findall(str(index.extent))} <= known
    ]
    return [f"assert {' and '.join(checks)}"] if checks else []


def _scalars(symbols: Iterable[Declaration], library: Library) -> list[str]:
    names = [python_name(symbol.name) for symbol in symbols if symbol.kind == "scalar"]
    return [f"{name} = {SCALAR.template(library).format(name)}" for name in names]


def _like(symbols: Iterable[Declaration]) -> str:
    real = next((python_name(symbol.name) for symbol in symbols if symbol.kind in ("scalar", "vector", "matrix")), None)
    return f'like = {{"dtype": {real}.dtype, "device": {real}.device}}' if real else 'like = {"dtype": torch.float64}'
