"""From untyped trees to the typed syntax tree: every name gets its meaning and every node its shape.

A part that is faulty elaborates to None after its fault is noted, and whatever stands around it stays silent about it,
so that one slip makes one fault.
"""

from fractions import Fraction
from typing import assert_never, cast

from matcalc.errors import MatcalcError
from matcalc.language.calls import call
from matcalc.language.context import Context
from matcalc.language.functions import is_known
from matcalc.language.nodes import Binary, BinaryOperator, Call, EntryOf, Expression, Negate, Number, Transpose
from matcalc.language.numbers import MAX_BITS, is_too_large
from matcalc.language.operators import entry_positions
from matcalc.language.paper import PAPER_OPERATORS, meaning
from matcalc.language.shapes import elementwise_shape, product_shape
from matcalc.language.trees import Apply, Attribute, Infix, Literal, Minus, Name, Subscript, Tree


def elaborate(context: Context, tree: Tree) -> Expression | None:
    """The typed form of `tree`, or None when the context has noted a fault."""
    match tree:
        case Name():
            return context.value(tree)
        case Literal(text, span):
            return Number(context.scalar, Fraction(text), span=span)
        case Minus(operand, span):
            inner = elaborate(context, operand)
            return inner and Negate(inner.shape, inner, span=span)
        case Infix():
            return _chain(context, tree)
        case Attribute():
            return _attribute(context, tree)
        case Apply():
            return call(context, tree, elaborate)
        case Subscript():
            return _entry(context, tree)
        case _:
            assert_never(tree)


def _chain(context: Context, tree: Infix) -> Expression | None:
    """A chain of operators from its first operand on, so that a long chain needs no deep recursion."""
    links: list[Infix] = []
    first: Tree = tree
    while isinstance(first, Infix):
        links.append(first)
        first = first.left
    node = elaborate(context, first)
    for link in reversed(links):
        right = elaborate(context, link.right)
        node = _binary(context, link, node, right) if node is not None and right is not None else None
    return node


def _binary(context: Context, tree: Infix, left: Expression, right: Expression) -> Expression | None:
    operands = context.operand(tree.left, left), context.operand(tree.right, right)
    try:
        operator = meaning(context, tree, left, right) if tree.operator in PAPER_OPERATORS else tree.operator
        if operator is None or isinstance(operator, Call):
            return operator
        shape = product_shape(*operands) if operator == "@" else elementwise_shape(operator, *operands)
    except MatcalcError as bad:
        context.take(bad, tree.operator_span)
        return None
    node = Binary(shape, cast(BinaryOperator, operator), left, right, span=tree.span)
    if operator == "**" and is_too_large(node):
        what = f"the power has more than {MAX_BITS} binary digits"
        context.fail(what, "declare the exponent as integer", tree.span)
        return None
    return node


_OTHER_ATTRIBUTES = {
    "I": "write inv({it})",
    "H": "write {it}.T, as the language is real",
    "t": "write {it}.T",
    "mT": "write {it}.T",
    "transpose": "write {it}.T",
}


def _attribute(context: Context, tree: Attribute) -> Expression | None:
    if tree.name == "T":
        inner = elaborate(context, tree.operand)
        return inner and Transpose(inner.shape.transposed, inner, span=tree.span)
    operand = context.quote_factor(tree.operand)
    if tree.name == "prime":
        what = f"{operand}.prime is a function without its argument"
        context.fail(what, f"write {operand}.prime(x)", tree.span)
        return None
    mend = _OTHER_ATTRIBUTES.get(tree.name, "the attributes are .T, and .prime of a declared function")
    if is_known(tree.name):
        mend = f"write {tree.name}({operand})"
    context.fail(f"{operand} has no attribute {tree.name}", mend.format(it=operand), tree.name_span)
    return None


def _entry(context: Context, tree: Subscript) -> Expression | None:
    operand = elaborate(context, tree.operand)
    positions = operand and entry_positions(context, tree, operand.shape)
    return EntryOf(context.scalar, operand, *positions, span=tree.span) if operand and positions else None
