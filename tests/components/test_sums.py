"""Finite sums: which become sums over an index, and that no index is captured on the way."""

import pytest

from matcalc.components.lowering import lower_claim
from matcalc.components.terms import Entries, Range, bodies
from tests.claims import Case, params
from tests.components.test_lowering import check_values
from tests.points import points


def counts(entries: Entries) -> bool:
    """Whether a sum that counts from 0 stands anywhere in the entries."""
    heads = [factor.head for term in entries.terms for factor in term.factors]
    return any(isinstance(head, Range) or any(map(counts, bodies(head))) for head in heads)


OVER_AN_AXIS = (
    Case("Sum(x[r], r, 1, n) == sum(x)"),
    Case("Sum(X[r, r], r, 1, n) == trace(X)"),
    Case("Sum(exp(x[r] * s), r, 1, n) == sum(exp(s * x))"),
    Case("Sum(D(norm(x)**2, x[r]) * y[r], r, 1, n) == 2 * dot(x, y)"),
    Case("Sum(detach(x[r]) * x[r], r, 1, n) == dot(x, x)"),
    Case("Sum(s, r, 1, n) == n * s"),
    Case("Sum(s, r, 1, k) == k * s"),
    Case("Sum(Sum(X[r, q], q, 1, n), r, 1, n) == sum(X)", {"P": "scalar"}),
)

COUNTED = (
    Case("Sum(s**r, r, 0, k) == Sum(s**r, r, 0, k)"),
    Case("Sum(r * s, r, 1, n) == s * Sum(r, r, 1, n)"),
    Case("Sum(x[r], r, 1, k) == Sum(x[r], r, 1, k)"),
    Case("Sum(x[n + 1 - r], r, 1, n) == sum(x)"),
    Case("Sum(s, r, 1, k - 1) == Sum(s, r, 0, k - 2)"),
    Case("Sum(s, r, 1, n - m) == Sum(s, r, 1, n - m)", {"A": "matrix(m, n)"}),
    Case("Sum(det(X) * X[r, r], r, 1, n) == det(X) * trace(X)"),
    Case("Sum(det(r * X), r, 1, n) == Sum(det(r * X), r, 1, n)"),
    Case("Sum(Sum(s, q, 1, r), r, 1, n) == s * Sum(r, r, 1, n)", {"P": "scalar"}),
    Case("Sum(Sum(X[r, q], q, 1, r), r, 1, n) == Sum(Sum(X[r, q], q, 1, r), r, 1, n)", {"P": "scalar"}),
    Case("Sum(delta(r, i) * x[r], r, 1, n) == x[i]"),
    Case("Sum(Sum(s**(r * q), q, 0, r), r, 0, k) == Sum(Sum(s**(r * q), q, 0, r), r, 0, k)", {"P": "scalar"}),
)


@pytest.mark.parametrize("case", params(OVER_AN_AXIS))
def test_a_sum_over_all_positions_of_an_axis_is_a_sum_over_an_index(case: Case) -> None:
    assert not counts(lower_claim(case.claim())[0].entries)


@pytest.mark.parametrize("case", params(COUNTED[:6]))
def test_any_other_sum_counts_from_zero(case: Case) -> None:
    assert counts(lower_claim(case.claim())[0].entries)


@pytest.mark.parametrize("case", params(OVER_AN_AXIS + COUNTED))
def test_a_sum_keeps_its_value(case: Case) -> None:
    claim = case.claim()
    check_values(claim, list(points(claim.scope, count=5, sizes=(3, 2, 1))))
