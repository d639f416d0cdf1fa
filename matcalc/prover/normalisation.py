"""The normal form: derivatives carried out, products multiplied out, deltas contracted, scalars collected.

A normal form is reached by sweeps. Each row of a table looks at one term and says which rule applies where; a sweep
takes every term through one row, so that a derivation reads as a few laws applied throughout.
"""

from dataclasses import replace
from functools import partial
from itertools import permutations
from math import comb
from typing import Any

from matcalc.components import elementary
from matcalc.components.exponents import is_natural
from matcalc.components.order import entries_key, index_key
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Index,
    Indicator,
    Opaque,
    Partial,
    Range,
    Slot,
    Split,
    Term,
    bodies,
    sizes_in,
)
from matcalc.kernel.application import apply
from matcalc.kernel.steps import Refused, Rewrite, Step
from matcalc.prover import determinants
from matcalc.prover.blocks import BLOCKS
from matcalc.prover.differentiation import OF_A_MATRIX, RULES, next_rule
from matcalc.prover.exchanges import EXCHANGES
from matcalc.prover.finding import Finder, Place, Rows
from matcalc.prover.indicators import INDICATORS
from matcalc.prover.leading import find_leading
from matcalc.prover.listing import LISTING
from matcalc.prover.matrices import (
    adjugates,
    cancelling,
    derived,
    oriented,
    simplified,
)
from matcalc.prover.matrix_functions import of_functions
from matcalc.prover.powers import POWERS
from matcalc.prover.pseudo_inverses import PSEUDO_INVERSES
from matcalc.prover.ranges import RANGES, SETTLED, masked
from matcalc.prover.scalars import SCALARS
from matcalc.prover.structures import STRUCTURES
from matcalc.prover.trace import Search, Trace

MOST_EXPANDED = 5_000
"""Terms of a multiplied-out power of a sum, above which it stays in parentheses."""


def normal_steps(entries: Entries, search: Search, differentiated: bool, parenthesised: bool) -> tuple[Step, ...]:
    """The steps to the normal form; those of a sub-expression met before are taken from memory."""
    key = (entries, differentiated, parenthesised, search.facts.bounds)
    if key not in search.known:
        trace = Trace(entries, search, differentiated, parenthesised)
        normalise(trace)
        search.known[key] = tuple(trace.steps)
    return search.known[key]


def normalise(trace: Trace) -> None:
    """Takes a trace to its normal form; raises OutOfBudget."""
    changed = True
    while changed:
        while differentiate(trace):
            pass
        changed = _sweeps(trace, OPENING)
        changed = _normalise_inside(trace) or changed
        changed = _sweeps(trace, CONTRACTING) or changed
        changed = trace.arrange() or changed or _sweeps(trace, AT_LAST)


def differentiate(trace: Trace) -> bool:
    """One round of the rules of differentiation; whether anything changed."""
    if not DERIVATIVES.may_apply(trace.entries):
        return False
    changed = _inside_derivatives(trace)
    for rule in RULES:
        changed = _sweep(trace, partial(_derivative, rule)) or changed
    return changed


def _sweeps(trace: Trace, table: tuple[Rows, ...]) -> bool:
    changed = False
    for rows in table:
        for finder in rows.finders if rows.may_apply(trace.entries) else ():
            changed = _sweep(trace, finder) or changed
    return changed


def _sweep(trace: Trace, finder: Finder) -> bool:
    """Every term through one row, once; whether anything changed."""
    number, changed = 0, False
    while number < len(trace.entries.terms):
        found = finder(trace, trace.entries.terms[number])
        if found is None:
            number += 1
            continue
        before = len(trace.entries.terms)
        step = replace(found, term=number) if isinstance(found, Rewrite) else Rewrite(found[0], number, *found[1:])
        try:
            trace.take(step)
        except Refused:  # the search proposes, the kernel decides
            number += 1
            continue
        number += len(trace.entries.terms) - before + 1 if step.rule in EXPANDING else 0
        changed = True
    return changed


