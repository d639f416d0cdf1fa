"""Derivatives, the differential and the finite sum: the forms whose arguments are not all values."""

from typing import cast

from matcalc.errors import MatcalcError
from matcalc.language.context import Context, Elaborate
from matcalc.language.declarations import TYPES
from matcalc.language.functions import Operator
from matcalc.language.nodes import (
    Derivative,
    DerivativeOperator,
    Expression,
    FiniteSum,
    Shape,
    Size,
    TotalDifferential,
    Variable,
)
from matcalc.language.shapes import Operand, derivative_shape, need_direction
from matcalc.language.sizes import literal_value
from matcalc.language.suggestions import mend_for_name
from matcalc.language.trees import Apply, Name, Subscript, Tree


def operator_call(context: Context, tree: Apply, row: Operator, elaborate: Elaborate) -> Expression | None:
    """The meaning of a derivative, a differential or a sum, or None when a fault is noted."""
    if not context.check_count(tree, row.name, row.arity, row.arity, _count_mend(context, tree, row)):
        return None
    match row.name:
        case "Sum":
            return _finite_sum(context, tree, elaborate)
        case "d":
            body = elaborate(context, tree.arguments[0])
            return body and TotalDifferential(body.shape, body, context.names.varying, span=tree.span)
    return _derivative(context, tree, cast(DerivativeOperator, row.name), elaborate)


def _count_mend(context: Context, tree: Apply, row: Operator) -> str:
    arguments = [context.quote(argument) for argument in tree.arguments]
    match row.name, arguments:
        case "d", [body, variable]:
            return f"write D({body}, {variable}) for the derivative"
        case "D", [body, first, second]:
            return f"write D(D({body}, {first}), {second}) for the second derivative"
    return row.mend()


def _finite_sum(context: Context, tree: Apply, elaborate: Elaborate) -> Expression | None:
    body_tree, variable, lower_tree, upper_tree = tree.arguments
    if not isinstance(variable, Name):
        what = f"{context.quote(variable)} is no name for a summation variable"
        context.fail(what, "write Sum(expr, r, lower, upper)", variable.span)
        return None
    lower = context.whole_number(lower_tree, "bound")
    upper = context.whole_number(upper_tree, "bound")
    fresh = _is_fresh(context, variable)
    body = elaborate(context.inside_sum(variable.text), body_tree) if fresh else None
    if body is None or lower is None or upper is None:
        return None
    return FiniteSum(body.shape, body, variable.text, lower, upper, span=tree.span)


def _is_fresh(context: Context, variable: Name) -> bool:
    name = variable.text
    if name in context.bound:
        context.fail(f"{name} is the variable of the sum around it", "choose another name", variable.span)
        return False
    if context.names.is_taken(name):
        what = f"{name} already has a meaning and cannot be a summation variable"
        context.fail(what, "choose another name", variable.span)
        return False
    return True


def _derivative(context: Context, tree: Apply, operator: DerivativeOperator, elaborate: Elaborate) -> Expression | None:
    parts = [elaborate(context, tree.arguments[0]), *(elaborate(context, argument) for argument in tree.arguments[2:])]
    variable = _variable(context, tree.arguments[1], operator)
    body = parts[0]
    if body is None or variable is None or None in parts:
        return None
    direction = parts[1] if len(parts) == 2 else None
    by = Operand(context.quote(tree.arguments[1]), variable.shape, is_symbol=variable.entry is None)
    try:
        shape = derivative_shape(operator, context.operand(tree.arguments[0], body), by, context.layout)
        if direction is not None:
            wanted = by if operator == "jvp" else context.operand(tree.arguments[0], body)
            need_direction(operator, context.operand(tree.arguments[2], direction), wanted)
    except MatcalcError as bad:
        context.take(bad, tree.arguments[2 if direction is not None else 0].span)
        return None
    return Derivative(shape, operator, body, variable, context.layout, direction, span=tree.span)


def _variable(context: Context, tree: Tree, operator: str) -> Variable | None:
    """The declared symbol, or the entry of one, that a derivative is taken by."""
    match tree:
        case Name():
            return _symbol_variable(context, tree)
        case Subscript(Name() as name, _):
            whole = _symbol_variable(context, name)
            positions = whole and entry_positions(context, tree, whole.shape)
            return positions and Variable(name.text, context.scalar, positions)
    what = f"{operator} goes by a declared symbol or an entry of one, and {context.quote(tree)} is neither"
    context.fail(what, "name a symbol of where, or its entry X[i, j]", tree.span)
    return None


def _symbol_variable(context: Context, name: Name) -> Variable | None:
    scope = context.names.scope
    if name.text in context.names.uncertain:
        return None
    if name.text in scope.declarations and name.text not in context.bound:
        declaration = scope[name.text]
        if TYPES[declaration.kind].is_real:
            return Variable(name.text, declaration.shape)
        what = f"{name.text} is declared as {declaration.kind}, and nothing is differentiated by it"
        context.fail(what, f"declare {name.text} as scalar", name.span)
        return None
    if context.names.is_taken(name.text) or name.text in context.bound:
        what = f"{name.text} is a number, and nothing is differentiated by it"
        context.fail(what, "name a symbol of where", name.span)
        return None
    if context.is_first_report(name.text):
        reals = [known for known in scope.declarations if TYPES[scope[known].kind].is_real]
        mend = mend_for_name(name.text, reals, f"add {name.text} to where")
        context.fail(f"{name.text} is not declared", mend, name.span)
    return None


def entry_positions(context: Context, tree: Subscript, shape: Shape) -> tuple[Size, Size] | None:
    """Row and column of `X[i, j]`, or of `x[i]` for a column or a row; None when a fault is noted."""
    positions = [context.whole_number(position, "index") for position in tree.positions]
    if not _count_fits(context, tree, shape):
        return None
    one = context.scalar.rows
    match positions:
        case [position] if position is not None:
            entry = (position, one) if shape.is_column else (one, position)
        case [row, column] if row is not None and column is not None:
            entry = (row, column)
        case _:
            return None
    return entry if _within(context, tree, entry, shape) else None


def _count_fits(context: Context, tree: Subscript, shape: Shape) -> bool:
    count, is_vector = len(tree.positions), shape.is_column or shape.is_row
    if count == 2 or (count == 1 and is_vector):
        return True
    operand = context.quote(tree.operand)
    needed = "1 or 2 positions" if is_vector else "2 positions"
    what = f"{operand} is {shape} and an entry of it has {needed}, not {count}"
    mend = f"declare {operand} as vector(n)" if shape.is_scalar and isinstance(tree.operand, Name) else ""
    context.fail(what, mend or f"write {context.quote_factor(tree.operand)}[i, j]", tree.span)
    return False


def _within(context: Context, tree: Subscript, entry: tuple[Size, Size], shape: Shape) -> bool:
    """Whether no literal position lies beyond a literal size."""
    for position, size, place in zip(entry, (shape.rows, shape.columns), ("row", "column"), strict=True):
        at, limit = literal_value(position), literal_value(size)
        if at is not None and limit is not None and at > limit:
            what = f"{context.quote(tree.operand)} is {shape} and has no {place} {at}"
            context.fail(what, f"write a {place} from 1 to {limit}" if limit > 1 else "write 1", tree.span)
            return False
    return True
