import os
import signal

import pytest

from matcalc.catalogue import Identity
from matcalc.errors import Place
from matcalc.results import Result, Verdict
from matcalc.workers import FEWEST_A_PROCESS, judge_all


def identity(number: int) -> Identity:
    return Identity(name=f"it/{number}", place=Place("it.yaml", number), claim="x == x", where={})


def judge(identity: Identity) -> Result:
    """Not expected to be undecided: the verdict says in which process it was reached."""
    return Result(
        identity.name, "it.yaml", identity.place.line, "", "mixed", "proved", Verdict.UNDECIDED, str(os.getpid())
    )


def judge_or_die(identity: Identity) -> Result:
    if identity.name == "it/5":
        os.kill(os.getpid(), signal.SIGKILL)
    return judge(identity)


MANY = [identity(number) for number in range(2 * FEWEST_A_PROCESS)]


@pytest.mark.parametrize(("identities", "jobs"), [(MANY, 1), (MANY[: 2 * FEWEST_A_PROCESS - 1], 2), ([], 2)])
def test_little_work_is_done_in_this_process(identities: list[Identity], jobs: int) -> None:
    results = list(judge_all(judge, identities, jobs))
    assert [one.id for one in results] == [one.name for one in identities]
    assert {one.title for one in results} <= {str(os.getpid())}


def test_much_work_is_shared_and_the_results_are_in_order() -> None:
    results = list(judge_all(judge, MANY, 2))
    assert [one.id for one in results] == [one.name for one in MANY]
    assert str(os.getpid()) not in {one.title for one in results}


def test_a_process_that_dies_loses_no_identity() -> None:
    results = list(judge_all(judge_or_die, MANY, 2))
    assert [one.id for one in results] == [one.name for one in MANY]
    died = [one for one in results if one.verdict is Verdict.ERROR]
    assert "it/5" in [one.id for one in died]
    assert all("a process died" in str(one.message) for one in died)
