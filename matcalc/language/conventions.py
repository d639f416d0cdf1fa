"""What a name is on paper when nobody says: the conventions of the field, as tables.

A capital letter is a matrix, a small one a vector, a Greek one of the small letters a scalar; a letter may carry digits
or a part behind an underscore (`A11`, `x_0`, `c_bar`). Longer names say nothing.
"""

import re
from typing import Literal, TypeAlias

Look: TypeAlias = Literal["matrix", "vector", "scalar"]

GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lam", "lamda", "lambda",
    "mu", "nu", "xi", "omicron", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
"""The small letters by their names, `lam` for the one whose name Python keeps for itself; `pi` is the number."""

CAPITAL_GREEK = tuple(name.capitalize() for name in (*GREEK, "pi"))
"""The capital letters: matrices, such as a covariance `Sigma`."""

CONSTANTS = frozenset({"I"})
"""Letters that mean one matrix on paper: never taken to be an arbitrary one."""

WHOLE_LETTERS = frozenset("ijklmn")
"""Letters of whole numbers, where a scalar may be one: exponents."""

SIZE = "n"
"""The letter that is a size wherever it may be one."""

SIZE_NAMES = tuple("nmpqrstkldhuvw")
"""What sizes are called, in the order in which they are met."""

SCALAR_FUNCTIONS = frozenset("fgh")
"""Letters of functions: scalars where something is differentiated that is nothing but its name."""

_LETTER = re.compile(r"([A-Za-z]|[\u0391-\u03c9])(?:[0-9]+|_[A-Za-z0-9_]*)?")
_GREEK_NAME = re.compile(rf"({'|'.join((*GREEK, *CAPITAL_GREEK))})(?:[0-9]+|_[A-Za-z0-9_]*)?")


def look(name: str) -> Look | None:
    """What a name is by convention; nothing where it is no letter, or one that means a constant."""
    if name in CONSTANTS:
        return None
    if greek := _GREEK_NAME.fullmatch(name):
        return "matrix" if greek[1] in CAPITAL_GREEK else "scalar"
    letter = _LETTER.fullmatch(name)
    if letter is None:
        return None
    if letter[1].isupper():
        return "matrix"
    return "vector" if letter[1].isascii() else "scalar"


def letter_of(name: str) -> str:
    """The letter that a name starts with."""
    return name[:1]
