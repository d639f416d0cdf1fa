"""Pieces of written mathematics: a text and how firmly it holds together; numbers and sizes."""

import re
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from matcalc.language.nodes import Size
from matcalc.report.scripts import superscript


class Binding(IntEnum):
    """How firmly a text holds together; a text in a firmer place than its own needs brackets.

    What has an index below is as good as one letter, but for one more index.
    """

    LOOSE = 0
    SUM = 1
    PRODUCT = 2
    POSTFIX = 3
    INDEXED = 4
    ATOM = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """Written mathematics and how firmly it holds together."""

    text: str
    binding: Binding = Binding.ATOM

    def at(self, place: Binding) -> str:
        """The text, in brackets where the place binds more firmly."""
        return self.text if self.binding >= place else f"({self.text})"


def number_piece(value: Fraction) -> Piece:
    """An exact number; a fraction is a quotient, a negative number a sum of its own."""
    text = str(value).replace("-", "−")
    if value < 0:
        return Piece(text, Binding.SUM)
    return Piece(text, Binding.ATOM if value.denominator == 1 else Binding.PRODUCT)


def size_piece(size: Size) -> Piece:
    """A polynomial in size names: `2n`, `m·n + 1`, `n²`."""
    text = re.sub(r"\*\*(\d+)", lambda match: superscript(match.group(1)) or match.group(), str(size))
    text = re.sub(r"(?<![\w²-⁹])(\d+)\*", r"\1", text).replace("*", "·").replace("-", "−")
    if " " in text or text.startswith("−"):
        return Piece(text, Binding.SUM)
    return Piece(text, Binding.ATOM if text.isalnum() else Binding.PRODUCT)
