"""The laws that need no site: names of bound indices, order of factors and terms, equal factors and like terms.

The order of the indices of a symmetric or a skew matrix is among them.
"""

from math import prod

from matcalc.components.canonical import canonical_renaming
from matcalc.components.exponents import plus
from matcalc.components.facts import Facts
from matcalc.components.order import factor_key, product_key
from matcalc.components.symmetry import by_symmetry
from matcalc.components.terms import Bound, Entries, Factor, Index, Term, reindex
from matcalc.kernel.steps import Arrange, require


def arrange(entries: Entries, step: Arrange, facts: Facts) -> Entries:
    """Bound indices renamed as told, factors sorted, equal ones merged (f^p f^q = f^(p+q)), like terms added."""
    require(len(step.renamings) == len(entries.terms), "a renaming for each term is wanted")
    pairs = zip(entries.terms, step.renamings, strict=True)
    terms = sorted((_arranged(_renamed(term, new), facts) for term, new in pairs), key=product_key)
    return Entries(entries.slots, tuple(_collected(terms)))


def _renamed(term: Term, new: tuple[int, ...]) -> Term:
    own = tuple(range(len(term.bound)))
    if new == own:
        return term
    require(tuple(sorted(new)) == own, "not a renaming of the bound indices")
    image: dict[Index, Index] = {Bound(old): Bound(number) for old, number in enumerate(new)}
    sizes = dict(zip(new, term.bound, strict=True))
    return Term(term.coefficient, tuple(sizes[k] for k in range(len(new))), reindex(term.factors, image))


def _arranged(term: Term, facts: Facts) -> Term:
    signed = [by_symmetry(factor, facts) for factor in term.factors]
    ordered, sign = [factor for factor, _ in signed], prod(sign for _, sign in signed)
    merged: dict[tuple[object, tuple[Index, ...]], Factor] = {}
    for factor in ordered:
        same = merged.get((factor.head, factor.indices))
        power = factor.exponent if same is None else plus(same.exponent, factor.exponent)
        merged[factor.head, factor.indices] = Factor(factor.head, factor.indices, power)
    kept = sorted((f for f in merged.values() if f.exponent != 0), key=factor_key)
    return Term(sign * term.coefficient, term.bound, tuple(kept))


def _collected(terms: list[Term]) -> list[Term]:
    """Like terms added, those of coefficient 0 left out; the terms come sorted."""
    result: list[Term] = []
    for term in terms:
        if result and (result[-1].bound, result[-1].factors) == (term.bound, term.factors):
            term = Term(result.pop().coefficient + term.coefficient, term.bound, term.factors)
        result.append(term)
    return [term for term in result if term.coefficient]


def in_order(entries: Entries, facts: Facts) -> Entries:
    """The expression with canonical names and order, like terms collected."""
    return arrange(entries, Arrange(tuple(canonical_renaming(term, facts) for term in entries.terms)), facts)
