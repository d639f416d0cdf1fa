"""Rules of sines and cosines: squares, sums of angles, values at parts of π; and functions that are 0 at 0."""

from fractions import Fraction

from matcalc.components import elementary
from matcalc.components.exponents import is_whole, plus
from matcalc.components.terms import Elementwise, Entries, Factor, Group, Parameter, Slot, Term, substitute
from matcalc.kernel.steps import Site, require
from matcalc.language.numbers import is_within_limits

Terms = tuple[Term, ...]
COFUNCTION = {"sin": "cos", "cos": "sin"}


def _function(site: Site, *names: str) -> Elementwise:
    match site.head:
        case Elementwise(function=name, order=0) as head if name in names and name not in site.facts.functions:
            return head
        case _:
            require(False, f"no {' or '.join(names)} here")
            raise AssertionError


def square_of_sine(site: Site) -> Terms:
    """sin(t)² = 1 − cos(t)²."""
    head = _function(site, "sin")
    p = site.factor.exponent
    require(is_whole(p) and p > 1, "no square of a sine")
    rest = Factor(head, site.factor.indices, plus(p, Fraction(-2)))
    kept = () if rest.exponent == 0 else (rest,)
    cosine = Factor(Elementwise("cos", 0, head.body), site.factor.indices, Fraction(2))
    new = [Term(Fraction(1), (), kept), Term(Fraction(-1), (), (*kept, cosine))]
    return substitute(site.term, site.place, new)


def addition(site: Site) -> Terms:
    """sin(u + v) = sin(u) cos(v) + cos(u) sin(v), cos(u + v) = cos(u) cos(v) − sin(u) sin(v).

    The arguments are the number of a term of the angle, and the coefficient with which it makes u; v is the rest.
    """
    number, share = site.arguments
    head = _function(site, "sin", "cos")
    require(isinstance(number, int) and 0 <= number < len(head.body.terms), "no such term")
    require(isinstance(share, Fraction) and share != 0, "no part of the angle")
    slots, lead = head.body.slots, head.body.terms[number]
    left = Term(lead.coefficient - share, lead.bound, lead.factors)
    others = tuple(t for k, t in enumerate(head.body.terms) if k != number)
    rest = Entries(slots, (left, *others) if left.coefficient else others)
    require(bool(rest.terms), "nothing is left of the angle")
    angle, name = Entries(slots, (Term(share, lead.bound, lead.factors),)), head.function
    own = tuple(Slot(k) for k in range(len(slots)))
    first = (Factor(Elementwise(name, 0, angle), own), Factor(Elementwise("cos", 0, rest), own))
    second = (Factor(Elementwise(COFUNCTION[name], 0, angle), own), Factor(Elementwise("sin", 0, rest), own))
    sign = Fraction(1 if name == "sin" else -1)
    value = Group(Entries(slots, (Term(Fraction(1), (), first), Term(sign, (), second))))
    new = Factor(value, site.factor.indices, site.factor.exponent)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (new,))])


SINES = {
    Fraction(0): (Fraction(0), 1),
    Fraction(1, 6): (Fraction(1, 2), 1),
    Fraction(1, 4): (Fraction(1, 2), 2),
    Fraction(1, 3): (Fraction(1, 2), 3),
    Fraction(1, 2): (Fraction(1), 1),
}
"""sin(q π) = c √r for the q in the first quadrant for which it is so simple."""


def part_of_pi(site: Site) -> Terms:
    """sin(q π) and cos(q π) = sin((q + 1/2) π) for multiples q of 1/6 and 1/4."""
    head = _function(site, "sin", "cos")
    part = _part(head.body)
    require(part is not None, "not a rational part of π")
    assert part is not None
    angle = (part if head.function == "sin" else part + Fraction(1, 2)) % 2
    sign, angle = (-1, angle - 1) if angle >= 1 else (1, angle)
    known = SINES.get(min(angle, 1 - angle))
    p = site.factor.exponent
    require(known is not None and is_whole(p) and p > 0, "no simple value")
    assert known is not None
    value, radicand = known
    root = Factor(Group(Entries((), (Term(Fraction(radicand)),))), (), Fraction(1, 2) * p)
    require(is_within_limits(value, p), "a number too large to write out")
    number = (sign * value) ** int(p)
    return substitute(site.term, site.place, [Term(number, (), (root,) if radicand != 1 else ())] if number else [])


def _part(angle: Entries) -> Fraction | None:
    """The q of an angle q π."""
    match angle.terms:
        case ():
            return Fraction(0)
        case (Term(coefficient, (), (Factor(Parameter("pi"), (), power),)),) if power == 1:
            return coefficient
        case _:
            return None


def value_at_zero(site: Site) -> Terms:
    """f(0) = 0 for odd functions and | |."""
    head, p = site.head, site.factor.exponent
    require(isinstance(head, Elementwise) and head.order == 0, "no function here")
    assert isinstance(head, Elementwise)
    odd = elementary.PARITY.get(head.function) == -1 or head.function == "abs"
    require(odd and head.function not in site.facts.functions, "not a function that is 0 at 0")
    require(not head.body.terms and isinstance(p, Fraction) and p > 0, "not a power of its value at 0")
    return ()
