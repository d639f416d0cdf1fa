"""A claim is reduced to what it depends on."""

import pytest

from matcalc.evidence.relevance import independent_symbols, names_in, nodes, relevant, symbols, varying_symbols
from matcalc.language.nodes import Symbol
from tests.evidence.claims import claim

RELEVANT: tuple[tuple[str, list[str], tuple[str, ...]], ...] = (
    ("x == y", ["x", "y"], ("n",)),
    ("s == t", ["s", "t"], ()),
    ("D(h, u) == D(h, u)", ["x", "u", "h"], ("n", "m")),
    ("delta(i, j) == 1", ["i", "j"], ("n",)),
    ("f.prime(s) == 0", ["s", "f"], ()),
    ("trace(eye(m)) == m", [], ("m",)),
    ("d(X) == dX", ["X"], ("n",)),
    ("Sum(s ** r, r, 0, k) == 1", ["s", "k"], ("k",)),
    ("D(X[i, j], X[1, 1]) == 0", ["X", "i", "j"], ("n",)),
)


@pytest.mark.parametrize(("text", "declarations", "sizes"), RELEVANT)
def test_only_what_a_claim_depends_on_is_kept(text: str, declarations: list[str], sizes: tuple[str, ...]) -> None:
    scope = relevant(claim(text)).scope
    assert list(scope.declarations) == declarations
    assert scope.sizes == sizes


def test_functions_of_others_are_not_independent() -> None:
    assert [declaration.name for declaration in independent_symbols(relevant(claim("u + z == f(z)")))] == ["x", "z"]


def test_what_varies_is_found_in_differentials_of_both_kinds() -> None:
    assert varying_symbols(claim("d(X @ X) == X @ dX + dA")) == ["A", "X"]


def test_what_needs_a_value_is_what_is_independent_and_what_varies() -> None:
    found = symbols(relevant(claim("d(X @ x) == dX @ x + X @ dx + 0 * sum(u)")))
    assert [declaration.name for declaration in found.independent] == ["x", "X"]
    assert [declaration.name for declaration in found.varying] == ["x", "X"]


def test_the_nodes_of_a_tree_come_from_left_to_right() -> None:
    names = [node.name for node in nodes(claim("x.T @ A @ y == Sum(s, r, 1, n)").sides) if isinstance(node, Symbol)]
    assert names == ["x", "A", "y", "s"]


def test_names_of_a_size() -> None:
    shape = claim("kron(B, x) == 0").sides[0].shape
    assert names_in(shape.rows) == {"m", "n"}
    assert names_in(shape.columns) == {"n"}
