"""Where the rules of orthogonal, skew and diagonal symbols apply: rows of the normal form's tables."""

from collections.abc import Iterator

from matcalc.components.canonical import canonical_renaming
from matcalc.components.order import index_key
from matcalc.components.terms import Bound, Declared, Entries, Factor, Term
from matcalc.kernel.replay import apply
from matcalc.kernel.steps import Rewrite
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.trace import Trace


def _symbols(trace: Trace, term: Term, structure: str) -> Iterator[tuple[int, Factor]]:
    for place, factor in enumerate(term.factors):
        head = factor.head
        if not isinstance(head, Declared) or head.by or len(factor.indices) != 2:
            continue
        if structure in trace.search.facts.symbols[head.name].properties:
            yield place, factor


def orthogonal(trace: Trace, term: Term) -> Place | None:
    """Two factors of one orthogonal matrix that share an index; its inverse and its determinant."""
    found = list(_symbols(trace, term, "orthogonal"))
    for place, factor in found:
        for other, second in found:
            for position in (0, 1):
                if (
                    place < other
                    and factor.head == second.head
                    and factor.indices[position] == second.indices[position]
                ):
                    answer = accepts(trace, term, "orthogonality", place, other, position)
                    if answer is not None:
                        return answer
    return None


def orthogonal_functions(trace: Trace, term: Term) -> Place | None:
    """The inverse and the squared determinant of an orthogonal matrix."""
    answers = (accepts(trace, term, "inverse of an orthogonal matrix", place) for place in range(len(term.factors)))
    return next((answer for answer in answers if answer is not None), None)


def skew(trace: Trace, term: Term) -> Place | None:
    """A skew symbol whose indices are out of order, or that makes the term its own negative."""
    facts = trace.search.facts
    for place, factor in _symbols(trace, term, "skew"):
        flipped = apply(Entries(trace.entries.slots, (term,)), Rewrite("skew symmetry", 0, place), facts).terms[0]
        names = canonical_renaming(term, facts), canonical_renaming(flipped, facts)
        answer = accepts(trace, term, "antisymmetric term", place, *names)
        if answer is not None:
            return answer
        if index_key(factor.indices[1]) < index_key(factor.indices[0]) and not isinstance(factor.indices[1], Bound):
            return "skew symmetry", place, ()
    return None


def diagonal(trace: Trace, term: Term) -> Place | None:
    """An entry of a diagonal symbol that is not written on the diagonal."""
    for place, factor in _symbols(trace, term, "diagonal"):
        if factor.indices[0] != factor.indices[1]:
            return accepts(trace, term, "diagonal symbol", place)
    return None


STRUCTURES: tuple[Finder, ...] = (orthogonal, orthogonal_functions, skew, diagonal)
