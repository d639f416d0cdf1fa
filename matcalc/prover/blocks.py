"""Where the rules of Kronecker products of sums and of block matrices apply: rows of the normal form's tables."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from matcalc.components.order import size_key
from matcalc.components.terms import Bound, Delta, Entries, Factor, Fixed, Index, Slot, Split, Term, reindex
from matcalc.kernel.arrange import in_order
from matcalc.kernel.blocks import Blocks
from matcalc.kernel.matrices import OF_SQUARE
from matcalc.language.nodes import Size
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.listing import is_listed
from matcalc.prover.matrices import functions, reached
from matcalc.prover.trace import Trace

Table: TypeAlias = Mapping[Entries, Sequence[tuple[Fraction, Entries]]]
"""For each right factor of a sum of Kronecker products the left ones, with their coefficients."""


def cut_axes(trace: Trace, term: Term) -> Place | None:
    """A function of a matrix whose rows and columns are cut alike in every term but an identity."""
    for place, _, head in functions(term, *OF_SQUARE):
        half = len(head.bodies[0].slots) // 2
        for axis in range(half if len(head.bodies[0].slots) == 2 * half else 0):
            sizes = _cut_of(head.bodies[0], axis, half)
            found = None if sizes is None else accepts(trace, term, "function of a cut matrix", place, axis, sizes)
            if found is not None:
                return found
    return None


def _cut_of(body: Entries, axis: int, half: int) -> tuple[Size, ...] | None:
    """The sizes of the parts into which this axis is cut; None where a term does not fit."""
    found = set[tuple[Size, ...]]()
    for term in body.terms:
        ends = [[f for f in term.factors if Slot(k) in f.indices] for k in (axis, half + axis)]
        if ends[0] == ends[1] and len(ends[0]) == 1 and isinstance(ends[0][0].head, Delta):
            continue
        for factors in ends:
            if (
                len(factors) != 1
                or not isinstance(factors[0].head, Split)
                or not isinstance(factors[0].indices[0], Slot)
            ):
                return None
            found.add(tuple(_size(body, term, index) for index in factors[0].indices[1:]))
    return found.pop() if len(found) == 1 else None


def _is_cut_of_slot(factor: Factor) -> bool:
    return isinstance(factor.head, Split) and isinstance(factor.indices[0], Slot)


def _size(body: Entries, term: Term, index: Index) -> Size:
    match index:
        case Fixed(size=size):
            return size
        case Bound(number=number):
            return term.bound[number]
        case Slot(number=number):
            return body.slots[number]


def factored(trace: Trace, term: Term) -> Place | None:
    """A function of a Kronecker product that was multiplied out."""
    for place, _, head in functions(term, "inv", "det", "matrix_power"):
        body = head.bodies[0]
        half = len(body.slots) // 2
        for axis in range(half if half > 1 and len(body.slots) == 2 * half else 0):
            for parts in _factors(trace, body, (axis,)):
                found = accepts(trace, term, "function of a multiplied Kronecker product", place, (axis,), *parts)
                if found is not None:
                    return found
    return None


def _factors(trace: Trace, body: Entries, axes: tuple[int, ...]) -> Iterator[tuple[Entries, Entries]]:
    """P and Q whose Kronecker product, P on these axes, may be the matrix; scalars are in P, then in Q."""
    half = len(body.slots) // 2
    other = tuple(a for a in range(half) if a not in axes)
    halves = [_in_two(body, term, axes) for term in body.terms]
    if not body.terms or any(split is None for split in halves):
        return
    for scalars_first in (True, False):
        table: dict[Entries, list[tuple[Fraction, Entries]]] = {}
        for term, split in zip(body.terms, halves, strict=True):
            assert split is not None
            first, second, scalars = split
            left = _matrix(body, term, (*first, *scalars) if scalars_first else first, axes)
            right = _matrix(body, term, second if scalars_first else (*second, *scalars), other)
            left, right = (in_order(m, trace.search.facts) for m in (left, right))
            table.setdefault(right, []).append((term.coefficient, left))
        yield from _of_rank_one(trace, table)


def _of_rank_one(trace: Trace, table: Table) -> Iterator[tuple[Entries, Entries]]:
    """Σ_q P_q ⊗ q as P ⊗ Σ λ_q q, where P_q = λ_q P."""
    sums = []
    for left in table.values():
        terms = (Term(c, t.bound, t.factors) for c, matrix in left for t in matrix.terms)
        sums.append(in_order(Entries(left[0][1].slots, tuple(terms)), trace.search.facts))
    first, scales = sums[0], []
    for matrix in sums:
        if not matrix.terms or len(matrix.terms) != len(first.terms):
            return
        scale = matrix.terms[0].coefficient / first.terms[0].coefficient
        if matrix.terms != tuple(Term(scale * t.coefficient, t.bound, t.factors) for t in first.terms):
            return
        scales.append(scale)
    rights = tuple(Term(s, t.bound, t.factors) for s, q in zip(scales, table, strict=True) for t in q.terms)
    yield first, Entries(next(iter(table)).slots, rights)


def _in_two(body: Entries, term: Term, axes: tuple[int, ...]) -> tuple[list[int], list[int], list[int]] | None:
    """The places of the factors on these axes, of those on others, and of scalars; None where a factor is on both."""
    half = len(body.slots) // 2
    own = {Slot(a) for a in axes} | {Slot(half + a) for a in axes}
    first, second = set[int](), set[int]()
    for slot in map(Slot, range(2 * half)):
        (first if slot in own else second).update(reached(term, slot, None))
    if first & second:
        return None
    scalars = set(range(len(term.factors))) - first - second
    return sorted(first), sorted(second), sorted(scalars)


def _matrix(body: Entries, term: Term, places: Sequence[int], axes: tuple[int, ...]) -> Entries:
    """The matrix of these factors on these axes."""
    half, count = len(body.slots) // 2, len(axes)
    factors = [term.factors[k] for k in places]
    used = [b for b in map(Bound, range(len(term.bound))) if any(b in f.indices for f in factors)]
    image: dict[Index, Index] = {Slot(a): Slot(k) for k, a in enumerate(axes)}
    image |= {Slot(half + a): Slot(count + k) for k, a in enumerate(axes)}
    image |= {b: Bound(k) for k, b in enumerate(used)}
    new = Term(Fraction(1), tuple(term.bound[b.number] for b in used), reindex(factors, image))
    return Entries(tuple(body.slots[a] for a in axes) * 2, (new,))


def commutations(trace: Trace, term: Term) -> Place | None:
    """The determinant of a commutation matrix."""
    found = (accepts(trace, term, "determinant of a commutation matrix", k) for k, _, _ in functions(term, "det"))
    return next((place for place in found if place is not None), None)


def low_rank_axes(trace: Trace, term: Term) -> Place | None:
    """The identity plus products that are of low rank along an axis."""
    for place, _, head in functions(term, "inv", "det"):
        body = head.bodies[0]
        half = len(body.slots) // 2
        if half > 1 and len(body.slots) == 2 * half and len(body.terms) > 1:
            others = [t for t in body.terms if not _is_identity(t, half)]
            for axis, transposed in product(range(half), (False, True)):
                cuts = [_thin(body, t, axis, transposed) for t in others]
                if None not in cuts:
                    found = accepts(
                        trace, term, "matrix of low rank along an axis", place, axis, tuple(cuts), transposed
                    )
                    if found is not None:
                        return found
    return None


def _is_identity(term: Term, half: int) -> bool:
    return len(term.factors) == half and all(isinstance(f.head, Delta) for f in term.factors)


def _thin(body: Entries, term: Term, axis: int, transposed: bool) -> tuple[tuple[int, ...], tuple[Bound, ...]] | None:
    """The factors at the axis that no index joins to the others, or one that is smaller than the axis."""
    half = len(body.slots) // 2
    slot = Slot(half + axis if transposed else axis)
    for joint in (None, *map(Bound, range(len(term.bound)))):
        if joint is not None and not size_key(term.bound[joint.number]) < size_key(body.slots[axis]):
            continue
        near = reached(term, slot, joint)
        if not any(isinstance(i, Slot) and i != slot for k in near for i in term.factors[k].indices):
            return tuple(sorted(near)), () if joint is None else (joint,)
    return None


def diagonal(trace: Trace, term: Term) -> Place | None:
    """A function of a block-diagonal matrix, a determinant of a block-triangular one."""
    for place, axis, _ in of_blocks(trace, term, "inv", "det", "matrix_power", "expm"):
        found = accepts(trace, term, "function of a block-diagonal matrix", place, axis)
        if found is not None:
            return found
    return None


def eliminated(trace: Trace, term: Term) -> Place | None:
    """A block alone in its row or column, or one that the claim inverts; rows with one sum; any invertible block."""
    for place, axis, blocks in of_blocks(trace, term, "inv", "det"):
        for rule, *arguments in _ways(blocks, trace):
            found = accepts(trace, term, rule, place, axis, *arguments)
            if found is not None:
                return found
    return None


def _ways(blocks: Blocks, trace: Trace) -> Iterator[tuple[Any, ...]]:
    """The rules to try, with their arguments after the axis."""
    pairs = sorted(product(blocks.places, repeat=2), key=lambda pair: pair[0] != pair[1])
    alone = [pair for pair in pairs if blocks.at(*pair).terms and blocks.is_alone(*pair)]
    known = [pair for pair in pairs if blocks.at(*pair) in trace.search.facts.invertible]
    number = {place: count for count, place in enumerate(blocks.places, 1)}
    yield from (("block elimination", number[row], number[column]) for row, column in alone + known)
    yield "blocks with equal sums", 1
    yield from (("block elimination", number[row], number[column]) for row, column in pairs)


def of_blocks(trace: Trace, term: Term, *names: str) -> Iterator[tuple[int, int, Blocks]]:
    """The functions of matrices on an axis at which only deltas stand, some of them at positions."""
    for place, _, head in functions(term, *names):
        body = head.bodies[0]
        half = len(body.slots) // 2
        for axis in range(half if half > 1 and body.slots[:half] == body.slots[half:] else 0):
            if is_listed(body.slots[axis]) and _counts_blocks(body, axis, half):
                yield place, axis, Blocks.of(body, axis, trace.search.facts)


def _counts_blocks(body: Entries, axis: int, half: int) -> bool:
    at = {Slot(axis), Slot(half + axis)}
    factors = [f for term in body.terms for f in term.factors if at & {*f.indices}]
    placed = any(isinstance(i, Fixed) for f in factors for i in f.indices)
    return placed and all(isinstance(f.head, Delta) for f in factors)


BLOCKS: tuple[Finder, ...] = (cut_axes, commutations, factored, low_rank_axes, diagonal, eliminated)
