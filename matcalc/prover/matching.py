"""Where the factors of one term stand inside another, and where the term of an equation may be replaced."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from matcalc.components.exponents import Exponent, is_natural, plus, times
from matcalc.components.facts import Facts
from matcalc.components.symmetry import index_orders
from matcalc.components.terms import Bound, Entries, Factor, Index, Slot, Term, sizes_in
from matcalc.language.nodes import Size

Image: TypeAlias = Mapping[Index, Index]
Placing: TypeAlias = tuple[tuple[int, ...], tuple[Index, ...], tuple[Index, ...]]
"""The places of a term's factors, the indices in place of the equation's slots, those in place of the term's sums."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term whose factors are looked for in another term, where the indices of these sizes are known.

    `first`, if given, is the place of its first factor.
    """

    lead: Term
    term: Term
    sizes: Mapping[Index, Size]
    facts: Facts
    first: int | None = None

    def placings(self, taken: tuple[int, ...], image: Image) -> Iterator[tuple[tuple[int, ...], Image]]:
        """Every way to find the factors, one after another, at places not taken, with the images of all indices."""
        yield from ((places[len(taken) :], found) for places, found in self._placings(0, taken, image))

    def _placings(self, step: int, taken: tuple[int, ...], image: Image) -> Iterator[tuple[tuple[int, ...], Image]]:
        if step == len(self.lead.factors):
            yield taken, image
            return
        wanted = self.lead.factors[step]
        for place, have in enumerate(self.term.factors):
            if step == 0 and self.first not in (None, place):
                continue
            if place in taken or have.head != wanted.head or not _enough(have.exponent, wanted.exponent):
                continue
            for indices in index_orders(have, self.facts):
                extended = self.extended(wanted, indices, image)
                if extended is not None:
                    yield from self._placings(step + 1, (*taken, place), extended)

    def extended(self, wanted: Factor, indices: tuple[Index, ...], image: Image) -> Image | None:
        """The image with the indices of this factor mapped to these as well; None where one does not fit."""
        new = dict(image)
        for ours, theirs in zip(wanted.indices, indices, strict=True):
            if isinstance(ours, Bound | Slot) and ours not in new:
                if isinstance(ours, Bound) and (
                    theirs not in self.sizes or self.sizes[theirs] != self.lead.bound[ours.number]
                ):
                    return None
                new[ours] = theirs
            if new.get(ours, ours) != theirs:
                return None
        return new


def _enough(have: Exponent, wanted: Exponent) -> bool:
    surplus = plus(have, times(wanted, Fraction(-1)))
    if surplus == 0 or is_natural(surplus):
        return True
    return isinstance(have, Fraction) and isinstance(surplus, Fraction) and wanted < 0 and surplus < 0


def occurrences(
    entries: Entries, term: Term, equation: Entries, number: int, facts: Facts, first: int | None = None
) -> Iterator[Placing]:
    """Where term `number` of an equation stands in a term of the entries, its sums private to it.

    `first`, if given, is the place of its first factor.
    """
    pattern = Pattern(equation.terms[number], term, sizes_in(entries, term), facts, first)
    slots = tuple(Slot(k) for k in range(len(equation.slots)))
    anywhere = {slot: _any_of(size, entries) for slot, size in zip(slots, equation.slots, strict=True)}
    for places, image in pattern.placings((), {}):
        at = tuple(index for slot in slots if (index := image.get(slot, anywhere[slot])) is not None)
        if len(at) == len(slots):
            sums = tuple(image[Bound(k)] for k in range(len(pattern.lead.bound)))
            if len({*sums}) == len(sums) and not {*sums} & {*at} and is_private(pattern, places, sums):
                yield places, at, sums


def _any_of(size: Size, entries: Entries) -> Index | None:
    """A free index of this size, for a slot that the term of an equation has not; its value does not matter there."""
    return next((Slot(k) for k, other in enumerate(entries.slots) if other == size), None)


def is_private(pattern: Pattern, places: tuple[int, ...], sums: tuple[Index, ...]) -> bool:
    """Whether the sums are bound and occur in the matched factors alone, and these to no more than their own power."""
    if not all(isinstance(index, Bound) for index in sums):
        return False
    inside = {*sums}
    if any(inside & {*f.indices} for k, f in enumerate(pattern.term.factors) if k not in places):
        return False
    pairs = zip(places, pattern.lead.factors, strict=True)
    return all(
        pattern.term.factors[place].exponent == wanted.exponent or not inside & {*pattern.term.factors[place].indices}
        for place, wanted in pairs
    )
