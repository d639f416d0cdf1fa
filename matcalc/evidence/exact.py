"""The engine of exact numbers: every operation of the language entry by entry, over fractions, long decimals or
generic numbers, with derivatives by dual numbers and never by a matrix rule.

A division by zero raises ZeroDivisionError, any other value that does not exist UndefinedError.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from matcalc.evidence import matrices
from matcalc.evidence.balls import Balls
from matcalc.evidence.domains import ELEMENTARY, Decimals, Domain, apply, power
from matcalc.evidence.duals import Dual, constant_part, depth, split
from matcalc.evidence.generic_numbers import GenericNumbers
from matcalc.evidence.matrices import Rows, each, elementwise, matmul, transpose, unvec, vec
from matcalc.evidence.outcomes import IrrationalError, OutOfReachError, UndefinedError

LARGEST_EXPONENT_NORM = 100
"""A matrix of larger entries is not put into the matrix exponential."""

LARGEST_DETERMINANT = 10
LARGEST_ADJUGATE = 6
"""Rows of the largest matrix that is expanded into minors."""

LARGEST_POWER = 1000
"""Of a matrix, by repeated squaring."""

Operation: TypeAlias = Callable[..., Rows]


@dataclass(frozen=True, slots=True)
class ExactBackend:
    """The engine of exact numbers; a value is a tuple of rows of the domain's numbers, dual or not."""

    domain: Domain
    _levels: Iterator[int] = field(default_factory=itertools.count, compare=False)

    def constant(self, rows: Rows) -> Rows:
        """The fractions in this domain."""
        return each(self.domain.number, rows)

    def pi(self) -> Rows:
        """The number pi, 1×1."""
        return ((self.domain.pi(),),)

    def extents(self, value: Rows) -> tuple[int, int]:
        """Rows and columns."""
        return len(value), len(value[0])

    def entry(self, value: Rows, row: int, column: int) -> Rows:
        """One entry, 1×1."""
        return ((value[row][column],),)

    def apply(self, operation: str, *operands: Rows | int) -> Rows:
        """The operation of the table."""
        if operation in ELEMENTARY:
            return each(lambda x: apply(self.domain, operation, 0, x), operands[0])  # type: ignore[arg-type]
        return OPERATIONS[operation](self.domain, *operands)

    def jacobian(self, body: Callable[[Rows], Rows], at: Rows, outputs: int) -> Rows:
        """The slopes of body, a column of so many outputs, by the entries of `at`, in the order of vec."""
        level = next(self._levels)
        one, zero = self.domain.one, self.domain.number(Fraction(0))
        rows, columns = self.extents(at)
        leaf = tuple(tuple(Dual(level, at[i][j], {j * rows + i: one}) for j in range(columns)) for i in range(rows))
        slopes = [split(entry, level)[1] for (entry,) in body(leaf)]
        return tuple(tuple(slope.get(k, zero) for k in range(rows * columns)) for slope in slopes)

    def observe(self, value: Rows) -> None:
        """Exact numbers need no watching."""


def _sum(domain: Domain, A: Rows, axis: int | None = None) -> Rows:
    match axis:
        case 0:
            return (tuple(matrices.total(list(column)) for column in transpose(A)),)
        case 1:
            return tuple((matrices.total(list(row)),) for row in A)
    return ((matrices.total([entry for row in A for entry in row]),),)


def _trace(domain: Domain, A: Rows) -> Rows:
    return ((matrices.total([A[i][i] for i in range(len(A))]),),)


def _diagonal_matrix(domain: Domain, x: Rows) -> Rows:
    entries = [entry for (entry,) in vec(x)]
    zero = domain.number(Fraction(0))
    return tuple(tuple(entry if i == j else zero for j in range(len(entries))) for i, entry in enumerate(entries))


def _norm(domain: Domain, A: Rows) -> Rows:
    square = _sum(domain, elementwise(lambda a, b: a * b, A, A))[0][0]
    return ((apply(domain, "sqrt", 0, square),),)


def _norm1(domain: Domain, x: Rows) -> Rows:
    return _sum(domain, each(lambda entry: apply(domain, "abs", 0, entry), x))


def _det(domain: Domain, A: Rows) -> Rows:
    if len(A) > LARGEST_DETERMINANT:
        raise OutOfReachError(f"an exact determinant of {len(A)} rows")
    return ((matrices.determinant(A, domain.one),),)


