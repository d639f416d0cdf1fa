"""Rules of powers and exponentials of matrices that commute with others, or factor.

Each rests on equations between matrices, which its arguments name and steps of the derivation show: the second function
of a pair says what is to be 0. A matrix that is brought in this way has to be defined wherever the function is.

Source: Higham 2008, Functions of Matrices, theorem 1.13, corollary 1.34 and theorem 1.35.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from matcalc.components.arrays import contract
from matcalc.components.exponents import exponent
from matcalc.components.terms import (
    Bound,
    Delta,
    Entries,
    Factor,
    Group,
    Index,
    Indicator,
    Opaque,
    Slot,
    Term,
    substitute,
)
from matcalc.kernel.clearing import difference
from matcalc.kernel.equations import replaced
from matcalc.kernel.lemmas import is_defined_beside
from matcalc.kernel.matrices import check_sums, drop_all, half_of, single_term
from matcalc.kernel.steps import Site, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]
Equations = tuple[Entries, ...]
ENTIRE = ("matrix_power", "expm")
ONE = Fraction(1)


def function_at(site: Site, *names: str) -> tuple[Opaque, Entries]:
    """The function at this place and its matrix."""
    head = site.head
    require(isinstance(head, Opaque) and head.function in names, f"not one of {', '.join(names)}")
    require(site.factor.exponent == 1, "a power of an entry")
    assert isinstance(head, Opaque)
    (body,) = head.bodies
    half_of(body)
    return head, body


def of_matrix(head: Opaque, body: Entries) -> Opaque:
    """The same function of another matrix."""
    return Opaque(head.function, (body,), head.parameters)


def check_defined(site: Site, *matrices: Entries) -> None:
    """Refuses unless the matrices are defined wherever the term at this place is."""
    known = Entries(site.entries.slots, (site.term,))
    require(is_defined_beside(matrices, (known,), site.facts), "nothing says that the matrices are defined")


def check_own(site: Site, *names: str) -> None:
    """Refuses where a name of an elementary function is that of a declared one."""
    require(site.facts.functions.isdisjoint(names), "a declared function of this name")


def slot_runs(*counts: int) -> list[tuple[Slot, ...]]:
    """Runs of slots, one after another."""
    starts = [sum(counts[:k]) for k in range(len(counts))]
    return [tuple(Slot(start + k) for k in range(count)) for start, count in zip(starts, counts, strict=True)]


def bound_run(count: int, start: int = 0) -> tuple[Bound, ...]:
    """So many bound indices."""
    return tuple(Bound(start + k) for k in range(count))


def product(first: Entries, second: Entries, inner: int) -> Entries:
    """A B, where `inner` column indices of A are the row indices of B."""
    rows, columns = len(first.slots) - inner, len(second.slots) - inner
    left, right = slot_runs(rows, columns)
    joint, sizes = bound_run(inner), first.slots[rows:]
    require(sizes == second.slots[:inner], "the matrices do not fit")
    free = first.slots[:rows] + second.slots[inner:]
    return contract(free, sizes, (first, (*left, *joint)), (second, (*joint, *right)))


def identity(sizes: Sequence[Size]) -> Entries:
    """I, with these row and column indices."""
    rows, columns = slot_runs(len(sizes), len(sizes))
    deltas = tuple(Factor(Delta(), pair) for pair in zip(rows, columns, strict=True))
    return Entries((*sizes, *sizes), (Term(ONE, (), deltas),))


def put(site: Site, new: Iterable[Term]) -> Terms:
    """The term with these in place of the function."""
    return substitute(site.term, site.place, tuple(new))


def multiple_of(site: Site, matrix: Entries, coefficient: Fraction = ONE, *more: Factor) -> Term:
    """A multiple of a matrix in place of the function."""
    return Term(coefficient, (), (*more, Factor(Group(matrix), site.factor.indices)))


def as_factor(value: Entries) -> tuple[Factor, ...]:
    """A scalar as a factor, none where it is 1."""
    return () if value.terms == (Term(ONE),) else (Factor(Group(value)),)


def intertwined(site: Site) -> Terms:
    """F(M) X = X F(N) where M X = X N, for the exponential and powers ≥ 0; for M = N for others and the inverse too.

    Arguments: on which side of the function X stands, X, a single term, and the matrix of the function after it; then
    the places, indices and sums of `replaced`.
    """
    side, matrix, other, *placing = site.arguments
    head, body = function_at(site, *ENTIRE, "inv")
    first, second = (body, other) if side == "right" else (other, body)
    natural = head.function == "matrix_power" and site.facts.at_least_zero(head.parameters[0])
    require(other == body or head.function == "expm" or natural, "not a function without poles")
    if other != body:
        check_defined(site, other)
    return replaced(site, intertwining(head, side, first, second, matrix), 0, *placing)


def intertwining(head: Opaque, side: str, first: Entries, second: Entries, matrix: Entries) -> Entries:
    """F(M) X − X F(N), F(M) being at the site and X to its right; or X F(N) − F(M) X, where F(N) is."""
    require(side in ("right", "left"), "neither side")
    single_term(matrix)
    rows, columns = half_of(first), half_of(second)
    require(matrix.slots == first.slots[:rows] + second.slots[:columns], "the matrices do not fit")
    left, right = slot_runs(rows, columns)
    here, there = (head, of_matrix(head, second)) if side == "right" else (of_matrix(head, first), head)
    before, after = bound_run(rows), bound_run(columns)
    one = contract(matrix.slots, first.slots[:rows], (alone(here), (*left, *before)), (matrix, (*before, *right)))
    two = contract(matrix.slots, second.slots[:columns], (alone(there), (*after, *right)), (matrix, (*left, *after)))
    return difference(one, two) if side == "right" else difference(two, one)


def alone(head: Opaque) -> Entries:
    """The function as a matrix."""
    (body,) = head.bodies
    return Entries(body.slots, (Term(ONE, (), (Factor(head, slot_runs(len(body.slots))[0]),)),))


def intertwined_equations(site: Site) -> Equations:
    """M X − X N."""
    side, matrix, other, *_ = site.arguments
    _, body = function_at(site, *ENTIRE, "inv")
    first, second = (body, other) if side == "right" else (other, body)
    return (difference(product(first, matrix, half_of(first)), product(matrix, second, half_of(second))),)


def absorbing(site: Site) -> Terms:
    """F(M) X = F(M) + F(0) (X − I) where M X = M, for the exponential and powers ≥ 1, for which F(0) is I and 0.

    Arguments: X, a single term, and the places, indices and sums of `replaced`.
    """
    matrix, *placing = site.arguments
    head, body = function_at(site, *ENTIRE)
    known = head.function == "expm" or site.facts.at_least_zero(head.parameters[0] - 1)
    require(known, "the exponent could be less than 1")
    return replaced(site, absorbing_equation(head, body, matrix), 0, *placing)


def absorbing_equation(head: Opaque, body: Entries, matrix: Entries) -> Entries:
    """F(M) X − F(M) − F(0) (X − I), the term F(M) X first."""
    single_term(matrix)
    half = half_of(body)
    left, right = slot_runs(half, half)
    inner = bound_run(half)
    both = contract(body.slots, body.slots[:half], (alone(head), (*left, *inner)), (matrix, (*inner, *right)))
    value = alone(head)
    if head.function == "expm":
        rest = (matrix.terms[0], *(replace(t, coefficient=-t.coefficient) for t in identity(body.slots[:half]).terms))
        value = Entries(body.slots, (*value.terms, *rest))
    return difference(both, value)


def absorbing_equations(site: Site) -> Equations:
    """M X − M."""
    matrix, *_ = site.arguments
    _, body = function_at(site, *ENTIRE)
    return (difference(product(body, matrix, half_of(body)), body),)


def factored(site: Site) -> Terms:
    """F(P N Q) = F(0) (I − P Q) + P F(N) Q where Q P = I, for the exponential and powers ≥ 0; F(0) is I, or [k = 0] I.

    Where P is square, P Q = I too, and powers may be of any sign. The arguments are P, N and Q.
    """
    outer, middle, last = site.arguments
    head, body = function_at(site, *ENTIRE)
    half, inner = half_of(body), half_of(middle)
    check_defined(site, outer, middle, last)
    value = product(product(outer, alone(of_matrix(head, middle)), inner), last, inner)
    if outer.slots[:half] == outer.slots[half:]:
        return put(site, [multiple_of(site, value)])
    at_zero: tuple[Factor, ...] = ()
    if head.function == "matrix_power":
        (power,) = head.parameters
        require(site.facts.at_least_zero(power), "the exponent could be negative")
        if site.facts.at_least_zero(power - 1):
            return put(site, [multiple_of(site, value)])
        at_zero = (Factor(Indicator(power, equation=True)),)
    rest = product(outer, last, inner)
    new = [
        multiple_of(site, identity(body.slots[:half]), ONE, *at_zero),
        multiple_of(site, rest, -ONE, *at_zero),
        multiple_of(site, value),
    ]
    return put(site, new)


def factored_equations(site: Site) -> Equations:
    """M − P N Q and Q P − I."""
    outer, middle, last = site.arguments
    _, body = function_at(site, *ENTIRE)
    half, inner = half_of(body), half_of(middle)
    whole = product(product(outer, middle, inner), last, inner)
    return difference(body, whole), difference(product(last, outer, half), identity(middle.slots[:inner]))


def rotated(site: Site) -> Terms:
    """(P Q)^k = P (Q P)^(k−1) Q for k ≥ 1, and tr (P Q)^k = tr (Q P)^k there; the arguments are P and Q."""
    first, second = site.arguments
    head, body = function_at(site, "matrix_power")
    half, (power,) = half_of(body), head.parameters
    inner = len(first.slots) - half
    require(site.facts.at_least_zero(power - 1), "the exponent could be less than 1")
    check_defined(site, first, second)
    turned = product(second, first, half)
    rows, columns = site.factor.indices[:half], site.factor.indices[half:]
    if rows == columns and all(isinstance(i, Bound) for i in rows):
        return _trace(site, turned, power, rows)
    value = product(product(first, _power(turned, power - 1), inner), second, inner)
    return put(site, [multiple_of(site, value)])


def _power(matrix: Entries, power: Size) -> Entries:
    """M^k; of a 1×1 matrix that of its entry."""
    if not matrix.slots:
        return Entries((), (Term(ONE, (), (Factor(Group(matrix), (), exponent(power)),)),))
    return alone(Opaque("matrix_power", (matrix,), (power,)))


def _trace(site: Site, turned: Entries, power: Size, rows: tuple[Index, ...]) -> Terms:
    check_sums(site, {site.place}, dict(zip(rows, site.head.bodies[0].slots, strict=False)))  # type: ignore[union-attr]
    half = len(turned.slots) // 2
    inner = bound_run(half, site.offset)
    value = Factor(Group(_power(turned, power)), (*inner, *inner))
    (new,) = put(site, [Term(ONE, turned.slots[:half], (value,))])
    return (drop_all(new, rows),)


def rotated_equations(site: Site) -> Equations:
    """M − P Q."""
    first, second = site.arguments
    _, body = function_at(site, "matrix_power")
    return (difference(body, product(first, second, len(first.slots) - half_of(body))),)


def of_power(site: Site) -> Terms:
    """(M^a)^b = M^(a b), exp(a M)^b = exp(a b M)."""
    head, body = function_at(site, "matrix_power")
    term, slots = single_term(body), slot_runs(len(body.slots))[0]
    require(term.coefficient == 1 and not term.bound and len(term.factors) == 1, "not a function alone")
    (inner,) = term.factors
    require(inner.indices == slots and inner.exponent == 1, "the inner function stands transposed")
    require(isinstance(inner.head, Opaque) and inner.head.function in ENTIRE, "not a power of a power")
    assert isinstance(inner.head, Opaque)
    new = Opaque(inner.head.function, inner.head.bodies, (inner.head.parameters[0] * head.parameters[0],))
    return put(site, [Term(ONE, (), (Factor(new, site.factor.indices),))])
