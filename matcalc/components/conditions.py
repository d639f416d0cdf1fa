"""Where both sides of a claim are defined: the side conditions that a verdict lists, read off the claim as written."""

from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction

from matcalc.language.nodes import (
    Binary,
    Call,
    Claim,
    Derivative,
    Expression,
    Negate,
    Node,
    Number,
    Parameter,
    Pi,
    Scope,
    Symbol,
    TotalDifferential,
)
from matcalc.language.printing import to_text

KINKED = {"abs", "sign", "relu", "norm1"}
"""Functions without a derivative where an entry of the argument is 0."""


def conditions(claim: Claim) -> tuple[str, ...]:
    """The side conditions, each once, in the order of the text."""
    found = (condition for side in claim.sides for condition in _of(side, claim.scope, False))
    return tuple(dict.fromkeys(found))


def _of(node: Expression, scope: Scope, differentiated: bool) -> Iterator[str]:
    """Conditions of a node and what it contains; `differentiated` where it stands under a derivative."""
    under = differentiated or isinstance(node, Derivative | TotalDifferential)
    match node:
        case Binary(operator="/"):
            yield from _not_zero(node.right, scope)
        case Binary(operator="**"):
            yield from _power(node, scope, under)
        case Call():
            yield from _call(node, scope, under)
        case _:
            pass
    smooth = isinstance(node, Binary) and node.operator == "**" and _even(node.right)
    for child in children(node):
        if smooth and isinstance(child, Call) and child.function == "norm":
            yield from (c for inner in children(child) for c in _of(inner, scope, under))
        else:
            yield from _of(child, scope, under)


def children(node: Expression) -> Iterator[Expression]:
    """The expressions that a node contains, in the order of its fields."""
    for field in fields(node):
        value = getattr(node, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node):
                yield part  # type: ignore[misc]


def _not_zero(node: Expression, scope: Scope) -> Iterator[str]:
    if isinstance(node, Number | Parameter | Pi) or _has(node, scope, {"positive", "nonzero"}):
        return
    yield f"{to_text(node)} ≠ 0"


def _has(node: Expression, scope: Scope, properties: set[str]) -> bool:
    return isinstance(node, Symbol) and bool(scope[node.name].properties & properties)


def _power(node: Binary, scope: Scope, differentiated: bool) -> Iterator[str]:
    exponent = _number(node.right)
    if exponent is not None and exponent.denominator == 1:
        if exponent < 0:
            yield from _not_zero(node.left, scope)
        return
    if isinstance(node.right, Parameter) or isinstance(node.left, Number | Parameter | Pi):
        return
    if not _has(node.left, scope, {"positive"}):
        yield f"{to_text(node.left)} {'>' if differentiated or exponent is None else '≥'} 0"


def _number(node: Expression) -> Fraction | None:
    match node:
        case Number():
            return node.value
        case Negate():
            inner = _number(node.operand)
            return None if inner is None else -inner
        case Binary(operator="/"):
            top, below = _number(node.left), _number(node.right)
            return top / below if top is not None and below else None
        case _:
            return None


def _even(node: Expression) -> bool:
    value = _number(node)
    return value is not None and value.denominator == 1 and value.numerator % 2 == 0 and value > 0


def _call(node: Call, scope: Scope, differentiated: bool) -> Iterator[str]:
    if not node.arguments:
        return
    argument = node.arguments[0]
    text = to_text(argument)
    match node.function:
        case "log" if not _has(argument, scope, {"positive"}):
            yield f"{text} > 0"
        case "sqrt" if not _has(argument, scope, {"positive"}):
            yield f"{text} {'>' if differentiated else '≥'} 0"
        case "inv" | "logdet" if not _has(argument, scope, {"invertible", "pd", "orthogonal"}):
            yield f"{text} invertible"
        case "pinv" if differentiated:
            yield f"{text} of constant rank"
        case "norm" if differentiated:
            yield f"{to_text(node)} ≠ 0"
        case name if name in KINKED and differentiated and not _has(argument, scope, {"positive", "nonzero"}):
            yield f"{text} ≠ 0"
        case _:
            pass
