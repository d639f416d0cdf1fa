"""Code of numpy, torch and jax: what it looks like, and that it computes what it says.

Derivatives are compared with torch's own of the code of what they are derivatives of; each function of the language by
the identity that its row has as an example.
"""

import importlib
import math
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from matcalc.derivatives.proposals import derivative_of
from matcalc.language import parse_claim
from matcalc.language.functions import EXAMPLE_SYMBOLS, FUNCTIONS
from matcalc.language.nodes import Derivative, Expression, Layout, Scope
from matcalc.report.code import NoCodeError
from matcalc.report.libraries import CODE, LIBRARIES, Library
from matcalc.report.programs import function

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Failed to initialize NumPy", category=UserWarning)
    import torch
    from torch import Tensor

WHERE: Mapping[str, str] = {
    "x": "vector(n)",
    "y": "vector(n)",
    "a": "vector(n)",
    "b": "vector(m)",
    "z": "vector(2)",
    "A": "matrix(m, n)",
    "B": "matrix(n, n)",
    "X": "matrix(n, n)",
    "S": "matrix(n, n) symmetric",
    "W": "matrix(m, n)",
    "s": "scalar",
    "t": "scalar positive",
    "u": "vector(m) of x",
    "f": "function",
    "i": "index(n)",
    "j": "index(n)",
    "k": "integer",
    "c": "vector(k)",
    "v": "vector(n + 1)",
    "w": "vector(2 * p)",
    "like": "matrix(n, n)",
    "np": "vector(n)",
}

M, N = 3, 4
EXTENTS = {"1": 1, "2": 2, "n": N, "m": M, "k": 3, "n + 1": N + 1}


def point(symbol: str, scope: Scope) -> Any:
    """A value for a symbol: whole numbers, or random tensors of sizes m = 3 and n = 4."""
    declared = scope[symbol]
    if declared.kind in ("integer", "index"):
        return {"i": 2, "j": 3}.get(symbol, 3)
    rows, columns = EXTENTS[str(declared.shape.rows)], EXTENTS[str(declared.shape.columns)]
    value = torch.randn(
        (rows, columns), generator=torch.Generator().manual_seed([*WHERE].index(symbol)), dtype=torch.float64
    )
    if "symmetric" in declared.properties:
        value = value + value.T
    if "positive" in declared.properties:
        value = value.abs() + 0.5
    return value + 2 * torch.eye(rows, dtype=torch.float64) if rows == columns > 1 else value


def compiled(node: Expression, scope: Scope, library: Library, of: str = "") -> Callable[..., Any]:
    """The code of an expression, as a function of the symbols by name."""
    program = function("it", node, scope, library, of)
    names: dict[str, Any] = {}
    exec(program.text, names)
    code = names["it"].__code__
    arguments = code.co_varnames[: code.co_argcount]
    return lambda **values: names["it"](*(values[name] for name in arguments))


DERIVATIVES: tuple[tuple[str, Layout], ...] = (
    ("D(x.T @ X @ x, x)", "mixed"),
    ("D(norm(A @ x - b)**2, x)", "mixed"),
    ("D(norm(A @ x - b)**2, x)", "numerator"),
    ("D(norm(A @ x - b), x)", "mixed"),
    ("D(norm(A @ X - A)**2 / 2 + t * norm(X)**2, X)", "mixed"),
    ("D(trace(B @ X @ B), X)", "mixed"),
    ("D(trace(inv(X) @ B), X)", "mixed"),
    ("D(trace(X.T @ S @ X), X)", "numerator"),
    ("D(logdet(X), X)", "mixed"),
    ("D(det(X)**2, X)", "mixed"),
    ("D(trace(matrix_power(X, 3)), X)", "mixed"),
    ("D(trace(expm(X)), X)", "mixed"),
    ("D(logsumexp(A @ x), x)", "mixed"),
    ("D(sum(log(1 + exp(A @ x))), x)", "mixed"),
    ("D(sum(tanh(W @ x) * b), W)", "mixed"),
    ("D(dot(softmax(x), a), x)", "mixed"),
    ("D(sum(x**4)**(1/4), x)", "mixed"),
    ("D(sum(erf(A @ x)), x)", "mixed"),
    ("D(sum(relu(W @ x) ** 2), W)", "mixed"),
    ("D(z[1] * z[2], z)", "mixed"),
    ("D(trace(X @ B), X[i, j])", "mixed"),
    ("D(x[i] * dot(x, y), x)", "mixed"),
    ("D(inv(X + s * B), s)", "mixed"),
    ("D(sum(sqrt(t) * A), t)", "mixed"),
    ("D(A @ x, x)", "denominator"),
    ("D(2 * s, s)", "mixed"),
    ("jacobian(softmax(x), x)", "mixed"),
    ("jacobian(tanh(A @ x) * b, x)", "mixed"),
    ("jacobian(A @ X @ B, X)", "mixed"),
    ("jacobian(W.T, W)", "mixed"),
    ("jacobian(A @ diag(x) @ y, x)", "mixed"),
    ("hessian(logsumexp(x), x)", "mixed"),
    ("hessian(exp(-x.T @ S @ x / 2), x)", "mixed"),
    ("hessian(norm(x), x)", "mixed"),
)


