"""Which exchanges of a head's indices leave its value alone."""

from collections.abc import Iterator
from itertools import permutations, product
from typing import TypeAlias

from matcalc.components.facts import Facts
from matcalc.components.order import index_key
from matcalc.components.terms import Declared, Delta, Factor, Head, Index, Opaque

Blocks: TypeAlias = tuple[tuple[int, ...], ...]
"""Runs of index positions of one length that may be exchanged with one another."""


def symmetries(head: Head, facts: Facts) -> tuple[Blocks, ...]:
    """The groups of exchangeable blocks: both indices of a delta, rows and columns of what is symmetric, and the
    indices of equal derivatives of a smooth function (Schwarz).
    """
    match head:
        case Delta() | Opaque(symmetric=True):
            return (((0,), (1,)),)
        case Declared(name=name, by=by):
            own = len(facts.symbols[name].axes)
            groups = [((0,), (1,))] if facts.symmetric(name) and own == 2 else []
            return (*groups, *_equal_derivatives(by, own, facts))
        case _:
            return ()


def _equal_derivatives(by: tuple[str, ...], start: int, facts: Facts) -> list[Blocks]:
    blocks: dict[str, list[tuple[int, ...]]] = {}
    for name in by:
        end = start + len(facts.symbols[name].axes)
        blocks.setdefault(name, []).append(tuple(range(start, end)))
        start = end
    return [tuple(positions) for positions in blocks.values() if len(positions) > 1]


def by_symmetry(factor: Factor, facts: Facts) -> Factor:
    """The factor with its indices in the first of the orders that its symmetries make equal."""
    factor = _commuted(factor, facts)
    indices = list(factor.indices)
    for blocks in symmetries(factor.head, facts):
        contents = sorted((tuple(indices[p] for p in block) for block in blocks), key=_block_key)
        for block, content in zip(blocks, contents, strict=True):
            for position, index in zip(block, content, strict=True):
                indices[position] = index
    return Factor(factor.head, tuple(indices), factor.exponent)


def index_orders(factor: Factor, facts: Facts) -> Iterator[tuple[Index, ...]]:
    """Every order of the factor's indices that its symmetries make equal, the one in which they stand first."""
    groups = symmetries(factor.head, facts)
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
