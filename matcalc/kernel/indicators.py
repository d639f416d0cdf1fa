"""Rules of indicators: what follows from inequalities, equations put in, and what they do to a finite sum around them.

Source: Graham, Knuth and Patashnik 1994, Concrete Mathematics, section 2.1 (Iverson's convention).
"""

from fractions import Fraction

from matcalc.components.exponents import is_integral, is_natural
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Delta,
    Entries,
    Factor,
    Fixed,
    Indicator,
    Range,
    Term,
    instantiate,
    substitute,
)
from matcalc.components.variables import occurs, replaced
from matcalc.kernel.steps import Site, check_places, require
from matcalc.kernel.totality import have_values
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator

Terms = tuple[Term, ...]


def at_least(polynomial: Size) -> Factor:
    """[polynomial ≥ 0]."""
    return Factor(Indicator(polynomial))


def indicator(site: Site) -> Indicator:
    """The indicator at this place, to a natural power."""
    head = site.head
    require(isinstance(head, Indicator) and is_natural(site.factor.exponent), "no indicator here")
    assert isinstance(head, Indicator)
    require(is_integral(head.polynomial), "not a whole number")
    return head


def _value(head: Indicator, facts: Facts) -> int | None:
    """1 or 0, where one of them follows from what is known."""
    polynomial = head.polynomial
    if not head.equation:
        return 1 if facts.at_least_zero(polynomial) else 0 if facts.at_least_zero(-polynomial - 1) else None
    if not polynomial:
        return 1
    return 0 if facts.at_least_zero(polynomial - 1) or facts.at_least_zero(-polynomial - 1) else None


def value(site: Site) -> Terms:
    """[p ≥ 0] = 1 where p is never negative, 0 where −p − 1 never is; [p = 0] likewise; [p ≥ 0]^k = [p ≥ 0]."""
    found = _value(indicator(site), site.facts)
    if found is not None:
        return substitute(site.term, site.place, [Term(Fraction(1))] if found else [])
    require(site.factor.exponent != 1, "nothing decides this")
    return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(site.head),))])


def complement(site: Site) -> Terms:
    """[p ≥ 0] = 1 − [−p − 1 ≥ 0] for a whole p, where what stands beside it has a value; [p = 0] = [−p = 0]."""
    head = indicator(site)
    require(site.factor.exponent == 1, "a power")
    if head.equation:
        opposite = Factor(Indicator(-head.polynomial, equation=True))
        return substitute(site.term, site.place, [Term(Fraction(1), (), (opposite,))])
    _require_values(site)
    opposite = at_least(-head.polynomial - 1)
    return substitute(site.term, site.place, [Term(Fraction(1)), Term(Fraction(-1), (), (opposite,))])


def _require_values(site: Site) -> None:
    """Refused unless what stands beside the indicator has a value where the indicator is 0, too."""
    others = (factor for place, factor in enumerate(site.term.factors) if place != site.place)
    require(have_values(others, site.facts), "what stands beside it may have no value elsewhere")


def one_below(site: Site) -> Terms:
    """[p ≥ 0] = [p + 1 ≥ 0] − [p + 1 = 0] for a whole p, where what stands beside it has a value."""
    head = indicator(site)
    require(site.factor.exponent == 1 and not head.equation, "an equation, or a power")
    _require_values(site)
    above = head.polynomial + 1
    there = Factor(Indicator(above, equation=True))
    return substitute(
        site.term, site.place, [Term(Fraction(1), (), (at_least(above),)), Term(Fraction(-1), (), (there,))]
    )


def implied(site: Site) -> Terms:
    """[p ≥ 0] [q ≥ 0] = [q ≥ 0], or 0, where q ≥ 0 decides p; the argument is the place of [q ≥ 0], or of [q = 0]."""
    (other,) = site.arguments
    check_places(site.term, site.place, other)
    head, second = indicator(site), site.term.factors[other].head
    require(isinstance(second, Indicator) and is_natural(site.term.factors[other].exponent), "no indicator beside it")
    assert isinstance(second, Indicator)
    given = (second.polynomial, -second.polynomial) if second.equation else (second.polynomial,)
    found = _value(head, site.facts.assuming(*given))
    require(found is not None, "the one does not decide the other")
    return substitute(site.term, site.place, [Term(Fraction(1))] if found else [])


