"""Sums collected and factored: like terms added, scalars gathered into powers, (A + Aᵀ) x for A x + Aᵀ x.

A term is a number, powers of scalars, and a product of matrices, the core. Terms that differ in the number alone are
added; cores that begin or end alike are factored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial, reduce

from matcalc.derivatives.building import is_ones, negated, ones, over, plus, power, scalar, times, zero
from matcalc.derivatives.products import chain, matmul, product
from matcalc.language.nodes import Binary, BinaryOperator, Expression, Negate, Number, Scope, Shape
from matcalc.language.rebuilding import binary, parts, rebuilt


@dataclass(frozen=True, slots=True)
class Monomial:
    """coefficient · Π base^exponent · core; the core is None for a scalar."""

    coefficient: Fraction
    scalars: tuple[tuple[Expression, Fraction], ...]
    core: Expression | None


def tidy(node: Expression, scope: Scope) -> Expression:
    """The expression with every sum in it collected and factored."""
    inside = tuple(tidy(part, scope) for part in parts(node))
    whole = rebuilt(node, inside) if inside and inside != parts(node) else node
    return _collected(whole, scope)


def number_of(node: Expression) -> Fraction | None:
    """The number that an expression of numbers is."""
    match node:
        case Number(value=value):
            return value
        case Negate(operand=operand):
            inner = number_of(operand)
            return None if inner is None else -inner
        case Binary(operator="+" | "-" | "*" | "/" as operator, left=left, right=right):
            one, two = number_of(left), number_of(right)
            if one is None or two is None or (operator == "/" and two == 0):
                return None
            return {"+": one + two, "-": one - two, "*": one * two}[operator] if operator != "/" else one / two
        case _:
            return None


def _collected(node: Expression, scope: Scope) -> Expression:
    found = list(_terms(node, Fraction(1)))
    collected: dict[tuple[tuple[tuple[Expression, Fraction], ...], Expression | None], Fraction] = {}
    for term in found:
        key = (term.scalars, term.core)
        collected[key] = collected.get(key, Fraction(0)) + term.coefficient
    terms = [Monomial(c, scalars, core) for (scalars, core), c in collected.items() if c]
    if not terms:
        return zero(node.shape, scope)
    common = _common(terms)
    if common:
        inside = [replace(term, scalars=tuple(pair for pair in term.scalars if pair not in common)) for term in terms]
        return written(Monomial(Fraction(1), common, _summed(inside, scope)), scope)
    return _summed(terms, scope)


def _common(terms: Sequence[Monomial]) -> tuple[tuple[Expression, Fraction], ...]:
    """The powers of scalars that are no symbols, which all of several terms have."""
    if len(terms) < 2 or any(term.core is None for term in terms):
        return ()
    return tuple(
        pair for pair in terms[0].scalars if parts(pair[0]) and all(pair in term.scalars for term in terms[1:])
    )


def _summed(terms: list[Monomial], scope: Scope) -> Expression:
    """The terms factored and added."""
    terms = _factored(terms, scope)
    first, *others = sorted(map(_broadcast, terms) if len(terms) > 1 and not _all_ones(terms) else terms, key=_place)
    result = written(first, scope)
    for term in others:
        operator: BinaryOperator = "-" if term.coefficient < 0 else "+"
        result = binary(operator, result, written(replace(term, coefficient=abs(term.coefficient)), scope))
    return result


def _place(term: Monomial) -> bool:
    """Terms with a minus come last."""
    return term.coefficient < 0


def _all_ones(terms: Sequence[Monomial]) -> bool:
    return all(term.core is not None and is_ones(term.core) for term in terms)


def _broadcast(term: Monomial) -> Monomial:
    """A multiple of a matrix of ones as the scalar that is broadcast, beside other terms."""
    return replace(term, core=None) if term.core is not None and is_ones(term.core) else term


def _terms(node: Expression, factor: Fraction) -> Iterator[Monomial]:
    """The terms of a sum of one shape."""
    match node:
        case Binary(operator="+" | "-" as operator, left=left, right=right):
            yield from _terms(_wide(left, node), factor)
            yield from _terms(_wide(right, node), factor if operator == "+" else -factor)
        case Negate(operand=operand):
            yield from _terms(operand, -factor)
        case _:
            one = monomial(node)
            yield replace(one, coefficient=factor * one.coefficient)


def _wide(side: Expression, whole: Expression) -> Expression:
    """A summand in the shape of the sum: a scalar that is broadcast is a multiple of ones."""
    return side if side.shape == whole.shape else times(side, ones(whole.shape.rows, whole.shape.columns))


def monomial(node: Expression) -> Monomial:
    """A product taken apart."""
    pieces = _Pieces()
    coefficient = pieces.take(node, Fraction(1))
    scalars = tuple(sorted(((b, p) for b, p in pieces.scalars.items() if p), key=lambda pair: pair[1] < 0))
    return Monomial(coefficient, scalars, None if node.shape.is_scalar else _core(pieces.entries, node))


def _core(powers: Mapping[Expression, Fraction], node: Expression) -> Expression:
    """The elementwise product of these powers; ones where nothing is left."""
    above = [power(base, scalar(base, p)) for base, p in powers.items() if p > 0]
    below = [power(base, scalar(base, -p)) for base, p in powers.items() if p < 0]
    upper = reduce(times, above) if above else ones(node.shape.rows, node.shape.columns)
    return over(upper, reduce(times, below)) if below else upper


@dataclass(slots=True)
class _Pieces:
    """The powers of the scalars of a product, and those of the matrices that are multiplied entry by entry."""

    scalars: dict[Expression, Fraction] = field(default_factory=dict)
    entries: dict[Expression, Fraction] = field(default_factory=dict)

    def take(self, node: Expression, exponent: Fraction) -> Fraction:
        """Takes a power of a factor in; the number that comes out of it."""
        value = number_of(node) if node.shape.is_scalar else None
        if value is not None and exponent.denominator == 1 and (value or exponent > 0):
            return value ** int(exponent)
        match node:
            case Negate(operand=operand) if exponent.denominator == 1:
                return Fraction(-1) ** int(exponent) * self.take(operand, exponent)
            case Binary(operator="*" | "/" as operator, left=left, right=right):
                return self.take(left, exponent) * self.take(right, exponent if operator == "*" else -exponent)
            case Binary(operator="**", left=left, right=right) if number_of(right) is not None:
                raised = number_of(right)
                assert raised is not None
                if raised.denominator == 1 or exponent.denominator == 1:
                    return self.take(left, exponent * raised)
            case Binary(operator="@") if exponent == 1 and not node.shape.is_scalar:
                return self._take_chain(chain(node))
            case _:
                pass
        if not is_ones(node):
            own = self.scalars if node.shape.is_scalar else self.entries
            own[node] = own.get(node, Fraction(0)) + exponent
        return Fraction(1)

    def _take_chain(self, links: Sequence[Expression]) -> Fraction:
        """A product of matrices, of which the first may stand with scalars before it."""
        first = monomial(links[0])
        assert first.core is not None
        for base, exponent in first.scalars:
            self.scalars[base] = self.scalars.get(base, Fraction(0)) + exponent
        core = product([first.core, *links[1:]])
        self.entries[core] = self.entries.get(core, Fraction(0)) + 1
        return first.coefficient


def written(term: Monomial, scope: Scope) -> Expression:
    """A term as an expression: number and scalars in front of the first matrix, what divides at the end."""
    shape = Shape(scope.ring.one, scope.ring.one)
    numerator, denominator = abs(term.coefficient).numerator, term.coefficient.denominator
    links = [] if term.core is None else chain(term.core)
    above = [power(base, Number(shape, p)) for base, p in term.scalars if p > 0]
    above += [factor for link in links[:1] for factor in _pointwise(link)]
    below = [power(base, Number(shape, -p)) for base, p in term.scalars if p < 0]
    if numerator != 1 or not above:
        above.insert(0, Number(shape, Fraction(numerator)))
    if denominator != 1:
        below.insert(0, Number(shape, Fraction(denominator)))
    if term.coefficient < 0:
        above[0] = negated(above[0])
    result = reduce(partial(binary, "@"), [reduce(partial(binary, "*"), above), *links[1:]])
    return binary("/", result, reduce(partial(binary, "*"), below)) if below else result


def _pointwise(node: Expression) -> list[Expression]:
    """The factors of an elementwise product."""
    match node:
        case Binary(operator="*", left=left, right=right):
            return [*_pointwise(left), *_pointwise(right)]
        case _:
            return [node]


def _factored(terms: list[Monomial], scope: Scope) -> list[Monomial]:
    """Terms with one number and the same scalars, whose cores end or begin alike, as one."""
    for side in (-1, 0):
        result: list[Monomial] = []
        for term in terms:
            place = next((k for k, other in enumerate(result) if _alike(other, term, side)), None)
            if place is None:
                result.append(term)
            else:
                result[place] = _joined(result[place], term, side, scope)
        terms = result
    return terms


def _alike(one: Monomial, two: Monomial, side: int) -> bool:
    if (
        one.core is None
        or two.core is None
        or one.scalars != two.scalars
        or abs(one.coefficient) != abs(two.coefficient)
    ):
        return False
    first, second = chain(one.core), chain(two.core)
    return min(len(first), len(second)) > 1 and first[side] == second[side]


def _joined(one: Monomial, two: Monomial, side: int, scope: Scope) -> Monomial:
    """The sum of two terms with their common matrix outside."""
    assert one.core is not None
    assert two.core is not None
    first, second = chain(one.core), chain(two.core)
    rests = [product(links[:-1] if side else links[1:]) for links in (first, second)]
    rest = _collected(plus(rests[0], rests[1] if one.coefficient == two.coefficient else negated(rests[1])), scope)
    core = matmul(rest, first[-1]) if side else matmul(first[0], rest)
    return Monomial(one.coefficient, one.scalars, core)
