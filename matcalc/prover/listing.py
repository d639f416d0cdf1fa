"""Where the rules of axes apply whose size is a number, and those of positions on a cut axis: rows of the tables.

Listing every position makes a claim longer, so it is done only where the search is told to.
"""

from collections.abc import Iterator

from matcalc.components.terms import Bound, Entries, Factor, Fixed, Opaque, Split, Term, bodies
from matcalc.kernel import Goal
from matcalc.language.nodes import Size
from matcalc.language.sizes import literal_value
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.trace import Trace

MOST_POSITIONS = 6
"""Positions on an axis that are listed one by one."""
MOST_ROWS = 4
"""Rows of a determinant that is written out."""

OF_A_MATRIX = {
    "det": "determinant by permutations",
    "adjugate": "adjugate by permutations",
    "inv": "inverse by the adjugate",
}
"""Rules of functions of matrices whose size is a number."""


def has_numbered_axes(goal: Goal) -> bool:
    """Whether an axis of more than one position can be listed."""
    return any(is_listed(size) for side in goal.sides for size in _sizes(side))


def _sizes(entries: Entries) -> Iterator[Size]:
    yield from entries.slots
    for term in entries.terms:
        yield from term.bound
        for factor in term.factors:
            yield from (index.size for index in factor.indices if isinstance(index, Fixed))
            for body in bodies(factor.head):
                yield from _sizes(body)


def is_listed(size: Size, most: int = MOST_POSITIONS) -> bool:
    """Whether the positions of an axis are few, and known."""
    value = literal_value(size)
    return value is not None and 1 < value <= most


def list_free_indices(trace: Trace) -> None:
    """Every free index of a known size case by case."""
    for slot, size in enumerate(trace.entries.slots):
        if is_listed(size):
            for number in reversed(range(len(trace.entries.terms))):
                trace.rewrite("free index by cases", number, 0, slot)


def cuts(trace: Trace, term: Term) -> Place | None:
    """A cut of a position into two."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Split) and isinstance(factor.indices[0], Fixed) and len(factor.indices) == 3:
            for parts in _parts(trace, term, factor):
                found = accepts(trace, term, "cut of a position", place, *parts)
                if found is not None:
                    return found
    return None


def counted(trace: Trace, term: Term) -> Place | None:
    """A cut whose whole, or whose parts, are summed over by themselves."""
    for place, factor in enumerate(term.factors):
        for whole in (True, False) if isinstance(factor.head, Split) else ():
            found = accepts(trace, term, "counting a cut", place, whole)
            if found is not None:
                return found
    return None


def _parts(trace: Trace, term: Term, factor: Factor) -> Iterator[tuple[Size, Size]]:
    """Positions i and j with (i − 1) q + j the position that is cut."""
    whole, _, last = factor.indices
    size = _size(trace, term, last)
    assert isinstance(whole, Fixed)
    value, one = literal_value(size), size.ring.one
    known = [size, whole.position.rem(size)]
    for second in known if value is None else [size.ring(k) for k in range(1, value + 1)]:
        quotient, rest = divmod(whole.position - second, size)
        if not rest and all(c.denominator == 1 for _, c in quotient.terms()):
            yield quotient + one, second


def _size(trace: Trace, term: Term, index: object) -> Size:
    match index:
        case Fixed(size=size):
            return size
        case Bound(number=number):
            return term.bound[number]
        case _:
            return trace.entries.slots[index.number]  # type: ignore[attr-defined]


def sums(trace: Trace, term: Term) -> Place | None:
    """A sum over an index of which every position is listed."""
    if not trace.search.listing:
        return None
    number = next((k for k, size in enumerate(term.bound) if is_listed(size)), None)
    return None if number is None else ("sum written out", 0, (number,))


def functions(trace: Trace, term: Term) -> Place | None:
    """Determinants, and entries of adjugates and inverses, of matrices that are written out."""
    if not trace.search.listing:
        return None
    for place, factor in enumerate(term.factors):
        head = factor.head
        if isinstance(head, Opaque) and head.function in OF_A_MATRIX and is_listed(head.bodies[0].slots[0], MOST_ROWS):
            at = head.function == "det" or all(isinstance(index, Fixed) for index in factor.indices)
            found = accepts(trace, term, OF_A_MATRIX[head.function], place) if at else None
            if found is not None:
                return found
    return None


LISTING: tuple[Finder, ...] = (cuts, counted, sums, functions)
