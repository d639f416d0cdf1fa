"""The matrix of a linear expression: M with E(v) = M v, for a column or scalar E that is linear in a column v."""

from collections.abc import Sequence

from matcalc.derivatives.building import chain, diag, matmul, negated, ones, over, plus, product, times, transpose
from matcalc.derivatives.elementwise import scalar
from matcalc.derivatives.pullbacks import NoRuleError, depends
from matcalc.language.nodes import Binary, Call, Expression, Negate, Scope, Symbol, Transpose
from matcalc.language.rebuilding import call


def matrix_of(node: Expression, name: str, scope: Scope) -> Expression:
    """M, of as many rows as the node has entries. Raises NoRuleError where it is not read off."""
    match node:
        case Symbol(name=other) if other == name:
            return call("eye", (), (node.shape.entries,))
        case Transpose(operand=Symbol(name=other)) if other == name and _is_matrix(node):
            return call("commutation", (), (node.shape.columns, node.shape.rows))
        case _ if _is_matrix(node):
            return _of_matrix(node, name, scope)
        case Transpose(operand=operand) if node.shape.is_row or node.shape.is_column:
            return matrix_of(operand, name, scope)
        case Negate(operand=operand):
            return negated(matrix_of(operand, name, scope))
        case Binary(operator="+" | "-" as operator, left=left, right=right):
            one, two = (_summand(side, node, name, scope) for side in (left, right))
            return plus(one, two if operator == "+" else negated(two))
        case Binary(operator="*", left=left, right=right):
            constant, varying = (right, left) if depends(left, name, scope) else (left, right)
            return _multiple(constant, varying, name, scope)
        case Binary(operator="/", left=left, right=right) if right.shape.is_scalar:
            return over(matrix_of(left, name, scope), right)
        case Binary(operator="/", left=left, right=right):
            return _multiple(over(scalar(right, 1), right), left, name, scope)
        case Binary(operator="@"):
            return _of_chain(chain(node), name, scope)
        case Call(function="sum", arguments=(inner,), parameters=()) if inner.shape.is_column or inner.shape.is_row:
            size = inner.shape.rows if inner.shape.is_column else inner.shape.columns
            return matmul(ones(scope.ring.one, size), matrix_of(inner, name, scope))
        case Call(function="dot", arguments=(left, right)):
            constant, varying = (right, left) if depends(left, name, scope) else (left, right)
            return matmul(_row(constant, scope), matrix_of(varying, name, scope))
        case _:
            raise NoRuleError("a linear form that is not read off")


def _row(node: Expression, scope: Scope) -> Expression:
    return transpose(node, scope) if node.shape.is_column else node


def _column(node: Expression, scope: Scope) -> Expression:
    return transpose(node, scope) if node.shape.is_row else node


def _summand(side: Expression, whole: Expression, name: str, scope: Scope) -> Expression:
    """The matrix of a summand; of a scalar that is broadcast each row is the same."""
    own = matrix_of(side, name, scope)
    if side.shape == whole.shape:
        return own
    size = whole.shape.rows if whole.shape.is_column else whole.shape.columns
    return matmul(ones(size, scope.ring.one), own)


def _multiple(constant: Expression, varying: Expression, name: str, scope: Scope) -> Expression:
    if isinstance(varying, Binary) and varying.operator in "+-":
        one, two = (_multiple(constant, side, name, scope) for side in (varying.left, varying.right))
        return plus(one, two if varying.operator == "+" else negated(two))
    own = matrix_of(varying, name, scope)
    if constant.shape.is_scalar:
        return times(constant, own)
    column = _column(constant, scope)
    return matmul(column, own) if varying.shape.is_scalar else matmul(diag(column), own)


