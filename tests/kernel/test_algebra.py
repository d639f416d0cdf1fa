"""Rules of algebra: what each does at a site, and what each refuses, for the right reason."""

from fractions import Fraction

import pytest

from matcalc.components.terms import Bound, Fixed, Group, Parameter, Range
from matcalc.kernel import Refused, Rewrite, Within
from matcalc.kernel.application import apply
from matcalc.language.sizes import generator
from tests.kernel.sites import (
    B0,
    B1,
    B2,
    B3,
    FACTS,
    HALF,
    S0,
    S1,
    I,
    J,
    K,
    M,
    N,
    Site,
    declared,
    delta,
    entries,
    factor,
    frozen,
    function,
    group,
    partial,
    split,
    symbol,
    term,
    use,
)

s, t, w = symbol("s"), symbol("t"), symbol("w")
DETACHED = factor(frozen(s))
SUM = group(term(s), term(t))
SQUARES = group(term(symbol("s", power=2)), term(symbol("t", power=2)))
DIFFERENCE = group(term(factor(Parameter("n"))), term(c=-2))
VECTORS = group(term(symbol("x", S0)), term(symbol("y", S0)), slots=(N,))
FORM = group(term(symbol("x", B0), symbol("y", B0), sums=(N,)), term(s))


def at(place: int, rule: str, *arguments: object) -> Rewrite:
    return Rewrite(rule, 0, place, arguments)


def rooted(*factors: object, c: int = 1) -> Site:
    """The square root of a product, with the rule that takes factors out of it."""
    return Site(entries(term(factor(group(term(*factors, c=c)), power=HALF))), at(0, "power of a product"))


REWRITTEN: dict[str, Site] = {
    "a sum multiplied out": Site(entries(term(s, factor(SUM))), at(1, "distributivity")),
    "one factor of a cube of a sum multiplied out": Site(
        entries(term(factor(VECTORS, B0, power=3), sums=(N,))), at(0, "distributivity")
    ),
    "a parenthesis with sums of its own": Site(
        entries(term(factor(group(term(symbol("X", S0, B0), sums=(N,)), slots=(N,)), B0), symbol("x", B0), sums=(N,))),
        at(0, "distributivity"),
    ),
    "a whole power of a product": Site(
        entries(term(factor(group(term(s, symbol("t", power=-2), c=3)), power=-2))), at(0, "power of a product")
    ),
    "a symbolic power of a product": Site(
        entries(term(factor(group(term(s, t, c=-2)), power=K))), at(0, "power of a product")
    ),
    "the root of the square of a sum of squares": rooted(factor(SQUARES, power=2)),
    "the root of an exponential": rooted(factor(function("exp", s)), c=4),
    "the root of the square of an integer": rooted(factor(Parameter("k"), power=2)),
    "the root of a root": rooted(symbol("s", power=HALF)),
    "the root of a positive symbol": rooted(w, t),
    "a leading term beside a reciprocal": Site(
        entries(term(s, factor(SUM, power=-1))), at(1, "leading term of a power", 0, (0,), ())
    ),
    "a second term beside a root": Site(
        entries(term(symbol("t", power=2), factor(SUM, power=HALF))), at(1, "leading term of a power", 1, (0,), ())
    ),
    "a leading term with a sum": Site(
        entries(term(symbol("x", B0), symbol("y", B0), factor(FORM, power=-1), sums=(N,))),
        at(2, "leading term of a power", 0, (0, 1), (B0,)),
    ),
    "a scalar in parentheses": Site(
        entries(term(symbol("x", S0), symbol("x", B0), symbol("y", B0), sums=(N,)), slots=(N,)),
        at(1, "scalar in parentheses", (1, 2)),
    ),
    "slots exchanged": Site(
        entries(term(factor(function("exp", symbol("X", S0, S1), slots=(N, N)), B0, B1), sums=(N, N))),
        at(0, "slots of a function", (B1, B0)),
    ),
    "equal slots merged": Site(
        entries(term(factor(function("exp", symbol("X", S0, S1), slots=(N, N)), S0, S0)), slots=(N,)),
        at(0, "slots of a function", (S0,)),
    ),
    "an unused slot dropped": Site(
        entries(term(factor(function("exp", symbol("x", S1), slots=(M, N)), S0, S1)), slots=(M, N)),
        at(0, "slots of a function", (S1,)),
    ),
    "a fixed position put into the body": Site(
        entries(term(factor(function("exp", symbol("x", S0), slots=(N,)), I))), at(0, "slots of a function", ())
    ),
    "relu by its definition": Site(entries(term(factor(function("relu", s)))), at(0, "definition of the function")),
    "a detached value": Site(entries(term(DETACHED)), at(0, "value of detach")),
    "a delta contracted": Site(
        entries(term(delta(B0, S0), symbol("x", B0), sums=(N,)), slots=(N,)), at(0, "delta contraction", B0)
    ),
    "a delta with a fixed position contracted": Site(
        entries(term(delta(I, B0), symbol("x", B0), sums=(N,))), at(0, "delta contraction", B0)
    ),
    "an index replaced beside a delta": Site(
        entries(term(delta(S0, S1), symbol("X", S0, S1)), slots=(N, N)), at(0, "delta substitution", S0)
    ),
    "the delta of an index with itself": Site(entries(term(delta(B0, B0), sums=(N,))), at(0, "value of a delta")),
    "the delta of different positions": Site(
        entries(term(delta(I, Fixed(I.position + 1, N)))), at(0, "value of a delta")
    ),
    "the square of a delta": Site(entries(term(delta(S0, S1, power=2)), slots=(N, N)), at(0, "value of a delta")),
    "an unused index counted": Site(entries(term(s, sums=(N, M * N + 2))), at(0, "counting", 1)),
    "two cuts of one index": Site(
        entries(term(split(B0, S0, S1), split(B0, B1, B2), symbol("A", B1, B2), sums=(M * N, M, N)), slots=(M, N)),
        at(0, "cut of an index", 1),
    ),
    "two indices joined from the same parts": Site(
        entries(term(split(S0, B0, B1), split(S1, B0, B1), sums=(M, N)), slots=(M * N, M * N)),
        at(0, "joint of an index", 1),
    ),
}


