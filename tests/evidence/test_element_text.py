"""Generic numbers are printed in the language of claims."""

import pytest

from matcalc.evidence.element_text import Writer
from matcalc.evidence.generic import generic_sides
from matcalc.evidence.relevance import relevant
from matcalc.evidence.towers import Budget
from tests.evidence.claims import claim

TEXTS = (
    ("s == 0", "s"),
    ("s - s == 0", "0"),
    ("x.T @ x == 0", "x[1]**2 + x[2]**2"),
    ("det(A) == 0", "A[1, 1]*A[2, 2] - A[1, 2]*A[2, 1]"),
    ("-s / 2 - 1 == 0", "-(1/2)*s - 1"),
    ("s / t ** 2 == 0", "s/t**2"),
    ("(s + 1) / (t + s * t) == 0", "1/t"),
    ("s / (1 + t) ** 2 == 0", "s/(t + 1)**2"),
    ("norm(x) == 0", "sqrt(x[1]**2 + x[2]**2)"),
    ("p ** (1 / 3) == 0", "(p)**(1/3)"),
    ("exp(s / 2) + log(p) == 0", "exp(s/2) + log(p)"),
    ("logdet(G) == 0", "log(abs(G[1, 1])) + log(abs(G[2, 2]))"),
    ("sign(s) == 0", "sign(s)"),
    ("cos(s) * pi == 0", "cos(s)*pi"),
    ("erf(s) == 0", "erf(s)"),
    ("D(f(s), s) * f(t) == 0", "f.prime(s)*f(t)"),
    ("D(u[1], x[2]) == 0", "D(u[1], 2)"),
    ("w == 0", "w"),
    ("d(s * s) == 2 * s * ds", "2*s*ds"),
    ("trace(dA) == 0", "dA[1, 1] + dA[2, 2]"),
    ("sum(A + C) ** 2 == 0", "A[1, 1]**2 + 2*A[1, 1]*A[1, 2] + 2*A[1, 1]*A[2, 1] + 2*A[1, 1]*A[2, 2] + ... (36 terms)"),
)


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text for text, _ in TEXTS])
def test_an_element_is_printed_as_it_would_be_claimed(text: str, expected: str) -> None:
    stated = relevant(claim(text))
    numbers = dict.fromkeys(stated.scope.sizes, 2)
    generic = generic_sides(stated, numbers, Budget(float("inf")))
    assert Writer(generic.domain.tower, stated.scope).text(generic.sides[0][0][0]) == expected
