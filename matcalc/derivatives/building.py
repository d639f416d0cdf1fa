"""Expressions put together in their short, conventional form: units and zeros absorbed, scalars and signs in front.

Each builder takes and gives typed trees. Nothing is rearranged beyond that; `matcalc.derivatives.tidying` collects and
factors sums.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

from matcalc.language.nodes import (
    Binary,
    BinaryOperator,
    Call,
    EntryOf,
    Expression,
    Negate,
    Number,
    Scope,
    Shape,
    Size,
    Symbol,
    Transpose,
)
from matcalc.language.rebuilding import binary, call, parts
from matcalc.language.rebuilding import transposed as bare_transpose

SELF_TRANSPOSED = frozenset({"eye", "diag"})
"""Functions whose value is symmetric."""

THROUGH = frozenset({"inv", "pinv", "matrix_power", "expm", "adjugate"})
"""Functions whose transpose is the function of the transpose."""


def number(value: Fraction | int, scope: Scope) -> Number:
    """A number as an expression."""
    one = scope.ring.one
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
    return number(0, scope) if shape.is_scalar else _filled("zeros", shape.rows, shape.columns)


def ones(rows: Size, columns: Size) -> Expression:
    """The matrix of ones."""
    return _filled("ones", rows, columns)


def _filled(function: str, rows: Size, columns: Size) -> Expression:
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
        case _ if _is_ones(left):
            return right
        case _ if _is_ones(right):
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


def _is_ones(node: Expression) -> bool:
    return isinstance(node, Call) and node.function == "ones"


def over(left: Expression, right: Expression) -> Expression:
    """`left / right`."""
    if is_zero(left) or is_number(right, 1):
        return left
    match left, right:
        case _, Number(value=value):
            inverse = Number(right.shape, 1 / value)
            return times(inverse, left) if isinstance(left, Number | Negate) or value < 0 or inverse.value.denominator == 1 else (
                _fraction(left, right)
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
        return Number(exponent.shape, Fraction(1)) if base.shape.is_scalar else ones(base.shape.rows, base.shape.columns)
    if is_number(exponent, -1) and base.shape.is_scalar:
        return over(Number(exponent.shape, Fraction(1)), base)
    return binary("**", base, exponent)


def matmul(left: Expression, right: Expression) -> Expression:
    """`left @ right`; a product by a scalar is a multiple, an identity matrix vanishes, scalars come out in front."""
    if left.shape.is_scalar or right.shape.is_scalar:
        return _by_scalar(left, right)
    if is_eye(left):
        return right
    if is_eye(right):
        return left
    for one, other, put in ((left, right, matmul), (right, left, lambda a, b: matmul(b, a))):
        match one:
            case Negate(operand=operand):
                return negated(put(operand, other))
            case Binary(operator="*", left=scalar, right=rest) if scalar.shape.is_scalar:
                return times(scalar, put(rest, other))
            case Binary(operator="/", left=rest, right=divisor) if divisor.shape.is_scalar:
                return over(put(rest, other), divisor)
            case _:
                pass
    match left, right:
        case _, Binary(operator="@", left=first, right=second):
            return matmul(matmul(left, first), second)
        case Binary(operator="@", left=first, right=second), _ if (merged := _merged(second, right)) is not None:
            return matmul(first, merged)
        case _ if (merged := _merged(left, right)) is not None:
            return merged
        case _:
            return binary("@", left, right)


def _merged(left: Expression, right: Expression) -> Expression | None:
    """The product of two diagonal matrices, or of one and ones, in one piece."""
    match left, right:
        case Call(function="diag", arguments=(one,)), Call(function="diag", arguments=(two,)):
            return diag(times(one, two))
        case Call(function="diag", arguments=(one,)), Call(function="ones") if right.shape.is_column:
            return one
        case Call(function="ones"), Call(function="diag", arguments=(two,)) if left.shape.is_row:
            return bare_transpose(two)
        case Call(function="diag", arguments=(one,)), _ if _is_ones(one):
            return right
        case _, Call(function="diag", arguments=(two,)) if _is_ones(two):
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
        case Call(function=function) if function in SELF_TRANSPOSED:
            return node
        case Call(function="ones" | "zeros" as function):
            return _filled(function, node.shape.columns, node.shape.rows)
        case Call(function="outer", arguments=(first, second)):
            return call("outer", (second, first))
        case Call(function="kron", arguments=(first, second)):
            return call("kron", (transpose(first, scope), transpose(second, scope)))
        case Call(function=function, arguments=(argument,), parameters=parameters) if function in THROUGH:
            inner = transpose(argument, scope)
            return call(function, (inner,), parameters) if _is_short(inner) else bare_transpose(node)
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


def _is_short(node: Expression) -> bool:
    """Whether a transpose has vanished inside."""
    return not isinstance(node, Transpose)


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


def trace(node: Expression, scope: Scope) -> Expression:
    """`trace(node)`, a product of a row and a column where the matrix is one of a column and a row."""
    match node:
        case Binary(operator="+" | "-" as operator, left=left, right=right):
            one, two = trace(left, scope), trace(right, scope)
            return plus(one, two if operator == "+" else negated(two))
        case Negate(operand=operand):
            return negated(trace(operand, scope))
        case Binary(operator="*", left=scalar, right=rest) if scalar.shape.is_scalar:
            return times(scalar, trace(rest, scope))
        case Binary(operator="/", left=rest, right=divisor) if divisor.shape.is_scalar:
            return over(trace(rest, scope), divisor)
        case _:
            pair = halves(node)
            return call("trace", (node,)) if pair is None else matmul(pair[1], pair[0])


def diagonal(node: Expression, scope: Scope) -> Expression:
    """`diagonal(node)`, of a column times a row the product of their entries."""
    match node:
        case Call(function="diag", arguments=(inner,)):
            return inner
        case Binary(operator="+" | "-" as operator, left=left, right=right) if left.shape == right.shape:
            one, two = diagonal(left, scope), diagonal(right, scope)
            return plus(one, two if operator == "+" else negated(two))
        case Binary(operator="*", left=scalar, right=rest) if scalar.shape.is_scalar:
            return times(scalar, diagonal(rest, scope))
        case Negate(operand=operand):
            return negated(diagonal(operand, scope))
        case _:
            pair = halves(node)
            return call("diagonal", (node,)) if pair is None else times(pair[0], transpose(pair[1], scope))


def diag(node: Expression) -> Expression:
    """`diag(node)`; of a multiple of ones a multiple of the identity."""
    match node:
        case Call(function="ones"):
            return call("eye", (), (node.shape.rows,))
        case Binary(operator="*", left=scalar, right=rest) if scalar.shape.is_scalar and _is_ones(rest):
            return times(scalar, diag(rest))
        case Binary(operator="/", left=rest, right=divisor) if divisor.shape.is_scalar and _is_ones(rest):
            return over(diag(rest), divisor)
        case _:
            return call("diag", (node,))


def entry(node: Expression, row: Size, column: Size) -> Expression:
    """`node[row, column]`; of a single-entry matrix in a product the entries beside it."""
    one = node.shape.rows.ring.one
    match node:
        case Transpose(operand=operand):
            return entry(operand, column, row)
        case Negate(operand=operand):
            return negated(entry(operand, row, column))
        case Binary(operator="+" | "-" as operator, left=left, right=right) if left.shape == right.shape:
            first, second = entry(left, row, column), entry(right, row, column)
            return plus(first, second if operator == "+" else negated(second))
        case Binary(operator="*", left=scalar, right=rest) if scalar.shape.is_scalar:
            return times(scalar, entry(rest, row, column))
        case Binary(operator="/", left=rest, right=divisor) if divisor.shape.is_scalar:
            return over(entry(rest, row, column), divisor)
        case Call(function="basis", parameters=(at, _)):
            return call("delta", (), (row, at))
        case Binary(operator="@", left=left, right=Call(function="basis", parameters=(at, _))):
            return entry(left, row, at)
        case Binary(operator="@", left=Transpose(operand=Call(function="basis", parameters=(at, _))), right=right):
            return entry(right, at, column)
        case Call(function="outer", arguments=(first, second)):
            return times(entry(first, row, one), entry(second, column, one))
        case Binary(operator="@") if (pair := halves(node)) is not None:
            return times(entry(pair[0], row, one), entry(pair[1], one, column))
        case _:
            return EntryOf(Shape(one, one), node, row, column)
