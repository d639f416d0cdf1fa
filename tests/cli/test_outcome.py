import pytest

from matcalc.cli.outcome import ExitCode, exit_code, selection_code
from matcalc.errors import Fault
from matcalc.results import Result, Verdict

FAULT = Fault("bad")


def result(verdict: str, expect: str = "proved", faults: tuple[Fault, ...] = ()) -> Result:
    return Result("a/b", "a.yaml", 1, "x == x", "mixed", expect, Verdict(verdict), faults=faults)


@pytest.mark.parametrize(
    ("results", "faults", "code"),
    [
        pytest.param([result("proved")], [], 0, id="proved"),
        pytest.param([result("refuted", "refuted")], [], 0, id="refuted as expected"),
        pytest.param([result("proved", "undecided")], [], 0, id="better than expected"),
        pytest.param([result("proved", "proved-at-sizes")], [], 0, id="proved where sizes were expected"),
        pytest.param([result("refuted")], [], 1, id="refuted that should hold"),
        pytest.param([result("refuted", "undecided")], [], 1, id="refuted that was thought open"),
        pytest.param([result("proved", "refuted")], [], 1, id="holds that should be refuted"),
        pytest.param([result("proved-at-sizes", "refuted")], [], 1, id="holds at sizes"),
        pytest.param([result("error")], [], 1, id="the engines disagree"),
        pytest.param([result("error", faults=(FAULT,))], [], 2, id="malformed claim"),
        pytest.param([result("proved")], [FAULT], 2, id="unreadable catalogue"),
        pytest.param([], [FAULT], 2, id="nothing but a fault"),
        pytest.param([result("undecided")], [], 3, id="undecided"),
        pytest.param([result("undecided", "refuted")], [], 3, id="undecided that should be refuted"),
        pytest.param([result("proved-at-sizes")], [], 3, id="weaker than expected"),
        pytest.param([], [], 5, id="nothing selected"),
        pytest.param([result("undecided"), result("refuted")], [], 1, id="wrong outranks undecided"),
        pytest.param([result("refuted"), result("error", faults=(FAULT,))], [], 2, id="faults outrank wrong"),
    ],
)
def test_the_exit_code_follows_the_worst_outcome(results: list[Result], faults: list[Fault], code: int) -> None:
    assert exit_code(results, faults) == code


def test_a_selection_is_faulty_empty_or_well() -> None:
    assert selection_code([1], [FAULT]) is ExitCode.FAULTY
    assert selection_code([], []) is ExitCode.NOTHING_SELECTED
    assert selection_code([1], []) is ExitCode.AS_EXPECTED
