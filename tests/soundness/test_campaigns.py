"""A seeded slice of every campaign on claims runs clean; the page of the whole is `docs/soundness.md`."""

import time
from itertools import islice

import pytest

from matcalc.results import Counterexample, NumericCheck
from soundness import campaigns, judging
from soundness.campaigns import CAMPAIGNS, Plan, Tally, run
from soundness.judging import Judgement, Limits, Outcome, judge
from soundness.metamorphic import INJECTED, images
from soundness.mutations import SAME_MEANING
from soundness.running import Budget
from soundness.statements import Statement, catalogue, pruned

PLAN = Plan("slice", each=5, limits=Limits(proof=1.0, counterexample=0.5))
TRUE = Statement("trace(X @ Y) == trace(Y @ X)", {"X": "matrix(n, n)", "Y": "matrix(n, n)"}, origin="trace")


def budget() -> Budget:
    return Budget(0, time.monotonic() + 600)


@pytest.fixture(scope="module")
def sources() -> list[Statement]:
    return catalogue(("seed/*",))


def tally_of(name: str, sources: list[Statement] | None = None, most: int = 1000) -> Tally:
    """What a campaign finds in its first tasks."""
    tally = Tally(PLAN.each)
    tasks = CAMPAIGNS[name].tasks(PLAN, tally, sources)
    for _ in run(name, PLAN, budget(), tally, islice(tasks, most)):
        pass
    return tally


def check_clean(tally: Tally, least: int) -> None:
    assert not tally.alarms
    assert not tally.total[Outcome.STOPPED]
    assert sum(tally.total.values()) >= least


def test_mutants_of_claims(sources: list[Statement]) -> None:
    tally = tally_of("claims", sources[::9])
    check_clean(tally, 12)
    assert tally.total[Outcome.REFUTED] > tally.total[Outcome.PROVED] > 0


def test_images_of_true_claims(sources: list[Statement]) -> None:
    tally = tally_of("metamorphic", sources[1::9])
    check_clean(tally, 12)
    assert any(change.startswith(INJECTED) for change in tally.outcomes)


def test_generated_claims() -> None:
    tally = tally_of("generated", most=25)
    check_clean(tally, 15)
    assert tally.total[Outcome.REFUTED] > 0
    assert tally.done == 25


def judged(statement: Statement, limits: Limits) -> Judgement:
    return Judgement(statement, Outcome.MISSED, "", 1.0)


def test_a_campaign_goes_on_where_it_ended(sources: list[Statement], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "judge", judged)
    whole, parts = Tally(), Tally()
    for tally, steps in ((whole, [9]), (parts, [4, 5 + 4 * PLAN.each])):
        for most in steps:  # what was missed is judged again first, one statement a step
            for _ in islice(
                run("claims", PLAN, budget(), tally, CAMPAIGNS["claims"].tasks(PLAN, tally, sources)), most
            ):
                pass
    assert whole.done == parts.done == 9
    assert (whole.reached, whole.outcomes) == (parts.reached, parts.outcomes)
    assert {kept.statement.key for kept in whole.kept} == {kept.statement.key for kept in parts.kept}


def test_what_was_missed_is_judged_again() -> None:
    tally = Tally()
    tally.add(Judgement(TRUE, Outcome.MISSED, "", 1.0))
    for _ in run("claims", PLAN, budget(), tally, []):
        pass
    assert +tally.total == {Outcome.PROVED: 1}
    assert not tally.kept


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("trace(X @ Y) == trace(Y @ X)", Outcome.PROVED),
        ("X @ Y == Y @ X", Outcome.REFUTED),
        ("X - X == 0", Outcome.PROVED),
        ("X @ pinv(X) @ Y == X @ pinv(X) @ Y @ pinv(Y) @ Y", Outcome.PROVED),
    ],
)
def test_a_statement_is_judged_by_both_witnesses(text: str, outcome: Outcome) -> None:
    assert judge(Statement(text, TRUE.where), PLAN.limits).outcome == outcome


def test_a_proof_beside_a_counterexample_is_a_contradiction_that_needs_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "find_counterexample", lambda *_: Counterexample({"n": 1}, {}, 1, 2))
    judgement = judge(TRUE, PLAN.limits)
    assert judgement.outcome == Outcome.CONTRADICTION
    tally = Tally()
    tally.add(judgement)
    assert tally.alarms == [judgement]
    assert "left 1, right 2" in judgement.detail


def test_a_proof_of_what_autograd_sees_apart_is_a_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "cross_check", lambda *_: NumericCheck(False, 4, (), 0.5, 0.0))
    judgement = judge(TRUE, PLAN.limits)
    assert judgement.outcome == Outcome.CONTRADICTION
    assert judgement.detail == "autograd finds the sides apart by 5.0e-01"


def test_what_takes_too_long_is_stopped_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "prove", lambda *_: time.sleep(30))
    assert judge(TRUE, Limits(whole=1)).outcome == Outcome.STOPPED


def test_a_claim_that_trips_the_program_needs_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "prove", lambda *_: {}["no such key"])
    judgement = judge(TRUE, PLAN.limits)
    assert (judgement.outcome, judgement.detail) == (Outcome.FAILED, "KeyError: 'no such key'")


@pytest.mark.parametrize(
    ("change", "outcome", "is_alarm"),
    [
        ("renamed", Outcome.REFUTED, True),
        ("renamed", Outcome.PROVED, False),
        (SAME_MEANING, Outcome.REFUTED, True),
        (f"{INJECTED}renamed", Outcome.PROVED, True),
        (f"{INJECTED}renamed", Outcome.REFUTED, False),
        ("flip a sign", Outcome.PROVED, False),
        ("flip a sign", Outcome.REFUTED, False),
        ("flip a sign", Outcome.FAILED, True),
    ],
)
def test_a_refuted_image_is_an_alarm_and_so_is_a_proved_twin(change: str, outcome: Outcome, is_alarm: bool) -> None:
    tally = Tally()
    tally.add(Judgement(Statement("s == s", change=change), outcome, "", 0.0))
    assert len(tally.alarms) == is_alarm


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("renamed", "trace(X_9 @ Y_9) == trace(Y_9 @ X_9)"),
        ("transposed", "(trace(X @ Y)).T == (trace(Y @ X)).T"),
        ("multiplied", "c_9 * (trace(X @ Y)) == c_9 * (trace(Y @ X))"),
        ("added to", "(trace(X @ Y)) + exp(c_9) == (trace(Y @ X)) + exp(c_9)"),
        ("differentiated", "D(trace(X @ Y), Y) == D(trace(Y @ X), Y)"),
        ("composed", "trace((X_1 @ X_2) @ Y) == trace(Y @ (X_1 @ X_2))"),
        (f"{INJECTED}transposed", "(trace(X @ Y)).T == ((trace(Y @ X)).T) + 1"),
    ],
)
def test_a_true_claim_has_the_image(change: str, text: str) -> None:
    assert (change, text) in {(image.change, image.text) for image in images(pruned(TRUE))}
