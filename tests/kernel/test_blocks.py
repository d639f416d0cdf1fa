"""Rules for block matrices: what each does at a site, and what it refuses."""

from dataclasses import replace
from itertools import product

import pytest

from matcalc.components.exponents import Exponent
from matcalc.components.terms import Entries, Fixed, Opaque, Slot
from matcalc.kernel import Rewrite
from matcalc.kernel.application import apply
from tests.duals import Undefined
from tests.kernel.sites import FACTS, SCOPE, M, N, Site, delta, entries, factor, symbol, term
from tests.oracle import agree, value
from tests.points import points

S0, S1, S2, S3 = (Slot(k) for k in range(4))
ELIMINATED, SUMS, DIAGONAL = "block elimination", "blocks with equal sums", "function of a block-diagonal matrix"
CONTINUOUS = replace(FACTS, continuous=True)


def blocks(names: str, count: int = 2) -> Entries:
    """A matrix of symbols in n×n blocks, written row by row; `0` is a block of zeros, `-X` a negative."""
    size = N.ring(count)
    terms = []
    for (row, column), name in zip(product(range(1, count + 1), repeat=2), names.split(), strict=True):
        places = delta(S0, Fixed(N.ring(row), size)), delta(S2, Fixed(N.ring(column), size))
        if name != "0":
            block = delta(S1, S3) if name == "I" else symbol(name.lstrip("-"), S1, S3)
            terms.append(term(*places, block, c=-1 if name.startswith("-") else 1))
    return Entries((size, N, size, N), tuple(terms))


def of(name: str, body: Entries, rule: str, *arguments: object, power: Exponent | int = 1, reason: str = "") -> Site:
    """A function of a matrix of blocks, at free indices unless it is a determinant."""
    at = () if name == "det" else tuple(Slot(k) for k in range(4))
    parameters = (N.ring(2),) if name in ("matrix_power", "expm") else ()
    before = entries(term(factor(Opaque(name, (body,), parameters), *at, power=power)), slots=body.slots if at else ())
    return Site(before, Rewrite(rule, 0, 0, arguments), reason)


SINGULAR = "nothing says that the block is invertible"
FULL, THREE = blocks("X Y S L"), blocks("X Y I L S X 0 I Y", 3)

