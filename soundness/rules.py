"""Rule mutants: every row of the table corrupted, to see that a cheap check notices.

What a rule gave at each of its recorded applications is corrupted, and values are compared at exact points. A mutant
survives where no recorded application tells the corrupted result from the right one. What means the same by itself is
no mutant: the term as it was before the rule, another power of 0 or 1, an index that a delta joins to the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeAlias
from unittest.mock import patch

from matcalc.components.terms import (
    Delta,
    Entries,
    Factor,
    Group,
    Index,
    Indicator,
    Split,
    Term,
    Triangle,
    sizes_in,
)
from matcalc.kernel import RULES, Rule, replay
from matcalc.kernel.rules import BY_NAME
from matcalc.kernel.steps import Site
from soundness.derivations import CHANGED, compared, points_for
from tests.claims import Case
from tests.points import Point
from tests.proofs import proof

Terms: TypeAlias = tuple[Term, ...]
Mutant: TypeAlias = tuple[str, str]
"""The names of a rule and of a corruption."""
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
        for place in reversed(_new_places(site, terms[number])):
            return _with_factors(terms, number, place, ())
    return None


def _other_index(site: Site, terms: Terms) -> Terms | None:
    """An index of a new factor replaced by another of the same size, if possible by one that is not in the factor."""
    for number, term in enumerate(terms):
        for place in _new_places(site, term):
            factor = term.factors[place]
            for spot, index in enumerate(factor.indices):
                others = sorted(_others(site.entries, term, place, index), key=factor.indices.__contains__)
                if others:
                    indices = (*factor.indices[:spot], others[0], *factor.indices[spot + 1 :])
                    return _with_factors(terms, number, place, (replace(factor, indices=indices),))
    return None


def _others(entries: Entries, term: Term, place: int, index: Index) -> list[Index]:
    """The indices of the same size that no Kronecker delta in another place joins to this one."""
    deltas = [f for k, f in enumerate(term.factors) if k != place and isinstance(f.head, Delta)]
    joined = {index}.union(*(f.indices for f in deltas if index in f.indices))
    sizes = sizes_in(entries, term)
    return [other for other in sizes if other not in joined and sizes[other] == sizes.get(index)]


def _other_exponent(site: Site, terms: Terms) -> Terms | None:
    """The exponent of a new factor raised, unless it is 0 or 1 whatever its exponent."""
    for number, term in enumerate(terms):
        for place in _new_places(site, term):
            factor = term.factors[place]
            if not _is_choice(factor):
                return _with_factors(terms, number, place, (replace(factor, exponent=factor.exponent + 1),))
    return None


def _is_choice(factor: Factor) -> bool:
    """Whether every entry of a factor is 0 or 1: a choice, or a parenthesis around a product of such."""
    if not isinstance(factor.head, Group):
        return isinstance(factor.head, CHOICES)
    terms = factor.head.body.terms
    return (
        len(terms) == 1 and terms[0].coefficient == 1 and not terms[0].bound and all(map(_is_choice, terms[0].factors))
    )


def _new_places(site: Site, term: Term) -> list[int]:
    return [place for place, factor in enumerate(term.factors) if factor not in site.term.factors]


def _with_factors(terms: Terms, number: int, place: int, new: tuple[Factor, ...]) -> Terms:
    """The terms with these factors in place of one of them."""
    factors = terms[number].factors
    changed = replace(terms[number], factors=(*factors[:place], *new, *factors[place + 1 :]))
    return (*terms[:number], changed, *terms[number + 1 :])


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


def fates(cases: Iterable[Case], rules: Iterable[Rule] = RULES) -> dict[Mutant, bool]:
    """Every mutant of these rules in the proofs of the cases, and whether a recorded application tells it apart."""
    found, names = dict[Mutant, bool](), {rule.name for rule in rules}
    for case in cases:
        at = points_for(case, case.claim().scope, 4)
        for name, own in recorded([case]).items():
            if name in names:
                _note(found, name, own, at)
    return found


def survivors(found: Mapping[Mutant, bool], rules: Iterable[Rule] = RULES) -> list[str]:
    """The mutants that nothing noticed, and the rules without a mutant."""
    alive = [f"{name}: {corruption}" for (name, corruption), noticed in found.items() if not noticed]
    tried = {name for name, _ in found}
    return alive + [f"{rule.name}: never applied" for rule in rules if rule.name not in tried]


def _note(found: dict[Mutant, bool], name: str, own: Sequence[Application], at: list[Point]) -> None:
    """Adds the mutants of a rule at its applications in one proof, those left out that say what was there before."""
    for corruption in CORRUPTIONS:
        wrong = [(a, new) for a in own if (new := corruption.apply(a.site, a.terms)) not in (None, (a.site.term,))]
        if wrong and not found.get((name, corruption.name)):
            found[name, corruption.name] = any(_is_noticed(a, new or (), at) for a, new in wrong)


def _is_noticed(application: Application, terms: Terms, at: list[Point]) -> bool:
    return compared(application.site.entries, application.whole(terms), at) == CHANGED
