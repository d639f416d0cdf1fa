"""Proving a claim: both sides to their normal forms, then the kernel's replay."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from matcalc.components.conditions import conditions
from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.sums import NoMeaning
from matcalc.components.terms import Entries, Opaque, Partial, bodies
from matcalc.kernel import Derivation, Goal, Refused, Theorem, replay
from matcalc.kernel.definedness import with_definedness
from matcalc.kernel.pseudo_inverse import pseudo_inverted
from matcalc.kernel.replay import penrose_equations
from matcalc.language.nodes import Claim
from matcalc.prover.angles import units_of
from matcalc.prover.inductions import by_induction
from matcalc.prover.joining import by_differences, by_endings, by_lemmas, by_normal_forms, carried_on, normal
from matcalc.prover.listing import has_numbered_axes
from matcalc.prover.trace import Deadline, OutOfBudget, Product, Search, TooLarge, Trace


@dataclass(frozen=True, slots=True)
class Proved:
    """A theorem that says what the claim says."""

    theorem: Theorem
    seconds: float


@dataclass(frozen=True, slots=True)
class Unproved:
    """No proof was found; `missing` says what was."""

    missing: str
    seconds: float


def prove(claim: Claim, seconds: float = 10.0) -> Proved | Unproved:
    """Searches a proof of every equation of a claim whose sides have one shape.

    For at most `seconds` of the processor; the theorem's own seconds are those that passed in the world.
    """
    start = time.monotonic()
    try:
        theorem = _theorem(claim, Deadline.after(seconds))
    except (NoMeaning, OutOfBudget, Refused, _Stuck) as reason:
        return Unproved(_explained(reason), time.monotonic() - start)
    except RecursionError:
        return Unproved("rewriting nests terms too deeply", time.monotonic() - start)
    return Proved(theorem, time.monotonic() - start)


class _Stuck(Exception):
    """Two normal forms that differ."""


def _explained(reason: Exception) -> str:
    match reason:
        case NoMeaning():
            return f"no rule yet for {reason}"
        case Refused():
            return f"the kernel refused a step ({reason}): please report this claim"
        case _:
            return str(reason)


def _theorem(claim: Claim, deadline: Deadline) -> Theorem:
    sides = tuple(array.entries for array in lower_claim(claim))
    goal = Goal(sides, facts_of(claim.scope), conditions(claim))
    first = deadline.share(1 / 2) if goal.facts.integers else deadline
    try:
        derivation = _of_goal(goal, first)
    except (_Stuck, OutOfBudget) as reason:
        found = _by_penrose(goal, deadline) if isinstance(reason, _Stuck) else None
        found = found or by_induction(goal, deadline, lambda base: _derived(base, deadline))
        if found is None:
            raise
        derivation = found
    return replay(goal, derivation)


def _by_penrose(goal: Goal, deadline: Deadline) -> Derivation | None:
    """Penrose's equations, where a side is a pseudo-inverse."""
    if len(goal.sides) != 2 or all(pseudo_inverted(side) is None for side in goal.sides):
        return None
    return Derivation((), penrose=tuple(_of_goal(equation, deadline) for equation in penrose_equations(goal)))


def _derived(goal: Goal, deadline: Deadline) -> Derivation | None:
    """The derivation of a goal without an induction; None where none is found in half of the time."""
    try:
        return _of_goal(goal, deadline.share(1 / 2))
    except (_Stuck, OutOfBudget):
        return None


def _of_goal(goal: Goal, deadline: Deadline) -> Derivation:
    """The proof by normal forms, by lemmas, or by all other means; raises _Stuck where they do not suffice."""
    facts = with_definedness(goal.facts, goal.sides)
    attempts = [Search(facts, deadline)]
    if has_numbered_axes(goal):
        attempts.append(Search(facts, deadline, listing=True))
    units: dict[Product, Fraction] = {}
    for search in attempts:
        try:
            traces = [normal(side, search) for side in goal.sides]
            units |= units_of(trace.entries for trace in traces)
            derivation = by_normal_forms(traces) or _by_more(traces)
        except TooLarge:
            continue
        if derivation is not None:
            return derivation
    return _thoroughly(goal, Search(facts, deadline, thorough=True, units=units))


def _by_more(traces: Sequence[Trace]) -> Derivation | None:
    """Sides whose normal forms become equal with what they need to be defined, or by lemmas."""
    ended = carried_on(traces)
    return by_endings(traces, ended) or by_lemmas(traces, ended)


def _thoroughly(goal: Goal, search: Search) -> Derivation:
    """The proof by all means there are; raises _Stuck where they do not suffice."""
    traces = [normal(side, search) for side in goal.sides]
    derivation = by_normal_forms(traces)
    if derivation is None:
        ended = carried_on(traces)
        derivation = by_endings(traces, ended) or by_differences(traces, ended) or by_lemmas(traces, ended)
    if derivation is None:
        ends = [trace.entries for trace in ended]
        raise _Stuck(next(_difference(left, right) for left, right in pairwise(ends) if left != right))
    return derivation


def _difference(left: Entries, right: Entries) -> str:
    """What stands in the way: functions that have no rules yet, or only that the normal forms differ."""
    names = sorted(_opaque(left) | _opaque(right))
    if names:
        return f"no rule yet for {', '.join(names)}"
    return "the normal forms of the two sides differ"


RULED = frozenset({"inv", "det", "adjugate", "matrix_power", "expm", "pinv", "projector"})
"""Matrix functions with rules of their own."""


def _opaque(entries: Entries) -> set[str]:
    found: set[str] = set()
    for term in entries.terms:
        for factor in term.factors:
            if isinstance(factor.head, Opaque) and factor.head.function not in RULED:
                found.add(factor.head.function)
            if isinstance(factor.head, Partial):
                found.add(f"the derivative by {factor.head.variable}")
            for body in bodies(factor.head):
                found |= _opaque(body)
    return found
