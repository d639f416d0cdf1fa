from collections import Counter
from pathlib import Path

from click.testing import CliRunner

from soundness.__main__ import main
from soundness.campaigns import Tally
from soundness.judging import Judgement, Outcome
from soundness.kernel import KernelTally
from soundness.record import Record, read
from soundness.statements import Statement

STATEMENT = Statement("s == 2", {"s": "scalar"}, "numerator", "seed/one", "double")


def filled(path: Path) -> Record:
    tally = Tally(each=3, done=1, reached="ab")
    for outcome in (Outcome.REFUTED, Outcome.MISSED, Outcome.CONTRADICTION):
        tally.add(Judgement(STATEMENT, outcome, "why", 1.5))
    return Record(path, {"claims": {"1": tally}}, KernelTally(10, ["linearity: negated"], steps=Counter(refused=2)))


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    record = filled(tmp_path / "record.json")
    record.save()
    again = read(record.path)
    assert (again.tallies, again.kernel) == (record.tallies, record.kernel)
    assert again.kernel is not None
    assert again.kernel.steps["accepted"] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["record.json"]


def test_there_need_be_no_record_yet(tmp_path: Path) -> None:
    assert read(tmp_path / "record.json").tallies == {}
    read(None).save()


def test_a_record_is_not_written_all_the_time(tmp_path: Path) -> None:
    record = filled(tmp_path / "record.json")
    record.save(soon=True)
    assert not any(tmp_path.iterdir())
    record.written -= 60
    record.save(soon=True)
    assert any(tmp_path.iterdir())


def test_a_seed_goes_on_with_the_same_number_of_claims_of_each_source(tmp_path: Path) -> None:
    record = filled(tmp_path / "record.json")
    assert record.tally("claims", "1", 3).done == 1
    assert record.tally("claims", "2", 15).done == 0
    record.save()
    done = CliRunner().invoke(main, ["claims", "--each", "4", "--record", str(record.path)])
    assert done.exit_code == 2
    assert "the record of claims with seed 1 has 3 of each, not 4" in done.output
