"""Shapes of what operators and derivatives give, and the faults of operands that do not fit.

A rule takes operands with their text, so that its message can quote them, and promises a shape or a Misfit without a
span; the caller knows where the operator stands.
"""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from matcalc.errors import Fault, MatcalcError
from matcalc.language.nodes import DerivativeOperator, Layout, Shape, Size
from matcalc.language.sizes import product, size_text

_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Operand:
    """A well-formed part of the claim: its text and shape, and whether it is compound (`A + B`) or a plain symbol."""

    text: str
    shape: Shape
    is_compound: bool = False
    is_symbol: bool = False

    def __str__(self) -> str:
        return self.text if len(self.text) <= _LONGEST_QUOTE else f"{self.text[: _LONGEST_QUOTE - 1]}…"

    @property
    def factor(self) -> str:
        """The text as it stands beside an operator: in brackets where it needs them."""
        return f"({self})" if self.is_compound else str(self)

    @property
    def transposed(self) -> str:
        """The text of the transpose."""
        return self.factor.removesuffix(".T") if self.factor.endswith(".T") else f"{self.factor}.T"


Way: TypeAlias = tuple[tuple[Size, Size], ...]
"""Sizes that would have to be equal, pair by pair, all of them."""


class Misfit(MatcalcError):
    """A fault of shapes, to be placed by the caller; `ways` are the ways to mend it by sizes, the likeliest first."""

    def __init__(self, fault: Fault, ways: tuple[Way, ...]) -> None:
        super().__init__(fault)
        self.ways = ways


def misfit(what: str, mend: str, *ways: Way) -> Misfit:
    """A fault of shapes that one of `ways` would mend."""
    return Misfit(Fault(what, mend), ways)


def equal_shapes(left: Shape, right: Shape) -> Way:
    """What makes two shapes one."""
    return (left.rows, right.rows), (left.columns, right.columns)


def entries(shape: Shape) -> Shape:
    """The column that stacks all entries of a shape. Raises MatcalcError where that size is too large."""
    return Shape(product(shape.rows, shape.columns), shape.rows.ring.one)


def scalar_like(shape: Shape) -> Shape:
    """1×1, in the ring of `shape`."""
    return Shape(shape.rows.ring.one, shape.rows.ring.one)


def elementwise_shape(operator: str, left: Operand, right: Operand) -> Shape:
    """The shape of `left operator right` entry by entry: equal shapes, or one of them a scalar."""
    if left.shape == right.shape or right.shape.is_scalar:
        return left.shape
    if left.shape.is_scalar:
        return right.shape
    whole = f"{left.factor} {operator} {right.factor}"
    what = f"{whole} needs equal shapes, and {left} is {left.shape}, {right} is {right.shape}"
    one = scalar_like(left.shape)
    ways = (left.shape, right.shape), (left.shape, one), (right.shape, one)
    raise misfit(what, _elementwise_mend(operator, left, right), *(equal_shapes(*way) for way in ways))


def _elementwise_mend(operator: str, left: Operand, right: Operand) -> str:
    if operator == "*" and left.shape.columns == right.shape.rows:
        return f"write {left.factor} @ {right.factor} for the matrix product"
    if operator == "/" and right.shape.rows == right.shape.columns == left.shape.rows:
        return f"write inv({right}) @ {left.factor} for the solution of a linear system"
    if left.shape == right.shape.transposed:
        return f"write {left.factor} {operator} {right.transposed}"
    spread = _spread(left, right.shape) or _spread(right, left.shape)
    return f"write {spread}, as only a scalar broadcasts" if spread else "make the shapes equal"


def _spread(vector: Operand, wide: Shape) -> str | None:
    """How to repeat a column or a row so that it fills the shape `wide`."""
    if vector.shape.is_column and vector.shape.rows == wide.rows:
        return f"{vector.factor} @ ones({size_text(wide.columns)}).T for {vector}"
    if vector.shape.is_row and vector.shape.columns == wide.columns:
        return f"ones({size_text(wide.rows)}) @ {vector.factor} for {vector}"
    return None


