"""What the use of names in a claim says of them, before any of them has a meaning.

`x[i]` says that i is an index and x no scalar, `matrix_power(X, k)` that k is an integer, `f(x)` that f is a function,
`D(u, x)` that u depends on x.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from matcalc.language import trees as syntax
from matcalc.language.conventions import look
from matcalc.language.function_shapes import same
from matcalc.language.functions import FUNCTIONS, OPERATORS, is_known
from matcalc.language.trees import Apply, Attribute, Infix, Minus, Name, Subscript, Tree, calls_in, names_in

Mark: TypeAlias = Literal["value", "array", "exponent", "applied", "index", "shift", "integer", "bound"]
"""One use of a name.

`array`: where a scalar would be out of place, as in `x.T` or `A @ x`; `index`: alone in an index position, `shift`: in
a sum there; `integer`: the exponent of a matrix power; `bound`: of a sum; `exponent`: behind `**`.
"""


DERIVATIVES = frozenset(OPERATORS) - {"Sum", "d"}
"""The operators that go by a variable, their second argument."""


@dataclass(frozen=True, slots=True)
class Differentiation:
    """`operator(body, variable)`, where the variable is a name or the entry of one."""

    body: Tree
    variable: str


@dataclass(frozen=True, slots=True)
class Usage:
    """How each name is used, in the order of the text, and what is differentiated by what."""

    marks: dict[str, frozenset[Mark]]
    differentiations: tuple[Differentiation, ...]

    @property
    def variables(self) -> frozenset[str]:
        """What is differentiated by."""
        return frozenset(each.variable for each in self.differentiations)

    def is_array(self, name: str) -> bool:
        """Whether the name stands where a scalar would be out of place."""
        return "array" in self.marks.get(name, frozenset())


def usage_of(trees: tuple[Tree, ...]) -> Usage:
    """How the names of `trees` are used, but for sizes of constants, variables of sums and functions.

    A letter may be the name of a function elsewhere (`d`): it is no function where nothing calls it.
    """
    marks: dict[str, set[Mark]] = {}
    for tree in trees:
        for name, mark in _marks(tree, "value"):
            marks.setdefault(name, set()).add(mark)
    called = {function.text for function, _ in calls_in(*trees)}
    taken = {name for name in marks if name == "pi" or (is_known(name) and (name in called or look(name) is None))}
    found = {name: frozenset(uses) for name, uses in marks.items() if name not in taken}
    return Usage(found, tuple(_differentiations(trees)))


Marks: TypeAlias = Iterator[tuple[str, Mark]]


def _marks(tree: Tree, mark: Mark) -> Marks:  # noqa: C901 one case for each form
    """The uses inside a tree that itself is used as `mark` says, in the order of the text."""
    match tree:
        case Name(text):
            yield text, mark
        case syntax.Literal():
            return
        case Minus(operand):
            yield from _marks(operand, _inside(mark))
        case Infix():
            yield from _marks_of_operands(tree, mark)
        case Attribute(operand):
            yield from _marks(operand, "array")
        case Apply(Name(name), arguments):
            yield from _marks_of_call(name, arguments)
        case Apply(function, arguments):
            yield from _marks_of_derivative(function)
            for argument in arguments:
                yield from _marks(argument, "value")
        case Subscript(operand, positions):
            yield from _marks(operand, "array")
            for position in positions:
                yield from _marks(position, "index")
        case _:
            assert_never(tree)


def _inside(mark: Mark) -> Mark:
    """The use of the terms of a sum that is used as `mark` says."""
    return "shift" if mark == "index" else mark


def _in_product(mark: Mark) -> Mark:
    """The use of the factors of a product that is used as `mark` says: one of them may be a scalar."""
    return "value" if mark == "array" else _inside(mark)


def _marks_of_operands(tree: Infix, mark: Mark) -> Marks:
    match tree.operator:
        case "@":
            marks: tuple[Mark, Mark] = ("array", "array")
        case "**":
            marks = (_inside(mark), "exponent")
        case "/":
            marks = (_inside(mark), _in_product(mark))
        case "*":
            marks = (_in_product(mark), _in_product(mark))
        case _:
            marks = (_inside(mark), _inside(mark))
    yield from _marks(tree.left, marks[0])
    yield from _marks(tree.right, marks[1])


def _marks_of_call(name: str, arguments: tuple[Tree, ...]) -> Marks:
    if name in OPERATORS:
        yield from _marks_of_operator(name, arguments)
        return
    if name not in FUNCTIONS:
        yield name, "applied"
    for argument, mark in zip(arguments, _argument_marks(name, len(arguments)), strict=False):
        if mark is not None:
            yield from _marks(argument, mark)


def _argument_marks(name: str, count: int) -> list[Mark | None]:
    """The use of each argument; nothing for sizes, which need no declaration, and axes."""
    if name not in FUNCTIONS:
        return ["value"] * count
    row = FUNCTIONS[name]
    value: Mark = "value" if row.shape is same else "array"
    uses: dict[str, Mark] = {"value": value, "index": "index", "exponent": "integer"}
    return [uses.get(kind) for kind in row.kinds]


def _marks_of_operator(name: str, arguments: tuple[Tree, ...]) -> Marks:
    for place, argument in enumerate(arguments):
        if name != "Sum" or place == 0:
            yield from _marks(argument, "value")
        elif place > 1:
            yield from _marks(argument, "bound")


def _marks_of_derivative(function: Tree) -> Marks:
    """`f` of `f.prime.prime`, or whatever is called there."""
    while isinstance(function, Attribute) and function.name == "prime":
        function = function.operand
    yield from _marks(function, "applied")


def _differentiations(trees: tuple[Tree, ...]) -> Iterator[Differentiation]:
    for function, arguments in calls_in(*trees):
        match arguments:
            case (body, Name(variable) | Subscript(Name(variable)), *_) if function.text in DERIVATIVES:
                yield Differentiation(body, variable)


def sources(
    usage: Usage, undeclared: Collection[str], given: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """What each undeclared name depends on; `given` says the same of the declared ones.

    A name that is differentiated on its own depends on the variable; so does the only undeclared name of a body without
    the variable. What follows through another dependence is left out: beside g of u and u of x, `D(g, x)` says nothing.
    """
    found: dict[str, list[str]] = {}
    for each in usage.differentiations:
        if isinstance(each.body, Name) and each.body.text in undeclared and each.body.text != each.variable:
            found.setdefault(each.body.text, []).append(each.variable)
    for each in usage.differentiations:
        name = _only_variable_part(each, undeclared, {**given, **found})
        if name is not None:
            found.setdefault(name, []).append(each.variable)
    everything = {**given, **found}
    return {name: tuple(_direct(name, dict.fromkeys(found[name]), everything)) for name in found}


def _only_variable_part(
    each: Differentiation, undeclared: Collection[str], known: Mapping[str, Collection[str]]
) -> str | None:
    """The only undeclared name of a body in which nothing is known to depend on the variable."""
    names = dict.fromkeys(name.text for name in names_in(each.body))
    candidates = [name for name in names if name in undeclared]
    varies = each.variable in names or any(each.variable in _reachable(name, "", known) for name in names)
    return candidates[0] if len(candidates) == 1 and not varies else None


def _direct(name: str, variables: Iterable[str], everything: Mapping[str, Collection[str]]) -> Iterator[str]:
    """The variables that no other of them depends on."""
    variables = list(variables)
    for variable in variables:
        others = [other for other in variables if other != variable]
        if not any(variable in _reachable(other, name, everything) for other in others):
            yield variable


def _reachable(start: str, avoided: str, everything: Mapping[str, Collection[str]]) -> set[str]:
    """All that `start` depends on, not through `avoided`."""
    seen: set[str] = set()
    pending = list(everything.get(start, ()))
    while pending:
        name = pending.pop()
        if name not in seen and name != avoided:
            seen.add(name)
            pending += everything.get(name, ())
    return seen
