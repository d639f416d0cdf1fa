"""Rules of inverses, determinants and their kin: what each does at a site, and what it refuses."""

from dataclasses import replace

import pytest

from matcalc.components.terms import Entries, Index, Opaque, Partial
from matcalc.kernel import Refused, Rewrite
from matcalc.kernel.application import apply
from tests.kernel.sites import (
    B0,
    B1,
    FACTS,
    HALF,
    S0,
    S1,
    K,
    M,
    N,
    Site,
    delta,
    entries,
    factor,
    matrix,
    partial,
    symbol,
    term,
    use,
)

X, Y = symbol("X", S0, S1), symbol("Y", S0, S1)
PRODUCT = term(symbol("X", S0, B0), symbol("Y", B0, S1), sums=(N,))
GRAM = term(symbol("A", B0, S0), symbol("A", B0, S1), sums=(M,))
s = symbol("s")


def site(head: Opaque, rule: str, *arguments: object, reason: str = "", power: object = 1) -> Site:
    """A function of a square matrix alone, or an entry of one at the free indices 0 and 1."""
    at: tuple[Index, ...] = () if head.function == "det" else (S0, S1)
    slots = (N, N) if at else ()
    return Site(entries(term(factor(head, *at, power=power)), slots=slots), Rewrite(rule, 0, 0, arguments), reason)


KEPT: dict[str, Site] = {
    "the inverse of a product": site(matrix("inv", PRODUCT), "inverse of a product", ((0,), (B0,))),
    "the determinant of a product": site(matrix("det", PRODUCT), "inverse of a product", ((0,), (B0,))),
    "the cube of the determinant of a product": site(
        matrix("det", PRODUCT), "inverse of a product", ((0,), (B0,)), power=3
    ),
    "the root of the determinant of a product": site(
        matrix("det", PRODUCT), "inverse of a product", ((0,), (B0,)), power=HALF
    ),
    "the inverse of a scalar multiple": site(matrix("inv", term(s, X, c=-3)), "inverse of a scalar multiple", (0,)),
    "the determinant of a scalar multiple": site(
        matrix("det", term(s, X, c=-3)), "inverse of a scalar multiple", (0,), power=-2
    ),
    "the root of the determinant of a scalar multiple": site(
        matrix("det", term(s, X, c=-1)), "inverse of a scalar multiple", (0,), power=HALF
    ),
    "the determinant of an inverse": site(
        matrix("det", term(factor(matrix("inv", term(X)), S0, S1))), "inverse of an inverse"
    ),
    "the inverse of a transpose": site(matrix("inv", term(symbol("X", S1, S0))), "inverse of a transpose"),
    "the adjugate of a transpose": site(matrix("adjugate", term(symbol("X", S1, S0))), "inverse of a transpose"),
    "the determinant of the identity": site(matrix("det", term(delta(S1, S0))), "inverse of the identity"),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT.keys())
def test_a_rule_keeps_the_value(case: Site) -> None:
    case.check_value()


def beside_inverse(side: str, *factors: object, sums: int = 1, number: int = 0) -> Site:
    """(X + Y)⁻¹ at (0, b) times the given factors, b summed; the rule takes X at (b, 1) out."""
    head = matrix("inv", term(X), term(Y))
    return Site(
        entries(term(factor(head, S0, B0), *factors, sums=(N,) * sums), slots=(N, N)),
        Rewrite("inverse cancels", 0, 0, (side, number, (0, 1), (S0, S1), (B0,))),
    )


def test_an_inverse_cancels_the_leading_term_beside_it() -> None:
    beside_inverse("right", symbol("X", B0, S1)).check_value()


