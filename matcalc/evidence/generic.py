"""Claims on generic matrices of explicit sizes: both sides entry by entry, as functions of the entries of the symbols.

The entries of a symbol are generators of a tower. A structured symbol is made of as many as it needs, so that every
matrix with its structure is met: a symmetric one shares them, an orthogonal one is a Cayley transform (I − S)(I + S)⁻¹
of a skew S times a diagonal matrix of signs, a semidefinite one, where being symmetric is not enough, L Lᵀ with L lower
triangular. Properties that only say what the entries are not (`invertible`, `nonzero`) are left out: what holds without
them holds with them. Derivatives are those of entries, by dual numbers.

Sources: for the signs, D. Liebeck and A. Osborne, The generation of all rational orthogonal matrices, Amer. Math.
Monthly 98, 1991; for L Lᵀ, Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition 2002, theorem 10.9.
"""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from matcalc.evidence.evaluation import Evaluation
from matcalc.evidence.exact import ExactBackend
from matcalc.evidence.functions import AnyFunction, AnyMap, Instance
from matcalc.evidence.generators import Entry, Signature
from matcalc.evidence.generic_numbers import GenericNumbers
from matcalc.evidence.matrices import Entry as Number, Rows, each, elementwise, matmul, transpose
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.relevance import independent_symbols, nodes, varying_symbols
from matcalc.evidence.sides import same_shape
from matcalc.evidence.sizes import Numbers, extents, whole
from matcalc.evidence.structure import SYMMETRIC, cayley, constrained, is_tied
from matcalc.evidence.towers import Budget, Restart, Settings, Tower
from matcalc.language.nodes import Call, Claim, Declaration, Symbol, Transpose

INTEGERS = (0, 1, 2, 3)
"""The values at which a claim about an integer is tried."""

MOST_CASES = 200
"""Combinations of values of integers and indices at one size assignment."""

SPARE = 24
"""Generators that the ring has room for besides the entries, at first."""


@dataclass(frozen=True, slots=True)
class Generic:
    """The sides of a claim at explicit numbers, and where their entries live."""

    evaluation: Evaluation[Rows]
    domain: GenericNumbers
    sides: tuple[Rows, ...]

    def differences(self) -> Iterator[Number]:
        """The differences of the entries of each side from those of the side before."""
        for left, right in itertools.pairwise(self.sides):
            yield from (entry for row in elementwise(lambda a, b: a - b, left, right) for entry in row)


def cases(claim: Claim, sizes: Numbers) -> list[dict[str, int]]:
    """The sizes with each combination of values of the integers and indices; OutOfReachError if there are too many."""
    found = [dict(sizes)]
    for name, declaration in claim.scope.declarations.items():
        match declaration.kind:
            case "integer" if name not in sizes:
                found = [{**case, name: value} for case in found for value in INTEGERS]
            case "index":
                found = [
                    {**case, name: value} for case in found for value in range(1, whole(declaration.extent, case) + 1)
                ]
        if len(found) > MOST_CASES:
            raise OutOfReachError(f"more than {MOST_CASES} values of the integers and indices")
    return found


@dataclass(frozen=True, slots=True)
class Making:
    """How symbols are made of entries: semidefinite ones of factors L Lᵀ or as symmetric ones; some of a given rank."""

    factored: bool = False
    ranks: Mapping[str, int] = field(default_factory=dict)


AS_DECLARED = Making()
"""Semidefinite matrices as symmetric ones, no rank prescribed."""


def makings(claim: Claim, numbers: Numbers) -> list[Making]:
    """One for each combination of ranks of the symbols whose pseudo-inverse the claim has."""
    ranges = {name: _ranks(claim.scope[name], numbers) for name in _pseudo_inverted(claim)}
    return [Making(ranks=dict(zip(ranges, ranks, strict=True))) for ranks in itertools.product(*ranges.values())]


def _pseudo_inverted(claim: Claim) -> list[str]:
    found: dict[str, None] = {}
    for node in nodes(claim.sides):
        match node:
            case Call(function="pinv", arguments=(Symbol(name=name) | Transpose(operand=Symbol(name=name)),)):
                found[name] = None
    return list(found)


def _ranks(declaration: Declaration, numbers: Numbers) -> Sequence[int]:
    """Every rank a matrix can have; an invertible one has only one."""
    structure = declaration.properties - {"positive", "nonzero", "invertible"}
    if structure or declaration.of:
        raise OutOfReachError(f"the pseudo-inverse of {declaration.name}, a structured matrix or a function")
    full = min(extents(declaration.shape, numbers))
    return (full,) if "invertible" in declaration.properties else range(full, -1, -1)


def generic_sides(claim: Claim, numbers: Numbers, budget: Budget, making: Making = AS_DECLARED) -> Generic:
    """The sides at these numbers, of symbols made in this way.

    UndefinedError where a side has no value at these sizes, OutOfReachError for what has no generic value.
    """
    settings = Settings(_entries(claim, numbers) + SPARE)
    while True:
        try:
            return _evaluated(claim, numbers, Tower(budget, settings), making)
        except Restart as restart:
            settings = restart.settings
        except ZeroDivisionError as error:
            raise UndefinedError("a division by zero or a singular matrix") from error


def _entries(claim: Claim, numbers: Numbers) -> int:
    names = [declaration.name for declaration in independent_symbols(claim)] + varying_symbols(claim)
    return sum(math.prod(extents(claim.scope[name].shape, numbers)) for name in names)


