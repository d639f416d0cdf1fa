"""What is false gets a counterexample that a person can check, what is true gets none."""

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from matcalc.evidence import counterexample, sides
from matcalc.evidence.counterexample import find_counterexample
from matcalc.evidence.outcomes import UndefinedError
from matcalc.evidence.relevance import relevant
from matcalc.evidence.sides import exact_sides
from matcalc.evidence.values import read_point, rows_of
from matcalc.results import Counterexample
from tests.evidence.claims import FALSE, FALSE_BY_LITTLE, TRUE, claim

ROOT = Path(__file__).parents[2]


def found(text: str) -> Counterexample:
    counterexample = find_counterexample(claim(text), seconds=30.0)
    assert counterexample is not None
    return counterexample


@pytest.mark.parametrize("text", TRUE)
def test_a_true_claim_has_no_counterexample(text: str) -> None:
    assert find_counterexample(claim(text), seconds=0.1) is None


@pytest.mark.parametrize("text", FALSE_BY_LITTLE)
def test_special_points_are_enough_where_floats_see_no_difference(text: str) -> None:
    assert find_counterexample(claim(text), seconds=30.0, thorough=False) is not None


@pytest.mark.parametrize("text", [*FALSE, *FALSE_BY_LITTLE])
def test_a_false_claim_has_a_counterexample(text: str) -> None:
    counterexample = found(text)
    assert counterexample.lhs != counterexample.rhs


@pytest.mark.parametrize("name", ["A", "B", "C", "D1", "M", "N"])
def test_what_is_defined_where_the_symbols_are_of_different_kinds_has_a_counterexample(name: str) -> None:
    text = f"hessian(-sum(log(z - abs({name} @ x))), x) == {name}.T @ diag(1 / (z - {name} @ x) ** 2) @ {name}"
    assert find_counterexample(claim(text, where={name: "matrix(m, n)"})) is not None


@pytest.mark.parametrize(
    "text", [text for text in FALSE if not any(word in text for word in ("f(", ".prime", "W", "w", "u"))]
)
def test_a_counterexample_can_be_checked_from_its_print(text: str) -> None:
    counterexample = found(text)
    stated = relevant(claim(text))
    again = exact_sides(stated, read_point(stated, {**counterexample.sizes, **counterexample.at}, {}))
    if again.is_rational:
        assert again.values[0] == rows_of(counterexample.lhs)
        assert rows_of(counterexample.rhs) in again.values[1:]


PRINTED = (
    (
        "D(x.T @ A @ x, x) == 2 * A @ x",
        Counterexample({"n": 2}, {"x": ((0,), (1,)), "A": ((0, 0), (1, 0))}, ((1,), (0,)), ((0,), (0,))),
    ),
    ("D(x.T @ x, x) == x", Counterexample({"n": 1}, {"x": ((1,),)}, ((2,),), ((1,),))),
    ("3 * s == 2 * s", Counterexample({}, {"s": 1}, 3, 2)),
    ("p ** 2 / 3 == p", Counterexample({}, {"p": 1}, "1/3", 1)),
    ("exp(s) == 1 + s", Counterexample({}, {"s": 1}, 2.71828182846, 2, 1e-12)),
    ("x[i] == x[j]", Counterexample({"n": 2}, {"x": ((1,), (0,)), "i": 1, "j": 2}, 1, 0)),
    ("d(s ** 2) == s * ds", Counterexample({}, {"s": 1, "ds": 1}, 2, 1)),
    (
        "D(x.T @ x, x) == 2 * x.T",
        Counterexample({"n": 2}, {"x": ((1,), (0,))}, ((2,), (0,)), ((2, 0),)),
    ),
)


@pytest.mark.parametrize(("text", "expected"), PRINTED)
def test_counterexamples_are_small_and_plain(text: str, expected: Counterexample) -> None:
    counterexample = found(text)
    assert counterexample == expected


def test_a_claim_that_fails_from_size_three_on_is_refuted_there() -> None:
    assert found("(A @ C - C @ A) @ (A @ C - C @ A) @ X == X @ (A @ C - C @ A) @ (A @ C - C @ A)").sizes == {"n": 3}


