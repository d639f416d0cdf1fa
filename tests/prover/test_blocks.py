"""Functions of Kronecker products of sums and of block matrices, which are written as Kronecker products too."""

import pytest

from matcalc.prover import Unproved, prove
from tests.claims import Case, params
from tests.proofs import theorem_of

WHERE = {
    "A": "matrix(n, n)",
    "B": "matrix(n, n)",
    "C": "matrix(n, n)",
    "H": "matrix(n, n)",
    "M": "matrix(m, m)",
    "P": "matrix(m, m)",
    "Q": "matrix(n, n) orthogonal",
    "U": "matrix(n, m)",
    "X": "matrix(m, n)",
    "u": "vector(n)",
    "v": "vector(n)",
    "s": "scalar",
    "t": "scalar",
    "k": "integer",
}


def blocks(text: str, count: int = 2) -> str:
    """The matrix of these blocks, row by row with `;` between two; `0` is a block of zeros."""
    named = [block.strip() for block in text.split(";")]
    places = [(row, column) for row in range(1, count + 1) for column in range(1, count + 1)]
    parts = (
        f"kron(basis({row}, {count}) @ basis({column}, {count}).T, {block})"
        for (row, column), block in zip(places, named, strict=True)
        if block != "0"
    )
    return f"({' + '.join(parts)})"


def case(text: str) -> Case:
    """A claim under the declarations above."""
    return Case(text, WHERE, shared=False)


FULL = blocks("A; B; C; H")
SCHUR = "inv(H - C @ inv(A) @ B)"
OTHER_SCHUR = "inv(A - B @ inv(H) @ C)"
TRIANGLE = blocks("A; B; 0; C")
CIRCLE = blocks("A; B; B; A")
TRUE = tuple(
    map(
        case,
        (
            f"det({FULL}) == det(A) * det(H - C @ inv(A) @ B)",
            f"det({FULL}) == det(H) * det(A - B @ inv(H) @ C)",
            f"det({FULL}) == (-1)**n * det(B) * det(C - H @ inv(B) @ A)",
            f"det({blocks('A; B; -B; A')}) == det(A) * det(A + B @ inv(A) @ B)",
            f"det({blocks('0; A; B; H')}) == (-1)**n * det(A) * det(B)",
            f"det({CIRCLE}) == det(A + B) * det(A - B)",
            f"det({blocks('A; -B; -B; A')}) == det(A + B) * det(A - B)",
            f"det({blocks('A; B; 0; B; A; 0; C; H; C', 3)}) == det(A + B) * det(A - B) * det(C)",
            f"det({blocks('A; B; B; B; A; B; B; B; A', 3)}) == det(A + 2 * B) * det(A - B)**2",
            f"det({TRIANGLE}) == det(A) * det(C)",
            f"logdet({blocks('A; 0; 0; H')}) == logdet(A) + logdet(H)",
            f"det({blocks('A; 0; 0; A')} - s * eye(2 * n)) == det(A - s * eye(n))**2",
            f"inv({FULL}) == "
            + blocks(
                f"inv(A) + inv(A) @ B @ {SCHUR} @ C @ inv(A); -inv(A) @ B @ {SCHUR}; -{SCHUR} @ C @ inv(A); {SCHUR}"
            ),
            f"inv({FULL}) == "
            + blocks(
                f"{OTHER_SCHUR}; -{OTHER_SCHUR} @ B @ inv(H); -inv(H) @ C @ {OTHER_SCHUR};"
                f"inv(H) + inv(H) @ C @ {OTHER_SCHUR} @ B @ inv(H)"
            ),
            f"inv({TRIANGLE}) == {blocks('inv(A); -inv(A) @ B @ inv(C); 0; inv(C)')}",
            f"inv({blocks('0; A; B; 0')}) == {blocks('0; inv(B); inv(A); 0')}",
            f"inv({blocks('A; 0; 0; C')}) == {blocks('inv(A); 0; 0; inv(C)')}",
            f"inv({blocks('eye(n); A; 0; eye(n)')}) == {blocks('eye(n); -A; 0; eye(n)')}",
            f"inv(eye(2 * n) + {blocks('0; A; 0; 0')}) == eye(2 * n) - {blocks('0; A; 0; 0')}",
            f"inv({blocks('A; 0; 0; 0; B; 0; 0; 0; C', 3)}) == {blocks('inv(A); 0; 0; 0; inv(B); 0; 0; 0; inv(C)', 3)}",
            f"2 * inv({CIRCLE}) == "
            + blocks(
                "inv(A + B) + inv(A - B); inv(A + B) - inv(A - B); inv(A + B) - inv(A - B); inv(A + B) + inv(A - B)"
            ),
            f"matrix_power({blocks('A; 0; 0; C')}, k) == {blocks('matrix_power(A, k); 0; 0; matrix_power(C, k)')}",
            f"expm({blocks('A; 0; 0; C')}) == {blocks('expm(A); 0; 0; expm(C)')}",
            f"grad(logdet({FULL}), H) == {SCHUR}.T",
            "inv(kron(A + s * B, M)) == kron(inv(A + s * B), inv(M))",
            "inv(kron(A + B, M + P)) == kron(inv(A + B), inv(M + P))",
            "det(kron(A - B, M + s * eye(m))) == det(A - B)**m * det(M + s * eye(m))**n",
            "logdet(kron(A, eye(m)) + kron(A, M)) == m * logdet(A) + n * logdet(eye(m) + M)",
            "det(kron(A, eye(m)) - s * eye(n * m)) == det(A - s * eye(n))**m",
            "matrix_power(kron(A + B, M), k) == kron(matrix_power(A + B, k), matrix_power(M, k))",
            "inv(kron(s * eye(n) + t * ones(n, n), M)) == kron(inv(s * eye(n) + t * ones(n, n)), inv(M))",
            "inv(eye(n * m) + kron(u @ v.T, M)) == eye(n * m) - kron(u @ v.T, M @ inv(eye(m) + dot(u, v) * M))",
            "inv(eye(n * m) + kron(u @ u.T, M)) == eye(n * m) - kron(u @ u.T, inv(eye(m) + dot(u, u) * M) @ M)",
            "inv(eye(m * n) + kron(M, ones(n, n))) == eye(m * n) - kron(inv(eye(m) + n * M) @ M, ones(n, n))",
            "det(eye(n * m) + kron(u @ v.T, M)) == det(eye(m) + dot(u, v) * M)",
            "inv(kron(eye(n), M) + kron(A.T, eye(m))) @ vec(M @ X + X @ A) == vec(X)",
            "inv(kron(A.T @ A, eye(n)) + eye(n * n)).T == inv(kron(A.T @ A, eye(n)) + eye(n * n))",
            "det(commutation(n, n)) == (-1)**(n * (n - 1) / 2)",
            "det(s * commutation(n, n)) == s**(n**2) * (-1)**(n * (n - 1) / 2)",
            "adjugate(kron(A, M)) == det(A)**(m - 1) * det(M)**(n - 1) * kron(adjugate(A), adjugate(M))",
        ),
    )
)


