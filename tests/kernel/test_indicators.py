"""Rules of indicators: what each does at a site, and what it refuses."""

import pytest

from matcalc.components.terms import Factor, Fixed, Indicator, Parameter, Range
from matcalc.components.variables import SPARE
from matcalc.kernel import Rewrite
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator
from tests.kernel.sites import B0, HALF, I, J, K, N, Site, delta, entries, factor, symbol, term

FIRST, SECOND = SPARE[:2]
R, Q = (generator(K.ring, name) for name in (FIRST, SECOND))
i, j = I.position, J.position
s = symbol("s")


def least(polynomial: Size, power: int = 1) -> Factor:
    """[polynomial ≥ 0]."""
    return factor(Indicator(polynomial), power=power)


def zero(polynomial: Size) -> Factor:
    """[polynomial = 0]."""
    return factor(Indicator(polynomial, equation=True))


def x(place: Size) -> Factor:
    return symbol("x", Fixed(place, N))


def counted(*factors: Factor, count: Size = K, variable: str = FIRST) -> Factor:
    return factor(Range(variable, count, entries(term(*factors))))


def site(rule: str, *factors: Factor, arguments: tuple[object, ...] = (), reason: str = "") -> Site:
    return Site(entries(term(*factors)), Rewrite(rule, 0, 0, arguments), reason)


def over(rule: str, *factors: Factor, count: Size = N, place: int = 0, reason: str = "") -> Site:
    return site(f"sum over an {rule}", counted(*factors, count=count), arguments=(place,), reason=reason)


