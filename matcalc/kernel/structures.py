"""Rules of symbols with a declared structure: orthogonal and skew. Symmetric ones are in order by `arrange`."""

from fractions import Fraction

from matcalc.components.arrays import negative
from matcalc.components.exponents import Exponent, exponent, plus, times
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Group,
    Index,
    Opaque,
    Slot,
    Tangent,
    Term,
    drop_bound,
    instantiate,
    substitute,
)
from matcalc.kernel.arrange import arrange
from matcalc.kernel.matrices import half_of, matrix_function, tied
from matcalc.kernel.steps import Arrange, Site, check_places, monomial, require, used_only_in

Terms = tuple[Term, ...]


def _symbol(site: Site, structure: str) -> Declared:
    head = site.head
    require(isinstance(head, Declared) and not head.by and len(site.factor.indices) == 2, "not a matrix symbol")
    assert isinstance(head, Declared)
    require(structure in site.facts.structure(head), f"not declared {structure}")
    return head


def orthogonal(site: Site) -> Terms:
    """Σ_b Q_ib Q_jb = δ_ij and Σ_b Q_bi Q_bj = δ_ij, Σ_b Q_ib² = 1.

    Arguments: the place of the other Q, the same for a square, and the position of b, 0 or 1.
    """
    other, position = site.arguments
    check_places(site.term, *{site.place, other})
    head = _symbol(site, "orthogonal")
    second = site.term.factors[other]
    require(second.head == head, "not two factors of one matrix")
    power = 2 if other == site.place else 1
    require(site.factor.exponent == second.exponent == power and position in (0, 1), "a power of an entry")
    shared = site.factor.indices[position]
    require(isinstance(shared, Bound) and second.indices[position] == shared, "they do not share this index")
    assert isinstance(shared, Bound)
    require(used_only_in(site.term, shared, {site.place, other}), "the index is used elsewhere")
    pair = (site.factor.indices[1 - position], second.indices[1 - position])
    require(shared not in pair, "the index is used twice")
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in (site.place, other))
    term = Term(site.term.coefficient, site.term.bound, (*kept, Factor(Delta(), pair)))
    return (drop_bound(term, shared.number),)


def orthogonal_function(site: Site) -> Terms:
    """Q⁻¹ = Qᵀ, det(Q)² = 1, |det(Q)| = 1."""
    if isinstance(site.head, Elementwise):
        return _absolute_determinant(site)
    body, rows, columns = matrix_function(site, "inv", "det")
    inner = _orthogonal_symbol(body, site)
    if isinstance(site.head, Opaque) and site.head.function == "inv":
        at = (*columns, *rows) if inner.indices == _ORDERS[0] else (*rows, *columns)
        return substitute(
            site.term, site.place, [Term(Fraction(1), (), (Factor(inner.head, at, site.factor.exponent),))]
        )
    power = site.factor.exponent
    require(isinstance(power, Fraction) and power.denominator == 1 and power not in (0, 1), "no square")
    rest = (Factor(site.head),) if power % 2 else ()
    return substitute(site.term, site.place, [Term(Fraction(1), (), rest)])


_ORDERS: tuple[tuple[Index, ...], ...] = ((Slot(0), Slot(1)), (Slot(1), Slot(0)))


def _orthogonal_symbol(body: Entries, site: Site) -> Factor:
    """The orthogonal symbol that a matrix is, straight or transposed."""
    term = monomial(body)
    require(len(term.factors) == 1 and term.factors[0].exponent == 1, "not a matrix symbol")
    (inner,) = term.factors
    require(isinstance(inner.head, Declared) and inner.indices in _ORDERS, "not a matrix symbol")
    assert isinstance(inner.head, Declared)
    require("orthogonal" in site.facts.structure(inner.head), "not orthogonal")
    return inner


def _absolute_determinant(site: Site) -> Terms:
    head = site.head
    assert isinstance(head, Elementwise)
    absolute = head.function == "abs" and head.order == 0 and "abs" not in site.facts.functions
    require(absolute, "no absolute value here")
    term = monomial(head.body)
    require(len(term.factors) == 1, "not a determinant alone")
    inner = term.factors[0].head
    require(isinstance(inner, Opaque) and inner.function == "det", "not a determinant alone")
    assert isinstance(inner, Opaque)
    _orthogonal_symbol(inner.bodies[0], site)
    return substitute(site.term, site.place, [Term(Fraction(1))])


