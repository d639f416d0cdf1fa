"""Rules of the pseudo-inverse where the claim itself makes its argument of full rank."""

from fractions import Fraction

from matcalc.components.terms import Bound, Factor, Group, Opaque, Term, substitute
from matcalc.kernel.arrange import in_order
from matcalc.kernel.definedness import gram
from matcalc.kernel.steps import Site, require

Terms = tuple[Term, ...]


def full_rank(site: Site) -> Terms:
    """X⁺ = (XᵀX)⁻¹ Xᵀ where XᵀX is invertible, X⁺ = Xᵀ (X Xᵀ)⁻¹ where X Xᵀ is; the argument says whether the first."""
    (columns,) = site.arguments
    head = site.head
    require(
        isinstance(head, Opaque) and head.function == "pinv" and site.factor.exponent == 1, "no pseudo-inverse here"
    )
    assert isinstance(head, Opaque)
    matrix = head.bodies[0]
    require(len(matrix.slots) == len(site.factor.indices) == 2, "not a matrix of single indices")
    square = gram(matrix, columns=columns)
    require(in_order(square, site.facts) in site.facts.invertible, "nothing says that the rank is full")
    i, j = site.factor.indices
    inner = Bound(site.offset)
    inverse, transposed = ((i, inner), (j, inner)) if columns else ((inner, j), (inner, i))
    factors = (Factor(Opaque("inv", (square,)), inverse), Factor(Group(matrix), transposed))
    return substitute(site.term, site.place, [Term(Fraction(1), square.slots[:1], factors)])
