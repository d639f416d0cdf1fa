"""Scalars, and factors of whole rows or columns, that come out of a function of a matrix.

In a sum every term has to leave the same matrix: (s M + t M)⁻¹ = (s + t)⁻¹ M⁻¹.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from matcalc.components.exponents import Exponent, exponent, times
from matcalc.components.terms import (
    Bound,
    Delta,
    Entries,
    Factor,
    Group,
    Index,
    Opaque,
    Slot,
    Term,
    reindex,
    substitute,
)
from matcalc.kernel.matrices import half_of, matrix_function, scalar_value
from matcalc.kernel.steps import Site, check_places, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]
Places = Sequence[Sequence[int]]
"""For each term of a matrix the places of the factors that come out."""


def scalar_multiple(site: Site) -> Terms:
    """(s M)⁻¹ = s⁻¹ M⁻¹, (s M)^k = s^k M^k, det(s M) = sⁿ det(M), adj(s M) = s^(n−1) adj(M).

    The arguments are the places of s in each term.
    """
    body, rows, columns = matrix_function(site, "inv", "det", "adjugate", "matrix_power")
    scalar, matrix = _parted(body, site.arguments, None)
    head = site.head
    assert isinstance(head, Opaque)
    order = _degree(head, site, body.slots[: half_of(body)])
    outside = _raised(scalar, order)
    function = Factor(Opaque(head.function, (matrix,), head.parameters), (*rows, *columns))
    if head.function == "det":
        return scalar_value(site, *outside, function)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (*outside, function))])


def _raised(scalar: Entries, order: Exponent) -> tuple[Factor, ...]:
    """A power of a scalar: of each of its factors where it is a product."""
    match scalar.terms:
        case (Term(coefficient, (), factors),):
            base = Entries((), (Term(coefficient),))
            number = (Factor(Group(base), (), order),) if coefficient != 1 else ()
            return (*number, *(Factor(f.head, f.indices, times(f.exponent, order)) for f in factors))
        case _:
            return (Factor(Group(scalar), (), order),)


def _degree(head: Opaque, site: Site, sizes: Sequence[Size]) -> Exponent:
    """The power to which a scalar comes out of a function of a matrix."""
    if head.function == "det":
        return exponent(prod(sizes))
    require(site.factor.exponent == 1, "a power of an entry")
    if head.function == "adjugate":
        return exponent(prod(sizes) - 1)
    return exponent(head.parameters[0]) if head.parameters else Fraction(-1)


def scaled_rows(site: Site) -> Terms:
    """(diag(f) N)⁻¹ = N⁻¹ diag(f)⁻¹, det(diag(f) N) = det(diag(f)) det(N), and N diag(f) likewise.

    Arguments: 0 for rows or 1 for columns, then the places of f in each term. Where the product is invertible, no entry
    of f is 0.
    """
    side, *places = site.arguments
    require(side in (0, 1), "neither rows nor columns")
    body, rows, columns = matrix_function(site, "inv", "det")
    require(half_of(body) == 1, "not a matrix of single indices")
    entries, matrix = _parted(body, places, Slot(side))
    require(not _is_diagonal(matrix), "a diagonal matrix")
    head = site.head
    assert isinstance(head, Opaque)
    function = Opaque(head.function, (matrix,))
    if head.function == "det":
        diagonal = (Factor(Delta(), (Slot(0), Slot(1))), Factor(Group(entries), (Slot(0),)))
        scale = Opaque("det", (Entries(body.slots, (Term(Fraction(1), (), diagonal),)),))
        return scalar_value(site, Factor(scale), Factor(function))
    require(site.factor.exponent == 1, "a power of an entry")
    at = columns if side == 0 else rows
    new = (Factor(Group(entries), at, Fraction(-1)), Factor(function, (*rows, *columns)))
    return substitute(site.term, site.place, [Term(Fraction(1), (), new)])


def _is_diagonal(matrix: Entries) -> bool:
    return all(isinstance(factor.head, Delta) for term in matrix.terms for factor in term.factors)


def _parted(body: Entries, places: Places, slot: Slot | None) -> tuple[Entries, Entries]:
    """Σ of what comes out of the terms, over this slot or none, and the matrix that each of them leaves."""
    require(len(places) == len(body.terms) > 0, "places in each term are wanted")
    allowed = {slot} if slot is not None else set()
    free: dict[Index, Index] = {} if slot is None else {slot: Slot(0)}
    out, left = [], set()
    for term, chosen in zip(body.terms, places, strict=True):
        check_places(term, *chosen)
        scale = tuple(term.factors[place] for place in sorted(chosen))
        used = {i for f in scale for i in f.indices if isinstance(i, Slot | Bound)}
        require(used <= allowed, "not a scalar" if slot is None else "not a factor of rows or columns alone")
        rest = tuple(f for k, f in enumerate(term.factors) if k not in chosen)
        out.append(Term(term.coefficient, (), reindex(scale, free)))
        left.add(Term(Fraction(1), term.bound, rest))
    require(len(left) == 1, "the terms leave different matrices")
    require(slot is not None or out != [Term(Fraction(1))], "nothing comes out")
    require(slot is None or any(chosen for chosen in places), "nothing comes out")
    sizes = () if slot is None else (body.slots[slot.number],)
    return Entries(sizes, tuple(out)), Entries(body.slots, tuple(left))
