"""Products on which two relations overlap, so that each rewrites them in its own way.

A relation is an equation with a leading term. Two leading terms that share factors make one product, the smallest that
contains both; where the relations take it to different normal forms, these are equal, and that is a new equation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from matcalc.components.exponents import is_natural
from matcalc.components.facts import Facts
from matcalc.components.symmetry import index_orders
from matcalc.components.terms import (
    Bound,
    Entries,
    Factor,
    Fixed,
    Group,
    Index,
    Slot,
    Term,
    instantiate,
    reindex,
    sizes_in,
)
from matcalc.language.nodes import Size

Name: TypeAlias = tuple[int, Index] | Fixed
"""An index of the first or of the second leading term, or a position, which is the same in both."""

Pairs: TypeAlias = tuple[tuple[int, int], ...]
"""Which factor of the first leading term is which of the second."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A leading term with its parentheses opened and its powers written out; `groups` are the places of what was one.

    `sizes` are those of its indices.
    """

    factors: tuple[Factor, ...]
    sizes: Mapping[Index, Size]
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Superposition:
    """A product that contains two leading terms, and for each the places of what were its parentheses."""

    start: Entries
    groups: tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]


def opened(equation: Entries, number: int) -> Opened:
    """The leading term with collected scalars written out, so that overlaps inside them are seen."""
    lead = equation.terms[number]
    term, groups = Term(Fraction(1), lead.bound, ()), []
    for factor in lead.factors:
        copies = int(factor.exponent) if is_natural(factor.exponent) else 1
        single = Factor(factor.head, factor.indices) if copies > 1 else factor
        for _ in range(copies):
            inner = _contents(single, len(term.bound))
            if inner is not None:
                start = len(term.factors)
                groups.append(tuple(range(start, start + len(inner.factors))))
            inner = inner or Term(Fraction(1), (), (single,))
            term = Term(Fraction(1), term.bound + inner.bound, term.factors + inner.factors)
    return Opened(term.factors, sizes_in(equation, term), tuple(groups))


def _contents(factor: Factor, offset: int) -> Term | None:
    """What stands in parentheses, if that is a single product, its powers written out."""
    head = factor.head
    if not isinstance(head, Group) or factor.exponent != 1 or len(head.body.terms) != 1:
        return None
    (inner,) = instantiate(head.body, factor.indices, offset)
    if inner.coefficient != 1 or any(isinstance(f.head, Group) for f in inner.factors):
        return None
    written = [
        Factor(f.head, f.indices, Fraction(1) if is_natural(f.exponent) else f.exponent)
        for f in inner.factors
        for _ in range(int(f.exponent) if is_natural(f.exponent) else 1)
    ]
    return Term(Fraction(1), inner.bound, tuple(written))


@dataclass(frozen=True, slots=True)
class _Overlap:
    """Two opened terms whose factors are being paired."""

    first: Opened
    second: Opened
    facts: Facts

    @property
    def sides(self) -> tuple[Opened, Opened]:
        return self.first, self.second


def superpositions(first: Opened, second: Opened, facts: Facts) -> Iterator[Superposition]:
    """Every product in which the two share factors, and as many more as their sums make them share."""
    overlap, seen = _Overlap(first, second, facts), set[frozenset[tuple[int, int]]]()
    pending: list[Pairs] = [()]
    while pending:
        pairs = pending.pop()
        for extended in _extensions(overlap, pairs):
            for closed, names in _closed(overlap, extended):
                if frozenset(closed) not in seen:
                    seen.add(frozenset(closed))
                    pending.append(closed)
                    yield _merged(overlap, closed, names)


def _extensions(overlap: _Overlap, pairs: Pairs) -> Iterator[Pairs]:
    """The pairs with one more of like factors."""
    for k, ours in enumerate(overlap.first.factors):
        for m, theirs in enumerate(overlap.second.factors):
            if all(k != i and m != j for i, j in pairs) and _alike(ours, theirs):
                yield (*pairs, (k, m))


def _alike(ours: Factor, theirs: Factor) -> bool:
    return ours.head == theirs.head and ours.exponent == theirs.exponent


def _closed(overlap: _Overlap, pairs: Pairs) -> Iterator[tuple[Pairs, Mapping[Name, Name]]]:
    """The pairs, with more of them until every sum is used by its own term alone; the common names of indices."""
    for names in _namings(overlap, pairs):
        if not _sound(overlap, names):
            continue
        stray = _stray(overlap, pairs, names)
        if stray is None:
            yield pairs, names
            continue
        side, place = stray
        for extended in _extensions(overlap, pairs):
            if extended[-1][side] == place:
                yield from _closed(overlap, extended)


def _namings(overlap: _Overlap, pairs: Pairs) -> Iterator[Mapping[Name, Name]]:
    """The ways to make the indices of the paired factors equal: one for each order that symmetries allow."""
    if not pairs:
        yield {}
        return
    *before, (k, m) = pairs
    for names in _namings(overlap, tuple(before)):
        for indices in index_orders(overlap.second.factors[m], overlap.facts):
            joined = dict(names)
            for ours, theirs in zip(overlap.first.factors[k].indices, indices, strict=True):
                _join(joined, _name(0, ours), _name(1, theirs))
            yield joined


def _name(side: int, index: Index) -> Name:
    return index if isinstance(index, Fixed) else (side, index)


def _find(names: Mapping[Name, Name], name: Name) -> Name:
    while name in names:
        name = names[name]
    return name


def _join(names: dict[Name, Name], one: Name, other: Name) -> None:
    """Makes two indices the same; a position stays the name of what equals it."""
    one, other = _find(names, one), _find(names, other)
    if one != other:
        old, new = (other, one) if isinstance(one, Fixed) else (one, other)
        names[old] = new


def _classes(overlap: _Overlap, names: Mapping[Name, Name]) -> dict[Name, list[Name]]:
    """The indices of both terms by their common name."""
    classes: dict[Name, list[Name]] = {}
    for side, part in enumerate(overlap.sides):
        for index in dict.fromkeys(i for factor in part.factors for i in factor.indices):
            name = _name(side, index)
            classes.setdefault(_find(names, name), []).append(name)
    return classes


def _sound(overlap: _Overlap, names: Mapping[Name, Name]) -> bool:
    """Whether equal indices have equal sizes, and a sum of a term equals no other index of that term."""
    for members in _classes(overlap, names).values():
        positions = [name for name in members if isinstance(name, Fixed)]
        if len({*positions}) > 1 or len({_size(overlap, name) for name in members}) > 1:
            return False
        for side in (0, 1):
            own = [name[1] for name in members if not isinstance(name, Fixed) and name[0] == side]
            if any(isinstance(index, Bound) for index in own) and len(own) + len(positions) > 1:
                return False
    return True


def _size(overlap: _Overlap, name: Name) -> Size:
    return name.size if isinstance(name, Fixed) else overlap.sides[name[0]].sizes[name[1]]


def _stray(overlap: _Overlap, pairs: Pairs, names: Mapping[Name, Name]) -> tuple[int, int] | None:
    """A factor of one term alone (its side, its place) that uses a sum of the other term."""
    bound = {
        (side, name): True
        for name, members in _classes(overlap, names).items()
        for member in members
        if not isinstance(member, Fixed) and isinstance(member[1], Bound)
        for side in (member[0],)
    }
    for side, part in enumerate(overlap.sides):
        paired = {pair[side] for pair in pairs}
        for place, factor in enumerate(part.factors):
            if place not in paired and any(
                (1 - side, _find(names, _name(side, index))) in bound for index in factor.indices
            ):
                return side, place
    return None


def _merged(overlap: _Overlap, pairs: Pairs, names: Mapping[Name, Name]) -> Superposition:
    """The product of both, the paired factors once."""
    first, second = overlap.sides
    classes = _classes(overlap, names)
    image: dict[Name, Index] = {}
    slots: list[Size] = []
    bound: list[Size] = []
    for name, members in classes.items():
        if isinstance(name, Fixed):
            image[name] = name
        elif any(isinstance(member[1], Bound) for member in members if not isinstance(member, Fixed)):
            image[name] = Bound(len(bound))
            bound.append(_size(overlap, name))
        else:
            image[name] = Slot(len(slots))
            slots.append(_size(overlap, name))
    shared = {m: k for k, m in pairs}
    rest = [m for m in range(len(second.factors)) if m not in shared]
    places = {**shared, **{m: len(first.factors) + k for k, m in enumerate(rest)}}
    factors = _placed(0, first.factors, image, names) + _placed(1, [second.factors[m] for m in rest], image, names)
    moved = tuple(tuple(places[m] for m in group) for group in second.groups)
    start = Entries(tuple(slots), (Term(Fraction(1), tuple(bound), factors),))
    return Superposition(start, (first.groups, moved))


def _placed(
    side: int, factors: Sequence[Factor], image: Mapping[Name, Index], names: Mapping[Name, Name]
) -> tuple[Factor, ...]:
    indices = dict.fromkeys(i for factor in factors for i in factor.indices)
    return reindex(factors, {index: image[_find(names, _name(side, index))] for index in indices})
