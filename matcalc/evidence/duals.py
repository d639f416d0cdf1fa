"""Exact derivatives by dual numbers: a + Σ aᵢ εᵢ with εᵢ εⱼ = 0.

Every derivative that is being taken has a level of its own, with one ε for each entry of its variable; a derivative
inside another has the higher level, and its a and aᵢ may be dual numbers of the lower levels (so that derivatives nest
without confusing their perturbations). An ε that is absent says that the number does not depend on that entry; a slope
of 0 is kept, because √ has no derivative at 0 whatever the slope of its argument.

Source: W. K. Clifford, Preliminary sketch of biquaternions, 1873; for nesting, Siskind and Pearlmutter, Nesting
forward-mode AD in a functional framework, 2008, section 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcalc.evidence.matrices import Entry


@dataclass(frozen=True, slots=True, eq=False)
class Dual:
    """value + Σ slopes[i] · εᵢ at a level; value and slopes are numbers or dual numbers of lower levels."""

    level: int
    value: Entry
    slopes: Mapping[int, Entry]

    def __neg__(self) -> "Dual":
        return Dual(self.level, -self.value, {i: -slope for i, slope in self.slopes.items()})

    def __add__(self, other: Any) -> "Dual":
        level, (a, da), (b, db) = aligned(self, other)
        slopes = dict(da)
        for i, slope in db.items():
            slopes[i] = slopes[i] + slope if i in slopes else slope
        return Dual(level, a + b, slopes)

    def __radd__(self, other: Any) -> "Dual":
        return self.__add__(other)

    def __sub__(self, other: Any) -> "Dual":
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> "Dual":
        return self.__neg__().__add__(other)

    def __mul__(self, other: Any) -> "Dual":
        level, (a, da), (b, db) = aligned(self, other)
        slopes = {i: slope * b for i, slope in da.items()}
        for i, slope in db.items():
            slopes[i] = slopes[i] + a * slope if i in slopes else a * slope
        return Dual(level, a * b, slopes)

    def __rmul__(self, other: Any) -> "Dual":
        return self.__mul__(other)

    def __truediv__(self, other: Any) -> "Dual":
        level, (a, da), (b, db) = aligned(self, other)
        quotient = a / b
        slopes = {i: slope / b for i, slope in da.items()}
        for i, slope in db.items():
            change = -(quotient * slope / b)
            slopes[i] = slopes[i] + change if i in slopes else change
        return Dual(level, quotient, slopes)

    def __rtruediv__(self, other: Any) -> "Dual":
        return Dual(self.level, other, {}).__truediv__(self)


Split = tuple[Entry, Mapping[int, Entry]]


def aligned(left: Entry, right: Entry) -> tuple[int, Split, Split]:
    """The higher level of two numbers, one of them dual, and both split there into value and slopes."""
    level = max(number.level for number in (left, right) if isinstance(number, Dual))
    return level, split(left, level), split(right, level)


def split(number: Entry, level: int) -> Split:
    """Value and slopes of a number at a level; a number without that level has no slopes."""
    if isinstance(number, Dual) and number.level == level:
        return number.value, number.slopes
    return number, {}


def constant_part(number: Entry) -> Entry:
    """The number without any ε."""
    while isinstance(number, Dual):
        number = number.value
    return number


def depth(number: Entry) -> int:
    """How many levels nest in a number."""
    if not isinstance(number, Dual):
        return 0
    return 1 + max(map(depth, (number.value, *number.slopes.values())))
