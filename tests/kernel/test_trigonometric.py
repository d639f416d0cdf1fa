"""Sines and cosines: squares, sums of angles, parts of pi, and what is refused."""

from dataclasses import replace
from fractions import Fraction

import pytest

from matcalc.components.terms import Elementwise, Parameter, Term
from matcalc.kernel import Refused, Rewrite
from matcalc.kernel.application import apply
from tests.kernel.sites import B0, FACTS, HALF, S0, K, N, Site, entries, factor, function, symbol, term

s, t, PI = symbol("s"), symbol("t"), factor(Parameter("pi"))
ADDITION, PART, ZERO = "addition theorem", "sine of a part of pi", "value at 0"


def of(name: str, *terms: Term) -> Elementwise:
    """A function of a sum."""
    return Elementwise(name, 0, entries(*terms))


def alone(head: object, rule: str, *arguments: object, power: object = 1) -> Site:
    return Site(entries(term(factor(head, power=power))), Rewrite(rule, 0, 0, arguments))


PARTS = ("1/6", "1/4", "1/3", "1/2", "2/3", "5/6", "1", "7/6", "3/2", "11/6", "2", "-1/4", "13/3")

KEPT: dict[str, Site] = {
    "the square of a sine": alone(function("sin", s), "square of a sine", power=5),
    "the sine of a sum": alone(of("sin", term(s), term(t, c=-2)), ADDITION, 1, Fraction(-2)),
    "the cosine of a sum, to a power": alone(of("cos", term(s), term(t)), ADDITION, 0, Fraction(1), power=3),
    "a reciprocal cosine of a multiple": alone(of("cos", term(s, c=3)), ADDITION, 0, Fraction(1), power=-1),
    "a sine with more than its angle split off": alone(of("sin", term(s)), ADDITION, 0, Fraction(5, 2)),
    "a cosine of an entry": Site(
        entries(
            term(
                factor(Elementwise("cos", 0, entries(term(symbol("x", S0)), term(symbol("y", S0)), slots=(N,))), B0),
                sums=(N,),
            )
        ),
        Rewrite(ADDITION, 0, 0, (0, Fraction(1))),
    ),
    **{
        f"the {name} of {q} pi": alone(of(name, term(PI, c=Fraction(q))), PART, power=2 if k % 2 else 3)
        for k, q in enumerate(
            ("1/6", "1/4", "1/3", "1/2", "2/3", "5/6", "1", "7/6", "3/2", "11/6", "2", "-1/4", "13/3")
        )
        for name in ("sin", "cos")
    },
    "the cosine of nothing": alone(of("cos"), PART),
    "the sine of nothing": alone(of("sin"), PART),
    "the absolute value of nothing": alone(of("abs"), ZERO, power=HALF),
    "an odd function of nothing": alone(of("erf"), ZERO),
}


@pytest.mark.parametrize("site", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(site: Site) -> None:
    site.check_value()


UNFIT: dict[str, tuple[Site, str]] = {
    "a first power of a sine": (alone(function("sin", s), "square of a sine"), "no square of a sine"),
    "a root of a sine": (alone(function("sin", s), "square of a sine", power=5 * HALF), "no square of a sine"),
    "a tangent as a sine": (alone(of("tan", term(s), term(t)), ADDITION, 0, Fraction(1)), "no sin or cos here"),
    "a whole angle": (alone(of("sin", term(s)), ADDITION, 0, Fraction(1)), "nothing is left of the angle"),
    "no part of an angle": (alone(of("sin", term(s)), ADDITION, 0, Fraction(0)), "no part of the angle"),
    "a term too far": (alone(of("sin", term(s)), ADDITION, 1, Fraction(1)), "no such term"),
    "a term counted from the end": (alone(of("sin", term(s), term(t)), ADDITION, -1, Fraction(1)), "no such term"),
    "a fifth of pi": (alone(of("sin", term(PI, c=Fraction(1, 5))), PART), "no simple value"),
    "the square of pi": (alone(of("sin", term(PI, PI)), PART), "not a rational part of π"),
    "a multiple of pi by a symbol": (alone(of("sin", term(PI, s)), PART), "not a rational part of π"),
    "a reciprocal value": (alone(of("sin", term(PI)), PART, power=-1), "no simple value"),
    "a root of a value": (alone(of("cos", term(PI)), PART, power=HALF), "no simple value"),
    "an exponential of nothing": (alone(of("exp"), ZERO), "not a function that is 0 at 0"),
    "an odd function of something": (alone(of("erf", term(s)), ZERO), "not a power of its value at 0"),
    "a reciprocal of 0": (alone(of("sin"), ZERO, power=-1), "not a power of its value at 0"),
    "a symbolic power of 0": (alone(of("sin"), ZERO, power=K), "not a power of its value at 0"),
}


@pytest.mark.parametrize(("site", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(site: Site, reason: str) -> None:
    replace(site, reason=reason).check_refused()


@pytest.mark.parametrize(("rule", "arguments"), [(ADDITION, (0, Fraction(1))), (PART, ()), (ZERO, ())])
def test_an_arbitrary_function_of_that_name_is_left_alone(rule: str, arguments: tuple[object, ...]) -> None:
    facts = replace(FACTS, functions=frozenset({"sin"}))
    for terms in ((), (term(s), term(t))):
        with pytest.raises(Refused):
            apply(entries(term(factor(of("sin", *terms)))), Rewrite(rule, 0, 0, arguments), facts)


CONDITIONS = {
    "a large power of a sine": replace(
        alone(of("sin", term(PI, c=Fraction(1, 6))), PART, power=10_000), reason="a number too large to write out"
    ),
    "a term whose number is no integer": replace(
        alone(of("sin", term(s), term(t)), ADDITION, 0.0, Fraction(1)), reason="no such term"
    ),
    "a float as a share": replace(alone(of("sin", term(s), term(t)), ADDITION, 0, 0.5), reason="no part of the angle"),
    "a derivative at 0": replace(alone(Elementwise("sin", 1, entries()), ZERO), reason="no function here"),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
