"""`prove --sizes` writes claims out by entries; sizes that do not fit are answered with the mend."""

import json

import pytest

from tests.command_line import FALSE, TRUE, Run, Write


def test_the_page_shows_generic_matrices_and_their_derivatives(run: Run) -> None:
    done = run("prove", "seed/quadratic-form", "--sizes", "n=2")
    assert done.code == 0
    assert "    A = [ A₁₁  A₁₂ ]" in done.lines
    assert "    ∂/∂x₁  2 x₁ A₁₁ + x₂ A₁₂ + x₂ A₂₁" in done.lines
    assert done.lines[-1].startswith("Every entry agrees at n=2")


def test_what_does_not_agree_exits_with_3_unless_that_is_expected(run: Run, write: Write) -> None:
    assert run("prove", write(false=FALSE), "--sizes", "n=2").code == 3
    expected = run("prove", write(false=(FALSE, "expect: refuted")), "--sizes", "n=2")
    assert expected.code == 0
    assert expected.lines[-1] == "2 entries are not found equal at n=2: (1, 1), (2, 1)."


def test_what_is_out_of_reach_says_so(run: Run, write: Write) -> None:
    done = run("prove", write(power="expm(A) @ A == A @ expm(A)"), "--sizes", "n=2")
    assert done.code == 3
    assert done.lines[-1] == "Not written out: the exponential of a generic matrix."


def test_fixed_sizes_need_none(run: Run, write: Write) -> None:
    done = run("prove", write(scalar="2 * 3 == 6"), "--sizes", "")
    assert done.code == 0
    assert "The sides agree at the given sizes" in done.out


def test_the_document_has_the_entries_in_the_language(run: Run) -> None:
    done = run("prove", "seed/quadratic-form", "--sizes", "n=2", "--json")
    (record,) = json.loads(done.out)["expansions"]
    assert record["id"] == "seed/quadratic-form"
    assert record["expansion"]["numbers"] == {"n": 2}
    assert record["expansion"]["derivatives"][0]["by_entries"] == ["x[1]", "x[2]"]
    assert record["expansion"]["agrees"] == [[True], [True]]


@pytest.mark.parametrize(
    ("sizes", "line"),
    [
        ("m=2,n=3", "m is no size or integer of this claim; it has n"),
        ("n=9", "n = 9 is out of range; choose a size from 1 to 5"),
        ("", "the size n has no value; add n=2 to --sizes"),
    ],
)
def test_sizes_that_do_not_fit_the_claim_are_faults_of_the_identity(
    run: Run, write: Write, sizes: str, line: str
) -> None:
    done = run("prove", write(true=TRUE), "--sizes", sizes)
    assert done.code == 2
    assert line in done.err


@pytest.mark.parametrize(
    ("sizes", "line"),
    [
        ("n", "'n' is no size; write NAME=NUMBER, as in n=2,m=3"),
        ("n=two", "'n=two' is no size; write NAME=NUMBER, as in n=2,m=3"),
        ("n=2,n=3", "n has two values"),
    ],
)
def test_malformed_sizes_are_a_usage_error(run: Run, sizes: str, line: str) -> None:
    done = run("prove", "seed/quadratic-form", "--sizes", sizes)
    assert done.code == 2
    assert line in done.err


def test_nothing_selected_is_told(run: Run) -> None:
    done = run("prove", "seed/no-such-*", "--sizes", "n=2")
    assert done.code == 5
    assert "nothing was selected" in done.err
