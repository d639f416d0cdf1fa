"""Rules of exponentials, of functions written by others, and of even and odd functions, entry by entry."""

from fractions import Fraction

from matcalc.components import elementary
from matcalc.components.exponents import Exponent, is_natural, is_whole, times
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Elementwise,
    Entries,
    Factor,
    Group,
    Head,
    Index,
    Parameter,
    Slot,
    Term,
    substitute,
)
from matcalc.kernel.steps import Site, require
from matcalc.language.sizes import generator

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
    """exp(a s + b t + …) = exp(s)^a exp(t)^b … for numbers or whole numbers a, b; exp(0) = 1."""
    head = _function(site, "exp")
    parts = [_multiple(term, site.facts) for term in head.body.terms]
    require(len(parts) != 1 or parts[0][0] != 1, "a single term already")
    new = []
    for share, term in parts:
        body = Entries(head.body.slots, (term,))
        new.append(Factor(Elementwise("exp", 0, body), site.factor.indices, times(site.factor.exponent, share)))
    return _one(site, *new)


def _multiple(term: Term, facts: Facts) -> tuple[Exponent, Term]:
    """A term as a polynomial in integers and sizes, times a term without them."""
    share: Exponent = term.coefficient
    rest = []
    for factor in term.factors:
        if isinstance(factor.head, Parameter) and factor.head.name != "pi" and is_natural(factor.exponent):
            assert isinstance(factor.exponent, Fraction)
            share = times(share, generator(facts.ring, factor.head.name) ** int(factor.exponent))
        else:
            rest.append(factor)
    return share, Term(Fraction(1), term.bound, tuple(rest))


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


def by_exponentials(site: Site) -> Terms:
    """sinh, cosh and tanh by exponentials, tan by sine and cosine."""
    head = site.head
    require(isinstance(head, Elementwise) and head.function in elementary.REWRITTEN, "no hyperbolic function here")
    assert isinstance(head, Elementwise)
    require(head.order == 0, "a derivative of the function")
    require(head.function not in site.facts.functions, "a declared function")
    body = elementary.rewritten(head.function, head.body)
    return _one(site, Factor(Group(body), site.factor.indices, site.factor.exponent))


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
