"""What is asked of a run and what it found out about each identity: plain frozen data that every part may know.

Reports print results and decide nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from matcalc.errors import Fault


class Verdict(StrEnum):
    """The strength of evidence; see the report format for what each needs."""

    PROVED = "proved"
    PROVED_AT_SIZES = "proved-at-sizes"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    ERROR = "error"


SECONDS = 10.0
"""What a claim may take, unless more or less is asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked about each claim, within about so many seconds.

    Without the cross-check a theorem is `undecided`, and the result says why. With `exact` a claim that is proved is
    compared entry by entry too; one that is not always is.
    """

    cross_check: bool = True
    exact: bool = False
    seconds: float = SECONDS


USUAL = Request()


@dataclass(frozen=True, slots=True)
class ProofSummary:
    """What the kernel's theorem rests on; `steps` counts printed steps."""

    scope: str
    steps: int
    assumes: tuple[str, ...]
    rests_on: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class NumericCheck:
    """The autograd cross-check; `max_error` is relative to the larger side."""

    agrees: bool
    points: int
    sizes: tuple[Mapping[str, int], ...]
    max_error: float
    seconds: float


@dataclass(frozen=True, slots=True)
class ExactCheck:
    """The exact comparison of entries on generic matrices of explicit sizes.

    `agrees` is true where every entry is equal at each of `sizes` (and for these values of the integers), false where
    the sides certainly differ, nothing where that is not decided; `missing` then says why, or what was left out.
    """

    agrees: bool | None
    sizes: tuple[Mapping[str, int], ...] = ()
    integers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    entries: int = 0
    missing: str | None = None
    seconds: float = 0.0


Texts = tuple[tuple[str, ...], ...]
"""A matrix of expressions in the language: rows of `2*x[1] + A[1, 2]**2`."""


@dataclass(frozen=True, slots=True)
class Partials:
    """What a derivative is taken of, its entries at explicit sizes, and their derivatives.

    `slopes` has a row for each of these entries and a column for each entry of the variable, both column by column.
    """

    body: str
    variable: str
    entries: Texts
    variable_entries: tuple[str, ...]
    slopes: Texts


@dataclass(frozen=True, slots=True)
class Expansion:
    """A claim at explicit numbers, written out by entries; `agrees` says of each entry whether all sides are equal."""

    numbers: Mapping[str, int]
    symbols: Mapping[str, Texts]
    derivatives: tuple[Partials, ...]
    sides: tuple[Texts, ...]
    agrees: tuple[tuple[bool, ...], ...]


Entry = int | float | str
Value = Entry | tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Sizes and values at which the two sides differ: whole numbers, fractions as strings, decimals otherwise.

    A matrix is a tuple of rows, a scalar a single entry. An arbitrary function is the text of the function chosen.
    Decimals of the sides are within `error` of the exact values; where that is not known, or nothing is rounded, it is
    nothing.
    """

    sizes: Mapping[str, int]
    at: Mapping[str, Value]
    lhs: Value
    rhs: Value
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One identity's verdict with its evidence."""

    id: str
    file: str
    line: int
    claim: str
    layout: str
    expect: str
    verdict: Verdict
    title: str = ""
    proof: ProofSummary | None = None
    numeric: NumericCheck | None = None
    exact: ExactCheck | None = None
    counterexample: Counterexample | None = None
    suggestion: str | None = None
    message: str | None = None
    faults: tuple[Fault, ...] = ()
    seconds: float = 0.0

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the expected one, or a stronger one in the same direction."""
        better = {
            "proved-at-sizes": {Verdict.PROVED},
            "undecided": {Verdict.PROVED, Verdict.PROVED_AT_SIZES},
        }
        return self.verdict == self.expect or self.verdict in better.get(self.expect, set())