FALSE_IN_A_CORNER = (
    pytest.param("x + 0.000000001 * y == x", {"n": 1}, id="by a tiny coefficient"),
    pytest.param("D(x.T @ A @ x, x) == (A + A.T) @ x + 0.000000001 * x", {"n": 1}, id="by a tiny coefficient, derived"),
    pytest.param("trace(A) ** 2 - trace(A @ A) == 2 * det(A)", {"n": 1}, id="at n = 1 and from 3 on"),
    pytest.param("det(A - 2 * trace(A) / n * eye(n)) == det(A)", {"n": 1}, id="at odd sizes"),
    pytest.param("K @ K @ K == -trace(K.T @ K) / 2 * K", {"n": 4}, id="from n = 4 on"),
    pytest.param("det(B.T @ B) * B == 0 * B + B * det(B @ B.T)", {"m": 1, "n": 2}, id="where a matrix is rectangular"),
    pytest.param("abs(s) == s", {}, id="for negative numbers"),
    pytest.param("sum(abs(A)) == sum(A)", {"n": 1}, id="for negative entries"),
    pytest.param("A @ C == C @ A", {"n": 2}, id="off commuting matrices"),
    pytest.param("D(x.T @ A @ x, x) == 2 * A @ x", {"n": 2}, id="off symmetric matrices"),
    pytest.param("A.T @ A == eye(n)", {"n": 1}, id="off orthogonal matrices"),
    pytest.param("det(2 * A) == 2 * det(A)", {"n": 2}, id="off n = 1"),
    pytest.param("matrix_power(A, e) == A * 1", {"n": 1}, id="off one exponent"),
)


@pytest.mark.parametrize(("text", "sizes"), FALSE_IN_A_CORNER)
def test_what_is_false_in_a_corner_only_is_refuted_there(text: str, sizes: dict[str, int] | None) -> None:
    counterexample = find_counterexample(claim(text), seconds=30.0)
    assert (counterexample and dict(counterexample.sizes)) == sizes


def test_sides_of_decimals_have_a_bound_for_their_error() -> None:
    counterexample = found("norm(x) == norm1(x)")
    assert counterexample.error == 5e-12
    assert counterexample.lhs == 1.41421356237
    assert counterexample.rhs == 2
    assert found("x == 2 * x").error is None
    assert found("expm(A + C) == expm(A) @ expm(C)").error is None


def test_bounds_that_are_infinite_are_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    def unbounded(ball: object) -> tuple[Fraction, Fraction]:
        raise UndefinedError("no bound")

    monkeypatch.setattr(counterexample, "bounds", unbounded)
    assert found("norm(x) == norm1(x)").error is None


def test_numbers_whose_bounds_meet_are_no_counterexample(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_counterexample(claim("exp(s) == 1 + s"), seconds=30.0) is not None
    monkeypatch.setattr(sides, "are_apart", lambda left, right: False)
    assert find_counterexample(claim("exp(s) == 1 + s"), seconds=30.0) is None


def test_an_arbitrary_function_is_printed_as_what_was_chosen() -> None:
    counterexample = found("D(f(s), s) == f(s)")
    assert str(counterexample.at["f"]).startswith("t -> ")
    counterexample = found("D(dot(u, v), x) == D(u, x).T @ v")
    assert str(counterexample.at["u"]).startswith("(x1) -> ")


def test_decimals_that_look_the_same_get_more_digits() -> None:
    counterexample = found("pi == 3.14159265358979")
    assert (counterexample.lhs, counterexample.rhs) == ("3.14159265358979323846264338328", "3.14159265358979")


def test_sides_that_are_only_zero_in_different_shapes_are_the_last_resort() -> None:
    counterexample = found("zeros(m, n) == zeros(n, m)")
    assert counterexample.lhs == ((0, 0),)
    assert counterexample.rhs == ((0,), (0,))


PROPERTIES = (
    "pd",
    "psd",
    "symmetric",
    "skew",
    "diagonal",
    "lower",
    "upper",
    "invertible",
    "orthogonal",
    "positive",
    "nonzero",
)


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_counterexample_has_the_declared_properties(name: str) -> None:
    stated = claim("M == 2 * M + ones(n, n)", where={"M": f"matrix(n, n) {name}"})
    counterexample = find_counterexample(stated)
    assert counterexample is not None
    point = read_point(relevant(stated), counterexample.at, {})  # refuses a value without the property
    assert all(isinstance(entry, Fraction) for row in point.values["M"] for entry in row)


HOPELESS = ("grad(trace(A @ Q), Q) == A.T", "log(-norm(x) ** 2 - 1) == 0", "zeros(500, 500) == 1 + zeros(500, 500)")


@pytest.mark.parametrize("text", HOPELESS)
def test_nothing_is_found_where_nothing_can_be_evaluated(text: str) -> None:
    assert find_counterexample(claim(text)) is None


def test_no_time_means_no_candidate() -> None:
    assert find_counterexample(claim("x == 2 * x"), seconds=-1.0) is None


def test_a_search_finds_the_same_in_every_process() -> None:
    code = (
        "from matcalc.evidence import find_counterexample; from tests.evidence.claims import claim;"
        "print(find_counterexample(claim('A @ u == f(C @ v)', where={'v': 'vector(n) of x', 'u': 'vector(n) of x'})))"
    )
    outputs = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", code]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1
