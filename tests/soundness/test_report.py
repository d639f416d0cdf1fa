from collections import Counter

from soundness.campaigns import Tally
from soundness.derivations import CHANGED, REFUSED
from soundness.judging import Judgement, Outcome
from soundness.kernel import KernelTally
from soundness.report import page
from soundness.statements import Statement


def test_the_page_has_the_figures_and_every_case_that_needs_a_look() -> None:
    tally = Tally("claim mutants")
    for outcome in (Outcome.PROVED, Outcome.REFUTED, Outcome.REFUTED, Outcome.MISSED, Outcome.CONTRADICTION):
        tally.add(
            Judgement(Statement("s == 2", {"s": "scalar"}, origin="seed/one", change="double"), outcome, "why", 0)
        )
    text = page("`a command`", "1 s", [tally], None)
    assert "one run: `a command`" in text
    assert (
        "5 claims from 1 sources; 1 need a look; 0.0 % undecided; of the 4 that are known to be false 50.00 %" in text
    )
    assert "| double | 1 | 2 | 0 | 1 | 0 | 1 |" in text
    assert "- `s == 2 [s: scalar; mixed] (seed/one, double): why`" in text


def test_the_page_lists_what_survives_in_the_kernel() -> None:
    kernel = KernelTally(10, ["linearity: negated"], 5, ["algebra.py:1 no"], 2, Counter({REFUSED: 7}), Counter(), [])
    text = page("", "", [], kernel)
    assert "Rule mutants: 10, of which 9 change a value at a recorded application and 1 survive" in text
    assert "Side conditions: 5, parts joined by `and` counted each, of which 4 have a test" in text
    assert f"|  | {CHANGED} | {REFUSED} |" in text
    assert "| steps | 0 | 7 |" in text
    assert "- `linearity: negated`" in text
