import pytest
from sympy import MatrixSymbol, Symbol
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from benchmarks.matrix_expressions import NotExpressible, question
from matcalc.language import parse_claim

WHERE = {"x": "vector(n)", "A": "matrix(n, n)", "S": "matrix(n, n) symmetric", "s": "scalar"}


@pytest.mark.parametrize(
    ("claim", "asked", "by"),
    [
        ("D(x.T @ A @ x, x) == x", "Trace(x.T*A*x)", "x"),
        ("2 * D(trace(inv(A)), A) == A", "Trace(A**(-1))", "A"),
        ("grad(log(det(s * A)), A) == A", "log(Determinant(s*A))", "A"),
        ("D(s**2 * 0.5, s) == s", "s**2/2", "s"),
    ],
)
def test_a_derivative_is_asked_as_a_matrix_expression(claim: str, asked: str, by: str) -> None:
    expression, symbol = question(parse_claim(claim, WHERE))
    assert (str(expression), str(symbol)) == (asked, by)


@pytest.mark.parametrize(
    "claim",
    ["A == A", "D(trace(S), S) == S", "D(pinv(A), A) == A", "D(x + 1, x) == A", "D(A[1, 1], A) == A"],
)
def test_what_sympy_has_no_expression_for_is_said(claim: str) -> None:
    with pytest.raises(NotExpressible):
        question(parse_claim(claim, WHERE))


def test_elementwise_functions_are_applied_to_entries() -> None:
    expression, _ = question(parse_claim("D(tanh(x), x) == A", WHERE))
    assert isinstance(expression, ElementwiseApplyFunction)
    assert expression.expr == MatrixSymbol("x", Symbol("n", integer=True, positive=True), 1)
