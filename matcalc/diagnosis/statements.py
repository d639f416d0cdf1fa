"""A claim as it is stated, its changed versions, and whether a version holds.

A version is text and is read like any other claim: what is proved is what a suggestion says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import process_time

from matcalc.errors import MatcalcError
from matcalc.evidence import cross_check
from matcalc.evidence.relevance import nodes, relevant
from matcalc.language import parse_claim, to_text
from matcalc.language.nodes import Claim, Derivative, Expression, Layout, TotalDifferential
from matcalc.language.rebuilding import unequal_shapes, with_zero_matrices
from matcalc.prover import Proved, prove
from matcalc.results import NumericCheck

SECONDS_FOR_A_PROOF = 2.0
"""Of one version, at most, by the clock on the wall."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The text of a claim, its declarations and its layout."""

    text: str
    where: Mapping[str, str]
    layout: Layout

    def read(self) -> Claim | None:
        """The claim with what it depends on, or nothing if it is malformed or its sides have different shapes."""
        try:
            claim = relevant(parse_claim(self.text, self.where, self.layout))
        except MatcalcError:  # a version need not be well-formed, and then it is none
            return None
        return None if unequal_shapes(claim) else with_zero_matrices(claim)

    def with_text(self, name: str, text: str) -> "Statement":
        """The statement with another declaration of a name."""
        return replace(self, where={**self.where, name: text})


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when a search may go on, by the clock of this process's processor."""

    end: float

    @classmethod
    def of_seconds(cls, seconds: float) -> "Clock":
        return cls(process_time() + seconds)

    @property
    def left(self) -> float:
        return self.end - process_time()


def holds(statement: Statement, clock: Clock) -> bool:
    """Whether both witnesses say so; the quicker one is heard first, since hardly any version holds."""
    claim = statement.read()
    if claim is None or clock.left <= 0:
        return False
    numeric = cross_check(claim)
    agrees = isinstance(numeric, NumericCheck) and numeric.agrees
    return agrees and clock.left > 0 and isinstance(prove(claim, SECONDS_FOR_A_PROOF), Proved)


@dataclass(frozen=True, slots=True)
class Refuted:
    """A false claim of two sides, one of which is `edited` while the other stays.

    The side to be edited is the right one, unless that is where the derivative stands.
    """

    statement: Statement
    claim: Claim
    position: int

    @property
    def edited(self) -> Expression:
        return self.claim.sides[self.position]

    @property
    def kept(self) -> Expression:
        return self.claim.sides[1 - self.position]

    @property
    def name(self) -> str:
        """Of the edited side, in a sentence."""
        return ("left side", "right side")[self.position]

    @property
    def is_about_a_derivative(self) -> bool:
        return has_derivative(self.kept)

    def with_side(self, side: Expression) -> Statement:
        """The statement with another side."""
        texts = [to_text(self.kept), to_text(side)]
        return replace(self.statement, text=" == ".join(texts if self.position else reversed(texts)))


def refuted(statement: Statement, claim: Claim) -> Refuted | None:
    """The claim with a side to be edited; nothing for a chain."""
    if len(claim.sides) != 2:
        return None
    left, right = map(has_derivative, claim.sides)
    return Refuted(statement, claim, 0 if right and not left else 1)


def has_derivative(side: Expression) -> bool:
    """Whether a derivative or a differential is taken in it."""
    return any(isinstance(node, Derivative | TotalDifferential) for node in nodes(side))
