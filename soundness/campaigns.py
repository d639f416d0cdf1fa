"""The campaigns on claims: what is tried in each, in which order, and what it adds up to.

Sources are taken in an order that depends on the seed and on their names alone, so that a run goes on where the one
before it ended, whatever the catalogue has gained meanwhile.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import count
from random import Random
from typing import TypeAlias

from soundness import generated, metamorphic
from soundness.judging import Judgement, Limits, Outcome, judge
from soundness.mutations import SAME_MEANING, mutants
from soundness.running import Budget, in_parallel
from soundness.statements import Statement, catalogue, pruned, well_formed

Task: TypeAlias = tuple[str, Statement | int]
"""A place in the order of a campaign, and the source or the number of a generated claim that stands there."""

Results: TypeAlias = tuple[str, list[Judgement]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked for: the seed, how many mutants or images of each identity, and the limits."""

    seed: str
    each: int = 15
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Tally:
    """What came of one campaign under one seed: outcomes by what was changed, and the cases that are kept to be read.

    `done` sources or numbers are judged, up to the place `reached`, in `seconds` of the processor.
    """

    each: int = 0
    done: int = 0
    reached: str = ""
    seconds: float = 0.0
    outcomes: dict[str, Counter[Outcome]] = field(default_factory=dict)
    kept: list[Judgement] = field(default_factory=list)

    def add(self, judgement: Judgement) -> None:
        """Counts a judgement, and keeps what needs a look or was missed."""
        self.outcomes.setdefault(judgement.statement.change, Counter())[judgement.outcome] += 1
        self.seconds += judgement.seconds
        if needs_a_look(judgement) or judgement.outcome in (Outcome.MISSED, Outcome.STOPPED):
            self.kept.append(judgement)

    def withdraw(self, judgement: Judgement) -> None:
        """Takes back a judgement that was kept, before it is judged again."""
        self.kept.remove(judgement)
        self.outcomes[judgement.statement.change][judgement.outcome] -= 1

    @property
    def total(self) -> Counter[Outcome]:
        return sum(self.outcomes.values(), Counter())

    @property
    def alarms(self) -> list[Judgement]:
        return [judgement for judgement in self.kept if needs_a_look(judgement)]

    @property
    def missed(self) -> list[Judgement]:
        return [judgement for judgement in self.kept if not needs_a_look(judgement)]


def needs_a_look(judgement: Judgement) -> bool:
    """Whether the witnesses contradict each other, or what is known of the statement; or the program failed."""
    change = judgement.statement.change
    match judgement.outcome:
        case Outcome.CONTRADICTION | Outcome.FAILED:
            return True
        case Outcome.PROVED:
            return change.startswith(metamorphic.INJECTED)
        case Outcome.REFUTED:
            return change == SAME_MEANING or change in metamorphic.NAMES
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Campaign:
    """A row: its title, and what is judged of a task; without sources its tasks are the natural numbers."""

    title: str
    statements: Callable[[Plan, Statement | int], list[Statement]]
    has_sources: bool = True

    def tasks(self, plan: Plan, tally: Tally, sources: Iterable[Statement] | None = None) -> Iterator[Task]:
        """What is still to be done, in order."""
        if self.has_sources:
            placed = [(_place(plan.seed, source.origin), source) for source in sources or catalogue()]
            yield from sorted((task for task in placed if task[0] > tally.reached), key=lambda task: task[0])
        else:
            yield from ((str(number), number) for number in count(tally.done))


def _place(seed: str, origin: str) -> str:
    return sha256(f"{seed} {origin}".encode()).hexdigest()[:16]


def _mutants(plan: Plan, source: Statement | int) -> list[Statement]:
    assert isinstance(source, Statement)
    return mutants(pruned(source), plan.each, plan.seed)


def _images(plan: Plan, source: Statement | int) -> list[Statement]:
    assert isinstance(source, Statement)
    images = metamorphic.images(pruned(source))
    return Random(f"{plan.seed} {source.origin}").sample(images, min(plan.each, len(images)))


def _generated(plan: Plan, number: Statement | int) -> list[Statement]:
    assert isinstance(number, int)
    return [found for found in generated.statements(plan.seed, number, 1) if well_formed(found)]


CAMPAIGNS: Mapping[str, Campaign] = {
    "claims": Campaign("claim mutants", _mutants),
    "metamorphic": Campaign("metamorphic", _images),
    "generated": Campaign("generated claims", _generated, has_sources=False),
}


def run(name: str, plan: Plan, budget: Budget, tally: Tally, tasks: Iterable[Task] | None = None) -> Iterator[None]:
    """Goes on with a campaign until the time is up; stops after each task, when the tally may be written down.

    What was kept before is judged again first: the cases that needed a look or were missed may be mended.
    """
    campaign = CAMPAIGNS[name]
    old = [judgement for judgement in tally.kept if well_formed(judgement.statement)]
    for judgement, new in zip(old, in_parallel(partial(_again, plan), old, budget, "again"), strict=False):
        tally.withdraw(judgement)
        tally.add(new)
        yield
    work = partial(_judged, campaign, plan)
    tasks = campaign.tasks(plan, tally) if tasks is None else tasks
    for place, found in in_parallel(work, tasks, budget, campaign.title):
        for judgement in found:
            tally.add(judgement)
        tally.done, tally.reached = tally.done + 1, place
        yield


def _again(plan: Plan, judgement: Judgement) -> Judgement:
    return judge(judgement.statement, plan.limits)


def _judged(campaign: Campaign, plan: Plan, task: Task) -> Results:
    place, source = task
    return place, [judge(statement, plan.limits) for statement in campaign.statements(plan, source)]


def together(tallies: Sequence[Tally]) -> Tally:
    """The sums over several seeds."""
    whole = Tally()
    for tally in tallies:
        whole.done += tally.done
        whole.seconds += tally.seconds
        whole.kept += tally.kept
        for change, found in tally.outcomes.items():
            whole.outcomes[change] = whole.outcomes.get(change, Counter()) + found
    return whole
