import json
from collections.abc import Iterator, Sequence

import pytest

from matcalc.catalogue import Identity, shipped_folder
from matcalc.catalogue.selection import catalogue_paths
from matcalc.cli import verification
from matcalc.results import Result
from matcalc.workers import Judge
from tests.command_line import FALSE, TRUE, Run, Write


def test_a_true_claim_is_one_line_and_a_summary(run: Run, write: Write) -> None:
    done = run("verify", write(true=TRUE))
    first, last = done.lines
    assert done.code == 0
    assert first.startswith("✓ proved     it/true  all sizes  ")
    assert " points, error " in first
    assert last.startswith("1 identity: 1 proved; all as expected (")
    assert done.err == ""


def test_everything_that_comes_with_matcalc_is_the_default(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    selected: list[str] = []

    def select_only(_judge: Judge, identities: Sequence[Identity], *_: object) -> tuple[Result, ...]:
        selected.extend(one.name for one in identities)
        return ()

    monkeypatch.setattr(verification, "judge_all", select_only)
    run("verify")
    files = {name.split("/")[0] for name in selected}
    assert files == {path.stem for path in catalogue_paths(shipped_folder())}


def test_several_processes_give_the_verdicts_of_one(run: Run, write: Write) -> None:
    path = write(**{f"claim-{k}": (f"{k} * x == x * {k + k % 2}", "expect: proved") for k in range(20)})
    one, two = (run("verify", path, "--jobs", jobs, "--json") for jobs in ("1", "2"))
    verdicts = [[(each["id"], each["verdict"]) for each in json.loads(done.out)["results"]] for done in (one, two)]
    assert verdicts[0] == verdicts[1]
    assert len(verdicts[0]) == 20
    assert {verdict for _, verdict in verdicts[0]} == {"proved", "refuted"}


def test_a_refuted_claim_shows_its_counterexample(run: Run, write: Write) -> None:
    done = run("verify", write(false=FALSE))
    assert done.code == 1
    assert done.lines[0].startswith("✗ refuted    it/false  at n=2 ")
    assert done.lines[1].startswith("      at n=2, x = [")
    assert ": left [" in done.lines[1]
    assert "1 not as expected" in done.lines[-1]


def test_an_expected_refutation_is_a_success(run: Run, write: Write) -> None:
    done = run("verify", write(false=(FALSE, "expect: refuted")))
    assert done.code == 0
    assert done.lines[0].startswith("✓ refuted ")
    assert len(done.lines) == 2


def test_a_claim_that_holds_against_expectation_fails(run: Run, write: Write) -> None:
    done = run("verify", write(true=(TRUE, "expect: refuted")))
    assert done.code == 1
    assert done.lines[1] == "      expected refuted"


def test_an_undecided_claim_says_what_is_missing(run: Run, write: Write) -> None:
    done = run("verify", write(open="log(-1 - x.T @ x) == 2 * log(-1 - x.T @ x)"))
    assert done.code == 3
    assert done.lines[0].startswith("? undecided  it/open")
    assert done.lines[1].startswith("      not proved: ")


def test_faults_are_listed_on_standard_error_and_lose_nothing(run: Run, write: Write) -> None:
    path = write("soruce: notes", malformed="x == yy", true=TRUE)
    done = run("verify", path)
    assert done.code == 2
    assert [line.split()[:3] for line in done.lines[:2]] == [["✗", "error", "it/malformed"], ["✓", "proved", "it/true"]]
    assert done.err.splitlines() == [
        "it.yaml:1:1: unknown key `soruce` in a catalogue; did you mean source?",
        "it.yaml:7:17: it/malformed: yy is not declared; add yy to where",
        "    x == yy",
        "         ^^",
    ]


def test_json_is_the_only_thing_on_standard_output(run: Run, write: Write) -> None:
    path = write("soruce: notes", malformed="x == yy", true=TRUE, false=FALSE)
    done = run("verify", path, "--json")
    document = json.loads(done.out)
    assert done.code == 2
    assert [result["verdict"] for result in document["results"]] == ["error", "proved", "refuted"]
    assert [fault["line"] for fault in document["faults"]] == [1]
    assert document["results"][0]["message"] == "yy is not declared"
    assert document["results"][1]["id"] == "it/true"
    assert document["summary"]["selected"] == 3
    assert "did you mean source?" in done.err


def test_two_runs_print_the_same_results(run: Run, write: Write) -> None:
    path = write(true=TRUE, false=FALSE)
    timeless = [
        [
            result | {"seconds": 0, "proof": None, "numeric": None}
            for result in json.loads(run("verify", path, "--json").out)["results"]
        ]
        for _ in range(2)
    ]
    assert timeless[0] == timeless[1]


def test_an_unknown_name_gets_a_suggestion(run: Run) -> None:
    done = run("verify", "seed/quadratic-from")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("no identity is called seed/quadratic-from; did you mean seed/quadratic-form")


def test_a_glob_that_selects_nothing_exits_with_5(run: Run) -> None:
    done = run("verify", "zzz*")
    assert (done.code, done.out, done.err) == (5, "", "nothing was selected\n")


def test_nothing_selected_is_still_a_document(run: Run) -> None:
    done = run("verify", "zzz*", "--json")
    assert done.code == 5
    assert json.loads(done.out)["summary"]["selected"] == 0


@pytest.mark.parametrize("is_json", [False, True], ids=["text", "json"])
def test_an_interrupted_run_reports_what_it_has_judged(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, is_json: bool
) -> None:
    def interrupted(judge: Judge, identities: Sequence[Identity], *_: object) -> Iterator[Result]:
        yield judge.do(identities[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(verification, "judge_all", interrupted)
    done = run("verify", write(one=TRUE, two=TRUE), *["--json"] * is_json)
    assert done.code == 130
    assert done.err == "interrupted: 1 of 2 judged\n"
    if is_json:
        document = json.loads(done.out)
        assert (document["interrupted"], document["summary"]["selected"]) == (True, 1)
    else:
        assert done.lines[-1].startswith("1 identity: 1 proved;")


def test_a_claim_that_overruns_is_undecided_and_the_run_goes_on(run: Run, write: Write) -> None:
    nested = f"{'softmax(' * 40}x{')' * 40} == x"
    done = run("verify", write(endless=nested, true=TRUE), "--time-limit", "0.2", "--json")
    endless, true = json.loads(done.out)["results"]
    assert (endless["verdict"], true["verdict"]) == ("undecided", "proved")
    assert endless["message"] == "stopped after 5.2 s"
    assert done.code == 3
