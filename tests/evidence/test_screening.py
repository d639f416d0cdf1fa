"""Expressions at the same points: what differs is told apart, what is undefined never agrees."""

from matcalc.evidence.screening import Screen, screen
from matcalc.language import parse_expression
from matcalc.language.nodes import Expression
from tests.evidence.claims import SYMBOLS, claim


def points(text: str) -> Screen:
    found = screen(claim(text))
    assert found is not None
    return found


def read(text: str) -> Expression:
    return parse_expression(text, SYMBOLS)[0]


def agree(screen: Screen, left: str, right: str) -> bool:
    values = screen.values(read(left))
    return values is not None and screen.agrees(read(right), values)


def test_equal_expressions_agree_and_others_do_not() -> None:
    at = points("D(x.T @ A @ x, x) == 2 * A @ x")
    assert agree(at, "D(x.T @ A @ x, x)", "(A + A.T) @ x")
    assert not agree(at, "D(x.T @ A @ x, x)", "2 * A @ x")
    assert not agree(at, "A", "A.T")


def test_what_is_undefined_has_no_values() -> None:
    at = points("x == 2 * x")
    assert at.values(read("log(-norm(x) ** 2)")) is None
    assert not agree(at, "x", "log(-1 - x ** 2)")
    assert at.values(read("x[9]")) is None


def test_both_sides_are_defined_at_the_points() -> None:
    at = points("log(x) == log(1 - x)")
    values = at.values(read("x"))
    assert values is not None
    assert all(0 < entry < 1 for point in values for entry in point)


def test_sides_of_different_shapes_have_points_too() -> None:
    assert points("x == x.T").values(read("x")) is not None


def test_a_claim_that_is_defined_nowhere_has_none() -> None:
    assert screen(claim("log(-1 - norm(x) ** 2) == s")) is None
