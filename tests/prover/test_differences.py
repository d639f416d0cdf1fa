"""Which differences the search takes to 0, and which it leaves."""

import pytest

from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.kernel import Clear, Gather, Identify, Step
from matcalc.kernel.definedness import with_definedness
from matcalc.prover.differences import vanishing
from matcalc.prover.trace import Deadline, Search
from tests.claims import Case

SECONDS = 20


def steps_for(text: str, **where: str) -> tuple[Step, ...] | None:
    claim = Case(text, where).claim()
    left, right = (array.entries for array in lower_claim(claim))
    facts = with_definedness(facts_of(claim.scope), (left, right))
    return vanishing(left, right, Search(facts, Deadline.after(SECONDS), thorough=True))


KINDS: dict[str, tuple[type, str]] = {
    "denominators": (Clear, "1 / (s - t) - 1 / (s + t) == 2 * t / (s - t) / (s + t)"),
    "three denominators": (Clear, "1 / (s * (s + 1) * (s + 2)) == 1 / (2 * s) - 1 / (s + 1) + 1 / (2 * (s + 2))"),
    "a denominator with a root": (Clear, "1 / (1 + sqrt(2)) == sqrt(2) - 1"),
    "entries under a sum": (Gather, "sum(1 / (x - 1) - 1 / (x + 1)) == sum(2 / (x**2 - 1))"),
    "equal arguments": (Identify, "f(1 / (s - 1) - 1 / (s + 1)) == f(2 / (s**2 - 1))"),
}


@pytest.mark.parametrize(("kind", "text"), KINDS.values(), ids=KINDS.keys())
def test_a_difference_is_taken_to_0(kind: type, text: str) -> None:
    steps = steps_for(text)
    assert steps is not None
    assert any(isinstance(step, kind) for step in steps)


LEFT = (
    "1 / (s - t) - 1 / (s + t) == 2 * s / (s - t) / (s + t)",
    "sum(1 / (x - 1) - 1 / (x + 1)) == sum(1 / (x**2 - 1))",
    "f(1 / (s - 1)) == f(1 / (s + 1))",
    "s == t",
)


@pytest.mark.parametrize("text", LEFT)
def test_a_difference_that_is_not_0_is_left(text: str) -> None:
    assert steps_for(text) is None


def test_equal_sides_need_no_clearing() -> None:
    steps = steps_for("1 / (s - t) == 1 / (s - t)")
    assert steps is not None
    assert not any(isinstance(step, Clear) for step in steps)
