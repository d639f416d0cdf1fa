"""How an evaluation can fail to give a number, and what a witness answers then.

The errors never reach a person: `UndefinedError` and `IrrationalError` make a search try another point or another kind
of number, the others become an `Unsupported`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoPoint:
    """No point was found at which every side of the claim is defined."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The claim is beyond this witness, which therefore says nothing."""

    reason: str


class UndefinedError(Exception):
    """No value at this point: a division by zero, a singular matrix, a logarithm of 0, an index outside its range."""


class IrrationalError(Exception):
    """The value exists and is no rational number."""


class OutOfReachError(Exception):
    """The operation has no meaning here, or none that this witness can evaluate; the argument says why."""


class OutOfBudgetError(Exception):
    """The evaluation took longer, or grew larger, than it may; the argument says which."""


class DisagreementError(Exception):
    """Two engines find different values of one expression at one point, so that one of them is wrong."""
