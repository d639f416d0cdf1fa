"""The marks of what is raised or lowered: exponents, transposes, entries, sizes and what belongs to a name."""

import re

from matcalc.language.nodes import Span
from matcalc.language.tokens import error
from matcalc.notation.cursor import VALUE_ENDS, Cursor, Mark
from matcalc.notation.names import name
from matcalc.notation.signs import LOWERED, RAISED

_UP_T = (
    r"T|⊤|'|\\(?:top|intercal|prime)(?![A-Za-z])"
    r"|\\(?:mathsf|mathrm|text|mathtt)\s*\{\s*T\s*\}|\\(?:mathsf|mathrm)\s+T"
)
_TRANSPOSED = re.compile(rf"\s*(?:\{{\s*(-\s*)?({_UP_T})\s*\}}|(-?)({_UP_T}))")
_DAGGER = re.compile(r"\s*(?:\{\s*(?:\+|\\dagger|†)\s*\}|\\dagger(?![A-Za-z])|†|\+(?![\w(\\.]))")
_CIRCLE = re.compile(r"\s*(\{)\s*(?:\\odot|\\circ|⊙|∘)")
_SCRIPT = r"([0-9]+|[A-Za-z][A-Za-z0-9]*)"
_BELOW = re.compile(
    rf"\s*(?:{_SCRIPT}|\{{\s*{_SCRIPT}\s*\}}"
    rf"|\{{\s*\\(?:mathrm|mathbf|mathsf|text|operatorname)\s*\{{\s*{_SCRIPT}\s*\}}\s*\}})"
)
_LETTERS_OF_INDICES = frozenset("ijkl")


def caret(cursor: Cursor, span: Span) -> int:
    """What stands behind ^: a transpose, a pseudo-inverse, or an exponent, which follows."""
    if cursor.last == "NAME" and cursor.marks[-1].text == "e" and "e" not in cursor.known.declared:
        raise error("e^ is exp of each entry, or of a matrix", "write exp(x) or expm(X)", (span[0] - 1, span[1]))
    transposed = _TRANSPOSED.match(cursor.text, span[1])
    if transposed and not (transposed.group().strip(" {}-") == "T" and "T" in cursor.known.declared):
        return _transposed(cursor, bool(transposed[1] or transposed[3]), (span[0], transposed.end()))
    dagger = _DAGGER.match(cursor.text, span[1])
    if dagger:
        cursor.add("PINV", "pinv", (span[0], dagger.end()))
        return dagger.end()
    return _exponent(cursor, span)


def _exponent(cursor: Cursor, span: Span) -> int:
    circle = _CIRCLE.match(cursor.text, span[1])
    cursor.add("POWER", "**" if circle else "power", span)
    cursor.is_single = cursor.is_latex
    if circle is None:
        return span[1]
    cursor.add("LBRACE", "{", circle.span(1))
    cursor.fence("LBRACE")
    return circle.end()


def _transposed(cursor: Cursor, is_inverse: bool, span: Span) -> int:
    if is_inverse:
        _raise_to(cursor, "−1", span)
    cursor.add("TRANSPOSE", "T", span)
    return span[1]


def _raise_to(cursor: Cursor, exponent: str, span: Span) -> None:
    cursor.add("POWER", cursor.power, span)
    cursor.power = "power"
    cursor.add_within("LBRACE", exponent, "RBRACE", span)


def raised(cursor: Cursor, match: re.Match[str]) -> int:
    """Raised characters: ᵀ, ⁻¹, ⁻ᵀ, ⁺ or an exponent."""
    plain = "".join(RAISED[character] for character in match.group())
    exponent = plain.removesuffix("T")
    span = match.start(), match.start() + len(exponent)
    if exponent == "+":
        cursor.add("PINV", "pinv", span)
    elif exponent:
        _raise_to(cursor, "−1" if exponent == "−" else exponent, span)
    if plain != exponent:
        cursor.add("TRANSPOSE", "T", (span[1], match.end()))
    return match.end()


def lowered(cursor: Cursor, match: re.Match[str]) -> int:
    """Lowered characters: the same as behind _."""
    plain = "".join(LOWERED[character] for character in match.group())
    if _is_below_a_sign(cursor):
        cursor.add("SUB", "_", (match.start(), match.start()))
        cursor.add_within("LBRACE", plain, "RBRACE", match.span())
    elif plain.isalnum() and plain.isascii():
        return _below_value(cursor, plain, match.start(), match.span())
    else:
        _last_value(cursor, match.span())
        cursor.add_within("LBRACKET", plain, "RBRACKET", match.span())
    return match.end()


