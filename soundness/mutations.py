"""Mutants of a statement: one node replaced, a hypothesis or the layout changed, or a question of definedness added."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from matcalc.language import to_text
from matcalc.language.nodes import Claim, Layout
from soundness.edits import edited, places
from soundness.operators import OPERATORS
from soundness.statements import Statement, well_formed

LAYOUTS: tuple[Layout, ...] = ("mixed", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class WholeOperator:
    """A row: what is done to a whole statement."""

    name: str
    mutants: Callable[[Statement, Claim], Iterator[Statement]]


def _other_layouts(statement: Statement, claim: Claim) -> Iterator[Statement]:
    yield from (replace(statement, layout=layout) for layout in LAYOUTS if layout != statement.layout)


def _fewer_hypotheses(statement: Statement, claim: Claim) -> Iterator[Statement]:
    for name in statement.where:
        declaration = claim.scope.declarations.get(name)
        for word in sorted(declaration.properties) if declaration else ():
            kind = " ".join(part for part in statement.where[name].split(" ") if part != word)
            yield replace(statement, where={**statement.where, name: kind})


def _signs(statement: Statement, claim: Claim) -> Iterator[Statement]:
    """Both sides with terms that are equal only where a number is positive, or is not 0: does the claim say so?"""
    for u in _numbers(claim):
        for left, right in ((f"abs({u})", u), (f"sign({u}) ** 2", "1"), (f"{u} * pinv({u})", "1")):
            first, *others = map(to_text, claim.sides)
            sides = [f"({first}) + {left}", *(f"({other}) + {right}" for other in others)]
            yield replace(statement, text=" == ".join(sides))


def _numbers(claim: Claim) -> Iterator[str]:
    """Scalars made of the symbols of a claim."""
    for name, declaration in claim.scope.declarations.items():
        shape = declaration.shape
        if declaration.kind == "scalar":
            yield name
        elif declaration.kind == "integer":
            yield from (f"({name} - 1)", f"({name})")
        elif declaration.kind == "vector":
            yield from (f"{name}[1]", f"sum({name})", f"norm({name})")
        elif declaration.kind == "matrix":
            yield from (f"det({name})", f"trace({name})") if shape.rows == shape.columns else (f"sum({name})",)


def _order_of_sides(statement: Statement, claim: Claim) -> Iterator[Statement]:
    """Not a change of meaning: what is proved one way must be proved, and never refuted, the other way."""
    yield replace(statement, text=" == ".join(to_text(side) for side in reversed(claim.sides)))


SAME_MEANING = "exchange the sides"

WHOLE: tuple[WholeOperator, ...] = (
    WholeOperator("change the layout", _other_layouts),
    WholeOperator("drop a hypothesis", _fewer_hypotheses),
    WholeOperator("ask for a sign", _signs),
    WholeOperator(SAME_MEANING, _order_of_sides),
)


def every_mutant(statement: Statement) -> dict[str, list[Statement]]:
    """All mutants of a statement that may be well-formed, by operator."""
    claim = statement.claim()
    found: dict[str, list[Statement]] = {}
    for whole in WHOLE:
        found[whole.name] = [replace(m, change=whole.name) for m in whole.mutants(statement, claim)]
    for operator in OPERATORS:
        found[operator.name] = [
            replace(statement, text=to_text(replace(claim, sides=sides)), change=operator.name)
            for number, side in enumerate(claim.sides)
            for path, node in places(side)
            for new in operator.replacements(node, claim.scope)
            for sides in [(*claim.sides[:number], edited(side, path, new), *claim.sides[number + 1 :])]
        ]
    return found


def mutants(statement: Statement, count: int, seed: str) -> list[Statement]:
    """At most `count` different well-formed mutants, drawn evenly from the operators."""
    random = Random(f"{seed} {statement.origin} {statement.text}")
    waiting = {name: random.sample(found, len(found)) for name, found in every_mutant(statement).items() if found}
    chosen: dict[tuple[object, ...], Statement] = {}
    while waiting and len(chosen) < count:
        name = random.choice(sorted(waiting))
        mutant = waiting[name].pop()
        if not waiting[name]:
            del waiting[name]
        if mutant.key != statement.key and mutant.key not in chosen and well_formed(mutant):
            chosen[mutant.key] = mutant
    return list(chosen.values())
