"""Rules for the bounds of finite sums: what each does at a site, and what it refuses."""

from dataclasses import replace
from fractions import Fraction

import pytest

from matcalc.components.terms import Factor, Fixed, Parameter, Range
from matcalc.components.variables import SPARE
from matcalc.kernel import Rewrite
from matcalc.language.sizes import generator
from tests.kernel.sites import FACTS, I, K, N, Site, entries, factor, function, matrix, symbol, term

FIRST, SECOND, THIRD = SPARE[:3]
R, Q, P = (generator(K.ring, name) for name in (FIRST, SECOND, THIRD))
i = I.position
ZERO, ONE = K - K, K - K + 1


def at(place: object) -> Fixed:
    """A position on an axis of size n."""
    return Fixed(place, N)


def x(place: object, power: object = 1) -> Factor:
    return symbol("x", at(place), power=power)  # type: ignore[arg-type]


def counted(*factors: Factor, count: object = K, variable: str = FIRST) -> Factor:
    """The sum over a spare variable from 0 to count − 1."""
    return factor(Range(variable, count, entries(term(*factors))))


def site(rule: str, *factors: Factor, arguments: tuple[object, ...] = (), reason: str = "") -> Site:
    return Site(entries(term(*factors)), Rewrite(rule, 0, 0, arguments), reason)


def end(sums: Factor, which: object, reason: str = "") -> Site:
    return site("end of a finite sum", sums, arguments=(which,), reason=reason)


def longer(sums: Factor, which: object, more: object, reason: str = "") -> Site:
    return site("longer finite sum", sums, arguments=(which, more), reason=reason)


def exchange(sums: Factor, place: object = 0, reason: str = "") -> Site:
    return site("sums exchanged", sums, arguments=(place,), reason=reason)


def triangle(sums: Factor, share: object = Fraction(1), reason: str = "") -> Site:
    return site("triangular sum", sums, arguments=(0, share), reason=reason)


POWER = symbol("s", power=R)
GRID = symbol("X", at(R + 1), at(Q + 1))
ROWS = symbol("X", at(Q + 1), at(R + 1))


def nested(*inner: Factor, count: object, outer: object = N, beside: tuple[Factor, ...] = ()) -> Factor:
    """A sum over the second variable of a sum over the first."""
    return counted(counted(*inner, count=count), *beside, count=outer, variable=SECOND)


