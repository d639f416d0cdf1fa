import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from matcalc.catalogue import Identity
from matcalc.errors import Place
from matcalc.results import Result, Verdict
from matcalc.workers import FEWEST_A_PROCESS, GIBIBYTE, GRACE, Limits, Stopped, Work, _serve, judge_all, work_through

ROOT = Path(__file__).parent.parent

SHORT = Limits(seconds=1.0, memory=GIBIBYTE // 4)
LONG = Limits(seconds=60.0)


def identity(number: int, claim: str = "x == x") -> Identity:
    return Identity(name=f"it/{number}", place=Place("it.yaml", number), claim=claim, where={})


def judge(identity: Identity) -> Result:
    """Not expected to be undecided: the title says in which process the verdict was reached."""
    return Result(
        identity.name, "it.yaml", identity.place.line, "", "mixed", "proved", Verdict.UNDECIDED, str(os.getpid())
    )


def sleep_long() -> None:
    time.sleep(60)


def loop_for_ever() -> None:
    while True:
        pass


def multiply_for_ever() -> None:
    """One call that no Python code can interrupt."""
    pow(3, 3**23)


def hoard() -> None:
    kept = []
    while True:
        kept.append(bytearray(1 << 24))


def ask_for_much() -> None:
    bytearray(GIBIBYTE)


def raise_an_error() -> None:
    raise ZeroDivisionError("by 0")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


MISDEEDS: dict[str, Callable[[], None]] = {
    misdeed.__name__: misdeed
    for misdeed in (sleep_long, loop_for_ever, multiply_for_ever, hoard, ask_for_much, die, raise_an_error)
}


def misbehave(identity: Identity) -> Result:
    """Do what the claim names, if it names something."""
    MISDEEDS.get(identity.claim, lambda: None)()
    return judge(identity)


MANY = [identity(number) for number in range(2 * FEWEST_A_PROCESS)]


@pytest.mark.parametrize(("identities", "jobs"), [(MANY, 1), (MANY[: 2 * FEWEST_A_PROCESS - 1], 2), (MANY[:1], 2)])
def test_little_work_is_done_by_one_process_that_can_be_ended(identities: list[Identity], jobs: int) -> None:
    results = list(judge_all(Work(judge), identities, jobs, LONG))
    assert [one.id for one in results] == [one.name for one in identities]
    (process,) = {one.title for one in results}
    assert process != str(os.getpid())


def test_no_work_needs_no_process() -> None:
    assert list(judge_all(Work(judge), [], 2, LONG)) == []


def together(identity: Identity) -> Result:
    """Done once two processes have left a trace in the folder that the claim names."""
    folder = Path(identity.claim)
    (folder / str(os.getpid())).touch()
    while len([*folder.iterdir()]) < 2:
        time.sleep(0.01)
    return judge(identity)


def test_much_work_is_shared_and_the_results_are_in_order(tmp_path: Path) -> None:
    identities = [identity(number, str(tmp_path)) for number in range(2 * FEWEST_A_PROCESS)]
    results = list(judge_all(Work(together), identities, 2, LONG))
    assert [one.id for one in results] == [one.name for one in identities]
    assert len({one.title for one in results}) == 2


@pytest.mark.parametrize("misdeed", ["loop_for_ever", "multiply_for_ever"])
@pytest.mark.parametrize(("count", "jobs"), [(3, 1), (2 * FEWEST_A_PROCESS, 2)], ids=["alone", "beside another"])
def test_a_claim_that_exceeds_its_time_is_stopped_alone(misdeed: str, count: int, jobs: int) -> None:
    identities = [identity(number, misdeed if number == 1 else "") for number in range(count)]
    results = list(judge_all(Work(misbehave), identities, jobs, SHORT))
    assert [one.id for one in results] == [one.name for one in identities]
    assert [one.id for one in results if one.message] == ["it/1"]
    assert (results[1].verdict, results[1].message) == (Verdict.UNDECIDED, "stopped after 1 s")
    assert results[1].seconds > 0.9


def test_a_claim_that_only_waits_is_stopped_too() -> None:
    identities = [identity(number, "sleep_long" if number == 1 else "") for number in range(3)]
    results = list(judge_all(Work(misbehave), identities, 1, Limits(seconds=0.2)))
    assert [one.message for one in results] == [None, "stopped after 2 s", None]


def rest(identity: Identity) -> Result:
    time.sleep(0.5)
    return judge(identity)


def test_the_seconds_of_a_claim_are_those_of_the_processor() -> None:
    """So the verdict is the same on a machine with other work to do; and each claim has its own."""
    results = list(judge_all(Work(rest), MANY[:4], 1, Limits(seconds=0.3)))
    assert [one.message for one in results] == [None] * 4


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell what is in use")
@pytest.mark.parametrize("misdeed", ["hoard", "ask_for_much"])
def test_a_claim_that_exceeds_its_memory_is_stopped_alone(misdeed: str) -> None:
    identities = [identity(number, misdeed if number == 1 else "") for number in range(3)]
    results = list(judge_all(Work(misbehave), identities, 1, Limits(60.0, GIBIBYTE // 4)))
    assert [one.message for one in results] == [None, "needed more than 0.25 GiB of memory", None]
    assert results[1].verdict is Verdict.UNDECIDED
    assert results[0].title != results[2].title, "what was cut short may have left something half done"


def test_a_process_that_dies_loses_no_other_identity() -> None:
    identities = [identity(number, "die" if number == 5 else "") for number in range(2 * FEWEST_A_PROCESS)]
    results = list(judge_all(Work(misbehave), identities, 2, LONG))
    assert [one.id for one in results] == [one.name for one in identities]
    (died,) = [one for one in results if one.verdict is Verdict.ERROR]
    assert (died.id, died.message) == ("it/5", "the process died while this claim was judged (it ended with -9)")


def test_an_error_of_the_program_is_told_and_loses_no_other_identity() -> None:
    identities = [identity(number, "raise_an_error" if number == 1 else "") for number in range(3)]
    results = list(judge_all(Work(misbehave), identities, 1, LONG))
    assert [one.message for one in results] == [
        None,
        "internal error, ZeroDivisionError: by 0; please report it with the claim",
        None,
    ]
    assert results[1].verdict is Verdict.ERROR


def test_what_comes_first_is_done_once_in_each_process() -> None:
    assert list(judge_all(Work(title_from_preparation, prepare=prepare), MANY[:2], 1, LONG))[1].title == "ready"


READY: list[str] = []


def prepare() -> None:
    READY.append("ready")


def title_from_preparation(identity: Identity) -> Result:
    return Result(identity.name, "", 0, "", "mixed", "proved", Verdict.UNDECIDED, " ".join(READY))


def test_nothing_is_imported_from_the_working_folder(tmp_path: Path) -> None:
    """A new interpreter would look there first, and a catalogue may come with a `pickle.py` of its own."""
    for module in ("multiprocessing", "pickle", "socket", "signal", "random", "tempfile", "torch", "sympy", "matcalc"):
        (tmp_path / f"{module}.py").write_text("open('imported', 'w').close()", encoding="utf-8")
    (tmp_path / "it.yaml").write_text("identities: [{id: a, claim: 1 == 1}]", encoding="utf-8")
    start = f"import sys; sys.path[0] = {str(ROOT)!r}; from matcalc.cli import main; main()"
    command = [sys.executable, "-c", start, "verify", "it.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "imported").exists()


def fail_to_start() -> None:
    raise SystemExit(3)


def test_a_process_that_cannot_start_is_no_endless_loop() -> None:
    with pytest.raises(ChildProcessError, match="a process could not be started"):
        list(judge_all(Work(judge, prepare=fail_to_start), MANY[:2], 1, LONG))


def first_slow(identity: Identity) -> Result:
    if identity.name == "it/0":
        time.sleep(60)
    if identity.name == "it/9":
        os.kill(int(identity.claim), signal.SIGINT)
        time.sleep(60)
    return judge(identity)


def test_an_interrupt_hands_over_what_is_judged_and_ends_the_processes() -> None:
    identities = [*MANY[:9], identity(9, str(os.getpid())), *MANY[10:]]
    judged: list[Result | Stopped] = []
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        judged.extend(work_through(Work(first_slow), identities, 2, LONG))
    results = [one for one in judged if isinstance(one, Result)]
    assert [one.id for one in results] == [f"it/{number}" for number in range(1, 9)]
    assert time.monotonic() - start < 30
    for process in {int(one.title) for one in results}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_process_whose_main_process_has_gone_ends_quietly(capfd: pytest.CaptureFixture[str]) -> None:
    context = get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=_serve, args=(far, Work(judge), LONG))
    process.start()
    far.close()
    near.close()
    process.join(60)
    assert process.exitcode == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("asked", "stopped"), [(0.1, 0.1 + GRACE), (10.0, 15.0), (60.0, 90.0)])
def test_a_claim_has_a_grace_beyond_the_time_it_was_asked_to_keep(asked: float, stopped: float) -> None:
    assert Limits.beyond(asked).seconds == pytest.approx(stopped)
