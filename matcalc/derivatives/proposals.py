"""The value of a derivative as a matrix expression, in the layout that the derivative has.

Only proposed: who prints it has it proved first. Raises NoRuleError where the rules for whole matrices do not reach.
"""

from dataclasses import replace

from matcalc.derivatives.building import negated, number, plus, times
from matcalc.derivatives.linear import matrix_of
from matcalc.derivatives.names import named
from matcalc.derivatives.products import entry, transpose
from matcalc.derivatives.pullbacks import NoRuleError, gradient
from matcalc.derivatives.tidying import tidy
from matcalc.language.nodes import (
    Call,
    Declaration,
    Derivative,
    Expression,
    Layout,
    Scope,
    Symbol,
    TotalDifferential,
    Transpose,
    Variable,
)
from matcalc.language.rebuilding import call, parts, rebuilt

COTANGENTS = ("G", "H", "C", "W", "V")
"""Names of a cotangent, the first that is free is taken."""


def derivative_of(node: Expression, scope: Scope) -> Expression:
    """The expression without derivatives: each is carried out, the inner ones first. Raises NoRuleError."""
    return _undetached(_without_derivatives(named(node), scope))


def _undetached(node: Expression) -> Expression:
    """The expression with `u` for every `detach(u)`: nothing is differentiated any more."""
    if isinstance(node, Call) and node.function == "detach":
        return _undetached(node.arguments[0])
    return rebuilt(node, tuple(map(_undetached, parts(node))))


def _without_derivatives(node: Expression, scope: Scope) -> Expression:
    """Each derivative carried out, the inner ones first; one of an arbitrary function is the last there is."""
    if isinstance(node, Derivative) and isinstance(node.body, Symbol) and _is_arbitrary(node, scope):
        return node
    inside = parts(node)
    new = tuple(_without_derivatives(part, scope) for part in inside)
    whole = rebuilt(node, new) if new != inside else node
    match whole:
        case Derivative():
            return tidy(_value(whole, scope), scope)
        case TotalDifferential():
            raise NoRuleError("a differential")
        case Transpose(operand=operand) if new != inside:
            return tidy(transpose(operand, scope), scope)
        case _:
            return whole


def _is_arbitrary(node: Derivative, scope: Scope) -> bool:
    """Whether this is the derivative of an arbitrary function by a variable that it is declared to depend on."""
    assert isinstance(node.body, Symbol)
    return node.variable.entry is None and node.variable.name in scope[node.body.name].of


def _value(node: Derivative, scope: Scope) -> Expression:
    match node.operator:
        case "grad":
            return _gradient(node.body, node.variable, scope, node.layout)
        case "hessian":
            return _jacobian(
                tidy(_gradient(node.body, node.variable, scope, node.layout), scope), node.variable, scope, node.layout
            )
        case "jacobian":
            return _jacobian(node.body, node.variable, scope, node.layout)
        case "vjp" if node.direction is not None:
            return gradient(node.body, node.direction, _whole(node.variable), scope, node.layout)
        case "D":
            return _in_layout(node, scope)
        case _:
            raise NoRuleError(node.operator)


def _in_layout(node: Derivative, scope: Scope) -> Expression:
    """`D(F, x)` by the table of layouts."""
    body, variable = node.body, node.variable
    if body.shape.is_scalar:
        value = tidy(_gradient(body, variable, scope, node.layout), scope)
        return transpose(value, scope) if node.layout == "numerator" else value
    if variable.shape.is_scalar:
        value = tidy(_by_scalar(body, variable, scope, node.layout), scope)
        return transpose(value, scope) if node.layout == "denominator" else value
    value = _jacobian(body, variable, scope, node.layout)
    return transpose(value, scope) if node.layout == "denominator" else value


def _whole(variable: Variable) -> str:
    if variable.entry is not None:
        raise NoRuleError("an entry as the variable")
    return variable.name


def _gradient(body: Expression, variable: Variable, scope: Scope, layout: Layout) -> Expression:
    """The gradient of a scalar, in the shape of the variable; by one entry the entry of it."""
    whole = _tied(gradient(body, number(1, scope), variable.name, scope, layout), variable.name, scope)
    if variable.entry is None:
        return whole
    return entry(tidy(whole, scope), *variable.entry)


def _tied(value: Expression, name: str, scope: Scope) -> Expression:
    """The derivative by the free entries of a structured matrix: what is tied moves along."""
    properties = scope[name].properties
    if properties & {"diagonal"}:
        return times(value, call("eye", (), (value.shape.rows,)))
    if properties & {"symmetric", "pd", "psd"}:
        diagonal = times(value, call("eye", (), (value.shape.rows,)))
        return plus(plus(value, transpose(value, scope)), negated(diagonal))
    if properties & {"skew"}:
        return plus(value, negated(transpose(value, scope)))
    if properties & {"orthogonal", "lower", "upper"}:
        raise NoRuleError("a variable of this structure")
    return value


def _by_scalar(body: Expression, variable: Variable, scope: Scope, layout: Layout) -> Expression:
    """∂F/∂s: the gradient of ⟨G, F⟩ by s is linear in G, and its gradient by G is wanted."""
    name, wider = _with_cotangent(body, scope)
    along = gradient(body, Symbol(body.shape, name), variable.name, wider, layout)
    along = _tied(along, variable.name, wider)
    if variable.entry is not None:
        along = entry(along, *variable.entry)
    return gradient(along, number(1, scope), name, wider, layout)


def _jacobian(body: Expression, variable: Variable, scope: Scope, layout: Layout) -> Expression:
    """∂F/∂x for vectors: Jᵀ v is what x gets of a cotangent v."""
    if body.shape.is_scalar:
        value = transpose(tidy(_gradient(body, variable, scope, layout), scope), scope)
        return transpose(call("vec", (transpose(value, scope),)), scope) if _is_matrix(value) else value
    if scope[variable.name].properties & STRUCTURED:
        raise NoRuleError("the Jacobian by a structured matrix")
    name, wider = _with_cotangent(body, scope)
    along = gradient(body, Symbol(body.shape, name), _whole(variable), wider, layout)
    return transpose(tidy(matrix_of(tidy(along, wider), name, wider), scope), scope)


def _is_matrix(node: Expression) -> bool:
    return not (node.shape.is_scalar or node.shape.is_row or node.shape.is_column)


STRUCTURED = frozenset({"symmetric", "skew", "diagonal", "orthogonal", "lower", "upper", "pd", "psd"})


def _with_cotangent(body: Expression, scope: Scope) -> tuple[str, Scope]:
    """A name that the claim does not use, declared in the shape of an expression."""
    used = {*scope.declarations, *scope.sizes}
    name = next(name for name in (*COTANGENTS, *(f"G{k}" for k in range(99))) if name not in used)
    declared = Declaration(name, "matrix", body.shape)
    return name, replace(scope, declarations={**scope.declarations, name: declared})
