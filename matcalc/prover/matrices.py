"""Where the rules of inverses and determinants apply: rows of the normal form's tables."""

from collections.abc import Iterator
from itertools import islice, product
from typing import TypeAlias

from matcalc.components.arrays import negative
from matcalc.components.canonical import canonical_renaming
from matcalc.components.order import entries_key, index_key, size_key
from matcalc.components.terms import Bound, Delta, Entries, Factor, Index, Opaque, Slot, Term, bodies, instantiate
from matcalc.kernel.arrange import in_order
from matcalc.kernel.equations import beside
from matcalc.kernel.invertibility import is_invertible
from matcalc.kernel.low_rank import MOST, gathered
from matcalc.kernel.matrices import OF_SQUARE, TRANSPOSED, tied
from matcalc.kernel.replay import apply
from matcalc.kernel.steps import Rewrite
from matcalc.prover.finding import Place, accepts
from matcalc.prover.leading import leading
from matcalc.prover.matching import Placing, occurrences
from matcalc.prover.trace import Trace

Cut: TypeAlias = tuple[tuple[int, ...], tuple[Bound, ...]]
"""The places of the left factors of a product of matrices, and the indices that join them to the others."""

Outer: TypeAlias = tuple[int, tuple[tuple[int, ...], tuple[int, ...]]]
"""The number of an outer product, and the places of its factors of rows, without scalars and with them."""

FEW = 2
"""Outer products beside an invertible matrix that are looked at in any search."""

MOST_CUTS = 64
"""Ways to cut the terms of one sum that are tried."""

NESTED = {
    ("inv", "inv"): "inverse of an inverse",
    ("inv", "matrix_power"): "inverse of a power",
    ("inv", "expm"): "inverse of a power",
    ("matrix_power", "inv"): "inverse of a power",
    ("det", "expm"): "inverse of a power",
    ("det", "inv"): "inverse of an inverse",
    ("det", "matrix_power"): "determinant of a power",
}
"""Rules of a function of a function of a matrix."""


