"""Where the rules of inverses and determinants apply: rows of the normal form's tables."""

from collections.abc import Iterator

from matcalc.components.canonical import canonical_renaming
from matcalc.components.order import entries_key
from matcalc.components.terms import Bound, Delta, Elementwise, Entries, Factor, Index, Opaque, Slot, Term, instantiate
from matcalc.kernel.definedness import in_order
from matcalc.prover.finding import Place
from matcalc.prover.leading import leading, placings
from matcalc.prover.trace import Trace


def _functions(term: Term, *names: str) -> Iterator[tuple[int, Factor, Opaque]]:
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Opaque) and factor.head.function in names:
            yield place, factor, factor.head


def _flipped(body: Entries) -> Entries:
    half = len(body.slots) // 2
    slots = [Slot(k) for k in range(len(body.slots))]
    return Entries(body.slots, instantiate(body, slots[half:] + slots[:half], 0))


def oriented(trace: Trace, term: Term) -> Place | None:
    """M or its transpose, whichever is first, inside a function of it; a symmetric one is marked as such."""
    for place, factor, head in _functions(term, "inv", "det", "adjugate"):
        body = head.bodies[0]
        other = in_order(_flipped(body), trace.search.facts)
        if entries_key(other) < entries_key(body):
            return "inverse of a transpose", place, ()
        if other == body and head.function != "det" and not head.symmetric and factor.exponent == 1:
            if len(body.slots) == 2:
                facts = trace.search.facts
                renamings = tuple(canonical_renaming(t, facts) for t in _flipped(body).terms)
                return "inverse of a symmetric matrix", place, (renamings,)
    return None


def simplified(trace: Trace, term: Term) -> Place | None:
    """The inverse or determinant of the identity, of an inverse, of a scalar multiple, of a product."""
    for place, _, head in _functions(term, "inv", "det", "adjugate"):
        body = head.bodies[0]
        if len(body.terms) == 1:
            found = _of_single(head.function, body)
            if found is not None:
                return found[0], place, found[1]
    return None


def _of_single(function: str, body: Entries) -> tuple[str, tuple[object, ...]] | None:
    term, half = body.terms[0], len(body.slots) // 2
    if term.factors and all(isinstance(f.head, Delta) for f in term.factors) and not term.bound:
        if term.coefficient == 1 and len(term.factors) == half:
            return "inverse of the identity", ()
    if function == "adjugate":
        return None
    scalars = tuple(k for k, f in enumerate(term.factors) if not any(isinstance(i, Slot | Bound) for i in f.indices))
    if scalars or term.coefficient != 1:
        return "inverse of a scalar multiple", (scalars,)
    if len(term.factors) == 1 and not term.bound and isinstance(term.factors[0].head, Opaque):
        inner = term.factors[0]
        straight = inner.indices == tuple(Slot(k) for k in range(2 * half))
        if isinstance(inner.head, Opaque) and inner.head.function == "inv" and inner.exponent == 1 and straight:
            return "inverse of an inverse", ()
    cut = _cut(body) if half == 1 else None
    return None if cut is None else ("inverse of a product", cut)


def _cut(body: Entries) -> tuple[tuple[int, ...], tuple[Bound, ...]] | None:
    """The factors on the row side of a bound index that separates rows from columns and is as large as they are."""
    term = body.terms[0]
    for number, size in enumerate(term.bound):
        joint = Bound(number)
        if size == body.slots[0]:
            near = _reached(term, Slot(0), joint)
            far = set(range(len(term.factors))) - near
            columns = {k for k, f in enumerate(term.factors) if Slot(1) in f.indices}
            if near and far and columns <= far and far == _reached(term, Slot(1), joint):
                return tuple(sorted(near)), (joint,)
    return None


def _reached(term: Term, start: Index, joint: Bound) -> set[int]:
    """The places of the factors connected to an index without passing through the joint."""
    indices, places = {start}, set[int]()
    while True:
        new = {k for k, f in enumerate(term.factors) if indices & set(f.indices)} - places
        if not new:
            return places
        places |= new
        indices |= {i for k in new for i in term.factors[k].indices if isinstance(i, Bound) and i != joint}


def adjugates(trace: Trace, term: Term) -> Place | None:
    """An adjugate of a matrix that may be taken to be invertible."""
    for place, factor, head in _functions(term, "adjugate"):
        if factor.exponent == 1 and trace.search.facts.is_invertible(head.bodies[0]):
            return "adjugate of an invertible matrix", place, ()
    return None


def cancelling(trace: Trace, term: Term) -> Place | None:
    """An inverse beside the leading term of its matrix."""
    for place, factor, head in _functions(term, "inv"):
        if factor.exponent != 1:
            continue
        body, half = head.bodies[0], len(head.bodies[0].slots) // 2
        number = leading(body)
        for side in ("right", "left") if number is not None else ():
            assert number is not None
            found = _beside(trace, term, place, body, number, side)
            if found is not None:
                return "inverse cancels", place, (side, number, *found)
            if head.symmetric and half == 1:
                continue
    return None


def _beside(
    trace: Trace, term: Term, place: int, body: Entries, number: int, side: str
) -> tuple[tuple[int, ...], tuple[Index, ...], tuple[Index, ...]] | None:
    half = len(body.slots) // 2
    indices = term.factors[place].indices
    shared = indices[half:] if side == "right" else indices[:half]
    if not all(isinstance(index, Bound) for index in shared) or set(indices[:half]) & set(indices[half:]):
        return None
    start = 0 if side == "right" else half
    image: dict[Index, Index] = {Slot(start + k): index for k, index in enumerate(shared)}
    lead = body.terms[number]
    for places, found in placings(trace.entries, term, place, lead, image):
        sums = tuple(found[Bound(k)] for k in range(len(lead.bound)))
        outer = tuple(found.get(Slot(half - start + k), Slot(-1)) for k in range(half))
        inside = {*sums, *shared}
        private = all(
            not inside & set(f.indices)
            for k, f in enumerate(term.factors)
            if k not in places and not (k == place and not set(sums) & set(f.indices))
        )
        exact = all(
            term.factors[k].exponent == wanted.exponent or not inside & set(term.factors[k].indices)
            for k, wanted in zip(places, lead.factors, strict=True)
        )
        if private and exact and len(inside) == len(sums) + len(shared) and not inside & set(outer):
            if Slot(-1) not in outer:
                return places, sums, outer
    return None


def signs(trace: Trace, term: Term) -> Place | None:
    """Even powers of absolute values, and signs beside reciprocals of them."""
    for place, factor in enumerate(term.factors):
        match factor.head:
            case Elementwise(function="abs", order=0):
                if factor.exponent.denominator == 1 and abs(factor.exponent) > 1:
                    return "even power of an absolute value", place, ()
            case Elementwise(function="sign", order=0, body=body) if factor.exponent == 1:
                for other, beside in enumerate(term.factors):
                    same = beside.head == Elementwise("abs", 0, body) and beside.indices == factor.indices
                    if same and beside.exponent.denominator and beside.exponent < 0:
                        return "sign beside a reciprocal", place, (other,)
            case _:
                pass
    return None
