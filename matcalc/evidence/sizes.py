"""Whole numbers for the names of a claim: values of size polynomials, and which sizes to try.

Sizes run from 1, integers from 0, an index over its range.
"""

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping

from matcalc.evidence.outcomes import UndefinedError
from matcalc.evidence.relevance import nodes
from matcalc.language import value_at
from matcalc.language.nodes import Claim, Shape, Size

Numbers = Mapping[str, int]
"""Values of size names, integers, indices and summation variables."""

MOST_ENTRIES = 40_000
"""Entries of the largest matrix that is evaluated at all."""

COSTLY_ENTRIES = 1000
"""Sizes with larger matrices are avoided by the random check, and not tried in the search with exact numbers."""


def whole(size: Size, numbers: Numbers) -> int:
    """The value of a size polynomial where it must be whole: an extent, a position, an exponent, a bound."""
    try:
        return value_at(size, numbers)
    except ValueError as error:
        raise UndefinedError(str(error)) from error


def extents(shape: Shape, numbers: Numbers) -> tuple[int, int]:
    """Rows and columns as numbers."""
    return whole(shape.rows, numbers), whole(shape.columns, numbers)


def differing_assignments(claim: Claim) -> list[dict[str, int]]:
    """Size assignments for the random check, the ones to prefer first; none if all are too large.

    The first ones give pairwise different sizes to different names, so that a transpose cannot hide. Smaller ones come
    last: sizes 2 and 3 for claims of many sizes, and every size 1 for claims that are defined there alone.
    """
    names = claim.scope.sizes
    pools = dict.fromkeys(_differing_pools(len(names)))
    shapes = _shapes(claim)
    entries = {pool: _most_entries(shapes, dict(zip(names, pool, strict=True))) for pool in pools}
    quick = [pool for pool in pools if entries[pool] <= COSTLY_ENTRIES]
    slow = [pool for pool in pools if COSTLY_ENTRIES < entries[pool] <= MOST_ENTRIES]
    return [dict(zip(names, pool, strict=True)) for pool in (quick if len(quick) > 1 else quick + slow)]


def _differing_pools(count: int) -> list[tuple[int, ...]]:
    if count <= 1:
        return [(size,) * count for size in (3, 2, 5, 1)]
    ascending = tuple(range(2, count + 2))
    larger, smaller = tuple(range(count + 2, 2, -1)), tuple(range(1, count + 1))
    turned = [ascending[k:] + ascending[:k] for k in range(count)]
    others = [pool for up in turned for pool in (up, up[::-1])]
    alternating = [tuple(pair[k % 2] for k in range(count)) for pair in ((2, 3), (3, 2))]
    return [*others[:2], larger, smaller, *others[2:], *alternating, (1,) * count]


def most_entries(claim: Claim, sizes: Numbers) -> int:
    """Entries of the largest matrix in the claim at these sizes, whatever integers and indices are: they count as 1."""
    return _most_entries(_shapes(claim), sizes)


def _shapes(claim: Claim) -> set[Shape]:
    """The shapes of the symbols and expressions in the claim."""
    shapes = {declaration.shape for declaration in claim.scope.declarations.values()}
    return shapes | {node.shape for node in nodes(claim.sides)}


def _most_entries(shapes: set[Shape], sizes: Numbers) -> int:
    numbers = defaultdict(lambda: 1, sizes)
    return max(math.prod(extents(shape, numbers)) for shape in shapes)


def growing_assignments(claim: Claim, most: int) -> Iterator[dict[str, int]]:
    """At most `most` size assignments in order of their total, from all 1, for counterexamples as small as can be.

    Then every size is 2, where that is not among them: of many sizes no others would be more than 1 together.
    """
    names = claim.scope.sizes
    largest = 4 if len(names) == 1 else 3
    grown = itertools.chain.from_iterable(_with_total(len(names), extra, largest) for extra in itertools.count())
    limit = min(most, largest ** len(names))
    shapes = _shapes(claim)
    for pool in dict.fromkeys((*itertools.islice(grown, limit), (2,) * len(names))):
        sizes = dict(zip(names, pool, strict=True))
        if _most_entries(shapes, sizes) <= COSTLY_ENTRIES:
            yield sizes


def _with_total(count: int, extra: int, largest: int) -> Iterator[tuple[int, ...]]:
    """The tuples of `count` sizes from 1 to `largest` whose sum is `count + extra`."""
    if count == 0:
        if extra == 0:
            yield ()
        return
    for more in range(min(extra, largest - 1), -1, -1):
        for rest in _with_total(count - 1, extra - more, largest):
            yield (1 + more, *rest)


def with_integers(claim: Claim, sizes: Numbers, turn: int, rng: random.Random, start: int = 2) -> dict[str, int]:
    """`sizes` with values for the claim's integers and indices; different turns give different values.

    The first integer goes through 0, 1, 2, 3 in the first four turns, from `start` on, the others are random: equal and
    different ones are met. In turn 0 all indices are 1, in turn 1 they differ as far as their ranges allow, so that a
    Kronecker delta is met in both states. Then all are random.
    """
    numbers = dict(sizes)
    integers = indices = 0
    for name, declaration in claim.scope.declarations.items():
        match declaration.kind:
            case "integer" if name not in numbers:
                numbers[name] = (start + turn) % 4 if turn < 4 and not integers else rng.randrange(5)
                integers += 1
            case "index":
                extent = whole(declaration.extent, numbers)
                numbers[name] = indices * turn % extent + 1 if turn < 2 else rng.randint(1, extent)
                indices += 1
    return numbers


def has_integers(claim: Claim) -> bool:
    """Whether the claim has integers or indices beside its sizes."""
    declared = claim.scope.declarations.items()
    return any(d.kind in ("integer", "index") and name not in claim.scope.sizes for name, d in declared)
