"""Where the rules of the pseudo-inverse and of projectors apply: rows of the normal form's tables."""

from collections.abc import Iterator
from typing import Any

from matcalc.components.terms import Bound, Entries, Opaque, Slot, Term
from matcalc.kernel.pseudo_inverse import absorbing_equation, projector_equation
from matcalc.kernel.steps import Refused
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.leading import leading
from matcalc.prover.matching import occurrences
from matcalc.prover.matrices import functions, kronecker_part, reached, scalars
from matcalc.prover.trace import Trace

Proposal = tuple[Any, ...]
"""A rule and its arguments."""


FULL_RANK: tuple[Proposal, ...] = (
    ("pseudo-inverse of an invertible matrix",),
    ("pseudo-inverse of full rank", False),
    ("pseudo-inverse of full rank", True),
)
"""The rules of a pseudo-inverse or a projector whose matrix is of full rank."""


def simplified(trace: Trace, term: Term) -> Place | None:
    """A pseudo-inverse of an invertible matrix, of a pseudo-inverse, a multiple, a product, a vector; of full rank."""
    for place, _, head in functions(term, "pinv", "projector"):
        for rule, *arguments in _proposals(head.bodies[0]) if head.function == "pinv" else FULL_RANK:
            found = accepts(trace, term, rule, place, *arguments)
            if found is not None:
                return found
    return None


def _proposals(matrix: Entries) -> Iterator[Proposal]:
    yield from FULL_RANK
    if len(matrix.terms) == 1:
        yield from _of_product(matrix, matrix.terms[0])


def _of_product(matrix: Entries, term: Term) -> Iterator[Proposal]:
    """The rules for a single term: scalars, nested pseudo-inverses, outer and Kronecker products, other products."""
    outside = tuple(sorted(scalars(term)))
    if outside or term.coefficient != 1:
        yield "pseudo-inverse of a multiple", outside
    yield ("pseudo-inverse of a pseudo-inverse",)
    near = tuple(sorted(reached(term, Slot(0), None)))
    yield "pseudo-inverse of an outer product", near
    if len(matrix.slots) > 2 and len(matrix.slots) % 2 == 0 and term.factors:
        parts = kronecker_part(term)
        if parts is not None:
            yield "function of a Kronecker product", parts
    for joint in map(Bound, range(len(term.bound))):
        yield "pseudo-inverse of a product", tuple(sorted(reached(term, Slot(0), joint))), joint


def projectors(trace: Trace, term: Term) -> Place | None:
    """A pseudo-inverse beside the leading term of its matrix."""
    for place, factor, head in functions(term, "pinv"):
        number = leading(head.bodies[0]) if len(head.bodies[0].slots) == 2 else None
        for side in ("left", "right") if number is not None and factor.exponent == 1 else ():
            equation = projector_equation(head, side, trace.search.facts)
            assert number is not None
            found = next(occurrences(trace.entries, term, equation, number, trace.search.facts, place), None)
            if found is not None:
                return "projector on the range", place, (side, number, *found)
    return None


def absorbed(trace: Trace, term: Term) -> Place | None:
    """A projector beside its matrix, or beside a pseudo-inverse or a projector of that."""
    for place, _, head in functions(term, "projector"):
        others = [other for k, _, other in functions(term, "pinv", "projector") if k != place]
        for other in dict.fromkeys([None, *others]):
            found = _absorbed(trace, term, place, head, other)
            if found is not None:
                return found
    return None


def _absorbed(trace: Trace, term: Term, place: int, head: Opaque, other: Opaque | None) -> Place | None:
    facts = trace.search.facts
    number = leading(head.bodies[0]) if other is None else 0
    if number is None:
        return None
    try:
        equation = absorbing_equation(head, other, facts)
    except Refused:
        return None
    found = next(occurrences(trace.entries, term, equation, number, facts, place), None)
    return None if found is None else ("absorbed by a projector", place, (other, number, *found))


PSEUDO_INVERSES: tuple[Finder, ...] = (simplified, projectors, absorbed)
