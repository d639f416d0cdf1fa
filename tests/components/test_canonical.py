"""Names of bound indices: the same for every numbering, found in few trials however symmetric the term is."""

from collections.abc import Iterable
from fractions import Fraction
from random import Random

import pytest

from matcalc.components import canonical
from matcalc.components.canonical import canonical_renaming
from matcalc.components.facts import Facts, facts_of
from matcalc.components.terms import Bound, Declared, Entries, Factor, Term
from matcalc.kernel.arrange import arrange
from matcalc.kernel.steps import Arrange
from matcalc.language import parse_claim
from matcalc.language.nodes import Size

CLAIM = parse_claim(
    "sum(X) + sum(S) + sum(x) == 0", {"X": "matrix(n, n)", "S": "matrix(n, n) symmetric", "x": "vector(n)"}
)
FACTS: Facts = facts_of(CLAIM.scope)
N: Size = CLAIM.scope["x"].shape.rows
X, S, VECTOR = Declared("X"), Declared("S"), Declared("x")

Edges = Iterable[tuple[int, int]]
LITTLE_WORK = 20_000
"""Looks at a factor, enough for each of the terms below."""


def graph(head: Declared, edges: Edges, leaves: Iterable[int] = ()) -> Term:
    """The product of X_ij over the edges and of x_i over the leaves, every vertex summed over."""
    factors = [Factor(head, (Bound(i), Bound(j))) for i, j in edges]
    factors += [Factor(VECTOR, (Bound(i),)) for i in leaves]
    size = 1 + max(index.number for factor in factors for index in factor.indices if isinstance(index, Bound))
    return Term(Fraction(1), (N,) * size, tuple(factors))


def cycle(length: int, start: int = 0) -> list[tuple[int, int]]:
    return [(start + k, start + (k + 1) % length) for k in range(length)]


def prism(length: int) -> list[tuple[int, int]]:
    return cycle(length) + cycle(length, length) + [(k, length + k) for k in range(length)]


def complete(size: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(size) for j in range(i)]


def petersen() -> list[tuple[int, int]]:
    return cycle(5) + [(k, k + 5) for k in range(5)] + [(5 + k, 5 + (k + 2) % 5) for k in range(5)]


def copies(edges: list[tuple[int, int]], size: int, count: int) -> list[tuple[int, int]]:
    return [(i + k * size, j + k * size) for k in range(count) for i, j in edges]


TERMS: dict[str, Term] = {
    "directed path": graph(X, [(k, k + 1) for k in range(12)]),
    "directed cycle of 24": graph(X, cycle(24)),
    "undirected cycle of 24": graph(S, cycle(24)),
    "ten equal squares": graph(X, [], range(10)),
    "ten equal pairs": graph(X, [(2 * k, 2 * k + 1) for k in range(10)]),
    "star of ten arms": graph(S, [(0, k) for k in range(1, 11)], range(1, 11)),
    "star of ten directed arms of length two": graph(
        X, [(0, k) for k in range(1, 11)] + [(k, k + 10) for k in range(1, 11)]
    ),
    "prism over a triangle": graph(S, prism(3)),
    "prism over a hexagon": graph(S, prism(6)),
    "directed prism over a heptagon": graph(X, prism(7)),
    "complete graph on five": graph(S, complete(5)),
    "complete graph on six": graph(S, complete(6)),
    "complete bipartite graph": graph(S, [(i, 5 + j) for i in range(5) for j in range(5)]),
    "Petersen graph": graph(S, petersen()),
    "four triangles": graph(S, copies(cycle(3), 3, 4)),
    "six squares of a matrix": graph(X, copies(cycle(2), 2, 6)),
    "loops and edges": graph(X, [(k, k) for k in range(6)] + cycle(6)),
    "triangle with tails": graph(S, [*cycle(3), (0, 3), (1, 4), (2, 5)], (3, 4)),
}


def renumbered(term: Term, random: Random) -> Term:
    """The same term with other bound numbers, its factors in another order, symmetric ones turned at random."""
    numbers = list(range(len(term.bound)))
    random.shuffle(numbers)
    factors = []
    for factor in term.factors:
        indices = [Bound(numbers[i.number]) for i in factor.indices if isinstance(i, Bound)]
        if factor.head == S and random.random() < 0.5:
            indices.reverse()
        factors.append(Factor(factor.head, tuple(indices), factor.exponent))
    random.shuffle(factors)
    return Term(term.coefficient, term.bound, tuple(factors))


def canonical_form(term: Term) -> Entries:
    entries = Entries((), (term,))
    return arrange(entries, Arrange((canonical_renaming(term, FACTS),)), FACTS)


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS.keys())
def test_every_numbering_gets_the_same_names(term: Term) -> None:
    random = Random(0)
    form = canonical_form(term)
    for _ in range(6):
        assert canonical_form(renumbered(term, random)) == form


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS.keys())
def test_symmetric_terms_take_little_work(term: Term, monkeypatch: pytest.MonkeyPatch) -> None:
    form = canonical_form(term)
    monkeypatch.setattr(canonical, "MOST_WORK", LITTLE_WORK)
    random = Random(1)
    for _ in range(3):
        assert canonical_form(renumbered(term, random)) == form


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS.keys())
def test_a_renaming_is_a_permutation(term: Term) -> None:
    assert sorted(canonical_renaming(term, FACTS)) == list(range(len(term.bound)))


DIFFERENT: dict[str, tuple[Term, Term]] = {
    "two triangles and a hexagon": (graph(S, copies(cycle(3), 3, 2)), graph(S, cycle(6))),
    "a directed triangle and its reverse meeting a vector": (
        graph(X, [(0, 1), (1, 2)], (0,)),
        graph(X, [(1, 0), (2, 1)], (0,)),
    ),
    "a prism and a Möbius ladder": (
        graph(S, prism(4)),
        graph(S, cycle(8) + [(k, k + 4) for k in range(4)]),
    ),
    "the Petersen graph and a prism of its size": (graph(S, petersen()), graph(S, prism(5))),
    "a matrix and its transpose in a path": (graph(X, [(0, 1), (1, 2)]), graph(X, [(0, 1), (2, 1)])),
    "an exhausted budget": (graph(S, cycle(7)), graph(S, [*cycle(6), (0, 6)])),
}


@pytest.mark.parametrize(("first", "second"), DIFFERENT.values(), ids=DIFFERENT.keys())
@pytest.mark.parametrize("budget", [1, LITTLE_WORK])
def test_different_terms_keep_different_forms(
    first: Term, second: Term, budget: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canonical, "MOST_WORK", budget)
    assert canonical_form(first) != canonical_form(second)


def test_a_term_beyond_the_budget_still_gets_a_renaming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "MOST_WORK", 1)
    term = TERMS["Petersen graph"]
    assert sorted(canonical_renaming(term, FACTS)) == list(range(10))
