"""What the prover and exact evaluation say of one statement, side by side."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from time import process_time
from types import FrameType

from matcalc.evidence import cross_check, find_counterexample
from matcalc.language.nodes import Claim
from matcalc.language.rebuilding import with_zero_matrices
from matcalc.prover import Proved, prove
from matcalc.results import Counterexample, NumericCheck
from soundness.statements import Statement, well_formed


class Outcome(StrEnum):
    """What the two witnesses say together."""

    PROVED = "proved"
    REFUTED = "refuted"
    CONTRADICTION = "contradiction"
    MISSED = "false by numbers, no counterexample"
    UNDECIDED = "undecided"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for the proof, for the counterexample, and for all of one statement.

    True claims of the catalogue take 6 ms in the median to be proved, 80 ms at the 95th percentile.
    """

    proof: float = 0.5
    counterexample: float = 0.7
    whole: int = 30


@dataclass(frozen=True, slots=True)
class Judgement:
    """One statement with what was found in so many seconds of the processor.

    `detail` is a counterexample, or why there is no proof.
    """

    statement: Statement
    outcome: Outcome
    detail: str
    seconds: float


class _OutOfTimeError(BaseException):
    """The whole limit is reached; no handler of ordinary exceptions may take it."""


def judge(statement: Statement, limits: Limits) -> Judgement:
    """Both witnesses on a well-formed statement."""
    start = process_time()
    claim = well_formed(statement)
    if claim is None:
        raise ValueError(f"not well-formed: {statement}")
    try:
        with _at_most(limits.whole):
            outcome, detail = _judged(with_zero_matrices(claim), limits)
    except (_OutOfTimeError, MemoryError, RecursionError) as reason:
        outcome, detail = Outcome.STOPPED, type(reason).__name__
    except Exception as error:  # a fault of the program is a case to look at, and no reason to end a run
        outcome, detail = Outcome.FAILED, f"{type(error).__name__}: {error}"
    return Judgement(statement, outcome, detail, process_time() - start)


def _judged(claim: Claim, limits: Limits) -> tuple[Outcome, str]:
    proof = prove(claim, limits.proof)
    found = find_counterexample(claim, limits.counterexample)
    match proof, found:
        case Proved(), None:
            apart = _apart_by_numbers(claim)
            return (Outcome.CONTRADICTION, apart) if apart else (Outcome.PROVED, "")
        case Proved(), counterexample:
            return Outcome.CONTRADICTION, _shown(counterexample)
        case unproved, None:
            return (Outcome.MISSED if _apart_by_numbers(claim) else Outcome.UNDECIDED), unproved.missing
        case _, counterexample:
            return Outcome.REFUTED, _shown(counterexample)


def _apart_by_numbers(claim: Claim) -> str:
    """How far apart autograd sees the sides at random points; empty where it does not."""
    match cross_check(claim):
        case NumericCheck(agrees=False, max_error=error):
            return f"autograd finds the sides apart by {error:.1e}"
        case _:
            return ""


def _shown(found: Counterexample | None) -> str:
    assert found is not None
    values = ", ".join(f"{name} = {value}" for name, value in {**found.sizes, **found.at}.items())
    return f"at {values}: left {found.lhs}, right {found.rhs}"


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def expire(signum: int, frame: FrameType | None) -> None:
        raise _OutOfTimeError

    previous = signal.signal(signal.SIGALRM, expire)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)
