"""Which signs expressions need in order to be defined: what stands under a logarithm is positive, under a root never
negative, under a fraction line not 0.

A head gets a sign where it is evaluated at every index of its own. So nothing is read off an entry at a fixed position
or on a diagonal, beside a delta of its own indices (where the value off the diagonal does not matter), or in a finite
sum, which may be empty; nor off the base of a power that may be the zeroth, which is 1 whatever its base is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum
from fractions import Fraction

from matcalc.components.exponents import Exponent
from matcalc.components.facts import Facts, is_whole, whole_head
from matcalc.components.terms import (
    Bound,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Group,
    Head,
    Index,
    Opaque,
    Partial,
    Range,
    Term,
    bodies,
    reindex,
)
from matcalc.kernel.arrange import in_order
from matcalc.kernel.clearing import counts_everywhere


class _Sign(Enum):
    """What is known of every entry of a head."""

    POSITIVE = "> 0"
    NEVER_NEGATIVE = "≥ 0"
    NONZERO = "≠ 0"


def with_signs(facts: Facts, sides: Iterable[Entries]) -> Facts:
    """The facts, with the signs that the sides need to be defined."""
    found: dict[_Sign, set[Head]] = {sign: set() for sign in _Sign}
    for side in sides:
        for factor in _evaluated(side, facts):
            for sign, head in _signs(factor, facts):
                found[sign].add(head)
    return replace(
        facts,
        positive=facts.positive | found[_Sign.POSITIVE],
        never_negative=facts.never_negative | found[_Sign.NEVER_NEGATIVE],
        nonzero=facts.nonzero | found[_Sign.NONZERO],
    )


def _evaluated(entries: Entries, facts: Facts) -> Iterator[Factor]:
    """The factors, at any depth, that have to be defined at every index of their own."""
    for term in entries.terms:
        for factor in term.factors:
            whole = stands_everywhere(factor) and counts_everywhere(term, factor, facts)
            if whole:
                yield factor
            inside = counts_everywhere(term, Factor(factor.head), facts) if isinstance(factor.head, Opaque) else whole
            if inside and not isinstance(factor.head, Range):
                for body in bodies(factor.head):
                    yield from _evaluated(body, facts)


def stands_everywhere(factor: Factor) -> bool:
    """Whether the indices are different ones that are not fixed; those of a derivative's variable do not count."""
    indices = factor.indices
    if isinstance(factor.head, Partial):
        indices = indices[: len(factor.head.body.slots)]
    return len(set(indices)) == len(indices) and not any(isinstance(i, Fixed) for i in indices)


def _signs(factor: Factor, facts: Facts) -> Iterator[tuple[_Sign, Head]]:
    """What a factor that stands at every index of its own tells of its base, or of its argument."""
    match factor.head:
        case Elementwise(function="log", order=0, body=body) if "log" not in facts.functions:
            yield from _of_value(body, _Sign.POSITIVE, facts)
        case _:
            pass
    power = factor.exponent
    if isinstance(power, Fraction) and (power < 0 or power.denominator != 1):
        sign = _Sign.NEVER_NEGATIVE if power > 0 else _Sign.NONZERO if power.denominator == 1 else _Sign.POSITIVE
        if isinstance(factor.head, Group):
            yield from _of_value(factor.head.body, sign, facts)
        else:
            yield sign, factor.head


def _of_value(body: Entries, sign: _Sign, facts: Facts) -> Iterator[tuple[_Sign, Head]]:
    """What the sign of every entry of a body tells of it, and of the factors of a product."""
    yield sign, whole_head(in_order(body, facts))
    if len(body.terms) != 1 or not body.terms[0].coefficient:
        return
    (term,) = body.terms
    if term.bound:
        yield from ((_Sign.NONZERO, head) for head in _summed_factors(body, facts) if sign is not _Sign.NEVER_NEGATIVE)
        return
    if sign is not _Sign.NEVER_NEGATIVE:
        for factor in term.factors:
            if is_whole(factor, len(body.slots)) and facts.is_never_zero(factor.exponent):
                yield from _nonzero(factor.head, facts)
    alone = len(term.factors) == 1 and is_whole(term.factors[0], len(body.slots))
    if alone and term.coefficient > 0 and _is_odd(term.factors[0].exponent):
        yield sign, term.factors[0].head


def _nonzero(head: Head, facts: Facts) -> Iterator[tuple[_Sign, Head]]:
    """That no entry of a head is 0, nor, where it is an absolute value, of its argument."""
    yield _Sign.NONZERO, head
    if isinstance(head, Elementwise) and (head.function, head.order) == ("abs", 0) and "abs" not in facts.functions:
        yield from _of_value(head.body, _Sign.NONZERO, facts)


def _summed_factors(body: Entries, facts: Facts) -> Iterator[Head]:
    """The scalars of which a scalar with sums is the product: (xᵀx) (yᵀy) is one term whose factors fall apart."""
    (term,) = body.terms
    left = [{i for i in f.indices if isinstance(i, Bound)} for f in term.factors]
    while not body.slots and any(left):
        joined = next(indices for indices in left if indices)
        while any(indices & joined and not indices <= joined for indices in left):
            joined = joined.union(*(indices for indices in left if indices & joined))
        numbers = sorted(index.number for index in joined)
        image: dict[Index, Index] = {Bound(old): Bound(new) for new, old in enumerate(numbers)}
        factors = tuple(f for f, indices in zip(term.factors, left, strict=True) if indices & joined)
        part = Term(Fraction(1), tuple(term.bound[k] for k in numbers), reindex(factors, image))
        yield whole_head(in_order(Entries((), (part,)), facts))
        left = [indices - joined for indices in left]


def _is_odd(power: Exponent) -> bool:
    return isinstance(power, Fraction) and power % 2 == 1
