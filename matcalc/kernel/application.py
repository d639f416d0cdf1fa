"""Carrying out steps: each is checked anew, by the rule that it names or by a law of its own, or it is refused."""

from collections.abc import Iterator
from functools import reduce

from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Partial,
    Range,
    Term,
    bodies,
    with_body,
)
from matcalc.kernel.arrange import arrange
from matcalc.kernel.cases import branches
from matcalc.kernel.clearing import clear, counts_everywhere, difference, gather
from matcalc.kernel.rules import BY_NAME, Rule
from matcalc.kernel.steps import (
    Arrange,
    Cases,
    Clear,
    Gather,
    Identify,
    Refused,
    Rewrite,
    Site,
    Step,
    Within,
    require,
)


def run(entries: Entries, steps: tuple[Step, ...], facts: Facts, differentiated: bool = False) -> Entries:
    """The expression after the steps; raises Refused at the first that does not fit."""
    return reduce(lambda _, after: after, after_each(entries, steps, facts, differentiated), entries)


def after_each(
    entries: Entries, steps: tuple[Step, ...], facts: Facts, differentiated: bool = False
) -> Iterator[Entries]:
    """The expression after each of the steps; raises Refused at the first that does not fit."""
    for step in steps:
        try:
            entries = apply(entries, step, facts, differentiated)
        except Refused as refusal:
            raise Refused(refusal.reason, refusal.step or step) from refusal
        yield entries


def apply(entries: Entries, step: Step, facts: Facts, differentiated: bool = False) -> Entries:
    """The expression after one step; raises Refused where it does not fit, whatever its fields are."""
    try:
        match step:
            case Arrange():
                return arrange(entries, step, facts)
            case Rewrite():
                return _rewritten(entries, step, facts, differentiated)
            case Within():
                return _within(entries, step, facts, differentiated)
            case Clear():
                return clear(entries, step, facts)
            case Gather():
                return gather(entries, step)
            case Identify():
                return _identified(entries, step, facts, differentiated)
            case Cases():
                return _by_cases(entries, step, facts, differentiated)
    except UNREADABLE as error:  # a derivation is data: anything may stand where a rule wants its arguments
        raise Refused("the arguments do not fit the rule") from error


def _rewritten(entries: Entries, step: Rewrite, facts: Facts, differentiated: bool) -> Entries:
    rule, term = BY_NAME.get(step.rule), _term(entries, step.term)
    if rule is None:
        raise Refused(f"no rule {step.rule!r}")
    require(0 <= step.place < max(1, len(term.factors)), "no such factor")
    site = Site(entries, term, step.place, step.arguments, facts, differentiated)
    _check_equations(rule, site, step)
    new = rule.apply(site)
    return Entries(entries.slots, (*entries.terms[: step.term], *new, *entries.terms[step.term + 1 :]))


def _check_equations(rule: Rule, site: Site, step: Rewrite) -> None:
    """Refuses unless the equations on which the rule depends here are shown: what is to be 0 is taken to 0."""
    equations = rule.equations(site)
    require(len(equations) == len(step.proofs), "another number of equations is to be shown")
    for equation, steps in zip(equations, step.proofs, strict=True):
        shown = not run(equation, steps, site.facts, site.differentiated).terms
        require(shown, "an equation on which the rule depends is not shown")


def _within(entries: Entries, step: Within, facts: Facts, differentiated: bool) -> Entries:
    """The same head of an equal expression; under a derivative the inner expression is differentiated as well.

    What is differentiated is a formula: two that are equal only by a structure of the variable have other derivatives.
    Inside a finite sum its variable is known to lie within its bounds.
    """
    term = _term(entries, step.term)
    require(0 <= step.place < len(term.factors), "no such factor")
    factor = term.factors[step.place]
    require(0 <= step.body < len(bodies(factor.head)), "no such expression in this head")
    under = differentiated or isinstance(factor.head, Partial)
    known = facts.within(factor.head) if isinstance(factor.head, Range) else facts
    inside = known.under(factor.head.variable) if isinstance(factor.head, Partial) else known
    inner = run(bodies(factor.head)[step.body], step.steps, inside, under and not isinstance(factor.head, Frozen))
    new = Factor(with_body(factor.head, step.body, inner), factor.indices, factor.exponent)
    changed = Term(term.coefficient, term.bound, (*term.factors[: step.place], new, *term.factors[step.place + 1 :]))
    return Entries(entries.slots, (*entries.terms[: step.term], changed, *entries.terms[step.term + 1 :]))


def _identified(entries: Entries, step: Identify, facts: Facts, differentiated: bool) -> Entries:
    """F(u) = F(v) where u − v vanishes and v is defined, as it stands elsewhere at all indices, or at the same."""
    (term, factor), (other, beside) = (_at(entries, where) for where in (step.old, step.new))
    require(isinstance(factor.head, Elementwise | Group), "neither a function of entries nor a parenthesis")
    require(isinstance(beside.head, Elementwise | Group), "neither a function of entries nor a parenthesis")
    whole = len(set(beside.indices)) == len(beside.indices) and not any(isinstance(i, Fixed) for i in beside.indices)
    same = beside.indices == factor.indices and not any(isinstance(i, Bound) for i in factor.indices)
    require(
        (whole or same) and counts_everywhere(other, beside, facts),
        "nothing says that the other expression is defined here",
    )
    old, new = bodies(factor.head)[step.old[2]], bodies(beside.head)[step.new[2]]
    require(not run(difference(old, new), step.steps, facts, differentiated).terms, "the difference does not vanish")
    changed = Factor(with_body(factor.head, step.old[2], new), factor.indices, factor.exponent)
    number, place, _ = step.old
    replaced = Term(term.coefficient, term.bound, (*term.factors[:place], changed, *term.factors[place + 1 :]))
    return Entries(entries.slots, (*entries.terms[:number], replaced, *entries.terms[number + 1 :]))


def _by_cases(entries: Entries, step: Cases, facts: Facts, differentiated: bool) -> Entries:
    """0, where the expression vanishes whether the symbol is positive or negative."""
    require(not differentiated, "under a derivative what holds beside a number does not hold at it")
    both = branches(entries, step.symbol, facts)
    for (branch, known), steps in zip(both, (step.positive, step.negative), strict=True):
        require(not run(branch, steps, known).terms, "the expression does not vanish in each case")
    return Entries(entries.slots, ())


def _at(entries: Entries, where: tuple[int, int, int]) -> tuple[Term, Factor]:
    number, place, body = where
    term = _term(entries, number)
    require(0 <= place < len(term.factors), "no such factor")
    require(0 <= body < len(bodies(term.factors[place].head)), "no such expression in this head")
    return term, term.factors[place]


UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, AssertionError)
"""What a rule raises when its arguments are of another kind than it reads."""


def _term(entries: Entries, number: int) -> Term:
    require(0 <= number < len(entries.terms), "no such term")
    return entries.terms[number]


def rules_of(steps: tuple[Step, ...]) -> Iterator[str]:
    """The names of the rules that the steps use, with repetitions."""
    for step in steps:
        match step:
            case Rewrite():
                yield step.rule
                for proof in step.proofs:
                    yield from rules_of(proof)
            case Within():
                yield from rules_of(step.steps)
            case Arrange():
                yield "renaming and collecting"
            case Clear():
                yield "multiplying through"
            case Gather():
                yield "one sum"
            case Identify():
                yield "equal arguments"
                yield from rules_of(step.steps)
            case Cases():
                yield "cases of a sign"
                yield from rules_of(step.positive)
                yield from rules_of(step.negative)
