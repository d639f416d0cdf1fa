"""What the typed sides of a claim say beyond shapes that fit.

On which axis each index stands, and how often a sum spreads a scalar over an array.
"""

from collections.abc import Iterable, Iterator, Mapping

from matcalc.language.nodes import Binary, Call, Derivative, EntryOf, Expression, FiniteSum, Number, Scope, Size
from matcalc.language.rebuilding import parts
from matcalc.language.sizes import names_of


def axes_of_positions(sides: Iterable[Expression], scope: Scope) -> Iterator[tuple[Size, Size]]:
    """For each index that stands alone in a position the end of its range and the size of the axis.

    An index is a declared one, or the variable of a sum that starts at 1; beside another in a delta, that one's range
    is the axis.
    """
    extents = {name: one.extent for name, one in scope.declarations.items() if one.kind == "index"}
    for side in sides:
        yield from _inside(side, extents, scope)


def _inside(node: Expression, extents: Mapping[str, Size], scope: Scope) -> Iterator[tuple[Size, Size]]:
    for position, axis in _positions(node, extents, scope):
        extent = _extent(position, extents)
        if extent is not None:
            yield extent, axis
    if isinstance(node, FiniteSum):
        others = {name: extent for name, extent in extents.items() if name != node.variable}
        extents = {**others, node.variable: node.upper} if node.lower == 1 else others
    for part in parts(node):
        yield from _inside(part, extents, scope)


def _positions(node: Expression, extents: Mapping[str, Size], scope: Scope) -> Iterator[tuple[Size, Size]]:
    """The positions directly in a node, each with the size of its axis."""
    match node:
        case EntryOf(_, operand, row, column):
            yield row, operand.shape.rows
            yield column, operand.shape.columns
        case Call(function="basis", parameters=(position, size)):
            yield position, size
        case Call(function="delta", parameters=(first, second)):
            other = _extent(second, extents)
            if other is not None:
                yield first, other
        case Derivative(variable=variable) if variable.entry is not None:
            shape = scope[variable.name].shape
            yield variable.entry[0], shape.rows
            yield variable.entry[1], shape.columns


def _extent(position: Size, extents: Mapping[str, Size]) -> Size | None:
    """The end of the range of an index that stands alone."""
    names = names_of(position)
    return extents.get(next(iter(names))) if len(names) == 1 and len(position) == 1 and position.LC == 1 else None


def count_spread(node: Expression) -> int:
    """How many sums inside a node add a scalar that is no number to an array, which paper seldom does."""
    inside = sum(count_spread(part) for part in parts(node))
    match node:
        case Binary(operator="+" | "-", left=left, right=right):
            scalars = [part for part in (left, right) if part.shape.is_scalar]
            return inside + (len(scalars) == 1 and not isinstance(scalars[0], Number))
    return inside
