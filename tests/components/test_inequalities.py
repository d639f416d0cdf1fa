"""What follows from inequalities among whole numbers that are never negative."""

import pytest

from matcalc.components.inequalities import follows
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator, ring_of

RING = ring_of(["n", "m", "i", "j", "k", "r"])
n, m, i, j, k, r = (generator(RING, name) for name in ("n", "m", "i", "j", "k", "r"))
KNOWN = (n - 1, m - 1, i - 1, n - i, j - 1, n - j, k - 1 - r)
"""Sizes n and m, positions i and j on an axis of size n, a place r of a sum of k terms."""

TRUE = {
    "a sum of numbers": n + 2 * k,
    "a number": RING(3),
    "nothing": RING(0),
    "a size less one": n - 1,
    "two sizes less two": n + m - 2,
    "a product of sizes": n * m,
    "a product of sizes less one": n * m - 1,
    "what is left above a position": n - i,
    "what is left above two positions": 2 * n - i - j,
    "a count that is not empty": k - 1,
    "what is left above a place": 3 * k - 3 * r - 3,
    "a place above another size": m + k - r - 2,
}
UNKNOWN = {
    "a size less two": n - 2,
    "a difference of sizes": n - m,
    "a difference of positions": i - j,
    "what is left above the last position": n - i - 1,
    "minus one": RING(-1),
    "minus a size": -n,
    "the first place less one": r - 1,
    "a product less another": n * k - m * k,
}


@pytest.mark.parametrize("polynomial", TRUE.values(), ids=TRUE.keys())
def test_what_follows_is_found(polynomial: Size) -> None:
    assert follows(polynomial, KNOWN)


@pytest.mark.parametrize("polynomial", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_what_may_be_negative_does_not_follow(polynomial: Size) -> None:
    assert not follows(polynomial, KNOWN)


def test_nothing_follows_from_nothing_but_what_has_no_minus() -> None:
    assert follows(n + k, ())
    assert not follows(n - 1, ())
