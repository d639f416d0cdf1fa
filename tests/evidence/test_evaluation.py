"""The recursion over the tree: every operator's value at a point worked out by hand, by both engines."""

import itertools
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings, strategies as st

from matcalc.evidence.autograd import autograd_sides
from matcalc.evidence.evaluation import CONSTANTS
from matcalc.evidence.functions import wavy_function, wavy_map
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.points import draw_functions, draw_raw, realise
from matcalc.evidence.relevance import relevant, symbols
from matcalc.evidence.sides import decimal_sides, exact_sides
from matcalc.evidence.sizes import with_integers
from matcalc.evidence.values import read_point, rows_of
from matcalc.language import parse_claim
from matcalc.language.functions import FUNCTIONS
from matcalc.language.nodes import Claim, Expression, Layout
from tests import strategies

WHERE = {
    "s": "scalar",
    "x": "vector(n)",
    "v": "vector(n)",
    "A": "matrix(n, n)",
    "B": "matrix(m, n)",
    "S": "matrix(n, n) symmetric",
    "K": "matrix(n, n) skew",
    "G": "matrix(n, n) diagonal",
    "Q": "matrix(n, n) orthogonal",
    "i": "index(n)",
    "j": "index(n)",
    "k": "integer",
}
AT: dict[str, Any] = {
    "s": 3,
    "x": [1, 2],
    "v": [5, 7],
    "A": [[1, 2], [3, 4]],
    "B": [[1, 0], [2, 1], [0, 3]],
    "S": [[1, 2], [2, 5]],
    "K": [[0, 2], [-2, 0]],
    "G": [[2, 0], [0, 3]],
    "Q": [[0, 1], [-1, 0]],
    "i": 1,
    "j": 2,
    "k": 3,
    "ds": 1,
    "dx": [1, -1],
    "dA": [[0, 1], [1, 0]],
    "dS": [[0, 1], [1, 0]],
}

SIZES = {"m": 3, "n": 2}

VALUES: tuple[tuple[str, Any], ...] = (
    ("0.5 * x", [0.5, 1]),
    ("n * x", [2, 4]),
    ("k", 3),
    ("A[i, j]", 2),
    ("x[j]", 2),
    ("x.T[2]", 2),
    ("(A @ A)[2, 1]", 15),
    ("A[n, n]", 4),
    ("x[j - i]", 1),
    ("basis(i + 1, n)", [0, 1]),
    ("delta(i, j)", 0),
    ("delta(i + 1, j)", 1),
    ("ones(n)", [1, 1]),
    ("ones(n, m)", [[1, 1, 1], [1, 1, 1]]),
    ("zeros(n)", [0, 0]),
    ("commutation(2, 2)", [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]),
    ("Sum(x[r] * r, r, 1, n)", 5),
    ("Sum(s ** r, r, 0, k - 1)", 13),
    ("Sum(x, r, 2, 1)", [0, 0]),
    ("Sum(Sum(A[p, q], p, 1, q), q, 1, n)", 7),
    ("matrix_power(A, k - 1)", [[7, 10], [15, 22]]),
    ("d(x.T @ x) + 0 * sum(dx)", -2),
    ("d(A @ x) + 0 * (dA @ x + A @ dx)", [1, 0]),
    ("d(s * x) + 0 * ds * dx", [4, -1]),
    ("D(s ** 3, s)", 27),
    ("grad(x.T @ A @ x, x)", [12, 21]),
    ("grad(trace(A.T @ A), A)", [[2, 4], [6, 8]]),
    ("jacobian(B @ x, x)", [[1, 0], [2, 1], [0, 3]]),
    ("jacobian(x * s, s)", [1, 2]),
    ("hessian(x.T @ A @ x, x)", [[2, 5], [5, 8]]),
    ("hessian(s ** 3, s)", 18),
    ("jvp(x * x, x, v)", [10, 28]),
    ("jvp(A @ A, A, A)", [[14, 20], [30, 44]]),
    ("vjp(x * x, x, v)", [10, 28]),
    ("vjp(A @ x, A, v)", [[5, 10], [7, 14]]),
    ("D(A @ x, A[i, j])", [2, 0]),
    ("D(x * x, x[2])", [0, 4]),
    ("grad(sum(S * A), S)", [[1, 5], [5, 4]]),
    ("grad(sum(K * A), K)", [[0, -1], [1, 0]]),
    ("grad(sum(G * A), G)", [[1, 0], [0, 4]]),
    ("D(S, S[1, 2])", [[0, 1], [1, 0]]),
    ("D(S, S[2, 2])", [[0, 0], [0, 1]]),
    ("D(G, G[1, 2])", [[0, 0], [0, 0]]),
    ("d(S @ S) + 0 * dS", [[4, 6], [6, 4]]),
    ("jvp(trace(S @ A), S, A)", 29),
    ("Q.T @ Q", [[1, 0], [0, 1]]),
    ("D(sum(detach(x) * x), x)", [1, 2]),
    ("D(sum(detach(x * x) * x), x)", [1, 4]),
    ("D(D(detach(s) * s ** 2, s), s)", 6),
    ("D(D(s ** 3, s), s)", 18),
    ("D(x.T @ D(x.T @ A @ x, x), x)", [24, 42]),
    ("0 * x + x", [1, 2]),
    ("norm(x - x) ** 2 + norm(x) ** 2", 5),
    ("D(norm(x) ** 4 / 2, x)", [10, 20]),
    ("grad(norm(A @ v - detach(A @ v)) ** 2, v)", [0, 0]),
    ("hessian(s * norm(x - detach(x)) ** 2 / 2, x)", [[3, 0], [0, 3]]),
    ("hessian(norm(x - detach(x)) ** 4, x)", [[0, 0], [0, 0]]),
)


