"""What a claim means by entries is what it means by whole matrices."""

from collections.abc import Iterable
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings

from matcalc.components.lowering import NoMeaning, lower_claim
from matcalc.language import to_text
from matcalc.language.nodes import Claim, Expression
from tests import strategies
from tests.claims import FALSE, MATRIX_FUNCTIONS, TRUE, Case, params
from tests.duals import Number, Undefined
from tests.oracle import agree, value
from tests.points import Point, points
from tests.textbook import evaluate


def check_values(claim: Claim, at: Iterable[Point]) -> None:
    """Both readings of each side agree wherever both have a value."""
    for array, side in zip(lower_claim(claim), claim.sides, strict=True):
        for point in at:
            try:
                read, lowered = evaluate(side, point), value(array.entries, point)
            except Undefined:
                continue
            assert agree(numbered(chain(*read)), numbered(lowered.values())), to_text(side)


def numbered(numbers: Iterable[Number]) -> dict[tuple[int, ...], Number]:
    """The entries in the order of rows and columns."""
    return {(place,): number for place, number in enumerate(numbers)}


@pytest.mark.parametrize("case", params(TRUE + MATRIX_FUNCTIONS + FALSE))
def test_lowering_keeps_the_value_of_both_sides(case: Case) -> None:
    claim = case.claim()
    check_values(claim, list(points(claim.scope, positive=case.positive)))


@given(strategies.expressions())
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_lowering_keeps_the_value_of_any_expression(expression: Expression) -> None:
    claim = Claim(to_text(expression), (expression, expression), strategies.SCOPE, "mixed")
    try:
        check_values(claim, list(points(claim.scope, sizes=(2, 1), count=1)))
    except NoMeaning:
        return


CUTS = (
    Case("eye(m * n) == kron(eye(m), eye(n))", {"A": "matrix(m, n)"}),
    Case("kron(eye(n), eye(m)) == kron(eye(m), eye(n))", {"A": "matrix(m, n)"}),
    Case("M @ vec(A) == M @ vec(A)", {"M": "matrix(q, m * n)"}),
    Case("kron(vec(A), a) == vec(outer(a, vec(A)))"),
    Case("vec(kron(A, P)) == vec(kron(A, P))"),
    Case("kron(X, kron(A, P)) == kron(kron(X, A), P)"),
    Case("kron(M, A) @ kron(vec(A), eye(n)) == kron(M @ vec(A), A)", {"M": "matrix(q, n * m)"}),
    Case("trace(kron(X, Z) @ M) == trace(M @ kron(X, Z))", {"Z": "matrix(m, m)", "M": "matrix(n * m, n * m)"}),
    Case("M * outer(a, x) == M * kron(a, x.T)", {"M": "matrix(m, n)"}),
    Case("reading @ vec(A) == reading @ vec(A)", {"reading": "matrix(p, n * m)"}),
)
"""Sides whose axes are cut into indices in different ways."""


@pytest.mark.parametrize("case", params(CUTS))
def test_an_axis_is_read_alike_however_it_is_cut(case: Case) -> None:
    claim = case.claim()
    check_values(claim, list(points(claim.scope, count=3)))


def test_sides_of_different_shapes_have_no_common_axes() -> None:
    claim = Case("x == x.T").claim()
    with pytest.raises(ValueError, match="different sizes"):
        lower_claim(claim)
