"""What the undeclared names of a claim are taken to be at first: a kind for each, every size unknown.

The use of a name decides, and where it says nothing the convention does (`matcalc.language.conventions`).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from matcalc.language.conventions import SCALAR_FUNCTIONS, SIZE, WHOLE_LETTERS, letter_of, look
from matcalc.language.declarations import TYPES
from matcalc.language.nodes import Kind
from matcalc.language.suggestions import SAID_OTHERWISE
from matcalc.language.usage import Mark, Usage

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a name is taken to be: its kind, its sizes as text, and what it depends on.

    `is_tentative` of an integer that is a size where sizes are equal to it.
    """

    kind: Kind
    sizes: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    is_tentative: bool = False

    def __str__(self) -> str:
        sizes = f"({', '.join(self.sizes)})" if self.sizes else ""
        of = f" of {', '.join(self.of)}" if self.of else ""
        return f"{self.kind}{sizes}{of}"

    @property
    def size_names(self) -> tuple[str, ...]:
        """The names in the sizes, in the order of the text."""
        return tuple(name for size in self.sizes for name in _NAME.findall(size))

    def with_sizes(self, values: Mapping[str, str]) -> "Guess":
        """The same with other sizes in the place of names."""
        return replace(self, sizes=tuple(_replaced(size, values) for size in self.sizes))


def _replaced(size: str, values: Mapping[str, str]) -> str:
    whole = values.get(size)
    return whole or _NAME.sub(lambda name: f"({values[name[0]]})" if name[0] in values else name[0], size)


def first_guesses(
    usage: Usage,
    undeclared: Collection[str],
    scalars: Collection[str],
    sources: Mapping[str, tuple[str, ...]],
    prefix: str,
) -> dict[str, Guess]:
    """A guess for each undeclared name of which anything can be said, in their order; `scalars` are known to be such.

    The unknown sizes are called by the prefix and a number, from 1.
    """
    guesses: dict[str, Guess] = {}
    count = 0
    for name in undeclared:
        guess = _guess(name, usage, name in scalars, sources.get(name, ()))
        if guess is not None:
            sizes = tuple(f"{prefix}{count + place}" for place in range(1, TYPES[guess.kind].sizes + 1))
            count += len(sizes)
            guesses[name] = replace(guess, sizes=sizes)
    return guesses


def size_prefix(names: Collection[str]) -> str:
    """A run of underscores that starts none of the names."""
    return "_" * (1 + max((len(name) - len(name.lstrip("_")) for name in names), default=0))


def _guess(name: str, usage: Usage, is_scalar: bool, of: tuple[str, ...]) -> Guess | None:
    marks = usage.marks.get(name, frozenset())
    whole = _whole(name, marks, name in usage.variables)
    if "applied" in marks:
        return _applied(name)
    if whole is not None:
        return whole
    is_exponent = "exponent" in marks and "array" not in marks
    is_scalar_function = bool(of) and letter_of(name) in SCALAR_FUNCTIONS and look(name) == "vector"
    if is_scalar or is_exponent or is_scalar_function:
        return Guess("scalar", of=of)
    match look(name):
        case None:
            return None
        case "scalar" if "array" in marks:
            return Guess("vector", of=of)
        case kind:
            return Guess(kind, of=of)


def _applied(name: str) -> Guess | None:
    """A function; what is a matrix by convention is multiplied, and what other systems call a function is none here."""
    if name in SAID_OTHERWISE or look(name) is None:
        return None
    return Guess("matrix") if look(name) == "matrix" else Guess("function")


def _whole(name: str, marks: frozenset[Mark], is_variable: bool) -> Guess | None:
    """An index or an integer, where the use of a name needs one."""
    if "index" in marks:
        return Guess("index")
    if marks & {"integer", "shift"}:
        return Guess("integer")
    if "array" in marks or is_variable:
        return None
    if "bound" in marks or name == SIZE:
        return Guess("integer", is_tentative=True)
    if "exponent" in marks and letter_of(name) in WHOLE_LETTERS:
        return Guess("integer")
    return None
