"""Counterexamples that a person can check by hand: the smallest sizes first, small whole numbers, both sides exact.

The search is bounded: at most `MOST_ASSIGNMENTS` size assignments in order of their total and one more, the candidates
of `PASSES` at each, and a deadline between candidates. Smaller sizes than those at which something is found get a
second look. What is found is made simpler entry by entry as long as the sides differ, and is evaluated once more from
its printed form.
"""

import functools
import itertools
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

from matcalc.evidence.balls import bounds
from matcalc.evidence.functions import Function, SmoothMap, small_function, small_map
from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.points import EntryDraw, Point, draw_functions, draw_raw, realise, seed_of
from matcalc.evidence.relevance import Symbols, relevant, symbols
from matcalc.evidence.sides import Sides, differing_side, enclosed_sides, exact_sides, function_text
from matcalc.evidence.sizes import Numbers, growing_assignments, with_integers
from matcalc.evidence.values import printed, read_point, rows_of
from matcalc.language.nodes import Claim
from matcalc.results import Counterexample, Value

MOST_ASSIGNMENTS = 24
"""Size assignments that are tried, each with the 14 candidates of all passes: 350 candidates at most."""

FEWEST_DEFINED = 100
"""Fewer candidates at which the sides have values are no search: the later passes are repeated."""

MOST_SIMPLIFICATIONS = 80
"""Evaluations that are spent on making a counterexample simpler."""


