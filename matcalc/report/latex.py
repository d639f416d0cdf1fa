r"""Expressions in LaTeX that compiles with amsmath alone: `\nabla_{x} \lVert A x - b \rVert^{2}`.

Matrices and vectors are plain italic letters, names of several letters \mathit, Greek ones Greek. Brackets are plain,
and grow with \left and \right around what is taller than a line.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from matcalc.language.nodes import Claim, Expression, Scope, Size
from matcalc.report.pieces import Binding, Piece
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

_GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|upsilon|phi|chi|psi|omega|"
    "Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
_OPERATOR = re.compile("det|exp|log|sin|cos|tan|sinh|cosh|tanh")
"""Functions that LaTeX has a command for."""

_OPENING = {"(": ")", r"\lVert": r"\rVert", r"\lvert": r"\rvert", r"\langle": r"\rangle", "[": "]"}
_CLOSING = frozenset(_OPENING.values())
_TALL = (r"\frac", r"\sum")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\?.", re.DOTALL)
_ONE_SIGN = re.compile(r"\w|\\[a-z]+", re.IGNORECASE)


def latex(node: Expression, scope: Scope) -> str:
    """One expression of a claim whose names are in `scope`."""
    return _with_growing_fences(write_on(Paper(scope, _SIGNS), node).text)


def latex_statement(claim: Claim) -> str:
    """The whole claim as one equation, or a chain of them."""
    return " = ".join(latex(side, claim.scope) for side in claim.sides)


def _with_growing_fences(text: str) -> str:
    r"""The text with \left and \right at fences around fractions and sums.

    A fence that is opened in a group of braces is closed in it, so the fences alone say what is inside.
    """
    tokens = _TOKEN.findall(text)
    for start, end in _pairs(tokens):
        if any(token in _TALL for token in tokens[start:end]):
            tokens[start], tokens[end] = rf"\left{tokens[start]}", rf"\right{tokens[end]}"
    return "".join(tokens)


def _pairs(tokens: list[str]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token in _OPENING:
            opened.append(place)
        elif token in _CLOSING:
            yield opened.pop(), place


def _name(name: str) -> str:
    if len(name) == 1 and name.isalpha():
        return name
    greek = {"lam": "lambda"}.get(name, name)
    if _GREEK.fullmatch(greek):
        return rf"\{greek}"
    escaped = name.replace("_", r"\_")
    return rf"\mathit{{{escaped}}}"


def _number(value: Fraction) -> Piece:
    if value < 0:
        return Piece(f"-{_number(-value).text}", Binding.SUM)
    if value.denominator == 1:
        return Piece(str(value))
    return Piece(rf"\frac{{{value.numerator}}}{{{value.denominator}}}", Binding.POSTFIX)


def _size(size: Size) -> Piece:
    """A polynomial in size names: `2 n`, `m n + 1`, `n^{2}`."""
    factors = re.sub(r"\*\*(\d+)", r"^{\1}", str(size)).replace("*", " ")
    text = re.sub(r"[A-Za-z_]\w*", lambda match: _name(match.group()), factors)
    if " + " in text or " - " in text or text.startswith("-"):
        return Piece(text, Binding.SUM)
    is_one_sign = str(size).isdigit() or str(size).isidentifier()
    return Piece(text, Binding.ATOM if is_one_sign else Binding.PRODUCT)


def _function(name: str, inside: str) -> str:
    command = rf"\{name}" if _OPERATOR.fullmatch(name) else rf"\operatorname{{{name}}}"
    return f"{command}({inside})"


def _fraction(above: Piece, below: Piece) -> Piece:
    return Piece(rf"\frac{{{above.text}}}{{{below.text}}}", Binding.POSTFIX)


def _partial(above: Piece, below: str) -> Piece:
    return Piece(rf"\frac{{\partial {above.at(Binding.INDEXED)}}}{{\partial {below}}}", Binding.POSTFIX)


def _power(exponent: Piece, is_elementwise: bool) -> str:
    return rf"^{{\odot {exponent.at(Binding.POSTFIX)}}}" if is_elementwise else f"^{{{exponent.text}}}"


def _nabla(variable: str, order: int) -> str:
    return rf"\nabla_{{{variable}}}{'^{2}' if order == 2 else ''}"


def _total(variable: str, lower: Piece, upper: Piece) -> str:
    return rf"\sum_{{{variable}={lower.text}}}^{{{upper.text}}}"


def _indices(texts: list[str]) -> str:
    """`_{i j}` where each index is one sign, else `_{i, j + 1}`."""
    joint = " " if all(_ONE_SIGN.fullmatch(text) for text in texts) else ", "
    return f"_{{{joint.join(texts)}}}"


_CALLS: dict[str, CallWriter] = {
    "inv": marked("^{-1}"),
    "pinv": marked("^{+}"),
    "matrix_power": matrix_power,
    "logdet": fenced(r"\log \lvert \det(", r") \rvert"),
    "adjugate": named("adj"),
    "trace": named("tr"),
    "norm": fenced(r"\lVert ", r" \rVert"),
    "norm1": fenced(r"\lVert ", r" \rVert_{1}", Binding.INDEXED),
    "abs": fenced(r"\lvert ", r" \rvert"),
    "sqrt": fenced(r"\sqrt{", "}"),
    "sigmoid": fenced(r"\sigma(", ")"),
    "kron": infix(r"\otimes"),
    "dot": infix(r"\cdot"),
    "outer": outer,
    "eye": constant("I", r" \times "),
    "zeros": constant("0", r" \times "),
    "ones": constant(r"\mathbf{1}", r" \times "),
    "basis": unit_vector,
    "commutation": indexed("K"),
    "delta": indexed(r"\delta"),
}
"""Functions that have a sign of their own; every other one is an operator of its name."""

_SIGNS = Signs(
    minus="-",
    dot=r"\cdot",
    hadamard=r"\odot",
    hadamard_quotient=r"\oslash",
    transpose=r"^\top",
    prime="'",
    differential=r"\mathrm{d}",
    pi=r"\pi",
    number=_number,
    size=_size,
    name=_name,
    function=_function,
    fraction=_fraction,
    partial=_partial,
    pairing=lambda left, right: rf"\langle {left}, {right} \rangle",
    power=_power,
    nabla=_nabla,
    total=_total,
    indices=_indices,
    below=lambda text: f"_{{{text}}}",
    calls=_CALLS,
)
