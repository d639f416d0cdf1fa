"""Rules that change the bounds of a finite sum: terms split off or joined, sums cut, exchanged, written out, counted.

A finite sum has no terms where its count is negative, so every rule asks for, or marks by an indicator, what it needs.
Terms are only ever added where the summand has a value at the new places: `is_total` in `totality` says where.

Source: Graham, Knuth and Patashnik 1994, Concrete Mathematics, sections 2.1 to 2.6.
"""

from fractions import Fraction
from typing import Any

from matcalc.components.sums import is_over_axis, opened
from matcalc.components.terms import (
    Bound,
    Entries,
    Factor,
    Fixed,
    Group,
    Range,
    Slot,
    Term,
    instantiate,
    substitute,
)
from matcalc.components.variables import factor_mentions, fresh, occurs, replaced
from matcalc.kernel.indicators import at_least
from matcalc.kernel.ranges import finite_sum
from matcalc.kernel.steps import Site, check_places, require
from matcalc.kernel.totality import is_total
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator

Terms = tuple[Term, ...]
MOST_TERMS = 64
"""The largest count of a finite sum that is written out."""


def counted(site: Site) -> tuple[Range, Size]:
    """A finite sum whose count is free of its variable, and that variable."""
    head = finite_sum(site)
    require(not head.integral and not occurs(head.count, head.variable), "an integral, or a count that varies")
    return head, generator(head.count.ring, head.variable)


def _sum(head: Range, count: Size, shift: Size, site: Site) -> Term:
    """Σ_{r<count} g(r + shift)."""
    variable = generator(head.count.ring, head.variable)
    body = replaced(head.body, head.variable, variable + shift) if shift else head.body
    return Term(Fraction(1), (), (Factor(Range(head.variable, count, body), site.factor.indices),))


def _at(head: Range, place: Size, site: Site) -> Factor:
    """g(place)."""
    return Factor(Group(replaced(head.body, head.variable, place)), site.factor.indices)


def end_term(site: Site) -> Terms:
    """Σ_{r<N} g(r) = [N ≥ 1] g(0) + Σ_{r<N−1} g(r + 1) = [N ≥ 1] g(N − 1) + Σ_{r<N−1} g(r); which: "first", "last"."""
    (which,) = site.arguments
    require(which in ("first", "last"), "neither end")
    head, variable = counted(site)
    count, zero = head.count, head.count.ring.zero
    place, shift = (zero, zero + 1) if which == "first" else (count - 1, zero)
    end = Term(Fraction(1), (), (at_least(count - 1), _at(head, place, site)))
    return substitute(site.term, site.place, [end, _sum(head, count - 1, shift, site)])


def extension(site: Site) -> Terms:
    """Σ_{r<N} g(r) = Σ_{r<N+1} g(r − 1) − [N ≥ 0] g(−1) = Σ_{r<N+1} g(r) − [N ≥ 0] g(N), or by c terms for N ≥ 0.

    The arguments are the end, "first" or "last", and c ≥ 0; the summand has to have a value at the new terms.
    """
    which, more = site.arguments
    require(which in ("first", "last"), "neither end")
    head, _ = counted(site)
    count, known = head.count, site.facts.at_least_zero
    require(known(more) and (more == 1 or known(count)), "a count could be negative")
    require(not occurs(more, head.variable), "the number of terms depends on the variable")
    shift, offset = (-more, -more) if which == "first" else (head.count.ring.zero, count)
    (new,) = _sum(head, more, offset, site).factors
    assert isinstance(new.head, Range)
    require(is_total(new.head, site.facts.assuming(count)), "the summand may have no value there")
    outside = Term(Fraction(-1), (), (at_least(count), _at(head, offset, site)) if more == 1 else (new,))
    return substitute(site.term, site.place, [_sum(head, count + more, shift, site), outside])


def cut(site: Site) -> Terms:
    """Σ_{r<N} g(r) = Σ_{r<M} g(r) + Σ_{r<N−M} g(r + M) for 0 ≤ M ≤ N; the argument is M."""
    (middle,) = site.arguments
    head, _ = counted(site)
    known = site.facts.at_least_zero
    require(known(middle) and known(head.count - middle), "the cut could be outside")
    require(not occurs(middle, head.variable), "the cut depends on the variable")
    zero = head.count.ring.zero
    parts = [_sum(head, middle, zero, site), _sum(head, head.count - middle, middle, site)]
    return substitute(site.term, site.place, parts)


def term_by_term(site: Site) -> Terms:
    """Σ_{r<N} g(r) = g(0) + … + g(N − 1) for a number N, none where N ≤ 0 is known."""
    head, _ = counted(site)
    if site.facts.at_least_zero(-head.count):
        return ()
    require(head.count.is_ground and head.count.LC <= MOST_TERMS, "not a small number of terms")
    ring = head.count.ring
    places = [_at(head, ring(place), site) for place in range(int(head.count.LC))]
    return substitute(site.term, site.place, [Term(Fraction(1), (), (place,)) for place in places])


