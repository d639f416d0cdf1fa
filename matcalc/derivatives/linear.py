"""The matrix of a linear expression: M with vec(E(V)) = M vec(V), for an E that is linear in a symbol V.

Source: Magnus and Neudecker 2019, Matrix Differential Calculus, sections 2.4 and 3.7.
"""

from collections.abc import Sequence
from dataclasses import replace

from matcalc.derivatives.building import negated, ones, over, plus, scalar, times
from matcalc.derivatives.products import chain, diag, matmul, product, transpose
from matcalc.derivatives.pullbacks import NoRuleError, depends
from matcalc.language.nodes import Binary, Call, Expression, FiniteSum, Negate, Scope, Size, Symbol, Transpose
from matcalc.language.rebuilding import call


def matrix_of(node: Expression, name: str, scope: Scope) -> Expression:
    """M, of as many rows as the node has entries. Raises NoRuleError where it is not read off."""
    match node:
        case Symbol(name=other) if other == name:
            return _eye(node.shape.entries, scope)
        case Transpose(operand=operand) if _is_flat(operand):
            return matrix_of(operand, name, scope)
        case Transpose(operand=Symbol(name=other)) if other == name:
            return call("commutation", (), (node.shape.columns, node.shape.rows))
        case Negate(operand=operand):
            return negated(matrix_of(operand, name, scope))
        case Binary():
            return _of_binary(node, name, scope)
        case FiniteSum(body=body):
            inside = matrix_of(body, name, scope)
            return replace(node, shape=inside.shape, body=inside)
        case Call(function="sum", arguments=(inner,), parameters=()):
            return matmul(ones(scope.ring.one, inner.shape.entries), matrix_of(inner, name, scope))
        case Call(function="dot", arguments=(left, right)):
            constant, varying = _sorted(left, right, name, scope)
            return matmul(transpose(_vec(constant, scope), scope), matrix_of(varying, name, scope))
        case _:
            raise NoRuleError("a linear form that is not read off")


def _of_binary(node: Binary, name: str, scope: Scope) -> Expression:
    left, right = node.left, node.right
    match node.operator:
        case "+" | "-":
            if not (depends(left, name, scope) and depends(right, name, scope)):
                raise NoRuleError("a sum that is not linear")
            one, two = (_summand(side, node, name, scope) for side in (left, right))
            return plus(one, two if node.operator == "+" else negated(two))
        case "*":
            return _multiple(*_sorted(left, right, name, scope), name, scope)
        case "/" if right.shape.is_scalar:
            return over(matrix_of(left, name, scope), right)
        case "/":
            return _multiple(over(scalar(right, 1), right), left, name, scope)
        case "@":
            return _of_chain(chain(node), name, scope)
        case _:
            raise NoRuleError("a linear form that is not read off")


def _sorted(left: Expression, right: Expression, name: str, scope: Scope) -> tuple[Expression, Expression]:
    """The constant factor and the one that varies."""
    if depends(left, name, scope) and depends(right, name, scope):
        raise NoRuleError("a product that is not linear")
    return (right, left) if depends(left, name, scope) else (left, right)


def _summand(side: Expression, whole: Expression, name: str, scope: Scope) -> Expression:
    """The matrix of a summand; of a scalar that is broadcast each row is the same."""
    own = matrix_of(side, name, scope)
    return own if side.shape == whole.shape else matmul(ones(whole.shape.entries, scope.ring.one), own)


def _multiple(constant: Expression, varying: Expression, name: str, scope: Scope) -> Expression:
    """The matrix of an elementwise product: diag(vec U) for U * V."""
    if isinstance(varying, Binary) and varying.operator in "+-":
        one, two = (_multiple(constant, side, name, scope) for side in (varying.left, varying.right))
        return plus(one, two if varying.operator == "+" else negated(two))
    own = matrix_of(varying, name, scope)
    if constant.shape.is_scalar:
        return times(constant, own)
    column = _vec(constant, scope)
    return matmul(column if varying.shape.is_scalar else diag(column), own)


def _of_chain(links: Sequence[Expression], name: str, scope: Scope) -> Expression:
    """The matrix of a product, one factor of which is linear: kron(Bᵀ, A) for A V B."""
    places = [k for k, link in enumerate(links) if depends(link, name, scope)]
    if len(places) != 1:
        raise NoRuleError("a product that is not linear")
    (place,) = places
    link, before, after = links[place], links[:place], links[place + 1 :]
    match link:
        case Negate(operand=operand):
            return negated(matrix_of(product([*before, operand, *after]), name, scope))
        case Binary(operator="*", left=left, right=right) if left.shape.is_scalar:
            constant, varying = _sorted(left, product([*before, right, *after]), name, scope)
            return _multiple(constant, varying, name, scope)
        case Binary(operator="/", left=left, right=right) if right.shape.is_scalar:
            return over(matrix_of(product([*before, left, *after]), name, scope), right)
        case Call(function="diag", arguments=(inner,)) if after and product(after).shape.is_column:
            own = matmul(diag(product(after)), matrix_of(inner, name, scope))
            return matmul(product(before), own) if before else own
        case _:
            first = product(before) if before else _eye(link.shape.rows, scope)
            last = product(after) if after else _eye(link.shape.columns, scope)
            return matmul(_kron(transpose(last, scope), first, scope), matrix_of(link, name, scope))


def _kron(left: Expression, right: Expression, scope: Scope) -> Expression:
    """`kron(left, right)`; of a number, or of a row and a column, the plain product."""
    if left.shape.is_scalar or right.shape.is_scalar:
        return times(left, right)
    if left.shape.is_row and right.shape.is_column:
        return matmul(right, left)
    return call("kron", (left, right))


def _eye(size: Size, scope: Scope) -> Expression:
    return scalar(call("eye", (), (size,)), 1) if size == 1 else call("eye", (), (size,))


def _is_flat(node: Expression) -> bool:
    """Whether a node has one row or one column, so that its transpose has the same vec."""
    return bool(node.shape.rows == 1 or node.shape.columns == 1)


def _vec(node: Expression, scope: Scope) -> Expression:
    """`vec(node)`."""
    if node.shape.columns == 1:
        return node
    return transpose(node, scope) if node.shape.rows == 1 else call("vec", (node,))