def of_positions(site: Site) -> Terms:
    """δ_pq = [p − q = 0] for two positions."""
    require(isinstance(site.head, Delta) and is_natural(site.factor.exponent), "no delta here")
    first, second = site.factor.indices
    require(isinstance(first, Fixed) and isinstance(second, Fixed), "an index that is no position")
    assert isinstance(first, Fixed)
    assert isinstance(second, Fixed)
    new = Factor(Indicator(first.position - second.position, equation=True))
    return substitute(site.term, site.place, [Term(Fraction(1), (), (new,))])


def solved(polynomial: Size, name: str) -> Size | None:
    """What a name is where the polynomial is 0 and has that name once, with the coefficient 1 or −1; None elsewhere."""
    own = generator(polynomial.ring, name)
    share = polynomial.get(own.leading_expv(), 0)
    rest = polynomial - own * share
    return None if abs(share) != 1 or occurs(rest, name) else -rest * share


def substitution(site: Site) -> Terms:
    """[p = 0] f(i) = [p = 0] f(j) where p = 0 says that i is j; the argument is the name i."""
    (name,) = site.arguments
    head = indicator(site)
    there = solved(head.polynomial, name)
    require(head.equation and there is not None, "no equation that gives this name")
    others = Entries((), tuple(Term(Fraction(1), (), (f,)) for k, f in enumerate(site.term.factors) if k != site.place))
    moved = tuple(term.factors[0] for term in replaced(others, name, there).terms)
    return (Term(site.term.coefficient, site.term.bound, (site.factor, *moved)),)


def _body(site: Site, place: int) -> tuple[Range, Indicator, Entries]:
    """A finite sum of one term, the indicator among its factors, and the term without that."""
    head = site.head
    require(isinstance(head, Range) and site.factor.exponent == 1 and not head.integral, "no finite sum here")
    assert isinstance(head, Range)
    require(len(head.body.terms) == 1, "a sum of terms")
    inner = head.body.terms[0]
    check_places(inner, place)
    within = indicator(Site(head.body, inner, place, (), site.facts, site.differentiated))
    rest = Term(inner.coefficient, inner.bound, inner.factors[:place] + inner.factors[place + 1 :])
    require(not occurs(head.count, head.variable), "the count depends on the variable")
    return head, within, Entries(head.body.slots, (rest,))


def contraction(site: Site) -> Terms:
    """Σ_{r<N} [r = v] g(r) = [0 ≤ v] [v ≤ N − 1] g(v), v free of r; the argument is the place of the equation."""
    (place,) = site.arguments
    head, within, rest = _body(site, place)
    there = solved(within.polynomial, head.variable)
    require(within.equation and there is not None, "no equation that gives the variable")
    (new,) = instantiate(replaced(rest, head.variable, there), site.factor.indices, site.offset)
    ends = (at_least(there), at_least(head.count - 1 - there))
    return substitute(site.term, site.place, [Term(new.coefficient, new.bound, (*ends, *new.factors))])


def bounded(site: Site) -> Terms:
    """Σ_{r<N} [r ≥ p] g(r) = Σ_{r<N−p} g(r + p) for p ≥ 0; Σ_{r<N} [r < p] g(r) = Σ_{r<p} g(r) for p ≤ N.

    The argument is the place of the indicator.
    """
    (place,) = site.arguments
    head, within, rest = _body(site, place)
    end = solved(within.polynomial, head.variable)
    require(not within.equation and end is not None, "no bound of the variable")
    assert end is not None
    variable = generator(head.count.ring, head.variable)
    if within.polynomial == variable - end:
        require(site.facts.at_least_zero(end), "the bound could be negative")
        body, count = replaced(rest, head.variable, variable + end), head.count - end
    else:
        body, count = rest, end + 1
        require(site.facts.at_least_zero(head.count - count), "the bound could be beyond the last term")
    sums = Factor(Range(head.variable, count, body), site.factor.indices)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (sums,))])
