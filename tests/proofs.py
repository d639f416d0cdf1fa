"""Theorems for tests to look at: each claim is proved once in a run."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from matcalc.components.facts import Facts
from matcalc.components.terms import Entries
from matcalc.kernel import Step, Theorem
from matcalc.prover import Proved, Unproved, prove
from tests.claims import Case


@cache
def proof(case: Case) -> Theorem | None:
    """The theorem of a case, None where there is no proof."""
    match prove(case.claim()):
        case Proved(theorem=theorem):
            return theorem
        case Unproved():
            return None


def theorem_of(case: Case) -> Theorem:
    """The theorem of a case that has one."""
    theorem = proof(case)
    assert theorem is not None, f"no proof of {case.name}"
    return theorem


def replayed(theorem: Theorem) -> Iterator[tuple[Entries, Step, Entries]]:
    """Every outermost step, with the expression before and after it."""
    return ((before, step, after) for before, step, after, _ in replayed_with_facts(theorem))


def replayed_with_facts(theorem: Theorem) -> Iterator[tuple[Entries, Step, Entries, Facts]]:
    """The same, with the facts under which the step is carried out."""
    for passage in theorem.passages:
        before = (passage.start, *passage.after)
        for step, (old, new) in zip(passage.steps, pairwise(before), strict=True):
            yield old, step, new, passage.facts
