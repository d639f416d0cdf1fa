"""What a name is on paper."""

import pytest

from matcalc.language.conventions import look

LOOKS = (
    ("A", "matrix"), ("A11", "matrix"), ("X_hat", "matrix"), ("Sigma", "matrix"), ("Σ", "matrix"),
    ("x", "vector"), ("x1", "vector"), ("c_bar", "vector"),
    ("alpha", "scalar"), ("lam", "scalar"), ("lambda_1", "scalar"), ("mu2", "scalar"), ("α", "scalar"),
    ("I", None), ("xs", None), ("AB", None), ("foo", None), ("alphabet", None), ("_x", None),
)  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), LOOKS)
def test_a_letter_says_what_it_is_and_a_word_does_not(name: str, kind: str | None) -> None:
    assert look(name) == kind
