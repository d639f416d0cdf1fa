"""A claim worked out as a person would at a prompt: Python reads it, floats and finite differences do the rest.

    sides(claim, where, layout, values) -> [matrix of floats, ...]

Nothing of matcalc is used. A claim is Python's syntax, so Python evaluates it: what is to be differentiated or summed
becomes a function of its variable first, an entry counts from 1. Torch stands in for NumPy, whose names it has.
"""

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Failed to initialize NumPy", category=UserWarning)
    import torch

Matrix = torch.Tensor
Names = dict[str, Any]

Body = Callable[[Matrix], Any]

STEP = 2e-4
"""Of a central difference: an error of about 1e-7, and 1e-5 for a second derivative."""

BOUND = ("D", "grad", "jacobian", "hessian", "jvp", "vjp")


def sides(claim: str, where: Mapping[str, str], layout: str, values: Mapping[str, Any]) -> list[Matrix]:
    """The sides of a claim at values of its sizes and symbols."""
    names: Names = {name: value if isinstance(value, int) else matrix(value) for name, value in values.items()}
    names |= {name: matrix(value) for name, value in values.items() if where.get(name, "").startswith("scalar")}
    calculus = Calculus(dict(names), layout, where)
    names = FUNCTIONS | {name: getattr(calculus, name) for name in (*BOUND, "d")} | names
    return [matrix(evaluated(text, names)) for text in claim.split("==")]


def matrix(value: Any) -> Matrix:
    """A number is 1×1, a fraction may be text."""
    if isinstance(value, Matrix):
        return value
    rows = value if isinstance(value, list | tuple) else [[value]]
    return torch.tensor([[number(entry) for entry in row] for row in rows], dtype=torch.float64)


def number(entry: Any) -> float:
    top, _, bottom = str(entry).partition("/")
    return float(top) / float(bottom or 1)


def evaluated(text: str, names: Names) -> Any:
    tree = ast.fix_missing_locations(Binding(names).visit(ast.parse(text.strip(), mode="eval")))
    return eval(compile(tree, "claim", "eval"), {"__builtins__": {}, **names})


