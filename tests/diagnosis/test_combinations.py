"""Coefficients are found where terms are independent, and a side becomes the general one."""

from matcalc.diagnosis.combinations import MOST_TERMS, combinations
from matcalc.diagnosis.statements import Statement, refuted
from matcalc.evidence import screen
from matcalc.language import parse_claim, to_text

WHERE = {"x": "vector(n)", "A": "matrix(n, n)", "C": "matrix(n, n)", "X": "matrix(n, n)", "s": "scalar"}


def combined(text: str) -> str | None:
    claim = parse_claim(text, WHERE)
    subject = refuted(Statement(text, WHERE, "mixed"), claim)
    points = screen(claim)
    assert subject is not None
    assert points is not None
    return next((to_text(form.side) for form in combinations(subject, points)), None)


def test_terms_get_the_coefficients_that_are_right() -> None:
    assert combined("D(s * x.T @ x + x.T @ A @ A.T @ x, x) == s * x + A @ A.T @ x") == "2 * (s * x) + 2 * (A @ A.T @ x)"


def test_a_term_too_many_is_left_out() -> None:
    assert combined("D(trace(A @ X), X) == A.T + A.T @ C") == "A.T"


def test_a_symbol_is_transposed_wherever_it_stands() -> None:
    assert combined("D(trace(X.T @ A @ X @ C), X) == 2 * A @ X @ C") == "A @ X @ C + A.T @ X @ C.T"


def test_products_of_sums_are_multiplied_out() -> None:
    assert combined("D(x.T @ A @ x - s * x.T @ x, x) == (A - s * eye(n)) @ x") == (
        "A @ x - 2 * (s * eye(n) @ x) + A.T @ x"
    )


def test_no_combination_is_no_form() -> None:
    assert combined("D(x.T @ x, x) == A @ x") is None


def test_of_too_many_terms_no_combination_is_tried() -> None:
    terms = " + ".join(f"matrix_power(A, {k + 1}) @ x" for k in range(MOST_TERMS + 1))
    assert combined(f"D(x.T @ x, x) == {terms}") is None
