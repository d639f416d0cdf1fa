"""Rules of axes whose size is a number, and of positions on a cut axis: what each does at a site and refuses."""

import pytest

from matcalc.components.terms import Delta, Entries, Fixed, Opaque, Term
from matcalc.kernel import Rewrite
from matcalc.kernel.positions import is_within
from matcalc.language.nodes import Size
from tests.kernel.sites import B0, B1, B2, FACTS, S0, S1, I, K, M, N, Site, entries, factor, split, symbol, term, use

TWO, THREE = N.ring(2), N.ring(3)
Z, V = symbol("Z", S0, S1), symbol("V", S0, S1)


def at(number: int, size: Size = TWO) -> Fixed:
    return Fixed(N.ring(number), size)


def matrix(function: str, *terms: Term, size: Size = TWO) -> Opaque:
    return Opaque(function, (Entries((size, size), terms),))


def rewrite(rule: str, *arguments: object) -> Rewrite:
    return Rewrite(rule, 0, 0, arguments)


SUM, CASES, CUT = "sum written out", "free index by cases", "cut of a position"
DETERMINANT, ADJUGATE, INVERSE = "determinant by permutations", "adjugate by permutations", "inverse by the adjugate"

KEPT = {
    "a sum over two positions": Site(entries(term(symbol("z", B0), symbol("z", B0), sums=(TWO,))), rewrite(SUM, 0)),
    "the first of two sums": Site(
        entries(term(symbol("Z", B0, B1), symbol("z", B0), sums=(TWO, TWO))), rewrite(SUM, 0)
    ),
    "a sum that counts": Site(entries(term(sums=(THREE,))), rewrite(SUM, 0)),
    "a vector by cases": Site(entries(term(symbol("z", S0)), slots=(TWO,)), rewrite(CASES, 0)),
    "the columns of a matrix by cases": Site(entries(term(Z), slots=(TWO, TWO)), rewrite(CASES, 1)),
    "a constant by cases": Site(entries(term(), slots=(TWO,)), rewrite(CASES, 0)),
    "the determinant of a 2×2 matrix": Site(entries(term(factor(matrix("det", term(Z))))), rewrite(DETERMINANT)),
    "the reciprocal determinant of a sum": Site(
        entries(term(factor(matrix("det", term(Z), term(factor(Delta(), S0, S1))), power=-1))), rewrite(DETERMINANT)
    ),
    "the determinant of a 3×3 matrix": Site(
        entries(term(factor(matrix("det", term(V), size=THREE)))), rewrite(DETERMINANT)
    ),
    "an entry of an adjugate on the diagonal": Site(
        entries(term(factor(matrix("adjugate", term(V), size=THREE), at(2, THREE), at(2, THREE)))),
        rewrite(ADJUGATE),
    ),
    "the square of an entry of an adjugate beside the diagonal": Site(
        entries(term(factor(matrix("adjugate", term(V), size=THREE), at(1, THREE), at(3, THREE), power=2))),
        rewrite(ADJUGATE),
    ),
    "an entry of an inverse": Site(
        entries(term(factor(matrix("inv", term(Z)), S0, S1)), slots=(TWO, TWO)), rewrite(INVERSE)
    ),
    "a cut of a declared index": Site(
        entries(term(split(Fixed((K + 1) * N + I.position, (K + 2) * N), S0, S1)), slots=(K + 2, N)),
        rewrite(CUT, K + 2, I.position),
    ),
    "a cut of the last position": Site(
        entries(term(split(Fixed(2 * N, 2 * N), S0, S1)), slots=(TWO, N)), rewrite(CUT, TWO, N)
    ),
    "the count of a whole": Site(
        entries(term(split(B0, S0, S1), sums=(2 * N,)), slots=(TWO, N)), rewrite("counting a cut", True)
    ),
    "the count of the parts": Site(
        entries(term(split(S0, B0, B1), sums=(TWO, N)), slots=(2 * N,)), rewrite("counting a cut", False)
    ),
    "a cut of a number": Site(
        entries(term(split(at(3, 2 * TWO), B0, B1), symbol("Z", B0, B1), sums=(TWO, TWO))), rewrite(CUT, TWO, N.ring(1))
    ),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


UNFIT = {
    "a sum over n positions": Site(
        entries(term(symbol("x", B0), sums=(N,))), rewrite(SUM, 0), "a size that is no number"
    ),
    "a sum that is not there": Site(entries(term(symbol("z", B0), sums=(TWO,))), rewrite(SUM, 1), "no such sum"),
    "a sum counted from the end": Site(entries(term(symbol("z", B0), sums=(TWO,))), rewrite(SUM, -1), "no such sum"),
    "cases of an index that is not there": Site(
        entries(term(symbol("z", S0)), slots=(TWO,)), rewrite(CASES, 1), "no such index"
    ),
    "n cases": Site(entries(term(symbol("x", S0)), slots=(N,)), rewrite(CASES, 0), "a size that is no number"),
    "the determinant of an n×n matrix": Site(
        entries(term(factor(matrix("det", term(symbol("X", S0, S1)), size=N)))),
        rewrite(DETERMINANT),
        "a size that is no number",
    ),
    "the trace of an adjugate": Site(
        entries(term(factor(matrix("adjugate", term(Z)), B0, B0), sums=(TWO,))),
        rewrite(ADJUGATE),
        "not at positions that are numbers",
    ),
    "an adjugate beyond its rows": Site(
        entries(term(factor(matrix("adjugate", term(Z)), at(3), at(1)))),
        rewrite(ADJUGATE),
        "not at positions that are numbers",
    ),
    "an inverse as an adjugate": Site(
        entries(term(factor(matrix("inv", term(Z)), at(1), at(1)))), rewrite(ADJUGATE), "not one of adjugate"
    ),
    "a power of an entry of an inverse": Site(
        entries(term(factor(matrix("inv", term(Z)), at(1), at(1), power=2))), rewrite(INVERSE), "a power of an entry"
    ),
    "a cut at other positions": Site(
        entries(term(split(Fixed(2 * N, 2 * N), S0, S1)), slots=(TWO, N)),
        rewrite(CUT, N.ring(1), N),
        "these positions do not make the whole",
    ),
    "a cut at a position beyond its axis": Site(
        entries(term(split(Fixed(3 * N, 3 * N), S0, S1)), slots=(THREE, N)),
        rewrite(CUT, TWO, 2 * N),
        "nothing says that the position is on the axis",
    ),
    "a cut at a name that is no index of the axis": Site(
        entries(term(split(Fixed(N + K, 2 * N), S0, S1)), slots=(TWO, N)),
        rewrite(CUT, TWO, K),
        "nothing says that the position is on the axis",
    ),
    "a cut of a free index": Site(
        entries(term(split(S0, S1, B0), sums=(TWO,)), slots=(2 * N, N)), rewrite(CUT, TWO, N), "not a cut of a position"
    ),
    "the count of a whole that is in use": Site(
        entries(term(split(B0, S0, S1), split(B0, S0, S1), sums=(2 * N,)), slots=(TWO, N)),
        rewrite("counting a cut", True),
        "an index is used elsewhere",
    ),
    "the count of one part": Site(
        entries(term(split(S0, B0, S1), sums=(TWO,)), slots=(2 * N, N)),
        rewrite("counting a cut", False),
        "an index is used elsewhere",
    ),
    "the count of a cut that is free": Site(
        entries(term(split(S0, S1, B0), sums=(N,)), slots=(2 * N, TWO)),
        rewrite("counting a cut", True),
        "an index is used elsewhere",
    ),
    "the count of a part that stands twice": Site(
        entries(term(split(S0, B0, B0), sums=(N,)), slots=(N * N,)),
        rewrite("counting a cut", False),
        "an index is used elsewhere",
    ),
    "a cut in three": Site(
        entries(term(split(at(1, N.ring(8)), B0, B1, B2), sums=(TWO, TWO, TWO))),
        rewrite(CUT, N.ring(1), N.ring(1)),
        "not a cut in two",
    ),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused_for_its_reason(case: Site) -> None:
    case.check_refused()


WITHIN = {
    "the first": (N.ring(1), N, True),
    "the last": (M * N, M * N, True),
    "a declared index": (I.position, N, True),
    "the second of m + n": (TWO, M + N, True),
    "the second of n": (TWO, N, False),
    "the second of k + 1": (TWO, K + 1, False),
    "before the first": (N.ring(0), N, False),
    "an index of another axis": (I.position, M, False),
    "after an index": (I.position + 1, N, False),
    "half of the axis": (N / 2, N, False),
}


@pytest.mark.parametrize(("position", "size", "expected"), WITHIN.values(), ids=WITHIN.keys())
def test_a_position_is_known_to_be_on_an_axis(position: Size, size: Size, expected: bool) -> None:
    assert is_within(position, size, FACTS) is expected


CONDITIONS = {
    "a symbol as a cut at a position": use(CUT, symbol("s"), arguments=(I.position, I.position), reason="no cut here"),
    "a symbol as a cut": use("counting a cut", symbol("s"), arguments=(True,), reason="no cut here"),
    "the square of a cut": use(
        "counting a cut",
        split(B0, S0, S1, power=2),
        sums=(M * N,),
        slots=(M, N),
        arguments=(True,),
        reason="no cut here",
    ),
    "half a position": Site(
        entries(term(symbol("z", B0), sums=(N.ring(3) / 2,))), rewrite(SUM, 0), "a size that is no number"
    ),
    "a sum whose number is no integer": Site(
        entries(term(symbol("z", B0), sums=(TWO,))), rewrite(SUM, 0.0), "no such sum"
    ),
    "an index whose number is no integer": Site(
        entries(term(symbol("z", S0)), slots=(TWO,)), rewrite(CASES, 0.0), "no such index"
    ),
    "an adjugate at a free column": Site(
        entries(term(factor(matrix("adjugate", term(Z)), at(1), S0)), slots=(TWO,)),
        rewrite(ADJUGATE),
        "not at positions that are numbers",
    ),
    "the square of a cut of a position": use(
        CUT,
        split(Fixed((K + 1) * N + I.position, (K + 2) * N), S0, S1, power=2),
        slots=(K + 2, N),
        arguments=(K + 2, I.position),
        reason="no cut here",
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
