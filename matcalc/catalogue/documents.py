"""YAML files as trees of nodes that know their place; nothing in a file is ever constructed or executed.

A syntax fault does not lose the rest of the file: the entry of `identities` around it is blanked out and the file is
read again, so that one run lists the faults of every entry and judges the entries that are in order.
"""

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

from matcalc.errors import Fault, MatcalcError, Place

MEGABYTE = 1_000_000
LARGEST_FILE = 4 * MEGABYTE
"""Bytes of a file."""
MOST_READ = 4 * MEGABYTE
"""Characters that are read anew, in all, to find further syntax faults of a file."""
MOST_SYNTAX_FAULTS = 20
MOST_NODES = 200_000
"""Keys, texts, lists and mappings of a file, some 12,000 identities."""
DEEPEST = 20
"""Levels of lists and mappings inside each other; a catalogue needs eight."""

_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
"""What YAML counts as the end of a line besides the line feed."""
_ENTRY = re.compile(r"( *)- ")
_ENTRY_ID = re.compile(r"""\bid:\s*["']?([^\s"',}]+)""")
_INDENTED_BY_TAB = re.compile(r" *\t")


ALIAS = "matcalc: alias"
NESTED = "matcalc: nested"
UNREADABLE = "matcalc: unreadable"


@dataclass(frozen=True, slots=True)
class Message:
    """What a syntax error of the YAML reader means in a catalogue: `sign` is a part of the reader's own words."""

    sign: str
    what: str
    mend: str


