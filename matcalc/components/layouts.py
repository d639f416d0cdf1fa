"""Derivatives by entries, and how each layout arranges them.

The one definition is `partial`: the entry of ∂F/∂X at (F's indices, X's indices). Every operator and layout is an
arrangement of it, so a layout is never mixed in by accident. A structured X is differentiated by its free entries: the
entry (k, l) moves together with those tied to it, which is a sum of derivatives by single entries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from matcalc.components.arrays import Array, Axis, Placed, bounds, contract, recut, slots, transposed
from matcalc.components.operations import SCALAR, add, filled
from matcalc.components.terms import Delta, Entries, Factor, Fixed, Index, Partial, Term, Triangle
from matcalc.language.nodes import DerivativeOperator, Layout, Size

Factors: TypeAlias = tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """A symbol X and its axes; or one entry of it, at fixed indices, with scalar axes.

    `structure` are the properties that tie its entries; none where it moves along a direction that is given.
    """

    name: str
    rows: Axis
    columns: Axis
    structure: frozenset[str] = frozenset()
    entry: tuple[Index, ...] | None = None

    def at(self, row: Size, column: Size) -> "Variable":
        """The entry (row, column); an axis of size 1 has no index."""
        here = [Fixed(row, size) for size in self.rows] + [Fixed(column, size) for size in self.columns]
        return Variable(self.name, SCALAR, SCALAR, self.structure, tuple(here))


def partial(body: Array, variable: Variable) -> Entries:
    """∂F_ij/∂X_kl over the slots i, j, k, l, the entries tied to X_kl moving along."""
    free = body.rows + body.columns + variable.rows + variable.columns
    own = slots(0, body.rows + body.columns)
    by = variable.entry if variable.entry is not None else slots(len(own), variable.rows + variable.columns)
    head = Partial(body.entries, variable.name)
    terms = (Term(c, (), (Factor(head, (*own, *at)), *ties)) for c, at, ties in _tied(variable.structure, by))
    return Entries(free, tuple(terms))


def _tied(structure: frozenset[str], at: tuple[Index, ...]) -> Iterator[tuple[Fraction, tuple[Index, ...], Factors]]:
    """The entries that move as X_kl moves at rate 1: their rates, their indices, and where they do so.

    Symmetric: X_kl and X_lk, once where k = l. Skew: X_kl, and X_lk at rate −1. An entry that the structure fixes at 0,
    or that is tied to such a one, does not move.
    """
    one, half = Fraction(1), len(at) // 2
    if not structure:
        yield one, at, ()
        return
    crossed = (*at[half:], *at[:half])
    symmetric, skew = not structure.isdisjoint({"symmetric", "psd", "pd"}), "skew" in structure
    within = _within(structure, at) + (_within(structure, crossed) if symmetric or skew else ())
    if symmetric and skew:
        return
    yield one, at, within
    if symmetric:
        yield one, crossed, within
        yield -one, at, (*within, *_deltas(at))
    elif skew:
        yield -one, crossed, within


def _within(structure: frozenset[str], at: tuple[Index, ...]) -> Factors:
    """1 where the structure leaves the entry at these indices free, else 0."""
    half = len(at) // 2
    pairs = tuple(zip(at[:half], at[half:], strict=True))
    below = tuple(Factor(Triangle(), pair) for pair in pairs) if "lower" in structure else ()
    above = tuple(Factor(Triangle(), pair[::-1]) for pair in pairs) if "upper" in structure else ()
    return below + above + (_deltas(at) if "diagonal" in structure else ())


def _deltas(at: tuple[Index, ...]) -> Factors:
    half = len(at) // 2
    return tuple(Factor(Delta(), pair) for pair in zip(at[:half], at[half:], strict=True))


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
