"""Sides are compared exactly, or as decimals beyond any doubt."""

from fractions import Fraction
from typing import Any

import pytest

from matcalc.evidence.functions import ScalarFunction, SmoothMap
from matcalc.evidence.outcomes import UndefinedError
from matcalc.evidence.points import Point
from matcalc.evidence.relevance import relevant
from matcalc.evidence.sides import (
    Sides,
    decimal_sides,
    differing_shapes,
    differing_side,
    exact_sides,
    function_text,
    matrix_text,
)
from matcalc.evidence.values import read_point
from tests.evidence.claims import claim


def sides_at(text: str, **at: Any) -> tuple[Sides, int | None]:
    stated = relevant(claim(text))
    point = read_point(stated, at, {})
    sides = exact_sides(stated, point)
    return sides, differing_side(stated, point, sides)


COMPARED: tuple[tuple[str, dict[str, Any], bool, int | None], ...] = (
    ("s * 3 == s + s + s", {"s": "1/3"}, True, None),
    ("s == s + 0.0000000000000000000000000001", {"s": 1}, True, 1),
    ("s == s == t", {"s": 1, "t": 2}, True, 2),
    ("sqrt(s) ** 2 == s", {"s": 2}, False, None),
    ("exp(s) * exp(t) == exp(s + t)", {"s": 1, "t": 2}, False, None),
    ("exp(s) == 2.718281828459045", {"s": 1}, False, 1),
    ("exp(s) == 1", {"s": 0}, True, None),
    ("sign(sqrt(s) ** 2 - s) == 0", {"s": 2}, False, None),
    ("x == 0", {"x": [0, 0]}, True, None),
    ("x == 0", {"x": [0, 1]}, True, 1),
    ("0 == x == y", {"x": [0], "y": [1]}, True, 2),
    ("D(log(s), s) == 1 / 3", {"s": 3}, True, None),
)


@pytest.mark.parametrize(("text", "at", "rational", "side"), COMPARED)
def test_sides_differ_only_beyond_doubt(text: str, at: dict[str, Any], rational: bool, side: int | None) -> None:
    sides, differing = sides_at(text, **at)
    assert sides.is_rational is rational
    assert differing == side


UNDEFINED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("1 / s == s", {"s": 0}),
    ("log(s) == s", {"s": -1}),
    ("inv(A) == A", {"A": [[1, 1], [1, 1]]}),
    ("D(abs(s), s) == 1", {"s": 0}),
    ("D(norm(x), x) == x", {"x": [0, 0]}),
    ("exp(exp(s)) == s", {"s": 6}),
    ("log(exp(s) - exp(s)) == 0", {"s": 1}),
)


@pytest.mark.parametrize(("text", "at"), UNDEFINED)
def test_a_side_without_a_value_is_undefined(text: str, at: dict[str, Any]) -> None:
    with pytest.raises(UndefinedError):
        sides_at(text, **at)


def test_decimals_have_as_many_digits_as_asked() -> None:
    stated = relevant(claim("s == sqrt(s)"))
    sides = decimal_sides(stated, read_point(stated, {"s": 2}, {}), 60)
    assert str(sides.values[1][0][0]).startswith("1.41421356237309504880168872420969807856967187537694807317")


def test_shapes_are_compared_for_all_sizes() -> None:
    assert differing_shapes(claim("D(x.T @ x, x) == 2 * x.T")) == ("n×1", "1×n")
    assert differing_shapes(claim("B == 0")) is None
    assert differing_shapes(claim("B == B.T == 0")) == ("m×n", "n×m")


def test_functions_are_printed_in_the_entries_of_their_variables() -> None:
    stated = relevant(claim("f(s) * u == 0"))
    one_two = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(2)))
    zeros = ((Fraction(0),) * 2,) * 2
    smooth = SmoothMap(frozenset(), ((Fraction(3),), (Fraction(0),)), one_two, one_two, one_two, zeros)
    cubic = ScalarFunction((Fraction(0), Fraction(1), Fraction(0), Fraction(2)))
    point = Point({"n": 2, "m": 2}, {}, {"u": smooth, "f": cubic})
    assert function_text(stated, "f", point) == "t -> 2*t**3 + t"
    assert function_text(stated, "u", point) == "(x1, x2) -> [x1**2 + x1 + 3, 4*x2**2 + 2*x2]"


def test_matrices_are_printed_in_one_line() -> None:
    assert matrix_text((("1",),)) == "1"
    assert matrix_text((("1",), ("2",))) == "[1, 2]"
    assert matrix_text((("1", "2"),)) == "[[1, 2]]"
