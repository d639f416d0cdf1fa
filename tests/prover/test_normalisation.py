"""The normal form: reached by steps that keep every value, reached once, and blind to order and to names of indices."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from matcalc.components.facts import Facts, facts_of
from matcalc.components.lowering import NoMeaning, lower_claim
from matcalc.components.terms import Bound, Entries, Factor, Index, Term, bodies, reindex, with_body
from matcalc.kernel.application import apply
from matcalc.kernel.definedness import with_definedness
from matcalc.language import to_text
from matcalc.language.nodes import Claim, Expression
from matcalc.prover.normalisation import normalise
from matcalc.prover.trace import Deadline, OutOfBudget, Search, Trace
from tests import strategies
from tests.claims import FALSE, TRUE, Case, params
from tests.duals import Undefined
from tests.oracle import agree, value
from tests.points import points

SECONDS = 5.0


def lowered(claim: Claim) -> tuple[tuple[Entries, ...], Facts]:
    """The sides by entries, and the facts for their rules."""
    sides = tuple(array.entries for array in lower_claim(claim))
    return sides, with_definedness(facts_of(claim.scope), sides)


def traced(entries: Entries, facts: Facts) -> Trace:
    """The way to the normal form."""
    trace = Trace(entries, Search(facts, Deadline.after(SECONDS)))
    normalise(trace)
    return trace


def shuffled(entries: Entries, random: Random) -> Entries:
    """The same entries: terms and factors in another order, bound indices with other numbers, at every depth."""
    terms = [_shuffled_term(term, random) for term in entries.terms]
    random.shuffle(terms)
    return Entries(entries.slots, tuple(terms))


def _shuffled_term(term: Term, random: Random) -> Term:
    numbers = list(range(len(term.bound)))
    random.shuffle(numbers)
    image: dict[Index, Index] = {Bound(old): Bound(new) for old, new in enumerate(numbers)}
    bound = tuple(term.bound[numbers.index(number)] for number in range(len(numbers)))
    factors = [_shuffled_factor(factor, random) for factor in reindex(term.factors, image)]
    random.shuffle(factors)
    return Term(term.coefficient, bound, tuple(factors))


def _shuffled_factor(factor: Factor, random: Random) -> Factor:
    head = factor.head
    for place, body in enumerate(bodies(head)):
        head = with_body(head, place, shuffled(body, random))
    return Factor(head, factor.indices, factor.exponent)


SAMPLE = params(TRUE[::2] + FALSE[::3])


@pytest.mark.parametrize("case", SAMPLE)
def test_a_normal_form_has_itself_for_normal_form(case: Case) -> None:
    sides, facts = lowered(case.claim())
    for side in sides:
        once = traced(side, facts).entries
        assert traced(once, facts).entries == once


@pytest.mark.parametrize("case", SAMPLE)
def test_a_normal_form_is_blind_to_order_and_to_names_of_indices(case: Case) -> None:
    sides, facts = lowered(case.claim())
    random = Random(case.text)
    for side in sides:
        form = traced(side, facts).entries
        for _ in range(2):
            assert traced(shuffled(side, random), facts).entries == form


@given(strategies.expressions())
@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_every_step_to_the_normal_form_of_an_expression_keeps_its_value(expression: Expression) -> None:
    claim = Claim(to_text(expression), (expression, expression), strategies.SCOPE, "mixed")
    try:
        (side, _), facts = lowered(claim)
        trace = traced(side, facts)
    except (NoMeaning, OutOfBudget):
        return
    for point in points(claim.scope, count=1, sizes=(2, 1)):
        before, old = side, None
        for step in trace.steps:
            try:
                old = value(before, point) if old is None else old
                new = value(apply(before, step, facts), point)
            except Undefined:
                new = None
            assert new is None or old is None or agree(old, new), step
            before, old = apply(before, step, facts), new
