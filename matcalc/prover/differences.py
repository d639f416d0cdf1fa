"""Taking the difference of two normal forms to 0: denominators cleared, equal arguments identified.

A sum of fractions vanishes where its numerator does. So it is multiplied through by each of its denominators, and a sum
over an index is taken as the sum of one expression, which is then the one to vanish.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from matcalc.components.exponents import is_natural
from matcalc.components.facts import Facts
from matcalc.components.order import factor_key
from matcalc.components.terms import Bound, Declared, Elementwise, Entries, Factor, Group, bodies, names_in
from matcalc.kernel.cases import branches
from matcalc.kernel.clearing import difference
from matcalc.kernel.steps import Cases, Clear, Gather, Identify, Refused, Step
from matcalc.language.nodes import Size
from matcalc.prover.normalisation import is_atomic, normalise
from matcalc.prover.trace import Search, Trace

DEEPEST = 12
"""Denominators cleared one inside another, and arguments identified inside arguments, above which a search gives up."""


def vanishing(left: Entries, right: Entries, search: Search, depth: int = 0) -> tuple[Step, ...] | None:
    """Steps that take left − right to 0; None where none are found. Raises OutOfBudget."""
    trace = Trace(difference(left, right), search)
    return tuple(trace.steps) if _vanishes(trace, depth) else None


def _vanishes(trace: Trace, depth: int) -> bool:
    """Takes the trace to 0, if it can."""
    normalise(trace)
    while trace.entries.terms and _identify(trace, depth):
        normalise(trace)
    if not trace.entries.terms or depth > DEEPEST:
        return not trace.entries.terms
    if _by_cases(trace, depth):
        return True
    if any(_cleared(trace, found) for found in _denominators(trace.entries)):
        return _inner_vanishes(trace, 1, depth)
    return _sums_vanish(trace, depth)


def _by_cases(trace: Trace, depth: int) -> bool:
    """Whether the expression vanishes for each sign of a symbol of whose absolute value or sign it is made."""
    symbols = trace.search.facts.symbols
    unknown = [name for name in dict.fromkeys(_signed(trace.entries)) if "positive" not in symbols[name].properties]
    for name in unknown:
        try:
            both = branches(trace.entries, name, trace.search.facts)
        except Refused:
            continue
        (first, known), (second, _) = both
        positive = _branch(first, trace.search, known, depth)
        negative = None if positive is None else _branch(second, trace.search, known, depth)
        if positive is not None and negative is not None:
            trace.take(Cases(name, positive, negative))
            return True
    return False


def _branch(entries: Entries, search: Search, facts: Facts, depth: int) -> tuple[Step, ...] | None:
    trace = Trace(entries, replace(search, facts=facts, leads=(), known={}, inner={}))
    return tuple(trace.steps) if _vanishes(trace, depth + 1) else None


def _signed(entries: Entries) -> Iterator[str]:
    """The symbols in absolute values and signs, at any depth."""
    for head in names_in(entries):
        if isinstance(head, Elementwise) and head.function in ("abs", "sign"):
            yield from (found.name for found in names_in(head.body) if isinstance(found, Declared))


def _cleared(trace: Trace, step: Clear) -> bool:
    """Whether the kernel multiplies through by this denominator."""
    try:
        trace.take(step)
    except Refused:
        return False
    return True


def _inner_vanishes(trace: Trace, place: int, depth: int) -> bool:
    """Whether the parenthesis at this place of the first term vanishes, and with it the term."""
    head = trace.entries.terms[0].factors[place].head
    inner = Trace(bodies(head)[0], trace.search, trace.differentiated)
    inner.arrange()  # B⁻¹ B is 1, before B is multiplied out
    if not _vanishes(inner, depth + 1):
        return False
    trace.within(0, place, 0, tuple(inner.steps))
    normalise(trace)
    return True


def _denominators(entries: Entries) -> Iterator[Clear]:
    """The denominators outside sums, each with the power that clears it; the last in order first."""
    powers: dict[Factor, Fraction] = {}
    for term in entries.terms:
        for factor in term.factors:
            free = not any(isinstance(index, Bound) for index in factor.indices)
            if free and isinstance(factor.exponent, Fraction) and factor.exponent < 0 and _is_compound(factor):
                base = Factor(factor.head, factor.indices)
                powers[base] = min(powers.get(base, Fraction(0)), factor.exponent)
    for base in sorted(powers, key=factor_key, reverse=True):
        yield Clear(base, -powers[base])


def _is_compound(factor: Factor) -> bool:
    """Whether powers of this are not independent of what else stands in a term: sums, and functions of entries."""
    match factor.head:
        case Group(body=body):
            return not is_atomic(body)
        case Elementwise():
            return True
        case _:
            return False


def _sums_vanish(trace: Trace, depth: int) -> bool:
    """Whether the terms under sums of one kind vanish together, for each kind."""
    _open_sums(trace)
    while trace.entries.terms:
        bound = trace.entries.terms[0].bound
        if not bound:
            return False
        same = tuple(k for k, term in enumerate(trace.entries.terms) if term.bound == bound)
        trace.take(Gather(same))
        if not _inner_vanishes(trace, 0, depth):
            return False
    return True


def _open_sums(trace: Trace) -> None:
    """Collected scalars over the sizes of sums of fractions, or of absolute values, written out again."""
    scalars = [f for term in trace.entries.terms for f in term.factors if _is_scalar(f)]
    sizes = {_bound(f) for f in scalars if _is_to_open(bodies(f.head)[0])}
    for number in range(len(trace.entries.terms)):
        place: int | None = 0
        while place is not None:
            factors = trace.entries.terms[number].factors
            place = next((k for k, f in enumerate(factors) if _is_scalar(f) and _bound(f) in sizes), None)
            if place is not None:
                trace.rewrite("distributivity", number, place)
    trace.arrange()


def _is_scalar(factor: Factor) -> bool:
    """Whether this is a collected scalar, to the first power."""
    return isinstance(factor.head, Group) and factor.exponent == 1 and is_atomic(factor.head.body)


def _bound(factor: Factor) -> tuple[Size, ...]:
    return bodies(factor.head)[0].terms[0].bound


def _is_to_open(body: Entries) -> bool:
    """Whether a sum has fractions or absolute values in it."""
    inner = [f for term in body.terms for f in term.factors]
    fractions = any(isinstance(f.exponent, Fraction) and f.exponent < 0 and _is_compound(f) for f in inner)
    return fractions or any(_signed(body))


def _identify(trace: Trace, depth: int) -> bool:
    """Replaces an argument by an equal one of the same function; whether there was one."""
    heads = list(_arguments(trace.entries))
    for k, (old, one) in enumerate(heads):
        for new, other in heads[:k]:
            if not _may_be_equal(one, other):
                continue
            steps = vanishing(bodies(one.head)[0], bodies(other.head)[0], trace.search, depth + DEEPEST // 3)
            if steps is None:
                continue
            try:
                trace.take(Identify(old, new, steps))
            except Refused:
                continue
            return True
    return False


def _arguments(entries: Entries) -> Iterator[tuple[tuple[int, int, int], Factor]]:
    """Functions of entries, and powers of sums that are not multiplied out."""
    for number, term in enumerate(entries.terms):
        for place, factor in enumerate(term.factors):
            if isinstance(factor.head, Elementwise) or (
                isinstance(factor.head, Group) and not is_natural(factor.exponent) and not is_atomic(factor.head.body)
            ):
                yield (number, place, 0), factor


def _may_be_equal(one: Factor, other: Factor) -> bool:
    """Whether these are one function of different arguments over the same slots."""
    first, second = one.head, other.head
    if first == second or bodies(first)[0].slots != bodies(second)[0].slots:
        return False
    match first, second:
        case Elementwise(), Elementwise():
            return (first.function, first.order) == (second.function, second.order)
        case Group(), Group():
            return one.exponent == other.exponent
        case _:
            return False
