"""Generators of the ring inside entries: which occur, and putting a polynomial in place of one.

A generator stands at positions (`Fixed`), in powers, in the whole-number parameters of a matrix function, as a number
(`Parameter`), and in the counts of finite sums.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from matcalc.components.exponents import Exponent, exponent, is_natural
from matcalc.components.terms import (
    Entries,
    Factor,
    Fixed,
    Group,
    Head,
    Index,
    Indicator,
    Opaque,
    Parameter,
    Range,
    Term,
    bodies,
    numeral,
    with_body,
)
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator, names

SPARE = ("?1", "?2", "?3", "?4")
"""Generators that no name of a claim can meet, for the variables of finite sums and integrals."""


def occurs(polynomial: Exponent, name: str) -> bool:
    """Whether a generator occurs in a polynomial."""
    return not isinstance(polynomial, Fraction) and any(
        monomial[place] for place in [_place(polynomial, name)] for monomial in polynomial.itermonoms()
    )


def _place(polynomial: Size, name: str) -> int:
    return names(polynomial.ring).index(name)


def mentions(entries: Entries, name: str) -> bool:
    """Whether a generator occurs anywhere in the entries."""
    return any(factor_mentions(factor, name) for term in entries.terms for factor in term.factors)


def factor_mentions(factor: Factor, name: str) -> bool:
    """Whether a generator occurs anywhere in the factor; one bound inside it does not count."""
    head = factor.head
    if isinstance(head, Range) and head.variable == name:
        return occurs(head.count, name) or _in_indices(factor, name)
    return stands_outside(factor, name) or any(mentions(body, name) for body in bodies(head))


def polynomials_of(factor: Factor) -> Iterator[Exponent]:
    """The polynomials of a factor, its head's, its positions and its exponent, but for what its head contains."""
    yield from _polynomials(factor.head)
    yield from (index.position for index in factor.indices if isinstance(index, Fixed))
    yield factor.exponent


def stands_outside(factor: Factor, name: str) -> bool:
    """Whether a generator occurs in the factor but for the expressions that its head contains."""
    return factor.head == Parameter(name) or any(occurs(polynomial, name) for polynomial in polynomials_of(factor))


def _in_indices(factor: Factor, name: str) -> bool:
    return any(isinstance(i, Fixed) and occurs(i.position, name) for i in factor.indices)


def _polynomials(head: Head) -> Iterator[Size]:
    match head:
        case Opaque(parameters=parameters):
            yield from parameters
        case Range(count=count):
            yield count
        case Indicator(polynomial=polynomial):
            yield polynomial
        case _:
            pass


def replaced(entries: Entries, name: str, value: Size) -> Entries:
    """The entries with the polynomial `value` in place of a generator, where it is free.

    Raises ValueError where the variable of a finite sum inside occurs in the value.
    """
    terms = tuple(
        Term(t.coefficient, t.bound, tuple(_replaced_in(f, name, value) for f in t.factors)) for t in entries.terms
    )
    return Entries(entries.slots, terms)


def _replaced_in(factor: Factor, name: str, value: Size) -> Factor:
    head: Head = factor.head
    indices: tuple[Index, ...] = tuple(
        Fixed(composed(i.position, name, value), i.size) if isinstance(i, Fixed) else i for i in factor.indices
    )
    power = exponent(composed(factor.exponent, name, value))
    match head:
        case Parameter(name=own) if own == name:
            return Factor(Group(Entries((), numeral(value))), (), power)
        case Range(variable=own) if own != name and occurs(value, own):
            raise ValueError(f"{own} is bound inside")
        case Range(variable=own):
            head = Range(own, composed(head.count, name, value), head.body, head.integral)
            if own == name:
                return Factor(head, indices, power)
        case Indicator():
            head = Indicator(composed(head.polynomial, name, value), head.equation)
        case Opaque():
            parameters = tuple(composed(p, name, value) for p in head.parameters)
            head = Opaque(head.function, head.bodies, parameters, head.symmetric, head.skew and not parameters)
        case _:
            pass
    for place, body in enumerate(bodies(head)):
        head = _with_body(head, place, replaced(body, name, value))
    return Factor(head, indices, power)


def _with_body(head: Head, place: int, body: Entries) -> Head:
    return head if bodies(head)[place] == body else with_body(head, place, body)


def composed(polynomial: Exponent, name: str, value: Size) -> Exponent:
    """The polynomial with another one in place of a generator."""
    if isinstance(polynomial, Fraction) or not occurs(polynomial, name):
        return polynomial
    return polynomial.compose(generator(polynomial.ring, name), value)


def fresh(entries: Entries, *polynomials: Exponent) -> str | None:
    """A spare generator that occurs in none of these, bound or not; None when all are taken."""
    free = (
        name
        for name in SPARE
        if not binds(entries, name) and not mentions(entries, name) and not any(occurs(p, name) for p in polynomials)
    )
    return next(free, None)


def binds(entries: Entries, name: str) -> bool:
    """Whether a finite sum anywhere inside has this variable."""
    heads = [factor.head for term in entries.terms for factor in term.factors]
    own = any(isinstance(head, Range) and head.variable == name for head in heads)
    return own or any(binds(body, name) for head in heads for body in bodies(head))


def is_never_negative(polynomial: Size) -> bool:
    """Whether a polynomial in names of numbers ≥ 0 has no negative coefficient, so that its value is ≥ 0."""
    return all(coefficient >= 0 for _, coefficient in polynomial.terms())


def polynomial_of(entries: Entries, ring: Any) -> Size | None:
    """The polynomial in sizes and integers that a scalar is; None of any other."""
    total = ring.zero
    for term in entries.terms:
        value = _monomial_of(term, ring)
        if value is None:
            return None
        total += value
    return total


def _monomial_of(term: Term, ring: Any) -> Size | None:
    total = ring(ring.domain(term.coefficient.numerator, term.coefficient.denominator))
    for factor in term.factors:
        match factor.head:
            case Parameter(name=name) if name in names(ring):
                value = generator(ring, name)
            case Group(body=body) if not body.slots:
                value = polynomial_of(body, ring)
            case _:
                return None
        if value is None or not is_natural(factor.exponent):
            return None
        total *= value ** int(factor.exponent)
    return total if not term.bound else None
