import pytest

from matcalc.results import Result, Verdict


@pytest.mark.parametrize(
    ("expect", "satisfied_by"),
    [
        ("proved", {"proved"}),
        ("refuted", {"refuted"}),
        ("proved-at-sizes", {"proved-at-sizes", "proved"}),
        ("undecided", {"undecided", "proved-at-sizes", "proved"}),
    ],
)
@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_as_expected_or_stronger_in_the_same_direction(
    expect: str, satisfied_by: set[str], verdict: Verdict
) -> None:
    result = Result("a/b", "a.yaml", 1, "x == x", "mixed", expect, verdict)
    assert result.as_expected is (verdict.value in satisfied_by)
