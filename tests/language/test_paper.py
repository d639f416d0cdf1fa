"""Operators of paper become operators of the language by the shapes of what they join."""

import pytest

from matcalc.language.functions import FUNCTIONS, OPERATORS
from matcalc.language.nodes import BinaryOperator
from matcalc.language.paper import PAPER_FUNCTIONS, PAPER_OPERATORS
from matcalc.language.parser import elaborate_sides, parse_expression
from matcalc.language.trees import Apply, Infix, Literal, Minus, Name, Tree
from tests.language.reading import WHERE

TWO, ONE = Literal("2", (4, 5)), Literal("1", (4, 5))


def joined(left: str, operator: str, right: str | Tree) -> Infix:
    last = Name(right, (4, 5)) if isinstance(right, str) else right
    return Infix(operator, Name(left, (0, 1)), last, (0, 5), (2, 3))


MEANT = (
    ("A", "times", "x", "A @ x"),
    ("s", "times", "x", "s * x"),
    ("x", "times", "s", "x * s"),
    ("s", "dot", "A", "s * A"),
    ("A", "dot", "x", "A @ x"),
    ("x", "dot", "y", "dot(x, y)"),
    ("A", "over", "s", "A / s"),
    ("s", "power", TWO, "s ** 2"),
    ("X", "power", TWO, "matrix_power(X, 2)"),
    ("X", "power", "k", "matrix_power(X, k)"),
    ("X", "power", Minus(ONE, (3, 5)), "inv(X)"),
    ("s", "power", Minus(ONE, (3, 5)), "s ** -1"),
)


@pytest.mark.parametrize(("left", "operator", "right", "python"), MEANT, ids=[row[3] for row in MEANT])
def test_shapes_tell_what_is_meant(left: str, operator: str, right: str | Tree, python: str) -> None:
    (side,), _ = elaborate_sides("A   x", (joined(left, operator, right),), WHERE)
    assert side == parse_expression(python, WHERE)[0]


def test_a_size_is_written_on_paper_too() -> None:
    size = Infix("power", Infix("times", TWO, Name("n", (0, 1)), (0, 5), (2, 3)), TWO, (0, 5), (2, 3))
    (side,), _ = elaborate_sides("2 n", (Apply(Name("ones", (0, 1)), (size,), (0, 5)),), WHERE)
    assert side == parse_expression("ones((2 * n) ** 2)", WHERE)[0]


def test_no_operator_of_paper_is_one_of_the_language() -> None:
    assert not set(PAPER_OPERATORS) & set(BinaryOperator.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PAPER_FUNCTIONS)
def test_a_function_of_paper_is_one_of_the_language_that_nobody_can_call(name: str) -> None:
    assert PAPER_FUNCTIONS[name].name in FUNCTIONS
    assert name not in FUNCTIONS
    assert name not in OPERATORS
    assert not name.isidentifier()
