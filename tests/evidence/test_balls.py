"""Bounds enclose what they bound, and questions that they do not answer are not answered."""

from fractions import Fraction

import mpmath
import pytest
import sympy

from matcalc.evidence.balls import Ball, Balls, are_apart, bounds
from matcalc.evidence.domains import ELEMENTARY, derivative
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError

BALLS = Balls.of_digits(30)


def number(value: Fraction | int) -> Ball:
    return BALLS.number(Fraction(value))


@pytest.mark.parametrize("at", [Fraction(1, 3), Fraction(5, 2), Fraction(-2, 7)], ids=str)
@pytest.mark.parametrize("order", range(4))
@pytest.mark.parametrize("function", sorted(ELEMENTARY))
def test_values_and_derivatives_are_enclosed(function: str, order: int, at: Fraction) -> None:
    if function in ("log", "sqrt") and at < 0:
        at = -at
    lower, upper = bounds(BALLS.elementary(function, order, number(at)))
    exact = derivative(function, order).subs(sympy.Symbol("t", real=True), sympy.Rational(at.numerator, at.denominator))
    value = Fraction(str(sympy.N(exact, 50)))
    slack = Fraction(1, 10**40)
    assert lower - slack <= value <= upper + slack
    assert upper - lower < Fraction(1, 10**24)


def test_the_error_function_is_that_of_mpmath() -> None:
    lower, upper = bounds(BALLS.elementary("erf", 0, number(3)))
    with mpmath.workdps(40):
        assert lower <= Fraction(str(mpmath.erf(3))) <= upper


@pytest.mark.parametrize(("function", "order", "at"), [("abs", 1, 0), ("sign", 1, 0), ("log", 0, 0), ("log", 0, -1)])
def test_what_is_undefined_has_no_bounds(function: str, order: int, at: int) -> None:
    with pytest.raises(UndefinedError):
        BALLS.elementary(function, order, number(at))


def test_a_kink_is_no_trouble_where_the_sign_is_known() -> None:
    assert BALLS.elementary("abs", 0, number(0)) == 0
    assert BALLS.elementary("relu", 0, number(-2)) == 0
    assert BALLS.elementary("sign", 0, number(-2)) == -1
    with pytest.raises(UndefinedError):
        BALLS.elementary("abs", 0, nearly_zero())


def nearly_zero() -> Ball:
    """A difference of equal numbers, of which the bounds tell only that it is small."""
    root = BALLS.root(number(2), number(Fraction(1, 2)))
    return root * root - number(2)


def test_what_may_be_equal_is_not_apart() -> None:
    assert not are_apart(nearly_zero(), number(0))
    assert nearly_zero() != 0
    assert BALLS.is_zero(nearly_zero())
    assert are_apart(BALLS.pi(), number(Fraction("3.14159265358979")))


def test_a_division_by_what_may_be_zero_has_no_bounds() -> None:
    with pytest.raises(UndefinedError):
        bounds(number(1) / nearly_zero())
    with pytest.raises(ZeroDivisionError):
        number(1) / number(0)


def test_only_what_is_certainly_whole_is_an_integer() -> None:
    assert BALLS.integer(number(3)) == 3
    assert BALLS.integer(number(Fraction(1, 3))) is None
    assert BALLS.integer(nearly_zero()) is None


def test_powers_need_a_positive_base() -> None:
    assert BALLS.root(number(0), number(Fraction(1, 2))) == 0
    for base in (number(-2), nearly_zero()):
        with pytest.raises(UndefinedError):
            BALLS.root(base, number(Fraction(1, 2)))


def test_what_is_too_large_is_not_evaluated() -> None:
    with pytest.raises(UndefinedError):
        BALLS.elementary("exp", 0, number(10**6))
    with pytest.raises(OutOfReachError):
        BALLS.elementary("erf", 0, number(10))
