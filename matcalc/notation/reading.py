"""Texts as on paper to the sides they write, with the faults of their syntax.

What has two readings on paper is a fault that names both: a factor beside `f x`, `a / b`, `A ⊙ B`, or beside a bracket
behind ∇ₓ. Nothing is guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matcalc.errors import MatcalcError
from matcalc.language.nodes import Span
from matcalc.language.tokens import error
from matcalc.language.trees import MAX_NESTING, Apply, Infix, Name, Tree, too_deep, walk, within_limits
from matcalc.notation.brackets import partners
from matcalc.notation.cursor import VALUE_ENDS, VALUE_STARTS, Mark
from matcalc.notation.scanning import scan
from matcalc.notation.words import known_names


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The sides of a text, and the names made for sizes that it leaves out, such as that of I."""

    sides: tuple[Tree, ...]
    open_sizes: tuple[str, ...]


def read_paper(text: str, where: Mapping[str, str]) -> OnPaper:
    """The sides that `text` writes as on paper. Raises MatcalcError at its first fault."""
    found = scan(text, known_names(where))
    if not found.marks:
        raise error("the text is empty", "write an expression, or an equation: left = right", (0, len(text)))
    _check_nesting(found.marks)
    from matcalc.notation.building import Unexpected, build  # lark is loaded where something is to be read

    try:
        sides = build(found.marks, len(text))
    except Unexpected as bad:
        raise _fault(text, found.marks, bad.index) from None
    for side in sides:
        within_limits(side)
    _check_reach(text, sides)
    return OnPaper(sides, found.open_sizes)


def _check_nesting(marks: tuple[Mark, ...]) -> None:
    """Raise where too many brackets stand inside each other."""
    depth = 0
    for mark in marks:
        depth += (mark.kind in _OPENER_OF.values()) - (mark.kind in _OPENER_OF)
        if depth > MAX_NESTING:
            raise too_deep(mark.span)


def _check_reach(text: str, sides: tuple[Tree, ...]) -> None:
    """Raise for `∇ₓ (f) g`: whether ∇ reaches over g nobody can tell."""
    pairs = partners(text)
    for tree in walk(*sides):
        match tree:
            case Apply(Name("D" | "grad" | "hessian" | "Sum", head), (Infix() as operand, *_), span):
                is_heading = operand.span[1] == span[1]
                if is_heading and _starts_with_bracket(text, operand, pairs):
                    mend = "put the whole into brackets, or the derivative: (∇ₓ (f)) g"
                    raise error(f"how far {text[slice(*head)]} reaches is unclear", mend, operand.span)


def _starts_with_bracket(text: str, operand: Infix, pairs: Mapping[int, int]) -> bool:
    """Whether a bracket begins the operand, does not hold it all, and has no exponent."""
    start, end = operand.span
    bracket = start, pairs.get(start, end) + 1
    factor: Tree = operand
    while isinstance(factor, Infix) and factor.span != bracket:
        factor = factor.left
    return text[start] in "([{" and bracket[1] < end and factor.span == bracket


# Faults


def _fault(text: str, marks: tuple[Mark, ...], index: int) -> MatcalcError:
    """What is wrong where the grammar has no place for the mark at `index`, or for the end of the text."""
    before = marks[index - 1] if index else None
    opener = _innermost(marks[:index])
    if before is not None and before.kind in ("NABLA", "SUM"):
        return _incomplete(text, before)
    if index == len(marks):
        return _unfinished(text, marks, opener)
    mark = marks[index]
    if mark.kind in _OPENER_OF:
        return _wrong_closing(text, mark, before, opener)
    if before is not None and before.kind in VALUE_ENDS:
        return _misplaced(text, marks, index, opener)
    if mark.kind == "POWER" and before is not None and before.kind == "PREFIX":
        it = _quoted(text, before)
        return error(f"{it} has an exponent and no argument yet", f"write ({it}(x))^2", mark.span)
    after = f" after {_quoted(text, before)}" if before else ""
    it = _quoted(text, mark)
    return error(f"a value is missing{after}", f"write a name, a number or a bracket before {it}", mark.span)


_OPENER_OF = {
    **{"RPAR": "LPAR", "RBRACE": "LBRACE", "RBRACKET": "LBRACKET"},
    **{"NORM_CLOSE": "NORM_OPEN", "BAR_CLOSE": "BAR_OPEN"},
}


def _innermost(marks: tuple[Mark, ...]) -> Mark | None:
    """The last bracket that is open behind `marks`."""
    opened: list[Mark] = []
    for mark in marks:
        if mark.kind in _OPENER_OF.values():
            opened.append(mark)
        elif mark.kind in _OPENER_OF and opened:
            opened.pop()
    return opened[-1] if opened else None


