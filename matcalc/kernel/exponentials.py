"""Rules of the exponentials of matrices: sums that commute, multiples of projectors, diagonal and repeated matrices.

Each rests on equations between matrices, which its arguments name and steps of the derivation show, as in
`matrix_functions`.

Source: Higham 2008, Functions of Matrices, section 10.1.
"""

from collections.abc import Sequence
from fractions import Fraction

from matcalc.components.arrays import contract
from matcalc.components.exponents import is_natural
from matcalc.components.facts import whole_head
from matcalc.components.terms import (
    Delta,
    Elementwise,
    Entries,
    Factor,
    Group,
    Index,
    Opaque,
    Parameter,
    Slot,
    Term,
    numeral,
)
from matcalc.components.variables import SPARE
from matcalc.kernel.arrange import in_order
from matcalc.kernel.clearing import difference
from matcalc.kernel.invertibility import is_nonzero
from matcalc.kernel.matrices import half_of, single_term
from matcalc.kernel.matrix_functions import (
    ONE,
    Equations,
    Terms,
    as_factor,
    bound_run,
    check_defined,
    check_own,
    function_at,
    identity,
    multiple_of,
    of_matrix,
    product,
    put,
    slot_runs,
)
from matcalc.kernel.steps import Site, check_places, require
from matcalc.language.sizes import generator


def _with_parameter(head: Opaque, *scalars: Entries) -> Equations:
    return (*scalars, Entries((), numeral(head.parameters[0])))


def _argument(head: Opaque, *scalars: Entries) -> Entries:
    """The product of scalars and the parameter."""
    factors = tuple(factor for value in _with_parameter(head, *scalars) for factor in as_factor(value))
    return Entries((), (Term(ONE, (), factors),))


def commuting_sum(site: Site) -> Terms:
    """Exp(M + N) = exp(M) exp(N) where M N = N M; the argument is the numbers of M's terms in the sum."""
    head, body = function_at(site, "expm")
    first, second = _parts(body, *site.arguments)
    half = half_of(body)
    inner = bound_run(half, site.offset)
    rows, columns = site.factor.indices[:half], site.factor.indices[half:]
    factors = (Factor(of_matrix(head, first), (*rows, *inner)), Factor(of_matrix(head, second), (*inner, *columns)))
    return put(site, [Term(ONE, body.slots[:half], factors)])


def commuting_sum_equations(site: Site) -> Equations:
    """M N − N M."""
    _, body = function_at(site, "expm")
    first, second = _parts(body, *site.arguments)
    half = half_of(body)
    return (difference(product(first, second, half), product(second, first, half)),)


def _parts(body: Entries, numbers: Sequence[int]) -> tuple[Entries, Entries]:
    """The terms of these numbers, and the others."""
    chosen = {*numbers}
    require(chosen <= {*range(len(body.terms))} and 0 < len(chosen) < len(body.terms), "no such terms")
    terms = [[t for k, t in enumerate(body.terms) if (k in chosen) == inside] for inside in (True, False)]
    first, second = (Entries(body.slots, tuple(part)) for part in terms)
    return first, second


def multiple(site: Site) -> Terms:
    """Exp(s P) = I + (exp(s c) − 1)/c P where P² = c P, c ≠ 0, and I + s P where P² = 0; s, c are scalars.

    The arguments are s, P and c.
    """
    scalar, matrix, share = site.arguments
    head, body = function_at(site, "expm")
    check_own(site, "exp")
    check_defined(site, scalar, matrix, share)
    one = identity(body.slots[: half_of(body)])
    if not share.terms:
        number = (*as_factor(scalar), *as_factor(Entries((), numeral(head.parameters[0]))))
        return put(site, [multiple_of(site, one), multiple_of(site, matrix, ONE, *number)])
    nonzero = share.terms == (Term(ONE),) or is_nonzero(Factor(whole_head(in_order(share, site.facts))), site.facts)
    require(nonzero, "nothing says that the factor is not 0")
    divisor = tuple(Factor(f.head, (), Fraction(-1)) for f in as_factor(share))
    grown = Factor(Elementwise("exp", 0, _argument(head, scalar, share)))
    new = [
        multiple_of(site, one),
        multiple_of(site, matrix, ONE, grown, *divisor),
        multiple_of(site, matrix, -ONE, *divisor),
    ]
    return put(site, new)


def multiple_equations(site: Site) -> Equations:
    """M − s P and P² − c P."""
    scalar, matrix, share = site.arguments
    _, body = function_at(site, "expm")
    square = product(matrix, matrix, half_of(body))
    return difference(body, _scaled(scalar, matrix)), difference(square, _scaled(share, matrix))


def _scaled(scalar: Entries, matrix: Entries) -> Entries:
    slots = slot_runs(len(matrix.slots))[0]
    require(scalar.slots == (), "not a scalar")
    return contract(matrix.slots, (), (scalar, ()), (matrix, slots))


def involution(site: Site) -> Terms:
    """Exp(s P) = cosh(s) I + sinh(s) P where P² = I, and cos(s) I + sin(s) P where P² = −I, s a scalar.

    The arguments are s, P and the sign of P².
    """
    scalar, matrix, sign = site.arguments
    head, body = function_at(site, "expm")
    require(sign in (1, -1), "neither sign")
    check_defined(site, scalar, matrix)
    argument = _argument(head, scalar)
    even, odd = ("cosh", "sinh") if sign == 1 else ("cos", "sin")
    check_own(site, even, odd)
    first, second = (Factor(Elementwise(name, 0, argument)) for name in (even, odd))
    return put(
        site,
        [multiple_of(site, identity(body.slots[: half_of(body)]), ONE, first), multiple_of(site, matrix, ONE, second)],
    )


