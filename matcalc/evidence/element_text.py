"""Generic numbers in print, in the language of claims: `2*x[1]*A[1, 2] + sqrt(s)`, over a product of factors.

A derivative of an arbitrary function at other arguments than its own variables has no form in the language, and is
written as `D(f, 2)`: the second one by its second argument. Long sums are cut, and say how many terms they have.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from matcalc.evidence.generators import (
    CirclePi,
    Cosine,
    Entry,
    Exponential,
    Generator,
    Logarithm,
    Polynomial,
    Quotient,
    Reciprocal,
    Root,
    Sign,
    Signature,
    Sine,
    Value,
)
from matcalc.evidence.towers import Element, Tower
from matcalc.language.nodes import Scope

MOST_PRINTED = 24
"""Terms of a sum that is printed in full."""

LEADING = 4
"""Terms that are printed of a longer one."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Texts of the elements of a tower, for the symbols of a scope."""

    tower: Tower
    scope: Scope

    def text(self, element: Element) -> str:
        """The element, its denominator as a product."""
        return self._quotient(self.tower.quotient(element.polynomial))

    def _quotient(self, quotient: Quotient) -> str:
        numerator = self._sum(quotient.numerator)
        if quotient.denominator == 1:
            return numerator
        factors = [self._power(self._sum(p), e) for p, e in self.tower.factors(quotient.denominator)]
        below = "*".join(factors) if len(factors) == 1 else f"({'*'.join(factors)})"
        return f"{_bracketed(numerator)}/{below}"

    def _power(self, base: str, exponent: int) -> str:
        return _bracketed(base) if exponent == 1 else f"{_bracketed(base)}**{exponent}"

    def _sum(self, p: Polynomial) -> str:
        terms = p.terms()
        shown = terms if len(terms) <= MOST_PRINTED else terms[:LEADING]
        text = ""
        for monomial, coefficient in shown:
            value = Fraction(int(coefficient.numerator), int(coefficient.denominator))
            term = self._term(abs(value), monomial)
            text += (f" {'-' if value < 0 else '+'} {term}") if text else (f"-{term}" if value < 0 else term)
        return (text or "0") if len(shown) == len(terms) else f"{text} + ... ({len(terms)} terms)"

    def _term(self, coefficient: Fraction, monomial: tuple[int, ...]) -> str:
        factors = [
            self._generator(generator) + (f"**{exponent}" if exponent > 1 else "")
            for generator, exponent in zip(self.tower.generators, monomial, strict=False)
            if exponent
        ]
        if coefficient != 1 or not factors:
            text = str(coefficient)
            factors = [f"({text})" if factors and "/" in text else text, *factors]
        return "*".join(factors)

    def _generator(self, generator: Generator) -> str:  # noqa: C901 one case for each kind
        scale = self.tower.settings.scale
        match generator:
            case Entry(symbol=symbol, row=row, column=column):
                return self.entry(symbol, row, column)
            case Signature(symbol=symbol, column=column):
                return f"sign_{symbol}[{column}]"
            case CirclePi():
                return "pi"
            case Reciprocal(of=of):
                return f"(1/{_bracketed(self._sum(of))})"
            case Root(of=of, degree=2):
                return f"sqrt({self._sum(of)})"
            case Root(of=of, degree=degree):
                return f"({self._sum(of)})**(1/{degree})"
            case Sign(of=of):
                return f"sign({self._sum(of)})"
            case Logarithm(of=of):
                return f"log({self._sum(of)})" if self.tower.sign(of) == 1 else f"log(abs({self._sum(of)}))"
            case Exponential(of=of):
                return f"exp({self._scaled(of, scale)})"
            case Cosine(of=of):
                return f"cos({self._scaled(of, scale)})"
            case Sine(of=of):
                return f"sin({self._scaled(of, scale)})"
            case Value():
                return self._value(generator)
            case _:
                assert_never(generator)

    def _scaled(self, of: Quotient, scale: int) -> str:
        return self._quotient(of) if scale == 1 else f"{_bracketed(self._quotient(of))}/{scale}"

    def entry(self, symbol: str, row: int, column: int) -> str:
        """The name of an entry, by the shape of its symbol: `s`, `x[1]`, `X[1, 2]`; `dX[1, 2]` of a differential."""
        declared = self.scope.declarations
        declaration = declared.get(symbol) or declared.get(symbol.removeprefix("d"))
        shape = declaration.shape if declaration else None
        if shape is not None and shape.is_scalar:
            return symbol
        return f"{symbol}[{row}]" if shape is not None and shape.is_column else f"{symbol}[{row}, {column}]"

    def _value(self, value: Value) -> str:
        if value.position is None:
            return f"{value.function}{'.prime' * value.orders[0]}({self._quotient(value.at[0])})"
        entry = self.entry(value.function, *value.position)
        by = [str(place + 1) for place, order in enumerate(value.orders) for _ in range(order)]
        return f"D({', '.join([entry, *by])})" if by else entry


def _bracketed(text: str) -> str:
    """The text, in brackets where it is more than one factor."""
    is_one = text.replace("[", "").replace("]", "").replace(", ", "").replace("_", "").isalnum()
    return text if is_one else f"({text})"
