"""Raised and lowered characters, and the likeness of mathematics in plain ASCII."""

import re
import unicodedata

_SUPERSCRIPTS = dict(
    zip("0123456789+-=()abcdefghijklmnoprstuvwxyz×", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻˣ", strict=True)
)
_SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


def superscript(text: str) -> str | None:
    """The text in raised characters, or None where one of them does not exist."""
    return _shifted(text, _SUPERSCRIPTS)


def subscript(text: str) -> str | None:
    """The text in lowered characters, or None where one of them does not exist."""
    return _shifted(text, _SUBSCRIPTS)


def _shifted(text: str, characters: dict[str, str]) -> str | None:
    tight = text.replace(" ", "").replace("−", "-")
    return "".join(characters[c] for c in tight) if all(c in characters for c in tight) else None


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
