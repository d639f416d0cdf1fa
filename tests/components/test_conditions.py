"""The side conditions of a claim, read off it as written."""

import pytest

from matcalc.components.conditions import conditions
from tests.claims import Case

CONDITIONS: dict[str, tuple[str, ...]] = {
    "s + t == t + s": (),
    "s / 2 == s * 0.5": (),
    "s / t == s / t": ("t ≠ 0",),
    "1 / (s * t) == 1 / s / t": ("s ≠ 0", "t ≠ 0"),
    "x**(-1) == 1 / x": ("x ≠ 0",),
    "x**2 == x * x": (),
    "s**k * s == s**(k + 1)": (),
    "sqrt(s) == s**(1/2)": ("s ≥ 0",),
    "D(sqrt(s), s) == D(s**0.5, s)": ("s > 0",),
    "s**t == exp(t * log(s))": ("s > 0",),
    "2**s == exp(s * log(2))": (),
    "D(s**k, s) == k * s**(k - 1)": ("s ≠ 0",),
    "log(x) == log(x)": ("x > 0",),
    "inv(X) == inv(X)": ("X invertible",),
    "logdet(X) == log(abs(det(X)))": ("X invertible", "abs(det(X)) > 0"),
    "norm(x) == norm(x)": (),
    "D(norm(x), x) == x / norm(x)": ("norm(x) ≠ 0",),
    "D(norm(x)**2, x) == 2 * x": (),
    "abs(s) == abs(-s)": (),
    "D(abs(s), s) == sign(s)": ("s ≠ 0",),
    "d(relu(x)) == dx * (1 + sign(x)) / 2": ("x ≠ 0",),
}


@pytest.mark.parametrize(("text", "expected"), CONDITIONS.items())
def test_the_conditions_of_a_claim(text: str, expected: tuple[str, ...]) -> None:
    assert conditions(Case(text).claim()) == expected


WITHOUT: dict[str, str] = {
    "w / t == w / t": "scalar nonzero",
    "log(t) == log(t)": "scalar positive",
    "D(abs(t), t) == sign(t)": "scalar positive",
    "sqrt(t)**2 == t": "scalar positive",
}


@pytest.mark.parametrize(("text", "declaration"), WITHOUT.items())
def test_what_is_declared_is_no_condition(text: str, declaration: str) -> None:
    assert conditions(Case(text, {"t": declaration, "w": "scalar"}).claim()) == ()


@pytest.mark.parametrize("declaration", ["matrix(n, n) invertible", "matrix(n, n) pd", "matrix(n, n) orthogonal"])
def test_a_matrix_declared_invertible_needs_no_condition(declaration: str) -> None:
    assert conditions(Case("inv(V) == inv(V)", {"V": declaration}).claim()) == ()
