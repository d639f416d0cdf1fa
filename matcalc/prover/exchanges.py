"""Where positions on an axis are exchanged, and one is taken from the sum over all: rows of the normal form's tables.

A block of a function of a matrix stands at the first positions to which the symmetries of that matrix send it. Of the
products whose sum over a joint is a single factor, exp(s M)_pb exp(t M)_bq, Q_pb Q_qb, the last one is replaced by that
sum less the others.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, permutations, product
from typing import TypeAlias

from matcalc.components.terms import Bound, Factor, Fixed, Index, Split, Term
from matcalc.kernel.blocks import Blocks
from matcalc.kernel.exchanges import OF_SIMILAR_MATRICES, is_symmetry
from matcalc.kernel.steps import used_only_in
from matcalc.language.sizes import literal_value
from matcalc.prover.blocks import of_blocks
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.listing import is_listed
from matcalc.prover.trace import Trace

MOST_EXCHANGED = 3
"""Positions on an axis of which every exchange is tried."""

Images: TypeAlias = tuple[int, ...]
"""Where each position goes, counted from 1, with a sign."""


def exchanged(trace: Trace, term: Term) -> Place | None:
    """A block of a function of a matrix at positions that are not the first to which it can be sent."""
    for place, axis, blocks in of_blocks(trace, term, *OF_SIMILAR_MATRICES):
        at = _numbers(term.factors[place], axis)
        if at is not None and len(blocks.places) <= MOST_EXCHANGED:
            best = min(_symmetries(blocks), key=lambda images: _sent(at, images))
            if _sent(at, best) < at:
                return accepts(trace, term, "exchanged positions", place, axis, best)
    return None


def _numbers(factor: Factor, axis: int) -> tuple[int, ...] | None:
    """The positions of its row and column on this axis, where both are numbers."""
    ends = (factor.indices[axis], factor.indices[len(factor.indices) // 2 + axis])
    found = [literal_value(end.position) for end in ends if isinstance(end, Fixed)]
    return tuple(value for value in found if value is not None) if len(found) == 2 and None not in found else None


def _sent(at: Sequence[int], images: Images) -> tuple[int, ...]:
    return tuple(abs(images[number - 1]) for number in at)


def _symmetries(blocks: Blocks) -> Iterator[Images]:
    """Every exchange with signs that leaves a matrix of blocks as it is; of two that differ by −1 the first."""
    return (images for images in _exchanges(len(blocks.places)) if is_symmetry(blocks, images))


@cache
def _exchanges(count: int) -> tuple[Images, ...]:
    signs = [(1, *others) for others in product((1, -1), repeat=count - 1)]
    return tuple(
        tuple(sign * image for sign, image in zip(chosen, order, strict=True))
        for order in permutations(range(1, count + 1))
        for chosen in signs
    )


def joined(trace: Trace, term: Term) -> Place | None:
    """The last of the products of blocks of two functions of one matrix that add up to a block of their product."""
    found = list(of_blocks(trace, term, "inv", "expm", "matrix_power"))
    for (place, axis, blocks), (other, second_axis, second_blocks) in permutations(found, 2):
        if place != other and axis == second_axis and blocks.body == second_blocks.body:
            answer = _joined(trace, term, place, other, axis, blocks)
            if answer is not None:
                return answer
    return None


def _joined(trace: Trace, term: Term, place: int, other: int, axis: int, blocks: Blocks) -> Place | None:
    """The second function's block sent to where its row is the column of the first, then the sum over that joint."""
    first, second = (_numbers(term.factors[k], axis) for k in (place, other))
    if first is None or second is None or len(blocks.places) > MOST_EXCHANGED or not _meet(term, place, other, axis):
        return None
    symmetries = tuple(_symmetries(blocks))
    for images in symmetries:
        joint, column = _sent(second, images)
        if joint == first[1] and _is_last(first[0], joint, column, symmetries):
            if (joint, column) != second:
                return accepts(trace, term, "exchanged positions", other, axis, images)
            row_end = len(term.factors[place].indices) // 2 + axis
            return accepts(trace, term, "one of a sum", place, (place, row_end), (other, axis))
    return None


def _meet(term: Term, place: int, other: int, axis: int) -> bool:
    """Whether columns of one factor are summed over with rows of another on all axes but this one."""
    first, second = term.factors[place].indices, term.factors[other].indices
    half = len(first) // 2
    pairs = [pair for k, pair in enumerate(zip(first[half:], second[:half], strict=True)) if k != axis]
    return all(i == j and isinstance(i, Bound) and used_only_in(term, i, {place, other}) for i, j in pairs)


def _is_last(row: int, joint: int, column: int, symmetries: Sequence[Images]) -> bool:
    """Whether the product at this joint comes after those at the others."""

    def key(at: int) -> tuple[tuple[int, ...], ...]:
        return tuple(min(_sent(block, images) for images in symmetries) for block in ((row, at), (at, column)))

    return all(key(at) < key(joint) for at in range(1, len(symmetries[0]) + 1) if at != joint)


def counted_out(trace: Trace, term: Term) -> Place | None:
    """The last position of an axis on which two cuts, or two factors of an orthogonal matrix, would be contracted."""
    for (place, one), (other, two) in combinations(enumerate(term.factors), 2):
        if one.head == two.head and one.exponent == two.exponent == 1 and len(one.indices) == len(two.indices):
            for number, index in enumerate(one.indices):
                if index == two.indices[number] and _is_at_end(index) and _contracts(trace, term, place, other, number):
                    return accepts(trace, term, "one of a sum", place, (place, number), (other, number))
    return None


def _is_at_end(index: Index) -> bool:
    return isinstance(index, Fixed) and is_listed(index.size) and index.position == index.size


def _contracts(trace: Trace, term: Term, place: int, other: int, number: int) -> bool:
    """Whether the sum over this index of the two factors is a delta of the indices that are left."""
    head, indices = term.factors[place].head, term.factors[place].indices
    if not isinstance(head, Split):
        return "orthogonal" in trace.search.facts.structure(head)
    parts = [(i, term.factors[other].indices[k]) for k, i in enumerate(indices) if k not in (0, number)]
    return number > 0 and all(
        i == j and isinstance(i, Bound) and used_only_in(term, i, {place, other}) for i, j in parts
    )


EXCHANGES: tuple[Finder, ...] = (joined, exchanged, counted_out)
