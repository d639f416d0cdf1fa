"""A rewriting in progress: the expression as it stands, and the steps that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from time import monotonic, process_time
from typing import Any, NamedTuple, TypeAlias

from matcalc.components.canonical import canonical_renaming
from matcalc.components.facts import Facts
from matcalc.components.terms import Entries, Factor, Head, Range
from matcalc.kernel.application import apply
from matcalc.kernel.steps import Arrange, Rewrite, Step, Within
from matcalc.language.nodes import Size

MOST_TERMS = 20_000
"""Terms of one expression, above which a search gives up."""


Product: TypeAlias = tuple[tuple[Size, ...], tuple[Factor, ...]]
"""A term but for its coefficient: the sizes of its sums, and its factors."""


class OutOfBudget(Exception):
    """The search took longer, or grew larger, than it may; the message says which."""


class TooLarge(OutOfBudget):
    """The expression grew larger than it may."""


@dataclass(slots=True)
class Deadline:
    """When a number of seconds of this process's processor are over: what else the machine does changes no verdict.

    They cannot be over before as many seconds have passed in the world, so the processor's clock is seldom read.
    """

    end: float
    soonest: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """The deadline in so many seconds from now."""
        return cls(process_time() + seconds, monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds of the processor, none where the deadline is over."""
        return max(0.0, self.end - process_time())

    def share(self, part: float) -> "Deadline":
        """The deadline in this part of what is left."""
        return Deadline.after(part * self.left)

    def is_over(self) -> bool:
        """Whether the seconds are over."""
        if monotonic() < self.soonest:
            return False
        left = self.left
        self.soonest = monotonic() + left
        return left == 0


class Transpose(NamedTuple):
    """How the transpose of a matrix compares with it: the same, its negative, before it in the order."""

    is_same: bool
    is_negative: bool
    is_first: bool


@dataclass(slots=True)
class Search:
    """What the traces of one proof share: the facts, the deadline, and normal forms found.

    `thorough`: hyperbolic functions are written by exponentials, sines and cosines of sums expanded, products of
    unknown sign taken apart. `units`: for each product that stands in angles, the number of which its coefficients are
    multiples.
    `listing`: every position is listed on axes whose size is a number. `leads`: of each lemma that the facts hold the
    number of the term to eliminate, as a rule the leading one, None where it is a constant. `unfolding`: where powers
    of matrices give up factors as long as they can, on their left or right, or at the first or last index of the whole;
    empty where they take in what they can instead.
    """

    facts: Facts
    deadline: Deadline
    thorough: bool = False
    listing: bool = False
    leads: tuple[int | None, ...] = ()
    unfolding: str = ""
    units: Mapping[Product, Fraction] = field(default_factory=dict)
    known: dict[tuple[Entries, bool, bool, tuple[Size, ...]], tuple[Step, ...]] = field(default_factory=dict)
    inner: dict[tuple[str, tuple[Size, ...]], "Search"] = field(default_factory=dict)
    transposes: dict[Entries, Transpose] = field(default_factory=dict)

    def under(self, variable: str) -> "Search":
        """The search inside a derivative by this symbol: another where its structure is not felt there."""
        facts = self.facts.under(variable)
        if facts is self.facts:
            return self
        key = (variable, facts.bounds)
        return self.inner.setdefault(key, replace(self, facts=facts, known={}, inner={}, transposes={}))

    def within(self, head: Head) -> "Search":
        """The search for what stands inside a head: inside a finite sum more is known of its variable."""
        return replace(self, facts=self.facts.within(head)) if isinstance(head, Range) else self

    def check(self, entries: Entries) -> None:
        """Raises OutOfBudget when the time is over or the expression too large."""
        if self.deadline.is_over():
            raise OutOfBudget("the time limit was reached")
        if len(entries.terms) > MOST_TERMS:
            raise TooLarge(f"the expression grew beyond {MOST_TERMS} terms")


@dataclass(slots=True)
class Trace:
    """Steps applied one after another, each by the kernel's own function.

    `differentiated`: the expression stands under a derivative. `parenthesised`: it is the whole of a parenthesis.
    """

    entries: Entries
    search: Search
    differentiated: bool = False
    parenthesised: bool = False
    steps: list[Step] = field(default_factory=list)

    def rewrite(self, rule: str, term: int, place: int, *arguments: Any) -> None:
        """Applies a rule to one factor."""
        self.take(Rewrite(rule, term, place, arguments))

    def take(self, step: Step) -> None:
        """Applies a step."""
        self.search.check(self.entries)
        self.entries = apply(self.entries, step, self.search.facts, self.differentiated)
        self.steps.append(step)

    def within(self, term: int, place: int, body: int, steps: tuple[Step, ...]) -> None:
        """Applies steps inside a head; none is no step."""
        if steps:
            self.take(Within(term, place, body, steps))

    def arrange(self) -> bool:
        """Canonical names, order, like terms collected; whether anything changed."""
        before, facts = self.entries, self.search.facts
        step = Arrange(tuple(canonical_renaming(term, facts) for term in before.terms))
        after = apply(before, step, facts, self.differentiated)
        if after != before:
            self.entries = after
            self.steps.append(step)
        return after != before
