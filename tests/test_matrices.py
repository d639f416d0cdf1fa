"""The matrix functions of the tests' oracle in dual numbers, checked by the equations that define them."""

from fractions import Fraction

import pytest

from tests.duals import REALS, Dual, Matrix, Undefined
from tests.matrices import built, entries, exponential, multiply, pseudo_inverse, transpose


def moving(values: list[list[int]], rates: list[list[int]]) -> Matrix:
    """X + ε V."""
    return built(len(values), len(values[0]), lambda i, j: Dual(1, Fraction(values[i][j]), Fraction(rates[i][j])))


COLUMN, ROW = moving([[1], [2], [3]], [[4], [-1], [0]]), moving([[2, -1]], [[1, 1]])

OF_CONSTANT_RANK = {
    "tall": moving([[1, 2], [3, 4], [5, 7]], [[1, 0], [2, 1], [-3, 5]]),
    "wide": moving([[0, 2, 1], [3, 4, -1]], [[1, 0, 2], [2, 1, 1]]),
    "square": moving([[1, 2], [3, 4]], [[0, 1], [1, 1]]),
    "of rank one": multiply(COLUMN, ROW),
    "of rank two": multiply(moving([[1, 2], [3, 4], [5, 7]], [[1, 0], [2, 1], [-3, 5]]), multiply(transpose(ROW), ROW)),
    "zero": moving([[0, 0], [0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]]),
    "a column that begins to move": moving([[0, 1]], [[1, 0]]),
}


@pytest.mark.parametrize("A", OF_CONSTANT_RANK.values(), ids=OF_CONSTANT_RANK.keys())
def test_the_pseudo_inverse_of_what_moves_satisfies_the_equations_of_penrose(A: Matrix) -> None:
    P = pseudo_inverse(A)
    left, right = multiply(A, P), multiply(P, A)
    assert is_same(multiply(left, A), A)
    assert is_same(multiply(right, P), P)
    assert is_same(transpose(left), left)
    assert is_same(transpose(right), right)


def is_same(A: Matrix, B: Matrix) -> bool:
    return all(parts(a) == parts(b) for a, b in zip(entries(A), entries(B), strict=True))


def parts(a: object) -> tuple[object, object]:
    return (a.real, a.rate) if isinstance(a, Dual) else (a, 0)


@pytest.mark.parametrize(("values", "rates"), [([[1, 1], [1, 1]], [[1, 0], [0, 0]]), ([[0]], [[1]])])
def test_the_pseudo_inverse_has_no_value_where_the_rank_varies(values: list[list[int]], rates: list[list[int]]) -> None:
    with pytest.raises(Undefined):
        pseudo_inverse(moving(values, rates))


def test_an_exponential_keeps_its_digits_where_its_series_cancels() -> None:
    ((found,),) = exponential([[Fraction(-60)]])
    assert abs(found / REALS.exp(-60) - 1) < REALS.mpf(10) ** -30
