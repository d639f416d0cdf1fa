"""What is declared of each symbol, as the rules use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from matcalc.components.arrays import Axis, axis
from matcalc.components.terms import (
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Frozen,
    Group,
    Head,
    Opaque,
    Parameter,
    Partial,
    Range,
    Slot,
    Split,
    Tangent,
    Term,
)
from matcalc.language.nodes import Scope

TIED = frozenset({"symmetric", "skew", "diagonal", "orthogonal", "lower", "upper", "psd", "pd"})
"""Properties under which the entries of a symbol are not independent."""

DIFFERENTIABLE = frozenset({"symmetric", "skew", "diagonal", "psd", "pd"})
"""Those for which the derivative by a free entry has a rule."""


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

    `functions` are the arbitrary scalar functions, `sizes` the names of sizes, which are positive. `invertible` are the
    matrices whose inverse, or the logarithm of whose determinant, stands in a side, in canonical order. `continuous`:
    no side jumps where it is defined.
    """

    symbols: Mapping[str, SymbolFacts]
    functions: frozenset[str]
    sizes: frozenset[str] = frozenset()
    invertible: frozenset[Entries] = frozenset()
    continuous: bool = False

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
            case Frozen() | Tangent() | Delta() | Split() | Parameter():
                return False

    def is_positive(self, head: Head) -> bool:
        """Whether it is positive wherever it is defined: a size, an exponential, a positive symbol, a sum of such."""
        match head:
            case Parameter(name=name):
                return name == "pi" or name in self.sizes
            case Elementwise(function="exp", order=0):
                return "exp" not in self.functions
            case Declared(name=name, by=()):
                return "positive" in self.symbols[name].properties
            case Group(body=body):
                terms = body.terms
                return bool(terms) and all(
                    t.coefficient > 0 and all(self.is_positive(f.head) for f in t.factors) for t in terms
                )
            case _:
                return False

    def is_never_negative(self, factor: Factor) -> bool:
        """Whether (f^a)^p = f^(ap) for this f^a and every p, wherever the left side is defined: f is never negative.

        f is positive, or an integer, or a sum with positive coefficients of what is never negative, even powers
        included; or a is a fraction, so that f^a is defined for f ≥ 0 alone.
        """
        fraction = isinstance(factor.exponent, Fraction) and factor.exponent.denominator != 1
        if fraction or isinstance(factor.head, Parameter) or self.is_positive(factor.head):
            return True
        match factor.head:
            case Group(body=body):
                return all(t.coefficient > 0 and all(map(self._adds_up, t.factors)) for t in body.terms)
            case _:
                return False

    def _adds_up(self, factor: Factor) -> bool:
        """Whether a factor is never negative itself: an even power, or a power of what is never negative."""
        even = isinstance(factor.exponent, Fraction) and factor.exponent % 2 == 0
        return even or self.is_never_negative(factor)

    def is_invertible(self, body: Entries) -> bool:
        """Whether a matrix may be taken to be invertible.

        By declaration, or because the claim says nothing where it is not; or it is a bare symbol, whose invertible
        values are dense, and an equation of continuous sides that holds on a dense set holds throughout.
        """
        if body in self.invertible:
            return True
        match body.terms:
            case (Term(Fraction(numerator=1, denominator=1), (), (factor,)),) if factor.exponent == 1:
                slots = {Slot(k) for k in range(len(body.slots))}
                whole = set(factor.indices) == slots and len(factor.indices) == len(slots)
                return whole and self._is_invertible_head(factor.head)
            case _:
                return False

    def _is_invertible_head(self, head: Head) -> bool:
        match head:
            case Declared(name=name, by=()):
                properties = self.symbols[name].properties
                free = self.continuous and "skew" not in properties
                return free or bool(properties & {"invertible", "pd", "orthogonal"})
            case Opaque(function="inv" | "expm"):
                return True
            case _:
                return False

    def symmetric(self, name: str) -> bool:
        """Whether a symbol equals its transpose by declaration."""
        return bool(self.symbols[name].properties & {"symmetric", "psd", "pd", "diagonal"})


def facts_of(scope: Scope) -> Facts:
    """The facts of a scope."""
    symbols = {
        name: SymbolFacts(axis(d.shape.rows), axis(d.shape.columns), d.properties, d.of)
        for name, d in scope.declarations.items()
        if d.kind in ("scalar", "vector", "matrix")
    }
    functions = frozenset(name for name, d in scope.declarations.items() if d.kind == "function")
    return Facts(symbols, functions, frozenset(scope.sizes))
