"""Where finite sums begin and end: rows of the normal form's tables.

A summand's positions, or where it has none its powers, are to be the lowest that they can be at the first term; a sum
ends where its axis ends, where that is a number of terms away, and else as early as it is known to. So sums over parts
of an axis, with shifted indices or with terms split off, meet.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Any

from matcalc.components.exponents import Exponent
from matcalc.components.terms import (
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Group,
    Opaque,
    Parameter,
    Range,
    Term,
    bodies,
)
from matcalc.components.variables import SPARE, occurs, polynomial_of
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.trace import Trace


def ranges(term: Term) -> Iterator[tuple[int, Factor, Range]]:
    """The finite sums and integrals among the factors, with their places."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Range) and factor.exponent == 1:
            yield place, factor, factor.head


def _sums(term: Term) -> Iterator[tuple[int, Factor, Range]]:
    """Finite sums of one term of which every factor depends on the variable."""
    for place, factor, head in ranges(term):
        if not head.integral and len(head.body.terms) == 1 and head.body.terms[0].factors:
            yield place, factor, head


def written_out(trace: Trace, term: Term) -> Place | None:
    """A finite sum of a number of terms, or of none."""
    found = (accepts(trace, term, "finite sum term by term", place) for place, _, _ in ranges(term))
    return next((place for place in found if place is not None), None)


def closed(trace: Trace, term: Term) -> Place | None:
    """Sums of powers of the variable, powers of a number, and powers beside a sum of powers."""
    for place, _, head in _sums(term):
        found = accepts(trace, term, "sum of powers", place)
        if found is not None:
            return found
        for inner in range(len(head.body.terms[0].factors)):
            found = accepts(trace, term, "sum of powers of a number", place, inner) if _is_short(head, inner) else None
            others = (k for k in range(len(term.factors)) if k != place)
            absorbed = (accepts(trace, term, "power beside a sum of powers", place, k, inner) for k in others)
            found = found or next((a for a in absorbed if a is not None), None)
            if found is not None:
                return found
    return None


def _is_short(head: Range, place: int) -> bool:
    """Whether what stands beside a power is a power of the variable, whose differences are of lower degree."""
    others = (factor.head for k, factor in enumerate(head.body.terms[0].factors) if k != place)
    return all(isinstance(other, Parameter) for other in others)


def over_axis(trace: Trace, term: Term) -> Place | None:
    """A finite sum over all of an axis."""
    found = (accepts(trace, term, "sum over an axis", place) for place, _, _ in _sums(term))
    return next((place for place in found if place is not None), None)


def begun(trace: Trace, term: Term) -> Place | None:
    """A finite sum whose first term is to be another."""
    for place, _, head in _sums(term):
        start = _start(trace, head)
        if start is None or not start:
            continue
        if start.is_ground and start.LC < 0:
            found = accepts(trace, term, "end of a finite sum", place, "first")
        else:
            more = start.ring.one if start.is_ground else start
            found = accepts(trace, term, "longer finite sum", place, "first", more)
        if found is not None:
            return found
    return None


def _start(trace: Trace, head: Range) -> Size | None:
    """How many terms could come before the first one; fewer than none where the first one has a negative power."""
    name = head.variable
    positions = [_lowest(i.position - 1, name) for i in _positions(head.body) if occurs(i.position, name)]
    powers = [_lowest_number(p, name) for p in _parameters(head.body, name)]
    exponents = [_lowest_number(f.exponent, name) for f in head.body.terms[0].factors]
    negative = [start for start in exponents if start is not None and start.LC < 0]
    numbers = [_before_one(value, name) for value in _numbers(head.body, head.count.ring)]
    return _least(trace, [start for start in (*positions, *powers, *negative, *numbers) if start is not None])


def _numbers(entries: Entries, ring: Any) -> Iterator[Size]:
    """The polynomials that stand as numbers in functions, and in parentheses that are not multiplied out."""
    for term in entries.terms:
        for factor in term.factors:
            for body in bodies(factor.head):
                value = polynomial_of(body, ring) if isinstance(factor.head, Elementwise | Group) else None
                yield from (value,) if value is not None else _numbers(body, ring)


def _before_one(value: Size, name: str) -> Size | None:
    """How many whole steps a r + b can go down from r = 0 with a value of at least 1."""
    found = _slope(value, name)
    start = _lowest_number(value - 1, name) if found is not None and found[1].is_ground else None
    return start if start is not None and (not start or start.LC > 0) else None


def fractions(trace: Trace, term: Term) -> Place | None:
    """Inside a finite sum, two denominators that are linear in its variable: 1/(r (r + 1)) = 1/r − 1/(r + 1)."""
    linear = [(place, own) for place, f in enumerate(term.factors) if (own := _linear(f, trace)) is not None]
    for number, (place, (one, slope)) in enumerate(linear):
        for other, (two, steeper) in linear[number + 1 :]:
            if one == two:
                found = accepts(trace, term, "partial fractions", place, other, steeper, slope)
                if found is not None:
                    return found
    return None


