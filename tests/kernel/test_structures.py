"""Rules of orthogonal and skew symbols: what each does at a site, and what it refuses."""

from dataclasses import replace
from typing import Any

import pytest

from matcalc.components.terms import Declared, Entries, Factor, Opaque, Partial, Slot, Tangent
from matcalc.kernel import Arrange, Refused, Rewrite, Within
from matcalc.kernel.application import apply
from matcalc.language.nodes import Size
from tests.kernel.sites import (
    B0,
    B1,
    B2,
    B3,
    FACTS,
    HALF,
    S0,
    S1,
    K,
    M,
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


def site(rule: str, *factors: object, arguments: tuple[object, ...] = (), sums: int = 0) -> Site:
    return Site(entries(term(*factors, sums=(N,) * sums), slots=(N, N)), Rewrite(rule, 0, 0, arguments))


def orthogonal(*factors: object, arguments: tuple[object, ...] = (1, 1), sums: int = 1) -> Site:
    return site("orthogonality", *factors, arguments=arguments, sums=sums)


O, Q = (symbol(name, S0, S1) for name in "OQ")
ROWS = (symbol("O", S0, B0), symbol("O", S1, B0))
INVERSE, SKEW = "inverse of an orthogonal matrix", "function of a skew matrix"
VANISHING = "antisymmetric term"
INVERSE_OF_SKEW = factor(matrix("inv", term(Q)), S0, S1)


def power_of_skew(power: Size) -> Opaque:
    return Opaque("matrix_power", (entries(term(Q), slots=(N, N)),), (power,))


SIGN_RULE = "determinant of a skew matrix"
MINUS = group(term(c=-1))
DET_OF_SKEW = matrix("det", term(Q))


def signed(power: object, det: object = DET_OF_SKEW, exponent: int = 1) -> Site:
    """(−1)^power beside a power of a determinant."""
    before = entries(term(factor(det, power=exponent), factor(MINUS, power=power)))
    return Site(before, Rewrite(SIGN_RULE, 0, 0, (((),), 1)))


KEPT = {
    "a sign beside the determinant of a skew matrix": signed(N),
    "another sign beside its cube": signed(N + 2 * K - 4, exponent=3),
    "rows of an orthogonal matrix": orthogonal(*ROWS),
    "columns of an orthogonal matrix": orthogonal(symbol("O", B0, S1), symbol("O", B0, S0), arguments=(1, 0)),
    "the inverse of an orthogonal matrix": site(INVERSE, factor(matrix("inv", term(O)), S0, S1)),
    "the inverse of its transpose": site(INVERSE, factor(matrix("inv", term(symbol("O", S1, S0))), S0, S1)),
    "the cube of its determinant": site(INVERSE, factor(matrix("det", term(O)), power=3)),
    "the absolute determinant of an orthogonal matrix": site(
        INVERSE, factor(function("abs", factor(matrix("det", term(O)))))
    ),
    "the square of a row of an orthogonal matrix": orthogonal(symbol("O", S0, B0, power=2), arguments=(0, 1)),
    "a tangent of an orthogonal matrix": site("tangent of an orthogonal matrix", factor(Tangent("O"), S0, S1)),
    "the inverse of a skew matrix": site(SKEW, INVERSE_OF_SKEW, arguments=(((),),)),
    "a quadratic form of a skew matrix": site(
        VANISHING, symbol("Q", B0, B1), symbol("x", B0), symbol("x", B1), arguments=((1, 0),), sums=2
    ),
    "a trace of three skew matrices": site(
        VANISHING, symbol("Q", B0, B1), symbol("Q", B1, B2), symbol("Q", B0, B2), arguments=((1, 0, 2),), sums=3
    ),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


UNFIT = {
    "another sign beside the determinant of a skew matrix": signed(N + 1),
    "a sign beside its square": signed(N, exponent=2),
    "a sign beside its reciprocal": signed(N, exponent=-1),
    "a sign beside the determinant of any matrix": signed(N, matrix("det", term(symbol("X", S0, S1)))),
    "the determinant of a skew matrix whose size may be even": Site(
        entries(term(factor(DET_OF_SKEW))), Rewrite(SIGN_RULE, 0, 0, (((),),))
    ),
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
    "the tangent of any matrix": site("tangent of an orthogonal matrix", factor(Tangent("X"), S0, S1)),
    "the absolute determinant of any matrix": site(
        INVERSE, factor(function("abs", factor(matrix("det", term(symbol("X", S0, S1))))))
    ),
    "the absolute trace of an orthogonal matrix": site(INVERSE, factor(function("abs", symbol("O", B0, B0))), sums=1),
    "a square of a row that is used elsewhere": orthogonal(
        symbol("O", S0, B0, power=2), symbol("x", B0), arguments=(0, 1)
    ),
    "the fourth power of a row": orthogonal(symbol("O", S0, B0, power=4), arguments=(0, 1)),
    "the inverse of any matrix as a skew one": site(
        SKEW, factor(matrix("inv", term(symbol("X", S0, S1))), S0, S1), arguments=(((),),)
    ),
    "the inverse of a symmetric matrix as a skew one": site(
        SKEW, factor(matrix("inv", term(symbol("S", S0, S1))), S0, S1), arguments=(((),),)
    ),
    "the inverse of a skew matrix and the identity as a skew one": site(
        SKEW, factor(matrix("inv", term(Q), term(delta(S0, S1))), S0, S1), arguments=(((), ()),)
    ),
    "a power that may be even as skew": site(SKEW, factor(power_of_skew(K), S0, S1), arguments=(((),),)),
    "a bilinear form of a skew matrix": site(
        VANISHING,
        symbol("Q", B0, B1),
        symbol("x", B0),
        symbol("y", B1),
        arguments=((1, 0),),
        sums=2,
    ),
    "a term as it stands": site(
        VANISHING, symbol("Q", B0, B1), symbol("x", B0), symbol("x", B1), arguments=((0, 1),), sums=2
    ),
    "four skew matrices in a circle": site(
        VANISHING,
        *(symbol("Q", B, C) for B, C in ((B0, B1), (B1, B2), (B2, B3), (B3, B0))),
        arguments=((3, 2, 1, 0),),
        sums=4,
    ),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    with pytest.raises(Refused):
        case.after()


@pytest.mark.parametrize(("power", "symmetric"), [(2 * K, True), (2 * K + 1, False)])
def test_a_power_of_a_skew_matrix_is_marked_by_its_parity(power: Size, symmetric: bool) -> None:
    (marked,) = site(SKEW, factor(power_of_skew(power), S0, S1), arguments=(((),),)).after().terms[0].factors
    assert isinstance(marked.head, Opaque)
    assert (marked.head.symmetric, marked.head.skew) == (symmetric, not symmetric)


def test_the_indices_of_a_skew_matrix_are_put_in_order_with_a_sign() -> None:
    turned = entries(term(symbol("Q", S1, S0)), slots=(N, N))
    assert apply(turned, Arrange(((),)), FACTS) == entries(term(Q, c=-1), slots=(N, N))
    assert apply(entries(term(symbol("Q", S0, S0)), slots=(N,)), Arrange(((),)), FACTS).terms == ()


def test_a_structure_is_not_felt_under_a_derivative_by_the_symbol() -> None:
    inner = entries(term(symbol("Q", S1, S0)), slots=(N, N))
    outer = entries(term(factor(Partial(inner, "Q"), S0, S1, S0, S1)), slots=(N, N))
    assert apply(outer, Within(0, 0, 0, (Arrange(((),)),)), FACTS) == outer


OF_Q = term(symbol("O", S0, S1))


def absolute(*factors: Factor, **more: Any) -> Site:
    """The rule at the absolute value of a product."""
    return use(INVERSE, factor(function("abs", *factors)), **more)


DET_OF_Q = factor(matrix("det", OF_Q))
OF_SKEW = term(Q)
ON_AXES = Entries((M, N, M, N), (term(delta(S0, Slot(2)), symbol("Q", S1, Slot(3))),))
CONDITIONS = {
    "an index that both share twice": use(
        "orthogonality",
        symbol("O", B0, B0),
        symbol("O", S0, B0),
        sums=(N,),
        slots=(N,),
        arguments=(1, 1),
        reason="the index is used twice",
    ),
    "the determinant of a product": absolute(
        factor(matrix("det", term(symbol("O", S0, S1), symbol("x", S0)))), reason="not a matrix symbol"
    ),
    "the determinant of squared entries": absolute(
        factor(matrix("det", term(symbol("O", S0, S1, power=2)))), reason="not a matrix symbol"
    ),
    "the determinant of an inverse": absolute(
        factor(matrix("det", term(factor(matrix("inv", OF_Q), S0, S1)))), reason="not a matrix symbol"
    ),
    "the determinant of a diagonal of a symbol": absolute(
        factor(matrix("det", term(symbol("O", S0, S0)))), reason="not a matrix symbol"
    ),
    "the sine of a determinant": use(INVERSE, factor(function("sin", DET_OF_Q)), reason="no absolute value here"),
    "a declared absolute value": absolute(DET_OF_Q, facts=declared("abs"), reason="no absolute value here"),
    "the absolute value of two factors": absolute(DET_OF_Q, symbol("s"), reason="not a determinant alone"),
    "the square of a tangent": use(
        "tangent of an orthogonal matrix",
        factor(Tangent("O"), S0, S1, power=2),
        slots=(N, N),
        reason="a power of an entry, or under a derivative",
    ),
    "a tangent under a derivative": use(
        "tangent of an orthogonal matrix",
        factor(Tangent("O"), S0, S1),
        slots=(N, N),
        differentiated=True,
        reason="a power of an entry, or under a derivative",
    ),
    "a term that is 0 already": Site(
        entries(term(symbol("s"), c=0)), Rewrite("antisymmetric term", 0, 0, ((),)), "not a single term"
    ),
    "a skew inverse that is known": use(
        SKEW,
        factor(replace(matrix("inv", OF_SKEW), skew=True), S0, S1),
        slots=(N, N),
        arguments=(((),),),
        reason="known, or not a matrix of single indices",
    ),
    "a skew matrix on two axes": use(
        SKEW,
        factor(Opaque("inv", (ON_AXES,)), *(Slot(k) for k in range(4))),
        slots=ON_AXES.slots,
        arguments=(((),),),
        reason="known, or not a matrix of single indices",
    ),
    "the square of an entry of a skew inverse": use(
        SKEW,
        factor(matrix("inv", OF_SKEW), S0, S1, power=2),
        slots=(N, N),
        arguments=(((),),),
        reason="a power of an entry",
    ),
    "the determinant of a skew matrix on two axes": use(
        SIGN_RULE, factor(Opaque("det", (ON_AXES,))), arguments=(((),),), reason="not a matrix of single indices"
    ),
    "the determinant of a skew matrix beside a symbol": use(
        SIGN_RULE, factor(DET_OF_SKEW), symbol("s"), arguments=(((),), 1), reason="no power of −1"
    ),
    "the determinant of a skew matrix beside two powers": use(
        SIGN_RULE,
        factor(DET_OF_SKEW),
        factor(MINUS, power=N),
        factor(MINUS, power=N),
        arguments=(((),), 1, 2),
        reason="no power of −1",
    ),
    "a sum as orthogonal": use(
        "orthogonality",
        factor(group(term(Q), slots=(N, N)), S0, B0),
        symbol("O", S1, B0),
        sums=(N,),
        slots=(N, N),
        arguments=(1, 1),
        reason="not a matrix symbol",
    ),
    "a position that is none": use(
        "orthogonality",
        symbol("O", S0, B0),
        symbol("O", S1, B0),
        sums=(N,),
        slots=(N, N),
        arguments=(1, 2),
        reason="a power of an entry",
    ),
    "a symbolic power of a determinant": use(INVERSE, factor(matrix("det", OF_Q), power=K), reason="no square"),
    "the absolute value of an inverse": absolute(
        factor(Opaque("trace", (entries(OF_Q, slots=(N, N)),))), reason="not a determinant alone"
    ),
    "a symbol as a tangent": use(
        "tangent of an orthogonal matrix", symbol("O", S0, S1), slots=(N, N), reason="not a tangent of a matrix"
    ),
    "a tangent of a vector": use(
        "tangent of an orthogonal matrix", factor(Tangent("x"), S0), slots=(N,), reason="not a tangent of a matrix"
    ),
    "a power of a skew matrix that is known to be symmetric": use(
        SKEW,
        factor(replace(matrix("inv", OF_SKEW), symmetric=True), S0, S1),
        slots=(N, N),
        arguments=(((),),),
        reason="known, or not a matrix of single indices",
    ),
    "a symbolic power of the determinant of a skew matrix": use(
        SIGN_RULE, factor(DET_OF_SKEW, power=K), arguments=(((),),), reason="no odd power"
    ),
    "a vector as orthogonal": use(
        "orthogonality", symbol("x", B0), symbol("x", B0), sums=(N,), arguments=(1, 0), reason="not a matrix symbol"
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
