from collections import Counter

from soundness.campaigns import Tally
from soundness.derivations import CHANGED, REFUSED
from soundness.judging import Judgement, Limits, Outcome
from soundness.kernel import KernelTally
from soundness.record import Record
from soundness.report import page
from soundness.statements import Statement


def test_the_page_has_the_sums_over_all_seeds_and_every_case_that_needs_a_look() -> None:
    one, two = Tally(each=3, done=1), Tally(each=4, done=2)
    statement = Statement("s == 2", {"s": "scalar"}, origin="seed/one", change="double")
    for tally, outcome in (
        (one, Outcome.PROVED),
        (one, Outcome.REFUTED),
        (two, Outcome.REFUTED),
        (two, Outcome.MISSED),
        (two, Outcome.CONTRADICTION),
    ):
        tally.add(Judgement(statement, outcome, "why", 60.0))
    text = page(Record(tallies={"claims": {"1": one, "2": two}}), Limits())
    assert "5 claims; 1 need a look; 0.0 % undecided; of the 4 that are known to be false 50.00 %" in text
    assert "seed 1: 1 sources, at most 3 claims of each, 2 minutes of a processor; seed 2: 2 sources" in text
    assert "| double | 1 | 2 | 0 | 1 | 0 | 0 | 1 |" in text
    assert "- `s == 2 [s: scalar; mixed] (seed/one, double): why`" in text
    assert "- `s == 2 [s: scalar; mixed] (seed/one, double): false by numbers, no counterexample`" in text


def test_the_page_lists_what_survives_in_the_kernel() -> None:
    kernel = KernelTally(10, ["linearity: negated"], 5, ["algebra.py:1 no"], 2, Counter({REFUSED: 7}), Counter(), [])
    text = page(Record(kernel=kernel), Limits())
    assert "Rule mutants: 10, of which 9 change a value at a recorded application and 1 survive" in text
    assert "Side conditions: 5, parts joined by `and` counted each, of which 4 have a test" in text
    assert f"|  | {CHANGED} | {REFUSED} |" in text
    assert "| steps | 0 | 7 |" in text
    assert "- `linearity: negated`" in text
