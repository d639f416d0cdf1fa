"""The value of an expression as a textbook reads it: whole matrices, by the definitions of the language.

    evaluate(expression, point) -> list of rows

Derivatives are rates of change in dual numbers, arranged as the table of layouts says. No index notation appears, so
that agreement with the components is agreement of two readings.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from matcalc.language.nodes import (
    Application,
    Binary,
    Call,
    Derivative,
    Differential,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Number as Numeral,
    Parameter,
    Pi,
    Symbol,
    TotalDifferential,
    Transpose,
    Variable,
)
from tests.duals import REALS, TABLE, Matrix, Number, Undefined, function, power, rate, reciprocal
from tests.matrices import (
    FUNCTIONS,
    ZERO,
    broadcast,
    built,
    entries,
    mapped,
    multiply,
    scalar,
    stacked,
    transpose,
)
from tests.points import Point, Position, arbitrary, at


def evaluate(node: Expression, point: Point) -> Matrix:  # noqa: C901 one case for each node
    """The matrix that an expression is at a point. Raises Undefined where it is none."""
    match node:
        case Numeral():
            return scalar(node.value)
        case Pi():
            return scalar(+REALS.pi)
        case Parameter():
            return scalar(point.number(node.value))
        case Symbol():
            return point.symbol(node.name)
        case Differential():
            return point.tangents[node.name]
        case Negate():
            return mapped(lambda a: -a, evaluate(node.operand, point))
        case Transpose():
            return transpose(evaluate(node.operand, point))
        case Binary():
            return _binary(node, point)
        case Call():
            return _call(node, point)
        case Application():
            return mapped(lambda t: arbitrary(node.function, node.order, t), evaluate(node.argument, point))
        case EntryOf():
            cell = point.size(node.row) - 1, point.size(node.column) - 1
            return scalar(at(evaluate(node.operand, point), cell))
        case Derivative():
            return _derivative(node, point)
        case TotalDifferential():
            return _total_differential(node, point)
        case FiniteSum():
            return _finite_sum(node, point)
        case _:
            assert_never(node)


def shape_of(node: Expression, point: Point) -> tuple[int, int]:
    """Rows and columns at a point."""
    return point.size(node.shape.rows), point.size(node.shape.columns)


OPERATORS: dict[str, Callable[[Number, Number], Number]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a + -b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a * reciprocal(b),
}


def _binary(node: Binary, point: Point) -> Matrix:
    left, right = evaluate(node.left, point), evaluate(node.right, point)
    if node.operator == "@":
        return multiply(left, right)
    operation = OPERATORS.get(node.operator, _power)
    return broadcast(operation, left, right, shape_of(node, point))


def _power(base: Number, exponent: Number) -> Number:
    """base^exponent; of a positive base where the exponent is no rational number."""
    if isinstance(exponent, Fraction):
        return power(base, exponent)
    return function("exp", exponent * function("log", base))


def _call(node: Call, point: Point) -> Matrix:
    whole = [point.size(parameter) for parameter in node.parameters]
    if node.function == "detach":
        return evaluate(node.arguments[0], point.still)
    arguments = [evaluate(argument, point) for argument in node.arguments]
    if node.function in TABLE:
        return mapped(lambda t: function(node.function, t), arguments[0])
    if node.function == "delta":
        return scalar(Fraction(whole[0] == whole[1]))
    if node.function == "basis":
        position, length = whole
        if not 1 <= position <= length:
            raise Undefined(f"no position {position} among {length}")
        return built(length, 1, lambda i, j: Fraction(i == position - 1))
    return FUNCTIONS[node.function](*arguments, *whole)


def _finite_sum(node: FiniteSum, point: Point) -> Matrix:
    rows, columns = shape_of(node, point)
    result = built(rows, columns, lambda i, j: ZERO)
    for r in range(point.size(node.lower), point.size(node.upper) + 1):
        summand = evaluate(node.body, replace(point, whole={**point.whole, node.variable: r}))
        result = built(rows, columns, lambda i, j, new=summand, old=result: old[i][j] + new[i][j])
    return result


def _rates(node: Expression, point: Point) -> Matrix:
    return mapped(lambda a: rate(a, point.level), evaluate(node, point))


def _total_differential(node: TotalDifferential, point: Point) -> Matrix:
    """The rate of change when every varying X moves along dX at once, all with one ε."""
    moved = dict(point.moved)
    for name in node.varying:
        moved[name] = point.moving(name, point.tangents[name]).moved[name]
    return _rates(node.body, replace(point, moved=moved, level=point.level + 1))


def _derivative(node: Derivative, point: Point) -> Matrix:
    F, X = _Body(node.body), _Cells(node.variable, point)
    match node.operator:
        case "D":
            return _arranged(F, X, node, point)
        case "grad":
            return _gradient(F, X, point)
        case "jacobian":
            return _jacobian(F, X, point)
        case "hessian":
            return _hessian(F, X, point)
        case "jvp" | "vjp":
            assert node.direction is not None
            direction = evaluate(node.direction, point)
            return _directional(F, X, direction, point) if node.operator == "jvp" else _pulled(F, X, direction, point)
        case _:
            assert_never(node.operator)


class _Body:
    """What is differentiated."""

    def __init__(self, node: Expression) -> None:
        self.node = node
        self.is_scalar = node.shape.is_scalar

    def rates(self, point: Point) -> Matrix:
        """The rates of change at the innermost level of a point in motion."""
        return _rates(self.node, point)


class _Cells:
    """The cells of a variable, or the one cell that the derivative is taken by."""

    def __init__(self, variable: Variable, point: Point) -> None:
        self.name = variable.name
        self.is_scalar = variable.shape.is_scalar
        rows, columns = point.shape(variable.name)
        self.grid: list[list[Position]] = [[(i, j) for j in range(columns)] for i in range(rows)]
        if variable.entry is not None:
            i, j = (point.size(position) - 1 for position in variable.entry)
            at(self.grid, (i, j))
            self.grid = [[(i, j)]]

    def moved(self, cell: Position, point: Point) -> Point:
        """The point in which this cell varies."""
        return point.moving_entry(self.name, cell)


def _gradient(F: _Body, X: _Cells, point: Point) -> Matrix:
    return [[F.rates(X.moved(cell, point))[0][0] for cell in row] for row in X.grid]


def _jacobian(F: _Body, X: _Cells, point: Point) -> Matrix:
    columns = [entries(stacked(F.rates(X.moved(cell, point)))) for cell in entries(stacked(X.grid))]
    return transpose(columns)


def _hessian(f: _Body, X: _Cells, point: Point) -> Matrix:
    def gradient_rates(cell: Position) -> Matrix:
        outer = X.moved(cell, point)
        return mapped(lambda a: rate(a, outer.level), _gradient(f, X, outer))

    return transpose([entries(stacked(gradient_rates(cell))) for cell in entries(stacked(X.grid))])


def _directional(F: _Body, X: _Cells, V: Matrix, point: Point) -> Matrix:
    if len(X.grid) * len(X.grid[0]) == 1:
        return mapped(lambda a: a * V[0][0], F.rates(X.moved(X.grid[0][0], point)))
    return F.rates(point.moving(X.name, V))


def _pulled(F: _Body, X: _Cells, V: Matrix, point: Point) -> Matrix:
    """The gradient of sum(V * F), V constant."""

    def weighted(cell: Position) -> Number:
        return sum((v * r for v, r in zip(entries(V), entries(F.rates(X.moved(cell, point))), strict=True)), ZERO)

    return [[weighted(cell) for cell in row] for row in X.grid]


def _arranged(F: _Body, X: _Cells, node: Derivative, point: Point) -> Matrix:
    """The table of layouts, row by row."""
    if F.is_scalar:
        result, turned = _gradient(F, X, point), node.layout == "numerator"
    elif X.is_scalar:
        result, turned = F.rates(X.moved(X.grid[0][0], point)), node.layout == "denominator"
    else:
        result, turned = _jacobian(F, X, point), node.layout == "denominator"
    return transpose(result) if turned else result
