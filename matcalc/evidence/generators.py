"""What the generators of a tower are: entries, and functions of polynomials in the generators before them.

Each docstring states the relation that holds at every point where the generator is defined, and all that is used of it.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

Polynomial: TypeAlias = Any
"""`sympy.polys.rings.PolyElement` over QQ; SymPy does not type its rings."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a symbol, positions from 1: any real number, or any positive one."""

    symbol: str
    row: int = 1
    column: int = 1
    positive: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A number d with d² = 1, the sign of a column of a symbol."""

    symbol: str
    column: int


@dataclass(frozen=True, slots=True)
class CirclePi:
    """The number π."""


@dataclass(frozen=True, slots=True)
class Reciprocal:
    """w with w·p = 1, where p ≠ 0."""

    of: Polynomial


@dataclass(frozen=True, slots=True)
class Root:
    """r with rᵏ = p; for p ≥ 0 the one that is not negative."""

    of: Polynomial
    degree: int


@dataclass(frozen=True, slots=True)
class Sign:
    """g = −1, 0 or 1 as p is negative, zero or positive: g³ = g and g² p = p."""

    of: Polynomial


@dataclass(frozen=True, slots=True)
class Logarithm:
    """log |p|, where p ≠ 0."""

    of: Polynomial


@dataclass(frozen=True, slots=True)
class Quotient:
    """A rational function of entries and functions, in lowest terms where it is short."""

    numerator: Polynomial
    denominator: Polynomial


@dataclass(frozen=True, slots=True)
class Exponential:
    """exp(u/scale)."""

    of: Quotient


@dataclass(frozen=True, slots=True)
class Cosine:
    """cos(u/scale)."""

    of: Quotient


@dataclass(frozen=True, slots=True)
class Sine:
    """sin(u/scale), with sin² = 1 − cos²."""

    of: Quotient


@dataclass(frozen=True, slots=True)
class Value:
    """A derivative of an arbitrary function at arguments, of that order in each; nothing else is known of it.

    Of a function with vectors or matrices as values it is that of the entry at `position`, counted from 1.
    """

    function: str
    orders: tuple[int, ...]
    at: tuple[Quotient, ...]
    position: tuple[int, int] | None = None


Generator: TypeAlias = (
    Entry | Signature | CirclePi | Reciprocal | Root | Sign | Logarithm | Exponential | Cosine | Sine | Value
)
