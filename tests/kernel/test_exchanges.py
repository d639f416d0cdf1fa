"""Rules of exchanged positions and of one of a sum: what each does at a site, and what it refuses."""

import pytest

from matcalc.components.terms import Entries, Fixed, Index, Opaque
from matcalc.kernel import Rewrite
from tests.kernel.sites import B0, B1, S0, S1, N, Site, entries, factor, group, split, symbol, term
from tests.kernel.test_blocks import blocks

EXCHANGED, ONE = "exchanged positions", "one of a sum"
TURNED, CIRCLE = blocks("X Y -Y X"), blocks("X Y S S X Y Y S X", 3)
MIRRORED = blocks("X Y Y X")


def at(number: int, count: int = 2) -> Fixed:
    return Fixed(N.ring(number), N.ring(count))


def of(
    name: str, body: Entries, row: Index, column: Index, *images: int, axis: int = 0, power: int = 1, reason: str = ""
) -> Site:
    """A block of a function of a matrix of blocks, whose positions are sent to these images."""
    parameters = (N.ring(2),) if name in ("matrix_power", "expm") else ()
    block = factor(Opaque(name, (body,), parameters), row, S0, column, S1, power=power)
    return Site(entries(term(block), slots=(N, N)), Rewrite(EXCHANGED, 0, 0, (axis, images)), reason)


def one(*places: tuple[int, int], power: int = 1, reason: str = "") -> Site:
    """Products of entries of Z and z at the first and second position."""
    first = symbol("Z", S0, at(2), power=power)
    before = entries(term(first, symbol("Z", S1, at(2)), symbol("z", at(1)), c=3), slots=(N.ring(2),) * 2)
    return Site(before, Rewrite(ONE, 0, 0, places), reason)


CUT = split(S0, at(2), B0), split(S1, at(2), B0)

KEPT = {
    "a block on the diagonal of an inverse": of("inv", TURNED, at(2), at(2), 2, -1),
    "a block beside it": of("inv", TURNED, at(2), at(1), 2, -1),
    "the same with the other sign": of("inv", TURNED, at(2), at(1), -2, 1),
    "a block of an adjugate": of("adjugate", TURNED, at(1), at(2), 2, -1),
    "a block of a power": of("matrix_power", TURNED, at(1), at(2), 2, -1),
    "a block of a symmetric exchange": of("matrix_power", MIRRORED, at(1), at(2), 2, 1),
    "a block of three rows": of("inv", CIRCLE, at(1, 3), at(3, 3), 2, 3, 1),
    "a product at the last position": one((0, 1), (1, 1)),
    "one factor of it": one((0, 1)),
    "a factor at the first position": one((2, 0)),
    "two cuts": Site(entries(term(*CUT, sums=(N,)), slots=(2 * N, 2 * N)), Rewrite(ONE, 0, 0, ((0, 1), (1, 1)))),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


REFUSED = {
    "a sign left out": of("inv", TURNED, at(2), at(1), 2, 1, reason="the matrix is changed"),
    "a sign too many": of("inv", MIRRORED, at(2), at(1), 2, -1, reason="the matrix is changed"),
    "the circle the other way for two": of("inv", CIRCLE, at(1, 3), at(3, 3), 2, 1, 3, reason="the matrix is changed"),
    "two positions sent to one": of("inv", MIRRORED, at(2), at(1), 2, 2, reason="no exchange of the positions"),
    "too few images": of("inv", MIRRORED, at(2), at(1), 1, reason="no exchange of the positions"),
    "a block at an index": of("inv", MIRRORED, S0, at(1), 2, 1, reason="not at positions that are numbers"),
    "a column at an index": of("inv", MIRRORED, at(1), S0, 2, 1, reason="not at positions that are numbers"),
    "the square of an entry": of("inv", MIRRORED, at(2), at(1), 2, 1, power=2, reason="a power of an entry"),
    "another axis": of("inv", MIRRORED, at(2), at(1), 2, 1, axis=1, reason="a size that is no number"),
    "a determinant": Site(
        entries(term(factor(Opaque("det", (MIRRORED,))))),
        Rewrite(EXCHANGED, 0, 0, (0, (2, 1))),
        "not one of inv, expm, matrix_power, adjugate",
    ),
    "no places": one(reason="no places, or one of them twice"),
    "a place twice": one((0, 1), (0, 1), reason="no places, or one of them twice"),
    "different positions": one((0, 1), (2, 0), reason="different positions"),
    "an index": one((0, 0), reason="no position"),
    "no such factor": one((3, 0), reason="no such factor"),
    "no such index": one((0, 2), reason="no such index"),
    "a reciprocal": one((0, 1), power=-1, reason="an entry may be defined where another is not"),
    "a parenthesis": Site(
        entries(
            term(factor(Opaque("det", (MIRRORED,))), factor(group(term(symbol("z", S0)), slots=(N.ring(2),)), at(2)))
        ),
        Rewrite(ONE, 0, 0, ((1, 0),)),
        "an entry may be defined where another is not",
    ),
    "an axis of any size": Site(
        entries(term(symbol("X", Fixed(N.ring(1), N), B1), sums=(N, N))),
        Rewrite(ONE, 0, 0, ((0, 0),)),
        "a size that is no number",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    case.check_refused()
