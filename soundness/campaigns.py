"""The campaigns: what is tried in each, and what it adds up to."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count
from random import Random

from soundness import generated, metamorphic
from soundness.judging import Judgement, Limits, Outcome, judge
from soundness.mutations import mutants
from soundness.running import Budget, in_parallel
from soundness.statements import Statement, catalogue, pruned, well_formed


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked for: the seed, how many mutants of each identity, the first generated claim."""

    seed: str
    mutants: int = 30
    first: int = 0
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Tally:
    """What came out of one campaign on claims: outcomes by what was changed, and every case that needs a look."""

    title: str
    outcomes: dict[str, Counter[Outcome]] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)

    def add(self, judgement: Judgement, alarm: Outcome | None = None) -> None:
        """Counts a judgement; a contradiction, or the outcome `alarm`, needs a look."""
        statement = judgement.statement
        self.outcomes.setdefault(statement.change, Counter())[judgement.outcome] += 1
        self.sources.add(statement.origin)
        if judgement.outcome in (Outcome.CONTRADICTION, alarm):
            self.alarms.append(f"{statement} ({statement.origin}, {statement.change}): {judgement.detail}")
        elif judgement.outcome in (Outcome.MISSED, Outcome.STOPPED):
            self.missed.append(f"{statement} ({statement.origin}, {statement.change}): {judgement.outcome}")

    @property
    def total(self) -> Counter[Outcome]:
        return sum(self.outcomes.values(), Counter())


def claim_mutants(plan: Plan, budget: Budget, sources: Iterable[Statement] | None = None) -> Tally:
    """Mutants of every identity of the catalogue, judged; `plan.mutants` of each at most."""
    return _campaign("claim mutants", _mutants_of, plan, budget, sources)


def _mutants_of(plan: Plan, statement: Statement) -> list[Judgement]:
    return [judge(mutant, plan.limits) for mutant in mutants(pruned(statement), plan.mutants, plan.seed)]


def metamorphic_images(plan: Plan, budget: Budget, sources: Iterable[Statement] | None = None) -> Tally:
    """True identities changed in ways that keep them true, with their twins; a refuted image is a false alarm."""
    return _campaign("metamorphic", _images_of, plan, budget, sources)


def _images_of(plan: Plan, statement: Statement) -> list[Judgement]:
    whole = pruned(statement)
    images = metamorphic.images(whole)
    chosen = Random(f"{plan.seed} {statement.origin}").sample(images, min(plan.mutants, len(images)))
    return [judge(image, plan.limits) for image in chosen]


def generated_claims(plan: Plan, budget: Budget, most: int | None = None) -> Tally:
    """Generated claims, judged, until the time is up or there were so many."""
    tally = Tally("generated claims")
    numbers: Iterable[int] = count(plan.first) if most is None else range(plan.first, plan.first + most)
    for found in in_parallel(partial(_generated, plan), numbers, budget, tally.title):
        for judgement in found:
            tally.add(judgement)
    return tally


def _generated(plan: Plan, number: int) -> list[Judgement]:
    statements = generated.statements(plan.seed, number, 1)
    return [judge(statement, plan.limits) for statement in statements if well_formed(statement)]


def _campaign(
    title: str,
    work: Callable[[Plan, Statement], list[Judgement]],
    plan: Plan,
    budget: Budget,
    sources: Iterable[Statement] | None,
) -> Tally:
    statements = list(catalogue() if sources is None else sources)
    Random(plan.seed).shuffle(statements)
    tally = Tally(title)
    for judgement in chain.from_iterable(in_parallel(partial(work, plan), statements, budget, title)):
        change = judgement.statement.change
        is_image = title == "metamorphic" and not change.startswith(metamorphic.INJECTED)
        is_twin = change.startswith(metamorphic.INJECTED)
        tally.add(judgement, Outcome.REFUTED if is_image else Outcome.PROVED if is_twin else None)
    return tally
