"""Points at which claims are evaluated: a number for every entry, a concrete smooth function for every arbitrary one.

Matrices are lists of rows. Everything is drawn from a seed, so that two runs see the same numbers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from math import prod
from random import Random
from typing import Any, TypeAlias

from matcalc.language.nodes import Declaration, Scope, Size
from tests.duals import Dual, Matrix, Number, Undefined, power, rate
from tests.matrices import broadcast, identity, inverse, multiply, transpose

Position: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Point:
    """Numbers for the names of a scope, positions from 0.

    `moved` holds the symbols that a derivative varies, with their dual parts, and `level` counts the derivatives
    around; `whole` gives sizes, integers, indices and, within a sum, its variable.
    """

    scope: Scope
    whole: Mapping[str, Any]
    values: Mapping[str, Matrix]
    tangents: Mapping[str, Matrix]
    moved: Mapping[str, Matrix] = field(default_factory=dict)
    level: int = 0
    found: dict[Any, Matrix] = field(init=False, default_factory=dict, repr=False)
    """Functions of whole matrices found here already; a point that differs in anything starts anew."""
    _near: dict[tuple[str, Any], "Point"] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def still(self) -> "Point":
        """The same point with nothing varying, as a detached expression sees it."""
        return replace(self, moved={})

    def number(self, polynomial: Size) -> Fraction:
        """A polynomial in the whole names."""
        return evaluate(polynomial, self.whole)

    def size(self, polynomial: Size) -> int:
        """A polynomial that is a whole number."""
        value = self.number(polynomial)
        assert value.denominator == 1, f"{polynomial} is {value}"
        return int(value)

    def exponent(self, value: Fraction | Size) -> Fraction:
        """An exponent, a number or a polynomial."""
        return value if isinstance(value, Fraction) else self.number(value)

    def shape(self, name: str) -> tuple[int, int]:
        """Rows and columns of a declared symbol."""
        shape = self.scope[name].shape
        return self.size(shape.rows), self.size(shape.columns)

    def symbol(self, name: str) -> Matrix:
        """The value of a declared symbol, an arbitrary function of others included."""
        if name in self.moved:
            return self.moved[name]
        of = self.scope[name].of
        if not of:
            return self.values[name]
        arguments = [self.symbol(other) for other in of]
        return [
            [smooth(name, (i, j), arguments) for j in range(self.shape(name)[1])] for i in range(self.shape(name)[0])
        ]

    def moving(self, name: str, directions: Matrix) -> "Point":
        """The point with X + ε V for X, this symbol; the ε is that of the new level."""
        value = self.symbol(name)
        moved = [
            [Dual(self.level + 1, x, v) for x, v in zip(row, along, strict=True)]
            for row, along in zip(value, directions, strict=True)
        ]
        return replace(self, moved={**self.moved, name: moved}, level=self.level + 1)

    def moving_entry(self, name: str, entry: Position) -> "Point":
        """The point in which one entry of a symbol varies, and those that its structure ties to it."""
        return self._moving_entries(name, _tied(self.scope[name].properties, entry))

    def moving_alone(self, name: str, entry: Position) -> "Point":
        """The point in which one entry of a symbol varies, whatever its structure."""
        if (name, entry) not in self._near:
            self._near[name, entry] = self._moving_entries(name, {entry: 1})
        return self._near[name, entry]

    def where(self, variable: str, number: Any) -> "Point":
        """The point with a number for the variable of a finite sum or an integral."""
        if (variable, number) not in self._near:
            self._near[variable, number] = replace(self, whole={**self.whole, variable: number})
        return self._near[variable, number]

    def _moving_entries(self, name: str, rates: Mapping[Position, int]) -> "Point":
        rows, columns = self.shape(name)
        return self.moving(name, [[Fraction(rates.get((i, j), 0)) for j in range(columns)] for i in range(rows)])

    def entry(self, name: str, position: Position, by: Sequence[tuple[str, Position]] = ()) -> Number:
        """An entry of a symbol, differentiated by entries of its own variables, each held to be independent."""
        if not by:
            return at(self.symbol(name), position)
        of = self.scope[name].of
        arguments = {other: self.symbol(other) for other in of}
        levels = range(self.level + 1, self.level + 1 + len(by))
        for level, (variable, place) in zip(levels, by, strict=True):
            arguments[variable] = [
                [Dual(level, x, Fraction((i, j) == place)) for j, x in enumerate(row)]
                for i, row in enumerate(arguments[variable])
            ]
        result = smooth(name, position, [arguments[other] for other in of])
        for level in reversed(levels):
            result = rate(result, level)
        return result


def _tied(properties: frozenset[str], entry: Position) -> dict[Position, int]:
    """How fast the entries of a structured matrix move as one of them moves at rate 1."""
    i, j = entry
    fixed = ("diagonal" in properties and i != j) or ("lower" in properties and i < j)
    if fixed or ("upper" in properties and i > j) or ("skew" in properties and i == j):
        return {}
    if properties & {"symmetric", "psd", "pd"}:
        return {(j, i): 1, entry: 1}
    return {(j, i): -1, entry: 1} if "skew" in properties else {entry: 1}


def at(matrix: Matrix, position: Position) -> Number:
    """An entry. Raises Undefined for a position out of range."""
    i, j = position
    if not (0 <= i < len(matrix) and 0 <= j < len(matrix[0])):
        raise Undefined(f"no entry {position}")
    return matrix[i][j]


def evaluate(polynomial: Size, whole: Mapping[str, int]) -> Fraction:
    """The value of a polynomial of a claim's ring."""
    if polynomial.is_ground:
        return _rational(polynomial.LC)
    names, total = _names(polynomial.ring), Fraction(0)
    for powers, coefficient in polynomial.terms():
        used = (whole[names[k]] ** power for k, power in enumerate(powers) if power)
        total += _rational(coefficient) * prod(used)
    return total


