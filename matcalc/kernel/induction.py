"""Induction on a declared integer k = 0, 1, 2, …: the sides at 0, and at k + 1 where they are known to be equal at k.

A claim says something where both its sides are defined. So at a point at which the sides at k + 1 are defined, those
at k have to be defined as well before they may be taken to be equal there. Both have one form, and differ in k alone;
`check_defined` goes through it. Nothing may be as large as k: an axis that grows with k has other entries at k + 1.

Source: Graham, Knuth and Patashnik 1994, Concrete Mathematics, section 1.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from matcalc.components.exponents import Exponent, is_integral
from matcalc.components.facts import Facts, whole_head
from matcalc.components.terms import (
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Head,
    Indicator,
    Opaque,
    Parameter,
    Partial,
    Range,
    Split,
    Term,
    Triangle,
    bodies,
)
from matcalc.components.variables import composed, factor_mentions, mentions, occurs, replaced
from matcalc.kernel.lemmas import TOTAL
from matcalc.kernel.steps import require
from matcalc.kernel.totality import on_axis
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator

SMOOTH = frozenset({"exp", "sin", "cos", "sinh", "cosh", "tanh", "erf"})
"""Elementary functions with a value, and derivatives, at every number; arbitrary functions have them as well."""

SMOOTH_WHERE_DEFINED = SMOOTH | {"log", "tan"}
KINKED = frozenset({"abs", "sign"})
"""Elementary functions with a value at every number, but not all derivatives."""


def sides_at(sides: Sequence[Entries], name: str, value: Size) -> tuple[Entries, ...]:
    """The sides with a polynomial in place of the integer."""
    return tuple(replaced(side, name, value) for side in sides)


def check_integer(sides: Sequence[Entries], name: str, facts: Facts) -> None:
    """Refuses unless the name is a declared integer, no size, and nothing that is known depends on it."""
    require(isinstance(name, str) and name in facts.integers, "not a declared integer")
    require(not facts.lemmas, "an induction where an equation is given")
    axes = [size for symbol in facts.symbols.values() for size in symbol.axes]
    measured = any(occurs(size, name) for size in (*axes, *facts.bounds))
    require(
        not measured and not any(_is_measured(side, name) for side in sides), "something is as large as the integer"
    )


def _is_measured(entries: Entries, name: str) -> bool:
    """Whether the integer occurs in the size of an axis, at any depth."""
    factors = [factor for term in entries.terms for factor in term.factors]
    sizes = [*entries.slots, *(size for term in entries.terms for size in term.bound)]
    sizes += [index.size for factor in factors for index in factor.indices if isinstance(index, Fixed)]
    inside = (body for factor in factors for body in bodies(factor.head))
    return any(occurs(size, name) for size in sizes) or any(_is_measured(body, name) for body in inside)


def check_defined(sides: Sequence[Entries], name: str, facts: Facts) -> None:
    """Refuses unless the sides are defined wherever they are with k + 1 in place of k; the facts are of those."""
    defined = all(_Definedness(name, facts).of(side) for side in sides)
    require(defined, "nothing says that the sides are defined for the integer before")


@dataclass(frozen=True, slots=True)
class _Definedness:
    """Whether something is defined where the same with k + 1 in place of k is; what is free of k is one in both."""

    name: str
    facts: Facts

    def of(self, entries: Entries) -> bool:
        return all(self._of_term(term) for term in entries.terms)

    def _of_term(self, term: Term) -> bool:
        """A factor of 0 or 1 says which entries matter, and must not depend on k."""
        own = [factor for factor in term.factors if factor_mentions(factor, self.name)]
        return not any(isinstance(f.head, Indicator | Delta | Split | Triangle) for f in own) and all(
            map(self._of_factor, own)
        )

    def _of_factor(self, factor: Factor) -> bool:
        placed = all(on_axis(index, self.facts) for index in factor.indices if self._varies(index))
        return placed and self._of_power(factor) and self._of_head(factor.head)

    def _varies(self, index: object) -> bool:
        return isinstance(index, Fixed) and occurs(index.position, self.name)

    def _of_power(self, factor: Factor) -> bool:
        power, facts = factor.exponent, self.facts
        if not is_integral(power):
            return facts.is_positive(factor.head)
        if self._at_least_zero(power) or facts.is_nonzero(factor.head):
            return True
        same = not factor_mentions(replace(factor, exponent=Fraction(1)), self.name)
        return same and self._was_negative(power)

    def _at_least_zero(self, power: Exponent) -> bool:
        return power >= 0 if isinstance(power, Fraction) else self.facts.at_least_zero(power)

    def _was_negative(self, power: Exponent) -> bool:
        """Whether with k + 1 in place of k the power is less than 0, so that what is raised has an inverse."""
        later = self._later(power)
        return later < 0 if isinstance(later, Fraction) else self.facts.at_least_zero(-later - 1)

    def _later(self, polynomial: Exponent) -> Exponent:
        if isinstance(polynomial, Fraction):
            return polynomial
        return composed(polynomial, self.name, generator(polynomial.ring, self.name) + 1)

    def _of_head(self, head: Head) -> bool:
        if not any(mentions(body, self.name) for body in bodies(head)) and not isinstance(head, Range | Opaque):
            return True
        match head:
            case Elementwise():
                return self._of_function(head)
            case Group(body=body) | Frozen(body=body):
                return self.of(body)
            case Partial(body=body):
                return self.of(body) and is_smooth(body, self.facts)
            case Opaque(bodies=(body,)):
                return self.of(body) and self._of_matrix_function(head, body)
            case Range():
                return self._of_range(head)
            case _:
                return isinstance(head, Parameter)

    def _of_function(self, head: Elementwise) -> bool:
        own, facts = head.function in self.facts.functions, self.facts
        if head.function == "log" and not own:
            return facts.is_positive(whole_head(head.body)) and self.of(head.body)
        everywhere = own or head.function in SMOOTH or (head.function in KINKED and head.order == 0)
        return everywhere and self.of(head.body)

    def _of_matrix_function(self, head: Opaque, body: Entries) -> bool:
        if head.function != "matrix_power":
            return head.function in TOTAL or not mentions(body, self.name)
        (power,) = head.parameters
        return self._at_least_zero(power) or (not mentions(body, self.name) and self._was_negative(power))

    def _of_range(self, head: Range) -> bool:
        """A finite sum with no more terms than the one with k + 1 in place of k."""
        if head.integral or isinstance(head.count, Fraction):
            return False
        later = self._later(head.count)
        fewer = not isinstance(later, Fraction) and self.facts.at_least_zero(later - head.count)
        return fewer and _Definedness(self.name, self.facts.within(head)).of(head.body)


def is_smooth(entries: Entries, facts: Facts) -> bool:
    """Whether the entries have all derivatives wherever they are defined."""
    factors = [factor for term in entries.terms for factor in term.factors]
    return all(_is_smooth(factor, facts) for factor in factors)


def _is_smooth(factor: Factor, facts: Facts) -> bool:
    head = factor.head
    if not is_integral(factor.exponent) and not facts.is_positive(head):
        return False
    match head:
        case Elementwise(function=function) if function not in facts.functions | SMOOTH_WHERE_DEFINED:
            return False
        case Opaque(function=function) if function not in TOTAL | {"inv", "matrix_power"}:
            return False
        case Range():
            return is_smooth(head.body, facts.within(head))
        case _:
            return all(is_smooth(body, facts) for body in bodies(head))
