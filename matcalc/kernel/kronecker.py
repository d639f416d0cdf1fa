"""Rules for functions of matrices on several axes: an axis read through its parts, Kronecker products, low ranks.

A matrix on the axes (m, n) has rows (i, j) and columns (k, l): a Kronecker product of A and B is A_ik B_jl there.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

from matcalc.components.exponents import exponent, is_integral
from matcalc.components.terms import (
    Bound,
    Delta,
    Entries,
    Factor,
    Group,
    Index,
    Opaque,
    Slot,
    Split,
    Term,
    instantiate,
    reindex,
    substitute,
)
from matcalc.kernel.arrange import in_order
from matcalc.kernel.matrices import OF_SQUARE, fresh_bounds, half_of, matrix_function, scalar_value
from matcalc.kernel.steps import Site, check_places, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]


def cut_axes(site: Site) -> Terms:
    """F(M)_ij = Σ [i ≙ (a, b)] [j ≙ (c, d)] F(M′)_abcd, M′_abcd = Σ [i ≙ (a, b)] [j ≙ (c, d)] M_ij; det(M) = det(M′).

    Rows and columns are named alike by their parts; the arguments are the axis and the sizes of the parts.
    """
    axis, parts = site.arguments
    body, rows, columns = matrix_function(site, *OF_SQUARE)
    half = half_of(body)
    require(isinstance(axis, int) and 0 <= axis < half, "no such axis")
    require(isinstance(parts, tuple) and len(parts) > 1 and prod(parts) == body.slots[axis], "no cut of this axis")
    sizes_known = all(is_integral(part) and site.facts.is_at_least_one(part) for part in parts)
    require(sizes_known, "nothing says that the parts are sizes")
    sizes = (*body.slots[:axis], *parts, *body.slots[axis + 1 : half])
    cut = Entries((*sizes, *sizes), tuple(_cut(term, axis, half, parts, body.slots[axis]) for term in body.terms))
    head = site.head
    assert isinstance(head, Opaque)
    new = Opaque(head.function, (cut,), head.parameters)
    if head.function == "det":
        return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(new, (), site.factor.exponent),))])
    require(site.factor.exponent == 1, "a power of an entry")
    first, second = fresh_bounds(site, parts), fresh_bounds(site, parts, len(parts))
    at = (_inserted(rows, axis, first), _inserted(columns, axis, second))
    splits = (Factor(Split(), (rows[axis], *first)), Factor(Split(), (columns[axis], *second)))
    return substitute(
        site.term, site.place, [Term(Fraction(1), parts + parts, (*splits, Factor(new, (*at[0], *at[1]))))]
    )


def _inserted(indices: Sequence[Any], axis: int, parts: Sequence[Any], gone: int = 1) -> tuple[Any, ...]:
    """The indices, or sizes, with these parts in place of so many from the axis on."""
    return (*indices[:axis], *parts, *indices[axis + gone :])


def _cut(term: Term, axis: int, half: int, parts: Sequence[Size], size: Size) -> Term:
    """A term of M as one of M′."""
    more = len(parts) - 1
    wholes = (Bound(len(term.bound)), Bound(len(term.bound) + 1))
    image: dict[Index, Index] = {Slot(k): Slot(k + (k > axis) * more) for k in range(half)}
    image |= {Slot(half + k): Slot(half + more + k + (k > axis) * more) for k in range(half)}
    image |= {Slot(axis): wholes[0], Slot(half + axis): wholes[1]}
    starts = (axis, half + more + axis)
    splits = (
        Factor(Split(), (whole, *(Slot(start + k) for k in range(len(parts)))))
        for whole, start in zip(wholes, starts, strict=True)
    )
    return Term(term.coefficient, (*term.bound, size, size), (*reindex(term.factors, image), *splits))


def product_of_sums(site: Site) -> Terms:
    """(P ⊗ Q)⁻¹ = P⁻¹ ⊗ Q⁻¹, the same with ^k, det(P ⊗ Q) = det(P)^q det(Q)^p, where M = P ⊗ Q multiplied out.

    Arguments: the axes of P, then P and Q.
    """
    axes, first, second = site.arguments
    body, rows, columns = matrix_function(site, "inv", "det", "matrix_power")
    half = half_of(body)
    require(isinstance(axes, tuple) and all(isinstance(a, int) and 0 <= a < half for a in axes), "no such axes")
    own = (axes, tuple(a for a in range(half) if a not in axes))
    require(0 < len(axes) < half and len(set(axes)) == len(axes), "not a part of the axes")
    parts = [in_order(matrix, site.facts) for matrix in (first, second)]
    for matrix, kept in zip(parts, own, strict=True):
        require(matrix.slots == tuple(body.slots[a] for a in kept) * 2, "a matrix on other axes")
    require(in_order(_multiplied(body, parts, own), site.facts) == in_order(body, site.facts), "not this product")
    head = site.head
    assert isinstance(head, Opaque)
    if head.function == "det":
        powers = [exponent(prod(body.slots[a] for a in other)) for other in reversed(own)]
        return scalar_value(site, *(Factor(Opaque("det", (m,)), (), p) for m, p in zip(parts, powers, strict=True)))
    require(site.factor.exponent == 1, "a power of an entry")
    new = tuple(
        Factor(Opaque(head.function, (m,), head.parameters), (*(rows[a] for a in kept), *(columns[a] for a in kept)))
        for m, kept in zip(parts, own, strict=True)
    )
    return substitute(site.term, site.place, [Term(Fraction(1), (), new)])


def _multiplied(body: Entries, parts: Sequence[Entries], own: Sequence[Sequence[int]]) -> Entries:
    """P ⊗ Q, each at its axes."""
    half = len(body.slots) // 2
    at = [(*map(Slot, kept), *(Slot(half + a) for a in kept)) for kept in own]
    terms = tuple(
        Term(one.coefficient * other.coefficient, one.bound + other.bound, one.factors + other.factors)
        for one in instantiate(parts[0], at[0], 0)
        for other in instantiate(parts[1], at[1], len(one.bound))
    )
    return Entries(body.slots, terms)


def commutation(site: Site) -> Terms:
    """det(K) = (−1)^(n(n−1)/2) for the commutation matrix K with n² rows, K_ijkl = δ_il δ_jk."""
    body, _, _ = matrix_function(site, "det")
    require(half_of(body) == 2 and body.slots[0] == body.slots[1], "not on two axes of one size")
    require(len(body.terms) == 1 and body.terms[0].coefficient == 1, "not one product")
    term, size = body.terms[0], body.slots[0]
    deltas = not term.bound and all(isinstance(f.head, Delta) and f.exponent == 1 for f in term.factors)
    pairs = sorted(sorted(i.number for i in f.indices if isinstance(i, Slot)) for f in term.factors)
    require(deltas and pairs == [[0, 3], [1, 2]], "not a commutation matrix")
    minus = Group(Entries((), (Term(Fraction(-1)),)))
    return scalar_value(site, Factor(minus, (), exponent((size * size - size) / 2)))


def low_rank_axis(site: Site) -> Terms:
    """det(I + U W) = det(I + W U), (I + U W)⁻¹ = I − U (I + W U)⁻¹ W for a U that is a matrix on one axis.

    Arguments: the axis; for each term but the identity, in order, the places of U's factors and the index, or none,
    that joins them to W's; whether the matrix is to be transposed. With no such index U is a column, and its axis
    disappears. Source: Sylvester 1851; Woodbury 1950.
    """
    axis, cuts, transposed = site.arguments
    body, rows, columns = matrix_function(site, "inv", "det")
    half = half_of(body)
    require(half > 1 and isinstance(axis, int) and 0 <= axis < half, "no such axis")
    if transposed:
        slots = [Slot(k) for k in range(2 * half)]
        body = Entries(body.slots, instantiate(body, (*slots[half:], *slots[:half]), 0))
        rows, columns = columns, rows
    others = [term for term in body.terms if not _is_identity(term, half)]
    require(len(others) == len(body.terms) - 1 == len(cuts), "not an identity, and a cut for each other term")
    pieces = [_cut_in_two(body, term, axis, *cut) for term, cut in zip(others, cuts, strict=True)]
    require(len({in_order(u, site.facts) for u, _ in pieces}) == 1, "the terms have no factor in common")
    left, right = pieces[0][0], Entries(pieces[0][1].slots, tuple(w.terms[0] for _, w in pieces))
    smaller = _exchanged(left, right, axis, half)
    if not rows:
        head = Opaque("det", (smaller,))
        return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(head, (), site.factor.exponent),))])
    require(site.factor.exponent == 1, "a power of an entry")
    return substitute(site.term, site.place, _woodbury(site, (left, right, smaller), axis, (rows, columns)))


def _is_identity(term: Term, half: int) -> bool:
    pairs = {frozenset((Slot(k), Slot(half + k))) for k in range(half)}
    bare = term.coefficient == 1 and not term.bound and len(term.factors) == half
    deltas = all(isinstance(f.head, Delta) and f.exponent == 1 for f in term.factors)
    return bare and deltas and {frozenset(f.indices) for f in term.factors} == pairs


def _cut_in_two(
    body: Entries, term: Term, axis: int, places: Sequence[int], joint: Sequence[Bound]
) -> tuple[Entries, Entries]:
    """U and W of a term: U on this axis and the joint, W on the other rows, with the joint among them, and columns."""
    check_places(term, *places)
    require(len(joint) <= 1 and set(joint) <= set(map(Bound, range(len(term.bound)))), "at most one joint")
    left = tuple(f for k, f in enumerate(term.factors) if k in places)
    right = tuple(f for k, f in enumerate(term.factors) if k not in places)
    inside, outside = ({i for f in factors for i in f.indices} for factors in (left, right))
    free = {i for i in inside if isinstance(i, Slot)}
    require(free <= {Slot(axis)} and Slot(axis) not in outside, "not a matrix on this axis")
    require({i for i in inside & outside if isinstance(i, Bound)} <= set(joint), "the parts share another index")
    half, joined = len(body.slots) // 2, tuple(term.bound[b.number] for b in joint)
    less = 1 - len(joint)
    rows: dict[Index, Index] = {Slot(k): Slot(k - less * (k > axis)) for k in range(half) if k != axis}
    columns: dict[Index, Index] = {Slot(half + k): Slot(half - less + k) for k in range(half)}
    own = [b for b in map(Bound, range(len(term.bound))) if b in inside and b not in joint]
    rest = [b for b in map(Bound, range(len(term.bound))) if b not in own and b not in joint]
    of_left: dict[Index, Index] = {Slot(axis): Slot(0), **{b: Slot(1) for b in joint}, **_numbered(own)}
    of_right: dict[Index, Index] = {**rows, **columns, **{b: Slot(axis) for b in joint}, **_numbered(rest)}
    first = Term(Fraction(1), tuple(term.bound[b.number] for b in own), reindex(left, of_left))
    second = Term(term.coefficient, tuple(term.bound[b.number] for b in rest), reindex(right, of_right))
    sizes = (*_inserted(body.slots[:half], axis, joined), *body.slots[half:])
    return Entries((body.slots[axis], *joined), (first,)), Entries(sizes, (second,))


def _numbered(indices: Sequence[Bound]) -> dict[Index, Index]:
    return {index: Bound(number) for number, index in enumerate(indices)}


def _exchanged(left: Entries, right: Entries, axis: int, half: int) -> Entries:
    """I + W U."""
    sizes = right.slots[:-half]
    count, joined = len(sizes), len(left.slots) - 1
    rows, columns = (tuple(Slot(start + k) for k in range(count)) for start in (0, count))
    inner = Bound(0)
    joint = columns[axis : axis + joined]
    factors = (
        Factor(Group(right), (*rows, *_inserted(columns, axis, (inner,), joined))),
        Factor(Group(left), (inner, *joint)),
    )
    identity = Term(Fraction(1), (), tuple(Factor(Delta(), pair) for pair in zip(rows, columns, strict=True)))
    return Entries((*sizes, *sizes), (identity, Term(Fraction(1), left.slots[:1], factors)))


def _woodbury(
    site: Site, parts: tuple[Entries, Entries, Entries], axis: int, at: tuple[Sequence[Index], Sequence[Index]]
) -> Terms:
    """I − U (I + W U)⁻¹ W."""
    (left, right, smaller), (rows, columns) = parts, at
    joint = fresh_bounds(site, left.slots[1:])
    inner = fresh_bounds(site, right.slots[: -len(rows)], len(joint))
    factors = (
        Factor(Group(left), (rows[axis], *joint)),
        Factor(Opaque("inv", (smaller,)), (*_inserted(rows, axis, joint), *inner)),
        Factor(Group(right), (*inner, *columns)),
    )
    identity = tuple(Factor(Delta(), pair) for pair in zip(rows, columns, strict=True))
    sizes = (*left.slots[1:], *right.slots[: -len(rows)])
    return Term(Fraction(1), (), identity), Term(Fraction(-1), sizes, factors)
