"""Typed trees made anew from changed parts: the shapes around a change are worked out by the rules of the parser.

A tree made here is well-formed, as a parsed one is. Raises MatcalcError where parts do not fit together.
"""

from dataclasses import replace
from typing import assert_never

from matcalc.language.functions import FUNCTIONS
from matcalc.language.nodes import (
    Application,
    Binary,
    BinaryOperator,
    Call,
    Claim,
    Derivative,
    Differential,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Number,
    Parameter,
    Pi,
    Shape,
    Size,
    Symbol,
    TotalDifferential,
    Transpose,
)
from matcalc.language.shapes import Operand, derivative_shape, elementwise_shape, misfit, need_direction, product_shape


def parts(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside a node, left to right."""
    match node:
        case Number() | Pi() | Parameter() | Symbol() | Differential():
            return ()
        case Negate(_, operand) | Transpose(_, operand) | EntryOf(_, operand):
            return (operand,)
        case Binary(_, _, left, right):
            return left, right
        case Call(_, _, arguments):
            return arguments
        case Application(_, _, _, argument):
            return (argument,)
        case Derivative(_, _, body, _, _, direction):
            return (body,) if direction is None else (body, direction)
        case TotalDifferential(_, body) | FiniteSum(_, body):
            return (body,)
        case _:
            assert_never(node)


def rebuilt(node: Expression, new: tuple[Expression, ...]) -> Expression:  # noqa: C901 one case for each node
    """The node with other expressions directly inside it, as many as before; no transpose of a transpose is made."""
    match node:
        case Number() | Pi() | Parameter() | Symbol() | Differential():
            return node
        case Negate():
            return Negate(new[0].shape, new[0])
        case Transpose():
            return transposed(new[0])
        case EntryOf(_, operand):
            if new[0].shape != operand.shape:
                raise misfit("the entry is one of another shape", "keep the shape")
            return replace(node, operand=new[0])
        case Binary(_, operator):
            return binary(operator, *new)
        case Call(_, function, _, parameters):
            return call(function, new, parameters)
        case Application():
            return replace(node, shape=new[0].shape, argument=new[0])
        case Derivative():
            return _derivative(node, new)
        case TotalDifferential() | FiniteSum():
            return replace(node, shape=new[0].shape, body=new[0])
        case _:
            assert_never(node)


def binary(operator: BinaryOperator, left: Expression, right: Expression) -> Binary:
    """`left operator right`."""
    operands = _operand(left), _operand(right)
    shape = product_shape(*operands) if operator == "@" else elementwise_shape(operator, *operands)
    return Binary(shape, operator, left, right)


def call(function: str, arguments: tuple[Expression, ...], parameters: tuple[Size, ...] = ()) -> Call:
    """A call of a function of the table, with the number of arguments that it takes."""
    shape = FUNCTIONS[function].shape(function, tuple(map(_operand, arguments)), parameters)
    return Call(shape, function, arguments, parameters)


def transposed(node: Expression) -> Expression:
    """The transpose, where the transpose of a transpose is what it was."""
    return node.operand if isinstance(node, Transpose) else Transpose(node.shape.transposed, node)


def _derivative(node: Derivative, new: tuple[Expression, ...]) -> Derivative:
    by = Operand(node.variable.name, node.variable.shape)
    body, direction = _operand(new[0]), new[1] if len(new) > 1 else None
    if direction is not None:
        need_direction(node.operator, _operand(direction), by if node.operator == "jvp" else body)
    shape = derivative_shape(node.operator, body, by, node.layout)
    return replace(node, shape=shape, body=new[0], direction=direction)


def _operand(node: Expression) -> Operand:
    return Operand("the operand", node.shape)


def is_zero(side: Expression) -> bool:
    """Whether a side is the literal 0, which stands for the zero of any shape."""
    return isinstance(side, Number) and side.value == 0


def unequal_shapes(claim: Claim) -> list[str]:
    """The different shapes of the sides, or nothing where they are all the same; a literal 0 fits any shape."""
    shapes: list[Shape] = []
    for side in claim.sides:
        if not is_zero(side) and side.shape not in shapes:
            shapes.append(side.shape)
    return [str(shape) for shape in shapes] if len(shapes) > 1 else []


def with_zero_matrices(claim: Claim) -> Claim:
    """The claim with each side that is a literal 0 written as the zero of the other sides' shape."""
    shape = next((side.shape for side in claim.sides if not is_zero(side)), None)
    if shape is None or shape.is_scalar:
        return claim
    zeros = Call(shape, "zeros", (), (shape.rows, shape.columns))
    return replace(claim, sides=tuple(zeros if is_zero(side) else side for side in claim.sides))
