"""Which matrices may be taken to be invertible, and which scalars not to be zero.

A claim says nothing where its sides are not defined, so what it inverts is invertible. Besides, an equation of
continuous sides that holds on a dense set holds throughout: a bare symbol may be taken to be invertible, or not zero,
where no side jumps.
"""

from collections.abc import Iterator
from fractions import Fraction

from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Entries,
    Factor,
    Fixed,
    Head,
    Index,
    Opaque,
    Parameter,
    Slot,
    Term,
)

REGULAR = frozenset({"invertible", "pd", "orthogonal"})
"""Properties that make a symbol invertible."""


def is_invertible(body: Entries, facts: Facts) -> bool:
    """Whether a matrix is known to be invertible, or a product of such matrices and of scalars that are not zero."""
    if body in facts.invertible:
        return True
    if len(body.terms) != 1 or not body.terms[0].coefficient:
        return False
    term = body.terms[0]
    scalars = [f for f in term.factors if not any(isinstance(i, Bound | Slot) for i in f.indices)]
    matrices = [f for f in term.factors if f not in scalars]
    if not all(is_nonzero(factor, facts) for factor in scalars):
        return False
    bare = Entries(body.slots, (Term(Fraction(1), term.bound, tuple(matrices)),))
    if bare in facts.invertible or _is_diagonal(bare, facts):
        return True
    chain = list(_chain(bare))
    return len(chain) == len(matrices) and bool(chain) and all(_is_regular(factor.head, facts) for factor in chain)


def _is_diagonal(body: Entries, facts: Facts) -> bool:
    """Whether this is an identity matrix, or one whose diagonal entries are not zero: Π δ times what is not zero."""
    half, factors = len(body.slots) // 2, body.terms[0].factors
    pairs = {frozenset((Slot(k), Slot(half + k))) for k in range(half)}
    deltas = [f for f in factors if isinstance(f.head, Delta) and f.exponent == 1]
    values = [f for f in factors if f not in deltas]
    identity = len(deltas) == half and {frozenset(f.indices) for f in deltas} == pairs
    return identity and not body.terms[0].bound and all(is_nonzero(factor, facts) for factor in values)


def _chain(body: Entries) -> Iterator[Factor]:
    """The factors of a product of square matrices of the body's size, from its rows to its columns."""
    term, here = body.terms[0], Slot(0)
    left, size = list(term.factors), body.slots[0] if body.slots else None
    ends: list[Index] = [here]
    while left and len(body.slots) == 2:
        meeting = [f for f in left if ends[-1] in f.indices]
        if len(meeting) != 1 or len(meeting[0].indices) != 2 or meeting[0].exponent != 1:
            return
        (factor,) = meeting
        first, second = factor.indices
        following = second if first == ends[-1] else first
        known = following == Slot(1) or (isinstance(following, Bound) and term.bound[following.number] == size)
        if not known or following in ends:
            return
        ends.append(following)
        left.remove(factor)
        yield factor


def _is_regular(head: Head, facts: Facts) -> bool:
    """Whether a factor of a product is an invertible matrix."""
    match head:
        case Declared(name=name, by=()):
            properties = facts.symbols[name].properties
            dense = facts.continuous and not properties & {"skew"}
            return bool(properties & REGULAR) or dense
        case Opaque(function="inv" | "expm"):
            return True
        case Opaque(function="matrix_power" | "adjugate", bodies=(body,)):
            return is_invertible(body, facts)
        case _:
            return False


def is_nonzero(factor: Factor, facts: Facts) -> bool:
    """Whether an entry is not zero wherever the claim is defined, or may be taken not to be."""
    head, power = factor.head, factor.exponent
    if isinstance(power, Fraction) and power < 0:
        return True
    if facts.is_positive(head) or head in facts.nonzero:
        return True
    match head:
        case Parameter(name=name):
            return name in facts.sizes
        case Declared(name=name, by=()):
            properties = facts.symbols[name].properties
            fixed = any(isinstance(i, Fixed) for i in factor.indices)
            diagonal = len({*factor.indices}) < 2 and properties.isdisjoint({"skew", "orthogonal"})
            return "nonzero" in properties or (facts.continuous and diagonal and not fixed)
        case Opaque(function="det", bodies=(body,)):
            return is_invertible(body, facts)
        case _:
            return False
