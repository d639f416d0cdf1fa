"""Rules for matrices on several axes: what each does at a site, and what it refuses."""

import pytest

from matcalc.components.terms import Entries, Opaque, Slot, Term
from matcalc.kernel import Rewrite
from tests.kernel.sites import B0, B1, B2, HALF, S0, S1, M, N, Site, delta, entries, factor, split, symbol, term

S2, S3 = Slot(2), Slot(3)
CUT, PRODUCT, LOW = (
    "function of a cut matrix",
    "function of a multiplied Kronecker product",
    "matrix of low rank along an axis",
)
JOINED = (M * N, M * N)
AXES = (M, N, M, N)
COMMUTATION, COMMUTED = term(delta(S0, S3), delta(S2, S1)), "determinant of a commutation matrix"
IDENTITY = term(delta(S0, S2), delta(S1, S3))
TWICE = term(delta(S0, S2), symbol("X", S1, S3), c=2)
GRAM = term(symbol("A", S0, B0), symbol("A", S2, B0), symbol("X", S1, S3), sums=(N,))
OUTER = term(symbol("a", S0), symbol("X", S1, B0), symbol("A", S2, B0), symbol("x", S3), sums=(N,))
THIN = term(symbol("A", B0, S0), symbol("A", B0, S2), symbol("X", S1, S3), sums=(M,))


def of(name: str, body: Entries, rule: str, *arguments: object, power: object = 1, reason: str = "") -> Site:
    """A function of a matrix, at free indices unless it is a determinant."""
    at = () if name == "det" else tuple(Slot(k) for k in range(len(body.slots)))
    before = entries(term(factor(Opaque(name, (body,)), *at, power=power)), slots=body.slots if at else ())
    return Site(before, Rewrite(rule, 0, 0, arguments), reason)


def joined(*terms: Term) -> Entries:
    return entries(*terms, slots=JOINED)


def on_axes(*terms: Term) -> Entries:
    return entries(*terms, slots=AXES)


def swapped(*terms: Term) -> Entries:
    """On the axes n and n."""
    return entries(*terms, slots=(N, N, N, N))


CUTS = joined(
    term(delta(S0, S1)),
    term(split(S0, B0, B1), split(S1, B0, B2), symbol("X", B1, B2), sums=(M, N, N)),
)
SUM = on_axes(IDENTITY, TWICE)
OF_SUM = (
    entries(term(delta(S0, S1)), slots=(M, M)),
    entries(term(delta(S0, S1)), term(symbol("X", S0, S1), c=2), slots=(N, N)),
)
SECOND = swapped(term(delta(S0, S2), delta(S1, S3)), term(symbol("x", S3), symbol("X", S0, S2)))
UPDATED = on_axes(IDENTITY, OUTER)
WITH_THIN = swapped(IDENTITY, THIN)