def involution_equations(site: Site) -> Equations:
    """M − s P and P² ∓ I."""
    scalar, matrix, sign = site.arguments
    _, body = function_at(site, "expm")
    half = half_of(body)
    one = identity(body.slots[:half])
    signed = Entries(one.slots, tuple(Term(sign * t.coefficient, t.bound, t.factors) for t in one.terms))
    return difference(body, _scaled(scalar, matrix)), difference(product(matrix, matrix, half), signed)


def diagonal(site: Site) -> Terms:
    """Exp(diag(x)) = diag(exp(x)); the argument is x."""
    (values,) = site.arguments
    head, body = function_at(site, "expm")
    half = half_of(body)
    check_own(site, "exp")
    check_defined(site, values)
    rows, columns = site.factor.indices[:half], site.factor.indices[half:]
    own = slot_runs(half)[0]
    number = as_factor(Entries((), numeral(head.parameters[0])))
    inner = Entries(values.slots, (Term(ONE, (), (*number, Factor(Group(values), own))),))
    deltas = tuple(Factor(Delta(), pair) for pair in zip(rows, columns, strict=True))
    return put(site, [Term(ONE, (), (*deltas, Factor(Elementwise("exp", 0, inner), rows)))])


def diagonal_equations(site: Site) -> Equations:
    """M − diag(x)."""
    (values,) = site.arguments
    _, body = function_at(site, "expm")
    half = half_of(body)
    require(values.slots == body.slots[:half], "not a diagonal of this matrix")
    (deltas,) = identity(values.slots).terms
    whole = Factor(Group(values), slot_runs(half)[0])
    return (difference(body, Entries(body.slots, (Term(ONE, (), (*deltas.factors, whole)),))),)


def repeated(site: Site) -> Terms:
    """Exp(I ⊗ A) = I ⊗ exp(A) and exp(A ⊗ I) = exp(A) ⊗ I. Arguments: the places of I's indices, and A."""
    places, matrix = site.arguments
    head, body = function_at(site, "expm")
    half = half_of(body)
    check_defined(site, matrix)
    deltas, others = _placed(site.factor.indices, half, places)
    return put(site, [Term(ONE, (), (*deltas, Factor(of_matrix(head, matrix), others)))])


def _placed(indices: Sequence[Index], half: int, places: Sequence[int]) -> tuple[list[Factor], tuple[Index, ...]]:
    """Deltas of the row and the column indices at these places, and the others."""
    require(len({*places}) == len(places) < half and {*places} <= {*range(half)}, "no such index")
    deltas = [Factor(Delta(), (indices[k], indices[half + k])) for k in places]
    kept = [k for k in range(half) if k not in places]
    return deltas, (*(indices[k] for k in kept), *(indices[half + k] for k in kept))


def repeated_equations(site: Site) -> Equations:
    """M − I ⊗ A."""
    places, matrix = site.arguments
    _, body = function_at(site, "expm")
    half = half_of(body)
    deltas, others = _placed(slot_runs(2 * half)[0], half, places)
    require(matrix.slots == tuple(body.slots[i.number] for i in others if isinstance(i, Slot)), "another size")
    whole = Entries(body.slots, (Term(ONE, (), (*deltas, Factor(Group(matrix), others))),))
    return (difference(body, whole),)


def with_coefficient(site: Site) -> Terms:
    """Exp(a (c M)) = exp((a c) M) for a number c, the argument."""
    (number,) = site.arguments
    head, body = function_at(site, "expm")
    require(isinstance(number, Fraction) and number not in (0, 1), "nothing comes out")
    (parameter,) = head.parameters
    grown = parameter * parameter.ring.domain(number.numerator, number.denominator)
    divided = tuple(Term(t.coefficient / number, t.bound, t.factors) for t in body.terms)
    new = Opaque("expm", (Entries(body.slots, divided),), (grown,))
    return put(site, [Term(ONE, (), (Factor(new, site.factor.indices),))])


def with_number(site: Site) -> Terms:
    """Exp(a (k M)) = exp((a k) M) for a size or an integer k; the argument is the place of k in the single term k M."""
    (place,) = site.arguments
    head, body = function_at(site, "expm")
    term = single_term(body)
    check_places(term, place)
    number = term.factors[place]
    known = site.facts.sizes | site.facts.integers | {*SPARE}
    require(isinstance(number.head, Parameter) and number.head.name in known, "not a size or an integer")
    require(is_natural(number.exponent), "not a natural power")
    assert isinstance(number.head, Parameter)
    assert isinstance(number.exponent, Fraction)
    (parameter,) = head.parameters
    grown = parameter * generator(parameter.ring, number.head.name) ** int(number.exponent)
    rest = Term(term.coefficient, term.bound, term.factors[:place] + term.factors[place + 1 :])
    new = Opaque("expm", (Entries(body.slots, (rest,)),), (grown,))
    return put(site, [Term(ONE, (), (Factor(new, site.factor.indices),))])
