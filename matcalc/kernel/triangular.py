"""Rules of triangular and diagonal matrices, and of the triangle of ones that derivatives by them bring in."""

from fractions import Fraction

from matcalc.components.exponents import exponent, is_integral, is_natural, times
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Group,
    Index,
    Opaque,
    Slot,
    Tangent,
    Term,
    Triangle,
    numeral,
    reindex,
    substitute,
)
from matcalc.kernel.matrices import matrix_function, scalar_value
from matcalc.kernel.steps import Site, monomial, require
from matcalc.kernel.triangles import Relation, is_triangular, relation, relations
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]


def pattern(site: Site) -> Terms:
    """For a factor that is 0 unless i ≤ j, beside factors that are 0 unless j ≤ i: t = δ_ij t; unless j < i: t = 0."""
    require(isinstance(site.head, Declared | Tangent | Opaque | Triangle), "no matrix here")
    equal = [{*f.indices} for f in site.term.factors if isinstance(f.head, Delta)]
    for first, second in relations(site.factor, site.facts):
        known = first == second or {first, second} in equal
        back = None if known else relation(site.term.factors, second, first, site.facts)
        if back is Relation.BEFORE:
            return ()
        if back is Relation.NOT_AFTER:
            delta = Factor(Delta(), (first, second))
            return (Term(site.term.coefficient, site.term.bound, (*site.term.factors, delta)),)
    require(False, "nothing says that the indices are equal")
    return ()


def triangle_value(site: Site) -> Terms:
    """[i ≥ j] = 1 where i = j, and where the other factors are 0 unless i ≥ j; its powers are equal.

    It is known where the positions are, those at an end of the axis among them: [n ≥ j] = [i ≥ 1] = 1.
    """
    require(isinstance(site.head, Triangle) and is_natural(site.factor.exponent), "no triangle here")
    row, column = site.factor.indices
    (least_row, most_row), (least_column, most_column) = (_span(site, index) for index in (row, column))
    if site.facts.at_least_zero(least_column - most_row - 1):
        return ()
    if site.facts.at_least_zero(least_row - most_column):
        return substitute(site.term, site.place, [Term(Fraction(1))])
    others = tuple(f for k, f in enumerate(site.term.factors) if k != site.place)
    if row == column or relation(others, column, row, site.facts) is not None:
        return substitute(site.term, site.place, [Term(Fraction(1))])
    require(site.factor.exponent != 1, "this entry has no value")
    return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(Triangle(), (row, column)),))])


def _span(site: Site, index: Index) -> tuple[Size, Size]:
    """The first and the last position that an index may have."""
    match index:
        case Fixed(position=position):
            return position, position
        case _:
            size = site.sizes[index]
            return size.ring.one, size


def other_triangle(site: Site) -> Terms:
    """[i ≥ j] = 1 + δ_ij − [j ≥ i]."""
    require(isinstance(site.head, Triangle) and site.factor.exponent == 1, "no triangle here")
    row, column = site.factor.indices
    new = [
        Term(Fraction(1)),
        Term(Fraction(1), (), (Factor(Delta(), (row, column)),)),
        Term(Fraction(-1), (), (Factor(Triangle(), (column, row)),)),
    ]
    return substitute(site.term, site.place, new)


def diagonal_of_function(site: Site) -> Terms:
    """(M⁻¹)_ii = 1/M_ii, (M^k)_ii = M_ii^k, exp(t M)_ii = exp(t M_ii) for a triangular M."""
    body, rows, columns = matrix_function(site, "inv", "matrix_power", "expm")
    head = site.head
    assert isinstance(head, Opaque)
    require(len(rows) == 1 and rows == columns, "not on the diagonal")
    require(is_triangular(body, site.facts), "the matrix is not triangular")
    match head.function:
        case "inv":
            value = Factor(Group(body), (*rows, *rows), Fraction(-1))
        case "matrix_power":
            value = Factor(Group(body), (*rows, *rows), exponent(head.parameters[0]))
        case _:
            number = Factor(Group(Entries((), numeral(head.parameters[0]))))
            scaled = Term(Fraction(1), (), (Factor(Group(body), (Slot(0), Slot(0))), number))
            value = Factor(Elementwise("exp", 0, Entries(body.slots[:1], (scaled,))), rows)
    return scalar_value(site, value)


def determinant(site: Site) -> Terms:
    """det(M) = det(M ⊙ I) for a triangular M."""
    body, _, _ = matrix_function(site, "det")
    require(is_triangular(body, site.facts), "the matrix is not triangular")
    require(_diagonal_entries(body) is None, "diagonal already")
    factors = (Factor(Delta(), (Slot(0), Slot(1))), Factor(Group(body), (Slot(0), Slot(0))))
    diagonal = Entries(body.slots, (Term(Fraction(1), (), factors),))
    new = Factor(Opaque("det", (diagonal,)), (), site.factor.exponent)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (new,))])


def _diagonal_entries(body: Entries) -> Entries | None:
    """The t_i of a matrix δ_ij t_i; None where a term does not say that it is diagonal."""
    pair = {Slot(0), Slot(1)}
    terms = []
    for term in body.terms:
        rest = tuple(f for f in term.factors if not (isinstance(f.head, Delta) and set(f.indices) == pair))
        if len(rest) == len(term.factors):
            return None
        terms.append(Term(term.coefficient, term.bound, reindex(rest, {Slot(1): Slot(0)})))
    return Entries(body.slots[:1], tuple(terms))


