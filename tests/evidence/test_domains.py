"""Numbers are exact where they are rational, say so where they are not, and refuse what has no value."""

from decimal import Decimal
from fractions import Fraction

import pytest

from matcalc.evidence.domains import (
    ELEMENTARY,
    Decimals,
    Irrational,
    Rationals,
    apply,
    decimal_arithmetic,
    power,
)
from matcalc.evidence.duals import Dual, split
from matcalc.evidence.outcomes import IrrationalError, UndefinedError
from matcalc.language.functions import FUNCTIONS

HALF = Fraction(1, 2)

EXACT = (
    ("exp", 0, Fraction(0), 1),
    ("log", 0, Fraction(1), 0),
    ("log", 1, Fraction(3), Fraction(1, 3)),
    ("log", 2, Fraction(3), Fraction(-1, 9)),
    ("sqrt", 0, Fraction(9, 4), Fraction(3, 2)),
    ("sqrt", 1, Fraction(4), Fraction(1, 4)),
    ("sin", 1, Fraction(0), 1),
    ("abs", 0, Fraction(-2), 2),
    ("abs", 1, Fraction(-2), -1),
    ("abs", 2, Fraction(-2), 0),
    ("abs", 0, Fraction(0), 0),
    ("sign", 0, Fraction(0), 0),
    ("sign", 1, Fraction(3), 0),
    ("relu", 0, Fraction(-1), 0),
    ("relu", 1, Fraction(2), 1),
    ("relu", 1, Fraction(-2), 0),
    ("sigmoid", 0, Fraction(0), HALF),
    ("sigmoid", 1, Fraction(0), Fraction(1, 4)),
    ("softplus", 1, Fraction(0), HALF),
    ("erf", 0, Fraction(0), 0),
    ("tanh", 1, Fraction(0), 1),
)


@pytest.mark.parametrize(("function", "order", "x", "expected"), EXACT)
def test_elementary_functions_are_exact_where_they_are_rational(
    function: str, order: int, x: Fraction, expected: Fraction
) -> None:
    assert Rationals().elementary(function, order, x) == expected
    with decimal_arithmetic(50):
        decimal = Decimals(50).elementary(function, order, Decimals(50).number(x))
        assert abs(decimal - Decimals(50).number(Fraction(expected))) < Decimal("1e-45")


def test_every_elementwise_function_of_the_language_is_there() -> None:
    elementwise = {name for name, row in FUNCTIONS.items() if row.doc.endswith("entry by entry")}
    assert elementwise == set(ELEMENTARY)


UNDEFINED = (
    ("log", 0, 0),
    ("log", 0, -1),
    ("sqrt", 0, -1),
    ("sqrt", 1, 0),
    ("abs", 1, 0),
    ("sign", 1, 0),
    ("relu", 1, 0),
    ("exp", 0, 10**6),
)


@pytest.mark.parametrize(("function", "order", "x"), UNDEFINED)
def test_what_has_no_value_is_undefined(function: str, order: int, x: int) -> None:
    with pytest.raises(UndefinedError):
        Rationals().elementary(function, order, Fraction(x))
    with pytest.raises((UndefinedError, ZeroDivisionError)):
        Decimals(50).elementary(function, order, Decimal(x))


def test_an_irrational_value_is_marked_and_spreads() -> None:
    value = Rationals().elementary("log", 0, Fraction(3))
    assert isinstance(value, Irrational)
    assert isinstance(Fraction(2) * value + 1, Irrational)
    with pytest.raises(IrrationalError):
        Rationals().elementary("exp", 0, value)


def test_a_rational_slope_survives_an_irrational_value() -> None:
    value, slopes = split(apply(Rationals(), "log", 0, Dual(0, Fraction(3), {0: Fraction(1)})), 0)
    assert isinstance(value, Irrational)
    assert slopes == {0: Fraction(1, 3)}


UNKNOWN = Irrational()
VARYING = Dual(0, Fraction(3), {0: Fraction(2)})


@pytest.mark.parametrize(
    ("number", "slope"),
    [
        (UNKNOWN + VARYING, 2),
        (VARYING + UNKNOWN, 2),
        (UNKNOWN - VARYING, -2),
        (VARYING - UNKNOWN, 2),
        (-UNKNOWN + VARYING, 2),
        (UNKNOWN * VARYING, UNKNOWN),
        (VARYING * UNKNOWN, UNKNOWN),
        (UNKNOWN / VARYING, UNKNOWN),
    ],
)
def test_a_slope_survives_beside_an_irrational_constant(number: Dual, slope: object) -> None:
    assert split(number, 0) == (UNKNOWN, {0: slope})


def test_what_is_divided_by_zero_is_undefined_though_it_be_irrational() -> None:
    with pytest.raises(ZeroDivisionError):
        UNKNOWN / Fraction(0)
    for number in (UNKNOWN, Fraction(1), VARYING):
        with pytest.raises(IrrationalError):
            number / UNKNOWN


POWERS = (
    (Fraction(3), Fraction(2), 9),
    (Fraction(-3), Fraction(3), -27),
    (Fraction(2), Fraction(-2), Fraction(1, 4)),
    (Fraction(0), Fraction(0), 1),
    (Fraction(0), Fraction(3), 0),
    (Fraction(0), HALF, 0),
    (Fraction(9), HALF, 3),
    (Fraction(8), Fraction(2, 3), 4),
    (Fraction(4), -HALF, HALF),
)


@pytest.mark.parametrize(("base", "exponent", "expected"), POWERS)
def test_powers(base: Fraction, exponent: Fraction, expected: Fraction) -> None:
    assert power(Rationals(), base, exponent) == expected


def test_a_power_is_differentiated_by_its_base_and_by_its_exponent() -> None:
    base = Dual(0, Fraction(4), {0: Fraction(1)})
    assert split(power(Rationals(), base, HALF), 0) == (2, {0: Fraction(1, 4)})
    assert split(power(Rationals(), base, Fraction(3)), 0) == (64, {0: 48})
    exponent = Dual(0, Fraction(5), {0: Fraction(1)})
    assert split(apply(Rationals(), "log", 0, Fraction(1)) * exponent, 0) == (0, {0: 0})
    with decimal_arithmetic(50):
        value, slopes = split(power(Decimals(50), Decimal(2), Dual(0, Decimal(3), {0: Decimal(1)})), 0)
        assert abs(value - 8) < Decimal("1e-45")
        assert abs(slopes[0] - 8 * Decimal(2).ln()) < Decimal("1e-45")


@pytest.mark.parametrize(("base", "exponent"), [(Fraction(-1), HALF), (Fraction(0), -HALF)])
def test_roots_need_a_positive_base(base: Fraction, exponent: Fraction) -> None:
    with pytest.raises(UndefinedError):
        power(Rationals(), base, exponent)


def test_a_negative_power_of_zero_divides_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        power(Rationals(), Fraction(0), Fraction(-1))


def test_decimals_have_their_digits() -> None:
    with decimal_arithmetic(50):
        assert str(Decimals(50).pi()) == "3.1415926535897932384626433832795028841971693993751"
        assert Decimals(50).is_zero(Decimal("1e-30"))
        assert not Decimals(50).is_zero(Decimal("1e-20"))
