"""The second witness: exact values, counterexamples and the autograd check, on the language alone.

The three questions that can be asked of a claim are here. Each imports its engine when it is first asked, so that
importing the package loads neither torch nor SymPy; `find_counterexample` never loads torch.
"""

from typing import TYPE_CHECKING

from matcalc.evidence.outcomes import NoPoint, Unsupported
from matcalc.results import Counterexample, NumericCheck

if TYPE_CHECKING:
    from matcalc.evidence.examples import Example
    from matcalc.language.nodes import Claim

__all__ = ["NoPoint", "Unsupported", "check_example", "cross_check", "find_counterexample"]


def cross_check(claim: "Claim", points: int = 4) -> NumericCheck | NoPoint | Unsupported:
    """Both sides by autograd at random points; see `matcalc.evidence.autograd`."""
    from matcalc.evidence import autograd

    return autograd.cross_check(claim, points)


def find_counterexample(claim: "Claim", seconds: float = 5.0) -> Counterexample | None:
    """A counterexample that a person can check; see `matcalc.evidence.counterexample`."""
    from matcalc.evidence import counterexample

    return counterexample.find_counterexample(claim, seconds)


def check_example(claim: "Claim", example: "Example") -> str | None:
    """Nothing if a worked example holds, else what was found; see `matcalc.evidence.examples`."""
    from matcalc.evidence import examples

    return examples.check_example(claim, example)
