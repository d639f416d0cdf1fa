"""Where the rules of exponentials, logarithms, trigonometric functions and signs apply: rows of the tables."""

from collections.abc import Iterator
from fractions import Fraction

from matcalc.components import elementary
from matcalc.components.exponents import is_natural, is_whole
from matcalc.components.terms import Bound, Elementwise, Entries, Factor, Group, Term, content_of
from matcalc.prover.angles import angles
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.leading import find_beside, leading
from matcalc.prover.polynomials import factors_of
from matcalc.prover.trace import Trace


def _elementary(term: Term, *names: str) -> Iterator[tuple[int, Factor, Elementwise]]:
    for place, factor in enumerate(term.factors):
        head = factor.head
        if isinstance(head, Elementwise) and head.order == 0 and (not names or head.function in names):
            yield place, factor, head


def _first(trace: Trace, term: Term, rule: str, *names: str) -> Place | None:
    found = (accepts(trace, term, rule, place) for place, _, _ in _elementary(term, *names))
    return next((place for place in found if place is not None), None)


def exponentials(trace: Trace, term: Term) -> Place | None:
    """Exponentials of sums and of logarithms."""
    for place, _, _ in _elementary(term, "exp"):
        found = accepts(trace, term, "exponential of a sum", place)
        if found is not None:
            return found
    return _first(trace, term, "exponential of a logarithm", "exp")


def logarithms(trace: Trace, term: Term) -> Place | None:
    """Logarithms of products; of two factors whose signs are unknown only when the search is thorough."""
    for place, _, head in _elementary(term, "log"):
        factors = head.body.terms[0].factors if len(head.body.terms) == 1 else ()
        unknown = [f for f in factors if not trace.search.facts.is_positive(f.head)]
        if len(unknown) < 2 or trace.search.thorough:
            found = accepts(trace, term, "logarithm of a product", place)
            if found is not None:
                return found
    return None


def products(trace: Trace, term: Term) -> Place | None:
    """Absolute values and signs of products; of symbolic powers only when the search is thorough."""
    for place, _, head in _elementary(term, "abs", "sign"):
        powers = [f.exponent for t in head.body.terms for f in t.factors]
        if trace.search.thorough or all(isinstance(p, Fraction) for p in powers):
            found = accepts(trace, term, _OF_PRODUCT[head.function], place)
            if found is not None:
                return found
    return None


_OF_PRODUCT = {"abs": "absolute value of a product", "sign": "sign of a product"}


def squares(trace: Trace, term: Term) -> Place | None:
    """Squares of sines, powers of signs."""
    return _first(trace, term, "square of a sine", "sin") or _first(trace, term, "power of a sign", "sign")


def rewritten(trace: Trace, term: Term) -> Place | None:
    """Hyperbolic functions by exponentials, when the search is allowed to."""
    if not trace.search.thorough:
        return None
    return _first(trace, term, "by exponentials", *elementary.REWRITTEN)


def parity(trace: Trace, term: Term) -> Place | None:
    """Even and odd functions of what starts with a minus."""
    for place, _, head in _elementary(term, *elementary.PARITY):
        if head.body.terms and head.body.terms[0].coefficient < 0:
            found = accepts(trace, term, "even or odd function", place)
            if found is not None:
                return found
    return None


def signs(trace: Trace, term: Term) -> Place | None:
    """Even powers of absolute values; absolute values and signs beside one another and beside their own argument."""
    found = _beside_one_another(trace, term) or _first(trace, term, "even power of an absolute value", "abs")
    if found is not None:
        return found
    for place, factor, head in _elementary(term, "sign"):
        number = leading(head.body) if factor.exponent == 1 and head.body.terms else None
        match = None if number is None else find_beside(trace, term, place, head.body, number)
        if match is not None:
            return "sign times value", place, match
    return None


def _beside_one_another(trace: Trace, term: Term) -> Place | None:
    for place, _, head in _elementary(term, "sign", "abs"):
        for other, beside in enumerate(term.factors):
            rules = _SIGN_RULES if head.function == "sign" else ("absolute value beside a reciprocal",)
            possible = is_whole(beside.exponent) and beside.exponent < 0
            if other != place and (possible or isinstance(beside.head, Elementwise)):
                for rule in rules:
                    found = accepts(trace, term, rule, place, other)
                    if found is not None:
                        return found
    return None


