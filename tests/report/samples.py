"""Results to print."""

from dataclasses import replace
from typing import Any

from matcalc.results import Counterexample, NumericCheck, ProofSummary, Result, Verdict

RESULT = Result(
    id="seed/one",
    file="identities/seed.yaml",
    line=7,
    claim="x == x",
    layout="mixed",
    expect="proved",
    verdict=Verdict.PROVED,
    proof=ProofSummary("all sizes", 9, ("A invertible",), ("product rule",), 0.00212345),
    numeric=NumericCheck(True, 8, ({"n": 3}, {"n": 5}), 2.2e-16, 0.004),
    seconds=0.0123456,
)
COUNTEREXAMPLE = Counterexample({"n": 2}, {"x": ((1,), (0,))}, ((0,), (1,)), ((0,), ("1/3",)))


def result(**changes: Any) -> Result:
    """A proved result with some fields changed."""
    return replace(RESULT, **changes)


REFUTED = result(verdict=Verdict.REFUTED, proof=None, numeric=None, counterexample=COUNTEREXAMPLE)
