"""Rules of exponentials, logarithms, trigonometric functions, absolute values and signs, entry by entry."""

from collections.abc import Mapping
from fractions import Fraction

from matcalc.components import elementary
from matcalc.components.exponents import Exponent, is_whole, plus, times
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Group,
    Head,
    Index,
    Slot,
    Term,
    close,
    substitute,
)
from matcalc.kernel.algebra import beside_power, eliminated
from matcalc.kernel.steps import Site, check_places, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]


def _function(site: Site, name: str) -> Elementwise:
    head = site.head
    require(isinstance(head, Elementwise) and head.function == name and head.order == 0, f"no {name} here")
    assert isinstance(head, Elementwise)
    require(name not in site.facts.functions, "a declared function")
    return head


def _one(site: Site, *factors: Factor) -> Terms:
    """The site's factor replaced by a product."""
    return substitute(site.term, site.place, [Term(Fraction(1), (), factors)])


def _at(body: Entries, indices: tuple[Index, ...]) -> dict[Index, Index]:
    return {Slot(k): index for k, index in enumerate(indices[: len(body.slots)])}


def exponential_of_sum(site: Site) -> Terms:
    """exp(a s + b t + …) = exp(s)^a exp(t)^b … for numbers a, b; exp(0) = 1."""
    head = _function(site, "exp")
    monic = len(head.body.terms) == 1 and head.body.terms[0].coefficient == 1
    require(not monic, "a single term already")
    new = []
    for term in head.body.terms:
        body = Entries(head.body.slots, (Term(Fraction(1), term.bound, term.factors),))
        power = times(site.factor.exponent, term.coefficient)
        new.append(Factor(Elementwise("exp", 0, body), site.factor.indices, power))
    return _one(site, *new)


def exponential_of_logarithm(site: Site) -> Terms:
    """exp(log(t)) = t, for t > 0."""
    head = _function(site, "exp")
    inner = _lone_factor(head.body)
    require(inner is not None and _is_function(inner.head, "log", site.facts), "not a logarithm")
    assert inner is not None
    assert isinstance(inner.head, Elementwise)
    image = _at(head.body, site.factor.indices)
    indices = tuple(image.get(i, i) for i in inner.indices)
    return _one(site, Factor(Group(inner.head.body), indices, site.factor.exponent))


def _lone_factor(body: Entries) -> Factor | None:
    """The factor that a body is, if it is one to the first power."""
    if len(body.terms) != 1:
        return None
    term = body.terms[0]
    lone = term.coefficient == 1 and not term.bound and len(term.factors) == 1 and term.factors[0].exponent == 1
    return term.factors[0] if lone else None


def _is_function(head: Head, name: str, facts: Facts) -> bool:
    return isinstance(head, Elementwise) and head.function == name and head.order == 0 and name not in facts.functions


def logarithm_of_product(site: Site) -> Terms:
    """log(c f^a g …) = log(c) + a log(f) + log(g …) for c > 0 and f > 0, and log(exp(t)) = t; log(1) = 0."""
    head = _function(site, "log")
    require(site.factor.exponent == 1 and len(head.body.terms) == 1, "a sum of terms")
    term = head.body.terms[0]
    require(not term.bound and term.coefficient > 0, "a sum over an index, or a negative coefficient")
    known = [f for f in term.factors if site.facts.is_positive(f.head)]
    rest = tuple(f for f in term.factors if f not in known)
    if not known and len(rest) == 1 and _forces_positive(rest[0].exponent):
        known, rest = list(rest), ()
    split = len(known) + bool(rest) + (term.coefficient != 1)
    inside = len(known) == 1 and known[0].exponent == 1 and not _is_function(known[0].head, "exp", site.facts)
    require(split != 1 or bool(known) and not inside, "nothing comes out of the logarithm")
    image = _at(head.body, site.factor.indices)
    parts = [_logarithm_of(f, image, site) for f in known]
    if rest:
        parts.append(_logarithm(Term(Fraction(1), (), rest), head.body, site))
    if term.coefficient != 1:
        parts.append(Term(Fraction(1), (), (Factor(Elementwise("log", 0, Entries((), (Term(term.coefficient),)))),)))
    return substitute(site.term, site.place, parts)


def _forces_positive(power: Exponent) -> bool:
    """Whether f^power > 0 implies f > 0: an odd power, or one that is no whole number."""
    return isinstance(power, Fraction) and (power.denominator != 1 or power % 2 == 1)


