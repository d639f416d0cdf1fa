"""Where sines and cosines are expanded: sums of angles, and multiples of the units that all angles of a claim have."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import gcd, lcm

from matcalc.components.terms import Elementwise, Entries, Term, bodies
from matcalc.prover.finding import Place, accepts
from matcalc.prover.trace import Product, Trace

ANGULAR = frozenset({"sin", "cos", "tan"})

LARGEST_MULTIPLE = 16
"""The multiple of its unit above which an angle is not expanded."""


def units_of(sides: Iterable[Entries]) -> dict[Product, Fraction]:
    """For each product that stands in an angle, the greatest number of which its coefficients are whole multiples."""
    units: dict[Product, Fraction] = {}
    for side in sides:
        for term in _angles(side):
            key = (term.bound, term.factors)
            units[key] = _common(units.get(key, Fraction(0)), term.coefficient)
    return units


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The greatest common measure of two numbers."""
    denominator = lcm(one.denominator, other.denominator)
    return Fraction(gcd(int(one * denominator), int(other * denominator)), denominator)


def _angles(entries: Entries) -> Iterator[Term]:
    """The terms of every angle, at any depth."""
    for term in entries.terms:
        for factor in term.factors:
            if isinstance(factor.head, Elementwise) and factor.head.function in ANGULAR:
                yield from factor.head.body.terms
            for body in bodies(factor.head):
                yield from _angles(body)


def angles(trace: Trace, term: Term) -> Place | None:
    """Sines and cosines of parts of π, and, when the search is thorough, of sums and multiples."""
    for place, factor in enumerate(term.factors):
        head = factor.head
        if not isinstance(head, Elementwise) or head.order != 0:
            continue
        for rule in ("value at 0", "sine of a part of pi"):
            found = accepts(trace, term, rule, place)
            if found is not None:
                return found
        if trace.search.thorough and head.function in ("sin", "cos"):
            share = _share(head.body, trace)
            found = accepts(trace, term, "addition theorem", place, 0, share) if share else None
            if found is not None:
                return found
    return None


def _share(angle: Entries, trace: Trace) -> Fraction | None:
    """What of the angle's first term to split off: all of it in a sum, half of it in a multiple of the unit."""
    if not angle.terms:
        return None
    first = angle.terms[0]
    unit = trace.search.units.get((first.bound, first.factors), Fraction(0))
    if len(angle.terms) > 1:
        return first.coefficient
    multiple = first.coefficient / unit if unit else Fraction(1)
    if multiple.denominator != 1 or not 1 < multiple <= LARGEST_MULTIPLE:
        return None
    return unit * (int(multiple) // 2)
