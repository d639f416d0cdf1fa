"""Which claims are proved by induction, and in what time false ones are given up."""

import pytest

from matcalc.prover import Unproved, prove
from tests.claims import Case
from tests.proofs import theorem_of

SECONDS = 60.0
INDUCTIVE = (
    Case("matrix_power(s * eye(2) + basis(1, 2) @ basis(2, 2).T, k + 1) == "
         "s**(k + 1) * eye(2) + (k + 1) * s**k * basis(1, 2) @ basis(2, 2).T"),
    Case("matrix_power(X, k) @ Y - Y @ matrix_power(X, k) == "
         "Sum(matrix_power(X, r) @ (X @ Y - Y @ X) @ matrix_power(X, k - 1 - r), r, 0, k - 1)"),
    Case("matrix_power(s * eye(n) + t * ones(n, n), k) == "
         "s**k * eye(n) + ((s + n * t)**k - s**k) / n * ones(n, n)"),
    Case("Sum(s**r, r, 0, 2 * k + 1) == (1 + s) * Sum(s**(2 * r), r, 0, k)"),
    Case("matrix_power(Q, k) == (1 + cos(k * pi)) / 2 * eye(n) + (1 - cos(k * pi)) / 2 * Q",
         {"Q": "matrix(n, n) symmetric orthogonal"}),
)  # fmt: skip
FALSE = (
    Case("matrix_power(s * eye(2) + basis(1, 2) @ basis(2, 2).T, k + 1) == "
         "s**(k + 1) * eye(2) + k * s**k * basis(1, 2) @ basis(2, 2).T"),
    Case("Sum(1 / (r * (r + 1)), r, 1, k) == (k + 1) / (k + 2)"),
    Case("matrix_power(X, k) @ Y - Y @ matrix_power(X, k) == "
         "Sum(matrix_power(X, r) @ (X @ Y - Y @ X) @ matrix_power(X, k - r), r, 0, k - 1)"),
)  # fmt: skip


@pytest.mark.parametrize("case", INDUCTIVE, ids=lambda case: case.name)
def test_a_claim_with_an_integer_is_proved_by_induction(case: Case) -> None:
    result = prove(case.claim(), SECONDS)
    assert not isinstance(result, Unproved), result.missing
    assert "induction" in result.theorem.rests_on


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case.name)
def test_a_false_claim_with_an_integer_stays_unproved(case: Case) -> None:
    assert isinstance(prove(case.claim(), SECONDS / 10), Unproved)


def test_a_claim_that_normal_forms_prove_needs_no_induction() -> None:
    assert "induction" not in theorem_of(Case("matrix_power(X, k) @ X == matrix_power(X, k + 1)")).rests_on
