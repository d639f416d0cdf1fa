"""Rules of what takes products apart: powers, roots, logarithms, absolute values and signs.

They hold wherever the left side is defined, and what is on the right is defined there too: t^p is there for t ≥ 0 alone
where p is no whole number, log(t) for t > 0 alone, and there t = |t|, which is multiplicative whatever the signs.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt, prod

from matcalc.components.arrays import negative
from matcalc.components.exponents import Exponent, is_integral, is_whole, times
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Elementwise,
    Entries,
    Factor,
    Group,
    Term,
    close,
    instantiate,
    numeral,
    substitute,
)
from matcalc.kernel.steps import Site, require
from matcalc.language.numbers import is_within_limits

Terms = tuple[Term, ...]
FUNCTIONS = ("log", "abs", "sign")


def product_in(site: Site) -> Term:
    """The product in the site's parenthesis, or in its function, at the site's indices; a sum is no product."""
    head = site.head
    require(isinstance(head, Group) or bool(multiplicative(site)), "neither a power nor a function of a product")
    assert isinstance(head, Group | Elementwise)
    require(len(head.body.terms) == 1 and not head.body.terms[0].bound, "not a product of entries")
    return instantiate(head.body, site.factor.indices, site.offset)[0]


def multiplicative(site: Site) -> str:
    """The name of the site's function, if it is one of `FUNCTIONS`; else the empty text."""
    match site.head:
        case Elementwise(function=name, order=0) if name in FUNCTIONS and name not in site.facts.functions:
            return name
        case _:
            return ""


def _replaced(site: Site, coefficient: Fraction, *factors: Factor) -> Terms:
    return substitute(site.term, site.place, [Term(coefficient, (), factors)])


def as_terms(power: Exponent) -> tuple[Term, ...]:
    """A power as a number."""
    return (Term(power),) if isinstance(power, Fraction) else numeral(power)


def _is_alone(product: Term) -> bool:
    """Whether this is a single factor, to the first power."""
    return product.coefficient == 1 and len(product.factors) == 1 and product.factors[0].exponent == 1


def power_of_product(site: Site) -> Terms:
    """(c f^a g^b …)^p = c^p f^(ap) g^(bp) … for whole p; for other p, positive factors come out, or all if none is < 0.

    And (f^a)^p = f^(ap) for an odd a, where f ≥ 0 as f^a is.
    """
    product, p = product_in(site), site.factor.exponent
    require(isinstance(site.head, Group), "not a power")
    outside = product.factors if _is_alone(product) or is_integral(p) else _positive(product, site.facts)
    return _power(site, product, outside)


def _positive(product: Term, facts: Facts) -> tuple[Factor, ...]:
    """The factors with (f^a g)^p = f^(ap) g^p for a p that is no whole number, wherever the left side is defined."""
    if product.coefficient > 0:
        if all(map(facts.is_never_negative, product.factors)):
            return product.factors
        if len(product.factors) == 1 and _is_odd(product.factors[0].exponent):
            return product.factors
    return tuple(f for f in product.factors if facts.is_positive(f.head))


def _power(site: Site, product: Term, outside: tuple[Factor, ...]) -> Terms:
    """The power with these factors outside, and with as much of the coefficient as has a rational power."""
    p = site.factor.exponent
    require(product.coefficient != 0, "nothing to raise to a power")
    inside = tuple(f for f in product.factors if f not in outside)
    number = _number_power(product.coefficient, p)
    left = Fraction(1) if number is not None else product.coefficient
    empty = not product.factors and number is not None
    require(bool(outside) or left != product.coefficient or empty, "nothing comes out of this power")
    factors = tuple(Factor(f.head, f.indices, times(f.exponent, p)) for f in outside)
    if inside or left != 1:
        rest, found = close(inside, site.sizes)
        kept = Entries(rest.slots, (Term(left, (), rest.terms[0].factors),))
        factors += (Factor(Group(kept), found, p),)
    return _replaced(site, Fraction(1) if number is None else number, *factors)


def _is_odd(power: Exponent) -> bool:
    return isinstance(power, Fraction) and power % 2 == 1


def _is_root(factor: Factor) -> bool:
    """Whether this is a power defined for a base ≥ 0 alone."""
    return isinstance(factor.exponent, Fraction) and factor.exponent.denominator != 1


