"""Powers, roots, logarithms, absolute values and signs of products: what comes out, and what must not."""

from dataclasses import replace
from fractions import Fraction

import pytest

from matcalc.components.terms import Elementwise, Entries, Group
from matcalc.kernel import Refused, Rewrite
from matcalc.kernel.application import apply
from matcalc.kernel.multiplicative import prime_powers
from tests.kernel.sites import B0, FACTS, HALF, S0, K, N, Site, entries, factor, function, group, symbol, term

s, t, w = symbol("s"), symbol("t"), symbol("w")
EXP = factor(function("exp", s))
SQUARES = group(term(symbol("s", power=2)), term(symbol("t", power=2)))
BEYOND_ONE = group(term(symbol("s", power=2)), term())


def of(name: str, *terms: object) -> Elementwise:
    """A function of a sum."""
    return Elementwise(name, 0, entries(*terms))


def alone(head: object, rule: str, *arguments: object, power: object = 1) -> Site:
    return Site(entries(term(factor(head, power=power))), Rewrite(rule, 0, 0, arguments))


LOG, ABS, SIGN, ROOT = (f"{name} of a product" for name in ("logarithm", "absolute value", "sign", "root"))

KEPT: dict[str, Site] = {
    "the root of a square": alone(group(term(symbol("s", power=2))), ROOT, power=HALF),
    "the root of a product of unknown signs": alone(group(term(s, t)), ROOT, power=HALF),
    "a negative root of a product": alone(group(term(s, t, c=-2)), ROOT, power=Fraction(-3, 2)),
    "a cube of a root": alone(group(term(symbol("s", power=2), symbol("t", power=3), c=4)), ROOT, power=3 * HALF),
    "the root of an entry's square": Site(
        entries(term(factor(group(term(symbol("x", S0, power=2)), slots=(N,)), B0, power=HALF), sums=(N,))),
        Rewrite(ROOT, 0, 0),
    ),
    "the root of an odd power": alone(group(term(symbol("s", power=3))), "power of a product", power=HALF),
    "the root of 8": alone(group(term(c=8)), "power of a number", power=HALF),
    "the logarithm of a product with an exponential": alone(of("log", term(EXP, s, c=2)), LOG),
    "the logarithm of a positive symbol's power": alone(of("log", term(symbol("w", power=-2), t)), LOG),
    "the logarithm of an odd power": alone(of("log", term(symbol("s", power=3))), LOG),
    "the logarithm of an even power": alone(of("log", term(symbol("s", power=2))), LOG),
    "the logarithm of a symbolic power": alone(of("log", term(symbol("s", power=2 * K + 1), w)), LOG),
    "the logarithm of a product of symbols": alone(of("log", term(s, t)), LOG),
    "the logarithm of a negative multiple": alone(of("log", term(s, w, c=-6)), LOG),
    "the logarithm of a root": alone(of("log", term(symbol("s", power=HALF), c=Fraction(1, 2))), LOG),
    "the absolute value of a product": alone(of("abs", term(s, t, c=-2)), ABS, power=3),
    "the absolute value of an exponential": alone(of("abs", term(EXP, s)), ABS),
    "the absolute value of an absolute value": alone(of("abs", term(factor(function("abs", s)))), ABS),
    "the absolute value of a symbolic power": alone(of("abs", term(symbol("s", power=K), t)), ABS),
    "the absolute value of a sum of squares": alone(Elementwise("abs", 0, SQUARES.body), ABS),
    "the absolute value of what is negative": alone(of("abs", term(w, c=-1), term(EXP, c=-2)), ABS, power=HALF),
    "the absolute value of a root": alone(of("abs", term(symbol("s", power=HALF), t)), ABS),
    "the sign of a product": alone(of("sign", term(s, symbol("t", power=-3), c=-2)), SIGN),
    "the cube of the sign of a product": alone(of("sign", term(s, symbol("t", power=2), w, c=-1)), SIGN, power=3),
    "the sign of what is positive": alone(Elementwise("sign", 0, BEYOND_ONE.body), SIGN),
    "the sign of what is negative": alone(of("sign", term(w, c=-1), term(EXP, c=-2)), SIGN),
    "the sign of a root": alone(of("sign", term(symbol("s", power=HALF), t)), SIGN),
    "the sign of a power of what is negative": alone(
        of("sign", term(factor(group(term(w, c=-1), term(c=-2)), power=-3), s)), SIGN, power=-1
    ),
}


