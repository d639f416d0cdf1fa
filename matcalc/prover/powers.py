"""Where the rules of matrix powers, exponentials and finite sums apply: rows of the normal form's tables."""

from collections.abc import Iterator
from itertools import combinations, permutations

from matcalc.components.arrays import negative
from matcalc.components.order import entries_key, index_key
from matcalc.components.terms import Bound, Entries, Factor, Index, Opaque, Range, Slot, Term, bodies, reindex
from matcalc.components.variables import factor_mentions, fresh, is_never_negative
from matcalc.kernel.arrange import in_order
from matcalc.kernel.replay import apply
from matcalc.kernel.steps import Refused, Rewrite, used_only_in
from matcalc.prover.finding import Finder, Place
from matcalc.prover.matrices import cancelling, flipped, functions, term_beside
from matcalc.prover.trace import Trace

MOST_FACTORS = 64
"""The largest number k for which a power M^k is written out."""


def trivial(trace: Trace, term: Term) -> Place | None:
    """A power that is a number, to be written out."""
    for place, factor, head in functions(term, "matrix_power", "expm"):
        parameter = head.parameters[0]
        written = parameter.is_ground and (
            not parameter or (head.function == "matrix_power" and abs(parameter.LC) <= MOST_FACTORS)
        )
        if factor.exponent == 1 and written:
            return "trivial power", place, ()
    return None


def products(trace: Trace, term: Term) -> Place | None:
    """Two powers of one matrix, or a power and the inverse, side by side."""
    found = list(functions(term, "matrix_power", "expm", "inv"))
    for place, factor, head in found:
        for other, second, second_head in found:
            half = len(factor.indices) // 2
            if place != other and head.bodies == second_head.bodies and factor.indices[half:] == second.indices[:half]:
                rewrite = Rewrite("product of powers", 0, place, (other,))
                if _applies(trace, term, rewrite):
                    return rewrite.rule, place, rewrite.arguments
    return None


def _applies(trace: Trace, term: Term, step: Rewrite) -> bool:
    try:
        apply(Entries(trace.entries.slots, (term,)), step, trace.search.facts)
    except Refused:
        return False
    return True


