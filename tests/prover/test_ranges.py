"""Claims about finite sums: true ones are proved, and near misses of them are not."""

import pytest

from tests.claims import Case, params
from tests.proofs import proof

_SHIFT = "Sum(basis(r + 1, n) @ basis(r, n).T, r, 1, n - 1)"
_TOEPLITZ = "Sum(Sum(t[q - p + n] * (basis(p, n) @ basis(q, n).T), p, 1, n), q, 1, n)"
_POWERS = {"c": "vector(q)", "d": "vector(q)", "P": "scalar"}
_NESTED = {"P": "scalar", "B": "scalar"}

PROVED: tuple[Case, ...] = (
    # parts of an axis
    Case("Sum(x[r], r, 1, n - 1) == sum(x) - x[n]"),
    Case("Sum(x[r], r, 2, n) == Sum(x[r + 1], r, 1, n - 1)"),
    Case("Sum(x[r], r, 1, i) + Sum(x[r], r, i + 1, n) == sum(x)"),
    Case("Sum(x[r], r, 1, k) + Sum(x[r], r, k + 1, n) == sum(x)"),
    Case("Sum(x[r], r, i, n) - x[i] == Sum(x[r], r, i + 1, n)"),
    Case("Sum(x[n + 1 - r], r, 1, n) == sum(x)"),
    Case("Sum(basis(r, n), r, 1, n - 1) == ones(n) - basis(n, n)"),
    Case("Sum(log(x[r]), r, 1, n - 1) == sum(log(x)) - log(x[n])", positive=True),
    # derivatives, also by one entry
    Case("D(Sum(x[r] * x[r + 1], r, 1, n - 1), x[i]) == x[i + 1] + x[i - 1]"),
    Case("D(Sum((x[r + 1] - x[r])**2, r, 1, n - 1), x[i]) == 2 * (2 * x[i] - x[i - 1] - x[i + 1])"),
    Case(
        "D(Sum(x[r] * x[r + 1], r, 1, n - 1), x) == Sum(basis(r, n) * x[r + 1] + basis(r + 1, n) * x[r], r, 1, n - 1)"
    ),
    Case("D(Sum(x[r] * s**r, r, 1, n), x[i]) == s**i"),
    Case("D(Sum(f(x[r]), r, 1, n - 1), x[n]) == 0"),
    Case("D(D(Sum(s**r, r, 0, k), s), s) == Sum(r * (r - 1) * s**(r - 2), r, 2, k)"),
    # shift and Toeplitz matrices
    Case(f"{_SHIFT}.T @ {_SHIFT} == eye(n) - basis(n, n) @ basis(n, n).T"),
    Case(f"{_SHIFT} @ {_SHIFT} == Sum(basis(r + 2, n) @ basis(r, n).T, r, 1, n - 2)"),
    Case(f"trace({_SHIFT}) == 0"),
    Case(f"D(trace(X @ {_TOEPLITZ}), t[n]) == trace(X)", {"t": "vector(2 * n)", **_NESTED}),
    Case(
        f"D(trace(X @ {_TOEPLITZ}), t[n + l]) == Sum(X[p + l, p], p, 1, n - l)",
        {"t": "vector(2 * n)", "l": "index(n)", **_NESTED},
    ),
    # telescoping, summation by parts
    Case("Sum(f(x[r + 1]) - f(x[r]), r, 1, n - 1) == f(x[n]) - f(x[1])"),
    Case("Sum(x[r] * (y[r + 1] - y[r]) + y[r + 1] * (x[r + 1] - x[r]), r, 1, n - 1) == x[n] * y[n] - x[1] * y[1]"),
    # geometric sums
    Case("(1 - s) * Sum(s**r, r, 0, k) == 1 - s**(k + 1)"),
    Case("Sum(s**r, r, 0, k - 1) == (1 - s**k) / (1 - s)"),
    Case("Sum(r * s**r, r, 0, k) == (s - (k + 1) * s**(k + 1) + k * s**(k + 2)) / (1 - s)**2"),
    Case("(s - t) * Sum(s**r * t**(k - 1 - r), r, 0, k - 1) == s**k - t**k"),
    Case("(1 - s)**2 * Sum(r * s**r, r, 0, k) == s - (k + 1) * s**(k + 1) + k * s**(k + 2)"),
    Case("Sum(s**r, r, 0, k + l + 1) == Sum(s**r, r, 0, k) + s**(k + 1) * Sum(s**r, r, 0, l)", {"l": "integer"}),
    Case("Sum(exp(s * r), r, 0, k - 1) * (1 - exp(s)) == 1 - exp(k * s)"),
    Case("Sum((-1)**r, r, 0, 2 * k) == 1"),
    Case("Sum(matrix_power(X, r), r, 0, k - 1) @ (eye(n) - X) == eye(n) - matrix_power(X, k)"),
    Case("Sum(matrix_power(X, r), r, 0, k - 1) == inv(eye(n) - X) @ (eye(n) - matrix_power(X, k))"),
    Case(
        "matrix_power(X, k) - matrix_power(Y, k)"
        " == Sum(matrix_power(X, r) @ (X - Y) @ matrix_power(Y, k - 1 - r), r, 0, k - 1)"
    ),
    # sums of powers of the variable
    Case("Sum(r**3, r, 1, n) == Sum(r, r, 1, n)**2"),
    Case("Sum(r**2, r, 1, n) == n * (n + 1) * (2 * n + 1) / 6"),
    Case("Sum(r, r, 1, k - 1) == k * (k - 1) / 2"),
    # nested sums
    Case("Sum(Sum(X[p, q], q, p, n), p, 1, n) == Sum(Sum(X[p, q], p, 1, q), q, 1, n)", _NESTED),
    Case("sum(x)**2 == norm(x)**2 + 2 * Sum(Sum(x[p] * x[q], q, p + 1, n), p, 1, n)", _NESTED),
    Case("Sum(Sum(x[q], q, 1, r), r, 1, n) == Sum((n + 1 - r) * x[r], r, 1, n)", _NESTED),
    Case("D(Sum(Sum(x[p] * x[q], q, 1, p - 1), p, 1, n), x) == sum(x) * ones(n) - x", _NESTED),
    Case("Sum(Sum(X[p, p + q], p, 1, n - q), q, 0, n - 1) == Sum(Sum(X[p, q], q, p, n), p, 1, n)", _NESTED),
    Case("Sum(k - r, r, 0, k) == Sum(Sum(1, q, 1, k - r), r, 0, k)", _NESTED),
    # polynomials of a matrix
    Case(
        "D(trace(Sum(c[r] * matrix_power(X, r - 1), r, 1, q)), X)"
        " == Sum((r - 1) * c[r] * matrix_power(X, r - 2), r, 2, q).T",
        _POWERS,
    ),
    Case(
        "Sum(c[r] * matrix_power(X, r - 1), r, 1, q)"
        " == c[1] * eye(n) + X @ Sum(c[r] * matrix_power(X, r - 2), r, 2, q)",
        _POWERS,
    ),
    Case(
        "Sum(c[r] * matrix_power(X, r), r, 1, q) @ Sum(d[r] * matrix_power(X, r), r, 1, q)"
        " == Sum(d[r] * matrix_power(X, r), r, 1, q) @ Sum(c[r] * matrix_power(X, r), r, 1, q)",
        _POWERS,
    ),
    # deltas
    Case("delta(i + 1, j + 1) == delta(i, j)"),
    Case("basis(i + 1, n).T @ basis(j + 1, n) == delta(i, j)"),
    Case("Sum(delta(r + 1, i) * x[r], r, 1, n - 1) == x[i - 1]"),
)


