"""Rules of the pseudo-inverse X⁺, and of the projectors Π_X = X X⁺ and Π_Xᵀ = X⁺ X.

A projector is a head of its own, `projector`, whose body is X: that it is symmetric is then a symmetry of the head, and
Penrose's other equations say what it absorbs. Where a rule needs more of X (full rank, a vector that is not zero), the
claim itself must say so.

Source: Penrose 1955, A generalized inverse for matrices.
"""

from collections.abc import Sequence
from fractions import Fraction

from matcalc.components.arrays import Axis, Placed, contract
from matcalc.components.facts import Facts, whole_head
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Entries,
    Factor,
    Group,
    Index,
    Opaque,
    Partial,
    Slot,
    Term,
    instantiate,
    reindex,
    substitute,
)
from matcalc.kernel.arrange import in_order
from matcalc.kernel.definedness import gram
from matcalc.kernel.equations import replaced
from matcalc.kernel.invertibility import is_invertible, is_nonzero
from matcalc.kernel.steps import Site, check_places, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]
ROW, COLUMN = Slot(0), Slot(1)
MINUS_ONE = Fraction(-1)


def _pseudo_inverse(site: Site) -> Entries:
    """The matrix whose pseudo-inverse stands here."""
    head = site.head
    require(isinstance(head, Opaque) and head.function == "pinv", "no pseudo-inverse here")
    require(site.factor.exponent == 1, "a power of an entry")
    assert isinstance(head, Opaque)
    return head.bodies[0]


def _matrix(site: Site) -> Entries:
    """The same, refused unless it is a matrix of single indices."""
    matrix = _pseudo_inverse(site)
    require(len(matrix.slots) == 2, "not a matrix of single indices")
    return matrix


def _one(site: Site, *terms: Term) -> Terms:
    return substitute(site.term, site.place, terms)


def flipped(matrix: Entries, facts: Facts) -> Entries:
    """Xᵀ, in order."""
    return in_order(Entries(matrix.slots[::-1], instantiate(matrix, (COLUMN, ROW), 0)), facts)


def projector(matrix: Entries) -> Opaque:
    """Π_X, the orthogonal projector on the range of X."""
    return Opaque("projector", (matrix,))


def full_rank(site: Site) -> Terms:
    """X⁺ = (XᵀX)⁻¹ Xᵀ where XᵀX is invertible, X⁺ = Xᵀ (X Xᵀ)⁻¹ where X Xᵀ is; the argument says whether the first.

    Likewise Π_X = X (XᵀX)⁻¹ Xᵀ, or Π_X = I.
    """
    (columns,) = site.arguments
    head = site.head
    require(isinstance(head, Opaque) and head.function in ("pinv", "projector"), "no pseudo-inverse here")
    require(site.factor.exponent == 1, "a power of an entry")
    assert isinstance(head, Opaque)
    (matrix,) = head.bodies
    require(len(matrix.slots) == 2, "not a matrix of single indices")
    square = gram(matrix, columns=columns)
    require(in_order(square, site.facts) in site.facts.invertible, "nothing says that the rank is full")
    i, j = site.factor.indices
    a, b = Bound(site.offset), Bound(site.offset + 1)
    if head.function == "projector" and not columns:
        return _one(site, Term(Fraction(1), (), (Factor(Delta(), (i, j)),)))
    if head.function == "projector":
        factors = (
            Factor(Group(matrix), (i, a)),
            Factor(Opaque("inv", (square,)), (a, b)),
            Factor(Group(matrix), (j, b)),
        )
        return _one(site, Term(Fraction(1), square.slots, factors))
    inverse, transposed = ((i, a), (j, a)) if columns else ((a, j), (a, i))
    found = (Factor(Opaque("inv", (square,)), inverse), Factor(Group(matrix), transposed))
    return _one(site, Term(Fraction(1), square.slots[:1], found))


