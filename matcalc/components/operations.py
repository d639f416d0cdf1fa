"""The operations of matrix algebra on arrays, each as a textbook defines it by entries."""

from fractions import Fraction

from matcalc.components.arrays import Array, Axis, bounds, contract, power, recut, row_slots, single, slots
from matcalc.components.exponents import Exponent
from matcalc.components.terms import Delta, Elementwise, Entries, Factor, Fixed, Index, Slot, Term
from matcalc.language.nodes import Size

SCALAR: Axis = ()
TWO, HALF = Fraction(2), Fraction(1, 2)


def elementwise(function: str, order: int, array: Array) -> Array:
    """(f(A))_ij = f(A_ij)."""
    free = array.rows + array.columns
    head = Elementwise(function, order, array.entries)
    return Array(array.rows, array.columns, single(free, Factor(head, slots(0, free))))


def add(left: Array, right: Array) -> Array:
    """(A + B)_ij = A_ij + B_ij; a scalar is added to every entry."""
    left, right = _alike(left, right)
    return Array(left.rows, left.columns, Entries(left.entries.slots, left.entries.terms + right.entries.terms))


def hadamard(left: Array, right: Array) -> Array:
    """(A ⊙ B)_ij = A_ij B_ij; a scalar multiplies every entry."""
    left, right = _alike(left, right)
    free = left.rows + left.columns
    every = slots(0, free)
    return Array(left.rows, left.columns, contract(free, (), (left.entries, every), (right.entries, every)))


def _alike(left: Array, right: Array) -> tuple[Array, Array]:
    if not left.rows + left.columns:
        left = _broadcast(left, right)
    if not right.rows + right.columns:
        right = _broadcast(right, left)
    return left, recut(right, left.rows, left.columns)


def _broadcast(scalar: Array, like: Array) -> Array:
    free = like.rows + like.columns
    return Array(like.rows, like.columns, Entries(free, scalar.entries.terms))


def product(left: Array, right: Array) -> Array:
    """(A B)_ik = Σ_j A_ij B_jk."""
    right = recut(right, left.columns, right.columns)
    free = left.rows + right.columns
    inner = bounds(0, left.columns)
    rows, columns = row_slots(left), slots(len(left.rows), right.columns)
    entries = contract(free, left.columns, (left.entries, rows + inner), (right.entries, inner + columns))
    return Array(left.rows, right.columns, entries)


def raised(array: Array, exponent: Exponent) -> Array:
    """(A^p)_ij = A_ij^p, entry by entry."""
    return Array(array.rows, array.columns, power(array.entries, exponent))


def total(array: Array) -> Array:
    """sum(A) = Σ_ij A_ij."""
    axes = array.rows + array.columns
    return scalar(contract((), axes, (array.entries, bounds(0, axes))))


def scalar(entries: Entries) -> Array:
    """A 1×1 array."""
    return Array(SCALAR, SCALAR, entries)


def column_sums(array: Array) -> Array:
    """sum(A, 0)_1j = Σ_i A_ij, a row."""
    indices: tuple[Index, ...] = (*bounds(0, array.rows), *slots(0, array.columns))
    return Array(SCALAR, array.columns, contract(array.columns, array.rows, (array.entries, indices)))


def row_sums(array: Array) -> Array:
    """sum(A, 1)_i1 = Σ_j A_ij, a column."""
    indices: tuple[Index, ...] = (*row_slots(array), *bounds(0, array.columns))
    return Array(array.rows, SCALAR, contract(array.rows, array.columns, (array.entries, indices)))


def trace(array: Array) -> Array:
    """tr(A) = Σ_i A_ii."""
    square = recut(array, array.rows, array.rows)
    diagonal = bounds(0, square.rows)
    return scalar(contract((), square.rows, (square.entries, diagonal + diagonal)))


def diagonal_of(array: Array) -> Array:
    """diagonal(A)_i = A_ii, a column."""
    square = recut(array, array.rows, array.rows)
    every = row_slots(square)
    return Array(square.rows, SCALAR, contract(square.rows, (), (square.entries, every + every)))


def vec(array: Array) -> Array:
    """The columns of A stacked: the entry at (j, i), column index slowest, is A_ij."""
    rows = array.columns + array.rows
    indices = (*slots(len(array.columns), array.rows), *slots(0, array.columns))
    return Array(rows, SCALAR, contract(rows, (), (array.entries, indices)))


def diagonal_matrix(array: Array) -> Array:
    """diag(x)_ij = δ_ij x_i."""
    vector = vec(array)
    rows, columns = row_slots(vector), slots(len(vector.rows), vector.rows)
    values = contract(vector.rows * 2, (), (vector.entries, rows), (identity(vector.rows).entries, rows + columns))
    return Array(vector.rows, vector.rows, values)


def identity(axis: Axis) -> Array:
    """I_ij = δ_ij."""
    pairs = zip(slots(0, axis), slots(len(axis), axis), strict=True)
    return Array(axis, axis, single(axis + axis, *(Factor(Delta(), pair) for pair in pairs)))


def kronecker(left: Array, right: Array) -> Array:
    """(A ⊗ B) at rows (i, k), columns (j, l) is A_ij B_kl."""
    rows, columns = left.rows + right.rows, left.columns + right.columns
    free = rows + columns
    split = len(rows), len(rows) + len(left.columns)
    first = (*slots(0, left.rows), *slots(split[0], left.columns))
    second = (*slots(len(left.rows), right.rows), *slots(split[1], right.columns))
    return Array(rows, columns, contract(free, (), (left.entries, first), (right.entries, second)))


def commutation(rows: Axis, columns: Axis) -> Array:
    """K with K vec(X) = vec(Xᵀ) for X m×n: at ((i, j), (l, k)) it is δ_ik δ_jl."""
    m, n = len(rows), len(columns)
    free = rows + columns + columns + rows
    pairs = [*zip(slots(0, rows), slots(m + 2 * n, rows), strict=True)]
    pairs += [*zip(slots(m, columns), slots(m + n, columns), strict=True)]
    entries = single(free, *(Factor(Delta(), pair) for pair in pairs))
    return Array(rows + columns, columns + rows, entries)


def filled(rows: Axis, columns: Axis, *terms: Term) -> Array:
    """The same value in every entry; no terms for zeros."""
    return Array(rows, columns, Entries(rows + columns, terms))


def unit_vector(position: Size, axis: Axis) -> Array:
    """basis(i, n)_k = δ_ki, on an axis of at most one index."""
    factors = [Factor(Delta(), (Slot(0), Fixed(position, size))) for size in axis]
    return Array(axis, SCALAR, single(axis, *factors))


def frobenius(array: Array) -> Array:
    """‖A‖ = (Σ_ij A_ij²)^(1/2)."""
    return raised(total(raised(array, TWO)), HALF)
