"""Proofs by induction on a declared integer k.

In the step the sides at k + 1 are to be written by what stands at k. So powers of matrices are unfolded there, from the
left or from the right, and the equation at k eliminates one of its terms: those that depend on k are tried in turn.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product

from matcalc.components.terms import Entries, Opaque, Range, Term, names_in
from matcalc.components.variables import factor_mentions, mentions
from matcalc.kernel import Derivation, Goal, Refused
from matcalc.kernel.definedness import with_definedness
from matcalc.kernel.replay import Induction, base_goal, facts_of_step, step_goal
from matcalc.prover.angles import units_of
from matcalc.prover.joining import by_differences, by_normal_forms, carried_on, normal
from matcalc.prover.leading import leading
from matcalc.prover.trace import Deadline, OutOfBudget, Search

SHARE = 12
"""The part of the time that is left, one in so many, which one way to carry out a step may take."""

UNFOLDING = ("first", "last", "left", "right")
"""The ways to unfold powers that are tried in turn."""

Prove = Callable[[Goal], Derivation | None]


def by_induction(goal: Goal, deadline: Deadline, prove: Prove) -> Derivation | None:
    """A proof by induction on one of the integers of the goal, its base case by other means; None where none is found.

    Raises OutOfBudget when the time is over.
    """
    for name in sorted(goal.facts.integers):
        if any(mentions(side, name) for side in goal.sides):
            found = _on(name, goal, deadline, prove)
            if found is not None:
                return found
    return None


def _on(name: str, goal: Goal, deadline: Deadline, prove: Prove) -> Derivation | None:
    """A proof by induction on this integer, thoroughly only where no step is short."""
    try:
        first, facts = base_goal(goal, name), facts_of_step(goal, name)
    except Refused:
        return None
    base = prove(first)
    if base is None:
        return None
    ways = UNFOLDING if any(map(_has_powers, goal.sides)) else UNFOLDING[:1]
    started: dict[str, tuple[Induction, Goal]] = {}
    for thorough, way in product((False, True), ways):
        search = Search(facts, deadline, thorough, unfolding=way)
        if way not in started:
            induction = _started(goal, search, name, base)
            started[way] = induction, step_goal(goal, induction)
        induction, following = started[way]
        step = _step(following, search, name)
        if step is not None:
            return Derivation((), induction=replace(induction, step=step))
    return None


def _has_powers(side: Entries) -> bool:
    return any(isinstance(head, Opaque) and head.function == "matrix_power" for head in names_in(side))


def _started(goal: Goal, search: Search, name: str, base: Derivation) -> Induction:
    """The equation for k in normal form."""
    carried = tuple(tuple(normal(side, search).steps) for side in goal.sides)
    return Induction(name, base, carried, Derivation(()))


def _step(goal: Goal, search: Search, name: str) -> Derivation | None:
    """A proof of the goal for k + 1 by each way in turn to use the goal for k."""
    facts = with_definedness(goal.facts, goal.sides)
    for leads in product(*(_candidates(equation, name) or [leading(equation)] for equation in facts.lemmas)):
        attempt = replace(
            search, facts=facts, leads=leads, deadline=search.deadline.share(1 / SHARE), known={}, inner={}
        )
        try:
            found = _met(goal, attempt)
        except (OutOfBudget, RecursionError):
            continue
        if found is not None:
            return found
    return None


def _met(goal: Goal, search: Search) -> Derivation | None:
    """A proof by normal forms, or thoroughly by their difference."""
    if not search.thorough:
        return by_normal_forms([normal(side, search) for side in goal.sides])
    units = units_of(normal(side, replace(search, thorough=False, known={}, inner={})).entries for side in goal.sides)
    traces = [normal(side, replace(search, units=units)) for side in goal.sides]
    return by_differences(traces, carried_on(traces))


def _candidates(equation: Entries, name: str) -> list[int | None]:
    """The terms that depend on the integer, those with a function of a matrix or a finite sum that does so first.

    None whose factors are all in another, larger term: what replaces it would bring it back.
    """
    own = [k for k, term in enumerate(equation.terms) if any(factor_mentions(f, name) for f in term.factors)]
    own = [k for k in own if not any(_is_part(equation.terms[k], other) for other in equation.terms)]
    return [*sorted(own, key=lambda k: (not _has_function(equation.terms[k], name), len(equation.terms[k].factors)))]


def _is_part(term: Term, other: Term) -> bool:
    """Whether the other has the same functions and symbols to the same powers, and more."""
    own, others = (Counter((f.head, f.exponent) for f in t.factors) for t in (term, other))
    return own < others


def _has_function(term: Term, name: str) -> bool:
    return any(isinstance(f.head, Opaque | Range) and factor_mentions(f, name) for f in term.factors)