def invertible(site: Site) -> Terms:
    """X⁺ = X⁻¹ and Π_X = I for an invertible X, 0⁺ = 0."""
    head = site.head
    require(isinstance(head, Opaque) and head.function in ("pinv", "projector"), "no pseudo-inverse here")
    require(site.factor.exponent == 1, "a power of an entry")
    assert isinstance(head, Opaque)
    (matrix,) = head.bodies
    if not matrix.terms:
        return ()
    half = len(matrix.slots) // 2
    square = bool(half) and matrix.slots[:half] == matrix.slots[half:]
    require(square and is_invertible(matrix, site.facts), "nothing says that the matrix is invertible")
    if head.function == "projector":
        return _one(site, Term(Fraction(1), (), (Factor(Delta(), site.factor.indices),)))
    return _one(site, Term(Fraction(1), (), (Factor(Opaque("inv", (matrix,)), site.factor.indices),)))


def twice(site: Site) -> Terms:
    """(X⁺)⁺ = X, Π⁺ = Π."""
    matrix = _matrix(site)
    require(len(matrix.terms) == 1 and len(matrix.terms[0].factors) == 1, "not a pseudo-inverse alone")
    (term,) = matrix.terms
    inner = term.factors[0]
    require(term.coefficient == inner.exponent == 1 and not term.bound, "not a pseudo-inverse alone")
    require({*inner.indices} == {ROW, COLUMN} and isinstance(inner.head, Opaque), "not a pseudo-inverse alone")
    assert isinstance(inner.head, Opaque)
    require(inner.head.function in ("pinv", "projector"), "not a pseudo-inverse alone")
    value = Group(inner.head.bodies[0]) if inner.head.function == "pinv" else inner.head
    straight = inner.indices == (ROW, COLUMN)
    return _one(site, Term(Fraction(1), (), (Factor(value, site.factor.indices[:: 1 if straight else -1]),)))


def multiple(site: Site) -> Terms:
    """(s X)⁺ = s⁻¹ X⁺ for s ≠ 0; the argument is the places of s's factors."""
    (places,) = site.arguments
    matrix = _pseudo_inverse(site)
    require(len(matrix.terms) == 1, "a sum of terms")
    (term,) = matrix.terms
    check_places(term, *places)
    scalars = tuple(term.factors[place] for place in places)
    require(bool(scalars) or term.coefficient != 1, "nothing comes out")
    bare = not any(isinstance(i, Slot | Bound) for f in scalars for i in f.indices)
    require(bare and all(is_nonzero(f, site.facts) for f in scalars), "nothing says that the scalar is not zero")
    rest = tuple(f for k, f in enumerate(term.factors) if k not in places)
    kept = Opaque("pinv", (Entries(matrix.slots, (Term(Fraction(1), term.bound, rest),)),))
    outside = Group(Entries((), (Term(Fraction(1), (), scalars),)))
    factors = (Factor(outside, (), MINUS_ONE), Factor(kept, site.factor.indices))
    return _one(site, Term(1 / term.coefficient, (), factors))


def rank_one(site: Site) -> Terms:
    """(c u vᵀ)⁺ = v uᵀ / (c (uᵀu) (vᵀv)) and x⁺ = xᵀ/(xᵀx), for vectors that are not zero.

    The argument is the places of u's factors; those of v are the others.
    """
    (places,) = site.arguments
    matrix = _pseudo_inverse(site)
    require(len(matrix.terms) == 1 and len(matrix.slots) < 3, "not an outer product")
    (term,) = matrix.terms
    check_places(term, *places)
    slots = [Slot(k) for k in range(len(matrix.slots))]
    parts = [tuple(f for k, f in enumerate(term.factors) if (k in places) == inside) for inside in (True, False)]
    factors: list[Factor] = []
    bound: tuple[Size, ...] = ()
    used: list[Index] = []
    for part, own in zip(parts, (slots[:1], slots[1:]), strict=True):
        if part or own:
            vector, sums = _vector(matrix, term, part, own)
            used += sums
            require(_is_nonzero(vector, site), "nothing says that the vector is not zero")
            shift: dict[Index, Index] = {Slot(0): site.factor.indices[_other(own, slots)]} if own else {}
            factors.append(Factor(Group(vector), tuple(shift.values())))
            factors.append(Factor(Group(_square(vector)), (), MINUS_ONE))
    require(len({*used}) == len(used) == len(term.bound), "the parts share an index")
    return _one(site, Term(1 / term.coefficient, bound, tuple(factors)))


