import pytest

from matcalc.errors import Fault
from matcalc.report.lines import Columns, details, result_line, summary_line
from matcalc.results import NumericCheck, Result, Verdict
from tests.report.samples import REFUTED, RESULT, result

WIDE = Columns(verdict=9, name=10)


def test_a_proved_identity_on_one_line() -> None:
    assert result_line(RESULT, WIDE).plain == "✓ proved     seed/one    all sizes  8 points, error 2e-16     0.01 s"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param({"verdict": Verdict.REFUTED, "proof": None}, "✗ refuted    seed/one    by shape", id="by shape"),
        pytest.param({"verdict": Verdict.UNDECIDED, "proof": None}, "? undecided  seed/one", id="undecided"),
        pytest.param(
            {"verdict": Verdict.ERROR, "proof": None, "faults": (Fault("bad"),)},
            "✗ error      seed/one    1 fault",
            id="faulty",
        ),
        pytest.param({"expect": "refuted"}, "✗ proved     seed/one    all sizes", id="proved against expectation"),
        pytest.param({"expect": "undecided"}, "✓ proved     seed/one    all sizes", id="better than expected"),
    ],
)
def test_the_mark_tells_expected_open_and_wrong_apart(changes: dict[str, object], line: str) -> None:
    narrow = Columns(verdict=9, name=10, line=40)
    assert result_line(result(numeric=None, seconds=0.0, **changes), narrow).plain == line


def test_a_counterexample_names_its_sizes() -> None:
    assert "  at n=2  " in result_line(REFUTED, WIDE).plain


@pytest.mark.parametrize("width", range(5, 80, 5))
def test_a_narrow_terminal_loses_columns_and_never_a_verdict_or_a_name(width: int) -> None:
    columns = Columns.fitting(["seed/one"], ["proved"], width)
    line = result_line(RESULT, columns).plain
    assert line.startswith("✓ proved     seed/one")
    assert len(line) <= max(width, len("✓ proved     seed/one"))


def test_columns_are_as_wide_as_the_names_and_the_verdicts_to_come() -> None:
    assert Columns.fitting(["a/b", "a/long"], ["proved", "refuted"]) == Columns(9, 6, None)
    assert Columns.fitting(["a/b"], ["proved-at-sizes"]) == Columns(15, 3, None)
    assert Columns.fitting([], []) == Columns(9, 0, None)


def test_an_expected_verdict_needs_no_details() -> None:
    assert details(RESULT) == []


def test_a_better_verdict_than_expected_is_reported() -> None:
    assert details(result(expect="undecided")) == ["      better than expected: the entry may now say `expect: proved`"]


def test_an_unexpected_refutation_shows_its_evidence() -> None:
    told = result(
        verdict=REFUTED.verdict, counterexample=REFUTED.counterexample, message="why", suggestion="holds elsewhere"
    )
    assert details(told) == [
        "      why",
        "      at n=2, x = [1; 0]: left [0; 1], right [0; 1/3]",
        "      holds elsewhere",
    ]


def test_details_are_broken_to_the_width() -> None:
    rows = details(result(verdict=Verdict.UNDECIDED, message="word " * 20), 40)
    assert len(rows) == 3
    assert all(row.startswith("      word") and len(row) <= 40 for row in rows)


def test_no_terminal_is_too_narrow_for_details() -> None:
    assert details(result(verdict=Verdict.UNDECIDED, message="word"), 1) == ["      word"]


@pytest.mark.parametrize(
    ("results", "faults", "line"),
    [
        pytest.param([RESULT], 0, "1 identity: 1 proved; all as expected (0.4 s)", id="one"),
        pytest.param(
            [RESULT, result(verdict=Verdict.ERROR), result(verdict=Verdict.ERROR)],
            2,
            "3 identities: 1 proved, 2 errors; 2 not as expected, 2 faults in the catalogue (0.4 s)",
            id="errors",
        ),
        pytest.param(
            [RESULT, result(expect="refuted", verdict=Verdict.REFUTED)],
            0,
            "2 identities: 1 proved, 1 refuted; all as expected (0.4 s)",
            id="an expected refutation",
        ),
    ],
)
def test_the_summary_counts_verdicts_and_surprises(results: list[Result], faults: int, line: str) -> None:
    assert summary_line(results, faults, 0.42).plain == line


def test_no_error_at_all_is_written_as_zero() -> None:
    exact = result(numeric=NumericCheck(True, 1, ({"n": 3},), 0.0, 0.0))
    assert "1 point, error 0 " in result_line(exact, WIDE).plain
