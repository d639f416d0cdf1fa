"""A claim is written out at the sizes that are asked for, or says why it is not."""

import pytest

from matcalc.errors import MatcalcError
from matcalc.evidence.expansion import chosen_numbers, expand
from matcalc.evidence.outcomes import NoPoint, Unsupported
from matcalc.results import Expansion
from tests.evidence.claims import claim


def expansion(text: str, seconds: float = 20.0, **numbers: int) -> Expansion:
    found = expand(claim(text), numbers, seconds)
    assert isinstance(found, Expansion)
    return found


def test_symbols_derivatives_and_sides_are_written_out() -> None:
    found = expansion("D(x.T @ A @ x, x) == (A + A.T) @ x", n=2)
    assert found.symbols["x"] == (("x[1]",), ("x[2]",))
    (partials,) = found.derivatives
    assert (partials.body, partials.variable, partials.variable_entries) == ("x.T @ A @ x", "x", ("x[1]", "x[2]"))
    assert partials.entries == (("x[1]**2*A[1, 1] + x[1]*x[2]*A[1, 2] + x[1]*x[2]*A[2, 1] + x[2]**2*A[2, 2]",),)
    left, right = found.sides
    assert left == right == (partials.slopes[0][:1], partials.slopes[0][1:])
    assert found.agrees == ((True,), (True,))


def test_entries_that_differ_are_marked() -> None:
    assert expansion("A == A.T", n=2).agrees == ((True, False), (False, True))
    assert expansion("s == s == t").agrees == ((False,),)


def test_a_derivative_by_one_entry_has_one_column() -> None:
    (partials,) = expansion("D(A @ x, A[i, j]) == D(A @ x, A[i, j])", n=2, i=1, j=2).derivatives
    assert partials.variable_entries == ("A[1, 2]",)
    assert partials.slopes == (("x[2]",), ("0",))


def test_derivatives_inside_others_and_inside_sums_are_left_to_their_entries() -> None:
    found = expansion("D(D(s ** 3, s), s) == Sum(D(x[r] * s, s), r, 1, n)", n=2)
    assert [partials.body for partials in found.derivatives] == ["D(s ** 3, s)"]


def test_what_cannot_be_written_out_says_why() -> None:
    assert expand(claim("expm(A) == A"), {"n": 2}, 5.0) == Unsupported("the exponential of a generic matrix")
    assert expand(claim("inv(A) @ A == A"), {"n": 2}, 0.0) == Unsupported("the time limit was reached")
    reason = "the sides have no value at these sizes: a division by zero or a singular matrix"
    assert expand(claim("inv(K) == K"), {"n": 3}, 5.0) == NoPoint(reason)


def test_integers_and_indices_have_values_of_their_own() -> None:
    assert chosen_numbers(claim("A[i, j] ** e == s"), {"n": 3, "j": 2}) == {"n": 3, "i": 1, "j": 2, "e": 2}


FAULTY = (
    (
        "B == B",
        {"m": 2, "k": 3},
        ["k is no size or integer of this claim; it has n, m", "the size n has no value; add n=2 to --sizes"],
    ),
    (
        "A == A",
        {"nn": 2},
        ["nn is no size or integer of this claim; did you mean n?", "the size n has no value; add n=2 to --sizes"],
    ),
    ("A == A", {"n": 0}, ["n = 0 is out of range; choose a size from 1 to 5"]),
    ("A == A", {"n": 9}, ["n = 9 is out of range; choose a size from 1 to 5"]),
    ("x[i] == s", {"n": 2, "i": 3}, ["i = 3 is out of range; choose a number from 1 to 2"]),
    ("s ** e == s", {"e": 99}, ["e = 99 is out of range; choose a number from 0 to 8"]),
    ("s == s", {"n": 2}, ['n is no size or integer of this claim; all of its sizes are fixed: write --sizes ""']),
)


@pytest.mark.parametrize(("text", "given", "lines"), FAULTY, ids=[text for text, _, _ in FAULTY])
def test_numbers_that_do_not_fit_are_faults(text: str, given: dict[str, int], lines: list[str]) -> None:
    with pytest.raises(MatcalcError) as error:
        chosen_numbers(claim(text), given)
    assert [fault.headline() for fault in error.value.faults] == lines
