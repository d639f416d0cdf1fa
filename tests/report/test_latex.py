r"""LaTeX is written as people write it, and is well-formed: braces, \left and \right, known commands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from matcalc.language import parse_claim
from matcalc.language.functions import EXAMPLE_SYMBOLS, FUNCTIONS, OPERATORS
from matcalc.report.latex import latex_statement

WHERE = {
    "x": "vector(n)",
    "y": "vector(n)",
    "v": "vector(m)",
    "u": "vector(m) of x",
    "g": "scalar of x",
    "h": "function",
    "s": "scalar",
    "k": "integer",
    "i": "index(n)",
    "j": "index(n)",
    "A": "matrix(m, n)",
    "X": "matrix(n, n)",
    "Y": "matrix(n, n)",
    "x_hat": "vector(n)",
    "Sigma": "matrix(n, n) symmetric",
    "lam": "scalar",
    "W": "matrix(n_in + 1, 2 * n)",
}

WRITTEN = (
    ("D(norm(A @ x - v)**2, x) == 2 * A.T @ (A @ x - v)",
     r"\nabla_{x} \lVert A x - v \rVert^{2} = 2 A^\top (A x - v)"),
    ("D(norm(x), x) == x / norm(x)", r"\nabla_{x} \lVert x \rVert = \frac{x}{\lVert x \rVert}"),
    ("D(trace(X), X) == eye(n)", r"\nabla_{X} \operatorname{tr}(X) = I_{n}"),
    ("D(u, x) == jacobian(u, x)", r"\frac{\partial u}{\partial x} = \frac{\partial u}{\partial x^\top}"),
    ("D(g, x[i]) == D(g, x)[i]", r"\frac{\partial g}{\partial x_{i}} = (\nabla_{x} g)_{i}"),
    ("jacobian(X @ Y, X) == kron(Y.T, eye(n))",
     r"\frac{\partial \operatorname{vec}(X Y)}{\partial \operatorname{vec}(X)^\top} = Y^\top \otimes I_{n}"),
    ("hessian(g, x) == zeros(n, n)", r"\nabla_{x}^{2} g = 0_{n \times n}"),
    ("vjp(u, x, v) == x", r"\left\langle v, \frac{\partial u}{\partial x} \right\rangle = x"),
    ("jvp(u, x, y) == v", r"\left(\frac{\partial u}{\partial x}\right)[y] = v"),
    ("d(inv(X)) == -inv(X) @ dX @ inv(X)", r"\mathrm{d}(X^{-1}) = -X^{-1} \mathrm{d}X X^{-1}"),
    ("x * x == x**2", r"x \odot x = x^{\odot 2}"),
    ("x ** (-1 / 2) == y", r"x^{\odot \frac{-1}{2}} = y"),
    ("x / (2 * y) == x", r"x \oslash (2 y) = x"),
    ("2 * (1 / 2) == s", r"2 \cdot \frac{1}{2} = s"),
    ("-2 * X @ x == 0.5 * x", r"-2 X x = \frac{1}{2} x"),
    ("(s / 2) ** 2 == s", r"\left(\frac{s}{2}\right)^{2} = s"),
    ("inv(X).T == inv(X.T)", r"(X^{-1})^\top = (X^\top)^{-1}"),
    ("matrix_power(X, k - 1) == pinv(X)", r"X^{k - 1} = X^{+}"),
    ("logdet(X) == log(abs(det(X)))", r"\log \lvert \det(X) \rvert = \log(\lvert \det(X) \rvert)"),
    ("Sum(x[r] * A @ basis(r, n), r, 1, n) == A @ x", r"\sum_{r=1}^{n} x_{r} A e_{r} = A x"),
    ("Sum(x[r], r, 1, n) * s == s", r"\left(\sum_{r=1}^{n} x_{r}\right) s = s"),
    ("X[i, j] * delta(i, j) == X[i + 1, j]", r"X_{i j} \delta_{i j} = X_{i + 1, j}"),
    ("eye(n)[i, j] ** 2 == delta(i, j) ** 2", r"(I_{n})_{i j}^{2} = \delta_{i j}^{2}"),
    ("h(x) == h.prime.prime(x)", "h(x) = h''(x)"),
    ("outer(x, y) == ones(n, n)", r"x y^\top = \mathbf{1}_{n \times n}"),
    ("dot(x, y) == sum(x * y)", r"x \cdot y = \operatorname{sum}(x \odot y)"),
    ("sqrt(norm1(x)) == pi", r"\sqrt{\lVert x \rVert_{1}} = \pi"),
    ("D(x_hat.T @ Sigma @ x_hat, x_hat) == lam * x_hat",
     r"\nabla_{\mathit{x\_hat}} (\mathit{x\_hat}^\top \Sigma \mathit{x\_hat}) = \lambda \mathit{x\_hat}"),
    ("diag(softmax(x)) == sigmoid(X)", r"\operatorname{diag}(\operatorname{softmax}(x)) = \sigma(X)"),
    ("commutation(n, n) == kron(X, X)", r"K_{n n} = X \otimes X"),
    ("W @ ones(2 * n) == ones(n_in + 1)", r"W \mathbf{1}_{2 n} = \mathbf{1}_{\mathit{n\_in} + 1}"),
    ("n ** 2 * s == -(s - lam)", r"n^{2} s = -(s - \lambda)"),
)  # fmt: skip

EXAMPLES = [row.example for row in (*FUNCTIONS.values(), *OPERATORS.values())]

KNOWN = re.compile(
    r"\\(left|right|frac|sqrt|partial|nabla|top|odot|oslash|otimes|cdot|times|sum|lVert|rVert|lvert|rvert|langle|rangle|"
    r"operatorname|mathrm|mathit|mathbf|log|exp|det|sin|cos|tan|sinh|cosh|tanh|pi|sigma|delta|lambda|Sigma|_)"
)


def examples() -> list[str]:
    written = [latex_statement(parse_claim(example, EXAMPLE_SYMBOLS)) for example in EXAMPLES]
    return [*written, *(latex_statement(parse_claim(claim, WHERE)) for claim, _ in WRITTEN)]


@pytest.mark.parametrize(("claim", "expected"), WRITTEN)
def test_an_equation_is_written_as_people_write_it(claim: str, expected: str) -> None:
    assert latex_statement(parse_claim(claim, WHERE)) == expected


CLOSING = {"}": "{", ")": "(", "]": "[", r"\rVert": r"\lVert", r"\rvert": r"\lvert", r"\rangle": r"\langle"}
GROWN = {rf"\right{closing}": rf"\left{opening}" for closing, opening in CLOSING.items()}
_FENCE = re.compile(r"\\(?:left|right)(?:\\[A-Za-z]+|.)|\\[A-Za-z]+|\\.|[{}()\[\]]")


def is_nested(text: str) -> bool:
    r"""Whether braces, brackets, norms and \left with \right close in the order in which they open."""
    closing = CLOSING | GROWN
    opened: list[str] = []
    for sign in _FENCE.findall(text):
        if sign in closing.values():
            opened.append(sign)
        elif sign in closing and (not opened or opened.pop() != closing[sign]):
            return False
    return not opened


@pytest.mark.parametrize("text", examples())
def test_what_is_written_is_well_formed(text: str) -> None:
    assert all(KNOWN.fullmatch(command) for command in re.findall(r"\\(?:[A-Za-z]+|.)", text))
    assert is_nested(text)
    assert not re.search(r"_(\{[^{}]*\}|.)_|\^(\{[^{}]*\}|\\top|.)\^", text), "two scripts at one place"
    assert text.isascii()


def test_a_fence_grows_around_what_is_tall_and_no_other() -> None:
    text = latex_statement(parse_claim("(x / s - (x - y)) / 2 == 3 * (x / norm(x) + y)", WHERE))
    assert text == r"\frac{\frac{x}{s} - (x - y)}{2} = 3 \left(\frac{x}{\lVert x \rVert} + y\right)"


@pytest.mark.parametrize("text", ["(", r"\frac{1}{2", r"\left(x)", r"\lVert x \rvert", r"(\frac{1)}{2}"])
def test_what_is_not_well_formed_is_noticed(text: str) -> None:
    assert not is_nested(text)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex")
def test_everything_compiles_with_amsmath_alone(tmp_path: Path) -> None:
    equations = "\n".join(rf"\[ {text} \]" for text in examples())
    head = "\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n"
    (tmp_path / "it.tex").write_text(f"{head}{equations}\n\\end{{document}}\n", encoding="ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "it.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