def _linear(factor: Factor, trace: Trace) -> tuple[str, Fraction] | None:
    """The variable of a finite sum in a denominator a r + b, and a; None of any other factor."""
    power = factor.exponent
    if not isinstance(factor.head, Group) or not (isinstance(power, Fraction) and power < 0):
        return None
    value = polynomial_of(factor.head.body, trace.search.facts.ring)
    for name in SPARE if value is not None else ():
        found = _slope(value, name) if value is not None else None
        if found is not None:
            return name, found[0]
    return None


def _slope(polynomial: Exponent, name: str) -> tuple[Fraction, Size] | None:
    """The a and b of a polynomial a r + b with a number a > 0, b free of r; None of any other."""
    if isinstance(polynomial, Fraction):
        return None
    variable = generator(polynomial.ring, name)
    slope = polynomial.diff(variable)
    rest = polynomial - slope * variable
    if not slope.is_ground or slope.LC <= 0 or occurs(rest, name):
        return None
    return Fraction(int(slope.LC.numerator), int(slope.LC.denominator)), rest


def _lowest(polynomial: Size, name: str) -> Size | None:
    """B of a polynomial r + b, and of a r + b the number of whole steps below, where b is a number."""
    found = _slope(polynomial, name)
    if found is not None and found[0] == 1:
        return found[1]
    return _lowest_number(polynomial, name) if found is not None and found[1].is_ground else None


def _lowest_number(polynomial: Exponent, name: str) -> Size | None:
    """The number of whole steps of a r + b that the constant in b makes."""
    found = _slope(polynomial, name)
    if found is None:
        return None
    constant = found[1].coeff(1)
    return found[1].ring(floor(Fraction(int(constant.numerator), int(constant.denominator)) / found[0]))


def _least(trace: Trace, starts: list[Size]) -> Size | None:
    """The least of them, where it is known which."""
    known = trace.search.facts.at_least_zero
    return next((start for start in starts if all(known(other - start) for other in starts)), None)


def _positions(entries: Entries) -> Iterator[Fixed]:
    """The positions at any depth."""
    for term in entries.terms:
        for factor in term.factors:
            yield from (index for index in factor.indices if isinstance(index, Fixed))
            for body in bodies(factor.head):
                yield from _positions(body)


def _parameters(entries: Entries, name: str) -> list[Size]:
    """The exponents of matrix powers in which the variable occurs."""
    heads = [factor.head for term in entries.terms for factor in term.factors]
    own = [p for h in heads if isinstance(h, Opaque) and h.function == "matrix_power" for p in h.parameters]
    return [p for p in own if occurs(p, name)] + [p for h in heads for b in bodies(h) for p in _parameters(b, name)]


def ended(trace: Trace, term: Term) -> Place | None:
    """A finite sum whose last term is to be another: the axis ends there, or the count has no number added to it."""
    for place, _, head in ranges(term):
        if len(head.body.terms) != 1 or head.integral:
            continue
        left = _left(head)
        missing = -head.count.ring(head.count.coeff(1)) if left is None else left
        if not missing:
            continue
        if missing.LC > 0:
            found = accepts(trace, term, "longer finite sum", place, "last", missing.ring.one)
        else:
            known = trace.search.facts.at_least_zero(head.count - 1)
            found = accepts(trace, term, "end of a finite sum", place, "last") if known else None
        if found is not None:
            return found
    return None


def _left(head: Range) -> Size | None:
    """How many terms could follow before a position leaves its axis, if that is a number."""
    name = head.variable
    found = []
    for index in _positions(head.body):
        if occurs(index.position, name):
            slope = index.position.diff(generator(index.position.ring, name))
            rest = index.position - slope * generator(index.position.ring, name)
            if slope in (1, -1):
                last = index.size - rest if slope == 1 else rest - 1
                found.append(last + 1 - head.count)
    numbers = [left for left in found if left.is_ground and left.LC >= 0]
    return min(numbers, key=lambda left: left.LC) if numbers else None


def divided(trace: Trace, term: Term) -> Place | None:
    """A finite sum of powers whose count is a sum: Σ_{r<k+l} as two."""
    for place, _, head in _sums(term):
        if any(occurs(index.position, head.variable) for index in _positions(head.body)):
            continue
        for monomial, coefficient in head.count.terms() if len(head.count) > 1 or head.count.LC != 1 else ():
            part = head.count.ring({monomial: 1 + 0 * coefficient})
            if not part.is_ground and part != head.count:
                found = accepts(trace, term, "finite sum cut in two", place, part)
                if found is not None:
                    return found
    return None


BOUNDS: tuple[Finder, ...] = (fractions, closed, begun, ended, over_axis, divided)
