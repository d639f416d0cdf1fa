"""What follows from inequalities: whether a polynomial in names of numbers ≥ 0 is never negative, given others.

A yes is a proof: the polynomial is found to be a sum of known ones, times positive numbers, and of monomials with
positive coefficients, each of them ≥ 0. A no may only mean that this was not found.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from matcalc.components.variables import is_never_negative
from matcalc.language.nodes import Size

MOST_STEPS = 4
"""Known inequalities that one proof may use."""


@lru_cache(maxsize=1 << 14)
def follows(polynomial: Size, known: tuple[Size, ...]) -> bool:
    """Whether polynomial ≥ 0 follows from the known ones, each ≥ 0; every name stands for a number ≥ 0.

    A name that is known to be at least 1 is read as 1 more than a number ≥ 0.
    """
    if is_never_negative(polynomial):
        return True
    ones = tuple(given + 1 for given in known if given + 1 in given.ring.gens)
    others = tuple(_above_one(given, ones) for given in known if given + 1 not in ones)
    return _follows(_above_one(polynomial, ones), others, MOST_STEPS)


def _above_one(polynomial: Size, names: tuple[Size, ...]) -> Size:
    return polynomial.compose([(name, name + 1) for name in names]) if names else polynomial


def _follows(polynomial: Size, known: tuple[Size, ...], steps: int) -> bool:
    if is_never_negative(polynomial):
        return True
    return bool(steps) and any(
        _follows(polynomial - given * share, known, steps - 1) for given, share in _helpful(polynomial, known)
    )


def _helpful(polynomial: Size, known: tuple[Size, ...]) -> Iterator[tuple[Size, Any]]:
    """Known inequalities with the multiple of each that removes a monomial whose coefficient is negative.

    The first such monomial that is not the constant has to go, by whichever of them; the constant goes last. Where that
    takes more than there is of another monomial, as much as there is comes second.
    """
    monomial, coefficient = next((monomial, c) for monomial, c in polynomial.terms() if c < 0)
    for given in known:
        own = given.get(monomial, 0)
        if own < 0:
            share = coefficient / own
            yield given, share
            left = [polynomial.get(other, 0) / c for other, c in given.terms() if c > 0]
            if left and 0 < min(left) < share:
                yield given, min(left)
