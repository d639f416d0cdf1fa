"""Near names are near, and names from elsewhere are said in the language."""

import pytest

from matcalc.language.functions import is_known
from matcalc.language.suggestions import SAID_OTHERWISE, mend_for_name


@pytest.mark.parametrize(
    ("name", "known", "mend"),
    [
        ("tarce", ("trace", "det"), "did you mean trace?"),
        ("a", ("A", "b"), "did you mean A?"),
        ("sigmiod", ("sine", "sigmoid"), "did you mean sigmoid?"),
        ("beta_1", ("beta", "beta_2"), "did you mean beta_2 or beta?"),
        ("q", ("x", "y"), "add q to where"),
        ("x", (), "add q to where"),
    ],
)
def test_the_nearest_names_are_suggested(name: str, known: tuple[str, ...], mend: str) -> None:
    assert mend_for_name(name, known, "add q to where") == mend


def test_what_the_language_says_otherwise_comes_before_a_near_name() -> None:
    assert mend_for_name("tr", ("t", "r"), "") == "write trace(X)"


def test_no_function_of_the_language_is_said_otherwise() -> None:
    assert not [name for name in SAID_OTHERWISE if is_known(name)]
