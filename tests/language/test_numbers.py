from fractions import Fraction

import pytest

from matcalc.errors import MatcalcError
from matcalc.language import parse_claim
from matcalc.language.numbers import MAX_BITS, constant, is_within_limits

WHERE = {"a": "scalar", "X": "matrix(n, n)", "k": "integer"}


@pytest.mark.parametrize("base", [Fraction(2), Fraction(-3), Fraction(1, 7), Fraction(10**40), Fraction(5, 3)])
def test_what_is_refused_has_more_digits_than_the_limit_and_what_is_not_has_not_many_more(base: Fraction) -> None:
    most = next(exponent for exponent in range(MAX_BITS + 1) if not is_within_limits(base, exponent + 1))
    for exponent, is_allowed in ((most, True), (most + 1, False), (-most, True), (-most - 1, False)):
        value = base**exponent
        bits = max(abs(value.numerator).bit_length(), value.denominator.bit_length())
        assert is_within_limits(base, exponent) is is_allowed
        assert bits < 2 * MAX_BITS if is_allowed else bits > MAX_BITS


@pytest.mark.parametrize("base", [0, 1, -1])
def test_no_power_of_these_is_large(base: int) -> None:
    assert is_within_limits(base, 10**50)


@pytest.mark.parametrize(
    ("claim", "span"),
    [
        ("9**9**9 * a == a", (0, 7)),
        ("a == a**(9**9**9)", (8, 17)),
        ("(1/3)**99999999 == 0", (0, 15)),
        ("2**(10**9) == 1", (0, 10)),
        ("X == -(2 - 5)**(4 * 10**4) * X", (6, 26)),
        ("((2**1000)**1000)**1000 == a", (0, 17)),
        ("(" * 5 + "2" + "**99)" * 5 + " == a", (3, 16)),
    ],
)
def test_a_power_of_numbers_that_is_too_large_is_a_fault_at_its_place(claim: str, span: tuple[int, int]) -> None:
    with pytest.raises(MatcalcError) as caught:
        parse_claim(claim, WHERE)
    first = caught.value.faults[0]
    assert first.what == f"the power has more than {MAX_BITS} binary digits"
    assert first.span == span


@pytest.mark.parametrize("claim", ["2**7999 == 0", "a**1000000000 == a", "9**k**k == a", "1**10**50 == 1"])
def test_other_powers_are_no_faults(claim: str) -> None:
    parse_claim(claim, WHERE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 * (3 - 1/4)", Fraction(11, 2)),
        ("-2**-3", Fraction(-1, 8)),
        ("2**(1/2)", None),
        ("a + 1", None),
        ("1 / (1 - 1)", None),
        ("0**(0 - 1)", None),
        (" * ".join(["2**5000"] * 3), None),
    ],
)
def test_an_expression_of_numbers_has_a_value(text: str, value: Fraction | None) -> None:
    side = parse_claim(f"{text} == a", WHERE).sides[0]
    assert constant(side) == value
