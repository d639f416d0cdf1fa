"""Multiplying through by a denominator and gathering sums: what is kept, and what does not tell that nothing is 0."""

from dataclasses import replace

import pytest

from matcalc.components.terms import Fixed, Indicator
from matcalc.kernel import Clear, Gather, Refused
from matcalc.kernel.clearing import clear
from matcalc.language.sizes import generator
from tests.kernel.sites import (
    B0,
    B1,
    FACTS,
    HALF,
    S0,
    S1,
    SCOPE,
    I,
    J,
    K,
    M,
    N,
    Site,
    delta,
    entries,
    factor,
    function,
    group,
    split,
    symbol,
    term,
)

s, t = symbol("s"), symbol("t")
SUM = group(term(s), term(t))
VECTORS = group(term(symbol("x", S0)), term(symbol("y", S0)), slots=(N,))
POSITIVE = group(term(factor(function("exp", symbol("x", S0), slots=(N,)), S0)), term(), slots=(N,))
COSINE = function("cos", symbol("x", S0), slots=(N,))

KEPT: dict[str, Site] = {
    "a reciprocal of a sum": Site(entries(term(factor(SUM, power=-1)), term(s)), Clear(factor(SUM), 1)),
    "a root of a sum, by more than it needs": Site(entries(term(t, factor(SUM, power=-HALF))), Clear(factor(SUM), 2)),
    "a reciprocal entry": Site(
        entries(term(factor(VECTORS, S0, power=-2)), term(symbol("y", S0)), slots=(N,)), Clear(factor(VECTORS, S0), 2)
    ),
    "a reciprocal at a fixed position": Site(
        entries(term(symbol("x", I, power=-1)), term(symbol("y", J))), Clear(symbol("x", I), 1)
    ),
    "a function of an entry on the diagonal of a matrix": Site(
        entries(term(delta(S0, S1), factor(COSINE, S0, power=-1)), slots=(N, N)), Clear(factor(COSINE, S0), 1)
    ),
    "a positive sum by which nothing is divided": Site(
        entries(term(symbol("x", S0)), slots=(N,)), Clear(factor(POSITIVE, S0), 1)
    ),
    "a root in a denominator, by that root": Site(
        entries(term(t, factor(SUM, power=-HALF)), term(factor(SUM, power=HALF))), Clear(factor(SUM), HALF)
    ),
    "a scalar beside a delta of a position": Site(
        entries(term(delta(S0, I), factor(SUM, power=-1)), term(symbol("x", S0)), slots=(N,)), Clear(factor(SUM), 1)
    ),
    "a scalar beside deltas in a row": Site(
        entries(term(delta(S0, B0), delta(B0, B1), factor(SUM, power=-1), sums=(N, N)), slots=(N,)),
        Clear(factor(SUM), 1),
    ),
    "a scalar beside a sum over an index": Site(
        entries(term(symbol("x", B0), symbol("s", power=-1), sums=(N,)), term(t)), Clear(s, 1)
    ),
    "two sums over one size": Site(
        entries(term(symbol("x", B0), sums=(N,)), term(s), term(symbol("y", B0), c=-2, sums=(N,))), Gather((0, 2))
    ),
    "two products without sums": Site(entries(term(s), term(t), term(s, t)), Gather((2, 1))),
    "sums over two sizes at a slot": Site(
        entries(
            term(symbol("X", S0, B1), symbol("a", B0), sums=(M, N)),
            term(symbol("x", S0), symbol("A", B0, B1), sums=(M, N)),
            slots=(N,),
        ),
        Gather((1, 0)),
    ),
}


@pytest.mark.parametrize("site", KEPT.values(), ids=KEPT.keys())
def test_a_step_keeps_the_value(site: Site) -> None:
    site.check_value()


NOT_KNOWN = "nothing says that the factor is not 0"
BEYOND = Fixed(generator(SCOPE.ring, "n") + 1, N)

