"""True claims changed in ways that keep them true: names, transposes, common factors and terms, compositions.

Each comes with a twin into which an error is injected. The first may be undecided and never refuted, the second may be
undecided and never proved.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from matcalc.language import size_text, to_text
from matcalc.language.nodes import Claim, Declaration, Derivative, Differential, TotalDifferential
from soundness.edits import places
from soundness.statements import Statement, well_formed

INJECTED = "an error injected: "
"""How the change of a twin begins."""

_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Transformation:
    """A row: what is done, and the statements that it gives."""

    name: str
    images: Callable[[Statement, Claim], Iterator[Statement]]


def images(statement: Statement) -> list[Statement]:
    """What every transformation makes of a statement, each image followed by its twin with an error."""
    claim, found = statement.claim(), []
    for transformation in TRANSFORMATIONS:
        for image in transformation.images(statement, claim):
            true = replace(image, change=transformation.name)
            found += [new for new in (true, _with_error(true)) if well_formed(new)]
    return found


def _with_error(statement: Statement) -> Statement:
    """One more on the right side, at every entry."""
    left, _, right = statement.text.rpartition(" == ")
    return replace(statement, text=f"{left} == ({right}) + 1", change=INJECTED + statement.change)


def _on_sides(statement: Statement, claim: Claim, form: str, **where: str) -> Statement:
    """Every side put into a form, with more declarations."""
    text = " == ".join(form.format(to_text(side)) for side in claim.sides)
    return replace(statement, text=text, where={**statement.where, **where})


def _renamed(statement: Statement, claim: Claim) -> Iterator[Statement]:
    new = {name: f"{name}_9" for name in statement.where}
    new |= {f"d{name}": f"d{name}_9" for name in statement.where if f"d{name}" not in new}

    def rename(text: str) -> str:
        return _NAME.sub(lambda found: new.get(found.group(), found.group()), text)

    where = {new[name]: rename(kind) for name, kind in statement.where.items()}
    yield replace(statement, text=rename(to_text(claim)), where=where)


def _transposed(statement: Statement, claim: Claim) -> Iterator[Statement]:
    yield _on_sides(statement, claim, "({}).T")


def _multiplied(statement: Statement, claim: Claim) -> Iterator[Statement]:
    yield _on_sides(statement, claim, "c_9 * ({})", c_9="scalar")
    yield _on_sides(statement, claim, "({}) * sin(c_9)", c_9="scalar")
    rows = size_text(claim.sides[0].shape.rows)
    yield _on_sides(statement, claim, "M_9 @ ({})", M_9=f"matrix(p_9, {rows})")


def _added_to(statement: Statement, claim: Claim) -> Iterator[Statement]:
    yield _on_sides(statement, claim, "({}) + exp(c_9)", c_9="scalar")


def _differentiated(statement: Statement, claim: Claim) -> Iterator[Statement]:
    if claim.sides[0].shape.is_scalar:
        for declaration in _plain(claim):
            yield _on_sides(statement, claim, f"D({{}}, {declaration.name})")


def _composed(statement: Statement, claim: Claim) -> Iterator[Statement]:
    """A symbol replaced by an expression in new ones, where nothing is differentiated by it."""
    taken = {n.variable.name for side in claim.sides for _, n in places(side) if isinstance(n, Derivative)}
    for declaration in _plain(claim):
        name = declaration.name
        if name not in taken and not _varies(claim):
            for text, where in _expressions(declaration):
                declared = {other: kind for other, kind in statement.where.items() if other != name}
                new = re.sub(rf"\b{name}\b", f"({text})", to_text(claim))
                yield replace(statement, text=new, where={**declared, **where})


def _varies(claim: Claim) -> bool:
    found = (node for side in claim.sides for _, node in places(side))
    return any(isinstance(node, Differential | TotalDifferential) for node in found)


def _plain(claim: Claim) -> Iterator[Declaration]:
    """Symbols without properties that nothing else is a function of, and that are no functions themselves."""
    declared = claim.scope.declarations.values()
    inner = {name for declaration in declared for name in declaration.of}
    for declaration in declared:
        real = declaration.kind in ("scalar", "vector", "matrix")
        if real and not declaration.properties and not declaration.of and declaration.name not in inner:
            yield declaration


def _expressions(declaration: Declaration) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Expressions of the shape of a symbol, with the declarations of their names."""
    name, rows, columns = declaration.name, *map(size_text, (declaration.shape.rows, declaration.shape.columns))
    first, second = f"{name}_1", f"{name}_2"
    match declaration.kind:
        case "scalar":
            yield f"{first} ** 2 - {second}", {first: "scalar", second: "scalar"}
            yield f"{first}.T @ {second}", {first: "vector(p_9)", second: "vector(p_9)"}
        case "vector":
            yield f"{first} @ {second}", {first: f"matrix({rows}, p_9)", second: "vector(p_9)"}
        case _:
            yield f"{first} - {second}", dict.fromkeys((first, second), f"matrix({rows}, {columns})")
            yield f"{first} @ {second}", {first: f"matrix({rows}, p_9)", second: f"matrix(p_9, {columns})"}


TRANSFORMATIONS: tuple[Transformation, ...] = (
    Transformation("renamed", _renamed),
    Transformation("transposed", _transposed),
    Transformation("multiplied", _multiplied),
    Transformation("added to", _added_to),
    Transformation("differentiated", _differentiated),
    Transformation("composed", _composed),
)
NAMES = frozenset(transformation.name for transformation in TRANSFORMATIONS)
