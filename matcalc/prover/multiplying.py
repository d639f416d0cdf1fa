"""Multiplying both sides through by a matrix that the claim inverts, until their normal forms meet.

M E = M F gives E = F where M is invertible. So Woodbury's identity, the push-through identity and their kin need no
rule of their own: multiplied through, they expand.
"""

from collections.abc import Iterator, Sequence

from matcalc.components.order import entries_key
from matcalc.components.terms import Entries
from matcalc.kernel.insertion import insert
from matcalc.kernel.steps import Insert, Step, Within
from matcalc.prover.normalisation import normalise
from matcalc.prover.trace import Search, Trace

MOST_MATRICES = 2
"""How many matrices are multiplied through, one after another."""

Steps = tuple[Step, ...]


def multiply_through(sides: Sequence[Entries], search: Search) -> list[Steps] | None:
    """Steps for each side after which all are equal, with as few matrices as possible; None where none are found."""
    for count in range(1, MOST_MATRICES + 1):
        found = _with_matrices(sides, search, count)
        if found is not None:
            return found
    return None


def _with_matrices(sides: Sequence[Entries], search: Search, count: int) -> list[Steps] | None:
    if all(side == sides[0] for side in sides):
        return [() for _ in sides]
    if count == 0:
        return None
    for step in _insertions(sides[0], search):
        attempts = [_multiplied(side, step, search) for side in sides]
        rest = _with_matrices([inner for inner, _ in attempts], search, count - 1)
        if rest is not None:
            pairs = zip(attempts, rest, strict=True)
            return [(step, Within(0, 1, 0, (*steps, *more))) for (_, steps), more in pairs]
    return None


def _insertions(side: Entries, search: Search) -> Iterator[Insert]:
    for matrix in sorted(search.facts.invertible, key=entries_key):
        for slot, size in enumerate(side.slots):
            if matrix.slots == (size, size):
                yield from (Insert(matrix, slot, right) for right in (bool(slot), not slot))


def _multiplied(side: Entries, step: Insert, search: Search) -> tuple[Entries, Steps]:
    """The normal form of the product, and the steps that lead to it."""
    (term,) = insert(side, step, search.facts).terms
    body = term.factors[1].head.body  # type: ignore[union-attr]
    trace = Trace(body, search)
    normalise(trace)
    return trace.entries, tuple(trace.steps)
