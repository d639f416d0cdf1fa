"""Declarations that may be left out: what the undeclared names of a claim are, read off the claim itself.

Nothing here says what fits together: elaboration does. Each round declares the names with what is known of them, every
unknown size under a name of its own, elaborates the claim, and sets equal what the faults of shapes, and then the sides
and the indices, need to be equal. What comes out is the most general reading: sizes are equal only where the claim
makes them so, and a small letter is a scalar where it does not fit as a vector, or only at the price of equal sizes.
The proposal is then elaborated once more under its final names: inference proposes, elaboration decides.

The number of rounds is limited, and each takes as long as reading the claim.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from matcalc.errors import Fault, MatcalcError
from matcalc.language.context import Context
from matcalc.language.conventions import SIZE, SIZE_NAMES
from matcalc.language.declarations import TYPES
from matcalc.language.elaboration import elaborate
from matcalc.language.guesses import Guess, first_guesses, size_prefix
from matcalc.language.nodes import Declaration, Expression, Layout
from matcalc.language.parser import told
from matcalc.language.places import axes_of_positions, count_spread
from matcalc.language.scopes import Names, base_of_differential, open_scope
from matcalc.language.shapes import Way, equal_shapes
from matcalc.language.sizes import size_text
from matcalc.language.tokens import quotable
from matcalc.language.trees import Tree, names_in
from matcalc.language.unification import Unifier
from matcalc.language.usage import Usage, sources, usage_of

MOST_INFERRED = 64
"""Names that are inferred in one claim."""
MOST_ROUNDS = 400
"""Times that a claim is read; where they are used up, the last proposal stands, for elaboration to judge."""
MOST_NAMED = 6
"""Assumptions that a fault repeats."""


def infer(
    trees: tuple[Tree, ...], given: Mapping[str, str], layout: Layout = "mixed", text: str = ""
) -> dict[str, str]:
    """The declarations of all names of a claim (or of an expression, one tree) that have none in `given`.

    They are in the order of the claim, and with `given` the claim elaborates. `text` is what the spans of the trees are
    about. Raises MatcalcError with the faults of the claim under what was assumed, where no reading fits, and with an
    ambiguity where the claim does not say which size is meant.
    """
    problem = _problem(trees, given, layout, text)
    best = _most_general(problem)
    inferred = _named(problem, best)
    faults = _faults(problem, inferred)
    if faults:
        raise MatcalcError(*faults)
    return inferred


@dataclass(slots=True)
class Rounds:
    """How often the claim may yet be read."""

    left: int = MOST_ROUNDS

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
    def is_faulty(self) -> bool:
        return bool(self.faults) or None in self.sides


def _problem(trees: tuple[Tree, ...], given: Mapping[str, str], layout: Layout, text: str) -> Problem:
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


def _read(problem: Problem, declarations: Mapping[str, str]) -> Reading:
    names, faults = open_scope({**problem.given, **declarations}, problem.trees)
    context = Context(problem.text, names, problem.layout)
    sides = tuple(elaborate(context, tree) for tree in problem.trees)
    needs = tuple(misfit.ways for misfit in context.misfits)
    misfits = frozenset(fault.what for misfit in context.misfits for fault in misfit.faults)
    return Reading(names, sides, (*faults, *context.faults), needs, misfits)


def _most_general(problem: Problem) -> Proposal:
    """The proposal with the fewest sizes set equal; a name is read as a scalar only where that is better."""
    best = _fitting(problem)
    for name in _possible_scalars(problem, best):
        other = _settled(problem, best.scalars | {name})
        if _rank(problem, other, name) > _rank(problem, best, name):
            best = other
    return best


def _fitting(problem: Problem) -> Proposal:
    """All that may be vectors as vectors; where that does not fit and scalars would, as few of these as possible."""
    best = _settled(problem, frozenset())
    candidates = [] if best.fits else _possible_scalars(problem, best)
    scalars = _settled(problem, best.scalars | {*candidates})
    if not scalars.fits:
        return best
    for name in candidates:
        fewer = _settled(problem, scalars.scalars - {name})
        scalars = fewer if fewer.fits else scalars
    return scalars


def _possible_scalars(problem: Problem, proposal: Proposal) -> list[str]:
    """The names that are vectors and need not be."""
    vectors = [name for name, guess in proposal.guesses.items() if guess.kind == "vector"]
    return [name for name in vectors if not problem.usage.is_array(name)]


def _rank(problem: Problem, proposal: Proposal, besides: str) -> tuple[bool, int, int]:
    """Whether a proposal fits, how seldom it adds a scalar to an array, how many sizes the other names leave free."""
    others = [guess for name, guess in proposal.guesses.items() if name != besides]
    sizes = {size for guess in others for size in guess.size_names if size not in problem.sizes}
    return proposal.fits, -proposal.spread, len(sizes)


def _settled(problem: Problem, scalars: frozenset[str]) -> Proposal:
    """The guesses after as many rounds as say anything new."""
    guesses = problem.guesses(scalars)
    fits, spread = False, 0
    while problem.rounds.spend():
        reading = _read(problem, _texts(guesses))
        found = _next(problem, guesses, reading)
        if not found:
            fits = not reading.is_faulty and _sides_agree(reading)
            spread = sum(count_spread(side) for side in reading.sides if side is not None)
            break
        guesses = {name: guess.with_sizes(found) for name, guess in guesses.items()}
        collapsed = {name for name, guess in guesses.items() if guess.sizes == ("1",)}
        if collapsed:
            scalars |= collapsed
            guesses = problem.guesses(scalars)
    return Proposal(guesses, scalars, fits, spread)


def _texts(guesses: Mapping[str, Guess]) -> dict[str, str]:
    return {name: str(guess) for name, guess in guesses.items()}


def _sides_agree(reading: Reading) -> bool:
    return len({side.shape for side in reading.sides if side is not None}) == 1


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
    def is_unknown(name: str) -> bool:
        return name.startswith(problem.prefix)

    used = dict.fromkeys(name for guess in guesses.values() for name in guess.size_names)
    arrays = [guess for name, guess in guesses.items() if guess.kind != "vector" or problem.usage.is_array(name)]
    proper = frozenset(name for guess in arrays for name in guess.size_names)
    known = {name for name, guess in guesses.items() if guess.kind == "integer"}
    known |= {name for name in reading.names.scope.sizes if not is_unknown(name)}
    known |= {name for name, one in reading.names.scope.declarations.items() if one.kind == "integer"}
    return Unifier(tuple(filter(is_unknown, used)), proper, frozenset(known))


def _wishes(reading: Reading) -> Iterator[tuple[Way, ...]]:
    """What the claim says besides: its sides have one shape, and an index runs over the axis that it stands on."""
    sides = [side for side in reading.sides if side is not None]
    for left, right in pairwise(sides):
        yield (equal_shapes(left.shape, right.shape),)
    for extent, axis in axes_of_positions(sides, reading.names.scope):
        yield (((extent, axis),),)


def _named(problem: Problem, proposal: Proposal) -> dict[str, str]:
    """The declarations with names for the sizes that are unknown, in the order in which they are met."""
    guesses = _without_sizes(proposal.guesses)
    unknown = _unknown_sizes(problem, guesses)
    taken = {*problem.usage.marks, *problem.given, *problem.sizes, *problem.undeclared}
    taken |= {name for guess in guesses.values() for name in guess.size_names}
    fresh = [name for name in _size_names(len(taken) + len(unknown)) if name not in taken]
    if unknown and SIZE in guesses and guesses[SIZE].is_tentative:
        _check_single(problem, guesses, unknown)
        fresh = [SIZE]
        guesses = {name: guess for name, guess in guesses.items() if name != SIZE}
    values = dict(zip(unknown, fresh, strict=False))
    return _simplified(problem, {name: guess.with_sizes(values) for name, guess in guesses.items()})


def _without_sizes(guesses: Mapping[str, Guess]) -> dict[str, Guess]:
    """The guesses without those of integers that turned out to be sizes, which need no declaration."""
    sizes = {name for guess in guesses.values() for name in guess.size_names}
    return {name: guess for name, guess in guesses.items() if not (guess.is_tentative and name in sizes)}


def _unknown_sizes(problem: Problem, guesses: Mapping[str, Guess]) -> list[str]:
    names = (name for guess in guesses.values() for name in guess.size_names)
    return [name for name in dict.fromkeys(names) if name.startswith(problem.prefix)]


def _size_names(least: int) -> Iterator[str]:
    """At least so many names of sizes."""
    yield from SIZE_NAMES
    yield from (f"{SIZE}{number}" for number in range(1, least + 1))


def _check_single(problem: Problem, guesses: Mapping[str, Guess], unknown: list[str]) -> None:
    """Raise MatcalcError where `n` is used and may be any of several sizes."""
    if len(unknown) == 1:
        return
    holder = next(name for name, guess in guesses.items() if unknown[0] in guess.size_names)
    example = guesses[holder].with_sizes(dict(zip(unknown, (SIZE, *SIZE_NAMES[1:]), strict=False)))
    span = next(name.span for name in names_in(*problem.trees) if name.text == SIZE)
    what = f"{SIZE} is not declared, and the claim does not say which of {len(unknown)} sizes it is"
    raise MatcalcError(Fault(what, f"declare {holder}, say as {example}", quotable(problem.text), span))


def _simplified(problem: Problem, guesses: Mapping[str, Guess]) -> dict[str, str]:
    """The declarations as text, their sizes as short as they are."""
    texts = _texts(guesses)
    declarations = _read(problem, texts).names.scope.declarations
    return {
        name: _text(declarations[name], guesses[name]) if name in declarations else text for name, text in texts.items()
    }


def _text(declaration: Declaration, guess: Guess) -> str:
    sizes = (
        (declaration.extent,) if declaration.kind == "index" else (declaration.shape.rows, declaration.shape.columns)
    )
    return str(replace(guess, sizes=tuple(size_text(size) for size in sizes[: TYPES[guess.kind].sizes])))


def _faults(problem: Problem, inferred: Mapping[str, str]) -> list[Fault]:
    """The faults of the claim under the final declarations; those of shapes say what was assumed."""
    reading = _read(problem, inferred)
    mend = _assumptions(inferred)
    faults = [_with_mend(fault, mend) if fault.what in reading.misfits else fault for fault in reading.faults]
    return told(faults, problem.text, {**problem.given, **inferred})


def _assumptions(inferred: Mapping[str, str]) -> str:
    shown = [f"{name}: {text}" for name, text in inferred.items()]
    more = ", …" if len(shown) > MOST_NAMED else ""
    return f"or declare otherwise what was assumed, {', '.join(shown[:MOST_NAMED])}{more}" if shown else ""


def _with_mend(fault: Fault, mend: str) -> Fault:
    return replace(fault, mend=", ".join(part for part in (fault.mend, mend) if part))
