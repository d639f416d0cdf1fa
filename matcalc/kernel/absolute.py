"""Rules of absolute values and signs beside one another and beside their argument, the value at 0 included.

In the normal form |t| stands to a power from 0 up to 2, sign(t) to at most the second, and never both.
"""

from fractions import Fraction

from matcalc.components.exponents import is_whole, plus
from matcalc.components.facts import whole_head
from matcalc.components.terms import Elementwise, Factor, Group, Index, Slot, Term, reindex, substitute
from matcalc.kernel.algebra import beside_power, eliminated
from matcalc.kernel.invertibility import is_nonzero
from matcalc.kernel.steps import Site, check_places, require

Terms = tuple[Term, ...]


def _function(site: Site, name: str) -> Elementwise:
    match site.head:
        case Elementwise(function=found, order=0) as head if found == name and name not in site.facts.functions:
            return head
        case _:
            require(False, f"no {name} here")
            raise AssertionError


def _replaced(site: Site, other: int, *factors: Factor) -> Terms:
    """The term with the site's factor and another one replaced."""
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in (site.place, other))
    new = tuple(f for f in factors if f.exponent != 0)
    return (Term(site.term.coefficient, site.term.bound, (*kept, *new)),)


def _is_argument(site: Site, head: Elementwise, factor: Factor) -> bool:
    """Whether a factor is a power of the function's argument."""
    if isinstance(factor.head, Group) and factor.head.body == head.body:
        return factor.indices == site.factor.indices
    at: dict[Index, Index] = {Slot(k): index for k, index in enumerate(site.factor.indices)}
    terms = head.body.terms
    if len(terms) != 1 or terms[0].coefficient != 1 or terms[0].bound or len(terms[0].factors) != 1:
        return False
    return reindex(terms[0].factors, at) == (Factor(factor.head, factor.indices),)


def even_power_of_absolute(site: Site) -> Terms:
    """|t|^p = t^(2k) |t|^(p − 2k) with k = [p/2], for p < 0 or p ≥ 2."""
    head, p = _function(site, "abs"), site.factor.exponent
    require(isinstance(p, Fraction) and not 0 <= p < 2, "not a power with an even part")
    assert isinstance(p, Fraction)
    even = Fraction(2 * (p / 2).__floor__())
    factors = (
        Factor(Group(head.body), site.factor.indices, even),
        Factor(head, site.factor.indices, p - even),
    )
    kept = tuple(f for f in factors if f.exponent != 0)
    return substitute(site.term, site.place, [Term(Fraction(1), (), kept)])


def absolute_beside_reciprocal(site: Site) -> Terms:
    """t^(−k) |t|^p = t^(1−k) sign(t) |t|^(p−1) for k, p ≥ 1, where t is not 0; the argument is the place of t^(−k)."""
    (other,) = site.arguments
    check_places(site.term, site.place, other)
    head, p, beside = _function(site, "abs"), site.factor.exponent, site.term.factors[other]
    require(isinstance(p, Fraction) and p >= 1, "not a power from 1 on")
    require(is_whole(beside.exponent) and beside.exponent < 0, "no reciprocal beside it")
    require(_is_argument(site, head, beside), "the reciprocal of something else")
    sign = Factor(Elementwise("sign", 0, head.body), site.factor.indices)
    lower = Factor(head, site.factor.indices, plus(p, Fraction(-1)))
    value = Factor(beside.head, beside.indices, plus(beside.exponent, Fraction(1)))
    return _replaced(site, other, value, sign, lower)


def sign_times_absolute(site: Site) -> Terms:
    """|t|^p sign(t) = t |t|^(p−1) for p ≥ 1, and for p < 0, where t is not 0; the argument is the place of |t|^p."""
    (other,) = site.arguments
    check_places(site.term, site.place, other)
    head, beside = _function(site, "sign"), site.term.factors[other]
    require(site.factor.exponent == 1, "a power of a sign")
    absolute = Elementwise("abs", 0, head.body)
    require((beside.head, beside.indices) == (absolute, site.factor.indices), "no absolute value beside it")
    require(isinstance(beside.exponent, Fraction) and not 0 <= beside.exponent < 1, "a power between 0 and 1")
    assert isinstance(beside.exponent, Fraction)
    value = Factor(Group(head.body), site.factor.indices)
    return _replaced(site, other, value, Factor(absolute, beside.indices, plus(beside.exponent, Fraction(-1))))


def sign_times_value(site: Site) -> Terms:
    """For a term t of B: t sign(B) = |B| − (B − t) sign(B). Arguments as of `leading term of a power`."""
    head = _function(site, "sign")
    require(site.factor.exponent == 1, "a power of a sign")
    found = beside_power(site, head.body)
    return eliminated(site, found, (Factor(Elementwise("abs", 0, head.body), site.factor.indices),))


def power_of_sign(site: Site) -> Terms:
    """sign(t)³ = sign(t), sign(t)^(−1) = sign(t); sign(t)² = 1 where t is not 0, as it is declared or divided by.

    The argument, if any, is the place of a negative power of t.
    """
    head, q = _function(site, "sign"), site.factor.exponent
    require(is_whole(q), "no whole power of a sign")
    if q == 2:
        argument = whole_head(head.body)
        known = site.facts.is_nonzero(argument) or (not head.body.slots and is_nonzero(Factor(argument), site.facts))
        require(known or _is_divided_by(site, head), "t could be 0")
    require(q < 0 or q > 1, "nothing to lower")
    lower = Factor(head, site.factor.indices, plus(q, Fraction(2) if q < 0 else Fraction(-2)))
    return substitute(site.term, site.place, [Term(Fraction(1), (), (lower,) if lower.exponent != 0 else ())])


def _is_divided_by(site: Site, head: Elementwise) -> bool:
    """Whether the factor at the place that the arguments name is a negative power of the function's argument."""
    if len(site.arguments) != 1:
        return False
    check_places(site.term, site.place, site.arguments[0])
    beside = site.term.factors[site.arguments[0]]
    return isinstance(beside.exponent, Fraction) and beside.exponent < 0 and _is_argument(site, head, beside)
