"""Completion: equations that follow from the relations of a claim's inverses, until the sides meet.

Where leading terms of two relations overlap, the product can be rewritten in two ways; when the normal forms differ, a
new relation has been found. So Woodbury's identity, the push-through identity and nested inverses need no rules of
their own. Each new relation is a lemma of the derivation.

Source: Knuth and Bendix 1970; for non-commutative polynomials Mora 1986.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from matcalc.components.exponents import times
from matcalc.components.facts import Facts
from matcalc.components.symmetry import symmetries
from matcalc.components.terms import Bound, Declared, Delta, Entries, Factor, Group, Head, Opaque, Slot, Term, bodies
from matcalc.kernel.equations import beside
from matcalc.kernel.invertibility import is_nonzero
from matcalc.kernel.lemmas import equation_of, with_lemma
from matcalc.kernel.steps import Lemma, Refused, Rewrite, Step, Within
from matcalc.language.nodes import Size
from matcalc.prover.leading import leading
from matcalc.prover.matching import Placing, occurrences
from matcalc.prover.matrices import BESIDE
from matcalc.prover.multiplying import beside_sums, taken_in
from matcalc.prover.normalisation import normal_steps, normalise
from matcalc.prover.superposition import Opened, Superposition, opened, superpositions
from matcalc.prover.trace import Search, Trace

MOST_LEMMAS = 30
MOST_SUPERPOSITIONS = 150
MOST_FACTORS = 14
"""Limits of a completion: lemmas, products looked at, factors of such a product."""

RECIPROCAL = "leading term of a power"
ORTHOGONALITY = "orthogonality"


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation E = 0, the number of its leading term, and the rule, with its first arguments, that eliminates it.

    `head` is the function that the equation is about, None for a lemma.
    """

    equation: Entries
    number: int
    rule: str
    arguments: tuple[object, ...] = ()
    head: Head | None = None

    def rewriting(self, placing: Placing) -> Rewrite:
        """The step that eliminates the leading term where it stands."""
        places, at, sums = placing
        if self.rule == ORTHOGONALITY:
            return Rewrite(self.rule, 0, places[0], (places[1], *self.arguments))
        if self.rule == RECIPROCAL:
            return Rewrite(self.rule, 0, places[0], (self.number, places[1:], sums))
        return Rewrite(self.rule, 0, places[0], (*self.arguments, self.number, places, at, sums))


def complete(traces: Sequence[Trace]) -> tuple[tuple[Lemma, ...], list[tuple[Step, ...]]] | None:
    """Lemmas, and for each side steps, its trace's first, after which all are equal; None where none are found."""
    completion = Completion(traces[0].search)
    for _ in range(MOST_LEMMAS):
        for trace in traces:
            for relation in relations_in(trace.entries, trace.search.facts):
                completion.add(relation)
                for side in traces:
                    completion.multiply(relation, side.entries)
        if not completion.found_lemma():
            return None
        traces = [Trace(trace.entries, completion.search, steps=trace.steps) for trace in traces]
        for trace in traces:
            normalise(trace)
        if all(trace.entries == traces[0].entries for trace in traces):
            return _without_unused(completion.lemmas, [tuple(trace.steps) for trace in traces])
    return None


def _without_unused(
    lemmas: Sequence[Lemma], endings: Sequence[tuple[Step, ...]]
) -> tuple[tuple[Lemma, ...], list[tuple[Step, ...]]]:
    """The lemmas that the endings use, or that such a lemma uses, numbered anew."""
    used, pending = set[int](), [number for steps in endings for number in _used(steps)]
    while pending:
        number = pending.pop()
        if number not in used:
            used.add(number)
            pending += [*_used(lemmas[number].left), *_used(lemmas[number].right)]
    new = {old: number for number, old in enumerate(sorted(used))}
    kept = (Lemma(lemmas[k].start, _renumbered(lemmas[k].left, new), _renumbered(lemmas[k].right, new)) for k in new)
    return tuple(kept), [_renumbered(steps, new) for steps in endings]


def _used(steps: tuple[Step, ...]) -> Iterator[int]:
    """The numbers of the lemmas that steps use."""
    for step in steps:
        match step:
            case Rewrite(rule="derived equation", arguments=(number, *_)):
                yield number
            case Rewrite(proofs=proofs):
                yield from (number for proof in proofs for number in _used(proof))
            case Within():
                yield from _used(step.steps)
            case _:
                pass


def _renumbered(steps: tuple[Step, ...], new: Mapping[int, int]) -> tuple[Step, ...]:
    result: list[Step] = []
    for step in steps:
        match step:
            case Rewrite(rule="derived equation", arguments=(number, *rest)):
                result.append(replace(step, arguments=(new[number], *rest)))
            case Rewrite(proofs=proofs):
                result.append(replace(step, proofs=tuple(_renumbered(proof, new) for proof in proofs)))
            case Within():
                result.append(replace(step, steps=_renumbered(step.steps, new)))
            case _:
                result.append(step)
    return tuple(result)


