"""Altered steps keep every value or are refused; the campaign sees it where a kernel does neither."""

import pytest

from matcalc.components.terms import Entries
from soundness import derivations
from soundness.derivations import CHANGED, REFUSED, step_mutants, whole_mutants
from tests.claims import MATRIX_FUNCTIONS, TRUE, Case, params

SLICE = (*TRUE[::60], *MATRIX_FUNCTIONS[::40])


@pytest.mark.parametrize("case", params(SLICE))
def test_a_derivation_proves_no_other_goal_and_no_less_of_it_the_same(case: Case) -> None:
    _, unsound = whole_mutants(case)
    assert not unsound


def test_a_derivation_put_to_another_goal_is_refused() -> None:
    tally, _ = whole_mutants(Case("trace(X @ Y) == trace(Y @ X)"))
    assert tally[REFUSED] > 0


def test_altered_steps_are_counted() -> None:
    tally, unsound = step_mutants(Case("trace(X @ Y) == trace(Y @ X)"), 4, "seed")
    assert not unsound
    assert sum(tally.values()) > 0


def test_a_kernel_that_accepts_a_wrong_step_is_unsound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derivations, "apply", lambda before, *_: Entries(before.slots, ()))
    tally, unsound = step_mutants(Case("trace(X @ Y) == trace(Y @ X)"), 4, "seed")
    assert tally[CHANGED] == len(unsound) > 0
