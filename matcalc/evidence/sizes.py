"""Whole numbers for the names of a claim: values of size polynomials, and which sizes to try.

Sizes run from 1, integers from 0, an index over its range.
"""

import itertools
import random
from collections.abc import Iterator, Mapping

from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.language import value_at
from matcalc.language.nodes import Claim, Scope, Shape, Size

Numbers = Mapping[str, int]
"""Values of size names, integers, indices and summation variables."""

MOST_ENTRIES = 40_000
"""Entries of the largest matrix that is evaluated."""

LARGEST_EXTENT = 30
"""Rows or columns of a declared matrix in the random check."""


def whole(size: Size, numbers: Numbers) -> int:
    """The value of a size polynomial where it must be whole: an extent, a position, an exponent, a bound."""
    try:
        return value_at(size, numbers)
    except ValueError as error:
        raise UndefinedError(str(error)) from error


def extents(shape: Shape, numbers: Numbers) -> tuple[int, int]:
    """Rows and columns as numbers; OutOfReachError for a matrix of more than `MOST_ENTRIES` entries."""
    rows, columns = whole(shape.rows, numbers), whole(shape.columns, numbers)
    if rows * columns > MOST_ENTRIES:
        raise OutOfReachError(f"a matrix of {rows}×{columns} entries")
    return rows, columns


def differing_assignments(scope: Scope) -> list[dict[str, int]]:
    """Size assignments for the random check, the ones to prefer first.

    The first ones give pairwise different sizes to different names, so that a transpose cannot hide; those with
    declarations beyond `LARGEST_EXTENT` go to the end. The last one sets every size to 1, for claims that are defined
    there alone.
    """
    names = scope.sizes
    if not names:
        return [{}]
    count = len(names)
    if count == 1:
        pools = [(3,), (2,), (5,), (1,)]
    else:
        ascending = tuple(range(2, count + 2))
        turned = [ascending[k:] + ascending[:k] for k in range(count)]
        pools = [*_spread([*turned, *(pool[::-1] for pool in turned)]), tuple(range(1, count + 1)), (1,) * count]
    assignments = [dict(zip(names, pool, strict=True)) for pool in dict.fromkeys(pools)]
    return sorted(assignments, key=lambda numbers: _largest_extent(scope, numbers) > LARGEST_EXTENT)


def _spread(pools: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The pools with ascending and descending ones in turn."""
    half = len(pools) // 2
    return [pool for pair in zip(pools[:half], pools[half:], strict=True) for pool in pair]


def _largest_extent(scope: Scope, numbers: Numbers) -> int:
    shapes = [declaration.shape for declaration in scope.declarations.values()]
    return max((max(extents(shape, numbers)) for shape in shapes), default=1)


def growing_assignments(scope: Scope, most: int) -> list[dict[str, int]]:
    """At most `most` size assignments in order of their total, from all 1: for counterexamples as small as can be."""
    names = scope.sizes
    largest = 4 if len(names) == 1 else 3
    grown = itertools.chain.from_iterable(_with_total(len(names), extra, largest) for extra in itertools.count())
    limit = min(most, largest ** len(names))
    return [dict(zip(names, sizes, strict=True)) for sizes in itertools.islice(grown, limit)]


def _with_total(count: int, extra: int, largest: int) -> Iterator[tuple[int, ...]]:
    """The tuples of `count` sizes from 1 to `largest` whose sum is `count + extra`."""
    if count == 0:
        if extra == 0:
            yield ()
        return
    for more in range(min(extra, largest - 1), -1, -1):
        for rest in _with_total(count - 1, extra - more, largest):
            yield (1 + more, *rest)


def with_integers(claim: Claim, sizes: Numbers, turn: int, rng: random.Random) -> dict[str, int]:
    """`sizes` with values for the claim's integers and indices; different turns give different values.

    Turn 0 makes all indices equal to 1, the others are random: a Kronecker delta is met in both states.
    """
    numbers = dict(sizes)
    for name, declaration in claim.scope.declarations.items():
        match declaration.kind:
            case "integer" if name not in numbers:
                numbers[name] = (2 + turn) % 4 if turn < 4 else rng.randrange(5)
            case "index":
                extent = whole(declaration.extent, numbers)
                numbers[name] = 1 if turn == 0 else rng.randint(1, extent)
    return numbers


def has_integers(claim: Claim) -> bool:
    """Whether the claim has integers or indices beside its sizes."""
    declared = claim.scope.declarations.items()
    return any(d.kind in ("integer", "index") and name not in claim.scope.sizes for name, d in declared)
