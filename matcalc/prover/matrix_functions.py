"""Where the rules of functions of matrices that commute or factor apply: rows of the normal form's tables.

Such a rule rests on equations, which are shown by their normal forms. A function of a product in turn comes to stand as
that of the smallest rotation, P f(Q P) Q; of what commutes the function that comes first is to the right. Where powers
are unfolded, they stay whole.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeAlias

from matcalc.components.order import entries_key, head_key, size_key
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Entries,
    Factor,
    Head,
    Index,
    Opaque,
    Slot,
    Term,
    bodies,
    names_in,
    reindex,
)
from matcalc.kernel.arrange import in_order
from matcalc.kernel.matrix_functions import absorbing_equation, intertwining, product
from matcalc.kernel.rules import BY_NAME
from matcalc.kernel.steps import Refused, Rewrite, Site, Step, used_only_in
from matcalc.prover.chains import COLUMN, ONE, ROW, Chain
from matcalc.prover.finding import accepts
from matcalc.prover.matching import occurrences
from matcalc.prover.matrices import flipped, functions, reached, scalars
from matcalc.prover.trace import Search, Trace

Normal: TypeAlias = Callable[[Entries, Search, bool, bool], tuple[Step, ...]]
"""The steps to a normal form, as `normal_steps` in `normalisation` gives them."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """A term in which rules with equations are sought; `normal` gives the normal forms that show them."""

    trace: Trace
    term: Term
    normal: Normal

    def form(self, entries: Entries) -> Entries:
        """The normal form of an expression."""
        inner = Trace(entries, self.trace.search, self.trace.differentiated)
        for step in self.normal(entries, inner.search, inner.differentiated, False):
            inner.take(step)
        return inner.entries

    def step(self, rule: str, place: int, *arguments: Any) -> Rewrite | None:
        """The step by this rule, if its equations hold and the kernel accepts it."""
        trace, search = self.trace, self.trace.search
        single = Entries(trace.entries.slots, (self.term,))
        site = Site(single, self.term, place, arguments, search.facts, trace.differentiated)
        try:
            equations = BY_NAME[rule].equations(site)
        except Refused:
            return None
        if any(self.form(equation).terms for equation in equations):
            return None
        proofs = tuple(self.normal(equation, search, trace.differentiated, False) for equation in equations)
        step = Rewrite(rule, 0, place, arguments, proofs)
        return step if accepts(trace, self.term, rule, place, *arguments, proofs=proofs) is not None else None


def of_functions(normal: Normal, trace: Trace, term: Term) -> Rewrite | None:
    """The first of these rules that applies to a term."""
    if not any(functions(term, "expm", "matrix_power")):
        return None
    seeker = Seeker(trace, term, normal)
    steps = (step for seek in SEEKERS for step in seek(seeker))
    return next(steps, None)


def _exponentials(seeker: Seeker) -> Iterator[tuple[int, Entries]]:
    for place, factor, head in functions(seeker.term, "expm"):
        if factor.exponent == 1 and head.parameters[0] and head.bodies[0].terms:
            yield place, head.bodies[0]


def diagonal(seeker: Seeker) -> Iterator[Rewrite]:
    """The exponential of a diagonal matrix, and of one that is repeated."""
    for place, body in _exponentials(seeker):
        half = len(body.slots) // 2
        shared = [k for k in range(half) if all(_has_delta(term, k, half) for term in body.terms)]
        if shared:
            rest = _without(body, shared)
            step = (
                seeker.step("exponential of a diagonal matrix", place, rest)
                if len(shared) == half
                else seeker.step("exponential of a repeated matrix", place, tuple(shared), rest)
            )
            if step is not None:
                yield step


def _has_delta(term: Term, k: int, half: int) -> bool:
    pair = {Slot(k), Slot(half + k)}
    return any(isinstance(f.head, Delta) and {*f.indices} == pair and f.exponent == 1 for f in term.factors)


def _without(body: Entries, shared: Sequence[int]) -> Entries:
    """The matrix without the deltas of these rows and columns; where all are, its diagonal."""
    half = len(body.slots) // 2
    gone = [{Slot(k), Slot(half + k)} for k in shared]
    kept = [Slot(k) for k in range(2 * half) if k % half not in shared]
    kept = kept or [Slot(k) for k in range(half)]
    image: dict[Index, Index] = {slot: Slot(new) for new, slot in enumerate(kept)}
    if len(kept) == half == len(shared):
        image |= {Slot(half + k): Slot(k) for k in range(half)}
    terms = []
    for term in body.terms:
        factors = tuple(f for f in term.factors if not (isinstance(f.head, Delta) and {*f.indices} in gone))
        terms.append(Term(term.coefficient, term.bound, reindex(factors, image)))
    return Entries(tuple(body.slots[slot.number] for slot in kept), tuple(terms))


def split(seeker: Seeker) -> Iterator[Rewrite]:
    """The exponential of a sum, terms of which commute with the others: one, or those with the same scalars."""
    for place, body in _exponentials(seeker):
        if len(body.terms) > 1:
            for numbers in dict.fromkeys(chain(_singles(body), _by_scalars(body))):
                step = seeker.step("exponential of commuting matrices", place, numbers)
                if step is not None:
                    yield step


def _singles(body: Entries) -> Iterator[tuple[int, ...]]:
    return ((k,) for k in range(len(body.terms)))


def _by_scalars(body: Entries) -> Iterator[tuple[int, ...]]:
    kinds = [frozenset(term.factors[k] for k in scalars(term)) for term in body.terms]
    for kind in dict.fromkeys(kinds):
        numbers = tuple(k for k, other in enumerate(kinds) if other == kind)
        if len(numbers) < len(kinds):
            yield numbers


def of_projector(seeker: Seeker) -> Iterator[Rewrite]:
    """The exponential of a multiple of a matrix whose square is a multiple of it, or of the identity, or 0."""
    for place, body in _exponentials(seeker):
        scalar, matrix = _taken_out(body)
        half = len(body.slots) // 2
        square, own = seeker.form(product(matrix, matrix, half)), seeker.form(matrix)
        share = _share(square, own)
        if share is not None:
            step = seeker.step("exponential of a multiple of a projector", place, scalar, matrix, share)
        else:
            sign = _sign(square, half)
            rule = "exponential of a multiple of an involution"
            step = seeker.step(rule, place, scalar, matrix, sign) if sign else None
        if step is not None:
            yield step


def _taken_out(body: Entries) -> tuple[Entries, Entries]:
    """The scalars that all terms have, and the matrix that is left."""
    common = set.intersection(*({term.factors[k] for k in scalars(term)} for term in body.terms))
    kept = tuple(f for f in body.terms[0].factors if f in common)
    terms = (Term(t.coefficient, t.bound, tuple(f for f in t.factors if f not in common)) for t in body.terms)
    return Entries((), (Term(ONE, (), kept),)), Entries(body.slots, tuple(terms))


def _share(square: Entries, own: Entries) -> Entries | None:
    """The scalar c with square = c own, as far as both are seen to be so; without terms for 0."""
    if not square.terms or square == own:
        return Entries((), (Term(ONE),) if square.terms else ())
    if len(square.terms) != 1 or len(own.terms) != 1:
        return None
    (first,), (second,) = square.terms, own.terms
    left = Counter(first.factors) - Counter(second.factors)
    whole = not Counter(second.factors) - Counter(first.factors) and first.bound == second.bound
    if not whole or any(f.indices for f in left):
        return None
    return Entries((), (Term(first.coefficient / second.coefficient, (), tuple(left.elements())),))


def _sign(square: Entries, half: int) -> int:
    """1 or −1 where the matrix is that multiple of the identity; else 0."""
    if len(square.terms) != 1 or square.terms[0].bound or abs(square.terms[0].coefficient) != 1:
        return 0
    (term,) = square.terms
    identity = len(term.factors) == half and all(_has_delta(term, k, half) for k in range(half))
    return int(term.coefficient) if identity else 0


def _chains(term: Term, *names: str) -> Iterator[tuple[int, Opaque, Chain]]:
    """The functions of a product of matrices of single indices."""
    for place, factor, head in functions(term, *names):
        (body,) = head.bodies
        single = factor.exponent == 1 and len(body.slots) == 2 and len(body.terms) == 1
        symbolic = head.function != "matrix_power" or not head.parameters[0].is_ground
        if single and symbolic:
            yield place, head, Chain(body)


def factored(seeker: Seeker) -> Iterator[Rewrite]:
    """A function of P N Q where Q P is the identity: of square P, or with an exponent of at least 1."""
    for place, head, found_chain in _chains(seeker.term, "expm", "matrix_power"):
        for outer, middle, last in found_chain.sandwiches():
            square = outer.slots[0] == outer.slots[1]
            known = square or head.function == "expm" or _at_least_one(seeker, head)
            if known and _may_cancel(outer, last):
                step = seeker.step("function of a factored matrix", place, outer, middle, last)
                if step is not None:
                    yield step


def _at_least_one(seeker: Seeker, head: Opaque) -> bool:
    return seeker.trace.search.facts.at_least_zero(head.parameters[0] - 1)


def _may_cancel(outer: Entries, last: Entries) -> bool:
    """Whether they have a symbol in common."""
    first, second = ({h for h in names_in(e) if isinstance(h, Declared)} for e in (outer, last))
    return bool(first & second) or not first | second


def rotated(seeker: Seeker) -> Iterator[Rewrite]:
    """A power of a product, with a rotation that comes first."""
    unfolding = seeker.trace.search.unfolding
    for place, head, found_chain in _chains(seeker.term, "matrix_power") if not unfolding else ():
        for first, second in found_chain.rotations() if _at_least_one(seeker, head) else ():
            if _key(seeker.trace, product(second, first, 1)) < _key(seeker.trace, head.bodies[0]):
                step = seeker.step("power of a product in turn", place, first, second)
                if step is not None:
                    yield step


def _key(trace: Trace, matrix: Entries) -> tuple[Any, ...]:
    """The order of a matrix or its transpose, whichever is first; scalars before smaller matrices."""
    facts = trace.search.facts
    forms = [in_order(m, facts) for m in ((matrix, flipped(matrix)) if matrix.slots else (matrix,))]
    return tuple(size_key(s) for s in matrix.slots), min(map(entries_key, forms))


def pushed(seeker: Seeker) -> Iterator[Rewrite]:
    """F(P Q) P = P f(Q P) and Q f(P Q) = f(Q P) Q, where Q P comes first."""
    for place, arguments in pushable(seeker.trace, seeker.term):
        step = seeker.step(INTERTWINED, place, *arguments)
        if step is not None:
            yield step


INTERTWINED = "function of intertwined matrices"


def pushable(trace: Trace, term: Term) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The functions of a product beside a part of it that they are to be moved past, and the arguments of the rule.

    A matrix passes an exponential as well where it meets its pseudo-inverse; a power is rotated there instead.
    """
    for place, head, found_chain in _chains(term, *(["expm"] if trace.search.unfolding else ["expm", "matrix_power"])):
        for first, second in found_chain.rotations():
            turned = product(second, first, 1)
            smaller = turned.slots and _key(trace, turned) < _key(trace, head.bodies[0])
            for side, matrix in (("right", first), ("left", _monic(second))) if turned.slots else ():
                found = _beside(trace, term, place, side, matrix, turned)
                if found is not None:
                    *_, (start, end), _ = found
                    ends = (start, end) if side == "right" else (end, start)
                    here, there = (head.function == "expm" and _has_inverse(term, end) for end in ends)
                    if here or (smaller and not there):
                        yield place, found


