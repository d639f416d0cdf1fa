"""The sides of a claim at a point by the exact engine: fractions where they are rational, else long decimals.

Two decimals differ only if numbers between bounds do that enclose them. Where a function has no bounds, they differ if
they do by far more than their rounding, at two precisions. No float is compared.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from matcalc.evidence.balls import Balls, are_apart
from matcalc.evidence.domains import Decimals, Domain, Irrational, Rationals, decimal_arithmetic, polynomial_text
from matcalc.evidence.evaluation import Evaluation
from matcalc.evidence.exact import ExactBackend
from matcalc.evidence.functions import ScalarFunction, SmoothMap
from matcalc.evidence.generators import Entry
from matcalc.evidence.generic_numbers import GenericNumbers
from matcalc.evidence.matrices import Entry as Number, Rows, each
from matcalc.evidence.outcomes import IrrationalError, OutOfReachError, UndefinedError
from matcalc.evidence.points import Point
from matcalc.evidence.sizes import Numbers, extents
from matcalc.evidence.towers import Budget, Settings, Tower
from matcalc.language.nodes import Claim, Expression, Number as Literal

DIGITS = 50
"""Significant digits of decimals; a difference is computed again with twice as many."""

TOO_LARGE = 10**100
"""A point with larger decimals counts as undefined: nobody could read them."""

NEGLIGIBLE = Fraction(1, 10**25)
"""Decimals this close, relative to the larger one or to 1, are taken to be equal."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The values of all sides; entries are fractions, or decimals of `digits` digits."""

    values: tuple[Rows, ...]
    digits: int | None

    @property
    def is_rational(self) -> bool:
        """Whether the entries are fractions."""
        return self.digits is None


def exact_sides(claim: Claim, point: Point) -> Sides:
    """The sides at a point, as fractions if they are rational. UndefinedError where a side has no value."""
    try:
        values = _evaluate(claim, point, Rationals())
    except IrrationalError:
        return decimal_sides(claim, point)
    if any(isinstance(entry, Irrational) for value in values for row in value for entry in row):
        return decimal_sides(claim, point)
    return Sides(values, None)


def decimal_sides(claim: Claim, point: Point, digits: int = DIGITS) -> Sides:
    """The sides at a point as decimals."""
    with decimal_arithmetic(digits):
        values = _evaluate(claim, point, Decimals(digits))
    if any(abs(entry) > TOO_LARGE for value in values for row in value for entry in row):
        raise UndefinedError("too large to print")
    return Sides(values, digits)


def _evaluate(claim: Claim, point: Point, domain: Domain) -> tuple[Rows, ...]:
    backend = ExactBackend(domain)
    values = {name: backend.constant(rows) for name, rows in point.values.items()}
    evaluation = Evaluation(backend, claim.scope, point.numbers, values, point.functions)
    try:
        return same_shape(claim, [evaluation.value(side) for side in claim.sides])
    except ZeroDivisionError as error:
        raise UndefinedError("a division by zero or a singular matrix") from error
    except ArithmeticError as error:  # of decimals: an overflow, for one
        raise UndefinedError("too large to evaluate") from error


def function_text(claim: Claim, name: str, point: Point) -> str:
    """A polynomial instance of an arbitrary function in print: `t -> t**3 + t`, `(x1, x2) -> [x1 + x1*x2, x2]`."""
    function = point.functions[name]
    declaration = claim.scope[name]
    inputs = [entry for variable in declaration.of for entry in _short_names(claim, variable, point.numbers)]
    domain = GenericNumbers(Tower(Budget(math.inf), Settings(max(1, len(inputs)))))
    column = tuple((domain.element(domain.tower.generator(Entry(name))),) for name in inputs or ["t"])
    match function:
        case ScalarFunction():
            value = function.value(ExactBackend(domain), 0, column)
            return f"t -> {polynomial_text(value[0][0].polynomial, ['t'])}"
        case SmoothMap():
            value = function.value(ExactBackend(domain), column, *extents(declaration.shape, point.numbers))
            texts = each(lambda entry: polynomial_text(entry.polynomial, inputs), value)
            return f"({', '.join(inputs)}) -> {matrix_text(texts)}"
        case _:
            assert_never(function)


