"""Rules of finite sums that count from 0: what each does at a site, and what it refuses."""

from dataclasses import replace
from fractions import Fraction

import pytest

from matcalc.components.terms import Factor, Parameter, Range
from matcalc.components.variables import SPARE
from matcalc.kernel import Refused, Rewrite
from matcalc.language.sizes import generator
from tests.kernel.sites import SCOPE, K, N, Site, entries, factor, partial, symbol, term

FIRST, SECOND = SPARE[:2]
R, Q = (generator(SCOPE.ring, name) for name in (FIRST, SECOND))
s, t = symbol("s"), symbol("t")
POWER = symbol("s", power=R)


def counted(*factors: Factor, count: object = K, c: int = 1, variable: str = FIRST) -> Factor:
    """The sum over the first spare variable from 0 to count − 1."""
    return factor(Range(variable, count, entries(term(*factors, c=c))))


def site(rule: str, *factors: Factor, arguments: tuple[object, ...] = ()) -> Site:
    return Site(entries(term(*factors)), Rewrite(rule, 0, 0, arguments))


NESTED = counted(counted(symbol("s", power=R), symbol("t", power=Q), variable=SECOND))

KEPT = {
    "a constant taken out": site("linearity of a finite sum", counted(POWER, t, c=3)),
    "the terms counted": site("counting the terms of a finite sum", counted(count=K + 1)),
    "a factor put in": site("into a finite sum", counted(POWER), t, arguments=((1,),)),
    "a sum backwards": site("finite sum backwards", counted(POWER)),
    "another variable": site("renaming the variable of a finite sum", counted(POWER), arguments=(SECOND,)),
    "a derivative": Site(
        entries(term(factor(partial("s", counted(POWER))))), Rewrite("derivative of a finite sum", 0, 0, ())
    ),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


UNFIT = {
    "counting terms that may be fewer than none": site("counting the terms of a finite sum", counted(count=K - 1)),
    "counting terms whose number is a difference of sizes": site(
        "counting the terms of a finite sum", counted(count=N - 2)
    ),
    "counting terms that depend on the variable": site("counting the terms of a finite sum", counted(POWER)),
    "counting half a term": site("counting the terms of a finite sum", counted(c=2)),
    "putting in what depends on the variable": site(
        "into a finite sum", counted(POWER), symbol("t", power=R), arguments=((1,),)
    ),
    "putting in the sum itself": site("into a finite sum", counted(POWER), t, arguments=((0,),)),
    "putting in from the end": site("into a finite sum", counted(POWER), t, arguments=((-1,),)),
    "a name in use": site(
        "renaming the variable of a finite sum", counted(symbol("s", power=R + Q)), arguments=(SECOND,)
    ),
    "a name in use as a number": site(
        "renaming the variable of a finite sum", counted(POWER, factor(Parameter("k"))), arguments=("k",)
    ),
    "a name in use in the count": site(
        "renaming the variable of a finite sum", counted(POWER, count=K), arguments=("k",)
    ),
    "a name bound inside": site("renaming the variable of a finite sum", NESTED, arguments=(SECOND,)),
    "a square of a sum": Site(
        entries(term(Factor(counted(POWER).head, (), Fraction(2)))), Rewrite("linearity of a finite sum", 0, 0, ())
    ),
    "what is no sum": site("linearity of a finite sum", s),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    with pytest.raises(Refused):
        case.after()


TWO_TERMS = factor(Range(FIRST, K, entries(term(POWER), term())))
CONDITIONS = {
    "the derivative by a matrix at too few indices": replace(
        site("derivative of a finite sum", factor(partial("X", counted(POWER)))), reason="indices of another variable"
    ),
    "putting into a sum of terms": replace(
        site("into a finite sum", TWO_TERMS, t, arguments=((1,),)), reason="a sum of terms"
    ),
    "putting into a multiple": replace(
        site("into a finite sum", counted(POWER, c=2), t, arguments=((1,),)), reason="a coefficient"
    ),
    "putting in nothing": replace(site("into a finite sum", counted(POWER), arguments=((),)), reason="nothing goes in"),
    "a count that varies backwards": replace(
        site("finite sum backwards", counted(POWER, count=K + R)), reason="the count depends on the variable"
    ),
    "backwards with the variable bound inside": replace(
        site("finite sum backwards", counted(counted(POWER))), reason="a variable is bound inside"
    ),
    "backwards with a variable of the count bound inside": replace(
        site("finite sum backwards", counted(counted(POWER, variable=SECOND), count=Q)),
        reason="a variable is bound inside",
    ),
    "the derivative of a symbol as of a finite sum": replace(
        site("derivative of a finite sum", factor(partial("s", t))), reason="not a finite sum"
    ),
    "the derivative of the square of a finite sum": replace(
        site("derivative of a finite sum", factor(partial("s", replace(counted(POWER), exponent=Fraction(2))))),
        reason="not a finite sum",
    ),
    "a variable in use in the count": replace(
        site("renaming the variable of a finite sum", counted(POWER, count=K + Q), arguments=(SECOND,)),
        reason="the name is in use",
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