def _quoted(text: str, mark: Mark) -> str:
    return text[slice(*mark.span)] or mark.text


_COMPLETE = {
    "NABLA": "write ∇ₓ f or \\nabla_x f",
    "SUM": "write \\sum_{i=1}^{n} x_i or Σᵢ₌₁ⁿ xᵢ",
    "DEL": "write ∂f/∂x or \\frac{\\partial f}{\\partial x}",
    "BY": "write ∂/∂x f",
    "FRAC_BY": "write \\frac{\\partial}{\\partial x} f",
    "FRAC": "write \\frac{a}{b}",
}
"""What a sign needs behind it."""


def _incomplete(text: str, sign: Mark) -> MatcalcError:
    return error(f"{_quoted(text, sign)} is not complete", _COMPLETE[sign.kind], sign.span)


def _unfinished(text: str, marks: tuple[Mark, ...], opener: Mark | None) -> MatcalcError:
    last = marks[-1]
    if last.kind not in VALUE_ENDS:
        it = _quoted(text, last)
        return error(f"the text ends after {it}", f"complete it, or remove the {it}", last.span)
    if opener is not None:
        return error(f"this {_quoted(text, opener)} is never closed", "close it", opener.span)
    return _incomplete(text, next(mark for mark in reversed(marks) if mark.kind in _COMPLETE))


def _wrong_closing(text: str, mark: Mark, before: Mark | None, opener: Mark | None) -> MatcalcError:
    it = _quoted(text, mark)
    if opener is None:
        return error(f"this {it} closes nothing", "remove it, or open it", mark.span)
    if _OPENER_OF[mark.kind] != opener.kind:
        return error(f"{it} closes a {_quoted(text, opener)}", "close the inner bracket first", mark.span)
    if before is opener:
        return error("the brackets are empty", "write an expression in them", (opener.span[0], mark.span[1]))
    if before is not None and before.kind in VALUE_ENDS:
        return error(f"what {it} closes is not complete", "complete it", (opener.span[0], mark.span[1]))
    return error(f"a value is missing before {it}", "write a name or a number", mark.span)


def _misplaced(text: str, marks: tuple[Mark, ...], index: int, opener: Mark | None) -> MatcalcError:
    """The fault of what follows a value and does not fit there."""
    mark, it = marks[index], _quoted(text, marks[index])
    if mark.kind == "EQUALS":
        return error("= stands inside brackets", "equations stand at the top of a claim only", mark.span)
    if mark.kind == "COMMA":
        return error("a comma stands outside a call", "write one expression in brackets", mark.span)
    if mark.kind == "POWER":
        return error(f"{it} is an exponent of an exponent", "put one of the two powers into brackets", mark.span)
    if mark.kind in VALUE_STARTS or mark.kind in _JOINING:
        return _unclear(text, list(_term_before(marks, index)), mark)
    return error(f"{it} does not belong behind {_quoted(text, marks[index - 1])}", "remove it", mark.span)


def _term_before(marks: tuple[Mark, ...], index: int) -> Iterator[Mark]:
    """The marks of the same term in front of one, backwards, without what stands inside brackets."""
    depth = 0
    for mark in reversed(marks[:index]):
        if mark.kind in _OPENER_OF:
            depth += 1
        elif mark.kind in _OPENER_OF.values():
            depth -= 1
        if depth < 0 or (depth == 0 and mark.kind in ("PLUS", "MINUS", "EQUALS", "COMMA")):
            return
        if depth == 0:
            yield mark


_JOINING = ("CIRCLED", "OPERATOR", "ENTRYWISE", "OVER")
_GREEDY = ("CIRCLED", "ENTRYWISE", "PREFIX", "OVER")
"""Signs beside which a factor has no clear place."""


def _unclear(text: str, term: list[Mark], mark: Mark) -> MatcalcError:
    """The fault of a factor that could belong to what stands before it, or to all of it."""
    it = _quoted(text, mark)
    sign = next((other for other in term if other.kind in _GREEDY), mark)
    whole: Span = (sign.span[0], mark.span[1])
    match sign.kind:
        case "CIRCLED" | "ENTRYWISE":
            shown = _quoted(text, sign)
            return error(f"which product comes first beside {shown} is unclear", "put one into brackets", mark.span)
        case "PREFIX":
            shown = _quoted(text, sign)
            what = f"whether {it} belongs to what {shown} is applied to is unclear"
            return error(what, f"write {shown}(…) with brackets", whole)
        case "OVER":
            what = f"whether {it} stands below the line is unclear"
            return error(what, "write a/(b c), or (a/b) c", whole)
    return error(f"{it} does not belong here", "put a product sign or brackets", mark.span)
