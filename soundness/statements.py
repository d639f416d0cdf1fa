"""Claims as data that travels between processes: text, declarations, layout, and where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from matcalc.catalogue import select
from matcalc.errors import MatcalcError
from matcalc.evidence.relevance import relevant
from matcalc.language import parse_claim, to_text
from matcalc.language.nodes import Claim, Expression, Layout, Number


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim before it is parsed; `origin` names what it was made from, `change` what was done to it."""

    text: str
    where: Mapping[str, str] = field(default_factory=dict)
    layout: Layout = "mixed"
    origin: str = ""
    change: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two statements the same claim."""
        return self.text, tuple(self.where.items()), self.layout

    def claim(self) -> Claim:
        """The parsed claim. Raises MatcalcError."""
        return parse_claim(self.text, self.where, self.layout)

    def __str__(self) -> str:
        declared = ", ".join(f"{name}: {kind}" for name, kind in self.where.items())
        return f"{self.text}  [{declared}; {self.layout}]"


def well_formed(statement: Statement) -> Claim | None:
    """The claim, if it elaborates and its sides have one shape."""
    try:
        claim = statement.claim()
    except MatcalcError:
        return None
    shapes = {str(side.shape) for side in claim.sides if not _is_zero(side)}
    return claim if len(shapes) <= 1 else None


def _is_zero(side: Expression) -> bool:
    return isinstance(side, Number) and side.value == 0


def catalogue(targets: tuple[str, ...] = ("all",)) -> list[Statement]:
    """The catalogue's identities that are expected to be proved, with the declarations that they use."""
    found = []
    for identity in select(targets).identities:
        if identity.expect == "proved" and not identity.faults:
            found.append(Statement(identity.claim, dict(identity.where), identity.layout, identity.name))
    return found


def pruned(statement: Statement) -> Statement:
    """The statement without the declarations that it can do without; its text in the printer's form."""
    claim = relevant(statement.claim())
    where = {name: kind for name, kind in statement.where.items() if name in claim.scope.declarations}
    return replace(statement, text=to_text(claim), where=where)
