"""Every operation of the exact engine, against values worked out by hand."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from matcalc.evidence.domains import ELEMENTARY, Decimals, Rationals, decimal_arithmetic
from matcalc.evidence.exact import OPERATIONS, ExactBackend
from matcalc.evidence.matrices import Rows, matmul, transpose
from matcalc.evidence.outcomes import IrrationalError, OutOfReachError, UndefinedError
from matcalc.language.functions import FUNCTIONS

BACKEND = ExactBackend(Rationals())

A = ((1, 2), (3, 4))
B = ((0, 1), (1, 1))
x = ((1,), (2,))
y = ((3,), (5,))
WIDE = ((1, 2, 3), (4, 5, 6))


def exact(rows: Any) -> Rows:
    return tuple(tuple(Fraction(entry) for entry in row) for row in rows)


VALUES: tuple[tuple[str, tuple[Any, ...], Any], ...] = (
    ("+", (A, B), ((1, 3), (4, 5))),
    ("-", (A, B), ((1, 1), (2, 3))),
    ("*", (A, B), ((0, 2), (3, 4))),
    ("*", (((2,),), A), ((2, 4), (6, 8))),
    ("/", (B, A), ((0, "1/2"), ("1/3", "1/4"))),
    ("**", (A, ((2,),)), ((1, 4), (9, 16))),
    ("@", (A, B), ((2, 3), (4, 7))),
    ("negate", (A,), ((-1, -2), (-3, -4))),
    ("transpose", (WIDE,), ((1, 4), (2, 5), (3, 6))),
    ("unvec", (((1,), (2,), (3,), (4,)), 2, 2), ((1, 3), (2, 4))),
    ("stack", (x, y), ((1,), (2,), (3,), (5,))),
    ("inv", (A,), ((-2, 1), ("3/2", "-1/2"))),
    ("pinv", (A,), ((-2, 1), ("3/2", "-1/2"))),
    ("pinv", (x,), (("1/5", "2/5"),)),
    ("pinv", (((1, 1), (1, 1)),), (("1/4", "1/4"), ("1/4", "1/4"))),
    ("pinv", (((0, 0), (0, 0)),), ((0, 0), (0, 0))),
    ("det", (A,), ((-2,),)),
    ("logdet", (((0, 1), (-1, 0)),), ((0,),)),
    ("adjugate", (A,), ((4, -2), (-3, 1))),
    ("adjugate", (((7,),),), ((1,),)),
    ("matrix_power", (A, 0), ((1, 0), (0, 1))),
    ("matrix_power", (A, 3), ((37, 54), (81, 118))),
    ("matrix_power", (A, -1), ((-2, 1), ("3/2", "-1/2"))),
    ("expm", (((0, 1), (0, 0)),), ((1, 1), (0, 1))),
    ("expm", (((0, 1, 2), (0, 0, 3), (0, 0, 0)),), ((1, 1, "7/2"), (0, 1, 3), (0, 0, 1))),
    ("trace", (A,), ((5,),)),
    ("sum", (WIDE,), ((21,),)),
    ("sum", (WIDE, 0), ((5, 7, 9),)),
    ("sum", (WIDE, 1), ((6,), (15,))),
    ("norm", (((3,), (4,)),), ((5,),)),
    ("norm", (((1, 1), (1, 1)),), ((2,),)),
    ("norm1", (((-3,), (4,)),), ((7,),)),
    ("diag", (x,), ((1, 0), (0, 2))),
    ("diagonal", (A,), ((1,), (4,))),
    ("vec", (WIDE,), ((1,), (4,), (2,), (5,), (3,), (6,))),
    ("kron", (((1, 2),), x), ((1, 2), (2, 4))),
    ("dot", (x, y), ((13,),)),
    ("dot", (((1, 2),), y), ((13,),)),
    ("outer", (x, y), ((3, 5), (6, 10))),
    ("softmax", (((0,), (0,)),), (("1/2",), ("1/2",))),
    ("softmax", (((0, 0),), 1), (("1/2", "1/2"),)),
    ("logsumexp", (((0,),),), ((0,),)),
    ("logsumexp", (((0,), (0,)), 1), ((0,), (0,))),
    ("detach", (A,), A),
    ("relu", (((-1, 2),),), ((0, 2),)),
)


@pytest.mark.parametrize(("operation", "operands", "expected"), VALUES)
def test_operations_on_small_matrices(operation: str, operands: tuple[Any, ...], expected: Any) -> None:
    values = [exact(operand) if isinstance(operand, tuple) else operand for operand in operands]
    assert BACKEND.apply(operation, *values) == exact(expected)


def test_every_function_of_the_language_has_an_operation() -> None:
    constants = {name for name, row in FUNCTIONS.items() if "value" not in row.kinds}
    assert set(FUNCTIONS) - constants <= OPERATIONS.keys() | ELEMENTARY.keys()


@given(st.lists(st.integers(-2, 2).map(Fraction), min_size=6, max_size=6))
def test_the_pseudo_inverse_satisfies_the_penrose_equations(entries: list[Fraction]) -> None:
    X = (tuple(entries[:3]), tuple(entries[3:]))
    P = BACKEND.apply("pinv", X)
    assert matmul(matmul(X, P), X) == X
    assert matmul(matmul(P, X), P) == P
    assert transpose(matmul(X, P)) == matmul(X, P)
    assert transpose(matmul(P, X)) == matmul(P, X)


JACOBIANS: tuple[tuple[str, Any, Any], ...] = (
    ("det", ((1, 2), (2, 4)), ((4, -2, -2, 1),)),  # a singular matrix: the adjugate
    ("inv", ((2, 0), (0, 1)), (("-1/4", 0, 0, 0), (0, "-1/2", 0, 0), (0, 0, "-1/2", 0), (0, 0, 0, -1))),
    ("transpose", ((1, 2), (3, 4)), ((1, 0, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 1))),
    ("expm", ((0, 0), (0, 0)), ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))),
    ("logdet", ((3,),), (("1/3",),)),
    ("norm", ((3,), (4,)), (("3/5", "4/5"),)),
    ("detach", ((3,), (4,)), ((0, 0), (0, 0))),
)


@pytest.mark.parametrize(("operation", "at", "expected"), JACOBIANS)
def test_jacobians_worked_out_by_hand(operation: str, at: Any, expected: Any) -> None:
    found = BACKEND.jacobian(lambda X: BACKEND.apply("vec", BACKEND.apply(operation, X)), exact(at), len(expected))
    assert found == exact(expected)


def test_the_exponential_of_any_matrix_is_found_in_decimals() -> None:
    with pytest.raises(IrrationalError):
        BACKEND.apply("expm", exact(((1, 0), (0, 2))))
    with decimal_arithmetic(50):
        decimals = ExactBackend(Decimals(50))
        X = decimals.constant(exact(((1, 2), (0, 3))))
        found = decimals.apply("expm", X)
        e = Decimals(50).elementary("exp", 0, Decimals(50).one)
        expected = ((e, e**3 - e), (0, e**3))
        assert all(abs(found[i][j] - expected[i][j]) < 1e-45 for i in range(2) for j in range(2))


REFUSED: tuple[tuple[str, Any, type[Exception]], ...] = (
    ("inv", ((1, 2), (2, 4)), ZeroDivisionError),
    ("logdet", ((1, 2), (2, 4)), UndefinedError),
    ("det", tuple((0,) * 12 for _ in range(12)), OutOfReachError),
    ("adjugate", tuple((0,) * 8 for _ in range(8)), OutOfReachError),
)


@pytest.mark.parametrize(("operation", "operand", "error"), REFUSED)
def test_what_cannot_be_evaluated_is_refused(operation: str, operand: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        BACKEND.apply(operation, exact(operand))


def test_the_pseudo_inverse_has_no_derivative_where_the_rank_changes() -> None:
    with pytest.raises(UndefinedError):
        BACKEND.jacobian(lambda X: BACKEND.apply("vec", BACKEND.apply("pinv", X)), exact(((0, 0), (0, 0))), 4)
