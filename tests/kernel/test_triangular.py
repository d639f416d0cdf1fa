"""Rules of triangular and diagonal matrices: what each does at a site, and what it refuses."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from matcalc.components.terms import Elementwise, Entries, Factor, Fixed, Opaque, Slot, Term, Triangle
from matcalc.kernel import Rewrite
from tests.kernel.sites import (
    B0,
    HALF,
    S0,
    S1,
    I,
    J,
    K,
    N,
    Site,
    declared,
    delta,
    entries,
    factor,
    function,
    group,
    matrix,
    symbol,
    term,
    use,
)

L, X, E = (symbol(name, S0, S1) for name in "LXE")
DOWN, UP = factor(Triangle(), S0, S1), factor(Triangle(), S1, S0)
PATTERN, VALUE, OTHER = "triangular pattern", "entry of a triangle", "other triangle"
FIRST = Fixed(N.ring.one, N)
DIAGONAL = "diagonal of a triangular function"
DETERMINANT, PRODUCT = "determinant of a triangular matrix", "determinant of a diagonal matrix"
LOGARITHM, EXPONENTIAL = "logarithm of a diagonal determinant", "exponential of a sum of logarithms"
NO_ORDER = "nothing says that the indices are equal"


def site(rule: str, *factors: Factor, sums: int = 0, reason: str = "", slots: int = 2) -> Site:
    return Site(entries(term(*factors, sums=(N,) * sums), slots=(N,) * slots), Rewrite(rule, 0, 0), reason)


def determinant(*terms: Term, power: int = 1) -> Factor:
    return factor(matrix("det", *terms), power=power)


def logarithm(*factors: Factor) -> Factor:
    return factor(function("log", *factors))


OF_X = term(delta(S0, S1), symbol("x", S0))
LOGARITHMS = Entries((), (Term(Fraction(1), (N,), (factor(function("log", symbol("x", S0), slots=(N,)), B0),)),))
POWER = Opaque("matrix_power", (Entries((N, N), (term(L),)),), (K,))

KEPT = {
    "an entry of a diagonal matrix": site(PATTERN, E),
    "entries of two triangles that face each other": site(PATTERN, L, symbol("L", S1, S0)),
    "entries along a way around": site(PATTERN, L, symbol("L", S1, B0), symbol("L", B0, S0), sums=1),
    "an entry beside the opposite triangle of ones": site(PATTERN, L, UP),
    "an entry of the inverse of a triangular matrix": site(PATTERN, factor(matrix("inv", term(L)), S0, S1), UP),
    "an entry of the inverse of a diagonal matrix": site(PATTERN, factor(matrix("inv", OF_X), S0, S1)),
    "an entry of a power of a triangular matrix": site(PATTERN, factor(POWER, S0, S1), UP),
    "a triangle of ones on its diagonal": site(VALUE, factor(Triangle(), S0, S0)),
    "a triangle of ones beside a triangular matrix": site(VALUE, DOWN, L),
    "a triangle of ones beside two triangular matrices": site(
        VALUE, DOWN, symbol("L", S0, B0), symbol("L", B0, S1), sums=1
    ),
    "the square of a triangle of ones": site(VALUE, factor(Triangle(), S0, S1, power=2)),
    "the first column of a triangle of ones": site(VALUE, factor(Triangle(), S0, FIRST), slots=1),
    "the last row of a triangle of ones": site(VALUE, factor(Triangle(), Fixed(N, N), S0), slots=1),
    "an entry below the diagonal of a triangle of ones": site(VALUE, factor(Triangle(), Fixed(I.position + K, N), I)),
    "an entry above the diagonal of a triangle of ones": site(VALUE, factor(Triangle(), I, Fixed(I.position + 1, N))),
    "the other triangle of ones": site(OTHER, DOWN),
    "the diagonal of an inverse": site(DIAGONAL, factor(matrix("inv", term(L)), S0, S0), slots=1),
    "the square of the diagonal of an inverse": site(
        DIAGONAL, factor(matrix("inv", term(L), term(delta(S0, S1))), S0, S0, power=2), slots=1
    ),
    "the diagonal of a power": site(DIAGONAL, factor(POWER, S0, S0), slots=1),
    "the determinant of a triangular matrix": site(DETERMINANT, determinant(term(L)), slots=0),
    "the determinant of a product of triangular matrices": site(
        DETERMINANT, determinant(term(symbol("L", S0, B0), symbol("L", B0, S1), sums=(N,))), slots=0
    ),
    "the determinant of a diagonal of products": site(
        PRODUCT, determinant(term(delta(S0, S1), symbol("x", S0), symbol("y", S0, power=2)), power=3), slots=0
    ),
    "the determinant of a diagonal of exponentials": site(
        PRODUCT, determinant(term(delta(S0, S1), factor(function("exp", symbol("x", S0), slots=(N,)), S0))), slots=0
    ),
    "the logarithm of an absolute determinant": site(
        LOGARITHM, logarithm(factor(function("abs", determinant(OF_X)))), slots=0
    ),
    "the logarithm of a determinant": site(LOGARITHM, logarithm(determinant(OF_X)), slots=0),
    "an exponential of a sum of logarithms": site(EXPONENTIAL, factor(Elementwise("exp", 0, LOGARITHMS)), slots=0),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


INVERSE = factor(matrix("inv", term(X)), S0, S0)

UNFIT = {
    "an entry of any matrix": site(PATTERN, X, symbol("X", S1, S0), reason=NO_ORDER),
    "an entry of one triangle": site(PATTERN, L, reason=NO_ORDER),
    "an entry beside the same triangle": site(PATTERN, L, DOWN, reason=NO_ORDER),
    "an entry beside another row": site(PATTERN, L, symbol("L", S1, B0), symbol("L", S0, B0), sums=1, reason=NO_ORDER),
    "an entry whose way around is a sum of both triangles": site(
        PATTERN, L, factor(group(term(L), term(symbol("L", S1, S0)), slots=(N, N)), S0, S1), reason=NO_ORDER
    ),
    "a reciprocal of an entry that may be 0": site(PATTERN, symbol("E", S0, S1, power=-1), reason=NO_ORDER),
    "an entry that is already on the diagonal": site(PATTERN, E, delta(S0, S1), reason=NO_ORDER),
    "the exponential of the entries of a diagonal matrix": site(
        PATTERN, factor(function("exp", E, slots=(N, N)), S0, S1), reason="no matrix here"
    ),
    "the inverse of any matrix": site(PATTERN, factor(matrix("inv", term(X)), S0, S1), UP, reason=NO_ORDER),
    "a triangle of ones by itself": site(VALUE, DOWN, reason="this entry has no value"),
    "the first row of a triangle of ones": site(
        VALUE, factor(Triangle(), FIRST, S0), slots=1, reason="this entry has no value"
    ),
    "a triangle of ones at positions in no order": site(
        VALUE, factor(Triangle(), I, J), reason="this entry has no value"
    ),
    "a triangle of ones beside the other one": site(VALUE, DOWN, UP, reason="this entry has no value"),
    "the reciprocal of a triangle of ones": site(
        VALUE, factor(Triangle(), S0, S1, power=-1), reason="no triangle here"
    ),
    "the other triangle of a triangular matrix": site(OTHER, L, reason="no triangle here"),
    "the diagonal of the inverse of any matrix": site(
        DIAGONAL, INVERSE, slots=1, reason="the matrix is not triangular"
    ),
    "an entry of an inverse beside the diagonal": site(
        DIAGONAL, factor(matrix("inv", term(L)), S0, S1), reason="not on the diagonal"
    ),
    "the diagonal of the inverse of a sum of both triangles": site(
        DIAGONAL,
        factor(matrix("inv", term(L), term(symbol("L", S1, S0))), S0, S0),
        slots=1,
        reason="the matrix is not triangular",
    ),
    "the determinant of any matrix": site(
        DETERMINANT, determinant(term(X)), slots=0, reason="the matrix is not triangular"
    ),
    "a determinant that is diagonal already": site(DETERMINANT, determinant(OF_X), slots=0, reason="diagonal already"),
    "a root of the determinant of a diagonal": site(
        PRODUCT, factor(matrix("det", OF_X), power=HALF), slots=0, reason="a root of a determinant"
    ),
    "the determinant of one diagonal": site(PRODUCT, determinant(OF_X), slots=0, reason="nothing comes apart"),
    "a root on a diagonal": site(
        PRODUCT,
        determinant(term(delta(S0, S1), symbol("x", S0), symbol("y", S0, power=HALF))),
        slots=0,
        reason="a power that is not whole",
    ),
    "a number on a diagonal": site(
        PRODUCT, determinant(term(delta(S0, S1), symbol("x", S0), c=2)), slots=0, reason="a scalar comes out first"
    ),
    "the logarithm of the determinant of any matrix": site(
        LOGARITHM,
        logarithm(determinant(term(X))),
        slots=0,
        reason="the matrix does not say that it is diagonal",
    ),
    "the logarithm of a squared determinant": site(
        LOGARITHM, logarithm(determinant(OF_X, power=2)), slots=0, reason="not a determinant alone"
    ),
    "the exponential of a sum": site(
        EXPONENTIAL,
        factor(Elementwise("exp", 0, Entries((), (Term(Fraction(1), (N,), (symbol("x", B0),)),)))),
        slots=0,
        reason="not a sum of logarithms",
    ),
    "the exponential of twice a sum of logarithms": site(
        EXPONENTIAL,
        factor(Elementwise("exp", 0, Entries((), (replace(LOGARITHMS.terms[0], coefficient=Fraction(2)),)))),
        slots=0,
        reason="not a sum of logarithms",
    ),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused_for_its_reason(case: Site) -> None:
    case.check_refused()


def test_an_entry_beside_the_triangle_is_zero() -> None:
    beyond = Fixed(I.position + 1, N)
    assert site(PATTERN, symbol("L", I, beyond), slots=0).after().terms == ()


def test_an_entry_below_the_diagonal_stays() -> None:
    site(PATTERN, symbol("L", Fixed(I.position + 1, N), I), slots=0, reason=NO_ORDER).check_refused()


OF_LOG = factor(function("abs", determinant(OF_X)))
LOG_OF_X = factor(function("log", symbol("x", S0), slots=(N,)), B0)
SUM = group(LOGARITHMS.terms[0])


def exponential(*factors: Factor, sums: int = 0, c: int = 1, **more: Any) -> Site:
    """The rule at the exponential of a product."""
    body = entries(term(*factors, sums=(N,) * sums, c=c))
    return use(EXPONENTIAL, factor(Elementwise("exp", 0, body)), **more)


NO_SUM, NOT_ALONE = "not a sum of logarithms", "not a determinant alone"
CONDITIONS = {
    "the logarithm of an inverse": use(
        LOGARITHM, logarithm(factor(matrix("trace", OF_X))), reason="no determinant here"
    ),
    "the logarithm of a squared determinant within bars": use(
        LOGARITHM, logarithm(factor(function("abs", determinant(OF_X, power=2)))), reason="no determinant here"
    ),
    "the sine of a determinant": use(LOGARITHM, factor(function("sin", determinant(OF_X))), reason="no logarithm here"),
    "a derivative of the logarithm": use(
        LOGARITHM, factor(function("log", determinant(OF_X), order=1)), reason="no logarithm here"
    ),
    "a declared logarithm": use(LOGARITHM, logarithm(OF_LOG), facts=declared("log"), reason="no logarithm here"),
    "the square of a logarithm": use(LOGARITHM, factor(function("log", OF_LOG), power=2), reason="no logarithm here"),
    "the logarithm of the sine of a determinant": use(
        LOGARITHM, logarithm(factor(function("sin", determinant(OF_X)))), reason="no absolute value here"
    ),
    "a declared absolute value": use(LOGARITHM, logarithm(OF_LOG), facts=declared("abs"), reason="a declared function"),
    "the logarithm of two determinants within bars": use(
        LOGARITHM, logarithm(factor(function("abs", determinant(OF_X), symbol("s")))), reason=NOT_ALONE
    ),
    "a declared exponential": exponential(LOG_OF_X, sums=1, facts=declared("exp"), reason="a declared function"),
    "the logarithm at one entry": exponential(factor(function("log", symbol("x", I))), sums=1, reason=NO_SUM),
    "a sum of squares of logarithms": exponential(replace(LOG_OF_X, exponent=Fraction(2)), sums=1, reason=NO_SUM),
    "two sums": use(
        EXPONENTIAL,
        factor(Elementwise("exp", 0, entries(*LOGARITHMS.terms * 2))),
        reason="not one sum",
    ),
    "twice a sum in parentheses": exponential(factor(SUM), c=2, reason=NO_SUM),
    "the square of a sum in parentheses": exponential(factor(SUM, power=2), reason=NO_SUM),
    "the determinant of a diagonal of two terms": site(
        PRODUCT, determinant(OF_X, term(delta(S0, S1), symbol("y", S0))), slots=0, reason="not a product of entries"
    ),
    "the determinant of a diagonal of sums": site(
        PRODUCT,
        determinant(term(delta(S0, S1), symbol("X", S0, B0), sums=(N,))),
        slots=0,
        reason="not a product of entries",
    ),
    "the determinant of a diagonal of derivatives of exp": site(
        PRODUCT,
        determinant(term(delta(S0, S1), factor(function("exp", symbol("x", S0), slots=(N,), order=1), S0))),
        slots=0,
        reason="a derivative of the function",
    ),
    "the square of a triangle of ones": site(OTHER, factor(Triangle(), S0, S1, power=2), reason="no triangle here"),
    "the diagonal of a matrix on two axes": use(
        DIAGONAL,
        factor(
            Opaque("inv", (Entries((N, N, N, N), (term(symbol("L", S0, Slot(2)), symbol("L", S1, Slot(3))),)),)),
            S0,
            S1,
            S0,
            S1,
        ),
        slots=(N, N),
        reason="not on the diagonal",
    ),
    "the logarithm of a symbol": use(LOGARITHM, logarithm(symbol("s")), reason="no determinant here"),
    "a symbol as a logarithm": use(LOGARITHM, symbol("s"), reason="no logarithm here"),
    "the logarithm of two determinants": use(LOGARITHM, logarithm(determinant(OF_X), symbol("s")), reason=NOT_ALONE),
    "the logarithm of a derivative of bars": use(
        LOGARITHM, logarithm(factor(function("abs", determinant(OF_X), order=1))), reason="no absolute value here"
    ),
    "the sine of a sum of logarithms": use(
        EXPONENTIAL, factor(Elementwise("sin", 0, LOGARITHMS)), reason="no exponential here"
    ),
    "a derivative of the exponential": use(
        EXPONENTIAL, factor(Elementwise("exp", 1, LOGARITHMS)), reason="no exponential here"
    ),
    "a sum of products of logarithms": exponential(LOG_OF_X, LOG_OF_X, sums=1, reason=NO_SUM),
    "a sum of sines": exponential(factor(function("sin", symbol("x", S0), slots=(N,)), B0), sums=1, reason=NO_SUM),
    "a sum of derivatives of logarithms": exponential(
        factor(function("log", symbol("x", S0), slots=(N,), order=1), B0), sums=1, reason=NO_SUM
    ),
    "the determinant of a diagonal with a scalar": site(
        PRODUCT,
        determinant(term(delta(S0, S1), symbol("x", S0), symbol("s"))),
        slots=0,
        reason="a scalar comes out first",
    ),
    "the exponential of a row of sums": use(
        EXPONENTIAL,
        factor(Elementwise("exp", 0, entries(*LOGARITHMS.terms, slots=(N,))), S0),
        slots=(N,),
        reason="not one sum",
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
