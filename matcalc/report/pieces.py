"""Pieces of written mathematics: how firmly a text holds together, raised and lowered characters, sizes, numbers."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from matcalc.language.nodes import Size

_SUPERSCRIPTS = dict(
    zip("0123456789+-=()abcdefghijklmnoprstuvwxyz×", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻˣ", strict=True)
)
_SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


class Binding(IntEnum):
    """How firmly a text holds together; a text in a firmer place than its own needs brackets."""

    LOOSE = 0
    SUM = 1
    PRODUCT = 2
    POSTFIX = 3
    ATOM = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Written mathematics and how firmly it holds together."""

    text: str
    binding: Binding = Binding.ATOM

    def at(self, place: Binding) -> str:
        """The text, in brackets where the place binds more firmly."""
        return self.text if self.binding >= place else f"({self.text})"


def superscript(text: str) -> str | None:
    """The text in raised characters, or None where one of them does not exist."""
    return _shifted(text, _SUPERSCRIPTS)


def subscript(text: str) -> str | None:
    """The text in lowered characters, or None where one of them does not exist."""
    return _shifted(text, _SUBSCRIPTS)


def _shifted(text: str, characters: dict[str, str]) -> str | None:
    tight = text.replace(" ", "").replace("−", "-")
    return "".join(characters[c] for c in tight) if all(c in characters for c in tight) else None


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


_RAISED = re.compile(f"[{''.join(_SUPERSCRIPTS.values())}]+")
_LOWERED = re.compile(f"[{''.join(_SUBSCRIPTS.values())}]+")
_SIGNS = str.maketrans(
    {
        **{"ᵀ": "'", "′": "'", "∇": "grad", "∂": "d", "Σ": "Sum", "δ": "delta", "π": "pi", "σ": "sigmoid", "√": "sqrt"},
        **{"⊙": ".*", "⊘": "./", "⊗": "(x)", "·": "*", "‖": "||", "⟨": "<", "⟩": ">", "ℝ": "R", "∈": "in", "∎": "QED"},
        **{"×": "x", "−": "-", "…": "...", "→": "->", "✓": "+", "✗": "x", "≠": "!=", "≤": "<=", "≥": ">="},
    }
)


def in_ascii(text: str) -> str:
    """The text for a terminal that has ASCII alone: `x^2`, `A_ij`, `x'`, `grad_x`; other signs by their code points."""
    raised = _RAISED.sub(lambda match: f"^{_plain(match.group())}", text.replace("∇²", "∇^2"))
    lowered = _LOWERED.sub(lambda match: f"_{_plain(match.group())}", raised)
    return lowered.translate(_SIGNS).encode("ascii", "backslashreplace").decode("ascii")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).replace("−", "-")
