"""Matrices as lists of rows, and the functions of the language on them, as a textbook defines them by entries."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from tests.duals import REALS, TOLERANCE, Matrix, Number, Undefined, base, function, power, reciprocal, size

ONE, ZERO = Fraction(1), Fraction(0)


def built(rows: int, columns: int, entry: Callable[[int, int], Number]) -> Matrix:
    """The matrix with these entries, counted from 0."""
    return [[entry(i, j) for j in range(columns)] for i in range(rows)]


def mapped(f: Callable[[Number], Number], A: Matrix) -> Matrix:
    """f of each entry."""
    return [[f(a) for a in row] for row in A]


def broadcast(f: Callable[[Number, Number], Number], A: Matrix, B: Matrix, shape: tuple[int, int]) -> Matrix:
    """f of the entries of two matrices side by side; a 1×1 matrix counts for every entry."""

    def pick(M: Matrix, i: int, j: int) -> Number:
        return M[i][j] if (len(M), len(M[0])) == shape else M[0][0]

    return built(*shape, lambda i, j: f(pick(A, i, j), pick(B, i, j)))


def transpose(A: Matrix) -> Matrix:
    """Rows and columns exchanged."""
    return [list(column) for column in zip(*A, strict=True)]


def multiply(A: Matrix, B: Matrix) -> Matrix:
    """The matrix product."""
    return [
        [sum((a * b for a, b in zip(row, column, strict=True)), ZERO) for column in zip(*B, strict=True)] for row in A
    ]


def identity(n: int) -> Matrix:
    """Ones on the diagonal."""
    return built(n, n, lambda i, j: Fraction(i == j))


def stacked(A: Matrix) -> Matrix:
    """The columns of A under one another."""
    return [[a] for column in zip(*A, strict=True) for a in column]


def entries(A: Matrix) -> list[Number]:
    """All entries, row by row."""
    return [a for row in A for a in row]


def scalar(a: Number) -> Matrix:
    """A 1×1 matrix."""
    return [[a]]


def kronecker(A: Matrix, B: Matrix) -> Matrix:
    """Blocks a B."""
    p, q = len(B), len(B[0])
    return built(len(A) * p, len(A[0]) * q, lambda i, j: A[i // p][j // q] * B[i % p][j % q])


def commutation(m: int, n: int) -> Matrix:
    """Takes the stacked columns of any m×n matrix to those of its transpose."""
    order = entries(transpose(stacked([[(i, j) for j in range(n)] for i in range(m)])))
    turned = entries(transpose(stacked(transpose([[(i, j) for j in range(n)] for i in range(m)]))))
    return built(m * n, m * n, lambda r, c: Fraction(turned[r] == order[c]))


def determinant(A: Matrix) -> Number:
    """By elimination, where a column has an entry to divide by, else by Laplace's expansion along it."""
    if not A:
        return ONE
    pivot = next((i for i, row in enumerate(A) if base(row[0]) != 0), None)
    if pivot is None:
        return sum((_signed_minor(A, i, 0) * A[i][0] for i in range(len(A))), ZERO)
    lead, others = A[pivot], A[:pivot] + A[pivot + 1 :]
    scale = reciprocal(lead[0])
    rest = [[a + -(row[0] * scale * b) for a, b in zip(row[1:], lead[1:], strict=True)] for row in others]
    return lead[0] * determinant(rest) * (-1) ** pivot


def _signed_minor(A: Matrix, i: int, j: int) -> Number:
    minor = [row[:j] + row[j + 1 :] for r, row in enumerate(A) if r != i]
    return determinant(minor) * (-1) ** (i + j)


def adjugate(A: Matrix) -> Matrix:
    """The transposed cofactors."""
    return transpose(built(len(A), len(A), lambda i, j: _signed_minor(A, i, j)))


def inverse(A: Matrix) -> Matrix:
    """By Cramer's rule. Raises Undefined for a singular matrix."""
    d = reciprocal(determinant(A))
    return mapped(lambda a: a * d, adjugate(A))


def matrix_power(A: Matrix, k: Fraction | int) -> Matrix:
    """A A … A, k times; of the inverse where k is negative."""
    factor, result = A if k >= 0 else inverse(A), identity(len(A))
    for _ in range(abs(int(k))):
        result = multiply(result, factor)
    return result


def exponential(A: Matrix) -> Matrix:
    """(exp(A / 2^s))^(2^s), A / 2^s so small that no digits are lost where terms of the series cancel."""
    halvings = int(sum(size(a) for a in entries(A))).bit_length()
    result = _series(mapped(lambda a: a * Fraction(1, 2**halvings), A))
    for _ in range(halvings):
        result = multiply(result, result)
    return result


def _series(A: Matrix) -> Matrix:
    """The power series of the exponential, summed until its terms no longer count."""
    term = result = identity(len(A))
    k = 0
    while k < 8 or any(size(a) > TOLERANCE * TOLERANCE for a in entries(term)):
        k += 1
        term = mapped(lambda a, k=k: a * (REALS.mpf(1) / k), multiply(term, A))
        result = broadcast(lambda a, b: a + b, result, term, (len(A), len(A)))
    return result


