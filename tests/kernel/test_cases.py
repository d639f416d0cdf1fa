"""The cases of a sign: what the kernel looks at, and where two signs do not tell."""

from dataclasses import replace

import pytest

from matcalc.components.terms import Entries
from matcalc.kernel import Arrange, Cases, Refused, Rewrite
from matcalc.kernel.application import apply
from matcalc.kernel.cases import branches
from tests.kernel.sites import B0, FACTS, HALF, S0, N, entries, factor, function, group, matrix, partial, symbol, term

CONTINUOUS = replace(FACTS, continuous=True)
S = term(symbol("s"))


def absolute(*factors: object, slots: tuple[object, ...] = ()) -> object:
    return factor(function("abs", *factors, slots=slots), *([S0] if slots else []))


BARS = absolute(symbol("s"))
SIGN = factor(function("sign", symbol("s")))
SQUARE = entries(term(BARS, symbol("s")), term(symbol("s", power=2), c=-1))
"""s |s| − s², which is 0 for s > 0 alone."""


def test_an_expression_that_vanishes_for_both_signs_is_0() -> None:
    difference = entries(term(BARS), term(BARS, c=-1))
    collected, turned = (
        Arrange(((), ())),
        (Rewrite("even or odd function", 0, 0), Rewrite("even or odd function", 1, 0)),
    )
    step = Cases("s", (collected,), (*turned, collected))
    assert apply(difference, step, CONTINUOUS) == entries()


def test_the_opposite_stands_for_a_negative_symbol() -> None:
    (_, positive), (opposite, negative) = branches(SQUARE, "s", CONTINUOUS)
    assert opposite.terms[0].coefficient == -1
    assert all("positive" in facts.symbols["s"].properties for facts in (positive, negative))


def test_what_is_known_of_the_symbol_is_forgotten() -> None:
    known = replace(CONTINUOUS, nonzero=frozenset({BARS.head, symbol("t").head}))
    _, (_, facts) = branches(SQUARE, "s", known)
    assert facts.nonzero == {symbol("t").head}


REFUSED: dict[str, tuple[Entries, str, str]] = {
    "an expression that vanishes for one sign": (SQUARE, "s", "the expression does not vanish in each case"),
    "a symbol that does not stand there": (SQUARE, "t", "not one entry of the symbol"),
    "a name of no symbol": (SQUARE, "nobody", "no such symbol"),
    "a symbol at two indices": (
        entries(term(symbol("y", S0)), term(symbol("y", B0), sums=(N,)), slots=(N,)),
        "y",
        "not one entry of the symbol",
    ),
    "a symbol at a sum": (entries(term(symbol("y", B0), sums=(N,))), "y", "a position"),
    "a structured symbol": (entries(term(symbol("S", S0, S0)), slots=(N,)), "S", "not independent of others"),
    "a skew symbol": (entries(term(symbol("Q", S0, B0)), slots=(N,)), "Q", "not independent of others"),
    "a symbol that is a function of another": (entries(term(symbol("g"))), "g", "not independent of others"),
    "a symbol of which another is a function": (entries(term(symbol("x", S0)), slots=(N,)), "x", "not independent"),
    "a root of the symbol": (entries(term(symbol("s", power=HALF))), "s", "a power of the symbol that is not whole"),
    "a symbol in a parenthesis with another sign": (entries(term(factor(group(S)), BARS)), "s", "does not vanish"),
    "a symbol inside a matrix function": (
        entries(term(factor(matrix("det", term(symbol("s"), symbol("X", S0, B0)))), symbol("s"))),
        "s",
        "inside a function of a matrix",
    ),
    "a symbol inside a derivative": (
        entries(term(factor(partial("t", symbol("s"))), symbol("s"))),
        "s",
        "inside a function of a matrix",
    ),
}


@pytest.mark.parametrize(("before", "name", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_step_that_does_not_fit_is_refused(before: Entries, name: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        apply(before, Cases(name, (), ()), CONTINUOUS)


def test_a_jump_at_0_wants_a_symbol_that_is_not_0() -> None:
    """sign(s)² − 1 is 0 for both signs, and −1 at 0."""
    jump = entries(term(SIGN, SIGN), term(c=-1))
    with pytest.raises(Refused, match="what holds at 0 is not known"):
        branches(jump, "s", FACTS)
    symbols = {**FACTS.symbols, "s": replace(FACTS.symbols["s"], properties=frozenset({"nonzero"}))}
    assert branches(jump, "s", replace(FACTS, symbols=symbols))


def test_nothing_is_told_under_a_derivative() -> None:
    with pytest.raises(Refused, match="under a derivative"):
        apply(entries(), Cases("s", (), ()), CONTINUOUS, differentiated=True)
