"""Rules of algebra on entries: parentheses, powers, deltas, sums that count, and functions by their definitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcalc.components import elementary
from matcalc.components.exponents import Exponent, is_natural, plus, times
from matcalc.components.facts import Facts
from matcalc.components.symmetry import by_symmetry
from matcalc.components.terms import (
    Bound,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Index,
    Range,
    Slot,
    Split,
    Term,
    bodies,
    drop_bound,
    instantiate,
    numeral,
    reindex,
    substitute,
    with_body,
)
from matcalc.components.variables import occurs
from matcalc.kernel.steps import Site, check_places, require, used_only_in
from matcalc.language.nodes import Size

Terms = tuple[Term, ...]


def _group(site: Site) -> Group:
    head = site.head
    require(isinstance(head, Group), "no parenthesis here")
    assert isinstance(head, Group)
    return head


def distributivity(site: Site) -> Terms:
    """(Σ t)^p = Σ t · (Σ t)^(p−1) for p = 1, 2, …"""
    body, exponent = _group(site).body, site.factor.exponent
    require(is_natural(exponent), "not a natural power of a parenthesis")
    rest = Factor(site.head, site.factor.indices, plus(exponent, Fraction(-1)))
    new = instantiate(body, site.factor.indices, site.offset)
    if exponent != 1:
        new = tuple(Term(t.coefficient, t.bound, (*t.factors, rest)) for t in new)
    return substitute(site.term, site.place, new)


@dataclass(frozen=True, slots=True)
class Leading:
    """A term t of a sum B that stands beside a function of B at B's indices.

    The rule's arguments are the number of t in B, the places of its factors, in its order, and the bound indices that
    stand in place of its sums. `kept` are the factors of neither t nor the function.
    """

    coefficient: Fraction
    others: Entries
    kept: tuple[Factor, ...]
    sums: tuple[Index, ...]


def beside_power(site: Site, body: Entries) -> Leading:
    """Reads the arguments, refused unless the term stands where they say and its sums are its own."""
    number, places, sums = site.arguments
    check_places(site.term, site.place, *places)
    require(isinstance(number, int) and 0 <= number < len(body.terms), "no such term")
    lead = body.terms[number]
    image: dict[Index, Index] = {Slot(k): index for k, index in enumerate(site.factor.indices)}
    image |= {Bound(k): index for k, index in enumerate(sums)}
    require(len(set(sums)) == len(sums) == len(lead.bound), "the sums of the leading term do not fit")
    taken = taken_from(tuple(site.term.factors[p] for p in places), reindex(lead.factors, image), site.facts)
    require(taken is not None, "the leading term does not stand here")
    assert taken is not None
    rest, sign = taken
    for k, index in enumerate(sums):
        require(isinstance(index, Bound) and site.sizes[index] == lead.bound[k], "a sum of another size")
        require(used_only_in(site.term, index, set(places)), "a sum is used elsewhere")
        require(not any(index in f.indices for f in rest), "a sum is used elsewhere")
    others = Entries(body.slots, tuple(t for k, t in enumerate(body.terms) if k != number))
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in places and k != site.place) + rest
    return Leading(sign * lead.coefficient, others, kept, tuple(sums))


def eliminated(site: Site, found: Leading, new: tuple[Factor, ...]) -> Terms:
    """T F(B) = (new − (B − t) F(B)), where new = B F(B)."""
    scale, bound = site.term.coefficient / found.coefficient, site.term.bound
    terms = [Term(scale, bound, (*found.kept, *new))]
    for t in instantiate(found.others, site.factor.indices, site.offset):
        factors = (*found.kept, *t.factors, site.factor)
        terms.append(Term(-scale * t.coefficient, bound + t.bound, factors))
    numbers = sorted((index.number for index in found.sums if isinstance(index, Bound)), reverse=True)
    for number in numbers:
        terms = [drop_bound(term, number) for term in terms]
    return tuple(terms)


def leading_term(site: Site) -> Terms:
    """For a term t of a sum B: t B^p = B^(p+1) − (B − t) B^p. Arguments as of `Leading`."""
    found = beside_power(site, _group(site).body)
    raised = plus(site.factor.exponent, Fraction(1))
    return eliminated(site, found, (Factor(site.head, site.factor.indices, raised),) if raised != 0 else ())


def taken_from(
    factors: Sequence[Factor], wanted: Sequence[Factor], facts: Facts
) -> tuple[tuple[Factor, ...], int] | None:
    """What is left of the factors, one by one, when the wanted are divided out; None where one does not divide.

    The indices of a factor with symmetries count as equal in every order that these allow, up to the sign returned.
    """
    rest: list[Factor] = []
    sign = 1
    for have, want in zip(factors, wanted, strict=False):
        surplus = plus(have.exponent, times(want.exponent, Fraction(-1)))
        found, own = by_symmetry(Factor(have.head, have.indices, want.exponent), facts)
        wished, other = by_symmetry(want, facts)
        if found != wished or own * other == 0 or not _divides(have.exponent, surplus):
            return None
        sign *= own * other
        if surplus != 0:
            rest.append(Factor(have.head, have.indices, surplus))
    return (tuple(rest), sign) if len(factors) == len(wanted) else None


def _divides(have: Exponent, surplus: Exponent) -> bool:
    """Whether f^have = f^(have − surplus) · f^surplus wherever the left side is defined."""
    if surplus == 0 or is_natural(surplus):
        return True
    return isinstance(have, Fraction) and isinstance(surplus, Fraction) and have < 0 and surplus < 0


def collect_scalar(site: Site) -> Terms:
    """Factors that share no index with the others are a scalar, put in parentheses; arguments: their places."""
    (places,) = site.arguments
    check_places(site.term, *places)
    chosen = set(places)
    inside = {i for place in chosen for i in site.term.factors[place].indices if isinstance(i, Bound)}
    require(bool(inside), "nothing is summed")
    require(all(used_only_in(site.term, index, chosen) for index in inside), "an index is shared with the rest")
    factors = tuple(site.term.factors[place] for place in places)
    require(not any(isinstance(i, Slot) for f in factors for i in f.indices), "a free index")
    order = sorted(inside, key=lambda index: index.number)
    image: dict[Index, Index] = {index: Bound(k) for k, index in enumerate(order)}
    body = Entries((), (Term(Fraction(1), tuple(site.sizes[i] for i in order), reindex(factors, image)),))
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in chosen)
    term = Term(site.term.coefficient, site.term.bound, (*kept, Factor(Group(body))))
    for index in reversed(order):
        term = drop_bound(term, index.number)
    return (term,)


def slots_of_body(site: Site) -> Terms:
    """G at indices (i, j, …): the same with its slots renamed, repeated, unused or fixed ones merged or dropped.

    The argument is the order in which the distinct free indices become slots.
    """
    (order,) = site.arguments
    head = site.head
    require(isinstance(head, Elementwise | Group | Frozen | Range), "no body with slots of its own")
    assert isinstance(head, Elementwise | Group | Frozen | Range)
    image: dict[Index, Index] = {index: Slot(k) for k, index in enumerate(order)}
    used = {i for t in head.body.terms for f in t.factors for i in f.indices}
    wanted = [i for k, i in enumerate(site.factor.indices) if Slot(k) in used]
    require(len(image) == len(order), "an index comes twice in the order")
    require(all(isinstance(i, Fixed) or i in image for i in wanted), "an index is missing from the order")
    virtual = tuple(image.get(index, index) for index in site.factor.indices)
    body = Entries(tuple(site.sizes[index] for index in order), instantiate(head.body, virtual, 0))
    factor = Factor(with_body(head, 0, body), tuple(order), site.factor.exponent)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (factor,))])


def definition(site: Site) -> Terms:
    """A function written out by its definition: sigmoid, softplus, relu."""
    head = site.head
    require(isinstance(head, Elementwise) and head.function in elementary.DEFINED, "a function without definition")
    assert isinstance(head, Elementwise)
    require(head.function not in site.facts.functions and head.order == 0, "not the function itself")
    body = elementary.definition(head.function, head.body)
    factor = Factor(Group(body), site.factor.indices, site.factor.exponent)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (factor,))])


def detach_value(site: Site) -> Terms:
    """detach(u) = u in value: only where nothing differentiates it any more."""
    head = site.head
    require(isinstance(head, Frozen), "nothing detached here")
    assert isinstance(head, Frozen)
    require(not site.differentiated, "a detached part must stay so under a derivative")
    factor = Factor(Group(head.body), site.factor.indices, site.factor.exponent)
    return substitute(site.term, site.place, [Term(Fraction(1), (), (factor,))])


def delta_contraction(site: Site) -> Terms:
    """Σ_a δ_ab f(a) = f(b): the argument is a, a bound index of the size of b."""
    (gone,) = site.arguments
    require(isinstance(site.head, Delta) and is_natural(site.factor.exponent), "no delta here")
    first, second = site.factor.indices
    kept = second if gone == first else first
    known = isinstance(gone, Bound) and gone.number < site.offset
    require(known and gone in (first, second) and kept != gone, "not a sum over this delta")
    require(site.sizes[gone] == size_of(site, kept), "the delta joins indices of different sizes")
    factors = site.term.factors[: site.place] + site.term.factors[site.place + 1 :]
    term = Term(site.term.coefficient, site.term.bound, reindex(factors, {gone: kept}))
    return (drop_bound(term, gone.number),)


def delta_substitution(site: Site) -> Terms:
    """δ_ab f(a) = δ_ab f(b) for any two indices of one size: the argument is a, a position inside heads as well."""
    (gone,) = site.arguments
    require(isinstance(site.head, Delta) and is_natural(site.factor.exponent), "no delta here")
    require(gone in site.factor.indices, "not an index of this delta")
    first, second = site.factor.indices
    kept = second if gone == first else first
    require(size_of(site, first) == size_of(site, second), "the delta joins indices of different sizes")
    others = [f for k, f in enumerate(site.term.factors) if k != site.place]
    moved = list(reindex((_with_position(f, gone, kept) for f in others), {gone: kept}))
    factors = (*moved[: site.place], site.factor, *moved[site.place :])
    return (Term(site.term.coefficient, site.term.bound, factors),)


def _with_position(factor: Factor, gone: Index, kept: Index) -> Factor:
    """The factor with one position in place of another in the expressions that its head contains.

    A finite sum whose variable occurs in either is left alone: inside, that name means something else.
    """
    head = factor.head
    if not (isinstance(gone, Fixed) and isinstance(kept, Fixed)):
        return factor
    if isinstance(head, Range) and any(occurs(i.position, head.variable) for i in (gone, kept)):
        return factor
    for place, body in enumerate(bodies(head)):
        terms = tuple(
            Term(t.coefficient, t.bound, reindex((_with_position(f, gone, kept) for f in t.factors), {gone: kept}))
            for t in body.terms
        )
        head = head if terms == body.terms else with_body(head, place, Entries(body.slots, terms))
    return Factor(head, factor.indices, factor.exponent)


def size_of(site: Site, index: Index) -> Size:
    """The size of the axis that an index of the term runs over."""
    return index.size if isinstance(index, Fixed) else site.sizes[index]


def delta_value(site: Site) -> Terms:
    """δ_aa = 1, to every power; δ_ab = 0 for positions that differ by a number; δ² = δ."""
    require(isinstance(site.head, Delta), "no delta here")
    first, second = site.factor.indices
    if first == second:
        return substitute(site.term, site.place, [Term(Fraction(1))])
    require(is_natural(site.factor.exponent), "a power that is not natural")
    if isinstance(first, Fixed) and isinstance(second, Fixed):
        difference = first.position - second.position
        if difference.is_ground:
            return substitute(site.term, site.place, [Term(Fraction(1))] if not difference else [])
    require(site.factor.exponent != 1, "this delta has no value")
    return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(site.head, site.factor.indices),))])


def counting(site: Site) -> Terms:
    """Σ_a 1 = n for a bound index a of size n that nothing uses; the argument is its number."""
    (number,) = site.arguments
    require(isinstance(number, int) and 0 <= number < len(site.term.bound), "no such sum")
    require(used_only_in(site.term, Bound(number), set()), "the index is in use")
    term = drop_bound(site.term, number)
    return tuple(
        Term(term.coefficient * t.coefficient, term.bound, term.factors + t.factors)
        for t in numeral(site.term.bound[number])
    )


def split_joint(site: Site) -> Terms:
    """Σ_a [a ≙ (i, j)] [a ≙ (k, l)] = δ_ik δ_jl, where a is used by these two only; the argument is the other place."""
    (other,) = site.arguments
    check_places(site.term, site.place, other)
    first, second = site.factor, site.term.factors[other]
    require(isinstance(first.head, Split) and isinstance(second.head, Split), "not two cuts")
    require(first.exponent == second.exponent == 1, "a power of a cut")
    whole = first.indices[0]
    require(isinstance(whole, Bound) and second.indices[0] == whole, "cuts of different indices")
    assert isinstance(whole, Bound)
    require(used_only_in(site.term, whole, {site.place, other}), "the index is used elsewhere")
    sizes = [[size_of(site, index) for index in factor.indices[1:]] for factor in (first, second)]
    require(sizes[0] == sizes[1], "cuts into different sizes")
    deltas = tuple(Factor(Delta(), pair) for pair in zip(first.indices[1:], second.indices[1:], strict=True))
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in (site.place, other))
    return (drop_bound(Term(site.term.coefficient, site.term.bound, (*kept, *deltas)), whole.number),)


def split_parts(site: Site) -> Terms:
    """Σ_ij [a ≙ (i, j)] [b ≙ (i, j)] = δ_ab, where i, j are used by these two only; the argument is the other place."""
    (other,) = site.arguments
    check_places(site.term, site.place, other)
    first, second = site.factor, site.term.factors[other]
    require(isinstance(first.head, Split) and isinstance(second.head, Split), "not two cuts")
    require(first.exponent == second.exponent == 1, "a power of a cut")
    parts = first.indices[1:]
    require(parts == second.indices[1:] and len(set(parts)) == len(parts), "cuts into different parts")
    require(
        all(isinstance(p, Bound) and used_only_in(site.term, p, {site.place, other}) for p in parts), "a part is used"
    )
    delta = Factor(Delta(), (first.indices[0], second.indices[0]))
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in (site.place, other))
    term = Term(site.term.coefficient, site.term.bound, (*kept, delta))
    for number in sorted((p.number for p in parts if isinstance(p, Bound)), reverse=True):
        term = drop_bound(term, number)
    return (term,)
