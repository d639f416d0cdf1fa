"""Products of an inverse, the leading term of its matrix, and a finite sum of powers: B⁻¹ B Σ Bʳ and its like.

The inverse cancels beside the leading term, and the sum takes the leading term in; so the product has two ends, from
which a closed form of the sum follows that the inverse allows.
"""

from collections.abc import Iterator
from fractions import Fraction

from matcalc.components.terms import Bound, Entries, Factor, Index, Range, Slot, Term, reindex
from matcalc.prover.bounds import closed
from matcalc.prover.normalisation import normalise
from matcalc.prover.ranges import moved_in
from matcalc.prover.trace import Search, Trace


def beside_sums(equation: Entries, number: int, sides: Entries) -> Iterator[Entries]:
    """The leading term of a relation times each finite sum of an expression, joined at any index of one size."""
    lead = equation.terms[number]
    sums = [f for term in sides.terms for f in term.factors if isinstance(f.head, Range) and f.exponent == 1]
    for head in dict.fromkeys(factor.head for factor in sums):
        assert isinstance(head, Range)
        if not equation.slots:
            slots = tuple(Slot(k) for k in range(len(head.body.slots)))
            yield Entries(head.body.slots, (Term(Fraction(1), lead.bound, (*lead.factors, Factor(head, slots))),))
        for ours, size in enumerate(equation.slots):
            for theirs, other in enumerate(head.body.slots):
                if size == other:
                    yield _joined(equation, lead, head, ours, theirs)


def _joined(equation: Entries, lead: Term, head: Range, ours: int, theirs: int) -> Entries:
    """The product in which one free index of the leading term and one of the sum are summed over together."""
    joint = Bound(len(lead.bound))
    left = [k for k in range(len(equation.slots)) if k != ours]
    right = [k for k in range(len(head.body.slots)) if k != theirs]
    image: dict[Index, Index] = {Slot(k): Slot(new) for new, k in enumerate(left)}
    image[Slot(ours)] = joint
    indices = tuple(joint if k == theirs else Slot(len(left) + right.index(k)) for k in range(len(head.body.slots)))
    slots = (*(equation.slots[k] for k in left), *(head.body.slots[k] for k in right))
    factors = (*reindex(lead.factors, image), Factor(head, indices))
    return Entries(slots, (Term(Fraction(1), (*lead.bound, equation.slots[ours]), factors),))


def taken_in(start: Entries, search: Search) -> Trace | None:
    """The normal form of the product after its finite sum has taken something in; None where it takes nothing."""
    trace = Trace(start, search)
    trace.arrange()
    for finder in (closed, moved_in):
        found = finder(trace, trace.entries.terms[0])
        if found is not None:
            rule, place, arguments = found
            trace.rewrite(rule, 0, place, *arguments)
            normalise(trace)
            return trace
    return None