def _has_inverse(term: Term, end: Index) -> bool:
    """Whether a pseudo-inverse stands at an index that is summed over: what meets it there becomes a projector."""
    near = (f.head for f in term.factors if end in f.indices and isinstance(end, Bound))
    return any(isinstance(head, Opaque) and head.function == "pinv" for head in near)


def _monic(matrix: Entries) -> Entries:
    return Entries(matrix.slots, tuple(replace(term, coefficient=ONE) for term in matrix.terms))


def _beside(trace: Trace, term: Term, place: int, side: str, matrix: Entries, other: Entries) -> tuple[Any, ...] | None:
    """The arguments that move a function past a matrix on this side of it, so that it becomes one of another matrix."""
    head = term.factors[place].head
    assert isinstance(head, Opaque)
    pair = (head.bodies[0], other) if side == "right" else (other, head.bodies[0])
    equation = intertwining(head, side, *pair, matrix)
    placings = occurrences(Entries(trace.entries.slots, (term,)), term, equation, 0, trace.search.facts, place)
    return next(((side, matrix, other, *placing) for placing in placings), None)


FAMILY = ("expm", "inv", "matrix_power")


def commuted(seeker: Seeker) -> Iterator[Rewrite]:
    """A function to the left of a matrix with which its own commutes: of two functions the first one goes right."""
    for place, _, arguments in commutable(seeker.trace, seeker.term):
        step = seeker.step(INTERTWINED, place, *arguments)
        if step is not None:
            yield step


