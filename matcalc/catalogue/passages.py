"""Texts of a catalogue file that remember where each of their characters stands.

YAML hands over a text without its quotes, escapes, folds and indentation. A passage keeps the text as written beside
it, so that an offset in the text leads back to a line and a column of the file, whatever the style of the scalar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from matcalc.errors import Place

Style: TypeAlias = Literal["", "'", '"', "|", ">"]
"""Plain, single-quoted, double-quoted, literal block, folded block."""

_GAP: dict[str, re.Pattern[str]] = {'"': re.compile(r"(?:\s|\\\n)*")}
_PLAIN_GAP = re.compile(r"\s*")
_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, the same as written in the file, and the place of its first written character."""

    text: str
    written: str
    style: Style
    place: Place

    def place_at(self, offset: int) -> Place:
        """Where the character at `offset` of the text stands; one past the end is allowed."""
        written = [*self._written_offsets()]
        at = written[offset] if offset < len(written) else written[-1] + 1 if written else 0
        line_start = self.written.rfind("\n", 0, at) + 1
        if line_start == 0:
            return Place(self.place.file, self.place.line, self.place.column + at)
        return Place(self.place.file, self.place.line + self.written.count("\n", 0, at), at - line_start + 1)

    def _written_offsets(self) -> Iterator[int]:
        """For each character of the text its offset as written: white space between characters is free to differ."""
        at = self.written.find("\n") + 1 if self.style in ("|", ">") else len(self.style)
        gap = _GAP.get(self.style, _PLAIN_GAP)
        for character in self.text:
            if not character.isspace() and (match := gap.match(self.written, at)):
                at = match.end()
            yield at
            at += self._width(at)

    def _width(self, at: int) -> int:
        """How many written characters stand for the one at `at`."""
        if self.style == "'" and self.written.startswith("''", at):
            return 2
        if self.style == '"' and (match := _ESCAPE.match(self.written, at)):
            return len(match.group())
        return 1
