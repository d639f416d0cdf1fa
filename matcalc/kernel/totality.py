"""Where entries have a value for sure, whatever the values of the symbols are.

A rule that adds terms to a finite sum and takes them away again, or splits an indicator, needs values there; else a
later step, such as t t⁻¹ = 1, would be used where it does not hold. What is not known to have a value is taken to have
none.
"""

from collections.abc import Iterable
from fractions import Fraction

from matcalc.components.exponents import Exponent, is_integral
from matcalc.components.facts import Facts, whole_head
from matcalc.components.terms import (
    Declared,
    Delta,
    Elementwise,
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
    Split,
    Tangent,
    bodies,
)

EVERYWHERE = frozenset({"exp", "sin", "cos", "sinh", "cosh", "tanh", "erf", "abs", "sign"})
"""Elementary functions with a value at every number; arbitrary functions have one as well."""


def is_total(head: Range, facts: Facts) -> bool:
    """Whether the summand of a finite sum has a value at each of its places."""
    return not head.integral and _is_total(head.body, facts.within(head))


def have_values(factors: Iterable[Factor], facts: Facts) -> bool:
    """Whether these factors have a value."""
    return all(_has_value(factor, facts) for factor in factors)


def positions_on_axes(entries: Entries, facts: Facts) -> bool:
    """Whether every position, at any depth, is one of its axis."""
    factors = [factor for term in entries.terms for factor in term.factors]
    return all(on_axis(index, facts) for factor in factors for index in factor.indices) and all(
        positions_on_axes(body, facts.within(f.head) if isinstance(f.head, Range) else facts)
        for f in factors
        for body in bodies(f.head)
    )


def _is_total(entries: Entries, facts: Facts) -> bool:
    return all(have_values(term.factors, facts) for term in entries.terms)


def _has_value(factor: Factor, facts: Facts) -> bool:
    whole = is_integral(factor.exponent)
    raised = whole and (_at_least_zero(factor.exponent, facts) or facts.is_nonzero(factor.head))
    if not raised and not facts.is_positive(factor.head):
        return False
    return all(on_axis(index, facts) for index in factor.indices) and _head_has_value(factor.head, facts)


def _at_least_zero(exponent: Exponent, facts: Facts) -> bool:
    return exponent >= 0 if isinstance(exponent, Fraction) else facts.at_least_zero(exponent)


def on_axis(index: Index, facts: Facts) -> bool:
    """Whether an index is a position on its axis; one that is summed over or free always is."""
    if not isinstance(index, Fixed):
        return True
    return facts.at_least_zero(index.position - 1) and facts.at_least_zero(index.size - index.position)


def _head_has_value(head: Head, facts: Facts) -> bool:
    match head:
        case Declared() | Tangent() | Delta() | Split() | Parameter() | Indicator():
            return True
        case Elementwise(function="log", order=0, body=body) if "log" not in facts.functions:
            return facts.is_positive(whole_head(body)) and _is_total(body, facts)
        case Elementwise(function=function, body=body):
            return (function in EVERYWHERE or function in facts.functions) and _is_total(body, facts)
        case Group(body=body):
            return _is_total(body, facts)
        case Range():
            return is_total(head, facts)
        case Opaque(function="expm", bodies=(body,)):
            return _is_total(body, facts)
        case Opaque(function="matrix_power", bodies=(body,), parameters=(power,)):
            return _is_total(body, facts) and facts.at_least_zero(power)
        case _:
            return False
