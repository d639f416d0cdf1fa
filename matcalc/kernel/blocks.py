"""Rules for block matrices: an axis of a matrix whose positions are known, a position in place of its index a block.

In a matrix on the axes (N, n) the blocks M_pq are n×n, and the first axis counts them; a rule names that axis by its
number. Source: Horn and Johnson 2013, Matrix Analysis, sections 0.7.3 and 0.8.5.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Any, TypeAlias

from matcalc.components.exponents import exponent
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Delta,
    Entries,
    Factor,
    Fixed,
    Group,
    Index,
    Opaque,
    Slot,
    Term,
    instantiate,
    substitute,
)
from matcalc.kernel.arrange import in_order
from matcalc.kernel.invertibility import is_invertible
from matcalc.kernel.matrices import half_of, matrix_function, scalar_value
from matcalc.kernel.positions import positions
from matcalc.kernel.steps import Site, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]
Indices: TypeAlias = tuple[Index, ...]
Link: TypeAlias = Callable[[Indices, Indices], Factor]
"""A matrix in a product, at row and column indices."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix of blocks: `axis` counts them, `places` are its positions; `sizes` are those of the axes of a block."""

    body: Entries
    axis: int
    places: tuple[Fixed, ...]
    facts: Facts

    @classmethod
    def of(cls, body: Entries, axis: int, facts: Facts) -> "Blocks":
        """Refused unless this is a square matrix of square blocks on an axis whose size is a number."""
        half = half_of(body)
        require(half > 1 and isinstance(axis, int) and 0 <= axis < half, "no such axis")
        places = positions(body.slots[axis])
        require(len(places) > 1, "a single block")
        return cls(body, axis, places, facts)

    @property
    def sizes(self) -> tuple[Size, ...]:
        return self.without(self.body.slots[: len(self.body.slots) // 2])

    def without(self, indices: Sequence[Any]) -> tuple[Any, ...]:
        """The indices, or sizes, of a block among those of the matrix."""
        return (*indices[: self.axis], *indices[self.axis + 1 :])

    def at(self, row: Fixed, column: Fixed) -> Entries:
        """A block, in order."""
        half = len(self.sizes) + 1
        slots = tuple(Slot(k) for k in range(2 * half - 2))
        rows, columns = self.placed(slots[: half - 1], row), self.placed(slots[half - 1 :], column)
        block = Entries(self.sizes * 2, instantiate(self.body, (*rows, *columns), 0))
        return in_order(Entries(block.slots, tuple(_valued(block.terms))), self.facts)

    def is_alone(self, row: Fixed, column: Fixed) -> bool:
        """Whether the other blocks of its row, or of its column, are 0."""
        beside = any(self.at(row, place).terms for place in self.places if place != column)
        return not (beside and any(self.at(place, column).terms for place in self.places if place != row))

    def placed(self, indices: Sequence[Index], *place: Fixed) -> Indices:
        """The indices of a block with a position on the axis that counts the blocks."""
        return (*indices[: self.axis], *place, *indices[self.axis :])

    def assembled(self, count: int, block: Callable[[int, int], Entries]) -> Entries:
        """The matrix of so many rows and columns of blocks; where it is a single one, that block."""
        if count == 1:
            return block(0, 0)
        size = self.places[0].size.ring(count)
        half = len(self.sizes) + 1
        slots = tuple(Slot(k) for k in range(2 * half))
        ends = (slots[self.axis], slots[half + self.axis])
        at = (*self.without(slots[:half]), *self.without(slots[half:]))
        terms = [
            Term(Fraction(1), (), (*_deltas(ends, (Fixed(size.ring(i + 1), size), Fixed(size.ring(j + 1), size))), f))
            for i, j in product(range(count), repeat=2)
            for f in _parenthesis(block(i, j), at)
        ]
        sizes = (*self.sizes[: self.axis], size, *self.sizes[self.axis :])
        return Entries(sizes * 2, tuple(terms))

    def entry(self, head: Opaque, count: int, row: int, column: int) -> Link:
        """A block, counted from 0, of a function of an assembled matrix."""
        if count == 1:
            return lambda rows, columns: Factor(head, (*rows, *columns))
        size = self.places[0].size.ring(count)
        first, second = (Fixed(size.ring(k + 1), size) for k in (row, column))
        return lambda rows, columns: Factor(head, (*self.placed(rows, first), *self.placed(columns, second)))


def _deltas(ends: Sequence[Index], places: Sequence[Index]) -> tuple[Factor, ...]:
    return tuple(Factor(Delta(), pair) for pair in zip(ends, places, strict=True))


def _parenthesis(matrix: Entries, at: Indices) -> Iterator[Factor]:
    """The matrix at these indices; nothing where it is 0."""
    if matrix.terms:
        yield Factor(Group(matrix), at)


def _valued(terms: Sequence[Term]) -> Iterator[Term]:
    """The terms with the deltas of positions that differ by a number replaced by their values."""
    for term in terms:
        known = [f for f in term.factors if isinstance(f.head, Delta) and _difference(f) is not None]
        if not any(_difference(f) for f in known):
            yield Term(term.coefficient, term.bound, tuple(f for f in term.factors if f not in known))


def _difference(factor: Factor) -> int | None:
    """The difference of a delta's two positions, where it is a number."""
    first, second = factor.indices
    if isinstance(first, Fixed) and isinstance(second, Fixed) and (first.position - second.position).is_ground:
        return bool(first.position - second.position)
    return None


def _matrix(entries: Entries) -> Link:
    return lambda rows, columns: Factor(Group(entries), (*rows, *columns))


def _inverse(entries: Entries) -> Link:
    return lambda rows, columns: Factor(Opaque("inv", (entries,)), (*rows, *columns))


@dataclass(frozen=True, slots=True)
class _Cases:
    """An entry of a matrix of blocks by the cases of its row and column of blocks."""

    blocks: Blocks
    site: Site
    rows: Indices
    columns: Indices

    def term(self, row: Fixed, column: Fixed, sign: int, *links: Link) -> Term:
        """A product of matrices as the block at this row and column."""
        axis, sizes = self.blocks.axis, self.blocks.sizes
        ends = _deltas((self.rows[axis], self.columns[axis]), (row, column))
        count, offset = len(sizes), self.site.offset
        joints = [tuple(Bound(offset + n * count + k) for k in range(count)) for n in range(len(links) - 1)]
        stops = [self.blocks.without(self.rows), *joints, self.blocks.without(self.columns)]
        factors = (link(*pair) for link, pair in zip(links, pairwise(stops), strict=True))
        return Term(Fraction(sign), sizes * len(joints), (*ends, *factors))


def elimination(site: Site) -> Terms:
    """det(M) = ± det(M_pq) det(S), S = M_ij − M_iq M_pq⁻¹ M_pj for i ≠ p, j ≠ q; M⁻¹ by its blocks; M_pq invertible.

    Or M_pq alone in its row or column of blocks: then S = M_ij, and M_pq is invertible where M is.
    Arguments: the axis of the blocks, p and q, counted from 1. The sign is (−1)^(n(p+q)) for n×n blocks.
    Source: Horn and Johnson 2013, Matrix Analysis, sections 0.7.3 and 0.8.5.
    """
    axis, row, column = site.arguments
    body, rows, columns = matrix_function(site, "inv", "det")
    blocks = Blocks.of(body, axis, site.facts)
    numbers = range(1, len(blocks.places) + 1)
    require(row in numbers and column in numbers, "no such block")
    pivot = _Pivot(blocks, blocks.places[row - 1], blocks.places[column - 1])
    known = blocks.is_alone(pivot.row, pivot.column) or is_invertible(pivot.block, site.facts)
    require(known, "nothing says that the block is invertible")
    if not rows:
        minus = Factor(Group(Entries((), (Term(Fraction(-1)),))), (), exponent(prod(blocks.sizes)))
        sign = (minus,) if (row + column) % 2 else ()
        dets = (Factor(Opaque("det", (matrix,))) for matrix in (pivot.block, pivot.complement))
        return scalar_value(site, *sign, *dets)
    require(site.factor.exponent == 1, "a power of an entry")
    return substitute(site.term, site.place, pivot.inverse(_Cases(blocks, site, rows, columns)))


@dataclass(frozen=True, slots=True)
class _Pivot:
    """The block by which rows and columns of blocks are eliminated, and where it stands."""

    blocks: Blocks
    row: Fixed
    column: Fixed

    @property
    def block(self) -> Entries:
        return self.blocks.at(self.row, self.column)

    @property
    def others(self) -> tuple[tuple[Fixed, ...], tuple[Fixed, ...]]:
        """The other rows and the other columns."""
        places = self.blocks.places
        return tuple(p for p in places if p != self.row), tuple(p for p in places if p != self.column)

    @property
    def complement(self) -> Entries:
        """The Schur complement S."""
        rows, columns = self.others
        return self.blocks.assembled(len(rows), lambda i, j: self._block_of_complement(rows[i], columns[j]))

    def _block_of_complement(self, row: Fixed, column: Fixed) -> Entries:
        """M_ij − M_iq M_pq⁻¹ M_pj."""
        sizes, count = self.blocks.sizes, len(self.blocks.sizes)
        first, second = (tuple(Slot(start + k) for k in range(count)) for start in (0, count))
        a, b = (tuple(Bound(start + k) for k in range(count)) for start in (0, count))
        block, before, after = (self.blocks.at(*at) for at in ((row, column), (row, self.column), (self.row, column)))
        if not (before.terms and after.terms):
            return block
        factors = (_matrix(before)(first, a), _inverse(self.block)(a, b), _matrix(after)(b, second))
        return Entries(block.slots, (*block.terms, Term(Fraction(-1), sizes * 2, factors)))

    def inverse(self, cases: _Cases) -> Iterator[Term]:
        """The blocks of M⁻¹, whose rows are M's columns: S⁻¹, −S⁻¹ M_iq M_pq⁻¹, −M_pq⁻¹ M_pj S⁻¹, and the last one."""
        own, head = _inverse(self.block), Opaque("inv", (self.complement,))
        rows, columns = self.others
        yield cases.term(self.column, self.row, 1, own)
        for (j, column), (i, row) in product(enumerate(columns), enumerate(rows)):
            inner = self.blocks.entry(head, len(rows), j, i)
            before, after = self.blocks.at(row, self.column), self.blocks.at(self.row, column)
            yield cases.term(column, row, 1, inner)
            if before.terms:
                yield cases.term(column, self.row, -1, inner, _matrix(before), own)
            if after.terms:
                yield cases.term(self.column, row, -1, own, _matrix(after), inner)
            if before.terms and after.terms:
                yield cases.term(self.column, self.row, 1, own, _matrix(after), inner, _matrix(before), own)


def equal_sums(site: Site) -> Terms:
    """det(M) = det(T) det(S), S = M_ij − M_pj for i, j ≠ p, where every row of blocks adds up to T; M⁻¹ by its blocks.

    Arguments: the axis of the blocks and p, counted from 1. To add all columns to column p, then to take row p from the
    others, leaves T at p and 0 below and above it. Source: Horn and Johnson 2013, Matrix Analysis, section 0.8.5.
    """
    axis, number = site.arguments
    body, rows, columns = matrix_function(site, "inv", "det")
    blocks = Blocks.of(body, axis, site.facts)
    require(number in range(1, len(blocks.places) + 1), "no such row")
    sums = [_sum(blocks, row) for row in blocks.places]
    require(all(total == sums[0] for total in sums), "the rows add up to different blocks")
    place = blocks.places[number - 1]
    others = [p for p in blocks.places if p != place]
    rest = blocks.assembled(len(others), lambda i, j: _difference_of(blocks, (others[i], place), others[j]))
    if not rows:
        return scalar_value(site, *(Factor(Opaque("det", (matrix,))) for matrix in (sums[0], rest)))
    require(site.factor.exponent == 1, "a power of an entry")
    cases = _Cases(blocks, site, rows, columns)
    return substitute(site.term, site.place, _of_equal_sums(cases, place, sums[0], rest))


def _sum(blocks: Blocks, row: Fixed) -> Entries:
    """A row of blocks added up."""
    terms = [term for column in blocks.places for term in blocks.at(row, column).terms]
    return in_order(Entries(blocks.sizes * 2, tuple(terms)), blocks.facts)


def _difference_of(blocks: Blocks, rows: tuple[Fixed, Fixed], column: Fixed) -> Entries:
    """M_ij − M_pj."""
    first, second = (blocks.at(row, column) for row in rows)
    negative = (Term(-t.coefficient, t.bound, t.factors) for t in second.terms)
    return in_order(Entries(first.slots, (*first.terms, *negative)), blocks.facts)


def _of_equal_sums(cases: _Cases, place: Fixed, total: Entries, rest: Entries) -> Iterator[Term]:
    """T⁻¹ in every row of column p, and beside S⁻¹, for i, j ≠ p, w_i = −T⁻¹ Σ_j M_pj (S⁻¹)_ji in every row.

    What stands at i in a row is taken away at p.
    """
    blocks, own = cases.blocks, _inverse(total)
    others = [p for p in blocks.places if p != place]
    head = Opaque("inv", (rest,))
    for row in blocks.places:
        yield cases.term(row, place, 1, own)
    for (j, column), (i, to) in product(enumerate(others), repeat=2):
        inner = blocks.entry(head, len(others), j, i)
        beside = blocks.at(place, column)
        for at, sign in ((to, 1), (place, -1)):
            yield cases.term(column, at, sign, inner)
            for row in blocks.places if beside.terms else ():
                yield cases.term(row, at, -sign, own, _matrix(beside), inner)


def diagonal(site: Site) -> Terms:
    """F(M)_pq = δ_pq F(M_pp) where M_pq = 0 for p ≠ q; det(M) = Π_p det(M_pp) where M_pq = 0 for p > q, or for p < q.

    F is the inverse, a power, the exponential. The argument is the axis of the blocks.
    """
    (axis,) = site.arguments
    body, rows, columns = matrix_function(site, "inv", "det", "matrix_power", "expm")
    blocks = Blocks.of(body, axis, site.facts)
    count = len(blocks.places)
    filled = [(i, j) for i, j in product(range(count), repeat=2) if blocks.at(blocks.places[i], blocks.places[j]).terms]
    below, above = all(i >= j for i, j in filled), all(i <= j for i, j in filled)
    head = site.head
    assert isinstance(head, Opaque)
    if head.function == "det":
        require(below or above, "not a triangle of blocks")
        return scalar_value(site, *(Factor(Opaque("det", (blocks.at(p, p),))) for p in blocks.places))
    require(below and above, "a block beside the diagonal")
    require(site.factor.exponent == 1, "a power of an entry")
    cases = _Cases(blocks, site, rows, columns)
    new = (Opaque(head.function, (blocks.at(p, p),), head.parameters) for p in blocks.places)
    return substitute(
        site.term,
        site.place,
        [cases.term(p, p, 1, _function(function)) for p, function in zip(blocks.places, new, strict=True)],
    )


def _function(head: Opaque) -> Link:
    return lambda rows, columns: Factor(head, (*rows, *columns))
