"""Rule mutants: every row of the table corrupted, to see that a cheap check notices.

What a rule gave at each of its recorded applications is corrupted, and values are compared at exact points. A mutant
survives where no recorded application tells the corrupted result from the right one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeAlias
from unittest.mock import patch

from matcalc.components.terms import Bound, Delta, Entries, Index, Indicator, Slot, Split, Term, Triangle
from matcalc.kernel import RULES, Rule, replay
from matcalc.kernel.rules import BY_NAME
from matcalc.kernel.steps import Site
from soundness.derivations import CHANGED, compared, points_for
from tests.claims import Case
from tests.points import Point
from tests.proofs import proof

Terms: TypeAlias = tuple[Term, ...]
CHOICES = (Delta, Split, Triangle, Indicator)
"""Heads that are 0 or 1."""

MOST = 30
"""Recorded applications of a rule that are kept, the first ones."""


@dataclass(frozen=True, slots=True)
class Corruption:
    """A row: what is done to the terms that a rule gives, nothing where there is nothing to do."""

    name: str
    apply: Callable[[Site, Terms], Terms | None]


def _negated(site: Site, terms: Terms) -> Terms | None:
    return tuple(replace(term, coefficient=-term.coefficient) for term in terms) or None


def _doubled(site: Site, terms: Terms) -> Terms | None:
    return (replace(terms[0], coefficient=2 * terms[0].coefficient), *terms[1:]) if terms else None


def _sign_of_last(site: Site, terms: Terms) -> Terms | None:
    return (*terms[:-1], replace(terms[-1], coefficient=-terms[-1].coefficient)) if terms else None


def _without_term(site: Site, terms: Terms) -> Terms | None:
    """The last term dropped; where a rule gives 0, the term without the factor that is 0."""
    if terms:
        return terms[:-1]
    factors = (*site.term.factors[: site.place], *site.term.factors[site.place + 1 :])
    return (replace(site.term, factors=factors),)


def _without_factor(site: Site, terms: Terms) -> Terms | None:
    """The last new factor of the last term dropped."""
    for number in reversed(range(len(terms))):
        new = [k for k, f in enumerate(terms[number].factors) if f not in site.term.factors]
        if new:
            factors = terms[number].factors
            shorter = replace(terms[number], factors=(*factors[: new[-1]], *factors[new[-1] + 1 :]))
            return (*terms[:number], shorter, *terms[number + 1 :])
    return None


def _other_index(site: Site, terms: Terms) -> Terms | None:
    """Two indices of one factor exchanged, or one index replaced by another of the same size."""
    for number, term in enumerate(terms):
        sizes = _sizes(site.entries, term)
        for place, factor in enumerate(term.factors):
            for spot, index in enumerate(factor.indices):
                others = [i for i in sizes if i != index and sizes.get(index) == sizes[i]]
                if factor not in site.term.factors and others:
                    indices = (*factor.indices[:spot], others[0], *factor.indices[spot + 1 :])
                    factors = (*term.factors[:place], replace(factor, indices=indices), *term.factors[place + 1 :])
                    return (*terms[:number], replace(term, factors=factors), *terms[number + 1 :])
    return None


def _other_exponent(site: Site, terms: Terms) -> Terms | None:
    """The exponent of a new factor raised, unless it is 0 or 1 whatever its exponent."""
    for number, term in enumerate(terms):
        for place, factor in enumerate(term.factors):
            if factor not in site.term.factors and not isinstance(factor.head, CHOICES):
                raised = replace(factor, exponent=factor.exponent + 1)
                factors = (*term.factors[:place], raised, *term.factors[place + 1 :])
                return (*terms[:number], replace(term, factors=factors), *terms[number + 1 :])
    return None


def _sizes(entries: Entries, term: Term) -> dict[Index, object]:
    slots: dict[Index, object] = {Slot(k): size for k, size in enumerate(entries.slots)}
    return slots | {Bound(k): size for k, size in enumerate(term.bound)}


CORRUPTIONS: tuple[Corruption, ...] = (
    Corruption("negated", _negated),
    Corruption("coefficient doubled", _doubled),
    Corruption("sign of the last term changed", _sign_of_last),
    Corruption("last term dropped", _without_term),
    Corruption("factor dropped", _without_factor),
    Corruption("index exchanged", _other_index),
    Corruption("exponent raised", _other_exponent),
)


@dataclass(frozen=True, slots=True)
class Application:
    """What a rule gave at a site; `case` is the claim in whose proof it did."""

    case: Case
    site: Site
    terms: Terms

    def whole(self, terms: Terms) -> Entries:
        """The expression around the site with these terms in place of its own."""
        entries = self.site.entries
        number = next(k for k, term in enumerate(entries.terms) if term is self.site.term)
        return Entries(entries.slots, (*entries.terms[:number], *terms, *entries.terms[number + 1 :]))


def recorded(cases: Iterable[Case]) -> Mapping[str, list[Application]]:
    """The applications of every rule in the proofs of these cases, at most `MOST` each."""
    found: dict[str, list[Application]] = defaultdict(list)
    for case in cases:
        theorem = proof(case)
        if theorem is not None:
            with _recording(case, found):
                replay(theorem.goal, theorem.derivation)
    return found


@contextmanager
def _recording(case: Case, found: dict[str, list[Application]]) -> Iterator[None]:
    """Has every rule note what it gives, while the block runs."""

    def noting(rule: Rule) -> Callable[[Site], Terms]:
        def apply(site: Site) -> Terms:
            terms = rule.apply(site)
            if len(found[rule.name]) < MOST:
                found[rule.name].append(Application(case, site, terms))
            return terms

        return apply

    noting_rules = {name: replace(rule, apply=noting(rule)) for name, rule in BY_NAME.items()}
    with patch.dict(BY_NAME, noting_rules):
        yield


def survivors(applications: Mapping[str, list[Application]], rules: Iterable[Rule] = RULES) -> tuple[int, list[str]]:
    """How many mutants of the rules there are, and those that no recorded application tells from the rule."""
    count, alive, at = 0, list[str](), _Points()
    for rule in rules:
        own = applications.get(rule.name, [])
        for corruption in CORRUPTIONS:
            tries = [(a, new) for a in own if (new := corruption.apply(a.site, a.terms)) is not None]
            count += bool(tries) or not own
            if not own or (tries and not any(_is_noticed(a, new, at.of(a.case)) for a, new in tries)):
                alive.append(f"{rule.name}: {corruption.name}")
    return count, alive


def _is_noticed(application: Application, terms: Terms, at: list[Point]) -> bool:
    return compared(application.site.entries, application.whole(terms), at) == CHANGED


class _Points:
    """The points of each case, drawn once."""

    def __init__(self) -> None:
        self._known: dict[Case, list[Point]] = {}

    def of(self, case: Case) -> list[Point]:
        if case not in self._known:
            self._known[case] = points_for(case, case.claim().scope, 4)
        return self._known[case]
