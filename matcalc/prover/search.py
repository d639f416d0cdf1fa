"""Proving a claim: both sides to their normal forms, then the kernel's replay."""

import time
from dataclasses import dataclass
from itertools import pairwise

from matcalc.components.conditions import conditions
from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.sums import NoMeaning
from matcalc.components.terms import Entries, Opaque, Partial, bodies
from matcalc.kernel import Derivation, Goal, Refused, Theorem, replay
from matcalc.kernel.definedness import with_definedness
from matcalc.language.nodes import Claim
from matcalc.prover.completion import complete
from matcalc.prover.listing import has_numbered_axes, list_free_indices
from matcalc.prover.normalisation import normalise
from matcalc.prover.trace import OutOfBudget, Search, TooLarge, Trace


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
    """Searches a proof of every equation of a claim whose sides have one shape, for at most `seconds`."""
    start = time.monotonic()
    try:
        theorem = _theorem(claim, start + seconds)
    except (NoMeaning, OutOfBudget, Refused, _Stuck) as reason:
        return Unproved(_explained(reason), time.monotonic() - start)
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


def _theorem(claim: Claim, deadline: float) -> Theorem:
    sides = tuple(array.entries for array in lower_claim(claim))
    goal = Goal(sides, facts_of(claim.scope), conditions(claim))
    facts = with_definedness(goal.facts, goal.sides)
    attempts = [Search(facts, deadline), Search(facts, deadline, thorough=True)]
    if has_numbered_axes(goal):
        attempts.insert(1, Search(facts, deadline, listing=True))
    *others, last = attempts
    for search in others:
        try:
            return _by_normal_forms(goal, search)
        except (_Stuck, TooLarge):
            continue
    return _by_normal_forms(goal, last)


def _by_normal_forms(goal: Goal, search: Search) -> Theorem:
    traces = [_normal(side, search) for side in goal.sides]
    ends = [trace.entries for trace in traces]
    steps = tuple(tuple(trace.steps) for trace in traces)
    if all(end == ends[0] for end in ends):
        return replay(goal, Derivation(steps))
    completed = None if search.listing else complete(ends, search)
    if completed is None:
        raise _Stuck(next(_difference(left, right) for left, right in pairwise(ends) if left != right))
    lemmas, endings = completed
    return replay(goal, Derivation(steps, lemmas, tuple(endings)))


def _normal(side: Entries, search: Search) -> Trace:
    trace = Trace(side, search)
    if search.listing:
        list_free_indices(trace)
    normalise(trace)
    return trace


def _difference(left: Entries, right: Entries) -> str:
    """What stands in the way: functions that have no rules yet, or only that the normal forms differ."""
    names = sorted(_opaque(left) | _opaque(right))
    if names:
        return f"no rule yet for {', '.join(names)}"
    return "the normal forms of the two sides differ"


RULED = frozenset({"inv", "det", "adjugate", "matrix_power", "expm"})
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
