"""The edited side as a sum of multiples of its terms and of variants of these with a symbol transposed.

That is how a formula for symmetric matrices becomes the general one. The coefficients are found at points, by
orthogonalisation of the terms; of terms that depend on each other the first ones are taken.
"""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from matcalc.diagnosis.forms import Form
from matcalc.diagnosis.multiples import rational
from matcalc.diagnosis.statements import Refuted
from matcalc.errors import MatcalcError
from matcalc.evidence.relevance import nodes
from matcalc.evidence.screening import Screen, Values
from matcalc.language import to_text
from matcalc.language.nodes import Binary, Call, Derivative, Expression, Negate, Number, Shape, Symbol, Transpose
from matcalc.language.rebuilding import binary, parts, rebuilt, transposed

DEPENDENCE = 1e-9
"""A term counts as dependent on earlier ones where this share of its square, at most, is its own."""

MOST_TERMS = 8
"""Of the side, multiplied out, of which combinations are tried."""

RESIDUAL = 1e-7
"""Of the kept side, that a combination may leave."""


def combinations(refuted: Refuted, screen: Screen) -> Iterator[Form]:
    """The combination that agrees at the points, if there is one."""
    kept = screen.values(refuted.kept)
    terms = [
        (term, values)
        for term in _dictionary(refuted)
        if term.shape == refuted.kept.shape and (values := screen.values(term)) is not None
    ]
    found = _fit(_flat(kept), [_flat(values) for _, values in terms]) if kept is not None else None
    if found is None:
        return
    numbers = [rational(value) for value in found]
    if all(number is not None for number in numbers) and any(numbers):
        side = _sum([(number, term) for number, (term, _) in zip(numbers, terms, strict=True) if number])
        yield Form(side, f"with {to_text(side)} as the {refuted.name}", generalises=True)


def _dictionary(refuted: Refuted) -> list[Expression]:
    """The terms without their coefficients, then their variants, none twice."""
    terms = [_monomial(term)[1] for _, term in _terms(refuted.edited)]
    if len(terms) > MOST_TERMS:
        return []
    names = [
        name
        for name, declaration in refuted.claim.scope.declarations.items()
        if declaration.kind == "matrix"
        and declaration.shape.rows == declaration.shape.columns
        and declaration.properties.isdisjoint({"symmetric", "pd", "psd", "diagonal"})
    ]
    variants = [flipped for name in names for term in terms for flipped in _flipped(term, frozenset({name}))]
    variants += [flipped for term in terms for flipped in _flipped(term, frozenset(names) - _variables(refuted))]
    whole = [transposed(term) for term in terms if not term.shape.is_scalar]
    return list({to_text(term): term for term in (*terms, *variants, *whole)}.values())


def _variables(refuted: Refuted) -> frozenset[str]:
    """The symbols by which is differentiated."""
    return frozenset(node.variable.name for node in nodes(refuted.claim.sides) if isinstance(node, Derivative))


def _terms(node: Expression) -> list[tuple[int, Expression]]:
    """The terms of a sum with their signs, where products of sums are multiplied out."""
    match node:
        case Binary(operator="+" | "-" as operator, left=left, right=right):
            sign = 1 if operator == "+" else -1
            return [*_terms(left), *((sign * own, term) for own, term in _terms(right))]
        case Negate(operand=operand):
            return [(-own, term) for own, term in _terms(operand)]
        case Binary(operator="*" | "@" as operator, left=left, right=right):
            lefts, rights = _terms(left), _terms(right)
            if len(lefts) * len(rights) > MOST_TERMS:
                return [(1, node)]
            pairs = itertools.product(lefts, rights)
            return [(a * b, _times(operator, first, second)) for (a, first), (b, second) in pairs]
        case Binary(operator="/", left=left, right=right):
            return [(own, binary("/", term, right)) for own, term in _terms(left)]
        case _:
            return [(1, node)]


