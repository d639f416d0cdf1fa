"""Worked examples: every side of a claim at the example's point, exactly and by autograd, against its value."""

import math
from collections.abc import Mapping
from typing import Any, Protocol

from matcalc.evidence.autograd import CANCELLATION, autograd_sides
from matcalc.evidence.matrices import Rows
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.points import Point
from matcalc.evidence.relevance import relevant
from matcalc.evidence.sides import Sides, exact_sides, same_shape
from matcalc.evidence.values import MisfitError, read_point, rows_of, value_text
from matcalc.language.nodes import Claim

DECIMAL_TOLERANCE = 1e-6
"""An irrational value agrees with an example that gives it to this relative accuracy: to six digits at least."""

AUTOGRAD_TOLERANCE = 1e-9
"""Relative; where the value is irrational, `DECIMAL_TOLERANCE` is allowed too."""


class Example(Protocol):
    """A point and the value that every side is said to have there."""

    @property
    def at(self) -> Mapping[str, Any]:
        """A number, a list (a column) or a list of rows for each symbol."""

    @property
    def value(self) -> Any:
        """A number, a list (a column) or a list of rows."""


def check_example(claim: Claim, example: Example) -> str | None:
    """Nothing if every side has the example's value, exactly and by autograd, else one line on what was found.

    Values of declared symbols that the claim does not depend on are passed over.
    """
    declared = claim.scope.declarations.keys()
    claim = relevant(claim)
    idle = declared - claim.scope.declarations.keys()
    try:
        point = read_point(claim, {name: given for name, given in example.at.items() if name not in idle}, {})
        expected = rows_of(example.value)
        sides = exact_sides(claim, point)
        return _exact_fault(claim, sides, expected) or _autograd_fault(claim, point, sides, expected)
    except MisfitError as misfit:
        return str(misfit)
    except UndefinedError as undefined:
        return f"a side has no value at this point: {undefined}"
    except OutOfReachError as reason:
        return f"the example cannot be evaluated: {reason}"


def _exact_fault(claim: Claim, sides: Sides, expected: Rows) -> str | None:
    for k, found in enumerate(sides.values):
        right = found == expected if sides.is_rational else _is_close(found, expected, DECIMAL_TOLERANCE)
        if not right:
            return f"{_side_name(claim, k)} is {value_text(found)}, and the example says {value_text(expected)}"
    return None


def _autograd_fault(claim: Claim, point: Point, sides: Sides, expected: Rows) -> str | None:
    tolerance = AUTOGRAD_TOLERANCE if sides.is_rational else DECIMAL_TOLERANCE
    backend, values = autograd_sides(claim, [point])
    magnitude = backend.magnitude()[0]
    for k, found in enumerate(same_shape(claim, [value for (value,) in values])):
        if not math.isfinite(magnitude) or not _is_close(found, expected, tolerance, CANCELLATION * magnitude):
            return f"by autograd {_side_name(claim, k)} is {value_text(found)}, and not {value_text(expected)}"
    return None


def _is_close(found: Rows, expected: Rows, tolerance: float, least_scale: float = 0.0) -> bool:
    """Whether two matrices have one shape and entries as close as `tolerance`, relative to the largest entry."""
    if (len(found), len(found[0])) != (len(expected), len(expected[0])):
        return False
    pairs = [
        (float(a), float(b))
        for left, right in zip(found, expected, strict=True)
        for a, b in zip(left, right, strict=True)
    ]
    scale = max(least_scale, *(abs(b) for _, b in pairs))
    return all(abs(a - b) <= tolerance * scale for a, b in pairs)


def _side_name(claim: Claim, k: int) -> str:
    if len(claim.sides) > 2:
        return f"side {k + 1}"
    return "the right side" if k else "the left side"
