"""Which scalars are seen to be never negative, and which matrices to be positive semidefinite or definite."""

import pytest

from matcalc.components.definite import is_definite, is_semidefinite, is_square_sum
from matcalc.components.facts import Facts, facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.terms import Entries
from tests.claims import Case

WHERE = {
    "P": "matrix(n, n) psd",
    "R": "matrix(n, n) psd",
    "H": "matrix(n, n) pd",
    "S": "matrix(n, n) symmetric",
    "K": "matrix(n, n) skew",
    "w": "scalar positive",
    "B": "matrix(n, m)",
}


def lowered(text: str, *, continuous: bool = False) -> tuple[Entries, Facts]:
    claim = Case(f"{text} == {text}", WHERE).claim()
    facts = facts_of(claim.scope)
    known = Facts(facts.symbols, facts.functions, facts.sizes, continuous=continuous)
    return lower_claim(claim)[0].entries, known


NEVER_NEGATIVE = (
    "x.T @ P @ x",
    "x.T @ B @ B.T @ x",
    "trace(P)",
    "trace(P @ R)",
    "trace(P @ H @ P)",
    "trace(X @ P @ X.T)",
    "sum(P * R)",
    "x.T @ (P * H) @ x",
    "sum(P)",
    "sum(X**2)",
    "P[i, i]",
    "x.T @ inv(H) @ x",
    "x.T @ expm(P) @ x",
    "trace(X @ X.T)",
    "w * x.T @ P @ x",
    "trace(S @ S)",
    "trace(S @ P @ S)",
)
MAYBE_NEGATIVE = (
    "x.T @ S @ x",
    "x.T @ P @ y",
    "trace(S)",
    "sum(S)",
    "P[i, j]",
    "trace(X @ X)",
    "x.T @ X @ X @ x",
    "trace(X @ S @ X)",
    "sum(X * X.T)",
    "trace(X @ Y @ X @ Y)",
    "x.T @ X @ P @ X @ x",
    "trace(K @ K)",
    "trace(P @ S)",
    "trace(P @ R @ H)",
    "x.T @ X @ x",
    "-x.T @ P @ x",
    "s * x.T @ P @ x",
    "sum(x)",
    "x.T @ inv(S) @ x",
    "sum(P * S)",
    "s",
)


@pytest.mark.parametrize("text", NEVER_NEGATIVE)
def test_a_square_taken_apart_is_never_negative(text: str) -> None:
    assert is_square_sum(*lowered(text))


@pytest.mark.parametrize("text", MAYBE_NEGATIVE)
def test_what_may_be_negative_is_not_taken_for_a_square(text: str) -> None:
    assert not is_square_sum(*lowered(text))


MATRICES = {
    "P": (True, False),
    "H": (True, True),
    "inv(H)": (True, True),
    "P + H": (True, True),
    "P + w * eye(n)": (True, True),
    "P + s**2 * eye(n)": (True, False),
    "B @ B.T": (True, False),
    "x @ x.T": (True, False),
    "H + x @ x.T": (True, True),
    "B @ A @ A.T @ B.T": (True, False),
    "P * H": (True, False),
    "expm(P)": (True, True),
    "P - H": (False, False),
    "x @ y.T": (False, False),
    "B @ A": (False, False),
    "S @ S": (True, False),
    "P @ R": (False, False),
    "S": (False, False),
    "expm(X)": (False, False),
    "w * S": (False, False),
}


@pytest.mark.parametrize(("text", "expected"), MATRICES.items(), ids=MATRICES.keys())
def test_matrices_are_semidefinite_or_definite(text: str, expected: tuple[bool, bool]) -> None:
    body, facts = lowered(text)
    assert (is_semidefinite(body, facts), is_definite(body, facts)) == expected


def test_a_semidefinite_symbol_counts_as_definite_where_the_sides_are_continuous() -> None:
    assert is_definite(*lowered("P", continuous=True))


def test_a_declaration_is_not_felt_where_the_symbol_is_differentiated_by() -> None:
    body, facts = lowered("x.T @ P @ x")
    assert is_square_sum(body, facts)
    assert not is_square_sum(body, facts.under("P"))