def _diagonal_determinant(site: Site, factor: Factor) -> Entries:
    """The t_i of a determinant det(δ_ij t_i), refused where it is none."""
    head = factor.head
    require(isinstance(head, Opaque) and head.function == "det" and factor.exponent == 1, "no determinant here")
    assert isinstance(head, Opaque)
    body = head.bodies[0]
    found = _diagonal_entries(body) if len(body.slots) == 2 else None
    require(found is not None, "the matrix does not say that it is diagonal")
    assert found is not None
    return found


def logarithm_of_determinant(site: Site) -> Terms:
    """Log |det(δ_ij t_i)| = Σ_i log |t_i|, and so without the bars, where the determinant is positive."""
    head = site.head
    require(isinstance(head, Elementwise) and head.function == "log" and head.order == 0, "no logarithm here")
    assert isinstance(head, Elementwise)
    require("log" not in site.facts.functions and site.factor.exponent == 1, "no logarithm here")
    inner = monomial(head.body).factors
    require(len(inner) == 1 and inner[0].exponent == 1, "not a determinant alone")
    (factor,) = inner
    if isinstance(factor.head, Elementwise):
        require(factor.head.function == "abs" and factor.head.order == 0, "no absolute value here")
        require("abs" not in site.facts.functions, "a declared function")
        inner = monomial(factor.head.body).factors
        require(len(inner) == 1, "not a determinant alone")
        (factor,) = inner
    entries = _diagonal_determinant(site, factor)
    absolute = Factor(Elementwise("abs", 0, entries), (Slot(0),))
    log = Elementwise("log", 0, Entries(entries.slots, (Term(Fraction(1), (), (absolute,)),)))
    new = Term(Fraction(1), entries.slots, (Factor(log, (Bound(site.offset),)),))
    return substitute(site.term, site.place, [new])


def exponential_of_logarithms(site: Site) -> Terms:
    """exp(Σ_i log t_i) = det(δ_ij t_i)."""
    head = site.head
    require(isinstance(head, Elementwise) and head.function == "exp" and head.order == 0, "no exponential here")
    assert isinstance(head, Elementwise)
    require(site.facts.functions.isdisjoint({"exp", "log"}), "a declared function")
    term = _collected(head.body)
    require(term.coefficient == 1 and len(term.bound) == len(term.factors) == 1, "not a sum of logarithms")
    (inner,) = term.factors
    log = inner.head
    require(isinstance(log, Elementwise) and log.function == "log" and log.order == 0, "not a sum of logarithms")
    assert isinstance(log, Elementwise)
    require(inner.exponent == 1 and inner.indices == (Bound(0),), "not a sum of logarithms")
    factors = (Factor(Delta(), (Slot(0), Slot(1))), Factor(Group(log.body), (Slot(0),)))
    diagonal = Entries(term.bound * 2, (Term(Fraction(1), (), factors),))
    return scalar_value(site, Factor(Opaque("det", (diagonal,))))


def _collected(body: Entries) -> Term:
    """The only term of a scalar, or of the parenthesis that it is."""
    require(len(body.terms) == 1 and not body.slots, "not one sum")
    (term,) = body.terms
    if len(term.factors) == 1 and isinstance(term.factors[0].head, Group) and not term.bound:
        require(term.coefficient == term.factors[0].exponent == 1, "not a sum of logarithms")
        return _collected(term.factors[0].head.body)
    return term


def determinant_of_diagonal(site: Site) -> Terms:
    """det(δ_ij f_i^a g_i) = det(δ_ij f_i)^a det(δ_ij g_i) for whole a, and det(δ_ij exp(u_i)) = exp(Σ_i u_i)."""
    require(isinstance(site.head, Opaque) and is_integral(site.factor.exponent), "a root of a determinant")
    entries = _diagonal_determinant(site, Factor(site.head, site.factor.indices))
    require(len(entries.terms) == 1 and not entries.terms[0].bound, "not a product of entries")
    term = entries.terms[0]
    scalar = any(Slot(0) not in f.indices for f in term.factors)
    require(term.coefficient == 1 and not scalar, "a scalar comes out first")
    parts = [_product_over(f, entries.slots[0], site) for f in term.factors]
    alone = len(parts) == 1 and parts[0].exponent == 1 and isinstance(parts[0].head, Opaque)
    require(not alone, "nothing comes apart")
    powers = tuple(Factor(f.head, (), times(f.exponent, site.factor.exponent)) for f in parts)
    return substitute(site.term, site.place, [Term(Fraction(1), (), powers)])


def _product_over(factor: Factor, size: Size, site: Site) -> Factor:
    """The product of the entries of a factor at one slot, over all of the slot's positions."""
    require(is_integral(factor.exponent), "a power that is not whole")
    head = factor.head
    at = reindex([Factor(head, factor.indices)], {Slot(0): Bound(0)})
    if isinstance(head, Elementwise) and head.function == "exp" and "exp" not in site.facts.functions:
        require(head.order == 0, "a derivative of the function")
        total = Entries((), (Term(Fraction(1), (size,), (Factor(Group(head.body), at[0].indices),)),))
        return Factor(Elementwise("exp", 0, total), (), factor.exponent)
    pair = (Factor(Delta(), (Slot(0), Slot(1))), Factor(head, factor.indices))
    body = Entries((size, size), (Term(Fraction(1), (), pair),))
    return Factor(Opaque("det", (body,)), (), factor.exponent)
