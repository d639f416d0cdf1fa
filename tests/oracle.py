"""The value of entries at a point, by brute force over every index: what the components mean, read a second time.

    value(entries, point) -> {index tuple: number}

Bound indices run through their ranges one by one, derivatives are evaluated in dual numbers, arbitrary functions are
concrete ones. Nothing here is shared with the normal form or the kernel but the data type itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Index,
    Indicator,
    Opaque,
    Parameter,
    Partial,
    Range,
    Slot,
    Split,
    Tangent,
    Term,
    Triangle,
)
from tests.duals import NODES, REALS, Matrix, Number, Undefined, function, gauss, power, rate, same
from tests.matrices import OF_A_MATRIX, multiply, transpose
from tests.points import Point, Position, arbitrary, at

Place = tuple[int, ...]
"""One number from 0 for each slot."""


def value(entries: Entries, point: Point) -> dict[Place, Number]:
    """Every entry. Raises Undefined where one has no value."""
    return {place: entry(entries, place, point) for place in places(entries, point)}


def places(entries: Entries, point: Point) -> Iterator[Place]:
    """The index tuples of entries."""
    return product(*(range(point.size(size)) for size in entries.slots))


def agree(left: Mapping[Place, Number], right: Mapping[Place, Number]) -> bool:
    """Whether two values are the same, entry by entry."""
    return left.keys() == right.keys() and all(same(left[place], right[place]) for place in left)


def entry(entries: Entries, place: Place, point: Point) -> Number:
    """One entry, its terms added up."""
    return sum((_term(term, entries, place, point) for term in entries.terms), Fraction(0))


def _term(term: Term, entries: Entries, place: Place, point: Point) -> Number:
    chosen = [factor for factor in term.factors if _is_choice(factor)]
    others = [factor for factor in term.factors if not _is_choice(factor)]
    total: Number = Fraction(0)
    for frame in _frames(_Frame(entries, term, place, (), point), chosen):
        total += term.coefficient * _product(others, frame)
    return total


def _is_choice(factor: Factor) -> bool:
    """Whether a factor is 1 where its indices fit together and 0 elsewhere."""
    positive = isinstance(factor.exponent, Fraction) and factor.exponent > 0
    return positive and isinstance(factor.head, Delta | Split | Triangle | Indicator)


def _frames(frame: "_Frame", chosen: Sequence[Factor]) -> Iterator["_Frame"]:
    """Every way to number the bound indices that are left, without those for which a choice is 0."""
    known, waiting = [], []
    for factor in chosen:
        (known if frame.knows(factor) else waiting).append(factor)
    if any(_head(factor, frame) == 0 for factor in known):
        return
    if len(frame.bound) == len(frame.term.bound):
        yield frame
        return
    for number in range(frame.point.size(frame.term.bound[len(frame.bound)])):
        yield from _frames(replace(frame, bound=(*frame.bound, number)), waiting)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A term with a number from 0 for each of its free indices and for the first of its bound ones."""

    entries: Entries
    term: Term
    place: Place
    bound: Place
    point: Point

    def knows(self, factor: Factor) -> bool:
        """Whether every index of a factor has its number."""
        return all(i.number < len(self.bound) for i in factor.indices if isinstance(i, Bound))

    def position(self, index: Index) -> int:
        """The number of an index, from 0."""
        match index:
            case Slot(number):
                return self.place[number]
            case Bound(number):
                return self.bound[number]
            case Fixed(position, size):
                here = self.point.size(position) - 1
                if not 0 <= here < self.point.size(size):
                    raise Undefined(f"position {position} is outside 1..{size}")
                return here

    def size(self, index: Index) -> int:
        """The size of the range of an index."""
        match index:
            case Slot(number):
                return self.point.size(self.entries.slots[number])
            case Bound(number):
                return self.point.size(self.term.bound[number])
            case Fixed(_, size):
                return self.point.size(size)


def _product(factors: Sequence[Factor], frame: _Frame) -> Number:
    result: Number = Fraction(1)
    for factor in factors:
        result *= power(_head(factor, frame), frame.point.exponent(factor.exponent))
    return result


