"""Brackets have partners, and the d of a derivative is told from a name that starts with d."""

import pytest

from matcalc.notation.brackets import differential_letters, partners


def test_every_bracket_knows_its_partner() -> None:
    assert partners("(a[b]{c})") == {0: 8, 8: 0, 2: 4, 4: 2, 5: 7, 7: 5}


def test_a_bracket_without_a_partner_has_none() -> None:
    assert partners("(]{") == {}
    assert partners(r"\{a}") == {}


LETTERS = (
    ("d/dx xx", [0, 2]),
    ("df/dx", [0, 3]),
    (r"\frac{d}{dx}", [6, 9]),
    (r"\frac{d f}{d x}", [6, 11]),
    (r"\frac{\mathrm{d}}{\mathrm{d} x}", [6, 18]),
    (r"\frac{d}{2}", []),
    ("det(X)/d", []),
    ("dX", []),
    ("add/dx", []),
)


@pytest.mark.parametrize(("text", "places"), LETTERS, ids=[row[0] for row in LETTERS])
def test_the_letter_d_of_a_derivative_is_found(text: str, places: list[int]) -> None:
    assert sorted(differential_letters(text, partners(text))) == places