def commuted(trace: Trace, term: Term) -> Place | None:
    """An exponential to the left of its own matrix, which goes before it."""
    for place, factor, head in functions(term, "expm"):
        body = head.bodies[0]
        if factor.exponent != 1 or len(body.terms) != 1:
            continue
        bare = tuple(f for f in body.terms[0].factors if f.indices)
        matrix = Entries(body.slots, (Term(body.terms[0].coefficient, body.terms[0].bound, bare),))
        found = term_beside(trace, term, place, matrix, 0, "right")
        if found is not None and not {*found[1][len(factor.indices) // 2 :]} & {*factor.indices}:
            return "matrix beside its exponential", place, ("right", 0, *found)
    return None


def brought_together(trace: Trace, term: Term) -> Place | None:
    """An exponential of a skew matrix, turned so that it multiplies another with which it shares rows or columns."""
    found = [(place, factor) for place, factor, _ in _skew_exponentials(trace, term)]
    for (place, factor), (other, second) in combinations(found, 2):
        for position, turned in ((0, place), (1, other)):
            shared = factor.indices[position]
            alone = isinstance(shared, Bound) and used_only_in(term, shared, {place, other})
            if alone and shared == second.indices[position] and bodies(factor.head) == bodies(second.head):
                return "inverse of a transpose", turned, ()
    return None


def positive(trace: Trace, term: Term) -> Place | None:
    """The exponential of minus a skew matrix, which is the transposed exponential of the matrix."""
    for place, _, head in _skew_exponentials(trace, term):
        if head.parameters[0].is_ground and head.parameters[0].LC < 0:
            return "inverse of a transpose", place, ()
    return None


def _skew_exponentials(trace: Trace, term: Term) -> Iterator[tuple[int, Factor, Opaque]]:
    """The exponentials of multiples of a skew matrix of one term."""
    for place, factor, head in functions(term, "expm"):
        (body,), facts = head.bodies, trace.search.facts
        single = factor.exponent == 1 and len(body.slots) == 2 and len(body.terms) == 1
        if single and in_order(body, facts) == body and in_order(flipped(body), facts) == negative(body):
            yield place, factor, head


POWERS: tuple[Finder, ...] = (trivial, brought_together, products, commuted, positive)


def _ranges(term: Term) -> Iterator[tuple[int, Factor, Range]]:
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Range) and factor.exponent == 1:
            yield place, factor, factor.head


def taken_out(trace: Trace, term: Term) -> Place | None:
    """A finite sum with more than one term, or of which something does not depend on the variable; its count."""
    for place, _, head in _ranges(term):
        if len(head.body.terms) != 1:
            return "linearity of a finite sum", place, ()
        inner = head.body.terms[0]
        if not inner.factors and not inner.bound and inner.coefficient == 1:
            if is_never_negative(head.count):
                return "counting the terms of a finite sum", place, ()
            continue
        dependent = all(factor_mentions(f, head.variable) for f in inner.factors)
        unused = {Bound(k) for k in range(len(inner.bound))} - {i for f in inner.factors for i in f.indices}
        if inner.coefficient != 1 or unused or not dependent:
            return "linearity of a finite sum", place, ()
    return None


def moved_in(trace: Trace, term: Term) -> Place | None:
    """An index used by a finite sum alone, or a neighbour that lets powers inside the sum be multiplied."""
    for place, factor, head in _ranges(term):
        near = [
            k
            for k, f in enumerate(term.factors)
            if k != place and not factor_mentions(f, head.variable) and _shared(f, factor)
        ]
        if _applies(trace, term, Rewrite("into a finite sum", 0, place, ((),))):
            return "into a finite sum", place, ((),)
        for other in near:
            if _pays(trace, term, place, (other,)):
                return "into a finite sum", place, ((other,),)
    return None


def _shared(factor: Factor, other: Factor) -> bool:
    return any(isinstance(i, Bound) and i in other.indices for i in factor.indices)


def _pays(trace: Trace, term: Term, place: int, places: tuple[int, ...]) -> bool:
    """Whether the powers inside the sum can be multiplied once these factors are inside."""
    step = Rewrite("into a finite sum", 0, place, (places,))
    try:
        (new,) = apply(Entries(trace.entries.slots, (term,)), step, trace.search.facts).terms
    except Refused:
        return False
    head = new.factors[-1].head
    assert isinstance(head, Range)
    inner = Trace(head.body, trace.search)
    return any(finder(inner, head.body.terms[0]) is not None for finder in (*POWERS, cancelling, moved_in))


def backwards(trace: Trace, term: Term) -> Place | None:
    """A finite sum that comes first in the order of expressions when it is counted backwards; its variable's name."""
    for place, factor, head in _ranges(term):
        first = fresh(Entries((), ()))
        if (
            first is not None
            and head.variable != first
            and _applies(trace, term, Rewrite("renaming the variable of a finite sum", 0, place, (first,)))
        ):
            return "renaming the variable of a finite sum", place, (first,)
        step = Rewrite("finite sum backwards", 0, place)
        if not _applies(trace, term, step):
            continue
        (new,) = apply(Entries(trace.entries.slots, (term,)), step, trace.search.facts).terms
        if _first_key(trace, new.factors[place]) < _first_key(trace, factor):
            return step.rule, place, ()
    return None


def _first_key(trace: Trace, factor: Factor) -> tuple[object, ...]:
    """The key of a finite sum in the best order of its slots, then that of its free indices."""
    (body,) = bodies(factor.head)
    return min(_permuted_key(trace, body, factor.indices, order) for order in permutations(range(len(body.slots))))


def _permuted_key(
    trace: Trace, body: Entries, indices: tuple[Index, ...], order: tuple[int, ...]
) -> tuple[object, ...]:
    image: dict[Index, Index] = {Slot(old): Slot(new) for new, old in enumerate(order)}
    terms = tuple(Term(t.coefficient, t.bound, reindex(t.factors, image)) for t in body.terms)
    slots = tuple(body.slots[old] for old in order)
    key = entries_key(in_order(Entries(slots, terms), trace.search.facts))
    return key, tuple(masked(indices[old]) for old in order)


def masked(index: Index) -> tuple[object, ...]:
    """The key of an index, the same for all bound indices, whose numbers may yet change."""
    return index_key(Bound(0)) if isinstance(index, Bound) else index_key(index)


RANGES: tuple[Finder, ...] = (taken_out, moved_in, backwards)
