"""Only a replayed derivation makes a theorem, and one that does not fit is refused, with the step and the reason."""

from dataclasses import replace
from random import Random

import pytest

from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.terms import Bound, Elementwise, Entries
from matcalc.kernel import RULES, Arrange, Derivation, Goal, Identify, Refused, Rewrite, Step, Theorem, Within, replay
from matcalc.kernel.application import apply
from matcalc.kernel.replay import penrose_equations
from tests.claims import Case, params
from tests.kernel.mutants import mutants
from tests.kernel.sites import (
    FACTS,
    HALF,
    S0,
    S1,
    I,
    N,
    delta,
    entries,
    factor,
    function,
    group,
    matrix,
    partial,
    symbol,
    term,
)
from tests.proofs import theorem_of

QUADRATIC = Case("D(x.T @ X @ x, x) == (X + X.T) @ x")
s, t = symbol("s"), symbol("t")
SUM = entries(term(s), term(t))


def goal_of(text: str, **where: str) -> Goal:
    """The goal of a claim without a derivation."""
    claim = Case(text, where).claim()
    return Goal(tuple(array.entries for array in lower_claim(claim)), facts_of(claim.scope))


def refusal(goal: Goal, derivation: Derivation) -> Refused:
    with pytest.raises(Refused) as refused:
        replay(goal, derivation)
    return refused.value


def test_replaying_the_derivation_of_a_theorem_gives_the_theorem_again() -> None:
    theorem = theorem_of(QUADRATIC)
    again = replay(theorem.goal, theorem.derivation)
    assert (again.goal, again.derivation, again.rests_on) == (theorem.goal, theorem.derivation, theorem.rests_on)


def test_a_theorem_cannot_be_constructed() -> None:
    theorem = theorem_of(QUADRATIC)
    with pytest.raises(TypeError, match="made by replaying a derivation"):
        Theorem(object(), theorem.goal, theorem.derivation, theorem.passages)


def test_what_a_theorem_says_cannot_be_exchanged() -> None:
    theorem = theorem_of(QUADRATIC)
    with pytest.raises(AttributeError):
        theorem.goal = goal_of("s == t")  # type: ignore[misc]
    with pytest.raises(AttributeError):
        theorem.remark = "and so on"  # type: ignore[attr-defined]


def test_equal_sides_need_no_steps() -> None:
    goal = goal_of("s * x == s * x")
    assert replay(goal, Derivation(((), ()))).rests_on == ()


def test_a_chain_of_three_sides_is_one_theorem() -> None:
    theorem = theorem_of(Case("trace(X @ Y) == trace(Y @ X) == sum(X.T * Y)"))
    assert len(theorem.goal.sides) == len(theorem.derivation.sides) == 3


DIFFERENT_ENDS = "the sides end in different expressions"

REFUSED: dict[str, tuple[Goal, Derivation, str]] = {
    "different ends": (goal_of("s == t"), Derivation(((), ())), DIFFERENT_ENDS),
    "a third side that differs": (goal_of("s == s == t"), Derivation(((), (), ())), DIFFERENT_ENDS),
    "a sum and its half": (goal_of("s + s == s"), Derivation(((Arrange(((), ())),), ())), DIFFERENT_ENDS),
    "a single side": (Goal((SUM,), FACTS), Derivation(((),)), "steps for each of two or more sides are wanted"),
    "no sides": (Goal((), FACTS), Derivation(()), "steps for each of two or more sides are wanted"),
    "steps for too few sides": (goal_of("s == s"), Derivation(((),)), "steps for each of two or more sides are wanted"),
    "steps for too many sides": (
        goal_of("s == s"),
        Derivation(((), (), ())),
        "steps for each of two or more sides are wanted",
    ),
    "sides of different axes": (
        Goal((entries(slots=(N,)), entries()), FACTS),
        Derivation(((), ())),
        "the sides have different axes",
    ),
}