UNFIT: dict[str, tuple[Site, str]] = {
    "a power that is a float": (
        Site(entries(term(factor(SUM, power=-1))), Clear(factor(SUM), 1.0)),
        "not a power of a denominator",
    ),
    "what nothing is divided by": (Site(entries(term(factor(SUM))), Clear(factor(SUM), 1)), NOT_KNOWN),
    "what is under a root alone": (Site(entries(term(factor(SUM, power=HALF))), Clear(factor(SUM), 1)), NOT_KNOWN),
    "what is to a symbolic power": (Site(entries(term(symbol("s", power=-K))), Clear(s, 1)), NOT_KNOWN),
    "what a term of coefficient 0 is divided by": (
        Site(entries(term(symbol("s", power=-1), c=0), term(t)), Clear(s, 1)),
        NOT_KNOWN,
    ),
    "another position": (
        Site(entries(term(symbol("x", I, power=-1)), term(symbol("y", J))), Clear(symbol("x", J), 1)),
        NOT_KNOWN,
    ),
    "an entry off the diagonal": (
        Site(entries(term(delta(S0, S1), symbol("X", S0, S1, power=-1)), slots=(N, N)), Clear(symbol("X", S0, S1), 1)),
        NOT_KNOWN,
    ),
    "an entry at a declared position where another one is meant": (
        Site(entries(term(delta(I, J), symbol("x", I, power=-1))), Clear(symbol("x", I), 1)),
        NOT_KNOWN,
    ),
    "an entry that two deltas tie": (
        Site(
            entries(term(delta(S0, S1), delta(S1, I), symbol("x", S0, power=-1)), slots=(N, N)),
            Clear(symbol("x", S0), 1),
        ),
        NOT_KNOWN,
    ),
    "a scalar beside two deltas of one index": (
        Site(entries(term(delta(S0, I), delta(S0, J), factor(SUM, power=-1)), slots=(N,)), Clear(factor(SUM), 1)),
        NOT_KNOWN,
    ),
    "a scalar beside a delta of a position beyond the axis": (
        Site(entries(term(delta(S0, BEYOND), factor(SUM, power=-1)), slots=(N,)), Clear(factor(SUM), 1)),
        NOT_KNOWN,
    ),
    "a positive sum at a slot that is not there": (
        Site(entries(term(t), slots=(N,)), Clear(factor(POSITIVE, S1), 1)),
        NOT_KNOWN,
    ),
    "a positive sum at a slot of another size": (
        Site(entries(term(t), slots=(M,)), Clear(factor(POSITIVE, S0), 1)),
        NOT_KNOWN,
    ),
    "a root of what may be negative": (
        Site(entries(term(factor(SUM, power=-1)), term(s)), Clear(factor(SUM), HALF)),
        NOT_KNOWN,
    ),
    "beside a cut of an index": (
        Site(
            entries(
                term(split(B0, S0, S1), symbol("M", B0, B0), symbol("a", S0, power=-1), sums=(M * N,)), slots=(M, N)
            ),
            Clear(symbol("a", S0), 1),
        ),
        NOT_KNOWN,
    ),
    "beside an indicator": (
        Site(entries(term(factor(Indicator(K - 1)), symbol("s", power=-1))), Clear(s, 1)),
        NOT_KNOWN,
    ),
    "in a sum that may be empty": (
        Site(entries(term(symbol("s", power=-1), sums=(N - 1,))), Clear(s, 1)),
        NOT_KNOWN,
    ),
    "a sum over an index": (
        Site(entries(term(symbol("x", B0, power=-1), sums=(N,))), Clear(symbol("x", B0), 1)),
        "a sum is not multiplied through",
    ),
    "a power 0": (Site(entries(term(symbol("s", power=-1))), Clear(s, 0)), "not a power of a denominator"),
    "a negative power": (Site(entries(term(symbol("s", power=-1))), Clear(s, -1)), "not a power of a denominator"),
    "a power of a power": (
        Site(entries(term(symbol("s", power=-1))), Clear(symbol("s", power=2), 1)),
        "not a power of a denominator",
    ),
    "sums over different sizes": (
        Site(entries(term(symbol("x", B0), sums=(N,)), term(symbol("a", B0), sums=(M,))), Gather((0, 1))),
        "sums of different sizes",
    ),
    "a term gathered twice": (Site(entries(term(s), term(t)), Gather((0, 0))), "a term is named twice, or none"),
    "nothing gathered": (Site(entries(term(s), term(t)), Gather(())), "a term is named twice, or none"),
    "a term that is not there": (Site(entries(term(s), term(t)), Gather((0, 2))), "no such term"),
    "a term counted from the end": (Site(entries(term(s), term(t)), Gather((0, -1))), "no such term"),
}


@pytest.mark.parametrize(("site", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_step_that_does_not_fit_is_refused(site: Site, reason: str) -> None:
    replace(site, reason=reason).check_refused()


def test_a_position_beyond_the_axis_is_another_position() -> None:
    site = Site(entries(term(symbol("x", I, power=-1))), Clear(symbol("x", BEYOND), 1), NOT_KNOWN)
    site.check_refused()


def test_nothing_is_told_where_a_finite_sum_may_have_been_empty() -> None:
    """Σ_{r<k} 1/s is 0 at k = 0 for s = 0 as well."""
    before = entries(term(symbol("s", power=-1)), term(t))
    with pytest.raises(Refused, match=NOT_KNOWN):
        clear(before, Clear(s, 1), replace(FACTS, counted=True))
    assert clear(before, Clear(s, 1), FACTS) != before


def test_what_is_never_0_is_cleared_all_the_same() -> None:
    positive = group(term(symbol("w")), term())
    before = entries(term(factor(positive, power=-1)), term(t))
    assert clear(before, Clear(factor(positive), 1), replace(FACTS, counted=True)) != before