def root_of_product(site: Site) -> Terms:
    """(c f^a g^b …)^p = |c|^p |f|^(ap) |g|^(bp) … for a fraction p, where |f|^q = f^[q] sign(f)^[q] |f|^(q − [q]).

    As the product is positive, or the power is 0, sign(c) sign(f)^a sign(g)^b … = 1: so the first sign that is there to
    an odd power goes away.
    """
    product, p = product_in(site), site.factor.exponent
    require(isinstance(site.head, Group) and isinstance(p, Fraction), "not a root")
    require(not _is_alone(product), "not a root of a product")
    return _root(site, product)


def _root(site: Site, product: Term) -> Terms:
    p, factors = site.factor.exponent, product.factors
    assert isinstance(p, Fraction)
    require(p.denominator != 1 and bool(factors) and product.coefficient != 0, "not a root of a product")
    powers = [f.exponent for f in factors if isinstance(f.exponent, Fraction)]
    require(len(powers) == len(factors), "a symbolic power under the root")
    bars = [_absolute(Factor(f.head, f.indices, _sign_power(f)), Fraction(1), site) for f in factors]
    odd = [
        (a * p).__floor__() % 2 for f, a, b in zip(factors, powers, bars, strict=True) if _is_odd(a) and _barred(f, b)
    ]
    turned = bool(odd) and odd[0] == 1
    coefficient = Fraction(-1 if turned and product.coefficient < 0 else 1)
    new = [*_number(product.coefficient, p)]
    for factor, bar, a in zip(factors, bars, powers, strict=True):
        if _barred(factor, bar):
            new += _root_of(factor, bar, a * p, (a * p).__floor__() % 2 != (turned and _is_odd(a)))
        else:
            coefficient *= -1 if turned and _is_odd(a) and bar.head != factor.head else 1
            new.append(Factor(bar.head, bar.indices, a * p))
    return _replaced(site, coefficient, *new)


def _sign_power(factor: Factor) -> Exponent:
    """1, or the power itself where it tells that the base is never negative."""
    return factor.exponent if _is_root(factor) else Fraction(1)


def _barred(factor: Factor, absolute: Factor) -> bool:
    """Whether |f| is neither f nor −f."""
    return absolute.head != factor.head and not isinstance(absolute.head, Group)


def _root_of(factor: Factor, absolute: Factor, q: Fraction, signed: bool) -> Iterator[Factor]:
    """f^[q] |f|^(q − [q]), times sign(f) if it is signed."""
    assert isinstance(absolute.head, Elementwise)
    whole = Fraction(q.__floor__())
    if whole:
        yield Factor(factor.head, factor.indices, whole)
    if signed:
        yield Factor(Elementwise("sign", 0, absolute.head.body), absolute.indices)
    if q != whole:
        yield Factor(absolute.head, absolute.indices, q - whole)


def _number(value: Fraction, p: Exponent) -> tuple[Factor, ...]:
    """|value|^p as a factor."""
    return () if abs(value) == 1 else (Factor(Group(Entries((), (Term(abs(value)),))), (), p),)


def _absolute(factor: Factor, p: Exponent, site: Site) -> Factor:
    """|f^a|^p = |f|^(ap), without the bars where they say nothing: f ≥ 0, or −f ≥ 0 and then it is −f."""
    base, power = Factor(factor.head, factor.indices), times(factor.exponent, p)
    if _is_root(factor) or site.facts.is_never_negative(base):
        return Factor(base.head, base.indices, power)
    match factor.head:
        case Group(body=body):
            opposite = Group(negative(body))
            if site.facts.is_never_negative(Factor(opposite, base.indices)):
                return Factor(opposite, base.indices, power)
            return Factor(Elementwise("abs", 0, body), base.indices, power)
        case _:
            body, found = close((base,), site.sizes)
            return Factor(Elementwise("abs", 0, body), found, power)


def power_of_number(site: Site) -> Terms:
    """c^p = q^[p] q^(p − [p]) r^p … for the prime factors q, r, … of a positive number c and a fraction p."""
    product, p = product_in(site), site.factor.exponent
    require(isinstance(site.head, Group) and not product.factors, "not a number")
    require(product.coefficient > 0 and isinstance(p, Fraction) and p.denominator != 1, "not a root of a number > 0")
    powers = prime_powers(product.coefficient)
    require(len(powers) != 1 or not 0 < p < 1 or list(powers.values()) != [1], "already in its one form")
    number, factors = Fraction(1), []
    for prime, count in powers.items():
        whole = (count * p).__floor__()
        require(is_within_limits(prime, whole), "a number too large to write out")
        number *= Fraction(prime) ** whole
        if count * p != whole:
            factors.append(Factor(Group(Entries((), (Term(Fraction(prime)),))), (), count * p - whole))
    return _replaced(site, number, *factors)


