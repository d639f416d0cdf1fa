"""From a text as on paper to its marks: signs, commands of LaTeX, words, raised and lowered characters.

LaTeX and Unicode are one notation here: a command is read as the sign that it prints. What only the neighbourhood can
tell is decided by rules that look at nothing but the text and the declared names: whether a bar opens or closes (it
closes as soon as it can), whether a bracket behind a name holds its argument or a factor, what stands below a name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matcalc.errors import MatcalcError, did_you_mean, near_names
from matcalc.language.functions import is_known
from matcalc.language.nodes import Span
from matcalc.language.tokens import check_digits, error
from matcalc.notation.brackets import LETTER_D
from matcalc.notation.cursor import VALUE_ENDS, Cursor, Mark, Step, Steps, behind_placing
from matcalc.notation.names import bold_one, letter, name, ones, word
from matcalc.notation.scripts import below, caret, lowered, raised
from matcalc.notation.signs import (
    ACCENTS,
    CLOSING,
    COMMANDS,
    FONTS,
    FRACTIONS,
    FUNCTION_NAMES,
    IGNORED,
    LETTERS,
    LOWERED,
    NAMES,
    OPENING,
    RAISED,
    REFUSED,
    SIGNS,
    WORDS,
)
from matcalc.notation.words import Known


@dataclass(frozen=True, slots=True)
class Scan:
    """The marks of a text, and the names made for sizes that it leaves out."""

    marks: tuple[Mark, ...]
    open_sizes: tuple[str, ...]


def scan(text: str, known: Known) -> Scan:
    """The marks of `text`. Raises MatcalcError at the first character or command that has none."""
    cursor = Cursor(text, known, "\\" in text, _STEPS)
    cursor.run()
    return Scan(tuple(cursor.marks), tuple(cursor.open_sizes))


# Signs, numbers and brackets

_OPENERS = {"(": "LPAR", "[": "LBRACKET", "{": "LBRACE"}
_CLOSERS = {")": "RPAR", "]": "RBRACKET", "}": "RBRACE"}


def _space(cursor: Cursor, match: re.Match[str]) -> int:
    return match.end()


def _number(cursor: Cursor, match: re.Match[str]) -> int:
    span = match.start(), match.start() + 1 if cursor.is_single else match.end()
    number = cursor.text[slice(*span)]
    check_digits(number, span)
    cursor.add("NUMBER", number, span)
    return span[1]


def _fraction(cursor: Cursor, match: re.Match[str]) -> int:
    cursor.add("NUMBER", "/".join(FRACTIONS[match.group()]), match.span())
    return match.end()


def _bracket(cursor: Cursor, match: re.Match[str]) -> int:
    """A bracket, as it was decided where the pair opens; a square one behind a value holds the indices of an entry."""
    bracket, place = match.group(), match.start()
    if bracket == "[" and place not in cursor.openers and (cursor.is_latex or cursor.last not in VALUE_ENDS):
        cursor.bracket_as(place, "LPAR", "RPAR")
    kind = cursor.openers.get(place, cursor.closers.get(place, {**_OPENERS, **_CLOSERS}[bracket]))
    if kind:
        cursor.fence(kind)
        cursor.add(kind, bracket, match.span())
    elif bracket == "}":
        cursor.end_hidden(place)
    return match.end()


def _refused(cursor: Cursor, match: re.Match[str]) -> int:
    what, mend = REFUSED[match.group()]
    raise error(f"{match.group()} {what}", mend, match.span())


def _sign(cursor: Cursor, match: re.Match[str]) -> int:
    is_two_bars = match.group() == "||" and cursor.fences[-1:] == ["BAR"]
    start, end = match.span()
    return _sign_at(cursor, "|" if is_two_bars else match.group(), (start, start + 1 if is_two_bars else end))


def _sign_at(cursor: Cursor, sign: str, span: Span) -> int:
    kind, text = SIGNS[sign]
    if kind in ("NORM", "BAR"):
        return _bar(cursor, kind, span)
    if sign == "^":
        return caret(cursor, span)
    if sign == "∂":
        return _del(cursor, span)
    if sign == "⊙" and cursor.character(span[1]) in RAISED:
        cursor.power = "**"
        return span[1]
    cursor.add(kind, text, span)
    return span[1]


def _bar(cursor: Cursor, kind: str, span: Span) -> int:
    """A bar closes what it can close, unless a command says on which side it stands."""
    is_open = cursor.fences[-1:] == [kind]
    closes = cursor.side == "right" or (is_open and cursor.last in VALUE_ENDS and cursor.side != "left")
    cursor.side = ""
    if not closes:
        cursor.fences.append(kind)
    elif is_open:
        cursor.fences.pop()
    cursor.add(f"{kind}_CLOSE" if closes else f"{kind}_OPEN", "", span)
    return span[1]


# Commands

_BAR_FOLLOWS = re.compile(r"\s*(?:\||‖|∥|\\\||\\[lr]?[vV]ert)")
_ONE = re.compile(r"\s*(?:\{\s*1\s*\}|1)")
_HELD_WORD = re.compile(r"\s*(?:\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}|([A-Za-z]))")
_HELD_LETTER = re.compile(r"\s*(?:\{\s*)?(?:\\(?:mathbf|boldsymbol|bm)\s*(?:\{\s*)?)?(?:\\([A-Za-z]+)|([A-Za-z]))")
_TWO_CHARACTERS = re.compile(r"\s*([0-9A-Za-z])\s*([0-9A-Za-z])")
_LETTER_D = re.compile(rf"{LETTER_D}|d")
_ONLY_D_ABOVE = re.compile(rf"\s*\{{\s*(?:\\partial|∂|{LETTER_D})\s*\}}")


def _command(cursor: Cursor, match: re.Match[str]) -> int:
    command = match.group()[1:]
    if command in IGNORED:
        return _placing(cursor, command, match.end())
    if command in COMMANDS:
        cursor.side = "left" if command in OPENING else "right" if command in CLOSING else cursor.side
        return _commanded_sign(cursor, COMMANDS[command], match.span())
    if command in _COMMANDS:
        return _COMMANDS[command](cursor, match)
    if command in NAMES or command in FUNCTION_NAMES or (is_known(command) and len(command) > 1):
        return name(cursor, NAMES.get(command, command), match.span())
    raise _unknown_command(command, match.span())


def _commanded_sign(cursor: Cursor, sign: str, span: Span) -> int:
    if sign not in "([)]":
        return _sign_at(cursor, sign, span)
    kind = "LPAR" if sign in "([" else "RPAR"
    cursor.fence(kind)
    cursor.add(kind, sign, span)
    return span[1]


def _placing(cursor: Cursor, command: str, end: int) -> int:
    r"""A command without a meaning; but \left and \right tell on which side a bar stands, and a dot may follow them."""
    if command not in ("left", "right"):
        return end
    cursor.side = command if _BAR_FOLLOWS.match(cursor.text, end) else ""
    return end + 1 if cursor.character(end) == "." else end


def _font(cursor: Cursor, match: re.Match[str]) -> int:
    one = _ONE.match(cursor.text, match.end())
    if one:
        return ones(cursor, (match.start(), one.end()))
    cursor.lead = match.start() if cursor.lead is None else cursor.lead
    cursor.hide(behind_placing(cursor.text, match.end()))
    return match.end()


def _held_word(cursor: Cursor, match: re.Match[str]) -> int:
    held = _HELD_WORD.match(cursor.text, match.end())
    if held is None:
        raise error(f"{match.group()} holds no name", f"write {match.group()}{{name}}", match.span())
    text, span = held[1] or held[2], (match.start(), held.end())
    if text == "d" and cursor.character(cursor.visible(held.end())) != "(":
        cursor.prefix = "d"
        return held.end()
    return name(cursor, text, span)


def _accent(cursor: Cursor, match: re.Match[str]) -> int:
    """A letter with a mark above it, in braces or not."""
    held = _HELD_LETTER.match(cursor.text, match.end())
    text = held and (held[2] or NAMES.get(held[1]))
    if held is None or text is None:
        raise error(f"{match.group()} holds no letter", f"write {match.group()}{{x}}", match.span())
    braces = (place for place in range(*held.span()) if cursor.character(place) == "{")
    for place in braces:
        cursor.hide(place)
    accent = match.group()[1:].removeprefix("wide").replace("overline", "bar")
    return name(cursor, f"{text}_{accent}", (match.start(), held.end()))


def _frac(cursor: Cursor, match: re.Match[str]) -> int:
    is_derivative = _ONLY_D_ABOVE.match(cursor.text, match.end())
    cursor.add("FRAC_BY" if is_derivative else "FRAC", "over", match.span())
    two = _TWO_CHARACTERS.match(cursor.text, match.end())
    if two is None:
        return match.end()
    for part in (1, 2):
        cursor.add_within("LBRACE", two[part], "RBRACE", two.span(part))
    return two.end()


def _root(cursor: Cursor, match: re.Match[str]) -> int:
    at = cursor.visible(match.end())
    if cursor.character(at) == "[":
        raise error("only the square root is a function here", "write a power such as ^{1/3}", match.span())
    if cursor.character(at) != "{":
        return _sign_at(cursor, "√", match.span())
    cursor.add("CALL", "sqrt", match.span())
    cursor.bracket_as(at, "LPAR", "RPAR")
    return match.end()


def _letter_d(cursor: Cursor, position: int) -> int:
    """The d of a derivative."""
    match = _LETTER_D.match(cursor.text, position)
    assert match is not None, cursor.text[position:]
    return _del(cursor, match.span())


def _del(cursor: Cursor, span: Span) -> int:
    """∂, or d like it: of `∂f`, or of `∂/∂x`, which needs something to be applied to."""
    cursor.add("BY" if cursor.character(cursor.visible(span[1])) == "/" else "DEL", "∂", span)
    return span[1]


_COMMANDS: dict[str, Step] = {
    **dict.fromkeys(FONTS, _font),
    **dict.fromkeys(WORDS, _held_word),
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(("frac", "dfrac", "tfrac"), _frac),
    "sqrt": _root,
}
"""Commands that stand for no sign and no name."""


def _unknown_command(command: str, span: Span) -> MatcalcError:
    if not command.isalpha():
        return error(f"\\{command} is no command that is read", "remove it", span)
    known = (*COMMANDS, *NAMES, *_COMMANDS, "log", "exp", "det", "tr")
    near = [f"\\{word}" for word in near_names(command, (word for word in known if word.isalpha()))]
    mend = did_you_mean(near) or f"write \\operatorname{{{command}}} for a name, or remove it"
    return error(f"\\{command} is no command that is read", mend, span)


# The table of all that can stand in a text


def _one_of(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


_STEPS = Steps(
    re.compile(
        r"(?P<space>[ \n\t~$&]+)"
        r"|(?P<command>\\(?:[A-Za-z]+\*?|[^A-Za-z]))"
        r"|(?P<number>(?:[0-9]+(?:\.[0-9]+|\.(?![*/^'.]))?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
        r"|(?P<word>[A-Za-z][A-Za-z0-9]*)"
        rf"|(?P<letter>{_one_of(LETTERS)})"
        rf"|(?P<fraction>{_one_of(FRACTIONS)})"
        rf"|(?P<raised>(?:{_one_of(RAISED)})+)"
        rf"|(?P<lowered>(?:{_one_of(LOWERED)})+)"
        r"|(?P<bold_one>𝟏|𝟙)"
        r"|(?P<below>_)"
        r"|(?P<bracket>[()\[\]{}])"
        rf"|(?P<refused>{_one_of(REFUSED)})"
        rf"|(?P<sign>{_one_of(SIGNS)})",
    ),
    {
        **{"space": _space, "command": _command, "number": _number, "word": word, "letter": letter, "sign": _sign},
        **{"fraction": _fraction, "raised": raised, "lowered": lowered, "bold_one": bold_one, "below": below},
        **{"bracket": _bracket, "refused": _refused},
    },
    _letter_d,
)
