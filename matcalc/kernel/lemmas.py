"""Equations that a derivation establishes before it uses them.

A lemma carries one product to two ends; that these are equal is an equation, which later steps may use. The product
need not stand in the claim, so it has to be defined wherever the claim is: whatever in it may be undefined must have
been met in a side, as far as the derivation has carried it, or in an earlier lemma.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from matcalc.components.exponents import is_natural, is_whole
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Declared,
    Delta,
    Entries,
    Factor,
    Fixed,
    Group,
    Head,
    Index,
    Indicator,
    Opaque,
    Parameter,
    Range,
    Split,
    Tangent,
    Term,
    bodies,
)
from matcalc.kernel.arrange import arrange
from matcalc.kernel.clearing import counts_everywhere
from matcalc.kernel.equations import replaced
from matcalc.kernel.invertibility import is_invertible, is_nonzero
from matcalc.kernel.signs import stands_everywhere
from matcalc.kernel.steps import Arrange, Site, require
from matcalc.kernel.totality import have_values, positions_on_axes

Terms = tuple[Term, ...]
TOTAL = frozenset({"det", "adjugate", "expm"})
"""Matrix functions that are defined for every square matrix."""


class Reached:
    """What is defined wherever the goal is: the factors met so far."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._met: set[Kind] = set()

    def add(self, entries: Iterable[Entries]) -> None:
        """Notes what must have a value in expressions that are defined wherever the goal is, as they stand."""
        for expression in entries:
            self._met.update(_needed(expression, replace(self._facts, counted=False)))

    def meet(self, entries: Iterable[Entries]) -> None:
        """Notes what must have a value in expressions to which such have been carried."""
        for expression in entries:
            self._met.update(_needed(expression, self._facts))

    def check(self, start: Entries) -> None:
        """Refuses unless the expression is defined wherever the goal is."""
        require(self.has(start), "nothing says that the lemma is defined")
        require(positions_on_axes(start, self._facts), "nothing says that the positions are on their axes")

    def has(self, entries: Entries) -> bool:
        """Whether all factors are defined wherever the goal is, positions aside."""
        return all(self._has(factor) for term in entries.terms for factor in term.factors)

    def _has(self, factor: Factor) -> bool:
        if have_values((factor,), self._facts):
            return True
        if not self._met.isdisjoint((_kind(factor), _kind(factor, factor.indices))):
            return True
        if is_whole(factor.exponent) and factor.exponent < 0 and not factor.indices:
            positive = Factor(factor.head)
            return is_nonzero(positive, self._facts) and self._has(positive)
        inside = _inside(factor.head, self._facts) if is_natural(factor.exponent) else None
        return inside is not None and all(map(self._has, inside))


def is_defined_beside(new: Iterable[Entries], known: Iterable[Entries], facts: Facts) -> bool:
    """Whether expressions are defined wherever others are."""
    reached = Reached(facts)
    reached.add(known)
    return all(reached.has(entries) and positions_on_axes(entries, facts) for entries in new)


Kind: TypeAlias = tuple[Head, object, tuple[Index, ...] | None]
"""A head with its power, and the positions at which it stands, none where it stands at all indices."""


def _kind(factor: Factor, indices: tuple[Index, ...] | None = None) -> Kind:
    """The head with its power, which does not matter where it is a whole number below 0."""
    power = factor.exponent
    return factor.head, Fraction(-1) if is_whole(power) and power < 0 else power, indices


def _needed(entries: Entries, facts: Facts) -> Iterator[Kind]:
    """What has a value wherever the expression has one; a matrix function has all its entries or none."""
    for term in entries.terms:
        for factor in term.factors:
            if isinstance(factor.head, Opaque):
                whole = counts_everywhere(term, Factor(factor.head), facts)
            else:
                whole = counts_everywhere(term, factor, facts) and stands_everywhere(factor)
                if all(isinstance(i, Fixed) for i in factor.indices) and counts_everywhere(term, factor, facts):
                    yield _kind(factor, factor.indices)
            if whole:
                yield _kind(factor)
                inside = () if isinstance(factor.head, Range) else bodies(factor.head)
                yield from (kind for body in inside for kind in _needed(body, facts))


def _inside(head: Head, facts: Facts) -> tuple[Factor, ...] | None:
    """The factors on which it depends whether a head is defined; None where nothing is known."""
    match head:
        case Declared() | Tangent() | Delta() | Split() | Indicator() | Parameter():
            return ()
        case Group(body=body):
            return tuple(factor for term in body.terms for factor in term.factors)
        case Opaque(function=function, bodies=(body,)) if function in TOTAL or (
            function == "inv" and is_invertible(body, facts)
        ):
            return tuple(factor for term in body.terms for factor in term.factors)
        case Opaque(function="matrix_power", bodies=(body,), parameters=(power,)) if facts.at_least_zero(power):
            return tuple(factor for term in body.terms for factor in term.factors)
        case _:
            return None


def equation_of(left: Entries, right: Entries, facts: Facts) -> Entries:
    """Left − right, in order."""
    negative = tuple(Term(-t.coefficient, t.bound, t.factors) for t in right.terms)
    both = Entries(left.slots, left.terms + negative)
    return arrange(both, Arrange(tuple(tuple(range(len(t.bound))) for t in both.terms)), facts)


def with_lemma(facts: Facts, equation: Entries) -> Facts:
    """The facts with one equation more."""
    return replace(facts, lemmas=(*facts.lemmas, equation))


def derived_equation(site: Site) -> Terms:
    """T = −(E − T) for a term T of an equation E = 0 that was derived before.

    Arguments: the number of the lemma, then those of `replaced`. A lemma may rest on values that a derivative does not
    see, so it is not used under one.
    """
    number, *placing = site.arguments
    require(not site.differentiated, "a lemma is not used under a derivative")
    require(isinstance(number, int) and 0 <= number < len(site.facts.lemmas), "no such lemma")
    return replaced(site, site.facts.lemmas[number], *placing)
