"""Rules of the functions of square matrices: inverse, determinant, adjugate.

Such a function is an `Opaque` head whose body has r row slots and r column slots (r is 1 but for Kronecker products).
An inverse is taken to exist: a claim says something only where its sides are defined, and where a rule needs more than
the claim itself promises, it asks `Facts.invertible`.
"""

from collections.abc import Sequence
from fractions import Fraction

from matcalc.components.exponents import exponent, is_integral, times
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Delta,
    Entries,
    Factor,
    Group,
    Index,
    Opaque,
    Partial,
    Slot,
    Term,
    close,
    drop_bound,
    instantiate,
    reindex,
    substitute,
)
from matcalc.kernel.arrange import arrange
from matcalc.kernel.equations import beside, replaced
from matcalc.kernel.invertibility import is_invertible
from matcalc.kernel.steps import Arrange, Site, check_places, require, used_only_in
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]
Indices = tuple[Index, ...]
OF_SQUARE = ("det", "inv", "adjugate", "matrix_power", "expm")
"""Functions of square matrices."""

TRANSPOSED = (*OF_SQUARE, "pinv")
"""Functions F with F(Mᵀ) = F(M)ᵀ."""


def matrix_function(site: Site, *names: str) -> tuple[Entries, Indices, Indices]:
    """The body of a matrix function at this place, its row indices and its column indices."""
    head, factor = site.head, site.factor
    require(isinstance(head, Opaque) and head.function in names, f"not one of {', '.join(names)}")
    assert isinstance(head, Opaque)
    half = len(factor.indices) // 2
    return head.bodies[0], factor.indices[:half], factor.indices[half:]


def half_of(body: Entries) -> int:
    """The number of row indices; refused unless rows and columns are of one size."""
    require(len(body.slots) % 2 == 0, "not a square matrix")
    half = len(body.slots) // 2
    require(body.slots[:half] == body.slots[half:], "rows and columns of different sizes")
    return half


def drop_all(term: Term, indices: Sequence[Index]) -> Term:
    """The term without these bound indices, which no factor may use."""
    for number in sorted((i.number for i in indices if isinstance(i, Bound)), reverse=True):
        term = drop_bound(term, number)
    return term


def fresh_bounds(site: Site, sizes: Sequence[Size], start: int = 0) -> tuple[Bound, ...]:
    """New bound indices, one for each size, after `start` others."""
    return tuple(Bound(site.offset + start + k) for k in range(len(sizes)))


def _inner_derivative(site: Site, body: Entries, at: Indices, by: Indices) -> Factor:
    head = site.head
    assert isinstance(head, Partial)
    return Factor(Partial(body, head.variable), (*at, *by))


def inverse_differential(site: Site) -> Terms:
    """∂(M⁻¹)_ij/∂X = −Σ_kl (M⁻¹)_ik (∂M_kl/∂X) (M⁻¹)_lj."""
    _, factor, by = site.only_factor()
    inverse = factor.head
    require(isinstance(inverse, Opaque) and inverse.function == "inv" and factor.exponent == 1, "not an inverse")
    assert isinstance(inverse, Opaque)
    body = inverse.bodies[0]
    half = half_of(body)
    k, m = fresh_bounds(site, body.slots[:half]), fresh_bounds(site, body.slots[:half], half)
    left = Factor(inverse, (*factor.indices[:half], *k))
    right = Factor(inverse, (*m, *factor.indices[half:]))
    new = Term(Fraction(-1), body.slots, (left, _inner_derivative(site, body, (*k, *m), by), right))
    return substitute(site.term, site.place, [new])


def determinant_differential(site: Site) -> Terms:
    """∂det(M)/∂X = Σ_kl adj(M)_lk ∂M_kl/∂X (Jacobi)."""
    _, factor, by = site.only_factor()
    determinant = factor.head
    require(isinstance(determinant, Opaque) and determinant.function == "det", "not a determinant")
    require(factor.exponent == 1, "not a determinant")
    assert isinstance(determinant, Opaque)
    body = determinant.bodies[0]
    half = half_of(body)
    k, m = fresh_bounds(site, body.slots[:half]), fresh_bounds(site, body.slots[:half], half)
    adjugate = Factor(Opaque("adjugate", determinant.bodies), (*m, *k))
    new = Term(Fraction(1), body.slots, (adjugate, _inner_derivative(site, body, (*k, *m), by)))
    return substitute(site.term, site.place, [new])