def _other(own: Sequence[Slot], slots: Sequence[Slot]) -> int:
    """The position of a slot of X among the indices of X⁺."""
    return len(slots) - 1 - own[0].number


def _vector(matrix: Entries, term: Term, part: tuple[Factor, ...], own: Sequence[Slot]) -> tuple[Entries, list[Index]]:
    """The vector of these factors over one slot, and the sums that they use."""
    indices = {index for factor in part for index in factor.indices}
    require(not any(isinstance(i, Slot) and i not in own for i in indices), "the parts share an index")
    sums: list[Index] = [Bound(k) for k in range(len(term.bound)) if Bound(k) in indices]
    image: dict[Index, Index] = {index: Bound(k) for k, index in enumerate(sums)}
    image |= {slot: Slot(0) for slot in own}
    sizes = tuple(term.bound[index.number] for index in sums if isinstance(index, Bound))
    slots = tuple(matrix.slots[slot.number] for slot in own)
    return Entries(slots, (Term(Fraction(1), sizes, reindex(part, image)),)), sums


def _square(vector: Entries) -> Entries:
    """xᵀx."""
    at = tuple(Bound(k) for k in range(len(vector.slots)))
    return Entries((), (Term(Fraction(1), vector.slots, (Factor(Group(vector), at, Fraction(2)),)),))


def _is_nonzero(vector: Entries, site: Site) -> bool:
    """Whether xᵀx, or the norm of x, is divided by."""
    (term,) = vector.terms
    if not vector.slots:
        return not term.bound and all(is_nonzero(factor, site.facts) for factor in term.factors)
    at: dict[Index, Index] = {Slot(0): Bound(len(term.bound))}
    again: dict[Index, Index] = {Bound(k): Bound(len(term.bound) + 1 + k) for k in range(len(term.bound))}
    factors = (*reindex(term.factors, at), *reindex(term.factors, {**at, **again}))
    square = Entries((), (Term(Fraction(1), (*term.bound, *vector.slots, *term.bound), factors),))
    known = {in_order(head.body, site.facts) for head in site.facts.nonzero if isinstance(head, Group)}
    return in_order(square, site.facts) in known or whole_head(in_order(square, site.facts)) in site.facts.nonzero


def reverse_order(site: Site) -> Terms:
    """(A B)⁺ = B⁺ A⁺ where A or B is orthogonal, where A is of full column rank and B of full row rank, or where A B is
    a product of Xᵀ and X in turn.

    Arguments: the places of A's factors, and the index that joins A and B.
    Source: Greville 1966, Note on the generalized inverse of a matrix product.
    """
    places, joint = site.arguments
    matrix = _matrix(site)
    first, second, coefficient = _cut(matrix, places, joint)
    known = _is_orthogonal(first, site) or _is_orthogonal(second, site)
    known = known or (_has_full_rank(first, site, columns=True) and _has_full_rank(second, site, columns=False))
    require(known or _alternates(matrix), "nothing says that the order is reversed")
    inner = Bound(site.offset)
    i, j = site.factor.indices
    factors = (Factor(Opaque("pinv", (second,)), (i, inner)), Factor(Opaque("pinv", (first,)), (inner, j)))
    return _one(site, Term(1 / coefficient, first.slots[1:], factors))


