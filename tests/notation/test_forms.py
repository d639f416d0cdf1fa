"""Which notation a text is in: the Python form wherever it has a meaning there."""

import pytest

from matcalc.catalogue import read_folder
from matcalc.notation import form_of, parse, python_form
from tests.notation.samples import WHERE, faults

CASES = (
    ("D(x.T @ X @ x, x) == 2 * x", "python"),
    ("X*x == x", "python"),  # a claim of the Python form, false or not, stays one
    ("tr(X) == s", "python"),
    ("x' @ v == s", "python"),
    ("trace(X*B)", "python"),
    ("x*v", "python"),
    ("s*x", "python"),
    ("2*A", "python"),
    ("x + v", "python"),
    ("f(x)", "python"),
    ("sofmax(x)", "python"),
    ("q(x)", "python"),
    ("Q(x)", "mathematical"),
    ("D(s, x)", "python"),
    ("log(det(X))", "python"),
    ("X*x", "mathematical"),
    ("norm1(A*x - y)", "mathematical"),
    ("A*exp(x)", "mathematical"),
    ("2*B*X*x", "mathematical"),
    ("-X*(x + v)", "mathematical"),
    ("tr(X*B)", "mathematical"),
    ("norm2(x)", "mathematical"),
    ("norm(Ax)", "mathematical"),
    ("X(x + v)", "mathematical"),
    ("2(x + v)", "mathematical"),
    ("I", "mathematical"),
    ("x_1", "mathematical"),
    ("z_1", "python"),
    ("x'*v", "mathematical"),
    ("x.*v", "mathematical"),
    ("s^2", "mathematical"),
    ("X*B = B*X", "mathematical"),
    ("λ*x", "mathematical"),
    ("x'\\,v", "latex"),
    (r"x^\top v == s", "latex"),
)


@pytest.mark.parametrize(("text", "form"), CASES, ids=[row[0] for row in CASES])
def test_a_text_is_in_one_form(text: str, form: str) -> None:
    assert form_of(text, WHERE) == form


def test_undeclared_capitals_look_like_matrices_and_small_letters_like_vectors() -> None:
    assert form_of("A*exp(x)", {}) == "mathematical"
    assert form_of("A*exp(x)", {"A": "vector(n)"}) == "python"
    assert form_of("A*x", {"x": "scalar"}) == "python"
    assert form_of("alpha*x", {}) == "python"


@pytest.mark.parametrize("names", [{"Ax": "vector(m)"}, {"tr": "function"}, {"I": "matrix(n, n)"}])
def test_a_declared_name_is_no_notation_of_paper(names: dict[str, str]) -> None:
    (name,) = names
    assert form_of(f"norm({name})" if name != "tr" else "tr(x)", {"x": "vector(n)", **names}) == "python"


def test_the_form_can_be_told() -> None:
    square = {"A": "matrix(n, n)", "B": "matrix(n, n)"}
    assert python_form(parse("A*B", square), square) == "A*B"
    assert python_form(parse("A*B", square, "mathematical"), square) == "A @ B"


def test_what_is_told_to_be_of_the_python_form_is_not_read_otherwise() -> None:
    ((marked, line),) = faults("A*x", "python") or (("", ""),)
    assert (marked, line) == ("", "")  # the fault of shapes is that of the claim in the Python form
    assert faults("xᵀx", "python") == [("ᵀ", "ᵀ is no transpose here; write x.T")]


def test_every_claim_of_the_catalogue_is_of_the_python_form() -> None:
    identities = [identity for catalogue in read_folder() for identity in catalogue.identities]
    assert {form_of(identity.claim, identity.where) for identity in identities} == {"python"}
