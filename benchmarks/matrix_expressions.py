"""Derivatives of the language as SymPy's own matrix expressions, to time SymPy's `.diff` beside a proof.

Only for timing: what SymPy answers is neither read nor believed (it gives 0 for the derivative of log det X).
Whatever has no counterpart among SymPy's matrix expressions raises `NotExpressible`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, assert_never

import sympy

from matcalc.evidence.relevance import nodes
from matcalc.language import size_text
from matcalc.language.nodes import (
    Binary,
    Call,
    Claim,
    Declaration,
    Derivative,
    Expression,
    Negate,
    Number,
    Parameter,
    Pi,
    Scope,
    Size,
    Symbol,
    Transpose,
)

Function = Callable[..., Any]


class NotExpressible(Exception):
    """SymPy's matrix expressions have no such thing."""


FUNCTIONS: Mapping[str, Function] = {
    "inv": sympy.Inverse,
    "det": sympy.Determinant,
    "logdet": lambda X: sympy.log(sympy.Determinant(X)),
    "trace": sympy.Trace,
    "norm": lambda X: sympy.sqrt(sympy.Trace(X.T * X)),
    "dot": lambda x, y: sympy.Trace(x.T * y),
    "outer": lambda x, y: x * y.T,
    "kron": sympy.KroneckerProduct,
    "diag": sympy.DiagMatrix,
}
"""The functions of matrices that SymPy has a matrix expression for, and can be asked to differentiate."""

ELEMENTWISE: Mapping[str, Function] = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "abs": sympy.Abs,
    "sign": sympy.sign,
    "erf": sympy.erf,
    "sigmoid": lambda t: 1 / (1 + sympy.exp(-t)),
    "softplus": lambda t: sympy.log(1 + sympy.exp(t)),
}

FIRST_DERIVATIVES = ("D", "grad", "jacobian")
"""The operators that SymPy's `.diff` answers to, up to the order of the axes."""


def question(claim: Claim) -> tuple[Any, Any]:
    """What SymPy is asked to differentiate and by what: the first derivative by a whole symbol in the left side.

    Raises NotExpressible.
    """
    for node in nodes(claim.sides[0]):
        if isinstance(node, Derivative) and node.operator in FIRST_DERIVATIVES and node.variable.entry is None:
            return expression(node.body, claim.scope), _declared(claim.scope[node.variable.name])
    raise NotExpressible("a side without a derivative by a symbol")


def expression(node: Expression, scope: Scope) -> Any:
    """The node as a SymPy expression, a matrix expression unless it is a scalar. Raises NotExpressible."""

    def of(child: Expression) -> Any:
        return expression(child, scope)

    match node:
        case Number() | Pi() | Parameter() | Symbol():
            return _leaf(node, scope)
        case Negate(operand=operand):
            return -of(operand)
        case Transpose(operand=operand):
            return of(operand) if operand.shape.is_scalar else of(operand).T
        case Binary(shape=shape):
            return _scalar(shape.is_scalar, _binary(node, of(node.left), of(node.right)))
        case Call(arguments=arguments):
            return _call(node, [of(argument) for argument in arguments])
        case _:
            raise NotExpressible(type(node).__name__)


def _leaf(node: Number | Pi | Parameter | Symbol, scope: Scope) -> Any:
    match node:
        case Number(value=value):
            return sympy.Rational(value.numerator, value.denominator)
        case Pi():
            return sympy.pi
        case Parameter(value=value):
            return _size(value)
        case Symbol(name=name):
            return _declared(scope[name])
        case _:
            assert_never(node)


def _call(node: Call, arguments: Sequence[Any]) -> Any:
    match node:
        case Call(function=function) if function in ELEMENTWISE:
            return _elementwise(ELEMENTWISE[function], arguments[0])
        case Call(function=function, parameters=()) if function in FUNCTIONS:
            return FUNCTIONS[function](*arguments)
        case Call(function="eye", parameters=(size,)):
            return sympy.Identity(_size(size))
        case Call(function="matrix_power", parameters=(exponent,)):
            return sympy.MatPow(arguments[0], _size(exponent))
        case _:
            raise NotExpressible(node.function)


def _binary(node: Binary, left: Any, right: Any) -> Any:
    are_scalars = node.left.shape.is_scalar, node.right.shape.is_scalar
    match node.operator:
        case "+" | "-" if are_scalars in ((True, True), (False, False)):
            return left + right if node.operator == "+" else left - right
        case "@":
            return left * right
        case "*" if any(are_scalars):
            return left * right
        case "*":
            return sympy.HadamardProduct(left, right)
        case "/" if are_scalars[1]:
            return left / right
        case "**" if all(are_scalars):
            return left**right
        case "**":
            return sympy.HadamardPower(left, right)
        case _:
            raise NotExpressible(node.operator)


def _scalar(is_scalar: bool, value: Any) -> Any:
    """A 1×1 matrix expression as the scalar that it is in the language."""
    return sympy.Trace(value) if is_scalar and getattr(value, "is_Matrix", False) else value


def _elementwise(function: Function, argument: Any) -> Any:
    if not getattr(argument, "is_Matrix", False):
        return function(argument)
    t = sympy.Dummy("t")
    return argument.applyfunc(sympy.Lambda(t, function(t)))


def _declared(declaration: Declaration) -> Any:
    if declaration.of or declaration.properties or declaration.kind not in ("scalar", "vector", "matrix"):
        raise NotExpressible(declaration.name)
    if declaration.kind == "scalar":
        return sympy.Symbol(declaration.name)
    return sympy.MatrixSymbol(declaration.name, _size(declaration.shape.rows), _size(declaration.shape.columns))


def _size(size: Size) -> Any:
    """A size as a SymPy expression over positive integers."""
    text = size_text(size)
    names = {str(symbol): sympy.Symbol(str(symbol), integer=True, positive=True) for symbol in size.ring.symbols}
    return sympy.sympify(text, locals=names)