KEPT = {
    "a size is at least one": site("value of an indicator", least(N - 1), s),
    "a position is at most the size": site("value of an indicator", least(N - i), s),
    "no position is beyond the axis": site("value of an indicator", least(i - N - 1), s),
    "a position is not the one after it": site("value of an indicator", zero(i - i + 1), s),
    "the square of an indicator": site("value of an indicator", least(i - j, 2), s),
    "the opposite of an inequality": site("complement of an indicator", least(i - j), s),
    "the opposite of an equation": site("complement of an indicator", zero(i - j), s),
    "one below": site("indicator one below", least(K - 1), s),
    "an inequality that another implies": site("implied indicator", least(i - j + 1), least(i - j), arguments=(1,)),
    "an inequality that another excludes": site("implied indicator", least(i - j - 1), least(j - i), arguments=(1,)),
    "an inequality that an equation implies": site("implied indicator", least(i - j), zero(i - j), arguments=(1,)),
    "a delta of positions": site("delta of positions", delta(I, J), s),
    "an equation put in": site("equation put in", zero(i - j), x(j), symbol("s", power=j), arguments=("j",)),
    "a sum over an equation": over("equation", zero(R + 1 - i), x(R + 1)),
    "a sum over an equation with a minus": over("equation", zero(i - R - 1), x(R + 1)),
    "a sum over an equation that may have no solution": over("equation", zero(R - i), x(R + 1)),
    "a sum over an equation without terms": over("equation", zero(R), symbol("s", power=R), count=K - 1),
    "a lower bound": over("inequality", least(R - i), x(R + 1)),
    "an upper bound": over("inequality", least(i - 1 - R), x(R + 1)),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


ELSEWHERE = "what stands beside it may have no value elsewhere"
UNFIT = {
    "an inequality that may fail": site("value of an indicator", least(N - 2), reason="nothing decides this"),
    "an equation that may hold": site("value of an indicator", zero(i - j), reason="nothing decides this"),
    "half of a whole number": site("value of an indicator", least(N / 2 - 1), reason="not a whole number"),
    "no indicator": site("value of an indicator", s, reason="no indicator here"),
    "the opposite beside a position that may be none": site(
        "complement of an indicator", least(i - 2), x(i - 1), reason=ELSEWHERE
    ),
    "the opposite beside a reciprocal": site(
        "complement of an indicator", least(i - 2), symbol("s", power=-1), reason=ELSEWHERE
    ),
    "one below beside a negative power": site(
        "indicator one below", least(K - 1), symbol("s", power=K - 1), reason=ELSEWHERE
    ),
    "one below of an equation": site("indicator one below", zero(K), reason="an equation, or a power"),
    "an inequality that another does not imply": site(
        "implied indicator", least(i - j), least(i - j + 1), arguments=(1,), reason="the one does not decide the other"
    ),
    "an inequality by itself": site(
        "implied indicator", least(i - j), least(i - j), arguments=(0,), reason="a factor is used twice"
    ),
    "a delta of an index": Site(
        entries(term(delta(I, B0), sums=(N,))), Rewrite("delta of positions", 0, 0, ()), "an index that is no position"
    ),
    "a root of a delta": site("delta of positions", delta(I, J, power=HALF), reason="no delta here"),
    "an inequality put in": site(
        "equation put in", least(i - j), x(j), arguments=("j",), reason="no equation that gives this name"
    ),
    "an equation that gives twice the name": site(
        "equation put in", zero(i - 2 * j), x(j), arguments=("j",), reason="no equation that gives this name"
    ),
    "a name that a sum inside binds": site(
        "equation put in",
        zero(i - j - R),
        counted(symbol("s", power=j + R)),
        arguments=("j",),
        reason="the arguments do not fit the rule",
    ),
    "a sum over twice the variable": over(
        "equation", zero(2 * R - i), x(R + 1), reason="no equation that gives the variable"
    ),
    "a sum over an equation without the variable": over(
        "equation", zero(i - j), x(R + 1), reason="no equation that gives the variable"
    ),
    "a sum over an inequality as an equation": over(
        "equation", least(R - i), x(R + 1), reason="no equation that gives the variable"
    ),
    "a lower bound that may be negative": over(
        "inequality", least(R - i + j), x(R + 1), reason="the bound could be negative"
    ),
    "an upper bound that may be beyond the last term": over(
        "inequality", least(K - R), x(R + 1), reason="the bound could be beyond the last term"
    ),
    "a bound of something else": over("inequality", least(i - j), x(R + 1), reason="no bound of the variable"),
    "a sum of terms": site(
        "sum over an equation",
        factor(Range(FIRST, N, entries(term(zero(R)), term(x(R + 1))))),
        arguments=(0,),
        reason="a sum of terms",
    ),
    "an equation in an inner sum": over(
        "equation", counted(zero(Q), variable=SECOND), x(R + 1), reason="no indicator here"
    ),
    "a power of the variable": over("equation", factor(Parameter(FIRST)), reason="no indicator here"),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    case.check_refused()


CONDITIONS = {
    "the opposite of a square": site("complement of an indicator", least(i - j, 2), reason="a power"),
    "an inequality beside a symbol": site(
        "implied indicator", least(i - j), s, arguments=(1,), reason="no indicator beside it"
    ),
    "a count that depends on the variable": over(
        "equation", zero(R - i), count=R + 2, reason="the count depends on the variable"
    ),
    "a reciprocal of an indicator": site("value of an indicator", least(i - j, -1), reason="no indicator here"),
    "the square of an inequality one below": site(
        "indicator one below", least(K - 1, 2), reason="an equation, or a power"
    ),
    "an inequality beside a reciprocal of another": site(
        "implied indicator", least(i - j), least(i - j, -1), arguments=(1,), reason="no indicator beside it"
    ),
    "a symbol as a delta": site("delta of positions", s, reason="no delta here"),
    "a delta of an index and a position": Site(
        entries(term(delta(B0, I), sums=(N,))), Rewrite("delta of positions", 0, 0, ()), "an index that is no position"
    ),
    "the square of a sum": site(
        "sum over an equation",
        factor(Range(FIRST, N, entries(term(zero(R - i)))), power=2),
        arguments=(0,),
        reason="no finite sum here",
    ),
    "an integral": site(
        "sum over an equation",
        factor(Range(FIRST, N.ring.one, entries(term(zero(R - i))), integral=True)),
        arguments=(0,),
        reason="no finite sum here",
    ),
    "an equation as a bound": over("inequality", zero(R - i), x(R + 1), reason="no bound of the variable"),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
