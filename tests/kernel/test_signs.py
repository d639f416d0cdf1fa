"""Which signs a claim's sides need, and what tells nothing."""

import pytest

from matcalc.components.facts import Facts, facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.terms import Declared, Head
from matcalc.kernel.signs import with_signs
from tests.claims import Case

POSITIVE, NEVER_NEGATIVE, NONZERO = range(3)


def signs_of(side: str) -> tuple[frozenset[Head], ...]:
    claim = Case(f"{side} == {side}").claim()
    facts: Facts = with_signs(facts_of(claim.scope), [array.entries for array in lower_claim(claim)])
    return facts.positive, facts.never_negative, facts.nonzero


TELLING: dict[str, tuple[int, str]] = {
    "log(s)": (POSITIVE, "s"),
    "log(x)": (POSITIVE, "x"),
    "log(X.T)": (POSITIVE, "X"),
    "exp(log(s) * t)": (POSITIVE, "s"),
    "log(s**3)": (POSITIVE, "s"),
    "log(2 / s)": (POSITIVE, "s"),
    "log(s**2)": (NONZERO, "s"),
    "log(s * t)": (NONZERO, "t"),
    "log(s**(k + 1))": (NONZERO, "s"),
    "log(abs(s))": (NONZERO, "s"),
    "sqrt(s)": (NEVER_NEGATIVE, "s"),
    "sqrt(X) @ x": (NEVER_NEGATIVE, "X"),
    "s**(-1/2)": (POSITIVE, "s"),
    "x / s": (NONZERO, "s"),
    "t / s**3": (NONZERO, "s"),
    "1 / (s * t)": (NONZERO, "t"),
    "sum(t / x)": (NONZERO, "x"),
    "s**t": (POSITIVE, "s"),
    "D(log(s * t), t) * log(s)": (POSITIVE, "s"),
    "inv(diag(x) / s)": (NONZERO, "s"),
}


@pytest.mark.parametrize(("side", "sign", "name"), [(side, *found) for side, found in TELLING.items()])
def test_a_side_tells_the_sign_of_what_it_is_defined_for(side: str, sign: int, name: str) -> None:
    assert Declared(name) in signs_of(side)[sign]


SILENT = (
    "log(X[1, 1])",
    "log(x)[i]",
    "sqrt(x[i])",
    "diagonal(log(X))",
    "eye(n) * log(X)",
    "1 / x[1]",
    "Sum(log(s), r, 1, k)",
    "sqrt(s**2)",
    "s**3",
    "log(1 + s**2)",
    "sqrt(s * t)",
    "f(s)",
    "s**k",
    "log(s**k)",
    "1 / (2 * s**k)",
    "log(x**(n - 1))",
)


@pytest.mark.parametrize("side", SILENT)
def test_an_entry_a_diagonal_an_empty_sum_and_a_zeroth_power_tell_nothing(side: str) -> None:
    names = {head.name for heads in signs_of(side) for head in heads if isinstance(head, Declared)}
    assert not names
