"""Derivations of sides that meet: in one normal form, by lemmas that join two, or because their difference is 0."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcalc.components.terms import Entries, Opaque, names_in
from matcalc.kernel import Derivation, Step
from matcalc.kernel.definedness import with_met
from matcalc.kernel.signs import with_signs
from matcalc.prover.completion import complete
from matcalc.prover.differences import vanishing
from matcalc.prover.listing import list_free_indices
from matcalc.prover.normalisation import normalise
from matcalc.prover.trace import Search, Trace


def carried_on(traces: Sequence[Trace]) -> list[Trace]:
    """The normal forms carried on, with what they need to be defined known as well."""
    search, ends = traces[0].search, [trace.entries for trace in traces]
    facts = with_met(search.facts, ends)
    if facts == search.facts:
        return [Trace(end, search) for end in ends]
    return [normal(end, replace(search, facts=facts, known={}, inner={}, listing=False)) for end in ends]


def by_normal_forms(traces: Sequence[Trace]) -> Derivation | None:
    """Sides that have one normal form."""
    equal = all(trace.entries == traces[0].entries for trace in traces)
    return Derivation(_steps(traces)) if equal else None


def by_endings(traces: Sequence[Trace], ended: Sequence[Trace]) -> Derivation | None:
    """Sides whose normal forms become equal with what they need to be defined."""
    equal = all(trace.entries == ended[0].entries for trace in ended)
    return Derivation(_steps(traces), endings=_steps(ended)) if equal else None


def by_lemmas(traces: Sequence[Trace], ended: Sequence[Trace]) -> Derivation | None:
    """Sides with functions of matrices whose normal forms are joined by lemmas."""
    if traces[0].search.listing or not _has_matrix_functions(traces):
        return None
    completed = complete(ended)
    if completed is None:
        return None
    lemmas, endings = completed
    return Derivation(_steps(traces), lemmas, tuple(endings))


def by_differences(traces: Sequence[Trace], ended: Sequence[Trace]) -> Derivation | None:
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


def normal(side: Entries, search: Search) -> Trace:
    """The way of a side to its normal form."""
    trace = Trace(side, search)
    if search.listing:
        list_free_indices(trace)
    normalise(trace)
    return trace
