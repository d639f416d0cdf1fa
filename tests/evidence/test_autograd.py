"""The random cross-check agrees with what is true, and finds what is false, claim by claim."""

import pytest

from matcalc.evidence import autograd
from matcalc.evidence.autograd import AGREEMENT, cross_check, relative_errors
from matcalc.evidence.autograd_backend import AutogradBackend
from matcalc.evidence.outcomes import NoPoint, Unsupported
from matcalc.evidence.relevance import relevant
from matcalc.evidence.values import read_point
from matcalc.language.nodes import Layout
from matcalc.results import NumericCheck
from tests.evidence.claims import FALSE, TRUE, claim


@pytest.mark.parametrize("text", TRUE)
def test_a_true_claim_agrees(text: str) -> None:
    found = cross_check(claim(text))
    assert isinstance(found, NumericCheck)
    assert found.agrees
    assert found.max_error < AGREEMENT


@pytest.mark.parametrize("text", FALSE)
def test_a_false_claim_disagrees(text: str) -> None:
    found = cross_check(claim(text))
    assert isinstance(found, NumericCheck)
    assert not found.agrees
    assert found.max_error > AGREEMENT


LAYOUTS: tuple[tuple[str, Layout, bool], ...] = (
    ("D(x.T @ x, x) == 2 * x", "mixed", True),
    ("D(x.T @ x, x) == 2 * x", "denominator", True),
    ("D(x.T @ x, x) == 2 * x.T", "numerator", True),
    ("D(B @ x, x) == B", "mixed", True),
    ("D(B @ x, x) == B", "numerator", True),
    ("D(B @ x, x) == B.T", "denominator", True),
    ("D(trace(A @ X), X) == A.T", "mixed", True),
    ("D(trace(A @ X), X) == A", "numerator", True),
    ("D(trace(A @ X), X) == A", "mixed", False),
    ("D(trace(A @ X), X) == A.T", "denominator", True),
    ("D(s * B, s) == B", "mixed", True),
    ("D(s * B, s) == B", "numerator", True),
    ("D(s * B, s) == B.T", "denominator", True),
    ("D(s * z, s) == z.T", "denominator", True),
    ("D(s * z.T, s) == z", "denominator", True),
    ("D(x.T @ B.T, x) == B", "mixed", True),
    ("D(x.T @ B.T, x) == B.T", "denominator", True),
    ("D(B @ X, X) == kron(eye(n), B)", "numerator", True),
    ("D(B @ X, X) == kron(eye(n), B.T)", "denominator", True),
    ("grad(trace(A @ X), X) == A.T", "numerator", True),
    ("jacobian(B @ x, x) == B", "denominator", True),
)


@pytest.mark.parametrize(("text", "layout", "agrees"), LAYOUTS)
def test_only_d_follows_the_layout(text: str, layout: Layout, agrees: bool) -> None:
    found = cross_check(claim(text, layout))
    assert isinstance(found, NumericCheck)
    assert found.agrees is agrees


NOWHERE = (
    "log(-norm(x) ** 2 - 1) == 0",
    "inv(A - A) == A",
    "sqrt(-p) == p",
    "1 / (s - s) == 1",
    "log(0 * s) == 0",
    "x[n + 1] == 0",
)


@pytest.mark.parametrize("text", NOWHERE)
def test_a_claim_that_is_defined_nowhere_has_no_point(text: str) -> None:
    assert cross_check(claim(text)) == NoPoint("no point was found at which every side is defined")


UNSUPPORTED = (
    ("grad(trace(A @ Q), Q) == A.T", "a derivative by the orthogonal matrix Q: it has no free entries"),
    ("D(x.T @ x, x) == 2 * x.T", "the sides have different shapes, n×1 and 1×n"),
    ("Sum(s, r, 1, 5000) == 5000 * s", "a sum of 5000 terms"),
    ("zeros(500, 500) == 0", "a matrix of more than 40000 entries"),
    ("D(D(D(D(D(D(D(s, s), s), s), s), s), s), s) == 0", "more than 6 nested derivatives"),
)


@pytest.mark.parametrize(("text", "reason"), UNSUPPORTED)
def test_what_is_beyond_the_check_is_said(text: str, reason: str) -> None:
    assert cross_check(claim(text)) == Unsupported(reason)


def test_different_sizes_have_different_values() -> None:
    found = cross_check(claim("B @ A @ x == B @ (A @ x)"))
    assert isinstance(found, NumericCheck)
    assert len(found.sizes) == 4
    assert all(len(set(sizes.values())) == len(sizes) for sizes in found.sizes)
    assert found.points == 16


def test_the_number_of_points_can_be_chosen() -> None:
    found = cross_check(claim("x + y == y + x"), points=2)
    assert isinstance(found, NumericCheck)
    assert found.points == 8


def test_sizes_at_which_a_claim_is_undefined_are_passed_over() -> None:
    found = cross_check(claim("inv(B.T @ B) @ B.T @ B == eye(n)"))
    assert isinstance(found, NumericCheck)
    assert found.agrees
    assert all(sizes["m"] >= sizes["n"] for sizes in found.sizes)


def test_two_checks_of_a_claim_are_the_same() -> None:
    first, second = (cross_check(claim("inv(A @ C) == inv(C) @ inv(A)")) for _ in range(2))
    assert isinstance(first, NumericCheck)
    assert isinstance(second, NumericCheck)
    assert (first.max_error, first.points, first.sizes) == (second.max_error, second.points, second.sizes)


def test_a_difference_that_the_exact_engine_does_not_find_is_no_refutation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AutogradBackend, "constant", lambda self, rows: self.batch([rows]) + 0.01)
    found = cross_check(claim("2 * x == x + x"))
    assert isinstance(found, Unsupported)
    assert found.reason.startswith("autograd is off by")
    assert found.reason.endswith("where the exact values agree")


def test_rounding_near_cancellation_is_no_difference() -> None:
    cancelling = relevant(claim("x * 3 - x * 2 - x == 0"))
    (error,) = relative_errors(cancelling, [read_point(cancelling, {"x": [0.1, 1e6]}, {})])
    assert error is not None
    assert error < AGREEMENT


def test_a_singular_point_has_no_error() -> None:
    inverse = relevant(claim("inv(A) @ A == eye(n)"))
    points = [read_point(inverse, {"A": rows}, {}) for rows in ([[1, 2], [2, 4]], [[1, 2], [2, 5]])]
    singular, regular = relative_errors(inverse, points)
    assert singular is None
    assert regular is not None


def test_an_error_between_rounding_and_difference_is_decided_by_exact_numbers() -> None:
    found = cross_check(claim("x + 0.00000001 * y == x"))
    assert isinstance(found, NumericCheck)
    assert not found.agrees
    assert found.max_error < autograd.DIFFERENCE
