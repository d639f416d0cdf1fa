"""`matcalc prove CLAIM`: what is assumed is shown, and the rest is as for an identity."""

import json

import pytest

from tests.command_line import FALSE, TRUE, Run, Write

ASSUMED = "Not declared, and so taken to be x: vector(n), A: matrix(n, n)."


def test_a_claim_is_proved_like_an_identity_and_its_assumptions_are_shown(run: Run) -> None:
    done = run("prove", TRUE)
    assert (done.code, done.err) == (0, "")
    assert done.lines[:5] == ["claim", "", ASSUMED, "", "    ∇ₓ (xᵀ A x) = (A + Aᵀ) x"]
    assert done.lines[5:] == run("prove", "seed/quadratic-form").lines[3:]


def test_a_false_claim_gets_a_counterexample_and_a_suggestion(run: Run) -> None:
    done = run("prove", FALSE, "--check")
    assert done.code == 1
    assert ASSUMED in done.lines
    assert "Refuted: the sides differ at" in done.lines
    assert done.lines[-1].startswith("Suggestion: it holds if A is symmetric")


def test_what_is_declared_is_not_assumed(run: Run) -> None:
    done = run("prove", FALSE, "--where", "A=matrix(n, n) symmetric", "--where", "x = vector(n)")
    assert done.code == 0
    assert "taken to be" not in done.out
    assert "    A ∈ ℝⁿˣⁿ symmetric" in done.lines


def test_the_layout_is_that_of_the_claim(run: Run) -> None:
    claim = "D(norm(x)**2, x) == 2 * x.T"
    assert run("prove", claim).code == 1
    done = run("prove", claim, "--layout", "numerator")
    assert (done.code, "    in numerator layout" in done.lines) == (0, True)


def test_an_open_claim_is_undecided(run: Run) -> None:
    assert run("prove", "log(-1 - x.T @ x) == 2 * log(-1 - x.T @ x)").code == 3


FAULTS = (
    (["yy == x"], 2, "claim: yy is not declared; add yy to where\n    yy == x\n    ^^\n"),
    (["x @ y == 1"], 2,
     "claim: x @ y joins 1 column to m rows; write x @ y.T for the outer product, "
     "or declare otherwise what was assumed, x: vector(n), y: vector(m)\n    x @ y == 1\n      ^\n"),
    (["A == A", "--where", "A=matrixx(n)"], 2, "claim: matrixx is no type; did you mean matrix?\n"),
)  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "error"), FAULTS, ids=[row[0][0] for row in FAULTS])
def test_a_fault_has_its_caret_and_exit_code(run: Run, arguments: list[str], code: int, error: str) -> None:
    done = run("prove", *arguments)
    assert done.code == code
    assert done.err.startswith(error)


USAGE = (
    (["seed/quadratic-form", "--where", "A=scalar"], "--where and --layout go with a claim"),
    (["seed/quadratic-form", "--layout", "mixed"], "--where and --layout go with a claim"),
    (["A == A", "--where", "A"], "'A' declares nothing; write NAME=DECLARATION"),
    (["A == A", "--where", "A=scalar", "--where", "A=scalar"], "A has two declarations"),
    (["A == A", "--layout", "mixd"], "'mixd' is not one of"),
)


@pytest.mark.parametrize(("arguments", "message"), USAGE, ids=[row[1] for row in USAGE])
def test_options_without_a_meaning_are_usage_errors(run: Run, arguments: list[str], message: str) -> None:
    done = run("prove", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_json_lists_what_was_assumed(run: Run) -> None:
    (record,) = json.loads(run("prove", TRUE, "--json").out)["results"]
    assert (record["id"], record["file"], record["claim"]) == ("claim", "", TRUE)
    assert record["assumed"] == {"x": "vector(n)", "A": "matrix(n, n)"}
    assert any("product rule" in line for line in record["derivation"])
    (known,) = json.loads(run("prove", "seed/quadratic-form", "--json").out)["results"]
    assert known["assumed"] == {}


def test_json_lists_the_faults_of_a_claim(run: Run) -> None:
    document = json.loads(run("prove", "yy == x", "--json").out)
    (record,) = document["results"]
    assert (record["verdict"], record["faults"][0]["span"], record["faults"][0]["text"]) == ("error", [0, 2], "yy == x")


def test_claims_and_identities_go_together(run: Run, write: Write) -> None:
    done = run("prove", "A == A", write(true=TRUE), "x == x")
    titles = [line for line in done.lines if line in ("claim-1", "it/true", "claim-2")]
    assert (done.code, titles) == (0, ["claim-1", "it/true", "claim-2"])


def test_a_claim_is_written_out_at_sizes(run: Run) -> None:
    done = run("prove", "A @ x == A @ x", "--sizes", "n=2,m=1")
    assert done.code == 0
    assert done.lines[2] == "Not declared, and so taken to be A: matrix(n, m), x: vector(m)."
    assert "Every entry agrees at n=2, m=1" in done.lines[-1]
