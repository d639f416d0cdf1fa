"""Which indices of a product come before which, wherever the product is not 0: triangular factors say so.

An entry L_ij of a lower triangular matrix is 0 unless j ≤ i, and so are those of its inverse, powers and exponential. A
chain of such relations through the factors of a term says more than each of them: if i ≤ j and j ≤ i, the term is 0
but where i = j.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from matcalc.components.exponents import is_natural
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Declared,
    Delta,
    Entries,
    Factor,
    Fixed,
    Group,
    Index,
    Opaque,
    Slot,
    Tangent,
    Triangle,
)
from matcalc.components.variables import is_never_negative

Pair: TypeAlias = tuple[Index, Index]
"""Two indices of one axis, the first not after the second."""

KEEPING = frozenset({"inv", "adjugate", "matrix_power", "expm"})
"""Functions of a matrix that are triangular where the matrix is."""


class Relation(Enum):
    """How far a chain of relations leads."""

    NOT_AFTER = "≤"
    BEFORE = "<"


def relations(factor: Factor, facts: Facts) -> tuple[Pair, ...]:
    """The pairs of indices that are in order wherever the factor is not 0."""
    return tuple(_relations(factor, facts)) if is_natural(factor.exponent) else ()


def _relations(factor: Factor, facts: Facts) -> Iterator[Pair]:
    match factor.head:
        case Triangle() | Delta():
            row, column = factor.indices
            yield column, row
            if isinstance(factor.head, Delta):
                yield row, column
        case Declared() | Tangent():
            structure = facts.structure(factor.head)
            if not structure.isdisjoint({"lower", "upper"}) and len(factor.indices) > 1:
                row, column = factor.indices[:2]
                yield from [(column, row)] if "lower" in structure else []
                yield from [(row, column)] if "upper" in structure else []
        case Opaque(function=function, bodies=(body,)) if function in KEEPING and len(body.slots) == 2:
            yield from _between_slots(body, factor.indices, facts)
        case Group(body=body) if len(body.slots) == 2:
            yield from _between_slots(body, factor.indices, facts)
        case _:
            pass


def _between_slots(body: Entries, indices: Sequence[Index], facts: Facts) -> Iterator[Pair]:
    """The relations between the two slots that every term of a matrix has."""
    for first, second in ((0, 1), (1, 0)):
        pair = Slot(first), Slot(second)
        if body.terms and all(relation(term.factors, *pair, facts) is not None for term in body.terms):
            yield indices[first], indices[second]


def is_triangular(body: Entries, facts: Facts) -> bool:
    """Whether a matrix of single indices is lower or upper triangular."""
    return len(body.slots) == 2 and any(_between_slots(body, (Slot(0), Slot(1)), facts))


def relation(factors: Sequence[Factor], start: Index, end: Index, facts: Facts) -> Relation | None:
    """How start comes before end wherever the product of the factors is not 0; None where nothing says so."""
    pairs = [pair for factor in factors for pair in relations(factor, facts)]
    fixed = {i for pair in pairs for i in pair if isinstance(i, Fixed)} | {i for i in (start, end) if _is_fixed(i)}
    pending: list[tuple[Index, bool]] = [(start, False)]
    seen = set(pending)
    for index, strict in pending:
        ahead = {second: _leads(index, second) for second in fixed}
        nearer = [(second, strict) for first, second in pairs if first == index]
        nearer += [(second, strict or leads is Relation.BEFORE) for second, leads in ahead.items() if leads is not None]
        pending += [state for state in dict.fromkeys(nearer) if state not in seen]
        seen.update(nearer)
    if (end, True) in seen:
        return Relation.BEFORE
    return Relation.NOT_AFTER if (end, False) in seen else None


def _is_fixed(index: Index) -> bool:
    return isinstance(index, Fixed)


def _leads(first: Index, second: Index) -> Relation | None:
    """How a position comes before another whatever the names in them stand for: all of them are numbers ≥ 0."""
    if not (isinstance(first, Fixed) and isinstance(second, Fixed)) or first.size != second.size:
        return None
    difference = second.position - first.position
    if not is_never_negative(difference):
        return None
    return Relation.BEFORE if difference.coeff(1) > 0 else Relation.NOT_AFTER
