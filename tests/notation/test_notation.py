"""All notations are read into the trees of the language: the same claims, with places in the text as typed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from matcalc.errors import MatcalcError
from matcalc.language import parse_claim, parse_expression
from matcalc.language.nodes import Expression
from matcalc.language.parser import elaborate_sides
from matcalc.language.tokens import MAX_LENGTH
from matcalc.language.trees import MAX_NESTING, walk
from matcalc.notation import Form, parse, python_form, settle, understand
from tests.notation.samples import LATEX, MATRIXCALCULUS, PAPER, TEXTS, WHERE, faults


def typed(text: str, form: Form | None = None) -> tuple[Expression, ...]:
    return elaborate_sides(text, settle(parse(text, WHERE, form), WHERE).sides, WHERE)[0]


def expected(python: str) -> tuple[Expression, ...]:
    return parse_claim(python, WHERE).sides if "==" in python else (parse_expression(python, WHERE)[0],)


@pytest.mark.parametrize(("text", "python"), TEXTS, ids=[row[0] for row in TEXTS])
def test_a_text_says_the_same_as_its_python_form(text: str, python: str) -> None:
    assert typed(text) == expected(python)


@pytest.mark.parametrize(("text", "python"), TEXTS, ids=[row[0] for row in TEXTS])
def test_what_is_given_in_the_python_form_is_read_as_the_same_claim(text: str, python: str) -> None:
    assert expected(python_form(parse(text, WHERE), WHERE)) == expected(python)


@pytest.mark.parametrize("text", [row[0] for row in TEXTS])
def test_every_part_of_a_tree_has_its_place_inside_the_text(text: str) -> None:
    sides = parse(text, WHERE).sides
    assert all(0 <= part.span[0] <= part.span[1] <= len(text) for part in walk(*sides))
    assert [side.span[0] for side in sides] == sorted(side.span[0] for side in sides)


@pytest.mark.parametrize("text", [*(row[0] for row in MATRIXCALCULUS), *(row[0] for row in PAPER)])
def test_latex_and_paper_are_one_notation(text: str) -> None:
    if not any(sign in text for sign in "_^"):  # behind which LaTeX reads one character
        assert parse(text, WHERE, "latex").sides == parse(text, WHERE, "mathematical").sides


@pytest.mark.parametrize("text", [row[0] for row in LATEX])
def test_a_text_with_a_command_is_latex(text: str) -> None:
    assert parse(text, WHERE).form == ("latex" if "\\" in text else "mathematical")


PAGE = (Path(__file__).parents[2] / "docs" / "notation.md").read_text(encoding="utf-8")
ROWS = [
    (text.replace(r"\|", "|"), python)
    for row in re.findall(r"^\| `(.+)` \| `(.+)` \| `(.+)` \|$", PAGE, re.MULTILINE)
    for text, python in ((row[0], row[2]), (row[1], row[2]))
]


@pytest.mark.parametrize(("text", "python"), ROWS, ids=[row[0] for row in ROWS])
def test_the_documented_notation_is_read_as_it_is_documented(text: str, python: str) -> None:
    assert typed(text) == expected(python)


def test_a_claim_of_the_python_form_stays_as_it_is() -> None:
    claim = "D(x.T @ X @ x, x) == (X + X.T) @ x"
    assert python_form(parse(claim, WHERE), WHERE) is claim
    assert typed(claim) == expected(claim)


def test_a_claim_has_sides_and_an_expression_has_one() -> None:
    assert parse("x = v").is_claim
    assert not parse("xᵀv").is_claim


def test_nothing_has_to_be_declared_for_the_syntax() -> None:
    parsed = parse("αx + 𝟏")
    assert [side.span for side in parsed.sides] == [(0, 6)]
    assert parsed.open_sizes == ("n",)


UNDECLARED = (
    ("0.5*x'*A*x", "0.5 * x.T @ A @ x", {"x": "vector(n)", "A": "matrix(n, n)"}),
    ("A*exp(x)", "A @ exp(x)", {"A": "matrix(n, m)", "x": "vector(m)"}),
    ("norm1(A*x-y)", "norm1(A @ x - y)", {"A": "matrix(n, m)", "x": "vector(m)", "y": "vector(n)"}),
    ("X² = X", "matrix_power(X, 2) == X", {"X": "matrix(n, n)"}),
    ("(X + λI)⁻¹ x", "inv(X + lam * eye(n)) @ x", {"X": "matrix(n, n)", "lam": "scalar", "x": "vector(n)"}),
    ("tr(I)", "trace(eye(n))", {}),
    ("x.T @ x == s", "x.T @ x == s", {"x": "vector(n)", "s": "scalar"}),
    (
        "sum(log(exp(-y.*(X*w)) + vector(1)))",
        "sum(log(exp(-(y * (X @ w))) + ones(n)))",
        {"y": "vector(n)", "X": "matrix(n, m)", "w": "vector(m)"},
    ),
    (r"\nabla_x x^\top A x", "grad(x.T @ A @ x, x)", {"x": "vector(n)", "A": "matrix(n, n)"}),
)


@pytest.mark.parametrize(("text", "python", "assumed"), UNDECLARED, ids=[row[0] for row in UNDECLARED])
def test_what_is_not_declared_is_inferred_from_any_notation(text: str, python: str, assumed: dict[str, str]) -> None:
    understood = understand(text, {})
    assert (understood.python, dict(understood.assumed)) == (python, assumed)


def test_faults_of_names_and_shapes_have_their_place_in_the_text_as_typed() -> None:
    assert faults("∇ₓ ‖Aq − b‖²") == [("q", "q is not declared; add q to where")]
    whole = r"(A \mathbf{v}) - \mathbf x needs equal shapes"
    line = rf"{whole}, and A \mathbf{{v}} is m×1, \mathbf x is n×1; make the shapes equal"
    assert faults(r"\lVert A \mathbf{v} - \mathbf x \rVert") == [("-", line)]


@pytest.mark.parametrize("form", [None, "python", "mathematical", "latex"])
def test_a_text_that_is_too_long_is_refused_and_not_quoted(form: Form | None) -> None:
    line = f"the text has {MAX_LENGTH + 1} characters, more than {MAX_LENGTH}; split it up"
    assert faults("x" + " " * MAX_LENGTH, form) == [("", line)]


@pytest.mark.parametrize("deep", ["({})", "tr({})", "‖{}‖", r"\frac{{{}}}{{2}}", "sin {}", "-{}", "√{}", "x_{{{}}}"])
def test_nesting_is_limited_as_in_the_python_form(deep: str) -> None:
    text = "s"
    for _ in range(3 * MAX_NESTING):
        text = deep.format(text)
    assert "split it up" in faults(text)[0][1]


def test_chains_are_limited_as_in_the_python_form() -> None:
    assert "chains more than" in faults("x" + "'*x" * 400)[0][1]


_PIECES = (
    *("x", "A", "Ax", "s", "f", "λ", "Σ", "∑", "∇", "ₓ", "∂", "ᵀ", "⁻¹", "²", "⁺", "ᵢ", "₌", "½", "√", "‖", "|", "||"),
    *("⊙", "⊗", "·", "*", ".*", "./", "^", "'", "(", ")", "[", "]", "{", "}", "_", ",", "=", "+", "-", "/", "1", "0.5"),
    *("tr", "log", "vector(1)", "I", "e", "d/dx", r"\frac{", "}{", r"\frac12", r"\sqrt", r"\left|", r"\right|", r"\|"),
    *(r"\mathbf{", r"\mathrm{d}", r"\operatorname{tr}", r"\hat", r"\partial", r"\sum_{i=1}^", r"^\top", r"^{-1}", "_i"),
    *("D(", "Sum(", "𝟏", "f'(", "⊙²", "\\", "@", "==", "\n", "\t", "\x00", "\u202e", "А", "\ud800", "$", "&", "~", ";"),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join) | st.text(max_size=20))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_any_text_is_read_or_has_a_fault_inside_it(text: str) -> None:
    try:
        sides = parse(text, WHERE).sides
    except MatcalcError as bad:
        for fault in bad.faults:
            assert fault.what
            assert 0 <= fault.span[0] <= fault.span[1] <= len(text)
            assert str(fault)
    else:
        assert all(0 <= part.span[0] <= part.span[1] <= len(text) for part in walk(*sides))


@pytest.mark.parametrize(
    "piece", ["(", "‖", "|", "I ", "x_{", "Ax ", r"\frac{d ", r"x\mathbf{}", "f'(", "∇ₓ ", "d/d", "²x"]
)
def test_long_texts_are_answered_quickly(piece: str) -> None:
    text = (piece * 2000)[:2000]
    assert faults(text)


IMPORTS = """
import sys
from matcalc.notation import parse
parse("D(x.T @ x, x) == 2 * x")
print("lark" in sys.modules)
parse("xᵀx")
print("lark" in sys.modules)
"""


def test_the_grammar_is_loaded_where_it_is_needed() -> None:
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", IMPORTS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
