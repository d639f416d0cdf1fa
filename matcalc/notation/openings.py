"""Sizes that paper leaves out: I, 𝟏 and `vector(1)` have the one that fits.

Each such constant is read with a size of its own. Where the declarations name sizes, those are tried in its place, and
the choice under which all shapes fit is taken. It has to be the only one, and forced: where another size would do as
well, as in tr(I), nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import TypeAlias, assert_never

from matcalc.errors import MatcalcError
from matcalc.language.declarations import parse_declaration
from matcalc.language.nodes import Layout, Span
from matcalc.language.parser import elaborate_sides
from matcalc.language.tokens import error
from matcalc.language.trees import Apply, Attribute, Infix, Literal, Minus, Name, Subscript, Tree, names_in

MOST_OPEN = 6
"""Sizes that a text leaves out, where declarations name some."""
MOST_CHOICES = 100
"""Ways of choosing them among those."""

Sides: TypeAlias = tuple[Tree, ...]


def settled(sides: Sides, open_sizes: tuple[str, ...], where: Mapping[str, str], layout: Layout) -> Sides:
    """The sides with each open size replaced by one of `where`, or as they are where no choice fits.

    One that `where` names is settled: whoever declared the names after the text has chosen it. Raises MatcalcError
    where there are too many choices, or one is not forced.
    """
    sizes = _declared_sizes(where)
    named = {name.text for name in names_in(*sizes)}
    open_sizes = tuple(name for name in open_sizes if name not in named)
    if not open_sizes or not sizes:
        return sides
    places = {name.text: name.span for name in names_in(*sides) if name.text in open_sizes}
    if len(open_sizes) > MOST_OPEN or len(sizes) ** len(open_sizes) > MOST_CHOICES:
        raise error("too many sizes are left out", "write I_n for the identity of size n", places[open_sizes[0]])
    choices = (dict(zip(open_sizes, chosen, strict=True)) for chosen in product(sizes, repeat=len(open_sizes)))
    fitting = [choice for choice in choices if _fits(_with_sizes(sides, choice), where, layout)]
    if not fitting:
        return sides
    if len(fitting) > 1 or not _is_forced(sides, fitting[0], where, layout):
        raise error("its size is not told by what stands around it", "write I_n, 1_n or ones(n)", places[open_sizes[0]])
    return _with_sizes(sides, fitting[0])


def _is_forced(sides: Sides, choice: Mapping[str, Tree], where: Mapping[str, str], layout: Layout) -> bool:
    """Whether all shapes fit no more once some of the chosen sizes are one that is declared nowhere."""
    names = list(choice)
    other = Name(names[0], (0, 0))
    for chosen in product((False, True), repeat=len(names)):
        changed = {name: other if is_changed else choice[name] for name, is_changed in zip(names, chosen, strict=True)}
        if any(chosen) and _fits(_with_sizes(sides, changed), where, layout):
            return False
    return True


def _with_sizes(sides: Sides, choice: Mapping[str, Tree]) -> Sides:
    return tuple(_with(side, choice) for side in sides)


def _fits(sides: Sides, where: Mapping[str, str], layout: Layout) -> bool:
    try:
        typed, _ = elaborate_sides("", sides, where, layout)
    except MatcalcError:
        return False
    return len({side.shape for side in typed}) == 1


def _declared_sizes(where: Mapping[str, str]) -> tuple[Tree, ...]:
    """The sizes that the declarations write, each once; none where one is faulty, which is told elsewhere."""
    found: dict[str, Tree] = {}
    for name, text in where.items():
        try:
            syntax = parse_declaration(name, text)
        except MatcalcError:
            return ()
        for size in syntax.sizes:
            found.setdefault(text[slice(*size.span)], size)
    return tuple(found.values())


def _with(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """The tree with sizes in the place of names; whatever is new stands where the name stood."""
    match tree:
        case Name(text, span):
            return _moved(values[text], span) if text in values else tree
        case Literal():
            return tree
        case Minus(operand) | Attribute(operand):
            return replace(tree, operand=_with(operand, values))
        case Infix(_, left, right):
            return replace(tree, left=_with(left, values), right=_with(right, values))
        case Apply(function, arguments):
            return Apply(function, tuple(_with(part, values) for part in arguments), tree.span)
        case Subscript(operand, positions):
            inner = tuple(_with(part, values) for part in positions)
            return Subscript(_with(operand, values), inner, tree.span)
        case _:
            assert_never(tree)


def _moved(size: Tree, span: Span) -> Tree:
    """A size of a declaration, as if it stood at `span`."""
    match size:
        case Infix(_, left, right):
            return replace(size, left=_moved(left, span), right=_moved(right, span), span=span, operator_span=span)
        case Minus(operand):
            return Minus(_moved(operand, span), span)
        case _:
            return replace(size, span=span)
