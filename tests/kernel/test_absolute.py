"""Absolute values and signs beside one another: what each rule does, at 0 too, and what it refuses."""

from dataclasses import replace

import pytest

from matcalc.kernel import Refused, Rewrite
from matcalc.kernel.application import apply
from tests.kernel.sites import FACTS, HALF, K, Site, declared, entries, factor, function, group, symbol, term, use

s, t = symbol("s"), symbol("t")
SUM = group(term(s), term(t, c=-1))
ABS, SIGN = function("abs", s), function("sign", s)
ABS_OF_SUM, SIGN_OF_SUM = function("abs", factor(SUM)), function("sign", factor(SUM))


def beside(rule: str, *factors: object, arguments: tuple[object, ...] = (1,)) -> Site:
    return Site(entries(term(*factors)), Rewrite(rule, 0, 0, arguments))


EVEN, RECIPROCAL = "even power of an absolute value", "absolute value beside a reciprocal"
VALUE, POWER = "sign times absolute value", "power of a sign"

KEPT: dict[str, Site] = {
    "a fourth power of an absolute value": beside(EVEN, factor(ABS, power=4), arguments=()),
    "a negative odd power of an absolute value": beside(EVEN, factor(ABS, power=-3), arguments=()),
    "a root of an absolute value above 2": beside(EVEN, factor(ABS, power=5 * HALF), arguments=()),
    "a negative root of an absolute value": beside(EVEN, factor(ABS, power=-HALF), arguments=()),
    "an absolute value beside a reciprocal": beside(RECIPROCAL, factor(ABS), symbol("s", power=-1)),
    "a power of an absolute value beside a reciprocal": beside(
        RECIPROCAL, factor(ABS, power=3 * HALF), symbol("s", power=-3), t
    ),
    "an absolute value of a sum beside its reciprocal": beside(RECIPROCAL, factor(ABS_OF_SUM), factor(SUM, power=-2)),
    "a sign beside an absolute value": beside(VALUE, factor(SIGN), factor(ABS, power=3)),
    "a sign beside a root above 1": beside(VALUE, factor(SIGN), factor(ABS, power=3 * HALF)),
    "a sign beside a reciprocal": beside(VALUE, factor(SIGN), factor(ABS, power=-1)),
    "a third power of a sign": beside(POWER, factor(SIGN, power=3), arguments=()),
    "a fourth power of a sign": beside(POWER, factor(SIGN, power=4), arguments=()),
    "a reciprocal of a sign": beside(POWER, factor(SIGN, power=-1), arguments=()),
    "a reciprocal of the square of a sign": beside(POWER, factor(SIGN, power=-2), arguments=()),
    "a square of a sign beside a reciprocal": beside(POWER, factor(SIGN, power=2), symbol("s", power=-3)),
    "a square of a sign beside a root": beside(POWER, factor(SIGN, power=2), symbol("s", power=-HALF)),
}


@pytest.mark.parametrize("site", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(site: Site) -> None:
    site.check_value()


UNFIT: dict[str, tuple[Site, str]] = {
    "a first power of an absolute value": (
        beside(EVEN, factor(ABS), arguments=()),
        "not a power with an even part",
    ),
    "a small root of an absolute value": (
        beside(EVEN, factor(ABS, power=3 * HALF), arguments=()),
        "not a power with an even part",
    ),
    "a symbolic power of an absolute value": (
        beside(EVEN, factor(ABS, power=2 * K), arguments=()),
        "not a power with an even part",
    ),
    "an absolute value beside a positive power": (
        beside(RECIPROCAL, factor(ABS), symbol("s", power=2)),
        "no reciprocal beside it",
    ),
    "an absolute value beside a reciprocal root": (
        beside(RECIPROCAL, factor(ABS), symbol("s", power=-HALF)),
        "no reciprocal beside it",
    ),
    "an absolute value beside another's reciprocal": (
        beside(RECIPROCAL, factor(ABS), symbol("t", power=-1)),
        "the reciprocal of something else",
    ),
    "an absolute value beside the reciprocal of its negative": (
        beside(RECIPROCAL, factor(function("abs", factor(group(term(s, c=-1))))), symbol("s", power=-1)),
        "the reciprocal of something else",
    ),
    "a root of an absolute value beside a reciprocal": (
        beside(RECIPROCAL, factor(ABS, power=HALF), symbol("s", power=-1)),
        "not a power from 1 on",
    ),
    "a sign beside the absolute value of another": (
        beside(VALUE, factor(SIGN), factor(function("abs", t))),
        "no absolute value beside it",
    ),
    "a sign beside a small root": (
        beside(VALUE, factor(SIGN), factor(ABS, power=HALF)),
        "a power between 0 and 1",
    ),
    "a square of a sign beside an absolute value": (
        beside(VALUE, factor(SIGN, power=2), factor(ABS)),
        "a power of a sign",
    ),
    "a sign beside an absolute value counted from the end": (
        beside(VALUE, factor(SIGN), factor(ABS, power=-1), arguments=(-1,)),
        "no such factor",
    ),
    "a square of a sign, which may be 0": (beside(POWER, factor(SIGN, power=2), arguments=()), "t could be 0"),
    "a square of a sign beside a positive power": (
        beside(POWER, factor(SIGN, power=2), symbol("s", power=2)),
        "t could be 0",
    ),
    "a square of a sign beside another's reciprocal": (
        beside(POWER, factor(SIGN, power=2), symbol("t", power=-1)),
        "t could be 0",
    ),
    "a first power of a sign": (beside(POWER, factor(SIGN), symbol("s", power=-1)), "nothing to lower"),
    "a root of a sign": (beside(POWER, factor(SIGN, power=5 * HALF), arguments=()), "no whole power of a sign"),
}


@pytest.mark.parametrize(("site", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(site: Site, reason: str) -> None:
    replace(site, reason=reason).check_refused()


def test_the_square_of_a_sign_is_1_where_the_claim_divides() -> None:
    before = entries(term(factor(SIGN, power=2)))
    facts = replace(FACTS, nonzero=frozenset({s.head}))
    assert apply(before, Rewrite(POWER, 0, 0), facts) == entries(term())
    with pytest.raises(Refused):
        apply(before, Rewrite(POWER, 0, 0), replace(FACTS, never_negative=frozenset({s.head})))


def test_powers_are_numbers() -> None:
    with pytest.raises(Refused):
        beside(VALUE, factor(SIGN), factor(ABS, power=K)).after()


CONDITIONS = {
    "no absolute value": use(EVEN, s, reason="no abs here"),
    "a declared function of the name": use(EVEN, factor(ABS, power=4), facts=declared("abs"), reason="no abs here"),
    "a value beside the square of a sign": use("sign times value", factor(SIGN, power=2), reason="a power of a sign"),
    "a symbolic power of an absolute value beside a reciprocal": use(
        RECIPROCAL, factor(ABS, power=K + 1), symbol("s", power=-1), arguments=(1,), reason="not a power from 1 on"
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
