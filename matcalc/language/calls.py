"""Calls of functions: those of the table, and declared ones with their derivatives.

Each function takes the context, the call, and `elaborate`, which gives an argument its meaning; it returns the node,
or None when a fault is noted.
"""

from matcalc.errors import MatcalcError
from matcalc.language.context import Context, Elaborate
from matcalc.language.functions import FUNCTIONS, OPERATORS, Function, is_known
from matcalc.language.nodes import Application, Call, Declaration, Expression
from matcalc.language.operators import operator_call
from matcalc.language.paper import PAPER_FUNCTIONS
from matcalc.language.suggestions import mend_for_name
from matcalc.language.trees import Apply, Attribute, Literal, Name, Tree


def call(context: Context, tree: Apply, elaborate: Elaborate) -> Expression | None:
    """The meaning of `function(arguments)`."""
    match tree.function:
        case Name(name) if name in context.names.uncertain:
            return None
        case Name(name) if name in context.names.scope.declarations:
            # A declared name that is a function of the language too is a fault of the scope.
            return None if is_known(name) else _declared(context, tree, tree.function, 0, elaborate)
        case Name(name) if name in FUNCTIONS:
            return _function(context, tree, FUNCTIONS[name], elaborate)
        case Name(name) if name in OPERATORS:
            return operator_call(context, tree, OPERATORS[name], elaborate)
        case Name(name) if name in PAPER_FUNCTIONS:
            return _function(context, tree, PAPER_FUNCTIONS[name], elaborate)
        case Name(name):
            _unknown(context, name, tree)
        case Attribute() as attribute:
            return _attribute(context, tree, attribute, elaborate)
        case _:
            context.fail(f"{context.quote(tree.function)} is no function", _product_mend(context, tree), tree.span)
    return None


def _function(context: Context, tree: Apply, row: Function, elaborate: Elaborate) -> Expression | None:
    if not context.check_count(tree, row.name, row.least, len(row.kinds), row.mend()):
        return None
    pairs = list(zip(row.kinds, tree.arguments, strict=False))
    parts = [part for kind, part in pairs if kind == "value"]
    values = [elaborate(context, part) for part in parts]
    parameters = [context.whole_number(part, kind) for kind, part in pairs if kind != "value"]
    good = tuple(value for value in values if value is not None)
    whole = tuple(size for size in parameters if size is not None)
    if len(good) < len(values) or len(whole) < len(parameters):
        return None
    operands = tuple(context.operand(part, value) for part, value in zip(parts, good, strict=True))
    try:
        shape = row.shape(row.name, operands, whole)
    except MatcalcError as bad:
        context.take(bad, tree.span)
        return None
    return Call(shape, row.name, good, whole, span=tree.span)


def _declared(context: Context, tree: Apply, function: Name, order: int, elaborate: Elaborate) -> Expression | None:
    """`f(x)` of a declared function, differentiated `order` times."""
    declaration = context.names.scope[function.text]
    if declaration.kind != "function":
        _not_a_function(context, tree, declaration, order)
        return None
    written = function.text + ".prime" * order
    if not context.check_count(tree, written, 1, 1, f"write {written}(x)"):
        return None
    argument = elaborate(context, tree.arguments[0])
    return argument and Application(argument.shape, function.text, order, argument, span=tree.span)


def _not_a_function(context: Context, tree: Apply, declaration: Declaration, order: int) -> None:
    mend = f"declare {declaration.name} as function" if order else _product_mend(context, tree)
    if declaration.of and not order:
        mend = f"write {declaration.name}: it is already a function of {', '.join(declaration.of)}"
    context.fail(f"{declaration.name} is declared as {declaration.kind}, not as function", mend, tree.span)


def _attribute(context: Context, tree: Apply, attribute: Attribute, elaborate: Elaborate) -> Expression | None:
    """`f.prime.prime(x)`, or the fault of a method."""
    order = 0
    function: Tree = attribute
    while isinstance(function, Attribute) and function.name == "prime":
        order, function = order + 1, function.operand
    match function:
        case Name(name) if order and name in context.names.uncertain:
            return None
        case Name(name) as known if order and name in context.names.scope.declarations:
            return _declared(context, tree, known, order, elaborate)
        case Name(name, span) if order:
            context.fail(f"{name} is no declared function", _prime_mend(name), span)
            return None
    _method(context, tree, attribute)
    return None


def _prime_mend(name: str) -> str:
    return "write D(f, x) for a derivative" if is_known(name) else f"declare {name} as function"


def _method(context: Context, tree: Apply, attribute: Attribute) -> None:
    operand, name = context.quote_factor(attribute.operand), attribute.name
    others = "".join(f", {context.quote(argument)}" for argument in tree.arguments)
    mend = "the language has functions, and of attributes .T and .prime only"
    if is_known(name):
        mend = f"write {name}({operand}{others})"
    if name in ("t", "transpose", "T"):
        mend = f"write {operand}.T"
    context.fail(f"{operand} has no method {name}", mend, attribute.name_span)


def _unknown(context: Context, name: str, tree: Apply) -> None:
    functions = [known for known, declared in context.names.scope.declarations.items() if declared.kind == "function"]
    if context.names.is_taken(name) or name in context.bound:
        context.fail(f"{name} is no function", _product_mend(context, tree), tree.span)
        return
    if context.is_first_report(name):
        mend = mend_for_name(name, [*FUNCTIONS, *OPERATORS, *functions], f"declare {name} as function")
        context.fail(f"{name} is no function of the language", mend, tree.function.span)


def _product_mend(context: Context, tree: Apply) -> str:
    """What `A(x)` may have meant."""
    function = context.quote_factor(tree.function)
    if len(tree.arguments) != 1:
        return "write a product with * or @"
    argument = context.quote_factor(tree.arguments[0])
    if _is_plain_number(context, tree.function):
        return f"write {function} * {argument}"
    return f"write {function} * {argument} or {function} @ {argument} for a product"


def _is_plain_number(context: Context, tree: Tree) -> bool:
    match tree:
        case Literal():
            return True
        case Name(name):
            declaration = context.names.scope.declarations.get(name)
            return declaration is None or declaration.kind in ("scalar", "integer", "index")
    return False
