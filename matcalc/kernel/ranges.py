"""Rules of finite sums that count from 0, and of integrals over [0, 1]: both are `Range` heads."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from matcalc.components.exponents import exponent, is_integral
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Entries,
    Factor,
    Index,
    Partial,
    Range,
    Slot,
    Term,
    drop_bound,
    instantiate,
    numeral,
    reindex,
    substitute,
)
from matcalc.components.variables import SPARE, binds, composed, factor_mentions, mentions, occurs, replaced
from matcalc.kernel.steps import Site, check_places, require, used_only_in
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator

Terms = tuple[Term, ...]


def finite_sum(site: Site) -> Range:
    """The finite sum or integral at this place."""
    head = site.head
    require(isinstance(head, Range) and site.factor.exponent == 1, "no finite sum here")
    assert isinstance(head, Range)
    return head


def with_summand(head: Range, body: Entries) -> Range:
    """The same sum of something else."""
    return Range(head.variable, head.count, body, head.integral)


def linearity(site: Site) -> Terms:
    """Σ_r (c f g(r) + …) = c f Σ_r g(r) + …, where f does not depend on r; sums that f takes part in come out too."""
    head = finite_sum(site)
    new = [_taken_out(site, head, term) for term in instantiate(head.body, site.factor.indices, site.offset)]
    return substitute(site.term, site.place, new)


def _taken_out(site: Site, head: Range, term: Term) -> Term:
    """One term: what does not depend on the variable comes out, and each sum that is not over the rest alone."""
    parts = [part for f in term.factors for part in power_parts(f, head, site.facts)]
    inner = [f for f in parts if factor_mentions(f, head.variable)]
    outer = [f for f in parts if not factor_mentions(f, head.variable)]
    own = [Bound(site.offset + k) for k in range(len(term.bound))]
    inside = [b for b in own if _uses(inner, b) and not _uses(outer, b)]
    outside = [b for b in own if b not in inside]
    sizes: dict[Index, Size] = dict(zip(own, term.bound, strict=True))
    image: dict[Index, Index] = {b: Bound(site.offset + k) for k, b in enumerate(outside)}
    body, found = _closed(reindex(inner, {}), inside, site.sizes | {b: sizes[b] for b in outside}, sizes)
    factor = Factor(with_summand(head, body), tuple(image.get(i, i) for i in found))
    return Term(term.coefficient, tuple(sizes[b] for b in outside), (*reindex(outer, image), factor))


def power_parts(factor: Factor, head: Range, facts: Facts) -> tuple[Factor, ...]:
    """f^(a r + b) as f^m f^(a r + b − m), m the least exponent in the sum, where m ≥ 0 is known, or m = b for f > 0."""
    power, base = factor.exponent, Factor(factor.head, factor.indices)
    if isinstance(power, Fraction) or factor_mentions(base, head.variable) or occurs(head.count, head.variable):
        return (factor,)
    slope = power.diff(generator(power.ring, head.variable))
    least = composed(power, head.variable, power.ring.zero)
    positive = facts.is_positive(factor.head)
    if occurs(slope, head.variable) or head.integral or not (positive or is_integral(power)):
        return (factor,)
    if not positive:
        if facts.at_least_zero(-slope):
            least += slope * (head.count - 1)
        elif not facts.at_least_zero(slope):
            return (factor,)
        if not facts.at_least_zero(least):
            return (factor,)
    if not least:
        return (factor,)
    return Factor(factor.head, factor.indices, exponent(least)), Factor(factor.head, factor.indices, power - least)


def _uses(factors: Sequence[Factor], index: Index) -> bool:
    return any(index in factor.indices for factor in factors)


def _closed(
    factors: Sequence[Factor], inside: Sequence[Index], free: Mapping[Index, Size], sizes: Mapping[Index, Size]
) -> tuple[Entries, tuple[Index, ...]]:
    """The product of the factors summed over the indices inside, closed over slots for the free ones."""
    found = tuple(dict.fromkeys(i for f in factors for i in f.indices if i in free and i not in inside))
    image: dict[Index, Index] = {index: Slot(k) for k, index in enumerate(found)}
    image |= {index: Bound(k) for k, index in enumerate(inside)}
    bound = tuple(sizes[index] for index in inside)
    return Entries(tuple(free[i] for i in found), (Term(Fraction(1), bound, reindex(factors, image)),)), found


def count(site: Site) -> Terms:
    """Σ_{r=0}^{N−1} 1 = N for N ≥ 0, ∫ 1 = 1."""
    head = finite_sum(site)
    bare = [t for t in head.body.terms if not t.factors and not t.bound and t.coefficient == 1]
    require(len(bare) == len(head.body.terms) == 1, "something depends on the variable")
    require(site.facts.at_least_zero(head.count), "the number of terms could be negative")
    return substitute(site.term, site.place, numeral(head.count))


def derivative(site: Site) -> Terms:
    """∂(Σ_r g(r))/∂X = Σ_r ∂g(r)/∂X, for a finite sum or an integral of smooth functions over [0, 1]."""
    head, factor, by = site.only_factor()
    inner = factor.head
    require(isinstance(inner, Range) and factor.exponent == 1, "not a finite sum")
    assert isinstance(inner, Range)
    own = tuple(Slot(k) for k in range(len(inner.body.slots)))
    axes = site.facts.symbols[head.variable].axes
    require(len(by) == len(axes), "indices of another variable")
    wrt = tuple(Slot(len(own) + k) for k in range(len(by)))
    partial = Factor(Partial(inner.body, head.variable), (*own, *wrt))
    body = Entries((*inner.body.slots, *axes), (Term(Fraction(1), (), (partial,)),))
    return substitute(
        site.term, site.place, [Term(Fraction(1), (), (Factor(with_summand(inner, body), (*factor.indices, *by)),))]
    )


def into_sum(site: Site) -> Terms:
    """F Σ_r g(r) = Σ_r f g(r), and sums over indices that nothing else uses; the argument is the places of f."""
    (places,) = site.arguments
    check_places(site.term, site.place, *places)
    head, chosen = finite_sum(site), set(places)
    moved = tuple(site.term.factors[p] for p in places)
    require(not any(factor_mentions(f, head.variable) for f in moved), "the factor depends on the variable")
    (inner,) = instantiate(head.body, site.factor.indices, site.offset) if len(head.body.terms) == 1 else (None,)
    require(inner is not None, "a sum of terms")
    assert inner is not None
    require(inner.coefficient == 1, "a coefficient")
    inside = [Bound(k) for k in range(site.offset) if _private(site, Bound(k), chosen)]
    require(bool(inside) or bool(moved), "nothing goes in")
    own = {Bound(site.offset + k): size for k, size in enumerate(inner.bound)}
    body, found = _closed((*moved, *inner.factors), [*inside, *own], site.sizes, site.sizes | own)
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in chosen and k != site.place)
    term = Term(site.term.coefficient, site.term.bound, (*kept, Factor(with_summand(head, body), found)))
    for index in reversed(inside):
        term = drop_bound(term, index.number)
    return (term,)


def _private(site: Site, index: Bound, chosen: set[int]) -> bool:
    """Whether a bound index is used, and by the finite sum and the chosen factors alone."""
    places = {site.place} | chosen
    used = any(index in site.term.factors[place].indices for place in places)
    return used and used_only_in(site.term, index, places)


def reversal(site: Site) -> Terms:
    """Σ_{r=0}^{N−1} g(r) = Σ_{r=0}^{N−1} g(N−1−r), ∫ g(t) = ∫ g(1−t)."""
    head = finite_sum(site)
    variable = generator(head.count.ring, head.variable)
    last = head.count if head.integral else head.count - 1
    require(not occurs(head.count, head.variable), "the count depends on the variable")
    bound = (name for name in SPARE if occurs(last, name))
    require(not any(binds(head.body, name) for name in (*bound, head.variable)), "a variable is bound inside")
    body = replaced(head.body, head.variable, last - variable)
    return substitute(
        site.term, site.place, [Term(Fraction(1), (), (Factor(with_summand(head, body), site.factor.indices),))]
    )


def renaming(site: Site) -> Terms:
    """Another variable that occurs nowhere in the sum; the argument is its name."""
    (name,) = site.arguments
    require(name in SPARE, "not a variable of sums")
    head = finite_sum(site)
    require(not mentions(head.body, name) and not occurs(head.count, name), "the name is in use")
    require(not binds(head.body, name), "the name is bound inside")
    body = replaced(head.body, head.variable, generator(head.count.ring, name))
    new = Factor(Range(name, head.count, body, head.integral), site.factor.indices)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (new,))])
