"""Where the rules of finite sums apply: rows of the normal form's tables.

A finite sum comes to stand like this: its summand is one term, of which nothing can be taken out, and it runs upwards
where it can. `bounds` says where it begins and ends. Of two nested sums the one that comes first in the order of
expressions is outside, and of the two triangles of a square one is written by the other.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from typing import Any

from matcalc.components.order import entries_key, index_key, size_key
from matcalc.components.terms import (
    Bound,
    Delta,
    Entries,
    Factor,
    Fixed,
    Index,
    Indicator,
    Range,
    Slot,
    Term,
    bodies,
    instantiate,
    reindex,
)
from matcalc.components.variables import (
    SPARE,
    binds,
    factor_mentions,
    mentions,
    occurs,
    polynomials_of,
    replaced,
)
from matcalc.kernel.application import apply
from matcalc.kernel.arrange import in_order
from matcalc.kernel.ranges import power_parts
from matcalc.kernel.steps import Rewrite
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator
from matcalc.prover.bounds import BOUNDS, ranges, written_out
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.matrices import cancelling
from matcalc.prover.matrix_functions import commutable, pushable
from matcalc.prover.powers import POWERS
from matcalc.prover.trace import Trace

Key = tuple[Any, ...]


def taken_out(trace: Trace, term: Term) -> Place | None:
    """A finite sum with more than one term, or of which something does not depend on the variable; its count."""
    for place, _, head in ranges(term):
        if len(head.body.terms) != 1:
            return "linearity of a finite sum", place, ()
        inner = head.body.terms[0]
        if not inner.factors and not inner.bound and inner.coefficient == 1:
            if trace.search.facts.at_least_zero(head.count):
                return "counting the terms of a finite sum", place, ()
            continue
        dependent = all(factor_mentions(f, head.variable) for f in inner.factors)
        divided = any(len(power_parts(f, head, trace.search.facts)) > 1 for f in inner.factors)
        unused = {Bound(k) for k in range(len(inner.bound))} - {i for f in inner.factors for i in f.indices}
        if inner.coefficient != 1 or unused or divided or not dependent:
            return "linearity of a finite sum", place, ()
    return None


def indicated(trace: Trace, term: Term) -> Place | None:
    """A finite sum with an indicator that picks one term, or bounds the variable."""
    for place, _, head in ranges(term):
        for inner, factor in enumerate(head.body.terms[0].factors if len(head.body.terms) == 1 else ()):
            if isinstance(factor.head, Indicator) and factor_mentions(factor, head.variable):
                rule = "sum over an equation" if factor.head.equation else "sum over an inequality"
                found = accepts(trace, term, rule, place, inner)
                if found is not None:
                    return found
    return None


def moved_in(trace: Trace, term: Term) -> Place | None:
    """An index used by a finite sum alone, or neighbours of which something can be done once they are inside."""
    for place, factor, head in ranges(term):
        found = accepts(trace, term, "into a finite sum", place, ())
        if found is not None:
            return found
        for places in _neighbours(term, place, factor, head):
            found = accepts(trace, term, "into a finite sum", place, places)
            if found is not None and _pays(trace, term, place, places):
                return found
    return None


def _neighbours(term: Term, place: int, factor: Factor, head: Range) -> Iterator[tuple[int, ...]]:
    """Factors free of the variable: indicators, each alone, those that share an index, and all that share one."""
    others = [k for k, f in enumerate(term.factors) if k != place and not factor_mentions(f, head.variable)]
    yield from ((k,) for k in others if isinstance(term.factors[k].head, Indicator))
    for index in factor.indices:
        if isinstance(index, Bound):
            near = tuple(k for k in others if index in term.factors[k].indices)
            yield from ((k,) for k in near)
            yield from _grown(term, near, others)


def _grown(term: Term, near: tuple[int, ...], others: list[int]) -> Iterator[tuple[int, ...]]:
    """These factors, and with them those that share an index with one of them, time and again."""
    while near:
        if len(near) > 1:
            yield near
        own = {i for k in near for i in term.factors[k].indices if isinstance(i, Bound)}
        more = tuple(k for k in others if k not in near and own & {*term.factors[k].indices})
        if not more:
            return
        near = tuple(sorted((*near, *more)))


def _pays(trace: Trace, term: Term, place: int, places: tuple[int, ...]) -> bool:
    """Whether the summand can be simplified once these factors are inside."""
    single = Trace(Entries(trace.entries.slots, (term,)), trace.search)
    single.rewrite("into a finite sum", 0, place, places)
    (new,) = single.entries.terms
    rename = named(single, new)
    if rename is not None:
        single.rewrite(rename[0], 0, rename[1], *rename[2])
    head = single.entries.terms[0].factors[len(new.factors) - 1].head
    assert isinstance(head, Range)
    inner = Trace(head.body, trace.search.within(head))
    summand = head.body.terms[0]
    if any(isinstance(f.head, Delta) and any(isinstance(i, Bound) for i in f.indices) for f in summand.factors):
        return True
    decided = (accepts(inner, summand, "value of an indicator", k) for k in range(len(summand.factors)))
    if any(pushable(inner, summand)) or any(sure for _, sure, _ in commutable(inner, summand)):
        return True
    finders = (*POWERS, cancelling, moved_in)
    return any(found is not None for found in decided) or any(find(inner, summand) is not None for find in finders)


def named(trace: Trace, term: Term) -> Place | None:
    """A finite sum whose variable has not the name that the depth of the sums inside gives it.

    Where that name is taken, an outer sum first gives up a name that an inner one wants.
    """
    for place, _, head in ranges(term):
        depth = _depth(head.body)
        if depth < len(SPARE) and head.variable != SPARE[depth]:
            kept = head.variable not in SPARE[:depth]
            names = SPARE[depth : depth + 1] if kept else (SPARE[depth], *SPARE[depth + 1 :])
            found = (accepts(trace, term, "renaming the variable of a finite sum", place, name) for name in names)
            answer = next((rename for rename in found if rename is not None), None)
            if answer is not None:
                return answer
    return None


def _depth(entries: Entries) -> int:
    """How deeply finite sums are nested in the entries."""
    heads = [factor.head for term in entries.terms for factor in term.factors]
    return max((isinstance(head, Range) + _depth(body) for head in heads for body in bodies(head)), default=0)


def backwards(trace: Trace, term: Term) -> Place | None:
    """A finite sum that comes first when it is counted backwards."""
    for place, factor, _ in ranges(term):
        found = accepts(trace, term, "finite sum backwards", place)
        if found is not None:
            step = Rewrite(found[0], 0, place)
            (new,) = apply(Entries(trace.entries.slots, (term,)), step, trace.search.facts).terms
            if _first_key(trace, new.factors[place]) < _first_key(trace, factor):
                return found
    return None


def _first_key(trace: Trace, factor: Factor) -> Key:
    """How much runs downwards, then the key of a finite sum in the best order of its slots, then its free indices."""
    (body,) = bodies(factor.head)
    assert isinstance(factor.head, Range)
    orders = permutations(range(len(body.slots)))
    keys = [_permuted_key(trace, body, factor.indices, order) for order in orders]
    return _descending(body, factor.head.variable), min(keys)


def _descending(entries: Entries, name: str) -> int:
    """The number of polynomials that fall as the variable rises."""
    factors = [factor for term in entries.terms for factor in term.factors]
    own = [p for f in factors for p in polynomials_of(f) if not isinstance(p, Fraction) and occurs(p, name)]
    inside = sum(_descending(body, name) for f in factors for body in bodies(f.head))
    return inside + sum(bool(p.diff(generator(p.ring, name)).LC < 0) for p in own)


def _permuted_key(trace: Trace, body: Entries, indices: tuple[Index, ...], order: tuple[int, ...]) -> Key:
    image: dict[Index, Index] = {Slot(old): Slot(new) for new, old in enumerate(order)}
    terms = tuple(Term(t.coefficient, t.bound, reindex(t.factors, image)) for t in body.terms)
    slots = tuple(body.slots[old] for old in order)
    key = entries_key(in_order(Entries(slots, terms), trace.search.facts))
    return key, tuple(masked(indices[old]) for old in order)


def masked(index: Index) -> Key:
    """The key of an index, the same for all bound indices, whose numbers may yet change."""
    return index_key(Bound(0)) if isinstance(index, Bound) else index_key(index)


def nested(trace: Trace, term: Term) -> Place | None:
    """Two nested sums that come first in the opposite order, or a triangle that comes first mirrored."""
    for place, _, head in ranges(term):
        for inner, factor in enumerate(head.body.terms[0].factors if len(head.body.terms) == 1 else ()):
            if isinstance(factor.head, Range) and factor.exponent == 1 and not factor.head.integral:
                found = _nested(trace, term, place, inner, factor)
                if found is not None:
                    return found
    return None


def _nested(trace: Trace, term: Term, place: int, inner: int, factor: Factor) -> Place | None:
    head, second = term.factors[place].head, factor.head
    assert isinstance(head, Range)
    assert isinstance(second, Range)
    whole = _summand(head, inner, factor, second)
    names = (head.variable, second.variable)
    straight, crossed = _key(trace, whole, names), _key(trace, whole, names[::-1])
    if straight is None or crossed is None:
        return None
    if second.count == generator(head.count.ring, head.variable):
        share = Fraction(1, 2) if crossed == straight else Fraction(1)
        return accepts(trace, term, "triangular sum", place, inner, share) if crossed <= straight else None
    counts = (size_key(head.count), size_key(second.count))
    first = (crossed, counts[::-1]) < (straight, counts)
    return accepts(trace, term, "sums exchanged", place, inner) if first else None


def _positions(factor: Factor) -> Iterator[Size]:
    return (index.position for index in factor.indices if isinstance(index, Fixed))


def _summand(head: Range, place: int, factor: Factor, inner: Range) -> Entries:
    """What two nested sums sum."""
    outer = head.body.terms[0]
    rest = tuple(f for k, f in enumerate(outer.factors) if k != place)
    new = instantiate(inner.body, factor.indices, len(outer.bound))
    terms = (Term(outer.coefficient * t.coefficient, outer.bound + t.bound, (*rest, *t.factors)) for t in new)
    return Entries(head.body.slots, tuple(terms))


def _key(trace: Trace, summand: Entries, names: tuple[str, str]) -> Key | None:
    """The key of a summand with its outer and its inner variable named alike; without the inner one it comes first."""
    spare = [name for name in SPARE if name not in names and not binds(summand, name) and not mentions(summand, name)]
    if len(spare) < len(names):
        return None
    for name, new in zip(names, spare, strict=False):
        summand = replaced(summand, name, generator(trace.search.facts.ring, new))
    inside = sum(occurs(p, spare[1]) for t in summand.terms for f in t.factors for p in _positions(f))
    return mentions(summand, spare[1]), inside, entries_key(in_order(summand, trace.search.facts))


RANGES: tuple[Finder, ...] = (taken_out, indicated, moved_in, named, backwards, written_out)
SETTLED: tuple[Finder, ...] = (*BOUNDS, nested)
"""Rows for finite sums of which nothing else is left to do."""
