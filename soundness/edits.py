"""Places in a typed tree, and the tree with something else at one of them; shapes are left to the parser to find."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, TypeAlias, cast

from matcalc.language.nodes import Expression, Node

Path: TypeAlias = tuple[tuple[str, int], ...]
"""From the root down: the field of each node, and the number in it where the field is a tuple (else −1)."""


def places(node: Expression, path: Path = ()) -> Iterator[tuple[Path, Expression]]:
    """Every node of a tree with its path, the root first."""
    yield path, node
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield from places(cast(Expression, value), (*path, (field.name, -1)))
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                if isinstance(part, Node):
                    yield from places(cast(Expression, part), (*path, (field.name, number)))


def edited(node: Expression, path: Path, new: Expression) -> Expression:
    """The tree with another node at a path."""
    if not path:
        return new
    (name, number), rest = path[0], path[1:]
    value: Any = getattr(node, name)
    inner = value if number < 0 else value[number]
    changed: Any = edited(inner, rest, new)
    fields_of: dict[str, Any] = {name: changed if number < 0 else (*value[:number], changed, *value[number + 1 :])}
    return replace(node, **fields_of)
