"""Reading claims in tests: the symbols they share, and their faults as a person sees them."""

from collections.abc import Mapping

from matcalc.errors import Fault, MatcalcError
from matcalc.language import parse_claim

WHERE = {
    "s": "scalar",
    "x": "vector(n)",
    "y": "vector(n)",
    "z": "vector(m)",
    "A": "matrix(m, n)",
    "B": "matrix(m, n)",
    "C": "matrix(n, p)",
    "X": "matrix(n, n)",
    "k": "integer",
    "i": "index(m)",
    "j": "index(n)",
    "f": "function",
    "u": "vector(m) of x",
}


def faults_of(claim: str, where: Mapping[str, str] = WHERE) -> tuple[Fault, ...]:
    """The faults of a claim, none if it is well-formed."""
    try:
        parse_claim(claim, where)
    except MatcalcError as bad:
        return bad.faults
    return ()


def marked_faults(claim: str, where: Mapping[str, str] = WHERE) -> list[tuple[str, str]]:
    """Each fault of a claim: the text that the caret marks, and the line that is printed."""
    return [(fault.text[slice(*fault.span)], fault.headline()) for fault in faults_of(claim, where)]


def declaration_faults(text: str) -> list[tuple[str, str]]:
    """Each fault of declaring A by `text` beside a few others, marked as in `marked_faults`."""
    others = {"x": "vector(n)", "s": "scalar", "k": "integer", "f": "function"}
    faults = faults_of("x == x", {**others, "A": text})
    assert all(fault.origin == "where.A" and fault.text == text for fault in faults)
    return [(fault.text[slice(*fault.span)], fault.headline()) for fault in faults]
