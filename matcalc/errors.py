"""The one error type: what is wrong, where, and the mend.

Every fault of user input is a `Fault`; a stage that finds some raises one `MatcalcError` that carries all of them, so
that a file is mended in one go. Text and JSON reports print the same three parts.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

LONGEST_QUOTE = 300
"""Characters of each part of a message, and of a quoted line, that are printed."""

_CANDIDATES = re.compile(r"[^ -~\n]")
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
"""The kinds of characters that a terminal obeys or does not show: controls, marks of direction, lone surrogates, …"""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a fault stands: file, line and column count from 1; 0 where unknown."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        parts += [str(number) for number in (self.line, self.column) if number]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `what` is wrong, the `mend`, and where.

    `text` is the claim or declaration at fault and `span` the half-open range of offsets in it that the caret marks.
    `origin` says which text that is: `claim`, or `where.A` for the declaration of A. `subject` is the identity's name.
    The language knows text, span and origin; the catalogue adds the place in the file.
    """

    what: str
    mend: str = ""
    text: str = ""
    span: tuple[int, int] = (0, 0)
    origin: str = "claim"
    subject: str = ""
    place: Place = Place()

    def at(self, place: Place, subject: str = "") -> "Fault":
        """The same fault, placed in a file."""
        return replace(self, place=place, subject=subject or self.subject)

    def headline(self) -> str:
        """One line: place, subject, what, mend."""
        head = ": ".join(shortened(part) for part in (str(self.place), self.subject, self.what) if part)
        return visible(f"{head}; {shortened(self.mend)}" if self.mend else head)

    def caret(self) -> str:
        """The faulty line of the text with carets under the span, or nothing where there is no text."""
        if not self.text:
            return ""
        start, end = self.span
        head = self.text.rfind("\n", 0, start) + 1
        line = self.text[head:].split("\n", 1)[0]
        start, end = start - head, min(end - head, len(line))
        before, after = _window(line[:start], line[end:])
        marked = visible(shortened(line[start:end]))
        return f"    {before}{marked}{after}\n    {' ' * len(before)}{'^' * max(1, len(marked))}"

    def __str__(self) -> str:
        return "\n".join(part for part in (self.headline(), self.caret()) if part)


class MatcalcError(Exception):
    """Faults of user input, at least one, in the order of the text."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def hidden_character(text: str) -> str | None:
    """The first character other than a line break that a terminal would obey or not show, if there is one."""
    found = (match.group() for match in _CANDIDATES.finditer(text))
    return next((character for character in found if unicodedata.category(character) in _HIDDEN), None)


def visible(text: str) -> str:
    """The text with an escape in the place of every character that a terminal would obey or not show."""
    return _CANDIDATES.sub(lambda match: _escaped(match.group()), text)


def _escaped(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shortened(text: str) -> str:
    """The text, or its beginning where it is too long to be printed."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def _window(before: str, after: str) -> tuple[str, str]:
    """What is printed of a line before and after the part that is marked."""
    left = before if len(before) <= LONGEST_QUOTE else f"…{before[-LONGEST_QUOTE:]}"
    return visible(left), visible(shortened(after))


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """The known names spelt most like `name`, nearest first; case counts only between names that are else the same."""
    by_case = sorted(known, key=lambda candidate: (candidate[:1].isupper() == name[:1].isupper(), candidate))
    spelt = {candidate.lower(): candidate for candidate in by_case}
    if name.lower() in spelt:
        return [spelt[name.lower()]]
    return [spelt[match] for match in get_close_matches(name.lower(), sorted(spelt), n=3, cutoff=0.6)]


def did_you_mean(near: Sequence[str]) -> str:
    """The mend of a misspelt name: `did you mean A, B or C?`, or nothing where no name is near."""
    if not near:
        return ""
    choices = " or ".join(part for part in (", ".join(near[:-1]), near[-1]) if part)
    return f"did you mean {choices}?"
