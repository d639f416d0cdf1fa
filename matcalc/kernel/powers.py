"""Rules of matrix powers and exponentials: M^k for a whole k, exp(t M) for a number t.

Both are `Opaque` heads with one parameter, which adds when two of one matrix are multiplied.
"""

from fractions import Fraction

from matcalc.components.exponents import exponent
from matcalc.components.terms import (
    Delta,
    Elementwise,
    Entries,
    Factor,
    Group,
    Head,
    Opaque,
    Partial,
    Range,
    Slot,
    Term,
    numeral,
    substitute,
)
from matcalc.components.variables import fresh
from matcalc.kernel.equations import beside, replaced
from matcalc.kernel.matrices import check_sums, drop_all, fresh_bounds, half_of, matrix_function, single_term
from matcalc.kernel.steps import Site, check_places, require
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator

Terms = tuple[Term, ...]
FAMILY = ("matrix_power", "expm")


def _parameter(site: Site) -> Size:
    head = site.head
    assert isinstance(head, Opaque)
    return head.parameters[0]


def trivial(site: Site) -> Terms:
    """M⁰ = I, M¹ = M, M^k = M M^(k−1), M^(−k) = M⁻¹ M^(1−k) for a number k > 0, exp(0 M) = I; the same of an entry."""
    body, rows, columns = matrix_function(site, *FAMILY)
    parameter = _parameter(site)
    if not body.slots:
        return _of_entry(site, body, parameter)
    require(parameter.is_ground and site.factor.exponent == 1, "not a number as exponent")
    if not parameter:
        deltas = tuple(Factor(Delta(), pair) for pair in zip(rows, columns, strict=True))
        return substitute(site.term, site.place, [Term(Fraction(1), (), deltas)])
    assert isinstance(site.head, Opaque)
    require(site.head.function == "matrix_power", "an exponential")
    base = Group(body) if parameter.LC > 0 else Opaque("inv", (body,))
    if abs(parameter.LC) == 1:
        return substitute(site.term, site.place, [Term(Fraction(1), (), (Factor(base, (*rows, *columns)),))])
    sizes = body.slots[: len(rows)]
    inner = fresh_bounds(site, sizes)
    nearer = parameter - 1 if parameter.LC > 0 else parameter + 1
    rest = Factor(Opaque("matrix_power", (body,), (nearer,)), (*inner, *columns))
    new = Term(Fraction(1), sizes, (Factor(base, (*rows, *inner)), rest))
    return substitute(site.term, site.place, [new])


def _of_entry(site: Site, body: Entries, parameter: Size) -> Terms:
    """M^k and exp(t M) of a 1×1 matrix."""
    require(site.factor.exponent == 1, "a power of an entry")
    assert isinstance(site.head, Opaque)
    if site.head.function == "matrix_power":
        new = Factor(Group(body), (), exponent(parameter))
    else:
        require("exp" not in site.facts.functions, "a declared function of this name")
        scaled = Entries((), (Term(Fraction(1), (), (Factor(Group(body)), *_number(parameter))),))
        new = Factor(Elementwise("exp", 0, scaled))
    return substitute(site.term, site.place, [Term(Fraction(1), (), (new,))])


def unfolded(site: Site) -> Terms:
    """M^k = M M^(k−1) = M^(k−1) M for k ≥ 1; the argument is the side on which M comes to stand."""
    (side,) = site.arguments
    require(side in ("left", "right"), "neither side")
    body, rows, columns = matrix_function(site, "matrix_power")
    fewer, sizes = _parameter(site) - 1, body.slots[: half_of(body)]
    require(site.factor.exponent == 1 and site.facts.at_least_zero(fewer), "the exponent could be less than 1")
    inner = fresh_bounds(site, sizes)
    heads: list[Head] = [Group(body), Opaque("matrix_power", (body,), (fewer,))]
    first, second = heads if side == "left" else heads[::-1]
    factors = (Factor(first, (*rows, *inner)), Factor(second, (*inner, *columns)))
    return substitute(site.term, site.place, [Term(Fraction(1), sizes, factors)])


def product(site: Site) -> Terms:
    """M^a M^b = M^(a+b), exp(a M) exp(b M) = exp((a + b) M), M⁻¹ M^b = M^(b−1).

    The argument is the place of the second, which stands to the right: its row indices are this one's column indices,
    used by no other factor.
    """
    (other,) = site.arguments
    check_places(site.term, site.place, other)
    body, rows, columns = matrix_function(site, *FAMILY, "inv")
    second = site.term.factors[other]
    require(isinstance(second.head, Opaque), "not two functions of one matrix")
    assert isinstance(second.head, Opaque)
    assert isinstance(site.head, Opaque)
    require(second.head.bodies == (body,) and second.exponent == site.factor.exponent == 1, "different matrices")
    half = half_of(body)
    require(second.indices[:half] == columns, "they do not stand side by side")
    check_sums(site, {site.place, other}, dict(zip(columns, body.slots, strict=False)))
    require(not {*rows, *second.indices[half:]} & {*columns}, "an index is used twice")
    name, parameter = _sum_of(site.head, second.head)
    new = Factor(Opaque(name, (body,), (parameter,)), (*rows, *second.indices[half:]))
    kept = tuple(f for k, f in enumerate(site.term.factors) if k not in (site.place, other))
    return (drop_all(Term(site.term.coefficient, site.term.bound, (*kept, new)), columns),)


