"""Products of matrices put together in short form: chains, transposes, traces, diagonals, single entries."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from matcalc.derivatives.building import distributed, filled, is_eye, is_ones, negated, over, plus, times
from matcalc.language.nodes import (
    Binary,
    BinaryOperator,
    Call,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Scope,
    Shape,
    Size,
    Symbol,
    Transpose,
)
from matcalc.language.rebuilding import binary, call, parts, transposed as bare_transpose

SELF_TRANSPOSED = frozenset({"eye", "diag"})
"""Functions whose value is symmetric."""

THROUGH = frozenset({"inv", "pinv", "matrix_power", "expm", "adjugate"})
"""Functions whose transpose is the function of the transpose."""


def matmul(left: Expression, right: Expression) -> Expression:
    """`left @ right`; a product by a scalar is a multiple, an identity matrix vanishes, scalars come out in front."""
    if left.shape.is_scalar or right.shape.is_scalar:
        return _by_scalar(left, right)
    if is_eye(left):
        return right
    if is_eye(right):
        return left
    if not _is_sum(left) and (found := distributed(left, lambda part: matmul(part, right))) is not None:
        return found
    if not _is_sum(right) and (found := distributed(right, lambda part: matmul(left, part))) is not None:
        return found
    return _joined(left, right)


def _is_sum(node: Expression) -> bool:
    return isinstance(node, Binary) and node.operator in "+-"


def _joined(left: Expression, right: Expression) -> Expression:
    """The product as a chain from the left, diagonal matrices in one piece."""
    match left, right:
        case _, Binary(operator="@", left=first, right=second):
            return matmul(matmul(left, first), second)
        case Binary(operator="@", left=first, right=second), _ if (merged := _merged(second, right)) is not None:
            return matmul(first, merged)
        case _ if (merged := _merged(left, right)) is not None:
            return merged
        case _:
            return binary("@", left, right)


def inverse(node: Expression) -> Expression:
    """`inv(node)`; of an inverse the matrix."""
    return node.arguments[0] if isinstance(node, Call) and node.function == "inv" else call("inv", (node,))


def _are_inverse(left: Expression, right: Expression) -> bool:
    """Whether one matrix is seen to be the inverse of the other."""
    match left, right:
        case Transpose(operand=one), Transpose(operand=two):
            return _are_inverse(one, two)
        case _:
            return inverse(left) == right or inverse(right) == left


def _merged(left: Expression, right: Expression) -> Expression | None:
    """The product of two diagonal matrices, of one and ones, or of a matrix and its inverse, in one piece."""
    if left.shape == right.shape and left.shape.rows == left.shape.columns and _are_inverse(left, right):
        return call("eye", (), (left.shape.rows,))
    match left, right:
        case Call(function="diag", arguments=(one,)), Call(function="diag", arguments=(two,)):
            return diag(times(one, two))
        case Call(function="diag", arguments=(one,)), Call(function="ones") if right.shape.is_column:
            return one
        case Call(function="ones"), Call(function="diag", arguments=(two,)) if left.shape.is_row:
            return bare_transpose(two)
        case Call(function="diag", arguments=(one,)), _ if is_ones(one):
            return right
        case _, Call(function="diag", arguments=(two,)) if is_ones(two):
            return left
        case _:
            return None


def _by_scalar(left: Expression, right: Expression) -> Expression:
    if left.shape.is_scalar and right.shape.is_scalar:
        return times(left, right)
    return times(left, right) if left.shape.is_scalar else times(right, left)


def transpose(node: Expression, scope: Scope) -> Expression:  # noqa: C901 one case for each form
    """`node.T`, taken to the symbols where that is as short."""
    if node.shape.is_scalar:
        return node
    match node:
        case Symbol(name=name) if _is_symmetric(name, scope):
            return node
        case Symbol(name=name) if "skew" in scope[name].properties:
            return negated(node)
        case Transpose(operand=operand):
            return operand
        case Negate(operand=operand):
            return negated(transpose(operand, scope))
        case Binary(operator="@", left=left, right=right):
            return matmul(transpose(right, scope), transpose(left, scope))
        case Binary(operator="**", left=left, right=right):
            return binary("**", transpose(left, scope), right)
        case Binary(operator="*", left=left, right=right) if left.shape.is_scalar:
            return times(left, transpose(right, scope))
        case Binary(operator="/", left=left, right=right) if right.shape.is_scalar:
            return over(transpose(left, scope), right)
        case Binary(operator=operator, left=left, right=right):
            pushed = _pointwise(operator, transpose(left, scope), transpose(right, scope))
            if operator == "+" and {*summands(pushed)} == {*summands(node)}:
                return node
            return pushed if _turned(pushed) <= _turned(node) else bare_transpose(node)
        case FiniteSum(body=body):
            inside = transpose(body, scope)
            return replace(node, shape=inside.shape, body=inside)
        case Call(function=function) if function in SELF_TRANSPOSED:
            return node
        case Call(function="ones" | "zeros" as function):
            return filled(function, node.shape.columns, node.shape.rows)
        case Call(function="commutation", parameters=(rows, columns)):
            return call("commutation", (), (columns, rows))
        case Call(function="outer", arguments=(first, second)):
            return call("outer", (second, first))
        case Call(function="kron", arguments=(first, second)):
            return call("kron", (transpose(first, scope), transpose(second, scope)))
        case Call(function=function, arguments=(argument,), parameters=parameters) if function in THROUGH:
            inner = transpose(argument, scope)
            is_short = not isinstance(inner, Transpose)
            return call(function, (inner,), parameters) if is_short else bare_transpose(node)
        case _:
            return bare_transpose(node)


def summands(node: Expression) -> list[Expression]:
    """The terms of a sum without minus signs."""
    match node:
        case Binary(operator="+", left=left, right=right):
            return [*summands(left), *summands(right)]
        case _:
            return [node]


def _turned(node: Expression) -> int:
    """How many transposes stand in an expression."""
    return isinstance(node, Transpose) + sum(map(_turned, parts(node)))


def _is_symmetric(name: str, scope: Scope) -> bool:
    return not scope[name].properties.isdisjoint({"symmetric", "pd", "psd", "diagonal"})


def _pointwise(operator: BinaryOperator, left: Expression, right: Expression) -> Expression:
    match operator:
        case "+":
            return plus(left, right)
        case "*":
            return times(left, right)
        case "/":
            return over(left, right)
        case _:
            return binary(operator, left, right)


def chain(node: Expression) -> list[Expression]:
    """The factors of a matrix product."""
    match node:
        case Binary(operator="@", left=left, right=right):
            return [*chain(left), *chain(right)]
        case _:
            return [node]


def product(links: Sequence[Expression]) -> Expression:
    """A product of one or more matrices."""
    return reduce(matmul, links)


def halves(node: Expression) -> tuple[Expression, Expression] | None:
    """A column and a row whose product a matrix is, where it is seen to be one."""
    links = chain(node)
    for place in range(1, len(links)):
        if links[place - 1].shape.columns == 1 and not links[place].shape.is_scalar:
            return product(links[:place]), product(links[place:])
    return None


def trace(node: Expression) -> Expression:
    """`trace(node)`, a product of a row and a column where the matrix is one of a column and a row."""
    found = distributed(node, trace)
    if found is not None:
        return found
    pair = halves(node)
    return call("trace", (node,)) if pair is None else matmul(pair[1], pair[0])


def diagonal(node: Expression, scope: Scope) -> Expression:
    """`diagonal(node)`, of a column times a row the product of their entries."""
    if isinstance(node, Call) and node.function == "diag":
        return node.arguments[0]
    found = distributed(node, lambda part: diagonal(part, scope))
    if found is not None:
        return found
    pair = halves(node)
    return call("diagonal", (node,)) if pair is None else times(pair[0], transpose(pair[1], scope))


def diag(node: Expression) -> Expression:
    """`diag(node)`; of a multiple of ones a multiple of the identity."""
    match node:
        case Call(function="ones"):
            return call("eye", (), (node.shape.rows,))
        case Binary(operator="*", left=scalar, right=rest) if scalar.shape.is_scalar and is_ones(rest):
            return times(scalar, diag(rest))
        case Binary(operator="/", left=rest, right=divisor) if divisor.shape.is_scalar and is_ones(rest):
            return over(diag(rest), divisor)
        case _:
            return call("diag", (node,))


def entry(node: Expression, row: Size, column: Size) -> Expression:
    """`node[row, column]`; of a single-entry matrix in a product the entries beside it."""
    found = distributed(node, lambda part: entry(part, row, column))
    if found is not None:
        return found
    one = node.shape.rows.ring.one
    match node:
        case Transpose(operand=operand):
            return entry(operand, column, row)
        case Call(function="basis", parameters=(at, _)):
            return call("delta", (), (row, at))
        case Binary(operator="@", left=left, right=Call(function="basis", parameters=(at, _))):
            return entry(left, row, at)
        case Binary(operator="@", left=Transpose(operand=Call(function="basis", parameters=(at, _))), right=right):
            return entry(right, at, column)
        case Binary(operator="@") if (pair := halves(node)) is not None:
            return times(entry(pair[0], row, one), entry(pair[1], one, column))
        case _:
            return EntryOf(Shape(one, one), node, row, column)