def commutable(trace: Trace, term: Term) -> Iterator[tuple[int, bool, tuple[Any, ...]]]:
    """The functions that go right if they commute, whether they are sure to, and the arguments of the rule."""
    for place, factor, head in functions(term, *(("expm",) if trace.search.unfolding else FAMILY)):
        if factor.exponent != 1 or len(factor.indices) != 2 or head.skew:
            continue
        (body,) = head.bodies
        for ends in ((0, 1), (1, 0)) if head.symmetric else ((0, 1),):
            joint = factor.indices[ends[1]]
            other = _neighbour(term, place, joint)
            start = factor.indices[ends[0]]
            if other is not None and not _closes(term, {place, other}, start, joint):
                if not _goes_left(term, place, other, start, joint):
                    continue
                neighbour = term.factors[other]
                order = (ROW, COLUMN) if neighbour.indices[0] == joint else (COLUMN, ROW)
                matrix = Entries(body.slots, (Term(ONE, (), (Factor(neighbour.head, order),)),))
                found = _beside(trace, term, place, "right", matrix, body)
                if found is not None:
                    yield place, bodies(neighbour.head) == head.bodies and order == (ROW, COLUMN), found


def absorbing(seeker: Seeker) -> Iterator[Rewrite]:
    """A function of a matrix that absorbs a projector, beside that projector."""
    for place, factor, head in functions(seeker.term, "expm", "matrix_power"):
        for joint in factor.indices if factor.exponent == 1 and len(factor.indices) == 2 else ():
            other = _neighbour(seeker.term, place, joint)
            if other is not None and _is_projector(seeker.term.factors[other]):
                matrix = Entries(head.bodies[0].slots, (Term(ONE, (), (Factor(_head(seeker, other), (ROW, COLUMN)),)),))
                equation = absorbing_equation(head, head.bodies[0], matrix)
                single = Entries(seeker.trace.entries.slots, (seeker.term,))
                placings = occurrences(single, seeker.term, equation, 0, seeker.trace.search.facts, place)
                for placing in placings:
                    step = seeker.step("function beside what its matrix absorbs", place, matrix, *placing)
                    if step is not None:
                        yield step


