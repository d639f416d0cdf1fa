"""Layouts, and the shapes of derivatives, as the tables of the language give them."""

import pytest

from matcalc.language import parse_expression
from matcalc.language.nodes import Layout

WHERE = {
    "f": "scalar of s, x, X, r",
    "F": "vector(m) of s, x, X, r",
    "R": "matrix(1, m) of s, x, X, r",
    "G": "matrix(p, q) of s, x, X, r",
    "s": "scalar",
    "x": "vector(n)",
    "r": "matrix(1, n)",
    "X": "matrix(a, b)",
}

LAYOUTS = (
    ("D(f, s)", "1×1", "1×1", "1×1"),
    ("D(f, x)", "n×1", "1×n", "n×1"),
    ("D(f, r)", "1×n", "n×1", "1×n"),
    ("D(f, X)", "a×b", "b×a", "a×b"),
    ("D(F, s)", "m×1", "m×1", "1×m"),
    ("D(R, s)", "1×m", "1×m", "m×1"),
    ("D(G, s)", "p×q", "p×q", "q×p"),
    ("D(F, x)", "m×n", "m×n", "n×m"),
    ("D(R, x)", "m×n", "m×n", "n×m"),
    ("D(F, r)", "m×n", "m×n", "n×m"),
    ("D(F, X)", "m×a*b", "m×a*b", "a*b×m"),
    ("D(G, x)", "p*q×n", "p*q×n", "n×p*q"),
    ("D(G, X)", "p*q×a*b", "p*q×a*b", "a*b×p*q"),
    ("D(F, x[1])", "m×1", "m×1", "1×m"),
    ("D(f, X[1, 2])", "1×1", "1×1", "1×1"),
    ("D(f, F)", "m×1", "1×m", "m×1"),
    ("grad(f, x)", "n×1", "n×1", "n×1"),
    ("grad(f, X)", "a×b", "a×b", "a×b"),
    ("jacobian(f, x)", "1×n", "1×n", "1×n"),
    ("jacobian(F, s)", "m×1", "m×1", "m×1"),
    ("jacobian(G, X)", "p*q×a*b", "p*q×a*b", "p*q×a*b"),
    ("hessian(f, x)", "n×n", "n×n", "n×n"),
    ("hessian(f, X)", "a*b×a*b", "a*b×a*b", "a*b×a*b"),
    ("hessian(f, s)", "1×1", "1×1", "1×1"),
    ("jvp(G, x, x)", "p×q", "p×q", "p×q"),
    ("vjp(G, x, G)", "n×1", "n×1", "n×1"),
    ("vjp(F, X, F)", "a×b", "a×b", "a×b"),
    ("d(G)", "p×q", "p×q", "p×q"),
)


@pytest.mark.parametrize(("text", "mixed", "numerator", "denominator"), LAYOUTS, ids=[row[0] for row in LAYOUTS])
def test_a_derivative_has_the_shape_of_its_layout(text: str, mixed: str, numerator: str, denominator: str) -> None:
    def shape(layout: Layout) -> str:
        sizes = "sum(zeros(n, m)) * sum(zeros(a, b)) * sum(zeros(p, q)) * "
        expression, _ = parse_expression(f"{sizes}{text}", WHERE, layout)
        return str(expression.shape).replace("b*a", "a*b").replace("q*p", "p*q")

    assert (shape("mixed"), shape("numerator"), shape("denominator")) == (mixed, numerator, denominator)


SHAPES = (
    ("x.T @ x", "1×1"),
    ("x @ x.T", "n×n"),
    ("s @ s", "1×1"),
    ("s @ x.T", "1×n"),
    ("x @ s", "n×1"),
    ("1 - x", "n×1"),
    ("x / 2 + s", "n×1"),
    ("2 ** X", "a×b"),
    ("X ** X", "a×b"),
    ("X * (x.T @ x)", "a×b"),
    ("-X.T", "b×a"),
    ("X[1, 2]", "1×1"),
    ("(X @ X.T)[1, 1]", "1×1"),
    ("Sum(X, k, 1, n)", "a×b"),
    ("ds * dX", "a×b"),
    ("n * x", "n×1"),
    ("pi * s", "1×1"),
)


@pytest.mark.parametrize(("text", "shape"), SHAPES, ids=[row[0] for row in SHAPES])
def test_an_expression_has_the_shape_of_its_operators(text: str, shape: str) -> None:
    expression, _ = parse_expression(text, WHERE)
    assert str(expression.shape) == shape


def test_a_declared_size_never_collapses() -> None:
    expression, _ = parse_expression("x", {"x": "vector(m)"})
    assert expression.shape.is_column
    assert not expression.shape.is_scalar
