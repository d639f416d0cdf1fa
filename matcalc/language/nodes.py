"""The typed syntax tree: every node has a shape in symbolic sizes.

Sizes, exponents, index positions and summation bounds are all of one type, `Size`: a polynomial of SymPy's sparse ring
over the names of the claim (sizes, integers, indices, summation variables). The ring belongs to the claim's scope, so
two sizes are equal exactly when they are equal for every value of the names.

Nodes are frozen and compare by value; the span of text they came from does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, TypeAlias

Size: TypeAlias = Any
"""`sympy.polys.rings.PolyElement` over QQ; SymPy does not type its rings."""

Layout: TypeAlias = Literal["mixed", "numerator", "denominator"]
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows and columns. A scalar is 1×1, a vector n×1; a declared size never collapses, whatever its value."""

    rows: Size
    columns: Size

    @property
    def is_scalar(self) -> bool:
        return bool(self.rows == 1 and self.columns == 1)

    @property
    def is_column(self) -> bool:
        """n×1 with n not the number 1."""
        return bool(self.columns == 1 and self.rows != 1)

    @property
    def is_row(self) -> bool:
        """1×n with n not the number 1."""
        return bool(self.rows == 1 and self.columns != 1)

    @property
    def transposed(self) -> "Shape":
        return Shape(self.columns, self.rows)

    @property
    def entries(self) -> Size:
        """The number of entries, rows times columns."""
        return self.rows * self.columns

    def __str__(self) -> str:
        return f"{_factor_text(self.rows)}×{_factor_text(self.columns)}"


def _factor_text(size: Size) -> str:
    text = str(size).replace("**", "^")
    return f"({text})" if " " in text else text


@dataclass(frozen=True, slots=True)
class Node:
    """What every node has: its shape and its place in the claim."""

    shape: Shape
    span: Span = field(compare=False, kw_only=True, default=(0, 0))


@dataclass(frozen=True, slots=True)
class Number(Node):
    """An exact rational number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Pi(Node):
    """The number pi."""


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A size, integer, index or summation variable used as a scalar value, or a polynomial of these."""

    value: Size


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """A declared scalar, vector or matrix, constant or `of` others."""

    name: str


@dataclass(frozen=True, slots=True)
class Differential(Node):
    """`dX`, the differential of the declared symbol `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """`-A`."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Transpose(Node):
    """`A.T`."""

    operand: "Expression"


BinaryOperator: TypeAlias = Literal["+", "-", "*", "/", "**", "@"]


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`+ - * / **` entry by entry with scalars broadcast, `@` the matrix product, inner sizes equal."""

    operator: BinaryOperator
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the table: `arguments` are expressions, `parameters` whole (sizes, indices, exponent, axis).

    `matrix_power(X, k)` is Call("matrix_power", (X,), (k,)); `basis(i, n)` is Call("basis", (), (i, n));
    `sum(X, 0)` is Call("sum", (X,), (0,)).
    """

    function: str
    arguments: tuple["Expression", ...]
    parameters: tuple[Size, ...] = ()


@dataclass(frozen=True, slots=True)
class Application(Node):
    """A declared `function` applied elementwise: `f.prime.prime(x)` has order 2."""

    function: str
    order: int
    argument: "Expression"


@dataclass(frozen=True, slots=True)
class EntryOf(Node):
    """`X[i, j]`, positions counted from 1; `x[i]` of a column has column 1, of a row has row 1."""

    operand: "Expression"
    row: Size
    column: Size


@dataclass(frozen=True, slots=True)
class Variable:
    """What a derivative is taken by: a declared symbol, or its entry (row, column); `shape` is 1×1 for an entry."""

    name: str
    shape: Shape
    entry: tuple[Size, Size] | None = None


DerivativeOperator: TypeAlias = Literal["D", "grad", "jacobian", "hessian", "jvp", "vjp"]


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """`D(body, x)` in `layout`, and the operators that no layout changes; `direction` is v of jvp and vjp."""

    operator: DerivativeOperator
    body: "Expression"
    variable: Variable
    layout: Layout
    direction: "Expression | None" = None


@dataclass(frozen=True, slots=True)
class TotalDifferential(Node):
    """`d(body)`: the sum over `varying` symbols X of the derivative of body along dX."""

    body: "Expression"
    varying: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiniteSum(Node):
    """`Sum(body, variable, lower, upper)`, both bounds included; `variable` is a generator of the scope's ring."""

    body: "Expression"
    variable: str
    lower: Size
    upper: Size


Expression: TypeAlias = (
    Number
    | Pi
    | Parameter
    | Symbol
    | Differential
    | Negate
    | Transpose
    | Binary
    | Call
    | Application
    | EntryOf
    | Derivative
    | TotalDifferential
    | FiniteSum
)

Kind: TypeAlias = Literal["scalar", "vector", "matrix", "integer", "index", "function"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declared name.

    `shape` is that of a value (1×1 for scalar, integer, index and for what a function returns of a scalar); `extent` is
    n of `index(n)`; `of` lists the variables of an arbitrary smooth function, in the order written.
    """

    name: str
    kind: Kind
    shape: Shape
    properties: frozenset[str] = frozenset()
    of: tuple[str, ...] = ()
    extent: Size = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of a claim: declarations in the order written, and the size names; `ring` holds every polynomial.

    The ring's generators are the size names, then the integers, indices and summation variables, then spare ones.
    """

    declarations: Mapping[str, Declaration]
    sizes: tuple[str, ...]
    ring: Any

    def __getitem__(self, name: str) -> Declaration:
        return self.declarations[name]


@dataclass(frozen=True, slots=True)
class Claim:
    """A parsed claim: `sides` (two or more) are said to be equal, each well-formed; their shapes may yet differ."""

    text: str
    sides: tuple[Expression, ...]
    scope: Scope
    layout: Layout
