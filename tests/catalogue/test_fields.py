from fractions import Fraction

import pytest
from ruamel.yaml import YAML

from matcalc.catalogue.fields import Ledger, read_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("3", Fraction(3), id="integer"),
        pytest.param("-0.1", Fraction(-1, 10), id="decimal, exactly"),
        pytest.param("2e-3", Fraction(1, 500), id="power of ten"),
        pytest.param("1/3", Fraction(1, 3), id="fraction"),
        pytest.param('"1/3"', Fraction(1, 3), id="quoted fraction"),
        pytest.param("[1, 1/2]", (1, Fraction(1, 2)), id="vector"),
        pytest.param("[[1, 2]]", ((1, 2),), id="row"),
        pytest.param("[[1], [2]]", ((1,), (2,)), id="column"),
    ],
)
def test_numbers_are_exact(text: str, value: object) -> None:
    ledger = Ledger("it.yaml", text)
    assert read_value(YAML(typ="safe", pure=True).compose(text), "a value", ledger) == value
    assert ledger.faults == []


@pytest.mark.parametrize("text", ["x", "[]", "[[]]", "[[1, 2], [3]]", "[[[1]]]", "{a: 1}", "nan", "inf", "0x1F", "~"])
def test_anything_else_is_a_fault(text: str) -> None:
    ledger = Ledger("it.yaml", text)
    assert read_value(YAML(typ="safe", pure=True).compose(text), "a value", ledger) is None
    assert len(ledger.faults) == 1