def _cut(matrix: Entries, places: Sequence[int], joint: Bound) -> tuple[Entries, Entries, Fraction]:
    """A product cut at an index into two matrices, and its coefficient."""
    require(len(matrix.terms) == 1, "a sum of terms")
    (term,) = matrix.terms
    check_places(term, *places)
    require(isinstance(joint, Bound) and 0 <= joint.number < len(term.bound), "no such index")
    size = term.bound[joint.number]
    left = tuple(f for k, f in enumerate(term.factors) if k in places)
    right = tuple(f for k, f in enumerate(term.factors) if k not in places)
    first, own = _between(term, left, (matrix.slots[0], size), {ROW: ROW, joint: COLUMN}, COLUMN)
    second, others = _between(term, right, (size, matrix.slots[1]), {joint: ROW, COLUMN: COLUMN}, ROW)
    require(not own & others and len(own) + len(others) + 1 == len(term.bound), "the parts share another index")
    return first, second, term.coefficient


def _between(
    term: Term, part: tuple[Factor, ...], slots: tuple[Size, Size], ends: dict[Index, Index], foreign: Slot
) -> tuple[Entries, set[Index]]:
    """The matrix of these factors, and the sums that they use for themselves."""
    indices = {index for factor in part for index in factor.indices}
    require({*ends} <= indices and (foreign in ends or foreign not in indices), "the parts do not separate the slots")
    own: list[Index] = [Bound(k) for k in range(len(term.bound)) if Bound(k) in indices and Bound(k) not in ends]
    image = {**ends, **{index: Bound(k) for k, index in enumerate(own)}}
    sizes = tuple(term.bound[index.number] for index in own if isinstance(index, Bound))
    return Entries(slots, (Term(Fraction(1), sizes, reindex(part, image)),)), {*own}


def _is_orthogonal(matrix: Entries, site: Site) -> bool:
    match matrix.terms:
        case (Term(bound=(), factors=(Factor(head=Declared(by=()) as head, exponent=power),)),) if power == 1:
            return "orthogonal" in site.facts.structure(head)
        case _:
            return False


def _has_full_rank(matrix: Entries, site: Site, *, columns: bool) -> bool:
    square = in_order(gram(matrix, columns=columns), site.facts)
    return square in site.facts.invertible or is_invertible(in_order(matrix, site.facts), site.facts)


def _alternates(matrix: Entries) -> bool:
    """Whether this is X Xᵀ X … or Xᵀ X Xᵀ …: factors of one head, joined rows to rows and columns to columns."""
    (term,) = matrix.terms
    if len({(f.head, f.exponent) for f in term.factors}) != 1 or len(term.factors) != len(term.bound) + 1:
        return False
    single = all(len(f.indices) == 2 and f.exponent == 1 for f in term.factors)
    at = [(i, p) for f in term.factors for p, i in enumerate(f.indices)]
    places = [[p for i, p in at if i == Bound(k)] for k in range(len(term.bound))]
    ends = [sum(slot in f.indices for f in term.factors) for slot in (ROW, COLUMN)]
    return single and ends == [1, 1] and all(found in ([0, 0], [1, 1]) for found in places)


def of_projector(site: Site) -> Terms:
    """X X⁺ = Π_X and X⁺ X = Π_Xᵀ: for a term T of X = T + R, T X⁺ = Π_X − R X⁺.

    Arguments: the side of X⁺ on which T stands, the number of T in X, then those of `replaced`.
    """
    side, *placing = site.arguments
    _matrix(site)
    assert isinstance(site.head, Opaque)
    return replaced(site, projector_equation(site.head, side, site.facts), *placing)


def projector_equation(inverse: Opaque, side: str, facts: Facts) -> Entries:
    """Σ T X⁺ − Π_X on the left of X⁺, Σ X⁺ T − Π_Xᵀ on its right; the term of T has T's number in X."""
    require(side in ("left", "right"), "neither side")
    (matrix,) = inverse.bodies
    left, inner = side == "left", Bound(0)
    outer, size = matrix.slots if left else matrix.slots[::-1]
    of_inverse, of_matrix = ((inner, COLUMN), (ROW, inner)) if left else ((ROW, inner), (inner, COLUMN))
    terms = tuple(
        Term(t.coefficient, (size, *t.bound), (Factor(inverse, of_inverse), *t.factors))
        for t in instantiate(matrix, of_matrix, 1)
    )
    value = projector(matrix if left else flipped(matrix, facts))
    return Entries((outer, outer), (*terms, Term(MINUS_ONE, (), (Factor(value, (ROW, COLUMN)),))))