def by_autograd(node: Derivative, body: Callable[..., Tensor], values: Mapping[str, Any]) -> Tensor:
    """The same derivative by torch: entries of what is differentiated and of the variable column by column."""
    name = node.variable.name

    def moved(value: Tensor) -> Tensor:
        return body(**{**values, name: value})

    def slopes(value: Tensor) -> Tensor:
        return torch.autograd.functional.jacobian(moved, value, create_graph=True).permute(1, 0, 3, 2)

    whole = slopes(values[name]).flatten(0, 1)
    if node.operator == "hessian":
        return torch.autograd.functional.jacobian(slopes, values[name]).reshape(N, N)
    if node.variable.entry is not None:
        row, column = values["i"] - 1, values["j"] - 1
        return whole[:, column, row, None]
    return whole.flatten(1)


def arranged(node: Derivative, slopes: Tensor) -> Tensor:
    """A Jacobian as the layout has it."""
    if node.operator == "D" and node.body.shape.is_scalar:
        gradient = slopes.reshape(1, -1) if node.variable.entry else slopes
        turned = gradient.reshape(-1, EXTENTS[str(node.variable.shape.rows)])
        return turned if node.layout == "numerator" else turned.T
    if node.operator == "D" and node.variable.shape.is_scalar:
        return slopes.reshape(-1, EXTENTS[str(node.body.shape.rows)]).T
    return slopes.T if node.operator == "D" and node.layout == "denominator" else slopes


@pytest.mark.parametrize(("text", "layout"), DERIVATIVES)
def test_a_derivative_in_torch_is_that_of_autograd(text: str, layout: Layout) -> None:
    claim = parse_claim(f"{text} == 0", WHERE, layout)
    asked = claim.sides[0]
    assert isinstance(asked, Derivative)
    values = {name: point(name, claim.scope) for name in WHERE if name not in ("f", "u", "w")}
    value = compiled(derivative_of(asked, claim.scope), claim.scope, "torch", text)(**values)
    body = compiled(asked.body, claim.scope, "torch", text)
    torch.testing.assert_close(value, arranged(asked, by_autograd(asked, body, values)), rtol=1e-10, atol=1e-10)


