"""`derive` prints a derivative once it is proved and cross-checked; what it is not given or cannot do it says."""

import json

import pytest

from matcalc.cli.app import FORMATS as OFFERED
from matcalc.report.formats import FORMATS
from tests.command_line import Run

WHERE = ("--where", "A=matrix(m, n)", "--where", "x=vector(n)", "--where", "b=vector(m)", "--where", "X=matrix(n, n)")


def test_the_page_has_the_equation_its_symbols_and_the_evidence(run: Run) -> None:
    done = run("derive", "norm(A @ x - b)**2", "--wrt", "x", *WHERE)
    assert done.code == 0
    assert done.lines[0] == "D(norm(A @ x - b) ** 2, x) = 2 * A.T @ (A @ x - b)"
    assert "    ∇ₓ ‖A x − b‖² = 2 Aᵀ (A x − b)" in done.lines
    assert "    in mixed layout" in done.lines
    assert done.lines[-1] == "Proved: the derivation and the cross-check agree."
    assert "Left side" not in done.out


def test_the_second_order_has_a_gradient_and_a_hessian(run: Run) -> None:
    done = run("derive", "logsumexp(x)", "--wrt", "x", "--where", "x=vector(n)", "--order", "2", "--steps")
    assert done.code == 0
    assert "grad(logsumexp(x), x) = softmax(x)" in done.lines
    assert "hessian(logsumexp(x), x) = diag(softmax(x)) - softmax(x) @ softmax(x).T" in done.lines
    assert done.out.count("Left side") == 2


def test_what_is_not_declared_is_assumed_and_said(run: Run) -> None:
    done = run("derive", "sum(log(1 + exp(-y * (X @ w))))", "--wrt", "w")
    assert done.lines[0].endswith("= -X.T @ (y * sigmoid(-y * (X @ w)))")
    assert "Not declared, and so taken to be y: vector(n), X: matrix(n, m), w: vector(m)." in done.lines


@pytest.mark.parametrize(
    ("expression", "equation"),
    [
        ("norm2(A*x-y)^2", "D(norm(A @ x - y) ** 2, x) = 2 * A.T @ (A @ x - y)"),
        ("½ xᵀAx", "D(1 / 2 * x.T @ A @ x, x) = (A + A.T) @ x / 2"),
        (r"\lVert A x - b \rVert^2", "D(norm(A @ x - b) ** 2, x) = 2 * A.T @ (A @ x - b)"),
    ],
)
def test_an_expression_may_be_written_as_on_paper(run: Run, expression: str, equation: str) -> None:
    assert run("derive", expression, "--wrt", "x").lines[0] == equation


def test_the_layout_is_that_asked_for(run: Run) -> None:
    done = run("derive", "logdet(X)", "--wrt", "X", *WHERE, "--layout", "numerator")
    assert done.lines[0] == "D(logdet(X), X) = inv(X)"


def test_the_document_has_the_value_and_the_result(run: Run) -> None:
    done = run("derive", "trace(X)", "--wrt", "X", *WHERE, "--json")
    (record,) = json.loads(done.out)["derivatives"]
    assert (record["value"], record["layout"], record["message"]) == ("eye(n)", "mixed", None)
    assert record["result"]["verdict"] == "proved"
    assert record["result"]["numeric"]["agrees"] is True


EQUATIONS = {
    "unicode": "∇ₓ ‖A x − b‖² = 2 Aᵀ (A x − b)",
    "latex": r"\nabla_{x} \lVert A x - b \rVert^{2} = 2 A^\top (A x - b)",
}


@pytest.mark.parametrize(("form", "equation"), EQUATIONS.items())
def test_an_equation_comes_alone(run: Run, form: str, equation: str) -> None:
    done = run("derive", "norm(A @ x - b)**2", "--wrt", "x", *WHERE, "--format", form)
    assert (done.code, done.lines, done.err) == (0, [equation], "")


def test_markdown_has_a_heading_the_equation_the_symbols_and_the_evidence(run: Run) -> None:
    done = run("derive", "norm(A @ x - b)**2", "--wrt", "x", *WHERE[:6], "--format", "markdown")
    assert done.code == 0
    assert done.lines == [
        "## Derivative of `norm(A @ x - b) ** 2`",
        "",
        "$$",
        EQUATIONS["latex"],
        "$$",
        "",
        "- A ∈ ℝᵐˣⁿ",
        "- x ∈ ℝⁿ",
        "- b ∈ ℝᵐ",
        "- in mixed layout",
        "",
        "Proved by matcalc for all sizes; the kernel replayed the derivation. Autograd agrees at 16 points.",
    ]


