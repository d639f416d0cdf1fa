"""Sums collected and factored: like terms added, scalars gathered into powers, (A + Aᵀ) x for A x + Aᵀ x.

A term is a number, powers of scalars, and a product of matrices, the core. Terms that differ in the number alone are
added; cores that begin or end alike are factored.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial, reduce

from matcalc.derivatives.building import matmul, negated, plus, power, times, zero
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
    terms = _factored(terms)
    first, *others = sorted(terms, key=lambda term: term.coefficient < 0)
    result = written(first, scope)
    for term in others:
        operator: BinaryOperator = "-" if term.coefficient < 0 else "+"
        result = binary(operator, result, written(replace(term, coefficient=abs(term.coefficient)), scope))
    return result


def _terms(node: Expression, factor: Fraction) -> Iterator[Monomial]:
    """The terms of a sum of one shape."""
    match node:
        case Binary(operator="+" | "-" as operator, left=left, right=right) if left.shape == right.shape:
            yield from _terms(left, factor)
            yield from _terms(right, factor if operator == "+" else -factor)
        case Negate(operand=operand):
            yield from _terms(operand, -factor)
        case _:
            one = monomial(node)
            yield replace(one, coefficient=factor * one.coefficient)


def monomial(node: Expression) -> Monomial:
    """A product taken apart."""
    powers: dict[Expression, Fraction] = {}
    cores: list[Expression] = []
    coefficient = _take_apart(node, Fraction(1), powers, cores)
    core = None
    for one in cores:
        core = one if core is None else times(core, one)
    scalars = tuple(sorted(((b, p) for b, p in powers.items() if p), key=lambda pair: pair[1] < 0))
    return Monomial(coefficient, scalars, core)


def _take_apart(
    node: Expression, exponent: Fraction, powers: dict[Expression, Fraction], cores: list[Expression]
) -> Fraction:
    """The number in front; scalars go to the powers, the rest to the cores."""
    value = number_of(node) if node.shape.is_scalar else None
    if value is not None and (exponent.denominator == 1) and (value or exponent > 0):
        return value ** int(exponent)
    match node:
        case Negate(operand=operand) if exponent.denominator == 1:
            sign = Fraction(-1) ** int(exponent)
            return sign * _take_apart(operand, exponent, powers, cores)
        case Binary(operator="*" | "/" as operator, left=left, right=right) if _may_split(node, exponent):
            own = _take_apart(left, exponent, powers, cores)
            return own * _take_apart(right, exponent if operator == "*" else -exponent, powers, cores)
        case Binary(operator="@") if exponent == 1 and not node.shape.is_scalar:
            first, *rest = chain(node)
            inner = monomial(first)
            if inner.core is not None:
                for base, own_exponent in inner.scalars:
                    powers[base] = powers.get(base, Fraction(0)) + own_exponent
                cores.append(product([inner.core, *rest]))
                return inner.coefficient
        case Binary(operator="**", left=left, right=right) if left.shape.is_scalar:
            power_of = number_of(right)
            if power_of is not None and power_of.denominator == 1 and exponent.denominator == 1:
                return _take_apart(left, exponent * power_of, powers, cores)
        case _:
            pass
    if node.shape.is_scalar:
        powers[node] = powers.get(node, Fraction(0)) + exponent
    else:
        cores.append(node)
    return Fraction(1)


def _may_split(node: Binary, exponent: Fraction) -> bool:
    """Whether a product is one of a scalar and something, or of scalars."""
    if node.operator == "/":
        return node.right.shape.is_scalar and (node.left.shape.is_scalar or exponent == 1)
    one_scalar = node.left.shape.is_scalar or node.right.shape.is_scalar
    return one_scalar and (node.shape.is_scalar or exponent == 1)


def written(term: Monomial, scope: Scope) -> Expression:
    """A term as an expression: number and scalars in front of the first matrix, what divides at the end."""
    shape = Shape(scope.ring.one, scope.ring.one)
    numerator, denominator = abs(term.coefficient).numerator, term.coefficient.denominator
    links = [] if term.core is None else chain(term.core)
    above = [power(base, Number(shape, p)) for base, p in term.scalars if p > 0] + links[:1]
    below = [power(base, Number(shape, -p)) for base, p in term.scalars if p < 0]
    if numerator != 1 or not above:
        above.insert(0, Number(shape, Fraction(numerator)))
    if denominator != 1:
        below.insert(0, Number(shape, Fraction(denominator)))
    if term.coefficient < 0:
        above[0] = negated(above[0])
    result = reduce(partial(binary, "@"), [reduce(partial(binary, "*"), above), *links[1:]])
    return binary("/", result, reduce(partial(binary, "*"), below)) if below else result


def _factored(terms: list[Monomial]) -> list[Monomial]:
    """Terms with one number and the same scalars, whose cores end or begin alike, as one."""
    for side in (-1, 0):
        result: list[Monomial] = []
        for term in terms:
            place = next((k for k, other in enumerate(result) if _alike(other, term, side)), None)
            if place is None:
                result.append(term)
            else:
                result[place] = _joined(result[place], term, side)
        terms = result
    return terms


def _alike(one: Monomial, two: Monomial, side: int) -> bool:
    if one.core is None or two.core is None or one.scalars != two.scalars or abs(one.coefficient) != abs(two.coefficient):
        return False
    first, second = chain(one.core), chain(two.core)
    return min(len(first), len(second)) > 1 and first[side] == second[side]


def _joined(one: Monomial, two: Monomial, side: int) -> Monomial:
    """The sum of two terms with their common matrix outside."""
    assert one.core is not None and two.core is not None
    first, second = chain(one.core), chain(two.core)
    rests = [product(links[:-1] if side else links[1:]) for links in (first, second)]
    rest = plus(rests[0], rests[1] if one.coefficient == two.coefficient else negated(rests[1]))
    core = matmul(rest, first[-1]) if side else matmul(first[0], rest)
    return Monomial(one.coefficient, one.scalars, core)


def chain(node: Expression) -> list[Expression]:
    """The factors of a matrix product."""
    match node:
        case Binary(operator="@", left=left, right=right):
            return [*chain(left), *chain(right)]
        case _:
            return [node]


def product(links: Sequence[Expression]) -> Expression:
    """A product of one or more matrices."""
    result = links[0]
    for link in links[1:]:
        result = matmul(result, link)
    return result
