"""Work on many statements in several processes, in an order that depends on the seed alone, until the time is up."""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from matcalc.evidence import prepare

Work = TypeVar("Work")
Found = TypeVar("Found")

MEMORY = 4 * 2**30
"""Bytes of address space that a process may take."""

TASKS_PER_PROCESS = 500


@dataclass(frozen=True, slots=True)
class Budget:
    """How many processes work, and until when, in seconds of `time.monotonic`; with no jobs this process does."""

    jobs: int
    deadline: float

    def share(self, part: float) -> "Budget":
        """The budget that ends after this part of the time that is left."""
        now = time.monotonic()
        return Budget(self.jobs, now + part * max(0.0, self.deadline - now))


def in_parallel(work: Callable[[Work], Found], tasks: Iterable[Work], budget: Budget, title: str) -> Iterator[Found]:
    """What the work gives for each task, in order, until the time is up; progress goes to standard error."""
    if budget.jobs == 0:
        results: Iterator[Found] = map(work, tasks)
        yield from _until(results, budget, title)
        return
    with multiprocessing.Pool(budget.jobs, _begin, maxtasksperchild=TASKS_PER_PROCESS) as pool:
        yield from _until(pool.imap(work, _slowly(tasks, budget)), budget, title)


def _slowly(tasks: Iterable[Work], budget: Budget) -> Iterator[Work]:
    """The tasks while there is time: the pool takes them from here well ahead of the work."""
    for task in tasks:
        if time.monotonic() > budget.deadline:
            return
        yield task


def _until(results: Iterator[Found], budget: Budget, title: str) -> Iterator[Found]:
    for count, found in enumerate(results, start=1):
        yield found
        if count % 50 == 0:
            sys.stderr.write(f"{title}: {count}\n")
        if time.monotonic() > budget.deadline:
            return


def _begin() -> None:
    """A process loads the engines before any clock runs, and may not take all memory."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    prepare()
