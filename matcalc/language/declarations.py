"""Declarations: what the text behind a name in `where` says.

    declaration = type { property } [ "of" NAME { "," NAME } ]
    type        = "scalar" | "vector" "(" size ")" | "matrix" "(" size "," size ")"
                | "integer" | "index" "(" size ")" | "function"

Reading has two halves: `parse_declaration` knows one text alone; `declare` gives it its sizes, once the ring of the
claim is known, and checks what needs them. Both raise MatcalcError with every fault they can tell apart.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, assert_never

from matcalc.errors import Fault, MatcalcError, did_you_mean, near_names
from matcalc.language.nodes import Declaration, Kind, Shape, Size, Span
from matcalc.language.sizes import Reading, literal_value, polynomial
from matcalc.language.syntax import Parser
from matcalc.language.tokens import MAX_LENGTH, Token, error
from matcalc.language.trees import Name, Tree


@dataclass(frozen=True, slots=True)
class Type:
    """A row of the types: how it is written and how many sizes it takes."""

    kind: Kind
    form: str
    sizes: int
    doc: str

    @property
    def is_real(self) -> bool:
        """Whether its values are real arrays, which have properties and may depend on others."""
        return self.kind in ("scalar", "vector", "matrix")


TYPES: dict[str, Type] = {
    row.kind: row
    for row in (
        Type("scalar", "scalar", 0, "a real number"),
        Type("vector", "vector(n)", 1, "a real n×1 column"),
        Type("matrix", "matrix(m, n)", 2, "a real m×n matrix"),
        Type("integer", "integer", 0, "a non-negative integer, for exponents and bounds"),
        Type("index", "index(n)", 1, "a fixed index in 1..n"),
        Type("function", "function", 0, "an arbitrary smooth scalar function, applied entry by entry"),
    )
}

Applicability: TypeAlias = Literal["square", "real"]

PROPERTIES: dict[str, tuple[Applicability, str]] = {
    "symmetric": ("square", "X.T == X"),
    "skew": ("square", "X.T == -X"),
    "diagonal": ("square", "zero off the diagonal"),
    "orthogonal": ("square", "X.T @ X == eye(n)"),
    "lower": ("square", "zero above the diagonal"),
    "upper": ("square", "zero below the diagonal"),
    "invertible": ("square", "inv(X) exists"),
    "psd": ("square", "symmetric positive semidefinite"),
    "pd": ("square", "symmetric positive definite"),
    "positive": ("real", "every entry is positive"),
    "nonzero": ("real", "no entry is zero"),
}
"""Each property: what it may be said of, and what it says."""

_OTHER_TYPES = {
    "real": "scalar",
    "float": "scalar",
    "number": "scalar",
    "int": "integer",
    "natural": "integer",
    "tensor": "matrix(m, n)",
    "array": "vector(n)",
    "column": "vector(n)",
    "row": "matrix(1, n)",
    "func": "function",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A name of the declaration's text, with its place."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class DeclarationSyntax:
    """A declaration as written: its sizes are still trees."""

    name: str
    text: str
    type: Type
    sizes: tuple[Tree, ...]
    properties: tuple[Word, ...]
    of: tuple[Word, ...]


def parse_declaration(name: str, text: str) -> DeclarationSyntax:
    """Read the text declared for `name`, on its own. Raises MatcalcError, its faults not yet told apart by origin."""
    _check_separators(text)
    parser = Parser(text)
    kind = _read_type(parser)
    sizes = _read_sizes(parser, kind)
    properties = _read_properties(parser)
    of = _read_dependence(parser)
    faults = [*_property_faults(kind, properties), *_dependence_faults(name, kind, of)]
    if faults:
        raise MatcalcError(*faults)
    return DeclarationSyntax(name, text, kind, sizes, properties, of)


def declare(syntax: DeclarationSyntax, ring: Any, resolve: Callable[[Name], Size]) -> Declaration:
    """The declaration with its shape in `ring`. Raises MatcalcError for a bad size or a property that does not fit."""
    sizes = tuple(_size(tree, ring, resolve) for tree in syntax.sizes)
    properties = frozenset(word.text for word in syntax.properties)
    of = tuple(word.text for word in syntax.of)
    extent = sizes[0] if syntax.type.kind == "index" else None
    shape = _shape(syntax.type.kind, sizes, ring.one)
    faults = [_not_square(word, syntax, shape) for word in syntax.properties if _misses_square(word, shape)]
    if faults:
        raise MatcalcError(*faults)
    return Declaration(syntax.name, syntax.type.kind, shape, properties, of, extent)


_CROSS = re.compile(r"\(\s*\w+(\s+x\s+|\s*×\s*)\w+\s*\)")


def _check_separators(text: str) -> None:
    """Sizes are often written m × n, where a product of sizes would be a different thing."""
    cross = _CROSS.search(text, 0, MAX_LENGTH)
    if cross:
        raise error("sizes are separated by a comma", "write matrix(m, n)", cross.span(1))


def _read_type(parser: Parser) -> Type:
    token = parser.peek
    if token.kind != "name":
        what = f"a declaration starts with a type, not {token.text}" if token.text else "the declaration is empty"
        raise error(what, f"write one of {_forms()}", token.span)
    parser.advance()
    kind = TYPES.get(token.text)
    if kind is None:
        raise _unknown_type(token, has_sizes=parser.peek.text == "(")
    return kind


def _forms() -> str:
    return ", ".join(row.form for row in TYPES.values())


def _unknown_type(token: Token, *, has_sizes: bool) -> MatcalcError:
    if token.text in PROPERTIES:
        what = f"{token.text} is a property, and the type comes first"
        return error(what, f"write matrix(n, n) {token.text}", token.span)
    near = [name if has_sizes else TYPES[name].form for name in near_names(token.text, TYPES)]
    other = _OTHER_TYPES.get(token.text.lower())
    mend = did_you_mean([other] if other else near) or f"write one of {_forms()}"
    return error(f"{token.text} is no type", mend, token.span)


def _read_sizes(parser: Parser, kind: Type) -> tuple[Tree, ...]:
    opening = parser.accept("(")
    if opening is None:
        if kind.sizes:
            raise error(f"{kind.kind} needs {_count(kind.sizes)}", f"write {kind.form}", parser.last.span)
        return ()
    sizes, closing = parser.bracketed(opening, ")")
    if len(sizes) != kind.sizes:
        what = f"{kind.kind} takes {_count(kind.sizes)}" + (f", not {len(sizes)}" if kind.sizes else "")
        raise error(what, _size_count_mend(kind, sizes, parser), (opening.start, closing.span[1]))
    return sizes


def _count(sizes: int) -> str:
    return {0: "no size", 1: "1 size"}.get(sizes, f"{sizes} sizes")


def _size_count_mend(kind: Type, sizes: tuple[Tree, ...], parser: Parser) -> str:
    texts = [parser.text[slice(*tree.span)] for tree in sizes]
    match kind.kind, texts:
        case "matrix", [size]:
            return f"write matrix({size}, {size}) for a square matrix, vector({size}) for a column"
        case (("scalar" | "vector" | "integer"), [rows, columns]):
            return f"write matrix({rows}, {columns})"
        case "scalar", [size]:
            return f"write vector({size})"
        case "integer", [size]:
            return f"write index({size}) for an index in 1..{size}"
    return f"write {kind.form}"


def _read_properties(parser: Parser) -> tuple[Word, ...]:
    words: list[Word] = []
    while parser.peek.kind == "name" and parser.peek.text != "of":
        token = parser.advance()
        words.append(Word(token.text, token.span))
    if parser.peek.text == ",":
        raise error("a comma stands between properties", "separate them by spaces", parser.peek.span)
    return tuple(words)


def _read_dependence(parser: Parser) -> tuple[Word, ...]:
    if parser.peek.text != "of":
        if parser.peek.kind != "end":
            token = parser.peek
            mend = "write properties separated by spaces, or of and names"
            raise error(f"{token.text} has no meaning behind the type", mend, token.span)
        return ()
    parser.advance()
    words = [_read_variable(parser)]
    while parser.accept(","):
        words.append(_read_variable(parser))
    if parser.peek.kind != "end":
        raise _behind_dependence(parser.peek)
    return tuple(words)


def _read_variable(parser: Parser) -> Word:
    token = parser.peek
    if token.kind != "name":
        span = token.span if token.text else parser.last.span
        raise error("of needs the name of a variable", "write of x, or of x, Y", span)
    parser.advance()
    return Word(token.text, token.span)


def _behind_dependence(token: Token) -> MatcalcError:
    if token.text in PROPERTIES:
        return error(f"the property {token.text} stands behind of", f"write {token.text} before of", token.span)
    return error(f"{token.text} stands behind the names of variables", "separate the names by commas", token.span)


def _property_faults(kind: Type, words: tuple[Word, ...]) -> list[Fault]:
    faults = []
    for position, word in enumerate(words):
        fault = _property_fault(kind, word, [earlier.text for earlier in words[:position]])
        if fault:
            faults.append(fault)
    return faults


def _property_fault(kind: Type, word: Word, earlier: list[str]) -> Fault | None:
    if word.text not in PROPERTIES:
        mend = did_you_mean(near_names(word.text, PROPERTIES)) or f"write one of {', '.join(PROPERTIES)}"
        return Fault(f"{word.text} is no property", mend, span=word.span)
    if word.text in earlier:
        return Fault(f"{word.text} is said twice", "remove one", span=word.span)
    if not kind.is_real:
        mend = "write k + 1 where it must be positive" if kind.kind == "integer" else f"remove {word.text}"
        return Fault(f"{kind.kind} takes no properties", mend, span=word.span)
    if PROPERTIES[word.text][0] == "square" and kind.kind != "matrix":
        what = f"{word.text} is said of square matrices, not of a {kind.kind}"
        return Fault(what, f"remove {word.text}, or write matrix(n, n)", span=word.span)
    return None


def _dependence_faults(name: str, kind: Type, of: tuple[Word, ...]) -> list[Fault]:
    if of and not kind.is_real:
        mend = "write scalar of x for an arbitrary function of x" if kind.kind == "function" else "remove it"
        return [Fault(f"{kind.kind} cannot depend on variables", mend, span=(of[0].span[0], of[-1].span[1]))]
    faults = []
    for position, word in enumerate(of):
        if word.text == name:
            faults.append(Fault(f"{name} is declared as a function of itself", f"remove {name}", span=word.span))
        elif word.text in [earlier.text for earlier in of[:position]]:
            faults.append(Fault(f"{word.text} is named twice", "remove one", span=word.span))
    return faults


def _size(tree: Tree, ring: Any, resolve: Callable[[Name], Size]) -> Size:
    size = polynomial(tree, Reading(ring, "a size", False, resolve))
    if literal_value(size) == 0:
        raise error("a size is 0", "a size is a positive integer", tree.span)
    return size


def _shape(kind: Kind, sizes: tuple[Size, ...], one: Size) -> Shape:
    match kind:
        case "vector":
            return Shape(sizes[0], one)
        case "matrix":
            return Shape(*sizes)
        case "scalar" | "integer" | "index" | "function":
            return Shape(one, one)
        case _:
            assert_never(kind)


def _misses_square(word: Word, shape: Shape) -> bool:
    return PROPERTIES[word.text][0] == "square" and shape.rows != shape.columns


def _not_square(word: Word, syntax: DeclarationSyntax, shape: Shape) -> Fault:
    rows = syntax.text[slice(*syntax.sizes[0].span)]
    what = f"{word.text} needs a square matrix, and {syntax.name} is {shape}"
    return Fault(what, f"write matrix({rows}, {rows})", span=word.span)
