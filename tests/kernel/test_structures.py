"""Rules of orthogonal, skew and diagonal symbols: what each does at a site, and what it refuses."""

import pytest

from matcalc.components.terms import Declared
from matcalc.kernel import Refused, Rewrite
from tests.kernel.sites import B0, B1, HALF, S0, S1, N, Site, entries, factor, matrix, symbol, term


def site(rule: str, *factors: object, arguments: tuple[object, ...] = (), sums: int = 0) -> Site:
    return Site(entries(term(*factors, sums=(N,) * sums), slots=(N, N)), Rewrite(rule, 0, 0, arguments))


def orthogonal(*factors: object, arguments: tuple[object, ...] = (1, 1), sums: int = 1) -> Site:
    return site("orthogonality", *factors, arguments=arguments, sums=sums)


O, Q, E = (symbol(name, S0, S1) for name in "OQE")
ROWS = (symbol("O", S0, B0), symbol("O", S1, B0))
INVERSE = "inverse of an orthogonal matrix"

KEPT = {
    "rows of an orthogonal matrix": orthogonal(*ROWS),
    "columns of an orthogonal matrix": orthogonal(symbol("O", B0, S1), symbol("O", B0, S0), arguments=(1, 0)),
    "the inverse of an orthogonal matrix": site(INVERSE, factor(matrix("inv", term(O)), S0, S1)),
    "the inverse of its transpose": site(INVERSE, factor(matrix("inv", term(symbol("O", S1, S0))), S0, S1)),
    "the cube of its determinant": site(INVERSE, factor(matrix("det", term(O)), power=3)),
    "an entry of a skew matrix": site("skew symmetry", Q),
    "the square of an entry of a skew matrix": site("skew symmetry", symbol("Q", S0, S1, power=2)),
    "a quadratic form of a skew matrix": site(
        "antisymmetric term",
        symbol("Q", B0, B1),
        symbol("x", B0),
        symbol("x", B1),
        arguments=((0, 1), (1, 0)),
        sums=2,
    ),
    "an entry of a diagonal matrix": site("diagonal symbol", E),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


UNFIT = {
    "rows of any matrix": orthogonal(symbol("X", S0, B0), symbol("X", S1, B0)),
    "an orthogonal matrix and another": orthogonal(symbol("O", S0, B0), symbol("X", S1, B0)),
    "a row and a column": orthogonal(symbol("O", S0, B0), symbol("O", B0, S1)),
    "a row with itself counted from the end": orthogonal(*ROWS, arguments=(-1, 1)),
    "a square of entries": orthogonal(symbol("O", S0, B0, power=2), symbol("O", S1, B0)),
    "rows whose index is in use": orthogonal(*ROWS, symbol("x", B0)),
    "rows without a sum": orthogonal(symbol("O", S0, S1), symbol("O", S0, S1), arguments=(1, 1), sums=0),
    "a derivative of an orthogonal matrix": orthogonal(
        factor(Declared("O", ("s",)), S0, B0), factor(Declared("O", ("s",)), S1, B0)
    ),
    "the determinant of an orthogonal matrix as 1": site(INVERSE, factor(matrix("det", term(O)))),
    "a root of that determinant": site(INVERSE, factor(matrix("det", term(O)), power=HALF)),
    "the inverse of twice an orthogonal matrix": site(INVERSE, factor(matrix("inv", term(O, c=2)), S0, S1)),
    "the inverse of a skew matrix as of an orthogonal one": site(INVERSE, factor(matrix("inv", term(Q)), S0, S1)),
    "skew symmetry of a symmetric matrix": site("skew symmetry", symbol("S", S0, S1)),
    "skew symmetry of a root of an entry": site("skew symmetry", symbol("Q", S0, S1, power=HALF)),
    "a bilinear form of a skew matrix": site(
        "antisymmetric term",
        symbol("Q", B0, B1),
        symbol("x", B0),
        symbol("y", B1),
        arguments=((0, 1), (1, 0)),
        sums=2,
    ),
    "an entry of any matrix as diagonal": site("diagonal symbol", symbol("X", S0, S1)),
    "an entry on the diagonal": site("diagonal symbol", symbol("E", S0, S0)),
    "a reciprocal of an entry that may be 0": site("diagonal symbol", symbol("E", S0, S1, power=-1)),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    with pytest.raises(Refused):
        case.after()
