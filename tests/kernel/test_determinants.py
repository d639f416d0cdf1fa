"""Rules for determinants and inverses of larger matrices: what each does at a site, and what it refuses."""

from dataclasses import replace

import pytest

from matcalc.components.terms import Bound, Entries, Factor, Opaque, Slot
from matcalc.kernel import Refused, Rewrite
from matcalc.kernel.application import apply
from matcalc.language.nodes import Size
from tests.kernel.sites import B0, FACTS, HALF, S0, S1, K, M, N, Site, delta, entries, factor, matrix, symbol, term, use

X, Y = symbol("X", S0, S1), symbol("Y", S0, S1)
IDENTITY = term(delta(S0, S1))
OUTER = term(symbol("x", S0), symbol("y", S1), c=2)
THIN = term(symbol("A", B0, S0), symbol("A", B0, S1), sums=(M,))
SYLVESTER, KRONECKER = "Sylvester's determinant identity", "function of a Kronecker product"


def det(*terms: object, power: object = 1) -> Entries:
    return entries(term(factor(matrix("det", *terms), power=power)))


def site(before: Entries, rule: str, *arguments: object) -> Site:
    return Site(before, Rewrite(rule, 0, 0, arguments))


BLOCKS = Entries(
    (N, M, N, M),
    (term(symbol("X", Slot(0), Slot(2)), symbol("A", Slot(1), Bound(0)), symbol("A", Slot(3), Bound(0)), sums=(N,)),),
)


def of_blocks(name: str, *places: int, power: object = 1) -> Site:
    """A function of X ⊗ A Aᵀ."""
    at = () if name == "det" else tuple(Slot(k) for k in range(4))
    before = entries(term(factor(Opaque(name, (BLOCKS,)), *at, power=power)), slots=BLOCKS.slots if at else ())
    return site(before, KRONECKER, places)


