"""The engine of automatic differentiation: torch in float64, reverse mode; the one door to torch.

A value is a batch of matrices, points×rows×columns (1×rows×columns for what is the same at every point), so that one
evaluation covers several points. Inside a derivative there is a copy of the batch for each entry of what is
differentiated, copies×points×rows×columns, so that one reverse sweep gives a whole Jacobian; derivatives inside one
another copy the copies. Only `torch.autograd.grad` of a sum over everything is used: it is right to every order, which
torch's forward mode is not, and needs none of the modules that `torch.func` imports. Singular and non-finite points
turn into NaN and never into an error; `magnitude` tells.
"""

import math
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Failed to initialize NumPy", category=UserWarning)
    import torch
    from torch import Tensor

torch.set_num_threads(1)  # small operations stall when they are shared out


class Entries(NamedTuple):
    """A kind of random entries: multiples of a standard normal, of a uniform from 0 to 1, of the identity, and of 1."""

    normal: float = 0.0
    uniform: float = 0.0
    identity: float = 0.0
    constant: float = 0.0


MARGIN = 1e-9
"""How far a matrix is from lacking a property that it is said to have, relative to its entries."""

Matrices: TypeAlias = Tensor
"""A batch of them."""

Source: TypeAlias = torch.Generator
"""Of random numbers, the same in every run."""

Operation: TypeAlias = Callable[..., Tensor]

MOST_GRADIENTS = 2000
"""Rows of the largest Jacobian."""

MOST_COPIES = 128
"""Copies of the batch in one reverse sweep, those of outer derivatives included; a longer Jacobian takes several."""

PINV_TOLERANCE = 1e-9
"""Singular values below this share of the largest one count as zero."""