def product_shape(left: Operand, right: Operand) -> Shape:
    """The shape of `left @ right`: the inner sizes are equal."""
    if left.shape.columns == right.shape.rows:
        return Shape(left.shape.rows, right.shape.columns)
    columns, rows = _count(left.shape.columns, "column"), _count(right.shape.rows, "row")
    what = f"{left.factor} @ {right.factor} joins {columns} to {rows}"
    raise misfit(what, _product_mend(left, right), ((left.shape.columns, right.shape.rows),))


def _product_mend(left: Operand, right: Operand) -> str:
    if left.shape.is_scalar or right.shape.is_scalar:
        return f"write {left.factor} * {right.factor} for the multiple by a scalar"
    if left.shape.is_column and right.shape.is_column:
        return _columns_mend(left, right)
    ways = []
    if right.is_symbol:
        ways.append(f"declare {right} as {declared_as(Shape(left.shape.columns, right.shape.columns))}")
    if left.shape.rows == right.shape.rows:
        ways.append(f"write {left.transposed} @ {right.factor}")
    elif left.shape.columns == right.shape.columns:
        ways.append(f"write {left.factor} @ {right.transposed}")
    elif left.shape.rows == right.shape.columns:
        ways.append(f"write {right.factor} @ {left.factor}")
    return " or ".join(ways) or f"the right factor needs {_count(left.shape.columns, 'row')}"


def _columns_mend(left: Operand, right: Operand) -> str:
    outer = f"{left.factor} @ {right.transposed} for the outer product"
    if left.shape != right.shape:
        return f"write {outer}"
    return f"write {left.transposed} @ {right.factor} for the dot product, {outer}"


def declared_as(shape: Shape) -> str:
    """The type that declares a symbol of this shape."""
    if shape.columns == 1:
        return f"vector({size_text(shape.rows)})"
    return f"matrix({size_text(shape.rows)}, {size_text(shape.columns)})"


def _count(size: Size, unit: str) -> str:
    return f"1 {unit}" if size == 1 else f"{size_text(size)} {unit}s"


def derivative_shape(operator: DerivativeOperator, body: Operand, variable: Operand, layout: Layout) -> Shape:
    """The shape of `operator(body, variable)`; the layout matters to D alone."""
    match operator:
        case "D":
            return layout_shape(body.shape, variable.shape, layout)
        case "grad":
            _need_scalar(operator, body)
            return variable.shape
        case "jacobian":
            return Shape(entries(body.shape).rows, entries(variable.shape).rows)
        case "hessian":
            _need_scalar(operator, body)
            return Shape(entries(variable.shape).rows, entries(variable.shape).rows)
        case "jvp":
            return body.shape
        case "vjp":
            return variable.shape
        case _:
            assert_never(operator)


def layout_shape(body: Shape, variable: Shape, layout: Layout) -> Shape:
    """The shape of `D(body, variable)`: the table of layouts.

    A scalar by X has the shape of X, turned in numerator layout; F by a scalar has the shape of F, turned in
    denominator layout; anything else is the Jacobian, turned in denominator layout.
    """
    if body.is_scalar:
        return variable.transposed if layout == "numerator" else variable
    if variable.is_scalar:
        return body.transposed if layout == "denominator" else body
    jacobian = Shape(entries(body).rows, entries(variable).rows)
    return jacobian.transposed if layout == "denominator" else jacobian


def need_direction(operator: DerivativeOperator, direction: Operand, wanted: Operand) -> None:
    """Raise unless the direction of a jvp or vjp has the shape that it runs through."""
    if direction.shape != wanted.shape:
        shapes = f"{wanted}, {wanted.shape}, and {direction} is {direction.shape}"
        what = f"{operator} needs a direction of the shape of {shapes}"
        turned = direction.shape.transposed == wanted.shape
        mend = f"write {direction.transposed}" if turned else f"give {direction} the shape {wanted.shape}"
        raise misfit(what, mend, equal_shapes(direction.shape, wanted.shape))


def _need_scalar(operator: str, body: Operand) -> None:
    if not body.shape.is_scalar:
        what = f"{operator} needs a scalar, and {body} is {body.shape}"
        raise misfit(what, "use jacobian or D", equal_shapes(body.shape, scalar_like(body.shape)))
