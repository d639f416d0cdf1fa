"""Values of many expressions at the same few random points, in floats: what cannot be equal is told apart at once.

That two expressions agree here proves nothing: it says that the witnesses are worth asking.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from matcalc.evidence.autograd import LARGEST_INTERMEDIATE
from matcalc.evidence.autograd_backend import AutogradBackend, Matrices
from matcalc.evidence.batches import Batch, Chance, draw
from matcalc.evidence.evaluation import Evaluation
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.points import seed_of
from matcalc.evidence.relevance import symbols
from matcalc.evidence.sizes import differing_assignments, with_integers
from matcalc.language.nodes import Claim, Expression

PLACES = 2
"""Size assignments that are looked at, with sizes that differ from each other."""

TRIALS = 4
"""Draws at one size assignment before it is given up."""

CLOSENESS = 1e-7
"""Relative to the largest entry, beyond which two values differ."""

Values: TypeAlias = tuple[tuple[float, ...], ...]
"""The entries of an expression, row by row, at each point."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Points of one size assignment, and those of them at which the sides of the claim are defined."""

    claim: Claim
    batch: Batch
    drawn: Mapping[str, Matrices]
    chosen: tuple[int, ...]

    def values(self, node: Expression) -> list[tuple[float, ...]] | None:
        try:
            entries, defined = _evaluated(self.claim, self.batch, self.drawn, node)
        except (UndefinedError, OutOfReachError):
            return None
        return [entries[k] for k in self.chosen] if all(defined[k] for k in self.chosen) else None


@dataclass(frozen=True, slots=True)
class Screen:
    """The points of a claim; they are the same for every expression."""

    places: tuple[_Place, ...]

    def values(self, node: Expression) -> Values | None:
        """An expression in the claim's names at all points, or nothing where it is undefined at one of them."""
        found: list[tuple[float, ...]] = []
        for place in self.places:
            values = place.values(node)
            if values is None:
                return None
            found += values
        return tuple(found)

    def agrees(self, node: Expression, wanted: Values) -> bool:
        """Whether an expression has these values at all points, up to rounding."""
        start = 0
        for place in self.places:
            values = place.values(node)
            end = start + len(place.chosen)
            if values is None or not all(map(_is_close, values, wanted[start:end])):
                return False
            start = end
        return True


def screen(claim: Claim) -> Screen | None:
    """Points at which each side of the claim is defined, whatever the shapes of the sides; nothing if none is found."""
    chance = Chance.of_seed(seed_of(claim))
    places: list[_Place] = []
    for sizes in differing_assignments(claim):
        for turn in range(TRIALS):
            try:
                place = _place(claim, draw(claim, symbols(claim), with_integers(claim, sizes, turn, chance.rng), chance,
                                           mixed=turn > 0))  # fmt: skip
            except UndefinedError:
                continue
            except OutOfReachError:
                break
            if place.chosen:
                places.append(place)
                break
        if len(places) == PLACES:
            break
    return Screen(tuple(places)) if places else None


def _place(claim: Claim, batch: Batch) -> _Place:
    drawn, valid = batch.values()
    for side in claim.sides:
        _, defined = _evaluated(claim, batch, drawn, side)
        valid = [both and is_defined for both, is_defined in zip(valid, defined, strict=True)]
    return _Place(claim, batch, drawn, tuple(k for k, both in enumerate(valid) if both))


def _evaluated(
    claim: Claim, batch: Batch, drawn: Mapping[str, Matrices], node: Expression
) -> tuple[list[tuple[float, ...]], list[bool]]:
    """The entries at each point of a batch, and where they are defined and no intermediate value is huge."""
    backend = AutogradBackend(batch.backend.points)
    evaluation = Evaluation(backend, claim.scope, batch.numbers, drawn, batch.functions)
    rows = backend.rows(evaluation.value(node))
    defined = [magnitude < LARGEST_INTERMEDIATE for magnitude in backend.magnitude()]
    return [tuple(entry for row in matrix for entry in row) for matrix in rows], defined


def _is_close(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    if len(left) != len(right):
        return False
    scale = max(1e-3, *map(abs, left), *map(abs, right))
    return math.dist(left, right) <= CLOSENESS * scale
