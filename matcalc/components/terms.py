"""The component language: what an expression means, entry by entry.

An `Entries` value is a sum of terms over *slots*, the free indices of an array. A term is a rational coefficient times
a product of factors, summed over its bound indices; everything commutes. A factor is a head (a declared symbol, a
Kronecker delta, a function of an expression, …) at some indices, to a power. Heads that contain an expression hold it
closed over slots of its own, so an index is never captured.

    (A x)_i            slots (n,)   1 · Σ_{b0} A[s0, b0] x[b0]
    tr(A)              slots ()     1 · Σ_{b0} A[b0, b0]
    sum(ones(n))       slots ()     1 · Σ_{b0}            an index that no factor uses still counts its size

An axis of a matrix is a tuple of indices: () for size 1, (i,) for n, (i, j) for a product m·n, the first one slowest.
Constructors do not simplify. Nothing here is named by a counter: bound indices are numbered within their term.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from matcalc.components.exponents import Exponent
from matcalc.language.nodes import Size


@dataclass(frozen=True, slots=True)
class Bound:
    """An index summed over in its term; its size is `term.bound[number]`."""

    number: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A free index of the expression; its size is `entries.slots[number]`."""

    number: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """A position on an axis of `size`: a number from 1, a declared index, or a polynomial; claims hold in range."""

    position: Size
    size: Size


