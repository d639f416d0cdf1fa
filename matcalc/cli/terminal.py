"""What the commands print on: standard output for results, standard error for faults and progress.

Whatever a catalogue holds, no character reaches a terminal that it would obey: controls and marks of direction are
printed as escapes.

Colour and progress only on a terminal (NO_COLOR is respected); plain ASCII where the encoding is not UTF-8.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from matcalc.cli.outcome import ClosedPipe
from matcalc.errors import Fault, Place, hidden_character, visible
from matcalc.report.scripts import in_ascii

NARROWEST, WIDEST = 40, 100
"""Columns between which a page is laid out, for people to read."""


def is_unicode(stream: TextIO) -> bool:
    """Whether the stream can carry the signs of mathematics."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise ClosedPipe


class Terminal:
    """Both streams of a run, prepared so that no character and no width can make printing fail."""

    def __init__(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        self._out = _Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        self._err = _Console(file=sys.stderr, highlight=False, markup=False, emoji=False)

    @property
    def is_unicode(self) -> bool:
        return is_unicode(sys.stdout)

    @property
    def width(self) -> int | None:
        """The columns of standard output, or None where it is no terminal."""
        return self._out.width if self._out.is_terminal else None

    @property
    def page_width(self) -> int:
        """The columns in which a page for people to read is laid out."""
        return max(NARROWEST, min(self.width or WIDEST, WIDEST))

    def print(self, line: str | Text = "") -> None:
        """One line on standard output."""
        _print(self._out, line)

    def note(self, line: str | Text) -> None:
        """One line on standard error."""
        sys.stdout.flush()
        _print(self._err, line)

    def print_json(self, document: Mapping[str, Any]) -> None:
        """The one JSON document of a run."""
        text = _visible_json(json.dumps(document, indent=2, ensure_ascii=not self.is_unicode))
        try:
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise ClosedPipe from error

    def list_faults(self, faults: Iterable[Fault]) -> None:
        """Every fault once, in the order found, with a caret; one of a shared declaration is met again and again."""
        once: dict[tuple[Place, str], Fault] = {}
        for fault in faults:
            once.setdefault((fault.place, fault.what), fault)
        for fault in once.values():
            self.note(str(fault))

    @contextmanager
    def progress(self, names: Sequence[str]) -> Iterator[Callable[[], None]]:
        """A bar with the count, the time left and the name at work; the function says that one more is done.

        Only where standard error is a terminal; where standard output is one too, the bar stays below the results.
        """
        if not self._err.is_terminal or len(names) < 2:
            yield lambda: None
            return
        console = self._out if self._out.is_terminal else self._err
        columns = (BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
            task = bar.add_task(names[0], total=len(names))
            following = iter(names[1:])
            yield lambda: bar.update(task, advance=1, description=next(following, ""))


def _visible_json(text: str) -> str:
    """The same document; what json leaves as it is and a terminal would obey, in escapes of JSON."""
    rows = text.split("\n")
    return "\n".join(row if hidden_character(row) is None else _with_escapes(row) for row in rows)


def _with_escapes(row: str) -> str:
    return "".join(json.dumps(sign)[1:-1] if hidden_character(sign) else sign for sign in row)


def _print(console: Console, line: str | Text) -> None:
    text = Text(line) if isinstance(line, str) else line.copy()
    text.plain = visible(text.plain)
    if not is_unicode(console.file):  # type: ignore[arg-type]  # rich says IO[str], the standard streams are TextIO
        text = Text(in_ascii(text.plain))
    console.print(text, soft_wrap=True)
    console.file.flush()