def _evaluated(claim: Claim, numbers: Numbers, tower: Tower, making: Making) -> Generic:
    domain = GenericNumbers(tower)
    backend = ExactBackend(domain)
    values = generic_values(claim, numbers, domain, making)
    evaluation = Evaluation(backend, claim.scope, numbers, values, _functions(claim))
    known = -1
    sides: tuple[Rows, ...] = ()
    while known < len(tower.signs):  # what a side says of signs is known from the start the next time
        known = len(tower.signs)
        sides = same_shape(claim, [evaluation.value(side) for side in claim.sides])
    return Generic(evaluation, domain, sides)


def generic_values(claim: Claim, numbers: Numbers, domain: GenericNumbers, making: Making) -> dict[str, Rows]:
    """Generic matrices for the independent symbols, and under `dX` for the differentials."""
    values: dict[str, Rows] = {}
    for declaration in independent_symbols(claim):
        values[declaration.name] = _symbol(declaration, extents(declaration.shape, numbers), domain, making)
    for name in varying_symbols(claim):
        declaration = claim.scope[name]
        values[f"d{name}"] = _tangent(declaration, extents(declaration.shape, numbers), domain, values.get(name))
    return values


def _functions(claim: Claim) -> Mapping[str, Instance]:
    functions: dict[str, Instance] = {}
    for name, declaration in claim.scope.declarations.items():
        if declaration.kind == "function":
            functions[name] = AnyFunction(name)
        elif declaration.of:
            functions[name] = AnyMap(name, declaration.properties)
    return functions


def _symbol(declaration: Declaration, size: tuple[int, int], domain: GenericNumbers, making: Making) -> Rows:
    properties = declaration.properties
    if "orthogonal" in properties:
        return _orthogonal(declaration, size[0], domain)
    if declaration.name in making.ranks:
        return _of_rank(declaration, size, domain, making.ranks[declaration.name])
    if making.factored and not {"psd", "pd"}.isdisjoint(properties):
        lower = _raw(declaration, size, domain, positive_diagonal="pd" in properties)
        lower = constrained(ExactBackend(domain), {"lower"}, lower)
        return constrained(ExactBackend(domain), properties, matmul(lower, transpose(lower)))
    raw = _raw(declaration, size, domain)
    return constrained(ExactBackend(domain), properties, raw) if is_tied(properties) else raw


def _raw(
    declaration: Declaration,
    size: tuple[int, int],
    domain: GenericNumbers,
    *,
    name: str = "",
    positive_diagonal: bool = False,
) -> Rows:
    """A matrix of entries, each a generator of its own."""

    def entry(i: int, j: int) -> Number:
        positive = "positive" in declaration.properties and not name or positive_diagonal and i == j
        definition = Entry(name or declaration.name, i + 1, j + 1, positive)
        return domain.element(domain.tower.generator(definition))

    return tuple(tuple(entry(i, j) for j in range(size[1])) for i in range(size[0]))


def _of_rank(declaration: Declaration, size: tuple[int, int], domain: GenericNumbers, rank: int) -> Rows:
    """A matrix of that rank: generic, or F G with F: m×r and G: r×n, or zero."""
    name = declaration.name
    if rank == min(size):
        left: Rows = ()
        right: Rows = ((),) * rank
        value = _raw(declaration, size, domain)
    else:
        left = _raw(declaration, (size[0], rank), domain, name=f"{name}₁")
        right = _raw(declaration, (rank, size[1]), domain, name=f"{name}₂")
        zero = tuple((domain.number(Fraction(0)),) * size[1] for _ in range(size[0]))
        value = matmul(left, right) if rank else zero
    domain.factors[each(lambda entry: entry.polynomial, value)] = left, right
    return value


def _orthogonal(declaration: Declaration, size: int, domain: GenericNumbers) -> Rows:
    """(I − S)(I + S)⁻¹ D, or C D Cᵀ with that C where it is symmetric too: S skew, D diagonal with d² = 1."""
    if not {"skew", "diagonal", "lower", "upper"}.isdisjoint(declaration.properties):
        raise OutOfReachError("a matrix declared orthogonal and also skew, diagonal or triangular")
    backend = ExactBackend(domain)
    rotation = cayley(backend, constrained(backend, {"skew"}, _raw(declaration, (size, size), domain)))
    signs = [domain.element(domain.tower.generator(Signature(declaration.name, i + 1))) for i in range(size)]
    turned = tuple(tuple(entry * sign for entry, sign in zip(row, signs, strict=True)) for row in rotation)
    return turned if SYMMETRIC.isdisjoint(declaration.properties) else matmul(turned, transpose(rotation))


def _tangent(declaration: Declaration, size: tuple[int, int], domain: GenericNumbers, value: Rows | None) -> Rows:
    """A differential: with the ties of its symbol, and at an orthogonal Q the product of Q and a skew matrix."""
    raw = _raw(declaration, size, domain, name=f"d{declaration.name}")
    if "orthogonal" not in declaration.properties:
        is_structured = is_tied(declaration.properties)
        return constrained(ExactBackend(domain), declaration.properties, raw) if is_structured else raw
    if value is None or len(declaration.properties) > 1:
        raise OutOfReachError(f"the differential of {declaration.name}, orthogonal with more than that known of it")
    return matmul(value, constrained(ExactBackend(domain), {"skew"}, raw))
