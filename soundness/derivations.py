"""Recorded derivations altered: a step that the kernel accepts keeps every value, and no step proves another goal.

The claims are those of the tests; values come from the tests' oracle, which reads components by brute force.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from matcalc.components.facts import Facts
from matcalc.components.terms import Entries
from matcalc.kernel import Derivation, Goal, Refused, Step, Theorem, replay
from matcalc.kernel.application import apply
from matcalc.language.nodes import Scope
from tests.claims import Case
from tests.duals import Undefined
from tests.kernel.mutants import mutants
from tests.oracle import agree, value
from tests.points import Point, points
from tests.proofs import proof, replayed_with_facts

REFUSED, KEPT, NO_VALUE, CHANGED = "refused", "accepted, every value kept", "accepted, no value to compare", "UNSOUND"


def points_for(case: Case, scope: Scope, count: int = 1) -> list[Point]:
    """Points at which expressions in the proof of a case are compared; the variables of sums around them are 1 or 0."""
    found = points(scope, count=count, sizes=(2, 3, 1), positive=case.positive)
    spare = [dict.fromkeys(map(str, scope.ring.symbols), number) for number in (1, 0)]
    return [replace(point, whole={**spare[k % 2], **point.whole}) for k, point in enumerate(found)]


def step_mutants(case: Case, count: int, seed: str) -> tuple[Counter[str], list[str]]:
    """What becomes of up to `count` mutants of each step of a case's derivation; the unsound ones in print."""
    theorem, tally, unsound = proof(case), Counter[str](), list[str]()
    if theorem is None:
        return tally, unsound
    random, at = Random(f"{seed} {case.text}"), points_for(case, case.claim().scope)
    for before, step, _, facts in replayed_with_facts(theorem):
        for mutant in mutants(step, count, random):
            outcome = _of_step(before, mutant, facts, at)
            tally[outcome] += 1
            if outcome == CHANGED:
                unsound.append(f"{case.name}: {mutant}")
    return tally, unsound


def _of_step(before: Entries, mutant: Step, facts: Facts, at: list[Point]) -> str:
    try:
        after = apply(before, mutant, facts)
    except Refused:
        return REFUSED
    return compared(before, after, at)


def compared(before: Entries, after: Entries, at: list[Point]) -> str:
    """Whether two expressions have the same values where both have one."""
    result = NO_VALUE
    for point in at:
        try:
            same = agree(value(before, point), value(after, point))
        except Undefined:
            continue
        if not same:
            return CHANGED
        result = KEPT
    return result


def whole_mutants(case: Case) -> tuple[Counter[str], list[str]]:
    """What becomes of a whole derivation with steps missing, repeated, exchanged, or put to another goal."""
    theorem, tally, unsound = proof(case), Counter[str](), list[str]()
    if theorem is None:
        return tally, unsound
    at = points_for(case, case.claim().scope)
    for goal, derivation in (*_other_derivations(theorem), *_other_goals(theorem)):
        outcome = _of_goal(goal, derivation, at)
        tally[outcome] += 1
        if outcome == CHANGED:
            unsound.append(f"{case.name}: {goal.sides}")
    return tally, unsound


def _of_goal(goal: Goal, derivation: Derivation, at: list[Point]) -> str:
    try:
        replay(goal, derivation)
    except Refused:
        return REFUSED
    outcomes = {compared(goal.sides[0], side, at) for side in goal.sides[1:]}
    return next(outcome for outcome in (CHANGED, KEPT, NO_VALUE) if outcome in outcomes)


def _other_derivations(theorem: Theorem) -> Iterator[tuple[Goal, Derivation]]:
    """The same goal, with fewer, more or exchanged steps."""
    goal, derivation = theorem.goal, theorem.derivation
    yield goal, replace(derivation, sides=derivation.sides[::-1])
    yield goal, replace(derivation, lemmas=derivation.lemmas[1:])
    yield goal, replace(derivation, endings=derivation.endings[::-1])
    yield goal, replace(derivation, differences=derivation.differences[1:])
    for number, steps in enumerate(derivation.sides):
        for fewer in (steps[:-1], steps[1:], (*steps, *steps[-1:])):
            sides = (*derivation.sides[:number], fewer, *derivation.sides[number + 1 :])
            yield goal, replace(derivation, sides=sides)


def _other_goals(theorem: Theorem) -> Iterator[tuple[Goal, Derivation]]:
    """The same steps for sides of which one lacks a term, is negated or doubled."""
    goal = theorem.goal
    for number, side in enumerate(goal.sides):
        changed = [Entries(side.slots, side.terms[:-1])]
        for factor in (-1, 2):
            terms = tuple(replace(term, coefficient=factor * term.coefficient) for term in side.terms)
            changed.append(Entries(side.slots, terms))
        for other in changed:
            sides = (*goal.sides[:number], other, *goal.sides[number + 1 :])
            yield replace(goal, sides=sides), theorem.derivation
