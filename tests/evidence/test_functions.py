"""Instances of arbitrary functions are smooth, differ from each other, and are the same for every engine."""

import random
from fractions import Fraction

import pytest

from matcalc.evidence.autograd_backend import AutogradBackend
from matcalc.evidence.domains import Decimals, Rationals, decimal_arithmetic
from matcalc.evidence.exact import ExactBackend
from matcalc.evidence.functions import (
    Function,
    ScalarFunction,
    SmoothMap,
    decimal,
    small_function,
    small_map,
    wavy_function,
    wavy_map,
)
from matcalc.evidence.matrices import Rows
from matcalc.evidence.points import missing_property

CUBIC = ScalarFunction((Fraction(1), Fraction(0), Fraction(-1), Fraction(2)))
POINT: Rows = ((Fraction(1, 2),), (Fraction(-1, 4),), (Fraction(3, 4),))


def test_a_polynomial_and_its_derivatives() -> None:
    backend = ExactBackend(Rationals())
    values = [CUBIC.value(backend, order, ((Fraction(3),),))[0][0] for order in range(5)]
    assert values == [1 - 9 + 54, -6 + 54, -2 + 36, 12, 0]


@pytest.mark.parametrize("order", range(4))
def test_closed_derivatives_are_those_of_the_engine(order: int) -> None:
    function = wavy_function(random.Random(1))
    with decimal_arithmetic(50):
        backend = ExactBackend(Decimals(50))
        at = backend.constant(((Fraction(1, 3),),))
        ((slope,),) = backend.jacobian(lambda t: function.value(backend, order, t), at, 1)
        ((expected,),) = function.value(backend, order + 1, at)
        assert abs(slope - expected) < 1e-45


@pytest.mark.parametrize("seed", range(5))
def test_engines_agree_on_every_instance(seed: int) -> None:
    rng = random.Random(seed)
    smooth = wavy_map(rng, frozenset({"symmetric"}), (2, 2), 3)
    torch = AutogradBackend(1)
    found = smooth.value(torch, torch.batch([POINT]), 2, 2)[0].tolist()
    with decimal_arithmetic(50):
        exact = ExactBackend(Decimals(50))
        expected = smooth.value(exact, exact.constant(POINT), 2, 2)
    assert found == [pytest.approx([float(entry) for entry in row]) for row in expected]


PROPERTIES = ("symmetric", "skew", "diagonal", "lower", "upper", "pd", "psd", "orthogonal", "positive", "nonzero")


@pytest.mark.parametrize("name", PROPERTIES)
@pytest.mark.parametrize("seed", range(3))
def test_values_have_the_declared_properties(name: str, seed: int) -> None:
    smooth = small_map(random.Random(seed), frozenset({name}), (2, 2), 3)
    assert missing_property(frozenset({name}), smooth.value(ExactBackend(Rationals()), POINT, 2, 2)) is None


def test_small_instances_have_small_whole_coefficients() -> None:
    rng = random.Random(3)
    smooth, function = small_map(rng, frozenset(), (2, 1), 2), small_function(rng)
    weights = [
        entry
        for rows in (smooth.constant, smooth.linear, smooth.left, smooth.right, smooth.third)
        for row in rows
        for entry in row
    ]
    assert {entry.denominator for entry in (*weights, *function.polynomial)} == {1}
    assert max(map(abs, (*weights, *function.polynomial))) <= 2
    assert smooth.wave == ()


def test_two_instances_differ() -> None:
    rng = random.Random(0)
    functions: list[Function] = [wavy_function(rng), wavy_function(rng)]
    maps: list[Function] = [wavy_map(rng, frozenset(), (2, 1), 2), wavy_map(rng, frozenset(), (2, 1), 2)]
    assert functions[0] != functions[1]
    assert maps[0] != maps[1]


def test_random_numbers_are_short_fractions() -> None:
    assert decimal(0.3) == Fraction(307, 1024)
    assert isinstance(wavy_map(random.Random(0), frozenset(), (1, 1), 1), SmoothMap)
