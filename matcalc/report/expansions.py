"""The page of a claim at explicit sizes: generic matrices, what is differentiated and its derivatives, both sides."""

import re
import textwrap
from collections.abc import Iterator, Sequence

from matcalc.language.nodes import Claim
from matcalc.report.scripts import subscript, superscript
from matcalc.report.statements import declarations, statement
from matcalc.report.values import counted, labelled, sizes_text
from matcalc.results import Expansion, Partials, Texts

INDENT = "    "
MOST_SLOPES = 40
"""Derivatives of entries that are printed of one expression."""

NOTHING_MORE = "This says nothing of other sizes."


def expansion_page(name: str, claim: Claim, expansion: Expansion, *, width: int = 100) -> list[str]:
    """The lines of the page, laid out in `width` columns."""
    place = sizes_text(expansion.numbers) or "the given sizes"
    lines = [name, "", *_indented([statement(claim), "", *declarations(claim)]), ""]
    lines += [f"  On generic matrices, at {place}"]
    for symbol, texts in expansion.symbols.items():
        lines += ["", *_matrix(symbol, texts, width)]
    for partials in expansion.derivatives:
        lines += ["", *_derivatives(partials, width)]
    for number, side in enumerate(expansion.sides):
        lines += ["", f"  {_side_name(number, len(expansion.sides))}", *_entries(side, width)]
    return [*lines, "", *textwrap.wrap(_outcome(expansion, place), width, subsequent_indent="  ")]


def on_paper(text: str) -> str:
    """An expression of entries in the notation of a textbook: `2*x[1]*A[1, 2]**2` is `2 x₁ A₁₂²`."""
    text = re.sub(r"\b(\w+)\[(\d+(?:, \d+)?)\]", _entry_sign, text)
    text = re.sub(r"\*\*(\d+)", lambda match: superscript(match.group(1)) or match.group(), text)
    text = re.sub(r"\bsqrt\(", "√(", re.sub(r"\bpi\b", "π", text))
    return re.sub(r"(?<!\*)\*(?!\*)", " ", text).replace("-", "−").replace("...", "…").replace(".prime", "′")


def _entry_sign(match: re.Match[str]) -> str:
    positions = match.group(2).split(", ")
    lowered = subscript("".join(positions)) if all(len(position) == 1 for position in positions) else None
    return match.group(1) + lowered if lowered else match.group()


def _matrix(name: str, texts: Texts, width: int) -> list[str]:
    """The matrix as a block, or entry by entry where it is too wide."""
    written = tuple(tuple(on_paper(text) for text in row) for row in texts)
    block = _indented(labelled(name, written if len(texts) * len(texts[0]) > 1 else written[0][0]))
    if max(map(len, block)) <= width:
        return block
    return [f"{INDENT}{name} =", *_entries(texts, width)]


def _derivatives(partials: Partials, width: int) -> list[str]:
    """The entries of the body, then each of them differentiated by each entry of the variable."""
    lines = [f"  Differentiated by {partials.variable}: {partials.body}", *_entries(partials.entries, width), ""]
    count = len(partials.slopes) * len(partials.variable_entries)
    rows = len(partials.entries)
    for number, row in enumerate(partials.slopes):
        place = f"({number % rows + 1}, {number // rows + 1})" if len(partials.slopes) > 1 else ""
        pairs = zip(partials.variable_entries, row, strict=True)
        lines += _listed([(f"∂{place}/∂{on_paper(entry)}", slope) for entry, slope in pairs], width)
        if len(lines) > MOST_SLOPES and number + 1 < len(partials.slopes):
            return [*lines, f"{INDENT}… {counted(count, 'derivative')} in all"]
    return lines


def _entries(texts: Texts, width: int) -> list[str]:
    return _listed(list(_placed(texts)), width)


def _placed(texts: Texts) -> Iterator[tuple[str, str]]:
    """Each entry with its position, which a single one does not need."""
    for i, row in enumerate(texts):
        for j, text in enumerate(row):
            yield (f"({i + 1}, {j + 1})" if len(texts) * len(row) > 1 else ""), text


def _listed(pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Labels in a column, and beside each its text, broken to the width."""
    room = max(len(label) for label, _ in pairs)
    lines: list[str] = []
    for label, text in pairs:
        first = f"{INDENT}{label:<{room}}  " if room else INDENT
        wrapper = textwrap.TextWrapper(
            max(width, len(first) + 20), initial_indent=first, subsequent_indent=" " * (len(first) + 2)
        )
        lines += wrapper.wrap(on_paper(text))
    return lines


def _side_name(number: int, count: int) -> str:
    return ("Left side", "Right side")[number] if count == 2 else f"Side {number + 1}"


def _outcome(expansion: Expansion, place: str) -> str:
    flat = [agrees for row in expansion.agrees for agrees in row]
    if all(flat):
        every = "Every entry agrees" if len(flat) > 1 else "The sides agree"
        return f"{every} at {place}, by the relations between entries. {NOTHING_MORE}"
    open_ones = [
        f"({i + 1}, {j + 1})" for i, row in enumerate(expansion.agrees) for j, agrees in enumerate(row) if not agrees
    ]
    which = ", ".join(open_ones[:6]) + (", …" if len(open_ones) > 6 else "")
    return f"{counted(len(open_ones), 'entry is', 'entries are')} not found equal at {place}: {which}."


def _indented(lines: list[str]) -> list[str]:
    return [f"{INDENT}{line}" if line else "" for line in lines]
