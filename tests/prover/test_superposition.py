"""The smallest products that contain two leading terms."""

from matcalc.components.terms import Term
from matcalc.prover.superposition import Opened, opened, superpositions
from tests.kernel.sites import B0, FACTS, S0, S1, M, N, entries, factor, group, symbol, term

X_TIMES_Y = term(symbol("X", S0, B0), symbol("Y", B0, S1), sums=(N,))
Y_TIMES_X = term(symbol("Y", S0, B0), symbol("X", B0, S1), sums=(N,))


def lead(of: Term, size: object = N) -> Opened:
    """A term as the leading term of an equation over two slots."""
    return opened(entries(of, slots=(size, size)), 0)  # type: ignore[arg-type]


def starts(first: Opened, second: Opened) -> set[tuple[tuple[str, ...], int, int]]:
    """The names of the factors of each superposition, and how many slots and sums it has."""
    found = set()
    for superposition in superpositions(first, second, FACTS):
        (only,) = superposition.start.terms
        names = tuple(sorted(getattr(f.head, "name", "?") for f in only.factors))
        found.add((names, len(superposition.start.slots), len(only.bound)))
    return found


def test_two_products_overlap_at_either_end_or_in_a_closed_loop() -> None:
    assert starts(lead(X_TIMES_Y), lead(Y_TIMES_X)) == {
        (("X", "X", "Y"), 2, 2),
        (("X", "Y", "Y"), 2, 2),
        (("X", "Y"), 0, 2),
    }


def test_a_sum_belongs_to_its_own_term() -> None:
    """X Y and X S overlap in X alone only where its columns are free in one of them: they are not."""
    other = term(symbol("X", S0, B0), symbol("S", B0, S1), sums=(N,))
    assert starts(lead(X_TIMES_Y), lead(other)) == set()


def test_a_symmetric_factor_overlaps_in_both_orders() -> None:
    first = term(symbol("X", S0, B0), symbol("S", B0, S1), sums=(N,))
    second = term(symbol("Y", S0, B0), symbol("S", B0, S1), sums=(N,))
    assert starts(lead(first), lead(second)) == {(("S", "X", "Y"), 2, 2)}


def test_factors_of_other_sizes_do_not_overlap() -> None:
    first = term(symbol("A", B0, S0), symbol("A", B0, S1), sums=(M,))
    second = term(symbol("x", S0), symbol("x", S1))
    assert starts(lead(first), lead(second)) == set()


def test_a_collected_scalar_is_seen_from_inside() -> None:
    scalar = group(term(symbol("x", B0), symbol("y", B0), sums=(N,)))
    found = opened(entries(term(factor(scalar), symbol("s"))), 0)
    assert [getattr(f.head, "name", "?") for f in found.factors] == ["x", "y", "s"]
    assert found.groups == ((0, 1),)
    vector = opened(entries(term(symbol("x", S0), symbol("x", S1)), slots=(N, N)), 0)
    assert (("s", "x", "x", "y"), 1, 1) in starts(found, vector)