LARGEST_TRIAL = 10_000
"""The largest divisor tried; what is left of a number is taken as if it were prime."""


def prime_powers(number: Fraction) -> dict[int, int]:
    """The factors of a positive number with their powers, negative for the denominator."""
    powers: dict[int, int] = {}
    for value, sign in ((number.numerator, 1), (number.denominator, -1)):
        divisor = 2
        while divisor * divisor <= value and divisor <= LARGEST_TRIAL:
            while value % divisor == 0:
                powers[divisor] = powers.get(divisor, 0) + sign
                value //= divisor
            divisor += 1
        if value > 1:
            powers[value] = powers.get(value, 0) + sign
    return powers


def _number_power(base: Fraction, p: Exponent) -> Fraction | None:
    """base^p where that is rational and not too large: a whole p, or a square root of a square; else None."""
    if isinstance(p, Fraction) and not is_within_limits(base, p):
        return None
    if is_whole(p):
        return base ** int(p) if base or p > 0 else None
    if base == 1:
        return base
    if base > 0 and isinstance(p, Fraction) and p.denominator == 2:
        roots = isqrt(base.numerator), isqrt(base.denominator)
        if roots[0] ** 2 == base.numerator and roots[1] ** 2 == base.denominator:
            return Fraction(*roots) ** p.numerator
    return None


def logarithm_of_product(site: Site) -> Terms:
    """log(c f^a g^b …) = log|c| + a log|f| + b log|g| + …, bars left out where they say nothing; log(exp(t)) = t."""
    product = product_in(site)
    factors = product.factors
    single = len(factors) == 1 and product.coefficient == factors[0].exponent == 1
    require(not single or _is_exponential(factors[0], site.facts), "nothing comes out of the logarithm")
    prime = list(prime_powers(abs(product.coefficient)).values()) == [1] if product.coefficient else False
    require(bool(factors) or not prime, "the logarithm of a prime number")
    return _logarithm(site, product)


def _logarithm(site: Site, product: Term) -> Terms:
    require(multiplicative(site) == "log" and site.factor.exponent == 1, "not a logarithm")
    require(product.coefficient != 0, "the logarithm of nothing")
    unknown = [f for f in product.factors if not site.facts.is_positive(f.head)]
    forced = unknown if len(unknown) == 1 and product.coefficient > 0 and _is_odd(unknown[0].exponent) else []
    parts = [part for f in product.factors for part in _logarithm_of(f, f in forced, site)]
    return substitute(site.term, site.place, [*parts, *_logarithm_of_number(abs(product.coefficient))])


def _is_exponential(factor: Factor, facts: Facts) -> bool:
    head = factor.head
    known = isinstance(head, Elementwise) and head.function == "exp" and head.order == 0
    return known and "exp" not in facts.functions


def _logarithm_of(factor: Factor, positive: bool, site: Site) -> Iterator[Term]:
    """log(f^a) as a log|f|; a t for f = exp(t); nothing for a sign, which is 1 or −1 where the logarithm is defined."""
    head = factor.head
    is_sign = isinstance(head, Elementwise) and (head.function, head.order) == ("sign", 0)
    if is_sign and "sign" not in site.facts.functions:
        return
    base = Factor(factor.head, factor.indices)
    known = site.facts.is_never_zero(factor.exponent) or site.facts.is_nonzero(factor.head)
    require(known, "a zeroth power of what could be 0")
    value = base if positive or _is_root(factor) else _absolute(base, Fraction(1), site)
    match value.head:
        case Elementwise(function="exp", body=body) if _is_exponential(factor, site.facts):
            logarithm = Factor(Group(body), value.indices)
        case Group(body=body):
            logarithm = Factor(Elementwise("log", 0, body), value.indices)
        case _:
            body, found = close((value,), site.sizes)
            logarithm = Factor(Elementwise("log", 0, body), found)
    for term in as_terms(factor.exponent):
        yield Term(term.coefficient, (), (*term.factors, logarithm))


def _logarithm_of_number(number: Fraction) -> list[Term]:
    """log(q^a r^b …) = a log(q) + b log(r) + … for the prime factors of a number."""
    primes = prime_powers(number).items()
    heads = [(power, Elementwise("log", 0, Entries((), (Term(Fraction(prime)),)))) for prime, power in primes]
    return [Term(Fraction(power), (), (Factor(head),)) for power, head in heads]


