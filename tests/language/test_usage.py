"""What the use of names says before any of them has a meaning."""

import pytest

from matcalc.language.syntax import parse_formula
from matcalc.language.usage import sources, usage_of

MARKS = (
    ("A @ x + y", "A: array; x: array; y: value"),
    ("x.T", "x: array"),
    ("norm(x - y)", "x: array; y: array"),
    ("norm(s * x) + sin(t)", "s: value; x: value; t: value"),
    ("det(X / s)", "X: array; s: value"),
    ("x[i] + X[i + 1, 2]", "x: array; i: index shift; X: array"),
    ("basis(i, n) * delta(j, 1)", "i: index; j: index"),
    ("matrix_power(X, k) * 2 ** p", "X: array; k: integer; p: exponent"),
    ("Sum(x[r], r, 1, n)", "x: array; r: index; n: bound"),
    ("f(x) + g.prime.prime(y)", "f: applied; x: value; g: applied; y: value"),
    ("D(f, x) + jvp(F, X, V)", "f: value; x: value; F: value; X: value; V: value"),
    ("eye(n) * pi + sum(x, 0)", "x: array"),
    ("d + x", "d: value; x: value"),
    ("d(X) + d", "X: value"),
)


@pytest.mark.parametrize(("text", "marks"), MARKS, ids=[row[0] for row in MARKS])
def test_each_use_of_a_name_is_marked(text: str, marks: str) -> None:
    usage = usage_of((parse_formula(text),))
    assert "; ".join(f"{name}: {' '.join(sorted(found))}" for name, found in usage.marks.items()) == marks


SOURCES = (
    ("D(u, x)", "u of x"),
    ("D(u, x[i])", "u of x"),
    ("D(x, x)", ""),
    ("D(A @ x, x)", ""),
    ("D(inv(Y), t)", "Y of t"),
    ("D(A @ u, x)", ""),
    ("D(A @ u, x) + D(u, x)", "u of x"),
    ("D(g, x) + D(g, u) + D(u, x)", "g of u; u of x"),
    ("D(g, x) + D(g, y)", "g of x, y"),
    ("D(A @ v, x)", ""),
)


@pytest.mark.parametrize(("text", "found"), SOURCES, ids=[row[0] for row in SOURCES])
def test_what_is_differentiated_on_its_own_depends_on_the_variable(text: str, found: str) -> None:
    usage = usage_of((parse_formula(text),))
    undeclared = [name for name in usage.marks if name != "v"]
    known = sources(usage, undeclared, {"v": ("x",)})
    assert "; ".join(f"{name} of {', '.join(of)}" for name, of in known.items()) == found
