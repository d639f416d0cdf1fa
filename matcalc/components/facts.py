"""What is declared of each symbol, as the rules use it."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    Split,
    Tangent,
    Term,
)
from matcalc.language.nodes import Scope


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

    `functions` are the arbitrary scalar functions. `invertible` are matrices whose inverse, or the logarithm of whose
    determinant, stands in a side, in canonical order. `continuous`: no side jumps where it is defined.
    """

    symbols: Mapping[str, SymbolFacts]
    functions: frozenset[str]
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

    def is_invertible(self, body: Entries) -> bool:
        """Whether a matrix may be taken to be invertible.

        By declaration, or because the claim says nothing where it is not; or it is a bare symbol, whose invertible values
        are dense, and an equation of continuous sides that holds on a dense set holds throughout.
        """
        if body in self.invertible:
            return True
        match body.terms:
            case (Term(coefficient, (), (Factor(Declared(name, ()), indices, power),)),) if coefficient == power == 1:
                properties = self.symbols[name].properties
                free = self.continuous and "skew" not in properties and len(set(indices)) == len(indices) == 2
                return free or bool(properties & {"invertible", "pd", "orthogonal"})
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
    return Facts(symbols, frozenset(name for name, d in scope.declarations.items() if d.kind == "function"))
