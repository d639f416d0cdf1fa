import pytest

from benchmarks.timing import best_of, exponent, quantile


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.95, 4), (1.0, 4), (0.25, 1), (0.26, 2)])
def test_a_quantile_is_the_smallest_time_that_covers_the_share(share: float, value: float) -> None:
    assert quantile([4, 1, 3, 2], share) == value


@pytest.mark.parametrize("power", [0, 1, 2.5])
def test_the_exponent_of_a_power_is_found(power: float) -> None:
    assert exponent([4, 8, 16], [3 * size**power for size in (4, 8, 16)]) == pytest.approx(power)


def test_the_work_is_done_as_often_as_asked() -> None:
    calls: list[int] = []
    assert best_of(3, lambda: calls.append(1)) >= 0
    assert len(calls) == 3
