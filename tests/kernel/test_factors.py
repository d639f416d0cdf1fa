"""Sums that are products: common factors, common numbers and factorisations, and what may not be taken out."""

from dataclasses import replace
from fractions import Fraction

import pytest

from matcalc.components.terms import Elementwise, Entries, Factor, Group, Parameter
from matcalc.kernel import Refused, Rewrite
from tests.kernel.sites import B0, HALF, S0, S1, K, N, Site, entries, factor, function, group, symbol, term, use

s, t, w = symbol("s"), symbol("t"), symbol("w")
EXP = factor(function("exp", s))
ABS = function("abs", s)
ONE = Fraction(1)


def of(name: str, *terms: object) -> Elementwise:
    """A function of a sum."""
    return Elementwise(name, 0, entries(*terms))


def alone(head: object, rule: str, *arguments: object, power: object = 1) -> Site:
    return Site(entries(term(factor(head, power=power))), Rewrite(rule, 0, 0, arguments))


def squared(name: str) -> Factor:
    return symbol(name, power=2)


CUBE = (term(symbol("s", power=3)), term(symbol("t", power=3), c=-1))
DIFFERENCE = entries(term(s), term(t, c=-1))
REST = entries(term(squared("s")), term(s, t), term(squared("t")))
SQUARES = (term(squared("s")), term(squared("t"), c=-1))
SUM = entries(term(s), term(t))

ONE_MORE = group(term(s), term())
THREE_MORE = group(term(s, c=2), term(c=3))


def fractions(first: object, second: object, *arguments: object, powers: tuple[object, object] = (-1, -1)) -> Site:
    return Site(
        entries(term(factor(first, power=powers[0]), factor(second, power=powers[1]), t)),
        Rewrite("partial fractions", 0, 0, (1, *arguments)),
    )


KEPT: dict[str, Site] = {
    "two denominators": fractions(ONE_MORE, THREE_MORE, Fraction(2), ONE),
    "powers of two denominators": fractions(ONE_MORE, THREE_MORE, Fraction(2), ONE, powers=(-2, -3)),
    "a positive common factor of a reciprocal": alone(group(term(w, s), term(w, t)), "common factor", w, ONE, power=-1),
    "a common factor that stands in every term": alone(
        group(term(squared("s")), term(s, t)), "common factor", s, ONE, power=3
    ),
    "a positive common factor of a root": alone(group(term(EXP, s), term(t)), "common factor", EXP, ONE, power=HALF),
    "a common factor of a root that may be negative": alone(
        group(term(s, t), term(s)), "common factor", s, ONE, power=-HALF
    ),
    "a common factor of a logarithm that may be negative": alone(
        of("log", term(s, t), term(s)), "common factor", s, ONE
    ),
    "a common factor of an absolute value": alone(of("abs", term(s, t), term(s)), "common factor", s, ONE),
    "a common factor of a sign": alone(of("sign", term(s, t), term(squared("s"))), "common factor", s, ONE),
    "a common denominator": alone(
        group(term(symbol("s", power=-1)), term(t)), "common factor", s, Fraction(-1), power=-1
    ),
    "a common number of a reciprocal": alone(
        group(term(s, c=2), term(t, c=-4)), "common number", Fraction(-2), power=-1
    ),
    "a positive common number of a root": alone(
        group(term(s, c=2), term(t, c=4)), "common number", Fraction(2), power=HALF
    ),
    "a negative common number of a sign": alone(of("sign", term(s, c=-2), term(t)), "common number", Fraction(-2)),
    "a negative common number of an absolute value": alone(
        of("abs", term(s, c=-2), term(t)), "common number", Fraction(-2), power=3
    ),
    "a reciprocal of a difference of cubes": alone(
        group(*CUBE), "factorisation", ((DIFFERENCE, 1), (REST, 1)), power=-1
    ),
    "a root of a difference of cubes": alone(group(*CUBE), "factorisation", ((DIFFERENCE, 1), (REST, 1)), power=HALF),
    "the logarithm of a difference of squares": alone(
        of("log", *SQUARES), "factorisation", ((DIFFERENCE, 1), (SUM, 1))
    ),
    "the root of a square": alone(
        group(term(squared("s")), term(s, t, c=2), term(squared("t"))), "factorisation", ((SUM, 2),), power=HALF
    ),
    "the sign of a square over the integers": alone(
        of("sign", term(c=4), term(s, c=4), term(squared("s"))), "factorisation", ((entries(term(s), term(c=2)), 2),)
    ),
    "a square of a sum with a root": alone(
        group(term(s), term(symbol("s", power=HALF), c=2), term()),
        "factorisation",
        ((entries(term(symbol("s", power=HALF)), term()), 2),),
        power=-HALF,
    ),
}


