"""A derivation is data: steps that say which rule rewrites what, or how terms are renamed and collected.

`Rewrite` applies a rule of the table to one factor of one term; `Within` rewrites an expression that a head contains;
`Arrange` renames bound indices and collects; `Clear` multiplies through by a denominator; `Gather` puts terms under one
sum; `Identify` replaces an expression by an equal one that stands elsewhere; `Cases` looks at the signs of a symbol. A
step that does not fit is `Refused`, with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from matcalc.components.facts import Facts
from matcalc.components.terms import Bound, Entries, Factor, Head, Index, Partial, Slot, Term, sizes_in
from matcalc.language.nodes import Size


class Refused(Exception):
    """A step that the kernel does not accept; `step` and `reason` say which and why."""

    def __init__(self, reason: str, step: Any = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.step = step


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Rule `rule` at factor `place` of term `term`; what `arguments` mean is the rule's own.

    A rule may depend on equations, which its arguments name: `proofs` are steps that take what is to be 0 there to 0.
    """

    rule: str
    term: int
    place: int
    arguments: tuple[Any, ...] = ()
    proofs: tuple[tuple["Step", ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """The steps inside expression number `body` of the head of factor `place` of term `term`."""

    term: int
    place: int
    body: int
    steps: tuple["Step", ...]


@dataclass(frozen=True, slots=True)
class Arrange:
    """For each term the new numbers of its bound indices; then factors and terms are sorted and like ones collected."""

    renamings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Clear:
    """The whole expression multiplied through by a power of a denominator that stands in it."""

    base: Factor
    power: Fraction


@dataclass(frozen=True, slots=True)
class Gather:
    """The terms with these numbers, which have sums of the same sizes, put under one sum."""

    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Identify:
    """An expression inside one head replaced by one inside another, because the steps take their difference to 0.

    Each is named by the numbers of a term, of a factor in it, and of an expression in its head.
    """

    old: tuple[int, int, int]
    new: tuple[int, int, int]
    steps: tuple["Step", ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """The whole expression is 0: these steps take it to 0 where a symbol is positive, those where it is negative.

    Where it is negative, they start from the expression with the symbol's opposite, which is positive, in its place.
    """

    symbol: str
    positive: tuple["Step", ...]
    negative: tuple["Step", ...]


Step: TypeAlias = Rewrite | Within | Arrange | Clear | Gather | Identify | Cases


@dataclass(frozen=True, slots=True)
class Lemma:
    """An expression and steps that take it to two ends, which are therefore equal."""

    start: Entries
    left: tuple[Step, ...]
    right: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """Where a rule is applied: a factor of a term of an expression, with what is declared.

    `differentiated` says that the expression stands under a derivative, where a frozen part must stay frozen.
    """

    entries: Entries
    term: Term
    place: int
    arguments: tuple[Any, ...]
    facts: Facts
    differentiated: bool

    @property
    def factor(self) -> Factor:
        return self.term.factors[self.place]

    @property
    def head(self) -> Head:
        return self.factor.head

    @property
    def sizes(self) -> dict[Index, Size]:
        """The size of every slot and bound index of the term."""
        return sizes_in(self.entries, self.term)

    @property
    def offset(self) -> int:
        """The number of the next bound index."""
        return len(self.term.bound)

    def partial(self) -> tuple[Partial, tuple[Index, ...], tuple[Index, ...]]:
        """The derivative at this place, the indices of its body, and those of its variable."""
        head = self.head
        require(isinstance(head, Partial) and self.factor.exponent == 1, "no derivative here")
        assert isinstance(head, Partial)
        own = len(head.body.slots)
        return head, self.factor.indices[:own], self.factor.indices[own:]

    def only_factor(self) -> tuple[Partial, Factor, tuple[Index, ...]]:
        """The derivative of a single factor: itself, that factor at this term's indices, the variable's indices."""
        head, own, by = self.partial()
        inner = monomial(head.body)
        require(len(inner.factors) == 1, "not the derivative of a single factor")
        image: Mapping[Index, Index] = {Slot(number): index for number, index in enumerate(own)}
        factor = inner.factors[0]
        return head, Factor(factor.head, tuple(image.get(i, i) for i in factor.indices), factor.exponent), by


def require(condition: bool, reason: str) -> None:
    """Refuses the step unless the condition holds."""
    if not condition:
        raise Refused(reason)


def monomial(body: Entries) -> Term:
    """The body's only term, refused unless it is a bare product: coefficient 1, no sums."""
    require(len(body.terms) == 1, "not a single term")
    term = body.terms[0]
    require(term.coefficient == 1 and not term.bound, "a coefficient or a sum stands before the product")
    return term


def check_places(term: Term, *places: int) -> None:
    """Refuses unless these are places of different factors of the term, each counted from 0."""
    known = all(isinstance(place, int) and 0 <= place < len(term.factors) for place in places)
    require(known, "no such factor")
    require(len(set(places)) == len(places), "a factor is used twice")


def used_only_in(term: Term, index: Bound, places: set[int]) -> bool:
    """Whether a bound index occurs in no factor but those at the given places."""
    return all(index not in factor.indices for place, factor in enumerate(term.factors) if place not in places)
