"""Operators and functions of paper, whose meaning depends on the shapes of what they join.

`A x` on paper is a matrix product or the multiple by a scalar, `X²` a power of a matrix or the square of a number. Who
reads such notation cannot tell before shapes are known, so its trees hold the operators below, and elaboration puts
one of the language in the place of each. Where paper has no single meaning there is a fault.

| in a tree | on paper | meaning |
| --- | --- | --- |
| `times` | `A x`, `A*x` | the matrix product; the multiple by a scalar |
| `dot` | `x · y` | the same; the dot product of two columns |
| `over` | `A/2` | the quotient by a scalar |
| `power` | `s²`, `X²`, `X⁻¹` | a power of a scalar; a power or the inverse of a square matrix |

`|s|` is an absolute value (of a matrix it may be a determinant), `‖x‖₂` the norm of a vector (of a matrix it is another
one than `norm`): rows of `PAPER_FUNCTIONS`.
"""

from typing import TypeAlias

from matcalc.language.context import Context
from matcalc.language.function_shapes import Operands, Parameters, dot_product, scalar_of_vector, square
from matcalc.language.functions import Function
from matcalc.language.nodes import BinaryOperator, Call, Expression, Negate, Number, Shape
from matcalc.language.shapes import Operand, misfit
from matcalc.language.trees import Infix

PAPER_OPERATORS: tuple[str, ...] = ("times", "dot", "over", "power")
"""What the operator of an `Infix` may be beside those of the language."""

Meaning: TypeAlias = BinaryOperator | Call | None
"""What an operator of paper turns out to be: one of the language, or a call; None when a fault is noted."""


def _of_a_number(name: str, values: Operands, parameters: Parameters) -> Shape:
    (value,) = values
    if not value.shape.is_scalar:
        what = f"|{value}| of {value.shape} may be the determinant, or a value for each entry"
        raise misfit(what, f"write det({value}), abs({value}) entry by entry, or ‖{value}‖ for the norm")
    return value.shape


def _of_a_vector(name: str, values: Operands, parameters: Parameters) -> Shape:
    (value,) = values
    if not (value.shape.is_column or value.shape.is_row):
        what = f"‖{value}‖₂ of {value.shape} is the largest singular value, which the language lacks"
        raise misfit(what, f"write ‖{value}‖_F or norm({value}) for the Frobenius norm")
    return scalar_of_vector("norm", values, parameters)


PAPER_FUNCTIONS: dict[str, Function] = {
    "|·|": Function("abs", "|s|", ("value",), 1, _of_a_number, "the absolute value of a scalar", "|s| = |-s|"),
    "‖·‖₂": Function("norm", "‖x‖₂", ("value",), 1, _of_a_vector, "the 2-norm of a vector", "‖x‖₂² = xᵀx"),
}
"""What paper writes as brackets: called by these names, which nobody can type as such, and elaborated as calls."""


def meaning(context: Context, tree: Infix, left: Expression, right: Expression) -> Meaning:
    """What `left operator right` of paper is, once both shapes are known. Raises MatcalcError where it is nothing."""
    operands = context.operand(tree.left, left), context.operand(tree.right, right)
    has_scalar = left.shape.is_scalar or right.shape.is_scalar
    match tree.operator:
        case "dot" if not has_scalar and left.shape.is_column and right.shape.is_column:
            return Call(dot_product("dot", operands, ()), "dot", (left, right), span=tree.span)
        case "times" | "dot":
            return "*" if has_scalar else "@"
        case "over":
            return _quotient(*operands)
        case _:
            return "**" if left.shape.is_scalar else _matrix_power(context, tree, left, right)


def _quotient(left: Operand, right: Operand) -> BinaryOperator:
    if right.shape.is_scalar:
        return "/"
    what = f"{left.factor} / {right.factor} divides by {right.shape}"
    raise misfit(what, f"write {left.factor} ./ {right.factor} entry by entry, or a product with an inverse")


def _matrix_power(context: Context, tree: Infix, left: Expression, right: Expression) -> Call | None:
    base = context.operand(tree.left, left)
    if left.shape.is_column or left.shape.is_row:
        what = f"{base} is {left.shape}, and only scalars and square matrices have powers"
        raise misfit(what, f"write {base.factor}.^p for a power of each entry")
    name = "inv" if _is_minus_one(right) else "matrix_power"
    shape = square(name, (base,), ())
    if name == "inv":
        return Call(shape, name, (left,), span=tree.span)
    exponent = context.whole_number(tree.right, "exponent")
    return None if exponent is None else Call(shape, name, (left,), (exponent,), span=tree.span)


def _is_minus_one(node: Expression) -> bool:
    match node:
        case Negate(operand=Number(value=value)):
            return value == 1
    return False