def below(cursor: Cursor, match: re.Match[str]) -> int:
    """What stands behind _: of ∇ or Σ it follows; of a value it is an index, a size, or a part of its name."""
    if _is_below_a_sign(cursor):
        cursor.add("SUB", "_", match.span())
        cursor.is_single = cursor.is_latex
        return match.end()
    simple = _BELOW.match(cursor.text, match.end())
    if simple is None:
        return _below_in_braces(cursor, match)
    group = simple.lastindex or 1
    start, end = simple.span(group)
    if group == 1 and cursor.is_latex:
        end = start + 1
    return _below_value(cursor, cursor.text[start:end], start, (match.start(), end if group == 1 else simple.end()))


def _is_below_a_sign(cursor: Cursor) -> bool:
    """Whether what stands below belongs to ∇, ∇² or Σ."""
    kinds = [mark.kind for mark in cursor.marks[-5:]]
    return kinds[-1:] in (["NABLA"], ["SUM"]) or "NABLA" in (*kinds[-3:-2], *kinds[-5:-4]) and "POWER" in kinds


def _below_in_braces(cursor: Cursor, match: re.Match[str]) -> int:
    """The indices of `X_{i, j}` and `x_{k+1}`, the size of `I_{n+1}`: they follow, in brackets of another kind."""
    place, last = cursor.visible(match.end()), _last_value(cursor, match.span())
    if cursor.character(place) != "{" or last.kind == "NORM_CLOSE":
        raise error("nothing that can stand below follows _", "write x_i, x_{ij} or x_{i, j}", match.span())
    function = _constant(cursor, last)
    if function:
        cursor.marks[-1] = Mark("CALL", function, last.span)
    cursor.bracket_as(place, *(("LPAR", "RPAR") if function else ("LBRACKET", "RBRACKET")))
    return place


def _last_value(cursor: Cursor, span: Span) -> Mark:
    """The mark below whose value something stands."""
    if cursor.last not in VALUE_ENDS:
        raise error("what stands below belongs to nothing", "write it behind a name or a bracket", span)
    return cursor.marks[-1]


def _below_value(cursor: Cursor, content: str, start: int, span: Span) -> int:
    """A word below a value: `content`, which begins at `start`; `span` is the place of all that is below."""
    last = _last_value(cursor, span)
    whole = last.span[0], span[1]
    call = _constant_call(cursor, last, content)
    if last.kind == "NAME" and not call and not _is_entry(cursor, last.text, content):
        cursor.marks.pop()
        return name(cursor, f"{last.text}_{content}", whole)
    if last.kind == "NORM_CLOSE":
        cursor.marks[-1] = Mark("NORM_CLOSE", content, whole)
    elif call:
        cursor.marks.pop()
        cursor.add_call(*call, whole)
    elif last.kind == "NUMBER":
        raise error(f"the number {last.text} has nothing below it", "write a product with *", whole)
    else:
        _entry(cursor, content, start, span)
    return span[1]


def _constant_call(cursor: Cursor, last: Mark, content: str) -> tuple[str, tuple[str, ...]] | None:
    """The constant that `last` is with one word below it, and its arguments; `e_i` has a size that is left out."""
    function = _constant(cursor, last)
    if function == "delta":
        return function, tuple(content)
    if last.kind == "NAME" and last.text == "e" and "e" not in cursor.known.declared:
        return "basis", (content, cursor.open_size())
    return (function, (content,)) if function else None


def _constant(cursor: Cursor, last: Mark) -> str | None:
    """The constant that `last` is with its sizes or indices below it."""
    if last.kind == "NUMBER":
        return {"1": "ones", "0": "zeros"}.get(last.text)
    is_free = last.kind == "NAME" and last.text not in cursor.known.declared
    return {"I": "eye", "delta": "delta"}.get(last.text) if is_free else None


def _is_entry(cursor: Cursor, base: str, content: str) -> bool:
    """Whether one or two characters below a name are indices: letters of indices, or digits below a declared name."""
    if f"{base}_{content}" in cursor.known.declared or len(content) > 2:
        return False
    letters = _LETTERS_OF_INDICES | cursor.indices
    return all(c in letters or (c.isdigit() and base in cursor.known.declared) for c in content)


def _entry(cursor: Cursor, content: str, start: int, span: Span) -> None:
    cursor.add("LBRACKET", "[", (span[0], start))
    for place, index in enumerate(content, start):
        if place > start:
            cursor.add("COMMA", ",", (place, place))
        cursor.add("NUMBER" if index.isdigit() else "NAME", index, (place, place + 1))
    cursor.add("RBRACKET", "]", (span[1], span[1]))
