"""The functions of the language in numpy, torch and jax: one table, a row for each.

Every array has two dimensions: a vector is a column, a scalar 1×1. A template stands for a text that can be used like a
name; in it `{0}` and `{1}` are the arguments, `{atom}` and `{other}` the same as they stand before a point, `{p0}` and
`{p1}` the whole numbers, `{slice}` the first of these as a position from 0, `{axis}` the axis to go along, `{rows}` and
`{columns}` the size of the value. `**like` gives a new tensor of torch the type and the device of the arguments.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Library: TypeAlias = Literal["numpy", "torch", "jax"]

LIBRARIES: tuple[Library, ...] = get_args(Library)


@dataclass(frozen=True, slots=True)
class Row:
    """The templates of a function; that of jax is that of numpy in jax.numpy, unless there is another one."""

    numpy: str
    torch: str
    jax: str = ""
    is_number: bool = False

    def template(self, library: Library) -> str:
        """The template for a library."""
        match library:
            case "numpy":
                return self.numpy
            case "torch":
                return self.torch
            case "jax":
                return self.jax or self.numpy.replace("np.", "jnp.")


def _elementwise(name: str) -> Row:
    return Row(f"np.{name}({{0}})", f"torch.{name}({{0}})")


ARRAY = Row("np.full((1, 1), {0}, dtype=float)", "torch.full((1, 1), {0}, **like)")
"""A number as an array."""

SCALAR = Row("np.reshape({0}, (1, 1))", "torch.reshape({0}, (1, 1))")
"""A scalar as an array, whether it has no dimension or two."""

CODE: dict[str, Row] = {
    "inv": Row("np.linalg.inv({0})", "torch.linalg.inv({0})"),
    "pinv": Row("np.linalg.pinv({0})", "torch.linalg.pinv({0})"),
    "det": Row("np.reshape(np.linalg.det({0}), (1, 1))", "torch.reshape(torch.linalg.det({0}), (1, 1))"),
    "logdet": Row("np.reshape(np.linalg.slogdet({0})[1], (1, 1))",
                  "torch.reshape(torch.linalg.slogdet({0})[1], (1, 1))"),
    "adjugate": Row("adjugate({0})", "adjugate({0})", "adjugate({0})"),
    "matrix_power": Row("np.linalg.matrix_power({0}, {p0})", "torch.linalg.matrix_power({0}, {p0})"),
    "expm": Row("scipy.linalg.expm({0})", "torch.linalg.matrix_exp({0})", "jax.scipy.linalg.expm({0})"),
    "trace": Row("np.reshape(np.trace({0}), (1, 1))", "torch.reshape(torch.trace({0}), (1, 1))"),
    "sum": Row("np.sum({0}, keepdims=True)", "torch.sum({0}, (0, 1), keepdim=True)"),
    "sum along an axis": Row("np.sum({0}, axis={p0}, keepdims=True)", "torch.sum({0}, {p0}, keepdim=True)"),
    "norm": Row("np.linalg.norm({0}, keepdims=True)", "torch.linalg.vector_norm({0}, dim=(0, 1), keepdim=True)"),
    "norm1": Row("np.sum(np.abs({0}), keepdims=True)", "torch.sum(torch.abs({0}), (0, 1), keepdim=True)"),
    "diag": Row("np.diag(np.ravel({0}))", "torch.diag(torch.ravel({0}))"),
    "diagonal": Row("np.reshape(np.diagonal({0}), (-1, 1))", "torch.reshape(torch.diagonal({0}), (-1, 1))"),
    "vec": Row("np.reshape({atom}.T, (-1, 1))", "torch.reshape({atom}.T, (-1, 1))"),
    "kron": Row("np.kron({0}, {1})", "torch.kron({atom}.contiguous(), {other}.contiguous())"),
    "dot": Row("np.reshape(np.vdot({0}, {1}), (1, 1))",
               "torch.reshape(torch.dot(torch.ravel({0}), torch.ravel({1})), (1, 1))"),
    "outer": Row("np.outer({0}, {1})", "torch.outer(torch.ravel({0}), torch.ravel({1}))"),
    "eye": Row("np.eye({rows})", "torch.eye({rows}, **like)"),
    "zeros": Row("np.zeros(({rows}, {columns}))", "torch.zeros(({rows}, {columns}), **like)"),
    "ones": Row("np.ones(({rows}, {columns}))", "torch.ones(({rows}, {columns}), **like)"),
    "basis": Row("np.eye({rows})[:, {slice}]", "torch.eye({rows}, **like)[:, {slice}]"),
    "commutation": Row("np.eye({rows})[np.ravel(np.reshape(np.arange({rows}), ({p1}, {p0})).T)]",
                       "torch.eye({rows}, **like)[torch.ravel(torch.reshape(torch.arange({rows}), ({p1}, {p0})).T)]"),
    "delta": Row("int({p0} == {p1})", "int({p0} == {p1})", is_number=True),
    "exp": _elementwise("exp"),
    "log": _elementwise("log"),
    "sqrt": _elementwise("sqrt"),
    "sin": _elementwise("sin"),
    "cos": _elementwise("cos"),
    "tan": _elementwise("tan"),
    "sinh": _elementwise("sinh"),
    "cosh": _elementwise("cosh"),
    "tanh": _elementwise("tanh"),
    "abs": _elementwise("abs"),
    "sign": _elementwise("sign"),
    "relu": Row("np.maximum({0}, 0)", "torch.relu({0})"),
    "sigmoid": Row("np.exp(-np.logaddexp(0, -{atom}))", "torch.sigmoid({0})", "jax.nn.sigmoid({0})"),
    "softplus": Row("np.logaddexp(0, {0})", "torch.logaddexp({0}, torch.zeros((1, 1), **like))"),
    "erf": Row("erf({0})", "torch.erf({0})", "jax.scipy.special.erf({0})"),
    "softmax": Row("softmax({0}, {axis})", "torch.softmax({0}, {axis})", "jax.nn.softmax({0}, {axis})"),
    "logsumexp": Row("logsumexp({0}, {axis})", "torch.logsumexp({0}, {axis}, keepdim=True)",
                     "jax.scipy.special.logsumexp({0}, {axis}, keepdims=True)"),
    "detach": Row("np.asarray({0})", "{atom}.detach()", "jax.lax.stop_gradient({0})"),
}  # fmt: skip
"""Every function of the language by its name; `sum` with an axis has a row of its own."""

_IN_MATH = ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf")

OF_NUMBERS: dict[str, str] = {
    "abs": "abs({0})",
    **{name: f"math.{name}({{0}})" for name in _IN_MATH},
}
"""Functions of plain numbers, which need no array."""

_SOFTMAX = """\
def softmax(X, axis):
    weights = np.exp(X - np.max(X, axis, keepdims=True))
    return weights / np.sum(weights, axis, keepdims=True)"""

_LOGSUMEXP = """\
def logsumexp(X, axis):
    top = np.max(X, axis, keepdims=True)
    return top + np.log(np.sum(np.exp(X - top), axis, keepdims=True))"""

_ERF = """\
def erf(X):
    return np.vectorize(math.erf, otypes=[float])(X)"""

_ADJUGATE = """\
def adjugate(X):
    def cofactor(i, j):
        return (-1) ** (i + j) * np.linalg.det(np.delete(np.delete(X, i, 0), j, 1))

    return np.array([[cofactor(j, i) for j in range(len(X))] for i in range(len(X))])"""

_TORCH_ADJUGATE = """\
def adjugate(X):
    def cofactor(i, j):
        minor = torch.cat([X[:i], X[i + 1 :]])
        return (-1) ** (i + j) * torch.linalg.det(torch.cat([minor[:, :j], minor[:, j + 1 :]], 1))

    return torch.stack([torch.stack([cofactor(j, i) for j in range(len(X))]) for i in range(len(X))])"""

PREAMBLES: dict[Library, dict[str, str]] = {
    "numpy": {
        "math": "import math",
        "np": "import numpy as np",
        "scipy": "import scipy.linalg",
        "softmax": _SOFTMAX,
        "logsumexp": _LOGSUMEXP,
        "erf": _ERF,
        "adjugate": _ADJUGATE,
    },
    "torch": {"math": "import math", "torch": "import torch", "adjugate": _TORCH_ADJUGATE},
    "jax": {
        "math": "import math",
        "jax": "import jax",
        "jnp": "import jax.numpy as jnp",
        "adjugate": _ADJUGATE.replace("np.", "jnp."),
    },
}
"""What stands above the code that uses a name: imports, then functions that a library lacks."""

RESERVED = frozenset({"like", "sum", "range", "int", "abs"}.union(*PREAMBLES.values()))
"""Names that the code uses for something else than a symbol."""


def preamble_lines(blocks: Iterable[str]) -> list[str]:
    """Imports, then the other functions, each once; two empty lines before what follows."""
    different = list(dict.fromkeys(blocks))
    imports = [block for block in different if block.startswith("import ")]
    functions = [block for block in different if block not in imports]
    paragraphs = ["\n".join(imports), *functions] if imports else functions
    return [line for paragraph in paragraphs for line in (*paragraph.split("\n"), "", "")]