@pytest.mark.parametrize("site", REWRITTEN.values(), ids=REWRITTEN.keys())
def test_a_rule_keeps_the_value(site: Site) -> None:
    site.check_value()


SQUARED = group(term(symbol("s", power=2)))

REFUSED: dict[str, Site] = {
    # parentheses and powers
    "multiplying out what is no parenthesis": Site(entries(term(s)), at(0, "distributivity"), "no parenthesis here"),
    "multiplying out a reciprocal": Site(
        entries(term(factor(SUM, power=-1))), at(0, "distributivity"), "not a natural power of a parenthesis"
    ),
    "multiplying out a root": Site(
        entries(term(factor(SUM, power=HALF))), at(0, "distributivity"), "not a natural power of a parenthesis"
    ),
    "multiplying out a symbolic power": Site(
        entries(term(factor(SUM, power=K))), at(0, "distributivity"), "not a natural power of a parenthesis"
    ),
    "the power of a sum as of a product": Site(
        entries(term(factor(SUM, power=2))), at(0, "power of a product"), "not a product of entries"
    ),
    "the power of a sum over an index as of a product": Site(
        entries(term(factor(group(term(symbol("x", B0), sums=(N,))), power=2))),
        at(0, "power of a product"),
        "not a product of entries",
    ),
    "the root of a square": Site(
        entries(term(factor(SQUARED, power=HALF))), at(0, "power of a product"), "nothing comes out of this power"
    ),
    "the root of a sixth power": Site(
        entries(term(factor(group(term(symbol("s", power=6))), power=HALF))),
        at(0, "power of a product"),
        "nothing comes out of this power",
    ),
    "the root of a product of symbols": Site(
        entries(term(factor(group(term(s, t)), power=HALF))),
        at(0, "power of a product"),
        "nothing comes out of this power",
    ),
    "the root of the square of a difference": Site(
        entries(term(factor(group(term(factor(group(term(s), term(t, c=-1)), power=2))), power=HALF))),
        at(0, "power of a product"),
        "nothing comes out of this power",
    ),
    "the root of a symbolic even power": Site(
        entries(term(factor(group(term(symbol("s", power=2 * K))), power=HALF))),
        at(0, "power of a product"),
        "nothing comes out of this power",
    ),
    "the root of the power of the power k of a root": Site(
        entries(term(factor(group(term(symbol("s", power=K / 2))), power=HALF))),
        at(0, "power of a product"),
        "nothing comes out of this power",
    ),
    "the root of a product of sizes that may be negative": Site(
        entries(term(factor(group(term(factor(DIFFERENCE, power=2))), power=HALF))),
        at(0, "power of a product"),
        "nothing comes out of this power",
    ),
    # leading terms
    "a leading term that stands nowhere": Site(
        entries(term(t, factor(SUM, power=-1))),
        at(1, "leading term of a power", 0, (0,), ()),
        "the leading term does not stand here",
    ),
    "a leading term with too few factors": Site(
        entries(term(s, factor(group(term(s, t), term(c=1)), power=-1))),
        at(1, "leading term of a power", 0, (0,), ()),
        "the leading term does not stand here",
    ),
    "a leading term of higher power than what stands": Site(
        entries(term(s, factor(group(term(symbol("s", power=2)), term(c=1)), power=-1))),
        at(1, "leading term of a power", 0, (0,), ()),
        "the leading term does not stand here",
    ),
    "a leading term with a root taken from a whole power": Site(
        entries(term(s, factor(group(term(symbol("s", power=HALF)), term(c=1)), power=-1))),
        at(1, "leading term of a power", 0, (0,), ()),
        "the leading term does not stand here",
    ),
    "a leading term at another index": Site(
        entries(term(symbol("x", B1), factor(VECTORS, B0, power=-1), sums=(N, N))),
        at(1, "leading term of a power", 0, (0,), ()),
        "the leading term does not stand here",
    ),
    "a leading term made of the power itself": Site(
        entries(term(factor(SUM, power=-1), factor(SUM, power=-1))),
        at(0, "leading term of a power", 0, (0,), ()),
        "a factor is used twice",
    ),
    "one factor for two of the leading term": Site(
        entries(term(s, factor(group(term(s, s), term(c=1)), power=-1))),
        at(1, "leading term of a power", 0, (0, 0), ()),
        "a factor is used twice",
    ),
    "a leading term whose sum is missing": Site(
        entries(term(symbol("x", B0), symbol("y", B0), factor(FORM, power=-1), sums=(N,))),
        at(2, "leading term of a power", 0, (0, 1), ()),
        "the sums of the leading term do not fit",
    ),
    "a leading term whose sum is used elsewhere": Site(
        entries(term(symbol("x", B0), symbol("y", B0), factor(FORM, power=-1), symbol("x", B0), sums=(N,))),
        at(2, "leading term of a power", 0, (0, 1), (B0,)),
        "a sum is used elsewhere",
    ),
    "a leading term whose sum is left over in a surplus": Site(
        entries(term(symbol("x", B0, power=2), symbol("y", B0), factor(FORM, power=-1), sums=(N,))),
        at(2, "leading term of a power", 0, (0, 1), (B0,)),
        "a sum is used elsewhere",
    ),
    "a leading term with a sum over another size": Site(
        entries(
            term(
                symbol("x", B0),
                symbol("y", B0),
                factor(group(term(symbol("x", B0), symbol("y", B0), sums=(M,)), term(s)), power=-1),
                sums=(N,),
            )
        ),
        at(2, "leading term of a power", 0, (0, 1), (B0,)),
        "a sum of another size",
    ),
    "a leading term whose sum is a free index": Site(
        entries(term(symbol("x", S0), symbol("y", S0), factor(FORM, power=-1)), slots=(N,)),
        at(2, "leading term of a power", 0, (0, 1), (S0,)),
        "a sum of another size",
    ),
    # collecting scalars
    "collecting with a shared index": Site(
        entries(term(symbol("x", B0), symbol("X", B0, B1), symbol("y", B1), sums=(N, N))),
        at(0, "scalar in parentheses", (0, 1)),
        "an index is shared with the rest",
    ),
    "collecting what has a free index": Site(
        entries(term(symbol("X", S0, B0), symbol("x", B0), sums=(N,)), slots=(N,)),
        at(0, "scalar in parentheses", (0, 1)),
        "a free index",
    ),
    "collecting where nothing is summed": Site(
        entries(term(s, t)), at(0, "scalar in parentheses", (0, 1)), "nothing is summed"
    ),
    # slots
    "slots of what has no body": Site(
        entries(term(symbol("x", B0), sums=(N,))),
        at(0, "slots of a function", (B0,)),
        "no body with slots of its own",
    ),
    "slots of a derivative": Site(
        entries(term(factor(partial("x", symbol("x", S0), slots=(N,)), B0, B1), sums=(N, N))),
        at(0, "slots of a function", (B1, B0)),
        "no body with slots of its own",
    ),
    "slots without one that is used": Site(
        entries(term(factor(function("exp", symbol("X", S0, S1), slots=(N, N)), B0, B1), sums=(N, N))),
        at(0, "slots of a function", (B0,)),
        "an index is missing from the order",
    ),
    "slots with an index twice": Site(
        entries(term(factor(function("exp", symbol("x", S0), slots=(N,)), B0), sums=(N,))),
        at(0, "slots of a function", (B0, B0)),
        "an index comes twice in the order",
    ),
    # functions
    "a definition of a function that has none": Site(
        entries(term(factor(function("exp", s)))), at(0, "definition of the function"), "a function without definition"
    ),
    "a definition of an arbitrary function": Site(
        entries(term(factor(function("f", s)))), at(0, "definition of the function"), "a function without definition"
    ),
    "detaching what is attached": Site(entries(term(s)), at(0, "value of detach"), "nothing detached here"),
    "opening a detached part under a derivative": Site(
        entries(term(DETACHED)),
        at(0, "value of detach"),
        "a detached part must stay so under a derivative",
        differentiated=True,
    ),
    "opening a detached part inside a derivative": Site(
        entries(term(factor(partial("s", DETACHED)))),
        Within(0, 0, 0, (at(0, "value of detach"),)),
        "a detached part must stay so under a derivative",
    ),
    "opening a detached part inside a parenthesis inside a derivative": Site(
        entries(term(factor(partial("s", factor(group(term(DETACHED, s))))))),
        Within(0, 0, 0, (Within(0, 0, 0, (at(0, "value of detach"),)),)),
        "a detached part must stay so under a derivative",
    ),
    "opening a detached part inside a function inside an inner derivative": Site(
        entries(term(factor(group(term(factor(partial("s", factor(function("exp", DETACHED))))))))),
        Within(0, 0, 0, (Within(0, 0, 0, (Within(0, 0, 0, (at(0, "value of detach"),)),)),)),
        "a detached part must stay so under a derivative",
    ),
    "opening a detached part under a derivative of something detached": Site(
        entries(term(factor(frozen(factor(partial("s", DETACHED)))))),
        Within(0, 0, 0, (Within(0, 0, 0, (at(0, "value of detach"),)),)),
        "a detached part must stay so under a derivative",
    ),
    # deltas
    "contracting without a delta": Site(
        entries(term(symbol("x", B0), sums=(N,))), at(0, "delta contraction", B0), "no delta here"
    ),
    "contracting the reciprocal of a delta": Site(
        entries(term(delta(B0, S0, power=-1), sums=(N,)), slots=(N,)), at(0, "delta contraction", B0), "no delta here"
    ),
    "contracting an index of another factor": Site(
        entries(term(delta(B0, S0), symbol("x", B1), sums=(N, N)), slots=(N,)),
        at(0, "delta contraction", B1),
        "not a sum over this delta",
    ),
    "contracting a free index": Site(
        entries(term(delta(S0, S1), symbol("x", S0)), slots=(N, N)),
        at(0, "delta contraction", S0),
        "not a sum over this delta",
    ),
    "contracting a fixed position": Site(
        entries(term(delta(I, S0), symbol("x", I)), slots=(N,)),
        at(0, "delta contraction", I),
        "not a sum over this delta",
    ),
    "contracting an index with itself": Site(
        entries(term(delta(B0, B0), sums=(N,))), at(0, "delta contraction", B0), "not a sum over this delta"
    ),
    "contracting indices of different sizes": Site(
        entries(term(delta(B0, S0), sums=(M,)), slots=(N,)),
        at(0, "delta contraction", B0),
        "the delta joins indices of different sizes",
    ),
    "contracting a fixed position on an axis of another size": Site(
        entries(term(delta(B0, Fixed(I.position, N)), sums=(M,))),
        at(0, "delta contraction", B0),
        "the delta joins indices of different sizes",
    ),
    "substituting an index that is not the delta's": Site(
        entries(term(delta(S0, S1), symbol("x", B0), sums=(N,)), slots=(N, N)),
        at(0, "delta substitution", B0),
        "not an index of this delta",
    ),
    "substituting beside the reciprocal of a delta": Site(
        entries(term(delta(S0, S1, power=-1), symbol("x", S0)), slots=(N, N)),
        at(0, "delta substitution", S0),
        "no delta here",
    ),
    "substituting between indices of different sizes": Site(
        entries(term(delta(S0, S1), symbol("x", S0)), slots=(N, M)),
        at(0, "delta substitution", S0),
        "the delta joins indices of different sizes",
    ),
    "the value of a delta of two indices": Site(
        entries(term(delta(S0, S1)), slots=(N, N)), at(0, "value of a delta"), "this delta has no value"
    ),
    "the value of a delta of two declared positions": Site(
        entries(term(delta(I, J))), at(0, "value of a delta"), "this delta has no value"
    ),
    "the value of a reciprocal of a delta": Site(
        entries(term(delta(S0, S1, power=-2)), slots=(N, N)), at(0, "value of a delta"), "a power that is not natural"
    ),
    # counting
    "counting an index in use": Site(
        entries(term(symbol("x", B0), sums=(N,))), at(0, "counting", 0), "the index is in use"
    ),
    "counting an index in use inside a function": Site(
        entries(term(s, factor(function("exp", symbol("x", S0), slots=(N,)), B0), sums=(N,))),
        at(0, "counting", 0),
        "the index is in use",
    ),
    "counting a sum that is not there": Site(entries(term(s)), at(0, "counting", 0), "no such sum"),
    "counting from the end": Site(entries(term(s, sums=(N, M))), at(0, "counting", -1), "no such sum"),
    # cuts
    "cutting with a single cut": Site(
        entries(term(split(B0, S0, S1), s, sums=(M * N,)), slots=(M, N)), at(0, "cut of an index", 1), "not two cuts"
    ),
    "cutting with one cut twice": Site(
        entries(term(split(B0, S0, S1), s, sums=(M * N,)), slots=(M, N)),
        at(0, "cut of an index", 0),
        "a factor is used twice",
    ),
    "cutting different indices": Site(
        entries(term(split(B0, S0, S1), split(B1, S0, S1), sums=(M * N, M * N)), slots=(M, N)),
        at(0, "cut of an index", 1),
        "cuts of different indices",
    ),
    "cutting a free index": Site(
        entries(term(split(S0, B0, B1), split(S0, B2, B3), sums=(M, N, M, N)), slots=(M * N,)),
        at(0, "cut of an index", 1),
        "cuts of different indices",
    ),
    "cutting an index in use": Site(
        entries(term(split(B0, S0, S1), split(B0, B1, B2), symbol("M", B0, B0), sums=(M * N, M, N)), slots=(M, N)),
        at(0, "cut of an index", 1),
        "the index is used elsewhere",
    ),
    "cuts in different orders": Site(
        entries(term(split(B0, S0, S1), split(B0, B1, B2), sums=(M * N, N, M)), slots=(M, N)),
        at(0, "cut of an index", 1),
        "cuts into different sizes",
    ),
    "the square of a cut": Site(
        entries(term(split(B0, S0, S1, power=2), split(B0, B1, B2), sums=(M * N, M, N)), slots=(M, N)),
        at(0, "cut of an index", 1),
        "a power of a cut",
    ),
    "joining from different parts": Site(
        entries(term(split(S0, B0, B1), split(S1, B1, B0), sums=(N, N)), slots=(N * N, N * N)),
        at(0, "joint of an index", 1),
        "cuts into different parts",
    ),
    "joining from a part that is used": Site(
        entries(term(split(S0, B0, B1), split(S1, B0, B1), symbol("a", B0), sums=(M, N)), slots=(M * N, M * N)),
        at(0, "joint of an index", 1),
        "a part is used",
    ),
    "joining from a free part": Site(
        entries(term(split(B0, S0, B1), split(B2, S0, B1), sums=(M * N, N, M * N)), slots=(M,)),
        at(0, "joint of an index", 1),
        "a part is used",
    ),
    "joining from one part twice": Site(
        entries(term(split(S0, B0, B0), split(S1, B0, B0), sums=(N,)), slots=(N * N, N * N)),
        at(0, "joint of an index", 1),
        "cuts into different parts",
    ),
}