def absolute_value_of_product(site: Site) -> Terms:
    """|c f^a g^b …| = |c| |f|^a |g|^b …, without the bars where they say nothing."""
    return _absolute_value(site, _product_or_sum(site, "abs"))


def _product_or_sum(site: Site, name: str) -> Term:
    """The function's argument as a product; a sum is a product of one parenthesis."""
    head = site.head
    require(multiplicative(site) == name, "another function")
    assert isinstance(head, Elementwise)
    if len(head.body.terms) == 1 and not head.body.terms[0].bound:
        return product_in(site)
    return Term(Fraction(1), (), (Factor(Group(head.body), site.factor.indices),))


def _absolute_value(site: Site, product: Term) -> Terms:
    q = site.factor.exponent
    require(product.coefficient != 0, "no absolute value of something")
    parts = [_absolute(f, q, site) for f in product.factors]
    require(not _is_kept(product, parts) or abs(product.coefficient) != 1, "nothing comes out of the absolute value")
    return _replaced(site, Fraction(1), *parts, *_number(product.coefficient, q))


def _is_kept(product: Term, parts: list[Factor]) -> bool:
    """Whether what is left is the function of one factor, as it was: not that factor itself, and no power of it."""
    return (
        len(parts) == len(product.factors) == 1
        and product.factors[0].exponent == 1
        and isinstance(parts[0].head, Elementwise)
        and (parts[0].head, parts[0].indices) != (product.factors[0].head, product.factors[0].indices)
    )


def sign_of_product(site: Site) -> Terms:
    """sign(c f^a g^b …) = sign(c) sign(f)^|a| sign(g)^|b| …, and sign(f) = 1 for f > 0."""
    return _sign(site, _product_or_sum(site, "sign"))


def _sign(site: Site, product: Term) -> Terms:
    q = site.factor.exponent
    require(is_whole(q), "no whole power of a sign")
    require(product.coefficient != 0, "the sign of nothing")
    known = [f for f in product.factors if _constant_sign(f, site.facts)]
    left = [_sign_of(f, q, site) for f in product.factors if f not in known]
    require(not _is_kept(product, left) or product.coefficient != 1, "nothing comes out of the sign")
    signs = [1 if product.coefficient > 0 else -1]
    signs += [_constant_sign(f, site.facts) for f in known if not is_whole(f.exponent) or f.exponent % 2]
    return _replaced(site, Fraction(prod(signs)) ** int(q), *left)


def _constant_sign(factor: Factor, facts: Facts) -> int:
    """1 where f > 0, −1 where −f > 0 is a parenthesis and the power whole; 0 where neither is known."""
    if facts.is_positive(factor.head):
        return 1
    match factor.head:
        case Group(body=body) if is_whole(factor.exponent) and facts.is_positive(Group(negative(body))):
            return -1
        case _:
            return 0


def _sign_of(factor: Factor, q: Exponent, site: Site) -> Factor:
    """sign(f^a)^q = sign(f)^(|a| q); a root is never negative and is 0 with f alone."""
    require(isinstance(factor.exponent, Fraction), "a symbolic power")
    assert isinstance(factor.exponent, Fraction)
    power = abs(factor.exponent) if is_whole(factor.exponent) else Fraction(1)
    match factor.head:
        case Group(body=body):
            return Factor(Elementwise("sign", 0, body), factor.indices, times(power, q))
        case _:
            body, found = close((Factor(factor.head, factor.indices),), site.sizes)
            return Factor(Elementwise("sign", 0, body), found, times(power, q))


def taken_apart(site: Site, product: Term) -> Terms:
    """The site's power or function of a product that its argument is known to equal."""
    if isinstance(site.head, Group):
        p = site.factor.exponent
        if is_integral(p):
            return _power(site, product, product.factors)
        if product.coefficient > 0:
            factors = (*_number(product.coefficient, Fraction(1)), *product.factors)
            product = Term(Fraction(1), product.bound, factors)
        positive = tuple(f for f in product.factors if site.facts.is_positive(f.head))
        rest = [f for f in product.factors if f not in positive]
        if not rest or (len(rest) == 1 and rest[0].exponent == 1):
            require(product.coefficient > 0, "a root of a negative number")
            return _power(site, product, positive)
        require(isinstance(p, Fraction), "a symbolic root")
        return _root(site, product)
    match multiplicative(site):
        case "log":
            return _logarithm(site, product)
        case "abs":
            return _absolute_value(site, product)
        case _:
            return _sign(site, product)
