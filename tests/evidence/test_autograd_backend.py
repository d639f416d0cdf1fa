"""The torch engine against the exact one and against finite differences."""

import math
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import torch

from matcalc.evidence.autograd_backend import MOST_COPIES, OPERATIONS, PROPERTIES, AutogradBackend
from matcalc.evidence.domains import ELEMENTARY, Decimals, decimal_arithmetic
from matcalc.evidence.exact import OPERATIONS as EXACT_OPERATIONS, ExactBackend
from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import OutOfReachError

SQUARE = ("inv", "pinv", "det", "logdet", "adjugate", "expm", "trace", "diagonal")
ANY = ("negate", "transpose", "sum", "norm", "norm1", "vec", "softmax", "logsumexp", "diag", *ELEMENTARY)
WITH_INTEGERS = (("matrix_power", 3), ("matrix_power", -2), ("matrix_power", 0), ("sum", 0), ("sum", 1))
ALONG_ROWS = (("softmax", 1), ("logsumexp", 1))


def random_rows(rows: int, columns: int, *, positive: bool) -> Rows:
    rng = random.Random(rows * 10 + columns)
    low = 0.2 if positive else -1.0
    return tuple(tuple(Fraction(round(rng.uniform(low, 1) * 64), 64) for _ in range(columns)) for _ in range(rows))


def cases() -> list[tuple[str, tuple[int, ...], Rows]]:
    square, column = random_rows(3, 3, positive=False), random_rows(3, 1, positive=True)
    return [
        *((name, (), square) for name in SQUARE),
        *((name, (), column) for name in ANY),
        *((name, (k,), square) for name, k in WITH_INTEGERS),
        *((name, (k,), random_rows(2, 3, positive=False)) for name, k in ALONG_ROWS),
    ]


def composed(backend: Any, operation: str, integers: tuple[int, ...]) -> Callable[[Any], Any]:
    return lambda X: backend.apply("vec", backend.apply(operation, X, *integers))


def value_and_two_jacobians(backend: Any, function: Callable[[Any], Any], X: Any) -> tuple[Any, Any, Any]:
    """Value, Jacobian, and Jacobian of the Jacobian."""
    value = function(X)
    outputs, inputs = backend.extents(value)[0], math.prod(backend.extents(X))
    first = backend.jacobian(function, X, outputs)
    second = backend.jacobian(
        lambda Y: backend.apply("vec", backend.jacobian(function, Y, outputs)), X, outputs * inputs
    )
    return value, first, second


def exact_values(operation: str, integers: tuple[int, ...], at: Rows) -> list[list[list[float]]]:
    """Value, Jacobian, and Jacobian of the Jacobian by the exact engine, in decimals."""
    with decimal_arithmetic(50):
        backend = ExactBackend(Decimals(50))
        function = composed(backend, operation, integers)
        X = backend.constant(at)
        values = value_and_two_jacobians(backend, function, X)
        return [[[float(entry) for entry in row] for row in rows] for rows in values]


@pytest.mark.parametrize(("operation", "integers", "at"), cases())
def test_values_and_two_derivatives_are_those_of_the_exact_engine(
    operation: str, integers: tuple[int, ...], at: Rows
) -> None:
    backend = AutogradBackend(1)
    function = composed(backend, operation, integers)
    X = backend.batch([at])
    found = value_and_two_jacobians(backend, function, X)
    for value, expected in zip(found, exact_values(operation, integers, at), strict=True):
        assert value[0].tolist() == [pytest.approx(row, rel=1e-9, abs=1e-9) for row in expected]


BINARY = ("+", "-", "*", "/", "**", "@", "kron")


@pytest.mark.parametrize("operation", BINARY)
def test_operations_on_two_matrices_are_those_of_the_exact_engine(operation: str) -> None:
    left, right = random_rows(2, 2, positive=True), random_rows(2, 2, positive=False)
    found = AutogradBackend(1)
    value = found.apply(operation, found.batch([left]), found.batch([right]))
    with decimal_arithmetic(50):
        exact = ExactBackend(Decimals(50))
        expected = exact.apply(operation, exact.constant(left), exact.constant(right))
    assert value[0].tolist() == [pytest.approx([float(entry) for entry in row], rel=1e-12) for row in expected]


STEP = Fraction(1, 2**20)


def moved(at: Rows, k: int, step: Fraction) -> Rows:
    """The matrix with entry k, column by column, moved by a step."""
    rows = len(at)
    return tuple(
        tuple(entry + step if j * rows + i == k else entry for j, entry in enumerate(row)) for i, row in enumerate(at)
    )


@pytest.mark.parametrize(("operation", "integers", "at"), cases())
def test_derivatives_are_slopes_of_finite_differences(operation: str, integers: tuple[int, ...], at: Rows) -> None:
    entries = range(len(at) * len(at[0]))
    backend = AutogradBackend(1)
    function = composed(backend, operation, integers)
    X = backend.batch([at])
    jacobian = backend.jacobian(function, X, function(X).shape[1])[0]
    for k in entries:
        ahead, behind = (function(backend.batch([moved(at, k, step)]))[0, :, 0].tolist() for step in (STEP, -STEP))
        slopes = [(a - b) / (2 * float(STEP)) for a, b in zip(ahead, behind, strict=True)]
        assert jacobian[:, k].tolist() == pytest.approx(slopes, rel=1e-6, abs=1e-6)