KEPT = {
    "the first term": end(counted(POWER), "first"),
    "the last term": end(counted(POWER), "last"),
    "the last term of a sum that may have a negative count": end(counted(POWER, count=K - 2), "last"),
    "one term before": longer(counted(x(R + 2), count=N - 1), "first", ONE),
    "one term behind": longer(counted(x(R + 1), count=N - 1), "last", ONE),
    "a symbolic number of terms before": longer(counted(x(R + i + 1), count=N - i), "first", i),
    "one term behind a sum that may have a negative count": longer(counted(POWER, count=K - 1), "last", ONE),
    "cut in two": site("finite sum cut in two", counted(POWER, count=K + N), arguments=(K,)),
    "term by term": site("finite sum term by term", counted(POWER, count=ZERO + 3)),
    "no term": site("finite sum term by term", counted(POWER, count=-K)),
    "over an axis": site("sum over an axis", counted(x(R + 1), symbol("y", at(R + 1)), count=N)),
    "exchanged": exchange(nested(symbol("s", power=R * Q), count=K)),
    "exchanged with a factor": exchange(nested(symbol("s", power=R * Q), count=K, beside=(symbol("t", power=Q),))),
    "a falling triangle exchanged": exchange(nested(symbol("s", power=R + 2 * Q), count=N - Q)),
    "the lower triangle": triangle(nested(GRID, count=Q)),
    "half of a triangle": triangle(nested(GRID, count=Q), Fraction(1, 2)),
    "a triangle with a factor": triangle(nested(x(R + 1), count=Q, beside=(symbol("y", at(Q + 1)),))),
    "a triangle without the inner variable": triangle(nested(x(Q + 1), count=Q)),
    "a triangle without the outer variable": triangle(nested(x(R + 1), count=Q)),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


NO_VALUE = "the summand may have no value there"
UNFIT = {
    "an end that is none": end(counted(POWER), "middle", "neither end"),
    "the end of an integral": end(
        factor(Range(FIRST, ONE, entries(term(symbol("w", power=R))), integral=True)),
        "last",
        "an integral, or a count that varies",
    ),
    "a position beyond the axis": longer(counted(x(R + 1), count=N), "last", ONE, NO_VALUE),
    "a position before the axis": longer(counted(x(R + 1), count=N), "first", ONE, NO_VALUE),
    "a position that may be beyond the axis": longer(counted(x(R + 1)), "last", ONE, NO_VALUE),
    "a negative power": longer(counted(POWER), "first", ONE, NO_VALUE),
    "a reciprocal": longer(counted(x(R + 1, -1), count=N - 1), "last", ONE, NO_VALUE),
    "a reciprocal of the variable": longer(counted(factor(Parameter(FIRST), power=-1)), "last", ONE, NO_VALUE),
    "a root": longer(counted(x(R + 1, Fraction(1, 2)), count=N - 1), "last", ONE, NO_VALUE),
    "a logarithm": longer(counted(factor(function("log", x(R + 1))), count=N - 1), "last", ONE, NO_VALUE),
    "an inverse": longer(counted(factor(matrix("inv", term(symbol("X"))), I, I), POWER), "last", ONE, NO_VALUE),
    "two terms of a count that may be negative": longer(
        counted(POWER, count=K - 1), "last", ONE + 1, "a count could be negative"
    ),
    "a number of terms that may be negative": longer(counted(POWER), "last", N - K, "a count could be negative"),
    "a number of terms that varies": longer(counted(POWER), "last", R, "the number of terms depends on the variable"),
    "a cut behind the end": site(
        "finite sum cut in two", counted(POWER), arguments=(N,), reason="the cut could be outside"
    ),
    "a cut before the start": site(
        "finite sum cut in two", counted(POWER), arguments=(-ONE,), reason="the cut could be outside"
    ),
    "a symbolic number of terms one by one": site(
        "finite sum term by term", counted(POWER), reason="not a small number of terms"
    ),
    "many terms one by one": site(
        "finite sum term by term", counted(POWER, count=ONE * 100), reason="not a small number of terms"
    ),
    "part of an axis": site("sum over an axis", counted(x(R + 1)), reason="the variable stands elsewhere"),
    "an axis that is not met from its start": site(
        "sum over an axis", counted(x(R + 2), count=N), reason="the variable stands elsewhere"
    ),
    "an axis beside a power": site(
        "sum over an axis", counted(x(R + 1), POWER, count=N), reason="the variable stands elsewhere"
    ),
    "a sum over an inner variable of the same name": site(
        "sum over an axis",
        counted(x(R + 1), counted(x(R + 1), count=N), count=N),
        reason="the variable stands elsewhere",
    ),
    "a rising triangle exchanged": exchange(nested(GRID, count=Q), reason="the inner count depends on the variable"),
    "a falling triangle cut short": exchange(nested(symbol("s", power=R), count=N + 1 - Q), reason="not a triangle"),
    "a sum exchanged with a product": exchange(counted(POWER, x(R + 1)), reason="no inner finite sum"),
    "an outer factor with the inner variable's name": exchange(
        nested(POWER, count=K, beside=(symbol("t", power=R),)), reason="the inner variable stands outside"
    ),
    "variables of one name exchanged": exchange(counted(counted(POWER)), reason="two variables of one name"),
    "a triangle one larger": triangle(nested(GRID, count=Q + 1), reason="not a triangle"),
    "a triangle of differences": triangle(
        nested(x(Q - R), count=Q), reason="the summand may have no value beyond the triangle"
    ),
    "a triangle of reciprocals": triangle(
        nested(symbol("s", power=Q - R - 1), count=Q), reason="the summand may have no value beyond the triangle"
    ),
    "a share that is no number": triangle(nested(ROWS, count=Q), "half", "not a number"),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    case.check_refused()


TAKEN = tuple(symbol("s", power=generator(K.ring, name)) for name in SPARE[2:])
CONDITIONS = {
    "a sum longer in the middle": longer(counted(POWER), "middle", ONE, reason="neither end"),
    "a cut at the variable of a sum outside": replace(
        site(
            "finite sum cut in two", counted(POWER, count=N), arguments=(R,), reason="the cut depends on the variable"
        ),
        facts=FACTS.within(Range(FIRST, N, entries(term()))),
    ),
    "an axis that may have a negative size": site(
        "sum over an axis",
        counted(symbol("x", Fixed(R + 1, K - 1)), count=K - 1),
        reason="the count could be negative",
    ),
    "an outer count that has the inner variable": exchange(
        nested(POWER, count=N, outer=K + R), reason="the outer count has the inner variable"
    ),
    "sums of terms exchanged": exchange(factor(Range(FIRST, K, entries(term(POWER), term()))), reason="a sum of terms"),
    "an inner count that varies": exchange(nested(POWER, count=K + R), reason="a count that varies"),
    "no third variable to exchange two with": triangle(nested(POWER, *TAKEN, count=Q), reason="no variable is left"),
    "the end of a sum whose count varies": end(
        counted(POWER, count=K + R), "last", reason="an integral, or a count that varies"
    ),
    "an inner count with its outer variable squared": exchange(
        nested(POWER, count=K + Q**2), reason="the inner count depends on the variable"
    ),
    "a symbol as an inner sum": exchange(counted(POWER), reason="no inner finite sum"),
    "the square of an inner sum": exchange(
        counted(replace(counted(POWER), exponent=Fraction(2)), count=N, variable=SECOND), reason="no inner finite sum"
    ),
    "an inner integral": exchange(
        counted(factor(Range(FIRST, ONE, entries(term(POWER)), integral=True)), count=N, variable=SECOND),
        reason="no inner finite sum",
    ),
    "a triangle whose outer count has the inner variable": triangle(
        nested(POWER, count=Q, outer=K + R), reason="not a triangle"
    ),
    "a factor as an inner sum": exchange(counted(symbol("s")), reason="no inner finite sum"),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
