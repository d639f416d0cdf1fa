"""Rules of differentiation: what each does at a site, and what each refuses, for the right reason."""

import pytest

from matcalc.components.terms import Declared, Entries, Partial, Slot
from matcalc.kernel import Rewrite
from tests.kernel.sites import (
    B0,
    B1,
    HALF,
    S0,
    S1,
    I,
    J,
    K,
    N,
    Site,
    entries,
    factor,
    frozen,
    function,
    group,
    matrix,
    partial,
    symbol,
    term,
)

s, t = symbol("s"), symbol("t")


def at(rule: str, *arguments: object) -> Rewrite:
    return Rewrite(rule, 0, 0, arguments)


def by_scalar(rule: str, *factors: object, reason: str = "", c: int = 1) -> Site:
    """The derivative of a product by the scalar s."""
    return Site(entries(term(factor(partial("s", *factors, c=c)))), at(rule), reason)


X_ENTRY = symbol("X", S0, S1)
SQUARE_BY_SQUARE = (Slot(0), Slot(1), Slot(2), Slot(3))


def by_matrix(rule: str, name: str, *factors: object, reason: str = "") -> Site:
    """The derivative of an n×n matrix, written over the slots 0 and 1, by an n×n matrix."""
    body = partial(name, *factors, slots=(N, N))
    return Site(entries(term(factor(body, *SQUARE_BY_SQUARE)), slots=(N,) * 4), at(rule), reason)


SUM = Partial(Entries((N,), (term(symbol("x", S0)), term(symbol("X", S0, B0), symbol("x", B0), sums=(N,), c=2))), "x")
SINE = factor(function("sin", symbol("u", S0), slots=(N,)), S0)
NESTED = factor(function("exp", factor(group(term(SINE), slots=(N,)), S0), slots=(N,)), S0)
DOT = Entries((), (term(symbol("x", B0), symbol("y", B0), sums=(N,)),))

DIFFERENTIATED: dict[str, Site] = {
    "a sum, a finite one over an index too": Site(
        entries(term(factor(SUM, B1, S0), symbol("y", B1), sums=(N, N)), slots=(N,)), at("linearity")
    ),
    "a product": by_scalar("product rule", s, t, factor(function("exp", s))),
    "a whole power": by_scalar("power rule", symbol("s", power=3)),
    "a reciprocal": by_scalar("power rule", symbol("s", power=-1)),
    "a root": by_scalar("power rule", symbol("s", power=HALF)),
    "a symbolic power": by_scalar("power rule", symbol("s", power=2 * K + 1)),
    "a constant": by_scalar("constant rule", t),
    "a detached part": by_scalar("constant rule", factor(frozen(s)), t),
    "a variable": by_matrix("derivative of the variable", "X", X_ENTRY),
    "a fixed entry of a variable": Site(
        entries(term(factor(partial("X", symbol("X", I, J)), S0, S1)), slots=(N, N)), at("derivative of the variable")
    ),
    "an entry of a symmetric variable by itself": by_matrix("derivative of the variable", "S", symbol("S", S0, S1)),
    "an entry of a skew variable by itself": by_matrix("derivative of the variable", "Q", symbol("Q", S0, S1)),
    "an entry of a triangular variable by itself": by_matrix("derivative of the variable", "L", symbol("L", S0, S1)),
    "a function by its variable": Site(
        entries(term(factor(partial("x", symbol("u", S0), slots=(N,)), S0, S1)), slots=(N, N)),
        at("declared dependence"),
    ),
    "a function of a function": Site(
        entries(term(factor(partial("x", symbol("g")), S0)), slots=(N,)), at("declared dependence")
    ),
    "an elementary function": by_scalar("chain rule", factor(function("tanh", s, t))),
    "an arbitrary function": by_scalar("chain rule", factor(function("f", s, s, order=1))),
    "an inverse": by_matrix("differential of an inverse", "X", factor(matrix("inv", term(X_ENTRY)), S0, S1)),
    "a determinant": Site(
        entries(term(factor(partial("X", factor(matrix("det", term(X_ENTRY)))), S0, S1)), slots=(N, N)),
        at("Jacobi's formula"),
    ),
}


@pytest.mark.parametrize("site", DIFFERENTIATED.values(), ids=DIFFERENTIATED.keys())
def test_a_rule_keeps_the_value(site: Site) -> None:
    site.check_value()


CALCULUS = (
    "linearity",
    "product rule",
    "power rule",
    "constant rule",
    "chain rule",
    "declared dependence",
    "derivative of the variable",
    "differential of an inverse",
    "Jacobi's formula",
)


@pytest.mark.parametrize("rule", CALCULUS)
def test_only_a_derivative_is_differentiated(rule: str) -> None:
    Site(entries(term(s)), at(rule), "no derivative here").check_refused()


@pytest.mark.parametrize("rule", CALCULUS)
def test_a_power_of_a_derivative_is_no_derivative(rule: str) -> None:
    Site(entries(term(factor(partial("s", s), power=2))), at(rule), "no derivative here").check_refused()


