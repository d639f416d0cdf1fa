"""Rule mutants: every row of the table corrupted, to see that a cheap check notices.

What a rule gave at each of its recorded applications is corrupted, one thing at a time, and values are compared at
exact points. A mutant survives where no recorded application tells the corrupted result from the right one. What means
the same by itself is no mutant: the term as it was before the rule, another power of 0 or 1, an indicator of what is
declared left out, an index that deltas, cuts and derivatives of the variable by itself join to the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias
from unittest.mock import patch

from matcalc.components.terms import (
    Declared,
    Delta,
    Entries,
    Factor,
    Group,
    Index,
    Indicator,
    Partial,
    Slot,
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
Indices: TypeAlias = tuple[Index, ...]
Mutant: TypeAlias = tuple[str, str]
"""The names of a rule and of a corruption."""
MOST = 30
"""Recorded applications of a rule that are kept, the first ones."""


def corruptions(site: Site, terms: Terms) -> Iterator[tuple[str, Terms]]:
    """What a rule gives with one thing wrong in it, each with its name; never the term as it was before."""
    for name, wrong in (*_of_whole(site, terms), *_of_terms(terms), *_of_factors(site, terms)):
        if wrong != (site.term,):
            yield name, wrong


def _of_whole(site: Site, terms: Terms) -> Iterator[tuple[str, Terms]]:
    """All terms negated; where a rule gives 0, the term without the factor that is 0."""
    if terms:
        yield "negated", tuple(replace(term, coefficient=-term.coefficient) for term in terms)
    else:
        rest = (*site.term.factors[: site.place], *site.term.factors[site.place + 1 :])
        yield "factor for 0", (replace(site.term, factors=rest),)


def _of_terms(terms: Terms) -> Iterator[tuple[str, Terms]]:
    """A term doubled, negated, dropped."""
    for number, term in enumerate(terms):
        before, after = terms[:number], terms[number + 1 :]
        yield f"term {number} doubled", (*before, replace(term, coefficient=2 * term.coefficient), *after)
        yield f"term {number} negated", (*before, replace(term, coefficient=-term.coefficient), *after)
        yield f"term {number} dropped", (*before, *after)


def _of_factors(site: Site, terms: Terms) -> Iterator[tuple[str, Terms]]:
    """A new factor dropped, raised, or at another index; the new ones of a term are counted from 0."""
    for number, term in enumerate(terms):
        places = (k for k, factor in enumerate(term.factors) if factor not in site.term.factors)
        for count, place in enumerate(places):
            before, factor, after = term.factors[:place], term.factors[place], term.factors[place + 1 :]
            for name, new in (*_dropped(factor, site), *_raised(factor), *_moved(site.entries, term, place)):
                changed = replace(term, factors=(*before, *new, *after))
                yield f"factor {count} of term {number} {name}", (*terms[:number], changed, *terms[number + 1 :])


def _dropped(factor: Factor, site: Site) -> Iterator[tuple[str, tuple[()]]]:
    """The factor left out, unless it is an indicator of what holds by the declarations."""
    head = factor.head
    if not (isinstance(head, Indicator) and not head.equation and site.facts.at_least_zero(head.polynomial)):
        yield "dropped", ()


def _raised(factor: Factor) -> Iterator[tuple[str, tuple[Factor]]]:
    """The exponent raised, unless the factor is 0 or 1 whatever its exponent."""
    if not _is_choice(factor):
        yield "raised", (replace(factor, exponent=factor.exponent + 1),)


def _is_choice(factor: Factor) -> bool:
    """Whether a factor is 0 or 1: a choice, a derivative of the variable, or a parenthesis around a product of such."""
    match factor.head:
        case Delta() | Split() | Triangle() | Indicator():
            return True
        case Partial():
            return _moving(factor) is not None
        case Group(body=Entries(terms=(Term(coefficient=1, bound=(), factors=factors),))):
            return all(map(_is_choice, factors))
        case _:
            return False


def _moving(factor: Factor) -> tuple[Index, ...] | None:
    """The indices at which a derivative of the variable by itself has the variable; nothing for another factor."""
    match factor.head:
        case Partial(body=Entries(terms=(Term(coefficient=1, bound=(), factors=(inner,)),)), variable=variable):
            if inner.head == Declared(variable) and inner.exponent == 1:
                return tuple(factor.indices[i.number] if isinstance(i, Slot) else i for i in inner.indices)
    return None


def _moved(entries: Entries, term: Term, place: int) -> Iterator[tuple[str, tuple[Factor]]]:
    """An index replaced by another of the same size, if possible by one that is not in the factor."""
    factor = term.factors[place]
    for spot, index in enumerate(factor.indices):
        others = sorted(_others(entries, term, place, index), key=factor.indices.__contains__)
        if others:
            indices = (*factor.indices[:spot], others[0], *factor.indices[spot + 1 :])
            yield f"at another index {spot}", (replace(factor, indices=indices),)


def _others(entries: Entries, term: Term, place: int, index: Index) -> list[Index]:
    """The indices of the same size that nothing in another place says to be this one."""
    rest = (*term.factors[:place], *term.factors[place + 1 :])
    joined, sizes = joined_to(index, rest), sizes_in(entries, term)
    return [other for other in sizes if other not in joined and sizes[other] == sizes.get(index)]


def joined_to(index: Index, factors: Sequence[Factor]) -> set[Index]:
    """The indices that are this one where no factor is 0."""
    classes = [{index}, *({i} for factor in factors for i in factor.indices)]
    pairs = [pair for factor in factors for pair in _joined(factor)]
    cuts = [factor.indices for factor in factors if isinstance(factor.head, Split)]
    while pairs:
        for pair in pairs:
            touched = [known for known in classes if known & {*pair}]
            classes = [known for known in classes if known not in touched] + [set().union(*touched)]
        pairs = [pair for one, two in combinations(cuts, 2) for pair in _of_cuts(one, two, classes)]
    return next(known for known in classes if index in known)


def _of_cuts(one: Indices, two: Indices, classes: Sequence[set[Index]]) -> list[tuple[Index, Index]]:
    """What two cuts join anew: the parts of one whole, or the wholes of the same parts."""
    same = [any({*pair} <= known for known in classes) for pair in zip(one, two, strict=False)]
    if len(one) == len(two) and not all(same) and (same[0] or all(same[1:])):
        return list(zip(one, two, strict=True))
    return []


def _joined(factor: Factor) -> Iterator[tuple[Index, Index]]:
    """The indices that a Kronecker delta, or the derivative of the variable by itself, joins."""
    at = _moving(factor)
    if at is not None:
        yield from zip(at, factor.indices[len(factor.indices) - len(at) :], strict=True)
    elif isinstance(factor.head, Delta):
        first, second = factor.indices
        yield first, second


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
    """Adds the mutants of a rule at its applications in one proof."""
    for application in own:
        for corruption, terms in corruptions(application.site, application.terms):
            if not found.get((name, corruption)):
                found[name, corruption] = _is_noticed(application, terms, at)


def _is_noticed(application: Application, terms: Terms, at: list[Point]) -> bool:
    return compared(application.site.entries, application.whole(terms), at) == CHANGED
