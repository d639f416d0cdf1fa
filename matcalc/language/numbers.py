"""Exact numbers, and how large they may grow: no engine computes a power beyond `MAX_BITS`.

A tower such as `9**9**9` is short to write and longer than any memory to write out. Where one stands in a claim it is a
fault; where one arises later (2^k at a large k, a determinant to a power) the power is left as it is, or the engine
says that it is out of reach.
"""

from fractions import Fraction
from operator import add, mul, sub, truediv

from matcalc.language.nodes import Binary, Expression, Negate, Number

MAX_BITS = 8_000
"""Binary digits that a power of a number has at most, give or take half of them, above and below the bar."""

_OPERATIONS = {"+": add, "-": sub, "*": mul, "@": mul, "/": truediv}


def is_within_limits(base: Fraction | int, exponent: Fraction | int) -> bool:
    """Whether a whole power of a number may be computed; one that may not has more than `MAX_BITS` binary digits."""
    bits = max(abs(base.numerator).bit_length(), base.denominator.bit_length())
    return bool((bits - 1) * Fraction(exponent) < MAX_BITS and (1 - bits) * Fraction(exponent) < MAX_BITS)


def constant(node: Expression) -> Fraction | None:
    """The number that an expression of numbers alone is; nothing where it is none, has a root, or is too large."""
    match node:
        case Number(value=value):
            return value
        case Negate(operand=operand):
            inner = constant(operand)
            return None if inner is None else -inner
        case Binary(operator=operator, left=left, right=right):
            first, second = constant(left), constant(right)
            return None if first is None or second is None else _combined(operator, first, second)
        case _:
            return None


def is_too_large(power: Binary) -> bool:
    """Whether a power of numbers is beyond the limit."""
    base, exponent = constant(power.left), constant(power.right)
    if base is None or exponent is None or exponent.denominator != 1:
        return False
    return not is_within_limits(base, exponent)


def _combined(operator: str, left: Fraction, right: Fraction) -> Fraction | None:
    if operator == "**":
        is_known = right.denominator == 1 and (left != 0 or right >= 0) and is_within_limits(left, right)
        return left ** int(right) if is_known else None
    if operator == "/" and right == 0:
        return None
    result: Fraction = _OPERATIONS[operator](left, right)
    return result if is_within_limits(result, 1) else None
