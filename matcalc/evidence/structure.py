"""Structured matrices: how the entries of a symmetric, skew, diagonal or triangular matrix are tied, and how a matrix
with declared properties is made from an arbitrary one.

Positions count from 0; tied entries move together, with a sign for skew matrices.
"""

import itertools
from collections.abc import Collection
from fractions import Fraction

from matcalc.evidence.backend import Backend, V
from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import OutOfReachError

SYMMETRIC = frozenset({"symmetric", "psd", "pd"})
TYING = SYMMETRIC | {"skew", "diagonal", "lower", "upper"}
"""The properties that tie or fix entries; the others leave every small change of an entry possible."""

Position = tuple[int, int]


def tied_entries(properties: Collection[str], position: Position) -> dict[Position, int]:
    """The entries that move with one entry, each with its sign; none if the structure fixes the entry."""
    i, j = position
    tied = {(i, j): 1}
    if "skew" in properties:
        if i == j or not SYMMETRIC.isdisjoint(properties):
            return {}
        tied[j, i] = -1
    elif not SYMMETRIC.isdisjoint(properties):
        tied[j, i] = 1
    return {} if any(_is_fixed(properties, *entry) for entry in tied) else tied


def _is_fixed(properties: Collection[str], i: int, j: int) -> bool:
    beside = "diagonal" in properties and i != j
    above = "lower" in properties and j > i
    below = "upper" in properties and i > j
    return beside or above or below


def is_tied(properties: Collection[str]) -> bool:
    """Whether the properties tie or fix any entry."""
    return not TYING.isdisjoint(properties)


def tie_matrix(properties: Collection[str], rows: int, columns: int) -> Rows:
    """The 0/±1 matrix whose column for the entry (i, j) is vec of the direction in which the tied entries move.

    A Jacobian by unconstrained entries times this matrix is the Jacobian by free entries.
    """
    positions = _positions(rows, columns)
    directions = [tied_entries(properties, position) for position in positions]
    return tuple(tuple(Fraction(direction.get(entry, 0)) for direction in directions) for entry in positions)


def _free_entries(properties: Collection[str], rows: int, columns: int) -> Rows:
    """The matrix that keeps of vec(X) one entry of each tied set and copies it to the others."""
    positions = _positions(rows, columns)
    kept: dict[Position, dict[Position, int]] = {}
    for position in positions:
        tied = tied_entries(properties, position)
        kept[position] = tied if tied and position == max(tied) else {}
    return tuple(tuple(Fraction(kept[free].get(entry, 0)) for free in positions) for entry in positions)


def _positions(rows: int, columns: int) -> list[Position]:
    """Every position, in the order of vec: column by column."""
    return [(i, j) for j, i in itertools.product(range(columns), range(rows))]


def impose(backend: Backend[V], properties: Collection[str], raw: V) -> V:
    """A matrix with the structural properties, made smoothly from an arbitrary matrix of its shape.

    psd: G Gᵀ; pd: G Gᵀ + I; orthogonal: the Cayley transform (I − S)(I + S)⁻¹ of the skew part S, or with `symmetric`
    the reflection I − 2vvᵀ/vᵀv by the first column v. `positive`, `nonzero` and `invertible` are left to chance.
    """
    rows, columns = backend.extents(raw)
    if "orthogonal" in properties:
        return _orthogonal(backend, properties, raw)
    if not {"psd", "pd"}.isdisjoint(properties):
        raw = backend.apply("@", raw, backend.apply("transpose", raw))
    if "pd" in properties:
        raw = backend.apply("+", raw, backend.constant(unit(rows)))
    return constrained(backend, properties, raw) if is_tied(properties) else raw


def constrained(backend: Backend[V], properties: Collection[str], raw: V) -> V:
    """The matrix that satisfies the tying properties and agrees with `raw` in one entry of each tied set."""
    rows, columns = backend.extents(raw)
    projector = backend.constant(_free_entries(properties, rows, columns))
    return backend.apply("unvec", backend.apply("@", projector, backend.apply("vec", raw)), rows, columns)


def _orthogonal(backend: Backend[V], properties: Collection[str], raw: V) -> V:
    size = backend.extents(raw)[0]
    eye = backend.constant(unit(size))
    if not {"skew", "diagonal", "lower", "upper"}.isdisjoint(properties):
        raise OutOfReachError("a matrix declared orthogonal and also skew, diagonal or triangular")
    if not SYMMETRIC.isdisjoint(properties):
        v = backend.apply("@", raw, backend.constant(tuple((Fraction(int(i == 0)),) for i in range(size))))
        square = backend.apply("@", v, backend.apply("transpose", v))
        scaled = backend.apply("/", backend.apply("+", square, square), backend.apply("trace", square))
        return backend.apply("-", eye, scaled)
    S = constrained(backend, {"skew"}, raw)
    return backend.apply("@", backend.apply("-", eye, S), backend.apply("inv", backend.apply("+", eye, S)))


def unit(size: int) -> Rows:
    """The identity matrix in fractions."""
    return tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))
