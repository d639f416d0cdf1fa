"""Proposals: what the undeclared names of a claim may be, as the claim itself tells round by round.

Each round declares the names with what is known of them, every unknown size under a name of its own, elaborates the
claim, and sets equal what the faults of shapes need to be equal; where there are none, what the sides and the indices
need. A size that turns out to be 1 makes scalars of its vectors, and the rounds start again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from matcalc.errors import Fault, MatcalcError
from matcalc.language.context import Context
from matcalc.language.elaboration import elaborate
from matcalc.language.guesses import Guess, first_guesses, size_prefix
from matcalc.language.nodes import Expression, Layout
from matcalc.language.places import axes_of_positions, count_spread
from matcalc.language.rebuilding import is_zero
from matcalc.language.scopes import Names, base_of_differential, open_scope
from matcalc.language.shapes import Way, equal_shapes
from matcalc.language.sizes import size_text
from matcalc.language.tokens import quotable
from matcalc.language.trees import Tree
from matcalc.language.unification import Unifier
from matcalc.language.usage import Usage, sources, usage_of

MOST_INFERRED = 64
"""Names that are inferred in one claim."""
MOST_ROUNDS = 200
"""Times that a claim is read; where they are used up, the last proposal stands, for elaboration to judge."""


@dataclass(slots=True)
class Rounds:
    """How often the claim may yet be read."""

    left: int = MOST_ROUNDS

    @property
    def are_over(self) -> bool:
        return self.left < 0

    def spend(self) -> bool:
        """Whether there was one left."""
        self.left -= 1
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class Problem:
    """The claim, what is given, and the names to be inferred with what their use says.

    `sizes` are those that have a name already, `prefix` starts the names of the others.
    """

    trees: tuple[Tree, ...]
    given: Mapping[str, str]
    layout: Layout
    text: str
    usage: Usage
    undeclared: tuple[str, ...]
    sources: Mapping[str, tuple[str, ...]]
    sizes: tuple[str, ...]
    prefix: str
    rounds: Rounds = field(default_factory=Rounds)

    def guesses(self, scalars: frozenset[str]) -> dict[str, Guess]:
        """The first guesses, with these names known to be scalars."""
        return first_guesses(self.usage, self.undeclared, scalars, self.sources, self.prefix)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Guesses, which names were found to be scalars, and whether the claim is well-formed with sides of equal shape.

    `spread` counts the sums of a scalar and an array.
    """

    guesses: dict[str, Guess]
    scalars: frozenset[str]
    fits: bool
    spread: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The claim read under some declarations: of the faults of shapes, `needs` are the ways to mend each.

    `misfits` are what they say.
    """

    names: Names
    sides: tuple[Expression | None, ...]
    faults: tuple[Fault, ...]
    needs: tuple[tuple[Way, ...], ...]
    misfits: frozenset[str]

    @property
    def whole_sides(self) -> list[Expression]:
        """The sides without a fault, but for a literal 0, which has any shape."""
        return [side for side in self.sides if side is not None and not is_zero(side)]

    @property
    def is_faulty(self) -> bool:
        return bool(self.faults) or None in self.sides


def pose(trees: tuple[Tree, ...], given: Mapping[str, str], layout: Layout, text: str) -> Problem:
    """What is to be inferred of a claim. Raises MatcalcError where that is too much."""
    usage = usage_of(trees)
    names, _ = open_scope(given, trees)
    dependence = {name: declaration.of for name, declaration in names.scope.declarations.items()}
    undeclared = tuple(_undeclared(usage, given, names, dependence))
    if len(undeclared) > MOST_INFERRED:
        what = f"{len(undeclared)} names are not declared, and no more than {MOST_INFERRED} are inferred"
        raise MatcalcError(Fault(what, "declare some of them", quotable(text), (0, len(text))))
    found = sources(usage, undeclared, dependence)
    sizes = names.scope.sizes
    prefix = size_prefix([*usage.marks, *given, *sizes, *names.summation])
    return Problem(trees, given, layout, text, usage, undeclared, found, sizes, prefix)


def _undeclared(
    usage: Usage, given: Mapping[str, str], names: Names, dependence: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    """The names without a meaning; dX has one wherever X has."""
    variables = (variable for of in dependence.values() for variable in of)
    used = tuple(dict.fromkeys((*usage.marks, *variables)))
    bases = {*used, *given}
    for name in used:
        if not (name in given or names.is_taken(name) or name in names.summation or base_of_differential(name, bases)):
            yield name


def read(problem: Problem, declarations: Mapping[str, str]) -> Reading:
    """The claim under these declarations and the given ones."""
    names, faults = open_scope({**problem.given, **declarations}, problem.trees)
    context = Context(problem.text, names, problem.layout)
    sides = tuple(elaborate(context, tree) for tree in problem.trees)
    needs = tuple(misfit.ways for misfit in context.misfits)
    misfits = frozenset(fault.what for misfit in context.misfits for fault in misfit.faults)
    return Reading(names, sides, (*faults, *context.faults), needs, misfits)


def settled(problem: Problem, scalars: frozenset[str]) -> Proposal:
    """The guesses after as many rounds as say anything new."""
    guesses = problem.guesses(scalars)
    fits, spread = False, 0
    while problem.rounds.spend():
        reading = read(problem, texts(guesses))
        found = _next(problem, guesses, reading)
        if not found:
            fits = not reading.is_faulty and _sides_agree(reading)
            spread = sum(count_spread(side) for side in reading.whole_sides)
            break
        guesses = {name: guess.with_sizes(found) for name, guess in guesses.items()}
        collapsed = {name for name, guess in guesses.items() if guess.sizes == ("1",)}
        if collapsed:
            scalars |= collapsed
            guesses = problem.guesses(scalars)
    return Proposal(guesses, scalars, fits, spread)


def texts(guesses: Mapping[str, Guess]) -> dict[str, str]:
    """The guesses as declarations."""
    return {name: str(guess) for name, guess in guesses.items()}


def _sides_agree(reading: Reading) -> bool:
    return len({side.shape for side in reading.whole_sides}) < 2


def _next(problem: Problem, guesses: Mapping[str, Guess], reading: Reading) -> dict[str, str]:
    """Unknown sizes and what they have to be, as far as one reading tells."""
    start = _unifier(problem, guesses, reading)
    needs = reading.needs or (() if reading.is_faulty else tuple(_wishes(reading)))
    for by_factors in (False, True):
        known = start
        for ways in needs:
            known = known.first_of(ways, by_factors=by_factors)
        if known.values:
            return {name: size_text(value) for name, value in known.values.items()}
    return {}


def _unifier(problem: Problem, guesses: Mapping[str, Guess], reading: Reading) -> Unifier:
    """Which sizes are unknown, and which may not be 1: those of arrays, and for the sake of the sides all of two names.

    Which of several vectors of one length should be scalars is for `matcalc.language.inference` to try.
    """

    def is_unknown(name: str) -> bool:
        return name.startswith(problem.prefix)

    used = dict.fromkeys(name for guess in guesses.values() for name in guess.size_names)
    arrays = [guess for name, guess in guesses.items() if guess.kind != "vector" or problem.usage.is_array(name)]
    proper = frozenset(name for guess in arrays for name in guess.size_names)
    if not reading.needs:
        counts = Counter(name for guess in guesses.values() for name in guess.size_names)
        proper |= {name for name, count in counts.items() if count > 1}
    known = {name for name, guess in guesses.items() if guess.kind == "integer"}
    known |= {name for name in reading.names.scope.sizes if not is_unknown(name)}
    known |= {name for name, one in reading.names.scope.declarations.items() if one.kind == "integer"}
    return Unifier(tuple(filter(is_unknown, used)), proper, frozenset(known))


def _wishes(reading: Reading) -> Iterator[tuple[Way, ...]]:
    """What the claim says besides: its sides have one shape, and an index runs over the axis that it stands on."""
    for left, right in pairwise(reading.whole_sides):
        yield (equal_shapes(left.shape, right.shape),)
    for extent, axis in axes_of_positions(reading.whole_sides, reading.names.scope):
        yield (((extent, axis),),)
