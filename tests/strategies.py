"""Hypothesis strategies for well-typed expressions, built from nodes and not from text.

All expressions live in one scope, that of `CLAIM`, whose ring has every name they may contain. `claim_text` puts an
expression beside the anchor of that scope, so that parsing the text gives nodes over the same ring.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from matcalc.language import parse_claim, to_text
from matcalc.language.nodes import (
    Application,
    Binary,
    BinaryOperator,
    Call,
    Derivative,
    Differential,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Number,
    Parameter,
    Pi,
    Shape,
    Size,
    Symbol,
    TotalDifferential,
    Transpose,
    Variable,
)
from matcalc.language.sizes import generator

T = TypeVar("T")

REAL = ("scalar", "vector", "matrix")
WHERE = {
    "s": "scalar",
    "t": "scalar positive",
    "x": "vector(n)",
    "y": "vector(n)",
    "z": "vector(m)",
    "A": "matrix(m, n)",
    "B": "matrix(m, n)",
    "X": "matrix(n, n)",
    "Y": "matrix(n, n) invertible",
    "u": "vector(n) of x",
    "k": "integer",
    "i": "index(n)",
    "j": "index(m)",
    "f": "function",
}
VARYING = ("s", "x", "A", "X")
_ANCHOR = "Sum(ds * sum(dx) * sum(dA) * sum(dX), r, 1, n)"
CLAIM = parse_claim(f"{_ANCHOR} == 0", WHERE)
SCOPE = CLAIM.scope
_RING = SCOPE.ring
ONE: Size = _RING.one
M, N, K, I_, J, R = (generator(_RING, name) for name in "mnkijr")
SCALAR, COLUMN, ROW, MATRIX, SQUARE = Shape(ONE, ONE), Shape(N, ONE), Shape(ONE, N), Shape(M, N), Shape(N, N)

SHAPES = (SCALAR, COLUMN, ROW, MATRIX, SQUARE)
_SYMBOLS = [Symbol(declared.shape, name) for name, declared in SCOPE.declarations.items() if declared.kind in REAL]
_DIFFERENTIALS = [Differential(SCOPE[name].shape, name) for name in VARYING]
_NAMES = [Parameter(SCALAR, name) for name in (K, N, M, I_)]
_EVERYWHERE = ("exp", "sin", "cos", "tanh", "sigmoid", "softplus", "erf")
_SOMEWHERE = ("log", "sqrt", "tan", "abs", "sign", "relu")


def claim_text(expression: Expression) -> str:
    """A claim whose first side is `expression` and whose names are those of `SCOPE`."""
    return f"{to_text(expression)} == {_ANCHOR}"


@st.composite
def expressions(draw: st.DrawFn, shape: Shape | None = None, *, depth: int = 3, everywhere: bool = False) -> Expression:
    """A well-typed expression of `shape`, or of any of `SHAPES`, nested at most `depth` levels.

    With `everywhere`, it is defined and smooth at every point: no quotients, powers, inverses, logarithms or roots.
    """
    wanted = draw(st.sampled_from(SHAPES)) if shape is None else shape
    return _Grower(draw, everywhere).grow(wanted, depth)


class _Grower:
    """Grows one expression from the root down, drawing each choice."""

    def __init__(self, draw: st.DrawFn, everywhere: bool) -> None:
        self.draw = draw
        self.everywhere = everywhere
        self.in_sum = False

    def choose(self, options: Sequence[T]) -> T:
        return options[self.draw(st.integers(0, len(options) - 1))]

    def grow(self, shape: Shape, depth: int) -> Expression:
        if depth == 0:
            return self.leaf(shape)
        forms = [
            self.leaf_at,
            self.negated,
            self.transposed,
            self.combined,
            self.product,
            self.elementwise,
            self.applied,
        ]
        forms += [self.directional, self.by_entry, self.differential, self.summed]
        forms += [self.reduced, self.entry] if shape.is_scalar else [self.derivative]
        return self.choose(forms)(shape, depth - 1)

    def leaf_at(self, shape: Shape, depth: int) -> Expression:
        return self.leaf(shape)

    def leaf(self, shape: Shape) -> Expression:
        leaves: list[Expression] = [symbol for symbol in _SYMBOLS if symbol.shape == shape]
        leaves += [differential for differential in _DIFFERENTIALS if differential.shape == shape]
        leaves += [Call(shape, name, (), (shape.rows, shape.columns)) for name in ("zeros", "ones")]
        if shape == SQUARE:
            leaves.append(Call(shape, "eye", (), (N,)))
        if shape == COLUMN:
            leaves += [Call(shape, "basis", (), (I_, N)), Call(shape, "ones", (), (N,))]
        if shape.is_scalar:
            leaves += [Pi(SCALAR), Call(SCALAR, "delta", (), (I_, I_ + 1)), *_NAMES, self.number()]
            leaves += [Parameter(SCALAR, R)] if self.in_sum else []
        return self.choose(leaves)

    def number(self) -> Number:
        return Number(SCALAR, Fraction(self.draw(st.integers(0, 999)), 10 ** self.draw(st.integers(0, 3))))

    def negated(self, shape: Shape, depth: int) -> Expression:
        return Negate(shape, self.grow(shape, depth))

    def transposed(self, shape: Shape, depth: int) -> Expression:
        return Transpose(shape, self.grow(shape.transposed, depth))

    def combined(self, shape: Shape, depth: int) -> Expression:
        operators: tuple[BinaryOperator, ...] = ("+", "-", "*") if self.everywhere else ("+", "-", "*", "/", "**")
        left, right = self.choose(((shape, shape), (SCALAR, shape), (shape, SCALAR)))
        return Binary(shape, self.choose(operators), self.grow(left, depth), self.grow(right, depth))

    def product(self, shape: Shape, depth: int) -> Expression:
        inner = self.choose((ONE, M, N))
        left = self.grow(Shape(shape.rows, inner), depth)
        return Binary(shape, "@", left, self.grow(Shape(inner, shape.columns), depth))

    def elementwise(self, shape: Shape, depth: int) -> Expression:
        names = _EVERYWHERE if self.everywhere else _EVERYWHERE + _SOMEWHERE
        return Call(shape, self.choose(names), (self.grow(shape, depth),))

    def applied(self, shape: Shape, depth: int) -> Expression:
        return Application(shape, "f", self.choose((0, 1, 2)), self.grow(shape, depth))

    def reduced(self, shape: Shape, depth: int) -> Expression:
        names = ("trace", "sum", "dot") if self.everywhere else ("trace", "sum", "dot", "det", "logdet", "norm")
        name = self.choose(names)
        if name == "dot":
            return Call(SCALAR, name, (self.grow(COLUMN, depth), self.grow(ROW, depth)))
        return Call(SCALAR, name, (self.grow(SQUARE, depth),))

    def entry(self, shape: Shape, depth: int) -> Expression:
        at = R if self.in_sum else I_
        form, row, column = self.choose(((MATRIX, J, at), (COLUMN, at, ONE), (ROW, ONE, N - at + 1)))
        return EntryOf(SCALAR, self.grow(form, depth), row, column)

    def derivative(self, shape: Shape, depth: int) -> Expression:
        """The derivative of a scalar by a symbol of the shape, or the Jacobian of a column; else a leaf."""
        by = [Variable(name, SCOPE[name].shape) for name in ("x", "u", "A", "X") if SCOPE[name].shape == shape]
        if shape == SQUARE and self.draw(st.booleans()):
            return Derivative(SQUARE, "jacobian", self.grow(COLUMN, depth), Variable("x", COLUMN), "mixed")
        if not by:
            return self.leaf(shape)
        return Derivative(shape, self.choose(("D", "grad")), self.grow(SCALAR, depth), self.choose(by), "mixed")

    def directional(self, shape: Shape, depth: int) -> Expression:
        body, direction = self.grow(shape, depth), self.grow(COLUMN, depth)
        return Derivative(shape, "jvp", body, Variable("x", COLUMN), "mixed", direction)

    def by_entry(self, shape: Shape, depth: int) -> Expression:
        return Derivative(shape, "D", self.grow(shape, depth), Variable("X", SCALAR, (I_, N)), "mixed")

    def differential(self, shape: Shape, depth: int) -> Expression:
        return TotalDifferential(shape, self.grow(shape, depth), VARYING)

    def summed(self, shape: Shape, depth: int) -> Expression:
        """A sum over r, or the summand alone where a sum over r stands around it."""
        if self.in_sum:
            return self.grow(shape, depth)
        self.in_sum = True
        body = self.grow(shape, depth)
        self.in_sum = False
        return FiniteSum(shape, body, "r", *self.choose(((ONE, N), (ONE - ONE, K - 1), (I_, N))))
