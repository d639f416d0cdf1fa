"""Powers of numbers whose exponent has the names of whole numbers: 6^(k+1) = 6 · 2^k 3^k, (−1)^(2k) = 1."""

from fractions import Fraction

from matcalc.components.exponents import Exponent, exponent, is_integral, times
from matcalc.components.terms import Entries, Factor, Group, Term, substitute
from matcalc.kernel.multiplicative import prime_powers
from matcalc.kernel.steps import Site, require
from matcalc.language.nodes import Size
from matcalc.language.numbers import is_within_limits

Terms = tuple[Term, ...]


def whole_power(site: Site) -> Terms:
    """c^(p + m) = (−1)^(p + m) q^(a m) q^(a p) … for the prime factors q^a of |c| and a number m; (−1)^(2p) = 1."""
    head, power = site.head, site.factor.exponent
    terms = head.body.terms if isinstance(head, Group) else ()
    require(len(terms) == 1 and not terms[0].bound and not terms[0].factors, "not a number")
    require(not isinstance(power, Fraction) and is_integral(power), "no whole exponent with names in it")
    base, number, factors = terms[0].coefficient, Fraction(1), []
    require(base != 0, "zero")
    powers: list[tuple[Fraction, Exponent]] = [(Fraction(q), times(power, a)) for q, a in _primes(abs(base))]
    powers += [(Fraction(-1), _parity(power))] if base < 0 else []
    for prime, raised in powers:
        shift, rest = _constant(raised)
        require(is_within_limits(prime, shift), "a number too large to write out")
        number *= prime**shift
        if rest != 0:
            factors.append(Factor(Group(Entries((), (Term(prime),))), (), rest))
    new = Term(number, (), tuple(factors))
    require(new != Term(Fraction(1), (), (site.factor,)), "already in its one form")
    return substitute(site.term, site.place, [new])


def _primes(base: Fraction) -> list[tuple[int, Fraction]]:
    return [(prime, Fraction(count)) for prime, count in prime_powers(base).items()]


def _parity(power: Size) -> Exponent:
    """The exponent of −1 with its even parts left out."""
    return exponent(power.ring({monomial: int(c) % 2 for monomial, c in power.terms()}))


def _constant(power: Exponent) -> tuple[int, Exponent]:
    """The number in a whole exponent, and the rest."""
    if isinstance(power, Fraction):
        return int(power), Fraction(0)
    constant = power.coeff(1)
    return int(constant), exponent(power - constant)
