"""E = M⁻¹ (M E): an expression multiplied through by a matrix that the claim itself inverts."""

from fractions import Fraction

from matcalc.components.facts import Facts
from matcalc.components.terms import Bound, Entries, Factor, Group, Index, Opaque, Slot, Term
from matcalc.kernel.steps import Insert, require


def insert(entries: Entries, step: Insert, facts: Facts) -> Entries:
    """E_i… = Σ_k (M⁻¹)_ik (M E)_k…, or from the right E_…j = Σ_k (E M)_…k (M⁻¹)_kj, at the slot of the step.

    Refused unless the sides of the goal are defined only where M is invertible.
    """
    matrix, place = step.matrix, step.slot
    require(matrix in facts.invertible, "nothing says that the matrix is invertible")
    require(len(matrix.slots) == 2 and 0 <= place < len(entries.slots), "no matrix, or no such slot")
    require(matrix.slots == (entries.slots[place],) * 2, "the matrix does not fit")
    size = matrix.slots[:1]
    slots: list[Index] = [Slot(k) for k in range(len(entries.slots))]
    summed: list[Index] = [Bound(0) if k == place else index for k, index in enumerate(slots)]
    pair = (Slot(place), Bound(0))
    within, outer = (pair, pair) if not step.right else (pair[::-1], pair[::-1])
    inner = Term(Fraction(1), size, (Factor(Group(matrix), within), Factor(Group(entries), tuple(summed))))
    product = Group(Entries(entries.slots, (inner,)))
    inverse = Factor(Opaque("inv", (matrix,)), outer)
    return Entries(entries.slots, (Term(Fraction(1), size, (inverse, Factor(product, tuple(summed)))),))
