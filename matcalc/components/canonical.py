"""Canonical names for the bound indices of a term: terms that differ only in these names get the same ones.

The indices are the vertices of a coloured graph whose hyperedges are the factors. Colours are refined by what each
index meets, until nothing changes; what is then alone in its colour is named. The others fall apart into components,
which are named one by one and put in order, so that k like components cost k namings and not k!; only inside a
component without any distinguished index is each member of a colour tried in turn. A term too symmetric for the budget
keeps a name that may not be canonical: that can cost a proof, never make one.

Source: McKay and Piperno 2014, Practical graph isomorphism II, sections 2 and 3 (refinement, individualisation).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from matcalc.components.facts import Facts
from matcalc.components.order import exponent_key, head_key, index_key, size_key
from matcalc.components.symmetry import Blocks, symmetries
from matcalc.components.terms import Bound, Factor, Index, Term

Colours: TypeAlias = dict[int, int]
Naming: TypeAlias = tuple[tuple[Any, ...], list[int]]
"""A certificate, equal for equal structures, and the bound numbers in canonical order."""

MOST_WORK = 1_000_000
"""Looks at a factor while colours are refined, per term; a second or so."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A factor: its rank among the term's kinds of factor, its indices, and the blocks that may be exchanged."""

    rank: int
    indices: tuple[Index, ...]
    blocks: tuple[Blocks, ...]
    bound: tuple[int, ...]


class _Budget:
    """Looks at a factor that are left."""

    def __init__(self) -> None:
        self.left = MOST_WORK


def canonical_renaming(term: Term, facts: Facts) -> tuple[int, ...]:
    """The new number of each bound index."""
    if not term.bound:
        return ()
    sizes = _ranks([size_key(size) for size in term.bound])
    order = _name(list(range(len(term.bound))), dict(enumerate(sizes)), _edges(term, facts), _Budget())[1]
    new = {old: number for number, old in enumerate(order)}
    return tuple(new[old] for old in range(len(term.bound)))


def _edges(term: Term, facts: Facts) -> list[_Edge]:
    ranks = _ranks([(head_key(f.head), exponent_key(f.exponent)) for f in term.factors])
    return [
        _Edge(rank, f.indices, _blocks(f, facts), tuple(i.number for i in f.indices if isinstance(i, Bound)))
        for rank, f in zip(ranks, term.factors, strict=True)
    ]


def _blocks(factor: Factor, facts: Facts) -> tuple[Blocks, ...]:
    """The blocks of indices that may be exchanged, a change of sign aside."""
    return tuple(symmetry.blocks for symmetry in symmetries(factor, facts))