def absorbed(site: Site) -> Terms:
    """Π_X X = X, X⁺ Π_X = X⁺, Π_X Π_X = Π_X: for a term T of X = T + R, Π_X T = X − Π_X R.

    Arguments: what is absorbed, of X itself or of Xᵀ, as `absorbing_equation` takes them; the number of the term, then
    those of `replaced`.
    """
    other, *placing = site.arguments
    head = site.head
    require(isinstance(head, Opaque) and head.function == "projector", "no projector here")
    assert isinstance(head, Opaque)
    require(other is None or isinstance(other, Opaque), "nothing that a projector absorbs")
    return replaced(site, absorbing_equation(head, other, site.facts), *placing)


def absorbing_equation(head: Opaque, other: Opaque | None, facts: Facts) -> Entries:
    """Π_X X − X for None, X⁺ Π_X − X⁺ for X⁺ as `other`, Π_X (Xᵀ)⁺ − (Xᵀ)⁺ for (Xᵀ)⁺, Π_X Π_X − Π_X for Π_X."""
    (matrix,) = head.bodies
    size, inner = matrix.slots[0], Bound(0)
    here = Factor(head, (ROW, inner))
    if other is None:
        parts = instantiate(matrix, (inner, COLUMN), 1)
        terms = [Term(t.coefficient, (size, *t.bound), (here, *t.factors)) for t in parts]
        return Entries(matrix.slots, (*terms, *(Term(-t.coefficient, t.bound, t.factors) for t in matrix.terms)))
    straight = other == head or (other.function == "pinv" and other.bodies == (flipped(matrix, facts),))
    crossed = other.function == "pinv" and other.bodies == head.bodies
    require(straight or crossed, "nothing that a projector absorbs")
    beside, alone = ((inner, COLUMN), (ROW, COLUMN)) if straight else ((COLUMN, inner), (COLUMN, ROW))
    slots = (size, size) if other == head else matrix.slots
    product = Term(Fraction(1), (size,), (here, Factor(other, beside)))
    return Entries(slots, (product, Term(MINUS_ONE, (), (Factor(other, alone),))))


def differential(site: Site) -> Terms:
    """∂X⁺ = −X⁺ ∂X X⁺ + X⁺X⁺ᵀ ∂Xᵀ (I − Π_X) + (I − Π_Xᵀ) ∂Xᵀ X⁺ᵀX⁺, and ∂Π_X = (I − Π_X) ∂X X⁺ + its transpose,
    where the rank of X does not change.

    Source: Golub and Pereyra 1973, The differentiation of pseudo-inverses, equation 4.12 and lemma 4.1.
    """
    head, factor, by = site.only_factor()
    function = factor.head
    require(isinstance(function, Opaque) and factor.exponent == 1, "not a pseudo-inverse or a projector")
    assert isinstance(function, Opaque)
    require(function.function in ("pinv", "projector"), "not a pseudo-inverse or a projector")
    (matrix,) = function.bodies
    require(len(matrix.slots) == 2, "not a matrix of single indices")
    k, m = Bound(site.offset), Bound(site.offset + 1)
    moving = Factor(Partial(matrix, head.variable), (k, m, *by))
    inverse, here = Opaque("pinv", (matrix,)), factor.indices
    if function.function == "projector":
        return _one(
            site, *_outside(site, matrix, here, moving, inverse), *_outside(site, matrix, here[::-1], moving, inverse)
        )
    (i, j), a = here, Bound(site.offset + 2)
    rows, columns = matrix.slots
    rank, corank = projector(matrix), projector(flipped(matrix, site.facts))
    first = Term(MINUS_ONE, (rows, columns), (Factor(inverse, (i, k)), moving, Factor(inverse, (m, j))))
    left = (Factor(inverse, (i, a)), Factor(inverse, (m, a)), moving)
    right = (moving, Factor(inverse, (a, k)), Factor(inverse, (a, j)))
    new = [
        first,
        Term(Fraction(1), (rows, columns, rows), (*left, Factor(Delta(), (k, j)))),
        Term(MINUS_ONE, (rows, columns, rows), (*left, Factor(rank, (k, j)))),
        Term(Fraction(1), (rows, columns, columns), (Factor(Delta(), (i, m)), *right)),
        Term(MINUS_ONE, (rows, columns, columns), (Factor(corank, (i, m)), *right)),
    ]
    return _one(site, *new)


