"""Rules of sums that are products: what their terms share, and polynomials that factorise.

A rule takes the power, logarithm, absolute value or sign of the sum apart as that of the product.
"""

from fractions import Fraction
from functools import reduce

from matcalc.components.exponents import is_whole, plus, times
from matcalc.components.terms import (
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Group,
    Head,
    Index,
    Slot,
    Term,
    reindex,
    times as multiplied,
)
from matcalc.kernel.arrange import arrange, in_order
from matcalc.kernel.multiplicative import multiplicative, taken_apart
from matcalc.kernel.steps import Arrange, Site, check_places, require

Terms = tuple[Term, ...]


def _sum_in(site: Site) -> Entries:
    """The sum in the site's parenthesis, or in its function."""
    head = site.head
    require(isinstance(head, Group) or bool(multiplicative(site)), "neither a power nor a function of a product")
    assert isinstance(head, Group | Elementwise)
    return head.body


def common_factor(site: Site) -> Terms:
    """F(f^a s + f^a t) = F(f^a (s + t)). Arguments: a factor f at slots of the body, and the power a."""
    base, power = site.arguments
    body = _sum_in(site)
    require(isinstance(power, Fraction) and power != 0 and base.exponent == 1, "no power comes out")
    own = {Slot(k) for k in range(len(body.slots))}
    require(all(isinstance(i, Fixed) or i in own for i in base.indices), "not at slots of the body")
    require(site.facts.is_positive(base.head) or _divides_all(body, base, power), "the factor could be 0")
    divided = Entries(body.slots, tuple(_divided(t, base, power) for t in body.terms))
    at: dict[Index, Index] = {Slot(k): index for k, index in enumerate(site.factor.indices)}
    (outside,) = reindex((base,), at)
    rest = Factor(Group(divided), site.factor.indices)
    return taken_apart(site, Term(Fraction(1), (), (Factor(outside.head, outside.indices, power), rest)))


def _divided(term: Term, base: Factor, power: Fraction) -> Term:
    """The term divided by f^a, the powers of f merged: nothing may be divided by f that was not so before."""
    own = [f for f in term.factors if (f.head, f.indices) == (base.head, base.indices)]
    left = reduce(plus, (f.exponent for f in own), times(power, Fraction(-1)))
    merged = () if left == 0 else (Factor(base.head, base.indices, left),)
    return Term(term.coefficient, term.bound, (*(f for f in term.factors if f not in own), *merged))


def _divides_all(body: Entries, base: Factor, power: Fraction) -> bool:
    """Whether every term has the factor to at least this power; or one has it to a negative power, so that f ≠ 0."""
    powers = [f.exponent for t in body.terms for f in t.factors if (f.head, f.indices) == (base.head, base.indices)]
    if not all(isinstance(q, Fraction) for q in powers):
        return False
    if power < 0:
        return any(q < 0 for q in powers)
    return len(powers) == len(body.terms) and all(q >= power for q in powers)


def common_number(site: Site) -> Terms:
    """F(c s + c t) = F(c (s + t)); the argument is c."""
    (number,) = site.arguments
    body = _sum_in(site)
    require(isinstance(number, Fraction) and number not in (0, 1), "nothing comes out")
    divided = Entries(body.slots, tuple(Term(t.coefficient / number, t.bound, t.factors) for t in body.terms))
    return taken_apart(site, Term(number, (), (Factor(Group(divided), site.factor.indices),)))


def factorisation(site: Site) -> Terms:
    """F(s) = F(p q …) for polynomials with p q … = s, multiplied out. Arguments: each with its natural power."""
    (parts,) = site.arguments
    body = _sum_in(site)
    require(all(isinstance(k, int) and k > 0 for _, k in parts), "not natural powers")
    require(sum(k for _, k in parts) > 1, "a single factor")
    require(all(part.slots == body.slots for part, _ in parts), "not over the slots of the sum")
    require(all(_is_polynomial(part) for part in (body, *(part for part, _ in parts))), "not polynomials")
    require(all(_roots(part) <= _roots(body) for part, _ in parts), "a root that the sum has not")
    one = Entries(body.slots, (Term(Fraction(1)),))
    product = reduce(_product, (part for part, k in parts for _ in range(k)), one)
    require(_in_order(product, site) == _in_order(body, site), "the product is another sum")
    factors = tuple(Factor(Group(part), site.factor.indices, Fraction(k)) for part, k in parts)
    return taken_apart(site, Term(Fraction(1), (), factors))


def _is_polynomial(body: Entries) -> bool:
    """Whether no sum over an index and no negative or symbolic power stands in the terms."""
    powers = [f.exponent for t in body.terms for f in t.factors]
    return not any(t.bound for t in body.terms) and all(isinstance(p, Fraction) and p > 0 for p in powers)


def _roots(body: Entries) -> set[tuple[Head, tuple[Index, ...]]]:
    """What stands under a root in the terms, and so is never negative."""
    return {(f.head, f.indices) for t in body.terms for f in t.factors if not is_whole(f.exponent)}


def _product(left: Entries, right: Entries) -> Entries:
    return Entries(left.slots, tuple(multiplied(one, other) for one in left.terms for other in right.terms))


def _in_order(entries: Entries, site: Site) -> Entries:
    return arrange(entries, Arrange(((),) * len(entries.terms)), site.facts)


def partial_fractions(site: Site) -> Terms:
    """1/(P Q) = (a/Q − b/P)/c for whole negative powers of P and Q with a P − b Q = c, a number that is not 0.

    Arguments: the place of Q, a and b.
    """
    other, a, b = site.arguments
    check_places(site.term, site.place, other)
    first, second = site.factor, site.term.factors[other]
    require(isinstance(first.head, Group) and isinstance(second.head, Group), "not two parentheses")
    assert isinstance(first.head, Group)
    assert isinstance(second.head, Group)
    require(first.indices == second.indices, "at different indices")
    require(all(is_whole(f.exponent) and f.exponent < 0 for f in (first, second)), "not two denominators")
    scaled = [Term(a * t.coefficient, t.bound, t.factors) for t in first.head.body.terms]
    scaled += [Term(-b * t.coefficient, t.bound, t.factors) for t in second.head.body.terms]
    left = in_order(Entries(first.head.body.slots, tuple(scaled)), site.facts)
    number = len(left.terms) == 1 and not left.terms[0].factors and not left.terms[0].bound
    require(number, "the denominators do not differ by a number")
    c = left.terms[0].coefficient
    rest = tuple(f for k, f in enumerate(site.term.factors) if k not in (site.place, other))
    pairs = ((a / c, first, 1, second, 0), (-b / c, first, 0, second, 1))
    return tuple(
        Term(
            site.term.coefficient * share,
            site.term.bound,
            (*rest, *_lowered(one, by), *_lowered(two, more)),
        )
        for share, one, by, two, more in pairs
        if share
    )


def _lowered(factor: Factor, by: int) -> tuple[Factor, ...]:
    """The power of a denominator lowered by so much; nothing where it is gone."""
    power = plus(factor.exponent, Fraction(by))
    return (Factor(factor.head, factor.indices, power),) if power != 0 else ()
