"""Tokens of claims and declarations, each with its place in the text.

The alphabet is ASCII: names of letters, digits and underscores, decimal numbers, and the operators of the grammar. What
people type instead (`^`, `A'`, `²`, `×`, look-alike letters) is a fault whose mend is read off a table; nothing is ever
converted silently.
"""

import keyword
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias

from matcalc.errors import Fault, MatcalcError
from matcalc.language.nodes import Span

MAX_LENGTH = 20_000
"""Characters of a claim or declaration."""
MAX_NAME = 64
"""Characters of a name."""
MAX_DIGITS = 50
"""Digits of a number, and the largest decimal exponent."""

TokenKind: TypeAlias = Literal["name", "number", "operator", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text; the last token of every text is an `end` of no characters."""

    kind: TokenKind
    text: str
    start: int

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Slip:
    """What people write and the language lacks: a pattern, what is wrong, and the mend.

    `{it}` stands for the text matched, `{before}` for the name or number in front of it.
    """

    pattern: str
    what: str
    mend: str


SLIPS: tuple[Slip, ...] = (
    Slip(r"\^\s*[({]?\s*\\?(T|top)\b[)}]?", "{it} is no transpose here", "write {before}.T"),
    Slip(r"\^\s*[({]?\s*-\s*1[)}]?", "{it} is no inverse here", "write inv({before}), or 1 / {before} entry by entry"),
    Slip(r"\^", "^ is no power here", "write **, or matrix_power(X, k) for a power of a matrix"),
    Slip(r"(?<=[\w)\]])['’′]+", "{it} is no transpose here", "write {before}.T, or {before}.prime(x) for a derivative"),
    Slip(r"ᵀ|⊤|ᵗ", "{it} is no transpose here", "write {before}.T"),
    Slip(r"⁻¹", "{it} is no inverse here", "write inv({before}), or 1 / {before} entry by entry"),
    Slip(r"[²³⁰¹⁴-⁹]", "{it} is no power here", "write ** and the exponent"),
    Slip(r"[·×∙⋅∗]", "{it} is no product here", "write @ for the matrix product, * entry by entry"),
    Slip(r"⊙|∘", "{it} is no product here", "write * for the product entry by entry"),
    Slip(r"⊗", "{it} is no product here", "write kron(A, B)"),
    Slip(r"[−–—]", "{it} is not the minus sign of the language", "write -"),
    Slip(r"‖|∥|\|\|", "{it} is no norm here", "write norm(x)"),
    Slip(r"\|", "| is not part of the language", "write abs(x) entry by entry, det(X) for a determinant"),
    Slip(r"√", "{it} is no root here", "write sqrt(x)"),
    Slip(r"∑|Σ", "{it} is no sum here", "write Sum(expr, r, lower, upper)"),
    Slip(r"∇|∂", "{it} is no derivative here", "write D(f, x) or grad(f, x)"),
    Slip(r"π", "{it} is not a letter of the language", "write pi"),
    Slip(r"λ", "{it} is not a letter of the language", "write lam"),
    Slip(r"!=|<=|>=|<|>|≠|≤|≥|≈|≡", "{it} is no equation", "a claim states equality: write =="),
    Slip(r":=", ":= is no equation", "write =="),
    Slip(r"//|%", "{it} is not part of the language", "write / for division"),
    Slip(r":", "slices are not part of the language", "write X @ basis(j, n) for column j of X m×n"),
    Slip(r"['’′\"“”`]", "{it} opens a text, and claims have none", "write names and numbers without quotes"),
    Slip(r";", "; is not part of the language", "write one claim an identity, a chain as a == b == c"),
    Slip(r"[{}]", "{it} is not part of the language", "write ( and )"),
    Slip(r"\\", "\\ starts no command here", "write the name alone, in Python syntax"),
    Slip(r"#", "claims have no comments", "put the remark into note"),
    Slip(r"\t", "a tab stands in the text", "write spaces"),
)

RESERVED: dict[str, str] = {
    "lambda": "call it lam",
    "and": "write two identities, or a chain a == b == c",
    "or": "write two identities",
    "not": "a claim states equality only",
    "if": "a claim has no conditions: state hypotheses in where",
    "else": "a claim has no conditions: state hypotheses in where",
    "for": "write Sum(expr, r, lower, upper)",
    "in": "write Sum(expr, r, lower, upper)",
    "is": "write ==",
    "True": "write 1",
    "False": "write 0",
    "None": "write 0",
}
"""Keywords of Python, with what to write instead; the others: another name."""

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>==|\*\*|//|:=|[-+*/@()\[\],.=])"
)
_REFUSED = ("//", ":=")
_SPACE = re.compile(r"[ \n]*")


def error(what: str, mend: str, span: Span) -> MatcalcError:
    """A fault at `span` of the text being read; whoever knows the text and its origin adds them."""
    return MatcalcError(Fault(what, mend, span=span))


def quotable(text: str) -> str:
    """The text as faults quote it: nothing of one that is too long."""
    return text if len(text) <= MAX_LENGTH else ""


def check_length(text: str) -> None:
    """Raise MatcalcError for a text that is too long to be read."""
    if len(text) > MAX_LENGTH:
        what = f"the text has {len(text)} characters, more than {MAX_LENGTH}"
        raise error(what, "split it up", (MAX_LENGTH, MAX_LENGTH + 1))


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of `text`, closed by an `end`. Raises MatcalcError at the first character that starts none."""
    check_length(text)
    tokens: list[Token] = []
    position = _after_space(text, 0)
    while position < len(text):
        token = _next_token(text, position, tokens[-1] if tokens else None)
        tokens.append(token)
        position = _after_space(text, token.span[1])
    tokens.append(Token("end", "", len(text)))
    return tuple(tokens)


def reserved_word(name: str) -> str | None:
    """The mend for a name that Python's syntax keeps for itself, else nothing."""
    return RESERVED.get(name, "choose another name") if keyword.iskeyword(name) else None


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _next_token(text: str, position: int, before: Token | None) -> Token:
    match = _TOKEN.match(text, position)
    if match is None or match.group() in _REFUSED:
        raise no_token(text, position, before)
    if match["name"] and len(match["name"]) > MAX_NAME:
        raise error(f"the name has more than {MAX_NAME} characters", "shorten it", match.span())
    if match["number"]:
        _check_number(text, match)
        return Token("number", match.group(), position)
    return Token("name" if match["name"] else "operator", match.group(), position)


def _check_number(text: str, match: re.Match[str]) -> None:
    number, span = match.group(), match.span()
    rest = re.compile(r"[A-Za-z_][A-Za-z0-9_]*").match(text, match.end())
    if rest is not None:
        raise _glued_number(number, rest.group(), (span[0], rest.end()))
    check_digits(number, span)


def check_digits(number: str, span: Span) -> None:
    """Raise MatcalcError for a number with too many digits, or with a 0 in front."""
    mantissa, _, exponent = number.lower().partition("e")
    if len(mantissa) > MAX_DIGITS or len(exponent) > 4 or abs(int(exponent or 0)) > MAX_DIGITS:
        raise error(f"the number has more than {MAX_DIGITS} digits", "give it a name: declare it as scalar", span)
    if re.match(r"0[0-9]", number) and number.isdigit():
        raise error(f"the number {number} starts with 0", f"write {int(number)}", span)


def _glued_number(number: str, rest: str, span: Span) -> MatcalcError:
    if rest in ("j", "J"):
        return error(f"{number}{rest} is complex", "the language is real", span)
    if number == "0" and rest[0] in "xXoObB":
        return error(f"{number}{rest} is no decimal number", "write its decimal digits", span)
    if re.fullmatch(r"_[0-9_]+", rest):
        return error(f"{number}{rest} is no number here", f"write {number}{rest.replace('_', '')}", span)
    return error(f"{number}{rest} has no operator between {number} and {rest}", f"write {number} * {rest}", span)


def no_token(text: str, position: int, before: Token | None = None) -> MatcalcError:
    """The fault of a character that starts no token, behind the token `before`."""
    name = "X" if before is None else "(…)" if before.kind == "operator" else before.text
    for slip in SLIPS:
        match = re.compile(slip.pattern).match(text, position)
        if match:
            what, mend = (part.format(it=match.group(), before=name) for part in (slip.what, slip.mend))
            return error(what, mend, match.span())
    return _strange_character(text[position], (position, position + 1))


def _strange_character(character: str, span: Span) -> MatcalcError:
    code = f"U+{ord(character):04X}"
    label = unicodedata.name(character, "")
    plain = unicodedata.normalize("NFKC", character)
    if not character.isprintable() or character.isspace():
        return error(f"the text has the invisible character {code}", "write a space, or remove it", span)
    if plain != character and plain.isascii():
        return error(f"{character} ({code}) is not {plain}", f"type a plain {plain}", span)
    if label.startswith("GREEK"):
        return error(f"{character} is not a letter of the language", f"write {label.split()[-1].lower()}", span)
    if character.isalpha():
        what = f"{character} ({code}, {label.lower()}) is not a letter of the language"
        return error(what, "names are made of a-z, A-Z, 0-9 and _", span)
    return error(f"{character} is not part of the language", "remove it", span)