def adjugate_value(site: Site) -> Terms:
    """adj(M) = det(M) M⁻¹, where M is known to be invertible or the claim is settled by invertible M."""
    body, rows, columns = matrix_function(site, "adjugate")
    require(is_invertible(body, site.facts), "nothing says that the matrix is invertible")
    factors = (Factor(Opaque("det", (body,))), Factor(Opaque("inv", (body,)), (*rows, *columns)))
    require(site.factor.exponent == 1, "a power of an entry")
    return substitute(site.term, site.place, [Term(Fraction(1), (), factors)])


def check_sums(site: Site, places: set[int], sizes: dict[Index, Size]) -> None:
    """Refuses unless these are bound indices of these sizes, used in the factors at `places` alone."""
    for index, size in sizes.items():
        require(isinstance(index, Bound) and site.sizes[index] == size, "a sum of another size")
        assert isinstance(index, Bound)
        require(used_only_in(site.term, index, places), "a sum is used elsewhere")


def inverse_cancels(site: Site) -> Terms:
    """For a term T of M = T + R: M⁻¹ T = I − M⁻¹ R, and T M⁻¹ = I − R M⁻¹.

    Arguments: the side of M⁻¹ on which T stands, the number of T in M, then those of `replaced`.
    """
    side, *placing = site.arguments
    body, _, _ = matrix_function(site, "inv")
    half = half_of(body)
    pairs = zip(_slots(0, half), _slots(half, half), strict=True)
    identity = Entries(body.slots, (Term(Fraction(1), (), tuple(Factor(Delta(), pair) for pair in pairs)),))
    assert isinstance(site.head, Opaque)
    return replaced(site, beside(site.head, side, body, identity), *placing)


def single_term(body: Entries) -> Term:
    """The only term of a body, refused where there are more."""
    require(len(body.terms) == 1, "a sum of terms")
    return body.terms[0]


def inverse_of_product(site: Site) -> Terms:
    """((P Q)⁻¹)_ij = Σ_b (Q⁻¹)_ib (P⁻¹)_bj for square P, Q; det(P Q) = det(P) det(Q); P Q + P R is P (Q + R).

    Arguments: for each term the places of the factors of the left matrix, and the bound indices that join the two.
    """
    body, rows, columns = matrix_function(site, "inv", "det")
    require(len(site.arguments) == len(body.terms) > 0, "a cut of each term is wanted")
    pairs = [_cut(Entries(body.slots, (t,)), *cut) for t, cut in zip(body.terms, site.arguments, strict=True)]
    first, second = _gathered(body, pairs)
    if isinstance(site.head, Opaque) and site.head.function == "det":
        return scalar_value(site, Factor(Opaque("det", (first,))), Factor(Opaque("det", (second,))))
    require(site.factor.exponent == 1, "a power of an entry")
    inner = fresh_bounds(site, first.slots[: len(rows)])
    factors = (
        Factor(Opaque("inv", (second,)), (*rows, *inner)),
        Factor(Opaque("inv", (first,)), (*inner, *columns)),
    )
    return substitute(site.term, site.place, [Term(Fraction(1), first.slots[: len(rows)], factors)])


def _gathered(body: Entries, pairs: Sequence[tuple[Entries, Entries]]) -> tuple[Entries, Entries]:
    """The matrices of P Q + P R + …, or of Q P + R P + …; refused where the products share neither side."""
    lefts, rights = (dict.fromkeys(pair[side] for pair in pairs) for side in (0, 1))
    require(len(lefts) == 1 or len(rights) == 1, "the terms share no factor")
    scaled = [Entries(body.slots, _scaled(pair[len(lefts) == 1], t)) for pair, t in zip(pairs, body.terms, strict=True)]
    total = Entries(body.slots, tuple(term for matrix in scaled for term in matrix.terms))
    return (next(iter(lefts)), total) if len(lefts) == 1 else (total, next(iter(rights)))