def pseudo_inverse(A: Matrix) -> Matrix:
    """Cᵀ (C Cᵀ)⁻¹ (BᵀB)⁻¹ Bᵀ for a factorisation A = B C of full rank. Raises Undefined where the rank varies."""
    C, pivots = _reduced(A)
    if not pivots:
        return mapped(lambda a: ZERO, transpose(A))
    B = [[row[j] for j in pivots] for row in A]
    right = multiply(transpose(C), inverse(multiply(C, transpose(C))))
    return multiply(right, multiply(inverse(multiply(transpose(B), B)), transpose(B)))


def _reduced(A: Matrix) -> tuple[Matrix, list[int]]:
    """The rows of the reduced echelon form that are not zero, and the columns of their pivots."""
    rest, done, pivots = [list(row) for row in A], [], []
    for j in range(len(A[0])):
        place = next((i for i, row in enumerate(rest) if base(row[j]) != 0), None)
        if place is None:
            continue
        lead = rest.pop(place)
        scale = reciprocal(lead[j])
        lead = [a * scale for a in lead]
        rest, done = _cleared(rest, lead, j), [*_cleared(done, lead, j), lead]
        pivots.append(j)
    if any(size(a) != 0 for row in rest for a in row):
        raise Undefined("a pseudo-inverse of varying rank")
    return done, pivots


def _cleared(rows: Matrix, lead: list[Number], j: int) -> Matrix:
    """The rows less the multiples of the leading one that have their entries at j."""
    return [[a + -(row[j] * b) for a, b in zip(row, lead, strict=True)] for row in rows]


def _scaled_exponential(A: Matrix, factor: Fraction = ONE) -> Matrix:
    return exponential(mapped(lambda a: a * factor, A))


OF_A_MATRIX: Mapping[str, Callable[..., Matrix]] = {
    "inv": inverse,
    "det": lambda A: scalar(determinant(A)),
    "adjugate": adjugate,
    "matrix_power": matrix_power,
    "expm": _scaled_exponential,
    "pinv": pseudo_inverse,
    "projector": lambda A: multiply(A, pseudo_inverse(A)),
}
"""Functions of one matrix, square but for the last."""


def total(A: Matrix) -> Number:
    """The sum of all entries."""
    return sum(entries(A), ZERO)


def sums(A: Matrix, axis: int | None = None) -> Matrix:
    """The sum of all entries, of columns as a row (axis 0), of rows as a column (axis 1)."""
    match axis:
        case None:
            return scalar(total(A))
        case 0:
            return [[sum(column, ZERO) for column in zip(*A, strict=True)]]
        case _:
            return [[sum(row, ZERO)] for row in A]


def softmax(A: Matrix, axis: int | None = None) -> Matrix:
    """exp(a) over the sum of exp along each row, or over all entries of a vector."""
    E = mapped(lambda a: function("exp", a), A)
    whole = sums(E)[0][0]
    return [[e * reciprocal(whole if axis is None else sum(row, ZERO)) for e in row] for row in E]


def logsumexp(A: Matrix, axis: int | None = None) -> Matrix:
    """The logarithm of the sum of exp."""
    return mapped(lambda s: function("log", s), sums(mapped(lambda a: function("exp", a), A), axis))


def norm(A: Matrix) -> Number:
    """The root of the sum of squares."""
    return power(total(mapped(lambda a: a * a, A)), Fraction(1, 2))


def diagonal_matrix(x: Matrix) -> Matrix:
    """The vector on the diagonal."""
    values = entries(x)
    return built(len(values), len(values), lambda i, j: values[i] if i == j else ZERO)


FUNCTIONS: Mapping[str, Callable[..., Matrix]] = {
    **OF_A_MATRIX,
    "logdet": lambda A: scalar(function("log", function("abs", determinant(A)))),
    "trace": lambda A: scalar(sum((A[i][i] for i in range(len(A))), ZERO)),
    "sum": sums,
    "norm": lambda A: scalar(norm(A)),
    "norm1": lambda x: scalar(total(mapped(lambda a: function("abs", a), x))),
    "diag": diagonal_matrix,
    "diagonal": lambda A: [[A[i][i]] for i in range(len(A))],
    "vec": stacked,
    "kron": kronecker,
    "dot": lambda x, y: scalar(sum((a * b for a, b in zip(entries(x), entries(y), strict=True)), ZERO)),
    "outer": lambda x, y: [[a * b for b in entries(y)] for a in entries(x)],
    "eye": identity,
    "zeros": lambda m, n=1: built(m, n, lambda i, j: ZERO),
    "ones": lambda m, n=1: built(m, n, lambda i, j: ONE),
    "commutation": commutation,
    "softmax": softmax,
    "logsumexp": logsumexp,
}
"""What is no function of single entries, of matrices and then of whole numbers."""