REFUSED: dict[str, Site] = {
    "a product with a coefficient": by_scalar(
        "product rule", s, t, c=2, reason="a coefficient or a sum stands before the product"
    ),
    "a product under a sum over an index": Site(
        entries(term(factor(Partial(DOT, "x"), S0)), slots=(N,)),
        at("product rule"),
        "a coefficient or a sum stands before the product",
    ),
    "a sum as a product": Site(
        entries(term(factor(Partial(Entries((), (term(s), term(t))), "s")))), at("product rule"), "not a single term"
    ),
    "a single factor as a product": by_scalar("product rule", s, reason="not a product"),
    "a product as a power": by_scalar("power rule", s, s, reason="not the derivative of a single factor"),
    "a first power": by_scalar("power rule", s, reason="not a power"),
    "the variable as a constant": by_scalar("constant rule", s, reason="the body depends on the variable"),
    "a power of the variable as a constant": by_scalar(
        "constant rule", symbol("s", power=0), reason="the body depends on the variable"
    ),
    "a function of the variable as a constant": Site(
        entries(term(factor(partial("x", symbol("u", S0), slots=(N,)), S0, S1)), slots=(N, N)),
        at("constant rule"),
        "the body depends on the variable",
    ),
    "a function of a function of the variable as a constant": Site(
        entries(term(factor(partial("x", symbol("g")), S0)), slots=(N,)),
        at("constant rule"),
        "the body depends on the variable",
    ),
    "a derivative of a function of the variable as a constant": Site(
        entries(term(factor(partial("x", factor(Declared("g", ("u",)), S0), slots=(N,)), S0, S1)), slots=(N, N)),
        at("constant rule"),
        "the body depends on the variable",
    ),
    "a dependence inside heads inside heads as a constant": Site(
        entries(term(factor(partial("x", NESTED, slots=(N,)), S0, S1)), slots=(N, N)),
        at("constant rule"),
        "the body depends on the variable",
    ),
    "an inner derivative that varies as a constant": by_scalar(
        "constant rule", factor(partial("s", symbol("s", power=2))), reason="the body depends on the variable"
    ),
    "an inner derivative by another variable as a constant": by_scalar(
        "constant rule", factor(partial("t", s, t)), reason="the body depends on the variable"
    ),
    "an inverse that varies as a constant": by_matrix(
        "constant rule", "X", factor(matrix("inv", term(X_ENTRY)), S0, S1), reason="the body depends on the variable"
    ),
    "an unknown function of a matrix that varies as a constant": by_matrix(
        "constant rule", "X", factor(matrix("pinv", term(X_ENTRY)), S0, S1), reason="the body depends on the variable"
    ),
    "another symbol as the variable": by_scalar("derivative of the variable", t, reason="not the variable itself"),
    "a function of the variable as the variable": Site(
        entries(term(factor(partial("x", symbol("u", S0), slots=(N,)), S0, S1)), slots=(N, N)),
        at("derivative of the variable"),
        "not the variable itself",
    ),
    "a power of the variable as the variable": by_scalar(
        "derivative of the variable", symbol("s", power=2), reason="not the variable itself"
    ),
    "the variable as a function of itself": by_scalar("declared dependence", s, reason="the variable itself"),
    "a power of a function": by_scalar("declared dependence", symbol("t", power=2), reason="not a declared function"),
    "an elementary function as a declared one": by_scalar(
        "declared dependence", factor(function("exp", s)), reason="not a declared function"
    ),
    "a function of a symmetric matrix that is itself a function": Site(
        entries(term(factor(partial("S", symbol("r")), S0, S1)), slots=(N, N)),
        at("derivative of the variable"),
        "not the variable itself",
    ),
    "a power of a function of an expression": by_scalar(
        "chain rule", factor(function("exp", s), power=2), reason="not a function of an expression"
    ),
    "a parenthesis as a function": by_scalar(
        "chain rule", factor(group(term(s), term(t))), reason="not a function of an expression"
    ),
    "a detached part as a function": by_scalar(
        "chain rule", factor(frozen(s)), reason="not a function of an expression"
    ),
    "a power of an inverse": by_matrix(
        "differential of an inverse",
        "X",
        factor(matrix("inv", term(X_ENTRY)), S0, S1, power=2),
        reason="not an inverse",
    ),
    "an adjugate as an inverse": by_matrix(
        "differential of an inverse", "X", factor(matrix("adjugate", term(X_ENTRY)), S0, S1), reason="not an inverse"
    ),
    "a power of a determinant": Site(
        entries(term(factor(partial("X", factor(matrix("det", term(X_ENTRY)), power=2)), S0, S1)), slots=(N, N)),
        at("Jacobi's formula"),
        "not a determinant",
    ),
}


@pytest.mark.parametrize("site", REFUSED.values(), ids=REFUSED.keys())
def test_a_site_that_does_not_fit_is_refused_for_its_reason(site: Site) -> None:
    site.check_refused()


def test_the_chain_rule_refuses_a_derivative_of_an_elementary_function() -> None:
    """Its order says how often it is differentiated; SymPy is asked for the first derivative of the function itself."""
    with pytest.raises(Exception, match="order"):
        by_scalar("chain rule", factor(function("sin", s, order=1))).after()