@dataclass(slots=True)
class Completion:
    """The relations and lemmas found so far, and the products still to be looked at, the smallest first."""

    search: Search
    relations: dict[Entries, tuple[Relation, Opened]] = field(default_factory=dict)
    lemmas: list[Lemma] = field(default_factory=list)
    _queue: list[tuple[int, int, Superposition, tuple[Relation, Relation]]] = field(default_factory=list)
    _products: dict[Entries, Relation] = field(default_factory=dict)
    _multiples: list[Relation] = field(default_factory=list)
    _looked_at: int = 0
    _count: int = 0

    def add(self, relation: Relation) -> None:
        """A new relation, with the products on which it overlaps those known."""
        if relation.equation in self.relations:
            return
        lead = opened(relation.equation, relation.number)
        self.relations[relation.equation] = relation, lead
        if relation.rule == BESIDE["inv"]:
            self._multiples.append(relation)
        signed = any(s.sign < 0 for factor in lead.factors for s in symmetries(factor, self.search.facts))
        most = max(len(equation.slots) for equation in self.relations)
        for other, other_lead in self.relations.values():
            if other.head is not None and other.head == relation.head and not signed:
                continue
            for found in superpositions(other_lead, lead, self.search.facts):
                size = len(found.start.terms[0].factors)
                if size <= MOST_FACTORS and len(found.start.slots) <= most:
                    self._count += 1
                    heapq.heappush(self._queue, (size, self._count, found, (other, relation)))

    def multiply(self, relation: Relation, side: Entries) -> None:
        """The products of a relation's leading term with the finite sums of a side."""
        for start in beside_sums(relation.equation, relation.number, side):
            self._products.setdefault(start, relation)

    def found_lemma(self) -> bool:
        """Whether a product is rewritten in two ways with different ends; they become a lemma."""
        while self._looked_at < len(self._products):
            start, relation = list(self._products.items())[self._looked_at]
            self._looked_at += 1
            taken = taken_in(start, self.search)
            for cancelled in _applied(start, relation, (), self.search) if taken is not None else ():
                if taken is not None and cancelled.entries != taken.entries:
                    self._take(start, (cancelled, taken))
                    return True
        for _ in range(MOST_SUPERPOSITIONS):
            if not self._queue:
                break
            _, _, found, pair = heapq.heappop(self._queue)
            ends = self._ends(found, pair)
            if ends is not None:
                self._take(*self._monic(found, pair, ends))
                return True
        while self._multiples:
            if self._divided(self._multiples.pop(0)):
                return True
        return False

    def _ends(self, found: Superposition, pair: tuple[Relation, Relation]) -> tuple[Trace, Trace] | None:
        """Two ways of rewriting the product that end in different normal forms."""
        first: Trace | None = None
        for relation, groups in zip(pair, found.groups, strict=True):
            for trace in _applied(found.start, relation, groups, self.search):
                if first is not None and trace.entries != first.entries:
                    return first, trace
                first = first or trace
        return None

    def _monic(
        self, found: Superposition, pair: tuple[Relation, Relation], ends: tuple[Trace, Trace]
    ) -> tuple[Entries, tuple[Trace, Trace]]:
        """The product, divided by the scalars of the new leading term that are not zero, and its two ends."""
        equation = self._equation(ends)
        number = leading(equation)
        divisors = self._divisors(equation.terms[number]) if number is not None else ()
        if divisors:
            (term,) = found.start.terms
            start = Entries(found.start.slots, (Term(Fraction(1), term.bound, (*term.factors, *divisors)),))
            divided = self._ends(Superposition(start, found.groups), pair)
            if divided is not None:
                return start, divided
        return found.start, ends

    def _divisors(self, lead: Term, *, sums: bool = False) -> tuple[Factor, ...]:
        """The reciprocals of the scalars of a leading term that are not zero; of sums in parentheses where told."""
        return tuple(
            Factor(f.head, (), times(f.exponent, Fraction(-1)))
            for f in lead.factors
            if not f.indices and (sums or not isinstance(f.head, Group)) and is_nonzero(f, self.search.facts)
        )

    def _divided(self, relation: Relation) -> bool:
        """Whether M⁻¹ s T = I − M⁻¹ R becomes the lemma M⁻¹ T = s⁻¹ I − s⁻¹ M⁻¹ R, for a scalar s that is not zero."""
        lead = relation.equation.terms[relation.number]
        divisors = self._divisors(lead, sums=True)
        if not divisors:
            return False
        term = Term(Fraction(1), lead.bound, (*lead.factors, *divisors))
        start = Entries(relation.equation.slots, (term,))
        ends = Trace(start, self.search), Trace(start, self.search)
        whole = next(occurrences(start, term, relation.equation, relation.number, self.search.facts), None)
        if whole is None:
            return False
        ends[0].take(relation.rewriting(whole))
        for end in ends:
            end.arrange()
            normalise(end)
        if ends[0].entries == ends[1].entries:
            return False
        self._take(start, ends)
        return True

    def _equation(self, ends: tuple[Trace, Trace]) -> Entries:
        return equation_of(ends[0].entries, ends[1].entries, self.search.facts)

    def _take(self, start: Entries, ends: tuple[Trace, Trace]) -> None:
        """Puts a lemma among the relations."""
        equation = self._equation(ends)
        self.lemmas.append(Lemma(start, tuple(ends[0].steps), tuple(ends[1].steps)))
        number = leading(equation)
        facts, leads = with_lemma(self.search.facts, equation), (*self.search.leads, number)
        self.search = replace(self.search, facts=facts, leads=leads, known={})
        if number is not None:
            self.add(Relation(equation, number, "derived equation", (len(self.lemmas) - 1,)))


