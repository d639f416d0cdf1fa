"""Elementary functions of generic numbers are rewritten only as they may be at every point where they are defined."""

import math
from collections.abc import Callable
from fractions import Fraction

import pytest

from matcalc.evidence.extensions import (
    absolute,
    cosine,
    exponential,
    logarithm,
    rational,
    rational_power,
    sign,
    sine,
)
from matcalc.evidence.generators import CirclePi, Entry
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.towers import Budget, Element, Settings, Tower

HALF = Fraction(1, 2)


def tower(scale: int = 1) -> Tower:
    return Tower(Budget(math.inf), Settings(40, scale))


def root(x: Element, exponent: Fraction = HALF) -> Element:
    return rational_power(x.tower, x, exponent)


def size(x: Element) -> Element:
    return absolute(x.tower, x)


def exp(x: Element) -> Element:
    return exponential(x.tower, x)


def log(x: Element) -> Element:
    return logarithm(x.tower, x)


def number(x: Element, value: int | Fraction) -> Element:
    return x.tower.number(value)


Equation = Callable[[Element, Element, Element], Element]
"""The difference of two sides in s, t and a positive p."""

EQUAL: dict[str, Equation] = {
    "exp is multiplicative": lambda s, t, p: exp(s + t) - exp(s) * exp(t),
    "exp of a negative": lambda s, t, p: exp(-s) * exp(s) - s.tower.one,
    "exp of a logarithm": lambda s, t, p: exp(number(s, 3) * log(p)) - p * p * p,
    "exp of half a logarithm": lambda s, t, p: exp(number(s, HALF) * log(p)) - root(p),
    "log of exp": lambda s, t, p: log(exp(s * t)) - s * t,
    "log of a product": lambda s, t, p: log(s * t * t) - log(s) - number(s, 2) * log(size(t)),
    "log of a quotient": lambda s, t, p: log(s / t) + log(t / s),
    "log of a root": lambda s, t, p: number(s, 2) * log(root(p)) - log(p),
    "log of numbers": lambda s, t, p: (
        log(number(s, Fraction(9, 2))) - number(s, 2) * log(number(s, 3)) + log(number(s, 2))
    ),
    "root of a square": lambda s, t, p: root(s * s) - size(s),
    "root of a positive square": lambda s, t, p: root(p * p) - p,
    "root of a product": lambda s, t, p: root(p * s) - root(p) * root(s),
    "root of a reciprocal": lambda s, t, p: root(s.tower.one / s) * root(s) - size(s) / s,
    "root of exp": lambda s, t, p: root(exp(number(s, 2) * s)) - exp(s),
    "third root": lambda s, t, p: root(s * s * s, Fraction(1, 3)) - s,
    "roots of numbers": lambda s, t, p: root(number(s, 8)) - number(s, 2) * root(number(s, 2)),
    "size and sign": lambda s, t, p: size(s) - s * sign(s.tower, s),
    "size of a product": lambda s, t, p: size(-s * t) - size(s) * size(t),
    "sign of a positive number": lambda s, t, p: sign(s.tower, p * p + exp(s)) - s.tower.one,
    "addition theorem": lambda s, t, p: (
        sine(s.tower, s + t) - sine(s.tower, s) * cosine(s.tower, t) - cosine(s.tower, s) * sine(s.tower, t)
    ),
    "double angle": lambda s, t, p: (
        cosine(s.tower, number(s, -2) * s) - number(s, 2) * cosine(s.tower, s) * cosine(s.tower, s) + s.tower.one
    ),
    "half a turn": lambda s, t, p: cosine(s.tower, s + s.tower.adjoined(CirclePi())) + cosine(s.tower, s),
}

UNEQUAL: dict[str, Equation] = {
    "root of a square without the size": lambda s, t, p: root(s * s) - s,
    "square of a sign": lambda s, t, p: sign(s.tower, s) * sign(s.tower, s) - s.tower.one,
    "sign of a square": lambda s, t, p: sign(s.tower, s * s + t * t) - s.tower.one,
    "size of a number": lambda s, t, p: size(s) - s,
    "size under a root that may vanish": lambda s, t, p: root(s * s * t) - root(s * s * t) + size(t) - t,
    "size of two that are negative together": lambda s, t, p: root(s * t) - root(s * t) + size(s) - s,
    "exp of an absolute logarithm": lambda s, t, p: exp(log(s * s)) - s,
    "logarithm of a sum": lambda s, t, p: log(p + exp(s)) - log(p) - s,
}


def symbols() -> tuple[Element, Element, Element]:
    own = tower()
    return own.adjoined(Entry("s")), own.adjoined(Entry("t")), own.adjoined(Entry("p", positive=True))


@pytest.mark.parametrize("name", EQUAL)
def test_equal_values_are_equal_elements(name: str) -> None:
    s, t, p = symbols()
    assert s.tower.is_zero(EQUAL[name](s, t, p).polynomial)


@pytest.mark.parametrize("name", UNEQUAL)
def test_values_that_differ_somewhere_are_different_elements(name: str) -> None:
    s, t, p = symbols()
    assert not s.tower.is_zero(UNEQUAL[name](s, t, p).polynomial)


def test_what_is_defined_says_that_its_argument_is_not_negative() -> None:
    s, t, p = symbols()
    root(p * s)
    assert s.tower.is_zero((size(s) - s).polynomial)
    log(-t)
    assert s.tower.is_zero((size(t) + t).polynomial)
    assert s.tower.is_zero((sign(s.tower, t) + s.tower.one).polynomial)


def test_the_sign_of_a_factor_is_known_where_no_other_can_vanish() -> None:
    s, t, _ = symbols()
    log(s * s * t)
    assert s.tower.is_zero((size(t) - t).polynomial)


UNDEFINED: tuple[Equation, ...] = (
    lambda s, t, p: log(s - s),
    lambda s, t, p: root(s - s, Fraction(-1, 2)),
    lambda s, t, p: log(root(s) * root(s) - s),
)


@pytest.mark.parametrize("equation", UNDEFINED, ids=["log of 0", "root of 1/0", "log of what is found to be 0"])
def test_what_has_no_value_is_undefined(equation: Equation) -> None:
    with pytest.raises(UndefinedError):
        equation(*symbols())


def test_large_multiples_of_angles_are_out_of_reach() -> None:
    s, _, _ = symbols()
    with pytest.raises(OutOfReachError, match="a multiple 1000 in an exponential or angle"):
        sine(s.tower, number(s, 1000) * s)


def test_constants_are_known_as_numbers() -> None:
    s, _, _ = symbols()
    assert rational(number(s, Fraction(-2, 3))) == Fraction(-2, 3)
    assert rational(s) is None
    assert rational(s - s) == 0