UNFIT = {
    "from the other side": beside_inverse("left", symbol("X", B0, S1)),
    "transposed": beside_inverse("right", symbol("X", S1, B0)),
    "another term": beside_inverse("right", symbol("Y", B0, S1)),
    "the number of the term counted from the end": beside_inverse("right", symbol("Y", B0, S1), number=-1),
    "with the index in use": beside_inverse("right", symbol("X", B0, S1), symbol("x", B0)),
    "a power of the term": beside_inverse("right", symbol("X", B0, S1, power=2)),
    "a symmetric product split into rectangles": site(matrix("det", GRAM), "inverse of a product", ((0,), (B0,))),
    "a product cut at no index": site(matrix("inv", PRODUCT), "inverse of a product", ((0,), ())),
    "a product cut into the wrong halves": site(matrix("inv", PRODUCT), "inverse of a product", ((1,), (B0,))),
    "the inverse of a sum as of a product": site(
        matrix("inv", term(X), term(Y)), "inverse of a product", ((0,), (B0,))
    ),
    "an elementwise product as a scalar multiple": site(
        matrix("inv", term(symbol("X", S0, S1), symbol("Y", S0, S1))), "inverse of a scalar multiple", (0,)
    ),
    "rows scaled as a scalar multiple": site(
        matrix("inv", term(symbol("x", S0), X)), "inverse of a scalar multiple", (0,)
    ),
    "a power of an entry of an inverse": site(matrix("inv", term(s, X)), "inverse of a scalar multiple", (0,), power=2),
    "a transposed inverse as an inverse": site(
        matrix("inv", term(factor(matrix("inv", term(X)), S1, S0))), "inverse of an inverse"
    ),
    "twice an inverse as an inverse": site(
        matrix("inv", term(factor(matrix("inv", term(X)), S0, S1), c=2)), "inverse of an inverse"
    ),
    "the square of entries of an inverse as an inverse": site(
        matrix("inv", term(factor(matrix("inv", term(X)), S0, S1, power=2))), "inverse of an inverse"
    ),
    "a matrix as symmetric": site(matrix("inv", term(X)), "inverse of a symmetric matrix", ((),)),
    "twice the identity as the identity": site(matrix("det", term(delta(S0, S1), c=2)), "inverse of the identity"),
    "ones as the identity": site(matrix("inv", term()), "inverse of the identity"),
    "the adjugate of a skew matrix": site(
        matrix("adjugate", term(symbol("Q", S0, S1))), "adjugate of an invertible matrix"
    ),
    "the adjugate of a sum": site(matrix("adjugate", term(X), term(Y)), "adjugate of an invertible matrix"),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_a_site_that_does_not_fit_is_refused(case: Site) -> None:
    with pytest.raises(Refused):
        case.after()


ADJUGATE = site(matrix("adjugate", term(X)), "adjugate of an invertible matrix")


def test_an_adjugate_needs_continuous_sides_or_an_invertible_matrix() -> None:
    with pytest.raises(Refused, match="nothing says that the matrix is invertible"):
        apply(ADJUGATE.before, ADJUGATE.step, FACTS)
    body: Entries = matrix("adjugate", term(X)).bodies[0]
    for facts in (replace(FACTS, continuous=True), replace(FACTS, invertible=frozenset({body}))):
        assert apply(ADJUGATE.before, ADJUGATE.step, facts) != ADJUGATE.before


def test_an_adjugate_of_a_scalar_matrix_of_any_rank_is_no_inverse() -> None:
    """x yᵀ is singular for n > 1, however generic x and y are."""
    outer = site(matrix("adjugate", term(symbol("x", S0), symbol("y", S1))), "adjugate of an invertible matrix")
    with pytest.raises(Refused):
        apply(outer.before, outer.step, replace(FACTS, continuous=True))


def test_a_diagonal_of_one_symbol_is_no_generic_matrix() -> None:
    same = site(matrix("adjugate", term(symbol("X", S0, S0))), "adjugate of an invertible matrix")
    with pytest.raises(Refused):
        apply(same.before, same.step, replace(FACTS, continuous=True))


CUT, PRODUCT_RULE = ((0,), (B0,)), "inverse of a product"
VECTOR = Entries((N,), (term(symbol("x", S0)),))
POWER = Opaque("matrix_power", (Entries((N, N), (term(X),)),), (K,))
TURNED = term(symbol("Y", S0, B0), symbol("X", B0, S1), sums=(N,))
BESIDE = term(symbol("X", S0, B0), symbol("Y", B0, S1), symbol("x", B1), symbol("y", B1), sums=(N, N))
SYMMETRIC = term(symbol("S", S0, S1))


def of_power(*terms: object, reason: str) -> Site:
    return site(matrix("det", *terms), "determinant of a power", reason=reason)


def of_inverse(*terms: object, reason: str) -> Site:
    return site(matrix("inv", *terms), "inverse of an inverse", reason=reason)


def of_identity(*terms: object) -> Site:
    return site(matrix("inv", *terms), "inverse of the identity", reason="not an identity matrix")


INVERSE = factor(matrix("inv", term(X)), S0, S1)
CONDITIONS = {
    "the determinant of a vector": use(
        "determinant of a power", factor(Opaque("det", (VECTOR,))), reason="not a square matrix"
    ),
    "the derivative of a symbol as of a determinant": use(
        "Jacobi's formula", factor(partial("s", symbol("t"))), reason="not a determinant"
    ),
    "the square of an entry of an adjugate": site(
        matrix("adjugate", term(delta(S0, S1))),
        "adjugate of an invertible matrix",
        power=2,
        reason="a power of an entry",
    ),
    "the determinant of a sum as of a power": of_power(term(X), term(Y), reason="a sum of terms"),
    "the determinant of twice a power": of_power(term(factor(POWER, S0, S1), c=2), reason="not a power alone"),
    "the determinant of a symbol as of a power": of_power(term(X), reason="not a power"),
    "the determinant of a power that stands transposed": of_power(
        term(factor(POWER, S1, S0)), reason="the power stands transposed"
    ),
    "the determinant of squared entries of a power": of_power(
        term(factor(POWER, S0, S1, power=2)), reason="the power stands transposed"
    ),
    "the square of an entry of the inverse of a product": site(
        matrix("inv", PRODUCT), PRODUCT_RULE, CUT, power=2, reason="a power of an entry"
    ),
    "products that share no factor": site(
        matrix("inv", PRODUCT, TURNED), PRODUCT_RULE, CUT, CUT, reason="the terms share no factor"
    ),
    "a joint that is not there": site(matrix("inv", PRODUCT), PRODUCT_RULE, ((0,), (B1,)), reason="no such index"),
    "a second joint": site(
        matrix("inv", BESIDE), PRODUCT_RULE, ((0, 2), (B0,)), reason="the parts share another index"
    ),
    "a sum that counts": site(
        matrix("inv", term(*PRODUCT.factors, sums=(N, N))), PRODUCT_RULE, CUT, reason="a sum belongs to neither"
    ),
    "the transpose of a vector": use(
        "inverse of a transpose", factor(Opaque("pinv", (VECTOR,)), S0), slots=(N,), reason="not a matrix"
    ),
    "a symmetric inverse that is known": site(
        replace(matrix("inv", SYMMETRIC), symmetric=True),
        "inverse of a symmetric matrix",
        ((),),
        reason="already known",
    ),
    "the square of an entry of a symmetric inverse": site(
        matrix("inv", SYMMETRIC), "inverse of a symmetric matrix", ((),), power=2, reason="a power of an entry"
    ),
    "the derivative of a symbol as of an inverse": use(
        "differential of an inverse", factor(partial("s", symbol("t"))), reason="not an inverse"
    ),
    "the derivative of an adjugate as of a determinant": use(
        "Jacobi's formula",
        factor(Partial(entries(term(factor(matrix("adjugate", term(X)), S0, S1)), slots=(N, N)), "s"), S0, S1),
        slots=(N, N),
        reason="not a determinant",
    ),
    "a product with columns on the left": site(
        matrix("inv", term(*PRODUCT.factors, symbol("x", S1), sums=(N,))),
        PRODUCT_RULE,
        ((0, 2), (B0,)),
        reason="the parts do not separate rows from columns",
    ),
    "a product with rows on the right": site(
        matrix("inv", term(*PRODUCT.factors, symbol("x", S0), sums=(N,))),
        PRODUCT_RULE,
        CUT,
        reason="the parts do not separate rows from columns",
    ),
    "an inverse of an inverse that counts": of_inverse(term(INVERSE, sums=(N,)), reason="not an inverse alone"),
    "an inverse of a multiple of an inverse": of_inverse(term(INVERSE, s), reason="not an inverse alone"),
    "the inverse of a symbol as of an inverse": of_inverse(term(X), reason="not an inverse"),
    "the inverse of an adjugate as of an inverse": of_inverse(
        term(factor(matrix("adjugate", term(X)), S0, S1)), reason="not an inverse"
    ),
    "the determinant of a power that counts": of_power(
        term(factor(POWER, S0, S1), sums=(N,)), reason="not a power alone"
    ),
    "the determinant of a multiple of a power": of_power(term(factor(POWER, S0, S1), s), reason="not a power alone"),
    "the determinant of an inverse as of a power": of_power(term(INVERSE), reason="not a power"),
    "an identity that counts": of_identity(term(delta(S0, S1), sums=(N,))),
    "an identity with a factor": of_identity(term(delta(S0, S1), s)),
    "a diagonal of a delta": of_identity(term(delta(S0, S0))),
    "functions joined by an index of another size": use(
        "product of powers",
        factor(POWER, S0, B0),
        factor(POWER, B0, S1),
        sums=(M,),
        slots=(N, N),
        arguments=(1,),
        reason="a sum of another size",
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
