"""The places in an expression, what stands there, and how a change of one is put into words."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from matcalc.language import to_text
from matcalc.language.nodes import Expression
from matcalc.language.rebuilding import parts, rebuilt

Path: TypeAlias = tuple[int, ...]
"""The way to a part: which part of the whole, which part of that, and so on."""


def places(side: Expression, path: Path = ()) -> Iterator[tuple[Path, Expression]]:
    """Every place with what stands there, the whole first."""
    yield path, side
    for position, part in enumerate(parts(side)):
        yield from places(part, (*path, position))


def at(side: Expression, path: Path) -> Expression:
    """What stands at a place."""
    for position in path:
        side = parts(side)[position]
    return side


def put(side: Expression, path: Path, new: Expression) -> Expression:
    """The expression with another part at a place. Raises MatcalcError where that does not fit."""
    if not path:
        return new
    inner = list(parts(side))
    inner[path[0]] = put(inner[path[0]], path[1:], new)
    return rebuilt(side, tuple(inner))


def change_text(side: Expression, changed: Expression, path: Path) -> str | None:
    """`new in place of old`, of the smallest part around the place whose text stands once in the side, if there is one.

    Nothing where only the whole side is such a part.
    """
    whole = to_text(side)
    for length in range(len(path), 0, -1):
        old = to_text(at(side, path[:length]))
        if len(re.findall(rf"(?<![\w.]){re.escape(old)}(?!\w)", whole)) == 1:
            return f"{to_text(at(changed, path[:length]))} in place of {old}"
    return None
