"""The formats in which `derive` gives a derivative that is proved, besides its page and its record."""

import textwrap
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from matcalc.language.nodes import Claim, Derivative
from matcalc.language.printing import to_text
from matcalc.report.latex import latex_statement
from matcalc.report.libraries import LIBRARIES, Library
from matcalc.report.programs import Program, function, shape_words
from matcalc.report.statements import declarations, statement
from matcalc.report.values import counted
from matcalc.results import Result

Format: TypeAlias = Callable[[Result, Claim], Program]
"""What is printed of a claim whose first side is a derivative and whose last side is its value. Raises NoCodeError."""

WIDTH = 100
"""Columns of sentences in code and in Markdown."""


def _markdown(result: Result, claim: Claim) -> Program:
    """A heading, the equation, what its symbols are, the evidence."""
    asked = claim.sides[0]
    assert isinstance(asked, Derivative)
    symbols = [f"- {line}".replace("_", r"\_") for line in [*declarations(claim), *_layout(claim)]]
    heading = f"## {result.id.capitalize()} of `{to_text(asked.body)}`"
    equation = ["$$", latex_statement(claim), "$$"]
    return Program(lines=(heading, "", *equation, "", *symbols, "", *textwrap.wrap(_evidence(result), WIDTH)))


def _layout(claim: Claim) -> list[str]:
    return [f"in {claim.layout} layout"] if "D(" in claim.text else []


def _evidence(result: Result) -> str:
    """How far the equation is proved, in a sentence."""
    checked = f" Autograd agrees at {counted(result.numeric.points, 'point')}." if result.numeric else ""
    return f"{_proved(result)}; the kernel replayed the derivation.{checked}"


def _proved(result: Result) -> str:
    assert result.proof is not None, result.verdict
    assuming = f", assuming {', '.join(result.proof.assumes)}" if result.proof.assumes else ""
    return f"Proved by matcalc for {result.proof.scope}{assuming}"


def _code(library: Library, result: Result, claim: Claim) -> Program:
    """A function whose docstring has the equation, what is known of it, and the shapes."""
    value, of = claim.sides[-1], to_text(claim.sides[0])
    sentences = f"{_proved(result)}; this code was written from the equation."
    shapes = f"Shapes: {shape_words(value, claim.scope, of)}. Arrays of floats, in two dimensions; vectors are columns."
    wrapped = [*textwrap.wrap(sentences, WIDTH), *textwrap.wrap(shapes, WIDTH)]
    doc = "\n".join([" ".join([claim.text, *_layout(claim)]) + ".", "", *wrapped])
    return function(result.id.lower(), value, claim.scope, library, of, doc)


FORMATS: Mapping[str, Format] = {
    "unicode": lambda result, claim: Program(lines=(statement(claim),)),
    "latex": lambda result, claim: Program(lines=(latex_statement(claim),)),
    "markdown": _markdown,
    **{library: partial(_code, library) for library in LIBRARIES},
}
"""The formats by their names."""
