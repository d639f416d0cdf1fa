"""Equations that a derivation derives first: what they may start from, and where they may be used."""

from dataclasses import replace

import pytest

from matcalc.components.terms import Entries, Fixed, Term
from matcalc.kernel import Arrange, Derivation, Goal, Lemma, Refused, Rewrite, replay
from matcalc.kernel.application import apply
from matcalc.kernel.lemmas import Reached, equation_of, with_lemma
from tests.kernel.sites import (
    B0,
    FACTS,
    HALF,
    S0,
    S1,
    I,
    K,
    N,
    delta,
    entries,
    factor,
    function,
    group,
    matrix,
    symbol,
    term,
)

X, Y = symbol("X", S0, S1), symbol("Y", S0, S1)
INVERSE = matrix("inv", term(X))
S, T = entries(term(symbol("s"))), entries(term(symbol("t")))


def reached(*known: Entries) -> Reached:
    """What is defined where these are."""
    found = Reached(FACTS)
    found.add(known)
    return found


DEFINED: dict[str, tuple[Term, tuple[Entries, ...]]] = {
    "symbols": (term(X, symbol("x", S0), delta(S0, S1)), ()),
    "a determinant": (term(factor(matrix("det", term(X)))), ()),
    "an inverse that was met": (term(factor(INVERSE, S0, S1)), (entries(term(factor(INVERSE, S1, S0)), slots=(N, N)),)),
    "a parenthesis of symbols": (term(factor(group(term(symbol("s")), term(symbol("t"))))), ()),
    "a reciprocal of a positive symbol": (term(symbol("w", power=-1)), ()),
    "another power of a reciprocal": (term(symbol("s", power=-1)), (entries(term(symbol("s", power=-3))),)),
    "a logarithm that was met": (
        term(factor(function("log", symbol("s")))),
        (entries(term(factor(function("log", symbol("s"))))),),
    ),
}
UNDEFINED: dict[str, tuple[Term, tuple[Entries, ...]]] = {
    "an inverse": (term(factor(INVERSE, S0, S1)), ()),
    "the inverse of another matrix": (
        term(factor(matrix("inv", term(Y)), S0, S1)),
        (entries(term(factor(INVERSE, S0, S1)), slots=(N, N)),),
    ),
    "a reciprocal": (term(symbol("s", power=-1)), ()),
    "a reciprocal of what was met": (term(symbol("s", power=-1)), (S,)),
    "a root": (term(symbol("s", power=HALF)), (S,)),
    "a logarithm": (term(factor(function("log", symbol("s")))), (S,)),
    "an inverse inside a determinant": (term(factor(matrix("det", term(factor(INVERSE, S0, S1))))), ()),
    "an inverse in a sum that may be empty": (
        term(factor(INVERSE, S0, S1)),
        (entries(term(factor(INVERSE, I, I), sums=(N - 1,))),),
    ),
}


@pytest.mark.parametrize(("start", "known"), DEFINED.values(), ids=DEFINED.keys())
def test_a_lemma_starts_from_what_is_defined_wherever_the_goal_is(start: Term, known: tuple[Entries, ...]) -> None:
    reached(*known).check(entries(start, slots=(N, N)))


def test_continuous_sides_are_settled_where_a_generic_matrix_is_invertible() -> None:
    Reached(replace(FACTS, continuous=True)).check(entries(term(factor(INVERSE, S0, S1)), slots=(N, N)))


def test_nothing_is_met_where_a_finite_sum_may_have_been_empty() -> None:
    counted, plain = (Reached(replace(FACTS, counted=value)) for value in (True, False))
    for found in (counted, plain):
        found.meet((entries(term(factor(INVERSE, S0, S1)), slots=(N, N)),))
    plain.check(entries(term(factor(INVERSE, S1, S0)), slots=(N, N)))
    with pytest.raises(Refused, match="nothing says that the lemma is defined"):
        counted.check(entries(term(factor(INVERSE, S1, S0)), slots=(N, N)))


@pytest.mark.parametrize(("start", "known"), UNDEFINED.values(), ids=UNDEFINED.keys())
def test_a_lemma_that_may_be_undefined_is_refused(start: Term, known: tuple[Entries, ...]) -> None:
    with pytest.raises(Refused, match="nothing says that the lemma is defined"):
        reached(*known).check(entries(start, slots=(N, N)))


GOAL = Goal((entries(term(factor(INVERSE, S0, B0), symbol("X", B0, S1), sums=(N,)), slots=(N, N)),) * 2, FACTS)
CANCELS = Rewrite("inverse cancels", 0, 0, ("right", 0, (0, 1), (S0, S1), (B0,)))
LEMMA = Lemma(GOAL.sides[0], (CANCELS,), ())
USE = Rewrite("derived equation", 0, 0, (0, 1, (1, 0), (S0, S1), (B0,)))


def equation() -> Entries:
    """δ − X⁻¹ X."""
    return equation_of(apply(GOAL.sides[0], CANCELS, FACTS), GOAL.sides[0], FACTS)


def test_a_lemma_states_that_its_two_ends_are_equal() -> None:
    first, second = equation().terms
    assert first == term(delta(S0, S1))
    assert second.coefficient == -1


def test_a_lemma_is_used_in_the_endings_of_a_derivation() -> None:
    theorem = replay(GOAL, Derivation(((), ()), (LEMMA,), ((USE,), (CANCELS,))))
    assert theorem.rests_on == ("derived equation", "inverse cancels")


REFUSED = {
    "before the lemmas": (Derivation(((USE,), ()), (LEMMA,), ((), ())), "no such lemma"),
    "a lemma that is not there": (Derivation(((), ()), (), ((USE,), (CANCELS,))), "no such lemma"),
    "a lemma inside itself": (
        Derivation(((), ()), (Lemma(GOAL.sides[0], (USE,), (CANCELS,)),), ((USE,), (USE,))),
        "no such lemma",
    ),
    "a lemma with a step that does not fit": (
        Derivation(((), ()), (Lemma(GOAL.sides[0], (Arrange(()),), ()),), ((), ())),
        "a renaming for each term is wanted",
    ),
    "an ending for one side": (
        Derivation(((), ()), (LEMMA,), ((USE,),)),
        "endings for all sides or for none are wanted",
    ),
    "a lemma about an inverse that does not stand in the goal": (
        Derivation(
            ((), ()),
            (Lemma(entries(term(factor(matrix("inv", term(symbol("Q", S0, S1))), S0, S1)), slots=(N, N)), (), ()),),
            ((), ()),
        ),
        "nothing says that the lemma is defined",
    ),
}


@pytest.mark.parametrize(("derivation", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_derivation_that_misuses_a_lemma_is_refused(derivation: Derivation, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        replay(GOAL, derivation)


def test_a_lemma_is_not_used_under_a_derivative() -> None:
    facts = with_lemma(FACTS, equation())
    assert apply(GOAL.sides[0], USE, facts).terms == (term(delta(S0, S1)),)
    with pytest.raises(Refused, match="a lemma is not used under a derivative"):
        apply(GOAL.sides[0], USE, facts, differentiated=True)
    with pytest.raises(Refused, match="no such lemma"):
        apply(GOAL.sides[0], replace(USE, arguments=(0.0, *USE.arguments[1:])), facts)


def test_a_lemma_at_a_position_that_may_be_off_its_axis_is_refused() -> None:
    with pytest.raises(Refused, match="nothing says that the positions are on their axes"):
        reached().check(entries(term(symbol("x", Fixed(K, N)))))
