"""Every row of the table of mutation operators does what its name says."""

import pytest

from matcalc.language import parse_claim, to_text
from soundness.edits import edited, places
from soundness.operators import OPERATORS

WHERE = {
    "s": "scalar",
    "t": "scalar",
    "x": "vector(n)",
    "y": "vector(n)",
    "X": "matrix(n, n)",
    "Y": "matrix(n, n)",
    "k": "integer",
    "i": "index(n)",
    "j": "index(n)",
}

CASES = (
    ("drop a transpose", "X.T @ Y", "X @ Y"),
    ("add a transpose", "X @ Y", "X.T @ Y"),
    ("swap factors", "X @ Y", "Y @ X"),
    ("swap factors", "kron(X, Y)", "kron(Y, X)"),
    ("flip a sign", "s + t", "s - t"),
    ("change a coefficient", "2 * s", "3 * s"),
    ("change a coefficient", "2 * s", "2.000000001 * s"),
    ("change a coefficient", "s", "2 * s"),
    ("change an exponent", "s ** 3", "s ** 2"),
    ("change an exponent", "matrix_power(X, k)", "matrix_power(X, k + 1)"),
    ("replace a symbol", "X @ x", "Y @ x"),
    ("drop a term", "s + t", "t"),
    ("drop a factor", "X @ Y", "X"),
    ("drop a function", "exp(s)", "s"),
    ("move a parenthesis", "(s + t) * s", "s + t * s"),
    ("move a parenthesis", "(X @ Y).T", "X @ Y.T"),
    ("move a parenthesis", "log(s + t)", "log(s) + t"),
    ("exchange products", "X @ Y", "X * Y"),
    ("exchange functions", "det(X)", "logdet(X)"),
    ("change an index", "X[i, j]", "X[j, i]"),
    ("change an index", "k * s", "(k + 1) * s"),
    ("change a bound", "Sum(s ** r, r, 0, k)", "Sum(s ** r, r, 1, k)"),
    ("take an absolute value", "s * t", "abs(s) * t"),
    ("take the root of a square", "s", "sqrt(s ** 2)"),
    ("detach", "s * t", "detach(s) * t"),
    ("change the variable", "D(s * t, s)", "D(s * t, t)"),
    ("change the derivative", "D(s * t, s)", "grad(s * t, s)"),
)


def mutated(name: str, text: str) -> set[str]:
    """The texts of what an operator makes of an expression."""
    claim = parse_claim(f"{text} == {text}", WHERE)
    (operator,) = (row for row in OPERATORS if row.name == name)
    side = claim.sides[0]
    return {
        to_text(edited(side, path, new))
        for path, node in places(side)
        for new in operator.replacements(node, claim.scope)
    }


@pytest.mark.parametrize(("name", "text", "mutant"), CASES, ids=[f"{name}: {text}" for name, text, _ in CASES])
def test_an_operator_makes_the_mutant(name: str, text: str, mutant: str) -> None:
    assert mutant in mutated(name, text)


def test_every_operator_has_a_case() -> None:
    assert {operator.name for operator in OPERATORS} == {name for name, _, _ in CASES}


def test_the_names_of_operators_are_unique() -> None:
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS)


def test_every_node_is_a_place_and_can_be_put_back() -> None:
    side = parse_claim("D(sum(X @ x) + Sum(s ** r, r, 0, k), s) == s", WHERE).sides[0]
    found = list(places(side))
    assert [to_text(node) for _, node in found][:2] == ["D(sum(X @ x) + Sum(s ** r, r, 0, k), s)"] + [
        "sum(X @ x) + Sum(s ** r, r, 0, k)"
    ]
    assert all(edited(side, path, node) == side for path, node in found)