def test_both_engines_have_the_same_operations() -> None:
    assert OPERATIONS.keys() == EXACT_OPERATIONS.keys() | ELEMENTARY.keys()


def test_points_of_a_batch_do_not_mix() -> None:
    backend = AutogradBackend(2)
    first, second = random_rows(3, 3, positive=False), random_rows(3, 3, positive=True)
    together = backend.jacobian(composed(backend, "inv", ()), backend.batch([first, second]), 9)
    for k, rows in enumerate((first, second)):
        alone = AutogradBackend(1)
        expected = alone.jacobian(composed(alone, "inv", ()), alone.batch([rows]), 9)[0]
        assert together[k].tolist() == [pytest.approx(row) for row in expected.tolist()]


def test_a_singular_point_becomes_nan_and_leaves_the_others_alone() -> None:
    singular, regular = ((Fraction(1), Fraction(2)), (Fraction(2), Fraction(4))), random_rows(2, 2, positive=False)
    for operation in ("inv", "logdet"):
        backend = AutogradBackend(2)
        points = backend.batch([singular, regular])
        value = backend.apply(operation, points)
        assert bool(value[0].isnan().all())
        assert bool(value[1].isfinite().all())
        assert bool(backend.jacobian(composed(backend, operation, ()), points, value[0].numel())[1].isfinite().all())


def test_what_does_not_depend_on_the_variable_has_a_zero_derivative() -> None:
    backend = AutogradBackend(2)
    X = backend.batch([random_rows(2, 1, positive=True)] * 2)
    assert backend.jacobian(lambda _: backend.constant(((Fraction(3),),)), X, 1).tolist() == [[[0.0, 0.0]]] * 2
    assert backend.jacobian(lambda leaf: backend.apply("detach", leaf), X, 2).abs().sum() == 0


def test_the_largest_intermediate_value_is_remembered_for_each_point() -> None:
    backend = AutogradBackend(2)
    one, five = ((Fraction(1),),), ((Fraction(-5),),)
    backend.observe(backend.batch([one, five]))
    backend.observe(backend.constant(((Fraction(2),),)))
    assert backend.magnitude() == [2.0, 5.0]


def test_a_jacobian_with_too_many_rows_is_refused() -> None:
    backend = AutogradBackend(1)
    with pytest.raises(OutOfReachError, match="a Jacobian of 2500 rows"):
        backend.jacobian(lambda leaf: leaf.expand(1, 2500, 1), backend.constant(((Fraction(1),),)), 2500)


HAVING = (
    ("positive", ((1, 2), (3, 4)), ((1, 0), (3, 4))),
    ("nonzero", ((-1, 2), (3, 4)), ((1, 0), (3, 4))),
    ("invertible", ((1, 2), (3, 4)), ((1, 2), (2, 4))),
    ("orthogonal", ((0, 1), (-1, 0)), ((1, 1), (0, 1))),
    ("psd", ((1, 1), (1, 1)), ((1, 2), (2, 1))),
    ("pd", ((2, 1), (1, 2)), ((1, 1), (1, 1))),
)


@pytest.mark.parametrize(("name", "having", "lacking"), HAVING)
def test_properties_are_recognised_point_by_point(name: str, having: Rows, lacking: Rows) -> None:
    backend = AutogradBackend(2)
    assert backend.having({name}, backend.batch([having, lacking])) == [True, False]


def test_a_matrix_that_is_not_finite_has_no_property() -> None:
    backend = AutogradBackend(2)
    zero, one = ((Fraction(0),) * 2,) * 2, ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
    inverse = backend.apply("inv", backend.batch([zero, one]))
    for name in PROPERTIES:
        assert backend.having({name}, inverse) == [False, name not in ("positive", "nonzero")]


def test_distances_are_those_of_the_side_that_is_farthest_off() -> None:
    backend = AutogradBackend(2)
    one, three, zero = (backend.constant(((Fraction(k),),)) for k in (1, 3, 0))
    pair = backend.batch([((Fraction(1),),), ((Fraction(-7),),)])
    assert backend.distances([one, three, pair]) == ([2.0, 8.0], [3.0, 7.0])
    assert backend.distances([pair, zero]) == ([1.0, 7.0], [1.0, 7.0])


def test_a_jacobian_of_many_rows_takes_several_sweeps() -> None:
    backend = AutogradBackend(2)
    size = 12
    X = backend.batch([random_rows(size, size, positive=False), random_rows(size, size, positive=True)])
    assert size**2 > MOST_COPIES
    jacobian = backend.jacobian(lambda Y: backend.apply("vec", backend.apply("*", Y, Y)), X, size**2)
    expected = torch.diag_embed(2 * backend.apply("vec", X).squeeze(-1))
    assert bool(torch.equal(jacobian, expected))


def test_what_a_derivative_holds_fast_may_depend_on_an_outer_variable() -> None:
    """∂/∂x Σᵢ ∂/∂y (x y²) is 2y for each y, whichever derivative has more copies."""
    backend = AutogradBackend(1)
    x, y = backend.batch([((Fraction(3),),)]), backend.batch([random_rows(4, 1, positive=True)])

    def inner(outer: torch.Tensor) -> torch.Tensor:
        return backend.jacobian(
            lambda leaf: backend.apply("sum", backend.apply("*", outer, backend.apply("*", leaf, leaf))), y, 1
        )

    found = backend.jacobian(lambda outer: backend.apply("vec", inner(outer)), x, 4)
    assert bool(torch.allclose(found, 2 * y))
