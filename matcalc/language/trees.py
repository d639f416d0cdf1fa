"""The untyped syntax tree of claims: names and numbers joined by operators, with no meaning yet.

Trees are limited in depth, so that whoever recurses over one is safe.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from matcalc.errors import MatcalcError
from matcalc.language.nodes import Span
from matcalc.language.tokens import error

MAX_NESTING = 100
"""Brackets, calls, signs and right operands inside each other."""
MAX_HEIGHT = 320
"""Levels of a tree, where a chain such as `A + B + C` adds one for each operator."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, whatever it stands for."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Literal:
    """A number as it was written."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Minus:
    """A minus sign and its operand."""

    operand: "Tree"
    span: Span


@dataclass(frozen=True, slots=True)
class Infix:
    """`left operator right`, an operator of the language or of paper (`matcalc.language.paper`).

    A span wider than both operands shows brackets around it.
    """

    operator: str
    left: "Tree"
    right: "Tree"
    span: Span
    operator_span: Span


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name behind a dot."""

    operand: "Tree"
    name: str
    span: Span
    name_span: Span


@dataclass(frozen=True, slots=True)
class Apply:
    """A call."""

    function: "Tree"
    arguments: tuple["Tree", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Subscript:
    """Positions in square brackets behind an operand."""

    operand: "Tree"
    positions: tuple["Tree", ...]
    span: Span


Tree: TypeAlias = Name | Literal | Minus | Infix | Attribute | Apply | Subscript


def children(tree: Tree) -> tuple[Tree, ...]:
    """The parts of a tree, left to right."""
    match tree:
        case Name() | Literal():
            return ()
        case Minus(operand) | Attribute(operand):
            return (operand,)
        case Infix(_, left, right):
            return left, right
        case Apply(function, arguments):
            return function, *arguments
        case Subscript(operand, positions):
            return operand, *positions
        case _:
            assert_never(tree)


def walk(*trees: Tree) -> Iterator[Tree]:
    """Every tree inside `trees`, in the order of the text."""
    stack = list(reversed(trees))
    while stack:
        tree = stack.pop()
        yield tree
        stack.extend(reversed(children(tree)))


def names_in(*trees: Tree) -> Iterator[Name]:
    """Every name inside `trees`, in the order of the text."""
    return (tree for tree in walk(*trees) if isinstance(tree, Name))


def calls_in(*trees: Tree) -> Iterator[tuple[Name, tuple[Tree, ...]]]:
    """Every call of a name inside `trees`, with its arguments, in the order of the text."""
    for tree in walk(*trees):
        match tree:
            case Apply(Name() as function, arguments):
                yield function, arguments


def too_deep(span: Span) -> MatcalcError:
    """The fault of a tree that exceeds the limits, at `span`."""
    what = f"the text is nested more than {MAX_NESTING} levels deep, or chains more than {MAX_HEIGHT} operators"
    return error(what, "split it up", span)


def within_limits(tree: Tree) -> Tree:
    """The same tree, unless it is too deep to recurse over."""
    stack: list[tuple[Tree, int, int]] = [(tree, 1, 1)]
    while stack:
        part, nesting, height = stack.pop()
        if nesting > MAX_NESTING or height > MAX_HEIGHT:
            raise too_deep(part.span)
        for child in children(part):
            along_chain = isinstance(part, Infix) and child is part.left
            stack.append((child, nesting if along_chain else nesting + 1, height + 1))
    return tree
