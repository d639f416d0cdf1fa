"""Where the rules of inverses and determinants apply: rows of the normal form's tables."""

from collections.abc import Iterator
from fractions import Fraction

from matcalc.components.arrays import negative
from matcalc.components.canonical import canonical_renaming
from matcalc.components.exponents import is_natural
from matcalc.components.order import entries_key, exponent_key, head_key, index_key, product_key
from matcalc.components.terms import (
    Bound,
    Delta,
    Entries,
    Factor,
    Index,
    Opaque,
    Parameter,
    Slot,
    Term,
    bodies,
    content_of,
    instantiate,
)
from matcalc.kernel.application import apply
from matcalc.kernel.arrange import in_order
from matcalc.kernel.equations import beside
from matcalc.kernel.invertibility import is_invertible
from matcalc.kernel.matrices import OF_SQUARE, TRANSPOSED, tied
from matcalc.kernel.steps import Rewrite
from matcalc.prover.finding import Place, accepts
from matcalc.prover.leading import leading
from matcalc.prover.matching import Placing, occurrences
from matcalc.prover.trace import Search, Trace, Transpose

NESTED = {
    ("inv", "inv"): "inverse of an inverse",
    ("inv", "matrix_power"): "inverse of a power",
    ("inv", "expm"): "inverse of a power",
    ("matrix_power", "inv"): "inverse of a power",
    ("matrix_power", "matrix_power"): "power of a power",
    ("matrix_power", "expm"): "power of a power",
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
        transpose = _transpose(body, trace.search)
        if transpose.is_negative and head.function != "expm":
            found = _of_skew(trace, term, place)
            if found is not None:
                return found
        elif not (transpose.is_negative and len(body.terms) == 1) and transpose.is_first:
            return "inverse of a transpose", place, ()
        if transpose.is_same and head.function != "det" and not head.symmetric and factor.exponent == 1:
            return "inverse of a symmetric matrix", place, (_names(trace, flipped(body)),)
    return None


def _transpose(body: Entries, search: Search) -> Transpose:
    """How the transpose of a matrix compares with it, once for each matrix of a search."""
    if body not in search.transposes:
        facts = search.facts
        own, other = (in_order(tied(m, facts), facts) for m in (body, flipped(body)))
        is_first = entries_key(other) < entries_key(own)
        search.transposes[body] = Transpose(other == own, other == negative(own), is_first)
    return search.transposes[body]


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
        if head.function == "expm" and _coefficient(body) not in (0, 1):
            return "exponential of a multiple", place, (_coefficient(body),)
        found = _of_single(head.function, body) if len(body.terms) == 1 else None
        if found is not None:
            return found[0], place, found[1]
        scaled = _scaled(trace, term, place)
        if scaled is not None:
            return scaled
    return None


def _coefficient(body: Entries) -> Fraction:
    """The number to take out so that coprime whole numbers are left, the first one positive; 0 of no terms."""
    content = content_of(body)
    return -content if body.terms and body.terms[0].coefficient < 0 else content


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
    if is_identity(term, half) and function in ("inv", "det", "adjugate"):
        return "inverse of the identity", ()
    whole = (k for k, f in enumerate(term.factors) if isinstance(f.head, Parameter) and f.head.name != "pi")
    if function == "expm" and (place := next(whole, None)) is not None and is_natural(term.factors[place].exponent):
        return "exponential of a whole multiple", (place,)
    if function == "expm":
        return None
    scalars = tuple(k for k, f in enumerate(term.factors) if not any(isinstance(i, Slot | Bound) for i in f.indices))
    if scalars or term.coefficient != 1:
        return "inverse of a scalar multiple", (scalars,)
    if function == "adjugate":
        return None
    return _of_nested(function, term, half) or _of_parts(function, body, half)


def is_identity(term: Term, half: int) -> bool:
    """Whether a term is the product of a delta for each pair of axes."""
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
    return None if cut is None else ("inverse of a product", (cut,))


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


def scalars(term: Term) -> set[int]:
    """The places of the factors without free or bound indices."""
    return {k for k, f in enumerate(term.factors) if not any(isinstance(i, Slot | Bound) for i in f.indices)}


def reached(term: Term, start: Index, joint: Bound | None) -> set[int]:
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
    for place, factor, head in functions(term, "adjugate"):
        if factor.exponent == 1 and is_invertible(head.bodies[0], trace.search.facts):
            return "adjugate of an invertible matrix", place, ()
    return None


def cancelling(trace: Trace, term: Term) -> Place | None:
    """An inverse or, unless powers are unfolded, a power beside the leading term of its matrix."""
    for place, factor, head in functions(term, *(["inv"] if trace.search.unfolding else BESIDE)):
        number = leading(head.bodies[0])
        if factor.exponent != 1 or number is None:
            continue
        for side in ("right", "left"):
            found = term_beside(trace, term, place, head.bodies[0], number, side)
            if found is not None:
                return BESIDE[head.function], place, (side, number, *found)
    return None


def derived(trace: Trace, term: Term) -> Place | None:
    """The leading term of an equation that was derived before, or another one where that is to be eliminated."""
    if trace.differentiated:
        return None
    for number, (equation, lead) in enumerate(zip(trace.search.facts.lemmas, trace.search.leads, strict=True)):
        if lead is not None:
            for found in occurrences(trace.entries, term, equation, lead, trace.search.facts):
                place: Place = ("derived equation", 0, (number, lead, *found))
                if not _exchanges(equation, lead) or _comes_down(trace, term, place):
                    return place
    return None


def _exchanges(equation: Entries, lead: int) -> bool:
    """Whether the leading term differs from another one in its indices alone, as in M_ij + M_ji = δ_ij."""
    heads = [sorted((head_key(f.head), exponent_key(f.exponent)) for f in term.factors) for term in equation.terms]
    return any(found == heads[lead] for k, found in enumerate(heads) if k != lead)


def _comes_down(trace: Trace, term: Term, place: Place) -> bool:
    """Whether each term that a rule leads to comes before this one, so that it cannot lead back."""
    facts, single = trace.search.facts, Entries(trace.entries.slots, (term,))
    rule, at, arguments = place
    after = apply(single, Rewrite(rule, 0, at, arguments), facts)
    (before,) = in_order(single, facts).terms
    return all(product_key(new) < product_key(before) for new in in_order(after, facts).terms)


BESIDE = {"inv": "inverse cancels", "matrix_power": "matrix beside its power"}
"""Rules of a function of a matrix beside a term of that matrix."""


def term_beside(trace: Trace, term: Term, place: int, matrix: Entries, number: int, side: str) -> Placing | None:
    """Where term `number` of a matrix stands on this side of the function at `place`."""
    function = term.factors[place].head
    assert isinstance(function, Opaque)
    equation = beside(function, side, matrix, Entries(matrix.slots, ()))
    return next(occurrences(trace.entries, term, equation, number, trace.search.facts, place), None)
