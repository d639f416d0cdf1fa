"""What a claim may have left out: a property of a symbol, a relation between sizes, that something is constant."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from matcalc.diagnosis.statements import Statement
from matcalc.language import size_text
from matcalc.language.nodes import Claim, Declaration

PROPERTIES: tuple[tuple[str, str, bool], ...] = (
    ("symmetric", "{} symmetric", True),
    ("skew", "{} skew", True),
    ("orthogonal", "{} orthogonal", True),
    ("diagonal", "{} diagonal", True),
    ("invertible", "{} invertible", True),
    ("pd", "{} positive definite", True),
    ("positive", "{} positive", False),
    ("nonzero", "{} without zeros", False),
)
"""The properties that are tried, the word for each, and whether it is said of square matrices alone."""

TOGETHER = ("symmetric", "diagonal")
"""Properties that two matrices may lack together."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A statement with one more hypothesis, and the words behind `holds`."""

    statement: Statement
    words: str
    about: str


def _properties(statement: Statement, claim: Claim) -> Iterator[Hypothesis]:
    """A property of one symbol, likelier ones first."""
    for property_, words, is_square in PROPERTIES:
        for declaration in _real_symbols(claim):
            if _may_have(declaration, property_, is_square=is_square):
                name = declaration.name
                yield Hypothesis(_having(statement, name, property_), f"if {_said(declaration, words)}", name)


def _pairs(statement: Statement, claim: Claim) -> Iterator[Hypothesis]:
    """The same property of two symbols."""
    for property_ in TOGETHER:
        squares = [d.name for d in _real_symbols(claim) if _may_have(d, property_, is_square=True)]
        for first, second in combinations(squares, 2):
            both = _having(_having(statement, first, property_), second, property_)
            yield Hypothesis(both, f"if {first} and {second} are {property_}", first)


def _polynomials(statement: Statement, claim: Claim) -> Iterator[Hypothesis]:
    """A matrix that is a polynomial in another one, so that the two commute: it is put in for the symbol."""
    plain = [d for d in _real_symbols(claim) if d.kind == "matrix" and not d.properties and not d.of]
    degree, coefficients, power = _fresh(statement, "k"), _fresh(statement, "c"), _fresh(statement, "r")
    for base, other in permutations(plain, 2):
        if base.shape == other.shape == other.shape.transposed:
            term = f"{coefficients}[{power}] * matrix_power({base.name}, {power} - 1)"
            polynomial = f"Sum({term}, {power}, 1, {degree})"
            text = re.sub(rf"\b{other.name}\b", polynomial, statement.text)
            where = {**statement.where, coefficients: f"vector({degree})"}
            words = f"if {other.name} is a polynomial in {base.name}"
            yield Hypothesis(replace(statement, text=text, where=where), words, "commuting matrices")


def _fresh(statement: Statement, letter: str) -> str:
    """A name that the statement does not use."""
    texts = " ".join([statement.text, *statement.where, *statement.where.values()])
    candidates = (letter * count for count in itertools.count(1))
    return next(name for name in candidates if not re.search(rf"\b{name}\b", texts))


def _ones(statement: Statement, claim: Claim) -> Iterator[Hypothesis]:
    """Sizes that are 1: hardly a reason, and yet better than none."""
    for name in claim.scope.sizes:
        yield Hypothesis(_with_size(statement, name, "1"), f"if {name} = 1", name)


def _real_symbols(claim: Claim) -> list[Declaration]:
    return [d for d in claim.scope.declarations.values() if d.kind in ("scalar", "vector", "matrix")]


def _said(declaration: Declaration, words: str) -> str:
    if words.startswith("{} without") or (words == "{} positive" and declaration.kind != "scalar"):
        return (
            f"no entry of {declaration.name} is 0"
            if "zeros" in words
            else f"every entry of {declaration.name} is positive"
        )
    return words.format(f"{declaration.name} is")


def _may_have(declaration: Declaration, property_: str, *, is_square: bool) -> bool:
    """Whether a property is news of a symbol; a positive definite matrix is symmetric already."""
    if is_square and (declaration.kind != "matrix" or declaration.shape.rows != declaration.shape.columns):
        return False
    known = declaration.properties
    implied = {"symmetric", "invertible"} if "pd" in known else {"symmetric"} if known & {"psd", "diagonal"} else set()
    return property_ not in known | implied


def _having(statement: Statement, name: str, property_: str) -> Statement:
    text, of, variables = statement.where[name].partition(" of ")
    return statement.with_text(name, f"{text} {property_}{of}{variables}")


def _constants(statement: Statement, claim: Claim) -> Iterator[Hypothesis]:
    """A function of others that is constant."""
    for declaration in _real_symbols(claim):
        if declaration.of:
            name, text = declaration.name, statement.where[declaration.name].partition(" of ")[0]
            variables = " and ".join(declaration.of)
            yield Hypothesis(statement.with_text(name, text), f"if {name} does not depend on {variables}", name)


def _sizes(statement: Statement, claim: Claim) -> Iterator[Hypothesis]:
    """Sizes that are equal: a summand of other sizes that is 0, or one size for another."""
    shapes = {d.name: d.shape for d in claim.scope.declarations.values() if d.kind == "matrix"}
    for name in claim.scope.sizes:
        loose = [
            symbol
            for symbol, shape in shapes.items()
            if shape.rows != shape.columns and re.search(rf"\b{name}\b", size_text(shape.rows - shape.columns))
        ]
        if loose:
            yield Hypothesis(_with_size(statement, name, "0"), _square_words(loose), name)
    for old, new in permutations(claim.scope.sizes, 2):
        loose = [s for s, shape in shapes.items() if {size_text(shape.rows), size_text(shape.columns)} == {old, new}]
        if loose and old > new:
            yield Hypothesis(_with_size(statement, old, new), _square_words(loose), old)


def _square_words(names: list[str]) -> str:
    *others, last = names
    return f"if {', '.join(others)} and {last} are square" if others else f"if {last} is square"


def _with_size(statement: Statement, name: str, text: str) -> Statement:
    """The statement with a size name written as something else; a function of that name stays."""
    size = re.compile(rf"\b{name}\b(?!\s*\()")
    where = {symbol: size.sub(text, declared) for symbol, declared in statement.where.items()}
    return replace(statement, text=size.sub(text, statement.text), where=where)


HYPOTHESES: tuple[Callable[[Statement, Claim], Iterator[Hypothesis]], ...] = (
    _properties,
    _constants,
    _sizes,
    _polynomials,
    _pairs,
    _ones,
)
"""The kinds of hypotheses, the likeliest first; the last one says something only where nothing else does."""
