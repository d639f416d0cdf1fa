import pytest

from matcalc.report.scripts import in_ascii, subscript, superscript


@pytest.mark.parametrize(
    ("text", "raised", "lowered"),
    [
        pytest.param("n", "ⁿ", "ₙ", id="letter"),
        pytest.param("n - 1", "ⁿ⁻¹", "ₙ₋₁", id="difference"),
        pytest.param("q", None, None, id="no such character"),
        pytest.param("m×n", "ᵐˣⁿ", None, id="sizes"),
    ],
)
def test_raised_and_lowered_text_exists_or_is_refused(text: str, raised: str | None, lowered: str | None) -> None:
    assert (superscript(text), subscript(text)) == (raised, lowered)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("∇ₓ (xᵀ A x) = (A + Aᵀ) x", "grad_x (x' A x) = (A + A') x", id="gradient"),
        pytest.param("Σⱼₖ xⱼ Aⱼₖ ≠ ‖x‖²", "Sum_jk x_j A_jk != ||x||^2", id="indices and powers"),
        pytest.param("A ∈ ℝᵐˣⁿ", "A in R^mxn", id="sizes"),
        pytest.param("求导", "\\u6c42\\u5bfc", id="what has no likeness"),
    ],
)
def test_mathematics_has_a_likeness_in_ascii(text: str, plain: str) -> None:
    assert in_ascii(text) == plain