@pytest.mark.parametrize("case", params(PROVED))
def test_a_true_claim_is_proved(case: Case) -> None:
    assert proof(case) is not None


NEAR_MISSES: tuple[Case, ...] = (
    # sums without terms, and fewer than none
    Case("Sum(1, r, 1, k - 1) == k - 1"),
    Case("Sum(r, r, 0, k - 2) == (k - 1) * (k - 2) / 2"),
    Case("Sum(s**r, r, 1, k - 1) == Sum(s**r, r, 0, k - 1) - 1"),
    Case("Sum(s**r, r, 2, k) == Sum(s**r, r, 0, k) - 1 - s"),
    Case("(1 - s) * Sum(s**r, r, 0, k - 2) == 1 - s**(k - 1)"),
    Case("Sum(2**r, r, 0, k - 2) == 2**(k - 1) - 1"),
    Case("Sum(matrix_power(X, r), r, 0, k - 2) @ (eye(n) - X) == eye(n) - matrix_power(X, k - 1)"),
    Case("Sum(k - r, r, 0, k + 2) == Sum(Sum(1, q, 1, k - r), r, 0, k + 2)", _NESTED),
    # ends of the axis
    Case("Sum(x[r], r, 2, n) == sum(x) - x[n]"),
    Case("D(Sum(x[r]**2, r, 1, n - 1), x[i]) == 2 * x[i]"),
    Case("D(Sum(x[r] * x[r + 1], r, 1, n - 1), x[i]) == Sum(delta(r, i) * x[r], r, 1, n)"),
    Case("Sum(delta(r, i), r, 1, n - 1) == 1"),
    Case("Sum(delta(r, i), r, 2, n) == 1"),
    Case("Sum(delta(r, k), r, 1, n) == 1"),
    Case(f"{_SHIFT} @ {_SHIFT}.T == eye(n)"),
    Case("Sum(x[r], r, i, j) == Sum(x[r], r, 1, j) - Sum(x[r], r, 1, i) + x[i]"),
    # other sums
    Case("Sum(s**r, r, 0, k + 1) == Sum(s**r, r, 0, k) + s**k"),
    Case("Sum((-1)**r, r, 0, k) == 1"),
    Case("Sum(Sum(X[p, q], q, 1, p), p, 1, n) == Sum(Sum(X[p, q], p, 1, q), q, 1, n)", _NESTED),
    Case("Sum(Sum(x[p] * y[q], q, 1, p - 1), p, 1, n) == (sum(x) * sum(y) - dot(x, y)) / 2", _NESTED),
    Case("sum(x)**2 == norm(x)**2 + Sum(Sum(x[p] * x[q], q, p + 1, n), p, 1, n)", _NESTED),
    Case("Sum(Sum(x[q], q, 1, r), r, 1, n) == Sum((n - r) * x[r], r, 1, n)", _NESTED),
    Case("Sum(x[r] * x[n + 1 - r], r, 1, n) == norm(x)**2"),
    # deltas
    Case("delta(i, j) == delta(i, j + 1)"),
    Case("delta(i, 1) == 0"),
    Case("delta(i, j) * s**i == s**j"),
    Case("D(x[n], x[1]) == 0"),
    Case("exp(k * s) == k * exp(s)"),
)


@pytest.mark.parametrize("case", params(NEAR_MISSES))
def test_a_near_miss_is_not_proved(case: Case) -> None:
    assert proof(case) is None
