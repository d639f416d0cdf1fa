"""Derivatives by entries, and how each layout arranges them.

The one definition is `partial`: the entry of ∂F/∂X at (F's indices, X's indices). Every operator and layout is an
arrangement of it, so a layout is never mixed in by accident.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matcalc.components.arrays import Array, Axis, Placed, bounds, contract, recut, single, slots, transposed
from matcalc.components.operations import SCALAR, add, filled
from matcalc.components.terms import Entries, Factor, Fixed, Index, Partial
from matcalc.language.nodes import DerivativeOperator, Layout, Size


@dataclass(frozen=True, slots=True)
class Variable:
    """A symbol X and its axes; or one entry of it, at fixed indices, with scalar axes."""

    name: str
    rows: Axis
    columns: Axis
    entry: tuple[Index, ...] | None = None

    def at(self, row: Size, column: Size) -> "Variable":
        """The entry (row, column); an axis of size 1 has no index."""
        here = [Fixed(row, size) for size in self.rows] + [Fixed(column, size) for size in self.columns]
        return Variable(self.name, SCALAR, SCALAR, tuple(here))


def partial(body: Array, variable: Variable) -> Entries:
    """∂F_ij/∂X_kl over the slots i, j, k, l."""
    free = body.rows + body.columns + variable.rows + variable.columns
    own = slots(0, body.rows + body.columns)
    by = variable.entry if variable.entry is not None else slots(len(own), variable.rows + variable.columns)
    return single(free, Factor(Partial(body.entries, variable.name), (*own, *by)))


def derivative(
    operator: DerivativeOperator, layout: Layout, body: Array, variable: Variable, direction: Array | None
) -> Array:
    """The derivative of `body` as the operator arranges it; jvp and vjp are along `direction`."""
    match operator:
        case "grad":
            return gradient(body, variable)
        case "jacobian":
            return jacobian(body, variable)
        case "hessian":
            return jacobian(gradient(body, variable), variable)
        case "jvp" if direction is not None:
            return along(body, variable, direction)
        case "vjp" if direction is not None:
            return weighted(body, variable, direction)
        case "D":
            return arranged(layout, body, variable)
        case _:
            raise ValueError(f"{operator} needs a direction")


def arranged(layout: Layout, body: Array, variable: Variable) -> Array:
    """D(F, X) by the table of the language: numerator layout lays out scalar by X as X.T, denominator F by x as F.T."""
    if not variable.rows + variable.columns:
        result, flips = Array(body.rows, body.columns, partial(body, variable)), "denominator"
    elif not body.rows + body.columns:
        result, flips = gradient(body, variable), "numerator"
    else:
        result, flips = jacobian(body, variable), "denominator"
    return transposed(result) if layout == flips else result


def gradient(body: Array, variable: Variable) -> Array:
    """∂f/∂X_kl at (k, l), for a scalar f."""
    return Array(variable.rows, variable.columns, partial(body, variable))


def jacobian(body: Array, variable: Variable) -> Array:
    """∂vec(F)/∂vec(X)ᵀ: rows (j, i) for F_ij, columns (l, k) for X_kl."""
    rows, columns = body.columns + body.rows, variable.columns + variable.rows
    of_columns, of_rows = slots(0, body.columns), slots(len(body.columns), body.rows)
    start = len(rows)
    by_columns, by_rows = slots(start, variable.columns), slots(start + len(variable.columns), variable.rows)
    placed: Placed = (partial(body, variable), (*of_rows, *of_columns, *by_rows, *by_columns))
    return Array(rows, columns, contract(rows + columns, (), placed))


def along(body: Array, variable: Variable, direction: Array) -> Array:
    """Σ_kl ∂F/∂X_kl V_kl, the shape of F."""
    free = body.rows + body.columns
    inner = bounds(0, variable.rows + variable.columns)
    direction = recut(direction, variable.rows, variable.columns)
    entries = contract(
        free,
        variable.rows + variable.columns,
        (partial(body, variable), (*slots(0, free), *inner)),
        (direction.entries, inner),
    )
    return Array(body.rows, body.columns, entries)


def weighted(body: Array, variable: Variable, weights: Array) -> Array:
    """Σ_ij V_ij ∂F_ij/∂X, the shape of X; the weights are outside the derivative, so constant under it."""
    free = variable.rows + variable.columns
    inner = bounds(0, body.rows + body.columns)
    weights = recut(weights, body.rows, body.columns)
    entries = contract(
        free,
        body.rows + body.columns,
        (weights.entries, inner),
        (partial(body, variable), (*inner, *slots(0, free))),
    )
    return Array(variable.rows, variable.columns, entries)


def total_differential(body: Array, varying: Sequence[tuple[Variable, Array]]) -> Array:
    """DF = Σ over the varying X of ∂F/∂X along dX."""
    result = filled(body.rows, body.columns)
    for variable, tangent in varying:
        result = add(result, along(body, variable, tangent))
    return result
