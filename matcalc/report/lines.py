"""The table that `verify` prints: one line an identity, what speaks against the unexpected ones, a summary.

A line never cuts a verdict or a name: where the room is short the columns on the right go first.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.text import Text

from matcalc.report.values import counted, counterexample_line, sizes_text
from matcalc.results import NumericCheck, Result, Verdict

_INDENT = " " * 6
_GAP = "  "
_SCOPE_WIDTH = 9
_NUMERIC_WIDTH = 22
_BESIDE_THE_NAME = 2 + 9 + 2 + 2 + _SCOPE_WIDTH + 2 + _NUMERIC_WIDTH


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the verdict and of the name, and of the whole line (None: as long as it gets)."""

    verdict: int
    name: int
    line: int | None = None

    @classmethod
    def fitting(cls, names: Iterable[str], expectations: Iterable[str], line: int | None = None) -> "Columns":
        """Columns as wide as the verdicts that may be met, and as the names as far as the others leave room."""
        verdict = max([len(Verdict.UNDECIDED), *map(len, expectations)])
        name = max(map(len, names), default=0)
        return cls(verdict, name if line is None else min(name, max(0, line - _BESIDE_THE_NAME)), line)


def result_line(result: Result, columns: Columns) -> Text:
    """Mark, verdict, name, scope, numeric agreement, seconds."""
    style = _style(result)
    head = f"{_mark(result)} {result.verdict:<{columns.verdict}}{_GAP}{result.id:<{columns.name}}"
    cells = [f"{_scope(result):<{_SCOPE_WIDTH}}", f"{_numeric(result.numeric):<{_NUMERIC_WIDTH}}"]
    cells.append(f"{result.seconds:6.2f} s")
    text = head
    for cell in cells:
        longer = f"{text}{_GAP}{cell}"
        if columns.line is not None and len(longer.rstrip()) > columns.line:
            break
        text = longer
    line = Text(text.rstrip())
    line.stylize(style, 0, 2 + len(result.verdict))
    return line


def details(result: Result, width: int | None = None) -> list[str]:
    """What there is to say of a verdict that was not the expected one, indented; faults are listed elsewhere."""
    if width is None:
        return [f"{_INDENT}{line}" for line in _remarks(result)]
    wrapper = textwrap.TextWrapper(max(width, 2 * len(_INDENT)), initial_indent=_INDENT, subsequent_indent=_INDENT)
    return [row for line in _remarks(result) for row in wrapper.wrap(line)]


def _remarks(result: Result) -> list[str]:
    if result.verdict == result.expect or result.faults:
        return []
    if result.as_expected:
        return [f"better than expected: the entry may now say `expect: {result.verdict}`"]
    lines = [] if result.expect == Verdict.PROVED else [f"expected {result.expect}"]
    lines += [result.message] if result.message else []
    lines += [counterexample_line(result.counterexample)] if result.counterexample else []
    lines += [result.suggestion] if result.suggestion else []
    return lines


def summary_line(results: Sequence[Result], faults: int, seconds: float) -> Text:
    """How many identities there were, of which verdicts, and whether all of that was expected."""
    counts = Counter(result.verdict for result in results)
    parts = ", ".join(_tally(counts[verdict], verdict) for verdict in Verdict if counts[verdict])
    unexpected = sum(not result.as_expected for result in results)
    told = "all as expected" if not unexpected else f"{unexpected} not as expected"
    ending = f", {counted(faults, 'fault')} in the catalogue" if faults else ""
    text = f"{counted(len(results), 'identity', 'identities')}: {parts or 'nothing judged'}; "
    line = Text(f"{text}{told}{ending} ({seconds:.1f} s)")
    line.stylize("bold red" if unexpected or faults else "bold green", len(text), len(text) + len(told) + len(ending))
    return line


def _tally(number: int, verdict: Verdict) -> str:
    """`30 proved`, `2 errors`."""
    return counted(number, verdict) if verdict is Verdict.ERROR else f"{number} {verdict}"


def _mark(result: Result) -> str:
    if result.as_expected:
        return "✓"
    return "?" if _is_open(result) else "✗"


def _style(result: Result) -> str:
    if result.as_expected:
        return "green"
    return "yellow" if _is_open(result) else "bold red"


def _is_open(result: Result) -> bool:
    """Whether the verdict is weaker than expected, not against it."""
    return result.verdict in (Verdict.UNDECIDED, Verdict.PROVED_AT_SIZES) and result.expect != Verdict.REFUTED


def _scope(result: Result) -> str:
    """For which sizes the verdict was reached, or how."""
    if result.faults:
        return counted(len(result.faults), "fault")
    if result.proof is not None:
        return result.proof.scope if len(result.proof.scope) <= _SCOPE_WIDTH else "few sizes"
    if result.counterexample is not None:
        return f"at {sizes_text(result.counterexample.sizes)}" if result.counterexample.sizes else ""
    return "by shape" if result.verdict is Verdict.REFUTED else ""


def _numeric(check: NumericCheck | None) -> str:
    if check is None:
        return ""
    error = f"{check.max_error:.0e}" if check.max_error else "0"
    return f"{counted(check.points, 'point')}, error {error}"
