"""Sizes that paper leaves out: I, 𝟏 and `vector(1)` have the one that fits.

Each such constant is read with a size of its own, which is then what the shapes around it need it to be: the faults of
shapes are set equal, as in the inference of declarations. Where nothing tells a size, as in tr(I), nothing is guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias, assert_never

from matcalc.language.context import Context
from matcalc.language.elaboration import elaborate
from matcalc.language.nodes import Layout, Scope, Span
from matcalc.language.scopes import open_scope
from matcalc.language.shapes import Way, equal_shapes
from matcalc.language.sizes import size_text
from matcalc.language.syntax import parse_formula
from matcalc.language.tokens import error
from matcalc.language.trees import Apply, Attribute, Infix, Literal, Minus, Name, Subscript, Tree, names_in
from matcalc.language.unification import Unifier

MOST_OPEN = 20
"""Sizes that a text leaves out, where declarations name some."""

Sides: TypeAlias = tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The sides under the declarations: what their faults of shapes need, and whether there are faults."""

    scope: Scope
    needs: tuple[tuple[Way, ...], ...]
    is_faulty: bool


def settled(sides: Sides, open_sizes: tuple[str, ...], where: Mapping[str, str], layout: Layout) -> Sides:
    """The sides with every open size that is told replaced by what it is.

    One that `where` names is settled: whoever declared the names after the text has chosen it. Raises MatcalcError for
    the first that nothing tells, unless there are other faults, and where there are too many.
    """
    if not open_sizes:
        return sides
    for _ in range(MOST_OPEN + 1):
        reading = _read(sides, where, layout)
        unknown = _unknown(sides, open_sizes, where)
        found = _values(reading, unknown)
        if not found:
            break
        sides = tuple(_with(side, found) for side in sides)
    if unknown and where and not reading.is_faulty:
        mend = "write I_n, 1_n or ones(n)"
        raise error("its size is not told by what stands around it", mend, next(_places(sides, unknown)))
    return sides


def _unknown(sides: Sides, open_sizes: tuple[str, ...], where: Mapping[str, str]) -> tuple[str, ...]:
    """The open sizes that are left in the sides. Raises MatcalcError where they are too many."""
    declared = open_scope(where, ())[0].scope.sizes
    unknown = tuple(name for name in open_sizes if name not in declared)
    left = tuple(dict.fromkeys(name.text for name in names_in(*sides) if name.text in unknown))
    if len(left) > MOST_OPEN:
        raise error("too many sizes are left out", "write I_n for the identity of size n", next(_places(sides, left)))
    return left


def _places(sides: Sides, names: tuple[str, ...]) -> Iterator[Span]:
    return (name.span for name in names_in(*sides) if name.text in names)


def _read(sides: Sides, where: Mapping[str, str], layout: Layout) -> _Reading:
    names, faults = open_scope(where, sides)
    context = Context("", names, layout)
    typed = [elaborate(context, side) for side in sides]
    is_faulty = bool(faults or context.faults)
    needs = tuple(misfit.ways for misfit in context.misfits)
    if not is_faulty:
        shapes = [side.shape for side in typed if side is not None]
        needs = tuple((equal_shapes(*pair),) for pair in pairwise(shapes))
    return _Reading(names.scope, needs, is_faulty)


def _values(reading: _Reading, unknown: tuple[str, ...]) -> dict[str, Tree]:
    """What some of the unknown sizes are, as far as one reading tells."""
    scope = reading.scope
    integers = {name for name, declaration in scope.declarations.items() if declaration.kind == "integer"}
    known = Unifier(unknown, frozenset(unknown), frozenset({*scope.sizes, *integers} - {*unknown}))
    for ways in reading.needs:
        known = known.first_of(ways)
    return {name: parse_formula(size_text(value)) for name, value in known.values.items()}


def _with(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """The tree with sizes in the place of names; whatever is new stands where the name stood."""
    match tree:
        case Name(text, span):
            return _moved(values[text], span) if text in values else tree
        case Literal():
            return tree
        case Minus(operand) | Attribute(operand):
            return replace(tree, operand=_with(operand, values))
        case Infix(_, left, right):
            return replace(tree, left=_with(left, values), right=_with(right, values))
        case Apply(function, arguments):
            return Apply(function, tuple(_with(part, values) for part in arguments), tree.span)
        case Subscript(operand, positions):
            inner = tuple(_with(part, values) for part in positions)
            return Subscript(_with(operand, values), inner, tree.span)
        case _:
            assert_never(tree)


def _moved(size: Tree, span: Span) -> Tree:
    """A size in the Python form, as if it stood at `span`."""
    match size:
        case Infix(_, left, right):
            return replace(size, left=_moved(left, span), right=_moved(right, span), span=span, operator_span=span)
        case Minus(operand):
            return Minus(_moved(operand, span), span)
        case _:
            return replace(size, span=span)
