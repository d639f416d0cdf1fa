"""Rules of exponentials, logarithms, absolute values and signs: what each does at a site, and what it refuses."""

from fractions import Fraction

import pytest

from matcalc.components.terms import Elementwise, Entries, Factor, Group, Parameter
from matcalc.kernel import Refused, Rewrite
from tests.kernel.sites import (
    HALF,
    S0,
    K,
    N,
    Site,
    entries,
    factor,
    function,
    group,
    partial,
    symbol,
    term,
)

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
    "the logarithm of a product with an exponential": alone(of("log", term(EXP, s, c=2)), "logarithm of a product"),
    "the logarithm of a positive symbol's power": alone(
        of("log", term(symbol("w", power=-2), t)), "logarithm of a product"
    ),
    "the logarithm of an odd power": alone(of("log", term(symbol("s", power=3))), "logarithm of a product"),
    "a positive common factor of a reciprocal": alone(
        group(term(w, s), term(w, t)), "common factor", w, Fraction(1), power=-1
    ),
    "a common factor that stands in every term": alone(
        group(term(symbol("s", power=2)), term(s, t)), "common factor", s, Fraction(1), power=3
    ),
    "a positive common factor of a root": alone(
        group(term(EXP, s), term(t)), "common factor", EXP, Fraction(1), power=HALF
    ),
    "a common number of a reciprocal": alone(
        group(term(s, c=2), term(t, c=-4)), "common number", Fraction(-2), power=-1
    ),
    "a positive common number of a root": alone(
        group(term(s, c=2), term(t, c=4)), "common number", Fraction(2), power=HALF
    ),
    "the square of a sine": alone(function("sin", s), "square of a sine", power=5),
    "a hyperbolic tangent": alone(function("tanh", s), "by exponentials", power=2),
    "a tangent": alone(function("tan", s), "by exponentials"),
    "an even function": alone(of("cos", term(s, c=-1)), "even or odd function", power=HALF),
    "an odd function": alone(of("erf", term(s, c=-1), term(t)), "even or odd function", power=-3),
    "a third power of a sign": alone(SIGN, "third power of a sign", power=4),
    "a sign beside an absolute value": beside("sign times absolute value", factor(SIGN), factor(ABS, power=3)),
    "a sign beside a reciprocal": beside("sign beside a reciprocal", factor(SIGN), factor(ABS, power=-1)),
    "a fourth power of an absolute value": alone(ABS, "even power of an absolute value", power=4),
    "a negative odd power of an absolute value": alone(ABS, "even power of an absolute value", power=-3),
}


@pytest.mark.parametrize("site", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(site: Site) -> None:
    site.check_value()


UNFIT: dict[str, Site] = {
    "a single exponential": alone(function("exp", s), "exponential of a sum"),
    "the exponential of twice a logarithm": alone(
        of("exp", term(factor(function("log", s)), c=2)), "exponential of a logarithm"
    ),
    "the logarithm of an even power": alone(of("log", term(symbol("s", power=2))), "logarithm of a product"),
    "the logarithm of a symbolic power": alone(of("log", term(symbol("s", power=K))), "logarithm of a product"),
    "the logarithm of a product of symbols": alone(of("log", term(s, t)), "logarithm of a product"),
    "the logarithm of minus an exponential": alone(of("log", term(EXP, c=-1)), "logarithm of a product"),
    "the logarithm of a sum": alone(of("log", term(s), term(t)), "logarithm of a product"),
    "the square of a logarithm": alone(of("log", term(EXP, w)), "logarithm of a product", power=2),
    "a common factor of a root that may be negative": alone(
        group(term(s, t), term(s)), "common factor", s, Fraction(1), power=HALF
    ),
    "a common factor of a reciprocal that stands in one term": alone(
        group(term(s), term(t)), "common factor", s, Fraction(1), power=-1
    ),
    "a common factor of a logarithm that may be negative": alone(
        of("log", term(s, t), term(s)), "common factor", s, Fraction(1)
    ),
    "a common factor to no power": alone(group(term(w, s), term(w)), "common factor", w, Fraction(0)),
    "an integer as a positive factor": alone(
        group(term(s), term(t)), "common factor", factor(Parameter("k")), Fraction(1), power=-1
    ),
    "a common number 0": alone(group(term(s), term(t)), "common number", Fraction(0), power=-1),
    "a negative common number of a root": alone(
        group(term(s, c=-2), term(t, c=-2)), "common number", Fraction(-2), power=HALF
    ),
    "a negative common number of a logarithm": alone(
        of("log", term(s, c=-2), term(t, c=-2)), "common number", Fraction(-2)
    ),
    "a number that is no fraction": alone(group(term(s), term(t)), "common number", 0.1, power=-1),
    "a first power of a sine": alone(function("sin", s), "square of a sine"),
    "a root of a sine": alone(function("sin", s), "square of a sine", power=Fraction(5, 2)),
    "a root of an odd function": alone(of("sin", term(s, c=-1)), "even or odd function", power=HALF),
    "an exponential as even": alone(of("exp", term(s, c=-1)), "even or odd function"),
    "a sigmoid as odd": alone(of("sigmoid", term(s, c=-1)), "even or odd function"),
    "an arbitrary function as odd": alone(of("f", term(s, c=-1)), "even or odd function"),
    "a square of a sign as 1": alone(SIGN, "third power of a sign", power=2),
    "a negative power of a sign": alone(SIGN, "third power of a sign", power=-3),
    "a sign beside the absolute value of another": beside(
        "sign times absolute value", factor(SIGN), factor(function("abs", t))
    ),
    "a sign beside a positive power as a reciprocal": beside(
        "sign beside a reciprocal", factor(SIGN), factor(ABS, power=2)
    ),
    "a sign beside an absolute value counted from the end": beside(
        "sign beside a reciprocal", factor(SIGN), factor(ABS, power=-1), arguments=(-1,)
    ),
    "a first power of an absolute value": alone(ABS, "even power of an absolute value"),
    "a root of an absolute value": alone(ABS, "even power of an absolute value", power=Fraction(5, 2)),
    "a symbolic power of an absolute value": alone(ABS, "even power of an absolute value", power=2 * K),
}


@pytest.mark.parametrize("site", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(site: Site) -> None:
    with pytest.raises(Refused):
        site.after()


def test_a_common_factor_takes_out_no_more_than_stands_in_each_term() -> None:
    """|s|⁰ t = |s|¹ (|s|⁻¹ t) fails at s = 0, where the left side is t."""
    zeroth = Factor(ABS, (), Fraction(0))
    site = alone(Group(entries(term(zeroth, t), term(zeroth))), "common factor", Factor(ABS), Fraction(1))
    with pytest.raises(Refused):
        site.after()


def test_a_common_factor_stands_at_slots_of_its_body() -> None:
    """A slot that the body does not have would be captured by the expression around it."""
    stray = factor(function("exp", symbol("x", S0), slots=(N,)), S0)
    body = Entries((), (term(s), term(t)))
    site = Site(entries(term(factor(Group(body))), slots=(N,)), Rewrite("common factor", 0, 0, (stray, Fraction(1))))
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
