"""Rules of symbols with a declared structure: orthogonal, skew, diagonal. Symmetric ones are in order by `arrange`."""

from fractions import Fraction

from matcalc.components.terms import Bound, Declared, Delta, Factor, Index, Opaque, Slot, Term, drop_bound, substitute
from matcalc.kernel.arrange import arrange
from matcalc.kernel.matrices import matrix_function
from matcalc.kernel.steps import Arrange, Site, check_places, require, used_only_in

Terms = tuple[Term, ...]


def _symbol(site: Site, structure: str) -> Declared:
    head = site.head
    require(isinstance(head, Declared) and not head.by and len(site.factor.indices) == 2, "not a matrix symbol")
    assert isinstance(head, Declared)
    require(structure in site.facts.symbols[head.name].properties, f"not declared {structure}")
    return head


def orthogonal(site: Site) -> Terms:
    """Σ_b Q_ib Q_jb = δ_ij and Σ_b Q_bi Q_bj = δ_ij; arguments: the place of the other Q, the position of b, 0 or 1."""
    other, position = site.arguments
    check_places(site.term, site.place, other)
    head = _symbol(site, "orthogonal")
    second = site.term.factors[other]
    require(other != site.place and second.head == head, "not two factors of one matrix")
    require(site.factor.exponent == second.exponent == 1 and position in (0, 1), "a power of an entry")
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
    """Q⁻¹ = Qᵀ, det(Q)² = 1."""
    body, rows, columns = matrix_function(site, "inv", "det")
    terms = body.terms
    require(len(terms) == 1 and terms[0].coefficient == 1 and not terms[0].bound, "not a matrix symbol")
    require(len(terms[0].factors) == 1 and terms[0].factors[0].exponent == 1, "not a matrix symbol")
    inner = terms[0].factors[0]
    require(isinstance(inner.head, Declared) and inner.indices in _ORDERS, "not a matrix symbol")
    assert isinstance(inner.head, Declared)
    require("orthogonal" in site.facts.symbols[inner.head.name].properties and not inner.head.by, "not orthogonal")
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


def skew(site: Site) -> Terms:
    """A_ij = −A_ji."""
    _symbol(site, "skew")
    power = site.factor.exponent
    require(isinstance(power, Fraction) and power.denominator == 1, "a root of an entry")
    sign = Fraction(-1) if power % 2 else Fraction(1)
    new = Factor(site.head, tuple(reversed(site.factor.indices)), power)
    return substitute(site.term, site.place, [Term(sign, (), (new,))])


def antisymmetric_term(site: Site) -> Terms:
    """With A_ij written −A_ji the term is its own negative, so it is 0; the arguments rename both to one form."""
    first, second = site.arguments
    entries = type(site.entries)(site.entries.slots, (site.term,))
    flipped = type(site.entries)(site.entries.slots, skew(site))
    one = arrange(entries, Arrange((first,)), site.facts)
    other = arrange(flipped, Arrange((second,)), site.facts)
    require(len(one.terms) == len(other.terms) == 1, "not a single term")
    same = (one.terms[0].bound, one.terms[0].factors) == (other.terms[0].bound, other.terms[0].factors)
    require(same and one.terms[0].coefficient == -other.terms[0].coefficient, "the term is not its own negative")
    return ()


def diagonal(site: Site) -> Terms:
    """A_ij = δ_ij A_ii for a diagonal A."""
    _symbol(site, "diagonal")
    i, j = site.factor.indices
    require(i != j, "on the diagonal already")
    power = site.factor.exponent
    require(isinstance(power, Fraction) and power > 0, "an entry that may be 0 is divided by")
    factors = (Factor(Delta(), (i, j)), Factor(site.head, (i, i), power))
    return substitute(site.term, site.place, [Term(Fraction(1), (), factors)])
