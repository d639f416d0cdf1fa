"""Finite sums. One over all positions of an axis is a sum over an index; any other counts from 0 in a `Range`."""

from matcalc.components.arrays import Array, contract, single, slots
from matcalc.components.terms import (
    Bound,
    Entries,
    Factor,
    Fixed,
    Index,
    Opaque,
    Range,
    Slot,
    Term,
    bodies,
    with_body,
)
from matcalc.components.variables import fresh, is_never_negative, mentions, occurs, replaced, stands_outside
from matcalc.language.nodes import FiniteSum, Scope, Size
from matcalc.language.sizes import generator, names


class NoMeaning(Exception):
    """What has no definition by entries here; the message names it."""


def sum_over(body: Array, node: FiniteSum, scope: Scope) -> Array:
    """Σ_r of the body from the lower to the upper bound, both included.

    Raises NoMeaning where sums are nested more deeply than there are variables for them.
    """
    variable = Fixed(generator(node.upper.ring, node.variable), node.upper)
    whole = node.lower == 1 and is_never_negative(node.upper) and not _varies(node.upper, scope)
    if whole and is_over_axis(body.entries, variable, node.variable):
        return _over_axis(body, variable)
    return _counted(body, node)


def _varies(bound: Size, scope: Scope) -> bool:
    """Whether a bound contains anything but sizes and integers, such as the variable of another sum."""
    constant = {*scope.sizes, *(name for name, d in scope.declarations.items() if d.kind == "integer")}
    return any(occurs(bound, name) for name in names(bound.ring) if name not in constant)


def _over_axis(body: Array, variable: Fixed) -> Array:
    """The position r becomes an index of the whole range, which is then summed over."""
    free = body.rows + body.columns
    whole = Entries((*free, variable.size), opened(body.entries, variable).terms)
    return Array(body.rows, body.columns, contract(free, (variable.size,), (whole, (*slots(0, free), Bound(0)))))


def _counted(body: Array, node: FiniteSum) -> Array:
    """Σ_{s=0}^{N−1} of the body at r = s + lower, with N = upper − lower + 1."""
    ring, count = node.upper.ring, node.upper - node.lower + 1
    name = fresh(body.entries, node.lower, node.upper)
    if name is None:
        raise NoMeaning("sums nested so deeply")
    shifted = replaced(body.entries, node.variable, generator(ring, name) + node.lower)
    free = body.rows + body.columns
    return Array(body.rows, body.columns, single(free, Factor(Range(name, count, shifted), slots(0, free))))


def is_over_axis(entries: Entries, variable: Fixed, name: str) -> bool:
    """Whether a variable stands nowhere but as this position, and nowhere inside a matrix function."""
    return all(_stands_at_positions(f, variable, name) for term in entries.terms for f in term.factors)


def _stands_at_positions(factor: Factor, variable: Fixed, name: str) -> bool:
    head = factor.head
    if isinstance(head, Opaque) and any(mentions(body, name) for body in bodies(head)):
        return False
    if isinstance(head, Range) and head.variable == name:
        return False
    others = tuple(index for index in factor.indices if index != variable)
    if stands_outside(Factor(head, others, factor.exponent), name):
        return False
    return all(is_over_axis(body, variable, name) for body in bodies(head))


def opened(entries: Entries, variable: Fixed) -> Entries:
    """The entries with the position replaced by one more slot, the last."""
    slot = Slot(len(entries.slots))
    terms = tuple(
        Term(t.coefficient, t.bound, tuple(_open_factor(f, variable, slot) for f in t.factors)) for t in entries.terms
    )
    return Entries((*entries.slots, variable.size), terms)


def _open_factor(factor: Factor, variable: Fixed, slot: Slot) -> Factor:
    head = factor.head
    indices: tuple[Index, ...] = tuple(slot if index == variable else index for index in factor.indices)
    for place, body in enumerate(bodies(head)):
        new = opened(body, variable)
        if new.terms != body.terms:
            head = with_body(head, place, new)
            indices = (*indices[: len(body.slots)], slot, *indices[len(body.slots) :])
    return Factor(head, indices, factor.exponent)
