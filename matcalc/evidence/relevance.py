"""What a claim speaks of: the nodes of its sides, and its scope without the names that no side depends on."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from matcalc.language.nodes import (
    Application,
    Call,
    Claim,
    Declaration,
    Derivative,
    Differential,
    EntryOf,
    FiniteSum,
    Node,
    Parameter,
    Scope,
    Size,
    Symbol,
    TotalDifferential,
)


def nodes(part: Any) -> Iterator[Node]:
    """Every node of a tree or a tuple of trees, by the fields of the nodes: a new kind of node needs no row here."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting += reversed(part)
        elif isinstance(part, Node):
            yield part
            names = reversed(type(part).__dataclass_fields__)
            waiting += [getattr(part, name) for name in names if name not in ("shape", "span")]


def relevant(claim: Claim) -> Claim:
    """The claim with only those declarations and sizes in its scope that it depends on, in their order."""
    scope = claim.scope
    used = set(_names(claim))
    while True:
        sources = {source for name in used for source in scope[name].of}
        if sources <= used:
            break
        used |= sources
    sizes = {size for node in nodes(claim.sides) for size in _sizes(node)}
    used |= {name for size in sizes for name in names_in(size)} & scope.declarations.keys()
    sizes |= {size for name in used for size in _declared_sizes(scope[name])}
    names = {name for size in sizes for name in names_in(size)} | used
    kept = {name: declaration for name, declaration in scope.declarations.items() if name in names}
    return dataclasses.replace(claim, scope=Scope(kept, tuple(n for n in scope.sizes if n in names), scope.ring))


def names_in(size: Size) -> set[str]:
    """The names on which a size polynomial depends."""
    names = [symbol.name for symbol in size.ring.symbols]
    return {name for powers in size.monoms() for name, power in zip(names, powers, strict=True) if power}


def independent_symbols(claim: Claim) -> list[Declaration]:
    """The declared scalars, vectors and matrices that are not functions of others."""
    declarations = claim.scope.declarations.values()
    return [d for d in declarations if d.kind in ("scalar", "vector", "matrix") and not d.of]


def varying_symbols(claim: Claim) -> list[str]:
    """The X whose dX needs a value, in the order declared."""
    found: set[str] = set()
    for node in nodes(claim.sides):
        match node:
            case Differential(name=name):
                found.add(name)
            case TotalDifferential(varying=varying):
                found.update(varying)
    return [name for name in claim.scope.declarations if name in found]


@dataclass(frozen=True, slots=True)
class Symbols:
    """What needs a value at a point: the independent symbols, and those whose differential does."""

    independent: tuple[Declaration, ...]
    varying: tuple[Declaration, ...]


def symbols(claim: Claim) -> Symbols:
    """What needs a value at a point of the claim."""
    return Symbols(tuple(independent_symbols(claim)), tuple(claim.scope[name] for name in varying_symbols(claim)))


def _names(claim: Claim) -> Iterator[str]:
    """The declared symbols and functions that are written in the claim."""
    for node in nodes(claim.sides):
        match node:
            case Symbol(name=name) | Differential(name=name) | Application(function=name):
                yield name
            case Derivative(variable=variable):
                yield variable.name
            case TotalDifferential(varying=varying):
                yield from varying


def _sizes(node: Node) -> Iterable[Size]:
    """The sizes, positions, exponents and bounds of a node."""
    shape = (node.shape.rows, node.shape.columns)
    match node:
        case Parameter(value=value):
            return (*shape, value)
        case Call(parameters=parameters):
            return (*shape, *parameters)
        case EntryOf(row=row, column=column):
            return (*shape, row, column)
        case FiniteSum(lower=lower, upper=upper):
            return (*shape, lower, upper)
        case Derivative(variable=variable):
            return (*shape, *(variable.entry or ()))
        case _:
            return shape


def _declared_sizes(declaration: Declaration) -> Iterable[Size]:
    shape = (declaration.shape.rows, declaration.shape.columns)
    return shape if declaration.extent is None else (*shape, declaration.extent)
