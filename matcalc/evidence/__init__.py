"""The second witness: exact values, counterexamples and the autograd check, on the language alone.

The questions that can be asked of a claim are here. Each imports its engine when it is first asked, so that
importing the package loads neither torch nor SymPy; `find_counterexample` never loads torch.
"""

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from matcalc.evidence.outcomes import NoPoint, Unsupported
from matcalc.results import Counterexample, ExactCheck, Expansion, NumericCheck

if TYPE_CHECKING:
    from matcalc.evidence.examples import Example
    from matcalc.evidence.screening import Screen
    from matcalc.language.nodes import Claim

__all__ = [
    "NoPoint",
    "Unsupported",
    "check_at_sizes",
    "check_example",
    "cross_check",
    "expand",
    "find_counterexample",
    "prepare",
    "screen",
]


def prepare() -> None:
    """Load what the questions need beforehand, so that the first one does not take the blame."""
    for module in ("autograd", "counterexample", "entrywise", "examples", "screening"):
        importlib.import_module(f"matcalc.evidence.{module}")


def cross_check(claim: "Claim", points: int = 4) -> NumericCheck | NoPoint | Unsupported:
    """Both sides by autograd at random points; see `matcalc.evidence.autograd`."""
    from matcalc.evidence import autograd

    return autograd.cross_check(claim, points)


def find_counterexample(claim: "Claim", seconds: float = 5.0, *, thorough: bool = True) -> Counterexample | None:
    """A counterexample that a person can check; see `matcalc.evidence.counterexample`."""
    from matcalc.evidence import counterexample

    return counterexample.find_counterexample(claim, seconds, thorough=thorough)


def check_at_sizes(claim: "Claim", seconds: float) -> ExactCheck:
    """The exact comparison of entries on generic matrices; see `matcalc.evidence.entrywise`."""
    from matcalc.evidence import entrywise

    return entrywise.check_at_sizes(claim, seconds)


def expand(claim: "Claim", given: Mapping[str, int], seconds: float) -> Expansion | NoPoint | Unsupported:
    """The claim written out by entries at given sizes; see `matcalc.evidence.expansion`."""
    from matcalc.evidence import expansion

    return expansion.expand(claim, expansion.chosen_numbers(claim, given), seconds)


def check_example(claim: "Claim", example: "Example") -> str | None:
    """Nothing if a worked example holds, else what was found; see `matcalc.evidence.examples`."""
    from matcalc.evidence import examples

    return examples.check_example(claim, example)


def screen(claim: "Claim") -> "Screen | None":
    """Points at which many expressions are compared with the sides of a claim; see `matcalc.evidence.screening`."""
    from matcalc.evidence import screening

    return screening.screen(claim)
