"""True claims are proved, false ones never, and a claim that stays open says what is missing."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from matcalc.language import to_text
from matcalc.language.nodes import Claim, Expression
from matcalc.prover import Proved, Unproved, normalisation, prove
from tests import strategies
from tests.claims import FALSE, FALSE_AT_ORIGIN, LONG, MATRIX_FUNCTIONS, TRUE, Case, params
from tests.duals import Number, Undefined, same
from tests.points import Point, origin, points
from tests.proofs import proof
from tests.textbook import evaluate


def values(claim: Claim, point: Point) -> list[list[Number]]:
    """The entries of each side, row by row; a lone 0 stands for every entry."""
    sides = [[number for row in evaluate(side, point) for number in row] for side in claim.sides]
    longest = max(map(len, sides))
    return [side * longest if len(side) == 1 else side for side in sides]


def holds(claim: Claim, point: Point) -> bool | None:
    """Whether all sides have one value at a point, None where one has none."""
    try:
        first, *others = values(claim, point)
    except Undefined:
        return None
    return all(same(a, b) for other in others for a, b in zip(first, other, strict=True))


@pytest.mark.parametrize("case", params(TRUE + LONG))
def test_a_true_claim_is_proved(case: Case) -> None:
    assert proof(case) is not None


@pytest.mark.parametrize("case", params(TRUE + LONG + MATRIX_FUNCTIONS))
def test_the_table_of_true_claims_is_right(case: Case) -> None:
    claim = case.claim()
    found = [holds(claim, point) for point in points(claim.scope, positive=case.positive)]
    assert True in found
    assert False not in found


@pytest.mark.parametrize("case", params(FALSE_AT_ORIGIN))
def test_the_table_of_claims_that_are_false_where_all_is_zero_is_right(case: Case) -> None:
    claim = case.claim()
    assert holds(claim, origin(claim.scope)) is False


@pytest.mark.parametrize("case", params(FALSE + FALSE_AT_ORIGIN))
def test_a_false_claim_is_not_proved(case: Case) -> None:
    assert proof(case) is None


@pytest.mark.parametrize("case", params(FALSE))
def test_the_table_of_false_claims_is_right(case: Case) -> None:
    claim = case.claim()
    few = points(claim.scope, count=2)
    many = points(claim.scope, count=12, sizes=(3, 2, 1, 2, 3, 1))
    assert any(holds(claim, point) is False for at in (few, many) for point in at)


MISSING = {
    "pinv(A) @ A @ x == x": "the normal forms of the two sides differ",
    "erf(s) == s": "the normal forms of the two sides differ",
    "s == t": "the normal forms of the two sides differ",
}


@pytest.mark.parametrize(("text", "missing"), MISSING.items())
def test_a_claim_that_stays_open_says_what_is_missing(text: str, missing: str) -> None:
    attempt = prove(Case(text).claim())
    assert isinstance(attempt, Unproved)
    assert missing in attempt.missing


def test_a_search_without_time_gives_up_and_says_so() -> None:
    attempt = prove(Case("D(x.T @ X @ x, x) == (X + X.T) @ x").claim(), seconds=-1)
    assert isinstance(attempt, Unproved)
    assert attempt.missing == "the time limit was reached"


def test_a_power_too_large_to_multiply_out_stays_in_parentheses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(normalisation, "MOST_EXPANDED", 3)
    assert isinstance(prove(Case("(s + t)**60 == (t + s)**60").claim()), Proved)


ASSUMPTIONS: dict[str, tuple[str, ...]] = {
    "s * t == t * s": (),
    "D(log(s), s) == 1 / s": ("s > 0", "s ≠ 0"),
    "sqrt(s)**2 == s": ("s ≥ 0",),
    "D(norm(x), x) == x / norm(x)": ("norm(x) ≠ 0",),
    "D(sum(abs(x)), x) == sign(x)": ("x ≠ 0",),
}


@pytest.mark.parametrize(("text", "assumptions"), ASSUMPTIONS.items())
def test_a_theorem_lists_where_both_sides_are_defined(text: str, assumptions: tuple[str, ...]) -> None:
    theorem = proof(Case(text))
    assert theorem is not None
    assert theorem.assumptions == assumptions


AWKWARD: tuple[Case, ...] = (
    Case("d(matrix_power(X, -k)) == d(inv(matrix_power(X, k)))"),
    Case("d(matrix_power(X, -2)) == d(inv(X) @ inv(X))"),
    Case("D(D(x * x, x)[i, i]**2, x) == 8 * x[i] * basis(i, n)"),
    Case("norm(adjugate(X))**2 == trace(adjugate(X).T @ adjugate(X))"),
    Case("2 / diag(x) == 2 / diag(x).T"),
    Case("inv(s)**3 == 1 / s**3"),
    Case("norm(expm(X / 9))**2 == trace(expm(X / 9).T @ expm(X / 9))"),
    Case("matrix_power(K * E, k) == matrix_power(K * E, k)", {"K": "matrix(n, n) skew", "E": "matrix(n, n) diagonal"}),
    Case("inv(X - X) == inv(X - X)"),
    Case("norm(matrix_power(-X.T, -k)) == norm(matrix_power(-X, -k))"),
)
"""Claims at which rules nearly apply."""


def check_attempt(case: Case) -> None:
    attempt = prove(case.claim())
    assert isinstance(attempt, Proved) or "refused" not in attempt.missing


@pytest.mark.parametrize("case", params(AWKWARD))
def test_the_search_proposes_nothing_that_the_kernel_refuses(case: Case) -> None:
    check_attempt(case)


@pytest.mark.parametrize("bounds", ["1, k", "0, k - 1"])
def test_an_inverse_in_a_sum_that_may_be_empty_says_nothing_of_its_matrix(bounds: str) -> None:
    """At k = 0 both sums are empty, X may be singular, and the trace of X pinv(X) is its rank."""
    total = f"Sum(trace(inv(X.T @ X)), r, {bounds})"
    assert isinstance(prove(Case(f"{total} + trace(X @ pinv(X)) == {total} + n").claim()), Unproved)
    whole = "Sum(trace(inv(X.T @ X)), r, 1, n)"
    assert isinstance(prove(Case(f"{whole} + trace(X @ pinv(X)) == n * trace(inv(X.T @ X)) + n").claim()), Proved)


def check_end(text: str) -> None:
    attempt = prove(Case(text).claim(), seconds=5.0)
    assert isinstance(attempt, Proved) or "limit" not in attempt.missing


@pytest.mark.parametrize(
    "text",
    [
        "D(log(1 / (2 - s + t)), s) == 1 / (2 - s + t)",
        "sqrt(2 / n - s) == sqrt((2 - n * s) / n)",
        "sqrt(k**2 - 1 / n) == sqrt(k**2 - 1 / n)",
    ],
)
def test_the_search_comes_to_an_end(text: str) -> None:
    check_end(text)


LARGE = (
    "(x.T @ x)**10 == norm(x)**20",
    "sum(x)**10 == sum(x)**4 * sum(x)**6",
    "grad(sum(x)**8, x) == 8 * sum(x)**7 * ones(n)",
    f"grad(trace({' @ '.join('X' * 16)}), X) == 16 * matrix_power(X.T, 15)",
    "trace(matrix_power(X, 24)) == trace(matrix_power(X.T, 24))",
    "norm(x)**8 * norm(y)**8 == (dot(x, x) * dot(y, y))**4",
    "trace(X @ Y @ X @ Y @ X @ Y @ X @ Y) == trace(Y @ X @ Y @ X @ Y @ X @ Y @ X)",
)


@pytest.mark.parametrize("text", LARGE)
def test_symmetric_claims_take_few_steps(text: str) -> None:
    theorem = proof(Case(text))
    assert theorem is not None
    assert sum(map(len, theorem.derivation.sides)) < 150


def test_full_rank_does_not_follow_from_an_elementwise_power() -> None:
    """X of rank 2 whose pseudo-inverse has entries with squares that make a matrix of rank 3."""
    inverse = "inv((pinv(X)**2).T @ (pinv(X)**2))"
    case = Case(f"X @ pinv(X) + {inverse} == eye(n) + {inverse}")
    claim = case.claim()
    X = [[Fraction(a, 3) for a in row] for row in ((1, 0, 1), (0, 1, 1), (1, -1, 0))]
    assert holds(claim, Point(claim.scope, {"n": 3}, {"X": X}, {})) is False
    assert proof(case) is None


@st.composite
def equations(draw: st.DrawFn) -> Claim:
    """Two expressions of one shape, mostly unequal, all of them defined."""
    shape = draw(st.sampled_from(strategies.SHAPES))
    sides = tuple(draw(strategies.expressions(shape, depth=2)) for _ in range(2))
    return Claim(" == ".join(map(to_text, sides)), sides, strategies.SCOPE, "mixed")


@given(equations())
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_proved_of_random_expressions_holds(claim: Claim) -> None:
    if isinstance(prove(claim, seconds=2.0), Proved):
        assert all(holds(claim, point) is not False for point in points(claim.scope, count=4))


@given(strategies.expressions(depth=2))
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_an_expression_equals_itself(expression: Expression) -> None:
    claim = Claim(to_text(expression), (expression, expression), strategies.SCOPE, "mixed")
    assert isinstance(prove(claim, seconds=2.0), Proved)
