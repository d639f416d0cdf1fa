"""A claim is proved at explicit sizes when every entry agrees there; what is false is proved at no telling size."""

import pytest

from matcalc.evidence.entrywise import assignments, check_at_sizes
from matcalc.evidence.relevance import relevant
from matcalc.language import parse_claim
from tests.evidence.claims import FALSE, FALSE_BY_LITTLE, TRUE, claim

SECONDS = 20.0

BEYOND = {
    "det(expm(A)) == exp(trace(A))": "at n = 2: the exponential of a generic matrix",
    "D(expm(s * A), s) == A @ expm(s * A)": "at n = 2: the exponential of a generic matrix",
    "D(trace(expm(X)), X) == expm(X).T": "at n = 2: the exponential of a generic matrix",
    "D(O, s).T @ O == -O.T @ D(O, s)": "at n = 2: the arbitrary orthogonal function O",
}
"""True claims that the engine cannot evaluate, and what it says of them."""

ALSO_TRUE = (
    "B @ pinv(B) @ B == B",
    "(pinv(B) @ B).T == pinv(B) @ B",
    "diagonal(L @ L) == diagonal(L) * diagonal(L)",
    "d(inv(S)) == -inv(S) @ dS @ inv(S)",
    "Sum(x[r], r, 1, n - 1) == sum(x) - x[n]",
    "(1 - s) * Sum(s ** r, r, 0, k) == 1 - s ** (k + 1)",
    "inv(A + x @ y.T) == inv(A) - inv(A) @ x @ y.T @ inv(A) / (1 + y.T @ inv(A) @ x)",
    "cos(2 * s) == 2 * cos(s) ** 2 - 1",
    "tanh(s) == 2 * sigmoid(2 * s) - 1",
    "sqrt(det(P) ** 2) == det(P)",
    "sign(det(P)) == 1",
    "sqrt(det(V) ** 2) == det(V)",
    "exp(logdet(A)) == abs(det(A))",
    "sqrt(s) * sqrt(t) == sqrt(s * t)",
)

ALSO_FALSE = (
    "pinv(B) @ B == eye(n)",
    "det(A) * pinv(A) == adjugate(A)",
    "sign(s) ** 2 == 1",
    "sign(det(V)) == 1",
    "exp(logdet(A)) == det(A)",
    "sqrt(s ** 2 * t) * 0 + abs(t) == t",
    "trace(R) == n - 2",
    "sign(det(eye(n) + Q)) ** 2 == 1",
    "s ** k == s",
    "f(-s) == f(s)",
)


@pytest.mark.parametrize("text", [text for text in TRUE if text not in BEYOND] + list(ALSO_TRUE))
def test_a_true_claim_is_proved_at_the_first_sizes_where_it_says_something(text: str) -> None:
    stated = relevant(claim(text))
    checks = (check_at_sizes(stated, SECONDS, [sizes]) for sizes in assignments(stated))
    check = next(check for check in checks if check.agrees or "no value" not in str(check.missing))
    assert (check.agrees, check.missing) == (True, None)
    assert check.entries > 0


@pytest.mark.parametrize("text", BEYOND)
def test_what_is_out_of_reach_is_named(text: str) -> None:
    check = check_at_sizes(claim(text), SECONDS)
    assert (check.agrees, check.sizes, check.missing) == (None, (), BEYOND[text])


@pytest.mark.parametrize("text", [*FALSE, *FALSE_BY_LITTLE, *ALSO_FALSE])
def test_a_false_claim_is_not_proved(text: str) -> None:
    assert check_at_sizes(claim(text), SECONDS).agrees is not True


COMMUTATOR = "(A @ C - C @ A) @ (A @ C - C @ A) @ X == X @ (A @ C - C @ A) @ (A @ C - C @ A)"


def test_what_is_true_of_small_matrices_only_is_told_by_larger_ones() -> None:
    assert [check_at_sizes(claim(COMMUTATOR), SECONDS, [{"n": n}]).agrees for n in (1, 2, 3)] == [True, True, False]
    check = check_at_sizes(claim(COMMUTATOR), SECONDS)
    assert (check.agrees, check.sizes) == (False, ({"n": 3},))


ASSIGNMENTS = (
    ("scalar", [{}]),
    ("matrix(n, n)", [{"n": 2}, {"n": 3}]),
    ("matrix(m, n)", [{"m": 2, "n": 3}, {"m": 3, "n": 2}]),
    ("matrix(m + n, n)", [{"m": 1, "n": 2}, {"m": 2, "n": 2}]),
    ("matrix(m * n, m)", [{"m": 2, "n": 2}, {"m": 2, "n": 3}]),
    ("matrix(2, 2)", [{}]),
    ("matrix(m + n, p + q)", [{"m": 2, "n": 3, "p": 4, "q": 5}, {"m": 2, "n": 3, "p": 2, "q": 3}]),
)


@pytest.mark.parametrize(("declaration", "expected"), ASSIGNMENTS, ids=[text for text, _ in ASSIGNMENTS])
def test_extents_differ_from_each_other_and_are_never_all_one(declaration: str, expected: list[dict[str, int]]) -> None:
    assert assignments(parse_claim("M == M", {"M": declaration}, "mixed"))[:2] == expected


def test_integers_are_proved_at_small_values_which_are_named() -> None:
    check = check_at_sizes(claim("(1 - s) * Sum(s ** r, r, 0, e) == 1 - s ** (e + 1)"), SECONDS)
    assert (check.agrees, check.integers) == (True, {"e": (0, 1, 2, 3)})


def test_a_claim_without_a_value_is_not_proved() -> None:
    check = check_at_sizes(claim("inv(A - A) == s * A"), SECONDS)
    assert (check.agrees, check.missing) == (None, "at n = 2: no value of both sides was found")


def test_what_did_not_fit_the_time_says_so() -> None:
    check = check_at_sizes(claim("inv(A @ C) == inv(C) @ inv(A)"), 0.0)
    assert (check.agrees, check.missing) == (None, "at n = 2: the time limit was reached")


def test_different_shapes_are_not_compared() -> None:
    assert (
        check_at_sizes(claim("x == x.T"), SECONDS).missing == "at n = 2: the sides have different shapes, n×1 and 1×n"
    )
