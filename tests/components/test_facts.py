"""What may be concluded from declarations alone."""

import pytest

from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.terms import Declared, Delta, Entries, Head, Tangent
from tests.claims import Case

WHERE = {
    "w": "scalar positive",
    "u": "vector(m) of x",
    "g": "scalar of u",
    "h": "scalar of g, s",
    "S": "matrix(n, n) symmetric",
    "Q": "matrix(n, n) skew",
    "V": "matrix(n, n) invertible",
}


def entries_of(text: str) -> Entries:
    return lower_claim(Case(f"{text} == {text}", WHERE).claim())[0].entries


FACTS = facts_of(Case("sum(x) == sum(x)", WHERE).claim().scope)

VARYING = {
    "s": {"s"},
    "s * t + 1": {"s", "t"},
    "detach(s) * t": {"t"},
    "exp(detach(x) * 2)": set(),
    "detach(s * t) + s": {"s"},
    "sum(u)": {"u", "x"},
    "g": {"g", "u", "x"},
    "h": {"h", "g", "u", "x", "s"},
    "f(g * t)": {"g", "u", "x", "t"},
    "D(g, u)": {"g", "u", "x"},
    "D(g, x)": {"g", "u", "x"},
    "det(X @ Y)": {"X", "Y"},
    "sum(dX)": set(),
    "sum(exp(X + exp(Y)))": {"X", "Y"},
    "Sum(s**r, r, 0, k)": {"s"},
    "n * k": set(),
}


@pytest.mark.parametrize(("text", "names"), VARYING.items())
def test_what_an_expression_varies_with(text: str, names: set[str]) -> None:
    entries = entries_of(text)
    assert {name for name in FACTS.symbols if FACTS.varies(entries, name)} == names


POSITIVE = ("n", "n * m + 1", "exp(s)", "w", "w * exp(s) + 2", "sum(exp(x))", "exp(s)**2 / w", "pi")
NOT_POSITIVE = ("s", "k", "s**2", "n - 1", "w - 1", "abs(s)", "s**2 + t**2", "exp(s) - 1", "g", "sigmoid(s) - 1")


@pytest.mark.parametrize(("text", "positive"), [*((t, True) for t in POSITIVE), *((t, False) for t in NOT_POSITIVE)])
def test_only_what_is_never_zero_nor_negative_is_positive(text: str, positive: bool) -> None:
    (term,) = entries_of(f"({text})**3").terms
    assert all(FACTS.is_positive(factor.head) for factor in term.factors) == positive


STRUCTURES = {
    Declared("S"): {"symmetric"},
    Declared("H"): {"pd", "symmetric"},
    Declared("E"): {"diagonal", "symmetric", "lower", "upper"},
    Declared("Z"): {"symmetric", "lower", "upper"},
    Declared("O"): {"orthogonal"},
    Declared("x"): set(),
    Tangent("H"): {"symmetric"},
    Tangent("O"): set(),
    Declared("K", ("s",)): {"skew"},
    Delta(): set(),
}


@pytest.mark.parametrize(("head", "expected"), STRUCTURES.items(), ids=map(str, STRUCTURES))
def test_tangents_and_derivatives_keep_a_linear_structure(head: Head, expected: set[str]) -> None:
    where = {**WHERE, "H": "matrix(n, n) pd", "E": "matrix(n, n) diagonal", "Z": "matrix(n, n) lower symmetric"}
    where |= {"O": "matrix(n, n) orthogonal", "K": "matrix(n, n) skew of s"}
    assert facts_of(Case("s == s", where).claim().scope).structure(head) == expected


def test_a_structure_is_not_felt_where_the_symbol_is_differentiated_by() -> None:
    under = FACTS.under("S")
    assert under.structure(Declared("S")) == frozenset()
    assert under.structure(Tangent("S")) == {"symmetric"}
    assert under.structure(Declared("Q")) == {"skew"}
    assert FACTS.under("x") is FACTS
