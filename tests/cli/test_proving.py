import json

from tests.command_line import FALSE, TRUE, Run, Write


def test_the_page_goes_from_the_statement_to_the_evidence(run: Run) -> None:
    done = run("prove", "seed/quadratic-form")
    assert done.code == 0
    assert done.lines[:7] == [
        "seed/quadratic-form: Gradient of a quadratic form",
        "",
        "    ∇ₓ (xᵀ A x) = (A + Aᵀ) x",
        "",
        "    x ∈ ℝⁿ",
        "    A ∈ ℝⁿˣⁿ",
        "    in mixed layout",
    ]
    assert any("product rule" in line for line in done.lines)
    assert any(line.endswith("∎") for line in done.lines)
    assert done.lines[-1] == "Not cross-checked here: add --check."


def test_with_a_check_the_page_ends_in_the_verdict(run: Run) -> None:
    done = run("prove", "seed/quadratic-form", "--check")
    assert done.code == 0
    assert done.lines[-1] == "Proved: the derivation and the cross-check agree."
    assert done.lines[-2].startswith("Cross-check: autograd agrees at ")


def test_several_pages_are_set_apart(run: Run) -> None:
    done = run("prove", "seed/linear-map", "seed/quadratic-form")
    assert done.out.count("Not cross-checked here") == 2
    assert "\n\nseed/quadratic-form: " in done.out


def test_a_refuted_claim_shows_its_counterexample_in_full(run: Run, write: Write) -> None:
    done = run("prove", write(false=FALSE))
    assert done.code == 1
    assert "Refuted: the sides differ at" in done.lines
    assert any(line.startswith("    left = [") for line in done.lines)
    assert "∎" not in done.out


def test_sides_of_different_shapes_are_named_with_the_layout_that_fits(run: Run) -> None:
    done = run("prove", "seed/norm-squared-row-mixed", "--check")
    assert done.code == 0
    assert done.lines[-3:] == [
        "Refuted, as the entry expects: the sides have different shapes: n×1 and 1×n",
        "",
        "Suggestion: it holds in numerator layout.",
    ]


def test_an_undecided_claim_says_what_is_missing(run: Run, write: Write) -> None:
    done = run("prove", write(open="log(-1 - x.T @ x) == 2 * log(-1 - x.T @ x)"))
    assert done.code == 3
    assert any(line.startswith("Undecided: not proved: ") for line in done.lines)


def test_a_malformed_claim_is_a_fault(run: Run, write: Write) -> None:
    done = run("prove", write(typo="x == yy"))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("it.yaml:6:17: it/typo: yy is not declared")


def test_a_derivation_alone_is_no_verdict_in_json(run: Run, write: Write) -> None:
    path = write(true=TRUE)
    (record,) = json.loads(run("prove", path, "--json").out)["results"]
    assert (record["verdict"], record["numeric"]) == (None, None)
    assert record["statement"] == "∇ₓ (xᵀ A x) = (A + Aᵀ) x"
    assert record["proof"]["scope"] == "all sizes"
    assert any("product rule" in line for line in record["derivation"])
    (checked,) = json.loads(run("prove", path, "--check", "--json").out)["results"]
    assert checked["verdict"] == "proved"


def test_an_unknown_name_gets_a_suggestion(run: Run) -> None:
    done = run("prove", "gradient-from-partials")
    assert (done.code, done.out) == (2, "")
    assert done.err == "no identity is called gradient-from-partials; did you mean seed/gradient-from-partials?\n"


def test_a_page_that_takes_too_long_says_so(run: Run, write: Write) -> None:
    nested = f"{'softmax(' * 40}x{')' * 40} == x"
    done = run("prove", write(endless=(nested, "title: Nested")), "--time-limit", "0.2")
    assert done.code == 3
    assert done.lines == ["it/endless: Nested", "", "Undecided: stopped after 5.2 s."]


def test_sizes_that_take_too_long_say_so(run: Run, write: Write) -> None:
    nested = f"{'expm(' * 3}A{')' * 3} @ x == x"
    done = run("prove", write(endless=nested), "--time-limit", "0.2", "--sizes", "n=4")
    assert done.code == 3
    assert done.lines[0] == "it/endless"
