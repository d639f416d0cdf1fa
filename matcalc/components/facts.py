"""What is declared of each symbol, as the rules use it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any

from matcalc.components.arrays import Axis, axis
from matcalc.components.definite import is_definite, is_on_diagonal, is_semidefinite, is_square_sum
from matcalc.components.exponents import Exponent
from matcalc.components.inequalities import follows
from matcalc.components.terms import (
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Frozen,
    Group,
    Head,
    Indicator,
    Opaque,
    Parameter,
    Partial,
    Range,
    Slot,
    Split,
    Tangent,
    Term,
    Triangle,
)
from matcalc.components.variables import occurs, polynomial_of
from matcalc.language.nodes import Scope, Size
from matcalc.language.sizes import generator, names

TIED = frozenset({"symmetric", "skew", "diagonal", "orthogonal", "lower", "upper", "psd", "pd"})
"""Properties under which the entries of a symbol are not independent."""

LINEAR = frozenset({"symmetric", "skew", "diagonal", "lower", "upper"})
"""Those that sums and multiples keep, and so tangents and derivatives too."""


@dataclass(frozen=True, slots=True)
class SymbolFacts:
    """The axes of a symbol, its properties, and the symbols it is a function of."""

    rows: Axis
    columns: Axis
    properties: frozenset[str]
    of: tuple[str, ...]

    @property
    def axes(self) -> Axis:
        return self.rows + self.columns


@dataclass(frozen=True, slots=True)
class Facts:
    """The declarations of a claim, and what its sides need to be defined.

    `functions` are the arbitrary scalar functions, `sizes` the names of sizes, which are positive, `integers` those of
    declared integers that are no sizes. `invertible` are the
    matrices whose inverse, or the logarithm of whose determinant, stands in a side, in canonical order. `continuous`:
    no side jumps where it is defined. `positive`, `never_negative` and `nonzero` are heads of which every entry is so
    where the sides are defined, as under a logarithm, a root and a fraction line. `free` are the
    symbols by whose entries the expression is being differentiated, one by one: their structure is not felt there.
    `lemmas` are equations E = 0 that a derivation has established. `counted`: a finite sum in a side may be empty, or
    a power under a derivative be the zeroth, so that what a side is carried to need not be defined where it is: Σ_{r<k}
    log s is 0 at k = 0, and k log s is not; ∂s^k/∂s is 0 at k = 0, and k s^(k−1) is not.
    `bounds` are polynomials that are never negative: sizes and indices are at least
    1, indices at most their size, and so is what stands inside a finite sum for its variable. `ring` holds them.
    """

    symbols: Mapping[str, SymbolFacts]
    functions: frozenset[str]
    sizes: frozenset[str] = frozenset()
    integers: frozenset[str] = frozenset()
    invertible: frozenset[Entries] = frozenset()
    continuous: bool = False
    positive: frozenset[Head] = frozenset()
    never_negative: frozenset[Head] = frozenset()
    nonzero: frozenset[Head] = frozenset()
    free: frozenset[str] = frozenset()
    lemmas: tuple[Entries, ...] = ()
    counted: bool = False
    bounds: tuple[Size, ...] = ()
    ring: Any = None
    _positive: dict[Head, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _never_negative: dict[Factor, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def under(self, variable: str) -> "Facts":
        """What is known inside a derivative by the entries of this symbol."""
        tied = not self.symbols[variable].properties.isdisjoint(TIED)
        return replace(self, free=self.free | {variable}) if tied and variable not in self.free else self

    def structure(self, head: Head) -> frozenset[str]:
        """How the entries of a matrix symbol, of its tangent, or of its derivatives are tied to one another."""
        match head:
            case Declared(name=name) if name in self.free:
                return frozenset()
            case Declared(name=name, by=()):
                return _closed(self.symbols[name].properties) & TIED
            case Declared(name=name) | Tangent(name=name):
                return _closed(self.symbols[name].properties) & LINEAR
            case _:
                return frozenset()

    def within(self, head: Range) -> "Facts":
        """The facts inside a finite sum: 0 ≤ r ≤ N − 1 for its variable r, which hides any other of its name."""
        outer = tuple(known for known in self.bounds if not occurs(known, head.variable))
        if head.integral or occurs(head.count, head.variable):
            return replace(self, bounds=outer)
        last = head.count - 1 - generator(head.count.ring, head.variable)
        return replace(self, bounds=(last, *outer))

    def assuming(self, *polynomials: Size) -> "Facts":
        """The facts, and that these are not negative."""
        return replace(self, bounds=(*polynomials, *self.bounds))

    def at_least_zero(self, polynomial: Size) -> bool:
        """Whether a polynomial is known to be never negative; its names stand for whole numbers ≥ 0."""
        return follows(polynomial, self.bounds)

    def is_never_zero(self, power: Exponent) -> bool:
        """Whether an exponent is not 0, whatever its integers are: f⁰ = 1 also where f is 0, and tells nothing of f."""
        if isinstance(power, Fraction):
            return power != 0
        return self.at_least_zero(power - 1) or self.at_least_zero(-power - 1)

    def depends(self, name: str, variable: str) -> bool:
        """Whether the symbol is the variable, or a function of it through declared dependence."""
        return name == variable or any(self.depends(other, variable) for other in self.symbols[name].of)

    def varies(self, entries: Entries, variable: str) -> bool:
        """Whether the value can change with the variable; a frozen part never does."""
        return any(self._head_varies(f.head, variable) for term in entries.terms for f in term.factors)

    def _head_varies(self, head: Head, variable: str) -> bool:
        match head:
            case Declared():
                return self.depends(head.name, variable)
            case Elementwise() | Group() | Partial() | Range():
                return self.varies(head.body, variable)
            case Opaque():
                return any(self.varies(body, variable) for body in head.bodies)
            case Frozen() | Tangent() | Delta() | Split() | Triangle() | Indicator() | Parameter():
                return False

    def is_positive(self, head: Head) -> bool:
        """Whether every entry is positive wherever the sides are defined: a size, an exponential, a sum of such, …"""
        known = self._positive.get(head)
        if known is None:
            known = self._positive[head] = head in self.positive or self._is_positive(head)
        return known

    def _is_positive(self, head: Head) -> bool:
        match head:
            case Parameter(name=name):
                return name == "pi" or name in self.sizes
            case Elementwise(function="exp", order=0):
                return "exp" not in self.functions
            case Elementwise(function="abs", order=0, body=body):
                return "abs" not in self.functions and self.is_nonzero(whole_head(body))
            case Elementwise(function="log", order=0, body=body):
                return "log" not in self.functions and self._exceeds_one(body)
            case Declared(name=name, by=()):
                return "positive" in self.symbols[name].properties
            case Opaque(function="det", bodies=(body,)):
                return is_definite(body, self)
            case Group(body=body):
                adds_up = self._adds_up(body) and any(map(self._is_positive_term, body.terms))
                return adds_up or self._is_at_least_one_number(body)
            case _:
                return False

    def _is_at_least_one_number(self, body: Entries) -> bool:
        """Whether this is a polynomial in sizes and integers that is known to be at least 1."""
        value = polynomial_of(body, self.ring) if self.ring is not None and body.terms and not body.slots else None
        return value is not None and self.at_least_zero(value - 1)

    def _is_positive_term(self, term: Term) -> bool:
        """Whether a sum of products of positive factors is one of at least one product."""
        return all(self.is_positive(f.head) for f in term.factors) and all(map(self.is_at_least_one, term.bound))

    def is_at_least_one(self, size: Size) -> bool:
        """Whether a size is positive: a polynomial in sizes, not in integers that may be 0, without minus signs."""
        known = [name in self.sizes for name in names(size.ring)]
        positive = all(known[k] for powers in size.itermonoms() for k, power in enumerate(powers) if power)
        return bool(size) and positive and all(coefficient > 0 for _, coefficient in size.terms())

    def _exceeds_one(self, body: Entries) -> bool:
        """Whether this is 1 + t for a t > 0."""
        rest = tuple(t for t in body.terms if t != Term(Fraction(1)))
        return len(rest) < len(body.terms) and self.is_positive(Group(Entries(body.slots, rest)))

    def is_nonzero(self, head: Head) -> bool:
        """Whether no entry is 0 wherever the sides are defined."""
        if head in self.nonzero or self.is_positive(head):
            return True
        match head:
            case Declared(name=name, by=()):
                return "nonzero" in self.symbols[name].properties
            case _:
                return False

    def is_never_negative(self, factor: Factor) -> bool:
        """Whether (f^a)^p = f^(ap) for this f^a and every p, wherever the left side is defined: f is never negative.

        f is positive, an integer, an absolute value, or a sum with positive coefficients of what is never negative,
        even powers included; or a is a fraction, so that f^a is defined for f ≥ 0 alone.
        """
        known = self._never_negative.get(factor)
        if known is None:
            known = self._never_negative[factor] = self._is_never_negative(factor)
        return known

    def _is_never_negative(self, factor: Factor) -> bool:
        fraction = isinstance(factor.exponent, Fraction) and factor.exponent.denominator != 1
        if fraction or factor.head in self.never_negative or self.is_positive(factor.head):
            return True
        match factor.head:
            case Parameter():
                return True
            case Elementwise(function="abs", order=0):
                return "abs" not in self.functions
            case Opaque(function="det", bodies=(body,)):
                return is_semidefinite(body, self)
            case Group(body=body):
                return self._adds_up(body)
            case _:
                return is_on_diagonal(factor, self)

    def _adds_up(self, body: Entries) -> bool:
        """Whether this is a sum of squares and what is never negative, with positive coefficients."""
        simple = all(t.coefficient > 0 and all(map(self._is_at_least_zero, t.factors)) for t in body.terms)
        return bool(body.terms) and (simple or is_square_sum(body, self))

    def _is_at_least_zero(self, factor: Factor) -> bool:
        even = isinstance(factor.exponent, Fraction) and factor.exponent % 2 == 0
        return even or self.is_never_negative(factor)


@cache
def _closed(properties: frozenset[str]) -> frozenset[str]:
    """The properties with those that they imply."""
    if {"psd", "invertible"} <= properties:
        properties |= {"pd"}
    if properties & {"psd", "pd", "diagonal"}:
        properties |= {"symmetric"}
    if "diagonal" in properties or (properties & {"symmetric", "skew"} and properties & {"lower", "upper"}):
        properties |= {"lower", "upper"}
    return properties


def whole_head(body: Entries) -> Head:
    """The head of which the body is every entry, in the order of its slots or another; a parenthesis if it is none."""
    match body.terms:
        case (Term(Fraction(numerator=1, denominator=1), (), (factor,)),) if factor.exponent == 1:
            if is_whole(factor, len(body.slots)):
                return factor.head
    return Group(body)


def is_whole(factor: Factor, slots: int) -> bool:
    """Whether the factor stands at each of so many slots once: at every index, in some order."""
    return set(factor.indices) == {Slot(k) for k in range(slots)} and len(factor.indices) == slots


def facts_of(scope: Scope) -> Facts:
    """The facts of a scope."""
    symbols = {
        name: SymbolFacts(axis(d.shape.rows), axis(d.shape.columns), d.properties, d.of)
        for name, d in scope.declarations.items()
        if d.kind in ("scalar", "vector", "matrix")
    }
    functions = frozenset(name for name, d in scope.declarations.items() if d.kind == "function")
    integers = frozenset(name for name, d in scope.declarations.items() if d.kind == "integer") - {*scope.sizes}
    return Facts(symbols, functions, frozenset(scope.sizes), integers, bounds=tuple(_bounds(scope)), ring=scope.ring)


def _bounds(scope: Scope) -> Iterator[Size]:
    """Sizes and indices are at least 1, indices at most the size that they range over."""
    for name in scope.sizes:
        yield generator(scope.ring, name) - 1
    for name, declaration in scope.declarations.items():
        if declaration.kind == "index":
            yield generator(scope.ring, name) - 1
            yield declaration.extent - generator(scope.ring, name)
