"""Identities worked on in processes of their own, the answers in the order of the identities.

Assumes that the work, the identities and the answers can be pickled. Promises one answer for every identity, whatever
the work does: a claim that takes more than its time or memory is stopped alone, its process ended and another one
started, and the others are worked on all the same. This holds for a single claim and a single process too, since no
Python process can interrupt its own long multiplication.

The processes are forked from a server that has imported what they need and used none of it (torch does not survive a
fork once it has been used); where there are no such servers they are started afresh.
"""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from time import monotonic
from typing import Any, Generic, TypeAlias, TypeVar

from matcalc.catalogue import Identity
from matcalc.results import Result, Verdict

if sys.platform != "win32":
    import resource
    from signal import ITIMER_PROF, SIGPROF, setitimer

    OUT_OF_TIME: int | None = -SIGPROF
else:
    OUT_OF_TIME = None
"""How a process ends that has used up its seconds of the processor."""

T = TypeVar("T")

FEWEST_A_PROCESS = 8
"""With fewer identities for each, starting another process takes longer than it saves."""

GIBIBYTE = 1 << 30
MEMORY = GIBIBYTE
"""Bytes by which a process may grow for one claim."""

GRACE = 5.0
"""Seconds that a claim may take beyond its time limit, or half of the limit where that is more."""

WAITING = 10
"""How much longer that may last by the clock, on a machine that has other work to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a claim may take before it is stopped.

    `seconds` are those of the processor, which do not depend on what else the machine does; where the system cannot
    count them (Windows) they are those of the clock. `memory` is in bytes, where the system counts them (Linux).
    """

    seconds: float
    memory: int = MEMORY

    @property
    def by_the_clock(self) -> float:
        """Seconds after which even a claim that waits, and uses no processor, is stopped."""
        return self.seconds if sys.platform == "win32" else self.seconds * WAITING

    @classmethod
    def beyond(cls, seconds: float) -> "Limits":
        """The limits of a claim that is asked to end within so many seconds by itself."""
        return cls(seconds + max(GRACE, seconds / 2))


@dataclass(frozen=True, slots=True)
class Stopped:
    """The answer about an identity that was not worked through; `has_crashed` where no limit was the reason."""

    identity: Identity
    reason: str
    seconds: float = 0.0
    has_crashed: bool = False


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """What is done with each identity. `modules` are worth importing once for all processes; `prepare` comes first."""

    do: Callable[[Identity], T]
    modules: tuple[str, ...] = ()
    prepare: Callable[[], None] | None = None


Judge: TypeAlias = Work[Result]


def judge_all(judge: Judge, identities: Sequence[Identity], jobs: int, limits: Limits) -> Iterator[Result]:
    """The result of each identity as it is reached, by at most `jobs` processes."""
    for answer in work_through(judge, identities, jobs, limits):
        yield stopped_result(answer) if isinstance(answer, Stopped) else answer


def stopped_result(stopped: Stopped) -> Result:
    """What is known of an identity that was stopped: nothing, and why."""
    identity = stopped.identity
    return Result(
        id=identity.name,
        file=identity.place.file,
        line=identity.place.line,
        claim=identity.claim,
        layout=identity.layout,
        expect=identity.expect,
        verdict=Verdict.ERROR if stopped.has_crashed else Verdict.UNDECIDED,
        title=identity.title,
        message=stopped.reason,
        seconds=stopped.seconds,
    )


