"""The campaigns on the kernel: mutants of rules, of their side conditions, and of recorded derivations."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random

from matcalc.kernel import RULES, Rule
from soundness import conditions, derivations, rules
from soundness.running import Budget, in_parallel
from tests.claims import MATRIX_FUNCTIONS, SLOW, TRUE, Case
from tests.kernel.test_rules import example_of

MUTANTS_PER_STEP = 4


@dataclass(slots=True)
class KernelTally:
    """Mutants of rules and those that survive, conditions and those that no test demands, fates of derivations."""

    rule_mutants: int = 0
    surviving: list[str] = field(default_factory=list)
    conditions: int = 0
    undemanded: list[str] = field(default_factory=list)
    derivations: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    wholes: Counter[str] = field(default_factory=Counter)
    unsound: list[str] = field(default_factory=list)

    @property
    def needs_a_look(self) -> bool:
        """Whether a mutant of a rule or a derivation came through, or a condition is one that no test demands."""
        return bool(self.unsound or self.surviving or self.undemanded)


def every_case() -> list[Case]:
    """The claims of the tests."""
    return [*TRUE, *MATRIX_FUNCTIONS, *SLOW]


def rule_mutants(tally: KernelTally, cases: Iterable[Case], chosen: Sequence[Rule] = RULES) -> None:
    """Corrupts what these rules give in the proofs of their examples, and then of the cases."""
    found = rules.fates([*map(example_of, chosen), *cases], chosen)
    tally.surviving = rules.survivors(found, chosen)
    tally.rule_mutants = len(found)


def removed_conditions(tally: KernelTally) -> None:
    """Runs the tests of the kernel to see which side conditions they demand."""
    tally.conditions = len(conditions.conditions())
    tally.undemanded = [str(condition) for condition in conditions.unseen(conditions.demanded())]


def derivation_mutants(tally: KernelTally, cases: Sequence[Case], seed: str, budget: Budget) -> None:
    """Alters every step, and every derivation as a whole, of the proofs of these cases."""
    shuffled = Random(seed).sample(list(cases), len(cases))
    found = in_parallel(partial(_of_case, seed), shuffled, budget, "derivation mutants")
    for steps, wholes, unsound in found:
        tally.derivations += 1
        tally.steps += steps
        tally.wholes += wholes
        tally.unsound += unsound


def _of_case(seed: str, case: Case) -> tuple[Counter[str], Counter[str], list[str]]:
    steps, unsound = derivations.step_mutants(case, MUTANTS_PER_STEP, seed)
    wholes, more = derivations.whole_mutants(case)
    return steps, wholes, [*unsound, *more]
