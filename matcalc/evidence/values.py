"""Points as people write them: numbers, lists and lists of rows, to exact matrices and back.

A flat list is a column. Whole numbers stay whole, other fractions are text (`1/3`), decimals have twelve digits. The
sizes of a claim follow from the extents of what is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from matcalc.evidence.functions import Function
from matcalc.evidence.matrices import Entry, Rows, each
from matcalc.evidence.points import Point, missing_property
from matcalc.evidence.relevance import independent_symbols, names_in, varying_symbols
from matcalc.evidence.sides import matrix_text
from matcalc.evidence.sizes import MOST_ENTRIES, most_entries
from matcalc.language import size_text, value_at
from matcalc.language.nodes import Claim, Declaration, Shape, Size
from matcalc.results import Entry as PrintedEntry, Value

Given: TypeAlias = Any
"""A number (int, float, Fraction, text of a fraction), a list of numbers, or a list of rows."""

SIGNIFICANT_DIGITS = 12
"""Of a decimal in print."""


class MisfitError(Exception):
    """Values that do not fit the claim; the argument says which and how, in one line."""


def printed(rows: Rows, shape: Shape, digits: int = SIGNIFICANT_DIGITS) -> Value:
    """A matrix as printed; a single entry where the shape is that of a scalar. More than 12 digits are text."""
    if shape.is_scalar:
        return _printed_entry(rows[0][0], digits)
    return tuple(tuple(_printed_entry(entry, digits) for entry in row) for row in rows)


def _printed_entry(entry: Entry, digits: int = SIGNIFICANT_DIGITS) -> PrintedEntry:
    if isinstance(entry, Fraction):
        return entry.numerator if entry.denominator == 1 else str(entry)
    if digits > SIGNIFICANT_DIGITS:
        return f"{entry:.{digits}g}"
    return float(f"{entry:.{digits}g}") + 0.0  # no negative zero


def value_text(rows: Rows) -> str:
    """A matrix in one line, as it is given: a number, a list for a column, or a list of rows."""
    return matrix_text(each(_entry_text, rows))


def _entry_text(entry: Entry) -> str:
    """A fraction as text only where decimals would not end."""
    is_endless = isinstance(entry, Fraction) and 10**SIGNIFICANT_DIGITS % entry.denominator != 0
    return str(entry) if is_endless else f"{float(entry):.{SIGNIFICANT_DIGITS}g}"


def rows_of(given: Given) -> Rows:
    """The matrix that is given. Raises MisfitError for what is no number, no entries and rows of unequal length."""
    rows = tuple(tuple(map(_number, _listed(row))) for row in _listed(given))
    if not rows or not rows[0] or len({len(row) for row in rows}) > 1:
        raise MisfitError("a matrix needs rows of equal length, with at least one entry")
    return rows


def _listed(given: Given) -> Sequence[Given]:
    is_list = isinstance(given, Sequence) and not isinstance(given, str)
    return given if is_list else [given]


def _number(given: Given) -> Fraction:
    try:
        return Fraction(str(given))
    except (ValueError, ZeroDivisionError) as error:
        raise MisfitError(f"{given} is no number") from error


def _whole_number(name: str, given: Given) -> int:
    number = _number(given)
    if number.denominator != 1:
        raise MisfitError(f"{name} is {number}, which is no whole number")
    return number.numerator


@dataclass(frozen=True, slots=True)
class Extent:
    """An equation for the sizes: a value has `count` rows or columns (`axis`), and they are declared as `size`."""

    name: str
    axis: str
    count: int
    size: Size

    def unknown(self, numbers: Mapping[str, int]) -> list[str]:
        """The names in the size without a value."""
        return sorted(names_in(self.size) - numbers.keys())

    def solve(self, numbers: dict[str, int]) -> None:
        """Give the only unknown name its value, or check that the sizes fit if there is none."""
        choices = [{name: k} for name in self.unknown(numbers) for k in range(1, self.count + 1)] or [{}]
        found = next((choice for choice in choices if value_at(self.size, numbers | choice) == self.count), None)
        if found is None:
            known = {name: numbers[name] for name in numbers if name not in self.unknown(numbers)}
            counted = f"{self.count} {self.axis}" if self.count == 1 else f"{self.count} {self.axis}s"
            raise MisfitError(f"{self.name} has {counted}, declared as {self._declared(known)}")
        numbers.update(found)

    def _declared(self, numbers: Mapping[str, int]) -> str:
        text = size_text(self.size)
        if self.size.is_ground or self.unknown(numbers):
            return text
        return f"{text} = {value_at(self.size, numbers)}"


def read_point(claim: Claim, at: Mapping[str, Given], functions: Mapping[str, Function]) -> Point:
    """The point at which `at` gives a value to every name that has no function. Raises MisfitError.

    Sizes follow from the extents of the values, or are given too.
    """
    wanted = {declaration.name: declaration for declaration in independent_symbols(claim)}
    wanted |= {f"d{name}": claim.scope[name] for name in varying_symbols(claim)}
    _check_names(claim, wanted, at, functions)
    numbers = {name: _whole_number(name, given) for name, given in at.items() if name not in wanted}
    values = {name: rows_of(at[name]) for name in wanted}
    _solve_sizes(claim, wanted, values, numbers)
    if most_entries(claim, numbers) > MOST_ENTRIES:
        raise MisfitError(f"the sizes make a matrix of more than {MOST_ENTRIES} entries")
    for declaration in independent_symbols(claim):
        missing = missing_property(declaration.properties, values[declaration.name])
        if missing is not None:
            raise MisfitError(f"{declaration.name} is declared {missing}, and its value is not")
    return Point(numbers, values, functions)


def _check_names(
    claim: Claim, wanted: Mapping[str, Declaration], at: Mapping[str, Given], functions: Mapping[str, Function]
) -> None:
    declarations = claim.scope.declarations
    arbitrary = [name for name, declaration in declarations.items() if declaration.kind == "function" or declaration.of]
    whole = [name for name, declaration in declarations.items() if declaration.kind in ("integer", "index")]
    for name in arbitrary:
        if name not in functions:
            raise MisfitError(f"{name} is an arbitrary function, and no value can be given for it")
    for name in (*wanted, *whole):
        if name not in at:
            raise MisfitError(f"no value is given for {name}")
    for name in at:
        if name not in (*wanted, *whole, *claim.scope.sizes):
            raise MisfitError(f"a value is given for {name}, which the claim does not take")


def _solve_sizes(
    claim: Claim, wanted: Mapping[str, Declaration], values: Mapping[str, Rows], numbers: dict[str, int]
) -> None:
    """Add to `numbers` every size that follows from the extents, one unknown at a time, and check the others."""
    pending = [extent for name, rows in values.items() for extent in _extents(name, wanted[name].shape, rows)]
    while pending:
        ready = next((extent for extent in pending if len(extent.unknown(numbers)) <= 1), None)
        if ready is None:
            break
        pending.remove(ready)
        ready.solve(numbers)
    loose = [name for name in claim.scope.sizes if name not in numbers]
    if loose:
        raise MisfitError(f"the size {loose[0]} does not follow from the values; give it too")


def _extents(name: str, shape: Shape, rows: Rows) -> Iterator[Extent]:
    yield Extent(name, "row", len(rows), shape.rows)
    yield Extent(name, "column", len(rows[0]), shape.columns)
