"""Dual numbers carry exact derivatives, nested ones without confusion."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from matcalc.evidence.duals import Dual, constant_part, depth, split

FUNCTIONS: dict[str, tuple[Callable[[Any], Any], Callable[[Fraction], Fraction]]] = {
    "sum": (lambda x: x + 3, lambda _: Fraction(1)),
    "sum from the left": (lambda x: Fraction(3) + x, lambda _: Fraction(1)),
    "difference": (lambda x: x - x * x, lambda x: 1 - 2 * x),
    "difference from the left": (lambda x: Fraction(3) - x, lambda _: Fraction(-1)),
    "product": (lambda x: x * x * x, lambda x: 3 * x**2),
    "product from the left": (lambda x: Fraction(3) * x, lambda _: Fraction(3)),
    "quotient": (lambda x: x / (1 + x * x), lambda x: (1 - x**2) / (1 + x**2) ** 2),
    "quotient from the left": (lambda x: Fraction(1) / (2 + x * x), lambda x: -2 * x / (2 + x**2) ** 2),
    "negation": (lambda x: -x, lambda _: Fraction(-1)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@given(x=st.fractions(-5, 5, max_denominator=10))
def test_the_slope_is_the_derivative(name: str, x: Fraction) -> None:
    function, derivative = FUNCTIONS[name]
    value, slopes = split(function(Dual(0, x, {0: Fraction(1)})), 0)
    assert value == function(x)
    assert slopes[0] == derivative(x)


def test_slopes_by_several_entries_stay_apart() -> None:
    x, y = Dual(0, Fraction(2), {0: Fraction(1)}), Dual(0, Fraction(3), {1: Fraction(1)})
    assert (x * y + x).slopes == {0: 4, 1: 2}


def test_nested_derivatives_do_not_confuse_their_perturbations() -> None:
    # d/dx (x · d/dy (x + y)) = 1 at every x; one shared perturbation would make it 2
    x = Dual(0, Fraction(5), {0: Fraction(1)})
    inner = split(x + Dual(1, Fraction(7), {0: Fraction(1)}), 1)[1][0]
    assert split(x * inner, 0)[1][0] == 1


def test_a_second_derivative_comes_from_two_levels() -> None:
    x = Dual(1, Dual(0, Fraction(3), {0: Fraction(1)}), {0: Fraction(1)})
    first = split(x * x * x, 1)[1][0]
    assert constant_part(first) == 27
    assert split(first, 0)[1][0] == 18


def test_a_slope_of_zero_is_kept() -> None:
    x = Dual(0, Fraction(0), {0: Fraction(1)})
    assert (x * x).slopes == {0: 0}


def test_a_dual_number_without_value_has_no_inverse() -> None:
    with pytest.raises(ZeroDivisionError):
        Fraction(1) / Dual(0, Fraction(0), {0: Fraction(1)})


def test_depth_counts_levels() -> None:
    assert depth(Fraction(1)) == 0
    assert depth(Dual(1, Fraction(1), {0: Dual(0, Fraction(1), {})})) == 2
