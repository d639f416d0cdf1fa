"""What a word on paper is: one name or several side by side, a function, a letter by its name.

A word that is declared, or that the language or the tables know, is one name. Any other is cut into declared names, or
into single letters (with their digits, as in `A1`) if all but the last are capitals: `Ax`, `AXB`, `ABx_1`. Else it is
one name that nobody declared, as a slip in the spelling of a function is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count

from matcalc.language.conventions import SIZE_NAMES
from matcalc.language.functions import is_known
from matcalc.language.suggestions import SAID_OTHERWISE
from matcalc.language.tokens import error, reserved_word
from matcalc.notation.signs import FUNCTION_LETTERS, FUNCTION_NAMES, NAMES

_FUNCTION = re.compile(r"\s*function\b")
_INDEX = re.compile(r"\s*(?:index|integer)\b")
_LETTER = re.compile(r"[A-Za-z](?:[0-9]+)?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Known:
    """The declarations `where` as a reader of names needs them; they may be faulty."""

    declared: frozenset[str]
    functions: frozenset[str]
    indices: frozenset[str]
    """The declared indices and integers."""
    longest: tuple[str, ...]
    """The declared names, the longest first."""
    words: frozenset[str]
    """Every word of the declarations, the names of sizes among them."""

    def function(self, name: str) -> str | None:
        """The function that `name` is wherever it stands, as the tree calls it; what is declared is what it is."""
        if name in self.declared:
            return name if name in self.functions else None
        return FUNCTION_NAMES.get(name) or (name if is_known(name) else None)

    def applies(self, name: str) -> str | None:
        """The function that `name` is if a bracket follows, else nothing: then the bracket is a factor."""
        function = self.function(name)
        if function or name in self.declared:
            return function
        if name == "sigma":
            return "sigmoid"
        letter = name.split("_")[0]
        return name if letter in FUNCTION_LETTERS or (len(letter) > 1 and letter not in NAMES.values()) else None


def known_names(where: Mapping[str, str]) -> Known:
    """What is known of the names declared in `where`."""
    functions = frozenset(name for name, text in where.items() if _FUNCTION.match(text))
    indices = frozenset(name for name, text in where.items() if _INDEX.match(text))
    longest = tuple(sorted(where, key=lambda name: (-len(name), name)))
    words = frozenset(word for text in where.values() for word in _WORD.findall(text))
    return Known(frozenset(where), functions, indices, longest, words | frozenset(where))


def fresh_sizes(taken: Iterable[str]) -> Iterator[str]:
    """Names for sizes that paper leaves out: n, m, p, …, without those that are taken."""
    used = frozenset(taken)
    numbered = (f"n_{number}" for number in count(1))
    return (name for name in chain(SIZE_NAMES, numbered) if name not in used)


def pieces(word: str, known: Known) -> tuple[str, ...]:
    """The names, side by side, that a word of letters and digits is."""
    if _is_one(word, known):
        return (word,)
    parts = tuple(_declared_pieces(word, known))
    if all(part in known.declared for part in parts):
        return parts
    letters = tuple(_LETTER.findall(word))
    is_product = all(letter[0].isupper() for letter in letters[:-1]) and not letters[-1][1:].isalpha()
    return letters if is_product and len(letters) > 1 else (word,)


def check_reserved(name: str, span: tuple[int, int]) -> None:
    """Raise MatcalcError for a word that the language keeps for its syntax."""
    mend = reserved_word(name)
    if mend is not None:
        raise error(f"{name} is reserved by the syntax", mend, span)


def _is_one(word: str, known: Known) -> bool:
    is_differential = word.startswith("d") and _LETTER.fullmatch(word[1:]) is not None
    is_said = known.function(word) is not None or word in NAMES or word in SAID_OTHERWISE
    return word in known.declared or is_differential or is_said or reserved_word(word) is not None


def _declared_pieces(word: str, known: Known) -> Iterator[str]:
    """The word cut into the longest declared names from its left; a part that is none is left as it is."""
    while word:
        piece = next((name for name in known.longest if word.startswith(name)), word)
        yield piece
        word = word[len(piece) :]
