"""Declarations that may be left out: what the undeclared names of a claim are, read off the claim itself.

Nothing here says what fits together: elaboration does, and what it needs is set equal (`matcalc.language.proposals`).
What comes out is the most general reading: sizes are equal only where the claim makes them so, and a small letter is a
scalar where it does not fit as a vector, or only at the price of equal sizes or of a sum that spreads a scalar. The
reading is then elaborated once more under its final names: inference proposes, elaboration decides.

The number of rounds is limited, and each takes as long as reading the claim.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from matcalc.errors import Fault, MatcalcError
from matcalc.language.conventions import SIZE, SIZE_NAMES
from matcalc.language.declarations import TYPES
from matcalc.language.guesses import Guess
from matcalc.language.nodes import Declaration, Layout
from matcalc.language.parser import told
from matcalc.language.proposals import Problem, Proposal, pose, read, settled, texts
from matcalc.language.sizes import size_text
from matcalc.language.tokens import quotable
from matcalc.language.trees import Tree, names_in

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
    problem = pose(trees, given, layout, text)
    best = _most_general(problem)
    inferred = _named(problem, best)
    faults = _faults(problem, inferred)
    if faults and problem.rounds.are_over:
        raise MatcalcError(_too_long(problem))
    if faults:
        raise MatcalcError(*faults)
    return inferred


def _too_long(problem: Problem) -> Fault:
    what = f"the claim is too long for its {len(problem.undeclared)} undeclared names to be inferred"
    return Fault(what, "declare some of them", quotable(problem.text), (0, len(problem.text)))


def _most_general(problem: Problem) -> Proposal:
    """The proposal with the fewest sizes set equal; a name is read as a scalar only where that is better."""
    best = _fitting(problem)
    for name in _possible_scalars(problem, best):
        other = settled(problem, best.scalars | {name})
        if _rank(problem, other, name) > _rank(problem, best, name):
            best = other
    return best


def _fitting(problem: Problem) -> Proposal:
    """All that may be vectors as vectors; where that does not fit and scalars would, as few of these as possible.

    What is differentiated by is a vector rather than its coefficients; where it cannot be one, they are scalars with
    it. No vector is added to a scalar.
    """
    best = settled(problem, frozenset())
    candidates = [] if best.fits else _possible_scalars(problem, best)
    scalars = settled(problem, best.scalars | {*candidates})
    if not scalars.fits:
        return best
    variables = [name for name in candidates if name in problem.usage.variables]
    for name in dict.fromkeys((*variables, *candidates)):
        lengths = {best.guesses[other].sizes for other in variables if other in scalars.scalars}
        if name in variables or best.guesses[name].sizes not in lengths:
            fewer = settled(problem, scalars.scalars - {name})
            scalars = fewer if fewer.fits and fewer.spread <= scalars.spread else scalars
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
    written = texts(guesses)
    declarations = read(problem, written).names.scope.declarations
    return {
        name: _text(declarations[name], guesses[name]) if name in declarations else text
        for name, text in written.items()
    }


def _text(declaration: Declaration, guess: Guess) -> str:
    sizes = (
        (declaration.extent,) if declaration.kind == "index" else (declaration.shape.rows, declaration.shape.columns)
    )
    return str(replace(guess, sizes=tuple(size_text(size) for size in sizes[: TYPES[guess.kind].sizes])))


def _faults(problem: Problem, inferred: Mapping[str, str]) -> list[Fault]:
    """The faults of the claim under the final declarations; those of shapes say what was assumed."""
    reading = read(problem, inferred)
    mend = _assumptions(inferred)
    faults = [_with_mend(fault, mend) if fault.what in reading.misfits else fault for fault in reading.faults]
    return told(faults, problem.text, {**problem.given, **inferred})


def _assumptions(inferred: Mapping[str, str]) -> str:
    shown = [f"{name}: {text}" for name, text in inferred.items()]
    more = ", …" if len(shown) > MOST_NAMED else ""
    return f"or declare otherwise what was assumed, {', '.join(shown[:MOST_NAMED])}{more}" if shown else ""


def _with_mend(fault: Fault, mend: str) -> Fault:
    return replace(fault, mend=", ".join(part for part in (fault.mend, mend) if part))