class AutogradBackend:
    """The engine for `points` points at a time. It remembers the largest intermediate value at each point."""

    def __init__(self, points: int) -> None:
        self.points = points
        self._batch: tuple[int, ...] = (points,)
        self._observed: dict[int, Tensor] = {}
        self._constants: dict[int, tuple[Rows, Tensor]] = {}

    def batch(self, values: Sequence[Rows]) -> Tensor:
        """One matrix of fractions for each point."""
        return _tensor([[[float(entry) for entry in row] for row in rows] for rows in values])

    def draw(self, kinds: Sequence[Entries], rows: int, columns: int, source: Source) -> Tensor:
        """A random matrix for each point, of these kinds of entries, as multiples of 1/1024."""
        normal = torch.randn((self.points, rows, columns), generator=source, dtype=torch.float64)
        uniform = torch.rand((self.points, rows, columns), generator=source, dtype=torch.float64)
        a, b, c, d = _coefficients(tuple(kinds))
        entries = a * normal + b * uniform + c * torch.eye(rows, columns, dtype=torch.float64) + d
        return (entries * 1024).round() / 1024

    def constant(self, rows: Rows) -> Tensor:
        """A matrix of fractions, the same at every point; that of the same object is made once."""
        known = self._constants.get(id(rows))
        if known is None:
            known = self._constants[id(rows)] = rows, self.batch([rows])
        return known[1]

    def pi(self) -> Tensor:
        """The number pi, 1×1."""
        return _tensor([[[torch.pi]]])

    def extents(self, value: Tensor) -> tuple[int, int]:
        """Rows and columns."""
        return value.shape[-2], value.shape[-1]

    def entry(self, value: Tensor, row: int, column: int) -> Tensor:
        """One entry, 1×1."""
        return value[..., row : row + 1, column : column + 1]

    def apply(self, operation: str, *operands: Tensor | int) -> Tensor:
        """The operation of the table. UndefinedError where it fails for the whole batch.

        A decomposition that does not converge does so, and a solver that meets a singular matrix.
        """
        try:
            return OPERATIONS[operation](*operands)
        except torch.linalg.LinAlgError as error:  # type: ignore[attr-defined]  # torch does not list it
            raise UndefinedError(str(error)) from error

    def jacobian(self, body: Callable[[Tensor], Tensor], at: Tensor, outputs: int) -> Tensor:
        """The Jacobian of body: outputs×1 by a fresh leaf, which stays connected to outer leaves.

        Copy k of the batch has a leaf of its own, by which entry k of body is differentiated.
        """
        if outputs > MOST_GRADIENTS:
            raise OutOfReachError(f"a Jacobian of {outputs} rows")
        together = max(1, MOST_COPIES // math.prod(self._batch[:-1]))
        parts = [
            self._gradients(body, at, range(first, min(first + together, outputs)))
            for first in range(0, outputs, together)
        ]
        return parts[0] if len(parts) == 1 else torch.cat(parts, dim=-2)

    def _gradients(self, body: Callable[[Tensor], Tensor], at: Tensor, chosen: range) -> Tensor:
        """These rows of the Jacobian of body."""
        rows, columns = self.extents(at)
        with self._copied(len(chosen)):
            leaf = at.expand(*self._batch, rows, columns).clone()
            if not leaf.requires_grad:
                leaf.requires_grad_()
            column = body(leaf)[..., chosen.start : chosen.stop, 0]
            total = column.expand(*self._batch, len(chosen)).diagonal(dim1=0, dim2=-1).sum()
        gradient = self._gradient(total, leaf)
        return gradient.mT.flatten(-2).movedim(0, -2)

    @contextmanager
    def _copied(self, copies: int) -> Iterator[None]:
        outer = self._batch
        self._batch = (copies, *outer)
        try:
            yield
        finally:
            self._batch = outer

    def _gradient(self, total: Tensor, leaf: Tensor) -> Tensor:
        """The gradient, itself with a derivative inside an outer derivative."""
        if not total.requires_grad:
            return torch.zeros_like(leaf)
        try:
            (gradient,) = torch.autograd.grad(total, leaf, create_graph=len(self._batch) > 1, allow_unused=True)
        except torch.linalg.LinAlgError as error:  # type: ignore[attr-defined]
            raise UndefinedError(str(error)) from error
        return torch.zeros_like(leaf) if gradient is None else gradient

    def observe(self, value: Tensor) -> None:
        """Remember the entries at each point, of each object once; those of copies are all the same."""
        if value.dim() > 3:
            value = value.detach()[(0,) * (value.dim() - 3)].clone()
        self._observed[id(value)] = value

    @torch.no_grad()
    def magnitude(self) -> list[float]:
        """The largest intermediate value at each point, NaN where one is not finite."""
        entries: dict[int, list[Tensor]] = {}
        for value in self._observed.values():
            entries.setdefault(value.shape[0], []).append(value.flatten(1))
        largest = [torch.cat(those, dim=1).abs().amax(dim=1).expand(self.points) for those in entries.values()]
        return [float(value) for value in torch.stack(largest).amax(dim=0)]

    def having(self, properties: Collection[str], value: Tensor) -> list[bool]:
        """At which points the matrix has those of the properties that are in the table."""
        finite = value.isfinite().flatten(-2).all(dim=-1)
        harmless = torch.where(finite[:, None, None], value, 1.0)
        checks = [PROPERTIES[name](harmless) for name in PROPERTIES if name in properties]
        return torch.stack([finite, *checks]).all(dim=0).tolist()

    def distances(self, sides: Sequence[Tensor]) -> tuple[list[float], list[float]]:
        """For each point, the largest difference of a side from the first one, and the largest entry of all."""
        first, *others = (side.detach().expand(self.points, -1, -1) for side in sides)
        difference = torch.stack([(side - first).abs().amax(dim=(1, 2)) for side in others]).amax(dim=0)
        largest = torch.stack([side.abs().amax(dim=(1, 2)) for side in (first, *others)]).amax(dim=0)
        return difference.tolist(), largest.tolist()

    def rows(self, value: Tensor) -> list[Rows]:
        """The matrix of floats at each point."""
        return [tuple(map(tuple, rows)) for rows in value.detach().expand(self.points, -1, -1).tolist()]


def source(seed: int) -> Source:
    """A source of random numbers; the seed has 64 bits at most."""
    return torch.Generator().manual_seed(seed)


@lru_cache(maxsize=1024)
def _coefficients(kinds: tuple[Entries, ...]) -> tuple[Tensor, ...]:
    """For each coefficient its values at all points, points×1×1."""
    return tuple(torch.tensor(values, dtype=torch.float64)[:, None, None] for values in zip(*kinds, strict=True))


def _tensor(values: list[list[list[float]]]) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def _vec(A: Tensor) -> Tensor:
    return A.mT.flatten(-2).unsqueeze(-1)


def _unvec(x: Tensor, rows: int, columns: int) -> Tensor:
    return x.reshape(*x.shape[:-2], columns, rows).mT


def _stack(*columns: Tensor) -> Tensor:
    if len(columns) == 1:
        return columns[0]
    batch = torch.broadcast_shapes(*(column.shape[:-2] for column in columns))  # type: ignore[no-untyped-call]
    return torch.cat([column.expand(*batch, -1, -1) for column in columns], dim=-2)


def _sum(A: Tensor, axis: int | None = None) -> Tensor:
    return A.sum(dim=(-2, -1) if axis is None else axis - 2, keepdim=True)


def _trace(A: Tensor) -> Tensor:
    return _sum(_diagonal(A))


def _diagonal(A: Tensor) -> Tensor:
    return A.diagonal(dim1=-2, dim2=-1).unsqueeze(-1)


def _kron(A: Tensor, B: Tensor) -> Tensor:
    product = A[..., :, None, :, None] * B[..., None, :, None, :]
    return product.flatten(-2).flatten(-3, -2)


def _guarded(operation: Operation) -> Operation:
    """The operation on finite matrices, and NaN for the others, which would make it fail for the whole batch."""

    def guarded(A: Tensor) -> Tensor:
        return _where(A.detach().isfinite().flatten(-2).all(dim=-1), operation, A)

    return guarded


def _where(valid: Tensor, operation: Operation, A: Tensor) -> Tensor:
    """The operation at the valid points, NaN at the others, where it sees ones on the diagonal instead."""
    if bool(valid.all()):
        return operation(A)
    mask = valid[..., None, None]
    harmless = torch.eye(A.shape[-2], A.shape[-1], dtype=torch.float64)
    return torch.where(mask, operation(torch.where(mask, A, harmless)), torch.nan)


def _logdet(A: Tensor) -> Tensor:
    return _where(torch.linalg.slogdet(A.detach())[0] != 0, lambda X: torch.linalg.slogdet(X)[1][..., None, None], A)


def _inv(A: Tensor) -> Tensor:
    inverse, info = torch.linalg.inv_ex(A)
    return torch.where((info == 0)[..., None, None], inverse, torch.nan) if bool(info.any()) else inverse


def _adjugate(A: Tensor) -> Tensor:
    """The transposed matrix of cofactors, each the determinant of a minor."""
    size = range(A.shape[-1])
    if len(size) == 1:
        return torch.ones_like(A)

    def cofactor(i: int, j: int) -> Tensor:
        minor = A[..., [r for r in size if r != i], :][..., [c for c in size if c != j]]
        value: Tensor = torch.linalg.det(minor)
        return -value if (i + j) % 2 else value

    return torch.stack([torch.stack([cofactor(j, i) for j in size], dim=-1) for i in size], dim=-2)


def _matrix_power(A: Tensor, exponent: int) -> Tensor:
    square = A if exponent >= 0 else _inv(A)
    result = torch.eye(A.shape[-1], dtype=torch.float64).expand(A.shape)
    for bit in reversed(f"{abs(exponent):b}"):
        result = result @ square if bit == "1" else result
        square = square @ square
    return result


def _along_rows(operation: Callable[[Tensor, int], Tensor]) -> Operation:
    """The operation along each row with axis 1, else over all the entries of a vector."""

    def extended(A: Tensor, axis: int | None = None) -> Tensor:
        along_rows = axis == 1 or A.shape[-2] == 1
        return operation(A, -1 if along_rows else -2)

    return extended


def _is_invertible(A: Tensor) -> Tensor:
    singular: Tensor = torch.linalg.svdvals(A)
    return singular[..., -1] > MARGIN * singular[..., 0]


def _is_orthogonal(A: Tensor) -> Tensor:
    return (A.mT @ A - torch.eye(A.shape[-1], dtype=torch.float64)).abs().amax(dim=(-2, -1)) < MARGIN


def _least_eigenvalue(A: Tensor) -> Tensor:
    """Of a symmetric matrix, relative to the largest entry."""
    eigenvalues: Tensor = torch.linalg.eigvalsh(A)
    return eigenvalues[..., 0] / A.abs().amax(dim=(-2, -1)).clamp(min=MARGIN)


PROPERTIES: Mapping[str, Callable[[Tensor], Tensor]] = {
    "positive": lambda A: A.amin(dim=(-2, -1)) > MARGIN,
    "nonzero": lambda A: A.abs().amin(dim=(-2, -1)) > MARGIN,
    "invertible": _is_invertible,
    "orthogonal": _is_orthogonal,
    "psd": lambda A: _least_eigenvalue(A) > -MARGIN,
    "pd": lambda A: _least_eigenvalue(A) > MARGIN,
}
"""At which points a matrix has a property; those that tie entries hold by construction."""

OPERATIONS: Mapping[str, Operation] = {
    "+": torch.add,
    "-": torch.sub,
    "*": torch.mul,
    "/": torch.div,
    "**": torch.pow,
    "@": torch.matmul,
    "negate": torch.neg,
    "transpose": lambda A: A.mT,
    "unvec": _unvec,
    "stack": _stack,
    "inv": _guarded(_inv),
    "pinv": _guarded(lambda A: torch.linalg.pinv(A, rtol=PINV_TOLERANCE)),
    "det": _guarded(lambda A: torch.linalg.det(A)[..., None, None]),
    "logdet": _guarded(_logdet),
    "adjugate": _guarded(_adjugate),
    "matrix_power": _matrix_power,
    "expm": _guarded(torch.linalg.matrix_exp),
    "trace": _trace,
    "sum": _sum,
    "norm": lambda A: _sum(A * A).sqrt(),
    "norm1": lambda x: _sum(x.abs()),
    "diag": lambda x: torch.diag_embed(_vec(x).squeeze(-1)),
    "diagonal": _diagonal,
    "vec": _vec,
    "kron": _kron,
    "dot": lambda x, y: _sum(_vec(x) * _vec(y)),
    "outer": lambda x, y: _vec(x) @ _vec(y).mT,
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
