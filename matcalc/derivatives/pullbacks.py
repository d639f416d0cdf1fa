"""Gradients by reverse accumulation on whole matrices: what a node's cotangent gives to each of its arguments.

A cotangent G of a node F has its shape; ⟨G, dF⟩ = Σ of what the arguments get against their differentials. One row of
`OF_CALLS` is one function. Source: Giles 2008, Collected matrix derivative results for forward and reverse mode
algorithmic differentiation.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from matcalc.components.variables import occurs
from matcalc.derivatives.building import is_number, negated, number, ones, over, plus, power, scalar, times, total, zero
from matcalc.derivatives.elementwise import SLOPES
from matcalc.derivatives.products import diag, diagonal, inverse, matmul, trace, transpose
from matcalc.derivatives.tidying import number_of
from matcalc.language.nodes import (
    Application,
    Binary,
    Call,
    Derivative,
    Differential,
    EntryOf,
    Expression,
    FiniteSum,
    Layout,
    Negate,
    Number,
    Parameter,
    Pi,
    Scope,
    Shape,
    Size,
    Symbol,
    Transpose,
    Variable,
)
from matcalc.language.rebuilding import call, parts
from matcalc.language.shapes import Operand, derivative_shape
from matcalc.language.sizes import generator, names


class NoRuleError(Exception):
    """A form whose derivative has no rule for whole matrices yet; the message names it."""


Contribution: TypeAlias = tuple[Expression, Expression | None]
"""An argument and its cotangent; None where there is no rule for an argument that varies."""

Pullback: TypeAlias = Callable[[Call, Expression, Scope], Iterator[Contribution]]


def gradient(node: Expression, cotangent: Expression, name: str, scope: Scope, layout: Layout) -> Expression:
    """Σ cotangent · ∂node/∂name, in the shape of the symbol; slopes of arbitrary functions are in this layout.

    Raises NoRuleError.
    """
    shape = scope[name].shape
    found = list(_reaching(node, cotangent, name, scope, layout))
    return total(found) if found else zero(shape, scope)


def depends(node: Expression, name: str, scope: Scope) -> bool:
    """Whether a symbol stands in an expression, or what stands there is a function of it."""
    match node:
        case Derivative(body=body):
            return depends(body, name, scope)
        case Symbol(name=other):
            return other == name or any(_follows(variable, name, scope) for variable in scope[other].of)
        case Call(function="detach"):
            return False
        case _:
            return any(depends(part, name, scope) for part in parts(node))


def _follows(name: str, variable: str, scope: Scope) -> bool:
    return name == variable or any(_follows(other, variable, scope) for other in scope[name].of)


def _reaching(node: Expression, cotangent: Expression, name: str, scope: Scope, layout: Layout) -> Iterator[Expression]:
    """What reaches the symbol on each way."""
    if not depends(node, name, scope):
        return
    match node:
        case Symbol(name=other) if other == name:
            yield cotangent
        case Symbol():
            yield from _through_declared(node, cotangent, name, scope, layout)
        case Derivative(operator="D" | "grad" | "jacobian", body=Symbol() as function, variable=by) if by.entry is None:
            yield from _second(function, by, cotangent, name, layout, node)
        case FiniteSum(body=body) if body.shape.is_scalar:
            for part in _reaching(body, number(1, scope), name, scope, layout):
                yield times(cotangent, replace(node, shape=part.shape, body=part))
        case FiniteSum():
            raise NoRuleError("a finite sum of matrices")
        case _:
            for argument, own in contributions(node, cotangent, scope):
                if depends(argument, name, scope):
                    yield from _reaching(argument, _known(own, node), name, scope, layout)


def _known(cotangent: Expression | None, node: Expression) -> Expression:
    """The cotangent of an argument that varies. Raises NoRuleError where there is no rule for it."""
    if cotangent is None:
        raise NoRuleError(node.function if isinstance(node, Call) else "an argument")
    return cotangent


def _through_declared(
    node: Symbol, cotangent: Expression, name: str, scope: Scope, layout: Layout
) -> Iterator[Expression]:
    """What reaches the symbol through the variables that an arbitrary function is declared to depend on."""
    for variable in scope[node.name].of:
        inner = Symbol(scope[variable].shape, variable)
        if depends(inner, name, scope):
            yield from _reaching(inner, _through(node, inner, cotangent, scope, layout), name, scope, layout)


def _second(
    function: Symbol, by: Variable, g: Expression, name: str, layout: Layout, node: Derivative
) -> Iterator[Expression]:
    """The gradient of a scalar function, differentiated again by the same vector: its Hessian times the cotangent."""
    if by.name != name or not function.shape.is_scalar or not (by.shape.is_column and node.shape == by.shape):
        raise NoRuleError("a derivative inside")
    square = Shape(by.shape.rows, by.shape.rows)
    yield matmul(Derivative(square, "hessian", function, by, layout), g)


def _through(function: Symbol, by: Symbol, g: Expression, scope: Scope, layout: Layout) -> Expression:
    """What an arbitrary function gives of its cotangent to one of its variables: the slope is a derivative itself."""
    variable = Variable(by.name, by.shape)
    operand, inner_operand = Operand(function.name, function.shape), Operand(by.name, by.shape)
    slope = Derivative(derivative_shape("D", operand, inner_operand, layout), "D", function, variable, layout)
    if function.shape.is_scalar:
        return times(g, transpose(slope, scope) if layout == "numerator" else slope)
    if by.shape.is_scalar:
        along = transpose(slope, scope) if layout == "denominator" else slope
        return inner(g, along, scope)
    if function.shape.is_column and by.shape.is_column:
        return matmul(slope if layout == "denominator" else transpose(slope, scope), g)
    raise NoRuleError(f"{function.name}, a function of {by.name}")


def contributions(node: Expression, g: Expression, scope: Scope) -> Iterator[Contribution]:
    """What each argument of a node gets of its cotangent."""
    match node:
        case Negate(operand=operand):
            yield operand, negated(g)
        case Transpose(operand=operand):
            yield operand, transpose(g, scope)
        case Binary():
            yield from _of_binary(node, g, scope)
        case Application(function=function, order=order, argument=u):
            yield u, times(g, Application(u.shape, function, order + 1, u))
        case EntryOf(operand=operand, row=row, column=column):
            at = _single(_unit(row, operand.shape.rows), _unit(column, operand.shape.columns), scope)
            yield operand, times(g, at)
        case Call(function=function) if function in SLOPES:
            (u,) = node.arguments
            yield u, times(g, SLOPES[function](u))
        case Call(function=function) if function in OF_CALLS:
            yield from OF_CALLS[function](node, g, scope)
        case Call(function="sign" | "detach") | Number() | Pi() | Parameter() | Differential():
            return
        case Call(function=function):
            raise NoRuleError(function)
        case _:
            raise NoRuleError("a derivative inside")


def _unit(position: object, size: object) -> Expression | None:
    """The unit vector of a position; nothing on an axis of one."""
    return None if size == 1 else call("basis", (), (position, size))


def _single(row: Expression | None, column: Expression | None, scope: Scope) -> Expression:
    """The single-entry matrix of two unit vectors."""
    if row is None or column is None:
        return row if row is not None else transpose(column, scope) if column is not None else number(1, scope)
    return matmul(row, transpose(column, scope))


def _of_binary(node: Binary, g: Expression, scope: Scope) -> Iterator[Contribution]:
    left, right = node.left, node.right
    match node.operator:
        case "+":
            yield left, narrowed(g, left)
            yield right, narrowed(g, right)
        case "-":
            yield left, narrowed(g, left)
            yield right, negated(narrowed(g, right))
        case "*":
            yield left, _against(g, right, left, scope)
            yield right, _against(g, left, right, scope)
        case "/":
            yield left, narrowed(over(g, right), left)
            yield right, negated(over(_against(g, left, right, scope), power(right, scalar(right, 2))))
        case "@":
            yield left, matmul(g, transpose(right, scope))
            yield right, matmul(transpose(left, scope), g)
        case "**":
            yield from _of_power(node, g, scope)


def narrowed(g: Expression, argument: Expression) -> Expression:
    """The cotangent of a scalar that was broadcast is the sum of the entries."""
    return call("sum", (g,)) if argument.shape.is_scalar and not g.shape.is_scalar else g


def _against(g: Expression, other: Expression, argument: Expression, scope: Scope) -> Expression:
    """G times the other factor; Σ G·other for a scalar argument, as a dot product or a trace."""
    return inner(g, other, scope) if argument.shape.is_scalar and not g.shape.is_scalar else times(g, other)


def inner(g: Expression, other: Expression, scope: Scope) -> Expression:
    """Σ of the products of the entries."""
    if other.shape.is_scalar:
        return times(other, call("sum", (g,)))
    if g.shape.is_column:
        return matmul(transpose(g, scope), other)
    if g.shape.is_row:
        return matmul(g, transpose(other, scope))
    return trace(matmul(transpose(g, scope), other))


def _of_power(node: Binary, g: Expression, scope: Scope) -> Iterator[Contribution]:
    base, exponent = node.left, node.right
    if isinstance(base, Call) and base.function == "norm" and is_number(exponent, 2):
        yield base.arguments[0], times(times(scalar(g, 2), g), base.arguments[0])
        return
    value = number_of(exponent)
    if value is not None:
        yield base, times(g, times(Number(exponent.shape, value), power(base, Number(exponent.shape, value - 1))))
        return
    slope = times(exponent, power(base, plus(exponent, scalar(exponent, -1))))
    yield base, _against(g, slope, base, scope)
    yield exponent, _against(g, times(call("log", (base,)), node), exponent, scope)


def _inverse(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    turned = transpose(node, scope)
    yield node.arguments[0], negated(matmul(matmul(turned, g), turned))


def _determinant(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    (matrix,) = node.arguments
    yield matrix, times(times(g, node), transpose(inverse(matrix), scope))


def _log_determinant(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    (matrix,) = node.arguments
    yield matrix, times(g, transpose(inverse(matrix), scope))


def _trace(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    """The differential of tr(M) is tr(dM), of tr(exp M) it is tr(exp(M) dM), of tr(M^k) it is k tr(M^(k−1) dM)."""
    (matrix,) = node.arguments
    match matrix:
        case Call(function="expm", arguments=(inside,)):
            yield inside, times(g, transpose(matrix, scope))
        case Call(function="matrix_power", arguments=(inside,), parameters=(k,)):
            exponent = Parameter(g.shape, k) if not k.is_ground else scalar(g, int(k.coeff(1)))
            less = call("matrix_power", (inside,), (k - 1,)) if k != 2 else inside
            yield inside, times(times(g, exponent), transpose(less, scope))
        case _:
            yield matrix, times(g, call("eye", (), (matrix.shape.rows,)))


def _sum(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    (u,) = node.arguments
    match [int(p.coeff(1)) for p in node.parameters]:
        case []:
            yield u, times(g, ones(u.shape.rows, u.shape.columns))
        case [0]:
            yield u, matmul(ones(u.shape.rows, scope.ring.one), g)
        case _:
            yield u, matmul(g, ones(scope.ring.one, u.shape.columns))


def _norm(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    (u,) = node.arguments
    yield u, over(times(g, u), node)


def _norm1(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    (u,) = node.arguments
    yield u, times(g, call("sign", (u,)))


def _diag(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    yield node.arguments[0], diagonal(g, scope)


def _diagonal(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    yield node.arguments[0], diag(g)


def _dot(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    x, y = node.arguments
    yield x, times(g, y if x.shape == y.shape else transpose(y, scope))
    yield y, times(g, x if x.shape == y.shape else transpose(x, scope))


def _outer(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    x, y = node.arguments
    yield x, matmul(g, y)
    yield y, matmul(transpose(g, scope), x)


def _softmax(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    (u,) = node.arguments
    if not node.parameters:
        yield u, times(node, plus(g, negated(inner(g, node, scope))))
        return
    rows = call("sum", (times(g, node),), node.parameters)
    yield u, times(node, plus(g, negated(matmul(rows, ones(scope.ring.one, u.shape.columns)))))


def _logsumexp(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    (u,) = node.arguments
    soft = call("softmax", (u,), node.parameters)
    yield u, times(g, soft) if not node.parameters else matmul(diag(g), soft)


def _exponential(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    """The derivative of exp(s M) by s is M exp(s M), for a constant M."""
    match node.arguments[0]:
        case Binary(operator="*" | "/" as operator, left=left, right=right) if left.shape.is_scalar or operator == "/":
            factor, matrix = (left, right) if operator == "*" else (right, left)
            along = inner(g, matmul(matrix, node), scope)
            yield factor, along if operator == "*" else negated(over(along, power(factor, scalar(factor, 2))))
            yield matrix, None
        case matrix:
            yield matrix, None


def _matrix_power(node: Call, g: Expression, scope: Scope) -> Iterator[Contribution]:
    """Σ over r of (Mᵀ)^r G (Mᵀ)^(k−1−r)."""
    (matrix,), (k,) = node.arguments, node.parameters
    if not k.is_ground or not 0 <= k.coeff(1) <= MOST_FACTORS:
        yield matrix, _symbolic_power(matrix, k, g, scope)
        return
    turned, count = transpose(matrix, scope), int(k.coeff(1))
    for place in range(count):
        product = g
        for _ in range(place):
            product = matmul(turned, product)
        for _ in range(count - 1 - place):
            product = matmul(product, turned)
        yield matrix, product


def _symbolic_power(matrix: Expression, k: Size, g: Expression, scope: Scope) -> Expression:
    """The finite sum, over an integer that the claim does not use."""
    ring = scope.ring
    used = {*scope.declarations, *scope.sizes}
    used |= {
        name for name in names(ring) if any(occurs(size, name) for size in _sizes_in(matrix, g)) or occurs(k, name)
    }
    free = next((name for name in names(ring) if not name.startswith("?") and name not in used), None)
    if free is None:
        raise NoRuleError("a power with a symbolic exponent")
    r, turned = generator(ring, free), transpose(matrix, scope)
    left, right = (call("matrix_power", (turned,), (p,)) for p in (r, k - 1 - r))
    body = matmul(matmul(left, g), right)
    return FiniteSum(body.shape, body, free, ring.zero, k - 1)


def _sizes_in(*nodes: Expression) -> Iterator[Size]:
    """The whole numbers in expressions."""
    for node in nodes:
        match node:
            case Call(parameters=parameters):
                yield from parameters
            case EntryOf(row=row, column=column):
                yield from (row, column)
            case Parameter(value=value):
                yield value
            case FiniteSum(lower=lower, upper=upper):
                yield from (lower, upper)
            case _:
                pass
        yield from _sizes_in(*parts(node))


MOST_FACTORS = 4
"""Of a matrix power that is written out."""

OF_CALLS: Mapping[str, Pullback] = {
    "inv": _inverse,
    "det": _determinant,
    "logdet": _log_determinant,
    "trace": _trace,
    "sum": _sum,
    "norm": _norm,
    "norm1": _norm1,
    "diag": _diag,
    "diagonal": _diagonal,
    "dot": _dot,
    "outer": _outer,
    "softmax": _softmax,
    "logsumexp": _logsumexp,
    "matrix_power": _matrix_power,
    "expm": _exponential,
}
"""The functions whose arguments get cotangents, elementwise ones aside."""
