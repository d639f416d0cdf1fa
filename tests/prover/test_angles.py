"""The units of angles: all coefficients of a product are multiples of its unit."""

from fractions import Fraction

import pytest

from matcalc.components.lowering import lower_claim
from matcalc.prover.angles import units_of
from tests.claims import Case

UNITS: dict[str, list[str]] = {
    "sin(2 * s) + cos(3 * s)": ["1"],
    "sin(2 * s) * cos(4 * s)": ["2"],
    "sin(0.5 * s) + cos(0.75 * s)": ["1/4"],
    "exp(cos(s)) - sin(-s)": ["1"],
    "sin(2 * s + t) + tan(0.5 * t)": ["1/2", "2"],
    "exp(3 * s)": [],
}


@pytest.mark.parametrize(("text", "units"), UNITS.items())
def test_the_unit_measures_every_angle(text: str, units: list[str]) -> None:
    side = lower_claim(Case(f"{text} == {text}").claim())[0]
    assert sorted(units_of([side.entries]).values()) == [Fraction(unit) for unit in units]
