"""A size that paper leaves out is the one that is forced, or there is a fault; nothing is guessed."""

import pytest

from matcalc.errors import MatcalcError
from matcalc.notation import parse, python_form, settle
from matcalc.notation.openings import MOST_OPEN
from tests.notation.samples import WHERE, faults

NOT_TOLD = "its size is not told by what stands around it; write I_n, 1_n or ones(n)"


@pytest.mark.parametrize("text", ["tr(I)", "𝟏ᵀ𝟏", "𝟏ᵀx + tr(I I)", "I", "tr(vector(1) vector(1)')"])
def test_a_size_that_nothing_forces_is_a_fault(text: str) -> None:
    assert [line for _, line in faults(text)] == [NOT_TOLD]


def test_a_size_that_fits_nowhere_is_told_as_a_fault_of_shapes() -> None:
    assert faults("A + I")[0][1].startswith("A + I needs equal shapes, and A is m×n, I is ")


def test_a_text_leaves_out_a_limited_number_of_sizes() -> None:
    assert faults("I " * MOST_OPEN + "x") == []
    assert faults("I " * (MOST_OPEN + 1) + "x") == [
        ("I", "too many sizes are left out; write I_n for the identity of size n")
    ]


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("A + 2I", "A + 2 * eye(n + p)"),
        ("(I ⊗ C) A", "kron(eye(m), C) @ A"),
        ("I I A I", "eye(n + p) @ eye(n + p) @ A @ eye(n + p)"),
        ("(I - 𝟏𝟏ᵀ) A = I", "(eye(n + p) - ones(n + p) @ ones(n + p).T) @ A == eye(n + p)"),
    ],
)
def test_a_size_is_what_the_shapes_around_it_need(text: str, python: str) -> None:
    where = {"A": "matrix(n + p, n + p)", "C": "matrix(q, q)"}
    if "⊗" in text:
        where["A"] = "matrix(m * q, n)"
    assert python_form(parse(text, where), where) == python


def test_without_declared_sizes_each_keeps_a_name_of_its_own() -> None:
    parsed = parse("X + I + n I")
    assert parsed.open_sizes == ("m", "p")
    assert settle(parsed, {}) == parsed


def test_a_size_that_the_declarations_name_is_settled() -> None:
    parsed = parse("X + I")
    assert parsed.open_sizes == ("n",)
    assert settle(parsed, {"X": "matrix(n, n)"}) == parsed


def test_a_faulty_declaration_is_told_as_well() -> None:
    with pytest.raises(MatcalcError, match="never closed"):
        python_form(parse("X + I", WHERE), {**WHERE, "Q": "matrix(n"})


def test_sizes_that_are_told_are_settled_though_a_name_is_not_declared() -> None:
    given = {"X": "matrix(n, n)"}
    parsed = settle(parse("(X + I) v + 𝟏", given), given)
    assert parsed.open_sizes == ("p",)
