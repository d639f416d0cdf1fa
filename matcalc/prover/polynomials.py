"""Factors of a sum that is a polynomial in its entries and their roots, as SymPy finds them; the kernel multiplies out.

Sums over an index, and negative or symbolic powers, are not factorised.
"""

from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any, TypeAlias

from sympy import QQ
from sympy.polys.rings import ring

from matcalc.components.order import factor_key
from matcalc.components.terms import Entries, Factor, Term

Base: TypeAlias = tuple[Factor, int]
"""An entry to the first power, and the number q such that its q-th root is a generator."""

MOST_TERMS = 100
"""Terms of a sum, above which no factors are sought."""

HIGHEST_DEGREE = 100
"""In one entry, above which no factors are sought: SymPy writes out a coefficient for every degree."""


@lru_cache(maxsize=1 << 10)
def factors_of(body: Entries) -> tuple[tuple[Entries, int], ...]:
    """The irreducible factors with their powers, a number other than 1 among them; nothing where there are none."""
    powers = [f.exponent for t in body.terms for f in t.factors]
    if len(body.terms) > MOST_TERMS or any(t.bound for t in body.terms):
        return ()
    if not all(isinstance(p, Fraction) and p > 0 for p in powers):
        return ()
    bases = _bases(body)
    polynomials, *_ = ring([f"x{k}" for k in range(len(bases))] or ["x"], QQ)
    total = polynomials.from_dict(
        {_monomial(t, bases): QQ(t.coefficient.numerator, t.coefficient.denominator) for t in body.terms}
    )
    if max(total.degrees()) > HIGHEST_DEGREE:
        return ()
    content, found = total.factor_list()
    if sum(power for _, power in found) < 2:
        return ()
    parts = [(_written(factor, bases, body), power) for factor, power in found]
    return tuple(([(_number(content, body), 1)] if content != 1 else []) + parts)


def _bases(body: Entries) -> list[Base]:
    """The entries of which the terms are products, in order."""
    roots: dict[Factor, int] = {}
    for term in body.terms:
        for factor in term.factors:
            base = Factor(factor.head, factor.indices)
            roots[base] = lcm(roots.get(base, 1), Fraction(factor.exponent).denominator)
    return sorted(roots.items(), key=lambda item: factor_key(item[0]))


def _monomial(term: Term, bases: list[Base]) -> tuple[int, ...]:
    powers = {Factor(f.head, f.indices): f.exponent for f in term.factors}
    return tuple(int(powers.get(base, Fraction(0)) * root) for base, root in bases) or (0,)


def _written(polynomial: Any, bases: list[Base], body: Entries) -> Entries:
    terms = []
    for monomial, coefficient in polynomial.terms():
        pairs = zip(bases, monomial, strict=False)
        factors = tuple(Factor(b.head, b.indices, Fraction(power, root)) for (b, root), power in pairs if power)
        terms.append(Term(Fraction(int(coefficient.numerator), int(coefficient.denominator)), (), factors))
    return Entries(body.slots, tuple(terms))


def _number(value: Any, body: Entries) -> Entries:
    return Entries(body.slots, (Term(Fraction(int(value.numerator), int(value.denominator))),))
