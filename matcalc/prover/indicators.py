"""Where the rules of indicators apply: rows of the normal form's tables."""

from collections.abc import Iterator

from matcalc.components.terms import Delta, Factor, Fixed, Indicator, Term
from matcalc.components.variables import SPARE, factor_mentions, occurs
from matcalc.kernel.indicators import solved
from matcalc.language.nodes import Size
from matcalc.language.sizes import names
from matcalc.prover.finding import Finder, Place, accepts
from matcalc.prover.trace import Trace


def _indicators(term: Term) -> Iterator[tuple[int, Factor, Indicator]]:
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Indicator):
            yield place, factor, factor.head


def decided(trace: Trace, term: Term) -> Place | None:
    """An indicator that is 0 or 1, by itself or beside another one."""
    for place, _, _ in _indicators(term):
        found = accepts(trace, term, "value of an indicator", place)
        if found is not None:
            return found
        for other, _, _ in _indicators(term):
            found = accepts(trace, term, "implied indicator", place, other) if other != place else None
            if found is not None:
                return found
    return None


def of_positions(trace: Trace, term: Term) -> Place | None:
    """A delta of two positions."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor.head, Delta) and all(isinstance(index, Fixed) for index in factor.indices):
            return accepts(trace, term, "delta of positions", place)
    return None


def substituted(trace: Trace, term: Term) -> Place | None:
    """An equation that gives a name which other factors contain, the last one that it gives."""
    for place, _, head in _indicators(term):
        if head.equation:
            others = [f for k, f in enumerate(term.factors) if k != place]
            given = [name for name in _names(head.polynomial) if solved(head.polynomial, name) is not None]
            if given and any(factor_mentions(f, given[-1]) for f in others):
                return accepts(trace, term, "equation put in", place, given[-1])
    return None


def _names(polynomial: Size) -> list[str]:
    """The names in a polynomial, in the order of the ring."""
    return [name for name in names(polynomial.ring) if occurs(polynomial, name)]


def oriented(trace: Trace, term: Term) -> Place | None:
    """An indicator whose polynomial starts with a minus; of inequalities those that bound no finite sum."""
    for place, _, head in _indicators(term):
        bounding = not head.equation and any(occurs(head.polynomial, name) for name in SPARE)
        found = None
        if head.polynomial.LC < 0 and not bounding:
            found = accepts(trace, term, "complement of an indicator", place)
        if found is not None:
            return found
    return None


def one_below(trace: Trace, term: Term) -> Place | None:
    """An inequality that fails at one number alone."""
    known = trace.search.facts.at_least_zero
    for place, _, head in _indicators(term):
        fails_once = not head.equation and known(head.polynomial + 1) and not known(head.polynomial)
        found = accepts(trace, term, "indicator one below", place) if fails_once else None
        if found is not None:
            return found
    return None


INDICATORS: tuple[Finder, ...] = (of_positions, decided, one_below, substituted, oriented)
