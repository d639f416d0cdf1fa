"""Where the rules of matrix powers and exponentials apply: rows of the normal form's tables."""

from collections.abc import Iterator
from itertools import combinations

from matcalc.components.arrays import negative
from matcalc.components.terms import Bound, Entries, Factor, Index, Opaque, Slot, Term, bodies
from matcalc.kernel.arrange import in_order
from matcalc.kernel.steps import used_only_in
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.matrices import flipped, functions, reached, term_beside
from matcalc.prover.trace import Trace

MOST_FACTORS = 64
"""The largest number k for which a power M^k is written out."""


def trivial(trace: Trace, term: Term) -> Place | None:
    """A power that is a number, to be written out, or of a 1×1 matrix."""
    for place, factor, head in functions(term, "matrix_power", "expm"):
        parameter = head.parameters[0]
        written = parameter.is_ground and (
            not parameter or (head.function == "matrix_power" and abs(parameter.LC) <= MOST_FACTORS)
        )
        if factor.exponent == 1 and (written or not head.bodies[0].slots):
            return "trivial power", place, ()
    return None


def products(trace: Trace, term: Term) -> Place | None:
    """Two powers of one matrix, or a power and the inverse, side by side."""
    found = list(functions(term, "matrix_power", "expm", "inv"))
    for place, factor, head in found:
        for other, second, second_head in found:
            half = len(factor.indices) // 2
            if place != other and head.bodies == second_head.bodies and factor.indices[half:] == second.indices[:half]:
                found_here = accepts(trace, term, "product of powers", place, other)
                if found_here is not None:
                    return found_here
    return None


def unfolded(trace: Trace, term: Term) -> Place | None:
    """A power that can give up a factor, where powers are unfolded."""
    if not trace.search.unfolding:
        return None
    symbolic = [(place, factor) for place, factor, _ in _powers(term)]
    found = (accepts(trace, term, "unfolded power", k, _side(trace, term, k, f.indices)) for k, f in symbolic)
    return next((place for place in found if place is not None), None)


def _powers(term: Term) -> Iterator[tuple[int, Factor, Opaque]]:
    """Powers whose exponent is no number."""
    return (found for found in functions(term, "matrix_power") if not found[2].parameters[0].is_ground)


def _side(trace: Trace, term: Term, place: int, indices: tuple[Index, ...]) -> str:
    """The side on which a power is unfolded: its own left or right, or that of the first or last index of the whole."""
    wanted = trace.search.unfolding
    if wanted in ("left", "right"):
        return wanted
    rest = Term(term.coefficient, term.bound, (*term.factors[:place], *term.factors[place + 1 :]))
    half = len(indices) // 2
    sides = (indices[:half], indices[half:])
    ends = [[i.number for i in _connected(rest, side) if isinstance(i, Slot)] for side in sides]
    turned = bool(ends[1]) and (not ends[0] or min(ends[1]) < min(ends[0]))
    return "right" if turned == (wanted == "first") else "left"


def _connected(term: Term, indices: tuple[Index, ...]) -> Iterator[Index]:
    """These indices, and those of the factors connected to one of them."""
    for index in indices:
        yield index
        yield from (i for place in reached(term, index, None) for i in term.factors[place].indices)


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


POWERS: tuple[Finder, ...] = (trivial, brought_together, products, unfolded, commuted, positive)
