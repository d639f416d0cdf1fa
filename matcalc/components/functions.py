"""What each function of the language means, by entries: one row a function, named as in the language's own table.

A function without a row here is opaque: equal arguments give equal values, and nothing more is known of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import prod
from typing import TypeAlias

from matcalc.components import operations as op
from matcalc.components.arrays import Array, Axis, axis, contract, recut, row_slots, single, slots, transposed
from matcalc.components.terms import Factor, Frozen, Indicator, Opaque, Term
from matcalc.language.nodes import Call, Size

MINUS_ONE = Fraction(-1)
MOST_FACTORS = 64
"""The largest literal k for which matrix_power(X, k) is written out."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """A call's arguments, and its whole-number parameters; `one` is the polynomial 1."""

    arrays: tuple[Array, ...]
    parameters: tuple[Size, ...]
    one: Size

    @property
    def first(self) -> Array:
        return self.arrays[0]


Meaning: TypeAlias = Callable[[Arguments], Array | None]


def _sum(call: Arguments) -> Array:
    along = {(): op.total, (0,): op.column_sums, (1,): op.row_sums}
    return along[tuple(int(p.LC) if p else 0 for p in call.parameters)](call.first)


def _eye(call: Arguments) -> Array:
    return op.identity(axis(call.parameters[0]))


def _ones(call: Arguments) -> Array:
    return op.filled(*_axes(call), Term(Fraction(1)))


def _zeros(call: Arguments) -> Array:
    return op.filled(*_axes(call))


def _axes(call: Arguments) -> tuple[Axis, Axis]:
    rows, *columns = (axis(size) for size in call.parameters)
    return rows, columns[0] if columns else ()


def _basis(call: Arguments) -> Array:
    return op.unit_vector(call.parameters[0], axis(call.parameters[1]))


def _commutation(call: Arguments) -> Array:
    return op.commutation(*_axes(call))


def _delta(call: Arguments) -> Array:
    """δ(p, q) = [p − q = 0]."""
    first, second = call.parameters
    return op.scalar(single((), Factor(Indicator(first - second, equation=True))))


def _dot(call: Arguments) -> Array:
    left, right = (op.vec(array) for array in call.arrays)
    return op.product(transposed(left), right)


def _outer(call: Arguments) -> Array:
    left, right = (op.vec(array) for array in call.arrays)
    return op.product(left, transposed(right))


def _detach(call: Arguments) -> Array:
    array = call.first
    free = array.rows + array.columns
    return Array(array.rows, array.columns, single(free, Factor(Frozen(array.entries), slots(0, free))))


def _softmax(call: Arguments) -> Array:
    """exp(x_i) / Σ_j exp(x_j), along each row of a matrix."""
    exponentials = op.elementwise("exp", 0, call.first)
    return op.hadamard(exponentials, _spread(op.raised(_total_along(call, exponentials), MINUS_ONE), exponentials))


def _logsumexp(call: Arguments) -> Array:
    """Log Σ_j exp(x_j), along each row of a matrix."""
    return op.elementwise("log", 0, _total_along(call, op.elementwise("exp", 0, call.first)))


def _total_along(call: Arguments, array: Array) -> Array:
    return op.row_sums(array) if call.parameters else op.total(array)


def _spread(sums: Array, like: Array) -> Array:
    """A column of row sums repeated along the columns; a scalar stays one."""
    if not sums.rows:
        return sums
    free = like.rows + like.columns
    return Array(like.rows, like.columns, contract(free, (), (sums.entries, row_slots(like))))


def _matrix_power(call: Arguments) -> Array | None:
    """X X … X for a literal exponent; any other is opaque."""
    exponent = call.parameters[0]
    if not exponent.is_ground or not 0 <= exponent.LC <= MOST_FACTORS:
        return None
    result = op.identity(call.first.rows) if not exponent else call.first
    for _ in range(int(exponent.LC) - 1):
        result = op.product(result, call.first)
    return result


def _exponential(call: Arguments) -> Array:
    """exp(1·X): the parameter is the number that multiplies X."""
    square = _square(call.first)
    free = square.rows + square.columns
    head = Opaque("expm", (square.entries,), (call.one,))
    return Array(square.rows, square.columns, single(free, Factor(head, slots(0, free))))


def _pseudo_inverse(call: Arguments) -> Array:
    """X⁺, its axes those of X exchanged; rows and columns of X cut into as many indices."""
    array = call.first
    if len(array.rows) != len(array.columns):
        array = recut(array, _joined(array.rows), _joined(array.columns))
    free = array.columns + array.rows
    return Array(array.columns, array.rows, single(free, Factor(Opaque("pinv", (array.entries,)), slots(0, free))))


def _joined(cut: Axis) -> Axis:
    """The same axis as one index."""
    return (prod(cut),) if cut else ()


def _log_determinant(call: Arguments) -> Array:
    determinant = op.scalar(single((), Factor(Opaque("det", (_square(call.first).entries,)))))
    return op.elementwise("log", 0, op.elementwise("abs", 0, determinant))


MEANINGS: Mapping[str, Meaning] = {
    "trace": lambda call: op.trace(call.first),
    "sum": _sum,
    "norm": lambda call: op.frobenius(call.first),
    "norm1": lambda call: op.total(op.elementwise("abs", 0, call.first)),
    "diag": lambda call: op.diagonal_matrix(call.first),
    "diagonal": lambda call: op.diagonal_of(call.first),
    "vec": lambda call: op.vec(call.first),
    "kron": lambda call: op.kronecker(*call.arrays),
    "dot": _dot,
    "outer": _outer,
    "eye": _eye,
    "zeros": _zeros,
    "ones": _ones,
    "basis": _basis,
    "commutation": _commutation,
    "delta": _delta,
    "detach": _detach,
    "softmax": _softmax,
    "logsumexp": _logsumexp,
    "matrix_power": _matrix_power,
    "logdet": _log_determinant,
    "expm": _exponential,
    "pinv": _pseudo_inverse,
    "sqrt": lambda call: op.raised(call.first, op.HALF),
} | {
    name: partial(lambda function, call: op.elementwise(function, 0, call.first), name)
    for name in (
        "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh",
        "abs", "sign", "relu", "sigmoid", "softplus", "erf",
    )
}  # fmt: skip


def opaque(node: Call, call: Arguments) -> Array:
    """A function that the rules know by its name, or of which nothing but its shape is used.

    A square argument is cut alike in rows and columns, and so is a square value.
    """
    arrays = tuple(_square(array) if node.function in SQUARE else array for array in call.arrays)
    rows, columns = axis(node.shape.rows), axis(node.shape.columns)
    if node.function in SQUARE and rows:
        rows = columns = arrays[0].rows
    head = Opaque(node.function, tuple(array.entries for array in arrays), call.parameters)
    free = rows + columns
    return Array(rows, columns, single(free, Factor(head, slots(0, free))))


def _square(array: Array) -> Array:
    return recut(array, array.rows, array.rows)


SQUARE = frozenset({"inv", "det", "adjugate", "matrix_power", "expm"})
"""Functions of square matrices; a value that is not a scalar has the shape of its argument."""