@pytest.mark.parametrize("claim", params(TRUE))
def test_a_claim_about_blocks_is_proved(claim: Case) -> None:
    theorem_of(claim)


FALSE = tuple(
    map(
        case,
        (
            f"det({FULL}) == det(A) * det(H) - det(B) * det(C)",
            f"det({FULL}) == det(A @ H - B @ C)",
            f"det({FULL}) == det(B) * det(C - H @ inv(B) @ A)",
            f"det({FULL}) == det(A) * det(H - B @ inv(A) @ C)",
            f"det({CIRCLE}) == det(A @ A - B @ B)",
            f"inv({TRIANGLE}) == {blocks('inv(A); -inv(C) @ B @ inv(A); 0; inv(C)')}",
            f"inv({TRIANGLE}) == {blocks('inv(A); inv(A) @ B @ inv(C); 0; inv(C)')}",
            f"inv({blocks('0; A; B; 0')}) == {blocks('0; inv(A); inv(B); 0')}",
            f"matrix_power({TRIANGLE}, k) == {blocks('matrix_power(A, k); B; 0; matrix_power(C, k)')}",
            f"grad(logdet({FULL}), H) == {SCHUR}",
            "inv(kron(A, M) + kron(B, P)) == kron(inv(A + B), inv(M + P))",
            "det(kron(A - B, M)) == det(A - B)**n * det(M)**m",
            "inv(eye(n * m) + kron(u @ v.T, M)) == eye(n * m) - kron(u @ v.T, M @ inv(eye(m) + M))",
            "det(eye(n * m) + kron(u @ v.T, M)) == (1 + dot(u, v))**m * det(M)**n",
            "inv(kron(eye(n), M) + kron(A, eye(m))) @ vec(M @ X + X @ A) == vec(X)",
            "inv(kron(A, B) + kron(B, A)).T == inv(kron(A, B) + kron(B, A))",
            "det(commutation(n, n)) == (-1)**n",
            "det(commutation(n, n)) == (-1)**(n * (n + 1) / 2)",
            "adjugate(kron(A, M)) == kron(adjugate(A), adjugate(M))",
        ),
    )
)


@pytest.mark.parametrize("false", params(FALSE))
def test_a_near_miss_is_not_proved(false: Case) -> None:
    assert isinstance(prove(false.claim(), seconds=3), Unproved)
