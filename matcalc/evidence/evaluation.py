"""The value of a claim's sides at a point, for any engine: the recursion over the syntax tree.

Every derivative operator is built from one thing: the Jacobian by the entries of a matrix L, at L = 0, of the body
evaluated in a copy of the environment where the variable X has moved to X + change(L). The change is L itself, with
what the structure of X ties to its entries; for one entry, a direction or a differential L is a scalar t, and the
change t times that. A symbol `of` others is evaluated from the environment each time, unless it is itself that
variable. Positions and sizes that leave their range raise UndefinedError: there the claim says nothing.
"""

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeAlias, assert_never

from matcalc.evidence.backend import Backend, V
from matcalc.evidence.functions import AnyFunction, AnyMap, Instance, ScalarFunction, SmoothMap
from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.sizes import Numbers, extents, whole
from matcalc.evidence.structure import entry_direction, free_change, unit
from matcalc.language import rational_at
from matcalc.language.nodes import (
    Application,
    Binary,
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
    Scope,
    Shape,
    Size,
    Symbol,
    TotalDifferential,
    Transpose,
    Variable,
)

MOST_TERMS = 1000
"""Terms of the longest finite sum that is evaluated."""

MOST_NESTED = 6
"""Derivatives inside one another, at most."""


@dataclass(frozen=True, slots=True)
class Evaluation(Generic[V]):
    """An environment: values of the independent symbols and, under `dX`, of differentials; instances of functions.

    `nested` counts the derivatives that are being taken around the expression.
    """

    backend: Backend[V]
    scope: Scope
    numbers: Numbers
    values: Mapping[str, V]
    functions: Mapping[str, Instance]
    nested: int = 0

    def value(self, node: Expression) -> V:
        """The value of an expression."""
        result = self._value(node)
        self.backend.observe(result)
        return result

    def _value(self, node: Expression) -> V:  # noqa: C901 one case for each node
        apply = self.backend.apply
        match node:
            case Number(value=value):
                return self._scalar(value)
            case Pi():
                return self.backend.pi()
            case Parameter(value=size):
                return self._scalar(rational_at(size, self.numbers))
            case Symbol(name=name):
                return self.symbol(name)
            case Differential(name=name):
                return self.values[f"d{name}"]
            case Negate(operand=operand):
                return apply("negate", self.value(operand))
            case Transpose(operand=operand):
                return apply("transpose", self.value(operand))
            case Binary():
                return self._chain(node)
            case Call():
                return self._call(node)
            case Application(function=name, order=order, argument=argument):
                return self._applied(name, order, self.value(argument))
            case EntryOf(operand=operand, row=row, column=column):
                return self._entry(self.value(operand), row, column)
            case Derivative():
                return self._derivative(node)
            case TotalDifferential():
                return self._total_differential(node)
            case FiniteSum():
                return self._finite_sum(node)
            case _:
                assert_never(node)

    def _chain(self, node: Binary) -> V:
        """A chain of operators from its first operand on, so that a long chain needs no deep recursion."""
        links: list[Binary] = []
        first: Expression = node
        while isinstance(first, Binary):
            links.append(first)
            first = first.left
        if isinstance(first, Call) and first.function == "norm" and (half := _half_of_even(links[-1])) is not None:
            links.pop()
            result = self._even_power_of_norm(first, half)
        else:
            result = self.value(first)
        for link in reversed(links):
            if link.operator == "**" and not _is_constant(link.right):
                self.backend.observe(self.backend.apply("log", result))  # b^p is exp(p log b): b > 0, whatever p is
            result = self.backend.apply(link.operator, result, self.value(link.right))
            self.backend.observe(result)
        return result

    def _even_power_of_norm(self, norm: Call, half: Fraction) -> V:
        """A power of the sum of squares, which has derivatives at zero where the norm has none."""
        argument = self.value(norm.arguments[0])
        squares = self.backend.apply("sum", self.backend.apply("*", argument, argument))
        return self.backend.apply("**", squares, self._scalar(half))

    def symbol(self, name: str) -> V:
        """The value of a declared symbol: its own, or that of its function at the values of its variables."""
        if name in self.values:
            return self.values[name]
        function = self.functions[name]
        if not isinstance(function, SmoothMap | AnyMap):
            raise OutOfReachError(f"{name} without an argument")
        declaration = self.scope[name]
        stacked = [self.backend.apply("vec", self.symbol(variable)) for variable in declaration.of]
        return function.value(
            self.backend, self.backend.apply("stack", *stacked), *extents(declaration.shape, self.numbers)
        )

    def _applied(self, name: str, order: int, argument: V) -> V:
        function = self.functions[name]
        if not isinstance(function, ScalarFunction | AnyFunction):
            raise OutOfReachError(f"{name} of an argument")
        return function.value(self.backend, order, argument)

    def _scalar(self, value: Fraction) -> V:
        return self.backend.constant(((value,),))

    def _call(self, node: Call) -> V:
        parameters = [whole(parameter, self.numbers) for parameter in node.parameters]
        if node.function in CONSTANTS:
            return self.backend.constant(CONSTANTS[node.function](*parameters))
        return self.backend.apply(node.function, *map(self.value, node.arguments), *parameters)

    def _entry(self, matrix: V, row: Size, column: Size) -> V:
        return self.backend.entry(matrix, *self._position(row, column, self.backend.extents(matrix)))

    def _position(self, row: Size, column: Size, size: tuple[int, int]) -> tuple[int, int]:
        i, j = whole(row, self.numbers), whole(column, self.numbers)
        if not (1 <= i <= size[0] and 1 <= j <= size[1]):
            raise UndefinedError(f"entry ({i}, {j}) of a matrix {size[0]}×{size[1]}")
        return i - 1, j - 1

    def _finite_sum(self, node: FiniteSum) -> V:
        lower, upper = whole(node.lower, self.numbers), whole(node.upper, self.numbers)
        if upper - lower >= MOST_TERMS:
            raise OutOfReachError(f"a sum of {upper - lower + 1} terms")
        result = self.backend.constant(_filled(0, *extents(node.shape, self.numbers)))
        for index in range(lower, upper + 1):
            inner = replace(self, numbers={**self.numbers, node.variable: index})
            result = self.backend.apply("+", result, inner.value(node.body))
        return result

    # Derivatives

    def partials(self, body: Expression, variable: Variable) -> V:
        """The Jacobian of vec(body) by the free entries of the variable, or by its one entry."""
        return self._jacobian(lambda inner: inner.value(body), self._entries(body.shape), variable)

    def _derivative(self, node: Derivative) -> V:
        match node.operator:
            case "D":
                return self._by_layout(node)
            case "grad":
                return self._gradient(node.body, node.variable)
            case "jacobian":
                return self.partials(node.body, node.variable)
            case "hessian":
                return self._hessian(node.body, node.variable)
            case "jvp":
                change, direction = self._change(node.variable, tied=False), self._direction(node)
                return self._along(node.body, node.variable.name, change(direction))
            case "vjp":
                return self._weighted_gradient(node)
            case _:
                assert_never(node.operator)

    def _direction(self, node: Derivative) -> V:
        if node.direction is None:
            raise OutOfReachError(f"{node.operator} without a direction")
        return self.value(node.direction)

    def _by_layout(self, node: Derivative) -> V:
        """The table of layouts: the gradient's shape for a scalar by anything, F's shape for anything by a scalar."""
        transpose = node.layout == "denominator"
        if node.variable.shape.is_scalar:
            rows, columns = extents(node.body.shape, self.numbers)
            result = self.backend.apply("unvec", self.partials(node.body, node.variable), rows, columns)
        elif node.body.shape.is_scalar:
            result = self._gradient(node.body, node.variable)
            transpose = node.layout == "numerator"
        else:
            result = self.partials(node.body, node.variable)
        return self.backend.apply("transpose", result) if transpose else result

    def _gradient(self, body: Expression, variable: Variable) -> V:
        """The derivatives of a scalar, in the shape of the variable."""
        return self._shaped(self.partials(body, variable), variable)

    def _hessian(self, body: Expression, variable: Variable) -> V:
        """The Jacobian of the gradient of a scalar."""
        return self._jacobian(lambda inner: inner._gradient(body, variable), self._entries(variable.shape), variable)

    def _weighted_gradient(self, node: Derivative) -> V:
        """The gradient of ⟨weights, F⟩: the pullback of the weights."""
        weights = self._direction(node)

        def weighted(inner: "Evaluation[V]") -> V:
            return self.backend.apply("dot", weights, inner.value(node.body))

        return self._shaped(self._jacobian(weighted, 1, node.variable), node.variable)

    def _shaped(self, row: V, variable: Variable) -> V:
        column = self.backend.apply("transpose", row)
        return self.backend.apply("unvec", column, *extents(variable.shape, self.numbers))

    def _entries(self, shape: Shape) -> int:
        return math.prod(extents(shape, self.numbers))

    def _jacobian(self, body: "Body[V]", outputs: int, variable: Variable) -> V:
        """∂vec(F)/∂vec(X)ᵀ of a body F of so many entries by the free entries of X, or its column for one entry."""
        L = self.backend.constant(_filled(0, *extents(variable.shape, self.numbers)))
        return self._slopes(body, outputs, variable.name, self._change(variable), L)

    def _change(self, variable: Variable, *, tied: bool = True) -> Callable[[V], V]:
        """What an L in the shape of the variable adds to its symbol: L with what is tied to it, or L times an entry."""
        properties = self.scope[variable.name].properties
        if "orthogonal" in properties:
            raise OutOfReachError(f"a derivative by the orthogonal matrix {variable.name}: it has no free entries")
        properties = properties if tied else frozenset()
        if variable.entry is None:
            return lambda L: free_change(self.backend, properties, L)
        rows, columns = extents(self.scope[variable.name].shape, self.numbers)
        direction = entry_direction(properties, self._position(*variable.entry, (rows, columns)), rows, columns)
        return lambda t: self.backend.apply("*", t, self.backend.constant(direction))

    def _along(self, body: Expression, name: str, direction: V) -> V:
        """The derivative of body by t where the symbol is X + t·direction, in the shape of body."""
        rows, columns = extents(body.shape, self.numbers)
        t = self.backend.constant(_filled(0, 1))

        def change(t: V) -> V:
            return self.backend.apply("*", t, direction)

        column = self._slopes(lambda inner: inner.value(body), rows * columns, name, change, t)
        return self.backend.apply("unvec", column, rows, columns)

    def _slopes(self, body: "Body[V]", outputs: int, name: str, change: Callable[[V], V], L: V) -> V:
        """∂vec(body)/∂vec(L)ᵀ at L, which is zero, where the symbol is X + change(L)."""
        if self.nested == MOST_NESTED:
            raise OutOfReachError(f"more than {MOST_NESTED} nested derivatives")
        apply, at = self.backend.apply, self.symbol(name)

        def moved(L: V) -> V:
            values = {**self.values, name: apply("+", at, change(L))}
            return apply("vec", body(replace(self, values=values, nested=self.nested + 1)))

        return self.backend.jacobian(moved, L, outputs)

    def _total_differential(self, node: TotalDifferential) -> V:
        """Σ_X of the derivatives along dX, the directions being tangent to the structure of each X."""
        result = self.backend.constant(_filled(0, *extents(node.body.shape, self.numbers)))
        for name in node.varying:
            result = self.backend.apply("+", result, self._along(node.body, name, self.values[f"d{name}"]))
        return result