_SIGN_RULES = ("sign times absolute value", "power of a sign")


def _bodies(term: Term) -> Iterator[tuple[int, Entries, bool]]:
    """Sums under a power or in a multiplicative function; whether a factor of any sign may come out."""
    for place, factor in enumerate(term.factors):
        match factor.head:
            case Group(body=body) if _is_sum(body) and not is_natural(factor.exponent):
                yield place, body, is_whole(factor.exponent)
            case Elementwise(function="log", order=0, body=body) if _is_sum(body) and factor.exponent == 1:
                yield place, body, False
            case Elementwise(function="abs" | "sign", order=0, body=body) if _is_sum(body):
                yield place, body, True
            case _:
                pass


def _is_sum(body: Entries) -> bool:
    """Whether there are several terms, or one that is summed over an index."""
    return len(body.terms) > 1 or (len(body.terms) == 1 and bool(body.terms[0].bound))


def common_factors(trace: Trace, term: Term) -> Place | None:
    """A factor that all terms of a sum share, or that one of them is divided by."""
    for place, body, signed in _bodies(term):
        for base, power in _least_powers(body):
            if signed or trace.search.thorough or trace.search.facts.is_positive(base.head):
                found = accepts(trace, term, "common factor", place, base, power)
                if found is not None:
                    return found
    return None


def _least_powers(body: Entries) -> Iterator[tuple[Factor, Fraction]]:
    """Each factor without sums of its own, with its least power in the terms, where that is not 0."""
    bases = dict.fromkeys(
        (f.head, f.indices) for t in body.terms for f in t.factors if not any(isinstance(i, Bound) for i in f.indices)
    )
    for head, indices in bases:
        powers = []
        for t in body.terms:
            own = [f.exponent for f in t.factors if (f.head, f.indices) == (head, indices)]
            powers.append(own[0] if own else Fraction(0))
        if all(isinstance(p, Fraction) for p in powers) and min(powers) != 0:
            yield Factor(head, indices), min(powers)


def common_numbers(trace: Trace, term: Term) -> Place | None:
    """The coefficients of a sum made coprime whole numbers, the first one positive, or as makes it never negative."""
    for place, body, signed in _bodies(term):
        content = content_of(body)
        if signed and _prefers_negative(trace, body, content):
            content = -content
        if content != 1:
            found = accepts(trace, term, "common number", place, content)
            if found is not None:
                return found
    return None


def _prefers_negative(trace: Trace, body: Entries, content: Fraction) -> bool:
    """Whether the sum changes its sign: known to be never negative is best, then a positive first coefficient."""
    plus, minus = (
        Entries(body.slots, tuple(Term(sign * t.coefficient / content, t.bound, t.factors) for t in body.terms))
        for sign in (1, -1)
    )
    known = [trace.search.facts.is_never_negative(Factor(Group(one))) for one in (plus, minus)]
    return body.terms[0].coefficient < 0 if known[0] == known[1] else known[1]


def factorisations(trace: Trace, term: Term) -> Place | None:
    """Sums that are products of polynomials, when the search is thorough."""
    for place, body, _ in _bodies(term) if trace.search.thorough else ():
        parts = factors_of(body)
        found = accepts(trace, term, "factorisation", place, parts) if parts else None
        if found is not None:
            return found
    return None


def roots(trace: Trace, term: Term) -> Place | None:
    """Roots of products with an even power of what may be negative; of any product when the search is thorough."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Group) and len(factor.head.body.terms) == 1 and not is_whole(factor.exponent):
            inner = factor.head.body.terms[0].factors
            even = (f for f in inner if is_whole(f.exponent) and f.exponent % 2 == 0)
            if trace.search.thorough or any(not trace.search.facts.is_never_negative(f) for f in even):
                found = accepts(trace, term, "root of a product", place)
                if found is not None:
                    return found
    return None


def numbers(trace: Trace, term: Term) -> Place | None:
    """Roots of numbers."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Group) and not is_whole(factor.exponent):
            rule = "power of a number" if isinstance(factor.exponent, Fraction) else "whole power of a number"
            found = accepts(trace, term, rule, place)
            if found is not None:
                return found
    return None


SCALARS: tuple[Finder, ...] = (
    roots,
    numbers,
    rewritten,
    exponentials,
    logarithms,
    products,
    parity,
    angles,
    squares,
    signs,
    common_factors,
    common_numbers,
    factorisations,
)