def _short_names(claim: Claim, name: str, numbers: Numbers) -> list[str]:
    """`x`, `x1` and `x2`, or `X11` and so on, in the order of vec."""
    shape = claim.scope[name].shape
    rows, columns = extents(shape, numbers)
    if shape.is_scalar:
        return [name]
    if shape.is_column:
        return [f"{name}{i + 1}" for i in range(rows)]
    return [f"{name}{i + 1}{j + 1}" for j in range(columns) for i in range(rows)]


def matrix_text(texts: Rows) -> str:
    """A matrix of texts in one line: its only entry, a list for a column, or a list of rows."""
    if len(texts[0]) > 1:
        return "[" + ", ".join(f"[{', '.join(row)}]" for row in texts) + "]"
    return f"[{', '.join(row[0] for row in texts)}]" if len(texts) > 1 else str(texts[0][0])


def same_shape(claim: Claim, values: Sequence[Rows]) -> tuple[Rows, ...]:
    """The values, where the number 0 as a side stands for the zero of the other side's shape."""
    rows, columns = max((len(value), len(value[0])) for value in values)
    return tuple(
        tuple(value[0] * columns for _ in range(rows)) if is_zero_literal(side) else value
        for side, value in zip(claim.sides, values, strict=True)
    )


def is_zero_literal(side: Expression) -> bool:
    """Whether a side is the number 0."""
    return isinstance(side, Literal) and side.value == 0


def differing_shapes(claim: Claim) -> tuple[str, str] | None:
    """Two shapes of the claim's sides that are not the same for all sizes."""
    shapes = [side.shape for side in claim.sides if not is_zero_literal(side)]
    return next(((str(shapes[0]), str(shape)) for shape in shapes[1:] if shape != shapes[0]), None)


def differing_side(claim: Claim, point: Point, sides: Sides) -> int | None:
    """The first side that differs from side 0 beyond any doubt, or nothing.

    Decimals are evaluated again between bounds; where these are out of reach, with twice as many digits.
    """
    candidate = next((k for k in range(1, len(sides.values)) if _differ(sides, k)), None)
    if candidate is None or sides.is_rational:
        return candidate
    try:
        enclosed = enclosed_sides(claim, point)
    except (OutOfReachError, UndefinedError):
        again = decimal_sides(claim, point, 2 * DIGITS)
        believed = _differ(again, candidate) and all(_agree(sides, again, k) for k in (0, candidate))
    else:
        believed = _are_apart(enclosed[0], enclosed[candidate])
    return candidate if believed else None


def enclosed_sides(claim: Claim, point: Point, digits: int = DIGITS) -> tuple[Rows, ...]:
    """The sides at a point as numbers between bounds; OutOfReachError where a function has none."""
    return _evaluate(claim, point, Balls.of_digits(digits))


def _are_apart(left: Rows, right: Rows) -> bool:
    if (len(left), len(left[0])) != (len(right), len(right[0])):
        return True
    return any(are_apart(a, b) for a, b in zip(_flat(left), _flat(right), strict=True))


def _differ(sides: Sides, k: int) -> bool:
    left, right = sides.values[0], sides.values[k]
    if (len(left), len(left[0])) != (len(right), len(right[0])):
        return True
    pairs = zip(_flat(left), _flat(right), strict=True)
    return any(a != b for a, b in pairs) if sides.is_rational else any(not _close(a, b) for a, b in pairs)


def _agree(sides: Sides, again: Sides, k: int) -> bool:
    """Whether two precisions give the same side k."""
    return all(_close(a, b) for a, b in zip(_flat(sides.values[k]), _flat(again.values[k]), strict=True))


def _flat(rows: Rows) -> list[Number]:
    return [entry for row in rows for entry in row]


def _close(a: Number, b: Number) -> bool:
    scale = max(abs(a), abs(b), 1)
    return bool(abs(a - b) * NEGLIGIBLE.denominator <= scale * NEGLIGIBLE.numerator)
