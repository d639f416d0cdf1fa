"""What comes out of a function of a matrix: sums of scalars, factors of rows and of columns."""

import pytest

from matcalc.components.terms import Entries, Opaque, Slot
from matcalc.kernel import Refused, Rewrite
from matcalc.kernel.application import apply
from tests.kernel.sites import FACTS, HALF, S0, S1, M, N, Site, delta, entries, factor, matrix, symbol, term, use

SCALAR, SCALED = "inverse of a scalar multiple", "inverse of a scaled matrix"
s, t, X = symbol("s"), symbol("t"), symbol("X", S0, S1)
SUM = (term(s, X), term(t, X, c=-2))
ROWS = (term(symbol("x", S0), X), term(symbol("y", S0), X, c=3))
COLUMNS = (term(symbol("x", S1), symbol("y", S1), X),)


def det(*terms: object, power: object = 1) -> Entries:
    return entries(term(factor(matrix("det", *terms), power=power)))


def inv(*terms: object, power: object = 1) -> Entries:
    return entries(term(factor(matrix("inv", *terms), S0, S1, power=power)), slots=(N, N))


def site(before: Entries, rule: str, *arguments: object) -> Site:
    return Site(before, Rewrite(rule, 0, 0, arguments))


KEPT = {
    "a scalar in an adjugate": site(
        entries(term(factor(matrix("adjugate", term(s, X, c=-2)), S0, S1)), slots=(N, N)), SCALAR, (0,)
    ),
    "a sum of scalars in an inverse": site(inv(*SUM), SCALAR, (0,), (0,)),
    "a sum of scalars in a determinant": site(det(*SUM), SCALAR, (0,), (0,)),
    "a number and a scalar": site(det(term(X, c=2), term(s, X)), SCALAR, (), (0,)),
    "rows of an inverse": site(inv(*ROWS), SCALED, 0, (0,), (0,)),
    "rows of a determinant": site(det(*ROWS), SCALED, 0, (0,), (0,)),
    "columns of an inverse": site(inv(*COLUMNS), SCALED, 1, (0, 1)),
    "columns of a determinant": site(det(*COLUMNS, power=2), SCALED, 1, (0, 1)),
    "a root of a determinant": site(det(*COLUMNS, power=HALF), SCALED, 1, (0, 1)),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


UNFIT = {
    "different matrices": (
        site(det(term(s, X), term(t, symbol("Y", S0, S1))), SCALAR, (0,), (0,)),
        "the terms leave different matrices",
    ),
    "places in one term alone": (site(det(*SUM), SCALAR, (0,)), "places in each term are wanted"),
    "rows as a scalar": (site(det(*ROWS), SCALAR, (0,), (0,)), "not a scalar"),
    "rows as columns": (site(det(*ROWS), SCALED, 1, (0,), (0,)), "not a factor of rows or columns alone"),
    "the matrix as rows": (site(det(term(X)), SCALED, 0, (0,)), "not a factor of rows or columns alone"),
    "nothing": (site(det(term(X)), SCALED, 0, ()), "nothing comes out"),
    "the number 1": (site(det(term(X)), SCALAR, ()), "nothing comes out"),
    "a third side": (site(det(*ROWS), SCALED, 2, (0,), (0,)), "neither rows nor columns"),
    "a diagonal matrix": (site(det(term(symbol("x", S0), delta(S0, S1))), SCALED, 0, (0,)), "a diagonal matrix"),
    "a power of an entry": (site(inv(*ROWS, power=2), SCALED, 0, (0,), (0,)), "a power of an entry"),
}


@pytest.mark.parametrize(("case", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        apply(case.before, case.step, FACTS)


ON_AXES = Entries((M, N, M, N), (term(symbol("a", S0), delta(S0, Slot(2)), symbol("X", S1, Slot(3))),))
CONDITIONS = {
    "rows on two axes": use(
        SCALED, factor(Opaque("det", (ON_AXES,))), arguments=(0, (0,)), reason="not a matrix of single indices"
    )
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
