"""Theorems for tests to look at: each claim is proved once in a run."""

from collections.abc import Iterator
from functools import cache

from matcalc.components.facts import Facts
from matcalc.components.terms import Entries
from matcalc.kernel import Step, Theorem
from matcalc.kernel.definedness import with_definedness
from matcalc.kernel.replay import apply
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


def facts_of_theorem(theorem: Theorem) -> Facts:
    """The facts under which a theorem's steps were replayed."""
    return with_definedness(theorem.goal.facts, theorem.goal.sides)


def replayed(theorem: Theorem) -> Iterator[tuple[Entries, Step, Entries]]:
    """Every outermost step, with the expression before and after it."""
    facts = facts_of_theorem(theorem)
    for side, steps in zip(theorem.goal.sides, theorem.derivation.sides, strict=True):
        before = side
        for step in steps:
            after = apply(before, step, facts)
            yield before, step, after
            before = after