class Binding(ast.NodeTransformer):
    """Bodies become functions of their variables, positions arguments, what is detached a constant."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "detach":
            return constant(matrix(evaluated(ast.unparse(node.args[0]), self.names)), self.names)
        self.generic_visit(node)
        if name in BOUND:
            variable = original(node.args[1])
            at = node.args[1].args[1:] if isinstance(node.args[1], ast.Call) else []
            places = ast.Tuple([*at], ast.Load())
            value = ast.Name(variable, ast.Load())  # that of the body around it, where derivatives nest
            node.args = [function(variable, node.args[0]), value, ast.Constant(variable), places, *node.args[2:]]
        elif name == "d":
            varying = [one for one in self.names if f"d{one}" in self.names]
            node.args = [function(one, node.args[0]) for one in varying] + [ast.Constant(one) for one in varying]
        elif name == "Sum":
            node.args = [function(original(node.args[1]), node.args[0]), *node.args[2:]]
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        positions = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return ast.Call(ast.Name("entry", ast.Load()), [node.value, *positions], [])


def constant(value: Matrix, names: Names) -> ast.AST:
    key = f"constant{len(names)}"
    names[key] = value
    return ast.Name(key, ast.Load())


def original(node: ast.expr) -> str:
    """The name of a variable, or of the symbol whose entry it is."""
    node = node.args[0] if isinstance(node, ast.Call) else node
    assert isinstance(node, ast.Name)
    return node.id


def function(variable: str, body: ast.expr) -> ast.expr:
    return ast.Lambda(ast.arguments([], [ast.arg(variable)], None, [], [], None, []), body)


@dataclass(frozen=True)
class Calculus:
    """The operators of differentiation at the values of `names`; the entries of symmetric matrices are tied."""

    names: Names
    layout: str
    where: Mapping[str, str]

    def directions(self, X: Matrix, name: str) -> Iterator[Matrix]:
        """The change of X as one of its entries moves, column by column."""
        for j in range(X.shape[1]):
            for i in range(X.shape[0]):
                E = torch.zeros_like(X)
                E[i, j] = 0.0 if "diagonal" in self.where[name] and i != j else 1.0
                if re.search(r"symmetric|\bpd\b|\bpsd\b", self.where[name]):
                    E[j, i] = 1.0
                yield E

    def jacobian(self, body: Body, X: Matrix, name: str, places: Sequence[int] = ()) -> Matrix:
        columns = [vec(along(body, X, E)) for E in self.directions(X, name)]
        if places:
            i, j = (*places, 1)[:2]
            columns = [columns[(j - 1) * X.shape[0] + i - 1]]
        return torch.cat(columns, dim=1)

    def grad(self, body: Body, X: Matrix, name: str, places: Sequence[int] = ()) -> Matrix:
        shape = (1, 1) if places else X.shape
        return self.jacobian(body, X, name, places).reshape(shape[1], shape[0]).T

    def D(self, body: Body, X: Matrix, name: str, places: Sequence[int] = ()) -> Matrix:  # noqa: N802 as it is written
        J, value = self.jacobian(body, X, name, places), matrix(body(X))
        turn = self.layout == "denominator"
        if J.shape[1] == 1:
            result = J.reshape(value.shape[1], value.shape[0]).T
        elif value.numel() == 1:
            result, turn = self.grad(body, X, name, places), self.layout == "numerator"
        else:
            result = J
        return result.T if turn else result

    def hessian(self, body: Body, X: Matrix, name: str, places: Sequence[int] = ()) -> Matrix:
        return self.jacobian(lambda Y: self.grad(body, Y, name), X, name)

    def jvp(self, body: Body, X: Matrix, name: str, places: Sequence[int], v: Matrix) -> Matrix:
        return along(body, X, v)

    def vjp(self, body: Body, X: Matrix, name: str, places: Sequence[int], v: Matrix) -> Matrix:
        return self.grad(lambda Y: (v * body(Y)).sum().reshape(1, 1), X, name)

    def d(self, *arguments: Any) -> Matrix:
        half = len(arguments) // 2
        pairs = zip(arguments[:half], arguments[half:], strict=True)
        changes = [along(body, self.names[name], self.names[f"d{name}"]) for body, name in pairs]
        return torch.stack(changes).sum(dim=0)


def agree(left: Matrix, right: Matrix, accuracy: float) -> bool:
    """Whether two matrices are the same up to this, relative to entries above 1; 0 is a matrix of any shape."""
    return torch.allclose(left + 0 * right, right, atol=accuracy, rtol=accuracy)


def along(body: Body, X: Matrix, E: Matrix) -> Matrix:
    """The central difference along E."""
    return (matrix(body(X + STEP * E)) - matrix(body(X - STEP * E))) / (2 * STEP)


def vec(A: Matrix) -> Matrix:
    return A.T.reshape(-1, 1)


def _scalar(f: Callable[[Matrix], Matrix]) -> Callable[[Matrix], Matrix]:
    return lambda A: f(A).reshape(1, 1)


def _total(A: Matrix, axis: int | None = None) -> Matrix:
    return A.sum().reshape(1, 1) if axis is None else A.sum(dim=axis, keepdim=True)


def _entry(A: Matrix, i: int, j: int | None = None) -> Matrix:
    return A.reshape(-1)[i - 1].reshape(1, 1) if j is None else A[i - 1, j - 1].reshape(1, 1)


def _basis(i: int, n: int) -> Matrix:
    return torch.eye(n, dtype=torch.float64)[:, i - 1 : i]


FUNCTIONS: Names = {
    "entry": _entry,
    "Sum": lambda body, lower, upper: sum((body(r) for r in range(lower, upper + 1)), start=torch.zeros(1, 1)),
    "inv": torch.linalg.inv,
    "pinv": torch.linalg.pinv,
    "det": _scalar(torch.linalg.det),
    "logdet": _scalar(lambda A: torch.linalg.det(A).abs().log()),
    "matrix_power": torch.linalg.matrix_power,
    "expm": torch.linalg.matrix_exp,
    "trace": _scalar(torch.trace),
    "sum": _total,
    "norm": _scalar(lambda A: (A * A).sum().sqrt()),
    "diag": lambda x: torch.diag(x.reshape(-1)),
    "diagonal": lambda A: torch.diag(A).reshape(-1, 1),
    "vec": vec,
    "kron": torch.kron,
    "dot": lambda x, y: (x * y).sum().reshape(1, 1),
    "eye": lambda n: torch.eye(n, dtype=torch.float64),
    "zeros": lambda m, n=1: torch.zeros(m, n, dtype=torch.float64),
    "ones": lambda m, n=1: torch.ones(m, n, dtype=torch.float64),
    "basis": _basis,
    "softmax": lambda A, axis=None: torch.softmax(A, 1) if axis else A.exp() / A.exp().sum(),
    "logsumexp": lambda A: A.exp().sum().log().reshape(1, 1),
    "softplus": lambda A: torch.log1p(A.exp()),
    "sqrt": lambda A: torch.as_tensor(A, dtype=torch.float64).sqrt(),
    **{name: getattr(torch, name) for name in ("exp", "log", "sin", "cos", "tanh", "abs", "sigmoid")},
}
