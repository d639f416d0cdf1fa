"""Arrays of entries: a matrix whose axes are tuples of indices, and the few ways to combine such arrays.

An axis () has size 1, (n,) size n, (m, n) size m·n with its first index slowest, as in a Kronecker product. Two axes of
one size may be cut differently; `recut` joins them through `Split`, so that no operator needs a case for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TypeAlias

from matcalc.components.exponents import Exponent
from matcalc.components.terms import (
    Bound,
    Entries,
    Factor,
    Group,
    Index,
    Partial,
    Range,
    Slot,
    Split,
    Term,
    instantiate,
)
from matcalc.language.nodes import Size

Axis: TypeAlias = tuple[Size, ...]


@dataclass(frozen=True, slots=True)
class Array:
    """A rows × columns array; the slots of `entries` are the row indices, then the column indices."""

    rows: Axis
    columns: Axis
    entries: Entries

    def __post_init__(self) -> None:
        if self.entries.slots != self.rows + self.columns:
            raise ValueError("an array's slots are its rows, then its columns")


Placed: TypeAlias = tuple[Entries, Sequence[Index]]


def axis(size: Size) -> Axis:
    """The axis of a declared size: one index, or none for size 1."""
    return () if size == 1 else (size,)


def slots(start: int, sizes: Axis) -> tuple[Slot, ...]:
    """The slots of one axis, numbered from `start`."""
    return tuple(Slot(start + number) for number in range(len(sizes)))


def bounds(start: int, sizes: Axis) -> tuple[Bound, ...]:
    """The bound indices of one axis, numbered from `start`."""
    return tuple(Bound(start + number) for number in range(len(sizes)))


def row_slots(array: Array) -> tuple[Slot, ...]:
    """The row indices of an array."""
    return slots(0, array.rows)


def column_slots(array: Array) -> tuple[Slot, ...]:
    """The column indices of an array."""
    return slots(len(array.rows), array.columns)


def contract(free: Axis, bound: Axis, *placed: Placed, coefficient: Fraction = Fraction(1)) -> Entries:
    """The product of expressions at the given indices, summed over `bound`, as entries over `free`.

    A sum is kept in parentheses (a `Group`), a single term is written out: nothing is multiplied out here.
    """
    term = Term(coefficient, bound)
    for entries, indices in placed:
        new = _value_at(entries, indices, len(term.bound))
        term = Term(term.coefficient * new.coefficient, term.bound + new.bound, term.factors + new.factors)
    return Entries(free, (term,) if term.coefficient else ())


def _value_at(entries: Entries, indices: Sequence[Index], offset: int) -> Term:
    match instantiate(entries, indices, offset):
        case ():
            return Term(Fraction(0))
        case (term,):
            return term
        case _:
            return Term(Fraction(1), (), (Factor(Group(entries), tuple(indices)),))


def single(free: Axis, *factors: Factor) -> Entries:
    """The entries that are one product of factors over the slots `free`."""
    return Entries(free, (Term(Fraction(1), (), factors),))


def power(entries: Entries, exponent: Exponent) -> Entries:
    """Each entry to a power; a derivative or a finite sum, which is still to be carried out, in parentheses."""
    if exponent == 1:
        return entries
    match entries.terms:
        case (Term(coefficient, (), (Factor(head, indices, inner),)),) if coefficient == inner == 1:
            if not isinstance(head, Partial | Range):
                return single(entries.slots, Factor(head, indices, exponent))
    return single(entries.slots, Factor(Group(entries), slots(0, entries.slots), exponent))


def negative(entries: Entries) -> Entries:
    """Minus each entry."""
    return Entries(entries.slots, tuple(Term(-t.coefficient, t.bound, t.factors) for t in entries.terms))


def transposed(array: Array) -> Array:
    """Rows and columns exchanged."""
    rows, columns = slots(len(array.columns), array.rows), slots(0, array.columns)
    free = array.columns + array.rows
    return Array(array.columns, array.rows, Entries(free, instantiate(array.entries, rows + columns, 0)))


@dataclass(frozen=True, slots=True)
class _Joint:
    """How an axis is read through another cut of it: an index for each old position, the sums and factors that join."""

    indices: tuple[Index, ...]
    bound: Axis
    splits: tuple[Factor, ...]


def recut(array: Array, rows: Axis, columns: Axis) -> Array:
    """The same array with its axes cut into these indices; raises ValueError where a size differs."""
    if (array.rows, array.columns) == (rows, columns):
        return array
    first = _join(array.rows, rows, 0, 0)
    second = _join(array.columns, columns, len(rows), len(first.bound))
    free = rows + columns
    entries = contract(free, first.bound + second.bound, (array.entries, first.indices + second.indices))
    splits = first.splits + second.splits
    joined = tuple(Term(t.coefficient, t.bound, t.factors + splits) for t in entries.terms)
    return Array(rows, columns, Entries(free, joined))


def _join(old: Axis, new: Axis, slot: int, offset: int) -> _Joint:
    indices: list[Index] = []
    bound: list[Size] = []
    splits: list[Factor] = []
    for olds, news in _segments(old, new):
        free: tuple[Index, ...] = slots(slot, news)
        slot += len(news)
        if len(olds) == len(news) == 1:
            indices += free
            continue
        inner: tuple[Index, ...] = bounds(offset + len(bound), olds)
        indices += inner
        bound += olds
        if len(olds) == 1:
            splits.append(Factor(Split(), (*inner, *free)))
        elif len(news) == 1:
            splits.append(Factor(Split(), (*free, *inner)))
        else:
            whole = Bound(offset + len(bound))
            bound.append(prod(olds))
            splits += [Factor(Split(), (whole, *inner)), Factor(Split(), (whole, *free))]
    return _Joint(tuple(indices), tuple(bound), tuple(splits))


def _segments(old: Axis, new: Axis) -> list[tuple[Axis, Axis]]:
    """The finest common cut: pairs of runs of one product, shortest first."""
    if not old and not new:
        return []
    pairs = sorted(((a, b) for a in range(1, len(old) + 1) for b in range(1, len(new) + 1)), key=sum)
    for a, b in pairs:
        if prod(old[:a]) == prod(new[:b]):
            return [(old[:a], new[:b]), *_segments(old[a:], new[b:])]
    raise ValueError(f"axes {old} and {new} have different sizes")
