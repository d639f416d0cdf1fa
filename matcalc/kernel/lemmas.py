"""Equations that a derivation establishes before it uses them.

A lemma carries one product to two ends; that these are equal is an equation, which later steps may use. The product
need not stand in the claim, so it has to be defined wherever the claim is: whatever in it may be undefined must have
been met in a side, as far as the derivation has carried it, or in an earlier lemma.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from matcalc.components.exponents import is_natural, is_whole
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Declared,
    Delta,
    Entries,
    Factor,
    Group,
    Head,
    Indicator,
    Opaque,
    Parameter,
    Split,
    Tangent,
    Term,
)
from matcalc.kernel.arrange import arrange
from matcalc.kernel.definedness import met, needed_factors
from matcalc.kernel.equations import replaced
from matcalc.kernel.invertibility import is_invertible, is_nonzero
from matcalc.kernel.steps import Arrange, Site, require
from matcalc.kernel.totality import positions_on_axes

Terms = tuple[Term, ...]
TOTAL = frozenset({"det", "adjugate", "expm"})
"""Matrix functions that are defined for every square matrix."""


class Reached:
    """What is defined wherever the goal is: the factors met so far."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._met: set[tuple[Head, object]] = set()

    def add(self, entries: Iterable[Entries]) -> None:
        """Notes every factor of expressions that are defined wherever the goal is."""
        for expression in entries:
            self._met |= {_kind(factor) for factor in needed_factors(expression, self._facts)}

    def meet(self, entries: Iterable[Entries]) -> None:
        """Notes what is evaluated in expressions to which such have been carried."""
        for expression in entries:
            self._met |= {_kind(factor) for factor in met(expression, self._facts)}

    def check(self, start: Entries) -> None:
        """Refuses unless the expression is defined wherever the goal is."""
        unknown = next((factor for term in start.terms for factor in term.factors if not self._has(factor)), None)
        require(unknown is None, "nothing says that the lemma is defined")
        require(positions_on_axes(start, self._facts), "nothing says that the positions are on their axes")

    def _has(self, factor: Factor) -> bool:
        if _kind(factor) in self._met:
            return True
        if is_whole(factor.exponent) and factor.exponent < 0 and not factor.indices:
            positive = Factor(factor.head)
            return is_nonzero(positive, self._facts) and self._has(positive)
        inside = _inside(factor.head, self._facts) if is_natural(factor.exponent) else None
        return inside is not None and all(map(self._has, inside))


def _kind(factor: Factor) -> tuple[Head, object]:
    """The head with its power, which does not matter where it is a whole number below 0."""
    power = factor.exponent
    return factor.head, Fraction(-1) if is_whole(power) and power < 0 else power


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
