"""What a row of the normal form's tables answers: which rule applies to a term, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from matcalc.components.terms import Entries, Term
from matcalc.kernel.application import apply
from matcalc.kernel.steps import Refused, Rewrite, Step
from matcalc.prover.trace import Trace

Place: TypeAlias = tuple[str, int, tuple[Any, ...]]
"""A rule, the place of the factor, the rule's arguments."""

Finder: TypeAlias = Callable[[Trace, Term], Place | Rewrite | None]
"""The answer is a step, for the term by itself, where the rule depends on equations that have proofs."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table that look at factors with one of these heads; at anything where none is named."""

    finders: tuple[Finder, ...]
    heads: tuple[type, ...] = ()

    def may_apply(self, entries: Entries) -> bool:
        """Whether there is anything for them to look at."""
        return not self.heads or any(isinstance(f.head, self.heads) for t in entries.terms for f in t.factors)


def accepts(
    trace: Trace, term: Term, rule: str, place: int, *arguments: object, proofs: tuple[tuple[Step, ...], ...] = ()
) -> Place | None:
    """The place, if the kernel accepts the rule there."""
    step = Rewrite(rule, 0, place, arguments, proofs)
    try:
        apply(Entries(trace.entries.slots, (term,)), step, trace.search.facts, trace.differentiated and bool(proofs))
    except Refused:
        return None
    return rule, place, arguments