def _logarithm(term: Term, body: Entries, site: Site) -> Term:
    inner = Entries(body.slots, (term,))
    return Term(Fraction(1), (), (Factor(Elementwise("log", 0, inner), site.factor.indices),))


def _logarithm_of(factor: Factor, image: Mapping[Index, Index], site: Site) -> Term:
    """log(f^a) = a log(f) for f > 0, or f of any sign and odd a; log(exp(t)^a) = a t."""
    require(isinstance(factor.exponent, Fraction), "a symbolic power")
    assert isinstance(factor.exponent, Fraction)
    indices = tuple(image.get(i, i) for i in factor.indices)
    if _is_function(factor.head, "exp", site.facts):
        assert isinstance(factor.head, Elementwise)
        return Term(factor.exponent, (), (Factor(Group(factor.head.body), indices),))
    sizes: dict[Index, Size] = site.sizes
    body, found = close((Factor(factor.head, indices),), sizes)
    return Term(factor.exponent, (), (Factor(Elementwise("log", 0, body), found),))


def common_factor(site: Site) -> Terms:
    """(f^a s + f^a t)^p = f^(ap) (s + t)^p, for whole p or f > 0; log(f^a s + f^a t) = a log(f) + log(s + t), f > 0.

    Arguments: a factor f at slots of the body, and the power a.
    """
    base, power = site.arguments
    require(isinstance(power, Fraction), "no power comes out")
    head, p = site.head, site.factor.exponent
    require(isinstance(head, Group) or _is_function(head, "log", site.facts), "neither a parenthesis nor a logarithm")
    assert isinstance(head, Group | Elementwise)
    body = head.body
    own = {Slot(k) for k in range(len(body.slots))}
    require(all(isinstance(i, Fixed) or i in own for i in base.indices), "not at slots of the body")
    require(
        power != 0 and base.exponent == 1 and not any(isinstance(i, Bound) for i in base.indices), "not a common factor"
    )
    positive = site.facts.is_positive(base.head)
    divided = tuple(
        Term(t.coefficient, t.bound, (*t.factors, Factor(base.head, base.indices, times(power, Fraction(-1)))))
        for t in body.terms
    )
    image = _at(body, site.factor.indices)
    outside = Factor(base.head, tuple(image.get(i, i) for i in base.indices))
    inner = Entries(body.slots, divided)
    if isinstance(head, Group):
        require(positive or (is_whole(p) and _divides_all(body, base, power)), "the factor could be negative or zero")
        new = Factor(Group(inner), site.factor.indices, p)
        return _one(site, Factor(outside.head, outside.indices, times(power, p)), new)
    require(positive and p == 1, "the factor could be negative or zero")
    first = _logarithm_of(Factor(outside.head, outside.indices, power), {}, site)
    second = Term(Fraction(1), (), (Factor(Elementwise("log", 0, inner), site.factor.indices),))
    return substitute(site.term, site.place, [first, second])


def _divides_all(body: Entries, base: Factor, power: Fraction) -> bool:
    """Whether every term has the factor to at least this power; or one has it to a negative power, so that f ≠ 0."""
    powers = [f.exponent for t in body.terms for f in t.factors if (f.head, f.indices) == (base.head, base.indices)]
    if not all(isinstance(q, Fraction) for q in powers):
        return False
    if power < 0:
        return any(q < 0 for q in powers)
    return len(powers) == len(body.terms) and all(q >= power for q in powers)


def content(site: Site) -> Terms:
    """(c s + c t)^p = c^p (s + t)^p, for whole p or c > 0; log(c s + c t) = log(c) + log(s + t), c > 0; argument: c."""
    (number,) = site.arguments
    head, p = site.head, site.factor.exponent
    require(isinstance(head, Group) or _is_function(head, "log", site.facts), "neither a parenthesis nor a logarithm")
    assert isinstance(head, Group | Elementwise)
    require(isinstance(number, Fraction) and number not in (0, 1), "nothing comes out")
    inner = Entries(head.body.slots, tuple(Term(t.coefficient / number, t.bound, t.factors) for t in head.body.terms))
    constant = Entries((), (Term(number),))
    if isinstance(head, Group):
        require(number > 0 or is_whole(p), "a root of a negative number")
        new = Factor(Group(inner), site.factor.indices, p)
        return _one(site, Factor(Group(constant), (), p), new)
    require(number > 0 and p == 1, "the logarithm of a negative number")
    first = Term(Fraction(1), (), (Factor(Elementwise("log", 0, constant)),))
    second = Term(Fraction(1), (), (Factor(Elementwise("log", 0, inner), site.factor.indices),))
    return substitute(site.term, site.place, [first, second])


