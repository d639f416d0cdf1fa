"""Worked examples are checked exactly and by autograd."""

from dataclasses import dataclass
from typing import Any

import pytest

from matcalc.evidence.autograd_backend import AutogradBackend
from matcalc.evidence.examples import check_example
from matcalc.language.nodes import Layout
from tests.evidence.claims import claim


@dataclass(frozen=True)
class Example:
    at: dict[str, Any]
    value: Any


HOLD: tuple[tuple[str, Layout, dict[str, Any], Any], ...] = (
    ("D(2 * x.T @ x, x) == 4 * x", "mixed", {"x": [0, 1, 2, 3]}, [0, 4, 8, 12]),
    ("2 * x.T @ x == 2 * dot(x, x)", "mixed", {"x": [0, 1, 2, 3]}, 28),
    ("D(sum(x * x), x) == 2 * x", "mixed", {"x": [0, 1, 2, 3]}, [0, 2, 4, 6]),
    ("D(sum(detach(x * x) * x), x) == x * x", "mixed", {"x": [0, 1, 2, 3]}, [0, 1, 4, 9]),
    ("vjp(x * x, x, ones(n)) == 2 * x", "mixed", {"x": [0, 1, 2, 3]}, [0, 2, 4, 6]),
    ("D(x.T @ A @ x, x) == (A + A.T) @ x", "mixed", {"x": [1, 2], "A": [[1, 2], [3, 4]]}, [12, 21]),
    ("D(x.T @ x, x) == 2 * x.T", "numerator", {"x": [1, 2]}, [[2, 4]]),
    ("inv(A) == inv(A)", "mixed", {"A": [[2, 0], [0, 3]]}, [["1/2", 0], [0, "1/3"]]),
    ("exp(s) == exp(s)", "mixed", {"s": 1}, 2.7182818),
    ("x[i] == x[i]", "mixed", {"x": [5, 6], "i": 2}, 6),
    ("x == x == x", "mixed", {"x": [5, 6]}, [5, 6]),
    ("x - x == 0", "mixed", {"x": [5, 6]}, [0, 0]),
    ("2 * x == x + x", "mixed", {"x": [1], "A": [[1, 2], [3, 4]]}, [2]),
)


@pytest.mark.parametrize(("text", "layout", "at", "value"), HOLD)
def test_an_example_that_holds_has_no_fault(text: str, layout: Layout, at: dict[str, Any], value: Any) -> None:
    assert check_example(claim(text, layout), Example(at, value)) is None


FAIL: tuple[tuple[str, dict[str, Any], Any, str], ...] = (
    ("2 * x == x + x", {"x": [1, 2]}, [2, 5], "the left side is [2, 4], and the example says [2, 5]"),
    ("2 * x == 3 * x", {"x": [1, 2]}, [2, 4], "the right side is [3, 6], and the example says [2, 4]"),
    ("x == x == 2 * x", {"x": [1]}, [1], "side 3 is 2, and the example says 1"),
    ("2 * x.T == 2 * x.T", {"x": [1, 2]}, [2, 4], "the left side is [[2, 4]], and the example says [2, 4]"),
    (
        "s / 3 == s / 3",
        {"s": 1},
        0.333333333333,
        "the left side is 1/3, and the example says 0.333333333333",
    ),
    ("exp(s) == exp(s)", {"s": 1}, 2.718, "the left side is 2.71828182846, and the example says 2.718"),
    ("1 / s == 1 / s", {"s": 0}, 0, "a side has no value at this point: a division by zero or a singular matrix"),
    ("x == x", {"x": [1, 2], "n": 3}, [1, 2], "x has 2 rows, declared as n = 3"),
    ("x == x", {}, [1, 2], "no value is given for x"),
    ("x == x", {"x": [1, 2]}, [[1], [2, 3]], "a matrix needs rows of equal length, with at least one entry"),
    ("f(s) == f(s)", {"s": 1}, 1, "f is an arbitrary function, and no value can be given for it"),
    (
        "Sum(s, r, 1, 2000) == 2000 * s",
        {"s": 1},
        2000,
        "the example cannot be evaluated: a sum of 2000 terms",
    ),
)


@pytest.mark.parametrize(("text", "at", "value", "message"), FAIL)
def test_an_example_that_fails_says_what_was_found(text: str, at: dict[str, Any], value: Any, message: str) -> None:
    assert check_example(claim(text), Example(at, value)) == message


def test_autograd_is_asked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AutogradBackend, "constant", lambda self, rows: self.batch([rows]) + 1)
    message = check_example(claim("2 * x == x + x"), Example({"x": [1, 2]}, [2, 4]))
    assert message == "by autograd the left side is [3, 6], and not [2, 4]"
