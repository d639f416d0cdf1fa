"""When the time of a search is over."""

from time import process_time

from matcalc.prover.trace import Deadline


def worked(seconds: float) -> None:
    end = process_time() + seconds
    while process_time() < end:
        pass


def test_a_deadline_is_over_when_the_processor_has_worked_so_long() -> None:
    deadline = Deadline.after(0.02)
    assert not deadline.is_over()
    worked(0.03)
    assert deadline.is_over()
    assert deadline.left == 0


def test_a_share_of_a_deadline_is_over_before_it() -> None:
    deadline = Deadline.after(5)
    share = deadline.share(1 / 100)
    worked(0.06)
    assert share.is_over()
    assert not deadline.is_over()