def orthogonal_tangent(site: Site) -> Terms:
    """dQ_ij = Σ_b Q_ib Ω_bj with Ω = Qᵀ dQ, which is skew: differentiate QᵀQ = I.

    Source: Edelman, Arias and Smith 1998, The Geometry of Algorithms with Orthogonality Constraints, section 2.2.
    """
    head, indices = site.head, site.factor.indices
    require(isinstance(head, Tangent) and len(indices) == 2, "not a tangent of a matrix")
    assert isinstance(head, Tangent)
    symbol = Declared(head.name)
    require("orthogonal" in site.facts.structure(symbol), "not a tangent of an orthogonal matrix")
    require(site.factor.exponent == 1 and not site.differentiated, "a power of an entry, or under a derivative")
    size, inner = site.facts.symbols[head.name].rows, Bound(site.offset)
    body = Entries(size * 2, (Term(Fraction(1), (), (Factor(symbol, (Slot(0), Slot(1))),)),))
    turning = Factor(Opaque(TURNING, (body,), skew=True), (inner, indices[1]))
    return substitute(site.term, site.place, [Term(Fraction(1), size, (Factor(symbol, (indices[0], inner)), turning))])


TURNING = "turning"
"""The skew matrix Ω = Qᵀ dQ of an orthogonal Q that varies."""


def antisymmetric_term(site: Site) -> Terms:
    """A term that equals its own negative when its sums are renamed is 0; the argument is the renaming.

    Its skew factors change their signs as their indices change places.
    """
    (renaming,) = site.arguments
    entries = Entries(site.entries.slots, (site.term,))
    straight = tuple(range(len(site.term.bound)))
    one, other = (arrange(entries, Arrange((names,)), site.facts) for names in (straight, renaming))
    require(len(one.terms) == len(other.terms) == 1, "not a single term")
    same = (one.terms[0].bound, one.terms[0].factors) == (other.terms[0].bound, other.terms[0].factors)
    require(same and one.terms[0].coefficient == -other.terms[0].coefficient, "the term is not its own negative")
    return ()


def skew_function(site: Site) -> Terms:
    """M = −Mᵀ makes M⁻¹ skew, odd powers skew and even powers symmetric; the argument renames the sums of Mᵀ."""
    (renamings,) = site.arguments
    body, rows, columns = matrix_function(site, "inv", "matrix_power")
    head = site.head
    assert isinstance(head, Opaque)
    require(half_of(body) == 1 and not head.symmetric and not head.skew, "known, or not a matrix of single indices")
    require(site.factor.exponent == 1, "a power of an entry")
    _check_skew(body, renamings, site)
    odd = _is_odd(head)
    new = Opaque(head.function, head.bodies, head.parameters, symmetric=not odd, skew=odd)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(new, (*rows, *columns)),))])


def _check_skew(body: Entries, renamings: tuple[tuple[int, ...], ...], site: Site) -> None:
    """Refuses unless the matrix is the negative of its transpose, whose sums are renamed like this."""
    flipped = Entries(body.slots, instantiate(body, (Slot(1), Slot(0)), 0))
    turned = tied(arrange(flipped, Arrange(renamings), site.facts), site.facts)
    require(turned == negative(tied(body, site.facts)), "the matrix is not the negative of its transpose")


def skew_determinant(site: Site) -> Terms:
    """(−1)ⁿ det(K)^a = det(K)^a for an n×n matrix K = −Kᵀ and an odd a > 0, so that it is 0 where n is odd.

    Arguments: the renaming of the sums of Kᵀ, and the place of a power of −1 that differs from (−1)ⁿ by an even power,
    or none, where n is odd.
    """
    renamings, *others = site.arguments
    body, _, _ = matrix_function(site, "det")
    require(half_of(body) == 1, "not a matrix of single indices")
    _check_skew(body, renamings, site)
    power = site.factor.exponent
    require(isinstance(power, Fraction) and power > 0 and power % 2 == 1, "no odd power")
    if not others:
        require(_has_parity(exponent(body.slots[0]), 1), "the size may be even")
        return ()
    check_places(site.term, site.place, *others)
    sign = site.term.factors[others[0]]
    minus_one = Group(Entries((), (Term(Fraction(-1)),)))
    require(sign.head == minus_one and len(others) == 1, "no power of −1")
    surplus = plus(sign.exponent, times(exponent(body.slots[0]), Fraction(-1)))
    require(_has_parity(surplus, 0), "the power of −1 is another")
    kept = tuple(f for k, f in enumerate(site.term.factors) if k != others[0])
    return (Term(site.term.coefficient, site.term.bound, kept),)


def _has_parity(power: Exponent, parity: int) -> bool:
    """Whether a polynomial in whole numbers is even (0) or odd (1) for all of them."""
    if isinstance(power, Fraction):
        return power.denominator == 1 and power % 2 == parity
    terms = power.terms()
    whole = all(c.denominator == 1 and (c.numerator % 2 == 0 or not any(monomial)) for monomial, c in terms)
    return whole and power.coeff(1).numerator % 2 == parity


def _is_odd(head: Opaque) -> bool:
    """Whether the power is odd, for every value of its names; refused where that depends on them."""
    if head.function == "inv":
        return True
    terms = head.parameters[0].terms()
    known = all(c.denominator == 1 and (c.numerator % 2 == 0 or not any(monomial)) for monomial, c in terms)
    require(known, "the power may be even or odd")
    return any(c.numerator % 2 for _, c in terms)
