"""Sizes, exponents, index positions and bounds: polynomials of one ring for each claim.

This is the only module of the language that knows SymPy. Polynomials are kept small (`MAX_TERMS`, `MAX_DIGITS`), so
that no text, however hostile, makes one explode.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from math import prod
from typing import Any, assert_never

from sympy import QQ, Symbol
from sympy.polys.rings import PolyRing

from matcalc.errors import MatcalcError
from matcalc.language.nodes import Size, Span
from matcalc.language.tokens import MAX_DIGITS, error
from matcalc.language.trees import Apply, Attribute, Infix, Literal, Minus, Name, Subscript, Tree

MAX_TERMS = 64
"""Terms of a polynomial."""
MAX_POWER = 9
"""The largest exponent that a size may have in the text, as in `vector(n ** 2)`."""
SPARE_GENERATORS = 4
"""Generators beyond the names of the claim, for whoever needs a fresh variable; no name of a claim can meet them."""


def ring_of(names: Iterable[str]) -> Any:
    """The ring of rational polynomials over `names`, in this order, then `SPARE_GENERATORS` spare ones."""
    spare = (f"?{number}" for number in range(1, SPARE_GENERATORS + 1))
    return PolyRing([Symbol(name) for name in (*names, *spare)], QQ)


def generator(ring: Any, name: str) -> Size:
    """The polynomial that is the variable `name` of the ring. Raises KeyError if it has none."""
    return _generators(ring)[name]


@lru_cache(maxsize=256)
def names(ring: Any) -> tuple[str, ...]:
    """The names of the variables of a ring, in its order."""
    return tuple(symbol.name for symbol in ring.symbols)


def literal_value(size: Size) -> int | None:
    """The integer that a constant polynomial is, or nothing if it has a variable in it."""
    return int(size.coeff(1)) if size.is_ground else None


def value_at(size: Size, at: Mapping[str, int]) -> int:
    """The value of a size with each name replaced. Raises KeyError for a missing name, ValueError for a fraction."""
    value = _total(size, at)
    if value.denominator != 1:
        raise ValueError(f"{size_text(size)} is {value}, no whole number")
    return int(value)


def rational_at(size: Size, at: Mapping[str, int]) -> Fraction:
    """The value of any polynomial of the ring, with each name replaced. Raises KeyError for a missing name."""
    return Fraction(_total(size, at))


def _total(size: Size, at: Mapping[str, int]) -> int | Fraction:
    total: int | Fraction = 0
    for coefficient, factors in _terms(size):
        total += coefficient * prod(at[name] ** power for name, power in factors)
    return total


@lru_cache(maxsize=4096)
def _terms(size: Size) -> tuple[tuple[int | Fraction, tuple[tuple[str, int], ...]], ...]:
    """The coefficients of a size, each with its names and their powers."""
    return tuple(
        (
            _coefficient(coefficient),
            tuple((name, power) for name, power in zip(names(size.ring), powers, strict=True) if power),
        )
        for powers, coefficient in size.terms()
    )


def _coefficient(coefficient: Any) -> int | Fraction:
    numerator, denominator = int(coefficient.numerator), int(coefficient.denominator)
    return numerator if denominator == 1 else Fraction(numerator, denominator)


def size_text(size: Size) -> str:
    """A polynomial in the syntax of the language, what is added before what is subtracted: `n - 1`, `2 * n`."""
    terms = sorted(size.terms(), key=lambda term: bool(term[1] < 0))
    if not terms:
        return "0"
    signs = ["-" if coefficient < 0 else "+" for _, coefficient in terms]
    texts = [_term_text(size.ring, powers, abs(coefficient)) for powers, coefficient in terms]
    head = texts[0] if signs[0] == "+" else f"-{texts[0]}"
    return head + "".join(f" {sign} {text}" for sign, text in zip(signs[1:], texts[1:], strict=True))


def product(left: Size, right: Size, span: Span = (0, 0)) -> Size:
    """The product of two sizes. Raises MatcalcError, at `span`, where it has too many terms or digits."""
    if len(left) * len(right) > MAX_TERMS**2:
        raise _too_large(span)
    return _within_limits(left * right, span)


def names_of(size: Size) -> frozenset[str]:
    """The names in a size."""
    return frozenset(name for _, factors in _terms(size) for name, _ in factors)


def replaced(size: Size, name: str, value: Size) -> Size:
    """The size with a value of the same ring in the place of a name. Raises MatcalcError where it grows too large."""
    variable = generator(size.ring, name)
    power = max(0, size.degree(variable))
    if power > MAX_TERMS or len(size) * len(value) ** power > MAX_TERMS:
        raise _too_large((0, 0))
    return size.compose(variable, value) if power else size


def isolated(difference: Size, name: str) -> Size | None:
    """The size that `name` has where `difference` is 0, if that is a sum of products with positive coefficients."""
    variable = generator(difference.ring, name)
    coefficient = difference.coeff(variable)
    if abs(coefficient) != 1:
        return None
    value = variable - difference * coefficient
    is_size = value != 0 and all(part > 0 and part.denominator == 1 for part in value.coeffs())
    return value if is_size and name not in names_of(value) else None


def cofactors(left: Size, right: Size) -> tuple[Size, Size]:
    """Two sizes without the factors that they share, as far as these are looked for."""
    if max(sum(powers) for size in (left, right) for powers in size.monoms()) > MAX_POWER:
        return left, right
    _, left, right = left.cofactors(right)
    return left, right


def factors(size: Size) -> tuple[Size, ...]:
    """The names that a product is made of, each as often as it occurs, in the order of the ring; none of a sum."""
    if len(size) != 1 or size.LC != 1 or sum(size.LM) > MAX_POWER:
        return ()
    return tuple(factor for factor, power in zip(size.ring.gens, size.LM, strict=True) for _ in range(power))


@dataclass(frozen=True, slots=True)
class Reading:
    """How whole numbers are read: `role` names them in messages ("a size"), and `signed` ones may be differences.

    `resolve` gives a name its polynomial, or raises MatcalcError.
    """

    ring: Any
    role: str
    signed: bool
    resolve: Callable[[Name], Size]


_PRODUCTS = ("*", "times", "dot")


def polynomial(tree: Tree, reading: Reading) -> Size:
    """The whole-number polynomial that `tree` writes. Raises MatcalcError at its first part that is none."""
    match tree:
        case Name():
            return reading.resolve(tree)
        case Literal(text, span):
            if not text.isdigit():
                raise error(f"{reading.role} is a whole number, and {text} is none", "write an integer", span)
            return reading.ring(int(text))
        case Minus(operand) if reading.signed:
            return -polynomial(operand, reading)
        case Infix():
            return _combined(tree, reading)
        case Minus(span=span):
            raise _minus(reading, span)
        case Attribute(span=span) | Apply(span=span) | Subscript(span=span):
            raise _not_a_polynomial(reading, span)
        case _:
            assert_never(tree)


def _combined(tree: Infix, reading: Reading) -> Size:
    if tree.operator in ("**", "power"):
        return _power(tree, reading)
    if tree.operator == "-" and not reading.signed:
        raise _minus(reading, tree.span)
    if tree.operator not in ("+", "-", *_PRODUCTS):
        raise _not_a_polynomial(reading, tree.span)
    left, right = polynomial(tree.left, reading), polynomial(tree.right, reading)
    if tree.operator in _PRODUCTS:
        return product(left, right, tree.span)
    return _within_limits(left + right if tree.operator == "+" else left - right, tree.span)


def _power(tree: Infix, reading: Reading) -> Size:
    match tree.right:
        case Literal(text) if text.isdigit() and 0 < int(text) <= MAX_POWER:
            base = polynomial(tree.left, reading)
            return reduce(lambda power, factor: product(power, factor, tree.span), [base] * int(text))
    what = f"{reading.role} has an exponent other than 1 to {MAX_POWER}"
    raise error(what, "write a product, or give the power a name of its own", tree.right.span)


@lru_cache(maxsize=256)
def _generators(ring: Any) -> Mapping[str, Size]:
    return dict(zip(names(ring), ring.gens, strict=True))


def _within_limits(size: Size, span: Span) -> Size:
    if len(size) > MAX_TERMS or any(abs(coefficient) >= 10**MAX_DIGITS for coefficient in size.coeffs()):
        raise _too_large(span)
    return size


def _too_large(span: Span) -> MatcalcError:
    what = f"a size grows beyond {MAX_TERMS} terms or {MAX_DIGITS} digits"
    return error(what, "give it a name of its own in where", span)


def _minus(reading: Reading, span: Span) -> MatcalcError:
    return error(f"{reading.role} has no minus", "name the smaller size n and the larger n + k", span)


def _not_a_polynomial(reading: Reading, span: Span) -> MatcalcError:
    forms = "sums, differences and products" if reading.signed else "sums and products"
    return error(f"{reading.role} is made of names and integers", f"write {forms} of them", span)


def _term_text(ring: Any, powers: tuple[int, ...], coefficient: Any) -> str:
    factors = [
        name if power == 1 else f"{name} ** {power}" for name, power in zip(names(ring), powers, strict=True) if power
    ]
    if coefficient.numerator != 1 or not factors:
        factors.insert(0, str(coefficient.numerator))
    text = " * ".join(factors)
    return text if coefficient.denominator == 1 else f"{text} / {coefficient.denominator}"