def arrays(library: Library, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same numbers for another library."""
    if library == "torch":
        return dict(values)
    make = importlib.import_module("numpy" if library == "numpy" else "jax.numpy").array
    return {name: make(value.tolist()) if isinstance(value, Tensor) else value for name, value in values.items()}


def need(library: Library) -> None:
    pytest.importorskip(library)
    if library == "jax":
        importlib.import_module("jax").config.update("jax_enable_x64", True)


def rows(value: Any) -> Any:
    """Lists of numbers, which must be the rows of a matrix."""
    listed = value.tolist()
    assert len(value.shape) == 2
    return listed


each_library = pytest.mark.parametrize("library", LIBRARIES)


@each_library
@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_code_that_its_example_is_true_of(name: str, library: Library) -> None:
    need(library)
    if name == "expm" and library == "numpy":
        pytest.importorskip("scipy")
    claim = parse_claim(FUNCTIONS[name].example, EXAMPLE_SYMBOLS)
    values = arrays(library, {name: point(name, claim.scope) for name in EXAMPLE_SYMBOLS})
    sides = [derivative_of(side, claim.scope) if isinstance(side, Derivative) else side for side in claim.sides]
    left, right = (rows(compiled(side, claim.scope, library, claim.text)(m=M, n=N, **values)) for side in sides)
    torch.testing.assert_close(
        torch.tensor(left) + 0 * torch.tensor(right), torch.tensor(right) + 0 * torch.tensor(left)
    )


def test_the_table_has_the_functions_of_the_language() -> None:
    assert CODE.keys() - {"sum along an axis"} == FUNCTIONS.keys()


EXPRESSIONS = (
    ("sum(A, 0) @ sum(A.T, 1)", lambda v: v["A"].sum(0) @ v["A"].sum(0)),
    ("softmax(A, 1)[2, 3]", lambda v: v["A"][1].exp()[2] / v["A"][1].exp().sum()),
    ("logsumexp(A, 1)[2]", lambda v: v["A"][1].exp().sum().log()),
    ("softmax(x.T)[2]", lambda v: v["x"].exp()[1] / v["x"].exp().sum()),
    ("Sum(x[r] * y[n + 1 - r], r, 1, n)", lambda v: v["x"].flatten() @ v["y"].flatten().flip(0)),
    ("sum(Sum(x[r] * basis(r, n), r, 2, 1)) + s", lambda v: v["s"]),
    ("Sum(r ** 2, r, 1, n) * s", lambda v: 30 * v["s"]),
    ("X[i, j] - X[j, i + 1]", lambda v: v["X"][1, 2] - v["X"][2, 2]),
    ("delta(i, j) + delta(i, i) * sqrt(2) / n", lambda v: math.sqrt(2) / N),
    ("matrix_power(X, -2)[1, 2]", lambda v: (v["X"].inverse() @ v["X"].inverse())[0, 1]),
    ("sum(2 @ x.T - pi) / 10 ** 30", lambda v: (2 * v["x"] - math.pi).sum() / 1e30),
    ("s.T @ abs(-3) ** k", lambda v: 27 * v["s"]),
    ("-s ** 2 - (-s) ** 2 - (s - s - s)", lambda v: -2 * v["s"] ** 2 + v["s"]),
    ("s / (s / (2 * s)) * (1 / 3)", lambda v: 2 * v["s"] / 3),
    ("sum(like @ np) + sum(zeros(n) + v[n + 1])", lambda v: (v["like"] @ v["np"]).sum() + N * v["v"][-1]),
    ("sum(c)", lambda v: v["c"].sum()),
)


@each_library
@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS, ids=[text for text, _ in EXPRESSIONS])
def test_code_has_the_value_of_the_expression(
    text: str, expected: Callable[[Mapping[str, Tensor]], Tensor | float], library: Library
) -> None:
    need(library)
    claim = parse_claim(f"{text} == 0", WHERE)
    values = {name: point(name, claim.scope) for name in WHERE if name not in ("f", "u", "w")}
    given = arrays(library, values) | {"n": N, "m": M}
    given |= {"like_": given["like"], "np_": given["np"]}
    ((found,),) = rows(compiled(claim.sides[0], claim.scope, library)(**given))
    assert found == pytest.approx(float(expected(values)), rel=1e-12)


@pytest.mark.parametrize("shape", [(N,), (1, N), (N + 1, 1)])
def test_an_array_of_another_shape_is_no_argument(shape: tuple[int, ...]) -> None:
    claim = parse_claim("x * y == 0", WHERE)
    code = compiled(claim.sides[0], claim.scope, "torch")
    with pytest.raises(AssertionError):
        code(x=torch.ones(N, 1), y=torch.ones(shape))


@pytest.mark.parametrize("place", [0, N + 1])
def test_a_place_beyond_the_end_is_no_index(place: int) -> None:
    claim = parse_claim("sum(x * x[i]) == 0", WHERE)
    code = compiled(claim.sides[0], claim.scope, "torch")
    with pytest.raises(AssertionError):
        code(x=torch.ones(N, 1), i=place)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sum(f(x))", "f is an arbitrary function"),
        ("sum(f.prime(x))", "f is an arbitrary function"),
        ("A @ x - u", "u is an arbitrary function of x"),
        ("D(u, x)", "D(u, x) is a derivative that is not carried out"),
        ("d(x)", "d(x) is a derivative that is not carried out"),
        ("dx", "dx is a derivative that is not carried out"),
    ],
)
def test_what_has_no_code_says_so(text: str, message: str) -> None:
    claim = parse_claim(f"{text} == 0", WHERE)
    with pytest.raises(NoCodeError) as error:
        function("it", claim.sides[0], claim.scope, "numpy")
    assert str(error.value) == message
