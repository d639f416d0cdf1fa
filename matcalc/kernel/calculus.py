"""Rules of differentiation: each takes one derivative of a product of entries to a sum without it, or nearer to it."""

from collections.abc import Sequence
from fractions import Fraction

from matcalc.components import elementary
from matcalc.components.arrays import single, slots
from matcalc.components.exponents import plus
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Group,
    Index,
    Partial,
    Term,
    close,
    instantiate,
    numeral,
    substitute,
)
from matcalc.kernel.steps import Site, monomial, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]


def _derivative_of(factors: tuple[Factor, ...], by: tuple[Index, ...], site: Site, sizes: dict[Index, Size]) -> Factor:
    """∂/∂X of a product that stands at this term's indices."""
    head = site.head
    assert isinstance(head, Partial)
    body, found = close(factors, sizes)
    return Factor(Partial(body, head.variable), (*found, *by))


def linearity(site: Site) -> Terms:
    """∂(Σ c t)/∂X = Σ c ∂t/∂X, finite sums over indices included."""
    head, own, by = site.partial()
    new = []
    for term in instantiate(head.body, own, site.offset):
        sums: dict[Index, Size] = {Bound(site.offset + number): size for number, size in enumerate(term.bound)}
        new.append(Term(term.coefficient, term.bound, (_derivative_of(term.factors, by, site, site.sizes | sums),)))
    return substitute(site.term, site.place, new)


def product(site: Site) -> Terms:
    """∂(f g …)/∂X = (∂f/∂X) g … + f (∂g/∂X) … + …"""
    head, own, by = site.partial()
    monomial(head.body)
    factors = instantiate(head.body, own, site.offset)[0].factors
    require(len(factors) > 1, "not a product")
    new = []
    for place, factor in enumerate(factors):
        derived = _derivative_of((factor,), by, site, site.sizes)
        new.append(Term(Fraction(1), (), (*factors[:place], derived, *factors[place + 1 :])))
    return substitute(site.term, site.place, new)


def power(site: Site) -> Terms:
    """∂(f^p)/∂X = p f^(p−1) ∂f/∂X for a constant p."""
    _, factor, by = site.only_factor()
    require(factor.exponent != 1, "not a power")
    base = Factor(factor.head, factor.indices)
    lower = Factor(factor.head, factor.indices, plus(factor.exponent, Fraction(-1)))
    rest = (lower, _derivative_of((base,), by, site, site.sizes))
    number = (Term(factor.exponent),) if isinstance(factor.exponent, Fraction) else numeral(factor.exponent)
    return substitute(site.term, site.place, [Term(t.coefficient, (), (*t.factors, *rest)) for t in number])


def constant(site: Site) -> Terms:
    """∂c/∂X = 0 where c does not depend on X."""
    head, _, _ = site.partial()
    require(not site.facts.varies(head.body, head.variable), "the body depends on the variable")
    return ()


def variable(site: Site) -> Terms:
    """∂X_ij/∂X_kl = δ_ik δ_jl: inside a derivative each entry of X moves by itself."""
    head, factor, by = site.only_factor()
    require(factor == Factor(Declared(head.variable), factor.indices), "not the variable itself")
    return substitute(site.term, site.place, [Term(Fraction(1), (), _deltas(factor.indices, by))])


def _deltas(left: Sequence[Index], right: Sequence[Index]) -> tuple[Factor, ...]:
    return tuple(Factor(Delta(), pair) for pair in zip(left, right, strict=True))


def dependence(site: Site) -> Terms:
    """∂u/∂x = Σ over the variables w of u of (∂u/∂w) · (∂w/∂x), a new symbol where w is x itself."""
    head, factor, by = site.only_factor()
    symbol = factor.head
    require(isinstance(symbol, Declared) and factor.exponent == 1, "not a declared function")
    assert isinstance(symbol, Declared)
    require(symbol.name != head.variable, "the variable itself")
    new = []
    for name in site.facts.symbols[symbol.name].of:
        partial = Declared(symbol.name, (*symbol.by, name))
        if name == head.variable:
            new.append(Term(Fraction(1), (), (Factor(partial, (*factor.indices, *by)),)))
        elif site.facts.depends(name, head.variable):
            axes = site.facts.symbols[name].axes
            inner = tuple(Bound(site.offset + number) for number in range(len(axes)))
            sizes = site.sizes | dict(zip(inner, axes, strict=True))
            link = _derivative_of((Factor(Declared(name), inner),), by, site, sizes)
            new.append(Term(Fraction(1), axes, (Factor(partial, (*factor.indices, *inner)), link)))
    return substitute(site.term, site.place, new)


def chain(site: Site) -> Terms:
    """∂f(u)/∂X = f′(u) ∂u/∂X, entry by entry."""
    head, factor, by = site.only_factor()
    function = factor.head
    require(isinstance(function, Elementwise) and factor.exponent == 1, "not a function of an expression")
    assert isinstance(function, Elementwise)
    outer = Factor(Group(derivative_of_function(function, site)), factor.indices)
    inner = Factor(Partial(function.body, head.variable), (*factor.indices, *by))
    return substitute(site.term, site.place, [Term(Fraction(1), (), (outer, inner))])


def derivative_of_function(function: Elementwise, site: Site) -> Entries:
    """f′(u) as entries over the slots of u: SymPy's for an elementary f, the next symbol for a declared one."""
    if function.function not in site.facts.functions:
        require(function.order == 0, "an elementary function is of order 0")
        return elementary.derivative(function.function, function.body)
    free = function.body.slots
    return single(free, Factor(Elementwise(function.function, function.order + 1, function.body), slots(0, free)))
