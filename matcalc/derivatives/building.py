"""Expressions put together in their short, conventional form: units and zeros absorbed, scalars and signs in front.

Each builder takes and gives typed trees. Nothing is rearranged beyond that; `matcalc.derivatives.tidying` collects and
factors sums.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce

from matcalc.language.nodes import (
    Binary,
    Call,
    Expression,
    Negate,
    Number,
    Scope,
    Shape,
    Size,
)
from matcalc.language.rebuilding import binary, call


def number(value: Fraction | int, scope: Scope) -> Number:
    """A number as an expression."""
    one = scope.ring.one
    return Number(Shape(one, one), Fraction(value))


def scalar(node: Expression, value: Fraction | int) -> Number:
    """A number beside a node."""
    one = node.shape.rows.ring.one
    return Number(Shape(one, one), Fraction(value))


def is_number(node: Expression, value: int) -> bool:
    """Whether a node is this number."""
    return isinstance(node, Number) and node.value == value


def is_zero(node: Expression) -> bool:
    """Whether a node is seen to be 0, of any shape."""
    return is_number(node, 0) or (isinstance(node, Call) and node.function == "zeros")


def is_eye(node: Expression) -> bool:
    """Whether a node is an identity matrix."""
    return isinstance(node, Call) and node.function == "eye"


def zero(shape: Shape, scope: Scope) -> Expression:
    """The zero of a shape."""
    return number(0, scope) if shape.is_scalar else filled("zeros", shape.rows, shape.columns)


def ones(rows: Size, columns: Size) -> Expression:
    """The matrix of ones."""
    return filled("ones", rows, columns)


def filled(function: str, rows: Size, columns: Size) -> Expression:
    """The matrix of ones or zeros, a column by its rows alone."""
    return call(function, (), (rows,) if columns == 1 else (rows, columns))


def negated(node: Expression) -> Expression:
    """`-node`."""
    match node:
        case Number(value=value):
            return Number(node.shape, -value)
        case Negate(operand=operand):
            return operand
        case Binary(operator="-", left=left, right=right):
            return binary("-", right, left)
        case Binary(operator="*" | "/" as operator, left=Number() as left, right=right):
            return binary(operator, Number(left.shape, -left.value), right)
        case _:
            return node if is_zero(node) else Negate(node.shape, node)


def split_sign(node: Expression) -> tuple[bool, Expression]:
    """Whether a node is the negative of another, and that other."""
    match node:
        case Negate(operand=operand):
            return True, operand
        case Number(value=value) if value < 0:
            return True, Number(node.shape, -value)
        case Binary(operator="*" | "/" as operator, left=Number(value=value) as left, right=right) if value < 0:
            return True, times(Number(left.shape, -value), right) if operator == "*" else over(
                Number(left.shape, -value), right
            )
        case _:
            return False, node


def plus(left: Expression, right: Expression) -> Expression:
    """`left + right`, of one shape or one of them a scalar."""
    if is_zero(left) and right.shape == left.shape:
        return right
    if is_zero(right) and right.shape == left.shape:
        return left
    is_negative, bare = split_sign(right)
    return binary("-", left, bare) if is_negative else binary("+", left, right)


def total(terms: Sequence[Expression]) -> Expression:
    """The sum of one or more terms."""
    return reduce(plus, terms)


def times(left: Expression, right: Expression) -> Expression:
    """`left * right`, entry by entry or by a scalar; numbers and scalars come first."""
    if is_zero(left) or is_zero(right):
        return left if is_zero(left) and not left.shape.is_scalar else right if not right.shape.is_scalar else left
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.shape, left.value * right.value)
    for one, other in ((left, right), (right, left)):
        if is_number(one, 1):
            return other
        if is_number(one, -1):
            return negated(other)
        if isinstance(one, Negate):
            return negated(times(one.operand, other))
    return _scaled(left, right) if not isinstance(right, Number) and left.shape.is_scalar else _hadamard(left, right)


def _hadamard(left: Expression, right: Expression) -> Expression:
    if right.shape.is_scalar:
        return _scaled(right, left)
    match left, right:
        case (_, Binary(operator="*", left=scalar, right=rest)) if scalar.shape.is_scalar:
            return times(scalar, times(left, rest))
        case (Binary(operator="*", left=scalar, right=rest), _) if scalar.shape.is_scalar:
            return times(scalar, times(rest, right))
        case (_, Binary(operator="/", left=one, right=divisor)) if divisor.shape.is_scalar:
            return over(times(left, one), divisor)
        case (Binary(operator="/", left=one, right=divisor), _) if divisor.shape.is_scalar:
            return over(times(one, right), divisor)
        case (_, Binary(operator="/", left=Number() as own, right=divisor)) if not isinstance(left, Number):
            return over(times(own, left), divisor)
        case (Binary(operator="/", left=Number() as own, right=divisor), _) if not isinstance(right, Number):
            return over(times(own, right), divisor)
        case _ if is_ones(left):
            return right
        case _ if is_ones(right):
            return left
        case _:
            return binary("*", left, right)


def _scaled(scalar: Expression, node: Expression) -> Expression:
    match scalar, node:
        case Number(value=value), Binary(operator="*", left=Number(value=own), right=rest):
            return times(Number(scalar.shape, value * own), rest)
        case Number(value=value), Binary(operator="/", left=rest, right=Number(value=own)):
            return times(Number(scalar.shape, value / own), rest)
        case _, Binary(operator="/", left=rest, right=divisor) if divisor.shape.is_scalar:
            return over(times(scalar, rest), divisor)
        case Binary(operator="/", left=one, right=divisor), _:
            return over(times(one, node), divisor)
        case _, Binary(operator="*", left=Number() as own, right=rest):
            return times(own, times(scalar, rest))
        case _:
            return binary("*", scalar, node)


def is_ones(node: Expression) -> bool:
    """Whether a node is a matrix of ones."""
    return isinstance(node, Call) and node.function == "ones"


def over(left: Expression, right: Expression) -> Expression:
    """`left / right`."""
    if is_zero(left) or is_number(right, 1):
        return left
    match left, right:
        case _, Number(value=value):
            inverse = Number(right.shape, 1 / value)
            return (
                times(inverse, left)
                if isinstance(left, Number | Negate) or value < 0 or inverse.value.denominator == 1
                else (_fraction(left, right))
            )
        case Negate(operand=operand), _:
            return negated(over(operand, right))
        case Call(function="ones"), _ if not right.shape.is_scalar:
            return over(Number(_unit_shape(left), Fraction(1)), right)
        case Binary(operator="/", left=one, right=divisor), _ if divisor.shape.is_scalar and right.shape.is_scalar:
            return over(one, times(divisor, right))
        case Call(function="sinh", arguments=one), Call(function="cosh", arguments=two) if one == two:
            return call("tanh", one)
        case Call(function="exp", arguments=one), Binary(operator="+", left=Number(value=value), right=other) if (
            value == 1 and other == left
        ):
            return call("sigmoid", one)
        case Call(function="exp", arguments=one), Call(function="sum", arguments=(two,), parameters=()) if two == left:
            return call("softmax", one) if left.shape.is_column else binary("/", left, right)
        case _ if left == right and left.shape.is_scalar:
            return Number(left.shape, Fraction(1))
        case _:
            return binary("/", left, right)


def _unit_shape(node: Expression) -> Shape:
    one = node.shape.rows.ring.one
    return Shape(one, one)


def _fraction(left: Expression, right: Number) -> Expression:
    """A quotient by a number, which is taken into the number that stands in front."""
    match left:
        case Binary(operator="*", left=Number(value=value) as own, right=rest):
            return times(Number(own.shape, value / right.value), rest)
        case _:
            return binary("/", left, right)


def power(base: Expression, exponent: Expression) -> Expression:
    """`base ** exponent`."""
    if is_number(exponent, 1):
        return base
    if is_number(exponent, 0):
        return (
            Number(exponent.shape, Fraction(1)) if base.shape.is_scalar else ones(base.shape.rows, base.shape.columns)
        )
    if is_number(exponent, -1) and base.shape.is_scalar:
        return over(Number(exponent.shape, Fraction(1)), base)
    return binary("**", base, exponent)


def distributed(node: Expression, function: Callable[[Expression], Expression]) -> Expression | None:
    """A linear function of a sum, a negative or a multiple by that of its parts; None of anything else."""
    match node:
        case Negate(operand=operand):
            return negated(function(operand))
        case Binary(operator="+" | "-" as operator, left=left, right=right) if left.shape == right.shape:
            second = function(right)
            return plus(function(left), second if operator == "+" else negated(second))
        case Binary(operator="*", left=factor, right=rest) if factor.shape.is_scalar:
            return times(factor, function(rest))
        case Binary(operator="/", left=rest, right=divisor) if divisor.shape.is_scalar:
            return over(function(rest), divisor)
        case _:
            return None
