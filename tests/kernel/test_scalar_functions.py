"""Rules of exponentials, logarithms, absolute values and signs: what each does at a site, and what it refuses."""

from dataclasses import replace

import pytest

from matcalc.components.terms import Elementwise
from matcalc.kernel import Refused, Rewrite
from tests.kernel.sites import HALF, Site, declared, entries, factor, function, partial, symbol, term

s, t, w = symbol("s"), symbol("t"), symbol("w")
EXP = factor(function("exp", s))


def of(name: str, *terms: object) -> Elementwise:
    """A function of a sum."""
    return Elementwise(name, 0, entries(*terms))


def alone(head: object, rule: str, *arguments: object, power: object = 1) -> Site:
    return Site(entries(term(factor(head, power=power))), Rewrite(rule, 0, 0, arguments))


def beside(rule: str, *factors: object, arguments: tuple[object, ...] = (1,)) -> Site:
    return Site(entries(term(*factors)), Rewrite(rule, 0, 0, arguments))


ABS, SIGN = function("abs", s), function("sign", s)

KEPT: dict[str, Site] = {
    "the exponential of a sum": alone(of("exp", term(s, c=2), term(t, c=-1), term(c=3)), "exponential of a sum"),
    "the exponential of nothing": alone(of("exp"), "exponential of a sum"),
    "the exponential of a logarithm": alone(of("exp", term(factor(function("log", s)))), "exponential of a logarithm"),
    "a hyperbolic tangent": alone(function("tanh", s), "by exponentials", power=2),
    "a tangent": alone(function("tan", s), "by exponentials"),
    "an even function": alone(of("cos", term(s, c=-1)), "even or odd function", power=HALF),
    "an odd function": alone(of("erf", term(s, c=-1), term(t)), "even or odd function", power=-3),
}


@pytest.mark.parametrize("site", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(site: Site) -> None:
    site.check_value()


UNFIT: dict[str, Site] = {
    "a single exponential": alone(function("exp", s), "exponential of a sum"),
    "the exponential of twice a logarithm": alone(
        of("exp", term(factor(function("log", s)), c=2)), "exponential of a logarithm"
    ),
    "a root of an odd function": alone(of("sin", term(s, c=-1)), "even or odd function", power=HALF),
    "an exponential as even": alone(of("exp", term(s, c=-1)), "even or odd function"),
    "a sigmoid as odd": alone(of("sigmoid", term(s, c=-1)), "even or odd function"),
    "an arbitrary function as odd": alone(of("f", term(s, c=-1)), "even or odd function"),
}


@pytest.mark.parametrize("site", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(site: Site) -> None:
    with pytest.raises(Refused):
        site.after()


@pytest.mark.parametrize("rule", ["definition of the function", "chain rule"])
def test_a_derivative_of_an_elementary_function_is_not_the_function(rule: str) -> None:
    """A head of order 1 is the derivative itself."""
    head = Elementwise("relu", 1, entries(term(s)))
    inner = factor(head)
    site = Site(entries(term(factor(partial("s", inner)) if rule == "chain rule" else inner)), Rewrite(rule, 0, 0, ()))
    with pytest.raises(Refused):
        site.after()


CONDITIONS = {
    "a declared exponential": replace(
        alone(of("exp", term(s), term(t)), "exponential of a sum"), facts=declared("exp"), reason="a declared function"
    ),
    "a sine by exponentials": replace(
        alone(function("sin", s), "by exponentials"), reason="no hyperbolic function here"
    ),
    "a derivative by exponentials": replace(
        alone(function("tanh", s, order=1), "by exponentials"), reason="a derivative of the function"
    ),
    "a declared hyperbolic function by exponentials": replace(
        alone(function("tanh", s), "by exponentials"), facts=declared("tanh"), reason="a declared function"
    ),
    "a sine as an exponential": replace(
        alone(of("sin", term(s), term(t)), "exponential of a sum"), reason="no exp here"
    ),
    "a derivative as an exponential": replace(
        alone(function("exp", s, order=1), "exponential of a sum"), reason="no exp here"
    ),
    "the exponential of a sine": replace(
        alone(of("exp", term(factor(function("sin", s)))), "exponential of a logarithm"), reason="not a logarithm"
    ),
    "a symbol by exponentials": replace(alone(s.head, "by exponentials"), reason="no hyperbolic function here"),
    "a derivative as even": replace(
        alone(function("cos", s, order=1), "even or odd function"), reason="no function here"
    ),
    "a declared even function": replace(
        alone(of("cos", term(s, c=-1)), "even or odd function"), facts=declared("cos"), reason="neither even nor odd"
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