def _head(seeker: Seeker, place: int) -> Head:
    return seeker.term.factors[place].head


def _is_projector(factor: Factor) -> bool:
    return isinstance(factor.head, Opaque) and factor.head.function == "projector"


def _neighbour(term: Term, place: int, joint: Index) -> int | None:
    """The place of the matrix that alone shares an index with a function."""
    others = [k for k, f in enumerate(term.factors) if k != place and joint in f.indices]
    if len(others) != 1 or not isinstance(joint, Bound) or not used_only_in(term, joint, {place, *others}):
        return None
    factor = term.factors[others[0]]
    single = factor.exponent == 1 and len(factor.indices) == 2 and len({*factor.indices}) == 2
    return others[0] if single and isinstance(factor.head, Declared | Opaque) else None


def _goes_left(term: Term, place: int, other: int, end: Index, joint: Index) -> bool:
    """Whether what stands to the right of a function is to stand to its left, and does not become one with it."""
    function, matrix = term.factors[place].head, term.factors[other]
    assert isinstance(function, Opaque)
    if isinstance(matrix.head, Opaque):
        alike = (matrix.head.function == "expm") == (function.function == "expm")
        merged = matrix.head.bodies == function.bodies and alike
        if matrix.head.function not in FAMILY or merged or head_key(matrix.head) < head_key(function):
            return False
    elif function.function == "inv":
        return False
    if not function.symmetric:
        return True
    rest = Term(ONE, term.bound, tuple(f for k, f in enumerate(term.factors) if k not in (place, other)))
    far = next(index for index in matrix.indices if index != joint)
    here, there = (_first_slot(rest, index) for index in (end, far))
    return here is not None and (there is None or here < there)


def _closes(term: Term, places: set[int], start: Index, joint: Index) -> bool:
    """Whether the two matrices at these places, joined at an index, are part of a trace, in which all go round."""
    ends = {i for place in places for i in term.factors[place].indices} - {start, joint}
    rest = Term(ONE, term.bound, tuple(f for k, f in enumerate(term.factors) if k not in places))
    near = {i for k in reached(rest, start, None) for i in rest.factors[k].indices}
    return not ends or bool(ends & near)


def _first_slot(term: Term, index: Index) -> int | None:
    near = chain((index,), (i for k in reached(term, index, None) for i in term.factors[k].indices))
    return min((i.number for i in near if isinstance(i, Slot)), default=None)


SEEKERS: tuple[Callable[[Seeker], Iterator[Rewrite]], ...] = (
    diagonal,
    split,
    of_projector,
    factored,
    rotated,
    pushed,
    commuted,
    absorbing,
)
