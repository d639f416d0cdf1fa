"""Which brackets of a text belong together, and which letters d are those of a derivative d/dx."""

import re
from collections.abc import Iterator, Mapping

_BRACKETS = re.compile(r"\\.|[()\[\]{}]", re.DOTALL)
_PAIRS = {")": "(", "]": "[", "}": "{"}
LETTER_D = r"(?:\\(?:mathrm|operatorname|text)\s*\{\s*d\s*\}|\\mathrm\s+d\b|d(?![a-z]{2}))"
_OVER = re.compile(r"(?<![A-Za-z0-9_\\])d[A-Za-z]?\s*/\s*(d)(?=[A-Za-z\\α-ω])")
_AT_D = re.compile(rf"\s*({LETTER_D})")
_FRACTION = re.compile(r"\\[dt]?frac\s*(?=\{)")


def partners(text: str) -> Mapping[int, int]:
    """The place of each bracket's partner, for every bracket that has one; an escaped bracket is none."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACKETS.finditer(text):
        bracket, place = match.group(), match.start()
        if bracket in "([{":
            opened.append(place)
        elif bracket in _PAIRS and opened and text[opened[-1]] == _PAIRS[bracket]:
            found[place] = opened.pop()
            found[found[place]] = place
    return found


def differential_letters(text: str, pairs: Mapping[int, int]) -> frozenset[int]:
    """The places of the letters d in `d/dx` and `df/dx`, and of their like in fractions of LaTeX."""
    return frozenset((*_over_a_line(text), *_in_fractions(text, pairs)))


def _over_a_line(text: str) -> Iterator[int]:
    for match in _OVER.finditer(text):
        yield from (match.start(), match.start(1))


def _in_fractions(text: str, pairs: Mapping[int, int]) -> Iterator[int]:
    for match in _FRACTION.finditer(text):
        above = pairs.get(match.end())
        below = re.compile(r"\s*\{").match(text, above + 1) if above is not None else None
        letters = [_AT_D.match(text, match.end() + 1), below and _AT_D.match(text, below.end())]
        if all(letters):
            yield from (letter.start(1) for letter in letters if letter)
