import pytest

from matcalc.language import parse_claim
from matcalc.report.statements import declarations


@pytest.mark.parametrize(
    ("declaration", "words"),
    [
        ("scalar", "t ∈ ℝ"),
        ("scalar positive", "t ∈ ℝ every entry positive"),
        ("vector(n)", "t ∈ ℝⁿ"),
        ("vector(2 * n + 1)", "t ∈ ℝ²ⁿ⁺¹"),
        ("vector(m * n)", "t ∈ ℝ^(n·m)"),
        ("matrix(m, n)", "t ∈ ℝᵐˣⁿ"),
        ("matrix(p, q)", "t ∈ ℝ^(p × q)"),
        ("matrix(n, n) symmetric invertible", "t ∈ ℝⁿˣⁿ invertible, symmetric"),
        ("matrix(n, n) psd", "t ∈ ℝⁿˣⁿ positive semidefinite"),
        ("integer", "t ∈ {0, 1, 2, …}"),
        ("index(n)", "t ∈ {1, …, n}"),
        ("function", "t: ℝ → ℝ smooth, applied to each entry"),
        ("scalar of z", "t(z) ∈ ℝ smooth"),
        ("vector(m) of z", "t(z) ∈ ℝᵐ smooth"),
    ],
)
def test_a_declaration_is_put_in_words(declaration: str, words: str) -> None:
    claim = parse_claim("z == z", {"z": "vector(n)", "t": declaration})
    assert declarations(claim) == ["z ∈ ℝⁿ", words]