EXPANDING = frozenset(
    {
        "distributivity",
        "leading term of a power",
        "inverse cancels",
        "derived equation",
        "matrix beside its power",
        "into a finite sum",
        "end of a finite sum",
        "longer finite sum",
        "finite sum cut in two",
        "sum of powers of a number",
        "power beside a sum of powers",
        "triangular sum",
        "common factor",
        "common number",
    }
)
"""Rules whose results are collected before they are applied again."""


def _derivative(rule: str, trace: Trace, term: Term) -> Place | None:
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Partial) and next_rule(factor.head, trace.search.facts) == rule:
            return rule, place, ()
    return None


def _inside_derivatives(trace: Trace) -> bool:
    """What is done inside the derivatives before a rule takes them; whether anything changed."""
    changed = False
    for number, term in enumerate(trace.entries.terms):
        for place, factor in enumerate(term.factors):
            if isinstance(factor.head, Partial):
                steps = _steps_inside(factor.head, trace.search.under(factor.head.variable))
                trace.within(number, place, 0, steps)
                changed = changed or bool(steps)
    return changed


def _steps_inside(head: Partial, search: Search) -> tuple[Step, ...]:
    """Parentheses opened, powers of powers simplified, inner derivatives and matrix functions in normal form.

    (√s)² becomes s before it is differentiated: at s = 0 only that is smooth.
    """
    match next_rule(head, search.facts):
        case "open parenthesis":
            return (Rewrite("distributivity", 0, 0),)
        case "power rule":
            body = Trace(head.body, search, differentiated=True)
            found = _power(body, body.entries.terms[0])
            return () if found is None else (Rewrite(found[0], 0, found[1]),)
        case rule if rule == "inner derivative" or rule in OF_A_MATRIX.values():
            return normal_steps(head.body, search, True, False)
        case _:
            return ()


def _normalise_inside(trace: Trace) -> bool:
    """The expressions inside heads to their normal forms."""
    changed = False
    for number in range(len(trace.entries.terms)):
        for place, factor in enumerate(trace.entries.terms[number].factors):
            for body_number, body in enumerate(bodies(factor.head)):
                if _is_opened(factor):
                    continue
                under = trace.differentiated or isinstance(factor.head, Partial)
                search = trace.search.under(factor.head.variable) if isinstance(factor.head, Partial) else trace.search
                steps = normal_steps(
                    body,
                    search.within(factor.head),
                    under and not isinstance(factor.head, Frozen),
                    isinstance(factor.head, Group),
                )
                trace.within(number, place, body_number, steps)
                changed = changed or bool(steps)
    return changed


def _is_opened(factor: Factor) -> bool:
    """Whether this is a parenthesis that is to be multiplied out: nothing is gained by putting it in order before."""
    return isinstance(factor.head, Group) and factor.exponent == 1 and not is_atomic(factor.head.body)


def is_atomic(body: Entries) -> bool:
    """Whether this is one connected scalar: Σ of a product in which the sums join every factor."""
    if body.slots or len(body.terms) != 1 or body.terms[0].coefficient != 1 or not body.terms[0].bound:
        return False
    parts = connected(body.terms[0])
    return len(parts) == 1 and len(parts[0]) == len(body.terms[0].factors)


def connected(term: Term) -> list[list[int]]:
    """The places of factors, in runs that share bound indices; factors without bound indices are left out."""
    parts: list[tuple[set[Index], list[int]]] = []
    for place, factor in enumerate(term.factors):
        own: set[Index] = {index for index in factor.indices if isinstance(index, Bound)}
        if not own:
            continue
        joined = [part for part in parts if part[0] & own]
        parts = [part for part in parts if not part[0] & own]
        parts.append((own.union(*(p[0] for p in joined)), sorted([place, *(k for p in joined for k in p[1])])))
    return [places for _, places in parts]


def _detached(trace: Trace, term: Term) -> Place | None:
    if trace.differentiated:
        return None
    places = (k for k, factor in enumerate(term.factors) if isinstance(factor.head, Frozen))
    place = next(places, None)
    return None if place is None else ("value of detach", place, ())