def _sum_of(first: Opaque, second: Opaque) -> tuple[str, Size]:
    names = {first.function, second.function}
    require(len(names - {"inv"}) == 1 and names != {"inv", "expm"}, "functions of different kinds")
    (name,) = names - {"inv"}
    parameters = [head.parameters[0] for head in (first, second) if head.parameters]
    return name, sum(parameters[1:], parameters[0]) - (len(parameters) == 1)


def absorbing(site: Site) -> Terms:
    """For a term T of M = T + R: M^k T = M^(k+1) − M^k R, and T M^k = M^(k+1) − R M^k. Arguments as of an inverse."""
    side, *placing = site.arguments
    body, _, _ = matrix_function(site, "matrix_power")
    half_of(body)
    higher = Opaque("matrix_power", (body,), (_parameter(site) + 1,))
    value = Entries(body.slots, (Term(Fraction(1), (), (Factor(higher, _every_slot(body)),)),))
    assert isinstance(site.head, Opaque)
    return replaced(site, beside(site.head, side, body, value), *placing)


def commuting(site: Site) -> Terms:
    """exp(a s T) T = T exp(a s T) for a matrix s T, s a scalar; s need not stand there. Arguments as of an inverse."""
    side, *placing = site.arguments
    body, _, _ = matrix_function(site, "expm")
    half_of(body)
    term = single_term(body)
    bare = Term(Fraction(1), term.bound, tuple(f for f in term.factors if f.indices))
    matrix, head = Entries(body.slots, (bare,)), site.head
    assert isinstance(head, Opaque)
    other = beside(head, "left" if side == "right" else "right", matrix, Entries(body.slots, ()))
    return replaced(site, beside(head, side, matrix, other), *placing)


def _every_slot(body: Entries) -> tuple[Slot, ...]:
    return tuple(Slot(k) for k in range(len(body.slots)))


def differential(site: Site) -> Terms:
    """∂M^k = Σ_{r=0}^{k−1} M^r ∂M M^(k−1−r) for k ≥ 0; ∂M^(−k) = −Σ_{r=0}^{k−1} M^(−r−1) ∂M M^(r−k);
    ∂exp(t M) = t ∫ exp(s t M) ∂M exp((1−s) t M) ds.

    Source: Higham 2008, Functions of Matrices, equations 3.24 and 10.15.
    """
    head, factor, by = site.only_factor()
    function = factor.head
    require(isinstance(function, Opaque) and function.function in FAMILY and factor.exponent == 1, "not a power")
    assert isinstance(function, Opaque)
    body, parameter = function.bodies[0], function.parameters[0]
    half, name = half_of(body), fresh(body, parameter)
    require(name is not None, "no variable is left")
    assert name is not None
    variable, integral = generator(parameter.ring, name), function.function == "expm"
    inverse = not integral and not site.facts.at_least_zero(parameter)
    require(not inverse or site.facts.at_least_zero(-parameter), "the exponent could be positive or negative")
    first, second = (-variable - 1, parameter + variable) if inverse else (variable, parameter - 1 - variable)
    if integral:
        first, second = variable * parameter, parameter - variable * parameter
    k, m = fresh_bounds(site, body.slots[:half]), fresh_bounds(site, body.slots[:half], half)
    indices = (*factor.indices[:half], *k, *m, *factor.indices[half:])
    slots = tuple(Slot(i) for i in range(4 * half))
    parts = (
        Factor(Opaque(function.function, (body,), (first,)), slots[: 2 * half]),
        Factor(Opaque(function.function, (body,), (second,)), slots[2 * half :]),
    )
    inner = Entries(body.slots * 2, (Term(Fraction(1), (), parts),))
    count = parameter.ring.one if integral else -parameter if inverse else parameter
    sums = Factor(Range(name, count, inner, integral), indices)
    partial = Factor(Partial(body, head.variable), (*k, *m, *by))
    scale = _number(parameter) if integral else ()
    sign = Fraction(-1 if inverse else 1)
    return substitute(site.term, site.place, [Term(sign, body.slots, (*scale, sums, partial))])


def _number(parameter: Size) -> tuple[Factor, ...]:
    """The parameter of an exponential as a factor."""
    return () if parameter == 1 else (Factor(Group(Entries((), numeral(parameter)))),)
