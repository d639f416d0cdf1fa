"""A claim as a reader meets it: the equation in the notation of a textbook, and what its symbols stand for."""

from typing import assert_never

from matcalc.language.nodes import Claim, Declaration, Size
from matcalc.report.notation import write
from matcalc.report.pieces import size_piece
from matcalc.report.scripts import superscript

PROPERTIES = {
    "skew": "skew-symmetric",
    "lower": "lower triangular",
    "upper": "upper triangular",
    "psd": "positive semidefinite",
    "pd": "positive definite",
    "positive": "every entry positive",
    "nonzero": "no entry zero",
}
"""Properties whose word in the language is not the word on paper."""


def statement(claim: Claim) -> str:
    """The whole claim as one equation, or a chain of them."""
    return " = ".join(write(side, claim.scope).text for side in claim.sides)


def declarations(claim: Claim) -> list[str]:
    """What each symbol stands for, in the order declared: `A ∈ ℝᵐˣⁿ symmetric`."""
    return [_declaration(declared) for declared in claim.scope.declarations.values()]


def _declaration(declared: Declaration) -> str:
    name = f"{declared.name}({', '.join(declared.of)})" if declared.of else declared.name
    words = [PROPERTIES.get(word, word) for word in sorted(declared.properties)]
    properties = f" {', '.join(words)}" if words else ""
    smooth = " smooth" if declared.of else ""
    match declared.kind:
        case "integer":
            return f"{name} ∈ {{0, 1, 2, …}}{properties}"
        case "index":
            return f"{name} ∈ {{1, …, {size_piece(declared.extent).text}}}{properties}"
        case "function":
            return f"{name}: ℝ → ℝ smooth, applied to each entry"
        case "scalar":
            return f"{name} ∈ ℝ{smooth}{properties}"
        case "vector":
            return f"{name} ∈ ℝ{_space([declared.shape.rows])}{smooth}{properties}"
        case "matrix":
            return f"{name} ∈ ℝ{_space([declared.shape.rows, declared.shape.columns])}{smooth}{properties}"
        case _:
            assert_never(declared.kind)


def _space(sizes: list[Size]) -> str:
    texts = [size_piece(size).text for size in sizes]
    return superscript("×".join(texts)) or f"^({' × '.join(texts)})"