def _outside(site: Site, matrix: Entries, at: Sequence[Index], moving: Factor, inverse: Opaque) -> tuple[Term, Term]:
    """(I − Π_X) ∂X X⁺ at these indices."""
    i, j = at
    k, m = Bound(site.offset), Bound(site.offset + 1)
    rest = (moving, Factor(inverse, (m, j)))
    whole = Term(Fraction(1), matrix.slots, (Factor(Delta(), (i, k)), *rest))
    return whole, Term(MINUS_ONE, matrix.slots, (Factor(projector(matrix), (i, k)), *rest))


def pseudo_inverted(side: Entries) -> Entries | None:
    """X where the side is X⁺ and nothing else."""
    match side.terms:
        case (Term(coefficient=Fraction(numerator=1, denominator=1), bound=(), factors=(factor,)),):
            slots = tuple(Slot(k) for k in range(len(side.slots)))
            head = factor.head
            alone = isinstance(head, Opaque) and head.function == "pinv" and factor.exponent == 1
            return head.bodies[0] if alone and factor.indices == slots and isinstance(head, Opaque) else None
        case _:
            return None


def penrose(matrix: Entries, inverse: Entries) -> tuple[tuple[Entries, Entries], ...]:
    """X Y X = X, Y X Y = Y, X Y = (X Y)ᵀ and Y X = (Y X)ᵀ, two sides each: together they say that Y = X⁺."""
    cut = (len(matrix.slots) + 1) // 2
    rows, columns = matrix.slots[:cut], matrix.slots[cut:]
    first = contract((*rows, *columns), (*columns, *rows), *_alternating(matrix, inverse, rows, columns))
    second = contract((*columns, *rows), (*rows, *columns), *_alternating(inverse, matrix, columns, rows))
    return (
        (first, matrix),
        (second, inverse),
        _with_transpose(matrix, inverse, rows, columns),
        _with_transpose(inverse, matrix, columns, rows),
    )


def _alternating(one: Entries, other: Entries, rows: Axis, columns: Axis) -> tuple[Placed, ...]:
    """A, B and A again, side by side, for A rows×columns."""
    outer = tuple(Slot(k) for k in range(len(rows) + len(columns)))
    inner = tuple(Bound(k) for k in range(len(rows) + len(columns)))
    left, right = outer[: len(rows)], outer[len(rows) :]
    c, r = inner[: len(columns)], inner[len(columns) :]
    return (one, (*left, *c)), (other, (*c, *r)), (one, (*r, *right))


def _with_transpose(one: Entries, other: Entries, rows: Axis, columns: Axis) -> tuple[Entries, Entries]:
    """A B and its transpose, for A rows×columns."""
    i, j = (tuple(Slot(start + k) for k in range(len(rows))) for start in (0, len(rows)))
    inner = tuple(Bound(k) for k in range(len(columns)))
    product = [
        contract((*rows, *rows), columns, (one, (*left, *inner)), (other, (*inner, *right)))
        for left, right in ((i, j), (j, i))
    ]
    return product[0], product[1]