def _defined(trace: Trace, term: Term) -> Place | None:
    for place, factor in enumerate(term.factors):
        head = factor.head
        if isinstance(head, Elementwise) and head.function in elementary.DEFINED.keys() - trace.search.facts.functions:
            return "definition of the function", place, ()
    return None


def _power(trace: Trace, term: Term) -> Place | None:
    """A power of a product of entries, where something comes out of it."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Group) and _is_product(factor.head.body):
            try:
                apply(
                    Entries(trace.entries.slots, (term,)),
                    Rewrite("power of a product", 0, place),
                    trace.search.facts,
                )
            except Refused:
                continue
            return "power of a product", place, ()
    return None


def _is_product(body: Entries) -> bool:
    """Whether this is a product of entries without a derivative or a finite sum that is still to be carried out."""
    bare = len(body.terms) == 1 and not body.terms[0].bound
    return bare and not any(isinstance(factor.head, Partial | Range) for factor in body.terms[0].factors)


def _parenthesis(trace: Trace, term: Term) -> Place | None:
    """A sum in parentheses to multiply out, unless it is a collected scalar or its power too large."""
    for place, factor in enumerate(term.factors):
        head, power = factor.head, factor.exponent
        if isinstance(head, Group) and is_natural(power) and not is_atomic(head.body):
            terms = len(head.body.terms)
            bare = terms == 1 and not head.body.terms[0].bound
            if power == 1 or (not bare and comb(int(power) + terms, terms) <= MOST_EXPANDED):
                return "distributivity", place, ()
    return None


def _slots(trace: Trace, term: Term) -> Place | None:
    for place, factor in enumerate(term.factors):
        kept = isinstance(factor.head, Elementwise | Group | Frozen | Range) and not _is_opened(factor)
        if kept and factor.indices:
            order = _best_order(trace, term, place)
            if order != factor.indices:
                return "slots of a function", place, (order,)
    return None


def _best_order(trace: Trace, term: Term, place: int) -> tuple[Index, ...]:
    """The order of a body's distinct indices that gives the first body."""
    factor = term.factors[place]
    (body,) = bodies(factor.head)
    used = {i for t in body.terms for f in t.factors for i in f.indices}
    wanted = [i for k, i in enumerate(factor.indices) if Slot(k) in used and not isinstance(i, Fixed)]
    distinct = tuple(dict.fromkeys(wanted))
    if len(distinct) < 2:
        return distinct
    return min(permutations(distinct), key=lambda order: _body_key(trace, term, place, order))


def _body_key(trace: Trace, term: Term, place: int, order: tuple[Index, ...]) -> tuple[Any, ...]:
    step = Rewrite("slots of a function", 0, place, (order,))
    (new,) = apply(Entries(trace.entries.slots, (term,)), step, trace.search.facts, trace.differentiated).terms
    inner = Trace(bodies(new.factors[place].head)[0], trace.search)
    inner.arrange()
    return entries_key(inner.entries), tuple(masked(index) for index in order)


def _delta(trace: Trace, term: Term) -> Place | None:
    sizes = sizes_in(trace.entries, term)
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Delta):
            found = _delta_rule(factor, sizes)
            if found is not None:
                return found[0], place, found[1]
    return None


def _delta_rule(factor: Factor, sizes: dict[Index, Any]) -> tuple[str, tuple[Any, ...]] | None:
    first, second = factor.indices
    if first == second or factor.exponent != 1:
        return "value of a delta", ()
    if isinstance(first, Fixed) and isinstance(second, Fixed):
        return ("value of a delta", ()) if (first.position - second.position).is_ground else None
    both = sorted((i for i in (first, second) if isinstance(i, Bound)), key=lambda i: -i.number)
    of = [index.size if isinstance(index, Fixed) else sizes[index] for index in (first, second)]
    return ("delta contraction", (both[0],)) if both and of[0] == of[1] else None


