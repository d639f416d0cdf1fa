"""The table of functions is complete, documented, and gives the shapes it promises."""

import pytest

from matcalc.language import parse_claim, parse_expression
from matcalc.language.function_shapes import same
from matcalc.language.functions import EXAMPLE_SYMBOLS, FUNCTIONS, OPERATORS, Function, Operator, is_known
from matcalc.language.nodes import Call
from matcalc.language.sizes import size_text
from matcalc.language.syntax import parse_equation
from matcalc.language.trees import calls_in

ROWS: tuple[Function | Operator, ...] = (*FUNCTIONS.values(), *OPERATORS.values())
LANGUAGE = """
    inv pinv det logdet adjugate matrix_power expm trace sum norm norm1 diag diagonal vec kron dot outer eye zeros ones
    basis commutation delta exp log sqrt sin cos tan sinh cosh tanh abs sign relu sigmoid softplus erf softmax logsumexp
    detach D grad jacobian hessian d jvp vjp Sum
"""


def test_the_tables_hold_the_whole_language() -> None:
    assert set(LANGUAGE.split()) == {row.name for row in ROWS}
    assert all(is_known(name) for name in LANGUAGE.split())
    assert not is_known("tr")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_is_documented(row: Function | Operator) -> None:
    assert row.signature.startswith(f"{row.name}(")
    assert row.doc
    assert not row.doc.endswith(".")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_example_is_a_claim_with_the_function_in_it(row: Function | Operator) -> None:
    left, right = parse_claim(row.example, EXAMPLE_SYMBOLS).sides
    assert left.shape == right.shape
    assert row.name in {function.text for function, _ in calls_in(*parse_equation(row.example))}


WHERE = {
    "x": "vector(n)",
    "z": "vector(m)",
    "A": "matrix(m, n)",
    "B": "matrix(p, q)",
    "X": "matrix(n, n)",
    "k": "integer",
}
SHAPES = (
    ("inv(X)", "n×n", ()),
    ("pinv(A)", "n×m", ()),
    ("det(X)", "1×1", ()),
    ("logdet(X)", "1×1", ()),
    ("adjugate(X)", "n×n", ()),
    ("matrix_power(X, k - 1)", "n×n", ("k - 1",)),
    ("matrix_power(X, 2)", "n×n", ("2",)),
    ("expm(X)", "n×n", ()),
    ("trace(A @ A.T)", "1×1", ()),
    ("sum(A)", "1×1", ()),
    ("sum(A, 0)", "1×n", ("0",)),
    ("sum(A, 1)", "m×1", ("1",)),
    ("norm(A)", "1×1", ()),
    ("norm1(x.T)", "1×1", ()),
    ("diag(x)", "n×n", ()),
    ("diag(x.T)", "n×n", ()),
    ("diagonal(X)", "n×1", ()),
    ("vec(B)", "p*q×1", ()),
    ("kron(B, X)", "n*p×n*q", ()),
    ("dot(x, x.T)", "1×1", ()),
    ("outer(z, x)", "m×n", ()),
    ("eye(2 * n)", "2*n×2*n", ("2 * n",)),
    ("zeros(m, 3)", "m×3", ("m", "3")),
    ("ones(n)", "n×1", ("n",)),
    ("basis(k + 1, n)", "n×1", ("k + 1", "n")),
    ("commutation(p, q)", "p*q×p*q", ("p", "q")),
    ("delta(k, 2)", "1×1", ("k", "2")),
    ("tanh(A)", "m×n", ()),
    ("softmax(x.T)", "1×n", ()),
    ("softmax(A, 1)", "m×n", ("1",)),
    ("logsumexp(x)", "1×1", ()),
    ("logsumexp(A, 1)", "m×1", ("1",)),
    ("detach(A)", "m×n", ()),
)


def test_every_function_that_changes_shapes_has_a_case() -> None:
    cases = {text.partition("(")[0] for text, _, _ in SHAPES}
    assert not [name for name, row in FUNCTIONS.items() if row.shape is not same and name not in cases]


@pytest.mark.parametrize(("text", "shape", "parameters"), SHAPES, ids=[row[0] for row in SHAPES])
def test_a_call_has_the_shape_and_the_whole_numbers_of_its_row(
    text: str, shape: str, parameters: tuple[str, ...]
) -> None:
    expression, _ = parse_expression(text, WHERE)
    assert isinstance(expression, Call)
    assert str(expression.shape) == shape
    assert tuple(size_text(size) for size in expression.parameters) == parameters