@pytest.mark.parametrize("site", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(site: Site) -> None:
    site.check_value()


ROOTS = (
    entries(term(symbol("s", power=HALF)), term(symbol("t", power=HALF))),
    entries(term(symbol("s", power=HALF)), term(symbol("t", power=HALF), c=-1)),
)

UNFIT: dict[str, tuple[Site, str]] = {
    "denominators that differ by more than a number": (
        fractions(ONE_MORE, THREE_MORE, ONE, ONE),
        "the denominators do not differ by a number",
    ),
    "equal denominators": (fractions(ONE_MORE, ONE_MORE, ONE, ONE), "the denominators do not differ by a number"),
    "a numerator and a denominator": (
        fractions(ONE_MORE, THREE_MORE, Fraction(2), ONE, powers=(1, -1)),
        "not two denominators",
    ),
    "roots in denominators": (
        fractions(ONE_MORE, THREE_MORE, Fraction(2), ONE, powers=(-HALF, -1)),
        "not two denominators",
    ),
    "a common factor of a reciprocal that stands in one term": (
        alone(group(term(s), term(t)), "common factor", s, ONE, power=-1),
        "the factor could be 0",
    ),
    "a common factor to no power": (
        alone(group(term(w, s), term(w)), "common factor", w, Fraction(0)),
        "no power comes out",
    ),
    "an integer as a positive factor": (
        alone(group(term(s), term(t)), "common factor", factor(Parameter("k")), ONE, power=-1),
        "the factor could be 0",
    ),
    "a common factor of a cosine": (
        alone(of("cos", term(s, t), term(s)), "common factor", s, ONE),
        "neither a power nor a function of a product",
    ),
    "a common number 0": (
        alone(group(term(s), term(t)), "common number", Fraction(0), power=-1),
        "nothing comes out",
    ),
    "a negative common number of a root": (
        alone(group(term(s, c=-2), term(t, c=-2)), "common number", Fraction(-2), power=HALF),
        "a root of a negative number",
    ),
    "a number that is no fraction": (
        alone(group(term(s), term(t)), "common number", 0.1, power=-1),
        "nothing comes out",
    ),
    "factors of another sum": (
        alone(group(*SQUARES), "factorisation", ((DIFFERENCE, 1), (DIFFERENCE, 1)), power=-1),
        "the product is another sum",
    ),
    "a single factor": (
        alone(group(*SQUARES), "factorisation", ((entries(*SQUARES), 1),), power=-1),
        "a single factor",
    ),
    "a negative power of a factor": (
        alone(group(*SQUARES), "factorisation", ((DIFFERENCE, 2), (SUM, -1)), power=-1),
        "not natural powers",
    ),
    "a sum over an index": (
        alone(
            group(term(symbol("x", B0, power=2), sums=(N,)), term(s)), "factorisation", ((SUM, 1), (SUM, 1)), power=-1
        ),
        "not polynomials",
    ),
    "a symbolic power": (
        alone(group(term(symbol("s", power=K)), term(t)), "factorisation", ((SUM, 1), (SUM, 1)), power=-1),
        "not polynomials",
    ),
    "roots of what may be negative": (
        alone(group(term(s), term(t, c=-1)), "factorisation", tuple((part, 1) for part in ROOTS), power=-1),
        "a root that the sum has not",
    ),
    "factors over other slots": (
        alone(group(*SQUARES), "factorisation", ((Entries((N,), (term(symbol("x", S0)),)), 1), (SUM, 1)), power=-1),
        "not over the slots of the sum",
    ),
}


@pytest.mark.parametrize(("site", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(site: Site, reason: str) -> None:
    replace(site, reason=reason).check_refused()


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


VECTORS = group(term(symbol("x", S0)), term(symbol("y", S0)), slots=(N,))
CONDITIONS = {
    "reciprocals of symbols": use(
        "partial fractions",
        symbol("s", power=-1),
        symbol("t", power=-1),
        arguments=(1, ONE, ONE),
        reason="not two parentheses",
    ),
    "denominators at different indices": use(
        "partial fractions",
        factor(VECTORS, S0, power=-1),
        factor(VECTORS, S1, power=-1),
        arguments=(1, ONE, ONE),
        slots=(N, N),
        reason="at different indices",
    ),
    "a common factor to a whole number that is no fraction": replace(
        alone(group(term(w, s), term(w)), "common factor", w, 1), reason="no power comes out"
    ),
    "a common factor with a power": replace(
        alone(group(term(squared("w"), s), term(squared("w"))), "common factor", squared("w"), ONE),
        reason="no power comes out",
    ),
    "a symbol and a parenthesis": use(
        "partial fractions",
        symbol("s", power=-1),
        factor(ONE_MORE, power=-1),
        arguments=(1, ONE, ONE),
        reason="not two parentheses",
    ),
    "a parenthesis and a symbol": use(
        "partial fractions",
        factor(ONE_MORE, power=-1),
        symbol("s", power=-1),
        arguments=(1, ONE, ONE),
        reason="not two parentheses",
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