def _scaled(matrix: Entries, term: Term) -> tuple[Term, ...]:
    return tuple(Term(term.coefficient, t.bound, t.factors) for t in matrix.terms)


def _cut(body: Entries, places: Sequence[int], joint: Sequence[Bound]) -> tuple[Entries, Entries]:
    """A product of entries cut at the joint indices into two square matrices, without its coefficient."""
    term, half = single_term(body), half_of(body)
    check_places(term, *places)
    require(set(joint) <= set(map(Bound, range(len(term.bound)))), "no such index")
    chosen = set(places)
    require(len(joint) == half == len(set(joint)), "as many joints as rows are wanted")
    sizes = tuple(term.bound[b.number] for b in joint)
    require(sizes == body.slots[:half], "the parts are not square")
    left = tuple(term.factors[p] for p in sorted(chosen))
    right = tuple(f for k, f in enumerate(term.factors) if k not in chosen)
    rows, columns = set(_slots(0, half)), set(_slots(half, half))
    inside = {i for f in left for i in f.indices}
    outside = {i for f in right for i in f.indices}
    require(not inside & columns and not outside & rows, "the parts do not separate rows from columns")
    shared = {i for i in inside & outside if isinstance(i, Bound)}
    require(shared <= set(joint), "the parts share another index")
    first = _part(body, left, _slots(0, half), tuple(joint), inside)
    second = _part(body, right, tuple(joint), _slots(half, half), outside)
    require(
        len(first.terms[0].bound) + len(second.terms[0].bound) + half == len(term.bound), "a sum belongs to neither"
    )
    return first, second


def _slots(start: int, count: int) -> tuple[Slot, ...]:
    return tuple(Slot(start + k) for k in range(count))


def _part(body: Entries, factors: tuple[Factor, ...], rows: Indices, columns: Indices, used: set[Index]) -> Entries:
    """The matrix of these factors between row and column indices."""
    half, term = len(rows), body.terms[0]
    own = [Bound(k) for k in range(len(term.bound)) if Bound(k) in used and Bound(k) not in {*rows, *columns}]
    image: dict[Index, Index] = {index: Slot(k) for k, index in enumerate((*rows, *columns))}
    image |= {index: Bound(k) for k, index in enumerate(own)}
    sizes = tuple(term.bound[b.number] for b in own)
    return Entries(body.slots[:half] * 2, (Term(Fraction(1), sizes, reindex(factors, image)),))


def scalar_value(site: Site, *factors: Factor) -> Terms:
    """The product of these scalars in place of a scalar, to its power: factor by factor only where that is whole."""
    power = site.factor.exponent
    if is_integral(power):
        new = tuple(Factor(f.head, f.indices, times(f.exponent, power)) for f in factors)
    else:
        body, found = close(factors, site.sizes)
        new = (Factor(Group(body), found, power),)
    return substitute(site.term, site.place, [Term(Fraction(1), (), new)])


def inverse_of_inverse(site: Site) -> Terms:
    """(M⁻¹)⁻¹ = M, and det(M⁻¹) = det(M)⁻¹."""
    body, rows, columns = matrix_function(site, "inv", "det")
    term, half = single_term(body), half_of(body)
    require(term.coefficient == 1 and not term.bound and len(term.factors) == 1, "not an inverse alone")
    inner = term.factors[0]
    require(isinstance(inner.head, Opaque) and inner.head.function == "inv" and inner.exponent == 1, "not an inverse")
    assert isinstance(inner.head, Opaque)
    require(inner.indices == _slots(0, 2 * half), "the inverse stands transposed")
    within = inner.head.bodies[0]
    if isinstance(site.head, Opaque) and site.head.function == "det":
        power = times(site.factor.exponent, Fraction(-1))
        return substitute(
            site.term, site.place, [Term(Fraction(1), (), (Factor(Opaque("det", (within,)), (), power),))]
        )
    new = Factor(Group(within), (*rows, *columns), site.factor.exponent)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (new,))])


