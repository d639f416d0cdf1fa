"""Sizes are polynomials: they print as they are written, have values, and cannot explode."""

from fractions import Fraction

import pytest

from matcalc.errors import MatcalcError
from matcalc.language.nodes import Size
from matcalc.language.sizes import (
    MAX_TERMS,
    Reading,
    generator,
    literal_value,
    polynomial,
    product,
    rational_at,
    ring_of,
    size_text,
    value_at,
)
from matcalc.language.syntax import parse_formula

RING = ring_of(("m", "n", "k"))
READING = Reading(RING, "an index", True, lambda name: generator(RING, name.text))


def size(text: str) -> Size:
    return polynomial(parse_formula(text), READING)


TEXTS = (
    ("0", "0"),
    ("7", "7"),
    ("n", "n"),
    ("n + n", "2 * n"),
    ("1 - k", "1 - k"),
    ("-k", "-k"),
    ("-(k - n) - 1", "n - k - 1"),
    ("(m + n) * (m - n)", "m ** 2 - n ** 2"),
    ("2 * (n + 1) ** 2", "2 * n ** 2 + 4 * n + 2"),
    ("k - k", "0"),
)


@pytest.mark.parametrize(("text", "printed"), TEXTS, ids=[row[0] for row in TEXTS])
def test_a_size_prints_in_the_syntax_of_the_language(text: str, printed: str) -> None:
    assert size_text(size(text)) == printed
    assert size(printed) == size(text)


def test_fractions_print_as_quotients() -> None:
    assert size_text((generator(RING, "n") + 1) / 2) == "n / 2 + 1 / 2"


def test_equal_names_make_equal_rings() -> None:
    assert generator(ring_of(("m", "n")), "n") == generator(ring_of(("m", "n")), "n")


def test_a_name_outside_the_ring_is_an_error() -> None:
    with pytest.raises(KeyError):
        generator(RING, "q")


@pytest.mark.parametrize(("text", "value"), [("n", 3), ("2 * m * n - k ** 2", 8), ("5", 5), ("k - 4", -2)])
def test_a_size_has_a_value_at_an_assignment(text: str, value: int) -> None:
    assert value_at(size(text), {"m": 2, "n": 3, "k": 2}) == value


def test_names_that_do_not_occur_need_no_value() -> None:
    assert value_at(size("n + 1"), {"n": 4}) == 5
    with pytest.raises(KeyError):
        value_at(size("n + m"), {"n": 4})


def test_a_fraction_is_no_whole_number() -> None:
    half = generator(RING, "n") / 2
    assert rational_at(half, {"n": 3}) == Fraction(3, 2)
    assert value_at(half, {"n": 4}) == 2
    with pytest.raises(ValueError, match="n / 2 is 3/2, no whole number"):
        value_at(half, {"n": 3})


def test_only_constants_have_a_literal_value() -> None:
    assert literal_value(size("3 - 5")) == -2
    assert literal_value(size("n - n")) == 0
    assert literal_value(size("n")) is None


def test_polynomials_stay_small() -> None:
    wide = sum((generator(RING, name) ** power for name in "mnk" for power in range(1, 9)), RING.zero)
    with pytest.raises(MatcalcError, match=f"beyond {MAX_TERMS} terms"):
        product(wide, wide)
    with pytest.raises(MatcalcError, match="50 digits"):
        product(RING(10**30), RING(10**30))