KEPT = {
    "the determinant of the identity plus an outer product": site(det(IDENTITY, OUTER), SYLVESTER, ((0,), ())),
    "its root": site(det(IDENTITY, OUTER, power=HALF), SYLVESTER, ((0,), ())),
    "the determinant of the identity plus a thin product": site(det(IDENTITY, THIN), SYLVESTER, ((0,), (B0,))),
    "the identity plus two products with a column in common": site(
        det(IDENTITY, OUTER, term(symbol("x", S0), symbol("x", S1))), SYLVESTER, ((0,), ()), ((0,), ())
    ),
    "the identity plus two products with a matrix on the right in common": site(
        det(
            IDENTITY,
            term(symbol("A", B0, S0), symbol("A", B0, S1), sums=(M,)),
            term(symbol("a", B0), symbol("x", S0), symbol("A", B0, S1), sums=(M,)),
        ),
        SYLVESTER,
        ((0,), (B0,)),
        ((0, 1), (B0,)),
    ),
    "the determinant of a Kronecker product": of_blocks("det", 0),
    "its square": of_blocks("det", 1, 2, power=2),
    "the inverse of a Kronecker product": of_blocks("inv", 0),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


UNFIT = {
    "twice the identity plus an outer product": site(det(term(delta(S0, S1), c=2), OUTER), SYLVESTER, ((0,), ())),
    "ones plus an outer product": site(det(term(), OUTER), SYLVESTER, ((0,), ())),
    "an outer product taken the other way": site(det(IDENTITY, OUTER), SYLVESTER, ((1,), ())),
    "a thin product without its joint": site(det(IDENTITY, THIN), SYLVESTER, ((0,), ())),
    "three terms with one cut": site(det(IDENTITY, OUTER, THIN), SYLVESTER, ((0,), ())),
    "products joined by different sizes": site(det(IDENTITY, OUTER, THIN), SYLVESTER, ((0,), ()), ((0,), (B0,))),
    "products with nothing in common": site(
        det(IDENTITY, OUTER, term(symbol("y", S0), symbol("x", S1))), SYLVESTER, ((0,), ()), ((0,), ())
    ),
    "the identity alone": site(det(IDENTITY), SYLVESTER),
    "the inverse": Site(
        entries(term(factor(matrix("inv", IDENTITY, OUTER), S0, S1)), slots=(N, N)),
        Rewrite(SYLVESTER, 0, 0, (((0,), ()),)),
    ),
    "a Kronecker product cut through a factor": of_blocks("det", 0, 1),
    "a Kronecker product with an empty part": of_blocks("det"),
    "a Kronecker product cut at a place from the end": of_blocks("inv", -1),
    "a power of an entry of an inverse": of_blocks("inv", 0, power=2),
    "a sum with a term that may be singular": site(det(term(X), term(Y)), "determinant of a sum", 0),
    "a sum of one term": site(det(term(X)), "determinant of a sum", 0),
    "a term counted from the end": site(det(term(X), term(Y)), "determinant of a sum", -1),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    with pytest.raises(Refused):
        case.after()


def test_the_determinant_of_a_sum_needs_continuous_sides() -> None:
    case = site(det(term(X), term(Y)), "determinant of a sum", 0)
    assert apply(case.before, case.step, replace(FACTS, continuous=True)) != case.before


def product_of_blocks(*factors: Factor, c: int = 1, sums: tuple[Size, ...] = (), slots: object = BLOCKS.slots) -> Site:
    """The determinant of a product on two axes, taken apart before the second factor."""
    body = Entries(slots, (term(*factors, c=c, sums=sums),))  # type: ignore[arg-type]
    return use(KRONECKER, factor(Opaque("det", (body,))), arguments=((0,),))


OF_X, OF_A = symbol("X", Slot(0), Slot(2)), symbol("M", Slot(1), Slot(3))
POWER = Opaque("matrix_power", (entries(term(X), slots=(N, N)),), (K,))


def of_function(*terms: object) -> Site:
    return site(entries(term(factor(matrix("inv", *terms), S0, S1)), slots=(N, N)), "inverse of a power")


VECTOR = factor(Opaque("pinv", (entries(term(symbol("x", S0)), slots=(N,)),)), S0)
CONDITIONS = {
    "the pseudo-inverse of a vector": use(KRONECKER, VECTOR, arguments=((0,),), slots=(N,), reason="not a matrix"),
    "twice a Kronecker product": replace(product_of_blocks(OF_X, OF_A, c=2), reason="a coefficient"),
    "a scalar as a matrix": replace(product_of_blocks(symbol("s"), OF_X, OF_A), reason="a scalar factor"),
    "a sum that counts": replace(product_of_blocks(OF_X, OF_A, sums=(N,)), reason="an index belongs to neither part"),
    "an axis without a matrix": replace(
        product_of_blocks(symbol("X", Slot(0), Slot(3)), symbol("Y", Slot(1), Slot(4)), slots=(N, N, M, N, N, M)),
        reason="an index belongs to neither part",
    ),
    "rectangles": replace(
        product_of_blocks(symbol("A", Slot(2), Slot(0)), symbol("A", Slot(1), Slot(3)), slots=(N, M, M, N)),
        reason="rows and columns of different sizes",
    ),
    "two joints": replace(site(det(IDENTITY, THIN), SYLVESTER, ((0,), (B0, Bound(1)))), reason="at most one joint"),
    "twice a power": replace(of_function(term(factor(POWER, S0, S1), c=2)), reason="not a function alone"),
    "the inverse of a symbol": replace(of_function(term(X)), reason="not a function alone"),
    "the square of the entries of a power": replace(
        of_function(term(factor(POWER, S0, S1, power=2))), reason="not a function alone"
    ),
    "a power that stands transposed": replace(
        of_function(term(factor(POWER, S1, S0))), reason="the inner function stands transposed"
    ),
    "the inverse of an adjugate": replace(
        of_function(term(factor(matrix("adjugate", term(X)), S0, S1))), reason="no rule for these two"
    ),
    "a Kronecker product without a second part": replace(of_blocks("det", 0, 1, 2), reason="the parts share an index"),
    "a function on two axes": use(
        SYLVESTER,
        factor(Opaque("det", (Entries(BLOCKS.slots, BLOCKS.terms * 2),))),
        arguments=(((0,), ()),),
        reason="not an identity plus products",
    ),
    "a column on the left": replace(
        site(det(IDENTITY, term(symbol("x", S0), symbol("y", S1), symbol("x", S1))), SYLVESTER, ((0, 1), ())),
        reason="the parts do not separate rows from columns",
    ),
    "a row on the right": replace(
        site(det(IDENTITY, term(symbol("x", S0), symbol("y", S0), symbol("x", S1))), SYLVESTER, ((0,), ())),
        reason="the parts do not separate rows from columns",
    ),
    "two joints of three": replace(
        site(
            det(IDENTITY, term(symbol("A", B0, S0), symbol("A", B0, S1), symbol("s"), sums=(M, N))),
            SYLVESTER,
            ((0,), (B0, Bound(1))),
        ),
        reason="at most one joint",
    ),
    "a joint that is not there": replace(
        site(det(IDENTITY, OUTER), SYLVESTER, ((0,), (B0,))), reason="at most one joint"
    ),
    "a term whose number is no integer": replace(
        site(det(term(X), term(Y)), "determinant of a sum", 0.0), reason="not a sum"
    ),
    "a symbol": use("inverse of a power", symbol("s"), reason="not a function of a matrix"),
    "the square of a determinant of an exponential": use(
        "inverse of a power",
        factor(
            matrix("det", term(factor(Opaque("expm", (entries(term(X), slots=(N, N)),), (N.ring.one,)), S0, S1))),
            power=2,
        ),
        reason="not a function of a matrix",
    ),
    "a sum that counts beside a power": replace(
        of_function(term(factor(POWER, S0, S1), sums=(N,))), reason="not a function alone"
    ),
    "a multiple of a power": replace(
        of_function(term(factor(POWER, S0, S1), symbol("s"))), reason="not a function alone"
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