def test_code_says_what_it_is_and_what_it_assumes(run: Run) -> None:
    done = run("derive", "logdet(X)", "--wrt", "X", *WHERE, "--format", "jax")
    assert done.code == 0
    assert done.lines == [
        "import jax.numpy as jnp",
        "",
        "",
        "def derivative(X):",
        '    """D(logdet(X), X) == inv(X).T in mixed layout.',
        "",
        "    Proved by matcalc for all sizes, assuming X invertible; this code was written from the equation.",
        "    Shapes: X n×n; the value n×n. Arrays of floats, in two dimensions; vectors are columns.",
        '    """',
        "    n = X.shape[0]",
        "    assert X.shape == (n, n)",
        "    return jnp.linalg.inv(X).T",
    ]


@pytest.mark.parametrize(("form", "prefix"), [("numpy", "np"), ("torch", "torch")])
def test_gradient_and_hessian_are_two_functions_of_one_program(run: Run, form: str, prefix: str) -> None:
    done = run("derive", "sum(exp(x))", "--wrt", "x", "--where", "x=vector(n)", "--order", "2", "--format", form)
    assert done.code == 0
    assert done.out.count(f"import {form}") == 1
    assert [line for line in done.lines if line.startswith("def ")] == ["def gradient(x):", "def hessian(x):"]
    assert done.lines[-1] == f"    return {prefix}.diag({prefix}.ravel({prefix}.exp(x)))"
    compile(done.out, "it", "exec")


def test_what_has_no_code_is_told_apart_from_the_code(run: Run) -> None:
    where = ("--where", "x=vector(n)", "--where", "f=function")
    done = run("derive", "sum(f(x))", "--wrt", "x", *where, "--format", "numpy")
    assert (done.code, done.out, done.err) == (3, "", "No code for numpy: f is an arbitrary function.\n")


def test_what_is_not_derived_is_told_apart_from_an_equation(run: Run) -> None:
    done = run("derive", "trace(pinv(X))", "--wrt", "X", *WHERE, "--format", "latex")
    assert (done.code, done.out) == (3, "")
    assert done.err == "Not derived: no rule for whole matrices yet for pinv.\n"


def test_json_is_a_format_like_the_others(run: Run) -> None:
    done = run("derive", "trace(X)", "--wrt", "X", *WHERE, "--format", "json")
    assert [record["value"] for record in json.loads(done.out)["derivatives"]] == ["eye(n)"]


def test_every_format_is_offered() -> None:
    assert {"text", "json", *FORMATS} == set(OFFERED)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--steps", "--format", "latex"), "--steps prints a derivation as text: leave out --steps, or --format latex"),
        (("--json", "--format", "torch"), "--json is the same as --format json: leave out --json, or --format torch"),
        (("--format", "word"), "'word' is not one of 'text', 'unicode', 'latex',"),
    ],
)
def test_options_that_do_not_go_together_are_refused(run: Run, options: tuple[str, ...], message: str) -> None:
    done = run("derive", "trace(X)", "--wrt", "X", *WHERE, *options)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_what_is_out_of_reach_says_so(run: Run) -> None:
    done = run("derive", "trace(pinv(X))", "--wrt", "X", *WHERE)
    assert done.code == 3
    assert done.lines == ["Not derived: no rule for whole matrices yet for pinv."]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("trace(X", "--wrt", "X"), "    trace(X\n         ^", id="a bracket left open"),
        pytest.param(("X @", "--wrt", "X"), "    X @", id="nothing behind an operator"),
        pytest.param(("trace(X)", "--wrt", "Z"), "Z stands neither in the expression nor", id="no such variable"),
        pytest.param(("trace(x)", "--wrt", "x"), "trace", id="shapes that do not fit"),
        pytest.param(("X == X", "--wrt", "X"), "that is no derivative; give one expression", id="an equation"),
        pytest.param(("X", "--wrt", "X) == D(X, X"), "X) == D(X, X stands neither", id="an equation by which"),
        pytest.param(("X", "--wrt", "X", "--where", "X"), "'X' declares nothing; write NAME=DECLARATION", id="no type"),
        pytest.param(("X", "--wrt", "X", *WHERE[:2], *WHERE[:2]), "A has two declarations", id="declared twice"),
    ],
)
def test_faults_are_told_where_they_stand(run: Run, arguments: tuple[str, ...], message: str) -> None:
    done = run("derive", *arguments, *(WHERE[-2:] if "--where" not in arguments else ()))
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
