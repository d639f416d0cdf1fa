"""The functions of the language: one table, one row each.

Adding a function is adding a row. Importing the table registers nothing; the parser, the suggestions and the
documentation read it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from matcalc.language.function_shapes import (
    ShapeRule,
    along_axis,
    along_rows,
    commutator,
    diagonal_to_column,
    dot_product,
    identity,
    kronecker,
    number_of_indices,
    outer_product,
    rectangle,
    reduced_along_rows,
    same,
    scalar,
    scalar_of_square,
    scalar_of_vector,
    square,
    stacked,
    transposed,
    unit_vector,
    vector_to_diagonal,
)

ArgumentKind: TypeAlias = Literal["value", "size", "index", "exponent", "axis"]
"""What stands in an argument position: an expression, or a whole number of some role."""


@dataclass(frozen=True, slots=True)
class Function:
    """A row: `kinds` are the argument positions, the first `least` of which must be filled."""

    name: str
    signature: str
    kinds: tuple[ArgumentKind, ...]
    least: int
    shape: ShapeRule
    doc: str
    example: str

    def mend(self) -> str:
        """How to write the function."""
        return f"write {self.signature}"


@dataclass(frozen=True, slots=True)
class Operator:
    """A form with a rule of its own: a derivative or a finite sum, with `arity` arguments."""

    name: str
    signature: str
    arity: int
    doc: str
    example: str

    def mend(self) -> str:
        """How to write the operator."""
        return f"write {self.signature}"


_V: tuple[ArgumentKind, ...] = ("value",)
_VV: tuple[ArgumentKind, ...] = ("value", "value")
_ROWS: tuple[ArgumentKind, ...] = ("value", "axis")


def _elementwise(name: str, doc: str, example: str) -> Function:
    return Function(name, f"{name}(x)", _V, 1, same, f"{doc}, entry by entry", example)


_ROWS_OF_TABLE: tuple[Function, ...] = (
    Function("inv", "inv(X)", _V, 1, square, "the inverse of a square matrix", "X @ inv(X) == eye(n)"),
    Function("pinv", "pinv(X)", _V, 1, transposed, "the Moore-Penrose pseudo-inverse", "A @ pinv(A) @ A == A"),
    Function("det", "det(X)", _V, 1, scalar_of_square, "the determinant", "det(X.T) == det(X)"),
    Function("logdet", "logdet(X)", _V, 1, scalar_of_square, "the logarithm of the absolute determinant",
             "logdet(X) == log(abs(det(X)))"),
    Function("adjugate", "adjugate(X)", _V, 1, square, "the adjugate, transpose of the cofactor matrix",
             "X @ adjugate(X) == det(X) * eye(n)"),
    Function("matrix_power", "matrix_power(X, k)", ("value", "exponent"), 2, square,
             "the matrix product of k copies", "matrix_power(X, 2) == X @ X"),
    Function("expm", "expm(X)", _V, 1, square, "the matrix exponential", "det(expm(X)) == exp(trace(X))"),
    Function("trace", "trace(X)", _V, 1, scalar_of_square, "the sum of the diagonal", "trace(X) == sum(diagonal(X))"),
    Function("sum", "sum(X), sum(X, 0) or sum(X, 1)", _ROWS, 1, along_axis,
             "the sum of all entries, of each column as a row (0), of each row as a column (1)",
             "sum(A) == sum(sum(A, 0))"),
    Function("norm", "norm(x)", _V, 1, scalar, "the 2-norm of a vector, the Frobenius norm of a matrix",
             "norm(A) ** 2 == trace(A.T @ A)"),
    Function("norm1", "norm1(x)", _V, 1, scalar_of_vector, "the sum of the absolute entries of a vector",
             "norm1(x) == sum(abs(x))"),
    Function("diag", "diag(x)", _V, 1, vector_to_diagonal, "the diagonal matrix of a vector", "diag(x) @ y == x * y"),
    Function("diagonal", "diagonal(X)", _V, 1, diagonal_to_column, "the diagonal of a square matrix, as a column",
             "diagonal(diag(x)) == x"),
    Function("vec", "vec(X)", _V, 1, stacked, "the columns of a matrix, stacked",
             "dot(vec(A), vec(A)) == norm(A) ** 2"),
    Function("kron", "kron(A, B)", _VV, 2, kronecker, "the Kronecker product",
             "kron(A, X).T == kron(A.T, X.T)"),
    Function("dot", "dot(x, y)", _VV, 2, dot_product, "the dot product of two vectors", "dot(x, y) == x.T @ y"),
    Function("outer", "outer(x, y)", _VV, 2, outer_product, "the outer product of two vectors",
             "outer(x, y) == x @ y.T"),
    Function("eye", "eye(n)", ("size",), 1, identity, "the identity matrix", "eye(m) @ A == A"),
    Function("zeros", "zeros(m, n) or zeros(n)", ("size", "size"), 1, rectangle, "the zero matrix, or a zero column",
             "A - A == zeros(m, n)"),
    Function("ones", "ones(m, n) or ones(n)", ("size", "size"), 1, rectangle, "the matrix or column of ones",
             "A * ones(m, n) == A"),
    Function("basis", "basis(i, n)", ("index", "size"), 2, unit_vector, "the column of zeros with a one at i",
             "X @ basis(i, n) == Sum(X[k, i] * basis(k, n), k, 1, n)"),
    Function("commutation", "commutation(m, n)", ("size", "size"), 2, commutator,
             "the permutation that takes vec(A) to vec(A.T) for A m×n", "commutation(m, n) @ vec(A) == vec(A.T)"),
    Function("delta", "delta(i, j)", ("index", "index"), 2, number_of_indices, "the Kronecker delta",
             "eye(n)[i, j] == delta(i, j)"),
    _elementwise("exp", "the exponential", "exp(x + y) == exp(x) * exp(y)"),
    _elementwise("log", "the natural logarithm", "log(exp(x)) == x"),
    _elementwise("sqrt", "the square root", "sqrt(x ** 2) == abs(x)"),
    _elementwise("sin", "the sine", "sin(-x) == -sin(x)"),
    _elementwise("cos", "the cosine", "cos(x) ** 2 + sin(x) ** 2 == ones(n)"),
    _elementwise("tan", "the tangent", "tan(x) == sin(x) / cos(x)"),
    _elementwise("sinh", "the hyperbolic sine", "sinh(x) == (exp(x) - exp(-x)) / 2"),
    _elementwise("cosh", "the hyperbolic cosine", "cosh(x) == (exp(x) + exp(-x)) / 2"),
    _elementwise("tanh", "the hyperbolic tangent", "D(sum(tanh(x)), x) == 1 - tanh(x) ** 2"),
    _elementwise("abs", "the absolute value", "abs(-x) == abs(x)"),
    _elementwise("sign", "the sign, -1, 0 or 1", "sign(x) * abs(x) == x"),
    _elementwise("relu", "the larger of an entry and 0", "relu(x) - relu(-x) == x"),
    _elementwise("sigmoid", "the logistic function 1 / (1 + exp(-x))", "sigmoid(-x) == 1 - sigmoid(x)"),
    _elementwise("softplus", "log(1 + exp(x))", "D(sum(softplus(x)), x) == sigmoid(x)"),
    _elementwise("erf", "the error function", "D(erf(s), s) == 2 / sqrt(pi) * exp(-s ** 2)"),
    Function("softmax", "softmax(x) or softmax(X, 1)", _ROWS, 1, along_rows,
             "exp(x) over its sum, of a vector or along each row of a matrix (1)",
             "softmax(x) == exp(x) / sum(exp(x))"),
    Function("logsumexp", "logsumexp(x) or logsumexp(X, 1)", _ROWS, 1, reduced_along_rows,
             "the logarithm of the sum of exp(x), of a vector or along each row of a matrix (1)",
             "D(logsumexp(x), x) == softmax(x)"),
    Function("detach", "detach(u)", _V, 1, same, "u as a constant: no derivative flows through it",
             "D(sum(detach(x) * x), x) == x"),
)  # fmt: skip

FUNCTIONS: dict[str, Function] = {row.name: row for row in _ROWS_OF_TABLE}
"""Every function by its name, in the order of the documentation."""

OPERATORS: dict[str, Operator] = {
    row.name: row
    for row in (
        Operator("D", "D(f, x)", 2, "the derivative of f by x in the identity's layout", "D(x.T @ x, x) == 2 * x"),
        Operator("grad", "grad(f, X)", 2, "the gradient of a scalar, in the shape of X", "grad(trace(X), X) == eye(n)"),
        Operator("jacobian", "jacobian(F, X)", 2, "the derivative of vec(F) by vec(X).T", "jacobian(A @ x, x) == A"),
        Operator("hessian", "hessian(f, x)", 2, "the Jacobian of the gradient of a scalar",
                 "hessian(x.T @ X @ x, x) == X + X.T"),
        Operator("d", "d(F)", 1, "the differential, where every X with its dX in the claim varies",
                 "d(X @ X) == dX @ X + X @ dX"),
        Operator("jvp", "jvp(F, x, v)", 3, "the derivative of F along v, in the shape of F",
                 "jvp(A @ x, x, y) == A @ y"),
        Operator("vjp", "vjp(F, x, v)", 3, "the gradient of sum(v * F) with v constant, in the shape of x",
                 "vjp(sin(x), x, y) == y * cos(x)"),
        Operator("Sum", "Sum(expr, r, lower, upper)", 4, "the sum over the integer r, both bounds included",
                 "Sum(x[r] * y[r], r, 1, n) == dot(x, y)"),
    )
}  # fmt: skip
"""Derivatives and the finite sum, whose arguments are not all values."""

EXAMPLE_SYMBOLS: dict[str, str] = {
    "s": "scalar",
    "x": "vector(n)",
    "y": "vector(n)",
    "A": "matrix(m, n)",
    "X": "matrix(n, n)",
    "i": "index(n)",
    "j": "index(n)",
}
"""The declarations under which every example of the tables parses."""


def is_known(name: str) -> bool:
    """Whether `name` is a function or operator of the language."""
    return name in FUNCTIONS or name in OPERATORS