MESSAGES: tuple[Message, ...] = (
    Message("mapping values are not allowed", "a second `: ` in an unquoted text", 'quote the text: "..."'),
    Message("quoted scalar", "a quote is opened and not closed", "close the quote, or double a quote meant as itself"),
    Message("undefined alias", "an unquoted text starts with *", 'quote the text: "*..."'),
    Message("while scanning an alias", "an unquoted text starts with *", 'quote the text: "*..."'),
    Message("while scanning an anchor", "an unquoted text starts with &", 'quote the text: "&..."'),
    Message("while scanning a directive", "an unquoted text starts with %", 'quote the text: "%..."'),
    Message("cannot start any token", "an unquoted text starts with a character reserved by YAML", "quote the text"),
    Message("flow mapping", "a mapping in braces goes wrong", "close the brace; quote texts with , : { } [ ] in them"),
    Message(
        "flow sequence", "a list in brackets goes wrong", "close the bracket; quote texts with , : { } [ ] in them"
    ),
    Message("flow node", "a bracket or a brace is opened and not closed", "close it, or quote the text"),
    Message("single document", "a second YAML document starts", "keep one document in a file: drop the `---`"),
    Message("could not find expected ':'", "a line without `key: value`", "write `key: value`, or indent it as text"),
    Message(ALIAS, "an alias stands for a text elsewhere", "write the text out again: a catalogue needs no aliases"),
    Message(NESTED, f"lists and mappings are nested more than {DEEPEST} levels deep", "a catalogue needs eight"),
    Message(UNREADABLE, "an escape or a tag that stands for nothing", "write the character itself, and no tag"),
    Message("block", "the indentation does not fit the lines above", "indent the keys of one entry alike, with spaces"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text and its tree (None where it is empty or past mending), with the syntax faults found."""

    file: str
    text: str
    root: Node | None
    faults: tuple[Fault, ...]


def read_document(path: Path, file: str) -> Document:
    """The document at `path`; `file` is how messages call it. Raises MatcalcError where it cannot be read at all."""
    text = _read_text(path, file)
    faults: list[Fault] = []
    remaining = text
    for _ in range(max(1, min(MOST_SYNTAX_FAULTS, MOST_READ // (len(text) or 1)))):
        try:
            root = _compose(remaining, file)
        except YAMLError as error:
            line, fault = _syntax_fault(error, remaining, file)
            faults.append(fault)
            shorter = _without_entry(remaining, line)
            if shorter is None:
                break
            remaining = shorter
        else:
            return Document(file, remaining, root, tuple(faults))
    return Document(file, text, None, tuple(faults))


class _Composer(Composer):
    """Makes nodes of the events of the YAML reader within the limits; an alias is never followed."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader)
        self.warn_double_anchors = False  # every anchor is a fault
        self._nodes = 0
        self._level = 0

    def get_single_node(self) -> Any:
        with self._reading():
            return super().get_single_node()

    def compose_node(self, parent: Any, index: Any) -> Any:
        with self._reading():
            return self._compose_node(parent, index)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Gives a place to what the YAML reader itself trips over, such as an escape that stands for no character."""
        try:
            yield
        except (YAMLError, _TooManyNodesError, MemoryError):
            raise
        except Exception as error:
            raise ComposerError(None, None, UNREADABLE, self.parser.scanner.reader.get_mark()) from error

    def _compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise _TooManyNodesError(event.start_mark.line + 1)
        if isinstance(event, AliasEvent) and event.anchor in self.anchors:
            raise ComposerError(None, None, ALIAS, event.start_mark)
        if self._level == DEEPEST:
            raise ComposerError(None, None, NESTED, event.start_mark)
        self._level += 1
        node = super().compose_node(parent, index)
        self._level -= 1
        return node


class _TooManyNodesError(Exception):
    """A file has more nodes than are read; the argument is the line (from 1) of the first one too many."""


def _compose(text: str, file: str) -> Node | None:
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _Composer
    try:
        return yaml.compose(text)  # type: ignore[no-any-return]  # ruamel.yaml says Any
    except _TooManyNodesError as error:
        what = f"the file has more than {MOST_NODES} keys, texts and lists"
        raise _unreadable(file, what, "split it into several catalogues", error.args[0]) from error


def _read_text(path: Path, file: str) -> str:
    """The text of a regular file; a device or a pipe could go on for ever."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unreadable(file, "not a regular file", "name a YAML file, or a folder of them")
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _unreadable(file, f"cannot be read: {error.strerror}") from error
    if len(content) > LARGEST_FILE:
        raise _unreadable(file, f"larger than {LARGEST_FILE // MEGABYTE} MB", "split it into several catalogues")
    try:
        return _LINE_BREAK.sub("\n", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        before = content[content.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8-sig")) + 1
        raise _unreadable(file, "not UTF-8 text", "save the file as UTF-8", line, column) from error


def _unreadable(file: str, what: str, mend: str = "", line: int = 0, column: int = 0) -> MatcalcError:
    return MatcalcError(Fault(what, mend, place=Place(file, line, column)))


def _syntax_fault(error: YAMLError, text: str, file: str) -> tuple[int, Fault]:
    """The line (from 0) of the entry that goes wrong, and the fault."""
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position)
        column = error.position - text.rfind("\n", 0, error.position)
        fault = Fault(f"the control character U+{ord(text[error.position]):04X}", "remove it")
        return line, fault.at(Place(file, line + 1, column))
    assert isinstance(error, MarkedYAMLError), error
    mark = _mark_of(error)
    line_text = text.split("\n")[mark.line] if mark.line <= text.count("\n") else ""
    place = Place(file, mark.line + 1, mark.column + 1)
    if tab := _INDENTED_BY_TAB.match(line_text):
        fault = Fault("a tab in the indentation", "indent with spaces")
        return mark.line, fault.at(Place(file, mark.line + 1, tab.end()), _entry_name(text, mark.line, file))
    return mark.line, _translated(error).at(place, _entry_name(text, mark.line, file))


def _mark_of(error: MarkedYAMLError) -> StreamMark:
    """Where the fault began: for what is never closed the opening, else where the reader stopped."""
    opened = ("quoted scalar", "flow")
    if error.context_mark is not None and any(sign in (error.context or "") for sign in opened):
        opening: StreamMark = error.context_mark
        return opening
    stop: StreamMark = error.problem_mark or error.context_mark
    return stop


def _translated(error: MarkedYAMLError) -> Fault:
    words = f"{error.context or ''} {error.problem or ''}"
    for message in MESSAGES:
        if message.sign in words:
            return Fault(message.what, message.mend)
    return Fault(f"not YAML: {words.strip()}")


def _entry_name(text: str, line: int, file: str) -> str:
    """The name of the identity around the line as far as its text tells, or nothing."""
    lines = text.split("\n")
    bounds = _entry_bounds(lines, line)
    found = bounds and _ENTRY_ID.search("\n".join(lines[slice(*bounds)]))
    return f"{Path(file).stem}/{found.group(1)}" if found else ""


def _without_entry(text: str, line: int) -> str | None:
    """The text with the entry around the line blanked out, every other line in its place; None where there is none."""
    lines = text.split("\n")
    bounds = _entry_bounds(lines, line)
    if bounds is None:
        return None
    start, end = bounds
    return "\n".join([*lines[:start], *[""] * (end - start), *lines[end:]])


def _entry_bounds(lines: list[str], line: int) -> tuple[int, int] | None:
    """The lines (start, end) of the item of the top-level list that holds `line`."""
    key = next((at for at in range(min(line, len(lines) - 1), -1, -1) if re.match(r"\w+:", lines[at])), None)
    if key is None:
        return None
    first = next((match for at in range(key + 1, len(lines)) if (match := _ENTRY.match(lines[at]))), None)
    if first is None:
        return None
    item = re.compile(re.escape(first.group(1)) + r"- ")
    start = next((at for at in range(line, key, -1) if item.match(lines[at])), None)
    if start is None:
        return None
    ends = (at for at in range(start + 1, len(lines)) if item.match(lines[at]) or re.match(r"\w+:", lines[at]))
    return start, next(ends, len(lines))
