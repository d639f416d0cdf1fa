"""The random cross-check: both sides of a claim by autograd at several points of several sizes.

The points are random, the seed comes from the text of the claim, so a run can be repeated. A point where a side is not
finite, or an intermediate value is huge, is drawn again and never counted. A difference is believed only when the exact
engine finds it too, with 50 digits, at the same point.
"""

import itertools
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcalc.evidence.autograd_backend import AutogradBackend, Matrices
from matcalc.evidence.batches import Batch, Chance, draw
from matcalc.evidence.evaluation import Evaluation
from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import DisagreementError, NoPoint, OutOfReachError, UndefinedError, Unsupported
from matcalc.evidence.points import Point, seed_of
from matcalc.evidence.relevance import Symbols, relevant, symbols
from matcalc.evidence.sides import decimal_sides, differing_shapes, differing_side
from matcalc.evidence.sizes import MOST_ENTRIES, Numbers, differing_assignments, has_integers, with_integers
from matcalc.language.nodes import Claim
from matcalc.results import NumericCheck

AGREEMENT = 1e7 * sys.float_info.epsilon
"""Relative error up to which two sides agree: 1e7 machine epsilons, about 2e-9."""

DIFFERENCE = 1e-6
"""Relative error from which autograd says by itself that two sides differ; in between the exact engine decides."""

CANCELLATION = 0.01
"""Errors are relative to the larger side, but at least to this share of the largest intermediate value."""

LARGEST_INTERMEDIATE = 1e8
"""A point with larger intermediate values counts as singular."""

ASSIGNMENTS = 4
"""Size assignments with valid points that make a check; a claim without sizes has one, with as many points."""

NOWHERE = "no point was found at which every side is defined"
TOO_LARGE = f"a matrix of more than {MOST_ENTRIES} entries"

BATCHES = 6
"""How often points are drawn for one size assignment before it is given up."""

SHARING = 2
"""Points at one choice of integers and indices: with four points at each size assignment there are two choices."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides at one valid point: whether they agree, and their relative error."""

    agrees: bool
    error: float


def cross_check(claim: Claim, points: int = 4) -> NumericCheck | NoPoint | Unsupported:
    """Compare the sides at `points` points of each of four size assignments, with sizes that differ from each other.

    Stops at the first difference. `max_error` is relative to the larger side.
    """
    start = time.perf_counter()
    claim = relevant(claim)
    shapes = differing_shapes(claim)
    if shapes is not None:
        return Unsupported(f"the sides have different shapes, {shapes[0]} and {shapes[1]}")
    try:
        return _checked(claim, points, start)
    except DisagreementError as disagreement:
        return Unsupported(str(disagreement))


@dataclass(frozen=True, slots=True)
class _Check:
    """The check of one claim: how many points it wants at each size assignment."""

    claim: Claim
    symbols: Symbols
    points: int
    chance: Chance

    def at_sizes(self, sizes: Numbers, start: int) -> list[Comparison]:
        """Up to `points` comparisons at one size assignment, ending at the first difference.

        A claim with integers or indices gets other values of these in each batch, integers from `start` on.
        """
        wanted = min(self.points, SHARING) if has_integers(self.claim) else self.points
        found: list[Comparison] = []
        for turn in range(BATCHES + self.points // wanted):
            numbers = with_integers(self.claim, sizes, turn, self.chance.rng, start)
            batch = draw(self.claim, self.symbols, numbers, self.chance, mixed=turn > 0)
            for comparison in itertools.islice(self._compared(batch), wanted):
                found.append(comparison)
                if len(found) == self.points or not comparison.agrees:
                    return found
        return found

    def _compared(self, batch: Batch) -> Iterator[Comparison]:
        """The comparisons at the valid points of a batch."""
        try:
            values, valid = batch.values()
            errors = _relative_errors(self.claim, batch.backend, values, batch)
        except UndefinedError:
            return
        for k, error in enumerate(errors):
            comparison = self._judged(batch, k, error) if valid[k] and error is not None else None
            if comparison is not None:
                yield comparison

    def _judged(self, batch: Batch, k: int, error: float) -> Comparison | None:
        """Whether the sides agree at a valid point; nothing where the exact engine finds a side undefined there."""
        if error <= AGREEMENT:
            return Comparison(True, error)
        try:
            point = batch.point(k)
            differs = differing_side(self.claim, point, decimal_sides(self.claim, point)) is not None
        except UndefinedError:
            return None
        if not differs and error >= DIFFERENCE:
            raise DisagreementError(f"autograd is off by {error:.1e} where the exact values agree")
        return Comparison(not differs, error)


def _checked(claim: Claim, points: int, start: float) -> NumericCheck | NoPoint | Unsupported:
    points = points if claim.scope.sizes else points * ASSIGNMENTS
    check = _Check(claim, symbols(claim), points, Chance.of_seed(seed_of(claim)))
    assignments = differing_assignments(claim)
    nothing: NoPoint | Unsupported = NoPoint(NOWHERE) if assignments else Unsupported(TOO_LARGE)
    sizes: list[Numbers] = []
    found: list[Comparison] = []
    for number, assignment in enumerate(assignments):
        try:
            comparisons = check.at_sizes(assignment, 2 + SHARING * number)
        except OutOfReachError as reason:
            nothing = Unsupported(str(reason))
            continue
        found += comparisons
        sizes += [assignment] if comparisons else []
        if len(sizes) == ASSIGNMENTS or not all(comparison.agrees for comparison in comparisons):
            break
    if not found:
        return nothing
    agrees = all(comparison.agrees for comparison in found)
    largest = max(comparison.error for comparison in found)
    return NumericCheck(agrees, len(found), tuple(sizes), largest, time.perf_counter() - start)


def relative_errors(claim: Claim, points: Sequence[Point]) -> list[float | None]:
    """The relative error between the sides at each point, or nothing where a side or an intermediate is not finite.

    The points share their numbers and functions. UndefinedError where an index leaves its range.
    """
    backend = AutogradBackend(len(points))
    return _relative_errors(claim, backend, _batched(backend, points), points[0])


def _relative_errors(
    claim: Claim, backend: AutogradBackend, values: Mapping[str, Matrices], at: Batch | Point
) -> list[float | None]:
    evaluation = Evaluation(backend, claim.scope, at.numbers, values, at.functions)
    sides = [evaluation.value(side) for side in claim.sides]
    return [
        difference / (max(CANCELLATION * magnitude, largest) or 1.0) if magnitude < LARGEST_INTERMEDIATE else None
        for difference, largest, magnitude in zip(*backend.distances(sides), backend.magnitude(), strict=True)
    ]


def autograd_sides(claim: Claim, points: Sequence[Point]) -> tuple[AutogradBackend, list[list[Rows]]]:
    """For each side, its value at each point; points that share their numbers and functions."""
    backend = AutogradBackend(len(points))
    evaluation = Evaluation(backend, claim.scope, points[0].numbers, _batched(backend, points), points[0].functions)
    return backend, [backend.rows(evaluation.value(side)) for side in claim.sides]


def _batched(backend: AutogradBackend, points: Sequence[Point]) -> dict[str, Matrices]:
    return {name: backend.batch([point.values[name] for point in points]) for name in points[0].values}
