"""Generic numbers: polynomials in generators, each of them an entry or defined by those before it.

An element denotes a real function of the entries, given where its generators are: w with w·p = 1 where p ≠ 0, a root of
p where p ≥ 0, and so on. What is known of a generator is one relation that holds at every point where it is defined, so
an element that these relations take to the polynomial 0 is zero at every such point. One that they do not take to 0 is
another function only if all generators are entries and reciprocals (`is_rational`): otherwise nothing is known.

Sums and products are those of polynomials; nothing is brought to lowest terms before it must be. The work is bounded by
a `Budget`. Where the ring turns out to be too small `Restart` asks for a new evaluation.

Source: M. Bronstein, Symbolic Integration I, 2nd edition 2005, section 3.1 (towers of extensions).
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, assert_never

from matcalc.evidence.domains import polynomial_ring, rational_number
from matcalc.evidence.generators import (
    CirclePi,
    Cosine,
    Entry,
    Exponential,
    Generator,
    Polynomial,
    Quotient,
    Reciprocal,
    Root,
    Sign,
    Signature,
    Sine,
)
from matcalc.evidence.outcomes import OutOfBudgetError
from matcalc.evidence.products import inner

MOST_PRODUCTS = 1_000_000
"""Products of two terms in one multiplication: a few seconds."""

MOST_TERMS = 60_000
"""Terms of one polynomial, some 30 MB."""

MOST_DIVIDED = 5000
"""Terms of a polynomial that is divided by another to see whether it is a multiple."""

SHORT = 60
"""Terms of a polynomial that is factored, or freed of common factors, at once."""


now = time.process_time
"""Seconds of this process's processor: how busy a machine is with other work makes no difference to what is proved."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long and how large an evaluation may become; the deadline is one of the clock `now`."""

    deadline: float
    most_products: int = MOST_PRODUCTS
    most_terms: int = MOST_TERMS

    def check(self, products: int, terms: int) -> None:
        """Raises OutOfBudgetError before a multiplication of so many products, or for a sum of so many terms."""
        if now() > self.deadline:
            raise OutOfBudgetError("the time limit was reached")
        if products > self.most_products or terms > self.most_terms:
            raise OutOfBudgetError(f"an entry grew beyond {self.most_terms} terms")


@dataclass(frozen=True, slots=True)
class Settings:
    """Size of the ring; exponentials are powers of exp(u/scale), and angles multiples of u/scale."""

    capacity: int
    scale: int = 1


class Restart(Exception):
    """The evaluation must begin anew with other settings, which are the argument."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.settings = settings


def _copied(p: Polynomial) -> Polynomial:
    """The same polynomial with a hash of its own: SymPy's division changes polynomials that were hashed already."""
    return p.copy()


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """A number of a tower."""

    tower: "Tower"
    polynomial: Polynomial

    def __neg__(self) -> "Element":
        return Element(self.tower, -self.polynomial)

    def __add__(self, other: object) -> "Element":
        if not isinstance(other, Element):
            return NotImplemented
        return Element(self.tower, self.tower.sum(self.polynomial, other.polynomial))

    def __sub__(self, other: object) -> "Element":
        if not isinstance(other, Element):
            return NotImplemented
        return Element(self.tower, self.tower.sum(self.polynomial, -other.polynomial))

    @staticmethod
    def inner(x: "Sequence[Element]", y: "Sequence[Element]") -> "Element":
        """The sum of products of corresponding elements, at least one."""
        tower = x[0].tower
        return Element(tower, tower.inner([(a.polynomial, b.polynomial) for a, b in zip(x, y, strict=True)]))

    def __mul__(self, other: object) -> "Element":
        if not isinstance(other, Element):
            return NotImplemented
        return Element(self.tower, self.tower.product(self.polynomial, other.polynomial))

    def __truediv__(self, other: object) -> "Element":
        if not isinstance(other, Element):
            return NotImplemented
        return self * Element(self.tower, self.tower.reciprocal(other.polynomial))