def over_axis(site: Site) -> Terms:
    """Σ_{r<n} g(r + 1) = Σ_a g(a) where r + 1 stands at positions of an axis of size n alone."""
    head, variable = counted(site)
    position = Fixed(variable + 1, head.count)
    require(is_over_axis(head.body, position, head.variable), "the variable stands elsewhere")
    require(site.facts.at_least_zero(head.count), "the count could be negative")
    terms = instantiate(opened(head.body, position), (*site.factor.indices, Bound(site.offset)), site.offset + 1)
    new = [Term(t.coefficient, (head.count, *t.bound), t.factors) for t in terms]
    return substitute(site.term, site.place, new)


def exchange(site: Site) -> Terms:
    """Σ_{r<N} f(r) Σ_{q<M} g(r, q) = Σ_{q<M} Σ_{r<N} f(r) g(r, q); Σ_{r<N} Σ_{q<M−r} = Σ_{q<M} Σ_{r<M−q} for M ≤ N.

    M is free of r, q and N of both; the argument is the inner place.
    """
    (place,) = site.arguments
    head, variable = counted(site)
    inner, second, rest = _nested(head, place)
    slope = second.count.diff(variable)
    last = second.count - slope * variable
    require(slope in (0, -1), "the inner count depends on the variable")
    require(not occurs(head.count, second.variable), "the outer count has the inner variable")
    require(not slope or site.facts.at_least_zero(head.count - last), "not a triangle")
    whole = Entries(head.body.slots, _joined(head.body.terms[0], rest, second, inner))
    count = last - generator(last.ring, second.variable) if slope else head.count
    new = _twice(Range(second.variable, last, whole), Range(head.variable, count, whole))
    return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(new, site.factor.indices),))])


def _twice(outer: Range, inner: Range) -> Range:
    """The sum over the outer variable of the sum over the inner one of what the inner one contains."""
    slots = tuple(Slot(k) for k in range(len(inner.body.slots)))
    within = Term(Fraction(1), (), (Factor(inner, slots),))
    return Range(outer.variable, outer.count, Entries(inner.body.slots, (within,)))


def _nested(head: Range, place: int) -> tuple[Factor, Range, tuple[Factor, ...]]:
    """The finite sum among the factors of the only term of a finite sum, and the others, free of its variable."""
    require(len(head.body.terms) == 1, "a sum of terms")
    term = head.body.terms[0]
    check_places(term, place)
    inner = term.factors[place]
    second = inner.head
    rest = tuple(f for k, f in enumerate(term.factors) if k != place)
    require(isinstance(second, Range) and inner.exponent == 1 and not second.integral, "no inner finite sum")
    assert isinstance(second, Range)
    require(second.variable != head.variable, "two variables of one name")
    require(not occurs(second.count, second.variable), "a count that varies")
    require(not any(factor_mentions(f, second.variable) for f in rest), "the inner variable stands outside")
    return inner, second, rest


def _joined(term: Term, rest: tuple[Factor, ...], head: Range, inner: Factor) -> Terms:
    """The other factors of the outer term times the summand of the inner sum."""
    new = instantiate(head.body, inner.indices, len(term.bound))
    return tuple(Term(term.coefficient * t.coefficient, term.bound + t.bound, (*rest, *t.factors)) for t in new)


def triangular(site: Site) -> Terms:
    """Σ_{r<N} Σ_{q<r} g(r, q) = Σ_{r<N} Σ_{q<N} g(r, q) − Σ_{r<N} g(r, r) − Σ_{r<N} Σ_{q<r} g(q, r), or a share of it.

    The arguments are the place of the inner sum, and the share of the left side that is written so, a number.
    """
    place, share = site.arguments
    require(isinstance(share, Fraction), "not a number")
    head, variable = counted(site)
    inner, second, rest = _nested(head, place)
    require(second.count == variable and not occurs(head.count, second.variable), "not a triangle")
    whole = Entries(head.body.slots, _joined(head.body.terms[0], rest, second, inner))
    square = _twice(head, Range(second.variable, head.count, whole))
    require(is_total(square, site.facts), "the summand may have no value beyond the triangle")
    diagonal = Range(head.variable, head.count, replaced(whole, second.variable, variable))
    below = _mirrored(whole, head.variable, second.variable, variable.ring)
    mirrored = _twice(head, Range(second.variable, variable, below))
    parts = [(1 - share, head), (share, square), (-share, diagonal), (-share, mirrored)]
    new = [Term(c, (), (Factor(part, site.factor.indices),)) for c, part in parts if c]
    return substitute(site.term, site.place, new)


def _mirrored(entries: Entries, first: str, second: str, ring: Any) -> Entries:
    """The entries with two variables exchanged; refused where there is no third one to do it with."""
    spare = fresh(entries, generator(ring, first), generator(ring, second))
    require(spare is not None, "no variable is left")
    assert spare is not None
    for old, new in ((first, spare), (second, first), (spare, second)):
        entries = replaced(entries, old, generator(ring, new))
    return entries