def _logdet(domain: Domain, A: Rows) -> Rows:
    absolute = apply(domain, "abs", 0, _det(domain, A)[0][0])
    return ((apply(domain, "log", 0, absolute),),)


def _adjugate(domain: Domain, A: Rows) -> Rows:
    if len(A) > LARGEST_ADJUGATE:
        raise OutOfReachError(f"an exact adjugate of {len(A)} rows")
    return matrices.adjugate(A, domain.one)


def _inv(domain: Domain, A: Rows) -> Rows:
    if isinstance(domain, GenericNumbers):  # where elimination would pile up reciprocals
        reciprocal = domain.one / _det(domain, A)[0][0]
        return each(lambda entry: entry * reciprocal, _adjugate(domain, A))
    return matrices.inverse(A, domain.one, lambda entry: domain.is_zero(constant_part(entry)))


def _matrix_power(domain: Domain, A: Rows, exponent: int) -> Rows:
    if abs(exponent) > LARGEST_POWER:
        raise OutOfReachError(f"matrix power {exponent}")
    if exponent == 0:
        return matrices.identity(len(A), domain.one)
    base = A if exponent > 0 else _inv(domain, A)
    result = base
    for bit in f"{abs(exponent):b}"[1:]:
        result = matmul(result, result)
        result = matmul(result, base) if bit == "1" else result
    return result


def _pinv(domain: Domain, A: Rows) -> Rows:
    """Aᵀ(AAᵀ)⁻¹ or (AᵀA)⁻¹Aᵀ by full rank; else, without a derivative, by a rank factorisation A = B C.

    Source: Ben-Israel and Greville, Generalized Inverses, 2003, section 1.6, theorem 5.
    """
    if isinstance(domain, GenericNumbers):
        return _generic_pinv(domain, A)
    constant = each(constant_part, A)
    echelon, pivots = matrices.row_echelon(constant, domain.one, domain.is_zero)
    At = transpose(A)
    if len(pivots) == len(A):
        return matmul(At, _inv(domain, matmul(A, At)))
    if len(pivots) == len(A[0]):
        return matmul(_inv(domain, matmul(At, A)), At)
    if isinstance(domain, Balls):
        raise OutOfReachError("a rank that is not full, of numbers between bounds")
    if any(isinstance(entry, Dual) for row in A for entry in row):
        raise UndefinedError("the pseudo-inverse has no derivative where the rank can change")
    if not pivots:
        return At
    factor = tuple(tuple(row[column] for column in pivots) for row in A)
    return matmul(_pinv(domain, echelon), _pinv(domain, factor))


def _generic_pinv(domain: GenericNumbers, A: Rows) -> Rows:
    """The pseudo-inverse of a matrix of known rank; it has a derivative where the rank is full.

    With A = F G of that rank it is Gᵀ(GGᵀ)⁻¹(FᵀF)⁻¹Fᵀ. Source: Ben-Israel and Greville 2003, section 1.6, theorem 5.
    """
    key = each(lambda entry: constant_part(entry).polynomial, A)
    if key not in domain.factors and transpose(key) in domain.factors:
        return transpose(_generic_pinv(domain, transpose(A)))
    if key not in domain.factors:
        raise OutOfReachError("the pseudo-inverse of an expression, whose rank is not known")
    F, G = domain.factors[key]
    if len(G) == min(len(A), len(A[0])):
        wide = len(A) <= len(A[0])
        gram = matmul(A, transpose(A)) if wide else matmul(transpose(A), A)
        return matmul(transpose(A), _inv(domain, gram)) if wide else matmul(_inv(domain, gram), transpose(A))
    if any(isinstance(entry, Dual) for row in A for entry in row):
        raise UndefinedError("the pseudo-inverse has no derivative where the rank can change")
    if not G:
        return transpose(A)
    right = matmul(transpose(G), _inv(domain, matmul(G, transpose(G))))
    return matmul(right, matmul(_inv(domain, matmul(transpose(F), F)), transpose(F)))


