"""Programs as they are printed; that they compute what they say is tested with the code of expressions."""

from collections.abc import Mapping

import pytest

from matcalc.language import parse_claim
from matcalc.report.libraries import LIBRARIES, Library, preamble_lines
from matcalc.report.programs import function, shape_words

WHERE: Mapping[str, str] = {
    "x": "vector(n)",
    "A": "matrix(m, n)",
    "b": "vector(m)",
    "s": "scalar",
    "t": "scalar positive",
    "X": "matrix(n, n)",
    "S": "matrix(n, n) symmetric",
    "T": "matrix(n, n)",
    "i": "index(n)",
    "j": "index(n)",
    "k": "integer",
    "c": "vector(k)",
    "v": "vector(n + 1)",
    "w": "vector(2 * p)",
    "like": "matrix(n, n)",
}

PRINTED: dict[Library, str] = {
    "numpy": '''\
import numpy as np


def softmax(X, axis):
    weights = np.exp(X - np.max(X, axis, keepdims=True))
    return weights / np.sum(weights, axis, keepdims=True)


def value(x, A, b, s):
    """The value.

    And more.
    """
    m, n = A.shape
    assert x.shape == (n, 1) and b.shape == (m, 1)
    s = np.reshape(s, (1, 1))
    return 2 * A.T @ (A @ softmax(x, 0) - b) + s * np.ones((n, 1))
''',
    "torch": '''\
import torch


def value(x, A, b, s):
    """The value.

    And more.
    """
    m, n = A.shape
    assert x.shape == (n, 1) and b.shape == (m, 1)
    s = torch.reshape(s, (1, 1))
    like = {"dtype": x.dtype, "device": x.device}
    return 2 * A.T @ (A @ torch.softmax(x, 0) - b) + s * torch.ones((n, 1), **like)
''',
    "jax": '''\
import jax
import jax.numpy as jnp


def value(x, A, b, s):
    """The value.

    And more.
    """
    m, n = A.shape
    assert x.shape == (n, 1) and b.shape == (m, 1)
    s = jnp.reshape(s, (1, 1))
    return 2 * A.T @ (A @ jax.nn.softmax(x, 0) - b) + s * jnp.ones((n, 1))
''',
}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_program_has_imports_shapes_and_the_value(library: Library) -> None:
    claim = parse_claim("2 * A.T @ (A @ softmax(x) - b) + s * ones(n) == 0", WHERE)
    program = function("value", claim.sides[0], claim.scope, library, "", "The value.\n\nAnd more.")
    assert program.text == PRINTED[library]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        pytest.param("eye(n)", "def it(n):", id="a size that nothing shows"),
        pytest.param("w", "def it(w, p):", id="a size that is not alone in an extent"),
        pytest.param("sum(c) * k", "def it(k, c):", id="an integer that is an extent"),
        pytest.param("like + like.T", "def it(like_):", id="a name that the code uses"),
        pytest.param("A.T", "def it(A):", id="a transpose is no symbol T"),
        pytest.param("X[i, j]", "def it(X, i, j):", id="indices"),
    ],
)
def test_the_arguments_are_symbols_and_sizes_that_no_array_shows(text: str, head: str) -> None:
    claim = parse_claim(f"{text} == 0", WHERE)
    assert function("it", claim.sides[0], claim.scope, "numpy").lines[0] == head


def test_the_shapes_are_put_in_words() -> None:
    claim = parse_claim("s * t * S @ X * X[i, 1] * k == 0", WHERE)
    assert shape_words(claim.sides[0], claim.scope) == (
        "s 0-d or 1×1, t 0-d or 1×1 positive, X n×n, S n×n symmetric, i an index that counts from 1, k an integer; "
        "the value n×n"
    )


def test_a_preamble_has_imports_first_and_everything_once() -> None:
    blocks = ["import a", "def f():\n    g()", "import b", "import a", "def f():\n    g()"]
    assert preamble_lines(blocks) == ["import a", "import b", "", "", "def f():", "    g()", "", ""]
    assert preamble_lines([]) == []
