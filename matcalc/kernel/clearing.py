"""Steps on a whole expression that is to vanish: multiplied through by a denominator, or put under one sum."""

from collections import Counter
from fractions import Fraction

from matcalc.components.arrays import negative
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Group,
    Index,
    Indicator,
    Slot,
    Split,
    Term,
    Triangle,
    reindex,
)
from matcalc.kernel.steps import Clear, Gather, require
from matcalc.kernel.totality import have_values, on_axis
from matcalc.language.nodes import Size


def difference(left: Entries, right: Entries) -> Entries:
    """E − F, over the slots of both."""
    require(left.slots == right.slots, "the sides have different axes")
    return Entries(left.slots, left.terms + negative(right).terms)


def clear(entries: Entries, step: Clear, facts: Facts) -> Entries:
    """E = B^(−m) (B^m E) for a B that is never 0, or by which E is divided, and so not 0 where E is defined.

    For an m that is no whole number B has to be positive, by itself or because E is divided by a root of it.
    """
    base, power = step.base, step.power
    require(isinstance(power, int | Fraction) and power > 0 and base.exponent == 1, "not a power of a denominator")
    require(not any(isinstance(index, Bound) for index in base.indices), "a sum is not multiplied through")
    rooted = Fraction(power).denominator != 1
    sign = facts.is_positive(base.head) if rooted else facts.is_nonzero(base.head)
    known = sign and _stands(base, entries) and have_values([base], facts)
    divided = known or any(_is_divided(term, base, facts, rooted) for term in entries.terms)
    require(divided, "nothing says that the factor is not 0")
    raised = Factor(base.head, base.indices, Fraction(power))
    terms = tuple(Term(t.coefficient, t.bound, (*t.factors, raised)) for t in entries.terms)
    own = tuple(Slot(number) for number in range(len(entries.slots)))
    inverse = Factor(base.head, base.indices, Fraction(-power))
    product = Factor(Group(Entries(entries.slots, terms)), own)
    return Entries(entries.slots, (Term(Fraction(1), (), (inverse, product)),))


def _stands(factor: Factor, entries: Entries) -> bool:
    """Whether a parenthesis or a function may stand in the expression: its indices are free there, of those sizes."""
    if not isinstance(factor.head, Group | Elementwise) or len(factor.indices) != len(factor.head.body.slots):
        return False
    sizes: dict[Index, Size] = {Slot(number): size for number, size in enumerate(entries.slots)}
    found = (i.size if isinstance(i, Fixed) else sizes.get(i) for i in factor.indices)
    return tuple(found) == factor.head.body.slots


def _is_divided(term: Term, base: Factor, facts: Facts, rooted: bool) -> bool:
    """Whether the term is defined only where the base is not 0, or is positive, at every value of its indices."""
    powers = [f.exponent for f in term.factors if (f.head, f.indices) == (base.head, base.indices)]
    fitting = (isinstance(p, Fraction) and p < 0 and (p.denominator != 1 or not rooted) for p in powers)
    return any(fitting) and counts_everywhere(term, base, facts)


def counts_everywhere(term: Term, factor: Factor, facts: Facts) -> bool:
    """Whether at every value of the factor's indices the term's deltas are 1 for some value of its other indices.

    Where a delta is 0, or a sum empty, the term is 0, and what the factor is does not matter. A delta can always be 1
    if one of its indices is free and stands in no other delta, and a position is on its axis. Nothing is said beside
    indicators, nor where a finite sum may have been empty.
    """
    empty = facts.counted or term.coefficient == 0 or not all(map(facts.is_at_least_one, term.bound))
    if empty or any(isinstance(f.head, Split | Triangle | Indicator) for f in term.factors):
        return False
    own: set[Index] = set(factor.indices)
    joined = [f.indices for f in term.factors if isinstance(f.head, Delta)]
    uses = Counter(index for pair in joined for index in pair)
    private = {index for index in uses if uses[index] == 1 and index not in own and isinstance(index, Slot | Bound)}
    return all(private & set(pair) and all(on_axis(index, facts) for index in pair) for pair in joined)


def gather(entries: Entries, step: Gather) -> Entries:
    """Σ_j s(j) + Σ_j t(j) = Σ_j (s(j) + t(j)) for the terms with these numbers, in place of the first of them."""
    numbers = step.terms
    require(len(set(numbers)) == len(numbers) > 0, "a term is named twice, or none")
    require(all(isinstance(k, int) and 0 <= k < len(entries.terms) for k in numbers), "no such term")
    chosen = [entries.terms[k] for k in numbers]
    bound = chosen[0].bound
    require(all(term.bound == bound for term in chosen), "sums of different sizes")
    free = len(entries.slots)
    image: dict[Index, Index] = {Bound(k): Slot(free + k) for k in range(len(bound))}
    inner = tuple(Term(t.coefficient, (), reindex(t.factors, image)) for t in chosen)
    indices: tuple[Index, ...] = (*(Slot(k) for k in range(free)), *(Bound(k) for k in range(len(bound))))
    group = Factor(Group(Entries(entries.slots + bound, inner)), indices)
    rest = (t for k, t in enumerate(entries.terms) if k not in numbers)
    return Entries(entries.slots, (Term(Fraction(1), bound, (group,)), *rest))