def _times(operator: Literal["*", "@"], left: Expression, right: Expression) -> Expression:
    """The product without a factor that is the identity matrix."""
    if operator == "@":
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Call) and one.function == "eye":
                return other
    return binary(operator, left, right)


def _monomial(node: Expression) -> tuple[Fraction, Expression]:
    """The number in front of a product, or behind its last division line, and the rest."""
    match node:
        case Negate(operand=operand):
            number, rest = _monomial(operand)
            return -number, rest
        case Binary(operator="/", left=left, right=Number(value=value)) if value:
            number, rest = _monomial(left)
            return number / value, rest
        case Binary(operator="*", left=Number(value=value), right=right) if value:
            number, rest = _monomial(right)
            return number * value, rest
        case Binary(operator="*", left=Negate(operand=Number(value=value)), right=right) if value:
            number, rest = _monomial(right)
            return -number * value, rest
        case Binary(operator="/", left=left, right=right):
            number, rest = _monomial(left)
            return number, binary("/", rest, right)
        case Binary(operator="*" | "@" as operator, left=left, right=right):
            (first, rest), (second, behind) = _monomial(left), _monomial(right)
            return first * second, binary(operator, rest, behind)
    return Fraction(1), node


def _flipped(term: Expression, names: frozenset[str]) -> Iterator[Expression]:
    """The term with these symbols transposed wherever they stand, if they do."""
    try:
        flipped = _flip(term, names)
    except MatcalcError:
        return
    yield flipped


def _flip(node: Expression, names: frozenset[str]) -> Expression:
    match node:
        case Symbol(name=name) if name in names:
            return transposed(node)
        case Transpose(operand=Symbol(name=name) as symbol) if name in names:
            return symbol
        case _:
            return rebuilt(node, tuple(_flip(part, names) for part in parts(node)))


def _sum(terms: Sequence[tuple[Fraction | None, Expression]]) -> Expression:
    whole: Expression | None = None
    for number, term in terms:
        assert number is not None
        scaled = _scaled(abs(number), term)
        if whole is None:
            whole = scaled if number > 0 else Negate(scaled.shape, scaled)
        else:
            whole = binary("+" if number > 0 else "-", whole, scaled)
    assert whole is not None
    return whole


def _scaled(number: Fraction, term: Expression) -> Expression:
    one = term.shape.rows.ring.one
    scalar = Shape(one, one)
    if number.numerator != 1:
        term = binary("*", Number(scalar, Fraction(number.numerator)), term)
    return term if number.denominator == 1 else binary("/", term, Number(scalar, Fraction(number.denominator)))


def _flat(values: Values) -> list[float]:
    return [entry for point in values for entry in point]


def _fit(target: list[float], columns: list[list[float]]) -> list[float] | None:
    """Coefficients with which the columns add up to the target, 0 for a column that depends on earlier ones.

    By Gram-Schmidt orthogonalisation: every direction is kept with its own coefficients in the columns.
    """
    directions: list[tuple[list[float], list[float], float]] = []
    for k, column in enumerate(columns):
        rest, own = list(column), [float(j == k) for j in range(len(columns))]
        for direction, coefficients, square in directions:
            share = _dot(rest, direction) / square
            rest = [a - share * b for a, b in zip(rest, direction, strict=True)]
            own = [a - share * b for a, b in zip(own, coefficients, strict=True)]
        square = _dot(rest, rest)
        if square > DEPENDENCE * _dot(column, column):
            directions.append((rest, own, square))
    rest, found = list(target), [0.0] * len(columns)
    for direction, coefficients, square in directions:
        share = _dot(rest, direction) / square
        rest = [a - share * b for a, b in zip(rest, direction, strict=True)]
        found = [a + share * b for a, b in zip(found, coefficients, strict=True)]
    return found if _dot(rest, rest) <= RESIDUAL**2 * _dot(target, target) else None


def _dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))
