"""Rules that give finite sums by their ends, and powers of numbers: what each does at a site, and what it refuses."""

from fractions import Fraction

import pytest

from matcalc.components.terms import Factor, Fixed, Parameter, Range
from matcalc.components.variables import SPARE
from matcalc.kernel import Rewrite
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator
from tests.kernel.sites import B0, HALF, K, N, Site, entries, factor, group, symbol, term

FIRST = SPARE[0]
R = generator(K.ring, FIRST)
r = factor(Parameter(FIRST))


def number(value: Fraction | int, power: Size) -> Factor:
    return factor(group(term(c=value)), power=power)


def counted(*factors: Factor, count: Size = K, c: Fraction | int = 1) -> Factor:
    return factor(Range(FIRST, count, entries(term(*factors, c=c))))


def site(rule: str, *factors: Factor, arguments: tuple[object, ...] = (), reason: str = "") -> Site:
    return Site(entries(term(*factors)), Rewrite(rule, 0, 0, arguments), reason)


def powers(power: object, count: Size = K, reason: str = "") -> Site:
    return site("sum of powers", counted(factor(Parameter(FIRST), power=power), count=count), reason=reason)  # type: ignore[arg-type]


def beside(*factors: Factor, outer: object = 1, count: Size = K, reason: str = "") -> Site:
    sums = counted(symbol("s", power=R), *factors, count=count)
    rule = "power beside a sum of powers"
    return site(rule, sums, symbol("s", power=outer), arguments=(1, 0), reason=reason)  # type: ignore[arg-type]


KEPT = {
    **{f"a sum of powers {p}": powers(p) for p in (1, 2, 3, 4, 7)},
    "a sum of powers up to a size": powers(2, count=N + 1),
    "a power beside": beside(),
    "a higher power beside": beside(outer=3),
    "a symbolic power beside": beside(outer=K + 1),
    "a power beside a sum with a polynomial": beside(r),
    "a power beside a falling power": beside(symbol("t", power=K - 1 - R)),
    "every other power": site(
        "power beside a sum of powers", counted(symbol("s", power=2 * R)), symbol("s", power=3), arguments=(1, 0)
    ),
    "powers of a number": site("sum of powers of a number", counted(number(3, R)), arguments=(0,)),
    "powers of a fraction": site("sum of powers of a number", counted(number(Fraction(-1, 2), R), r), arguments=(0,)),
    "signs": site("sum of powers of a number", counted(number(-1, R), count=N + K), arguments=(0,)),
    "a number with a constant in the exponent": site("whole power of a number", number(6, K + 2)),
    "a negative number": site("whole power of a number", number(-4, K - 1)),
    "an even power of minus one": site("whole power of a number", number(-1, 2 * K)),
    "a fraction": site("whole power of a number", number(Fraction(-3, 2), 3 * K + 1)),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


NO_VALUE = "the summand may have no value before the first term"
FEWER = "the number of terms could be negative"
UNFIT = {
    "a sum of powers that may have a negative count": powers(2, count=K - 1, reason=FEWER),
    "a sum of reciprocals": powers(-1, reason="not a small natural power"),
    "a sum of roots": powers(HALF, reason="not a small natural power"),
    "a sum of powers of a symbol": site(
        "sum of powers", counted(symbol("s", power=R)), reason="not a power of the variable"
    ),
    "a power beside a sum that may have a negative count": beside(count=K - 1, reason=FEWER),
    "another base": site(
        "power beside a sum of powers",
        counted(symbol("s", power=R)),
        symbol("t"),
        arguments=(1, 0),
        reason="powers of different bases",
    ),
    "too small a power": beside(outer=HALF, reason="the outer power may be too small"),
    "a reciprocal beside": beside(outer=-1, reason="the outer power may be too small"),
    "a power that may be too small": beside(outer=K, reason="the outer power may be too small"),
    "a reciprocal of the variable": beside(factor(Parameter(FIRST), power=-1), reason=NO_VALUE),
    "a rising power": beside(symbol("t", power=R), reason=NO_VALUE),
    "a position before the first": beside(symbol("x", Fixed(R + 1, N)), count=N, reason=NO_VALUE),
    "powers of one": site("sum of powers of a number", counted(number(1, R)), arguments=(0,), reason="the base is 1"),
    "every other sign": site(
        "sum of powers of a number", counted(number(-1, 2 * R)), arguments=(0,), reason="the base is 1"
    ),
    "powers of a symbol": site(
        "sum of powers of a number", counted(symbol("s", power=R)), arguments=(0,), reason="no number as base"
    ),
    "a falling power of a number": site(
        "sum of powers of a number",
        counted(number(2, K - R)),
        arguments=(0,),
        reason="no power with the variable as exponent",
    ),
    "a base with the variable": site(
        "sum of powers of a number",
        counted(factor(group(term(r)), power=R)),
        arguments=(0,),
        reason="no power with the variable as exponent",
    ),
    "a prime power": site("whole power of a number", number(2, K), reason="already in its one form"),
    "half of a whole exponent": site(
        "whole power of a number", number(-1, K / 2), reason="no whole exponent with names in it"
    ),
    "zero": site("whole power of a number", number(0, K), reason="zero"),
    "a symbol": site("whole power of a number", symbol("s", power=2 * K), reason="not a number"),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    case.check_refused()


TWO_TERMS = factor(Range(FIRST, K, entries(term(r), term(symbol("s")))))
OF_SUMS = factor(Range(FIRST, K, entries(term(symbol("x", B0, power=R), sums=(N,)))))
CONDITIONS = {
    "a sum of terms": site("sum of powers", TWO_TERMS, reason="a sum of terms"),
    "a sum of terms beside a power": site(
        "power beside a sum of powers", TWO_TERMS, symbol("s"), arguments=(1, 0), reason="a sum of terms"
    ),
    "a sum of the powers of every entry": site(
        "power beside a sum of powers",
        OF_SUMS,
        symbol("s"),
        arguments=(1, 0),
        reason="an index that is summed over inside",
    ),
    "powers of a large power": site(
        "sum of powers of a number",
        counted(number(2, 10_000 * R)),
        arguments=(0,),
        reason="a number too large to write out",
    ),
    "a large power of a number": site(
        "whole power of a number", number(2, K + 10_000), reason="a number too large to write out"
    ),
    "a sum of twice the variable": site("sum of powers", counted(r, c=2), reason="not a power of the variable"),
    "a sum of a large power": powers(33, reason="not a small natural power"),
    "a root beside a sum of powers": beside(outer=3 * HALF, reason="the outer power may be too small"),
    "powers of a sum that counts": site(
        "sum of powers of a number",
        counted(factor(group(term(sums=(N,))), power=R)),
        arguments=(0,),
        reason="no number as base",
    ),
    "powers of a symbol in parentheses": site(
        "sum of powers of a number",
        counted(factor(group(term(symbol("s"))), power=R)),
        arguments=(0,),
        reason="no number as base",
    ),
    "a power of a sum that counts": site(
        "whole power of a number", factor(group(term(sums=(N,))), power=K), reason="not a number"
    ),
    "a power of a symbol": site(
        "whole power of a number", factor(group(term(symbol("s"))), power=K), reason="not a number"
    ),
    "a number to a number": site(
        "whole power of a number", factor(group(term(c=2)), power=3), reason="no whole exponent with names in it"
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
