"""Elementary functions of a tower's elements: exponentials, logarithms, powers, signs, sizes, angles.

Every function is written in generators of arguments that are brought to one form first, so that equal values tend to be
equal polynomials. Each rewriting holds at every point where the claim that is evaluated has a value: log u and the
roots of u say that u is not negative there.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from math import lcm
from operator import add
from typing import Any

from matcalc.evidence.generators import (
    CirclePi,
    Cosine,
    Exponential,
    Logarithm,
    Polynomial,
    Quotient,
    Root,
    Sign,
    Signature,
    Sine,
)
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.towers import Element, Restart, Tower

LARGEST_MULTIPLE = 24
"""Of an exponential's or angle's unit, beyond which it is not multiplied out."""

LARGEST_PRIME = 1000
"""Of the numbers whose logarithm is taken apart."""


def rational(x: Element) -> Fraction | None:
    """The element as a rational number, if it is a constant one."""
    if not x.polynomial.is_ground:
        return None
    value = x.polynomial.LC
    return Fraction(int(value.numerator), int(value.denominator))


# Exponentials and logarithms


def exponential(tower: Tower, x: Element) -> Element:
    """The exponential of Σ c·m/d as the product of powers of exp(m/(scale·d)), over the terms of the numerator of x.

    That of c·log p is a power of p.
    """
    result = tower.one
    for coefficient, unit in _units(tower, x):
        inner = tower.definition(unit.numerator) if unit.denominator == 1 else None
        if isinstance(inner, Logarithm):
            factor = rational_power(tower, absolute(tower, tower.element(inner.of)), coefficient)
        else:
            factor = _multiple_of_exponential(tower, coefficient, unit)
        result = result * factor
    return result


def _multiple_of_exponential(tower: Tower, coefficient: Fraction, unit: Quotient) -> Element:
    times = _scaled(tower, coefficient)
    generator = tower.adjoined(Exponential(unit))
    base = generator if times >= 0 else tower.one / generator
    return tower.element(tower.power(base.polynomial, abs(times)))


def _units(tower: Tower, x: Element) -> Iterator[tuple[Fraction, Quotient]]:
    """Rational numbers and monomials over one denominator that make x as Σ cᵢ·uᵢ."""
    quotient = tower.quotient(x.polynomial)
    for monomial, coefficient in quotient.numerator.terms():
        unit = Quotient(tower.ring.from_dict({monomial: tower.ring.domain.one}), quotient.denominator)
        yield Fraction(int(coefficient.numerator), int(coefficient.denominator)), unit


def _scaled(tower: Tower, coefficient: Fraction) -> int:
    """The coefficient as a whole number of units 1/scale; Restart where the scale is too coarse."""
    times = coefficient * tower.settings.scale
    if times.denominator != 1:
        raise Restart(replace(tower.settings, scale=lcm(tower.settings.scale, coefficient.denominator)))
    if abs(times.numerator) > LARGEST_MULTIPLE:
        raise OutOfReachError(f"a multiple {coefficient} in an exponential or angle")
    return times.numerator


def logarithm(tower: Tower, x: Element) -> Element:
    """The logarithm of x, log |x|, as a sum over the factors of x; x is positive."""
    if tower.is_zero(x.polynomial):
        raise UndefinedError("the logarithm of 0")
    assume_not_zero(tower, x)
    _assume_not_negative(tower, x)
    return _log_of_size(tower, x)


def _log_of_size(tower: Tower, x: Element) -> Element:
    terms = [tower.number(exponent) * _log_of_factor(tower, factor) for factor, exponent in _factored(tower, x)]
    return reduce(add, terms, tower.number(0))


def _factored(tower: Tower, x: Element) -> Iterator[tuple[Polynomial, int]]:
    """The factors of x with their exponents, those of the denominator negative."""
    quotient = tower.quotient(x.polynomial)
    for part, turn in ((quotient.numerator, 1), (quotient.denominator, -1)):
        for factor, exponent in tower.factors(part):
            if factor.is_ground:
                yield from ((tower.rational(p), e * turn) for p, e in _number_factors(factor.LC))
            else:
                yield factor, exponent * turn


def _number_factors(c: Any) -> Iterator[tuple[Fraction, int]]:
    """−1 for a negative number, and primes with their exponents."""
    if c < 0:
        yield Fraction(-1), 1
    yield from ((Fraction(prime), exponent) for prime, exponent in _primes(abs(int(c.numerator))))
    yield from ((Fraction(prime), -exponent) for prime, exponent in _primes(int(c.denominator)))


def _log_of_factor(tower: Tower, p: Polynomial) -> Element:
    """The logarithm of |p| for a factor p."""
    if p == -1:
        return tower.number(0)
    match tower.definition(p):
        case Exponential(of=of):
            return _over_scale(tower, of, 1)
        case Root(of=of, degree=degree):
            return tower.number(Fraction(1, degree)) * _log_of_size(tower, tower.element(of))
        case Sign() | Signature():
            return tower.number(0)
        case _:
            return tower.adjoined(Logarithm(p))


def _over_scale(tower: Tower, of: Quotient, degree: int) -> Element:
    """The exponent of exp(u/scale), divided by the degree of a root."""
    over = tower.element(of.numerator) / tower.element(of.denominator)
    return over * tower.number(Fraction(1, degree * tower.settings.scale))


def _primes(n: int) -> Iterator[tuple[int, int]]:
    """The prime factors below `LARGEST_PRIME` with their exponents, and what is left."""
    if n == 1:
        return
    for prime in range(2, LARGEST_PRIME):
        exponent = 0
        while n % prime == 0:
            n, exponent = n // prime, exponent + 1
        if exponent:
            yield prime, exponent
        if n == 1:
            return
    yield n, 1


# Roots, signs and sizes


def rational_power(tower: Tower, x: Element, exponent: Fraction) -> Element:
    """The power of a number that is not negative: whole powers of the factors come out, with |·| where k is even.

    (Π f_i^e_i)^(a/k): the factor f_i comes out ⌊e_i·a/k⌋ times; of the known positive ones each has a root of its own,
    what is left of the others has one root together.
    """
    if exponent.denominator == 1:
        return _whole_power(tower, x, exponent.numerator)
    if tower.is_zero(x.polynomial):
        if exponent < 0:
            raise UndefinedError("a negative power of 0")
        return tower.number(0)
    _assume_not_negative(tower, x)
    degree, result, together = exponent.denominator, tower.one, tower.one
    for factor, times in _factored(tower, x):
        number = tower.element(factor)
        out, left = divmod(times * exponent.numerator, degree)
        size = absolute(tower, number) if degree % 2 == 0 else number
        result = result * _whole_power(tower, size, out)
        if left and tower.sign(factor) is not None:
            result = result * _whole_power(tower, _root(tower, factor, degree), left)
        else:
            together = together * _whole_power(tower, number, left)
    if together.polynomial != 1:
        result = result * _root(tower, together.polynomial, degree)
    return result


def _root(tower: Tower, p: Polynomial, degree: int) -> Element:
    match tower.definition(p):
        case Exponential(of=of):
            return exponential(tower, _over_scale(tower, of, degree))
        case _:
            return tower.adjoined(Root(p, degree))


def _whole_power(tower: Tower, x: Element, exponent: int) -> Element:
    base = x if exponent >= 0 else tower.one / x
    return tower.element(tower.power(base.polynomial, abs(exponent)))


def sign(tower: Tower, x: Element) -> Element:
    """The product of the signs of the factors of x."""
    if tower.is_zero(x.polynomial):
        return tower.number(0)
    result = tower.one
    for factor, exponent in _factored(tower, x):
        result = result * _whole_power(tower, _sign_of_factor(tower, factor), abs(exponent))
    return result


def _sign_of_factor(tower: Tower, p: Polynomial) -> Element:
    if p == -1:
        return tower.element(p)
    if tower.sign(p) == 1:
        return tower.one
    if tower.signs.get(p) == -1 and tower.is_nonzero(p):
        return -tower.one
    if isinstance(tower.definition(p), Signature | Sign):
        return tower.element(p)
    return tower.adjoined(Sign(p))


def absolute(tower: Tower, x: Element) -> Element:
    """|x|: the product of x and its sign."""
    result = tower.one
    if tower.is_zero(x.polynomial):
        return tower.number(0)
    for factor, exponent in _factored(tower, x):
        known = tower.sign(factor)
        size = tower.element(factor)
        if known is None and tower.signs.get(factor) == -1:
            size = -size
        elif known is None:
            size = size * _sign_of_factor(tower, factor)
        result = result * _whole_power(tower, size, exponent)
    return result


def _assume_not_negative(tower: Tower, x: Element) -> None:
    """Take note that the claim speaks of x ≥ 0 only, where this settles the sign of one factor.

    It does if every other factor is positive, or not 0 and of an even power: where one is 0, x ≥ 0 says nothing.
    """
    total = 1
    unknown: list[Polynomial] = []
    for factor, exponent in _factored(tower, x):
        if factor == -1:
            total = -1
        elif tower.sign(factor) != 1 and (exponent % 2 or not tower.is_nonzero(factor)):
            unknown.append(factor if exponent % 2 else tower.ring.zero)
    if len(unknown) == 1 and unknown[0]:
        tower.signs.setdefault(unknown[0], total)


def assume_not_zero(tower: Tower, x: Element) -> None:
    """Take note that the claim speaks of x ≠ 0 only, so that no factor of it is 0."""
    for factor, _ in _factored(tower, x):
        tower.reciprocal(factor)


# Angles


def cosine(tower: Tower, x: Element) -> Element:
    """The cosine by the addition theorem, from the angles of the terms of x."""
    return _turn(tower, x)[0]


def sine(tower: Tower, x: Element) -> Element:
    """The sine, likewise."""
    return _turn(tower, x)[1]


def _turn(tower: Tower, x: Element) -> tuple[Element, Element]:
    turn = tower.one, tower.number(0)
    for coefficient, unit in _units(tower, x):
        times = _scaled(tower, coefficient)
        c, s = _angle(tower, unit)
        for _ in range(abs(times)):
            turn = _added(turn, (c, s if times > 0 else -s))
    return turn


def _added(first: tuple[Element, Element], second: tuple[Element, Element]) -> tuple[Element, Element]:
    (a, b), (c, d) = first, second
    return a * c - b * d, a * d + b * c


def _angle(tower: Tower, unit: Quotient) -> tuple[Element, Element]:
    """Cosine and sine of unit/scale; those of π and π/2 are known."""
    is_pi = unit.denominator == 1 and isinstance(tower.definition(unit.numerator), CirclePi)
    if is_pi and tower.settings.scale == 1:
        return tower.number(-1), tower.number(0)
    if is_pi and tower.settings.scale == 2:
        return tower.number(0), tower.number(1)
    return tower.adjoined(Cosine(unit)), tower.adjoined(Sine(unit))