def _rational(number: Any) -> Fraction:
    return Fraction(int(number.numerator), int(number.denominator))


@cache
def _names(ring: Any) -> tuple[str, ...]:
    return tuple(map(str, ring.symbols))


def smooth(name: str, position: Position, arguments: Sequence[Matrix]) -> Number:
    """An arbitrary function of matrices, chosen once: a cubic whose second and third derivatives do not vanish."""
    random = Random(f"{name} {position}")
    inputs = [x for matrix in arguments for row in matrix for x in row]
    forms: list[Number] = [Fraction(0)] * 3
    for x in inputs:
        forms = [form + x * Fraction(random.randint(1, 4)) for form in forms]
    return forms[0] + power(forms[1], Fraction(2)) * Fraction(1, 3) + power(forms[2], Fraction(3)) * Fraction(1, 7)


def arbitrary(name: str, order: int, t: Number) -> Number:
    """An arbitrary function of a number, or its derivative: a polynomial of degree 5."""
    random = Random(name)
    coefficients = [Fraction(random.randint(1, 9)) for _ in range(6)]
    for _ in range(order):
        coefficients = [c * k for k, c in enumerate(coefficients)][1:]
    result: Number = Fraction(0)
    for c in reversed(coefficients):
        result = result * t + c
    return result


def points(
    scope: Scope, *, count: int = 2, sizes: Sequence[int] = (2, 3, 1, 2), whole: int = 3, positive: bool = False
) -> Iterator[Point]:
    """Points with sizes rotated through `sizes` (1 among them) and other integers up to `whole`, from 0."""
    for seed in range(count):
        random = Random(f"point {seed}")
        named = {name: sizes[(seed + k) % len(sizes)] for k, name in enumerate(scope.sizes)}
        for declaration in scope.declarations.values():
            if declaration.kind == "integer":
                named[declaration.name] = (seed + random.randint(0, whole)) % (whole + 1)
        for declaration in scope.declarations.values():
            if declaration.kind == "index":
                named[declaration.name] = random.randint(1, max(1, int(evaluate(declaration.extent, named))))
        yield _filled(scope, named, random, positive)


