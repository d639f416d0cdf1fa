"""The sides of a claim at a point by the exact engine: fractions where they are rational, else long decimals.

Two decimals differ only if they differ by far more than their rounding, at two precisions; no float is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcalc.evidence.domains import Decimals, Domain, Irrational, RationalFunctions, Rationals, decimal_arithmetic
from matcalc.evidence.evaluation import Evaluation
from matcalc.evidence.exact import ExactBackend
from matcalc.evidence.functions import ScalarFunction
from matcalc.evidence.matrices import Entry, Rows, each
from matcalc.evidence.outcomes import IrrationalError, OutOfReachError, UndefinedError
from matcalc.evidence.points import Point
from matcalc.evidence.relevance import independent_symbols
from matcalc.evidence.sizes import Numbers, extents
from matcalc.evidence.structure import impose
from matcalc.language.nodes import Claim, Expression, Number

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


def generic_value(claim: Claim, side: Expression, numbers: Numbers) -> Rows:
    """A side for generic matrices of explicit sizes: rational functions in the entries `X_1_2` of the symbols.

    OutOfReachError where the side is no rational function, or the claim has arbitrary functions.
    """
    names = {
        declaration.name: _entry_names(declaration.name, extents(declaration.shape, numbers))
        for declaration in independent_symbols(claim)
    }
    if len(names) < sum(d.kind not in ("integer", "index") for d in claim.scope.declarations.values()):
        raise OutOfReachError("arbitrary functions of generic matrices")
    domain = RationalFunctions(tuple(name for rows in names.values() for row in rows for name in row))
    backend = ExactBackend(domain)
    values = {
        name: impose(backend, claim.scope[name].properties, each(lambda entry: domain.entries[entry], rows))
        for name, rows in names.items()
    }
    return Evaluation(backend, claim.scope, numbers, values, {}).value(side)


def _entry_names(name: str, size: tuple[int, int]) -> Rows:
    return tuple(tuple(f"{name}_{i + 1}_{j + 1}" for j in range(size[1])) for i in range(size[0]))


def function_text(claim: Claim, name: str, point: Point) -> str:
    """A polynomial instance of an arbitrary function in print: `t -> t**3 + t`, `(x1, x2) -> [x1 + x1*x2, x2]`."""
    function = point.functions[name]
    if isinstance(function, ScalarFunction):
        domain = RationalFunctions(("t",))
        value = function.value(ExactBackend(domain), 0, ((domain.entries["t"],),))
        return f"t -> {value[0][0]}"
    declaration = claim.scope[name]
    inputs = [entry for variable in declaration.of for entry in _short_names(claim, variable, point.numbers)]
    domain = RationalFunctions(tuple(inputs))
    column = tuple((domain.entries[entry],) for entry in inputs)
    value = function.value(ExactBackend(domain), column, *extents(declaration.shape, point.numbers))
    return f"({', '.join(inputs)}) -> {matrix_text(each(str, value))}"


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
    return isinstance(side, Number) and side.value == 0


def differing_shapes(claim: Claim) -> tuple[str, str] | None:
    """Two shapes of the claim's sides that are not the same for all sizes."""
    shapes = [side.shape for side in claim.sides if not is_zero_literal(side)]
    return next(((str(shapes[0]), str(shape)) for shape in shapes[1:] if shape != shapes[0]), None)


def differing_side(claim: Claim, point: Point, sides: Sides) -> int | None:
    """The first side that differs from side 0 beyond any doubt, or nothing."""
    candidate = next((k for k in range(1, len(sides.values)) if _differ(sides, k)), None)
    if candidate is None or sides.is_rational:
        return candidate
    again = decimal_sides(claim, point, 2 * DIGITS)
    believed = _differ(again, candidate) and all(_agree(sides, again, k) for k in (0, candidate))
    return candidate if believed else None


def _differ(sides: Sides, k: int) -> bool:
    left, right = sides.values[0], sides.values[k]
    if (len(left), len(left[0])) != (len(right), len(right[0])):
        return True
    pairs = zip(_flat(left), _flat(right), strict=True)
    return any(a != b for a, b in pairs) if sides.is_rational else any(not _close(a, b) for a, b in pairs)


def _agree(sides: Sides, again: Sides, k: int) -> bool:
    """Whether two precisions give the same side k."""
    return all(_close(a, b) for a, b in zip(_flat(sides.values[k]), _flat(again.values[k]), strict=True))


def _flat(rows: Rows) -> list[Entry]:
    return [entry for row in rows for entry in row]


def _close(a: Entry, b: Entry) -> bool:
    scale = max(abs(a), abs(b), 1)
    return bool(abs(a - b) * NEGLIGIBLE.denominator <= scale * NEGLIGIBLE.numerator)
