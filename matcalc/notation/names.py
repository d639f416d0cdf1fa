"""The marks of words and letters: names, functions, constants."""

import re

from matcalc.language.nodes import Span
from matcalc.language.tokens import MAX_NAME, error
from matcalc.notation.cursor import Cursor
from matcalc.notation.signs import LETTERS, NAMES
from matcalc.notation.words import check_reserved, pieces

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OF_ONES = re.compile(r"\s*\(\s*([01])\s*\)")
_PRIMES = re.compile("['′’]*")


def word(cursor: Cursor, match: re.Match[str]) -> int:
    """A declared name as long as it can be, else what the word is: see `matcalc.notation.words`."""
    start = match.start()
    if cursor.is_single:
        return name(cursor, cursor.text[start], (start, start + 1))
    identifier = _IDENTIFIER.match(cursor.text, start)
    if identifier and identifier.group() in cursor.known.declared:
        return name(cursor, identifier.group(), identifier.span())
    entry = _OF_ONES.match(cursor.text, match.end()) if match.group() in ("vector", "matrix") else None
    if entry:
        return _constant(cursor, match.group(), entry[1], (start, entry.end()))
    end = start
    for piece in pieces(match.group(), cursor.known):
        start, end = end, name(cursor, piece, (end, end + len(piece)))
    return end


def letter(cursor: Cursor, match: re.Match[str]) -> int:
    """A Greek letter; Σ with something below is a sum."""
    if match.group() == "Σ" and cursor.has_script(match.end()):
        cursor.add("SUM", "Sum", match.span())
        return match.end()
    return name(cursor, LETTERS[match.group()], match.span())


def bold_one(cursor: Cursor, match: re.Match[str]) -> int:
    """The vector of ones."""
    return ones(cursor, match.span())


def ones(cursor: Cursor, span: Span) -> int:
    """A vector of ones, with its size below or without."""
    if cursor.has_script(span[1]):
        cursor.add("NUMBER", "1", span)
    else:
        cursor.add_call("ones", (cursor.open_size(),), span)
    return span[1]


def name(cursor: Cursor, text: str, span: Span) -> int:
    """One name: a function with its primes if its argument follows, else a value."""
    if len(text) > MAX_NAME:
        raise error(f"the name has more than {MAX_NAME} characters", "shorten it", span)
    text, cursor.prefix = cursor.prefix + NAMES.get(text, text), ""
    check_reserved(text, span)
    at = cursor.visible(span[1])
    primes = _count_primes(cursor.text, at)
    bracket = cursor.visible(at + primes)
    function = cursor.known.applies(text) if _opens_argument(cursor, bracket, text) else None
    if function is None:
        return _value(cursor, text, span)
    cursor.add("CALL", function + ".prime" * primes, span)
    cursor.bracket_as(bracket, "LPAR", "RPAR")
    return at + primes if primes else span[1]


def _count_primes(text: str, position: int) -> int:
    primes = _PRIMES.match(text, position)
    return len(primes.group()) if primes else 0


def _opens_argument(cursor: Cursor, place: int, text: str) -> bool:
    """Whether a bracket stands there that holds an argument: a round one, or in LaTeX any behind a function."""
    is_any = cursor.is_latex and cursor.known.function(text) is not None
    return cursor.character(place) in (("(", "{", "[") if is_any else ("(",)) and cursor.closers.get(place) is None


def _value(cursor: Cursor, text: str, span: Span) -> int:
    is_declared = text in cursor.known.declared
    if text in ("I", "eye") and not is_declared and not cursor.has_script(span[1]):
        cursor.add_call("eye", (cursor.open_size(),), span)
        return span[1]
    is_letter = len(text) == 1 or text in NAMES.values() or is_declared
    function = None if is_letter else cursor.known.function(text)
    cursor.add("PREFIX" if function else "NAME", function or text, span)
    return span[1]


def _constant(cursor: Cursor, kind: str, entry: str, span: Span) -> int:
    """The constants `vector(1)` and `matrix(0)` of matrixcalculus.org, whose sizes are left out."""
    sizes = tuple(cursor.open_size() for _ in range(1 if kind == "vector" else 2))
    cursor.add_call("ones" if entry == "1" else "zeros", sizes, span)
    return span[1]
