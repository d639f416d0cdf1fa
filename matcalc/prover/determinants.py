"""Where the rules of determinants and inverses of sums apply: products that all terms share, products of smaller ones.

Of the ways to exchange factors or to take one out, that is taken which leads to a smaller matrix, or in a thorough
search to one that comes earlier in the order of expressions, both in normal form.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice, product
from typing import TypeAlias

from matcalc.components.order import Key, entries_key, size_key
from matcalc.components.terms import Bound, Entries, Factor, Opaque, Slot, Term, bodies
from matcalc.kernel.application import apply
from matcalc.kernel.low_rank import MOST, gathered
from matcalc.kernel.steps import Rewrite
from matcalc.prover.finding import Place, accepts
from matcalc.prover.matrices import flipped, functions, is_identity, reached, scalars
from matcalc.prover.trace import Trace

Normal: TypeAlias = Callable[[Trace, Entries], Entries]
"""The normal form of a matrix that stands inside a function."""

Cut: TypeAlias = tuple[tuple[int, ...], tuple[Bound, ...]]
"""The places of the left factors of a product of matrices, and the indices that join them to the others."""

Outer: TypeAlias = tuple[int, tuple[tuple[int, ...], tuple[int, ...]]]
"""The number of an outer product, and the places of its factors of rows, without scalars and with them."""

FEW = 2
"""Outer products beside an invertible matrix that are looked at in any search."""

MOST_CUTS = 64
"""Ways to cut the terms of one sum that are tried."""


def products(trace: Trace, term: Term) -> Place | None:
    """The inverse or determinant of a sum whose terms share a square factor."""
    for place, _, head in functions(term, "inv", "det"):
        body = head.bodies[0]
        if len(body.slots) == 2 and len(body.terms) > 1:
            for cuts in islice(product(*([*_square_cuts(body, t)] for t in body.terms)), MOST_CUTS):
                found = accepts(trace, term, "inverse of a product", place, *cuts)
                if found is not None:
                    return found
    return None


def _square_cuts(body: Entries, term: Term) -> Iterator[Cut]:
    """The ways to cut a term into two square matrices."""
    for places, joint in _all_cuts(term):
        if joint and term.bound[joint[0].number] == body.slots[0]:
            yield places, joint


def sums(normal: Normal, trace: Trace, term: Term) -> Place | None:
    """The determinant of an identity or of an invertible matrix plus products, of smaller matrices as a rule."""
    for place, _, head in functions(term, "det"):
        if len(head.bodies[0].slots) == 2 and len(head.bodies[0].terms) > 1:
            found = _exchanged(normal, trace, term, place) or _factored(normal, trace, term, place)
            if found is not None:
                return found
    return None


def _exchanged(normal: Normal, trace: Trace, term: Term, place: int) -> Place | None:
    """A way of exchanging the factors that gives a smaller matrix, or in a thorough search an earlier one."""
    body = bodies(term.factors[place].head)[0]
    for cuts in _common_cuts(body):
        found = accepts(trace, term, "Sylvester's determinant identity", place, *cuts)
        if found is not None and (_is_smaller(body, cuts) or _is_earlier(normal, trace, term, found)):
            return found
    return None


def _is_smaller(body: Entries, cuts: tuple[Cut, ...]) -> bool:
    """Whether what joins the factors of the first product is smaller than the matrix."""
    term, (_, joint) = _products(body)[0], cuts[0]
    return not joint or size_key(term.bound[joint[0].number]) < size_key(body.slots[0])


def _is_earlier(normal: Normal, trace: Trace, term: Term, found: Place) -> bool:
    """Whether, in a thorough search, a step leads to a determinant of a sum that comes before the one there was."""
    if not trace.search.thorough:
        return False
    rule, place, arguments = found
    single = Entries(trace.entries.slots, (term,))
    (after,) = apply(single, Rewrite(rule, 0, place, arguments), trace.search.facts).terms
    end = len(after.factors) - (len(term.factors) - place - 1)
    new, old = after.factors[place:end], term.factors[place : place + 1]
    return _least(normal, trace, _alone(new)) < _least(normal, trace, _alone(old))


def _alone(factors: tuple[Factor, ...]) -> Term:
    return Term(Fraction(1), (), factors)


def _least(normal: Normal, trace: Trace, term: Term) -> list[Key]:
    """The keys of the matrices of which a product has determinants, single ones left out: each or its transpose."""
    found = []
    for _, _, head in functions(term, "det"):
        body = normal(trace, head.bodies[0])
        if len(body.terms) > 1:
            turned = normal(trace, flipped(body))
            found.append((size_key(body.slots[0]), min(entries_key(body), entries_key(turned))))
    return sorted(found)


def _products(body: Entries) -> list[Term]:
    """The terms but for an identity matrix."""
    return [term for term in body.terms if not is_identity(term, 1)]


def _common_cuts(body: Entries) -> Iterator[tuple[Cut, ...]]:
    """A cut for each product, as many ways as there are; at most so many."""
    products = _products(body)
    if len(products) < len(body.terms) and products:
        yield from islice(product(*([*_all_cuts(term)] for term in products)), MOST_CUTS)


def _factored(normal: Normal, trace: Trace, term: Term, place: int) -> Place | None:
    """An invertible term that comes out of the sum: one beside which the other is a product of smaller matrices.

    In a thorough search any one comes out, inverses first; beside an identity, where the rest becomes an earlier one.
    """
    body = bodies(term.factors[place].head)[0]
    whole = len(_products(body)) == len(body.terms)
    for number in sorted(range(len(body.terms)), key=lambda k: not _is_inverse(body.terms[k])):
        rest = [t for k, t in enumerate(body.terms) if k != number]
        smaller = whole and len(rest) == 1 and _has_smaller_cut(body, rest[0])
        if not (smaller or (trace.search.thorough and not is_identity(body.terms[number], 1))):
            continue
        found = accepts(trace, term, "determinant of a sum", place, number)
        if found is not None and (smaller or whole or _is_earlier(normal, trace, term, found)):
            return found
    return None


def _is_inverse(term: Term) -> bool:
    return any(isinstance(f.head, Opaque) and f.head.function == "inv" for f in term.factors)


def _has_smaller_cut(body: Entries, term: Term) -> bool:
    joints = (joint for _, joint in _all_cuts(term))
    return any(not joint or size_key(term.bound[joint[0].number]) < size_key(body.slots[0]) for joint in joints)


def low_rank_updates(trace: Trace, term: Term) -> Place | None:
    """The inverse or determinant of an invertible matrix plus outer products, of few ones unless it is thorough."""
    for place, _, head in functions(term, "inv", "det"):
        body = head.bodies[0]
        outer = [*_outer_products(body)] if len(body.slots) == 2 else []
        for chosen in (outer, *([one] for one in outer)) if len(outer) > 1 else (outer,):
            found = _low_rank_update(trace, term, place, chosen)
            if found is not None:
                return found
    return None


def _low_rank_update(trace: Trace, term: Term, place: int, outer: list[Outer]) -> Place | None:
    """With what they share put together in the way that leaves the fewest columns."""
    body = bodies(term.factors[place].head)[0]
    if not 0 < len(outer) < len(body.terms):
        return None
    sides = []
    for side in (0, 1):
        cuts = tuple((number, cut[side]) for number, cut in outer)
        sides.append((len(gathered(body, side, cuts)), side, cuts))
    columns, side, cuts = min(sides)
    if columns > (MOST if trace.search.thorough else FEW):
        return None
    return accepts(trace, term, "low-rank update", place, side, *cuts)


def _outer_products(body: Entries) -> Iterator[Outer]:
    """The terms that are outer products, with the places of the factors of rows, without scalars and with them."""
    for number, term in enumerate(body.terms):
        near, loose = reached(term, Slot(0), None), scalars(term)
        far = set(range(len(term.factors))) - near
        used = {index for factor in term.factors for index in factor.indices}
        counted = all(Bound(k) in used for k in range(len(term.bound)))
        if counted and far <= reached(term, Slot(1), None) | loose and not near & reached(term, Slot(1), None):
            yield number, (tuple(sorted(near)), tuple(sorted(near | loose)))


def _all_cuts(term: Term) -> Iterator[Cut]:
    """Every way to cut a term in two between rows and columns, at no index or at one.

    Scalars, and factors at the joint alone, may go to either side.
    """
    for joint in (None, *(Bound(k) for k in range(len(term.bound)))):
        near = reached(term, Slot(0), joint)
        far = set(range(len(term.factors))) - near
        loose = scalars(term) | {k for k, f in enumerate(term.factors) if set(f.indices) == {joint}}
        whole = far <= reached(term, Slot(1), joint) | loose
        if near and far - loose and whole and not any(Slot(1) in term.factors[k].indices for k in near):
            joints = () if joint is None else (joint,)
            yield from ((tuple(sorted(places)), joints) for places in ([near, near | loose] if loose else [near]))
