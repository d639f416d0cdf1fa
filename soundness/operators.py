"""The mutation operators on expressions: a table, each row a function from a node to what may stand in its place.

A replacement need not fit: what does not elaborate with equal shapes is dropped afterwards.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from matcalc.language.nodes import (
    Binary,
    BinaryOperator,
    Call,
    Derivative,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Number,
    Parameter,
    Scope,
    Symbol,
    Transpose,
)

Nodes: TypeAlias = Iterator[Expression]

EXCHANGED: tuple[tuple[str, ...], ...] = (
    ("det", "logdet", "trace"),
    ("trace", "sum", "norm", "norm1"),
    ("inv", "pinv", "adjugate"),
    ("exp", "log", "sqrt", "expm"),
    ("sin", "cos", "tan"),
    ("sinh", "cosh", "tanh"),
    ("abs", "relu", "sign"),
    ("softmax", "exp", "sigmoid"),
    ("logsumexp", "sum"),
    ("sigmoid", "tanh", "softplus"),
    ("kron", "outer"),
    ("diag", "diagonal", "vec"),
    ("eye", "ones", "zeros"),
)
"""Functions that are easily taken for each other."""

TINY = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Operator:
    """A row: what is done, and the replacements of a node in a scope."""

    name: str
    replacements: Callable[[Expression, Scope], Nodes]


def _drop_transpose(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, Transpose):
        yield node.operand


def _add_transpose(node: Expression, scope: Scope) -> Nodes:
    if not node.shape.is_scalar and not isinstance(node, Transpose):
        yield Transpose(node.shape.transposed, node)


def _swap_factors(node: Expression, scope: Scope) -> Nodes:
    match node:
        case Binary(operator="@" | "/" | "**", left=left, right=right):
            yield replace(node, left=right, right=left)
            if node.operator == "@" and isinstance(left, Binary) and left.operator == "@":
                yield replace(node, left=replace(left, right=right), right=left.right)
        case Call(function="kron" | "outer", arguments=(first, second)):
            yield replace(node, arguments=(second, first))


def _flip_sign(node: Expression, scope: Scope) -> Nodes:
    match node:
        case Binary(operator="+"):
            yield replace(node, operator="-")
        case Binary(operator="-"):
            yield replace(node, operator="+")
        case Negate(operand=operand):
            yield operand
        case Binary() | Call() | Symbol() | Derivative():
            yield Negate(node.shape, node)


def _change_coefficient(node: Expression, scope: Scope) -> Nodes:
    match node:
        case Number(value=value):
            yield from (replace(node, value=new) for new in (value + 1, 2 * value, value + TINY, Fraction(0)))
        case Symbol() | Call():
            one = scope.ring.one
            scalar = type(node.shape)(one, one)
            yield from (
                Binary(node.shape, "*", Number(scalar, c), node) for c in (Fraction(2), Fraction(1, 2), 1 + TINY)
            )


def _change_exponent(node: Expression, scope: Scope) -> Nodes:
    match node:
        case Binary(operator="**", right=Number(value=value) as power):
            yield from (replace(node, right=replace(power, value=new)) for new in (value + 1, value - 1, -value))
        case Binary(operator="**", left=base):
            yield base
        case Call(function="matrix_power", parameters=(power,)):
            yield from (replace(node, parameters=(power + more,)) for more in (1, -1))


def _replace_symbol(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, Symbol):
        for name, other in scope.declarations.items():
            is_value = other.kind in ("scalar", "vector", "matrix")
            if is_value and name != node.name and other.shape in (node.shape, node.shape.transposed):
                yield Symbol(other.shape, name)


def _drop_term(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, Binary) and node.operator in ("+", "-"):
        yield from (node.left, node.right)


def _drop_factor(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, Binary) and node.operator in ("*", "@", "/"):
        yield from (node.left, node.right)


def _drop_function(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, Call) and node.arguments:
        yield node.arguments[0]


def _move_parenthesis(node: Expression, scope: Scope) -> Nodes:
    match node:
        case Binary(left=Binary(operator=inner, left=a, right=b), right=c) if inner != node.operator:
            yield Binary(node.shape, inner, a, Binary(node.shape, node.operator, b, c))
        case Transpose(operand=Binary(left=a, right=b) as body):
            yield replace(body, right=Transpose(b.shape.transposed, b))
            yield replace(body, left=Transpose(a.shape.transposed, a))
        case Negate(operand=Binary(left=a) as body):
            yield replace(body, left=Negate(a.shape, a))
        case Call(arguments=(Binary(left=a, right=b) as body, *rest)):
            yield replace(body, left=replace(node, arguments=(a, *rest)))
            yield replace(body, right=replace(node, arguments=(b, *rest)))
    match node:
        case Binary(left=a, right=Binary(operator=inner, left=b, right=c)) if inner != node.operator:
            yield Binary(node.shape, inner, Binary(node.shape, node.operator, a, b), c)


_PRODUCTS: dict[BinaryOperator, tuple[BinaryOperator, ...]] = {"@": ("*",), "*": ("@", "/", "+"), "/": ("*",)}


def _exchange_products(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, Binary):
        yield from (replace(node, operator=other) for other in _PRODUCTS.get(node.operator, ()))


def _exchange_functions(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, Call):
        for family in EXCHANGED:
            if node.function in family:
                yield from (replace(node, function=other) for other in family if other != node.function)


def _change_index(node: Expression, scope: Scope) -> Nodes:
    match node:
        case EntryOf(row=row, column=column):
            yield replace(node, row=column, column=row)
            yield replace(node, row=row + 1)
            yield replace(node, column=column + 1)
        case Parameter(value=value):
            yield from (replace(node, value=value + more) for more in (1, -1))
            names = [
                other
                for name, other in zip(map(str, scope.ring.symbols), scope.ring.gens, strict=True)
                if name in scope.sizes and other != value
            ]
            yield from (replace(node, value=other) for other in names)
        case Call(function="basis" | "delta", parameters=(first, *rest)):
            yield replace(node, parameters=(first + 1, *rest))


def _change_bound(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, FiniteSum):
        yield from (replace(node, upper=node.upper + more) for more in (1, -1))
        yield from (replace(node, lower=node.lower + more) for more in (1, -1))


def _take_absolute_value(node: Expression, scope: Scope) -> Nodes:
    if not isinstance(node, Number | Parameter):
        yield Call(node.shape, "abs", (node,))


def _take_root_of_square(node: Expression, scope: Scope) -> Nodes:
    one = scope.ring.one
    two = Number(type(node.shape)(one, one), Fraction(2))
    if not isinstance(node, Number | Parameter):
        yield Call(node.shape, "sqrt", (Binary(node.shape, "**", node, two),))


def _detach(node: Expression, scope: Scope) -> Nodes:
    if isinstance(node, Symbol):
        yield Call(node.shape, "detach", (node,))


def _change_variable(node: Expression, scope: Scope) -> Nodes:
    match node:
        case Derivative(variable=variable) if variable.entry is None:
            for name, other in scope.declarations.items():
                if other.shape == variable.shape and name != variable.name and not other.of:
                    yield replace(node, variable=replace(variable, name=name))


def _change_derivative(node: Expression, scope: Scope) -> Nodes:
    match node:
        case Derivative(operator="D" | "grad" | "jacobian" | "hessian" as operator):
            names = ("D", "grad", "jacobian", "hessian")
            yield from (replace(node, operator=other) for other in names if other != operator)  # type: ignore[arg-type]
        case Derivative(operator="jvp"):
            yield replace(node, operator="vjp")
        case Derivative(operator="vjp"):
            yield replace(node, operator="jvp")


OPERATORS: tuple[Operator, ...] = (
    Operator("drop a transpose", _drop_transpose),
    Operator("add a transpose", _add_transpose),
    Operator("swap factors", _swap_factors),
    Operator("flip a sign", _flip_sign),
    Operator("change a coefficient", _change_coefficient),
    Operator("change an exponent", _change_exponent),
    Operator("replace a symbol", _replace_symbol),
    Operator("drop a term", _drop_term),
    Operator("drop a factor", _drop_factor),
    Operator("drop a function", _drop_function),
    Operator("move a parenthesis", _move_parenthesis),
    Operator("exchange products", _exchange_products),
    Operator("exchange functions", _exchange_functions),
    Operator("change an index", _change_index),
    Operator("change a bound", _change_bound),
    Operator("take an absolute value", _take_absolute_value),
    Operator("take the root of a square", _take_root_of_square),
    Operator("detach", _detach),
    Operator("change the variable", _change_variable),
    Operator("change the derivative", _change_derivative),
)
