"""Replaying a derivation: every step is carried out anew from the rule table, and the two ends must be equal."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from matcalc.components.facts import Facts
from matcalc.components.terms import Entries
from matcalc.kernel.application import after_each, rules_of
from matcalc.kernel.clearing import difference
from matcalc.kernel.definedness import with_definedness, with_met
from matcalc.kernel.induction import check_defined, check_integer, sides_at
from matcalc.kernel.lemmas import Reached, equation_of, with_lemma
from matcalc.kernel.pseudo_inverse import penrose, pseudo_inverted
from matcalc.kernel.signs import with_signs
from matcalc.kernel.steps import Lemma, Refused, Step, require
from matcalc.language.sizes import generator


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
    and the other side. Or else the sides are equal by `induction`.
    """

    sides: tuple[tuple[Step, ...], ...]
    lemmas: tuple[Lemma, ...] = ()
    endings: tuple[tuple[Step, ...], ...] = ()
    differences: tuple[tuple[Step, ...], ...] = ()
    penrose: tuple["Derivation", ...] = ()
    induction: "Induction | None" = None

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
        if self.induction is not None:
            yield from self.induction.base.steps
            yield from self.induction.hypothesis
            yield from self.induction.step.steps


@dataclass(frozen=True, slots=True)
class Induction:
    """Derivations of the goal for 0 in place of a declared integer k, and, from the goal for k, for k + 1.

    `hypothesis` are for each side for k the steps after which it is used, as an equation given like a lemma.
    """

    integer: str
    base: Derivation
    hypothesis: tuple[tuple[Step, ...], ...]
    step: Derivation


_KEY = object()


class Theorem:
    """The goal's sides are equal, replayed; made by `replay` alone. `goal` and `derivation` say of what and how.

    `passages` are the runs of steps of the derivation, as the replay carried them out.
    """

    __slots__ = ("_derivation", "_goal", "_passages")

    def __init__(self, key: object, goal: Goal, derivation: Derivation, passages: "tuple[Passage, ...]") -> None:
        if key is not _KEY:
            raise TypeError("a theorem is made by replaying a derivation")
        self._goal = goal
        self._derivation = derivation
        self._passages = passages

    @property
    def goal(self) -> Goal:
        return self._goal

    @property
    def derivation(self) -> Derivation:
        return self._derivation

    @property
    def passages(self) -> "tuple[Passage, ...]":
        return self._passages

    @property
    def assumptions(self) -> tuple[str, ...]:
        return self._goal.assumptions

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The names of the rules used, and of the forms of derivation with a rule of their own, sorted."""
        used = {name for steps in self._derivation.steps for name in rules_of(steps)}
        return tuple(sorted(used | {*_forms(self._derivation)}))


INDUCTION = "induction"


def _forms(derivation: Derivation) -> Iterator[str]:
    """The forms of a derivation and of those in it that rest on more than the rules of their steps."""
    for inner in derivation.penrose:
        yield from _forms(inner)
    if derivation.induction is not None:
        yield INDUCTION
        yield from _forms(derivation.induction.base)
        yield from _forms(derivation.induction.step)


def replay(goal: Goal, derivation: Derivation) -> Theorem:
    """The theorem that the derivation proves; raises Refused, with the step and the reason, where it proves nothing."""
    return Theorem(_KEY, goal, derivation, tuple(_carried_out(goal, derivation)))


def _carried_out(goal: Goal, derivation: Derivation) -> "Iterator[Passage]":
    """Every run of steps; raises Refused where the goal is not proved by them."""
    if derivation.penrose:
        require(len(derivation.penrose) == 4, "four equations are wanted")
        for number, equation in enumerate(penrose_equations(goal)):
            for passage in _carried_out(equation, derivation.penrose[number]):
                yield replace(passage, title=replace(passage.title, equation=number))
    elif derivation.induction is not None:
        yield from _inductive(goal, derivation.induction)
    else:
        yield from _in_one(goal, derivation)


def _in_one(goal: Goal, derivation: Derivation) -> "tuple[Passage, ...]":
    """The runs of steps for the sides, and for their differences, which end alike."""
    require(len(goal.sides) == len(derivation.sides) > 1, "steps for each of two or more sides are wanted")
    require(len({side.slots for side in goal.sides}) == 1, "the sides have different axes")
    require(len(derivation.endings) in (0, len(goal.sides)), "endings for all sides or for none are wanted")
    found = tuple(_direct(goal, derivation))
    ends = {passage.title: passage.end for passage in found}
    if derivation.differences:
        require(len(derivation.differences) == len(goal.sides) - 1, "steps for each difference are wanted")
        last = [ends[Title(difference=k)] for k in range(len(derivation.differences))]
        require(not any(end.terms for end in last), "a difference does not vanish")
    else:
        last = [ends[Title(side=k, ending=bool(derivation.endings))] for k in range(len(goal.sides))]
        require(all(end == last[0] for end in last), "the sides end in different expressions")
    return found


@dataclass(frozen=True, slots=True)
class Title:
    """What a passage is about: a side, at its beginning or its ending; a lemma, either way; or a difference.

    `equation` counts Penrose's equations, where it belongs to the derivation of one. `parts` are the parts of the
    inductions to which it belongs, with their integers, the outermost first.
    """

    side: int = -1
    ending: bool = False
    lemma: int = -1
    way: int = 0
    difference: int = -1
    equation: int = -1
    parts: tuple[tuple[str, str], ...] = ()


BASE, HYPOTHESIS, STEP = "base case", "hypothesis", "step"
"""The parts of an induction."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An expression, the steps that rewrite it under these facts, and the expressions after each of them."""

    title: Title
    start: Entries
    steps: tuple[Step, ...]
    facts: Facts
    after: tuple[Entries, ...]

    @property
    def end(self) -> Entries:
        return self.after[-1] if self.after else self.start