@pytest.mark.parametrize("site", REFUSED.values(), ids=REFUSED.keys())
def test_a_site_that_does_not_fit_is_refused_for_its_reason(site: Site) -> None:
    site.check_refused()


ALIASED: dict[str, Site] = {
    "the number of a leading term counted from the end": Site(
        entries(term(t, factor(SUM, power=-1))), at(1, "leading term of a power", -1, (0,), ())
    ),
    "the place of a leading term counted from the end": Site(
        entries(term(factor(SUM, power=-1), s)), at(0, "leading term of a power", 0, (-1,), ())
    ),
    "one factor for two of a leading term, once from the end": Site(
        entries(term(factor(group(term(s, s), term(c=1)), power=-1), s)),
        at(0, "leading term of a power", 0, (1, -1), ()),
    ),
    "a factor collected twice": Site(
        entries(term(symbol("x", B0), s, sums=(N,))), at(0, "scalar in parentheses", (0, 0))
    ),
    "a factor collected twice, once from the end": Site(
        entries(term(s, symbol("x", B0), sums=(N,))), at(1, "scalar in parentheses", (1, -1))
    ),
    "a power of nothing": Site(
        entries(term(factor(Group(entries(term(s, c=0))), power=2))), at(0, "power of a product")
    ),
    "a sum beyond the last": Site(entries(term(symbol("x", B0), s, sums=(N,))), at(0, "delta contraction", Bound(7))),
    "a fraction that is none": Site(entries(term(factor(SUM, power=2), c=Fraction(1, 3))), at(0, "common number", 0.1)),
}
"""Sites at which a careless rule would give another value."""


