"""Calls: counts, shapes and callees."""

import pytest

from tests.language.reading import marked_faults

CALLEES = (
    ("tarce(X) == s", "tarce", "tarce is no function of the language; did you mean trace?"),
    ("tr(X) == s", "tr", "tr is no function of the language; write trace(X)"),
    ("g(x) == x", "g", "g is no function of the language; declare g as function"),
    ("A(x) == x", "A(x)", "A is declared as matrix, not as function; write A * x or A @ x for a product"),
    ("s(x) == x", "s(x)", "s is declared as scalar, not as function; write s * x"),
    ("u(x) == u", "u(x)", "u is declared as vector, not as function; write u: it is already a function of x"),
    ("n(x) == x", "n(x)", "n is no function; write n * x"),
    ("2(x) == x", "2(x)", "2 is no function; write 2 * x"),
    ("(x + y)(s) == x", "(x + y)(s)", "x + y is no function; write (x + y) * s or (x + y) @ s for a product"),
    ("A(x, y) == x", "A(x, y)", "A is declared as matrix, not as function; write a product with * or @"),
    ("f() == x", "f()", "f takes 1 argument, not 0; write f(x)"),
    ("f(x, y) == x", "y", "f takes 1 argument, not 2; write f(x)"),
    ("f.prime(x, y) == x", "y", "f.prime takes 1 argument, not 2; write f.prime(x)"),
    ("g.prime(x) == x", "g", "g is no declared function; declare g as function"),
    ("sin.prime(x) == x", "sin", "sin is no declared function; write D(f, x) for a derivative"),
    (
        "A.prime(x) == x",
        "A.prime(x)",
        "A is declared as matrix, not as function; declare A as function",
    ),
    (
        "f.second(x) == x",
        "second",
        "f has no method second; the language has functions, and of attributes .T and .prime only",
    ),
    ("A.sum() == s", "sum", "A has no method sum; write sum(A)"),
    ("x.dot(y) == s", "dot", "x has no method dot; write dot(x, y)"),
    ("(x + y).transpose() == x", "transpose", "(x + y) has no method transpose; write (x + y).T"),
)


@pytest.mark.parametrize(("claim", "marked", "line"), CALLEES, ids=[row[0] for row in CALLEES])
def test_what_is_called_must_be_a_function(claim: str, marked: str, line: str) -> None:
    assert marked_faults(claim) == [(marked, line)]


ARGUMENTS = (
    ("trace() == s", "trace()", "trace takes 1 argument, not 0; write trace(X)"),
    ("trace(X, X) == s", "X", "trace takes 1 argument, not 2; write trace(X)"),
    ("norm(x, 2) == s", "2", "norm takes 1 argument, not 2; write norm(x)"),
    ("zeros(m, n, 1) == A", "1", "zeros takes 1 or 2 arguments, not 3; write zeros(m, n) or zeros(n)"),
    ("basis(n) == x", "basis(n)", "basis takes 2 arguments, not 1; write basis(i, n)"),
    ("kron(A) == A", "kron(A)", "kron takes 2 arguments, not 1; write kron(A, B)"),
    ("trace(A) == s", "trace(A)", "trace needs a square matrix, and A is m×n; declare A as matrix(m, m)"),
    ("det(x) == s", "det(x)", "det needs a square matrix, and x is n×1; give it as many rows as columns"),
    ("inv(A) == A", "inv(A)", "inv needs a square matrix, and A is m×n; write pinv(A) for the pseudo-inverse"),
    (
        "logdet(A @ C) == s",
        "logdet(A @ C)",
        "logdet needs a square matrix, and A @ C is m×p; give it as many rows as columns",
    ),
    (
        "matrix_power(A, 2) == A",
        "matrix_power(A, 2)",
        "matrix_power needs a square matrix, and A is m×n; declare A as matrix(m, m)",
    ),
    ("diag(A) == A", "diag(A)", "diag needs a vector, and A is m×n; write diagonal(A) for the diagonal of a matrix"),
    ("diagonal(x) == x", "diagonal(x)", "diagonal needs a square matrix, and x is n×1; write diag(x)"),
    ("diagonal(A) == x", "diagonal(A)", "diagonal needs a square matrix, and A is m×n; declare A as matrix(m, m)"),
    ("norm1(A) == s", "norm1(A)", "norm1 needs a vector, and A is m×n; write sum(abs(A)) for a matrix"),
    ("dot(x, z) == s", "dot(x, z)", "dot needs vectors of one length, and x is n×1, z is m×1; make the lengths equal"),
    (
        "dot(A, x) == s",
        "dot(A, x)",
        "dot needs a vector, and A is m×n; write trace(A.T @ B) or sum(A * B) for matrices",
    ),
    ("outer(A, x) == A", "outer(A, x)", "outer needs a vector, and A is m×n; write kron(A, B) for matrices"),
    (
        "softmax(A) == A",
        "softmax(A)",
        "softmax needs a vector, and A is m×n; write softmax(A, 1) along each row of a matrix",
    ),
    (
        "softmax(A, 0) == A",
        "softmax(A, 0)",
        "softmax has no axis 0; write softmax(A, 1) along each row, softmax(A.T, 1) along each column",
    ),
    (
        "logsumexp(A) == s",
        "logsumexp(A)",
        "logsumexp needs a vector, and A is m×n; write logsumexp(A, 1) along each row of a matrix",
    ),
    (
        "logsumexp(A, 2) == s",
        "logsumexp(A, 2)",
        "logsumexp has no axis 2; write logsumexp(A, 1) along each row, logsumexp(A.T, 1) along each column",
    ),
    ("sum(A, 2) == s", "sum(A, 2)", "sum has no axis 2; write 0 for the sums of columns, 1 for the sums of rows"),
    ("sum(A, k) == s", "sum(A, k)", "sum has no axis k; write 0 for the sums of columns, 1 for the sums of rows"),
    (
        "matrix_power(X, s) == X",
        "s",
        "s is declared as scalar, and an exponent is a whole number; declare s as integer",
    ),
    ("matrix_power(X, 0.5) == X", "0.5", "an exponent is a whole number, and 0.5 is none; write an integer"),
    ("matrix_power(X, q) == X", "q", "q is not declared; add q to where as integer"),
    (
        "eye(A) == X",
        "A",
        "A is declared as matrix, and a size is a whole number; write a size name, or declare A as integer",
    ),
    ("eye(0) == X", "0", "a size is 0; a size is a positive integer"),
    ("eye(n - 1) == X", "n - 1", "a size has no minus; name the smaller size n and the larger n + k"),
    ("eye(-n) == X", "-n", "a size has no minus; name the smaller size n and the larger n + k"),
    ("eye(n / 2) == X", "n / 2", "a size is made of names and integers; write sums and products of them"),
    (
        "eye(i) == X",
        "i",
        "i is declared as index, and a size is a whole number; write a size name, or declare i as integer",
    ),
    ("eye(pi) == X", "pi", "a size is a whole number, and pi is none; choose another name"),
    ("basis(0, n) == x", "0", "an index is 0; indices count from 1"),
    ("basis(4, 3) == x", "basis(4, 3)", "basis has no position 4 among 3; write a position from 1 to 3"),
    (
        "delta(x, i) == 1",
        "x",
        "x is declared as vector, and an index is a whole number; declare x as index(n) or integer",
    ),
)


@pytest.mark.parametrize(("claim", "marked", "line"), ARGUMENTS, ids=[row[0] for row in ARGUMENTS])
def test_arguments_that_do_not_fit_a_function_are_named(claim: str, marked: str, line: str) -> None:
    assert marked_faults(claim) == [(marked, line)]
