"""Claims and expressions in the notation of paper, of LaTeX and of matrixcalculus.org, beside the Python form.

`parse` reads any of them into the trees of the language, with their places in the text as typed, so that whatever
follows is the same for all. The rules are in `docs/notation.md`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from matcalc.errors import MatcalcError
from matcalc.language.inference import infer
from matcalc.language.nodes import Layout
from matcalc.language.parser import elaborate_sides
from matcalc.language.printing import to_text
from matcalc.language.syntax import parse_equation, parse_formula
from matcalc.language.tokens import check_length, quotable
from matcalc.language.trees import Tree, names_in
from matcalc.notation.forms import Form, form_of
from matcalc.notation.openings import settled
from matcalc.notation.reading import read_paper

__all__ = ["Form", "Parsed", "Understood", "form_of", "parse", "python_form", "settle", "understand"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text says: the sides of a claim, or one expression; and the form it was read in.

    `open_sizes` are the names made for sizes that the text leaves out, such as n of `eye(n)` for I.
    """

    text: str
    form: Form
    sides: tuple[Tree, ...]
    open_sizes: tuple[str, ...] = ()

    @property
    def is_claim(self) -> bool:
        return len(self.sides) > 1


def parse(text: str, where: Mapping[str, str] | None = None, form: Form | None = None) -> Parsed:
    """The sides of the claim, or the expression, that `text` writes in `form`, or in the form that it is found to have.

    The declarations `where`, which may be incomplete, say which words are names and which are functions. Raises
    MatcalcError at the first fault of the syntax, with its place in the text.
    """
    with _quoting(text):
        check_length(text)
        return _parsed(text, where or {}, form or form_of(text, where or {}))


def settle(parsed: Parsed, where: Mapping[str, str], layout: Layout = "mixed") -> Parsed:
    """The same with every open size replaced by what the shapes around it need; see `matcalc.notation.openings`.

    Raises MatcalcError for one that nothing tells.
    """
    with _quoting(parsed.text):
        sides = settled(parsed.sides, parsed.open_sizes, where, layout)
    left = {name.text for name in names_in(*sides)} & {*parsed.open_sizes}
    return replace(parsed, sides=sides, open_sizes=tuple(name for name in parsed.open_sizes if name in left))


def python_form(parsed: Parsed, where: Mapping[str, str], layout: Layout = "mixed") -> str:
    """The claim or expression in the Python form, in which it is worked on.

    Raises MatcalcError with every fault of names, arguments and shapes, its place in the text as typed.
    """
    if parsed.form == "python":
        return parsed.text
    with _quoting(parsed.text):
        sides, _ = elaborate_sides(parsed.text, settle(parsed, where, layout).sides, where, layout)
    return " == ".join(to_text(side) for side in sides)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text was taken to say: the claim or expression in the Python form, and what was assumed to read it so."""

    text: str
    form: Form
    python: str
    assumed: Mapping[str, str]


def understand(text: str, given: Mapping[str, str], layout: Layout = "mixed", form: Form | None = None) -> Understood:
    """The text in the Python form, with declarations for all names that have none in `given`.

    Raises MatcalcError with the faults of the text, their places in it as typed.
    """
    parsed = settle(parse(text, given, form), given, layout)
    assumed = infer(parsed.sides, given, layout, text)
    return Understood(text, parsed.form, python_form(parsed, {**given, **assumed}, layout), assumed)


@contextmanager
def _quoting(text: str) -> Iterator[None]:
    """Give faults the text in which they are."""
    try:
        yield
    except MatcalcError as bad:
        quoted = (replace(fault, text=fault.text or quotable(text)) for fault in bad.faults)
        raise MatcalcError(*quoted) from None


def _parsed(text: str, where: Mapping[str, str], form: Form) -> Parsed:
    if form == "python":
        return Parsed(text, form, parse_equation(text) if "==" in text else (parse_formula(text),))
    read = read_paper(text, where)
    return Parsed(text, form, read.sides, read.open_sizes)