def functions(term: Term, *names: str) -> Iterator[tuple[int, Factor, Opaque]]:
    """The functions of these names in a term, with their places."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Opaque) and factor.head.function in names:
            yield place, factor, factor.head


def flipped(body: Entries) -> Entries:
    """The transpose of a matrix inside a function."""
    half = len(body.slots) // 2
    slots = [Slot(k) for k in range(len(body.slots))]
    return Entries(body.slots[half:] + body.slots[:half], instantiate(body, slots[half:] + slots[:half], 0))


def oriented(trace: Trace, term: Term) -> Place | None:
    """M or its transpose, whichever is first, inside a function of it; a symmetric one is marked as such."""
    for place, factor, head in functions(term, *TRANSPOSED):
        body = head.bodies[0]
        if len(body.slots) % 2:
            continue
        facts = trace.search.facts
        first, other = (in_order(tied(m, facts), facts) for m in (body, flipped(body)))
        is_skew = other == negative(first)
        if is_skew and head.function != "expm":
            found = _of_skew(trace, term, place)
            if found is not None:
                return found
        elif not (is_skew and len(body.terms) == 1) and entries_key(other) < entries_key(first):
            return "inverse of a transpose", place, ()
        if other == first and head.function != "det" and not head.symmetric and factor.exponent == 1:
            return "inverse of a symmetric matrix", place, (_names(trace, flipped(body)),)
    return None


def _names(trace: Trace, entries: Entries) -> tuple[tuple[int, ...], ...]:
    """The canonical renaming of each term."""
    return tuple(canonical_renaming(t, trace.search.facts) for t in entries.terms)


def _of_skew(trace: Trace, term: Term, place: int) -> Place | None:
    """A function of a skew matrix, marked as skew or symmetric, or else turned until its indices are in order."""
    factor, head = term.factors[place], term.factors[place].head
    assert isinstance(head, Opaque)
    (body,) = head.bodies
    found = accepts(trace, term, "function of a skew matrix", place, _names(trace, flipped(body)))
    if found is not None or len(factor.indices) != 2:
        return found
    row, column = factor.indices
    if isinstance(column, Bound) or index_key(row) <= index_key(column) or head.symmetric or head.skew:
        return None
    return "inverse of a transpose", place, ()


def simplified(trace: Trace, term: Term) -> Place | None:
    """The inverse or determinant of the identity, of an inverse, of a scalar multiple, of a product."""
    for place, _, head in functions(term, *OF_SQUARE):
        body = head.bodies[0]
        found = _of_single(head.function, body) if len(body.terms) == 1 else None
        if found is not None:
            return found[0], place, found[1]
        scaled = _scaled(trace, term, place)
        if scaled is not None:
            return scaled
    return None


def _scaled(trace: Trace, term: Term, place: int) -> Place | None:
    """Scalars, or factors of rows or of columns, in terms that leave one matrix."""
    body = bodies(term.factors[place].head)[0]
    if len(body.terms) > 1 and any(map(scalars, body.terms)):
        found = accepts(trace, term, "inverse of a scalar multiple", place, *_places(body, set()))
        if found is not None:
            return found
    for side in (0, 1) if len(body.slots) == 2 else ():
        places = _places(body, {Slot(side)})
        if any(places):
            found = accepts(trace, term, "inverse of a scaled matrix", place, side, *places)
            if found is not None:
                return found
    return None


def _places(body: Entries, allowed: set[Index]) -> list[tuple[int, ...]]:
    """For each term the places of factors without indices but these; scalars only where they alone are wanted."""
    wanted = [[{i for i in f.indices if isinstance(i, Slot | Bound)} for f in t.factors] for t in body.terms]
    return [tuple(k for k, used in enumerate(term) if used == allowed) for term in wanted]


def _of_single(function: str, body: Entries) -> tuple[str, tuple[object, ...]] | None:
    """The rule for a function of a matrix of one term, and its arguments."""
    term, half = body.terms[0], len(body.slots) // 2
    if _is_identity(term, half) and function in ("inv", "det", "adjugate"):
        return "inverse of the identity", ()
    if function == "expm" and term.coefficient != 1:
        return "inverse of a power", ()
    if function in ("adjugate", "expm"):
        return None
    scalars = tuple(k for k, f in enumerate(term.factors) if not any(isinstance(i, Slot | Bound) for i in f.indices))
    if scalars or term.coefficient != 1:
        return "inverse of a scalar multiple", (scalars,)
    return _of_nested(function, term, half) or _of_parts(function, body, half)


def _is_identity(term: Term, half: int) -> bool:
    bare = term.coefficient == 1 and not term.bound and len(term.factors) == half
    return bare and all(isinstance(f.head, Delta) for f in term.factors)


def _of_nested(function: str, term: Term, half: int) -> tuple[str, tuple[object, ...]] | None:
    """The rule for a function of a function of a matrix."""
    if len(term.factors) != 1:
        return None
    inner = term.factors[0]
    alone = not term.bound and inner.exponent == 1
    straight = inner.indices == tuple(Slot(k) for k in range(2 * half))
    if not alone or not straight or not isinstance(inner.head, Opaque):
        return None
    rule = NESTED.get((function, inner.head.function))
    return None if rule is None else (rule, ())


def _of_parts(function: str, body: Entries, half: int) -> tuple[str, tuple[object, ...]] | None:
    """The rule for a function of a Kronecker product, or of a product of square matrices."""
    parts = kronecker_part(body.terms[0]) if half > 1 and body.terms[0].factors else None
    if parts is not None:
        return "function of a Kronecker product", (parts,)
    cut = _cut(body) if half == 1 and function != "matrix_power" else None
    return None if cut is None else ("inverse of a product", cut)


def kronecker_part(term: Term) -> tuple[int, ...] | None:
    """The places of the factors connected to the first, when they are not all."""
    indices, places = set(term.factors[0].indices), {0}
    half = max(i.number for f in term.factors for i in f.indices if isinstance(i, Slot)) + 1 >> 1
    while True:
        indices |= {Slot((i.number + half) % (2 * half)) for i in indices if isinstance(i, Slot)}
        new = {k for k, f in enumerate(term.factors) if indices & set(f.indices)} - places
        if not new:
            break
        places |= new
        indices |= {i for k in new for i in term.factors[k].indices}
    return tuple(sorted(places)) if len(places) < len(term.factors) else None


def _cut(body: Entries) -> tuple[tuple[int, ...], tuple[Bound, ...]] | None:
    """The factors on the row side of a bound index that separates rows from columns and is as large as they are."""
    term = body.terms[0]
    for number, size in enumerate(term.bound):
        joint = Bound(number)
        if size == body.slots[0]:
            near = reached(term, Slot(0), joint)
            far = set(range(len(term.factors))) - near
            columns = {k for k, f in enumerate(term.factors) if Slot(1) in f.indices}
            if near and far and columns <= far and far == reached(term, Slot(1), joint):
                return tuple(sorted(near)), (joint,)
    return None


def reached(term: Term, start: Index, joint: Bound | None) -> set[int]:
    """The places of the factors connected to an index without passing through the joint."""
    indices, places = {start}, set[int]()
    while True:
        new = {k for k, f in enumerate(term.factors) if indices & set(f.indices)} - places
        if not new:
            return places
        places |= new
        indices |= {i for k in new for i in term.factors[k].indices if isinstance(i, Bound) and i != joint}


def sums(trace: Trace, term: Term) -> Place | None:
    """The determinant of an identity or of an invertible matrix plus products, of smaller matrices as a rule.

    In a thorough search any invertible term comes out, and of products that are exchanged the first one stays.
    """
    for place, _, head in functions(term, "det"):
        if len(head.bodies[0].slots) == 2 and len(head.bodies[0].terms) > 1:
            found = _exchanged(trace, term, place) or _factored(trace, term, place)
            if found is not None:
                return found
    return None


def _exchanged(trace: Trace, term: Term, place: int) -> Place | None:
    """The first way of exchanging the factors that gives a smaller matrix, or in a thorough search an earlier one."""
    body = bodies(term.factors[place].head)[0]
    for cuts in _common_cuts(body):
        found = accepts(trace, term, "Sylvester's determinant identity", place, *cuts)
        if found is not None and (_is_smaller(body, cuts) or (trace.search.thorough and _is_first(trace, found, term))):
            return found
    return None


def _is_smaller(body: Entries, cuts: tuple[Cut, ...]) -> bool:
    """Whether what joins the factors of the first product is smaller than the matrix."""
    term, (_, joint) = _products(body)[0], cuts[0]
    return not joint or size_key(term.bound[joint[0].number]) < size_key(body.slots[0])


def _is_first(trace: Trace, found: Place, term: Term) -> bool:
    """Whether the determinant after the exchange comes before the one there was, both in canonical order."""
    rule, place, arguments = found
    single = Entries(trace.entries.slots, (term,))
    (after,) = apply(single, Rewrite(rule, 0, place, arguments), trace.search.facts).terms
    new, old = (_canonical(trace, bodies(t.factors[place].head)[0]) for t in (after, term))
    return (size_key(new.slots[0]), entries_key(new)) < (size_key(old.slots[0]), entries_key(old))


def _canonical(trace: Trace, body: Entries) -> Entries:
    inner = Trace(body, trace.search)
    inner.arrange()
    return min((inner.entries, in_order(flipped(inner.entries), trace.search.facts)), key=entries_key)


def _products(body: Entries) -> list[Term]:
    """The terms but for an identity matrix."""
    return [term for term in body.terms if not _is_identity(term, 1)]


def _common_cuts(body: Entries) -> Iterator[tuple[Cut, ...]]:
    """A cut for each product, as many ways as there are; at most so many."""
    products = _products(body)
    if len(products) < len(body.terms) and products:
        yield from islice(product(*([*_all_cuts(term)] for term in products)), MOST_CUTS)


def _factored(trace: Trace, term: Term, place: int) -> Place | None:
    """An invertible term that comes out of the sum, beside which the other one is a product of smaller matrices."""
    body = bodies(term.factors[place].head)[0]
    if len(_products(body)) < len(body.terms):
        return None
    for number in range(len(body.terms)):
        rest = [t for k, t in enumerate(body.terms) if k != number]
        if trace.search.thorough or (len(rest) == 1 and _has_smaller_cut(body, rest[0])):
            found = accepts(trace, term, "determinant of a sum", place, number)
            if found is not None:
                return found
    return None


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


def scalars(term: Term) -> set[int]:
    """The places of the factors without free or bound indices."""
    return {k for k, f in enumerate(term.factors) if not any(isinstance(i, Slot | Bound) for i in f.indices)}


def adjugates(trace: Trace, term: Term) -> Place | None:
    """An adjugate of a matrix that may be taken to be invertible."""
    for place, factor, head in functions(term, "adjugate"):
        if factor.exponent == 1 and is_invertible(head.bodies[0], trace.search.facts):
            return "adjugate of an invertible matrix", place, ()
    return None


def cancelling(trace: Trace, term: Term) -> Place | None:
    """An inverse or a power beside the leading term of its matrix."""
    for place, factor, head in functions(term, *BESIDE):
        number = leading(head.bodies[0])
        if factor.exponent != 1 or number is None:
            continue
        for side in ("right", "left"):
            found = term_beside(trace, term, place, head.bodies[0], number, side)
            if found is not None:
                return BESIDE[head.function], place, (side, number, *found)
    return None


def derived(trace: Trace, term: Term) -> Place | None:
    """The leading term of an equation that was derived before."""
    if trace.differentiated:
        return None
    for number, (equation, lead) in enumerate(zip(trace.search.facts.lemmas, trace.search.leads, strict=True)):
        if lead is not None:
            found = next(occurrences(trace.entries, term, equation, lead, trace.search.facts), None)
            if found is not None:
                return "derived equation", 0, (number, lead, *found)
    return None


BESIDE = {"inv": "inverse cancels", "matrix_power": "matrix beside its power"}
"""Rules of a function of a matrix beside a term of that matrix."""


def term_beside(trace: Trace, term: Term, place: int, matrix: Entries, number: int, side: str) -> Placing | None:
    """Where term `number` of a matrix stands on this side of the function at `place`."""
    function = term.factors[place].head
    assert isinstance(function, Opaque)
    equation = beside(function, side, matrix, Entries(matrix.slots, ()))
    return next(occurrences(trace.entries, term, equation, number, trace.search.facts, place), None)
