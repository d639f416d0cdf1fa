"""Operators, transposes and entries: their faults name both shapes and the mend."""

import pytest

from tests.language.reading import marked_faults

OPERATORS = (
    ("A * C == A", "*", "A * C needs equal shapes, and A is m×n, C is n×p; write A @ C for the matrix product"),
    ("A * x == s", "*", "A * x needs equal shapes, and A is m×n, x is n×1; write A @ x for the matrix product"),
    ("A + B.T == A", "+", "A + B.T needs equal shapes, and A is m×n, B.T is n×m; write A + B"),
    ("A.T - B == A", "-", "A.T - B needs equal shapes, and A.T is n×m, B is m×n; write A.T - B.T"),
    ("X / A == X", "/", "X / A needs equal shapes, and X is n×n, A is m×n; make the shapes equal"),
    ("A / X == A", "/", "A / X needs equal shapes, and A is m×n, X is n×n; make the shapes equal"),
    (
        "z * A == A",
        "*",
        "z * A needs equal shapes, and z is m×1, A is m×n; write z @ ones(n).T for z, as only a scalar broadcasts",
    ),
    (
        "A + x.T == A",
        "+",
        "A + x.T needs equal shapes, and A is m×n, x.T is 1×n; "
        "write ones(m) @ x.T for x.T, as only a scalar broadcasts",
    ),
    ("(x + y) * z == x", "*", "(x + y) * z needs equal shapes, and x + y is n×1, z is m×1; make the shapes equal"),
    ("A + C == A", "+", "A + C needs equal shapes, and A is m×n, C is n×p; make the shapes equal"),
    ("x ** z == x", "**", "x ** z needs equal shapes, and x is n×1, z is m×1; make the shapes equal"),
    ("A @ B == s", "@", "A @ B joins n columns to m rows; declare B as matrix(n, n) or write A.T @ B"),
    ("X @ A == A", "@", "X @ A joins n columns to m rows; declare A as matrix(n, n) or write X @ A.T"),
    ("C @ A == s", "@", "C @ A joins p columns to m rows; declare A as matrix(p, n) or write A @ C"),
    ("A.T @ C == s", "@", "A.T @ C joins m columns to n rows; declare C as matrix(m, p) or write A @ C"),
    (
        "x @ y == s",
        "@",
        "x @ y joins 1 column to n rows; write x.T @ y for the dot product, x @ y.T for the outer product",
    ),
    ("x @ z == s", "@", "x @ z joins 1 column to m rows; write x @ z.T for the outer product"),
    ("x.T @ z == s", "@", "x.T @ z joins n columns to m rows; declare z as vector(n) or write z @ x.T"),
    ("s @ A == A", "@", "s @ A joins 1 column to m rows; write s * A for the multiple by a scalar"),
    ("A @ s == A", "@", "A @ s joins n columns to 1 row; write A * s for the multiple by a scalar"),
    ("(A + B) @ z == z", "@", "(A + B) @ z joins n columns to m rows; declare z as vector(n) or write (A + B).T @ z"),
    ("-A @ C.T == A", "@", "(-A) @ C.T joins n columns to p rows; write (-A) @ C"),
    ("A @ B @ C == C", "@", "A @ B joins n columns to m rows; declare B as matrix(n, n) or write A.T @ B"),
)


@pytest.mark.parametrize(("claim", "marked", "line"), OPERATORS, ids=[row[0] for row in OPERATORS])
def test_operands_that_do_not_fit_are_named_with_their_shapes(claim: str, marked: str, line: str) -> None:
    assert marked_faults(claim) == [(marked, line)]


ATTRIBUTES = (
    ("A.I == A", "I", "A has no attribute I; write inv(A)"),
    ("A.H == A", "H", "A has no attribute H; write A.T, as the language is real"),
    ("x.t == x", "t", "x has no attribute t; write x.T"),
    ("X.det == s", "det", "X has no attribute det; write det(X)"),
    (
        "(x + y).shape == s",
        "shape",
        "(x + y) has no attribute shape; the attributes are .T, and .prime of a declared function",
    ),
    ("f.prime == x", "f.prime", "f.prime is a function without its argument; write f.prime(x)"),
    ("A[1] == s", "A[1]", "A is m×n and an entry of it has 2 positions, not 1; write A[i, j]"),
    ("A[1, 2, 3] == s", "A[1, 2, 3]", "A is m×n and an entry of it has 2 positions, not 3; write A[i, j]"),
    ("(A + B)[1] == s", "(A + B)[1]", "A + B is m×n and an entry of it has 2 positions, not 1; write (A + B)[i, j]"),
    ("x[] == s", "x[]", "x is n×1 and an entry of it has 1 or 2 positions, not 0; write x[i, j]"),
    ("s[2] == s", "s[2]", "s is 1×1 and an entry of it has 2 positions, not 1; declare s as vector(n)"),
    ("x[0] == s", "0", "an index is 0; indices count from 1"),
    ("x[-1] == s", "-1", "an index is -1; indices count from 1"),
    ("x[1.5] == s", "1.5", "an index is a whole number, and 1.5 is none; write an integer"),
    ("x[q] == s", "q", "q is not declared; add q to where as index(n)"),
    ("x[x] == s", "x", "x is declared as vector, and an index is a whole number; declare x as index(n) or integer"),
    ("x[s] == s", "s", "s is declared as scalar, and an index is a whole number; declare s as index(n) or integer"),
    ("x[f] == s", "f", "f is declared as function, and an index is a whole number; declare f as index(n) or integer"),
    (
        "x[sin(1)] == s",
        "sin(1)",
        "an index is made of names and integers; write sums, differences and products of them",
    ),
    ("x[i / 2] == s", "i / 2", "an index is made of names and integers; write sums, differences and products of them"),
    (
        "x[i ** 12] == s",
        "12",
        "an index has an exponent other than 1 to 9; write a product, or give the power a name of its own",
    ),
    ("x[pi] == s", "pi", "an index is a whole number, and pi is none; choose another name"),
)


@pytest.mark.parametrize(("claim", "marked", "line"), ATTRIBUTES, ids=[row[0] for row in ATTRIBUTES])
def test_attributes_and_entries_that_do_not_exist_are_named(claim: str, marked: str, line: str) -> None:
    assert marked_faults(claim) == [(marked, line)]
