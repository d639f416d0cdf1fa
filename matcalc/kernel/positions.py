"""Rules of axes whose size is a number, of which every position can be listed, and of positions on a cut axis."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product

from matcalc.components.exponents import is_integral
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
    Split,
    Term,
    drop_bound,
    reindex,
    substitute,
)
from matcalc.kernel.matrices import drop_all, half_of, matrix_function
from matcalc.kernel.steps import Site, require, used_only_in
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]
Place = tuple[Fixed, ...]
"""A row or a column: a position on each index of an axis."""


def positions(size: Size) -> tuple[Fixed, ...]:
    """Every position on an axis, refused where their number is not known."""
    require(size.is_ground and size.coeff(1).denominator == 1, "a size that is no number")
    return tuple(Fixed(size.ring(number), size) for number in range(1, int(size.coeff(1)) + 1))


def sum_written_out(site: Site) -> Terms:
    """Σ_b t(b) = t(1) + … + t(N) for an index b of size N, a number; the argument is the number of b."""
    (number,) = site.arguments
    require(isinstance(number, int) and 0 <= number < len(site.term.bound), "no such sum")
    return tuple(_at(site.term, Bound(number), here) for here in positions(site.term.bound[number]))


def _at(term: Term, index: Bound, here: Fixed) -> Term:
    """The term at one position of a sum."""
    return drop_bound(Term(term.coefficient, term.bound, reindex(term.factors, {index: here})), index.number)


def free_index_by_cases(site: Site) -> Terms:
    """t(i) = δ_i1 t(1) + … + δ_iN t(N) for a free index i of size N, a number; the argument is the number of i."""
    (number,) = site.arguments
    require(isinstance(number, int) and 0 <= number < len(site.entries.slots), "no such index")
    slot, term = Slot(number), site.term
    return tuple(
        Term(term.coefficient, term.bound, (Factor(Delta(), (slot, here)), *reindex(term.factors, {slot: here})))
        for here in positions(site.entries.slots[number])
    )


def determinant(site: Site) -> Terms:
    """det(M) = Σ_σ sgn(σ) Π_k M_{k σ(k)} for a matrix whose size is a number."""
    body, _, _ = matrix_function(site, "det")
    rows = _places(body)
    terms = tuple(_product(body, dict(zip(rows, image, strict=True)), sign) for image, sign in _permutations(rows))
    return substitute(site.term, site.place, [_power(terms, site)])


def adjugate(site: Site) -> Terms:
    """adj(M)_ij = Σ_σ sgn(σ) Π_{k≠j} M_{k σ(k)} over the permutations with σ(j) = i, at positions that are numbers."""
    body, row, column = matrix_function(site, "adjugate")
    rows = _places(body)
    require(row in rows and column in rows, "not at positions that are numbers")
    terms = []
    for image, sign in _permutations(rows):
        pairs = list(zip(rows, image, strict=True))
        if (column, row) in pairs:
            rest = {k: sent for k, sent in pairs if k != column}
            terms.append(_product(body, rest, sign))
    return substitute(site.term, site.place, [_power(tuple(terms), site)])


def _places(body: Entries) -> list[Place]:
    return list(product(*map(positions, body.slots[: half_of(body)])))


def _permutations(rows: Sequence[Place]) -> Iterator[tuple[Sequence[Place], int]]:
    """Every order of the rows, with its sign."""
    for order in permutations(range(len(rows))):
        inversions = sum(order[i] > order[j] for j in range(len(order)) for i in range(j))
        yield [rows[k] for k in order], -1 if inversions % 2 else 1


def _product(body: Entries, sent: dict[Place, Place], sign: int) -> Term:
    return Term(Fraction(sign), (), tuple(Factor(Group(body), (*row, *column)) for row, column in sent.items()))


def _power(terms: Terms, site: Site) -> Term:
    """The sum in place of the function, to its power."""
    return Term(Fraction(1), (), (Factor(Group(Entries((), terms)), (), site.factor.exponent),))


def inverse(site: Site) -> Terms:
    """(M⁻¹)_ij = adj(M)_ij / det(M)."""
    body, rows, columns = matrix_function(site, "inv")
    require(site.factor.exponent == 1, "a power of an entry")
    determinant = Factor(Opaque("det", (body,)), (), Fraction(-1))
    adjugate = Factor(Opaque("adjugate", (body,)), (*rows, *columns))
    return substitute(site.term, site.place, [Term(Fraction(1), (), (adjugate, determinant))])


def cut_of_position(site: Site) -> Terms:
    """[(i − 1) q + j ≙ (k, l)] = δ_ki δ_lj for a k of any size and an l of size q, with 1 ≤ j ≤ q.

    The arguments are the positions i and j.
    """
    first, second = site.arguments
    require(isinstance(site.head, Split) and site.factor.exponent == 1, "no cut here")
    require(len(site.factor.indices) == 3, "not a cut in two")
    whole, k, m = site.factor.indices
    require(isinstance(whole, Fixed), "not a cut of a position")
    assert isinstance(whole, Fixed)
    sizes = [_size(site, index) for index in (k, m)]
    require((first - 1) * sizes[1] + second == whole.position, "these positions do not make the whole")
    require(is_within(second, sizes[1], site.facts), "nothing says that the position is on the axis")
    deltas = (Factor(Delta(), (k, Fixed(first, sizes[0]))), Factor(Delta(), (m, Fixed(second, sizes[1]))))
    return substitute(site.term, site.place, [Term(Fraction(1), (), deltas)])


def cut_counted(site: Site) -> Terms:
    """Σ_a [a ≙ (i, j, …)] = 1 = Σ_ij… [a ≙ (i, j, …)], what is summed being in no other factor.

    The argument says whether the sum is over a.
    """
    (whole,) = site.arguments
    require(isinstance(site.head, Split) and site.factor.exponent == 1, "no cut here")
    summed = site.factor.indices[:1] if whole else site.factor.indices[1:]
    private = all(isinstance(i, Bound) and used_only_in(site.term, i, {site.place}) for i in summed)
    require(private and len({*site.factor.indices}) == len(site.factor.indices), "an index is used elsewhere")
    kept = tuple(f for k, f in enumerate(site.term.factors) if k != site.place)
    return (drop_all(Term(site.term.coefficient, site.term.bound, kept), summed),)


def _size(site: Site, index: Index) -> Size:
    return index.size if isinstance(index, Fixed) else site.sizes[index]


def is_within(position: Size, size: Size, facts: Facts) -> bool:
    """Whether a position is in 1..size for every value of the names."""
    return is_integral(position) and facts.at_least_zero(position - 1) and facts.at_least_zero(size - position)
