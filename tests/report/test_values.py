import pytest

from matcalc.report.values import counted, counterexample_block, counterexample_line, exact_places, value_text
from matcalc.results import Counterexample, ExactCheck, Value

COUNTEREXAMPLE = Counterexample({"m": 1, "n": 2}, {"A": ((1, 20), (-3, 4)), "s": "1/3"}, lhs=((1,), (2,)), rhs=0.125)


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), ("1/3", "1/3"), (0.1 + 0.2, "0.3"), (((1,), (2,)), "[1; 2]"), (((1, "1/2"), (3, 4)), "[1 1/2; 3 4]")],
)
def test_a_value_fits_on_one_line(value: Value, text: str) -> None:
    assert value_text(value) == text


def test_a_counterexample_on_one_line() -> None:
    assert counterexample_line(COUNTEREXAMPLE) == ("at m=1, n=2, A = [1 20; -3 4], s = 1/3: left [1; 2], right 0.125")


def test_a_counterexample_as_a_block_with_aligned_columns() -> None:
    assert counterexample_block(COUNTEREXAMPLE) == [
        "sizes  m=1, n=2",
        "A = [  1  20 ]",
        "    [ -3   4 ]",
        "s = 1/3",
        "",
        "left = [ 1 ]",
        "       [ 2 ]",
        "right = 0.125",
    ]


def test_a_block_gives_every_digit_of_decimals_and_their_bound() -> None:
    counterexample = Counterexample({}, {"s": 1}, lhs=2.71828182846, rhs=2, error=1e-12)
    assert counterexample_block(counterexample) == [
        "s = 1",
        "",
        "left = 2.71828182846",
        "right = 2",
        "",
        "decimals are within 1e-12 of the exact values",
    ]


def test_counts_agree_with_their_noun() -> None:
    assert [counted(1, "point"), counted(2, "point")] == ["1 point", "2 points"]
    assert counted(2, "identity", "identities") == "2 identities"


@pytest.mark.parametrize(
    ("exact", "text"),
    [
        (ExactCheck(True, ({"n": 2}, {"n": 3})), "n=2; n=3"),
        (ExactCheck(True, ({"m": 2, "n": 3},), {"k": (0, 1, 2, 3)}), "m=2, n=3; k=0…3"),
        (ExactCheck(True, ({},)), "the given sizes"),
    ],
)
def test_places_of_an_exact_check_fit_on_one_line(exact: ExactCheck, text: str) -> None:
    assert exact_places(exact) == text