def _binary(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(rng.choice((0, 1)))


def _signed(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(rng.choice((-1, 0, 1, 2)))


def _dominant(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(2 * (i == j) + rng.choice((0, 0, 1)))


def _wide(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(rng.randint(-3, 3))


def _fractional(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(rng.randint(-3, 3), rng.choice((1, 2, 3)))


def _negative(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(rng.choice((0, -1, -1)))


def _proper(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(rng.randint(1, 3), 4)


MIXED = None
"""Stands for another kind of entries in each symbol."""

KINDS = (_binary, _signed, _wide, _dominant, _fractional, _proper)

PASSES: tuple[tuple[EntryDraw | None, ...], ...] = (
    (_binary, _binary, _signed, _dominant),
    KINDS,
    (MIXED, MIXED, MIXED, MIXED),
)
"""Kinds of entries that are tried at every size assignment, pass by pass."""

ROUNDED_UP = 1.5
"""A bound times this, rounded to one digit, is no smaller than the bound: rounding takes away a third at most."""

LOOKS: tuple[EntryDraw, ...] = (_negative, *KINDS)
"""Kinds of entries of a second look at smaller sizes."""

SECOND_LOOKS = 3 * len(LOOKS)
"""Candidates at each smaller size once a counterexample is known."""

MANY_DIGITS = 30
"""Significant digits in print where twelve do not tell two decimals apart."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point before it has its structure: numbers, raw matrices, functions."""

    symbols: Symbols
    numbers: Numbers
    raw: Mapping[str, Rows]
    functions: Mapping[str, Function]

    def point(self) -> Point:
        """The point with its structure; UndefinedError where the raw matrices allow none."""
        return realise(self.symbols, self.numbers, self.raw, self.functions)


Position: TypeAlias = tuple[int, int]
Edit: TypeAlias = Callable[[Candidate, Fraction], Candidate | None]
"""A candidate with one number replaced, or nothing if the number would not become simpler."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A candidate whose sides 0 and `side` differ."""

    candidate: Candidate
    point: Point
    sides: Sides
    side: int

    @property
    def is_telling(self) -> bool:
        """Whether the sides are more than zero matrices of different shapes."""
        return any(entry != 0 for k in (0, self.side) for row in self.sides.values[k] for entry in row)


def find_counterexample(claim: Claim, seconds: float = 5.0, *, thorough: bool = True) -> Counterexample | None:
    """A counterexample, or nothing if none was found among the candidates within about `seconds` of the processor.

    Without `thorough` there is only the first pass, of special points: small sizes, zeros and ones. That is enough
    where the sides agree at random points, so that points in general position have been seen. Nothing is also the
    answer for a claim that the exact engine cannot evaluate.
    """
    deadline = time.process_time() + seconds
    claim = relevant(claim)
    spare, seen = None, _Seen()
    for candidate in _candidates(claim, seen, thorough=thorough):
        if time.process_time() > deadline:
            break
        witness = _witness(claim, candidate, seen)
        if witness is not None and witness.is_telling:
            smaller = _smaller(claim, witness, deadline) if thorough else None
            return _printed(claim, _simplified(claim, smaller or witness, deadline))
        spare = spare or witness
    return None if spare is None else _printed(claim, spare)


@dataclass(slots=True)
class _Seen:
    """At how many candidates the sides had values."""

    defined: int = 0


def _candidates(claim: Claim, seen: _Seen, *, thorough: bool) -> Iterator[Candidate]:
    rng, wanted = random.Random(seed_of(claim)), symbols(claim)
    assignments = list(growing_assignments(claim, MOST_ASSIGNMENTS))

    def candidates(draws: tuple[EntryDraw | None, ...]) -> Iterator[Candidate]:
        for sizes, (turn, draw) in itertools.product(assignments, enumerate(draws)):
            try:
                yield _candidate(claim, wanted, with_integers(claim, sizes, turn, rng), draw, rng)
            except (UndefinedError, OutOfReachError):
                continue

    for draws in PASSES if thorough else PASSES[:1]:
        yield from candidates(draws)
    while thorough and 0 < seen.defined < FEWEST_DEFINED:
        for draws in PASSES[1:]:
            yield from candidates(draws)


def _smaller(claim: Claim, witness: Witness, deadline: float) -> Witness | None:
    """A witness at smaller sizes, which a few draws may have missed."""
    rng, wanted = random.Random(seed_of(claim) + 1), symbols(claim)
    sizes = {name: witness.candidate.numbers[name] for name in claim.scope.sizes}
    assignments = itertools.takewhile(lambda other: other != sizes, growing_assignments(claim, MOST_ASSIGNMENTS))
    for assignment, turn in itertools.product(assignments, range(SECOND_LOOKS)):
        if time.process_time() > deadline:
            break
        try:
            numbers = with_integers(claim, assignment, turn, rng)
            candidate = _candidate(claim, wanted, numbers, LOOKS[turn % len(LOOKS)], rng)
        except (UndefinedError, OutOfReachError):
            continue
        found = _witness(claim, candidate)
        if found is not None and found.is_telling and _is_as_good(found, witness):
            return found
    return None


def _candidate(
    claim: Claim, wanted: Symbols, numbers: Numbers, draw: EntryDraw | None, rng: random.Random
) -> Candidate:
    functions = draw_functions(claim, numbers, rng, small_function, small_map)
    return Candidate(wanted, numbers, draw_raw(wanted, numbers, rng, _kinds(draw, rng)), functions)


def _kinds(draw: EntryDraw | None, rng: random.Random) -> Iterator[EntryDraw]:
    """The kind of entries of each symbol."""
    while True:
        yield draw or rng.choice(LOOKS)


def _witness(claim: Claim, candidate: Candidate, seen: _Seen | None = None) -> Witness | None:
    """The candidate as a witness, if both sides have values there, which is noted, and these differ."""
    try:
        point = candidate.point()
        sides = exact_sides(claim, point)
        if seen is not None:
            seen.defined += 1
        side = differing_side(claim, point, sides)
    except (UndefinedError, OutOfReachError):
        return None
    return None if side is None else Witness(candidate, point, sides, side)


def _simplified(claim: Claim, witness: Witness, deadline: float) -> Witness:
    """The witness with entries and coefficients turned into 0, or 1, or -1, one by one, while it stays one."""
    trials = 0
    for edit in _edits(witness.candidate):
        for value in (Fraction(0), Fraction(1), Fraction(-1)):
            candidate = edit(witness.candidate, value)
            if candidate is None or trials == MOST_SIMPLIFICATIONS or time.process_time() > deadline:
                break
            trials += 1
            simpler = _witness(claim, candidate)
            if simpler is not None and _is_as_good(simpler, witness):
                witness = simpler
                break
    return witness


def _is_as_good(simpler: Witness, witness: Witness) -> bool:
    return simpler.is_telling and (simpler.sides.is_rational or not witness.sides.is_rational)


def _edits(candidate: Candidate) -> Iterator[Edit]:
    """For each raw entry and each coefficient of a map, what replaces it in a candidate."""
    for name, rows in candidate.raw.items():
        for position in _positions(rows):
            yield functools.partial(_with_entry, name, position)
    for name, function in candidate.functions.items():
        if isinstance(function, SmoothMap):
            for weight in ("third", "left", "linear", "constant"):
                for position in _positions(getattr(function, weight)):
                    yield functools.partial(_with_weight, name, weight, position)
        else:
            for position in _positions((function.polynomial,)):
                yield functools.partial(_with_coefficient, name, position)


def _positions(rows: Rows) -> Iterator[Position]:
    return itertools.product(range(len(rows)), range(len(rows[0])))


def _with_entry(name: str, position: Position, candidate: Candidate, value: Fraction) -> Candidate | None:
    rows = _with(candidate.raw[name], position, value)
    return None if rows is None else replace(candidate, raw={**candidate.raw, name: rows})


def _with_weight(name: str, weight: str, position: Position, candidate: Candidate, value: Fraction) -> Candidate | None:
    function: Any = candidate.functions[name]
    rows = _with(getattr(function, weight), position, value)
    return None if rows is None else _with_function(candidate, name, replace(function, **{weight: rows}))


def _with_coefficient(name: str, position: Position, candidate: Candidate, value: Fraction) -> Candidate | None:
    function: Any = candidate.functions[name]
    rows = _with((function.polynomial,), position, value)
    return None if rows is None else _with_function(candidate, name, replace(function, polynomial=rows[0]))


def _with_function(candidate: Candidate, name: str, function: Function) -> Candidate:
    return replace(candidate, functions={**candidate.functions, name: function})


def _with(rows: Rows, position: Position, value: Fraction) -> Rows | None:
    """The matrix with another entry, or nothing if that would not be simpler."""
    row, column = position
    if rows[row][column] in (0, value):
        return None
    changed = (*rows[row][:column], value, *rows[row][column + 1 :])
    return (*rows[:row], changed, *rows[row + 1 :])


def _printed(claim: Claim, witness: Witness) -> Counterexample:
    scope, point = claim.scope, witness.point
    given: dict[str, Value] = {name: number for name, number in point.numbers.items() if name not in scope.sizes}
    for name, rows in point.values.items():
        declaration = scope[name if name in scope.declarations else name[1:]]
        given[name] = printed(rows, declaration.shape)
    texts = {name: function_text(claim, name, point) for name in point.functions}
    left, right = _printed_sides(claim, witness)
    sizes = {name: point.numbers[name] for name in scope.sizes}
    _check_printed(claim, witness, {**sizes, **given})
    error = None if witness.sides.is_rational else _error(claim, witness, (left, right))
    return Counterexample(sizes, given | texts, left, right, error)


def _error(claim: Claim, witness: Witness, printed_sides: tuple[Value, Value]) -> float | None:
    """How far at most the printed decimals are from the exact values, rounded up; nothing where that is not known."""
    try:
        enclosed = enclosed_sides(claim, witness.point)
        largest = max(
            abs(entry - bound)
            for value, k in zip(printed_sides, (0, witness.side), strict=True)
            for row, balls in zip(rows_of(value), enclosed[k], strict=True)
            for entry, ball in zip(row, balls, strict=True)
            for bound in bounds(ball)
        )
    except (UndefinedError, OutOfReachError):
        return None
    return float(f"{float(largest) * ROUNDED_UP:.0e}")


def _printed_sides(claim: Claim, witness: Witness) -> tuple[Value, Value]:
    """Both sides in print, with more digits where decimals would look the same."""
    pairs = [(witness.sides.values[k], claim.sides[k].shape) for k in (0, witness.side)]
    left, right = (printed(rows, shape) for rows, shape in pairs)
    if left == right:
        left, right = (printed(rows, shape, MANY_DIGITS) for rows, shape in pairs)
    return left, right


def _check_printed(claim: Claim, witness: Witness, at: Mapping[str, Value]) -> None:
    """The printed values, read again, give the same sides: what a person checks is what was found."""
    again = exact_sides(claim, read_point(claim, at, witness.point.functions))
    assert again == witness.sides, f"{claim.text} at {at}"
