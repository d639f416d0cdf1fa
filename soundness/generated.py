"""Claims whose sides are grown independently of each other, small enough that some of them happen to be equal.

The grammar favours what is undefined somewhere, or jumps: quotients, roots, logarithms, inverses, pseudo-inverses,
absolute values and signs, finite sums that may be empty. A common term is put on both sides of some claims, which may
make them defined at fewer points.
"""

from collections.abc import Sequence
from random import Random

from soundness.statements import Statement

WHERE = {
    "s": "scalar",
    "t": "scalar",
    "x": "vector(n)",
    "y": "vector(n)",
    "X": "matrix(n, n)",
    "Y": "matrix(n, n)",
    "S": "matrix(n, n) symmetric",
    "K": "matrix(n, n) skew",
    "P": "matrix(n, n) pd",
    "A": "matrix(m, n)",
    "k": "integer",
}
SHAPES = ("scalar", "scalar", "scalar", "vector", "matrix")

LEAVES = {
    "scalar": ("s", "s", "s", "t", "t", "k", "n", "0", "1", "2"),
    "vector": ("x", "x", "y"),
    "matrix": ("X", "X", "Y", "S", "K", "P", "eye(n)"),
}
FORMS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "scalar": (
        ("({} + {})", ("scalar", "scalar")),
        ("({} - {})", ("scalar", "scalar")),
        ("{} * {}", ("scalar", "scalar")),
        ("{} * {}", ("scalar", "scalar")),
        ("{} / ({})", ("scalar", "scalar")),
        ("({}) ** 2", ("scalar",)),
        ("({}) ** (-1)", ("scalar",)),
        ("({}) ** k", ("scalar",)),
        ("abs({})", ("scalar",)),
        ("sign({})", ("scalar",)),
        ("sqrt({})", ("scalar",)),
        ("log({})", ("scalar",)),
        ("exp({})", ("scalar",)),
        ("relu({})", ("scalar",)),
        ("pinv({})", ("scalar",)),
        ("D({}, s)", ("scalar",)),
        ("Sum({}, r, 1, k)", ("scalar",)),
        ("Sum(({}) ** r, r, 0, k)", ("scalar",)),
        ("Sum({}, r, 1, k - 1)", ("scalar",)),
        ("({}).T @ ({})", ("vector", "vector")),
        ("norm({})", ("vector",)),
        ("sum({})", ("vector",)),
        ("trace({})", ("matrix",)),
        ("det({})", ("matrix",)),
        ("logdet({})", ("matrix",)),
    ),
    "vector": (
        ("({} + {})", ("vector", "vector")),
        ("({}) * ({})", ("scalar", "vector")),
        ("({}) * ({})", ("vector", "vector")),
        ("({}) @ ({})", ("matrix", "vector")),
        ("abs({})", ("vector",)),
        ("({}) / ({})", ("vector", "scalar")),
        ("grad({}, x)", ("scalar",)),
        ("diagonal({})", ("matrix",)),
        ("pinv({}).T", ("vector",)),
    ),
    "matrix": (
        ("({} + {})", ("matrix", "matrix")),
        ("({}) * ({})", ("scalar", "matrix")),
        ("({}) @ ({})", ("matrix", "matrix")),
        ("({}).T", ("matrix",)),
        ("inv({})", ("matrix",)),
        ("pinv({})", ("matrix",)),
        ("adjugate({})", ("matrix",)),
        ("matrix_power({}, k)", ("matrix",)),
        ("diag({})", ("vector",)),
        ("({}) @ ({}).T", ("vector", "vector")),
        ("Sum({}, r, 1, k)", ("matrix",)),
        ("grad({}, X)", ("scalar",)),
    ),
}


def statements(seed: str, first: int, count: int) -> list[Statement]:
    """The generated statements number `first` and following; not all are well-formed."""
    return [_statement(Random(f"{seed} {number}"), number) for number in range(first, first + count)]


def _statement(random: Random, number: int) -> Statement:
    shape = random.choice(SHAPES)
    left, right = _grown(random, shape, random.choice((1, 2, 2, 3))), _related(random, shape)
    if random.random() < 0.5:
        right = _rewritten(random, left)
    if random.random() < 0.3:
        left, right = _question(random, left)
    elif random.random() < 0.5:
        common = _grown(random, shape, 2)
        left, right = f"({left}) + {common}", f"({right}) + {common}"
    return Statement(f"{left} == {right}", WHERE, origin=f"generated {number}", change="generated")


QUESTIONS = (
    ("sign(s) ** 2", "1"),
    ("abs(s)", "s"),
    ("pinv(t) * t", "1"),
    ("sign(norm(x))", "1"),
    ("trace(X @ pinv(X))", "n"),
    ("sign(det(X)) ** 2", "1"),
    ("abs(k - 1)", "k - 1"),
)
"""What is equal only where something is positive, or not 0."""


def _question(random: Random, text: str) -> tuple[str, str]:
    """The same on both sides, and terms that are equal where the sides, by being defined, say something."""
    left, right = random.choice(QUESTIONS)
    return f"({text}) + {left}", f"({text}) + {right}"


def _related(random: Random, shape: str) -> str:
    return _grown(random, shape, random.choice((0, 1, 1, 2)))


def _grown(random: Random, shape: str, depth: int) -> str:
    if depth == 0:
        return random.choice(LEAVES[shape])
    form, parts = random.choice(FORMS[shape])
    return form.format(*(_grown(random, part, random.choice((depth - 1, 0))) for part in parts))


REWRITINGS: Sequence[tuple[str, str]] = (
    ("abs(s)", "s"),
    ("sign(s)", "1"),
    ("sqrt(s)", "abs(s)"),
    ("s", "abs(s)"),
    ("t", "abs(t)"),
    ("pinv(", "inv("),
    ("Sum(s, r, 1, k)", "k * s"),
    ("s", "s * sign(s) ** 2"),
    ("s", "(s * t / t)"),
    ("X", "X @ pinv(X) @ X"),
    ("X", "X.T"),
    ("k", "(k + 1)"),
    ("det(", "trace("),
)
"""Texts and what is nearly, or under a condition, the same."""


def _rewritten(random: Random, text: str) -> str:
    """The text with something replaced that occurs in it, or as it is."""
    fitting = [(old, new) for old, new in REWRITINGS if old in text]
    if not fitting:
        return text
    old, new = random.choice(fitting)
    return text.replace(old, new) if random.random() < 0.5 else text.replace(old, new, 1)
