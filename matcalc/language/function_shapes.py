"""Shapes of function calls: small named rules that the table of functions refers to.

A rule knows the function's name, its values and its whole numbers. It promises the shape of the call, or a Misfit
without a span for arguments that do not fit.
"""

from collections.abc import Callable
from typing import TypeAlias

from matcalc.language.nodes import Shape, Size
from matcalc.language.shapes import Operand, declared_as, entries, misfit, scalar_like
from matcalc.language.sizes import literal_value, product

Operands: TypeAlias = tuple[Operand, ...]
Parameters: TypeAlias = tuple[Size, ...]
ShapeRule: TypeAlias = Callable[[str, Operands, Parameters], Shape]
"""(the function's name, its values, its whole numbers) to the shape of the call, or a Misfit."""


def same(name: str, values: Operands, parameters: Parameters) -> Shape:
    """The shape of the argument."""
    return values[0].shape


def scalar(name: str, values: Operands, parameters: Parameters) -> Shape:
    """1×1."""
    return scalar_like(values[0].shape)


def square(name: str, values: Operands, parameters: Parameters) -> Shape:
    """The shape of the argument, which is square."""
    matrix = values[0]
    if matrix.shape.rows != matrix.shape.columns:
        what = f"{name} needs a square matrix, and {matrix} is {matrix.shape}"
        raise misfit(what, _square_mend(name, matrix), ((matrix.shape.rows, matrix.shape.columns),))
    return matrix.shape


def _square_mend(name: str, matrix: Operand) -> str:
    if name == "inv":
        return f"write pinv({matrix}) for the pseudo-inverse"
    if matrix.is_symbol and not (matrix.shape.is_column or matrix.shape.is_row):
        return f"declare {matrix} as {declared_as(Shape(matrix.shape.rows, matrix.shape.rows))}"
    return "give it as many rows as columns"


def scalar_of_square(name: str, values: Operands, parameters: Parameters) -> Shape:
    """1×1, of a square matrix."""
    return scalar_like(square(name, values, parameters))


def transposed(name: str, values: Operands, parameters: Parameters) -> Shape:
    """n×m for m×n."""
    return values[0].shape.transposed


def _vector_length(name: str, vector: Operand) -> Size:
    """The length of a column or a row."""
    if vector.shape.columns == 1:
        return vector.shape.rows
    if vector.shape.rows == 1:
        return vector.shape.columns
    mend = _VECTOR_MENDS[name].format(it=vector)
    raise misfit(f"{name} needs a vector, and {vector} is {vector.shape}", mend)


_VECTOR_MENDS = {
    "diag": "write diagonal({it}) for the diagonal of a matrix",
    "norm1": "write sum(abs({it})) for a matrix",
    "dot": "write trace(A.T @ B) or sum(A * B) for matrices",
    "outer": "write kron(A, B) for matrices",
    "softmax": "write softmax({it}, 1) along each row of a matrix",
    "logsumexp": "write logsumexp({it}, 1) along each row of a matrix",
}


def scalar_of_vector(name: str, values: Operands, parameters: Parameters) -> Shape:
    """1×1, of a column or a row."""
    _vector_length(name, values[0])
    return scalar_like(values[0].shape)


def vector_to_diagonal(name: str, values: Operands, parameters: Parameters) -> Shape:
    """n×n for a vector of length n."""
    length = _vector_length(name, values[0])
    return Shape(length, length)


def diagonal_to_column(name: str, values: Operands, parameters: Parameters) -> Shape:
    """n×1 for n×n."""
    matrix = values[0]
    if matrix.shape.is_column or matrix.shape.is_row:
        raise misfit(f"{name} needs a square matrix, and {matrix} is {matrix.shape}", f"write diag({matrix})")
    size = square(name, values, parameters).rows
    return Shape(size, size.ring.one)


def stacked(name: str, values: Operands, parameters: Parameters) -> Shape:
    """mn×1 for m×n."""
    return entries(values[0].shape)


def kronecker(name: str, values: Operands, parameters: Parameters) -> Shape:
    """mp×nq for m×n and p×q."""
    left, right = (value.shape for value in values)
    return Shape(product(left.rows, right.rows), product(left.columns, right.columns))


def dot_product(name: str, values: Operands, parameters: Parameters) -> Shape:
    """1×1, of two vectors of one length."""
    left, right = values
    lengths = _vector_length(name, left), _vector_length(name, right)
    if lengths[0] != lengths[1]:
        what = f"{name} needs vectors of one length, and {left} is {left.shape}, {right} is {right.shape}"
        raise misfit(what, "make the lengths equal", (lengths,))
    return scalar_like(left.shape)


def outer_product(name: str, values: Operands, parameters: Parameters) -> Shape:
    """m×n for vectors of lengths m and n."""
    return Shape(_vector_length(name, values[0]), _vector_length(name, values[1]))


def along_axis(name: str, values: Operands, parameters: Parameters) -> Shape:
    """1×1 without an axis; with axis 0 the columns are summed into a row, with axis 1 the rows into a column."""
    shape = values[0].shape
    one = shape.rows.ring.one
    if not parameters:
        return Shape(one, one)
    match literal_value(parameters[0]):
        case 0:
            return Shape(one, shape.columns)
        case 1:
            return Shape(shape.rows, one)
    raise misfit(f"{name} has no axis {parameters[0]}", "write 0 for the sums of columns, 1 for the sums of rows")


def _need_row_axis(name: str, matrix: Operand, parameters: Parameters) -> None:
    if literal_value(parameters[0]) != 1:
        mend = f"write {name}({matrix}, 1) along each row, {name}({matrix.transposed}, 1) along each column"
        raise misfit(f"{name} has no axis {parameters[0]}", mend)


def along_rows(name: str, values: Operands, parameters: Parameters) -> Shape:
    """The shape of a vector, or with axis 1 of any matrix."""
    if parameters:
        _need_row_axis(name, values[0], parameters)
    else:
        _vector_length(name, values[0])
    return values[0].shape


def reduced_along_rows(name: str, values: Operands, parameters: Parameters) -> Shape:
    """1×1 for a vector, or with axis 1 m×1 for m×n."""
    if not parameters:
        return scalar_of_vector(name, values, parameters)
    _need_row_axis(name, values[0], parameters)
    return Shape(values[0].shape.rows, values[0].shape.rows.ring.one)


def identity(name: str, values: Operands, parameters: Parameters) -> Shape:
    """n×n."""
    return Shape(parameters[0], parameters[0])


def rectangle(name: str, values: Operands, parameters: Parameters) -> Shape:
    """m×n, or a column for one size."""
    rows, columns = parameters if len(parameters) == 2 else (parameters[0], parameters[0].ring.one)
    return Shape(rows, columns)


def unit_vector(name: str, values: Operands, parameters: Parameters) -> Shape:
    """n×1 for basis(i, n)."""
    position, size = parameters
    at, length = literal_value(position), literal_value(size)
    if at is not None and length is not None and at > length:
        raise misfit(f"{name} has no position {at} among {length}", f"write a position from 1 to {length}")
    return Shape(size, size.ring.one)


def commutator(name: str, values: Operands, parameters: Parameters) -> Shape:
    """mn×mn."""
    size = product(*parameters)
    return Shape(size, size)


def number_of_indices(name: str, values: Operands, parameters: Parameters) -> Shape:
    """1×1, of indices alone."""
    one = parameters[0].ring.one
    return Shape(one, one)