def origin(scope: Scope) -> Point:
    """The point where every size is 1 and every other number is 0, in a scope without properties that forbid it."""
    whole = dict.fromkeys(scope.sizes, 1)
    whole |= {d.name: int(d.kind == "index") for d in scope.declarations.values() if d.kind in ("integer", "index")}
    reals = [d.name for d in scope.declarations.values() if d.kind in ("scalar", "vector", "matrix")]
    zero = dict.fromkeys(reals, [[Fraction(0)]])
    return Point(scope, whole, zero, zero)


def _filled(scope: Scope, whole: Mapping[str, int], random: Random, positive: bool) -> Point:
    reals = [d for d in scope.declarations.values() if d.kind in ("scalar", "vector", "matrix")]
    values = {d.name: _structured(d, _drawn(d, whole, random, positive)) for d in reals}
    tangents = {d.name: _tangent(d, values[d.name], _drawn(d, whole, random, False)) for d in reals}
    return Point(scope, whole, values, tangents)


def _tangent(declaration: Declaration, value: Matrix, matrix: Matrix) -> Matrix:
    """A direction in which a symbol may move: it has the structure of the symbol; for an orthogonal Q it is Q K."""
    if "orthogonal" in declaration.properties:
        return multiply(value, _skew(matrix))
    return _structured(declaration, matrix)


def _drawn(declaration: Declaration, whole: Mapping[str, int], random: Random, positive: bool) -> Matrix:
    rows, columns = (int(evaluate(size, whole)) for size in (declaration.shape.rows, declaration.shape.columns))
    signs = (1,) if positive or "positive" in declaration.properties else (1, -1)
    return [
        [Fraction(random.randint(1, 9) * random.choice(signs), random.randint(1, 3)) for _ in range(columns)]
        for _ in range(rows)
    ]


def _structured(declaration: Declaration, matrix: Matrix) -> Matrix:
    """A matrix with the declared properties, made of a matrix of any entries."""
    size, properties = len(matrix), declaration.properties
    for name in PROPERTIES:
        if name in properties:
            matrix = PROPERTIES[name](matrix)
    assert size == len(matrix)
    return matrix


def _where(keep: Callable[[int, int], bool]) -> Callable[[Matrix], Matrix]:
    return lambda A: [[a if keep(i, j) else Fraction(0) for j, a in enumerate(row)] for i, row in enumerate(A)]


def _plus(A: Matrix, B: Matrix) -> Matrix:
    return broadcast(lambda a, b: a + b, A, B, (len(A), len(A)))


def _skew(A: Matrix) -> Matrix:
    return _plus(A, [[-a for a in row] for row in transpose(A)])


def _orthogonal(A: Matrix) -> Matrix:
    """Cayley's transform of a skew matrix, which is rational, with columns negated for determinants of both signs."""
    S = _skew(A)
    signs = [-1 if A[j][j] < 0 else 1 for j in range(len(A))]
    Q = multiply(_plus(identity(len(A)), transpose(S)), inverse(_plus(identity(len(A)), S)))
    return [[q * sign for q, sign in zip(row, signs, strict=True)] for row in Q]


PROPERTIES: Mapping[str, Callable[[Matrix], Matrix]] = {
    "symmetric": lambda A: _plus(A, transpose(A)),
    "psd": lambda A: multiply(A, transpose(A)),
    "pd": lambda A: _plus(multiply(A, transpose(A)), identity(len(A))),
    "skew": _skew,
    "orthogonal": _orthogonal,
    "diagonal": _where(lambda i, j: i == j),
    "lower": _where(lambda i, j: i >= j),
    "upper": _where(lambda i, j: i <= j),
}
"""How a matrix gets each property that ties its entries to one another."""
