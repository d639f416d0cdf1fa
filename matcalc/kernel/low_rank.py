"""Determinant and inverse of an invertible matrix plus outer products: a determinant of as few rows as there are.

With U and V of K columns, and the small matrix C = I + Vᵀ T⁻¹ U, which is written out by permutations:
det(T + U Vᵀ) = det(T) det(C), (T + U Vᵀ)⁻¹ = T⁻¹ − T⁻¹ U C⁻¹ Vᵀ T⁻¹.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import prod
from typing import TypeAlias

from matcalc.components.arrays import contract, single
from matcalc.components.terms import (
    Bound,
    Entries,
    Factor,
    Group,
    Index,
    Opaque,
    Slot,
    Term,
    reindex,
    substitute,
)
from matcalc.kernel.invertibility import is_invertible
from matcalc.kernel.matrices import half_of, matrix_function, scalar_value
from matcalc.kernel.steps import Site, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]
Cut: TypeAlias = tuple[int, Sequence[int]]
"""The number of a term, and the places of those of its factors that belong to rows."""

Pair: TypeAlias = tuple[Entries, Entries]
"""The columns u and v of an outer product u vᵀ."""

MOST = 4
"""Columns of U and V at most: so many rows has the determinant that is written out."""

ROW, COLUMN = Slot(0), Slot(1)


def low_rank_update(site: Site) -> Terms:
    """det(T + U Vᵀ) and (T + U Vᵀ)⁻¹ for an invertible T; C is invertible because T and T + U Vᵀ are.

    Arguments: whether outer products with one column u (0) or with one row vᵀ (1) are put together, then a cut of each.
    Source: Woodbury 1950, Inverting modified matrices; Horn and Johnson 2013, Matrix Analysis, section 0.7.4.
    """
    side, *cuts = site.arguments
    body, rows, columns = matrix_function(site, "det", "inv")
    require(half_of(body) == 1, "not a matrix of single indices")
    pairs = gathered(body, side, cuts)
    require(0 < len(pairs) <= MOST, f"none, or more than {MOST} outer products")
    numbers = {number for number, _ in cuts}
    rest = Entries(body.slots, tuple(t for k, t in enumerate(body.terms) if k not in numbers))
    require(is_invertible(rest, site.facts), "nothing says that the rest is invertible")
    update = _Update(Opaque("inv", (rest,)), pairs, body.slots[0])
    if isinstance(site.head, Opaque) and site.head.function == "det":
        return scalar_value(site, Factor(Opaque("det", (rest,))), Factor(Group(update.determinant())))
    require(site.factor.exponent == 1, "a power of an entry")
    return substitute(site.term, site.place, [*update.inverse(*rows, *columns)])


def gathered(body: Entries, side: int, cuts: Sequence[Cut]) -> tuple[Pair, ...]:
    """The outer products as pairs of columns, those put together that share a column; refused where a term is none."""
    require(side in (0, 1), "neither columns nor rows")
    require(len({number for number, _ in cuts}) == len(cuts), "a term is named twice")
    found: dict[Entries, list[Term]] = {}
    for number, places in cuts:
        shared, other = _columns(body, number, places, side)
        found.setdefault(shared, []).extend(other.terms)
    sums = {shared: Entries(shared.slots, tuple(terms)) for shared, terms in found.items()}
    return tuple((shared, other) if side == 0 else (other, shared) for shared, other in sums.items())


def _columns(body: Entries, number: int, places: Sequence[int], side: int) -> Pair:
    """The columns of an outer product, first the one that may be shared; the coefficient belongs to the other."""
    require(isinstance(number, int) and 0 <= number < len(body.terms), "no such term")
    term = body.terms[number]
    require(all(isinstance(p, int) and 0 <= p < len(term.factors) for p in places), "no such factor")
    left = tuple(f for k, f in enumerate(term.factors) if k in places)
    right = tuple(f for k, f in enumerate(term.factors) if k not in places)
    inside, outside = ({i for f in factors for i in f.indices} for factors in (left, right))
    require(COLUMN not in inside and ROW not in outside, "the parts do not separate rows from columns")
    require(not any(isinstance(i, Bound) for i in inside & outside), "the parts share an index")
    bound = {Bound(k) for k in range(len(term.bound))}
    require(bound <= inside | outside, "an index that no factor uses")
    parts = [_column(body.slots[0], term, factors) for factors in (left, right)]
    other = Entries(body.slots[:1], tuple(Term(term.coefficient, t.bound, t.factors) for t in parts[1 - side].terms))
    return parts[side], other


def _column(size: Size, term: Term, factors: tuple[Factor, ...]) -> Entries:
    """The product of these factors as a column, its sums named as they come."""
    own = dict.fromkeys(i for factor in factors for i in factor.indices if isinstance(i, Bound))
    image: dict[Index, Index] = {index: Bound(k) for k, index in enumerate(own)}
    image |= {ROW: Slot(0), COLUMN: Slot(0)}
    return Entries((size,), (Term(Fraction(1), tuple(term.bound[i.number] for i in own), reindex(factors, image)),))


@dataclass(frozen=True, slots=True)
class _Update:
    """T + Σ u vᵀ, by the inverse of T and the pairs of columns."""

    inverted: Opaque
    pairs: tuple[Pair, ...]
    size: Size

    def determinant(self) -> Entries:
        """det(C)."""
        every = range(len(self.pairs))
        return self._minor(every, every)

    def inverse(self, row: Index, column: Index) -> Iterator[Term]:
        """T⁻¹ − Σ_ab (T⁻¹ u_a) adj(C)_ab (v_bᵀ T⁻¹) / det(C)."""
        yield Term(Fraction(1), (), (Factor(self.inverted, (row, column)),))
        divisor = Factor(Group(self.determinant()), (), Fraction(-1))
        every = range(len(self.pairs))
        for a, (u, _) in enumerate(self.pairs):
            for b, (_, v) in enumerate(self.pairs):
                rows, columns = ([k for k in every if k != other] for other in (b, a))
                minor = (Factor(Group(self._minor(rows, columns))),) if rows else ()
                before = Factor(Group(self._beside(u, rows=True)), (row,))
                after = Factor(Group(self._beside(v, rows=False)), (column,))
                sign = Fraction((-1) ** (a + b + 1))
                yield Term(sign, (), (before, *minor, after, divisor))

    def _beside(self, column: Entries, *, rows: bool) -> Entries:
        """T⁻¹ u, or vᵀ T⁻¹."""
        at: tuple[Index, Index] = (Slot(0), Bound(0)) if rows else (Bound(0), Slot(0))
        inverse = single((self.size,) * 2, Factor(self.inverted, (ROW, COLUMN)))
        return contract((self.size,), (self.size,), (inverse, at), (column, (Bound(0),)))

    def _entry(self, a: int, b: int) -> Entries:
        """C_ab = δ_ab + v_aᵀ T⁻¹ u_b."""
        one = (Term(Fraction(1)),) if a == b else ()
        after = self._beside(self.pairs[b][0], rows=True)
        before = self.pairs[a][1]
        return Entries((), one + contract((), (self.size,), (before, (Bound(0),)), (after, (Bound(0),))).terms)

    def _minor(self, rows: Sequence[int], columns: Sequence[int]) -> Entries:
        """The determinant of C in these rows and columns, by permutations."""
        orders = permutations(range(len(columns)))
        return Entries((), tuple(self._product(rows, [columns[k] for k in order], _sign(order)) for order in orders))

    def _product(self, rows: Sequence[int], columns: Sequence[int], sign: int) -> Term:
        entries = (self._entry(a, b) for a, b in zip(rows, columns, strict=True))
        return Term(Fraction(sign), (), tuple(Factor(Group(entry)) for entry in entries))


def _sign(order: Sequence[int]) -> int:
    """1 for an even permutation, −1 for an odd one."""
    return prod(-1 if order[i] > order[j] else 1 for j in range(len(order)) for i in range(j))
