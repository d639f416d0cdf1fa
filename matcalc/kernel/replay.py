"""Replaying a derivation: every step is carried out anew from the rule table, and the two ends must be equal."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Partial,
    Range,
    Term,
    bodies,
    with_body,
)
from matcalc.kernel.arrange import arrange
from matcalc.kernel.cases import branches
from matcalc.kernel.clearing import clear, counts_everywhere, difference, gather
from matcalc.kernel.definedness import with_definedness, with_met
from matcalc.kernel.lemmas import Reached, equation_of, with_lemma
from matcalc.kernel.pseudo_inverse import penrose, pseudo_inverted
from matcalc.kernel.rules import BY_NAME
from matcalc.kernel.signs import with_signs
from matcalc.kernel.steps import (
    Arrange,
    Cases,
    Clear,
    Gather,
    Identify,
    Lemma,
    Refused,
    Rewrite,
    Site,
    Step,
    Within,
    require,
)


@dataclass(frozen=True, slots=True)
class Goal:
    """All sides are equal for every value of the slots, given the facts, wherever the assumptions hold."""

    sides: tuple[Entries, ...]
    facts: Facts
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """For each side the steps that take it to the common form.

    `sides` are the steps before any lemma, `endings` those that may use the lemmas, and what the forms reached need to
    be defined; none where there are no endings.
    Where `differences` are given the forms may differ: these steps take each side less the next one to 0.
    Or else, where one side is a pseudo-inverse X⁺ alone, `penrose` are derivations of Penrose's four equations for X
    and the other side.
    """

    sides: tuple[tuple[Step, ...], ...]
    lemmas: tuple[Lemma, ...] = ()
    endings: tuple[tuple[Step, ...], ...] = ()
    differences: tuple[tuple[Step, ...], ...] = ()
    penrose: tuple["Derivation", ...] = ()

    @property
    def steps(self) -> Iterator[tuple[Step, ...]]:
        """Every run of steps, in the order in which they are replayed."""
        yield from self.sides
        for lemma in self.lemmas:
            yield lemma.left
            yield lemma.right
        yield from self.endings
        yield from self.differences
        for derivation in self.penrose:
            yield from derivation.steps


_KEY = object()


class Theorem:
    """The goal's sides are equal, replayed; made by `replay` alone. `goal` and `derivation` say of what and how."""

    __slots__ = ("_derivation", "_goal")

    def __init__(self, key: object, goal: Goal, derivation: Derivation) -> None:
        if key is not _KEY:
            raise TypeError("a theorem is made by replaying a derivation")
        self._goal = goal
        self._derivation = derivation

    @property
    def goal(self) -> Goal:
        return self._goal

    @property
    def derivation(self) -> Derivation:
        return self._derivation

    @property
    def assumptions(self) -> tuple[str, ...]:
        return self._goal.assumptions

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The names of the rules used, sorted."""
        return tuple(sorted({name for steps in self._derivation.steps for name in rules_of(steps)}))


def replay(goal: Goal, derivation: Derivation) -> Theorem:
    """The theorem that the derivation proves; raises Refused, with the step and the reason, where it proves nothing."""
    if derivation.penrose:
        require(len(derivation.penrose) == 4, "four equations are wanted")
        for equation, steps in zip(penrose_equations(goal), derivation.penrose, strict=True):
            replay(equation, steps)
        return Theorem(_KEY, goal, derivation)
    require(len(goal.sides) == len(derivation.sides) > 1, "steps for each of two or more sides are wanted")
    require(len({side.slots for side in goal.sides}) == 1, "the sides have different axes")
    require(len(derivation.endings) in (0, len(goal.sides)), "endings for all sides or for none are wanted")
    ends = {passage.title: passage.end for passage in passages(goal, derivation)}
    if derivation.differences:
        require(len(derivation.differences) == len(goal.sides) - 1, "steps for each difference are wanted")
        last = [ends[Title(difference=k)] for k in range(len(derivation.differences))]
        require(not any(end.terms for end in last), "a difference does not vanish")
        return Theorem(_KEY, goal, derivation)
    last = [ends[Title(side=k, ending=bool(derivation.endings))] for k in range(len(goal.sides))]
    require(all(end == last[0] for end in last), "the sides end in different expressions")
    return Theorem(_KEY, goal, derivation)


@dataclass(frozen=True, slots=True)
class Title:
    """What a passage is about: a side, at its beginning or its ending; a lemma, either way; or a difference.

    `equation` counts Penrose's equations, where it belongs to the derivation of one.
    """

    side: int = -1
    ending: bool = False
    lemma: int = -1
    way: int = 0
    difference: int = -1
    equation: int = -1


@dataclass(frozen=True, slots=True)
class Passage:
    """An expression, the steps that rewrite it under these facts, and where they end."""

    title: Title
    start: Entries
    steps: tuple[Step, ...]
    facts: Facts
    end: Entries


def passages(goal: Goal, derivation: Derivation) -> Iterator[Passage]:
    """Every run of steps of a derivation, carried out; raises Refused at the first step that does not fit.

    In a difference both sides are defined, and so is what their steps lead to: the signs that this needs are facts.
    """
    for number, derived in enumerate(derivation.penrose):
        for passage in passages(penrose_equations(goal)[number], derived):
            yield replace(passage, title=replace(passage.title, equation=number))
    facts = with_definedness(goal.facts, goal.sides)
    middles = []
    for number, (side, steps) in enumerate(zip(goal.sides, derivation.sides, strict=not derivation.penrose)):
        passage = _passage(Title(side=number), side, steps, facts)
        middles.append(passage.end)
        yield passage
    if not (derivation.lemmas or derivation.endings or derivation.differences):
        return
    reached = Reached(facts)
    reached.add(goal.sides)
    reached.meet(middles)
    facts = with_met(facts, middles)
    for number, lemma in enumerate(derivation.lemmas):
        reached.check(lemma.start)
        left = _passage(Title(lemma=number), lemma.start, lemma.left, facts)
        right = _passage(Title(lemma=number, way=1), lemma.start, lemma.right, facts)
        yield from (left, right)
        reached.meet((left.end, right.end))
        facts = with_lemma(facts, equation_of(left.end, right.end, facts))
    ends = []
    for number, (middle, steps) in enumerate(zip(middles, derivation.endings, strict=False)):
        passage = _passage(Title(side=number, ending=True), middle, steps, facts)
        ends.append(passage.end)
        yield passage
    facts = with_signs(facts, ends or middles) if derivation.differences else facts
    for number, (pair, steps) in enumerate(zip(pairwise(ends or middles), derivation.differences, strict=False)):
        yield _passage(Title(difference=number), difference(*pair), steps, facts)


def _passage(title: Title, start: Entries, steps: tuple[Step, ...], facts: Facts) -> Passage:
    return Passage(title, start, steps, facts, run(start, steps, facts))


def penrose_equations(goal: Goal) -> tuple[Goal, ...]:
    """Penrose's four equations for the matrix whose pseudo-inverse is one side, and the other side: they determine it.

    Raises Refused where neither side is a pseudo-inverse alone.
    """
    require(len(goal.sides) == 2, "two sides are wanted")
    for this, other in (goal.sides, goal.sides[::-1]):
        matrix = pseudo_inverted(this)
        if matrix is not None:
            return tuple(Goal(sides, goal.facts, goal.assumptions) for sides in penrose(matrix, other))
    raise Refused("neither side is a pseudo-inverse alone")


def run(entries: Entries, steps: tuple[Step, ...], facts: Facts, differentiated: bool = False) -> Entries:
    """The expression after the steps; raises Refused at the first that does not fit."""
    for step in steps:
        try:
            entries = apply(entries, step, facts, differentiated)
        except Refused as refusal:
            raise Refused(refusal.reason, refusal.step or step) from refusal
    return entries


def apply(entries: Entries, step: Step, facts: Facts, differentiated: bool = False) -> Entries:
    """The expression after one step; raises Refused where it does not fit, whatever its fields are."""
    try:
        match step:
            case Arrange():
                return arrange(entries, step, facts)
            case Rewrite():
                return _rewritten(entries, step, facts, differentiated)
            case Within():
                return _within(entries, step, facts, differentiated)
            case Clear():
                return clear(entries, step, facts)
            case Gather():
                return gather(entries, step)
            case Identify():
                return _identified(entries, step, facts, differentiated)
            case Cases():
                return _by_cases(entries, step, facts, differentiated)
    except UNREADABLE as error:  # a derivation is data: anything may stand where a rule wants its arguments
        raise Refused("the arguments do not fit the rule") from error


def _rewritten(entries: Entries, step: Rewrite, facts: Facts, differentiated: bool) -> Entries:
    rule, term = BY_NAME.get(step.rule), _term(entries, step.term)
    if rule is None:
        raise Refused(f"no rule {step.rule!r}")
    require(0 <= step.place < max(1, len(term.factors)), "no such factor")
    new = rule.apply(Site(entries, term, step.place, step.arguments, facts, differentiated))
    return Entries(entries.slots, (*entries.terms[: step.term], *new, *entries.terms[step.term + 1 :]))


def _within(entries: Entries, step: Within, facts: Facts, differentiated: bool) -> Entries:
    """The same head of an equal expression; under a derivative the inner expression is differentiated as well.

    What is differentiated is a formula: two that are equal only by a structure of the variable have other derivatives.
    Inside a finite sum its variable is known to lie within its bounds.
    """
    term = _term(entries, step.term)
    require(0 <= step.place < len(term.factors), "no such factor")
    factor = term.factors[step.place]
    require(0 <= step.body < len(bodies(factor.head)), "no such expression in this head")
    under = differentiated or isinstance(factor.head, Partial)
    known = facts.within(factor.head) if isinstance(factor.head, Range) else facts
    inside = known.under(factor.head.variable) if isinstance(factor.head, Partial) else known
    inner = run(bodies(factor.head)[step.body], step.steps, inside, under and not isinstance(factor.head, Frozen))
    new = Factor(with_body(factor.head, step.body, inner), factor.indices, factor.exponent)
    changed = Term(term.coefficient, term.bound, (*term.factors[: step.place], new, *term.factors[step.place + 1 :]))
    return Entries(entries.slots, (*entries.terms[: step.term], changed, *entries.terms[step.term + 1 :]))


def _identified(entries: Entries, step: Identify, facts: Facts, differentiated: bool) -> Entries:
    """F(u) = F(v) where u − v vanishes and v is defined, as it stands elsewhere at all indices, or at the same."""
    (term, factor), (other, beside) = (_at(entries, where) for where in (step.old, step.new))
    require(isinstance(factor.head, Elementwise | Group), "neither a function of entries nor a parenthesis")
    require(isinstance(beside.head, Elementwise | Group), "neither a function of entries nor a parenthesis")
    whole = len(set(beside.indices)) == len(beside.indices) and not any(isinstance(i, Fixed) for i in beside.indices)
    same = beside.indices == factor.indices and not any(isinstance(i, Bound) for i in factor.indices)
    require(
        (whole or same) and counts_everywhere(other, beside, facts),
        "nothing says that the other expression is defined here",
    )
    old, new = bodies(factor.head)[step.old[2]], bodies(beside.head)[step.new[2]]
    require(not run(difference(old, new), step.steps, facts, differentiated).terms, "the difference does not vanish")
    changed = Factor(with_body(factor.head, step.old[2], new), factor.indices, factor.exponent)
    number, place, _ = step.old
    replaced = Term(term.coefficient, term.bound, (*term.factors[:place], changed, *term.factors[place + 1 :]))
    return Entries(entries.slots, (*entries.terms[:number], replaced, *entries.terms[number + 1 :]))


def _by_cases(entries: Entries, step: Cases, facts: Facts, differentiated: bool) -> Entries:
    """0, where the expression vanishes whether the symbol is positive or negative."""
    require(not differentiated, "under a derivative what holds beside a number does not hold at it")
    both = branches(entries, step.symbol, facts)
    for (branch, known), steps in zip(both, (step.positive, step.negative), strict=True):
        require(not run(branch, steps, known).terms, "the expression does not vanish in each case")
    return Entries(entries.slots, ())


def _at(entries: Entries, where: tuple[int, int, int]) -> tuple[Term, Factor]:
    number, place, body = where
    term = _term(entries, number)
    require(0 <= place < len(term.factors), "no such factor")
    require(0 <= body < len(bodies(term.factors[place].head)), "no such expression in this head")
    return term, term.factors[place]


UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, AssertionError)
"""What a rule raises when its arguments are of another kind than it reads."""


def _term(entries: Entries, number: int) -> Term:
    require(0 <= number < len(entries.terms), "no such term")
    return entries.terms[number]


def rules_of(steps: tuple[Step, ...]) -> Iterator[str]:
    """The names of the rules that the steps use, with repetitions."""
    for step in steps:
        match step:
            case Rewrite():
                yield step.rule
            case Within():
                yield from rules_of(step.steps)
            case Arrange():
                yield "renaming and collecting"
            case Clear():
                yield "multiplying through"
            case Gather():
                yield "one sum"
            case Identify():
                yield "equal arguments"
                yield from rules_of(step.steps)
            case Cases():
                yield "cases of a sign"
                yield from rules_of(step.positive)
                yield from rules_of(step.negative)