@dataclass(slots=True, eq=False)
class Tower:
    """The generators met so far, in order: the definition of each uses those before it only.

    `signs` holds what the domain of the claim says of polynomials: 1 where p ≥ 0, −1 where p ≤ 0.
    """

    budget: Budget
    settings: Settings
    ring: Any = field(init=False)
    generators: list[Generator] = field(default_factory=list)
    numbers: dict[Generator, int] = field(default_factory=dict)
    signs: dict[Polynomial, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ring = polynomial_ring(self.settings.capacity)

    # Arithmetic

    @property
    def one(self) -> Element:
        """The number 1."""
        return self.element(self.ring.one)

    def number(self, value: Fraction | int) -> Element:
        """A rational number as an element."""
        return self.element(self.rational(Fraction(value)))

    def element(self, polynomial: Polynomial) -> Element:
        """The polynomial as an element."""
        return Element(self, polynomial)

    def adjoined(self, definition: Generator) -> Element:
        """The generator with this definition as an element."""
        return self.element(self.generator(definition))

    def rational(self, value: Fraction) -> Polynomial:
        """A rational number."""
        return self.ring.ground_new(rational_number(value))

    def generator(self, definition: Generator) -> Polynomial:
        """The generator with this definition; Restart where the ring has no room for it."""
        if definition not in self.numbers:
            if len(self.generators) == self.settings.capacity:
                raise Restart(replace(self.settings, capacity=2 * self.settings.capacity))
            self.numbers[definition] = len(self.generators)
            self.generators.append(definition)
        return self.ring.gens[self.numbers[definition]]

    def sum(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """The sum p + q."""
        self.budget.check(0, len(p) + len(q))
        return p + q

    def product(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """The product p·q."""
        if q.is_one:
            return p
        return self.inner([(p, q)])

    def inner(self, pairs: Sequence[tuple[Polynomial, Polynomial]]) -> Polynomial:
        """The sum of products Σ pᵢ·qᵢ, at least one."""
        self.budget.check(max(len(p) * len(q) for p, q in pairs), 0)
        result = inner(pairs)
        self.budget.check(0, len(result))
        return result

    def power(self, p: Polynomial, exponent: int) -> Polynomial:
        """A natural power."""
        if len(p) == 1:
            return p**exponent
        result = self.ring.one
        for _ in range(exponent):
            result = self.product(result, p)
        return result

    def reciprocal(self, p: Polynomial) -> Polynomial:
        """1/p, in reciprocals of polynomials without reciprocals; ZeroDivisionError where p is zero."""
        quotient = self.quotient(p)
        if not quotient.numerator:
            raise ZeroDivisionError("division by zero")
        result = quotient.denominator
        for factor, exponent in self.factors(quotient.numerator, split=False):
            result = self.product(result, self.power(self._inverse(factor), exponent))
        return result

    def _inverse(self, p: Polynomial) -> Polynomial:
        """1/p for a number, a generator, or a polynomial with nothing to take out."""
        if p.is_ground:
            return self.ring.ground_new(1 / p.LC)
        match self.definition(p):
            case Root(of=of, degree=degree):
                return self.product(p ** (degree - 1), self.reciprocal(of))
            case Signature():
                return p
            case Reciprocal(of=of):
                return of
            case _:
                return self.generator(Reciprocal(p))

    def definition(self, p: Polynomial) -> Generator | None:
        """What a polynomial is defined as, if it is a generator."""
        return self.generators[self.ring.gens.index(p)] if p.is_generator else None

    def factors(self, p: Polynomial, *, split: bool = True) -> Iterator[tuple[Polynomial, int]]:
        """A number, generators, and what is left: primitive, with positive leading coefficient, split where short."""
        monomial = tuple(map(min, zip(*p.itermonoms(), strict=True)))
        rest = p.quo_term((monomial, self.ring.domain.one))
        content, rest = rest.primitive()
        if rest.LC < 0:
            content, rest = -content, -rest
        if content != 1:
            yield self.ring.ground_new(content), 1
        yield from ((g, e) for g, e in zip(self.ring.gens, monomial, strict=True) if e)
        if rest.is_ground:
            return
        if split and len(rest) <= SHORT:
            for factor, exponent in rest.factor_list()[1]:
                self.budget.check(0, 0)
                yield _copied(-factor if factor.LC < 0 else factor), exponent
        else:
            yield _copied(rest), 1

    # What is zero, and what is positive

    def quotient(self, p: Polynomial) -> Quotient:
        """The quotient that p is without reciprocals, and with its other relations carried out."""
        numerator, denominator = self._cleared(p, reduce=True)
        numerator = self._related(numerator)
        if denominator.is_ground or not numerator:
            return Quotient(_copied(numerator), self.ring.one)
        if len(numerator) <= SHORT and len(denominator) <= SHORT:
            numerator, denominator = numerator.cancel(denominator)
        lead = denominator.LC
        return Quotient(_copied(numerator.quo_ground(lead)), _copied(denominator.quo_ground(lead)))

    def is_zero(self, p: Polynomial) -> bool:
        """Whether the relations take p to 0, so that it is zero wherever it is defined."""
        return not p or not self._related(self._cleared(p)[0])

    def is_rational(self) -> bool:
        """Whether all elements are rational functions of free entries, so that one is zero only as a polynomial."""
        return all(isinstance(generator, Entry | Reciprocal) for generator in self.generators)

    def _cleared(self, p: Polynomial, *, reduce: bool = False) -> tuple[Polynomial, Polynomial]:
        """Numerator and denominator: Σ p_e wᵉ with w·d = 1 is (Σ p_e dᴱ⁻ᵉ)/dᴱ; reduced, without common factors d."""
        denominator = self.ring.one
        for k, definition in enumerate(self.generators):
            if not isinstance(definition, Reciprocal) or not p or p.degree(self.ring.gens[k]) < 1:
                continue
            parts = self._by_power(p, k)
            highest = max(parts)
            p = self.ring.zero
            for exponent in range(highest + 1):
                p = self.sum(self.product(p, definition.of), parts.get(exponent, self.ring.zero))
            if reduce:
                p, highest = self._divided(p, definition.of, highest)
            denominator = self.product(denominator, self.power(definition.of, highest))
        return p, denominator

    def _divided(self, p: Polynomial, factor: Polynomial, times: int) -> tuple[Polynomial, int]:
        """What is left of p without the factor, and how many of so many times it is left over."""
        while times and len(p) <= MOST_DIVIDED:
            (quotient,), rest = p.div([factor])
            if rest:
                break
            p, times = quotient, times - 1
        return p, times

    def _by_power(self, p: Polynomial, k: int) -> dict[int, Polynomial]:
        """The coefficients of the powers of generator k."""
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for monomial, coefficient in p.iterterms():
            exponent = monomial[k]
            parts.setdefault(exponent, {})[(*monomial[:k], 0, *monomial[k + 1 :])] = coefficient
        return {exponent: self.ring.from_dict(part) for exponent, part in parts.items()}

    def _related(self, p: Polynomial) -> Polynomial:
        """The polynomial with high powers of generators replaced by what they are, the last generator first."""
        for k in reversed(range(len(self.generators))):
            definition = self.generators[k]
            if isinstance(definition, Root | Signature | Sign | Sine) and p and p.degree(self.ring.gens[k]) > 1:
                p = self._lowered(p, k, definition)
        return p

    def _lowered(self, p: Polynomial, k: int, definition: Root | Signature | Sign | Sine) -> Polynomial:
        parts = self._by_power(p, k)
        generator = self.ring.gens[k]
        match definition:
            case Root(of=of, degree=degree):
                return self._folded(parts, generator, of, degree)
            case Signature():
                return self._folded(parts, generator, self.ring.one, 2)
            case Sine(of=of):
                cosine = self.generator(Cosine(of))
                return self._folded(parts, generator, 1 - cosine**2, 2)
            case Sign(of=of):
                return self._signed(parts, generator, of)
            case _:
                assert_never(definition)

    def _folded(self, parts: dict[int, Polynomial], generator: Any, of: Polynomial, degree: int) -> Polynomial:
        """Σ p_e gᵉ with g^degree = of."""
        result = self.ring.zero
        for exponent, part in parts.items():
            power = self.product(generator ** (exponent % degree), self.power(of, exponent // degree))
            result = self.sum(result, self.product(part, power))
        return result

    def _signed(self, parts: dict[int, Polynomial], g: Any, of: Polynomial) -> Polynomial:
        """Σ p_e gᵉ with g³ = g and g² of = of; where 1/of occurs, of ≠ 0 and g² = 1."""
        odd = sum((part for e, part in parts.items() if e % 2), self.ring.zero)
        even = sum((part for e, part in parts.items() if e and e % 2 == 0), self.ring.zero)
        constant = parts.get(0, self.ring.zero)
        if not even or Reciprocal(of) in self.numbers:
            return constant + even + self.product(odd, g)
        self.budget.check(len(even) ** 2, 0)
        (quotient,), rest = even.div([of])
        return self.sum(constant + self.product(quotient, of), self.product(odd, g) + self.product(rest, g**2))

    def sign(self, p: Polynomial) -> int | None:
        """1 where p is positive throughout, 0 where it is not negative, nothing where neither is known."""
        if self.signs.get(p) == 1:
            return 1 if self.is_nonzero(p) else 0
        signs = [self._term_sign(monomial, coefficient) for monomial, coefficient in p.terms()]
        if None in signs:
            return None
        return max((sign for sign in signs if sign is not None), default=0)

    def is_nonzero(self, p: Polynomial) -> bool:
        """Whether the claim says nothing where p is 0."""
        return Reciprocal(p) in self.numbers

    def _term_sign(self, monomial: tuple[int, ...], coefficient: Any) -> int | None:
        if coefficient < 0:
            return None
        signs = [self._power_sign(k, exponent) for k, exponent in enumerate(monomial) if exponent]
        return None if None in signs else min((sign for sign in signs if sign is not None), default=1)

    def _power_sign(self, k: int, exponent: int) -> int | None:
        sign = self._generator_sign(k)
        if sign is None and exponent % 2 == 0:
            return 1 if self.is_nonzero(self.ring.gens[k]) else 0
        return sign

    def _generator_sign(self, k: int) -> int | None:
        match self.generators[k]:
            case Entry(positive=True) | Exponential() | CirclePi():
                return 1
            case Root(of=of, degree=degree) if degree % 2 == 0:
                return 1 if self.is_nonzero(of) else self.sign(of) or 0
            case Reciprocal(of=of):
                return None if self.sign(of) is None else 1
            case _:
                known = self.signs.get(self.ring.gens[k])
                return 0 if known == 1 else None
