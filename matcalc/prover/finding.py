"""What a row of the normal form's tables answers: which rule applies to a term, and where."""

from collections.abc import Callable
from typing import Any, TypeAlias

from matcalc.components.terms import Entries, Term
from matcalc.kernel.replay import apply
from matcalc.kernel.steps import Refused, Rewrite
from matcalc.prover.trace import Trace

Place: TypeAlias = tuple[str, int, tuple[Any, ...]]
"""A rule, the place of the factor, the rule's arguments."""

Finder: TypeAlias = Callable[[Trace, Term], Place | None]


def accepts(trace: Trace, term: Term, rule: str, place: int, *arguments: object) -> Place | None:
    """The place, if the kernel accepts the rule there."""
    try:
        apply(Entries(trace.entries.slots, (term,)), Rewrite(rule, 0, place, arguments), trace.search.facts)
    except Refused:
        return None
    return rule, place, arguments
