"""Structured matrices: how the entries of a symmetric, skew, diagonal or triangular matrix are tied, and how a matrix
with declared properties is made from an arbitrary one.

Positions count from 0; tied entries move together, with a sign for skew matrices.
"""

import functools
from collections.abc import Collection
from fractions import Fraction
from typing import TypeAlias

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


def entry_direction(properties: frozenset[str], position: Position, rows: int, columns: int) -> Rows:
    """The 0/±1 matrix of the direction in which the entries tied to one entry move."""
    tied = tied_entries(properties, position)
    return tuple(tuple(Fraction(tied.get((i, j), 0)) for j in range(columns)) for i in range(rows))


def free_change(backend: Backend[V], properties: frozenset[str], change: V) -> V:
    """Σ_ij L_ij times the direction of the entry (i, j), for a matrix L of changes of single entries."""
    if not is_tied(properties):
        return change
    return _spread(backend, _tied_signs(properties, *backend.extents(change)), change)


Signs: TypeAlias = tuple[Rows, Rows | None]
"""Two matrices P and T of 0 and ±1, of which X becomes P∘X + (T∘X)ᵀ; no T where it is zero."""


def _spread(backend: Backend[V], signs: Signs, X: V) -> V:
    own, mirrored = signs
    kept = backend.apply("*", backend.constant(own), X)
    if mirrored is None:
        return kept
    return backend.apply("+", kept, backend.apply("transpose", backend.apply("*", backend.constant(mirrored), X)))


@functools.cache
def _tied_signs(properties: frozenset[str], rows: int, columns: int, *, free: bool = False) -> Signs:
    """Each entry of X to itself and to the entry tied to it; with `free` only one entry of each tied set."""
    own, mirrored = [], []
    for i in range(rows):
        tied = [tied_entries(properties, (i, j)) for j in range(columns)]
        tied = [{} if free and entries and (i, j) != max(entries) else entries for j, entries in enumerate(tied)]
        own.append(tuple(Fraction(entries.get((i, j), 0)) for j, entries in enumerate(tied)))
        mirrored.append(tuple(Fraction(entries.get((j, i), 0) if i != j else 0) for j, entries in enumerate(tied)))
    return tuple(own), tuple(mirrored) if any(map(any, mirrored)) else None


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


def has_variants(properties: Collection[str]) -> bool:
    """Whether there are matrices with the properties that no smooth construction reaches."""
    return not {"orthogonal", "pd"}.isdisjoint(properties)


def variant(properties: Collection[str], raw: Rows) -> Rows:
    """Factors for the entries of an imposed matrix, chosen by signs of raw entries, where it has variants.

    Orthogonal matrices get determinants of both signs, positive definite ones eigenvalues below 1 too.
    """
    size = len(raw)
    if "orthogonal" in properties and SYMMETRIC.isdisjoint(properties):
        return (tuple(Fraction(-1 if raw[j][j] < 0 else 1) for j in range(size)),) * size
    if "orthogonal" in properties:
        return ((Fraction(-1 if raw[-1][-1] < 0 else 1),) * size,) * size
    return ((Fraction(1, 4 if raw[0][0] < 0 else 1),) * size,) * size


def constrained(backend: Backend[V], properties: Collection[str], raw: V) -> V:
    """The matrix that satisfies the tying properties and agrees with `raw` in one entry of each tied set."""
    return _spread(backend, _tied_signs(frozenset(properties), *backend.extents(raw), free=True), raw)


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
    return cayley(backend, constrained(backend, {"skew"}, raw))


def cayley(backend: Backend[V], S: V) -> V:
    """The Cayley transform (I − S)(I + S)⁻¹ of a skew matrix, as 2(I + S)⁻¹ − I."""
    eye = backend.constant(unit(backend.extents(S)[0]))
    inverse = backend.apply("inv", backend.apply("+", eye, S))
    return backend.apply("-", backend.apply("+", inverse, inverse), eye)


@functools.cache
def unit(size: int) -> Rows:
    """The identity matrix in fractions."""
    return tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))
