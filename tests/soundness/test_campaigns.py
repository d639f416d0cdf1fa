"""A seeded slice of every campaign on claims runs clean; the page of the whole is `docs/soundness.md`."""

import time

import pytest

from matcalc.results import Counterexample
from soundness import judging
from soundness.campaigns import Plan, Tally, claim_mutants, generated_claims, metamorphic_images
from soundness.judging import Judgement, Limits, Outcome, judge
from soundness.metamorphic import INJECTED, images
from soundness.running import Budget, dealt
from soundness.statements import Statement, catalogue, pruned

PLAN = Plan("slice", mutants=5, limits=Limits(proof=1.0, counterexample=0.5))
TRUE = Statement("trace(X @ Y) == trace(Y @ X)", {"X": "matrix(n, n)", "Y": "matrix(n, n)"}, origin="trace")


def budget() -> Budget:
    return Budget(1, time.monotonic() + 600)


@pytest.fixture(scope="module")
def sources() -> list[Statement]:
    return catalogue(("seed/*",))


def check_clean(tally: Tally, least: int) -> None:
    assert not tally.alarms
    assert not tally.total[Outcome.STOPPED]
    assert sum(tally.total.values()) >= least


def test_mutants_of_claims(sources: list[Statement]) -> None:
    tally = claim_mutants(PLAN, budget(), sources[::9])
    check_clean(tally, 12)
    assert tally.total[Outcome.REFUTED] > tally.total[Outcome.PROVED] > 0


def test_images_of_true_claims(sources: list[Statement]) -> None:
    tally = metamorphic_images(PLAN, budget(), sources[1::9])
    check_clean(tally, 12)
    assert any(change.startswith(INJECTED) for change in tally.outcomes)


def test_generated_claims() -> None:
    tally = generated_claims(PLAN, budget(), 25)
    check_clean(tally, 15)
    assert tally.total[Outcome.REFUTED] > 0


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("trace(X @ Y) == trace(Y @ X)", Outcome.PROVED),
        ("X @ Y == Y @ X", Outcome.REFUTED),
        ("X @ pinv(X) @ Y == X @ pinv(X) @ Y @ pinv(Y) @ Y", Outcome.PROVED),
    ],
)
def test_a_statement_is_judged_by_both_witnesses(text: str, outcome: Outcome) -> None:
    assert judge(Statement(text, TRUE.where), PLAN.limits).outcome == outcome


def test_a_proof_beside_a_counterexample_is_a_contradiction_that_needs_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "find_counterexample", lambda *_: Counterexample({"n": 1}, {}, 1, 2))
    judgement = judge(TRUE, PLAN.limits)
    assert judgement.outcome == Outcome.CONTRADICTION
    tally = Tally("test")
    tally.add(judgement)
    assert len(tally.alarms) == 1
    assert "left 1, right 2" in tally.alarms[0]


def test_what_takes_too_long_is_stopped_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "prove", lambda *_: time.sleep(30))
    assert judge(TRUE, Limits(whole=1)).outcome == Outcome.STOPPED


def test_a_refuted_image_is_an_alarm_and_so_is_a_proved_twin() -> None:
    tally = Tally("metamorphic")
    tally.add(Judgement(TRUE, Outcome.REFUTED, "", 0.0), Outcome.REFUTED)
    tally.add(Judgement(TRUE, Outcome.PROVED, "", 0.0), Outcome.PROVED)
    tally.add(Judgement(TRUE, Outcome.UNDECIDED, "", 0.0), Outcome.REFUTED)
    assert len(tally.alarms) == 2


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


def test_one_of_each_hand_is_dealt_in_turn() -> None:
    assert list(dealt(["abc", "d", "", "ef"])) == ["a", "d", "e", "b", "f", "c"]
