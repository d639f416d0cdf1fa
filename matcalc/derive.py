"""A derivative with its proof: the proposed value is judged like any claim of a catalogue before anybody sees it."""

import re
from dataclasses import dataclass, replace
from itertools import chain, count

from matcalc.catalogue import Identity
from matcalc.derivatives.proposals import derivative_of
from matcalc.derivatives.pullbacks import NoRuleError
from matcalc.errors import Fault, MatcalcError
from matcalc.language import to_text
from matcalc.language.nodes import Derivative
from matcalc.results import Request, Verdict
from matcalc.verify import Judgement, judge, parse


@dataclass(frozen=True, slots=True)
class Derived:
    """The value of a derivative as text of the language, with the judgement of the equation; or why there is none."""

    value: str | None = None
    judgement: Judgement | None = None
    reason: str = ""


def _spare_sum(asked: Identity) -> str:
    """A number that has an unused name in it, so that a finite sum of the answer has one for its variable."""
    used = {*re.findall(r"[^\W\d]\w*", f"{asked.claim} {' '.join(asked.where.values())}")}
    name = next(name for name in chain("rlhvw", (f"r{k}" for k in count(1))) if name not in used)
    return f"Sum(1, {name}, 0, 0)"


NO_DERIVATIVE = MatcalcError(
    Fault("that is no derivative", "give one expression, and one symbol to differentiate it by")
)


def derive(asked: Identity, expression: str, request: Request) -> Derived:
    """The value of the left side of a claim, a derivative of an expression, proved and cross-checked.

    Raises MatcalcError with every fault of the expression, or of what is asked of it.
    """
    if len(parse(replace(asked, claim=f"{expression} == 0")).sides) != 2:
        raise NO_DERIVATIVE
    claim = parse(replace(asked, claim=asked.claim.removesuffix("0") + _spare_sum(asked)))
    left = claim.sides[0]
    if len(claim.sides) != 2 or not isinstance(left, Derivative):
        raise NO_DERIVATIVE
    try:
        value = to_text(derivative_of(left, claim.scope))
    except NoRuleError as missing:
        return Derived(reason=f"no rule for whole matrices yet for {missing}")
    except MatcalcError as error:
        return Derived(reason=f"the rules for whole matrices do not fit ({error.faults[0].what})")
    judgement = judge(replace(asked, claim=f"{to_text(left)} == {value}"), request)
    if judgement.result.verdict is not Verdict.PROVED:
        return Derived(judgement=judgement, reason=f"{value} was proposed, and is {judgement.result.verdict}")
    return Derived(value, judgement)