Body: TypeAlias = Callable[[Evaluation[V]], V]
"""What is differentiated, evaluated in an environment."""


def _half_of_even(link: Binary) -> Fraction | None:
    """Half the exponent of a power with an even natural exponent."""
    match link:
        case Binary(operator="**", right=Number(value=exponent)) if exponent > 0 and exponent % 2 == 0:
            return exponent / 2
    return None


def _is_constant(exponent: Expression) -> bool:
    """Whether an exponent is made of numbers, sizes and integers alone."""
    match exponent:
        case Number() | Parameter():
            return True
        case Negate():
            return _is_constant(exponent.operand)
        case Binary():
            return _is_constant(exponent.left) and _is_constant(exponent.right)
        case _:
            return False


@functools.cache
def _filled(number: int, rows: int, columns: int = 1) -> Rows:
    return tuple((Fraction(number),) * columns for _ in range(rows))


@functools.cache
def _basis(position: int, size: int) -> Rows:
    if not 1 <= position <= size:
        raise UndefinedError(f"unit vector {position} of {size}")
    return tuple((row[position - 1],) for row in unit(size))


@functools.cache
def _commutation(rows: int, columns: int) -> Rows:
    """K with K vec(X) = vec(Xᵀ) for X: rows×columns; entry X_ij stands at j·rows + i and at i·columns + j."""
    order = [j * rows + i for i in range(rows) for j in range(columns)]
    return tuple(tuple(Fraction(int(k == source)) for k in range(rows * columns)) for source in order)


CONSTANTS: dict[str, Callable[..., Rows]] = {
    "eye": unit,
    "zeros": lambda rows, columns=1: _filled(0, rows, columns),
    "ones": lambda rows, columns=1: _filled(1, rows, columns),
    "basis": _basis,
    "commutation": _commutation,
    "delta": lambda i, j: _filled(int(i == j), 1),
}
"""The constant matrices of the language, from their whole numbers."""
