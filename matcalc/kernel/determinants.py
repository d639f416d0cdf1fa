"""Rules that bring a determinant or an inverse of a larger matrix to smaller ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from matcalc.components.exponents import exponent
from matcalc.components.terms import (
    Bound,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Group,
    Index,
    Opaque,
    Slot,
    Term,
    numeral,
    reindex,
    substitute,
)
from matcalc.kernel.invertibility import is_invertible
from matcalc.kernel.matrices import half_of, matrix_function, scalar_value, single_term
from matcalc.kernel.steps import Site, check_places, require
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]


def kronecker(site: Site) -> Terms:
    """(P ⊗ Q)⁻¹ = P⁻¹ ⊗ Q⁻¹, the same with ⁺ and with ^k, det(P ⊗ Q) = det(P)^q det(Q)^p for P p×p and Q q×q.

    The argument is the places of the factors of P, which share no index with those of Q.
    """
    (places,) = site.arguments
    body, rows, columns = matrix_function(site, "inv", "det", "matrix_power", "pinv")
    term, half = single_term(body), len(body.slots) // 2
    require(len(body.slots) == 2 * half, "not a matrix")
    require(term.coefficient == 1, "a coefficient")
    check_places(term, *places)
    chosen = set(places)
    first = tuple(f for k, f in enumerate(term.factors) if k in chosen)
    second = tuple(f for k, f in enumerate(term.factors) if k not in chosen)
    left, right = ({i for f in factors for i in f.indices} for factors in (first, second))
    require(not left & right and bool(first) and bool(second), "the parts share an index")
    parts = [_part(body, factors, used, half) for factors, used in ((first, left), (second, right))]
    bound = sum(len(matrix.terms[0].bound) for matrix, _ in parts)
    axes = sorted(axis for _, own_axes in parts for axis in own_axes)
    require(bound == len(term.bound) and axes == list(range(half)), "an index belongs to neither part")
    head = site.head
    assert isinstance(head, Opaque)
    square = all(matrix.slots[: len(own)] == matrix.slots[len(own) :] for matrix, own in parts)
    require(square or head.function == "pinv", "rows and columns of different sizes")
    if head.function == "det":
        sizes = [prod(body.slots[axis] for axis in own_axes) for _, own_axes in parts]
        powers = [exponent(size) for size in reversed(sizes)]
        dets = (Factor(Opaque("det", (m,)), (), p) for (m, _), p in zip(parts, powers, strict=True))
        return scalar_value(site, *dets)
    require(site.factor.exponent == 1, "a power of an entry")
    new = tuple(
        Factor(Opaque(head.function, (m,), head.parameters), (*(rows[a] for a in own), *(columns[a] for a in own)))
        for m, own in parts
    )
    return substitute(site.term, site.place, [Term(Fraction(1), (), new)])


def _part(body: Entries, factors: tuple[Factor, ...], used: set[Index], half: int) -> tuple[Entries, tuple[int, ...]]:
    """The matrix that these factors are on the axes whose row and column slots they use, and these axes."""
    axes = tuple(a for a in range(half) if Slot(a) in used or Slot(half + a) in used)
    require(bool(axes), "a scalar factor")
    image: dict[Index, Index] = {Slot(a): Slot(k) for k, a in enumerate(axes)}
    image |= {Slot(half + a): Slot(len(axes) + k) for k, a in enumerate(axes)}
    inner = [Bound(k) for k in range(len(body.terms[0].bound)) if Bound(k) in used]
    image |= {index: Bound(k) for k, index in enumerate(inner)}
    rows, columns = (tuple(body.slots[start + a] for a in axes) for start in (0, half))
    bound = tuple(body.terms[0].bound[b.number] for b in inner)
    return Entries((*rows, *columns), (Term(Fraction(1), bound, reindex(factors, image)),)), axes


def sylvester(site: Site) -> Terms:
    """det(I + P Q + P R + …) = det(I + Q P + R P + …), and the same with P on the right in every term.

    Arguments: for each term but the identity, in order, the places of its left factors, and the indices that join these
    to the others. With no joint, P is a column p, and the value is 1 + qᵀ p + rᵀ p + ….
    Source: Sylvester 1851; Horn and Johnson 2013, Matrix Analysis, section 1.3.P28.
    """
    body, _, _ = matrix_function(site, "det")
    require(half_of(body) == 1 and len(body.terms) > 1, "not an identity plus products")
    number = next((k for k, t in enumerate(body.terms) if _is_identity(t)), None)
    require(number is not None, "no identity matrix")
    others = [term for k, term in enumerate(body.terms) if k != number]
    require(len(site.arguments) == len(others), "a cut for each term is wanted")
    cuts = [_Cut.of(term, *cut) for term, cut in zip(others, site.arguments, strict=True)]
    require(len({cut.joined for cut in cuts}) == 1, "the terms are joined by different sizes")
    common = len({cut.matrix(0) for cut in cuts}) == 1 or len({cut.matrix(1) for cut in cuts}) == 1
    require(common, "the terms have no factor in common")
    terms = (Term(Fraction(1)), *(cut.exchanged(body.slots[0]) for cut in cuts))
    joined, power = cuts[0].joined, site.factor.exponent
    if not joined:
        return substitute(site.term, site.place, [_one(Factor(Group(Entries((), terms)), (), power))])
    identity = _one(Factor(Delta(), (Slot(0), Slot(1))))
    head = Opaque("det", (Entries((*joined, *joined), (identity, *terms[1:])),))
    return substitute(site.term, site.place, [_one(Factor(head, (), power))])


@dataclass(frozen=True, slots=True)
class _Cut:
    """A term of a matrix as a product P Q: the factors of both, joined by no index, or by one."""

    term: Term
    parts: tuple[tuple[Factor, ...], tuple[Factor, ...]]
    joint: tuple[Bound, ...]

    @classmethod
    def of(cls, term: Term, places: Sequence[int], joint: Sequence[Bound]) -> "_Cut":
        """The term with the factors at these places on the left; refused where that is no product of matrices."""
        check_places(term, *places)
        left = tuple(f for k, f in enumerate(term.factors) if k in places)
        right = tuple(f for k, f in enumerate(term.factors) if k not in places)
        inside, outside = ({i for f in factors for i in f.indices} for factors in (left, right))
        require(Slot(1) not in inside and Slot(0) not in outside, "the parts do not separate rows from columns")
        require({i for i in inside & outside if isinstance(i, Bound)} <= set(joint), "the parts share another index")
        require(len(joint) <= 1 and set(joint) <= set(map(Bound, range(len(term.bound)))), "at most one joint")
        return cls(term, (left, right), tuple(joint))

    @property
    def joined(self) -> tuple[Size, ...]:
        """The size of the joint, if there is one."""
        return tuple(self.term.bound[b.number] for b in self.joint)

    def matrix(self, side: int) -> tuple[tuple[Size, ...], tuple[Factor, ...]]:
        """P, or Q: its sums and factors, with the joint as the other free index and the sums named as they come."""
        inner = dict.fromkeys(i for f in self.parts[side] for i in f.indices if isinstance(i, Bound))
        private = [index for index in inner if index not in self.joint]
        image: dict[Index, Index] = {index: Bound(k) for k, index in enumerate(private)}
        image |= {index: Slot(1 - side) for index in self.joint}
        return tuple(self.term.bound[index.number] for index in private), reindex(self.parts[side], image)

    def exchanged(self, size: Size) -> Term:
        """Q P: what was the joint becomes rows (in Q) and columns (in P), rows and columns of this size are joined."""
        count = len(self.term.bound)
        kept = [b for b in (Bound(k) for k in range(count + 1)) if b not in self.joint]
        sizes = (*self.term.bound, size)
        image: dict[Index, Index] = {b: Bound(k) for k, b in enumerate(kept)}
        image = {**image, Slot(0): image[Bound(count)], Slot(1): image[Bound(count)]}
        in_left = image | {b: Slot(1) for b in self.joint}
        in_right = image | {b: Slot(0) for b in self.joint}
        moved = (*reindex(self.parts[0], in_left), *reindex(self.parts[1], in_right))
        return Term(self.term.coefficient, tuple(sizes[b.number] for b in kept), moved)


def _one(*factors: Factor) -> Term:
    return Term(Fraction(1), (), factors)


def _is_identity(term: Term) -> bool:
    one = term.coefficient == 1 and not term.bound and len(term.factors) == 1
    return one and term.factors[0] in (Factor(Delta(), (Slot(0), Slot(1))), Factor(Delta(), (Slot(1), Slot(0))))


def factored(site: Site) -> Terms:
    """det(A + R) = det(A) det(I + A⁻¹ R) for an invertible term A; the argument is its number."""
    (number,) = site.arguments
    body, _, _ = matrix_function(site, "det")
    half = half_of(body)
    require(isinstance(number, int) and 0 <= number < len(body.terms) > 1, "not a sum")
    lead = Entries(body.slots, (body.terms[number],))
    require(is_invertible(lead, site.facts), "nothing says that the term is invertible")
    others = Entries(body.slots, tuple(t for k, t in enumerate(body.terms) if k != number))
    rows, columns = (tuple(Slot(start + k) for k in range(half)) for start in (0, half))
    inner = tuple(Bound(k) for k in range(half))
    inverse = Factor(Opaque("inv", (lead,)), (*rows, *inner))
    identity = Term(Fraction(1), (), tuple(Factor(Delta(), pair) for pair in zip(rows, columns, strict=True)))
    product = Term(Fraction(1), body.slots[:half], (inverse, Factor(Group(others), (*inner, *columns))))
    rest = Opaque("det", (Entries(body.slots, (identity, product)),))
    return scalar_value(site, Factor(Opaque("det", (lead,))), Factor(rest))


def of_power(site: Site) -> Terms:
    """(M^k)⁻¹ = M^(−k), (M⁻¹)^k = M^(−k), exp(M)⁻¹ = exp(−M), det(exp(M)) = exp(tr(M))."""
    head = site.head
    require(isinstance(head, Opaque) and site.factor.exponent == 1, "not a function of a matrix")
    assert isinstance(head, Opaque)
    term, half = single_term(head.bodies[0]), half_of(head.bodies[0])
    require(term.coefficient == 1 and not term.bound and len(term.factors) == 1, "not a function alone")
    inner = term.factors[0]
    require(isinstance(inner.head, Opaque) and inner.exponent == 1, "not a function alone")
    require(inner.indices == tuple(Slot(k) for k in range(2 * half)), "the inner function stands transposed")
    assert isinstance(inner.head, Opaque)
    match head.function, inner.head.function:
        case "inv", "matrix_power" | "expm":
            return _with(site, Opaque(inner.head.function, inner.head.bodies, (-inner.head.parameters[0],)))
        case "matrix_power", "inv":
            return _with(site, Opaque("matrix_power", inner.head.bodies, (-head.parameters[0],)))
        case "det", "expm":
            return _exponential_of_trace(site, inner.head, half)
        case _:
            require(False, "no rule for these two")
            return ()


def _with(site: Site, head: Opaque) -> Terms:
    return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(head, site.factor.indices),))])


def _exponential_of_trace(site: Site, inner: Opaque, half: int) -> Terms:
    """det(exp(t M)) = exp(t tr(M)). Source: Higham 2008, Functions of Matrices, theorem 10.2 and page 234."""
    matrix = inner.bodies[0]
    diagonal = tuple(Bound(k) for k in range(half))
    trace = Entries((), (Term(Fraction(1), matrix.slots[:half], (Factor(Group(matrix), (*diagonal, *diagonal)),)),))
    scaled = Entries((), (Term(Fraction(1), (), (Factor(Group(trace)), *_number(inner.parameters[0]))),))
    return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(Elementwise("exp", 0, scaled)),))])


def _number(parameter: Size) -> tuple[Factor, ...]:
    return () if parameter == 1 else (Factor(Group(Entries((), numeral(parameter)))),)
