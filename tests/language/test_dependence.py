"""Dependence among declared functions, and among differentials."""

import pytest

from tests.language.reading import faults_of

CIRCLES = (
    (
        {"u": "scalar of v", "v": "scalar of u"},
        [("where.u", "v", "u depends on itself: u of v of u; declare v without of u")],
    ),
    (
        {"x": "vector(n)", "u": "scalar of x, v", "v": "scalar of w", "w": "vector(n) of u"},
        [("where.u", "x, v", "u depends on itself: u of v of w of u; declare w without of u")],
    ),
    (
        {"a": "scalar of b", "b": "scalar of a", "u": "scalar of v", "v": "scalar of u"},
        [
            ("where.a", "b", "a depends on itself: a of b of a; declare b without of a"),
            ("where.u", "v", "u depends on itself: u of v of u; declare v without of u"),
        ],
    ),
)


@pytest.mark.parametrize(("where", "expected"), CIRCLES, ids=["two", "three", "two circles"])
def test_each_circle_is_named_once(where: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    faults = faults_of("1 == 1", where)
    assert [(fault.origin, fault.text[slice(*fault.span)], fault.headline()) for fault in faults] == expected


def test_functions_of_functions_are_no_circle() -> None:
    where = {"x": "vector(n)", "u": "vector(m) of x", "v": "vector(m) of x", "g": "scalar of u, v, x"}
    assert not faults_of("1 == 1", where)


DIFFERENTIALS = (
    ("dy == dx", "dy follows from dx, as y is a function of x; write d(y), or declare y without of x"),
    ("dz == dx", "dz follows from dx, as z is a function of x; write d(z), or declare z without of x"),
    ("dx == dz + D(z, y)", "dz follows from dx, as z is a function of x; write d(z), or declare z without of x"),
)


@pytest.mark.parametrize(("claim", "line"), DIFFERENTIALS, ids=[row[0] for row in DIFFERENTIALS])
def test_a_differential_beside_the_one_it_follows_from_is_a_fault(claim: str, line: str) -> None:
    where = {"x": "scalar", "y": "scalar of x", "z": "scalar of y"}
    (fault,) = faults_of(claim, where)
    assert fault.headline() == line
    assert fault.text[slice(*fault.span)] == line[:2]


@pytest.mark.parametrize("claim", ["d(y) == D(y, x) * dx", "d(z) == D(z, y) * dy", "dy == dw"])
def test_independent_differentials_stand_together(claim: str) -> None:
    assert not faults_of(claim, {"x": "scalar", "y": "scalar of x", "z": "scalar of y", "w": "scalar"})
