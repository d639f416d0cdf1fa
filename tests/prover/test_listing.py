"""Claims at sizes that are numbers are proved by listing the positions; others never list any."""

import pytest

from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.kernel import Goal
from matcalc.prover.listing import has_numbered_axes
from tests.claims import Case, params
from tests.proofs import proof, theorem_of

WHERE = {"Z": "matrix(2, 2)", "V": "matrix(3, 3)", "z": "vector(2)", "K": "matrix(3, 3) skew", "S": "matrix(2, 2) psd"}

TRUE = (
    Case("det(Z) == Z[1, 1] * Z[2, 2] - Z[1, 2] * Z[2, 1]", WHERE),
    Case("inv(Z) == (trace(Z) * eye(2) - Z) / det(Z)", WHERE),
    Case("trace(Z)**2 - trace(Z @ Z) == 2 * det(Z)", WHERE),
    Case("Z @ Z - trace(Z) * Z + det(Z) * eye(2) == zeros(2, 2)", WHERE),
    Case("adjugate(V) == V @ V - trace(V) * V + (trace(V)**2 - trace(V @ V)) / 2 * eye(3)", WHERE),
    Case("det(K) == 0", WHERE),
    Case("D(det(S), S[1, 2]) == -2 * S[1, 2]", WHERE),
    Case("kron(Z, V)[4, 2] == Z[2, 1] * V[1, 2]", WHERE),
    Case("det(commutation(2, 2)) == -1", WHERE),
    Case("norm(z)**2 == z[1]**2 + z[2]**2", WHERE),
    Case("softmax(z)[1] == sigmoid(z[1] - z[2])", WHERE),
    Case("kron(a, x)[(i - 1) * n + j] == a[i] * x[j]", {"i": "index(m)"}),
)
FALSE = (
    Case("trace(V)**2 - trace(V @ V) == 2 * det(V)", WHERE),
    Case("det(Z) == Z[1, 1] * Z[2, 2] + Z[1, 2] * Z[2, 1]", WHERE),
    Case("adjugate(V) == trace(V) * eye(3) - V", WHERE),
    Case("kron(Z, V)[4, 2] == Z[1, 2] * V[1, 2]", WHERE),
    Case("D(det(S), S[1, 2]) == -S[1, 2]", WHERE),
    Case("trace(X)**2 - trace(X @ X) == 2 * det(X)"),
)


@pytest.mark.parametrize("case", params(TRUE))
def test_a_claim_at_given_sizes_is_proved(case: Case) -> None:
    theorem_of(case)


@pytest.mark.parametrize("case", params(FALSE))
def test_a_false_claim_at_given_sizes_is_not_proved(case: Case) -> None:
    assert proof(case) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("trace(Z) == 1", True), ("sum(x) == 1", False), ("sum(x[1] * x) == 1", False), ("X[1, 1] == x.T @ x", False)],
)
def test_positions_are_listed_where_a_size_is_a_number(text: str, expected: bool) -> None:
    claim = Case(text, WHERE).claim()
    sides = tuple(side.entries for side in lower_claim(claim))
    assert has_numbered_axes(Goal(sides, facts_of(claim.scope))) is expected


def test_a_claim_that_holds_for_every_size_is_proved_without_listing() -> None:
    rules = theorem_of(Case("trace(Z @ Z.T) == norm(Z)**2", WHERE)).rests_on
    assert not {"sum written out", "free index by cases"} & {*rules}
