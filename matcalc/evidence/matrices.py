"""Dense matrices over any commutative numbers: rationals, decimals, rational functions, dual numbers.

A matrix is a tuple of rows. Numbers come with Python's operators; a division by a number that has no inverse raises
ZeroDivisionError. Nothing here decides whether a number is zero: `inverse` is told.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

Entry: TypeAlias = Any
"""A number with + - * / of its own kind: Fraction, mpmath's mpf, SymPy's FracElement, or a Dual over one of these."""

Rows: TypeAlias = tuple[tuple[Entry, ...], ...]


def transpose(A: Rows) -> Rows:
    """n×m for m×n."""
    return tuple(zip(*A, strict=True))


def vec(A: Rows) -> Rows:
    """The columns of A: m×n, stacked: mn×1."""
    return tuple((entry,) for column in zip(*A, strict=True) for entry in column)


def unvec(x: Rows, rows: int, columns: int) -> Rows:
    """The matrix: rows×columns whose columns the vector x stacks, the inverse of `vec`."""
    return tuple(tuple(x[j * rows + i][0] for j in range(columns)) for i in range(rows))


def elementwise(function: Callable[[Entry, Entry], Entry], A: Rows, B: Rows) -> Rows:
    """`function` of corresponding entries; a 1×1 operand stands for each entry of a matrix of its number."""
    if len(A) == len(A[0]) == 1:
        return tuple(tuple(function(A[0][0], b) for b in row) for row in B)
    if len(B) == len(B[0]) == 1:
        return tuple(tuple(function(a, B[0][0]) for a in row) for row in A)
    return tuple(
        tuple(function(a, b) for a, b in zip(left, right, strict=True)) for left, right in zip(A, B, strict=True)
    )


def each(function: Callable[[Entry], Entry], A: Rows) -> Rows:
    """`function` of every entry."""
    return tuple(tuple(function(entry) for entry in row) for row in A)


def matmul(A: Rows, B: Rows) -> Rows:
    """The product m×p of A: m×n and B: n×p."""
    columns = transpose(B)
    return tuple(tuple(inner(row, column) for column in columns) for row in A)


def inner(x: tuple[Entry, ...], y: tuple[Entry, ...]) -> Entry:
    """The sum of products of corresponding numbers, at least one; by the `inner` of their type where it has one."""
    kind = type(x[0])
    if hasattr(kind, "inner") and all(type(number) is kind for number in (*x, *y)):
        return kind.inner(x, y)
    products = [a * b for a, b in zip(x, y, strict=True)]
    return total(products)


def total(numbers: list[Entry]) -> Entry:
    """The sum of numbers, at least one; no zero of any kind is needed to start from."""
    result = numbers[0]
    for number in numbers[1:]:
        result = result + number
    return result


def kronecker(A: Rows, B: Rows) -> Rows:
    """The Kronecker product mp×nq of A: m×n and B: p×q."""
    return tuple(tuple(a * b for a in left for b in right) for left in A for right in B)


def identity(size: int, one: Entry) -> Rows:
    """The identity of the numbers whose one is given."""
    return tuple(tuple(one if i == j else one - one for j in range(size)) for i in range(size))


def determinant(A: Rows, one: Entry) -> Entry:
    """The determinant of a square matrix, without a division.

    Laplace's expansion row by row: after k rows, `minors` holds the determinant of these rows for every choice of k
    columns (a bit mask), n·2ⁿ products in all.
    """
    minors = {0: one}
    for row in A:
        grown: dict[int, Entry] = {}
        for mask, minor in minors.items():
            for column, entry in enumerate(row):
                if mask >> column & 1:
                    continue
                odd = (mask >> column).bit_count() % 2
                term = -(minor * entry) if odd else minor * entry
                key = mask | 1 << column
                grown[key] = grown[key] + term if key in grown else term
        minors = grown
    return minors[(1 << len(A)) - 1]


def adjugate(A: Rows, one: Entry) -> Rows:
    """The transpose of the matrix of cofactors, for singular A too: A times it is det(A) · I."""
    size = range(len(A))

    def cofactor(i: int, j: int) -> Entry:
        minor = tuple(tuple(A[r][c] for c in size if c != j) for r in size if r != i)
        value = determinant(minor, one)
        return -value if (i + j) % 2 else value

    return tuple(tuple(cofactor(j, i) for j in size) for i in size)


def inverse(A: Rows, one: Entry, is_zero: Callable[[Entry], bool]) -> Rows:
    """The inverse by Gauss-Jordan elimination; ZeroDivisionError where A is singular."""
    size = len(A)
    work = [list(row) + list(unit) for row, unit in zip(A, identity(size, one), strict=True)]
    for k in range(size):
        pivot = next((r for r in range(k, size) if not is_zero(work[r][k])), None)
        if pivot is None:
            raise ZeroDivisionError("singular matrix")
        work[k], work[pivot] = work[pivot], work[k]
        scale = one / work[k][k]
        work[k] = [entry * scale for entry in work[k]]
        for r in range(size):
            if r != k:
                factor = work[r][k]
                work[r] = [entry - factor * lead for entry, lead in zip(work[r], work[k], strict=True)]
    return tuple(tuple(row[size:]) for row in work)


def row_echelon(A: Rows, one: Entry, is_zero: Callable[[Entry], bool]) -> tuple[Rows, tuple[int, ...]]:
    """The non-zero rows of the reduced row echelon form of A, and the columns of their pivots."""
    work = [list(row) for row in A]
    pivots: list[int] = []
    for column in range(len(work[0])):
        rank = len(pivots)
        found = next((r for r in range(rank, len(work)) if not is_zero(work[r][column])), None)
        if found is None:
            continue
        work[rank], work[found] = work[found], work[rank]
        scale = one / work[rank][column]
        work[rank] = [entry * scale for entry in work[rank]]
        for r in range(len(work)):
            if r != rank:
                factor = work[r][column]
                work[r] = [entry - factor * lead for entry, lead in zip(work[r], work[rank], strict=True)]
        pivots.append(column)
    return tuple(tuple(row) for row in work[: len(pivots)]), tuple(pivots)
