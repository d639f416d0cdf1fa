"""Induction on a declared integer: what it may be about, what it may assume, and what a wrong one is refused for."""

from dataclasses import replace

import pytest

from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.kernel import Arrange, Derivation, Goal, Refused, Rewrite, replay
from matcalc.kernel.application import apply
from matcalc.kernel.definedness import with_definedness
from matcalc.kernel.induction import check_defined, check_integer, sides_at
from matcalc.kernel.lemmas import with_lemma
from matcalc.kernel.replay import Induction, base_goal, facts_of_step, step_goal
from matcalc.language.sizes import generator
from tests.claims import Case
from tests.kernel.sites import FACTS, S0, I, K, N, delta, entries, term
from tests.proofs import proof, theorem_of

ORTHOGONAL = Case("matrix_power(Q, k).T @ matrix_power(Q, k) == eye(n)", {"Q": "matrix(n, n) orthogonal"})
NOTHING = Derivation(((), ()))


def goal_of(text: str, **where: str) -> Goal:
    """The goal of a claim without a derivation."""
    claim = Case(text, where).claim()
    return Goal(tuple(array.entries for array in lower_claim(claim)), facts_of(claim.scope))


def by_induction(base: Derivation = NOTHING, step: Derivation = NOTHING, integer: str = "k") -> Derivation:
    """An induction without steps, but for those given."""
    return Derivation((), induction=Induction(integer, base, ((), ()), step))


def refusal(goal: Goal, derivation: Derivation) -> str:
    """Why the kernel refuses a derivation."""
    with pytest.raises(Refused) as refused:
        replay(goal, derivation)
    return refused.value.reason


def test_a_theorem_by_induction_says_so() -> None:
    theorem = theorem_of(ORTHOGONAL)
    assert theorem.derivation.induction is not None
    assert {"induction", "unfolded power"} <= set(theorem.rests_on)
    assert replay(theorem.goal, theorem.derivation).rests_on == theorem.rests_on


def test_the_equation_for_k_is_given_in_the_step() -> None:
    """In s^(k+1) = t^(k+1) for s = t, say, s^k is replaced by t^k; the base case alone makes no theorem."""
    goal = goal_of("s**k == 1")
    following = step_goal(goal, Induction("k", NOTHING, ((), ()), NOTHING))
    assert len(following.facts.lemmas) == 1
    assert not goal.facts.lemmas


IN_ORDER = Derivation(((Arrange(((),)),),) * 2)


def test_an_induction_proves_what_its_parts_prove() -> None:
    theorem = replay(goal_of("s**k * t == t * s**k"), by_induction(IN_ORDER, IN_ORDER))
    assert theorem.rests_on == ("induction", "renaming and collecting")


WRONG: dict[str, tuple[Goal, Derivation, str]] = {
    "a wrong base case": (
        goal_of("k * s == k * s + t"),
        by_induction(),
        "the sides end in different expressions",
    ),
    "a wrong step": (
        goal_of("k * s == 0"),
        by_induction(base=Derivation(((Rewrite("distributivity", 0, 0),), ()))),
        "the sides end in different expressions",
    ),
    "steps for one side of the hypothesis": (
        goal_of("k * s == k * s"),
        Derivation((), induction=Induction("k", NOTHING, ((),), NOTHING)),
        "steps for each side of the hypothesis are wanted",
    ),
    "a step of the hypothesis that does not fit": (
        goal_of("k * s == k * s"),
        Derivation((), induction=Induction("k", NOTHING, ((Arrange(()),), ()), NOTHING)),
        "a renaming for each term is wanted",
    ),
    "a size": (goal_of("n * s == n * s"), by_induction(integer="n"), "not a declared integer"),
    "an index": (goal_of("x[i] == x[i]"), by_induction(integer="i"), "not a declared integer"),
    "a name that is no text": (goal_of("s == s"), by_induction(integer=["k"]), "not a declared integer"),  # type: ignore[arg-type]
    "a name of nothing": (goal_of("s == s"), by_induction(integer="?1"), "not a declared integer"),
    "an integer that is a size": (
        goal_of("sum(c) * s**k == sum(c) * s**k", c="vector(k)", k="integer"),
        by_induction(),
        "not a declared integer",
    ),
}


