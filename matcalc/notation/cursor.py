"""The cursor that moves over a text as on paper, and the marks that it leaves."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from matcalc.language.nodes import Span
from matcalc.language.tokens import no_token
from matcalc.notation.brackets import differential_letters, partners
from matcalc.notation.signs import LOWERED
from matcalc.notation.words import Known, fresh_sizes


@dataclass(frozen=True, slots=True)
class Mark:
    """A terminal of the grammar with what it stands for, and its place in the text as typed."""

    kind: str
    text: str
    span: Span


VALUE_ENDS = frozenset(
    ("NAME", "NUMBER", "RPAR", "RBRACKET", "RBRACE", "TRANSPOSE", "PINV", "NORM_CLOSE", "BAR_CLOSE"),
)
"""Marks behind which a value is complete."""

VALUE_STARTS = frozenset(
    (
        *("NAME", "NUMBER", "LPAR", "LBRACE", "CALL", "PREFIX", "FRAC", "FRAC_BY"),
        *("NORM_OPEN", "BAR_OPEN", "NABLA", "DEL", "BY", "SUM"),
    )
)
"""Marks with which a value begins."""

_PLACING = re.compile(r"(?:\s|\\(?:left|[bB]igg?l?)(?![A-Za-z])|\\[,;:! ])*")

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SUMMATION = re.compile(rf"(?:\\sum|[∑Σ])\s*(?:_\s*\{{?\s*([A-Za-z])\s*=|([{''.join(LOWERED)}])₌)")

Step: TypeAlias = Callable[["Cursor", "re.Match[str]"], int]
"""Leaves the marks of a match, and says where the next one begins."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What can stand in a text, as a pattern with named groups; the step of each; that of the d of a derivative."""

    pattern: re.Pattern[str]
    by_group: Mapping[str, Step]
    letter_d: Callable[["Cursor", int], int]


class Cursor:
    """A place in a text, the marks of what stands before it, and what was decided there about what follows.

    `openers` and `closers` are the kinds of brackets that are decided, by their places; "" is one that is not seen.
    `fences` are the brackets and bars that are open. `is_single` says that the next word is one character long, as
    LaTeX has it behind ^ and _; `power` which operator a raised exponent is; `side` on which side of what it encloses
    the next bar stands, if that is told; `prefix` what belongs to the next name; `lead` where the next mark begins, if
    a command stands in front of it.
    """

    def __init__(self, text: str, known: Known, is_latex: bool, steps: Steps) -> None:
        self.text, self.known, self.is_latex, self._steps = text, known, is_latex, steps
        self.marks: list[Mark] = []
        self.open_sizes: list[str] = []
        self.indices = known.indices | {first or LOWERED[second] for first, second in _SUMMATION.findall(text)}
        self.openers: dict[int, str] = {}
        self.closers: dict[int, str] = {}
        self.fences: list[str] = []
        self.is_single = False
        self.power = "power"
        self.side = ""
        self.prefix = ""
        self.lead: int | None = None
        self._held: dict[int, int] = {}
        self._partners = partners(text)
        self._letters_d = differential_letters(text, self._partners)
        self._fresh_sizes = fresh_sizes((*known.words, *_WORD.findall(text)))

    def run(self) -> None:
        """Leave the marks of the whole text. Raises MatcalcError at the first character that has none."""
        position = 0
        while position < len(self.text):
            position = self._step(position)

    def _step(self, position: int) -> int:
        if position in self._letters_d:
            return self._steps.letter_d(self, position)
        match = self._steps.pattern.match(self.text, position)
        if match is None:
            raise no_token(self.text, position)
        group = match.lastgroup or ""
        end = self._steps.by_group[group](self, match)
        if group not in ("space", "below", "sign"):
            self.is_single = False
        return end

    # What is left

    @property
    def last(self) -> str:
        """The kind of the mark left last."""
        return self.marks[-1].kind if self.marks else ""

    def add(self, kind: str, text: str, span: Span) -> None:
        """Leave a mark."""
        start, self.lead = span[0] if self.lead is None else self.lead, None
        self.marks.append(Mark(kind, text, (start, span[1])))

    def add_call(self, function: str, arguments: tuple[str, ...], span: Span) -> None:
        """Leave a call that is written without brackets, such as Iₙ: all its marks have one place."""
        self.add("CALL", function, span)
        self.add("LPAR", "(", span)
        for number, argument in enumerate(arguments):
            if number:
                self.add("COMMA", ",", span)
            self.add("NUMBER" if argument.isdigit() else "NAME", argument, span)
        self.add("RPAR", ")", span)

    def add_within(self, opener: str, plain: str, closer: str, span: Span) -> None:
        """Leave the marks of raised or lowered characters, each at its own place, in brackets that are not written."""
        inner = Cursor(plain, self.known, is_latex=False, steps=self._steps)
        inner._fresh_sizes = self._fresh_sizes
        inner.run()
        self.open_sizes += inner.open_sizes
        self.add(opener, "", (span[0], span[0]))
        for mark in inner.marks:
            start, end = (min(span[0] + place, span[1]) for place in mark.span)
            self.add(mark.kind, mark.text, (start, end))
        self.add(closer, "", (span[1], span[1]))

    def open_size(self) -> str:
        """A name for a size that paper leaves out, which occurs nowhere else."""
        self.open_sizes.append(next(self._fresh_sizes))
        return self.open_sizes[-1]

    # What follows

    def character(self, position: int) -> str:
        """The character at a position, none behind the end."""
        return self.text[position : position + 1]

    def visible(self, position: int) -> int:
        """Where the next character stands that is seen, behind spaces, commands that place, and braces that are not."""
        while True:
            position = behind_placing(self.text, position)
            if self.closers.get(position) != "":
                return position
            position += 1

    def has_script(self, position: int) -> bool:
        """Whether something is written below what ends at a position."""
        return self.character(self.visible(position)) in ("_", *LOWERED)

    # Brackets

    def bracket_as(self, place: int, opener: str, closer: str) -> None:
        """Decide what kinds of marks the bracket at a place and its partner leave."""
        self.openers[place] = opener
        if place in self._partners:
            self.closers[self._partners[place]] = closer

    def hide(self, place: int) -> None:
        """Leave no marks of a brace and its partner, which only hold what they stand around."""
        if self.character(place) == "{":
            self.bracket_as(place, "", "")
            self._held[self._partners.get(place, place)] = len(self.marks)

    def end_hidden(self, place: int) -> None:
        """Count a closing brace that leaves no mark as a part of the mark inside."""
        if len(self.marks) > self._held.get(place, len(self.marks)):
            last = self.marks[-1]
            self.marks[-1] = Mark(last.kind, last.text, (last.span[0], place + 1))
        self.lead = None

    def fence(self, kind: str) -> None:
        """Note that a bracket opens or closes."""
        if kind.startswith("L"):
            self.fences.append(kind)
        elif self.fences and self.fences[-1] == f"L{kind[1:]}":
            self.fences.pop()


def behind_placing(text: str, position: int) -> int:
    """Where a text goes on behind spaces and commands that place."""
    match = _PLACING.match(text, position)
    return match.end() if match else position