@pytest.mark.parametrize(("goal", "derivation", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_derivation_that_proves_nothing_is_refused(goal: Goal, derivation: Derivation, reason: str) -> None:
    assert refusal(goal, derivation).reason == reason


GROUPED = entries(term(factor(function("exp", factor(group(term(s), term(t)))))))

UNFIT: dict[str, tuple[Step, str]] = {
    "an unknown rule": (Rewrite("wishful thinking", 0, 0), "no rule 'wishful thinking'"),
    "a term too far": (Rewrite("distributivity", 1, 0), "no such term"),
    "a term counted from the end": (Rewrite("distributivity", -1, 0), "no such term"),
    "a factor too far": (Rewrite("distributivity", 0, 1), "no such factor"),
    "a factor counted from the end": (Rewrite("distributivity", 0, -1), "no such factor"),
    "inside a term too far": (Within(1, 0, 0, ()), "no such term"),
    "inside a factor too far": (Within(0, 1, 0, ()), "no such factor"),
    "inside a factor counted from the end": (Within(0, -1, 0, ()), "no such factor"),
    "inside the second expression of a head that has one": (Within(0, 0, 1, ()), "no such expression in this head"),
    "inside an expression counted from the end": (Within(0, 0, -1, ()), "no such expression in this head"),
    "a step inside that does not fit": (
        Within(0, 0, 0, (Within(0, 0, 0, (Rewrite("counting", 0, 0, (0,)),)),)),
        "no such sum",
    ),
    "too few renamings": (Arrange(()), "a renaming for each term is wanted"),
    "too many renamings": (Arrange(((), ())), "a renaming for each term is wanted"),
    "a renaming of indices that are not there": (Arrange(((0,),)), "not a renaming of the bound indices"),
}


@pytest.mark.parametrize(("step", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_step_that_does_not_fit_is_refused(step: Step, reason: str) -> None:
    refused = refusal(Goal((GROUPED, GROUPED), FACTS), Derivation(((step,), ())))
    assert refused.reason == reason


def test_a_refusal_names_the_innermost_step() -> None:
    inner = Rewrite("counting", 0, 0, (0,))
    step = Within(0, 0, 0, (Within(0, 0, 0, (inner,)),))
    assert refusal(Goal((GROUPED, GROUPED), FACTS), Derivation(((step,), ()))).step == inner


RECIPROCAL = Rewrite("leading term of a power", 0, 1, (0, (0,), ()))
PARTS = entries(term(s, factor(group(term(s), term(t)), power=-1)), term(t, factor(group(term(s), term(t)), power=-1)))
WHOLE = entries(term())
VANISHING = (RECIPROCAL, Arrange(((),) * 4))


def test_two_ends_that_differ_by_0_make_a_theorem() -> None:
    theorem = replay(Goal((PARTS, WHOLE), FACTS), Derivation(((), ()), differences=(VANISHING,)))
    assert theorem.rests_on == ("leading term of a power", "renaming and collecting")


DIFFERENCES: dict[str, tuple[Goal, Derivation, str]] = {
    "a difference that stays": (
        Goal((PARTS, WHOLE), FACTS),
        Derivation(((), ()), differences=((),)),
        "a difference does not vanish",
    ),
    "too many differences": (
        Goal((PARTS, WHOLE), FACTS),
        Derivation(((), ()), differences=(VANISHING, VANISHING)),
        "steps for each difference are wanted",
    ),
    "a difference left out": (
        Goal((PARTS, WHOLE, entries(term(s))), FACTS),
        Derivation(((), (), ()), differences=(VANISHING,)),
        "steps for each difference are wanted",
    ),
    "a second difference that stays": (
        Goal((PARTS, WHOLE, entries(term(s))), FACTS),
        Derivation(((), (), ()), differences=(VANISHING, ())),
        "a difference does not vanish",
    ),
}


@pytest.mark.parametrize(("goal", "derivation", "reason"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_a_difference_that_is_not_shown_to_vanish_is_refused(goal: Goal, derivation: Derivation, reason: str) -> None:
    assert refusal(goal, derivation).reason == reason


def test_the_ends_of_the_sides_tell_signs_in_their_difference() -> None:
    """√s stands in one end, so s ≥ 0 in the difference: but not while a side is rewritten that does not need it."""
    absolute = Rewrite("absolute value of a product", 0, 0)
    root = symbol("s", power=HALF)
    goal = Goal((entries(term(factor(function("abs", s)), root)), entries(term(s, root))), FACTS)
    vanishing = (absolute, Arrange(((), ())))
    (*_, last) = replay(goal, Derivation(((), ()), differences=(vanishing,))).passages
    alone = Goal((entries(term(factor(function("abs", s)))), entries(term(s))), FACTS)
    assert refusal(alone, Derivation(((absolute,), ()))).reason == "nothing comes out of the absolute value"
    assert s.head in last.facts.never_negative


SINES = entries(
    term(factor(function("sin", factor(group(term(s), term(t)))))),
    term(factor(Elementwise("sin", 0, entries(term(s), term(t)))), c=-1),
)
OPENED = (Rewrite("distributivity", 0, 0), Arrange(((),) * 4))


def test_an_argument_is_replaced_by_an_equal_one_that_stands_elsewhere() -> None:
    after = apply(SINES, Identify((0, 0, 0), (1, 0, 0), OPENED), FACTS)
    assert after.terms[0].factors == after.terms[1].factors


AT_POSITION = entries(
    term(factor(function("log", symbol("x", S0), slots=(N,)), S0)),
    term(factor(function("log", symbol("y", S0), slots=(N,)), I)),
    slots=(N,),
)
ON_DIAGONAL = entries(
    term(factor(function("log", symbol("X", S0, S1), slots=(N, N)), S0, S1)),
    term(factor(function("log", symbol("Y", S0, S1), slots=(N, N)), S0, S1), delta(S0, S1)),
    slots=(N, N),
)
NOT_DEFINED = "nothing says that the other expression is defined here"
NOT_IDENTIFIED: dict[str, tuple[Entries, Identify, str]] = {
    "arguments that differ": (SINES, Identify((0, 0, 0), (1, 0, 0), ()), "the difference does not vanish"),
    "an argument used at one position alone": (AT_POSITION, Identify((0, 0, 0), (1, 0, 0), ()), NOT_DEFINED),
    "an argument used on the diagonal alone": (ON_DIAGONAL, Identify((0, 0, 0), (1, 0, 0), ()), NOT_DEFINED),
    "a term that is not there": (SINES, Identify((0, 0, 0), (2, 0, 0), OPENED), "no such term"),
    "a factor that is not there": (SINES, Identify((0, 1, 0), (1, 0, 0), OPENED), "no such factor"),
    "an expression that is not there": (
        SINES,
        Identify((0, 0, 1), (1, 0, 0), OPENED),
        "no such expression in this head",
    ),
    "a derivative": (
        entries(term(factor(partial("s", s, t))), term(factor(function("sin", s)))),
        Identify((0, 0, 0), (1, 0, 0), ()),
        "neither a function of entries nor a parenthesis",
    ),
    "an argument that is a matrix of a determinant": (
        entries(term(factor(function("sin", s))), term(factor(matrix("det", term(symbol("X", S0, S1)))))),
        Identify((0, 0, 0), (1, 0, 0), ()),
        "neither a function of entries nor a parenthesis",
    ),
    "a scalar and a vector": (
        entries(
            term(factor(function("sin", symbol("x", S0), slots=(N,)), S0)), term(factor(function("sin", s))), slots=(N,)
        ),
        Identify((0, 0, 0), (1, 0, 0), ()),
        "the sides have different axes",
    ),
}


@pytest.mark.parametrize(("before", "step", "reason"), NOT_IDENTIFIED.values(), ids=NOT_IDENTIFIED.keys())
def test_arguments_that_are_not_shown_to_be_equal_are_refused(before: Entries, step: Identify, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        apply(before, step, FACTS)
    assert refused.value.reason == reason


TWO_SUMS = entries(term(symbol("X", Bound(0), Bound(1)), sums=(N, N)))


@pytest.mark.parametrize("renaming", [(0, 0), (1, 1), (0, 2), (-1, 0), (1, 0, 2), (0,)], ids=str)
def test_a_renaming_that_is_no_permutation_is_refused(renaming: tuple[int, ...]) -> None:
    step = Arrange((renaming,))
    refused = refusal(Goal((TWO_SUMS, TWO_SUMS), FACTS), Derivation(((step,), (step,))))
    assert refused.reason == "not a renaming of the bound indices"


def test_renaming_keeps_the_size_of_each_index() -> None:
    """Σ over m of a_i beside Σ over n of x_j is not Σ over n of a_i beside Σ over m of x_j."""
    theorem = theorem_of(Case("sum(a) * sum(x) == sum(x) * sum(a)"))
    assert theorem.rests_on
    goal = goal_of("sum(a @ ones(n).T) == sum(ones(m) @ x.T)")
    for renaming in ((0, 1), (1, 0)):
        step = Arrange((renaming,))
        assert refusal(goal, Derivation(((step,), (step,)))).reason == DIFFERENT_ENDS


MALFORMED = ((), (None,), (-9,), (99,), ("x",), ((),), ((-9,),), ((99,),), (0.5,), (Bound(9),), ((), (), ()),
             ("right", 9, (), (), ()), (0, (9,), ()))  # fmt: skip
CANDIDATES = (
    entries(term(s, t)),
    entries(term()),
    TWO_SUMS,
    GROUPED,
    entries(term(factor(group(term(s), term(t)), power=-1))),
)


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_arguments_of_the_wrong_kind_are_refused_and_nothing_else(rule: object) -> None:
    theorem, goals = theorem_of(QUADRATIC), [Goal((side, side), FACTS) for side in CANDIDATES]
    goals.append(theorem.goal)
    for goal in goals:
        for arguments in MALFORMED:
            step = Rewrite(rule.name, 0, 0, arguments)  # type: ignore[attr-defined]
            try:
                replay(goal, Derivation(((step,), (step,))))
            except Refused:
                continue


PROVED_AND_FALSE = (
    (QUADRATIC, "D(x.T @ X @ x, x) == 2 * X @ x"),
    (Case("trace(X @ Y) == trace(Y @ X)"), "trace(X @ Y) == trace(X.T @ Y)"),
    (Case("grad(sum(detach(x * x) * x), x) == x * x"), "grad(sum(detach(x * x) * x), x) == 3 * x * x"),
    (Case("trace(eye(n)) == n"), "trace(eye(n)) == 1"),
    (Case("jacobian(X.T, X) == commutation(n, n)"), "jacobian(X.T, X) == eye(n * n)"),
    (Case("D(exp(s * t), s) == t * exp(s * t)"), "D(exp(s * t), s) == s * exp(s * t)"),
    (Case("s / (s + t) == 1 - t / (s + t)"), "s / (s + t) == 1 + t / (s + t)"),
    (Case("norm(X)**2 == sum(X * X)"), "norm(X)**2 == trace(X @ X)"),
    (Case("sqrt(s)**2 == s"), "sqrt(s**2) == s"),
    (Case("D(s**k, s) == k * s**(k - 1)"), "D(s**k, s) == s**(k - 1)"),
    (Case("vec(X @ Y) == kron(Y.T, X) @ vec(eye(n))"), "vec(X @ Y) == kron(Y, X) @ vec(eye(n))"),
)
CHANGES_PER_DERIVATION = 120


@pytest.mark.parametrize(("case", "false"), [pytest.param(case, false, id=false) for case, false in PROVED_AND_FALSE])
def test_no_mutant_of_a_derivation_proves_a_false_claim(case: Case, false: str) -> None:
    goal, random = goal_of(false, **case.where), Random(false)
    sides = theorem_of(case).derivation.sides
    for _ in range(CHANGES_PER_DERIVATION):
        derivation = Derivation(tuple(changed(steps, random) for steps in sides))
        with pytest.raises(Refused):
            replay(goal, derivation)


def changed(steps: tuple[Step, ...], random: Random) -> tuple[Step, ...]:
    """The steps with up to two changes: one dropped, two exchanged, one repeated, one made wrong."""
    items = list(steps)
    for _ in range(random.randint(0, 2)):
        if not items:
            break
        place, other = random.randrange(len(items)), random.randrange(len(items))
        match random.choice(("drop", "exchange", "repeat", "wrong", "wrong")):
            case "drop":
                del items[place]
            case "exchange":
                items[place], items[other] = items[other], items[place]
            case "repeat":
                items.insert(other, items[place])
            case _:
                items[place : place + 1] = list(mutants(items[place], 1, random)) or [items[place]]
    return tuple(items)


@pytest.mark.parametrize("case", params([QUADRATIC, Case("d(trace(X @ X)) == 2 * trace(X @ dX)")]))
def test_a_dropped_step_is_noticed(case: Case) -> None:
    theorem = theorem_of(case)
    for side, steps in enumerate(theorem.derivation.sides):
        for place in range(len(steps)):
            shortened = (*steps[:place], *steps[place + 1 :])
            sides = list(theorem.derivation.sides)
            sides[side] = shortened
            try:
                again = replay(theorem.goal, replace(theorem.derivation, sides=tuple(sides)))
            except Refused:
                continue
            assert again.goal == theorem.goal


def test_four_equations_are_of_two_sides() -> None:
    with pytest.raises(Refused, match="two sides are wanted"):
        penrose_equations(Goal((entries(term(s)),) * 3, FACTS))
