"""The domain of generic numbers has every elementary function with its derivatives, and arbitrary ones."""

import math
from fractions import Fraction

import pytest

from matcalc.evidence.domains import ELEMENTARY, apply
from matcalc.evidence.duals import Dual, split
from matcalc.evidence.generators import Entry
from matcalc.evidence.generic_numbers import GenericNumbers, function_value
from matcalc.evidence.outcomes import UndefinedError
from matcalc.evidence.towers import Budget, Element, Settings, Tower


def domain() -> GenericNumbers:
    return GenericNumbers(Tower(Budget(math.inf), Settings(40)))


def entry(own: GenericNumbers, name: str) -> Element:
    return own.tower.adjoined(Entry(name))


@pytest.mark.parametrize("order", [0, 1, 2])
@pytest.mark.parametrize("function", sorted(ELEMENTARY))
def test_every_elementary_function_and_its_derivatives_have_a_generic_value(function: str, order: int) -> None:
    own = domain()
    x = entry(own, "x")
    value = own.elementary(function, order, x)
    assert own.is_zero(value - own.elementary(function, order, x))
    assert order or not own.is_zero(value)


@pytest.mark.parametrize("function", ["abs", "sign", "relu"])
def test_a_kink_has_no_derivative_at_zero(function: str) -> None:
    own = domain()
    x = entry(own, "x")
    with pytest.raises(UndefinedError, match=f"{function} has no derivative at 0"):
        own.elementary(function, 1, x - x)


def test_a_derivative_is_a_slope() -> None:
    own = domain()
    x = entry(own, "x")
    (slope,) = split(apply(own, "tanh", 0, Dual(0, x, {0: own.one})), 0)[1].values()
    tanh = own.elementary("tanh", 0, x)
    assert own.is_zero(slope - (own.one - tanh * tanh))


def test_the_error_function_is_odd() -> None:
    own = domain()
    x = entry(own, "x")
    assert own.is_zero(own.elementary("erf", 0, x) + own.elementary("erf", 0, -x))
    assert own.is_zero(own.elementary("erf", 0, x - x))


def test_mixed_derivatives_of_an_arbitrary_function_are_symmetric() -> None:
    own = domain()
    x, y = entry(own, "x"), entry(own, "y")
    at = Dual(0, x, {0: own.one}), Dual(1, y, {0: own.one})
    swapped = Dual(1, x, {0: own.one}), Dual(0, y, {0: own.one})
    first = split(split(function_value(own, "f", (0, 0), at), 1)[1][0], 0)[1][0]
    second = split(split(function_value(own, "f", (0, 0), swapped), 1)[1][0], 0)[1][0]
    assert own.is_zero(first - second)


def test_arbitrary_functions_agree_at_equal_arguments_only() -> None:
    own = domain()
    x, y = entry(own, "x"), entry(own, "y")
    value = function_value(own, "f", (0,), ((x * x - y * y) / (x - y),))
    assert own.is_zero(value - function_value(own, "f", (0,), (x + y,)))
    assert not own.is_zero(value - function_value(own, "f", (0,), (x - y,)))
    assert not own.is_zero(value - function_value(own, "f", (1,), (x + y,)))
    assert not own.is_zero(value - function_value(own, "g", (0,), (x + y,)))


def test_integers_are_known_as_such() -> None:
    own = domain()
    assert own.integer(own.number(Fraction(3))) == 3
    assert own.integer(own.number(Fraction(1, 2))) is None
    assert own.integer(entry(own, "x")) is None
