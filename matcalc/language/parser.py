"""The way into the language: text and declarations to a typed claim, or every fault that can be told apart."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from matcalc.errors import Fault, MatcalcError
from matcalc.language.context import Context
from matcalc.language.dependence import origin_of
from matcalc.language.elaboration import elaborate
from matcalc.language.nodes import Claim, Expression, Layout, Scope
from matcalc.language.scopes import open_scope
from matcalc.language.syntax import parse_equation, parse_formula
from matcalc.language.tokens import quotable
from matcalc.language.trees import Tree

CLAIM = "claim"
"""The origin of faults in the claim itself."""


def parse_claim(text: str, where: Mapping[str, str], layout: Layout = "mixed") -> Claim:
    """The claim that `text` states under the declarations `where`.

    Its sides are well-formed; their shapes may differ. Raises MatcalcError with all faults of the declarations, and of
    the claim as far as they do not follow from each other.
    """
    trees, faults = _parsed(text, where, equation=True)
    sides, scope = _elaborated(text, trees, where, layout, faults)
    return Claim(text, sides, scope, layout)


def elaborate_sides(
    text: str, sides: tuple[Tree, ...], where: Mapping[str, str], layout: Layout = "mixed"
) -> tuple[tuple[Expression, ...], Scope]:
    """The sides of a claim, or one expression, that were read from `text` in whatever notation, with their scope.

    Raises MatcalcError like `parse_claim`.
    """
    return _elaborated(text, sides, where, layout, [])


def parse_expression(text: str, where: Mapping[str, str], layout: Layout = "mixed") -> tuple[Expression, Scope]:
    """One expression under the declarations `where`, with the scope of its names.

    Raises MatcalcError like `parse_claim`.
    """
    trees, faults = _parsed(text, where, equation=False)
    (side,), scope = _elaborated(text, trees, where, layout, faults)
    return side, scope


def _parsed(text: str, where: Mapping[str, str], *, equation: bool) -> tuple[tuple[Tree, ...], list[Fault]]:
    try:
        return (parse_equation(text) if equation else (parse_formula(text),)), []
    except MatcalcError as bad:
        return (), list(bad.faults)


def _elaborated(
    text: str, trees: tuple[Tree, ...], where: Mapping[str, str], layout: Layout, faults: list[Fault]
) -> tuple[tuple[Expression, ...], Scope]:
    names, more = open_scope(where, trees)
    context = Context(text, names, layout)
    sides = [elaborate(context, tree) for tree in trees]
    everything = [*faults, *more, *context.faults]
    if everything:
        raise MatcalcError(*told(everything, text, where))
    return tuple(side for side in sides if side is not None), names.scope


def told(faults: Iterable[Fault], text: str, where: Mapping[str, str]) -> list[Fault]:
    """The faults in the order in which they are told, none twice, those of the claim with its text.

    Those of the declarations come first, in their order, then those of the claim from left to right.
    """
    places = {origin_of(name): position for position, name in enumerate(where)}
    unique = dict.fromkeys(replace(fault, text=quotable(text)) if fault.origin == CLAIM else fault for fault in faults)
    return sorted(unique, key=lambda fault: (places.get(fault.origin, len(places)), fault.span))
