"""Equations between sizes, some of whose names are unknown: what the unknown ones have to be.

An equation is solved for an unknown size that stands alone in it, the last one first, so that those met first in the
claim keep their names. A factor that both sides share is left out, as sizes are positive. A solution is the most
general one, except where two products are set equal factor by factor.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import permutations

from matcalc.errors import MatcalcError
from matcalc.language.nodes import Size
from matcalc.language.shapes import Way
from matcalc.language.sizes import cofactors, factors, generator, isolated, literal_value, names_of, replaced

MOST_FACTORS = 3
"""Factors of products that are set equal in every order; those of longer ones are in the order of the claim alone."""


@dataclass(frozen=True, slots=True)
class Unifier:
    """What is known of the unknown sizes.

    `unknown` are those without a value, in the order of the claim; `proper` those that are no 1, as they belong to a
    matrix; `known` are the other names that a size may be made of. `values` holds what was found, in terms of unknown
    sizes that have no value themselves.
    """

    unknown: tuple[str, ...]
    proper: frozenset[str]
    known: frozenset[str]
    values: dict[str, Size] = field(default_factory=dict)

    def first_of(self, ways: Collection[Way], *, by_factors: bool = False) -> "Unifier":
        """What is known once the equations of the first way that is possible hold; unchanged where none is."""
        return next((found for way in ways if (found := self._along(way, by_factors))), self)

    def value(self, size: Size) -> Size:
        """A size in terms of unknown ones that have no value. Raises MatcalcError where that is too large."""
        for name, value in self.values.items():
            size = replaced(size, name, value)
        return size

    def _along(self, way: Way, by_factors: bool) -> "Unifier | None":
        """What is known once all equations of a way hold, or nothing where they cannot."""
        known: Unifier | None = self
        for left, right in way:
            known = known and known._with(left, right, by_factors)
        return known

    def _with(self, left: Size, right: Size, by_factors: bool) -> "Unifier | None":
        try:
            left, right = self.value(left), self.value(right)
            if left == right:
                return self
            left, right = cofactors(left, right)
            found = next(self._solutions(left - right), None)
            if found:
                return self._binding(*found)
        except MatcalcError:
            return None
        ways = (self._along(way, False) for way in _by_factors(left, right)) if by_factors else ()
        return next(filter(None, ways), None)

    def _solutions(self, difference: Size) -> Iterator[tuple[str, Size]]:
        used = names_of(difference)
        for name in reversed([name for name in self.unknown if name in used]):
            value = isolated(difference, name)
            if value is not None and self._may_be(name, value):
                yield name, value

    def _may_be(self, name: str, value: Size) -> bool:
        if not names_of(value) <= {*self.unknown, *self.known}:
            return False
        return name not in self.proper or literal_value(value) != 1

    def _binding(self, name: str, value: Size) -> "Unifier":
        values = {other: replaced(old, name, value) for other, old in self.values.items()}
        unknown = tuple(other for other in self.unknown if other != name)
        same = [other for other in unknown if value == generator(value.ring, other)]
        proper = self.proper | frozenset(same) if name in self.proper else self.proper
        return replace(self, unknown=unknown, proper=proper, values={**values, name: value})


def _by_factors(left: Size, right: Size) -> Iterator[Way]:
    """The ways to set two products equal factor by factor."""
    mine, others = factors(left), factors(right)
    if len(mine) != len(others):
        return
    orders = permutations(others) if len(others) <= MOST_FACTORS else (others,)
    yield from (tuple(zip(mine, order, strict=True)) for order in orders)
