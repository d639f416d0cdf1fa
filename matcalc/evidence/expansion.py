"""A claim written out by entries at explicit sizes: its symbols, what it differentiates, derivatives, both sides."""

from collections.abc import Iterator, Mapping

from matcalc.errors import Fault, MatcalcError, did_you_mean, near_names
from matcalc.evidence.element_text import Writer
from matcalc.evidence.generic import Generic, generic_sides
from matcalc.evidence.matrices import each, elementwise
from matcalc.evidence.outcomes import NoPoint, OutOfBudgetError, OutOfReachError, UndefinedError, Unsupported
from matcalc.evidence.relevance import relevant
from matcalc.evidence.sizes import extents, whole
from matcalc.evidence.towers import Budget, now
from matcalc.language.nodes import (
    Claim,
    Declaration,
    Derivative,
    Expression,
    FiniteSum,
    Node,
    TotalDifferential,
    Variable,
)
from matcalc.language.printing import to_text
from matcalc.results import Expansion, Partials

LARGEST_SIZE = 5
"""Of a generic matrix that is written out."""

LARGEST_INTEGER = 8

USUAL_INTEGER = 2
"""What an integer is where nothing is said of it; an index is then 1."""


def chosen_numbers(claim: Claim, given: Mapping[str, int]) -> dict[str, int]:
    """The given sizes, integers and indices, and values for the integers and indices that are left out.

    Raises MatcalcError for a name that is none of these, a number out of range, a size without a value.
    """
    claim = relevant(claim)
    sizes, declared = claim.scope.sizes, claim.scope.declarations
    whole_numbers = [name for name, d in declared.items() if d.kind in ("integer", "index") and name not in sizes]
    known = [*sizes, *whole_numbers]
    faults = [_unknown(name, known) for name in given if name not in known]
    faults += [
        Fault(f"the size {name} has no value", f"add {name}={2 + place} to --sizes")
        for place, name in enumerate(sizes)
        if name not in given
    ]
    faults += [
        Fault(f"{name} = {given[name]} is out of range", f"choose a size from 1 to {LARGEST_SIZE}")
        for name in sizes
        if name in given and not 1 <= given[name] <= LARGEST_SIZE
    ]
    if faults:
        raise MatcalcError(*faults)
    numbers = {name: given[name] for name in sizes}
    for name in whole_numbers:
        numbers[name] = _integer(declared[name], numbers, given.get(name))
    return numbers


def _unknown(name: str, known: list[str]) -> Fault:
    fixed = 'all of its sizes are fixed: write --sizes ""'
    mend = did_you_mean(near_names(name, known)) or (f"it has {', '.join(known)}" if known else fixed)
    return Fault(f"{name} is no size or integer of this claim", mend)


def _integer(declaration: Declaration, numbers: Mapping[str, int], given: int | None) -> int:
    """The value of an integer or index; MatcalcError where the given one is out of range."""
    if declaration.kind == "integer":
        lowest, highest, usual = 0, LARGEST_INTEGER, USUAL_INTEGER
    else:
        lowest, highest = 1, whole(declaration.extent, numbers)
        usual = 1
    value = usual if given is None else given
    if not lowest <= value <= highest:
        fault = Fault(f"{declaration.name} = {value} is out of range", f"choose a number from {lowest} to {highest}")
        raise MatcalcError(fault)
    return value


def expand(claim: Claim, numbers: Mapping[str, int], seconds: float) -> Expansion | NoPoint | Unsupported:
    """The expansion at these sizes, integers and indices, or why there is none."""
    claim = relevant(claim)
    budget = Budget(now() + seconds)
    try:
        generic = generic_sides(claim, numbers, budget)
        return _expansion(claim, numbers, generic)
    except UndefinedError as reason:
        return NoPoint(f"the sides have no value at these sizes: {reason}")
    except (OutOfReachError, OutOfBudgetError) as reason:
        return Unsupported(str(reason))


def _expansion(claim: Claim, numbers: Mapping[str, int], generic: Generic) -> Expansion:
    writer = Writer(generic.domain.tower, claim.scope)
    agrees = [
        each(generic.domain.is_zero, elementwise(lambda a, b: a - b, generic.sides[0], side))
        for side in generic.sides[1:]
    ]
    return Expansion(
        numbers,
        {name: each(writer.text, value) for name, value in generic.evaluation.values.items()},
        tuple(_partials(node, generic, writer) for node in _derivatives(claim.sides)),
        tuple(each(writer.text, side) for side in generic.sides),
        tuple(tuple(all(together) for together in zip(*rows, strict=True)) for rows in zip(*agrees, strict=True)),
    )


def _derivatives(part: object) -> Iterator[tuple[Expression, Variable]]:
    """What the outermost derivatives are taken of, and by what, each once; none inside a finite sum."""
    found: dict[tuple[Expression, Variable], None] = {}
    for node in _outermost(part):
        match node:
            case Derivative(body=body, variable=variable):
                found[body, variable] = None
    yield from found


def _outermost(part: object) -> Iterator[Node]:
    if isinstance(part, tuple):
        for item in part:
            yield from _outermost(item)
    elif isinstance(part, Derivative | TotalDifferential | FiniteSum):
        yield part
    elif isinstance(part, Node):
        for name in type(part).__dataclass_fields__:
            yield from _outermost(getattr(part, name))


def _partials(differentiated: tuple[Expression, Variable], generic: Generic, writer: Writer) -> Partials:
    body, variable = differentiated
    return Partials(
        to_text(body),
        variable.name,
        each(writer.text, generic.evaluation.value(body)),
        tuple(writer.entry(variable.name, *position) for position in _positions(variable, generic)),
        each(writer.text, generic.evaluation.partials(body, variable)),
    )


def _positions(variable: Variable, generic: Generic) -> list[tuple[int, int]]:
    """The positions, from 1, of what a derivative is taken by, column by column."""
    numbers = generic.evaluation.numbers
    if variable.entry is not None:
        return [(whole(variable.entry[0], numbers), whole(variable.entry[1], numbers))]
    rows, columns = extents(variable.shape, numbers)
    return [(i, j) for j in range(1, columns + 1) for i in range(1, rows + 1)]
