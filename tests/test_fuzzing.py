"""The corpus of inputs that once failed or are known to be hard, and a short run of the fuzzer."""

import json
from pathlib import Path

import pytest

from matcalc.errors import Fault
from tests import fuzzing
from tests.fuzzing import Failure, Mutator, check_catalogue, check_claim, check_input

CORPUS = Path(__file__).parent / "corpus"
CLAIMS = [json.loads(line) for line in (CORPUS / "claims.jsonl").read_text(encoding="ascii").splitlines()]


@pytest.mark.parametrize("entry", CLAIMS, ids=range(1, len(CLAIMS) + 1))
def test_a_claim_of_the_corpus_is_answered(entry: dict[str, dict[str, str]]) -> None:
    check_claim(str(entry["claim"]), entry["where"])


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_catalogue_of_the_corpus_is_answered(path: Path, tmp_path: Path) -> None:
    check_catalogue(path.read_bytes(), tmp_path)


@pytest.mark.parametrize("seed", range(2))
def test_hostile_input_is_answered(seed: int, tmp_path: Path) -> None:
    mutator = Mutator(seed)
    failures = [check_input(mutator, number, tmp_path) for number in range(200)]
    assert [failure for failure in failures if failure] == []


def test_the_same_seed_makes_the_same_inputs() -> None:
    first, second = Mutator(7), Mutator(7)
    assert [first.claim() for _ in range(50)] == [second.claim() for _ in range(50)]
    assert [first.catalogue() for _ in range(20)] == [second.catalogue() for _ in range(20)]


def test_a_crash_and_an_endless_loop_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def crash(*_: object) -> None:
        raise RecursionError("too deep")

    def loop(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzzing, "SLOWEST", 0.1)
    for misdeed, told in ((crash, "RecursionError: too deep"), (loop, "Failure: no answer within 0.1 s")):
        monkeypatch.setattr(fuzzing, "parse_claim", misdeed)
        assert str(check_input(Mutator(0), 1, tmp_path)).startswith(told)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("wrong", span=(3, 9)), "outside of the text"),
        (Fault(""), "says nothing"),
    ],
)
def test_a_fault_that_helps_nobody_is_found(monkeypatch: pytest.MonkeyPatch, fault: Fault, told: str) -> None:
    def refuse(*_: object) -> None:
        raise fuzzing.MatcalcError(fault)

    monkeypatch.setattr(fuzzing, "parse_claim", refuse)
    with pytest.raises(Failure, match=told):
        check_claim("a == a", {})
