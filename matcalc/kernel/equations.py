"""Equations between entries, and the replacement of one term of an equation by its others.

An equation is an `Entries` that is zero at all its slots, Σ_b (M⁻¹)_ib M_bj − δ_ij, say. Where the factors of one of
its terms stand in a product, with sums of their own, they may be replaced by the other terms. So a rule of this kind
states an equation, and everything about indices is checked here, once.
"""

from collections.abc import Sequence

from matcalc.components.terms import (
    Bound,
    Delta,
    Entries,
    Factor,
    Fixed,
    Index,
    Opaque,
    Slot,
    Term,
    drop_bound,
    instantiate,
    reindex,
    sizes_in,
)
from matcalc.kernel.algebra import size_of, taken_from
from matcalc.kernel.steps import Site, check_places, require, used_only_in
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]


def replaced(
    site: Site, equation: Entries, number: int, places: Sequence[int], at: Sequence[Index], sums: Sequence[Index]
) -> Terms:
    """F T = −F (E − T) for a term T of an equation E = 0, whose number this is.

    `places` are those of T's factors, in T's order, `at` the indices in place of E's slots, `sums` those in place of
    T's sums: bound indices that no other factor uses.
    """
    require(isinstance(number, int) and 0 <= number < len(equation.terms), "no such term")
    lead = equation.terms[number]
    check_places(site.term, *places)
    require(len(at) == len(equation.slots) and len(sums) == len(lead.bound), "the indices do not fit")
    require(all(size_of(site, i) == size for i, size in zip(at, equation.slots, strict=True)), "sizes differ")
    image: dict[Index, Index] = {Slot(k): index for k, index in enumerate(at)}
    image |= {Bound(k): index for k, index in enumerate(sums)}
    found = tuple(site.term.factors[place] for place in places)
    taken = taken_from(found, reindex(lead.factors, image), site.facts)
    require(taken is not None, "the term does not stand here")
    assert taken is not None
    rest, sign = taken
    _check_sums(site, lead, places, at, sums, rest)
    kept = (*(f for k, f in enumerate(site.term.factors) if k not in places), *rest)
    others = Entries(equation.slots, tuple(t for k, t in enumerate(equation.terms) if k != number))
    scale, bound = -sign * site.term.coefficient / lead.coefficient, site.term.bound
    new = [
        Term(scale * t.coefficient, bound + t.bound, (*kept, *t.factors)) for t in instantiate(others, at, site.offset)
    ]
    numbers = sorted((index.number for index in sums if isinstance(index, Bound)), reverse=True)
    for gone in numbers:
        new = [drop_bound(term, gone) for term in new]
    return tuple(new)


def _check_sums(
    site: Site, lead: Term, places: Sequence[int], at: Sequence[Index], sums: Sequence[Index], rest: Sequence[Factor]
) -> None:
    """Refuses unless the sums are different bound indices of the right sizes, used in the term alone."""
    require(len({*sums}) == len(sums) and not {*sums} & {*at}, "an index is used twice")
    for index, size in zip(sums, lead.bound, strict=True):
        require(isinstance(index, Bound) and site.sizes[index] == size, "a sum of another size")
        assert isinstance(index, Bound)
        require(used_only_in(site.term, index, {*places}), "a sum is used elsewhere")
        require(not any(index in factor.indices for factor in rest), "a sum is used elsewhere")


def beside(function: Opaque, side: str, matrix: Entries, value: Entries) -> Entries:
    """F(M) T + … = G for the terms T of a matrix beside a function of it (`side` right), or T F(M) + … = G (left).

    `value` is G over the same slots as the matrix. The term beside T is that of T's number; where T is a delta at an
    index that joins it to F(M), the delta is contracted.
    """
    require(side in ("left", "right"), "neither side")
    half = len(matrix.slots) // 2
    rows, columns = (tuple(Slot(start + k) for k in range(half)) for start in (0, half))
    inner = tuple(Bound(k) for k in range(half))
    of_function: tuple[Index, ...] = (*rows, *inner) if side == "right" else (*inner, *columns)
    of_matrix: tuple[Index, ...] = (*inner, *columns) if side == "right" else (*rows, *inner)
    sizes = matrix.slots[:half]
    terms = (
        Term(t.coefficient, sizes + t.bound, (Factor(function, of_function), *t.factors))
        for t in instantiate(matrix, of_matrix, half)
    )
    joined = tuple(_contracted(term, matrix.slots, half) for term in terms)
    return Entries(matrix.slots, (*joined, *(Term(-t.coefficient, t.bound, t.factors) for t in value.terms)))


def _contracted(term: Term, slots: tuple[Size, ...], half: int) -> Term:
    """Σ_a δ_ab f(a) = f(b) for the first sums of a term, so many of them."""
    for number in reversed(range(half)):
        index, sizes = Bound(number), sizes_in(Entries(slots, ()), term)
        for place, factor in enumerate(term.factors):
            if isinstance(factor.head, Delta) and factor.exponent == 1 and index in factor.indices:
                kept = factor.indices[factor.indices[0] == index]
                size = kept.size if isinstance(kept, Fixed) else sizes[kept]
                if kept != index and size == sizes[index]:
                    others = (*term.factors[:place], *term.factors[place + 1 :])
                    moved = reindex(others, {index: kept})
                    term = drop_bound(Term(term.coefficient, term.bound, moved), number)
                    break
    return term
