"""Which matrices may be taken to be invertible, and which scalars not to be zero.

A claim says nothing where its sides are not defined, so what it inverts is invertible. Besides, an equation of
continuous sides that holds on a dense set holds throughout: a bare symbol may be taken to be invertible, or not zero,
where no side jumps, and so may sums such as X + A B.
"""

from collections.abc import Iterator
from fractions import Fraction

from matcalc.components.exponents import is_natural
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Entries,
    Factor,
    Fixed,
    Group,
    Head,
    Index,
    Opaque,
    Parameter,
    Slot,
    Tangent,
    Term,
    names_in,
    reindex,
)

REGULAR = frozenset({"invertible", "pd", "orthogonal"})
"""Properties that make a symbol invertible."""


def is_invertible(body: Entries, facts: Facts) -> bool:
    """Whether a matrix is known to be invertible, or a product of such matrices and of what is not zero."""
    if body in facts.invertible or _is_generic(body, facts):
        return True
    if len(body.terms) != 1 or not body.terms[0].coefficient:
        return False
    term = body.terms[0]
    scales = [f for f in term.factors if _is_scale(f)]
    matrices = [f for f in term.factors if f not in scales]
    if not all(is_nonzero(factor, facts) for factor in scales):
        return False
    bare = Entries(body.slots, (Term(Fraction(1), term.bound, tuple(matrices)),))
    if bare in facts.invertible or _is_diagonal(bare, facts):
        return True
    if len(body.slots) > 2:
        parts = _kronecker_factors(bare)
        return len(parts) > 1 and all(is_invertible(part, facts) for part in parts)
    chain = list(_chain(bare))
    return len(chain) == len(matrices) and bool(chain) and all(_is_regular(factor.head, facts) for factor in chain)


def _is_scale(factor: Factor) -> bool:
    """Whether a factor of a matrix is a scalar, or belongs to rows or to columns alone."""
    indices = [index for index in factor.indices if isinstance(index, Bound | Slot)]
    return not indices or (len(factor.indices) == 1 and isinstance(indices[0], Slot))


def _is_generic(body: Entries, facts: Facts) -> bool:
    """Whether a sum is invertible on a dense set: where some symbols are 0, an invertible term is all that is left.

    The determinant is a polynomial in the entries of these symbols, so it is not 0 but on a set without inner points.
    """
    names = {*_names(body)}
    if not facts.continuous or len(body.terms) < 2 or any(facts.symbols[name].of for name in names):
        return False
    open_ones = {name for name in names if "orthogonal" not in facts.symbols[name].properties}
    inside = {name for term in body.terms for factor in term.factors if not _is_entry(factor) for name in _of(factor)}
    for number, term in enumerate(body.terms):
        alone = Entries(body.slots, (term,))
        zero = open_ones - inside - {*_names(alone)}
        others = (t for k, t in enumerate(body.terms) if k != number)
        if all(zero & {*_names(Entries((), (t,)))} for t in others) and is_invertible(alone, facts):
            return True
    return False


def _is_entry(factor: Factor) -> bool:
    """Whether this is a natural power of an entry of a symbol."""
    return isinstance(factor.head, Declared) and not factor.head.by and is_natural(factor.exponent)


def _of(factor: Factor) -> Iterator[str]:
    return _names(Entries((), (Term(Fraction(1), (), (factor,)),)))


def _names(entries: Entries) -> Iterator[str]:
    """The names of the symbols in an expression, at any depth."""
    yield from (head.name for head in names_in(entries) if isinstance(head, Declared | Tangent))


def _is_diagonal(body: Entries, facts: Facts) -> bool:
    """Whether this is an identity matrix, or one whose diagonal entries are not zero: Π δ times what is not zero."""
    half, factors = len(body.slots) // 2, body.terms[0].factors
    pairs = {frozenset((Slot(k), Slot(half + k))) for k in range(half)}
    deltas = [f for f in factors if isinstance(f.head, Delta) and f.exponent == 1]
    values = [f for f in factors if f not in deltas]
    identity = len(deltas) == half and {frozenset(f.indices) for f in deltas} == pairs
    return identity and not body.terms[0].bound and all(is_nonzero(factor, facts) for factor in values)


def _kronecker_factors(body: Entries) -> tuple[Entries, ...]:
    """Square matrices of single indices, one on each axis, whose Kronecker product this is; none where it is none."""
    half, term = len(body.slots) // 2, body.terms[0]
    if len(body.slots) % 2 or body.slots[:half] != body.slots[half:]:
        return ()
    left, parts = list(term.factors), []
    for axis in range(half):
        ends: dict[Index, Index] = {Slot(axis): Slot(0), Slot(half + axis): Slot(1)}
        indices, own = {*ends}, list[Factor]()
        while meeting := [f for f in left if indices & {*f.indices}]:
            left = [f for f in left if f not in meeting]
            own += meeting
            indices |= {i for f in meeting for i in f.indices}
        sums = sorted(i.number for i in indices if isinstance(i, Bound))
        if not own or {i for i in indices if isinstance(i, Slot)} != {*ends}:
            return ()
        image = ends | {Bound(number): Bound(k) for k, number in enumerate(sums)}
        bound = tuple(term.bound[number] for number in sums)
        parts.append(Entries((body.slots[axis],) * 2, (Term(Fraction(1), bound, reindex(own, image)),)))
    whole = not left and sum(len(part.terms[0].bound) for part in parts) == len(term.bound)
    return tuple(parts) if whole else ()


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
        case Group(body=body):
            return facts.continuous and bool(body.terms) and all(_adds_up(term, facts) for term in body.terms)
        case _:
            return False


FULL = frozenset({"symmetric", "psd", "pd", "positive", "nonzero", "invertible"})
"""Properties that leave a symbol, up to continuity, a space of values that contains the array of ones."""


def _adds_up(term: Term, facts: Facts) -> bool:
    """Whether a term is positive where every entry of every symbol is 1, so that a sum of such is not 0 but rarely."""
    symbols = all(
        isinstance(f.head, Declared)
        and not f.head.by
        and not facts.symbols[f.head.name].of
        and facts.symbols[f.head.name].properties <= FULL
        and is_natural(f.exponent)
        for f in term.factors
    )
    return term.coefficient > 0 and symbols and all(map(facts.is_at_least_one, term.bound))
