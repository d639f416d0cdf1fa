"""Every kind of slip is undone, and nothing ill-formed comes out."""

import pytest

from matcalc.diagnosis.edits import EDITS
from matcalc.language import parse_expression, to_text

WHERE = {"x": "vector(n)", "A": "matrix(n, n)", "C": "matrix(n, n)", "B": "matrix(m, n)", "S": "matrix(n, n) symmetric"}

UNDONE = (
    ("transpose", "A", "A.T"),
    ("transpose", "inv(A).T", "inv(A)"),
    ("order of factors", "A @ C", "C @ A"),
    ("order of factors", "A @ C @ A.T @ C.T @ A", "A @ C.T @ A.T @ C @ A"),
    ("Kronecker factors", "kron(A, B)", "kron(B, A)"),
    ("Kronecker factors", "kron(A, B)", "kron(B.T, A)"),
    ("kind of product", "A * C", "A @ C"),
    ("kind of product", "A @ C", "A * C"),
    ("sign", "A - C", "C - A"),
    ("sign", "-A", "A"),
    ("coefficient", "2", "4"),
    ("coefficient", "A - C", "A - 2 * C"),
    ("function", "det(A)", "logdet(A)"),
    ("function", "norm(x)", "norm(x) ** 2"),
    ("function", "inv(A)", "A"),
    ("inverse", "A", "inv(A)"),
    ("term or factor too many", "A - C", "-C"),
    ("term or factor too many", "x ** 2", "x"),
    ("diagonal alone", "A", "A * eye(n)"),
    ("axis of a sum", "ones(m, 1) @ sum(B, 0)", "sum(B, 1) @ ones(1, n)"),
    ("axis of a sum", "sum(B, 1) @ ones(n).T", "ones(m, 1) @ sum(B, 0)"),
    ("free entries", "A", "A + A.T - A * eye(n)"),
    ("free entries", "A", "A - A.T"),
    ("symmetric part", "2 * A", "A + A.T"),
    ("symmetric part", "-2 * A", "-(A + A.T)"),
    ("symmetric part", "-2 * B @ A @ x", "-B @ (A + A.T) @ x"),
    ("symmetric part", "A", "(A + A.T) / 2"),
)


@pytest.mark.parametrize(("name", "text", "meant"), UNDONE)
def test_a_slip_is_undone(name: str, text: str, meant: str) -> None:
    edit = next(edit for edit in EDITS if edit.name == name)
    node, _ = parse_expression(text, WHERE)
    assert to_text(parse_expression(meant, WHERE)[0]) in [to_text(new) for new in edit.at(node)]


def test_every_kind_is_tested() -> None:
    assert {name for name, _, _ in UNDONE} == {edit.name for edit in EDITS}


@pytest.mark.parametrize("text", sorted({text for _, text, _ in UNDONE}))
def test_what_comes_out_is_what_its_text_says(text: str) -> None:
    node, _ = parse_expression(text, WHERE)
    for edit in EDITS:
        for new in edit.at(node):
            assert to_text(parse_expression(to_text(new), WHERE)[0]) == to_text(new)
            assert str(parse_expression(to_text(new), WHERE)[0].shape) == str(new.shape)