@pytest.mark.parametrize("site", ALIASED.values(), ids=ALIASED.keys())
def test_a_step_that_would_change_the_value_is_refused(site: Site) -> None:
    with pytest.raises(Refused):
        site.after()


def test_a_delta_puts_one_position_for_another_inside_functions() -> None:
    before = entries(term(delta(I, J), factor(function("exp", symbol("x", J)))))
    after = apply(before, Rewrite("delta substitution", 0, 0, (J,)), FACTS)
    assert after == entries(term(delta(I, J), factor(function("exp", symbol("x", I)))))


def test_a_position_that_is_the_variable_of_a_finite_sum_is_not_captured() -> None:
    variable = Fixed(generator(N.ring, "?1"), N)
    inner = factor(Range("?1", N, entries(term(symbol("x", variable), symbol("y", J)))))
    for gone, kept in ((variable, J), (J, variable)):
        before = entries(term(delta(gone, kept), inner))
        assert apply(before, Rewrite("delta substitution", 0, 0, (gone,)), FACTS) == before


CONDITIONS = {
    "a cut and a symbol": use(
        "joint of an index", split(S0, B0, B1), s, arguments=(1,), sums=(M, N), slots=(M * N,), reason="not two cuts"
    ),
    "the square of a cut": use(
        "joint of an index",
        split(S0, B0, B1, power=2),
        split(S1, B0, B1),
        arguments=(1,),
        sums=(M, N),
        slots=(M * N, M * N),
        reason="a power of a cut",
    ),
    "a definition of a symbol": use("definition of the function", s, reason="a function without definition"),
    "a definition of a declared function": use(
        "definition of the function",
        factor(function("sigmoid", s)),
        facts=declared("sigmoid"),
        reason="not the function itself",
    ),
    "a symbol as a delta": use("delta substitution", s, arguments=(S0,), slots=(N,), reason="no delta here"),
    "a sum whose number is no integer": use("counting", s, arguments=(0.0,), sums=(N,), reason="no such sum"),
    "a symbol and a cut": use(
        "cut of an index", s, split(B0, S0, S1), arguments=(1,), sums=(M * N,), slots=(M, N), reason="not two cuts"
    ),
    "a symbol and a cut of the same parts": use(
        "joint of an index", s, split(S0, B0, B1), arguments=(1,), sums=(M, N), slots=(M * N,), reason="not two cuts"
    ),
    "a term whose number is no integer": use(
        "leading term of a power", factor(SUM, power=-1), s, arguments=(0.0, (1,), ()), reason="no such term"
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
