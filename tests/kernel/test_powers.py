"""Rules of powers and exponentials of matrices: what each refuses, for the right reason."""

from typing import Any

import pytest

from matcalc.components.terms import Entries, Factor, Index, Opaque
from matcalc.components.variables import SPARE
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator
from tests.kernel.sites import B0, S0, S1, K, N, Site, declared, entries, factor, partial, symbol, term, use

X, Y = (entries(term(symbol(name, S0, S1)), slots=(N, N)) for name in "XY")
ONE = N.ring.one
TRIVIAL, UNFOLDED, PRODUCT, DIFFERENTIAL = (
    "trivial power",
    "unfolded power",
    "product of powers",
    "differential of a power",
)


def of(name: str, *at: Index, body: Entries = X, parameter: Size = K, power: int = 1) -> Factor:
    """An entry of a power or an exponential, or of an inverse."""
    return factor(Opaque(name, (body,), () if name == "inv" else (parameter,)), *at, power=power)


def alone(rule: str, function: Factor, *arguments: object, **more: Any) -> Site:
    """A rule at an entry at free indices, or at a function of a scalar."""
    return use(rule, function, slots=(N,) * len(function.indices), arguments=arguments, **more)


def beside(first: Factor, *others: Factor, reason: str, sums: int = 1) -> Site:
    return use(PRODUCT, first, *others, sums=(N,) * sums, slots=(N, N), arguments=(1,), reason=reason)


def derivative(function: Factor, reason: str) -> Site:
    """The derivative of an entry of a function of X by an entry of X."""
    head = partial("X", function, slots=(N, N))
    return use(DIFFERENTIAL, factor(head, S0, S1, S0, S1), slots=(N, N), reason=reason)


POWER, SCALAR = of("matrix_power", S0, S1), entries(term(symbol("s")))
EVERY_VARIABLE = entries(
    term(symbol("X", S0, S1), *(symbol("s", power=generator(K.ring, name)) for name in SPARE)), slots=(N, N)
)
LESS = "the exponent could be less than 1"
CONDITIONS = {
    "a symbolic power as trivial": alone(TRIVIAL, POWER, reason="not a number as exponent"),
    "the square of an entry of a trivial power": alone(
        TRIVIAL, of("matrix_power", S0, S1, parameter=ONE, power=2), reason="not a number as exponent"
    ),
    "an exponential as trivial": alone(TRIVIAL, of("expm", S0, S1, parameter=ONE), reason="an exponential"),
    "the square of a power of a scalar": alone(
        TRIVIAL, of("matrix_power", body=SCALAR, power=2), reason="a power of an entry"
    ),
    "the exponential of a scalar where exp is declared": alone(
        TRIVIAL, of("expm", body=SCALAR), facts=declared("exp"), reason="a declared function of this name"
    ),
    "a power unfolded above": alone(UNFOLDED, POWER, "above", reason="neither side"),
    "a power that may be 0 unfolded": alone(UNFOLDED, POWER, "left", reason=LESS),
    "the square of an entry unfolded": alone(
        UNFOLDED, of("matrix_power", S0, S1, parameter=K + 1, power=2), "left", reason=LESS
    ),
    "a power beside a symbol": beside(
        of("matrix_power", S0, B0), symbol("X", B0, S1), reason="not two functions of one matrix"
    ),
    "powers of two matrices": beside(
        of("matrix_power", S0, B0), of("matrix_power", B0, S1, body=Y), reason="different matrices"
    ),
    "a power beside squares of entries": beside(
        of("matrix_power", S0, B0), of("matrix_power", B0, S1, power=2), reason="different matrices"
    ),
    "a power beside a transposed one": beside(
        of("matrix_power", S0, B0), of("matrix_power", S1, B0), reason="they do not stand side by side"
    ),
    "powers that share an index more": beside(
        of("matrix_power", S0, B0), of("matrix_power", B0, B0), reason="an index is used twice"
    ),
    "powers joined by a free index": beside(
        of("matrix_power", S0, S1), of("matrix_power", S1, S0), sums=0, reason="a sum of another size"
    ),
    "powers joined by an index that is used elsewhere": beside(
        of("matrix_power", S0, B0), of("matrix_power", B0, S1), symbol("x", B0), reason="a sum is used elsewhere"
    ),
    "a power beside an exponential": beside(
        of("matrix_power", S0, B0), of("expm", B0, S1), reason="functions of different kinds"
    ),
    "an exponential beside an inverse": beside(
        of("expm", S0, B0), of("inv", B0, S1), reason="functions of different kinds"
    ),
    "two inverses": beside(of("inv", S0, B0), of("inv", B0, S1), reason="functions of different kinds"),
    "the derivative of an inverse as of a power": derivative(of("inv", S0, S1), "not a power"),
    "the derivative of squares of entries of a power": derivative(of("matrix_power", S0, S1, power=2), "not a power"),
    "the derivative of a power that has every variable": derivative(
        of("matrix_power", S0, S1, body=EVERY_VARIABLE), "no variable is left"
    ),
    "the derivative of a power of either sign": derivative(
        of("matrix_power", S0, S1, parameter=K - 1), "the exponent could be positive or negative"
    ),
    "the derivative of a symbol as of a power": use(
        DIFFERENTIAL, factor(partial("s", symbol("t"))), reason="not a power"
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_a_site_that_does_not_fit_is_refused_for_its_reason(case: Site) -> None:
    case.check_refused()


def test_an_inverse_beside_a_power_lowers_it() -> None:
    before = use(PRODUCT, of("inv", S0, B0), of("matrix_power", B0, S1), sums=(N,), slots=(N, N), arguments=(1,))
    before.check_value()