def work_through(work: Work[T], identities: Sequence[Identity], jobs: int, limits: Limits) -> Iterator[T | Stopped]:
    """The answer about each identity as it is reached; interrupted, first those that are reached already."""
    crew = _Crew(work, identities, max(1, min(jobs, len(identities) // FEWEST_A_PROCESS)), limits)
    try:
        for position in range(len(identities)):
            while position not in crew.answers:
                crew.work_on()
            yield crew.answers.pop(position)
    except KeyboardInterrupt:
        crew.dismiss()
        yield from (crew.answers[position] for position in sorted(crew.answers))
        raise
    finally:
        crew.dismiss()


class _Worker:
    """A process and the connection to it; it works on the identity at `position`, if any, since `start`."""

    def __init__(self, context: BaseContext, work: Work[Any], limits: Limits) -> None:
        self.connection, far_end = context.Pipe()
        # every context has processes; only the type of their common base does not say so
        self._process = context.Process(target=_serve, args=(far_end, work, limits), daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        far_end.close()
        self.position: int | None = None
        self.start = inf

    def give(self, position: int, identity: Identity) -> None:
        self.position, self.start = position, monotonic()
        with suppress(OSError):  # a process that has died in the meantime is met by the next wait
            self.connection.send(identity)

    def end(self) -> int:
        """End the process whatever it is doing, and return how it ended."""
        self._process.kill()
        self._process.join()
        self.connection.close()
        return int(self._process.exitcode or 0)


class _Crew(Generic[T]):
    """The processes of one run, the positions of the identities that none of them has got yet, and the answers."""

    def __init__(self, work: Work[T], identities: Sequence[Identity], jobs: int, limits: Limits) -> None:
        self.answers: dict[int, T | Stopped] = {}
        self._work, self._identities, self._jobs, self._limits = work, identities, jobs, limits
        self._context = _context(work.modules)
        self._waiting = deque(range(len(identities)))
        self._workers: list[_Worker] = []

    def work_on(self) -> None:
        """Wait until a process has something to say or must be stopped."""
        self._hire()
        most = self._limits.by_the_clock
        deadline = min(worker.start for worker in self._workers) + most
        timeout = None if deadline == inf else max(0.0, deadline - monotonic())
        speaking = wait([worker.connection for worker in self._workers], timeout)
        for worker in [*self._workers]:
            if worker.connection in speaking:
                self._hear(worker)
            elif monotonic() - worker.start >= most:
                self._stop(worker, f"stopped after {most:g} s")

    def dismiss(self) -> None:
        """End every process."""
        while self._workers:
            self._workers.pop().end()

    def _hire(self) -> None:
        busy = sum(worker.position is not None for worker in self._workers)
        with _own_import_path():
            while len(self._workers) < min(self._jobs, busy + len(self._waiting)):
                self._workers.append(_Worker(self._context, self._work, self._limits))

    def _hear(self, worker: _Worker) -> None:
        """What a process has to say: that it is ready, an answer, or by silence that it has died."""
        try:
            answer, is_spent = worker.connection.recv()
        except (EOFError, OSError):
            self._stop(worker)
            return
        if worker.position is not None:
            self.answers[worker.position] = answer
        worker.position, worker.start = None, inf
        if is_spent:
            self._dismiss(worker)
        elif self._waiting:
            following = self._waiting.popleft()
            worker.give(following, self._identities[following])

    def _stop(self, worker: _Worker, reason: str = "") -> None:
        """End a process; without a reason it has ended already, by the limit of its time or by an accident."""
        seconds, ending = monotonic() - worker.start, self._dismiss(worker)
        if worker.position is None:
            raise ChildProcessError(f"a process could not be started (it ended with {ending})")
        if ending == OUT_OF_TIME:
            reason = f"stopped after {self._limits.seconds:g} s"
        accident = f"the process died while this claim was judged (it ended with {ending})"
        identity = self._identities[worker.position]
        self.answers[worker.position] = Stopped(identity, reason or accident, seconds, has_crashed=not reason)

    def _dismiss(self, worker: _Worker) -> int:
        self._workers.remove(worker)
        return worker.end()


def _context(modules: Sequence[str]) -> BaseContext:
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([*modules])
    return context


@contextmanager
def _own_import_path() -> Iterator[None]:
    """Let new interpreters import from where this one does; they would look into the working folder first."""
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    before = dict(os.environ)
    os.environ.update(PYTHONSAFEPATH="1", PYTHONPATH=path)
    try:
        yield
    finally:
        for name in ("PYTHONSAFEPATH", "PYTHONPATH"):
            os.environ.pop(name)
        os.environ.update(before)


def _serve(connection: Connection, work: Work[Any], limits: Limits) -> None:
    """The life of a process: identities in, answers out, until the main process has gone or this one has grown.

    An interrupt is for the main process alone, which then ends the others.
    """
    signal(SIGINT, SIG_IGN)
    sys.set_int_max_str_digits(0)  # the time limit bounds what is printed, too
    if work.prepare is not None:
        work.prepare()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the main process has gone
        connection.send((None, False))
        _serve_identities(connection, work, limits)


def _serve_identities(connection: Connection, work: Work[Any], limits: Limits) -> None:
    at_start, is_spent = _address_space(), False
    while not is_spent:
        identity = connection.recv()
        _limit_address_space(_address_space() + limits.memory)
        _limit_processor(limits.seconds)
        answer = _answer(work, identity, limits.memory)
        _limit_processor(0)
        is_spent = isinstance(answer, Stopped) or _address_space() > at_start + limits.memory
        connection.send((answer, is_spent))


def _answer(work: Work[T], identity: Identity, memory: int) -> T | Stopped:
    start = monotonic()
    try:
        return work.do(identity)
    except MemoryError:
        return Stopped(identity, f"needed more than {memory / GIBIBYTE:g} GiB of memory", monotonic() - start)
    except Exception as error:  # the others must not suffer from it
        reason = f"internal error, {type(error).__name__}: {error}; please report it with the claim"
        return Stopped(identity, reason, monotonic() - start, has_crashed=True)


def _limit_processor(seconds: float) -> None:
    """Let the system end this process, whatever it is doing, after so many more seconds of the processor; 0: never."""
    if sys.platform != "win32":
        setitimer(ITIMER_PROF, seconds)


def _address_space() -> int:
    """Bytes of address space of this process; 0 where the system does not tell."""
    counts = Path("/proc/self/statm")
    return int(counts.read_text().split()[0]) * resource.getpagesize() if counts.exists() else 0


def _limit_address_space(most: int) -> None:
    """Let an allocation beyond `most` bytes raise MemoryError, where the system tells how much is in use."""
    if _address_space():
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
