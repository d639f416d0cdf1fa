"""One total order of indices, factors, terms and expressions, by what they are and never by how they hash."""

from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from matcalc.components.exponents import Exponent
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Head,
    Index,
    Indicator,
    Opaque,
    Parameter,
    Partial,
    Range,
    Slot,
    Split,
    Tangent,
    Term,
    Triangle,
)
from matcalc.language.nodes import Size

Key: TypeAlias = tuple[Any, ...]
"""Nested tuples of numbers and text that compare position by position."""

REMEMBERED = 1 << 15


@lru_cache(maxsize=REMEMBERED)
def size_key(size: Size) -> Key:
    """A polynomial by its terms."""
    return tuple((monomial, Fraction(int(c.numerator), int(c.denominator))) for monomial, c in size.terms())


def index_key(index: Index) -> Key:
    """Slots first, then fixed positions, then bound indices."""
    match index:
        case Slot():
            return (0, index.number, ())
        case Fixed():
            return (1, 0, size_key(index.position))
        case Bound():
            return (2, index.number, ())


def exponent_key(exponent: Exponent) -> Key:
    """Numbers before polynomials."""
    return (0, exponent, ()) if isinstance(exponent, Fraction) else (1, 0, size_key(exponent))


@lru_cache(maxsize=REMEMBERED)
def head_key(head: Head) -> Key:  # noqa: C901 one case for each head
    """(kind, name, derivatives, contained expressions, whole numbers)."""
    match head:
        case Parameter():
            return (0, head.name, (), (), ())
        case Declared():
            return (1, head.name, head.by, (), ())
        case Tangent():
            return (2, head.name, (), (), ())
        case Delta():
            return (3, "", (), (), ())
        case Split():
            return (4, "", (), (), ())
        case Elementwise():
            return (5, head.function, (head.order,), (entries_key(head.body),), ())
        case Group():
            return (6, "", (), (entries_key(head.body),), ())
        case Frozen():
            return (7, "", (), (entries_key(head.body),), ())
        case Partial():
            return (8, head.variable, (), (entries_key(head.body),), ())
        case Opaque():
            inner = tuple(entries_key(body) for body in head.bodies)
            marks = (int(head.symmetric), int(head.skew))
            return (9, head.function, marks, inner, tuple(size_key(p) for p in head.parameters))
        case Triangle():
            return (11, "", (), (), ())
        case Indicator():
            return (12, "", (int(head.equation),), (), (size_key(head.polynomial),))
        case Range():
            return (10, head.variable, (int(head.integral),), (entries_key(head.body),), (size_key(head.count),))


def factor_key(factor: Factor) -> Key:
    """By head, then power, then indices."""
    indices = tuple(index_key(index) for index in factor.indices)
    return (head_key(factor.head), exponent_key(factor.exponent), indices)


def product_key(term: Term) -> Key:
    """A term but for its coefficient: degree, factors in the order they stand, sizes of its sums."""
    return (
        len(term.factors),
        tuple(factor_key(factor) for factor in term.factors),
        tuple(size_key(size) for size in term.bound),
    )


@lru_cache(maxsize=REMEMBERED)
def entries_key(entries: Entries) -> Key:
    """Slots, then terms in the order they stand."""
    slots = tuple(size_key(size) for size in entries.slots)
    return (slots, tuple((product_key(term), term.coefficient) for term in entries.terms))
