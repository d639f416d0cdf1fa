"""Identities between inverses: proved by completing the relations of the inverses, in lemmas."""

import pytest

from matcalc.prover import Unproved, prove
from tests.claims import Case, params
from tests.proofs import theorem_of

WHERE = {
    "A": "matrix(n, n) invertible",
    "B": "matrix(n, n) invertible",
    "C": "matrix(n, n) invertible",
    "K": "matrix(k, k) invertible",
    "L": "matrix(k, k)",
    "U": "matrix(n, k)",
    "V": "matrix(k, n)",
    "P": "matrix(n, n) pd",
    "R": "matrix(m, m) pd",
    "H": "matrix(m, n)",
    "G": "matrix(n, n) skew",
    "Q": "matrix(n, n) orthogonal",
    "Y": "matrix(n, n)",
    "X": "matrix(n, n)",
    "x": "vector(n)",
    "y": "vector(n)",
    "b": "vector(m)",
    "s": "scalar",
    "t": "scalar",
}


def case(text: str) -> Case:
    """A claim under the declarations above."""
    return Case(text, WHERE, shared=False)


COMPLETED = tuple(
    map(
        case,
        (
            "inv(inv(A) + inv(B)) == A @ inv(A + B) @ B",
            "inv(inv(A) + inv(B)) == A - A @ inv(A + B) @ A",
            "inv(inv(A) + inv(B) + inv(C)) == A @ inv(A + inv(inv(B) + inv(C))) @ inv(inv(B) + inv(C))",
            "inv(A + U @ K @ V) == inv(A) - inv(A) @ U @ inv(inv(K) + V @ inv(A) @ U) @ V @ inv(A)",
            "inv(A + U @ L @ V) == inv(A) - inv(A) @ U @ inv(eye(k) + L @ V @ inv(A) @ U) @ L @ V @ inv(A)",
            "inv(A - U @ inv(K) @ V) @ U @ inv(K) == inv(A) @ U @ inv(K - V @ inv(A) @ U)",
            "inv(eye(n) + U @ V) @ U == U @ inv(eye(k) + V @ U)",
            "inv(A + B) == inv(A) - inv(A) @ inv(inv(A) + inv(B)) @ inv(A)",
            "inv(eye(n) + Q) + inv(eye(n) + Q.T) == eye(n)",
            "A - inv(inv(A) + inv(inv(B) - A)) == A @ B @ A",
            "inv(s * inv(A) + t * inv(B)) == A @ inv(t * A + s * B) @ B",
            "inv(A - s * eye(n)) - inv(A - t * eye(n)) == (s - t) * inv(A - s * eye(n)) @ inv(A - t * eye(n))",
            "inv(A @ A + s * A) == (inv(A) - inv(A + s * eye(n))) / s",
            "2 * inv(eye(n) - X @ X) == inv(eye(n) - X) + inv(eye(n) + X)",
            "(eye(n) - G) @ inv(eye(n) + G) @ ((eye(n) - G) @ inv(eye(n) + G)).T == eye(n)",
            "H.T @ inv(H @ P @ H.T + R) @ H == inv(P) - inv(P) @ inv(inv(P) + H.T @ inv(R) @ H) @ inv(P)",
            "b.T @ inv(R + H @ P @ H.T) @ H @ x == b.T @ inv(R) @ H @ inv(inv(P) + H.T @ inv(R) @ H) @ inv(P) @ x",
            "trace(inv(eye(n) + X @ Y)) == trace(inv(eye(n) + Y @ X))",
            "Y @ inv(eye(n) + s * Y) == inv(eye(n) + s * Y) @ Y",
            "Y @ inv(eye(n) + dot(x, y) * Y) == inv(eye(n) + dot(x, y) * Y) @ Y",
            "d(inv(inv(A) + inv(X))) == A @ inv(A + X) @ dX @ inv(A + X) @ A",
        ),
    )
)


@pytest.mark.parametrize("completed", params(COMPLETED))
def test_an_identity_between_inverses_is_proved_by_lemmas(completed: Case) -> None:
    theorem = theorem_of(completed)
    assert theorem.derivation.lemmas
    assert "derived equation" in theorem.rests_on


RANK_ONE = tuple(
    map(
        case,
        (
            "inv(A + x @ y.T) == inv(A) - inv(A) @ x @ y.T @ inv(A) / (1 + y.T @ inv(A) @ x)",
            "inv(A - s * x @ y.T) @ x == inv(A) @ x / (1 - s * y.T @ inv(A) @ x)",
            "y.T @ inv(A + x @ y.T) @ x == 1 - 1 / (1 + y.T @ inv(A) @ x)",
            "inv(s * eye(n) + x @ x.T) == eye(n) / s - x @ x.T / (s * (s + x.T @ x))",
            "inv(s * eye(n) + t * ones(n, n)) == (eye(n) - t / (s + n * t) * ones(n, n)) / s",
            "x.T @ inv(H.T @ H + x @ x.T) @ x == x.T @ inv(H.T @ H) @ x / (1 + x.T @ inv(H.T @ H) @ x)",
            "D(x.T @ inv(eye(n) + x @ x.T) @ x, x) == 2 * x / (1 + x.T @ x)**2",
        ),
    )
)


@pytest.mark.parametrize("updated", params(RANK_ONE))
def test_a_rank_one_update_needs_no_lemma(updated: Case) -> None:
    theorem = theorem_of(updated)
    assert "low-rank update" in theorem.rests_on
    assert not theorem.derivation.lemmas


FALSE = tuple(
    map(
        case,
        (
            "inv(inv(A) + inv(B)) == A @ inv(A + B) @ A",
            "inv(inv(A) + inv(B)) == inv(A + B)",
            "inv(A + U @ K @ V) == inv(A) - inv(A) @ U @ inv(K + V @ inv(A) @ U) @ V @ inv(A)",
            "inv(eye(n) + U @ V) @ U == U @ inv(eye(k) - V @ U)",
            "inv(A + x @ y.T) == inv(A) - inv(A) @ x @ y.T @ inv(A) / (1 + x.T @ inv(A) @ y)",
            "inv(A - s * eye(n)) - inv(A - t * eye(n)) == (t - s) * inv(A - s * eye(n)) @ inv(A - t * eye(n))",
            "trace(inv(eye(n) + X @ Y)) == trace(inv(eye(n) + X @ Y.T))",
            "X @ inv(eye(n) + s * Y) == inv(eye(n) + s * Y) @ X",
        ),
    )
)


@pytest.mark.parametrize("false", params(FALSE))
def test_a_near_miss_is_not_proved(false: Case) -> None:
    assert isinstance(prove(false.claim(), seconds=3.0), Unproved)


def test_lemmas_that_are_not_used_are_left_out() -> None:
    """The push-through identity needs one."""
    assert len(theorem_of(case("inv(eye(n) + U @ V) @ U == U @ inv(eye(k) + V @ U)")).derivation.lemmas) == 1
