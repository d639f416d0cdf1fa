"""`explain` tells what a rule states; `prove --axioms` does so for every rule that a proof rests on."""

import json

from tests.command_line import Run


def test_a_rule_has_its_statement_its_condition_and_its_source(run: Run) -> None:
    done = run("explain", "Delta Contraction", "product rule")
    assert done.code == 0
    assert done.lines[:3] == ["delta contraction", "", "    Σ_a δ_ab f(a) = f(b)"]
    assert "  holds    a and b range over the same size" in done.lines
    assert "  source   Magnus and Neudecker 2019, Matrix Differential Calculus, section 1.2" in done.lines
    assert "  holds    always" in done.lines


def test_without_a_name_every_rule_has_a_line(run: Run) -> None:
    done = run("explain")
    assert done.code == 0
    assert any(line.startswith("induction ") for line in done.lines)
    assert len(done.lines) > 100


def test_a_misspelt_name_is_answered_with_the_near_ones(run: Run) -> None:
    done = run("explain", "prodct rule")
    assert done.code == 5
    assert "no rule is called 'prodct rule'; did you mean product rule" in done.err


def test_the_document_has_every_field(run: Run) -> None:
    (rule,) = json.loads(run("explain", "linearity", "--json").out)["rules"]
    assert rule["statement"] == "∂(Σ c t)/∂X = Σ c ∂t/∂X"
    assert rule["example"]


def test_the_axioms_of_a_proof_are_the_rules_that_it_rests_on(run: Run) -> None:
    done = run("prove", "seed/quadratic-form", "--axioms")
    start = done.lines.index("The proof asks you to believe")
    names = [line.strip() for line in done.lines[start + 1 :] if line.startswith("  ") and line[2] != " "]
    stated = next(line for line in done.lines if line.startswith("Rests on: "))
    assert names[0] in stated
    assert "renaming and collecting" in names
