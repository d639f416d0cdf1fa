"""Which exchanges of a factor's indices leave its value alone, or change its sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import TypeAlias

from matcalc.components.exponents import is_whole
from matcalc.components.facts import Facts
from matcalc.components.order import index_key
from matcalc.components.terms import Declared, Delta, Factor, Index, Opaque, Tangent

Blocks: TypeAlias = tuple[tuple[int, ...], ...]
"""Runs of index positions of one length that may be exchanged with one another."""


@dataclass(frozen=True, slots=True)
class Symmetry:
    """Blocks that may be exchanged, the sign that the value takes when two of them are, and whether it is 0 where two
    are equal.
    """

    blocks: Blocks
    sign: int = 1
    alternating: bool = False


ROWS_AND_COLUMNS: Blocks = ((0,), (1,))


def symmetries(factor: Factor, facts: Facts) -> tuple[Symmetry, ...]:
    """The groups of exchangeable blocks: both indices of a delta, rows and columns of what is symmetric or skew, and
    the indices of equal derivatives of a smooth function (Schwarz).
    """
    match factor.head:
        case Opaque(symmetric=True):
            half = len(factor.indices) // 2
            return (Symmetry((tuple(range(half)), tuple(range(half, 2 * half)))),)
        case Delta() | Opaque(function="projector"):
            return (Symmetry(ROWS_AND_COLUMNS),)
        case Opaque(skew=True):
            return _of_structure(factor, frozenset({"skew"}))
        case Declared(name=name, by=by):
            own = len(facts.symbols[name].axes)
            groups = _of_structure(factor, facts.structure(factor.head)) if own == 2 else ()
            return (*groups, *map(Symmetry, _equal_derivatives(by, own, facts)))
        case Tangent(name=name) if len(facts.symbols[name].axes) == 2:
            return _of_structure(factor, facts.structure(factor.head))
        case _:
            return ()


def _of_structure(factor: Factor, structure: frozenset[str]) -> tuple[Symmetry, ...]:
    """Rows and columns of a symmetric matrix; of a skew one with a sign, which a root does not take."""
    if "symmetric" in structure:
        return (Symmetry(ROWS_AND_COLUMNS),)
    if "skew" in structure and is_whole(factor.exponent):
        return (Symmetry(ROWS_AND_COLUMNS, -1 if factor.exponent % 2 else 1, factor.exponent > 0),)
    return ()


def _equal_derivatives(by: tuple[str, ...], start: int, facts: Facts) -> list[Blocks]:
    blocks: dict[str, list[tuple[int, ...]]] = {}
    for name in by:
        end = start + len(facts.symbols[name].axes)
        blocks.setdefault(name, []).append(tuple(range(start, end)))
        start = end
    return [tuple(positions) for positions in blocks.values() if len(positions) > 1]


def by_symmetry(factor: Factor, facts: Facts) -> tuple[Factor, int]:
    """The factor with its indices in the first of the orders that its symmetries make equal, and the sign it takes.

    The sign is 0 where a skew matrix has one index twice.
    """
    factor = _commuted(factor, facts)
    indices, sign = list(factor.indices), 1
    for symmetry in symmetries(factor, facts):
        before = [tuple(indices[p] for p in block) for block in symmetry.blocks]
        contents = sorted(before, key=_block_key)
        for block, content in zip(symmetry.blocks, contents, strict=True):
            for position, index in zip(block, content, strict=True):
                indices[position] = index
        if symmetry.alternating and len(set(before)) < len(before):
            sign = 0
        if before != contents:
            sign *= symmetry.sign
    return Factor(factor.head, tuple(indices), factor.exponent), sign


def index_orders(factor: Factor, facts: Facts) -> Iterator[tuple[Index, ...]]:
    """Every order of the factor's indices that its symmetries make equal up to a sign, the one they stand in first."""
    groups = [symmetry.blocks for symmetry in symmetries(factor, facts)]
    for chosen in product(*(permutations(blocks) for blocks in groups)):
        indices = list(factor.indices)
        for blocks, order in zip(groups, chosen, strict=True):
            for block, source in zip(blocks, order, strict=True):
                for position, place in zip(block, source, strict=True):
                    indices[position] = factor.indices[place]
        yield tuple(indices)


def _block_key(block: tuple[Index, ...]) -> tuple[object, ...]:
    return tuple(map(index_key, block))


def _commuted(factor: Factor, facts: Facts) -> Factor:
    """The symbols that a smooth function is differentiated by, in the order of their names."""
    head = factor.head
    if not isinstance(head, Declared) or list(head.by) == sorted(head.by):
        return factor
    start = len(facts.symbols[head.name].axes)
    own, blocks = factor.indices[:start], []
    for name in head.by:
        end = start + len(facts.symbols[name].axes)
        blocks.append((name, factor.indices[start:end]))
        start = end
    blocks.sort(key=lambda block: block[0])
    indices = own + tuple(index for _, block in blocks for index in block)
    return Factor(Declared(head.name, tuple(name for name, _ in blocks)), indices, factor.exponent)
