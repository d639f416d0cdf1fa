"""What a goal's sides promise by being defined: matrices are invertible, positions in range, sides continuous."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from matcalc.components.arrays import contract
from matcalc.components.facts import TIED, Facts
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Group,
    Head,
    Index,
    Indicator,
    Opaque,
    Partial,
    Range,
    Slot,
    Tangent,
    Term,
    bodies,
)
from matcalc.components.variables import composed, is_never_negative
from matcalc.kernel.arrange import in_order
from matcalc.kernel.clearing import counts_everywhere
from matcalc.kernel.signs import with_signs
from matcalc.language.nodes import Size

JUMPS = frozenset({"pinv"})
"""Matrix functions that are not continuous where they are defined."""


def with_definedness(facts: Facts, sides: Iterable[Entries]) -> Facts:
    """The facts, with what the sides need to be defined."""
    sides = tuple(sides)
    factors = [factor for side in sides for factor in _factors(side)]
    needed = [factor for side in sides for factor in needed_factors(side, facts)]
    direct = [body for factor in needed for body in _inverted(factor, facts)]
    implied = [gram for body in direct for gram in _of_full_rank(body)]
    implied += [gram for side in sides for term in side.terms for gram in _of_differentiable(term, facts)]
    invertible = frozenset(in_order(body, facts) for body in (*direct, *implied))
    bounds = dict.fromkeys((*facts.bounds, *(bound for factor in needed for bound in _in_range(factor, facts))))
    continuous = not any(_jumps(factor.head) for factor in factors)
    needs = replace(facts, invertible=invertible, continuous=continuous, bounds=tuple(bounds))
    counted = any(_may_be_empty(term, facts, 0) for side in sides for term in side.terms)
    signed = with_signs(needs, sides)
    fringed = any(not _is_closure(head, facts) for head in signed.never_negative - facts.never_negative)
    return replace(signed, counted=counted, continuous=continuous and not fringed)


def _is_closure(head: Head, facts: Facts) -> bool:
    """Whether near every point where a head is not negative there are points around which it is not negative either.

    Elsewhere a dense set says nothing: −x² ≥ 0 at x = 0 alone. An entry of a symbol is such a head, and so is a sum in
    which a symbol stands by itself.
    """
    if isinstance(head, Declared) or facts.is_never_negative(Factor(head)):
        return True
    return isinstance(head, Group) and any(
        _stands_alone(number, head.body, facts) for number in range(len(head.body.terms))
    )


def _stands_alone(number: int, body: Entries, facts: Facts) -> bool:
    """Whether this term is an entry of an independent symbol, times a number, that stands in no other term."""
    term = body.terms[number]
    if term.bound or len(term.factors) != 1 or term.factors[0].exponent != 1:
        return False
    head = term.factors[0].head
    if not isinstance(head, Declared) or head.by or facts.symbols[head.name].of:
        return False
    others = Entries(body.slots, tuple(t for k, t in enumerate(body.terms) if k != number))
    return facts.symbols[head.name].properties.isdisjoint(TIED) and not facts.varies(others, head.name)


def _may_be_empty(term: Term, facts: Facts, derivatives: int) -> bool:
    """Whether a finite sum, or a sum over a size such as n − 1, stands in a term at any depth.

    Or a power under so many derivatives that one of them may be of the zeroth: it is 0, also where k f^(k−1) has no
    value.
    """
    if not all(map(facts.is_at_least_one, term.bound)):
        return True
    for factor in term.factors:
        head = factor.head
        if (isinstance(head, Range) and not head.integral) or not _stays_a_power(factor, derivatives, facts):
            return True
        under = derivatives + isinstance(head, Partial)
        if any(_may_be_empty(inside, facts, under) for body in bodies(head) for inside in body.terms):
            return True
    return False


def _stays_a_power(factor: Factor, derivatives: int, facts: Facts) -> bool:
    """Whether so many derivatives of a symbolic power, of numbers or of a matrix, never meet the zeroth power."""
    powers = [factor.exponent]
    if isinstance(factor.head, Opaque) and factor.head.function == "matrix_power":
        powers += factor.head.parameters
    symbolic = [power for power in powers if not isinstance(power, Fraction) and not power.is_ground]
    return all(facts.is_never_zero(power - met) for power in symbolic for met in range(derivatives))


def with_met(facts: Facts, middles: Iterable[Entries]) -> Facts:
    """The facts, with the matrices that are inverted in expressions to which the sides have been carried.

    Where the sides are defined, so are these; where a step took a matrix to be invertible on a dense set, they are
    defined on that set, and it is there that the claim is settled.
    """
    found = {
        in_order(body, facts)
        for middle in middles
        for factor in met(middle, facts)
        for body in _inverted(factor, facts)
    }
    return replace(facts, invertible=facts.invertible | found)


def met(entries: Entries, facts: Facts) -> Iterator[Factor]:
    """The factors, at any depth, that are evaluated somewhere, for some value of the indices."""
    for term in entries.terms:
        for factor in term.factors:
            if counts_everywhere(term, Factor(factor.head), facts):
                yield factor
                if not isinstance(factor.head, Range):
                    for body in bodies(factor.head):
                        yield from met(body, facts)


def _in_range(factor: Factor, facts: Facts) -> Iterator[Size]:
    """Polynomials that are not negative where this factor is defined: every position is one of its axis."""
    for index in factor.indices:
        if isinstance(index, Fixed):
            ends = (index.position - 1, index.size - index.position)
            yield from (end for end in ends if not end.is_ground)
    if isinstance(factor.head, Range) and not factor.head.integral:
        yield from _at_the_ends(factor.head, facts)


def _at_the_ends(head: Range, facts: Facts) -> Iterator[Size]:
    """The same of the first and the last term of a finite sum, where it holds as well if there are none."""
    last, empty = head.count - 1, facts.assuming(-head.count)
    for factor in _factors(head.body, facts):
        for bound in _in_range(replace(factor, head=Delta()), facts):
            ends = (composed(bound, head.variable, place) for place in (last.ring.zero, last))
            yield from (end for end in ends if empty.at_least_zero(end))


def _of_full_rank(body: Entries) -> Iterator[Entries]:
    """X Xᵀ, where the invertible matrix is (X⁺)ᵀ X⁺, and XᵀX, where it is X⁺ (X⁺)ᵀ: X is then of full rank as well."""
    for summed, columns in ((0, False), (1, True)):
        for matrix in _pseudo_inverted(body):
            if _is_product(body, matrix, summed):
                yield gram(matrix, columns=columns)


def _of_differentiable(term: Term, facts: Facts) -> Iterator[Entries]:
    """XᵀX or X Xᵀ where X⁺ is differentiated by every entry of X, or along every dX: then X is of full rank.

    Where it is not, a change of a single entry raises the rank of X, and X⁺ is not continuous.
    """
    for factor in term.factors:
        match factor.head:
            case Partial(body=Entries(terms=(Term(bound=(), factors=(inner,)),)), variable=name):
                by = factor.indices[len(factor.head.body.slots) :]
                every = all(isinstance(i, Slot) for i in by) or Factor(Tangent(name), by) in term.factors
                if every and inner == Factor(Opaque("pinv", (_symbol(name, facts),)), inner.indices):
                    yield from _shorter_grams(_symbol(name, facts))
            case _:
                pass


def _symbol(name: str, facts: Facts) -> Entries:
    """An unstructured matrix symbol as its entries; nothing for any other."""
    axes = facts.symbols[name].axes
    slots = tuple(Slot(k) for k in range(len(axes)))
    bare = len(axes) == 2 and facts.symbols[name].properties.isdisjoint(TIED)
    return Entries(axes, (Term(Fraction(1), (), (Factor(Declared(name), slots),)),) if bare else ())


def _shorter_grams(matrix: Entries) -> Iterator[Entries]:
    """XᵀX for an X that is known to be at least as tall as wide, X Xᵀ for one at least as wide as tall."""
    rows, columns = matrix.slots
    if is_never_negative(rows - columns):
        yield gram(matrix, columns=True)
    if is_never_negative(columns - rows):
        yield gram(matrix, columns=False)


def _pseudo_inverted(body: Entries) -> Iterator[Entries]:
    heads = (factor.head for term in body.terms for factor in term.factors)
    yield from dict.fromkeys(h.bodies[0] for h in heads if isinstance(h, Opaque) and h.function == "pinv")


def _is_product(body: Entries, matrix: Entries, summed: int) -> bool:
    """Whether the body is (X⁺)ᵀ X⁺, or X⁺ (X⁺)ᵀ, up to a number: two pseudo-inverses that share the index `summed`."""
    head = Opaque("pinv", (matrix,))
    orders = [(Slot(0), Slot(1)), (Slot(1), Slot(0))]
    products = []
    for ends in orders:
        pairs = ((Bound(0), end) if summed == 0 else (end, Bound(0)) for end in ends)
        products.append(tuple(Factor(head, pair) for pair in pairs))
    return len(matrix.slots) == 2 and len(body.terms) == 1 and body.terms[0].factors in products


def gram(matrix: Entries, *, columns: bool) -> Entries:
    """XᵀX by columns, X Xᵀ by rows, for a matrix of single indices."""
    rows: tuple[Index, Index] = (Bound(0), Slot(0)) if columns else (Slot(0), Bound(0))
    others: tuple[Index, Index] = (Bound(0), Slot(1)) if columns else (Slot(1), Bound(0))
    size, summed = (matrix.slots[1], matrix.slots[0]) if columns else matrix.slots
    return contract((size, size), (summed,), (matrix, rows), (matrix, others))


def needed_factors(entries: Entries, facts: Facts) -> Iterator[Factor]:
    """Every factor, at any depth, without which the expression has no value.

    None in a sum that may be empty, and none beside an indicator, which may be 0.
    """
    return _factors(entries, facts)


def _factors(entries: Entries, needed: Facts | None = None) -> Iterator[Factor]:
    for term in entries.terms:
        guarded = any(isinstance(factor.head, Indicator) for factor in term.factors)
        if needed is not None and (guarded or not all(needed.is_at_least_one(size) for size in term.bound)):
            continue
        for factor in term.factors:
            yield factor
            if needed is not None and isinstance(factor.head, Range) and not factor.head.integral:
                continue
            for body in bodies(factor.head):
                yield from _factors(body, needed)


def _inverted(factor: Factor, facts: Facts) -> Iterator[Entries]:
    """Matrices that must be invertible where this factor is defined."""
    match factor.head:
        case Opaque(function="inv", bodies=(body,)):
            yield body
        case Opaque(function="det", bodies=(body,)) if factor.exponent == -1:
            yield body
        case Elementwise(function="log", order=0, body=Entries(terms=(term,))):
            yield from (body for inner in term.factors for body in _of_determinant(inner, facts))
        case _:
            pass


def _of_determinant(factor: Factor, facts: Facts) -> Iterator[Entries]:
    """The matrix of a determinant, or of its absolute value, that is not 0 where this power of it is not."""
    match factor.head:
        case _ if not facts.is_never_zero(factor.exponent):
            return
        case Opaque(function="det", bodies=(body,)):
            yield body
        case Elementwise(function="abs", order=0, body=Entries(terms=(term,))) if len(term.factors) == 1:
            yield from _of_determinant(term.factors[0], facts)
        case _:
            pass


def _jumps(head: Head) -> bool:
    match head:
        case Opaque(function=function):
            return function in JUMPS
        case Elementwise(function="sign"):
            return True
        case _:
            return False
