"""Printing is the inverse of parsing, and brackets are written only where they count."""

from fractions import Fraction

import pytest
from hypothesis import given, settings

from matcalc.language import parse_claim, parse_expression, to_text
from matcalc.language.nodes import Binary, Expression, Number
from tests import strategies

WHERE = {"s": "scalar", "x": "vector(n)", "A": "matrix(m, n)", "X": "matrix(n, n)", "f": "function", "k": "integer"}


@given(strategies.expressions())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_parsing_what_is_printed_gives_the_same_tree(expression: Expression) -> None:
    claim = parse_claim(strategies.claim_text(expression), strategies.WHERE)
    assert claim.sides[0] == expression


@given(strategies.expressions(everywhere=True))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_whole_claim_survives_printing(expression: Expression) -> None:
    claim = parse_claim(strategies.claim_text(expression), strategies.WHERE)
    assert parse_claim(to_text(claim), strategies.WHERE).sides == claim.sides


SAME = (
    "-s ** 2",
    "(-s) ** 2",
    "s ** -2",
    "s ** s ** s",
    "(s ** s) ** s",
    "s - (s - s)",
    "s - s - s",
    "s / (s * s)",
    "s / s * s",
    "-(s + s)",
    "-s + s",
    "-(s * s)",
    "-s * s",
    "s * -s",
    "--s",
    "(A + A).T",
    "A.T.T",
    "(-A).T",
    "(2).T",
    "(A @ X)[i, j]",
    "x[1]",
    "x.T[2]",
    "A[1, 2 * n - 1]",
    "f(x)",
    "f.prime.prime(x)",
    "matrix_power(X, k - 1)",
    "sum(A, 0)",
    "ones(n)",
    "commutation(m, n)",
    "D(x, x[2, 1])",
    "vjp(A @ x, x, A @ x)",
    "Sum(Sum(A[p, q], p, 1, m), q, 0, n - 1)",
    "2 * n * k",
    "0.125",
    "1e-13",
    "n ** 2 * s",
)


@pytest.mark.parametrize("text", SAME, ids=SAME)
def test_minimal_text_is_printed_as_it_was_written(text: str) -> None:
    where = {**WHERE, "i": "index(m)", "j": "index(n)"}
    expression, _ = parse_expression(text, where)
    assert to_text(expression) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("((s))*(s)", "s * s"),
        ("(s*s)+s", "s * s + s"),
        ("+s", "s"),
        ("(A@X)@x", "A @ X @ x"),
        ("(f(x)).T", "f(x).T"),
        ("1.50", "1.5"),
        ("1e3", "1000"),
        (".5", "0.5"),
        ("x[1, 1]", "x[1]"),
        ("X[n-1+1,1]", "X[n, 1]"),
        ("zeros(1+n,n)", "zeros(n + 1, n)"),
    ],
)
def test_superfluous_marks_are_not_printed(text: str, printed: str) -> None:
    assert to_text(parse_expression(text, WHERE)[0]) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(1, 3), "1 / 3"),
        (Fraction(-1, 3), "-1 / 3"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 10), "0.1"),
        (Fraction(7), "7"),
    ],
)
def test_numbers_are_printed_exactly(value: Fraction, printed: str) -> None:
    assert to_text(Number(strategies.SCALAR, value)) == printed


def test_a_quotient_is_bracketed_where_it_would_be_torn_apart() -> None:
    base, _ = parse_expression("s", WHERE)
    third = Number(base.shape, Fraction(1, 3))
    assert to_text(Binary(base.shape, "**", base, third)) == "s ** (1 / 3)"
    assert to_text(Binary(base.shape, "*", base, third)) == "s * (1 / 3)"
    assert to_text(Binary(base.shape, "*", third, base)) == "1 / 3 * s"