KEPT = {
    "the inverse of a cut matrix": of("inv", CUTS, CUT, 0, (M, N)),
    "its determinant": of("det", CUTS, CUT, 0, (M, N)),
    "its adjugate": of("adjugate", CUTS, CUT, 0, (M, N)),
    "a matrix cut the other way": of("inv", joined(term(symbol("M", S0, S1))), CUT, 0, (N, M)),
    "the inverse of a sum with a common factor": of("inv", SUM, PRODUCT, (0,), *OF_SUM),
    "the square of its determinant": of("det", SUM, PRODUCT, (0,), *OF_SUM, power=2),
    "the root of its determinant": of("det", SUM, PRODUCT, (1,), *reversed(OF_SUM), power=HALF),
    "the determinant of a commutation matrix": of("det", swapped(COMMUTATION), COMMUTED),
    "its square": of("det", swapped(COMMUTATION), COMMUTED, power=2),
    "the determinant of the identity plus a column times a row": of("det", UPDATED, LOW, 0, (((0,), ()),), False),
    "its inverse": of("inv", UPDATED, LOW, 0, (((0,), ()),), False),
    "its inverse, the row taken out": of("inv", UPDATED, LOW, 1, (((3,), ()),), True),
    "a row without a factor": of("inv", SECOND, LOW, 1, (((), ()),), False),
    "a row taken out": of("inv", SECOND, LOW, 1, (((0,), ()),), True),
    "the inverse of the identity plus thin products": of("inv", WITH_THIN, LOW, 0, (((0,), (B0,)),), False),
    "the determinant of the identity plus thin products": of("det", WITH_THIN, LOW, 0, (((0,), (B0,)),), False),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


REFUSED = {
    "parts that do not make the axis": of("inv", CUTS, CUT, 0, (M, M), reason="no cut of this axis"),
    "a single part": of("inv", CUTS, CUT, 0, (M * N,), reason="no cut of this axis"),
    "an axis counted from the end": of("inv", CUTS, CUT, -1, (M, N), reason="no such axis"),
    "parts that are no sizes": of("inv", CUTS, CUT, 0, (-M, -N), reason="nothing says that the parts are sizes"),
    "a power of an entry": of("inv", CUTS, CUT, 0, (M, N), power=2, reason="a power of an entry"),
    "a sum without a common factor": of(
        "inv", on_axes(IDENTITY, GRAM), PRODUCT, (0,), *OF_SUM, reason="not this product"
    ),
    "factors on the wrong axes": of("inv", SUM, PRODUCT, (1,), *OF_SUM, reason="a matrix on other axes"),
    "all axes in one factor": of("inv", SUM, PRODUCT, (0, 1), *OF_SUM, reason="not a part of the axes"),
    "an axis twice": of("inv", SUM, PRODUCT, (0, 0), *OF_SUM, reason="not a part of the axes"),
    "the determinant of an identity": of("det", swapped(IDENTITY), COMMUTED, reason="not a commutation matrix"),
    "twice a commutation matrix": of(
        "det", swapped(term(*COMMUTATION.factors, c=2)), COMMUTED, reason="not one product"
    ),
    "axes of two sizes": of("det", on_axes(IDENTITY), COMMUTED, reason="not on two axes of one size"),
    "a column with more than its own axis": of(
        "inv", UPDATED, LOW, 0, (((0, 1), ()),), False, reason="not a matrix on this axis"
    ),
    "a column taken for a row": of("inv", UPDATED, LOW, 0, (((0,), ()),), True, reason="not a matrix on this axis"),
    "a thin product without its joint": of(
        "inv", WITH_THIN, LOW, 0, (((0,), ()),), False, reason="the parts share another index"
    ),
    "different columns": of(
        "det",
        on_axes(IDENTITY, OUTER, term(symbol("a", S0, power=2), symbol("a", S2), symbol("X", S1, S3))),
        LOW,
        0,
        (((0,), ()), ((0,), ())),
        False,
        reason="the terms have no factor in common",
    ),
    "twice the identity": of(
        "det",
        on_axes(term(*IDENTITY.factors, c=2), OUTER),
        LOW,
        0,
        (((0,), ()),),
        False,
        reason="not an identity, and a cut for each other term",
    ),
    "a matrix on one axis": of(
        "inv",
        entries(term(delta(S0, S1)), term(symbol("x", S0), symbol("y", S1)), slots=(N, N)),
        LOW,
        0,
        (((0,), ()),),
        False,
        reason="no such axis",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    case.check_refused()


CONDITIONS = {
    "an axis that is not there": of("inv", SUM, PRODUCT, (2,), *OF_SUM, reason="no such axes"),
    "the square of an entry": of("inv", SUM, PRODUCT, (0,), *OF_SUM, power=2, reason="a power of an entry"),
    "the square of an entry of low rank": of(
        "inv", UPDATED, LOW, 0, (((0,), ()),), False, power=2, reason="a power of an entry"
    ),
    "two joints": of("inv", WITH_THIN, LOW, 0, (((0,), (B0, B1)),), False, reason="at most one joint"),
    "a cut of an axis whose number is no integer": of("inv", CUTS, CUT, 0.0, (M, N), reason="no such axis"),
    "parts in a list": of("inv", CUTS, CUT, 0, [M, N], reason="no cut of this axis"),
    "axes in a list": of("inv", SUM, PRODUCT, [0], *OF_SUM, reason="no such axes"),
    "an axis twice of three": of(
        "inv",
        entries(term(delta(S0, Slot(3)), delta(S1, Slot(4)), delta(S2, Slot(5))), slots=(N, N, N) * 2),
        PRODUCT,
        (0, 0),
        *OF_SUM,
        reason="not a part of the axes",
    ),
    "a commutation matrix on one axis": of(
        "det", entries(term(delta(S0, S1)), slots=(N, N)), COMMUTED, reason="not on two axes of one size"
    ),
    "two commutation matrices": of("det", swapped(COMMUTATION, COMMUTATION), COMMUTED, reason="not one product"),
    "a commutation matrix that counts": of(
        "det", swapped(term(*COMMUTATION.factors, sums=(N,))), COMMUTED, reason="not a commutation matrix"
    ),
    "an axis of low rank whose number is no integer": of(
        "inv", UPDATED, LOW, 0.0, (((0,), ()),), False, reason="no such axis"
    ),
    "an axis of low rank that is not there": of("inv", UPDATED, LOW, 5, (((0,), ()),), False, reason="no such axis"),
    "two joints that are there": of(
        "inv",
        swapped(IDENTITY, term(*THIN.factors, sums=(M, N))),
        LOW,
        0,
        (((0,), (B0, B1)),),
        False,
        reason="at most one joint",
    ),
    "a joint that is not there of a column": of(
        "inv", UPDATED, LOW, 0, (((0,), (B1,)),), False, reason="at most one joint"
    ),
    "a column of which a part is left": of(
        "inv",
        on_axes(IDENTITY, term(symbol("a", S0), *OUTER.factors, sums=(N,))),
        LOW,
        0,
        (((0,), ()),),
        False,
        reason="not a matrix on this axis",
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
