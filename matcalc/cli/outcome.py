"""How a run ends: the exit codes, and which of them it deserves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from matcalc.errors import Fault
from matcalc.results import Result, Verdict


class ExitCode(IntEnum):
    """The documented exit codes, then those that are customary for what can befall any program."""

    AS_EXPECTED = 0
    WRONG = 1
    FAULTY = 2
    UNDECIDED = 3
    NOTHING_SELECTED = 5
    CANNOT_WRITE = 74
    INTERRUPTED = 130
    CLOSED_PIPE = 141


@dataclass(frozen=True, slots=True)
class ProofPage:
    """What `prove` prints of an identity, as lines or as a record; `outcome` is what the exit code weighs."""

    outcome: Result
    lines: tuple[str, ...]
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SizedPage:
    """What `prove --sizes` prints of an identity, as lines or as a record; or the faults of the entry or the sizes."""

    record: dict[str, Any]
    lines: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_as_expected: bool = False


@dataclass(frozen=True, slots=True)
class DerivedPage:
    """What `derive` prints of a derivative, as lines or as a record; or the faults of what was asked.

    The preambles of all pages come first, each once; notes go to standard error.
    """

    record: dict[str, Any]
    lines: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_derived: bool = False

    def excused(self, excuse: str, form: str) -> "DerivedPage":
        """The page that says why there is nothing; in text it is part of the page."""
        return replace(self, lines=(excuse,)) if form == "text" else replace(self, notes=(excuse,))


class ClosedPipe(Exception):
    """Nobody reads standard output any more. (Rich and click would exit with 1, which means something here.)"""


def selection_code(selected: Sequence[object], faults: Sequence[Fault]) -> ExitCode:
    """The code as far as the input goes: faults, nothing selected, or all well."""
    if faults:
        return ExitCode.FAULTY
    return ExitCode.AS_EXPECTED if selected else ExitCode.NOTHING_SELECTED


def exit_code(results: Sequence[Result], faults: Sequence[Fault]) -> ExitCode:
    """The code of a run; `faults` are those that belong to no result. Faults of the input outrank wrong claims."""
    code = selection_code(results, [*faults, *(fault for result in results for fault in result.faults)])
    surprises = [result for result in results if not result.as_expected]
    if code is not ExitCode.AS_EXPECTED or not surprises:
        return code
    return ExitCode.WRONG if any(_is_wrong(result) for result in surprises) else ExitCode.UNDECIDED


def _is_wrong(result: Result) -> bool:
    """Whether an unexpected verdict says the opposite of what was expected, not merely less."""
    if result.verdict in (Verdict.PROVED, Verdict.PROVED_AT_SIZES):
        return result.expect == Verdict.REFUTED
    return result.verdict is not Verdict.UNDECIDED
