"""Finite sums over an index: `Sum(body, r, 1, n)` where r only ever stands at a position of an axis of size n."""

from matcalc.components.arrays import Array, contract, slots
from matcalc.components.functions import NoMeaning
from matcalc.components.terms import Bound, Entries, Factor, Fixed, Index, Opaque, Slot, Term, bodies, with_body
from matcalc.language.nodes import FiniteSum, Size


def sum_over(body: Array, node: FiniteSum) -> Array:
    """Σ_r of the body: position r becomes an index of the whole range, which is then summed over.

    Raises NoMeaning where r is used as a number, or ranges over part of an axis.
    """
    if node.lower != 1:
        raise NoMeaning("a sum that does not start at 1")
    free = body.rows + body.columns
    generators = dict(zip(map(str, node.upper.ring.symbols), node.upper.ring.gens, strict=True))
    variable = Fixed(generators[node.variable], node.upper)
    opened = Entries((*free, node.upper), _open(body.entries, variable).terms)
    return Array(body.rows, body.columns, contract(free, (node.upper,), (opened, (*slots(0, free), Bound(0)))))


def _open(entries: Entries, variable: Fixed) -> Entries:
    """The entries with the position replaced by one more slot, the last."""
    slot = Slot(len(entries.slots))
    terms = tuple(
        Term(t.coefficient, t.bound, tuple(_open_factor(f, variable, slot) for f in t.factors)) for t in entries.terms
    )
    return Entries((*entries.slots, variable.size), terms)


def _open_factor(factor: Factor, variable: Fixed, slot: Slot) -> Factor:
    _check(factor, variable)
    head = factor.head
    indices: tuple[Index, ...] = tuple(slot if index == variable else index for index in factor.indices)
    inner = [place for place, body in enumerate(bodies(head)) if _uses(body, variable)]
    if inner and isinstance(head, Opaque):
        raise NoMeaning(f"a sum over an index inside {head.function}")
    for place in inner:
        own = len(bodies(head)[place].slots)
        head = with_body(head, place, _open(bodies(head)[place], variable))
        indices = (*indices[:own], slot, *indices[own:])
    return Factor(head, indices, factor.exponent)


def _check(factor: Factor, variable: Fixed) -> None:
    """Raises NoMeaning where the summation variable stands anywhere but at a position of its own range."""
    name = variable.position
    for index in factor.indices:
        if isinstance(index, Fixed) and index != variable and _mentions(index.position, name):
            raise NoMeaning("a sum over part of an axis, or over a shifted index")
    numbers = [factor.exponent] if not isinstance(factor.exponent, int) else []
    numbers += list(factor.head.parameters) if isinstance(factor.head, Opaque) else []
    if any(_mentions(number, name) for number in numbers) or _is_number(factor, name):
        raise NoMeaning("a sum whose variable is used as a number")


def _is_number(factor: Factor, name: Size) -> bool:
    return getattr(factor.head, "name", None) == str(name) and not factor.indices


def _mentions(number: Size, name: Size) -> bool:
    generators = getattr(number, "ring", None)
    return generators is not None and any(
        power and str(symbol) == str(name)
        for monomial in number.itermonoms()
        for symbol, power in zip(generators.symbols, monomial, strict=True)
    )


def _uses(entries: Entries, variable: Fixed) -> bool:
    """Whether the summation variable occurs; raises NoMeaning as `_check` does."""
    used = False
    for term in entries.terms:
        for factor in term.factors:
            _check(factor, variable)
            inside = [_uses(body, variable) for body in bodies(factor.head)]
            used = used or variable in factor.indices or any(inside)
    return used
