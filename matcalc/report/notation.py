"""Expressions in the notation of a textbook, as plain text: ∇, ᵀ, ‖·‖, ⊙, ⊗, Σ with indices.

It is for reading: matrix products are juxtaposed, `*` between arrays is ⊙, `/` by an array is ⊘ and an elementwise
power carries the ⊙ before its exponent (x⊙²).
"""

from matcalc.language.nodes import Expression, Scope
from matcalc.report.pieces import Binding, Piece, number_piece, size_piece
from matcalc.report.scripts import subscript, superscript
from matcalc.report.writing import (
    CallWriter,
    Paper,
    Signs,
    constant,
    fenced,
    indexed,
    infix,
    marked,
    matrix_power,
    named,
    outer,
    unit_vector,
    write_on,
)


def write(node: Expression, scope: Scope) -> Piece:
    """One expression of a claim whose names are in `scope`."""
    return write_on(Paper(scope, _SIGNS), node)


def _fraction(above: Piece, below: Piece) -> Piece:
    return Piece(f"{above.at(Binding.POSTFIX)} / {below.at(Binding.POSTFIX)}", Binding.PRODUCT)


def _partial(above: Piece, below: str) -> Piece:
    return Piece(f"∂{above.at(Binding.INDEXED)}/∂{below}", Binding.PRODUCT)


def _power(exponent: Piece, is_elementwise: bool) -> str:
    raised = superscript(exponent.text)
    return f"{'⊙' if is_elementwise else ''}{raised or f'^{exponent.at(Binding.INDEXED)}'}"


def _nabla(variable: str, order: int) -> str:
    return f"∇{'²' if order == 2 else ''}{subscript(variable) or f'_{variable}'}"


def _total(variable: str, lower: Piece, upper: Piece) -> str:
    below, above = subscript(f"{variable}={lower.text}"), superscript(upper.text)
    return "Σ" + (f"{below}{above}" if below and above else f"[{variable} = {lower.text} … {upper.text}]")


def _indices(texts: list[str]) -> str:
    """`ᵢⱼ` where each index is one lowered character, else `[i, j + 1]`."""
    lowered = subscript("".join(texts)) if all(len(text) == 1 for text in texts) else None
    return lowered or f"[{', '.join(texts)}]"


_CALLS: dict[str, CallWriter] = {
    "inv": marked("⁻¹"),
    "pinv": marked("⁺"),
    "matrix_power": matrix_power,
    "logdet": fenced("log |det(", ")|"),
    "adjugate": named("adj"),
    "trace": named("tr"),
    "norm": fenced("‖", "‖"),
    "norm1": fenced("‖", "‖₁", Binding.INDEXED),
    "abs": fenced("|", "|"),
    "sqrt": fenced("√(", ")"),
    "sigmoid": named("σ"),
    "kron": infix("⊗"),
    "dot": infix("·"),
    "outer": outer,
    "eye": constant("I", "×"),
    "zeros": constant("0", "×"),
    "ones": constant("1", "×"),
    "basis": unit_vector,
    "commutation": named("K"),
    "delta": indexed("δ"),
}
"""Functions that have a sign of their own on paper; every other one is written by its name."""

_SIGNS = Signs(
    minus="−",
    dot="·",
    hadamard="⊙",
    hadamard_quotient="⊘",
    transpose="ᵀ",
    prime="′",
    differential="d",
    pi="π",
    number=number_piece,
    size=size_piece,
    name=str,
    function=lambda name, inside: f"{name}({inside})",
    fraction=_fraction,
    partial=_partial,
    pairing=lambda left, right: f"⟨{left}, {right}⟩",
    power=_power,
    nabla=_nabla,
    total=_total,
    indices=_indices,
    below=lambda text: subscript(text) or f"[{text}]",
    calls=_CALLS,
)
