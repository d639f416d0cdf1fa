"""Products with packed exponents are those of SymPy, and what does not fit is left to it."""

import random
from fractions import Fraction
from typing import Any

import pytest

from matcalc.evidence.domains import polynomial_ring, rational_number
from matcalc.evidence.products import LARGEST_EXPONENT, SHORT, inner

RING = polynomial_ring(5)


def polynomial(rng: random.Random, denominators: tuple[int, ...]) -> Any:
    """Some forty terms."""
    terms = {
        tuple(rng.randint(0, 9) for _ in RING.gens): Fraction(rng.randint(-50, 50), rng.choice(denominators))
        for _ in range(40)
    }
    return RING.from_dict({monomial: rational_number(value) for monomial, value in terms.items()})


@pytest.mark.parametrize("denominators", [(1,), (1, 2, 3, 7, 20)], ids=["whole", "rational"])
@pytest.mark.parametrize("seed", range(20))
def test_a_long_product_is_that_of_sympy(seed: int, denominators: tuple[int, ...]) -> None:
    rng = random.Random(seed)
    p, q = polynomial(rng, denominators), polynomial(rng, denominators)
    assert len(p) * len(q) > SHORT
    found = inner([(p, q)])
    assert found == p * q
    assert all(found.values())
    assert {type(coefficient) for coefficient in found.values()} == {RING.domain.dtype}


def test_terms_that_cancel_are_left_out() -> None:
    x, y = RING.gens[:2]
    p, q = (x - y) ** 20, (x + y) ** 20
    assert inner([(p, q)]) == (x**2 - y**2) ** 20
    assert len(inner([(p, q)])) == 21


@pytest.mark.parametrize("exponent", [LARGEST_EXPONENT - 20, LARGEST_EXPONENT - 19, 3 * LARGEST_EXPONENT])
def test_exponents_beyond_a_byte_are_no_obstacle(exponent: int) -> None:
    x, y = RING.gens[:2]
    p, q = x**exponent * (1 + y) ** 20, (x + y) ** 20
    assert inner([(p, q)]) == p * q


def test_a_short_product_and_zero_are_products_too() -> None:
    x = RING.gens[0]
    assert inner([(x, x + 1)]) == x**2 + x
    assert inner([(RING.zero, (x + 1) ** 50)]) == 0


def test_a_sum_of_products_has_one_denominator() -> None:
    rng = random.Random(1)
    pairs = [(polynomial(rng, (k, 4)), polynomial(rng, (3, k + 1))) for k in range(1, 4)]
    x = RING.gens[0]
    assert inner([*pairs, (x, x)]) == sum((p * q for p, q in pairs), x * x)
