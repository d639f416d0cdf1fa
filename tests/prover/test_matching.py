"""Where the term of an equation stands in a product."""

from matcalc.components.terms import Entries, Term
from matcalc.prover.matching import Placing, occurrences
from tests.kernel.sites import B0, B1, FACTS, S0, S1, N, entries, symbol, term

EQUATION = entries(term(symbol("X", S0, B0), symbol("S", B0, S1), sums=(N,)), slots=(N, N))


def found(of: Term) -> list[Placing]:
    """Where X S stands."""
    return list(occurrences(Entries((N, N), (of,)), of, EQUATION, 0, FACTS))


def test_factors_are_found_among_others() -> None:
    product = term(symbol("x", S0), symbol("S", B1, S1), symbol("X", B0, B1), sums=(N, N))
    assert found(product) == [((2, 1), (B0, S1), (B1,))]


def test_a_symmetric_factor_is_found_in_either_order() -> None:
    product = term(symbol("X", S0, B0), symbol("S", S1, B0), sums=(N,))
    assert found(product) == [((0, 1), (S0, S1), (B0,))]


def test_a_transposed_factor_is_another() -> None:
    assert found(term(symbol("X", B0, S0), symbol("S", B0, S1), sums=(N,))) == []


def test_a_sum_that_others_use_is_no_sum_of_the_term() -> None:
    assert found(term(symbol("X", S0, B0), symbol("S", B0, S1), symbol("x", B0), sums=(N,))) == []


def test_a_power_counts_where_its_indices_are_no_sums_of_the_term() -> None:
    assert found(term(symbol("X", S0, B0, power=2), symbol("S", B0, S1), sums=(N,))) == []
    assert found(term(symbol("X", S0, B0), symbol("S", B0, S1), symbol("x", S0, power=2), sums=(N,))) != []


def test_a_free_index_is_no_sum() -> None:
    assert found(term(symbol("X", S0, S1), symbol("S", S1, S1))) == []
