"""A size that paper leaves out is the one that is forced, or there is a fault; nothing is guessed."""

import pytest

from matcalc.notation import parse, settle
from tests.notation.samples import WHERE, faults

NOT_TOLD = "its size is not told by what stands around it; write I_n, 1_n or ones(n)"


@pytest.mark.parametrize("text", ["tr(I)", "𝟏ᵀ𝟏", "𝟏ᵀx + tr(I I)", "I", "tr(vector(1) vector(1)')"])
def test_a_size_that_nothing_forces_is_a_fault(text: str) -> None:
    assert [line for _, line in faults(text)] == [NOT_TOLD]


def test_a_size_that_fits_nowhere_is_told_as_a_fault_of_shapes() -> None:
    assert faults("A + I")[0][1].startswith("A + I needs equal shapes, and A is m×n, I is ")


def test_a_text_leaves_out_no_more_sizes_than_can_be_tried() -> None:
    assert faults("I I I I I I I x") == [("I", "too many sizes are left out; write I_n for the identity of size n")]


def test_a_size_of_several_names_is_found_too() -> None:
    where = {"A": "matrix(n + p, n + p)", "x": "vector(n)"}
    assert settle(parse("A + I", where), where).open_sizes == ()


def test_without_declared_sizes_each_keeps_a_name_of_its_own() -> None:
    parsed = parse("X + I + n I")
    assert parsed.open_sizes == ("m", "p")
    assert settle(parsed, {}) is parsed


def test_a_size_that_the_declarations_name_is_settled() -> None:
    parsed = parse("X + I")
    assert parsed.open_sizes == ("n",)
    assert settle(parsed, {"X": "matrix(n, n)"}) is parsed


def test_a_faulty_declaration_is_told_and_no_size_is_chosen_from_it() -> None:
    where = {**WHERE, "Q": "matrix(n"}
    assert settle(parse("X + I", where), where).open_sizes == ("p",)