def _exchanged(trace: Trace, term: Term) -> Place | None:
    """The later index of a delta of two free indices, a slot before a position, where another factor still has it."""
    sizes = sizes_in(trace.entries, term)
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Delta) and not any(isinstance(i, Bound) for i in factor.indices):
            kept, gone = sorted(factor.indices, key=lambda index: (isinstance(index, Slot), index_key(index)))
            of = [index.size if isinstance(index, Fixed) else sizes[index] for index in (kept, gone)]
            others = (f for k, f in enumerate(term.factors) if k != place)
            if kept != gone and of[0] == of[1] and any(_has(f, gone) for f in others):
                return "delta substitution", place, (gone,)
    return None


def _has(factor: Factor, index: Index) -> bool:
    """Whether an index stands at the factor, or, if it is a position, in what its head contains, finite sums aside."""
    inside = bodies(factor.head) if isinstance(index, Fixed) and not isinstance(factor.head, Range) else ()
    return index in factor.indices or any(_has(f, index) for body in inside for t in body.terms for f in t.factors)


def _cut(trace: Trace, term: Term) -> Place | None:
    cuts = [place for place, factor in enumerate(term.factors) if isinstance(factor.head, Split)]
    single = Entries(trace.entries.slots, (term,))
    for first in cuts:
        for second in cuts:
            for rule in ("cut of an index", "joint of an index"):
                try:
                    apply(single, Rewrite(rule, 0, first, (second,)), trace.search.facts)
                except Refused:
                    continue
                return rule, first, (second,)
    return None


def _unused(trace: Trace, term: Term) -> Place | None:
    used = {index for factor in term.factors for index in factor.indices}
    numbers = (k for k in range(len(term.bound)) if Bound(k) not in used)
    number = next(numbers, None)
    return None if number is None else ("counting", 0, (number,))


def _scalar(trace: Trace, term: Term) -> Place | None:
    """A connected scalar to collect, unless it is the whole of a parenthesis."""
    if trace.parenthesised and is_atomic(trace.entries):
        return None
    for places in connected(term):
        if not any(isinstance(i, Slot) for place in places for i in term.factors[place].indices):
            return "scalar in parentheses", places[0], (tuple(places),)
    return None


def _leading(trace: Trace, term: Term) -> Place | None:
    found = find_leading(trace, term)
    return None if found is None else ("leading term of a power", found[0], found[1])


OPENING = (
    Rows((_detached,), (Frozen,)),
    Rows((_defined,), (Elementwise,)),
    Rows((_power, _parenthesis), (Group,)),
)


def _normal(trace: Trace, body: Entries) -> Entries:
    """The normal form of an expression inside a head."""
    inner = Trace(body, trace.search)
    for step in normal_steps(body, trace.search, False, False):
        inner.take(step)
    return inner.entries


MATRICES: tuple[Finder, ...] = (
    oriented,
    simplified,
    determinants.products,
    partial(determinants.sums, _normal),
    determinants.low_rank_updates,
    adjugates,
    cancelling,
)
CONTRACTING = (
    Rows((_delta,), (Delta,)),
    Rows(INDICATORS, (Delta, Indicator)),
    Rows((_exchanged,), (Delta,)),
    Rows((_cut,), (Split,)),
    Rows((_unused,)),
    Rows(LISTING),
    Rows((_slots,), (Elementwise, Group, Frozen, Range)),
    Rows(MATRICES, (Opaque,)),
    Rows((derived,)),
    Rows(EXCHANGES, (Opaque, Split, Declared)),
    Rows((*BLOCKS, *PSEUDO_INVERSES, *POWERS, partial(of_functions, normal_steps)), (Opaque,)),
    Rows(RANGES, (Range,)),
    Rows(SCALARS, (Elementwise, Group)),
    Rows(STRUCTURES),
    Rows((_scalar,)),
    Rows((_leading,), (Group,)),
)
AT_LAST = (Rows(SETTLED),)
DERIVATIVES = Rows((), (Partial,))
