"""A number is positive, negative or 0: the cases of an expression that depends on a symbol through one entry alone.

Where it is negative, the expression is that of its opposite, which is positive. The case 0 needs no look where nothing
jumps, as an expression that is 0 on both sides of it is 0 there as well, nor where the symbol is declared nonzero.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from matcalc.components.exponents import is_whole
from matcalc.components.facts import TIED, Facts, SymbolFacts
from matcalc.components.terms import (
    Declared,
    Elementwise,
    Entries,
    Factor,
    Group,
    Head,
    Index,
    Slot,
    Tangent,
    Term,
    bodies,
    names_in,
    with_body,
)
from matcalc.kernel.steps import require


def branches(entries: Entries, name: str, facts: Facts) -> tuple[tuple[Entries, Facts], tuple[Entries, Facts]]:
    """The expression where the symbol is positive, and where it is negative, written by its opposite; facts for each.

    Raises Refused where the expression depends on more than one entry of the symbol, or jumps where it is 0.
    """
    require(name in facts.symbols, "no such symbol")
    symbol = facts.symbols[name]
    dependent = symbol.of or any(facts.depends(other, name) for other in facts.symbols if other != name)
    require(not dependent and symbol.properties.isdisjoint(TIED), "the symbol is not independent of others")
    places = set(_places(entries, name, {Slot(k): Slot(k) for k in range(len(entries.slots))}))
    require(len(places) == 1, "not one entry of the symbol")
    require(all(isinstance(index, Slot) for index in next(iter(places))), "a position")
    jumps = any(isinstance(h, Elementwise) and (h.function == "sign" or h.order) for h in names_in(entries))
    require(facts.continuous or not jumps or "nonzero" in symbol.properties, "what holds at 0 is not known")
    known = _with_positive(facts, name, symbol)
    return (entries, known), (_opposite(entries, name), known)


def _places(entries: Entries, name: str, at: Mapping[Index, Index]) -> Iterator[tuple[Index, ...]]:
    """The indices of the whole expression at which the symbol stands; refused where these are not free."""
    for term in entries.terms:
        for factor in term.factors:
            indices = tuple(at.get(index, index) for index in factor.indices)
            match factor.head:
                case Declared(name=found, by=()) if found == name:
                    require(is_whole(factor.exponent), "a power of the symbol that is not whole")
                    yield indices
                case Elementwise(body=body) | Group(body=body):
                    yield from _places(body, name, {Slot(k): index for k, index in enumerate(indices)})
                case head:
                    require(not _occurs(head, name), "the symbol stands inside a function of a matrix")


def _occurs(head: Head, name: str) -> bool:
    inside = (found for body in bodies(head) for found in names_in(body))
    return any(isinstance(found, Declared | Tangent) and found.name == name for found in (head, *inside))


def _opposite(entries: Entries, name: str) -> Entries:
    """The expression with −x for x."""
    return Entries(entries.slots, tuple(_opposite_term(term, name) for term in entries.terms))


def _opposite_term(term: Term, name: str) -> Term:
    sign, factors = Fraction(1), []
    for factor in term.factors:
        head = factor.head
        if isinstance(head, Declared) and head.name == name and isinstance(factor.exponent, Fraction):
            sign *= -1 if factor.exponent % 2 else 1
        for number, body in enumerate(bodies(head)):
            head = with_body(head, number, _opposite(body, name)) if _occurs(factor.head, name) else head
        factors.append(Factor(head, factor.indices, factor.exponent))
    return Term(sign * term.coefficient, term.bound, tuple(factors))


def _with_positive(facts: Facts, name: str, symbol: SymbolFacts) -> Facts:
    """The facts with a positive symbol, and without what was known of it."""
    free: Sequence[frozenset[Head]] = [
        frozenset(head for head in known if not _occurs(head, name))
        for known in (facts.positive, facts.never_negative, facts.nonzero)
    ]
    matrices = frozenset(m for m in facts.invertible if not _occurs(Group(m), name))
    positive = replace(symbol, properties=symbol.properties | {"positive"})
    return replace(
        facts,
        symbols={**facts.symbols, name: positive},
        positive=free[0],
        never_negative=free[1],
        nonzero=free[2],
        invertible=matrices,
        lemmas=(),
    )