def _expm(domain: Domain, A: Rows) -> Rows:
    """The exponential series: finite for a nilpotent matrix, else scaled and squared in decimals.

    With Nⁿ = 0 for the constant part N of A and d nested levels, A^(n(d+1)) = 0: each product has at most d
    infinitesimal factors between runs of fewer than n factors N.
    """
    size = len(A)
    constant = each(constant_part, A)
    power = [entry for row in _matrix_power(domain, constant, size) for entry in row]
    nilpotent = all(entry == 0 if isinstance(domain, Balls) else domain.is_zero(entry) for entry in power)
    if nilpotent:
        return _exponential_series(domain, A, size * (1 + max(depth(entry) for row in A for entry in row)))
    if isinstance(domain, GenericNumbers):
        raise OutOfReachError("the exponential of a generic matrix")
    if isinstance(domain, Balls):
        raise OutOfReachError("bounds of a matrix exponential")
    if not isinstance(domain, Decimals):
        raise IrrationalError
    norm = max(abs(entry) for row in constant for entry in row)
    if norm > LARGEST_EXPONENT_NORM:
        raise UndefinedError("too large to evaluate")
    squarings = int(norm * 2 * size).bit_length()
    scale = domain.number(Fraction(1, 2**squarings))
    result = _exponential_series(domain, each(lambda entry: entry * scale, A), domain.digits)
    for _ in range(squarings):
        result = matmul(result, result)
    return result


def _exponential_series(domain: Domain, A: Rows, terms: int) -> Rows:
    result = term = matrices.identity(len(A), domain.one)
    for k in range(1, terms):
        scale = domain.number(Fraction(1, k))
        term = each(lambda entry, scale=scale: entry * scale, matmul(term, A))  # type: ignore[misc]
        result = elementwise(lambda a, b: a + b, result, term)
    return result


def _along_rows(function: Callable[[Domain, Rows], Rows]) -> Operation:
    """The operation of a row vector, extended to all the entries of a vector, or with axis 1 to each row."""

    def extended(domain: Domain, A: Rows, axis: int | None = None) -> Rows:
        if axis == 1:
            return tuple(function(domain, (row,))[0] for row in A)
        result = function(domain, transpose(vec(A)))
        return unvec(transpose(result), len(A), len(A[0])) if len(result[0]) > 1 else result

    return extended


def _softmax(domain: Domain, x: Rows) -> Rows:
    powers = each(lambda entry: apply(domain, "exp", 0, entry), x)
    return elementwise(lambda a, b: a / b, powers, _sum(domain, powers))


def _logsumexp(domain: Domain, x: Rows) -> Rows:
    powers = each(lambda entry: apply(domain, "exp", 0, entry), x)
    return each(lambda entry: apply(domain, "log", 0, entry), _sum(domain, powers))


OPERATIONS: Mapping[str, Operation] = {
    "+": lambda domain, A, B: elementwise(lambda a, b: a + b, A, B),
    "-": lambda domain, A, B: elementwise(lambda a, b: a - b, A, B),
    "*": lambda domain, A, B: elementwise(lambda a, b: a * b, A, B),
    "/": lambda domain, A, B: elementwise(lambda a, b: a / b, A, B),
    "**": lambda domain, A, B: elementwise(lambda a, b: power(domain, a, b), A, B),
    "@": lambda domain, A, B: matmul(A, B),
    "negate": lambda domain, A: each(lambda a: -a, A),
    "transpose": lambda domain, A: transpose(A),
    "unvec": lambda domain, x, rows, columns: unvec(x, rows, columns),
    "stack": lambda domain, *columns: tuple(itertools.chain(*columns)),
    "inv": _inv,
    "pinv": _pinv,
    "det": _det,
    "logdet": _logdet,
    "adjugate": _adjugate,
    "matrix_power": _matrix_power,
    "expm": _expm,
    "trace": _trace,
    "sum": _sum,
    "norm": _norm,
    "norm1": _norm1,
    "diag": _diagonal_matrix,
    "diagonal": lambda domain, A: tuple((A[i][i],) for i in range(len(A))),
    "vec": lambda domain, A: vec(A),
    "kron": lambda domain, A, B: matrices.kronecker(A, B),
    "dot": lambda domain, x, y: matmul(transpose(vec(x)), vec(y)),
    "outer": lambda domain, x, y: matmul(vec(x), transpose(vec(y))),
    "softmax": _along_rows(_softmax),
    "logsumexp": _along_rows(_logsumexp),
    "detach": lambda domain, A: each(constant_part, A),
}
"""The operations that are not applied entry by entry; those are the rows of `ELEMENTARY`."""
