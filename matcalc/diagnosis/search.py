"""The search for what would be true: likely changes first, screened at points, then proved and cross-checked.

At most three suggestions come out, the best first: the layout that was meant, what was meant by the edited side, what
was left out. Each is asked of both witnesses as the text in which it is told.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import get_args

from matcalc.derivatives.proposals import derivative_of
from matcalc.derivatives.pullbacks import NoRuleError
from matcalc.diagnosis.combinations import combinations
from matcalc.diagnosis.forms import Form, pairs_of_slips, slips
from matcalc.diagnosis.hypotheses import HYPOTHESES, Hypothesis
from matcalc.diagnosis.multiples import multiples
from matcalc.diagnosis.statements import Clock, Refuted, Statement, holds, refuted
from matcalc.errors import MatcalcError
from matcalc.evidence import screen
from matcalc.evidence.relevance import relevant
from matcalc.evidence.screening import Screen
from matcalc.language import to_text
from matcalc.language.nodes import Call, Claim, Expression, Layout
from matcalc.language.rebuilding import is_zero, with_zero_matrices

MOST_SUGGESTIONS = 3

MOST_PROOFS = 6
"""Versions of a kind that agree at the points and are not proved before that kind is given up."""

LONGEST_SIDE = 200
"""Characters of a side that is worth printing."""

LONGEST_EDITED = 1000
"""Characters of a side in which slips are looked for."""

FORM_SHARE = 0.7
"""Of the seconds, at most, for other forms of a side; the rest is for hypotheses."""


def diagnose(statement: Statement, claim: Claim, seconds: float) -> str | None:
    """What would be true in place of a refuted claim, within about so many seconds of the processor, or nothing."""
    clock = Clock.of_seconds(seconds)
    claim = relevant(claim)
    statement = replace(statement, where={name: statement.where[name] for name in claim.scope.declarations})
    for layout in _other_layouts(statement, claim):
        if holds(replace(statement, layout=layout), clock):
            return f"holds in {layout} layout"
    subject = refuted(statement, with_zero_matrices(claim))
    form = _form(subject, seconds)
    conditions = _conditions(statement, claim, clock, form)
    told = [f"holds {hypothesis.words}" for hypothesis in conditions[: MOST_SUGGESTIONS - 1]]
    if form is None or subject is None:
        return "; or ".join(told) or None
    if told and form.generalises:
        return f"{'; or '.join(told)}; in general the {subject.name} is {to_text(form.side)}"
    return "; or ".join([f"holds {form.words}", *told])


def _other_layouts(statement: Statement, claim: Claim) -> Iterator[Layout]:
    """The layouts in which the claim says something else."""
    for layout in get_args(Layout):
        other = replace(statement, layout=layout).read()
        if other is not None and other.sides != with_zero_matrices(claim).sides:
            yield layout


def _form(subject: Refuted | None, seconds: float) -> Form | None:
    if subject is None or len(to_text(subject.edited)) > LONGEST_EDITED:
        return None
    points = screen(subject.claim)
    if points is None:
        return None
    clock = Clock.of_seconds(FORM_SHARE * seconds)
    tried = 0
    for form in _forms(subject, points, clock):
        is_too_long = _length(form) > LONGEST_SIDE and form.words.endswith("side")
        if is_too_long or to_text(form.side) == to_text(subject.kept):
            continue
        if holds(subject.with_side(form.side), clock):
            return form
        tried += 1
        if tried == MOST_PROOFS or clock.left <= 0:
            return None
    return None


def _forms(subject: Refuted, points: Screen, clock: Clock) -> Iterator[Form]:
    yield from multiples(subject, points)
    found = list(slips(subject, points, clock))
    combined = list(combinations(subject, points))
    is_shorter = bool(found and combined) and _length(combined[0]) < _length(found[0])
    yield from [*combined, *found] if is_shorter else [*found, *combined]
    if not found and not combined:
        yield from _carried_out(subject)
        yield from islice(sorted(pairs_of_slips(subject, points, clock), key=_length), MOST_PROOFS)


def _carried_out(subject: Refuted) -> Iterator[Form]:
    """The derivatives of the side that stays, carried out."""
    if subject.is_about_a_derivative:
        with suppress(NoRuleError, MatcalcError):
            side = derivative_of(subject.kept, subject.claim.scope)
            yield Form(side, f"with {to_text(side)} as the {subject.name}", generalises=True, is_worked_out=True)


def _length(form: Form) -> int:
    return len(to_text(form.side))


def _conditions(statement: Statement, claim: Claim, clock: Clock, form: Form | None) -> list[Hypothesis]:
    """The hypotheses of the first kind under which the claim holds; where nothing else helps, of the last resort."""
    if form is not None and form.is_multiple:
        return []
    most = MOST_SUGGESTIONS - 1 if form is None or form.generalises else 1
    for kind in HYPOTHESES if form is None or form.is_worked_out else HYPOTHESES[:-1]:
        found: list[Hypothesis] = []
        for hypothesis in kind(statement, claim):
            if len(found) == most or clock.left <= 0:
                break
            if any(hypothesis.about == other.about for other in found):
                continue
            if holds(hypothesis.statement, clock) and not _is_trivial(hypothesis.statement):
                found.append(hypothesis)
        if found:
            return found
    return []


def _is_trivial(statement: Statement) -> bool:
    """Whether both sides are 0 under a hypothesis, which says nothing about a claim that does not say so itself."""
    claim = statement.read()
    if claim is None or any(_is_zero(side) for side in claim.sides):
        return False
    points = screen(claim)
    values = points.values(claim.sides[0]) if points is not None else None
    return values is not None and not any(entry for point in values for entry in point)


def _is_zero(side: Expression) -> bool:
    return is_zero(side) or (isinstance(side, Call) and side.function == "zeros")
