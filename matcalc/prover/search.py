"""Proving a claim: both sides to their normal forms, then the kernel's replay."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from matcalc.components.conditions import conditions
from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.sums import NoMeaning
from matcalc.components.terms import Entries, Opaque, Partial, bodies, names_in
from matcalc.kernel import Derivation, Goal, Refused, Theorem, replay
from matcalc.kernel.definedness import with_definedness, with_met
from matcalc.kernel.pseudo_inverse import pseudo_inverted
from matcalc.kernel.replay import penrose_equations
from matcalc.kernel.signs import with_signs
from matcalc.kernel.steps import Step
from matcalc.language.nodes import Claim
from matcalc.prover.angles import units_of
from matcalc.prover.completion import complete
from matcalc.prover.differences import vanishing
from matcalc.prover.listing import has_numbered_axes, list_free_indices
from matcalc.prover.normalisation import normalise
from matcalc.prover.trace import OutOfBudget, Product, Search, TooLarge, Trace


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


def _theorem(claim: Claim, deadline: float) -> Theorem:
    sides = tuple(array.entries for array in lower_claim(claim))
    goal = Goal(sides, facts_of(claim.scope), conditions(claim))
    try:
        return _of_goal(goal, deadline)
    except _Stuck:
        if len(sides) == 2 and any(pseudo_inverted(side) is not None for side in sides):
            derivations = (_of_goal(equation, deadline).derivation for equation in penrose_equations(goal))
            return replay(goal, Derivation((), penrose=tuple(derivations)))
        raise


def _of_goal(goal: Goal, deadline: float) -> Theorem:
    """The theorem by normal forms, by lemmas, or by all other means; raises _Stuck where they do not suffice."""
    facts = with_definedness(goal.facts, goal.sides)
    attempts = [Search(facts, deadline)]
    if has_numbered_axes(goal):
        attempts.append(Search(facts, deadline, listing=True))
    units: dict[Product, Fraction] = {}
    for search in attempts:
        try:
            traces = [_normal(side, search) for side in goal.sides]
            units |= units_of(trace.entries for trace in traces)
            derivation = _by_normal_forms(traces) or _by_more(traces)
        except TooLarge:
            continue
        if derivation is not None:
            return replay(goal, derivation)
    return _thoroughly(goal, Search(facts, deadline, thorough=True, units=units))


def _by_more(traces: Sequence[Trace]) -> Derivation | None:
    """Sides whose normal forms become equal with what they need to be defined, or by lemmas."""
    ended = _ended(traces)
    return _by_endings(traces, ended) or _by_lemmas(traces, ended)


def _thoroughly(goal: Goal, search: Search) -> Theorem:
    """The theorem by all means there are; raises _Stuck where they do not suffice."""
    traces = [_normal(side, search) for side in goal.sides]
    derivation = _by_normal_forms(traces)
    if derivation is None:
        ended = _ended(traces)
        derivation = _by_endings(traces, ended) or _by_differences(traces, ended) or _by_lemmas(traces, ended)
    if derivation is None:
        ends = [trace.entries for trace in ended]
        raise _Stuck(next(_difference(left, right) for left, right in pairwise(ends) if left != right))
    return replay(goal, derivation)


def _ended(traces: Sequence[Trace]) -> list[Trace]:
    """The normal forms carried on, with what they need to be defined known as well."""
    search, ends = traces[0].search, [trace.entries for trace in traces]
    facts = with_met(search.facts, ends)
    if facts == search.facts:
        return [Trace(end, search) for end in ends]
    return [_normal(end, replace(search, facts=facts, known={}, inner={}, listing=False)) for end in ends]


def _by_normal_forms(traces: Sequence[Trace]) -> Derivation | None:
    """Sides that have one normal form."""
    equal = all(trace.entries == traces[0].entries for trace in traces)
    return Derivation(_steps(traces)) if equal else None


def _by_endings(traces: Sequence[Trace], ended: Sequence[Trace]) -> Derivation | None:
    """Sides whose normal forms become equal with what they need to be defined."""
    equal = all(trace.entries == ended[0].entries for trace in ended)
    return Derivation(_steps(traces), endings=_steps(ended)) if equal else None


def _by_lemmas(traces: Sequence[Trace], ended: Sequence[Trace]) -> Derivation | None:
    """Sides with functions of matrices whose normal forms are joined by lemmas."""
    if traces[0].search.listing or not _has_matrix_functions(traces):
        return None
    completed = complete(ended)
    if completed is None:
        return None
    lemmas, endings = completed
    return Derivation(_steps(traces), lemmas, tuple(endings))


def _by_differences(traces: Sequence[Trace], ended: Sequence[Trace]) -> Derivation | None:
    """Sides whose normal forms differ by 0."""
    search, ends = ended[0].search, [trace.entries for trace in ended]
    signed = replace(search, facts=with_signs(search.facts, ends), known={}, inner={})
    found = []
    for left, right in pairwise(ends):
        steps = vanishing(left, right, signed)
        if steps is None:
            return None
        found.append(steps)
    return Derivation(_steps(traces), endings=_steps(ended), differences=tuple(found))


def _steps(traces: Sequence[Trace]) -> tuple[tuple[Step, ...], ...]:
    return tuple(tuple(trace.steps) for trace in traces)


def _has_matrix_functions(traces: Sequence[Trace]) -> bool:
    return any(isinstance(head, Opaque) for trace in traces for head in names_in(trace.entries))


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
