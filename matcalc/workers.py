"""Identities judged in several processes, the results in the order of the identities.

Assumes that the judging function, the identities and the results can be pickled. Promises one result for every
identity: one whose process dies gets the verdict `error`, and the others are judged all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from signal import SIG_IGN, SIGINT, signal
from typing import TypeAlias

from matcalc.catalogue import Identity
from matcalc.results import Result, Verdict

Judge: TypeAlias = Callable[[Identity], Result]

FEWEST_A_PROCESS = 8
"""With fewer identities for each, starting a process takes longer than it saves."""


def judge_all(judge: Judge, identities: Sequence[Identity], jobs: int) -> Iterator[Result]:
    """The result of each identity as it is reached, by at most `jobs` processes; in this one where that is quicker."""
    jobs = min(jobs, len(identities) // FEWEST_A_PROCESS)
    if jobs <= 1:
        yield from map(judge, identities)
        return
    judged = 0
    while judged < len(identities):
        for result in _pooled(judge, identities[judged:], jobs):
            judged += 1
            yield result


def _pooled(judge: Judge, identities: Sequence[Identity], jobs: int) -> Iterator[Result]:
    """The results up to the first whose process died, with an error for that one.

    The processes are started afresh, not forked: torch does not survive a fork once it has been used. An interrupt is
    for the main process alone, which then ends the others.
    """
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), signal, (SIGINT, SIG_IGN))
    try:
        futures = [pool.submit(judge, identity) for identity in identities]
        for identity, future in zip(identities, futures, strict=True):
            result = _result(identity, future)
            yield result
            if result.verdict is Verdict.ERROR and isinstance(future.exception(), BrokenProcessPool):
                return
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in active_children():
            process.terminate()


def _result(identity: Identity, future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        return Result(
            id=identity.name,
            file=identity.place.file,
            line=identity.place.line,
            claim=identity.claim,
            layout=identity.layout,
            expect=identity.expect,
            verdict=Verdict.ERROR,
            title=identity.title,
            message="a process died while this claim, or one beside it, was judged; verify it alone",
        )