def _inductive(goal: Goal, induction: Induction) -> Iterator[Passage]:
    base, step = base_goal(goal, induction.integer), step_goal(goal, induction)
    parts = (
        (BASE, _carried_out(base, induction.base)),
        (HYPOTHESIS, hypothesis(goal, induction)),
        (STEP, _carried_out(step, induction.step)),
    )
    for name, found in parts:
        for passage in found:
            yield replace(
                passage, title=replace(passage.title, parts=((name, induction.integer), *passage.title.parts))
            )


def _direct(goal: Goal, derivation: Derivation) -> Iterator[Passage]:
    """The runs of steps for the sides, their lemmas, their endings and their differences.

    In a difference both sides are defined, and so is what their steps lead to: the signs that this needs are facts.
    """
    facts = with_definedness(goal.facts, goal.sides)
    middles = []
    for number, (side, steps) in enumerate(zip(goal.sides, derivation.sides, strict=True)):
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
    return Passage(title, start, steps, facts, tuple(after_each(start, steps, facts)))


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


def base_goal(goal: Goal, integer: str) -> Goal:
    """The goal with 0 in place of a declared integer; raises Refused where that proves nothing of the others."""
    check_integer(goal.sides, integer, goal.facts)
    return replace(goal, sides=sides_at(goal.sides, integer, goal.facts.ring.zero))


def hypothesis(goal: Goal, induction: Induction) -> Iterator[Passage]:
    """The sides for the integer k, carried to where they are used; the facts are those for k + 1."""
    require(len(induction.hypothesis) == len(goal.sides), "steps for each side of the hypothesis are wanted")
    facts = facts_of_step(goal, induction.integer)
    for number, (side, steps) in enumerate(zip(goal.sides, induction.hypothesis, strict=True)):
        yield _passage(Title(side=number), side, steps, facts)


def facts_of_step(goal: Goal, integer: str) -> Facts:
    """What is known where the sides for k + 1 are defined; raises Refused unless those for k are defined there too."""
    check_integer(goal.sides, integer, goal.facts)
    facts = with_definedness(goal.facts, _following(goal, integer))
    check_defined(goal.sides, integer, facts)
    return facts


def _following(goal: Goal, integer: str) -> tuple[Entries, ...]:
    return sides_at(goal.sides, integer, generator(goal.facts.ring, integer) + 1)


def step_goal(goal: Goal, induction: Induction) -> Goal:
    """The goal with k + 1 in place of the integer k, where what the hypothesis says is given as equations."""
    ends = [(passage.end, passage.facts) for passage in hypothesis(goal, induction)]
    facts = goal.facts
    for (left, known), (right, _) in pairwise(ends):
        facts = with_lemma(facts, equation_of(left, right, known))
    return replace(goal, sides=_following(goal, induction.integer), facts=facts)