def _head(factor: Factor, frame: _Frame) -> Number:  # noqa: C901 one case for each head
    point, here = frame.point, tuple(map(frame.position, factor.indices))
    match factor.head:
        case Declared(name, by):
            return _declared(name, by, here, point)
        case Tangent(name):
            return at(point.tangents[name], _cell(name, here, point))
        case Delta():
            return Fraction(here[0] == here[1])
        case Triangle():
            return Fraction(here[0] >= here[1])
        case Indicator(polynomial, equation):
            there = point.number(polynomial)
            return Fraction(there == 0 if equation else there >= 0)
        case Split():
            return Fraction(here[0] == flat(here[1:], tuple(map(frame.size, factor.indices[1:]))))
        case Parameter("pi"):
            return +REALS.pi
        case Parameter(name):
            return Fraction(point.whole[name])
        case Elementwise(name, order, body):
            inside = entry(body, here, point)
            if name in point.scope.declarations:
                return arbitrary(name, order, inside)
            assert order == 0, f"{name} of order {order}"
            return function(name, inside)
        case Group(body):
            return entry(body, here, point)
        case Frozen(body):
            return entry(body, here, point.still)
        case Partial(body, variable):
            own = len(body.slots)
            moving = point.moving_alone(variable, _cell(variable, here[own:], point))
            return rate(entry(body, here[:own], moving), moving.level)
        case Opaque():
            return _opaque(factor.head, here, point)
        case Range():
            return _range(factor.head, here, point)


def _range(head: Range, here: Place, point: Point) -> Number:
    """A finite sum over an integer from 0, or an integral."""
    if head.integral:
        return _integral(head, here, point)
    total: Number = Fraction(0)
    for r in range(point.size(head.count)):
        total += entry(head.body, here, point.where(head.variable, r))
    return total


def _integral(head: Range, here: Place, point: Point) -> Number:
    """By two rules of Gauss. Raises Undefined where they do not agree."""
    found = [
        sum((weight * entry(head.body, here, point.where(head.variable, t)) for t, weight in gauss(count)), Fraction(0))
        for count in NODES
    ]
    if not same(*found):
        raise Undefined("an integral that would take more nodes")
    return found[-1]


def _declared(name: str, by: tuple[str, ...], here: Place, point: Point) -> Number:
    own, rest = _taken(name, here, point)
    variables: list[tuple[str, Position]] = []
    for variable in by:
        cell, rest = _taken(variable, rest, point)
        variables.append((variable, cell))
    assert not rest, "indices left over"
    return point.entry(name, own, variables)


def _taken(name: str, here: Place, point: Point) -> tuple[Position, Place]:
    """The cell of a symbol that the first indices give, and the other indices; an axis of literal size 1 has none."""
    shape, numbers = point.scope[name].shape, list(here)
    row, column = (0 if size == 1 else numbers.pop(0) for size in (shape.rows, shape.columns))
    return (row, column), tuple(numbers)


def _cell(name: str, here: Place, point: Point) -> Position:
    cell, rest = _taken(name, here, point)
    assert not rest, "indices left over"
    return cell


def _opaque(head: Opaque, here: Place, point: Point) -> Number:
    """A function of a matrix by its definition, or a delta of two whole numbers."""
    if head.function == "delta":
        return Fraction(point.number(head.parameters[0]) == point.number(head.parameters[1]))
    if head.function == "turning":
        (symbol,) = head.bodies[0].terms[0].factors
        assert isinstance(symbol.head, Declared)
        name = symbol.head.name
        return at(multiply(transpose(point.symbol(name)), point.tangents[name]), (here[0], here[1]))
    sizes = tuple(point.size(size) for size in head.bodies[0].slots)
    half = (len(sizes) + 1) // 2
    result = point.found.get(head) or _of_matrix(head, sizes, half, point)
    point.found[head] = result
    rows, columns = sizes[:half], sizes[half:]
    shape = {"pinv": (columns, rows), "projector": (rows, rows)}.get(head.function, (rows, columns))
    split = len(shape[0])
    return at(result, (flat(here[:split], shape[0]), flat(here[split:], shape[1])) if here else (0, 0))


def _of_matrix(head: Opaque, sizes: Place, half: int, point: Point) -> Matrix:
    """The function of the matrix whose rows have the first half of the sizes for an axis."""
    rows, columns = (list(product(*map(range, part))) for part in (sizes[:half], sizes[half:]))
    matrix = [[entry(head.bodies[0], (*i, *j), point) for j in columns] for i in rows]
    return OF_A_MATRIX[head.function](matrix, *(point.number(p) for p in head.parameters))


def flat(here: Place, sizes: Place) -> int:
    """The place of an index tuple in lexicographic order."""
    result = 0
    for part, size in zip(here, sizes, strict=True):
        result = result * size + part
    return result
