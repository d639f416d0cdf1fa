"""The engine of automatic differentiation: torch in float64, reverse mode; the one door to torch.

A value is a batch of matrices, points×rows×columns (1×rows×columns for what is the same at every point), so that one
evaluation covers several points. Only `torch.autograd.grad` of a sum over the batch is used: it is right to every
order, which torch's forward mode is not, and needs none of the modules that `torch.func` imports. Singular and
non-finite points turn into NaN and never into an error; `magnitude` tells.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Failed to initialize NumPy", category=UserWarning)
    import torch
    from torch import Tensor

torch.set_num_threads(1)  # small operations stall when they are shared out

Operation: TypeAlias = Callable[..., Tensor]

MOST_GRADIENTS = 2000
"""Rows of the largest Jacobian, each of which takes a reverse sweep."""

PINV_TOLERANCE = 1e-9
"""Singular values below this share of the largest one count as zero."""


class AutogradBackend:
    """The engine for `points` points at a time. It remembers the largest intermediate value at each point."""

    def __init__(self, points: int) -> None:
        self.points = points
        self._magnitudes: list[Tensor] = []

    def batch(self, values: Sequence[Rows]) -> Tensor:
        """One matrix of fractions for each point."""
        return _tensor([[[float(entry) for entry in row] for row in rows] for rows in values])

    def constant(self, rows: Rows) -> Tensor:
        """A matrix of fractions, the same at every point."""
        return self.batch([rows])

    def pi(self) -> Tensor:
        """The number pi, 1×1."""
        return _tensor([[[torch.pi]]])

    def extents(self, value: Tensor) -> tuple[int, int]:
        """Rows and columns."""
        return value.shape[1], value.shape[2]

    def entry(self, value: Tensor, row: int, column: int) -> Tensor:
        """One entry, 1×1."""
        return value[:, row : row + 1, column : column + 1]

    def apply(self, operation: str, *operands: Tensor | int) -> Tensor:
        """The operation of the table."""
        with _failures_as_undefined():
            return OPERATIONS[operation](*operands)

    def jacobian(self, body: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
        """The gradient of each entry of body (a column) by a fresh leaf, which stays connected to outer leaves."""
        rows, columns = self.extents(at)
        leaf = at.expand(self.points, rows, columns).clone()
        if not leaf.requires_grad:
            leaf.requires_grad_()
        column = body(leaf)
        if column.shape[1] > MOST_GRADIENTS:
            raise OutOfReachError(f"a Jacobian of {column.shape[1]} rows")
        gradients = [self._gradient(column[:, k, 0].sum(), leaf) for k in range(column.shape[1])]
        return torch.stack([gradient.transpose(1, 2).flatten(1) for gradient in gradients], dim=1)

    def _gradient(self, total: Tensor, leaf: Tensor) -> Tensor:
        if not total.requires_grad:
            return torch.zeros_like(leaf)
        with _failures_as_undefined():
            (gradient,) = torch.autograd.grad(total, leaf, create_graph=True, allow_unused=True)
        return torch.zeros_like(leaf) if gradient is None else gradient

    def observe(self, value: Tensor) -> None:
        """Remember the largest entry at each point; NaN stays NaN."""
        self._magnitudes.append(value.detach().abs().amax(dim=(1, 2)).expand(self.points))

    def magnitude(self) -> list[float]:
        """The largest intermediate value at each point, NaN where one is not finite."""
        largest = torch.stack(self._magnitudes).amax(dim=0)
        return [float(value) for value in largest]

    def rows(self, value: Tensor) -> list[Rows]:
        """The matrix of floats at each point."""
        return [tuple(map(tuple, rows)) for rows in value.detach().expand(self.points, -1, -1).tolist()]


@contextmanager
def _failures_as_undefined() -> Iterator[None]:
    """A decomposition that does not converge, or a solver that meets a singular matrix, fails for the whole batch."""
    try:
        yield
    except torch.linalg.LinAlgError as error:  # type: ignore[attr-defined]  # torch does not list it
        raise UndefinedError(str(error)) from error


def _tensor(values: list[list[list[float]]]) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def _vec(A: Tensor) -> Tensor:
    return A.transpose(1, 2).flatten(1).unsqueeze(2)


def _unvec(x: Tensor, rows: int, columns: int) -> Tensor:
    return x.reshape(-1, columns, rows).transpose(1, 2)


def _stack(*columns: Tensor) -> Tensor:
    points = max(column.shape[0] for column in columns)
    return torch.cat([column.expand(points, -1, -1) for column in columns], dim=1)


def _sum(A: Tensor, axis: int | None = None) -> Tensor:
    return A.sum(dim=(1, 2) if axis is None else axis + 1, keepdim=True)


def _trace(A: Tensor) -> Tensor:
    return _sum(_diagonal(A))


def _diagonal(A: Tensor) -> Tensor:
    return A.diagonal(dim1=1, dim2=2).unsqueeze(2)


def _kron(A: Tensor, B: Tensor) -> Tensor:
    product = A[:, :, None, :, None] * B[:, None, :, None, :]
    return product.flatten(3, 4).flatten(1, 2)


def _guarded(operation: Operation) -> Operation:
    """The operation on finite matrices, and NaN for the others, which would make it fail for the whole batch."""

    def guarded(A: Tensor) -> Tensor:
        return _where(A.detach().isfinite().flatten(1).all(dim=1), operation, A)

    return guarded


def _where(valid: Tensor, operation: Operation, A: Tensor) -> Tensor:
    """The operation at the valid points, NaN at the others, where it sees ones on the diagonal instead."""
    mask = valid[:, None, None]
    harmless = torch.eye(A.shape[1], A.shape[2], dtype=torch.float64)
    return torch.where(mask, operation(torch.where(mask, A, harmless)), torch.nan)


def _logdet(A: Tensor) -> Tensor:
    return _where(torch.linalg.slogdet(A.detach())[0] != 0, lambda X: torch.linalg.slogdet(X)[1][:, None, None], A)


def _inv(A: Tensor) -> Tensor:
    inverse, info = torch.linalg.inv_ex(A)
    return torch.where((info == 0)[:, None, None], inverse, torch.nan)


def _adjugate(A: Tensor) -> Tensor:
    """The transposed matrix of cofactors, each the determinant of a minor."""
    size = range(A.shape[1])
    if len(size) == 1:
        return torch.ones_like(A)

    def cofactor(i: int, j: int) -> Tensor:
        minor = A[:, [r for r in size if r != i]][:, :, [c for c in size if c != j]]
        value: Tensor = torch.linalg.det(minor)
        return -value if (i + j) % 2 else value

    return torch.stack([torch.stack([cofactor(j, i) for j in size], dim=1) for i in size], dim=1)


def _matrix_power(A: Tensor, exponent: int) -> Tensor:
    square = A if exponent >= 0 else _inv(A)
    result = torch.eye(A.shape[1], dtype=torch.float64).expand(A.shape)
    for bit in reversed(f"{abs(exponent):b}"):
        result = result @ square if bit == "1" else result
        square = square @ square
    return result


def _along_rows(operation: Callable[[Tensor, int], Tensor]) -> Operation:
    """The operation along each row with axis 1, else over all the entries of a vector."""

    def extended(A: Tensor, axis: int | None = None) -> Tensor:
        along_rows = axis == 1 or A.shape[1] == 1
        return operation(A, 2 if along_rows else 1)

    return extended


OPERATIONS: Mapping[str, Operation] = {
    "+": torch.add,
    "-": torch.sub,
    "*": torch.mul,
    "/": torch.div,
    "**": torch.pow,
    "@": torch.matmul,
    "negate": torch.neg,
    "transpose": lambda A: A.transpose(1, 2),
    "unvec": _unvec,
    "stack": _stack,
    "inv": _guarded(_inv),
    "pinv": _guarded(lambda A: torch.linalg.pinv(A, rtol=PINV_TOLERANCE)),
    "det": _guarded(lambda A: torch.linalg.det(A)[:, None, None]),
    "logdet": _guarded(_logdet),
    "adjugate": _guarded(_adjugate),
    "matrix_power": _matrix_power,
    "expm": _guarded(torch.linalg.matrix_exp),
    "trace": _trace,
    "sum": _sum,
    "norm": lambda A: _sum(A * A).sqrt(),
    "norm1": lambda x: _sum(x.abs()),
    "diag": lambda x: torch.diag_embed(_vec(x).squeeze(2)),
    "diagonal": _diagonal,
    "vec": _vec,
    "kron": _kron,
    "dot": lambda x, y: _sum(_vec(x) * _vec(y)),
    "outer": lambda x, y: _vec(x) @ _vec(y).transpose(1, 2),
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "tanh": torch.tanh,
    "abs": torch.abs,
    "sign": torch.sign,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "softplus": lambda x: torch.log1p(torch.exp(x)),
    "erf": torch.erf,
    "softmax": _along_rows(lambda A, dim: torch.softmax(A, dim)),
    "logsumexp": _along_rows(lambda A, dim: torch.logsumexp(A, dim, keepdim=True)),
    "detach": lambda A: A.detach(),
}
"""Every operation of the language on batches of matrices."""
