"""The edited side as a multiple of what it should be: the factor is found at points, and proved by whoever asks."""

import math
from collections.abc import Iterator
from fractions import Fraction

from matcalc.diagnosis.forms import Form
from matcalc.diagnosis.statements import Refuted
from matcalc.evidence.screening import CLOSENESS, Screen, Values
from matcalc.language import to_text
from matcalc.language.nodes import Expression, FiniteSum, Number, Shape
from matcalc.language.rebuilding import binary, parts, transposed

LARGEST_DENOMINATOR = 1000
"""Of a factor that is believed to be the rational number next to a float."""


def multiples(refuted: Refuted, screen: Screen) -> Iterator[Form]:
    """The edited side transposed, negated, times a number or a scalar part of the claim, or 0 in its place."""
    kept = screen.values(refuted.kept)
    sides = [("", refuted.edited)]
    if not refuted.edited.shape.is_scalar:
        sides.append(("transposed", transposed(refuted.edited)))
    for turned, side in sides:
        values = screen.values(side) if side.shape == refuted.kept.shape else None
        ratios = _ratios(kept, values) if kept is not None and values is not None else None
        if ratios is not None:
            yield from _forms(refuted, screen, ratios, side, turned)


def _forms(refuted: Refuted, screen: Screen, ratios: list[float], side: Expression, turned: str) -> Iterator[Form]:
    number = rational(ratios[0]) if _is_constant(ratios) else None
    if number == 0:
        yield Form(_number(side.shape, number), f"with 0 as the {refuted.name}", is_multiple=True)
    elif number is not None:
        factor = _scaled(number, side)
        done = " and ".join(text for text in (turned, _number_text(number)) if text)
        yield Form(factor, f"with the {refuted.name} {done}", is_multiple=True)
    else:
        yield from _by_scalars(refuted, screen, ratios, side, turned)


def _by_scalars(refuted: Refuted, screen: Screen, ratios: list[float], side: Expression, turned: str) -> Iterator[Form]:
    """A scalar part of the claim as the factor, or its reciprocal."""
    for part in _scalar_parts(refuted):
        values = screen.values(part)
        if values is None or any(value == 0 for (value,) in values):
            continue
        for verb, rests in (
            ("multiplied", [ratio / value for ratio, (value,) in zip(ratios, values, strict=True)]),
            ("divided", [ratio * value for ratio, (value,) in zip(ratios, values, strict=True)]),
        ):
            number = rational(rests[0]) if _is_constant(rests) else None
            if number:
                by = part if abs(number) == 1 else binary("*", _number(part.shape, number), part)
                factor = binary("*" if verb == "multiplied" else "/", side, part)
                words = [turned, "negated" if number == -1 else "", f"{verb} by {to_text(by)}"]
                if verb == "multiplied" or abs(number) == 1:
                    done = " and ".join(text for text in words if text)
                    yield Form(_scaled(number, factor), f"with the {refuted.name} {done}", is_multiple=True)


def _scalar_parts(refuted: Refuted) -> Iterator[Expression]:
    """The scalars in the claim that mean something by themselves: none from inside a sum."""
    waiting, seen = list(refuted.claim.sides), set()
    while waiting:
        node = waiting.pop(0)
        text = to_text(node)
        if node.shape.is_scalar and not isinstance(node, Number) and text not in seen:
            seen.add(text)
            yield node
        if not isinstance(node, FiniteSum):
            waiting += parts(node)


def _ratios(kept: Values, values: Values) -> list[float] | None:
    """For each point the number that the one is times the other, or nothing where it is no multiple."""
    ratios = []
    for left, right in zip(kept, values, strict=True):
        largest = max(range(len(right)), key=lambda k: abs(right[k]))
        if right[largest] == 0:
            return None
        ratio = left[largest] / right[largest]
        scale = max(1e-3, *map(abs, left))
        if any(abs(a - ratio * b) > CLOSENESS * scale for a, b in zip(left, right, strict=True)):
            return None
        ratios.append(ratio)
    return ratios


def _is_constant(ratios: list[float]) -> bool:
    return all(abs(ratio - ratios[0]) <= CLOSENESS * max(1.0, abs(ratios[0])) for ratio in ratios)


def rational(value: float) -> Fraction | None:
    """The simple fraction that a float is next to, if there is one."""
    if not math.isfinite(value):
        return None
    near = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    return near if abs(float(near) - value) <= CLOSENESS * max(1.0, abs(value)) else None


def _number(shape: Shape, value: Fraction) -> Number:
    one = shape.rows.ring.one
    return Number(Shape(one, one), value)


def _scaled(number: Fraction, side: Expression) -> Expression:
    return side if number == 1 else binary("*", _number(side.shape, number), side)


def _number_text(number: Fraction) -> str:
    if number in (1, -1):
        return "negated" if number < 0 else ""
    if abs(number.numerator) == 1:
        return f"divided by {number.denominator * number.numerator}"
    return (
        f"multiplied by {number}"
        if number.denominator == 1
        else f"multiplied by {number.numerator} / {number.denominator}"
    )
