"""Matrix algebra over exact numbers, against values worked out by hand and against the definitions."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from matcalc.evidence.matrices import (
    Rows,
    adjugate,
    determinant,
    elementwise,
    identity,
    inverse,
    kronecker,
    matmul,
    row_echelon,
    transpose,
    unvec,
    vec,
)

ONE = Fraction(1)


def exact(*rows: tuple[int, ...]) -> Rows:
    return tuple(tuple(Fraction(entry) for entry in row) for row in rows)


def square(size: int) -> st.SearchStrategy[Rows]:
    row = st.tuples(*[st.integers(-3, 3).map(Fraction)] * size)
    return st.tuples(*[row] * size)


DETERMINANTS = (
    (exact((7,)), 7),
    (exact((1, 2), (3, 4)), -2),
    (exact((0, 1, 0), (1, 0, 0), (0, 0, 1)), -1),
    (exact((2, 0, 1), (1, 3, 2), (1, 1, 4)), 18),
    (exact((1, 2, 3), (4, 5, 6), (7, 8, 9)), 0),
    (exact((0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0)), 1),
)


@pytest.mark.parametrize(("matrix", "expected"), DETERMINANTS)
def test_determinants_worked_out_by_hand(matrix: Rows, expected: int) -> None:
    assert determinant(matrix, ONE) == expected


@given(square(3))
def test_the_adjugate_times_the_matrix_is_its_determinant(A: Rows) -> None:
    det = determinant(A, ONE)
    assert matmul(A, adjugate(A, ONE)) == elementwise(lambda a, b: a * b, identity(3, ONE), ((det,),))


@given(square(3))
def test_the_inverse_exists_exactly_where_the_determinant_is_not_zero(A: Rows) -> None:
    if determinant(A, ONE) == 0:
        with pytest.raises(ZeroDivisionError):
            inverse(A, ONE, lambda entry: entry == 0)
    else:
        assert matmul(inverse(A, ONE, lambda entry: entry == 0), A) == identity(3, ONE)


def test_an_inverse_exchanges_rows_where_a_pivot_is_zero() -> None:
    A = exact((0, 1), (1, 0))
    assert inverse(A, ONE, lambda entry: entry == 0) == A


def test_vec_stacks_columns_and_unvec_undoes_it() -> None:
    A = exact((1, 2, 3), (4, 5, 6))
    assert vec(A) == exact((1,), (4,), (2,), (5,), (3,), (6,))
    assert unvec(vec(A), 2, 3) == A


def test_the_kronecker_product_repeats_the_right_factor() -> None:
    product = kronecker(exact((1, 2)), exact((0, 5), (6, 7)))
    assert product == exact((0, 5, 0, 10), (6, 7, 12, 14))


def test_a_scalar_stands_for_every_entry() -> None:
    A = exact((1, 2), (3, 4))
    assert elementwise(lambda a, b: a - b, A, exact((1,))) == exact((0, 1), (2, 3))
    assert elementwise(lambda a, b: a - b, exact((1,)), A) == exact((0, -1), (-2, -3))


def test_the_echelon_form_tells_the_rank() -> None:
    rows, pivots = row_echelon(exact((0, 2, 4), (0, 1, 2), (1, 0, 0)), ONE, lambda entry: entry == 0)
    assert pivots == (0, 1)
    assert rows == exact((1, 0, 0), (0, 1, 2))


def test_the_transpose_exchanges_rows_and_columns() -> None:
    assert transpose(exact((1, 2, 3))) == exact((1,), (2,), (3,))
