"""The page that says how much of each source is stated, how its claims were judged, and what is out of reach.

Markdown, made of verdicts and of what the catalogues say they skip; the same input gives the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from matcalc.report.values import counted
from matcalc.results import Result, Verdict


class OutOfReach(Protocol):
    """Something that a source states and the language cannot express; `needs` may be empty."""

    @property
    def item(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def needs(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue file, the results of its identities in the order written, and the notes of those that have one."""

    file: str
    title: str
    results: tuple[Result, ...]
    notes: Mapping[str, str]
    skipped: Sequence[OutOfReach]


Row: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A column of the table: its heading and which results it counts. Every result is counted by exactly one."""

    heading: str
    counts: Callable[[Result], bool]


def _as_expected(verdict: Verdict) -> Callable[[Result], bool]:
    return lambda result: result.as_expected and result.verdict is verdict


_PROVED = Outcome("proved for all sizes", _as_expected(Verdict.PROVED))
_REFUTED = Outcome("refuted as expected", _as_expected(Verdict.REFUTED))

OUTCOMES: tuple[Outcome, ...] = (
    _PROVED,
    Outcome("proved at sizes", _as_expected(Verdict.PROVED_AT_SIZES)),
    _REFUTED,
    Outcome("undecided", _as_expected(Verdict.UNDECIDED)),
    Outcome("not as expected", lambda result: not result.as_expected),
)

_HEAD = """\
# Coverage

How much of each source is in the catalogue, and what became of it. `make coverage` writes this page from the verdicts
and from what each catalogue says it leaves out; nothing in it is typed by hand."""


def coverage_page(sources: Sequence[Source]) -> str:
    """The whole page: a table of all sources, then a section for each that has something to explain."""
    rows = [_counts(source.title, f"`{source.file}`", [source]) for source in sources]
    heads = ("source", "file", "stated", *(outcome.heading for outcome in OUTCOMES), "out of reach")
    parts = [_HEAD, _table(heads, [*rows, _counts("all", "", sources)], numbers_from=2)]
    return "\n\n".join([*parts, *(part for source in sources for part in section(source))]) + "\n"


def section(source: Source) -> list[str]:
    """What there is to say of one source beyond its counts, part by part; nothing where all of it is proved."""
    refuted = [result for result in source.results if _REFUTED.counts(result)]
    unproved = [result for result in source.results if not (_PROVED.counts(result) or _REFUTED.counts(result))]
    parts = [
        *_listed("Refuted as expected", ("identity", "title", "note"), [_erratum(source, one) for one in refuted]),
        *_listed("Not proved for all sizes", ("identity", "verdict", "why"), map(_explained, unproved)),
        *_listed("Out of reach", ("item", "reason", "needs"), map(_excuse, source.skipped)),
    ]
    return [f"## {_cell(source.title or source.file)}", *parts] if parts else []


def _counts(title: str, file: str, sources: Sequence[Source]) -> Row:
    results = [result for source in sources for result in source.results]
    outcomes = [sum(map(outcome.counts, results)) for outcome in OUTCOMES]
    skipped = sum(len(source.skipped) for source in sources)
    return (_cell(title), file, *map(str, [len(results), *outcomes, skipped]))


def _listed(title: str, heads: Row, rows: Iterable[Row]) -> list[str]:
    rows = [*rows]
    return [f"{title}: {counted(len(rows), 'item')}.", _table(heads, rows)] if rows else []


def _erratum(source: Source, result: Result) -> Row:
    return (_name(result), _cell(result.title), _cell(source.notes.get(result.id, "")))


def _explained(result: Result) -> Row:
    return (_name(result), result.verdict, _cell(result.message or ""))


def _excuse(skipped: OutOfReach) -> Row:
    return tuple(map(_cell, (skipped.item, skipped.reason, skipped.needs)))


def _name(result: Result) -> str:
    return f"`{result.id}`"


def _table(heads: Row, rows: Iterable[Row], numbers_from: int | None = None) -> str:
    """A table; the columns from `numbers_from` on are set to the right."""
    rules = ["---" if numbers_from is None or at < numbers_from else "---:" for at in range(len(heads))]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rules, *rows])


def _cell(text: str) -> str:
    """The text on one line, with the signs that Markdown would take for its own escaped."""
    line = " ".join(text.split())
    for sign in "\\|*_<`":
        line = line.replace(sign, f"\\{sign}")
    return line