@pytest.mark.parametrize("site", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(site: Site) -> None:
    site.check_value()


UNFIT: dict[str, tuple[Site, str]] = {
    "the root of a single entry": (alone(group(term(s)), ROOT, power=HALF), "not a root of a product"),
    "a whole power as a root": (alone(group(term(s, t)), ROOT, power=2), "not a root of a product"),
    "a symbolic power as a root": (alone(group(term(s, t)), ROOT, power=K), "not a root"),
    "the root of a sum": (alone(SQUARES, ROOT, power=HALF), "not a product of entries"),
    "the root of a sum over an index": (
        alone(group(term(symbol("x", B0, power=2), sums=(N,))), ROOT, power=HALF),
        "not a product of entries",
    ),
    "the root of nothing": (alone(group(term(s, c=0)), ROOT, power=HALF), "not a root of a product"),
    "the root of a prime number": (alone(group(term(c=7)), "power of a number", power=HALF), "already in its one form"),
    "the root of a product with a square": (
        alone(group(term(symbol("s", power=2), t)), "power of a product", power=HALF),
        "nothing comes out of this power",
    ),
    "the root of a product with a sum of squares": (
        alone(group(term(factor(SQUARES), t)), "power of a product", power=HALF),
        "nothing comes out of this power",
    ),
    "the root of minus an odd power": (
        alone(group(term(symbol("s", power=3), c=-1)), "power of a product", power=HALF),
        "nothing comes out of this power",
    ),
    "a logarithm of a symbol": (alone(of("log", term(s)), LOG), "nothing comes out of the logarithm"),
    "a logarithm of a prime number": (alone(of("log", term(c=7)), LOG), "the logarithm of a prime number"),
    "a logarithm of a sum": (alone(of("log", term(s), term(t)), LOG), "not a product of entries"),
    "the square of a logarithm": (alone(of("log", term(EXP, w)), LOG, power=2), "not a logarithm"),
    "the logarithm of nothing": (alone(of("log", term(s, c=0)), LOG), "the logarithm of nothing"),
    "an exponential as a logarithm": (
        alone(of("exp", term(s, t)), LOG),
        "neither a power nor a function of a product",
    ),
    "an absolute value of a symbol": (alone(of("abs", term(s)), ABS), "nothing comes out of the absolute value"),
    "an absolute value of a sum": (alone(of("abs", term(s), term(w)), ABS), "nothing comes out of the absolute value"),
    "a sign as an absolute value": (alone(of("sign", term(s, t)), ABS), "another function"),
    "a sign of a symbol": (alone(of("sign", term(s)), SIGN), "nothing comes out of the sign"),
    "a sign of a sum of squares, which may be 0": (
        alone(Elementwise("sign", 0, SQUARES.body), SIGN),
        "nothing comes out of the sign",
    ),
    "a sign of a symbolic power": (alone(of("sign", term(symbol("s", power=K), t)), SIGN), "a symbolic power"),
    "a root of a sign": (alone(of("sign", term(s, t)), SIGN, power=HALF), "no whole power of a sign"),
}


@pytest.mark.parametrize(("site", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(site: Site, reason: str) -> None:
    replace(site, reason=reason).check_refused()


def test_an_arbitrary_function_is_not_taken_apart() -> None:
    facts = replace(FACTS, functions=frozenset({"abs"}))
    with pytest.raises(Refused):
        apply(entries(term(factor(of("abs", term(s, t))))), Rewrite(ABS, 0, 0), facts)


def test_what_a_claim_takes_the_logarithm_of_loses_its_bars() -> None:
    facts = replace(FACTS, positive=frozenset({s.head}))
    after = apply(entries(term(factor(of("abs", term(s, t))))), Rewrite(ABS, 0, 0), facts)
    assert after == entries(term(s, factor(function("abs", t))))


@pytest.mark.parametrize(("number", "powers"), [(12, {2: 2, 3: 1}), (Fraction(3, 8), {3: 1, 2: -3}), (1, {})])
def test_a_number_is_a_product_of_primes(number: Fraction, powers: dict[int, int]) -> None:
    assert prime_powers(Fraction(number)) == powers


def test_a_parenthesis_inside_a_product_keeps_its_body() -> None:
    head = Group(Entries((), (term(s), term(t))))
    after = alone(of("abs", term(factor(head), w)), ABS).after()
    assert factor(Elementwise("abs", 0, head.body)) in after.terms[0].factors


SQUARES_APART = group(term(symbol("s", power=2)), term(symbol("t", power=2), c=-1))
PARTS = ((entries(term(s), term(t, c=-1)), 1), (entries(term(s), term(t)), 1))
CONDITIONS = {
    "an absolute value as a power": replace(alone(of("abs", term(s, t)), "power of a product"), reason="not a power"),
    "the root of a symbolic power": replace(
        alone(group(term(symbol("s", power=K), t)), ROOT, power=HALF), reason="a symbolic power under the root"
    ),
    "the root of a symbol as of a number": replace(
        alone(group(term(s)), "power of a number", power=HALF), reason="not a number"
    ),
    "the root of a negative number": replace(
        alone(group(term(c=-2)), "power of a number", power=HALF), reason="not a root of a number > 0"
    ),
    "a large root of a number": replace(
        alone(group(term(c=2)), "power of a number", power=Fraction(100_001, 2)),
        reason="a number too large to write out",
    ),
    "the logarithm of a zeroth power of what may be 0": replace(
        alone(of("log", term(symbol("s", power=K), w)), LOG), reason="a zeroth power of what could be 0"
    ),
    "the absolute value of nothing": replace(
        alone(of("abs", term(s, c=0)), ABS), reason="no absolute value of something"
    ),
    "the sign of nothing": replace(alone(of("sign", term(s, c=0)), SIGN), reason="the sign of nothing"),
    "a symbolic root of factors": replace(
        alone(SQUARES_APART, "factorisation", PARTS, power=K / 2), reason="a symbolic root"
    ),
    "the root of an absolute value": replace(alone(of("abs", term(s, t)), ROOT, power=HALF), reason="not a root"),
    "the root of a number as of a product": replace(
        alone(group(term(c=6)), ROOT, power=HALF), reason="not a root of a product"
    ),
    "an absolute value as a number": replace(
        alone(of("abs", term(c=2)), "power of a number", power=HALF), reason="not a number"
    ),
    "a symbolic power of a number": replace(
        alone(group(term(c=2)), "power of a number", power=K), reason="not a root of a number > 0"
    ),
    "a whole power of a number": replace(
        alone(group(term(c=2)), "power of a number", power=2), reason="not a root of a number > 0"
    ),
    "an absolute value as a logarithm": replace(alone(of("abs", term(s, t)), LOG), reason="not a logarithm"),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
