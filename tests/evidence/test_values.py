"""Values are read and printed as people write them, and sizes follow from them."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from matcalc.evidence.relevance import relevant
from matcalc.evidence.values import MisfitError, printed, read_point, rows_of, value_text
from matcalc.language.nodes import Shape
from matcalc.results import Value
from tests.evidence.claims import claim

ONE = claim("s == 0").scope.ring.one
SCALAR, COLUMN = Shape(ONE, ONE), claim("x == 0").sides[0].shape

READ = (
    (3, ((3,),)),
    ("1/3", ((Fraction(1, 3),),)),
    (0.1, ((Fraction(1, 10),),)),
    (Fraction(2, 7), ((Fraction(2, 7),),)),
    ([1, 2], ((1,), (2,))),
    ([[1, 2]], ((1, 2),)),
    ([[1, "1/2"], [0, -1]], ((1, Fraction(1, 2)), (0, -1))),
    (((1,), (2,)), ((1,), (2,))),
)


@pytest.mark.parametrize(("given", "expected"), READ)
def test_numbers_lists_and_lists_of_rows_are_read_exactly(given: Any, expected: Any) -> None:
    assert rows_of(given) == expected


UNREADABLE = (
    ("one", "one is no number"),
    ("1/0", "1/0 is no number"),
    ([[1, 2], [3]], "a matrix needs rows of equal length, with at least one entry"),
    ([], "a matrix needs rows of equal length, with at least one entry"),
    ([[]], "a matrix needs rows of equal length, with at least one entry"),
    (None, "None is no number"),
    (float("nan"), "nan is no number"),
)


@pytest.mark.parametrize(("given", "message"), UNREADABLE)
def test_what_is_no_matrix_is_refused(given: Any, message: str) -> None:
    with pytest.raises(MisfitError) as refusal:
        rows_of(given)
    assert str(refusal.value) == message


PRINTED: tuple[tuple[Any, Shape, Value], ...] = (
    (((Fraction(3),),), SCALAR, 3),
    (((Fraction(1, 3),),), SCALAR, "1/3"),
    (((Fraction(3),),), COLUMN, ((3,),)),
    (((Fraction(1),), (Fraction(1, 2),)), COLUMN, ((1,), ("1/2",))),
    (((Decimal("0.333333333333333333333"),),), SCALAR, 0.333333333333),
    (((Decimal("-0"),),), SCALAR, 0.0),
)


@pytest.mark.parametrize(("rows", "shape", "expected"), PRINTED)
def test_printed_values_are_whole_fractions_or_decimals(rows: Any, shape: Shape, expected: Value) -> None:
    found = printed(rows, shape)
    assert found == expected
    assert str(found) == str(expected)


def test_more_digits_than_a_float_has_are_text() -> None:
    assert printed(((Decimal("0.1234567890123456789012345"),),), SCALAR, 20) == "0.12345678901234567890"


def test_a_matrix_in_one_line() -> None:
    assert value_text(rows_of([1, "1/3"])) == "[1, 1/3]"
    assert value_text(rows_of([[1, "1/2"], [0, -1]])) == "[[1, 0.5], [0, -1]]"


SOLVED: tuple[tuple[str, dict[str, Any], dict[str, int]], ...] = (
    ("x == y", {"x": [1, 2], "y": [3, 4]}, {"n": 2}),
    ("B @ x == 0", {"B": [[1, 2]], "x": [1, 2]}, {"m": 1, "n": 2}),
    ("M @ N == 0", {"M": [[1, 2, 3]], "N": [[1], [2], [3]]}, {"a": 1, "b": 2}),
    ("V == 0 * V", {"V": [[1, 0], [0, 1]]}, {"n": 2}),
    ("x[i] == x[j]", {"x": [1, 2], "i": 1, "j": 2}, {"n": 2, "i": 1, "j": 2}),
    ("trace(eye(n)) == n", {"n": 3}, {"n": 3}),
    ("d(X) == dX", {"X": [[1]], "dX": [[2]]}, {"n": 1}),
)


@pytest.mark.parametrize(("text", "at", "numbers"), SOLVED)
def test_sizes_follow_from_the_values(text: str, at: dict[str, Any], numbers: dict[str, int]) -> None:
    stated = relevant(claim(text, where={"M": "matrix(a, a + b)", "N": "matrix(a + b, a)"}))
    point = read_point(stated, at, {})
    assert point.numbers == numbers
    assert point.values == {name: rows_of(value) for name, value in at.items() if name not in numbers}


MISFITS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("x == y", {"x": [1, 2]}, "no value is given for y"),
    ("x == 0", {"x": [1], "z": [1]}, "a value is given for z, which the claim does not take"),
    ("x == y", {"x": [1, 2], "y": [1, 2, 3]}, "y has 3 rows, declared as n = 2"),
    ("x == 0", {"x": [[1, 2]]}, "x has 2 columns, declared as 1"),
    ("M == 0", {"M": [[1]]}, "M has 1 column, declared as a + b"),
    ("x[i] == 0", {"x": [1]}, "no value is given for i"),
    ("x[i] == 0", {"x": [1], "i": "1/2"}, "i is 1/2, which is no whole number"),
    ("f(s) == 0", {"s": 1}, "f is an arbitrary function, and no value can be given for it"),
    ("u == 0", {"x": [1]}, "u is an arbitrary function, and no value can be given for it"),
    ("S == 0", {"S": [[1, 2], [3, 4]]}, "S is declared symmetric, and its value is not"),
    ("p == 1", {"p": -1}, "p is declared positive, and its value is not"),
    ("trace(eye(n)) == n", {}, "the size n does not follow from the values; give it too"),
    ("kron(x, x) == zeros(n * n)", {"x": [0] * 300}, "the sizes make a matrix of more than 40000 entries"),
)


@pytest.mark.parametrize(("text", "at", "message"), MISFITS)
def test_values_that_do_not_fit_are_refused_in_one_line(text: str, at: dict[str, Any], message: str) -> None:
    stated = relevant(claim(text, where={"M": "matrix(a, a + b)"}))
    with pytest.raises(MisfitError) as refusal:
        read_point(stated, at, {})
    assert str(refusal.value) == message