Index: TypeAlias = Bound | Slot | Fixed


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared symbol, differentiated by the symbols `by`; indices: rows, columns, then those of each of `by`."""

    name: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tangent:
    """`dX`; indices as X."""

    name: str


@dataclass(frozen=True, slots=True)
class Delta:
    """The Kronecker delta of two indices of one size."""


@dataclass(frozen=True, slots=True)
class Split:
    """1 where the first index is the place of the others in lexicographic order, the first of them slowest; else 0."""


@dataclass(frozen=True, slots=True)
class Triangle:
    """1 where the first index is not before the second: a lower triangle of ones with its diagonal; else 0."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """1 where the polynomial is at least 0, or, as an `equation`, where it is 0; else 0 (Iverson's bracket).

    No indices. A product with it is 0 where it is 0, whatever stands beside it.
    """

    polynomial: Size
    equation: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A size or integer used as a number, or pi; no indices."""

    name: str


@dataclass(frozen=True, slots=True)
class Elementwise:
    """An elementary or declared scalar function, `order` times differentiated, of `body` at its slots' indices."""

    function: str
    order: int
    body: "Entries"


@dataclass(frozen=True, slots=True)
class Group:
    """The value of `body` at the indices of its slots: a parenthesis."""

    body: "Entries"


@dataclass(frozen=True, slots=True)
class Frozen:
    """The value of `body`, constant under every derivative outside it (`detach`)."""

    body: "Entries"


@dataclass(frozen=True, slots=True)
class Partial:
    """The derivative of `body` by an entry of the symbol `variable`; indices: the body's slots, then the variable's.

    The body is a formula, and only the one entry moves: a structure of the variable is not felt inside.
    """

    body: "Entries"
    variable: str


@dataclass(frozen=True, slots=True)
class Opaque:
    """A function of whole matrices: equal arguments give equal values, and the rest is for the rules to say.

    `symmetric` marks a matrix function whose value is known to equal its transpose, `skew` one whose value is known to
    be the negative of it.
    """

    function: str
    bodies: tuple["Entries", ...]
    parameters: tuple[Size, ...] = ()
    symmetric: bool = False
    skew: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Σ of `body` over the integers `variable` from 0 to count − 1, none where count ≤ 0; or, as an `integral`,
    ∫ of `body` over the real `variable` from 0 to 1, with count 1. The variable is a generator of the ring.
    """

    variable: str
    count: Size
    body: "Entries"
    integral: bool = False


Head: TypeAlias = (
    Declared
    | Tangent
    | Delta
    | Split
    | Triangle
    | Indicator
    | Parameter
    | Elementwise
    | Group
    | Frozen
    | Partial
    | Opaque
    | Range
)


@dataclass(frozen=True, slots=True)
class Factor:
    """A head at its indices, to a power."""

    head: Head
    indices: tuple[Index, ...] = ()
    exponent: Exponent = Fraction(1)

    def __hash__(self) -> int:
        """Without the exponent: few factors differ in it alone, and fractions take long."""
        return hash((self.head, self.indices))


@dataclass(frozen=True, slots=True)
class Term:
    """coefficient · Σ over the bound indices of the product of the factors; `bound` lists the sizes of the sums."""

    coefficient: Fraction
    bound: tuple[Size, ...] = ()
    factors: tuple[Factor, ...] = ()

    def __hash__(self) -> int:
        """Without the coefficient, as for a factor."""
        return hash((self.bound, self.factors))


@dataclass(frozen=True, slots=True)
class Entries:
    """A sum of terms over slots of the given sizes; no terms is zero."""

    slots: tuple[Size, ...]
    terms: tuple[Term, ...]
    _hash: int | None = field(default=None, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """The hash of slots and terms, which is kept: it goes through everything inside."""
        known = self._hash
        if known is None:
            known = hash((self.slots, self.terms))
            object.__setattr__(self, "_hash", known)
        return known


ONE = Term(Fraction(1))


def content_of(entries: Entries) -> Fraction:
    """The greatest number by which the coefficients can be divided so that whole ones are left; 0 of no terms."""
    coefficients = [term.coefficient for term in entries.terms]
    return Fraction(gcd(*(c.numerator for c in coefficients)), lcm(*(c.denominator for c in coefficients)))


def bodies(head: Head) -> tuple[Entries, ...]:
    """The expressions that a head contains."""
    match head:
        case Elementwise() | Group() | Frozen() | Partial() | Range():
            return (head.body,)
        case Opaque():
            return head.bodies
        case Declared() | Tangent() | Delta() | Split() | Triangle() | Indicator() | Parameter():
            return ()


def with_body(head: Head, place: int, body: Entries) -> Head:
    """The same head with its expression number `place` replaced."""
    match head:
        case Elementwise():
            return Elementwise(head.function, head.order, body)
        case Group():
            return Group(body)
        case Frozen():
            return Frozen(body)
        case Partial():
            return Partial(body, head.variable)
        case Range():
            return Range(head.variable, head.count, body, head.integral)
        case Opaque():
            new = (*head.bodies[:place], body, *head.bodies[place + 1 :])
            return Opaque(head.function, new, head.parameters)
        case Declared() | Tangent() | Delta() | Split() | Triangle() | Indicator() | Parameter():
            raise ValueError(f"{head} contains no expression")


def names_in(entries: Entries) -> Iterator[Head]:
    """Every declared symbol, tangent and function in the expression, at any depth, with repetitions."""
    for term in entries.terms:
        for factor in term.factors:
            yield factor.head
            for body in bodies(factor.head):
                yield from names_in(body)


def reindex(factors: Iterable[Factor], image: Mapping[Index, Index]) -> tuple[Factor, ...]:
    """The factors with each index replaced by its image, where it has one."""
    return tuple(Factor(f.head, tuple(image.get(i, i) for i in f.indices), f.exponent) for f in factors)


def shift(bound: int, count: int) -> dict[Index, Index]:
    """The map that moves `bound` bound indices up by `count`."""
    return {Bound(number): Bound(number + count) for number in range(bound)}


def times(first: Term, second: Term) -> Term:
    """The product of two terms over the same slots, their sums kept apart."""
    moved = reindex(second.factors, shift(len(second.bound), len(first.bound))) if first.bound else second.factors
    return Term(first.coefficient * second.coefficient, first.bound + second.bound, first.factors + moved)


def instantiate(body: Entries, indices: Sequence[Index], offset: int) -> tuple[Term, ...]:
    """The body's terms at these indices in place of its slots, its sums numbered from `offset`.

    The result stands inside a term of `offset` bound indices: its own bound indices are listed in each term's `bound`.
    """
    if len(indices) != len(body.slots):
        raise ValueError(f"{len(body.slots)} indices wanted, {len(indices)} given")
    at: dict[Index, Index] = {Slot(number): index for number, index in enumerate(indices)}
    return tuple(Term(t.coefficient, t.bound, reindex(t.factors, at | shift(len(t.bound), offset))) for t in body.terms)


def substitute(term: Term, place: int, replacement: Iterable[Term]) -> tuple[Term, ...]:
    """The term with the factor at `place` replaced by a sum, whose own sums are numbered from len(term.bound)."""
    rest = term.factors[:place], term.factors[place + 1 :]
    return tuple(
        Term(term.coefficient * new.coefficient, term.bound + new.bound, (*rest[0], *new.factors, *rest[1]))
        for new in replacement
    )


def close(factors: Sequence[Factor], size_of: Mapping[Index, Size]) -> tuple[Entries, tuple[Index, ...]]:
    """The product of the factors as an expression closed over slots, and the indices that its slots stand for.

    `size_of` gives the size of every index that becomes a slot; the others stay. Slots count by first appearance.
    """
    found = tuple(dict.fromkeys(i for factor in factors for i in factor.indices if i in size_of))
    image: dict[Index, Index] = {index: Slot(number) for number, index in enumerate(found)}
    slots = tuple(size_of[index] for index in found)
    return Entries(slots, (Term(Fraction(1), (), reindex(factors, image)),)), found


def sizes_in(entries: Entries, term: Term) -> dict[Index, Size]:
    """The size of each slot and of each bound index of a term."""
    sizes: dict[Index, Size] = {Slot(number): size for number, size in enumerate(entries.slots)}
    return sizes | {Bound(number): size for number, size in enumerate(term.bound)}


def drop_bound(term: Term, number: int) -> Term:
    """The term without its bound index `number`, which no factor may use; the later ones move down by one."""
    down: dict[Index, Index] = {Bound(k): Bound(k - 1) for k in range(number + 1, len(term.bound))}
    if any(Bound(number) in factor.indices for factor in term.factors):
        raise ValueError(f"bound index {number} is in use")
    return Term(term.coefficient, term.bound[:number] + term.bound[number + 1 :], reindex(term.factors, down))


def numeral(size: Size) -> tuple[Term, ...]:
    """A polynomial as a sum of terms: m·n + 2 is the parameter m times the parameter n, plus two."""
    return tuple(
        Term(
            Fraction(int(coefficient.numerator), int(coefficient.denominator)),
            (),
            tuple(
                Factor(Parameter(str(name)), (), Fraction(power))
                for name, power in zip(size.ring.symbols, monomial, strict=True)
                if power
            ),
        )
        for monomial, coefficient in size.terms()
    )