KEPT = {
    "the determinant by the first block": of("det", FULL, ELIMINATED, 0, 1, 1),
    "by the last block": of("det", FULL, ELIMINATED, 0, 2, 2),
    "by the upper right block": of("det", FULL, ELIMINATED, 0, 1, 2),
    "by the lower left block": of("det", FULL, ELIMINATED, 0, 2, 1),
    "its square": of("det", FULL, ELIMINATED, 0, 1, 2, power=2),
    "the determinant of blocks without a diagonal": of("det", blocks("0 X Y 0"), ELIMINATED, 0, 1, 2),
    "the determinant of a row with one block": of("det", blocks("Q 0 X Y"), ELIMINATED, 0, 1, 1),
    "the inverse of a row with one block": of("inv", blocks("X Y Q 0"), ELIMINATED, 0, 2, 1),
    "the determinant of three rows of blocks": of("det", THREE, ELIMINATED, 0, 1, 1),
    "by a block beside the diagonal": of("det", THREE, ELIMINATED, 0, 2, 1),
    "the inverse by the first block": of("inv", FULL, ELIMINATED, 0, 1, 1),
    "the inverse by the last block": of("inv", FULL, ELIMINATED, 0, 2, 2),
    "the inverse by the upper right block": of("inv", FULL, ELIMINATED, 0, 1, 2),
    "the inverse of three rows of blocks": of("inv", THREE, ELIMINATED, 0, 2, 3),
    "the determinant of equal sums": of("det", blocks("X Y Y X"), SUMS, 0, 1),
    "the determinant of equal sums by the last row": of("det", blocks("X Y Y X"), SUMS, 0, 2),
    "the inverse of equal sums": of("inv", blocks("X Y Y X"), SUMS, 0, 1),
    "the inverse of equal differences": of("inv", blocks("X -Y -Y X"), SUMS, 0, 2),
    "the determinant of three rows of equal sums": of("det", blocks("X Y S S X Y Y S X", 3), SUMS, 0, 2),
    "the inverse of three rows of equal sums": of("inv", blocks("X Y S S X Y Y S X", 3), SUMS, 0, 2),
    "the inverse of blocks on the diagonal": of("inv", blocks("X 0 0 Y"), DIAGONAL, 0),
    "the square of blocks on the diagonal": of("matrix_power", blocks("X 0 0 0 Y 0 0 0 L", 3), DIAGONAL, 0),
    "the determinant of an upper triangle of blocks": of("det", blocks("X Y 0 L"), DIAGONAL, 0),
    "the determinant of a lower triangle of blocks": of("det", blocks("X 0 0 S Y 0 L X L", 3), DIAGONAL, 0),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    after, compared = apply(case.before, case.step, CONTINUOUS), 0
    for point in points(SCOPE, count=4, sizes=(2, 1)):
        try:
            old, new = value(case.before, point), value(after, point)
        except Undefined:
            continue
        compared += 1
        assert agree(old, new), point.whole
    assert compared


REFUSED = {
    "a block that may be singular": of("det", FULL, ELIMINATED, 0, 1, 1, reason=SINGULAR),
    "a block of zeros": of("inv", blocks("0 X Y L"), ELIMINATED, 0, 1, 1, reason=SINGULAR),
    "a block counted from 0": of("det", FULL, ELIMINATED, 0, 0, 1, reason="no such block"),
    "an axis of the blocks themselves": of("det", FULL, ELIMINATED, 1, 1, 1, reason="a size that is no number"),
    "the axis of the columns": of("det", FULL, ELIMINATED, 2, 1, 1, reason="no such axis"),
    "a power of an entry": of("inv", blocks("I X Y L"), ELIMINATED, 0, 1, 1, power=2, reason="a power of an entry"),
    "rows of different sums": of("det", blocks("X Y X Y"), SUMS, 0, 3, reason="no such row"),
    "columns of equal sums": of("det", blocks("X Y Y -X"), SUMS, 0, 1, reason="the rows add up to different blocks"),
    "a block beside the diagonal": of("inv", blocks("X Y 0 L"), DIAGONAL, 0, reason="a block beside the diagonal"),
    "blocks on both sides of the diagonal": of(
        "det", blocks("0 X Y 0"), DIAGONAL, 0, reason="not a triangle of blocks"
    ),
    "a function that does not go block by block": of(
        "adjugate", blocks("X 0 0 Y"), DIAGONAL, 0, reason="not one of inv, det, matrix_power, expm"
    ),
    "rows and columns of different sizes": of(
        "inv",
        Entries((N, M, M, N), (term(symbol("x", S0), symbol("x", S3)),)),
        DIAGONAL,
        0,
        reason="rows and columns of different sizes",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    case.check_refused()


CONDITIONS = {
    "a single block": of("det", blocks("X", 1), ELIMINATED, 0, 1, 1, reason="a single block"),
    "the square of an entry of equal sums": of(
        "inv", blocks("X Y Y X"), SUMS, 0, 1, power=2, reason="a power of an entry"
    ),
    "the square of an entry of blocks on the diagonal": of(
        "inv", blocks("X 0 0 Y"), DIAGONAL, 0, power=2, reason="a power of an entry"
    ),
    "a matrix on one axis": Site(
        entries(term(factor(Opaque("det", (Entries((N.ring(2),) * 2, (term(symbol("Z", S0, S1)),)),))))),
        Rewrite(ELIMINATED, 0, 0, (0, 1, 1)),
        "no such axis",
    ),
    "an axis whose number is no integer": of("det", FULL, ELIMINATED, 0.0, 1, 1, reason="no such axis"),
    "a column of blocks that is not there": of("det", FULL, ELIMINATED, 0, 1, 3, reason="no such block"),
    "a block below the diagonal": of("inv", blocks("X 0 Y L"), DIAGONAL, 0, reason="a block beside the diagonal"),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
