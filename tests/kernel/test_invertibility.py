"""Which matrices may be taken to be invertible, by themselves or as generic values of continuous sides."""

from dataclasses import replace

import pytest

from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.terms import Factor, Group
from matcalc.kernel.arrange import in_order
from matcalc.kernel.definedness import with_definedness
from matcalc.kernel.invertibility import is_invertible, is_nonzero
from tests.claims import Case

ALWAYS = (
    "V",
    "inv(X)",
    "expm(X).T",
    "eye(n)",
    "w * V",
    "n * V @ inv(X)",
    "2 * V.T",
    "adjugate(V)",
    "det(V) * inv(V)",
    "kron(eye(n), eye(n))",
    "kron(V, expm(X) @ V)",
    "w * kron(V, eye(n))",
)
GENERIC = (
    "kron(X, V)",
    "kron(X @ Y, eye(n))",
    "X",
    "S",
    "X @ Y",
    "X @ X",
    "-X",
    "s * X",
    "s * eye(n)",
    "diag(x)",
    "adjugate(X)",
    "diag(diagonal(X))",
)
GENERIC += (
    "X + Y",
    "X - s * eye(n)",
    "eye(n) + A.T @ A",
    "inv(V) + X @ Y",
    "S + x @ x.T",
    "V + X @ Q",
    "O + Y",
    "eye(n) + inv(V) @ X",
)
NEVER = (
    "kron(X, Q)",
    "kron(A.T @ A, V)",
    "kron(X, ones(n, n))",
    "sum(x) * kron(X, X)",
    "kron(X + Y, V)",
    "Q",
    "X @ Q",
    "diagonal(inv(X)) @ ones(n).T",
    "X - X",
    "X + X.T @ X",
    "eye(n) + O",
    "eye(n) + exp(X)",
    "V + X + exp(X)",
    "eye(n) + X @ inv(X)",
    "eye(n) + u @ x.T",
    "x @ y.T + y @ x.T",
    "A.T @ A",
    "x @ y.T",
    "diag(diagonal(Q))",
    "x[i] * X",
    "X * Y",
    "X * X",
    "X @ diag(x) @ x @ x.T",
    "sum(x) * X",
)
WHERE = {
    "V": "matrix(n, n) invertible",
    "w": "scalar positive",
    "Q": "matrix(n, n) skew",
    "S": "matrix(n, n) symmetric",
    "O": "matrix(n, n) orthogonal",
    "u": "vector(n) of x",
}


def invertible(text: str, *, continuous: bool) -> bool:
    """Of a square matrix under the declarations above."""
    claim = Case(f"{text} == {text}", WHERE).claim()
    facts = replace(facts_of(claim.scope), continuous=continuous)
    return is_invertible(in_order(lower_claim(claim)[0].entries, facts), facts)


EXPECTED = dict.fromkeys(ALWAYS, (True, True)) | dict.fromkeys(GENERIC, (False, True))
EXPECTED |= dict.fromkeys(NEVER, (False, False))


@pytest.mark.parametrize(("text", "expected"), EXPECTED.items())
def test_a_matrix_is_invertible_by_declaration_or_as_a_generic_value(text: str, expected: tuple[bool, bool]) -> None:
    assert (invertible(text, continuous=False), invertible(text, continuous=True)) == expected


def test_what_a_claim_inverts_or_divides_by_is_no_obstacle() -> None:
    facts = facts_of(Case("s == s", WHERE).claim().scope)
    for text, given in {"s * X": "inv(X) / s", "t * (X + Y)": "inv(X + Y) / t", "diag(x)": "1 / x"}.items():
        claim = Case(f"{given} == {given}", WHERE).claim()
        known = replace(with_definedness(facts, [side.entries for side in lower_claim(claim)]), continuous=False)
        body = in_order(lower_claim(Case(f"{text} == {text}", WHERE).claim())[0].entries, known)
        assert is_invertible(body, known) == (text != "t * (X + Y)")  # a product with a sum is not multiplied out


SUMS = {
    "dot(x, x)": True,
    "x.T @ S @ x": True,
    "sum(X)": True,
    "1 + x.T @ X @ y": True,
    "dot(x, x) - dot(y, y)": False,
    "x.T @ Q @ x": False,
    "sum(Q)": False,
    "x.T @ inv(X) @ x": False,
}


@pytest.mark.parametrize(("text", "expected"), SUMS.items())
def test_a_sum_is_not_zero_as_a_generic_value_where_all_its_terms_are_positive_at_ones(
    text: str, expected: bool
) -> None:
    claim = Case(f"{text} == {text}", WHERE).claim()
    (side, _) = lower_claim(claim)
    scalar = Factor(Group(side.entries))
    facts = facts_of(claim.scope)
    assert not is_nonzero(scalar, facts)
    assert is_nonzero(scalar, replace(facts, continuous=True)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "sqrt(s)": True,
        "sqrt(s + t)": True,
        "sqrt(s - t**2)": True,
        "sqrt(det(X.T @ X))": True,
        "sqrt(norm(x)**2 + 1)": True,
        "sqrt(-det(X)**2)": False,
        "sqrt(-s**2)": False,
        "sqrt(s**2 - s)": False,
        "sqrt(-norm(x)**2)": False,
    }.items(),
)
def test_generic_values_settle_nothing_where_a_root_may_leave_no_more_than_a_fringe(text: str, expected: bool) -> None:
    """−x² ≥ 0 at x = 0 alone, and there a generic matrix or number may be just what is excluded."""
    claim = Case(f"{text} == {text}", WHERE).claim()
    sides = [side.entries for side in lower_claim(claim)]
    assert with_definedness(facts_of(claim.scope), sides).continuous == expected