def _ranks(keys: Sequence[Any]) -> list[int]:
    """The place of each key among the distinct ones."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranks, rank = [0] * len(keys), 0
    for before, place in pairwise(order):
        rank += keys[before] != keys[place]
        ranks[place] = rank
    return ranks


def _name(members: list[int], colours: Colours, edges: list[_Edge], budget: _Budget) -> Naming:
    """The members in canonical order, given colours of all indices; edges are those that touch a member.

    Colours of members count from 0; an index that already has its name has a negative colour of its own.
    """
    if not members:
        return _certificate([], colours, edges), []
    colours = _refined(members, colours, edges, budget)
    classes: dict[int, list[int]] = {}
    for member in members:
        classes.setdefault(colours[member], []).append(member)
    named = [classes[colour][0] for colour in sorted(classes) if len(classes[colour]) == 1]
    rest = [member for member in members if len(classes[colours[member]]) > 1]
    parts = _components(rest, edges)
    if len(parts) == 1 and not named:
        return _individualised(members, classes, colours, edges, budget)
    inner = _fixed(colours, named)
    namings = sorted((_name(part, inner, _touching(part, edges), budget) for part in parts), key=lambda n: n[0])
    order = named + [member for _, part in namings for member in part]
    return _certificate(order, colours, edges), order


def _fixed(colours: Colours, named: list[int]) -> Colours:
    """The colours with these indices named after those named before."""
    before = sum(colour < 0 for colour in colours.values())
    return {**colours, **{index: -1 - before - place for place, index in enumerate(named)}}


def _individualised(
    members: list[int], classes: Mapping[int, list[int]], colours: Colours, edges: list[_Edge], budget: _Budget
) -> Naming:
    """The least naming that starts with a member of the smallest class.

    Two namings with one certificate are an automorphism: what it maps to a member tried already need not be tried.
    """
    found: dict[tuple[Any, ...], list[int]] = {}
    orbits = _Orbits()
    tried: list[int] = []
    for first in min(classes.values(), key=lambda of: (len(of), colours[of[0]])):
        if found and (budget.left <= 0 or any(orbits.of(first) == orbits.of(other) for other in tried)):
            continue
        others = [member for member in members if member != first]
        order = [first, *_name(others, _fixed(colours, [first]), edges, budget)[1]]
        certificate = _certificate(order, colours, edges)
        for one, other in zip(found.setdefault(certificate, order), order, strict=True):
            orbits.join(one, other)
        tried.append(first)
    least = min(found)
    return least, found[least]


class _Orbits:
    """Classes of indices that known automorphisms map to one another."""

    def __init__(self) -> None:
        self.parents: dict[int, int] = {}

    def of(self, index: int) -> int:
        while index in self.parents:
            index = self.parents[index]
        return index

    def join(self, one: int, other: int) -> None:
        root, second = self.of(one), self.of(other)
        if root != second:
            self.parents[second] = root


def _refined(members: list[int], colours: Colours, edges: list[_Edge], budget: _Budget) -> Colours:
    """The coarsest refinement in which members of one colour meet the same colours at the same places."""
    colours = dict(colours)
    count = len({colours[member] for member in members})
    while True:
        budget.left -= len(edges)
        seen: dict[int, list[Any]] = {member: [] for member in members}
        for edge in edges:
            for number in dict.fromkeys(edge.bound):
                if number in seen:
                    seen[number].append(_signature(edge, colours, number))
        keys = [(colours[member], tuple(sorted(seen[member]))) for member in members]
        for member, rank in zip(members, _ranks(keys), strict=True):
            colours[member] = rank
        new = len(set(keys))
        if new == count or new == len(members):
            return colours
        count = new


def _signature(edge: _Edge, colours: Colours, own: int | None = None) -> tuple[Any, ...]:
    """What a factor looks like, its exchangeable indices sorted; `own` marks one index."""
    marks = [_mark(index, colours, own) for index in edge.indices]
    for blocks in edge.blocks:
        contents = sorted([marks[p] for p in block] for block in blocks)
        for block, content in zip(blocks, contents, strict=True):
            for position, mark in zip(block, content, strict=True):
                marks[position] = mark
    return (edge.rank, tuple(marks))


def _mark(index: Index, colours: Colours, own: int | None) -> tuple[Any, ...]:
    if isinstance(index, Bound):
        return (3 if index.number == own else 2, colours[index.number], ())
    return index_key(index)


def _certificate(order: list[int], colours: Colours, edges: list[_Edge]) -> tuple[Any, ...]:
    """The edges with the members named in this order, sorted."""
    named = {**colours, **{member: len(colours) + place for place, member in enumerate(order)}}
    return tuple(sorted(_signature(edge, named) for edge in edges))


def _touching(members: Iterable[int], edges: list[_Edge]) -> list[_Edge]:
    inside = set(members)
    return [edge for edge in edges if inside & set(edge.bound)]


def _components(members: list[int], edges: list[_Edge]) -> list[list[int]]:
    """The members in runs connected by edges."""
    left, parts = dict.fromkeys(members), []
    while left:
        part = [next(iter(left))]
        del left[part[0]]
        for member in part:
            near = {n for edge in edges if member in edge.bound for n in edge.bound if n in left}
            part += sorted(near)
            for number in near:
                del left[number]
        parts.append(part)
    return parts
