"""Replacing a term of an equation by the others: what has to fit."""

from dataclasses import replace

import pytest

from matcalc.components.terms import Bound, Entries, Index, Term
from matcalc.kernel import Refused, Rewrite
from matcalc.kernel.application import apply
from matcalc.kernel.equations import beside
from tests.kernel.sites import B0, B1, FACTS, S0, S1, I, M, N, delta, entries, factor, matrix, symbol, term

EQUATION = entries(term(symbol("X", S0, B0), symbol("Y", B0, S1), sums=(N,)), term(delta(S0, S1), c=-3), slots=(N, N))
"""X Y = 3 I, which nothing declares: the rule takes it as given."""

FACTS_WITH = replace(FACTS, lemmas=(EQUATION,))
PRODUCT = term(symbol("X", S0, B0), symbol("Y", B0, S1), sums=(N,))


def used(
    before: Term,
    *,
    number: object = 0,
    places: tuple[object, ...] = (0, 1),
    at: tuple[Index, ...] = (S0, S1),
    sums: tuple[Index, ...] = (B0,),
    slots: tuple[object, ...] = (N, N),
) -> Entries:
    """The term after the equation has been used."""
    step = Rewrite("derived equation", 0, 0, (0, number, places, at, sums))
    return apply(Entries(slots, (before,)), step, FACTS_WITH)  # type: ignore[arg-type]


def test_a_term_is_replaced_by_the_others() -> None:
    assert used(PRODUCT).terms == (term(delta(S0, S1), c=3),)


def test_a_multiple_of_a_term_is_replaced_by_as_many_of_the_others() -> None:
    before = term(symbol("x", S0), symbol("X", S0, B1), symbol("Y", B1, B0), c=2, sums=(N, N))
    after = used(before, places=(1, 2), at=(S0, B0), sums=(B1,))
    assert after.terms == (term(symbol("x", S0), delta(S0, B0), c=6, sums=(N,)),)


def test_the_last_term_is_replaced_by_the_first() -> None:
    after = used(term(delta(S0, S1), c=3), number=1, places=(0,), sums=())
    assert after.terms == (PRODUCT,)


def test_a_term_may_stand_at_one_index_twice() -> None:
    before = term(symbol("X", B0, B1), symbol("Y", B1, B0), sums=(N, N))
    assert used(before, at=(B0, B0), sums=(B1,), slots=()).terms == (term(delta(B0, B0), c=3, sums=(N,)),)


def used_twice(*sums: Index) -> Entries:
    """Σ_ab X_ab = s used at one sum."""
    total = entries(term(symbol("X", B0, B1), sums=(N, N)), term(symbol("s"), c=-1))
    step = Rewrite("derived equation", 0, 0, (0, 0, (0,), (), sums))
    return apply(entries(term(symbol("X", B0, B0), sums=(N,))), step, replace(FACTS, lemmas=(total,)))


FREE = term(symbol("X", S0, I), symbol("Y", I, S1))
REFUSED = {
    "a number that is no integer": (lambda: used(PRODUCT, number=0.0), "no such term"),
    "a sum too few": (lambda: used(PRODUCT, sums=()), "the indices do not fit"),
    "one sum for two": (lambda: used_twice(B0, B0), "an index is used twice"),
    "a number that is too large": (lambda: used(PRODUCT, number=2), "no such term"),
    "a number counted from the end": (lambda: used(PRODUCT, number=-1), "no such term"),
    "a place twice": (lambda: used(PRODUCT, places=(0, 0)), "a factor is used twice"),
    "the factors exchanged": (lambda: used(PRODUCT, places=(1, 0)), "the term does not stand here"),
    "a factor too few": (lambda: used(PRODUCT, places=(0,)), "the term does not stand here"),
    "rows for columns": (lambda: used(PRODUCT, at=(S1, S0)), "the term does not stand here"),
    "an index too few": (lambda: used(PRODUCT, at=(S0,)), "the indices do not fit"),
    "an index that is not there": (lambda: used(PRODUCT, at=(S0, Bound(7))), "the arguments do not fit the rule"),
    "a fixed position for a sum": (lambda: used(FREE, sums=(I,)), "a sum of another size"),
    "a sum that is used elsewhere": (
        lambda: used(term(symbol("X", S0, B0), symbol("Y", B0, S1), symbol("x", B0), sums=(N,))),
        "a sum is used elsewhere",
    ),
    "a sum that a further power uses": (
        lambda: used(term(symbol("X", S0, B0, power=2), symbol("Y", B0, S1), sums=(N,))),
        "a sum is used elsewhere",
    ),
    "a sum that is an outer index as well": (
        lambda: used(term(symbol("X", B0, B0), symbol("Y", B0, S1), sums=(N,)), at=(B0, S1)),
        "an index is used twice",
    ),
    "a sum of another size": (
        lambda: used(term(symbol("X", S0, B0), symbol("Y", B0, S1), sums=(M,))),
        "a sum of another size",
    ),
    "a slot of another size": (lambda: used(PRODUCT, slots=(M, N)), "sizes differ"),
}


@pytest.mark.parametrize(("use", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_term_that_does_not_fit_is_refused(use: object, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        use()  # type: ignore[operator]


def test_a_delta_at_a_joint_is_contracted_beside_a_function() -> None:
    """M = X + 2 I: M⁻¹ X + 2 M⁻¹ = I."""
    head = matrix("inv", term(symbol("X", S0, S1)), term(delta(S0, S1), c=2))
    identity = entries(term(delta(S0, S1)), slots=(N, N))
    for side, terms in {
        "right": (term(factor(head, S0, B0), symbol("X", B0, S1), sums=(N,)), term(factor(head, S0, S1), c=2)),
        "left": (term(factor(head, B0, S1), symbol("X", S0, B0), sums=(N,)), term(factor(head, S0, S1), c=2)),
    }.items():
        assert beside(head, side, head.bodies[0], identity).terms == (*terms, term(delta(S0, S1), c=-1))


def test_a_term_stands_beside_a_function_on_one_of_two_sides() -> None:
    matrix_x = entries(term(symbol("X", S0, S1)), slots=(N, N))
    with pytest.raises(Refused, match="neither side"):
        beside(matrix("inv", *matrix_x.terms), "above", matrix_x, matrix_x)