def root_of_even_power(site: Site) -> Terms:
    """(f^(2k) g)^p = |f|^(2kp) g^p for a p that is no whole number; the argument is the place of f in the product."""
    (place,) = site.arguments
    head, p = site.head, site.factor.exponent
    require(isinstance(head, Group) and len(head.body.terms) == 1, "not a power of a product")
    assert isinstance(head, Group)
    term = head.body.terms[0]
    check_places(term, place)
    even = term.factors[place]
    require(isinstance(p, Fraction) and p.denominator != 1 and not term.bound, "not a root of a product of entries")
    require(is_whole(even.exponent) and even.exponent % 2 == 0, "not an even power")
    image = _at(head.body, site.factor.indices)
    base = Factor(even.head, tuple(image.get(i, i) for i in even.indices))
    body, found = close((base,), site.sizes)
    absolute = Factor(Elementwise("abs", 0, body), found, times(even.exponent, p))
    rest = tuple(f for k, f in enumerate(term.factors) if k != place)
    inner = Entries(head.body.slots, (Term(term.coefficient, (), rest),))
    return _one(site, absolute, Factor(Group(inner), site.factor.indices, p))


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


def by_exponentials(site: Site) -> Terms:
    """sinh, cosh and tanh by exponentials, tan by sine and cosine."""
    head = site.head
    require(isinstance(head, Elementwise) and head.function in elementary.REWRITTEN, "no hyperbolic function here")
    assert isinstance(head, Elementwise)
    require(head.order == 0, "a derivative of the function")
    require(head.function not in site.facts.functions, "a declared function")
    body = elementary.rewritten(head.function, head.body)
    return _one(site, Factor(Group(body), site.factor.indices, site.factor.exponent))


def sign_times_absolute(site: Site) -> Terms:
    """|t| sign(t) = t; the argument is the place of |t|."""
    (other,) = site.arguments
    check_places(site.term, site.place, other)
    head, beside = _function(site, "sign"), site.term.factors[other]
    require(site.factor.exponent == 1, "a power of a sign")
    absolute = Factor(Elementwise("abs", 0, head.body), site.factor.indices, beside.exponent)
    require(beside == absolute and is_whole(beside.exponent) and beside.exponent > 0, "no absolute value beside it")
    lower = plus(beside.exponent, Fraction(-1))
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in (site.place, other))
    rest = () if lower == 0 else (Factor(absolute.head, absolute.indices, lower),)
    value = Factor(Group(head.body), site.factor.indices)
    return (Term(site.term.coefficient, site.term.bound, (*kept, value, *rest)),)


def sign_times_value(site: Site) -> Terms:
    """For a term t of B: t sign(B) = |B| − (B − t) sign(B). Arguments as of `leading term of a power`."""
    head = _function(site, "sign")
    require(site.factor.exponent == 1, "a power of a sign")
    found = beside_power(site, head.body)
    return eliminated(site, found, (Factor(Elementwise("abs", 0, head.body), site.factor.indices),))


def cube_of_sign(site: Site) -> Terms:
    """sign(t)³ = sign(t)."""
    _function(site, "sign")
    p = site.factor.exponent
    require(is_whole(p) and p > 2, "no third power of a sign")
    return _one(site, Factor(site.head, site.factor.indices, plus(p, Fraction(-2))))


def even_or_odd(site: Site) -> Terms:
    """f(−t) = f(t) for even f, −f(t) for odd f."""
    head = site.head
    require(isinstance(head, Elementwise) and head.order == 0, "no function here")
    assert isinstance(head, Elementwise)
    require(head.function in elementary.PARITY and head.function not in site.facts.functions, "neither even nor odd")
    negative = Entries(head.body.slots, tuple(Term(-t.coefficient, t.bound, t.factors) for t in head.body.terms))
    odd = elementary.PARITY[head.function] == -1
    require(not odd or is_whole(site.factor.exponent), "a root of an odd function")
    sign = Fraction(-1) if odd and site.factor.exponent % 2 else Fraction(1)
    new = Factor(Elementwise(head.function, 0, negative), site.factor.indices, site.factor.exponent)
    return substitute(site.term, site.place, [Term(sign, (), (new,))])
