"""The random cross-check: both sides of a claim by autograd at several points of several sizes.

The points are random, the seed comes from the text of the claim, so a run can be repeated. A point where a side is not
finite, or an intermediate value is huge, is drawn again and never counted. A difference is believed only when the exact
engine finds it too, with 50 digits, at the same point.
"""

import itertools
import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcalc.evidence.autograd_backend import AutogradBackend
from matcalc.evidence.evaluation import Evaluation
from matcalc.evidence.functions import decimal, wavy_function, wavy_map
from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import DisagreementError, NoPoint, OutOfReachError, UndefinedError, Unsupported
from matcalc.evidence.points import EntryDraw, Point, draw_functions, draw_raw, realise, seed_of
from matcalc.evidence.relevance import relevant
from matcalc.evidence.sides import decimal_sides, differing_shapes, differing_side, same_shape
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides at one valid point: whether they agree, and their relative error."""

    agrees: bool
    error: float


def _gaussian(rng: random.Random, i: int, j: int) -> Fraction:
    return decimal(rng.gauss(0, 1))


def _positive(rng: random.Random, i: int, j: int) -> Fraction:
    return decimal(rng.uniform(0.3, 2))


def _negative(rng: random.Random, i: int, j: int) -> Fraction:
    return decimal(-rng.uniform(0.3, 2))


def _near_identity(rng: random.Random, i: int, j: int) -> Fraction:
    return decimal((i == j) + rng.gauss(0, 0.2))


def _small(rng: random.Random, i: int, j: int) -> Fraction:
    return decimal(rng.uniform(-0.2, 0.2))


DRAWS: tuple[EntryDraw, ...] = (_gaussian, _positive, _negative, _near_identity, _small)
"""Kinds of random entries: between them logarithms, roots and determinants find points where they are defined."""


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


def _checked(claim: Claim, points: int, start: float) -> NumericCheck | NoPoint | Unsupported:
    rng = random.Random(seed_of(claim))
    points = points if claim.scope.sizes else points * ASSIGNMENTS
    assignments = differing_assignments(claim)
    nothing: NoPoint | Unsupported = NoPoint(NOWHERE) if assignments else Unsupported(TOO_LARGE)
    sizes: list[Numbers] = []
    found: list[Comparison] = []
    for assignment in assignments:
        try:
            comparisons = _compare_at(claim, assignment, points, rng)
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


def _compare_at(claim: Claim, sizes: Numbers, points: int, rng: random.Random) -> list[Comparison]:
    """Up to `points` comparisons at one size assignment, ending at the first difference.

    A claim with integers or indices gets other values of these in each batch, and one point of each.
    """
    wanted = 1 if has_integers(claim) else points
    found: list[Comparison] = []
    for turn in range(BATCHES + points // wanted):
        for comparison in _batch(claim, with_integers(claim, sizes, turn, rng), turn, wanted, rng):
            found.append(comparison)
            if len(found) == points or not comparison.agrees:
                return found
    return found


def _batch(claim: Claim, numbers: Numbers, turn: int, wanted: int, rng: random.Random) -> list[Comparison]:
    """Up to `wanted` comparisons at valid points among those of one batch."""
    try:
        drawn = _draw(claim, numbers, turn, rng)
        errors = relative_errors(claim, drawn)
    except UndefinedError:
        return []
    valid = ((point, error) for point, error in zip(drawn, errors, strict=True) if error is not None)
    judged = (_judge(claim, point, error) for point, error in valid)
    return list(itertools.islice((comparison for comparison in judged if comparison is not None), wanted))


def _draw(claim: Claim, numbers: Numbers, turn: int, rng: random.Random) -> list[Point]:
    """One point of each kind of entries in the first batch, mixed kinds in the others; functions are shared."""
    functions = draw_functions(claim, numbers, rng, wavy_function, wavy_map)
    mixed = (rng.choice(DRAWS) for _ in itertools.count())
    kinds = [itertools.repeat(kind) if turn == 0 else mixed for kind in DRAWS]
    return [realise(claim, numbers, draw_raw(claim, numbers, rng, kind), functions) for kind in kinds]


def relative_errors(claim: Claim, points: Sequence[Point]) -> list[float | None]:
    """The relative error between the sides at each point, or nothing where a side or an intermediate is not finite.

    The points share their numbers and functions. UndefinedError where an index leaves its range.
    """
    backend, sides = autograd_sides(claim, points)
    results = []
    for magnitude, *values in zip(backend.magnitude(), *sides, strict=True):
        valid = math.isfinite(magnitude) and magnitude < LARGEST_INTERMEDIATE
        results.append(_relative_error(same_shape(claim, values), magnitude) if valid else None)
    return results


def autograd_sides(claim: Claim, points: Sequence[Point]) -> tuple[AutogradBackend, list[list[Rows]]]:
    """For each side, its value at each point; points that share their numbers and functions."""
    backend = AutogradBackend(len(points))
    first = points[0]
    values = {name: backend.batch([point.values[name] for point in points]) for name in first.values}
    evaluation = Evaluation(backend, claim.scope, first.numbers, values, first.functions)
    return backend, [backend.rows(evaluation.value(side)) for side in claim.sides]


def _relative_error(sides: Sequence[Rows], magnitude: float) -> float:
    entries = [[entry for row in side for entry in row] for side in sides]
    scale = max(CANCELLATION * magnitude, *(abs(entry) for side in entries for entry in side))
    differences = (abs(a - b) for side in entries[1:] for a, b in zip(entries[0], side, strict=True))
    return max(differences) / scale if scale else 0.0


def _judge(claim: Claim, point: Point, error: float) -> Comparison | None:
    """Whether the sides agree at a valid point; nothing where the exact engine finds a side undefined there."""
    if error <= AGREEMENT:
        return Comparison(True, error)
    try:
        differs = differing_side(claim, point, decimal_sides(claim, point)) is not None
    except UndefinedError:
        return None
    if not differs and error >= DIFFERENCE:
        raise DisagreementError(f"autograd is off by {error:.1e} where the exact values agree")
    return Comparison(not differs, error)
