"""What an engine offers the evaluation of claims: constants, named operations, Jacobians.

An operation is a name and a table row of the engine gives its meaning: the operators of the language (`+`, `@`,
`transpose`, …), its functions by their own names, and `unvec` (a column, rows, columns) and `stack` (columns one below
the other).
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from matcalc.evidence.matrices import Rows

V = TypeVar("V")
"""The engine's matrices: tuples of exact numbers, or batches of torch tensors."""


class Backend(Protocol[V]):
    """One engine."""

    def constant(self, rows: Rows) -> V:
        """A matrix of fractions as a value."""

    def pi(self) -> V:
        """The number pi, 1×1."""

    def extents(self, value: V) -> tuple[int, int]:
        """Rows and columns."""

    def entry(self, value: V, row: int, column: int) -> V:
        """One entry as a 1×1 value; positions count from 0."""

    def apply(self, operation: str, *operands: V | int) -> V:
        """A named operation on values, followed by its whole numbers (positions count from 0, axes as written)."""

    def jacobian(self, body: Callable[[V], V], at: V, outputs: int) -> V:
        """∂body(X)/∂vec(X)ᵀ at X = at, by unconstrained entries, of a body outputs×1."""

    def observe(self, value: V) -> None:
        """Told of each intermediate value, for engines that watch magnitudes."""
