"""A theorem as a person reads it: each side from its definition to the common form, a rule to each line.

The lines are what the kernel's own functions make of the recorded steps; nothing is derived here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from matcalc.components.terms import Entries
from matcalc.kernel import Theorem
from matcalc.kernel.application import rules_of
from matcalc.kernel.replay import BASE, HYPOTHESIS, STEP, Passage
from matcalc.kernel.steps import Arrange, Cases, Clear, Gather, Identify, Rewrite, Step, Within
from matcalc.language.nodes import Claim
from matcalc.report.entries import IndexNotation

NAMING = "renaming and collecting"
SIDES = ("Left side", "Right side")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed equation of a derivation and the rules that gave it."""

    text: str
    rules: tuple[str, ...]


def derivation_lines(claim: Claim, theorem: Theorem, width: int = 100) -> list[str]:
    """The numbered steps, side by side under headings, closed by ∎; long sums are wrapped to the width."""
    notation = _notation(claim, theorem)
    parts = _parts(theorem, notation)
    column = min(width - 30, max(len(line.text) for _, lines in parts for line in lines))
    result: list[str] = []
    number = 0
    for heading, lines in parts:
        result += [""] * bool(result) + [heading]
        for line in lines:
            number += 1
            head = f"{number:>4}  {' ' if line is lines[0] else '='} "
            result += _laid_out(head, line, column)
    return [*result, "", f"      {_conclusion(theorem)}  {QED}"]


def _conclusion(theorem: Theorem) -> str:
    if theorem.derivation.induction is not None:
        k = theorem.derivation.induction.integer
        return f"The sides are equal for {k} = 0, and for {k} + 1 if they are for {k}: so they are for every {k}."
    if theorem.derivation.differences:
        return "The difference of the sides is 0 in every entry, so they are equal."
    return "The sides are equal entry by entry, up to the names of summed indices."


def _laid_out(head: str, line: Line, column: int) -> list[str]:
    """The text, broken between its terms, and the rules beside its last row, or below where there is no room."""
    rows = [""]
    for piece in _elided(_terms(line.text)):
        if rows[-1] and len(rows[-1]) + len(piece) >= column:
            rows.append("")
        rows[-1] += (" " if rows[-1] else "") + piece
    if len(rows[-1]) > column:
        rows.append("")
    rows[-1] = f"{rows[-1]:<{column}}  {', '.join(line.rules)}"
    return [(" " * len(head) if k else head) + row for k, row in enumerate(rows)]


def _terms(text: str) -> list[str]:
    """The terms of a written sum, each with its sign; what stands in brackets is one term."""
    pieces, depth = [""], 0
    for word in text.split(" "):
        if depth == 0 and word in ("+", "−") and pieces[-1]:
            pieces.append("")
        depth += sum(word.count(c) for c in "([") - sum(word.count(c) for c in ")]")
        pieces[-1] += (" " if pieces[-1] else "") + word
    return pieces


def _elided(terms: list[str]) -> list[str]:
    """The terms, those in the middle left out where the sum is too long to read."""
    if sum(map(len, terms)) <= MOST_CHARACTERS or len(terms) < 4:
        return terms
    return [*terms[:2], f"+ … ({len(terms) - 3} more)", terms[-1]]


MOST_CHARACTERS = 600
"""The length of a sum above which its middle terms are left out."""

QED = "∎"


def count_steps(claim: Claim, theorem: Theorem) -> int:
    """The number of printed lines."""
    return sum(len(lines) for _, lines in _parts(theorem, _notation(claim, theorem)))


def _notation(claim: Claim, theorem: Theorem) -> IndexNotation:
    names = {*claim.scope.declarations, *claim.scope.sizes}
    return IndexNotation(theorem.goal.facts, frozenset(names))


def _parts(theorem: Theorem, notation: IndexNotation) -> list[tuple[str, list[Line]]]:
    """Each passage under its heading; an ending that changes nothing is left out."""
    found = theorem.passages
    parts = [(_heading(passage, theorem, notation), list(_lines(passage, notation))) for passage in found]
    return [(heading, lines) for heading, lines in parts if len(lines) > 1 or ENDING not in heading]


ENDING = "with the lemmas"


EQUATIONS = ("X Y X = X", "Y X Y = Y", "X Y = (X Y)ᵀ", "Y X = (Y X)ᵀ")
"""Penrose's equations, which determine Y = X⁺."""


PARTS = {BASE: "Base case, {k} = 0", HYPOTHESIS: "Hypothesis, for {k}", STEP: "Step, for {k} + 1"}
"""The parts of an induction; the two sides of the hypothesis are equal where it is used."""


def _heading(passage: Passage, theorem: Theorem, notation: IndexNotation) -> str:
    title = passage.title
    part = " "
    if title.parts:
        part = f"  {'; '.join(PARTS[name].format(k=integer) for name, integer in title.parts)}:"
    if title.equation >= 0:
        part += f" {EQUATIONS[title.equation]}:"
    letters = notation.slot_names(passage.start)
    entry = f", entry {', '.join(letters)}" if letters else ""
    if title.lemma >= 0:
        return f"{part} Lemma {title.lemma + 1}{', the other way' if title.way else ''}{entry}"
    if title.difference >= 0:
        first, second = (_name(title.difference + k, theorem) for k in (0, 1))
        return f"{part} {first} minus {second.lower()}{entry}"
    return f"{part} {_name(title.side, theorem)}{f', {ENDING}' if title.ending else ''}{entry}"


def _name(side: int, theorem: Theorem) -> str:
    return SIDES[side] if len(theorem.goal.sides) == len(SIDES) else f"Side {side + 1}"


def _lines(passage: Passage, notation: IndexNotation) -> Iterator[Line]:
    """The beginning, then a line for each run of steps by the same rules that changes what is printed."""
    text, entries = notation.write(passage.start), passage.start
    yield Line(text, ("definition",) if passage.title.side >= 0 and not passage.title.ending else ())
    pending: tuple[str, ...] = ()
    runs = list(_runs(passage))
    for k, (rules, after) in enumerate(runs):
        written, collected = notation.write(after), len(after.terms) != len(entries.terms)
        pending = tuple(dict.fromkeys(pending + tuple(name for name in rules if name != NAMING)))
        shown = pending or collected or k == len(runs) - 1
        entries = after
        if written != text and shown:
            yield Line(written, pending or (NAMING,))
            text, pending = written, ()


def _runs(passage: Passage) -> Iterator[tuple[tuple[str, ...], Entries]]:
    """The expression after each run of steps that use the same rules."""
    labels = [_label(step) for step in passage.steps]
    for entries, (label, following) in zip(passage.after, pairwise([*labels, ()]), strict=True):
        if label != following:
            yield label, entries


def _label(step: Step) -> tuple[str, ...]:
    match step:
        case Rewrite() | Arrange() | Clear() | Gather():
            return tuple(rules_of((step,)))
        case Identify() | Cases():
            return tuple(dict.fromkeys(name for name in rules_of((step,)) if name != NAMING))
        case Within():
            inner = tuple(dict.fromkeys(name for name in rules_of(step.steps) if name != NAMING))
            return inner or (NAMING,)