def _of_chain(links: Sequence[Expression], name: str, scope: Scope) -> Expression:
    """The matrix of a product, one factor of which is linear in the column."""
    places = [k for k, link in enumerate(links) if depends(link, name, scope)]
    if len(places) != 1:
        raise NoRuleError("a product that is not linear")
    (place,) = places
    link, before, after = links[place], links[:place], links[place + 1 :]
    match link:
        case Negate(operand=operand):
            return negated(matrix_of(product([*before, operand, *after]), name, scope))
        case Binary(operator="*", left=left, right=right) if left.shape.is_scalar and not right.shape.is_scalar:
            rest = product([*before, right, *after])
            constant, varying = (rest, left) if depends(left, name, scope) else (left, rest)
            return _multiple(constant, varying, name, scope)
        case Binary(operator="/", left=left, right=right) if right.shape.is_scalar:
            return over(matrix_of(product([*before, left, *after]), name, scope), right)
        case _:
            pass
    if isinstance(link, Call) and link.function == "diag" and after:
        rest = product(after)
        if not rest.shape.is_column:
            raise NoRuleError("a diagonal matrix in a product")
        return _after(before, matmul(diag(rest), matrix_of(link.arguments[0], name, scope)))
    own = matrix_of(link, name, scope)
    if link.shape.is_row and after:
        rest = transpose(product(after), scope)
        return _after(before, matmul(rest, own))
    whole = _after(before, own)
    if not after:
        return whole
    rest = product(after)
    if rest.shape.is_scalar:
        return times(rest, whole)
    if rest.shape.is_row and (not before or product(before).shape.is_row):
        return matmul(transpose(rest, scope), whole)
    raise NoRuleError("a matrix that is linear in a vector")


def _after(before: Sequence[Expression], own: Expression) -> Expression:
    return matmul(product(before), own) if before else own


def _is_matrix(node: Expression) -> bool:
    return not (node.shape.is_scalar or node.shape.is_column or node.shape.is_row)


def _of_matrix(node: Expression, name: str, scope: Scope) -> Expression:
    """The matrix of vec(node), which is linear in vec of a matrix: kron(Bᵀ, A) for A V B, diag(vec U) for U * V.

    Source: Magnus and Neudecker 2019, Matrix Differential Calculus, section 2.4.
    """
    match node:
        case Negate(operand=operand):
            return negated(matrix_of(operand, name, scope))
        case Binary(operator="+" | "-" as operator, left=left, right=right) if left.shape == right.shape:
            one, two = (
                matrix_of(side, name, scope) if depends(side, name, scope) else None for side in (left, right)
            )
            if one is None or two is None:
                raise NoRuleError("a sum that is not linear")
            return plus(one, two if operator == "+" else negated(two))
        case Binary(operator="*" | "/" as operator, left=left, right=right):
            constant, varying = (right, left) if depends(left, name, scope) else (left, right)
            if operator == "/":
                return _divided(constant, matrix_of(varying, name, scope), scope)
            own = matrix_of(varying, name, scope)
            if constant.shape.is_scalar:
                return times(constant, own)
            column = call("vec", (constant,))
            return matmul(column, own) if varying.shape.is_scalar else matmul(diag(column), own)
        case Binary(operator="@"):
            return _of_matrix_chain(chain(node), name, scope)
        case _:
            raise NoRuleError("a linear form that is not read off")


def _divided(constant: Expression, own: Expression, scope: Scope) -> Expression:
    if constant.shape.is_scalar:
        return over(own, constant)
    return matmul(diag(over(scalar(constant, 1), call("vec", (constant,)))), own)


def _of_matrix_chain(links: Sequence[Expression], name: str, scope: Scope) -> Expression:
    places = [k for k, link in enumerate(links) if depends(link, name, scope)]
    if len(places) != 1:
        raise NoRuleError("a product that is not linear")
    (place,) = places
    link, before, after = links[place], links[:place], links[place + 1 :]
    match link:
        case Negate(operand=operand):
            return negated(matrix_of(product([*before, operand, *after]), name, scope))
        case Binary(operator="*", left=left, right=right) if left.shape.is_scalar and not depends(left, name, scope):
            return times(left, matrix_of(product([*before, right, *after]), name, scope))
        case Binary(operator="*", left=left, right=right) if left.shape.is_scalar:
            column = call("vec", (product([*before, right, *after]),))
            return matmul(column, matrix_of(left, name, scope))
        case _:
            pass
    first = product(before) if before else call("eye", (), (link.shape.rows,))
    last = product(after) if after else call("eye", (), (link.shape.columns,))
    return matmul(_kron(transpose(last, scope), first), matrix_of(link, name, scope))


def _kron(left: Expression, right: Expression) -> Expression:
    """`kron(left, right)`; of a column or row and a single number plain."""
    if left.shape.is_scalar or right.shape.is_scalar:
        return times(left, right)
    return call("kron", (left, right))
