"""What is suggested in place of a false claim, and that nothing is said that both witnesses have not confirmed."""

import pytest

from matcalc.diagnosis import Statement, diagnose, statements
from matcalc.evidence import NoPoint
from matcalc.language import parse_claim
from matcalc.language.nodes import Layout
from matcalc.prover import Unproved

SYMBOLS = {
    "s": "scalar",
    "x": "vector(n)",
    "y": "vector(n)",
    "A": "matrix(n, n)",
    "C": "matrix(n, n)",
    "X": "matrix(n, n)",
    "B": "matrix(m, n)",
    "W": "matrix(m, n)",
    "u": "vector(n) of x",
    "P": "matrix(p, n + p)",
    "R": "matrix(n + p, p)",
    "Z": "matrix(n + p, n + p) invertible",
}


def suggestion(text: str, layout: Layout = "mixed", seconds: float = 20.0) -> str | None:
    return diagnose(Statement(text, SYMBOLS, layout), parse_claim(text, SYMBOLS, layout), seconds)


SUGGESTIONS = (
    # another layout
    ("D(x.T @ x, x) == 2 * x.T", "holds in numerator layout"),
    ("D(logdet(X), X) == inv(X)", "holds in numerator layout"),
    ("D(B @ x, x) == B.T", "holds in denominator layout"),
    # the right side transposed, negated or scaled
    ("grad(x.T @ x, x) == 2 * x.T", "holds with the right side transposed"),
    ("D(x.T @ x, x) == -2 * x", "holds with the right side negated"),
    ("D(x.T @ x, x) == x", "holds with the right side multiplied by 2"),
    ("D(x.T @ x, x) == 4 * x", "holds with the right side divided by 2"),
    ("D(x.T @ x, x) == x.T", "holds with the right side transposed and multiplied by 2"),
    ("D(trace(B.T @ B) / 2, B) == 3 * B", "holds with the right side divided by 3"),
    ("D(s * sum(x), s) == n * sum(x)", "holds with the right side divided by n"),
    ("D(norm(x), x) == x", "holds with the right side divided by norm(x)"),
    ("D(detach(x), x) == eye(n)", "holds with 0 as the right side"),
    # a missing hypothesis, and the derivative in general
    (
        "D(x.T @ A @ x, x) == 2 * A @ x",
        "holds if A is symmetric; in general the right side is (A + A.T) @ x",
    ),
    (
        "2 * A @ x == D(x.T @ A @ x, x)",
        "holds if A is symmetric; in general the left side is (A + A.T) @ x",
    ),
    ("x.T @ A @ x == 0", "holds if A is skew"),
    ("A.T @ A == eye(n)", "holds if A is orthogonal"),
    ("sqrt(s ** 2) == s", "holds if s is positive"),
    ("sqrt(x ** 2) == x", "holds if every entry of x is positive"),
    ("A @ C == C @ A", "holds if C is a polynomial in A"),
    (
        "D(u.T @ A @ x, x) == A.T @ u",
        "holds if u does not depend on x; in general the right side is D(u, x).T @ A @ x + A.T @ u",
    ),
    (
        "D(det(P @ Z @ R), Z) == det(P @ Z @ R) * inv(Z).T",
        "holds if P and R are square; in general the right side is det(P @ Z @ R) * P.T @ inv(R.T @ Z.T @ P.T) @ R.T",
    ),
    ("det(2 * A) == 2 * det(A)", "holds if n = 1"),
    # slips
    ("(A @ C).T == A.T @ C.T", "holds with C.T @ A.T as the right side"),
    ("vec(A @ X @ C) == kron(A, C.T) @ vec(X)", "holds with kron(C.T, A) in place of kron(A, C.T)"),
    ("D(det(X), X) == logdet(X) * inv(X).T", "holds with det(X) in place of logdet(X)"),
    ("D(sum(sin(x)), x) == sin(x)", "holds with cos(x) as the right side"),
    # the derivative, carried out
    (
        "D(log(1 + norm(A @ x)), x) == x",
        "holds with A.T @ A @ x / ((1 + norm(A @ x)) * norm(A @ x)) as the right side",
    ),
    # nothing
    ("det(A) == trace(A) ** 3", None),
    ("x == y", None),
)


@pytest.mark.parametrize(("text", "expected"), SUGGESTIONS)
def test_a_false_claim_gets_what_would_be_true(text: str, expected: str | None) -> None:
    told = suggestion(text)
    assert told is None if expected is None else told is not None and told.split("; or ")[0] == expected


def test_the_best_suggestion_comes_first_and_three_are_the_most() -> None:
    assert suggestion("vec(X).T @ kron(A, y @ x.T) @ vec(X) == x.T @ X @ A @ X.T @ y") == (
        "holds with A.T in place of A; or holds if A is symmetric"
    )


def test_sides_of_different_shapes_get_the_same_care() -> None:
    assert suggestion("jacobian(norm(x) ** 2, x) == 2 * x") == "holds with the right side transposed"


def test_a_chain_gets_a_layout_or_a_hypothesis() -> None:
    assert suggestion("D(x.T @ A @ x, x) == 2 * A @ x == 2 * A.T @ x") == "holds if A is symmetric"


def test_a_side_is_not_suggested_to_be_the_other_side() -> None:
    assert suggestion("kron(A, C) == kron(C, A)") != "holds with kron(A, C) as the right side"
    assert suggestion("(A @ C).T == A @ C") != "holds with the right side transposed"


def test_nothing_is_suggested_that_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "prove", lambda claim, seconds: Unproved("no proof today", 0.0))
    assert suggestion("D(x.T @ A @ x, x) == 2 * A @ x") is None


def test_nothing_is_suggested_that_is_not_cross_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "cross_check", lambda claim: NoPoint("nowhere"))
    assert suggestion("D(x.T @ A @ x, x) == 2 * A @ x") is None


def test_without_time_nothing_is_suggested() -> None:
    assert suggestion("D(x.T @ A @ x, x) == 2 * A @ x", seconds=0.0) is None


def test_a_product_of_many_sums_is_not_multiplied_out() -> None:
    text = " @ ".join(["(A + C)"] * 30)
    assert suggestion(f"trace({text}) == ({text.replace('+', '-')})[1, 1]", seconds=1.0) is None
