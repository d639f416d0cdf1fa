"""Where the rules of structured symbols apply: rows of the normal form's tables."""

from collections.abc import Iterator

from matcalc.components.canonical import canonical_renaming
from matcalc.components.facts import Facts
from matcalc.components.order import index_key
from matcalc.components.symmetry import by_symmetry, symmetries
from matcalc.components.terms import (
    Bound,
    Declared,
    Elementwise,
    Factor,
    Group,
    Index,
    Opaque,
    Tangent,
    Term,
    Triangle,
    reindex,
)
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.matrices import flipped
from matcalc.prover.trace import Trace

MOST_RENAMINGS = 2_000
"""Renamings of sums that are tried for one that makes a term its own negative."""


def orthogonal(trace: Trace, term: Term) -> Place | None:
    """Two factors of one orthogonal matrix that share an index, or the square of one."""
    facts = trace.search.facts
    found = [(k, f) for k, f in enumerate(term.factors) if "orthogonal" in facts.structure(f.head)]
    for place, factor in found:
        for other, second in found:
            for position in (0, 1):
                if place <= other and factor.head == second.head and _share(factor, second, position):
                    answer = accepts(trace, term, "orthogonality", place, other, position)
                    if answer is not None:
                        return answer
    return None


def _share(factor: Factor, second: Factor, position: int) -> bool:
    both = factor.indices[position : position + 1], second.indices[position : position + 1]
    return both[0] == both[1]


def orthogonal_functions(trace: Trace, term: Term) -> Place | None:
    """The inverse and the determinant of an orthogonal matrix, and its tangent."""
    for place, factor in enumerate(term.factors):
        match factor.head:
            case Opaque(function="inv" | "det") | Elementwise(function="abs"):
                rule = "inverse of an orthogonal matrix"
            case Tangent() if not trace.differentiated:
                rule = "tangent of an orthogonal matrix"
            case _:
                continue
        found = accepts(trace, term, rule, place)
        if found is not None:
            return found
    return None


def skew_determinants(trace: Trace, term: Term) -> Place | None:
    """The determinant of a skew matrix of odd size, or beside a power of −1."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Opaque) and factor.head.function == "det" and len(factor.head.bodies[0].slots) == 2:
            turned = flipped(factor.head.bodies[0])
            names = tuple(canonical_renaming(t, trace.search.facts) for t in turned.terms)
            powers = (k for k, f in enumerate(term.factors) if isinstance(f.head, Group) and not f.indices)
            for others in ((), *((k,) for k in powers)):
                found = accepts(trace, term, "determinant of a skew matrix", place, names, *others)
                if found is not None:
                    return found
    return None


def antisymmetric(trace: Trace, term: Term) -> Place | None:
    """A term that becomes its own negative when its sums are renamed."""
    facts = trace.search.facts
    if not any(s.alternating for f in term.factors for s in symmetries(f, facts)):
        return None
    for renaming in _automorphisms(term, facts):
        found = accepts(trace, term, "antisymmetric term", 0, renaming)
        if found is not None:
            return found
    return None


def _automorphisms(term: Term, facts: Facts) -> Iterator[tuple[int, ...]]:
    """Renamings of the sums that leave the factors as they are, in any order, a change of sign aside."""
    wanted = [by_symmetry(f, facts)[0] for f in term.factors]
    tried = 0
    pending: list[tuple[int, ...]] = [()]
    while pending and tried < MOST_RENAMINGS:
        images, tried = pending.pop(), tried + 1
        if len(images) == len(term.bound):
            yield images
            continue
        free = [k for k in range(len(term.bound)) if k not in images and term.bound[k] == term.bound[len(images)]]
        pending += [new for k in reversed(free) if _fits(term, new := (*images, k), wanted, facts)]


def _fits(term: Term, images: tuple[int, ...], wanted: list[Factor], facts: Facts) -> bool:
    """Whether every factor whose sums all have an image becomes one of the term's factors."""
    image: dict[Index, Index] = {Bound(k): Bound(new) for k, new in enumerate(images)}
    known = [
        f
        for f in term.factors
        if all(i in image for i in f.indices if isinstance(i, Bound)) and Bound(len(images) - 1) in f.indices
    ]
    return all(by_symmetry(f, facts)[0] in wanted for f in reindex(known, image))


def triangular(trace: Trace, term: Term) -> Place | None:
    """Indices that triangular and diagonal factors make equal; entries of the triangle of ones."""
    facts = trace.search.facts
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Triangle):
            found = accepts(trace, term, "entry of a triangle", place)
            if found is not None:
                return found
        bare = isinstance(factor.head, Declared | Tangent)
        known = not facts.structure(factor.head).isdisjoint({"lower", "upper"}) if bare else True
        if known and isinstance(factor.head, Declared | Tangent | Opaque | Triangle):
            found = accepts(trace, term, "triangular pattern", place)
            if found is not None:
                return found
    return None


def triangles(trace: Trace, term: Term) -> Place | None:
    """A triangle of ones whose indices are out of order."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Triangle):
            row, column = factor.indices
            if not isinstance(column, Bound) and index_key(column) < index_key(row):
                return accepts(trace, term, "other triangle", place)
    return None


def of_triangular(trace: Trace, term: Term) -> Place | None:
    """Functions of triangular matrices: diagonal entries, determinants."""
    for place, factor in enumerate(term.factors):
        match factor.head:
            case Opaque(function="inv" | "matrix_power" | "expm") if len(set(factor.indices)) == 1:
                rules: tuple[str, ...] = ("diagonal of a triangular function",)
            case Opaque(function="det"):
                rules = ("determinant of a triangular matrix", "determinant of a diagonal matrix")
            case Elementwise(function="log"):
                rules = ("logarithm of a diagonal determinant",)
            case Elementwise(function="exp"):
                rules = ("exponential of a sum of logarithms",)
            case _:
                continue
        found = next((f for rule in rules if (f := accepts(trace, term, rule, place)) is not None), None)
        if found is not None:
            return found
    return None


STRUCTURES: tuple[Finder, ...] = (
    orthogonal,
    orthogonal_functions,
    skew_determinants,
    antisymmetric,
    triangular,
    triangles,
    of_triangular,
)
