"""Where the leading term of a sum B stands beside a power of B, for the rule `leading term of a power`."""

from fractions import Fraction
from typing import Any

from matcalc.components.exponents import is_natural, is_whole
from matcalc.components.order import exponent_key, factor_key
from matcalc.components.terms import Bound, Delta, Entries, Factor, Group, Index, Slot, Term, reindex, sizes_in
from matcalc.prover.matching import Pattern, is_private
from matcalc.prover.trace import Trace

Found = tuple[int, tuple[int, ...], tuple[Bound, ...]]
"""The leading term's number, the places of its factors, the bound indices in place of its sums."""


def leading(body: Entries) -> int | None:
    """The number of the greatest term by degree, then lexicographically; None where it is a constant.

    Both comparisons survive multiplication by a common factor, so eliminating leading terms ends.
    Source: Cox, Little and O'Shea 2015, Ideals, Varieties, and Algorithms, section 2.2, definition 5.
    """
    if not body.terms:
        return None
    degrees = [_degree(term) for term in body.terms]
    highest = max(degrees)
    if not highest > (Fraction(0), Fraction(0)):
        return None
    numbers = [k for k, degree in enumerate(degrees) if degree == highest]
    return numbers[0] if len(numbers) == 1 else max(numbers, key=lambda k: _powers(body.terms[k]))


def _powers(term: Term) -> tuple[Any, ...]:
    """Each factor with its power, the greatest first: the lexicographic order compares these."""
    keys = [(factor_key(Factor(f.head, f.indices)), exponent_key(f.exponent)) for f in term.factors]
    return tuple(sorted(keys, reverse=True))


VECTOR = Fraction(2, 5)
"""The weight of a factor with a single index, beside 1 for a matrix."""


def _degree(term: Term) -> tuple[Fraction, Fraction]:
    """The powers of factors with indices, then of scalars; deltas do not count, as they are contracted away.

    Two vectors weigh less than a matrix, so that in A + u vᵀ, beside its inverse, A is eliminated: from Aᵢⱼ no trace
    arises where vᵀ (A + u vᵀ)⁻¹ u has no free index.
    """
    indexed, scalar = Fraction(0), Fraction(0)
    for factor in term.factors:
        power = factor.exponent if isinstance(factor.exponent, Fraction) else Fraction(1)
        power = abs(power) if isinstance(factor.head, Group) else power
        if factor.indices and not isinstance(factor.head, Delta):
            indexed += power if len(factor.indices) > 1 else power * VECTOR
        elif not factor.indices:
            scalar += power
    return indexed, scalar


def find_leading(trace: Trace, term: Term) -> tuple[int, Found] | None:
    """The place of a power of a sum, and where the sum's leading term stands beside it."""
    for place, factor in enumerate(term.factors):
        head = factor.head
        if isinstance(head, Group) and not is_natural(factor.exponent) and _is_sum(head.body):
            number = leading(head.body)
            match = None if number is None else find_beside(trace, term, place, head.body, number)
            if match is None and number is not None:
                match = _partial_fraction(term, place, head.body, number)
            if match is not None:
                return place, match
    return None


def _is_sum(body: Entries) -> bool:
    return len(body.terms) > 1 or (len(body.terms) == 1 and bool(body.terms[0].bound))


def _partial_fraction(term: Term, place: int, body: Entries, number: int) -> Found | None:
    """The constant of B, where the term is divided by a factor of B's leading term: 1/(x (1 + x)) = 1/x − 1/(1 + x)."""
    constants = [k for k, t in enumerate(body.terms) if not t.factors and not t.bound]
    at: dict[Index, Index] = {Slot(k): index for k, index in enumerate(term.factors[place].indices)}
    lead = reindex(body.terms[number].factors, at) if not body.terms[number].bound else ()
    wanted = {(f.head, f.indices) for f in lead}
    divided = any(
        (f.head, f.indices) in wanted and is_whole(f.exponent) and f.exponent < 0
        for k, f in enumerate(term.factors)
        if k != place
    )
    return (constants[0], (), ()) if constants and divided and is_whole(term.factors[place].exponent) else None


def find_beside(trace: Trace, term: Term, place: int, body: Entries, number: int) -> Found | None:
    """Where term `number` of the body stands beside the factor at `place`, at that factor's indices."""
    lead = body.terms[number]
    pattern = Pattern(lead, term, sizes_in(trace.entries, term), trace.search.facts)
    at: dict[Index, Index] = {Slot(k): index for k, index in enumerate(term.factors[place].indices)}
    for chosen, image in pattern.placings((place,), at):
        sums = tuple(image[Bound(k)] for k in range(len(lead.bound)))
        bound = tuple(index for index in sums if isinstance(index, Bound))
        if len({*bound}) == len(sums) and is_private(pattern, chosen, sums):
            return number, chosen, bound
    return None