def _applied(start: Entries, relation: Relation, groups: Sequence[tuple[int, ...]], search: Search) -> Iterator[Trace]:
    """The normal forms after the relation's leading term has been eliminated where it stands."""
    trace = Trace(start, search)
    _collect(trace, groups)
    trace.arrange()
    if len(trace.entries.terms) != 1:
        return
    (term,) = trace.entries.terms
    for placing in occurrences(trace.entries, term, relation.equation, relation.number, search.facts):
        branch = Trace(trace.entries, search, steps=list(trace.steps))
        try:
            branch.take(relation.rewriting(placing))
            normalise(branch)
        except Refused:
            continue
        yield branch


def _collect(trace: Trace, groups: Sequence[tuple[int, ...]]) -> None:
    """Puts what was in parentheses back into them."""
    labels = list(range(len(trace.entries.terms[0].factors)))
    for group in groups:
        places = tuple(labels.index(label) for label in group)
        trace.rewrite("scalar in parentheses", 0, places[0], places)
        labels = [label for label in labels if label not in group] + [-1]
        place = len(labels) - 1
        head = trace.entries.terms[0].factors[place].head
        trace.within(0, place, 0, normal_steps(bodies(head)[0], trace.search, False, True))


def relations_in(entries: Entries, facts: Facts) -> Iterator[Relation]:
    """The relations of the inverses, reciprocals and orthogonal symbols in an expression, at any depth."""
    for term in entries.terms:
        for factor in term.factors:
            yield from _relations_of(factor, facts)
            for body in bodies(factor.head):
                yield from relations_in(body, facts)


def _relations_of(factor: Factor, facts: Facts) -> Iterator[Relation]:
    match factor.head:
        case Opaque(function="inv", bodies=(body,)):
            number = leading(body)
            for side in ("right", "left") if number is not None else ():
                equation = beside(factor.head, side, body, _identity(body.slots))
                assert number is not None
                yield Relation(equation, number, BESIDE["inv"], (side,), factor.head)
        case Group(body=body) if factor.exponent == -1 and len(body.terms) > 1:
            number = leading(body)
            if number is not None:
                yield Relation(_reciprocal(factor.head), number, RECIPROCAL, (), factor.head)
        case Declared(name=name, by=()) if "orthogonal" in facts.structure(factor.head):
            for position in (0, 1):
                yield Relation(_orthogonality(name, facts, position), 0, ORTHOGONALITY, (position,), factor.head)
        case _:
            pass


def _orthogonality(name: str, facts: Facts, position: int) -> Entries:
    """Q Qᵀ − I, summed over columns at position 1, or Qᵀ Q − I, summed over rows at 0."""
    size = facts.symbols[name].rows
    pairs = ((Slot(k), Bound(0)) if position else (Bound(0), Slot(k)) for k in (0, 1))
    product = Term(Fraction(1), size, tuple(Factor(Declared(name), pair) for pair in pairs))
    (identity,) = _identity(size * 2).terms
    return Entries(size * 2, (product, Term(Fraction(-1), (), identity.factors)))


def _reciprocal(group: Group) -> Entries:
    """B⁻¹ (t + …) − 1, for the terms t of B."""
    slots = tuple(Slot(k) for k in range(len(group.body.slots)))
    inverse = Factor(group, slots, Fraction(-1))
    terms = tuple(Term(t.coefficient, t.bound, (inverse, *t.factors)) for t in group.body.terms)
    return Entries(group.body.slots, (*terms, Term(Fraction(-1))))


def _identity(slots: tuple[Size, ...]) -> Entries:
    half = len(slots) // 2
    deltas = tuple(Factor(Delta(), (Slot(k), Slot(half + k))) for k in range(half))
    return Entries(slots, (Term(Fraction(1), (), deltas),))