def values(text: str, at: Mapping[str, Any], layout: Layout = "mixed") -> tuple[Any, Any]:
    """The expression by the exact engine and by autograd."""
    claim = relevant(parse_claim(f"{text} == {text}", WHERE, layout))
    names = {*claim.scope.declarations, *claim.scope.sizes}
    given = {
        name: value for name, value in at.items() if name in names or name.removeprefix("d") in names and name in text
    }
    point = read_point(claim, {**{name: SIZES[name] for name in claim.scope.sizes if name in SIZES}, **given}, {})
    return exact_sides(claim, point).values[0], autograd_sides(claim, [point])[1][0][0]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values_worked_out_by_hand(text: str, expected: Any) -> None:
    exact, floats = values(text, AT)
    assert exact == rows_of(expected)
    assert floats == tuple(pytest.approx(tuple(map(float, row)), abs=1e-12) for row in rows_of(expected))


LAYOUTS: tuple[tuple[str, Layout, Any], ...] = (
    ("D(x.T @ x, x)", "mixed", [2, 4]),
    ("D(x.T @ x, x)", "numerator", [[2, 4]]),
    ("D(x.T @ x, x)", "denominator", [2, 4]),
    ("D(trace(A @ A), A)", "mixed", [[2, 6], [4, 8]]),
    ("D(trace(A @ A), A)", "numerator", [[2, 4], [6, 8]]),
    ("D(trace(A @ A), A)", "denominator", [[2, 6], [4, 8]]),
    ("D(s * x, s)", "mixed", [1, 2]),
    ("D(s * x, s)", "numerator", [1, 2]),
    ("D(s * x, s)", "denominator", [[1, 2]]),
    ("D(s * B, s)", "mixed", [[1, 0], [2, 1], [0, 3]]),
    ("D(s * B, s)", "numerator", [[1, 0], [2, 1], [0, 3]]),
    ("D(s * B, s)", "denominator", [[1, 2, 0], [0, 1, 3]]),
    ("D(B @ x, x)", "mixed", [[1, 0], [2, 1], [0, 3]]),
    ("D(B @ x, x)", "numerator", [[1, 0], [2, 1], [0, 3]]),
    ("D(B @ x, x)", "denominator", [[1, 2, 0], [0, 1, 3]]),
    ("D(x @ x.T, x)", "mixed", [[2, 0], [2, 1], [2, 1], [0, 4]]),
    ("D(x @ x.T, x)", "denominator", [[2, 2, 2, 0], [0, 1, 1, 4]]),
    ("D(x * x, x[1])", "denominator", [[2, 0]]),
)


@pytest.mark.parametrize(("text", "layout", "expected"), LAYOUTS)
def test_each_layout_arranges_the_derivative_its_own_way(text: str, layout: Layout, expected: Any) -> None:
    exact, _ = values(text, AT, layout)
    assert exact == rows_of(expected)


OUTSIDE = ("x[3]", "x[n + 1]", "A[i - 1, 1]", "basis(n + 1, n)", "Sum(x[r], r, 0, n)", "x[i - 1]")


@pytest.mark.parametrize("text", OUTSIDE)
def test_an_index_outside_its_range_is_undefined(text: str) -> None:
    with pytest.raises(UndefinedError):
        values(text, AT)


def test_the_derivative_of_a_norm_at_zero_is_undefined() -> None:
    with pytest.raises(UndefinedError):
        values("grad(norm(x - detach(x)), x)", AT)


@pytest.mark.parametrize("text", ["(-s) ** s", "(s - s) ** (s + 1)", "(-x) ** s"])
def test_a_power_with_a_real_exponent_wants_a_positive_base(text: str) -> None:
    with pytest.raises(UndefinedError):
        values(text, AT)


def test_every_constant_of_the_language_has_its_matrix() -> None:
    assert {name for name, row in FUNCTIONS.items() if "value" not in row.kinds} == CONSTANTS.keys()


def draw(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(rng.randint(-8, 8), 8)


@given(strategies.expressions(everywhere=True), st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_both_engines_give_a_random_expression_the_same_value(expression: Expression, seed: int) -> None:
    claim = relevant(Claim("", (expression, expression), strategies.SCOPE, "mixed"))
    rng = random.Random(seed)
    numbers = with_integers(claim, {name: size for name, size in SIZES.items() if name in claim.scope.sizes}, 2, rng)
    functions = draw_functions(claim, numbers, rng, wavy_function, wavy_map)
    try:
        raw = draw_raw(symbols(claim), numbers, rng, itertools.repeat(draw))
        point = realise(symbols(claim), numbers, raw, functions)
        exact = decimal_sides(claim, point).values[0]
    except (UndefinedError, OutOfReachError):
        assume(False)
    backend, ((floats,), _) = autograd_sides(claim, [point])
    scale = backend.magnitude()[0]
    assume(scale < 1e100)
    for row, floats_row in zip(exact, floats, strict=True):
        assert floats_row == pytest.approx([float(entry) for entry in row], rel=1e-9, abs=1e-9 * scale)