@pytest.mark.parametrize(("goal", "derivation", "reason"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_induction_is_refused(goal: Goal, derivation: Derivation, reason: str) -> None:
    assert refusal(goal, derivation) == reason


@pytest.mark.parametrize("part", ["base", "step"])
def test_an_induction_with_a_part_left_out_is_refused(part: str) -> None:
    theorem = theorem_of(ORTHOGONAL)
    induction = theorem.derivation.induction
    assert induction is not None
    with pytest.raises(Refused):
        replay(theorem.goal, Derivation((), induction=replace(induction, **{part: NOTHING})))


def test_the_equation_is_given_for_k_alone() -> None:
    """In s^(k+1) = 0 from s^k = 0 the equation is used, but it is not there in the base case."""
    goal = goal_of("s**k == 0 * t")
    assert refusal(goal, by_induction()) == "the sides end in different expressions"


def test_the_equation_is_not_used_under_a_derivative() -> None:
    """D(s^k, s) = 0 for s^k = 1 would follow."""
    goal = goal_of("s**k == 1")
    following = step_goal(goal, Induction("k", NOTHING, ((), ()), NOTHING))
    equation = following.facts.lemmas[0]
    number = next(n for n, term in enumerate(equation.terms) if term.factors)
    use = Rewrite("derived equation", 0, 0, (0, number, (0,), (), ()))
    derivative = goal_of("D(s**k, s) == 0 * t")
    inside = derivative.sides[0].terms[0].factors[0].head.body  # type: ignore[union-attr]
    assert apply(inside, use, following.facts).terms[0].factors == ()
    with pytest.raises(Refused, match="a lemma is not used under a derivative"):
        apply(inside, use, following.facts, differentiated=True)


def test_no_induction_where_an_equation_is_given() -> None:
    goal = goal_of("k * s == k * s")
    given = replace(goal, facts=with_lemma(goal.facts, goal.sides[0]))
    assert refusal(given, by_induction()) == "an induction where an equation is given"


DEFINED = {
    "powers": "s**k + matrix_power(X, k)[i, j] + matrix_power(X, 2 * k + 1)[i, j]",
    "an inverse free of k": "trace(inv(X) @ matrix_power(X, k)) / s",
    "negative powers": "trace(matrix_power(X, -k)) * s**(-k)",
    "a denominator that is not 0": "s / (k + 1)",
    "a sum that grows": "Sum(trace(inv(Y) @ matrix_power(X, k - r)), r, 0, k)",
    "a position on its axis": "x[k + 1] / n + x[n - k]",
    "the same under a derivative": "D(trace(matrix_power(X, k)) * exp(k * t), t) / s",
    "an exponential": "exp(k * s) + trace(expm(k * X))",
}
UNDEFINED = {
    "a denominator that is 0 at 0": "s / k",
    "a reciprocal of what depends on k": "1 / (s + k)",
    "an inverse of what depends on k": "trace(inv(X + k * eye(n)))",
    "a root": "sqrt(s + k)",
    "a logarithm": "log(s + k)",
    "a sum that shrinks": "Sum(1 / (s - r), r, 0, 5 - k)",
    "a kink under a derivative": "D(abs(s)**k, s)",
    "another entry": "Sum(delta(r, k) / x[r], r, 1, n)",
    "a position that may be off its axis": "x[k] / n",
}


def _check(text: str) -> None:
    goal = goal_of(f"{text} == {text}")
    following = sides_at(goal.sides, "k", generator(goal.facts.ring, "k") + 1)
    check_defined(goal.sides, "k", with_definedness(goal.facts, following))


@pytest.mark.parametrize("text", DEFINED.values(), ids=DEFINED.keys())
def test_what_is_defined_for_k_plus_1_is_for_k(text: str) -> None:
    _check(text)


@pytest.mark.parametrize("text", UNDEFINED.values(), ids=UNDEFINED.keys())
def test_what_may_be_undefined_for_k_is_not_assumed(text: str) -> None:
    with pytest.raises(Refused, match="nothing says that the sides are defined for the integer before"):
        _check(text)


def test_the_base_case_has_0_in_place_of_the_integer() -> None:
    goal = goal_of("matrix_power(X, k)[i, j] == s**k")
    assert base_goal(goal, "k").sides == sides_at(goal.sides, "k", goal.facts.ring.zero)


def test_the_facts_of_the_step_are_those_for_k_plus_1() -> None:
    goal = goal_of("x[k + 1] == x[k + 1]")
    known = facts_of_step(goal, "k")
    n, k = (generator(goal.facts.ring, name) for name in "nk")
    assert known.at_least_zero(n - k - 2)
    assert not goal.facts.at_least_zero(n - k - 2)


FALSE = [
    Case("Sum(s, r, 1, k - 1) == (k - 1) * s"),
    Case("matrix_power(x @ y.T, k) == dot(x, y)**(k - 1) * x @ y.T"),
    Case("matrix_power(X @ Y, k) == matrix_power(X, k) @ matrix_power(Y, k)"),
    Case("matrix_power(Q, k) == eye(n)", {"Q": "matrix(n, n) symmetric orthogonal"}),
    Case("k * (k - 1) * (k - 2) * s == 0"),
]


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case.name)
def test_a_false_claim_is_not_proved_by_induction(case: Case) -> None:
    assert proof(case) is None


def test_nothing_may_be_as_large_as_the_integer() -> None:
    with pytest.raises(Refused, match="something is as large as the integer"):
        check_integer((entries(term(delta(S0, I)), slots=(K,)),), "k", FACTS)
    with pytest.raises(Refused, match="something is as large as the integer"):
        check_integer((entries(term()),), "k", replace(FACTS, bounds=(N - K,)))