def determinant_of_power(site: Site) -> Terms:
    """det(M^k) = det(M)^k."""
    body, _, _ = matrix_function(site, "det")
    term, half = single_term(body), half_of(body)
    require(term.coefficient == 1 and not term.bound and len(term.factors) == 1, "not a power alone")
    inner = term.factors[0]
    require(isinstance(inner.head, Opaque) and inner.head.function == "matrix_power", "not a power")
    assert isinstance(inner.head, Opaque)
    require(inner.exponent == 1 and inner.indices == _slots(0, 2 * half), "the power stands transposed")
    return scalar_value(site, Factor(Opaque("det", inner.head.bodies), (), exponent(inner.head.parameters[0])))


def of_transpose(site: Site) -> Terms:
    """F(Mᵀ) = F(M)ᵀ for the inverses, the adjugate, powers and the exponential; det(Mᵀ) = det(M)."""
    body, rows, columns = matrix_function(site, *TRANSPOSED)
    head = site.head
    assert isinstance(head, Opaque)
    half = len(body.slots) // 2 if head.function == "pinv" else half_of(body)
    require(len(body.slots) == 2 * half, "not a matrix")
    after, before = body.slots[half:], body.slots[:half]
    flipped = Entries((*after, *before), instantiate(body, (*_slots(half, half), *_slots(0, half)), 0))
    new = Factor(Opaque(head.function, (flipped,), head.parameters), (*columns, *rows), site.factor.exponent)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (new,))])


def symmetric_function(site: Site) -> Terms:
    """M = Mᵀ makes F(M) symmetric as well; the argument renames the sums of Mᵀ to those of M."""
    (renamings,) = site.arguments
    body, rows, columns = matrix_function(site, *TRANSPOSED[1:])
    half = half_of(body)
    head = site.head
    assert isinstance(head, Opaque)
    require(not head.symmetric, "already known")
    flipped = Entries(body.slots, instantiate(body, (*_slots(half, half), *_slots(0, half)), 0))
    require(tied(arrange(flipped, Arrange(renamings), site.facts), site.facts) == tied(body, site.facts), NOT_SYMMETRIC)
    new = Factor(Opaque(head.function, head.bodies, head.parameters, symmetric=True), (*rows, *columns))
    require(site.factor.exponent == 1, "a power of an entry")
    return substitute(site.term, site.place, [Term(Fraction(1), (), (new,))])


NOT_SYMMETRIC = "the matrix does not equal its transpose"


def tied(body: Entries, facts: Facts) -> Entries:
    """The same matrix, where each factor beside a delta of two slots stands at the first: δ_ij f(j) = δ_ij f(i).

    Terms are in order again where their factors were.
    """
    terms = tuple(Term(t.coefficient, t.bound, _tied(t.factors)) for t in body.terms)
    new = Entries(body.slots, terms)
    return arrange(new, Arrange(tuple(tuple(range(len(t.bound))) for t in terms)), facts)


def _tied(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
    for delta in factors:
        if isinstance(delta.head, Delta) and delta.exponent == 1 and all(isinstance(i, Slot) for i in delta.indices):
            kept, gone = sorted(delta.indices, key=lambda index: index.number if isinstance(index, Slot) else 0)
            factors = tuple(f if f == delta else reindex((f,), {gone: kept})[0] for f in factors)
    return factors


def of_identity(site: Site) -> Terms:
    """I⁻¹ = I, det(I) = 1, adj(I) = I."""
    body, rows, columns = matrix_function(site, "inv", "det", "adjugate")
    term, half = single_term(body), half_of(body)
    require(term.coefficient == 1 and not term.bound, "not an identity matrix")
    pairs = {frozenset((Slot(k), Slot(half + k))) for k in range(half)}
    found = [frozenset(f.indices) for f in term.factors if isinstance(f.head, Delta) and f.exponent == 1]
    require(len(found) == len(term.factors) == half and set(found) == pairs, "not an identity matrix")
    deltas = tuple(Factor(Delta(), pair) for pair in zip(rows, columns, strict=True))
    return substitute(site.term, site.place, [Term(Fraction(1), (), deltas)])
