"""Derivatives, differentials and sums."""

import pytest

from tests.language.reading import marked_faults

FAULTS = (
    ("grad(A, x) == s", "A", "grad needs a scalar, and A is m×n; use jacobian or D"),
    ("grad(A @ x, x) == s", "A @ x", "grad needs a scalar, and A @ x is m×1; use jacobian or D"),
    ("hessian(x, x) == X", "x", "hessian needs a scalar, and x is n×1; use jacobian or D"),
    ("D(x) == X", "D(x)", "D takes 2 arguments, not 1; write D(f, x)"),
    ("D(s, x, y) == X", "y", "D takes 2 arguments, not 3; write D(D(s, x), y) for the second derivative"),
    ("d(s, x) == s", "x", "d takes 1 argument, not 2; write D(s, x) for the derivative"),
    ("jvp(x, x) == x", "jvp(x, x)", "jvp takes 3 arguments, not 2; write jvp(F, x, v)"),
    (
        "D(x, x + y) == X",
        "x + y",
        "D goes by a declared symbol or an entry of one, and x + y is neither; "
        "name a symbol of where, or its entry X[i, j]",
    ),
    (
        "D(x, X.T) == X",
        "X.T",
        "D goes by a declared symbol or an entry of one, and X.T is neither; "
        "name a symbol of where, or its entry X[i, j]",
    ),
    (
        "D(x, 3) == X",
        "3",
        "D goes by a declared symbol or an entry of one, and 3 is neither; "
        "name a symbol of where, or its entry X[i, j]",
    ),
    (
        "D(x, k) == X",
        "k",
        "k is declared as integer, and nothing is differentiated by it; declare k as scalar",
    ),
    (
        "D(x, f) == X",
        "f",
        "f is declared as function, and nothing is differentiated by it; declare f as scalar",
    ),
    ("D(x, n) == X", "n", "n is a number, and nothing is differentiated by it; name a symbol of where"),
    ("D(x, q) == X", "q", "q is not declared; add q to where"),
    ("D(x, X[1]) == X", "X[1]", "X is n×n and an entry of it has 2 positions, not 1; write X[i, j]"),
    ("D(x, x[0]) == X", "0", "an index is 0; indices count from 1"),
    ("jvp(A @ x, x, z) == z", "z", "jvp needs a direction of the shape of x, n×1, and z is m×1; give z the shape n×1"),
    ("jvp(A @ x, x, x.T) == z", "x.T", "jvp needs a direction of the shape of x, n×1, and x.T is 1×n; write x"),
    (
        "vjp(A @ x, x, x) == z",
        "x",
        "vjp needs a direction of the shape of A @ x, m×1, and x is n×1; give x the shape m×1",
    ),
    ("du == dx", "du", "du follows from dx, as u is a function of x; write d(u), or declare u without of x"),
    ("Sum(x[r], r, 1) == s", "Sum(x[r], r, 1)", "Sum takes 4 arguments, not 3; write Sum(expr, r, lower, upper)"),
    ("Sum(x[1], 3, 1, n) == s", "3", "3 is no name for a summation variable; write Sum(expr, r, lower, upper)"),
    ("Sum(x[n], n, 1, n) == s", "n", "n already has a meaning and cannot be a summation variable; choose another name"),
    ("Sum(x[1], x, 1, n) == s", "x", "x already has a meaning and cannot be a summation variable; choose another name"),
    ("Sum(x[k], k, 1, n) == s", "k", "k already has a meaning and cannot be a summation variable; choose another name"),
    (
        "Sum(pi, pi, 1, n) == s",
        "pi",
        "pi already has a meaning and cannot be a summation variable; choose another name",
    ),
    ("Sum(Sum(x[r], r, 1, n), r, 1, n) == s", "r", "r is the variable of the sum around it; choose another name"),
    ("Sum(x[r], r, 1, r) == s", "r", "r is not declared; the variable of a Sum has a meaning in its summand only"),
    ("Sum(x[r], r, 1, q) == s", "q", "q is not declared; add q to where as integer"),
    ("Sum(x[r], r, x, n) == s", "x", "x is declared as vector, and a bound is a whole number; declare x as integer"),
    ("Sum(x[r], r, 1.5, n) == s", "1.5", "a bound is a whole number, and 1.5 is none; write an integer"),
    (
        "Sum(trace(eye(r)), r, 1, n) == s",
        "r",
        "r is a summation variable and no size; sizes are the same in every term of a sum",
    ),
    ("Sum(D(x, r), r, 1, n) == s", "r", "r is a number, and nothing is differentiated by it; name a symbol of where"),
)


@pytest.mark.parametrize(("claim", "marked", "line"), FAULTS, ids=[row[0] for row in FAULTS])
def test_faults_of_derivatives_and_sums_are_named(claim: str, marked: str, line: str) -> None:
    assert marked_faults(claim) == [(marked, line)]
