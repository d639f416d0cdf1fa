from fractions import Fraction

import pytest

from matcalc.report.pieces import Binding, Piece, number_piece


def test_a_piece_gets_brackets_only_where_its_place_binds_more_firmly() -> None:
    total = Piece("a + b", Binding.SUM)
    assert total.at(Binding.SUM) == "a + b"
    assert total.at(Binding.PRODUCT) == "(a + b)"


@pytest.mark.parametrize(
    ("value", "text", "binding"),
    [(Fraction(3), "3", Binding.ATOM), (Fraction(1, 2), "1/2", Binding.PRODUCT), (Fraction(-2), "−2", Binding.SUM)],
)
def test_numbers_are_written_as_whole_or_as_quotients(value: Fraction, text: str, binding: Binding) -> None:
    assert number_piece(value) == Piece(text, binding)
