"""Outer products beside an invertible matrix: what comes of its determinant and its inverse, and what is refused."""

import pytest

from matcalc.components.terms import Entries, Opaque, Slot
from matcalc.kernel import Refused, Rewrite
from matcalc.kernel.application import apply
from tests.kernel.sites import B0, FACTS, HALF, S0, S1, M, N, Site, delta, entries, factor, matrix, symbol, term, use

RULE = "low-rank update"
IDENTITY = term(delta(S0, S1))
X, Y = term(symbol("X", S0, S1)), term(symbol("Y", S0, S1))
XY = term(symbol("x", S0), symbol("y", S1), c=2)
XX = term(symbol("x", S0), symbol("x", S1), symbol("s"))
YX = term(symbol("y", S0), symbol("x", S1), c=-1)
LONG = term(symbol("A", B0, S0), symbol("a", B0), symbol("y", S1), sums=(M,))
ONES = term(c=3)


def det(*terms: object, power: object = 1) -> Entries:
    return entries(term(factor(matrix("det", *terms), power=power)))


def inv(*terms: object, power: object = 1) -> Entries:
    return entries(term(factor(matrix("inv", *terms), S0, S1, power=power)), slots=(N, N))


def site(before: Entries, *arguments: object) -> Site:
    return Site(before, Rewrite(RULE, 0, 0, arguments))


KEPT = {
    "the determinant with one product": site(det(IDENTITY, XY), 0, (1, (0,))),
    "its root": site(det(IDENTITY, XY, power=HALF), 0, (1, (0,))),
    "with a common column": site(det(IDENTITY, XY, XX), 0, (1, (0,)), (2, (0,))),
    "with a common row": site(det(IDENTITY, XX, YX), 1, (1, (0, 2)), (2, (0,))),
    "with two columns": site(det(IDENTITY, XY, YX), 0, (1, (0,)), (2, (0,))),
    "with a sum in a column": site(det(IDENTITY, LONG), 0, (1, (0, 1))),
    "with ones": site(det(IDENTITY, ONES, XY), 0, (1, ()), (2, (0,))),
    "two products of five times the identity": site(inv(term(delta(S0, S1), c=5), XX, YX), 0, (1, (0,)), (2, (0,))),
    "the inverse with one product": site(inv(IDENTITY, XY), 0, (1, (0,))),
    "the inverse with a common column": site(inv(IDENTITY, XY, XX), 0, (1, (0,)), (2, (0,))),
    "the inverse with two columns": site(inv(IDENTITY, XY, YX), 0, (1, (0,)), (2, (0,))),
    "the inverse with ones": site(inv(IDENTITY, ONES), 0, (1, ())),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


UNFIT = {
    "a rest that may be singular": (site(inv(X, XY), 0, (1, (0,))), "nothing says that the rest is invertible"),
    "nothing but outer products": (site(det(XY, XX), 0, (0, (0,)), (1, (0,))), "nothing says that the rest"),
    "no outer product": (site(det(IDENTITY, XY), 0), "none, or more than 4"),
    "a matrix as an outer product": (site(det(IDENTITY, X), 0, (1, (0,))), "do not separate rows from columns"),
    "the wrong way round": (site(det(IDENTITY, XY), 0, (1, (1,))), "do not separate rows from columns"),
    "a product joined by an index": (
        site(det(IDENTITY, term(symbol("A", B0, S0), symbol("A", B0, S1), sums=(M,))), 0, (1, (0,))),
        "the parts share an index",
    ),
    "a sum that counts": (
        site(det(IDENTITY, term(symbol("x", S0), symbol("y", S1), sums=(M,))), 0, (1, (0,))),
        "an index that no factor uses",
    ),
    "a term named twice": (site(det(IDENTITY, XY), 0, (1, (0,)), (1, (0,))), "a term is named twice"),
    "a term that is not there": (site(det(IDENTITY, XY), 0, (2, (0,))), "no such term"),
    "a factor that is not there": (site(det(IDENTITY, XY), 0, (1, (5,))), "no such factor"),
    "a third side": (site(det(IDENTITY, XY), 2, (1, (0,))), "neither columns nor rows"),
    "a power of an entry": (site(inv(IDENTITY, XY, power=2), 0, (1, (0,))), "a power of an entry"),
}


@pytest.mark.parametrize(("case", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        apply(case.before, case.step, FACTS)


ON_AXES = Entries((M, N, M, N), (term(delta(S0, Slot(2)), delta(S1, Slot(3))),))
CONDITIONS = {
    "a matrix on two axes": use(
        RULE, factor(Opaque("det", (ON_AXES,))), arguments=(0,), reason="not a matrix of single indices"
    ),
    "a term whose number is no integer": use(
        RULE, factor(matrix("det", IDENTITY, XY)), arguments=(0, (1.0, (0,))), reason="no such term"
    ),
    "a row on the right": use(
        RULE,
        factor(matrix("det", IDENTITY, term(symbol("x", S0), symbol("y", S0), symbol("x", S1)))),
        arguments=(0, (1, (0,))),
        reason="the parts do not separate rows from columns",
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
