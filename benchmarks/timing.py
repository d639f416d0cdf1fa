"""Times and what they come to: quantiles, rates, and the exponent of growth."""

import math
import time
from collections.abc import Callable, Sequence


def best_of(repeats: int, work: Callable[[], object]) -> float:
    """The shortest of several times of the work, in seconds of this process's processor: other load counts little."""
    return min(_seconds(work) for _ in range(repeats))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def quantile(times: Sequence[float], share: float) -> float:
    """The smallest of the times that at least this share of them does not exceed."""
    ordered = sorted(times)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The p for which c·size^p fits the times best: the least-squares slope of log time over log size."""
    xs, ys = [math.log(size) for size in sizes], [math.log(seconds) for seconds in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
