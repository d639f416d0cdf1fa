"""Where both sides of a claim are defined: the side conditions that a verdict lists, read off the claim as written."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction

from matcalc.components.lowering import constant_exponent
from matcalc.components.variables import is_never_negative
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

INVERTIBLE = {"invertible", "pd", "orthogonal"}


def conditions(claim: Claim) -> tuple[str, ...]:
    """The side conditions, each once, in the order of the text."""
    reading = _Conditions(claim.scope)
    return tuple(dict.fromkeys(condition for side in claim.sides for condition in reading.of(side, False)))


@dataclass(frozen=True, slots=True)
class _Conditions:
    """The conditions of expressions in a scope."""

    scope: Scope

    def of(self, node: Expression, differentiated: bool) -> Iterator[str]:
        """Those of a node and of what it contains; `differentiated` where it stands under a derivative."""
        under = differentiated or isinstance(node, Derivative | TotalDifferential)
        match node:
            case Binary():
                yield from self._left(node, under)
                yield from self._own(node, under)
                yield from self.of(node.right, under)
            case Call():
                yield from self._call(node, under)
                yield from (c for child in children(node) for c in self.of(child, under))
            case _:
                yield from (c for child in children(node) for c in self.of(child, under))

    def _left(self, node: Binary, under: bool) -> Iterator[str]:
        """Those of the left operand; the norm in an even power of a norm is smooth."""
        base = node.left
        exponent = constant_exponent(node.right) if node.operator == "**" else None
        even = isinstance(exponent, Fraction) and exponent > 0 and exponent % 2 == 0
        if even and isinstance(base, Call) and base.function == "norm":
            yield from (c for child in children(base) for c in self.of(child, under))
        else:
            yield from self.of(base, under)

    def _own(self, node: Binary, under: bool) -> Iterator[str]:
        if node.operator == "/":
            yield from self._not_zero(node.right)
        elif node.operator == "**":
            yield from self._power(node, under)

    def _power(self, node: Binary, under: bool) -> Iterator[str]:
        """A whole power is defined everywhere, unless it can be negative; any other for a base that is not negative."""
        exponent = constant_exponent(node.right)
        if isinstance(exponent, Fraction) and exponent.denominator != 1:
            yield from self._sign(node.left, ">" if under or exponent < 0 else "≥")
        elif isinstance(exponent, Fraction):
            yield from self._not_zero(node.left) if exponent < 0 else ()
        elif exponent is None or any(c.denominator != 1 for _, c in exponent.terms()):
            yield from self._sign(node.left, ">")
        elif not is_never_negative(exponent):
            yield from self._not_zero(node.left)

    def _not_zero(self, node: Expression) -> Iterator[str]:
        match node:
            case Binary(operator="*"):
                yield from self._not_zero(node.left)
                yield from self._not_zero(node.right)
            case Negate():
                yield from self._not_zero(node.operand)
            case Symbol() if "nonzero" in self.scope[node.name].properties:
                return
            case Number(value=value) if value:
                return
            case _ if not self._is_positive(node):
                yield f"{to_text(node)} ≠ 0"

    def _sign(self, node: Expression, relation: str) -> Iterator[str]:
        if not self._is_positive(node):
            yield f"{to_text(node)} {relation} 0"

    def _is_positive(self, node: Expression) -> bool:
        """Whether it needs no saying: numbers, sizes, symbols declared positive, exponentials, and what these make."""
        match node:
            case Number():
                return node.value > 0
            case Pi():
                return True
            case Parameter():
                return str(node.value) in self.scope.sizes
            case Symbol():
                return "positive" in self.scope[node.name].properties
            case Binary(operator="+" | "*" | "/"):
                return self._is_positive(node.left) and self._is_positive(node.right)
            case Binary(operator="**"):
                return self._is_positive(node.left)
            case Call(function="exp" | "sigmoid" | "softplus" | "softmax" | "cosh"):
                return True
            case Call(function="sqrt" | "sum", arguments=(argument,)):
                return self._is_positive(argument)
            case _:
                return False

    def _call(self, node: Call, under: bool) -> Iterator[str]:
        if not node.arguments:
            return
        argument = node.arguments[0]
        match node.function:
            case "log":
                yield from self._sign(argument, ">")
            case "sqrt":
                yield from self._sign(argument, ">" if under else "≥")
            case "inv" | "logdet" if not self._has(argument, INVERTIBLE):
                yield f"{to_text(argument)} invertible"
            case "pinv" if under:
                yield f"{to_text(argument)} of constant rank"
            case "norm" if under:
                yield f"{to_text(node)} ≠ 0"
            case name if name in KINKED and under:
                yield from self._not_zero(argument)
            case _:
                pass

    def _has(self, node: Expression, properties: set[str]) -> bool:
        return isinstance(node, Symbol) and bool(self.scope[node.name].properties & properties)


def children(node: Expression) -> Iterator[Expression]:
    """The expressions that a node contains, in the order of its fields."""
    for field in fields(node):
        value = getattr(node, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node):
                yield part  # type: ignore[misc]
