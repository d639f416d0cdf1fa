"""The hypotheses that are tried, as statements and as words."""

import pytest

from matcalc.diagnosis.hypotheses import HYPOTHESES, PROPERTIES, Hypothesis
from matcalc.diagnosis.statements import Statement
from matcalc.evidence.relevance import relevant
from matcalc.language import parse_claim
from matcalc.language.declarations import PROPERTIES as KNOWN


def tried(text: str, **where: str) -> list[Hypothesis]:
    claim = relevant(parse_claim(text, where))
    return [one for kind in HYPOTHESES for one in kind(Statement(text, where, "mixed"), claim)]


def test_every_property_is_one_of_the_language() -> None:
    assert {name for name, _, _ in PROPERTIES} <= set(KNOWN)
    assert all(KNOWN[name][0] == ("square" if is_square else "real") for name, _, is_square in PROPERTIES)


def test_a_property_stands_before_the_variables() -> None:
    found = {one.words: one.statement.where["W"] for one in tried("W == 2 * W", x="vector(n)", W="matrix(n, n) of x")}
    assert found["if W is symmetric"] == "matrix(n, n) symmetric of x"
    assert found["if W does not depend on x"] == "matrix(n, n)"


@pytest.mark.parametrize("known", ["symmetric", "pd", "psd", "diagonal"])
def test_what_is_known_is_no_hypothesis(known: str) -> None:
    assert "if A is symmetric" not in [one.words for one in tried("A == 2 * A", A=f"matrix(n, n) {known}")]


def test_a_vector_is_not_symmetric() -> None:
    assert [one.words for one in tried("x == 2 * x", x="vector(n)")] == [
        "if every entry of x is positive",
        "if no entry of x is 0",
        "if n = 1",
    ]


def test_a_size_of_a_function_name_is_replaced_where_it_is_a_size() -> None:
    (last,) = [one for one in tried("d * d(A) == dA", A="matrix(d, d)") if one.words == "if d = 1"]
    assert (last.statement.text, last.statement.where) == ("1 * d(A) == dA", {"A": "matrix(1, 1)"})


def test_a_polynomial_takes_names_that_are_free() -> None:
    where = {"A": "matrix(k, k)", "C": "matrix(k, k)"}
    found = [one.statement for one in tried("A @ C == C @ A", **where) if one.words == "if C is a polynomial in A"]
    assert found[0].text == (
        "A @ Sum(c[r] * matrix_power(A, r - 1), r, 1, kk) == Sum(c[r] * matrix_power(A, r - 1), r, 1, kk) @ A"
    )


def test_matrices_become_square_where_a_size_vanishes() -> None:
    found = tried("det(A @ B) == det(A) * det(B)", A="matrix(n, n)", B="matrix(n, n)")
    assert not any("square" in one.words for one in found)
    found = tried("A @ B == eye(p)", A="matrix(p, n + p)", B="matrix(n + p, p)")
    assert "if A and B are square" in [one.words for one in found]
