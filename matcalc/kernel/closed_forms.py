"""Rules that give a finite sum by its ends: sums of powers of the variable, or with the variable as exponent.

Source: Graham, Knuth and Patashnik 1994, Concrete Mathematics, sections 2.3 (perturbation), 2.6 and 6.5.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import comb

from matcalc.components.exponents import Exponent, exponent, is_integral, is_natural, plus, times
from matcalc.components.terms import (
    Bound,
    Entries,
    Factor,
    Group,
    Index,
    Parameter,
    Range,
    Slot,
    Term,
    numeral,
    substitute,
)
from matcalc.components.variables import factor_mentions, replaced
from matcalc.kernel.partial_sums import counted
from matcalc.kernel.ranges import with_summand
from matcalc.kernel.steps import Site, check_places, require
from matcalc.kernel.totality import is_total
from matcalc.language.nodes import Size
from matcalc.language.numbers import is_within_limits
from matcalc.language.sizes import generator

Terms = tuple[Term, ...]
MOST_POWER = 32
"""The largest power of the variable whose sums are written out."""


@cache
def _power_sums(power: int) -> tuple[Fraction, ...]:
    """Coefficients of S_p with S_p(N + 1) − S_p(N) = N^p and S_p(0) = 0, constant first: (p+1) S_p = N^(p+1) − …"""
    total = [Fraction(0)] * (power + 1) + [Fraction(1)]
    for lower in range(power):
        for place, coefficient in enumerate(_power_sums(lower)):
            total[place] -= comb(power + 1, lower) * coefficient
    return tuple(coefficient / (power + 1) for coefficient in total)


def power_sum(site: Site) -> Terms:
    """Σ_{r<N} r^p = S_p(N), the polynomial with S_p(N + 1) − S_p(N) = N^p and S_p(0) = 0, for N ≥ 0."""
    head, _ = counted(site)
    require(site.facts.at_least_zero(head.count), "the number of terms could be negative")
    require(len(head.body.terms) == 1, "a sum of terms")
    term = head.body.terms[0]
    bare = term.coefficient == 1 and not term.bound and len(term.factors) == 1
    require(bare and term.factors[0].head == Parameter(head.variable), "not a power of the variable")
    power = term.factors[0].exponent
    require(is_natural(power) and bool(power <= MOST_POWER), "not a small natural power")
    ring = head.count.ring
    coefficients = enumerate(_power_sums(int(power)))
    closed = sum((head.count**k * ring.domain(c.numerator, c.denominator) for k, c in coefficients), ring.zero)
    return substitute(site.term, site.place, numeral(closed))


@dataclass(frozen=True, slots=True)
class _Progression:
    """T = Σ_{r<N} f^(a r) h(r), so that f^a T = Σ_{r<N} f^(a r) h(r − 1) + f^(a N) h(N − 1) − h(−1)."""

    site: Site
    head: Range
    base: Factor
    step: Fraction
    place: int

    @property
    def variable(self) -> Size:
        return generator(self.head.count.ring, self.head.variable)

    def others(self, there: Size) -> Entries:
        """H at another place."""
        inner = self.head.body.terms[0]
        rest = Term(inner.coefficient, inner.bound, inner.factors[: self.place] + inner.factors[self.place + 1 :])
        return replaced(Entries(self.head.body.slots, (rest,)), self.head.variable, there)

    def moved(self, *more: Term) -> Term:
        """Σ_{r<N} (f^(a r) h(r − 1) + …), more terms of the summand being given."""
        (rest,) = self.others(self.variable - 1).terms
        term = Term(rest.coefficient, rest.bound, (*rest.factors, self.head.body.terms[0].factors[self.place]))
        sums = with_summand(self.head, Entries(self.head.body.slots, (term, *more)))
        return Term(Fraction(1), (), (Factor(sums, self.site.factor.indices),))

    def ends(self) -> Terms:
        """f^(a N) h(N − 1) − h(−1)."""
        count, indices = self.head.count, self.site.factor.indices
        last, before = (Factor(Group(self.others(place)), indices) for place in (count - 1, count.ring(-1)))
        high = Factor(self.base.head, self.base.indices, times(exponent(count), self.step))
        return Term(Fraction(1), (), (high, last)), Term(Fraction(-1), (), (before,))


def _progression(site: Site, place: int) -> _Progression:
    """Reads a finite sum, refused unless N ≥ 0, f is free of r, and h has a value before its first place."""
    head, variable = counted(site)
    require(len(head.body.terms) == 1, "a sum of terms")
    require(site.facts.at_least_zero(head.count), "the number of terms could be negative")
    inner = head.body.terms[0]
    check_places(inner, place)
    factor = inner.factors[place]
    step = _step(factor.exponent, variable)
    base = Factor(factor.head, factor.indices)
    require(step is not None and not factor_mentions(base, head.variable), "no power with the variable as exponent")
    require(not any(isinstance(i, Bound) for i in base.indices), "an index that is summed over inside")
    assert step is not None
    image: dict[Index, Index] = {Slot(k): index for k, index in enumerate(site.factor.indices)}
    outside = Factor(base.head, tuple(image.get(i, i) for i in base.indices))
    found = _Progression(site, head, outside, step, place)
    first = Range(head.variable, variable.ring.one, found.others(variable - 1))
    require(is_total(first, site.facts), "the summand may have no value before the first term")
    return found


def _step(power: Exponent, variable: Size) -> Fraction | None:
    """The a of an exponent a r, a natural number."""
    if isinstance(power, Fraction) or power.monic() != variable:
        return None
    step = exponent(power.LC * power.ring.one)
    return step if isinstance(step, Fraction) and is_natural(step) else None


def absorbed_power(site: Site) -> Terms:
    """f^(p+a) Σ_{r<N} f^(a r) h(r) = f^p (Σ_{r<N} f^(a r) h(r − 1) + f^(a N) h(N − 1) − h(−1)) for N ≥ 0.

    The arguments are the places of the outer power and of the inner one.
    """
    other, place = site.arguments
    check_places(site.term, site.place, other)
    found = _progression(site, place)
    beside = site.term.factors[other]
    left = plus(beside.exponent, -found.step)
    require((beside.head, beside.indices) == (found.base.head, found.base.indices), "powers of different bases")
    known = left >= 0 if isinstance(left, Fraction) else site.facts.at_least_zero(left)
    require(is_integral(left) and known, "the outer power may be too small")
    rest = (Factor(beside.head, beside.indices, left),) if left != 0 else ()
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in (site.place, other))
    outer = Term(site.term.coefficient, site.term.bound, (*kept, *rest, Factor(Group(Entries((), ())))))
    return substitute(outer, len(outer.factors) - 1, [found.moved(), *found.ends()])


def geometric_sum(site: Site) -> Terms:
    """(c^a − 1) Σ_{r<N} c^(a r) h(r) = Σ_{r<N} c^(a r) (h(r − 1) − h(r)) + c^(a N) h(N − 1) − h(−1), c a number.

    The argument is the place of the power; c^a is not 1, and N ≥ 0.
    """
    (place,) = site.arguments
    found = _progression(site, place)
    base = _number(found.base)
    require(is_within_limits(base, found.step), "a number too large to write out")
    base **= int(found.step)
    require(base != 1, "the base is 1")
    share = 1 / (base - 1)
    (own,) = found.head.body.terms
    new = (found.moved(Term(-own.coefficient, own.bound, own.factors)), *found.ends())
    return substitute(site.term, site.place, [Term(share * t.coefficient, t.bound, t.factors) for t in new])


def _number(base: Factor) -> Fraction:
    """The number in a parenthesis that is one, not 0."""
    terms = base.head.body.terms if isinstance(base.head, Group) else ()
    require(len(terms) == 1 and not terms[0].bound and not terms[0].factors, "no number as base")
    return terms[0].coefficient
