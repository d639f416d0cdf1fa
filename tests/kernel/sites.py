"""Small expressions written index by index, for rules to be applied to: one scope, short names for its parts."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from matcalc.components.exponents import Exponent
from matcalc.components.facts import Facts, facts_of
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Head,
    Index,
    Opaque,
    Partial,
    Slot,
    Split,
    Term,
)
from matcalc.kernel import Refused, Rewrite, Step
from matcalc.kernel.application import apply
from matcalc.language import parse_claim
from matcalc.language.nodes import Size
from matcalc.language.sizes import generator
from tests.duals import Undefined
from tests.oracle import agree, value
from tests.points import points

SCOPE = parse_claim(
    "s == s",
    {
        "s": "scalar",
        "t": "scalar",
        "w": "scalar positive",
        "x": "vector(n)",
        "y": "vector(n)",
        "a": "vector(m)",
        "A": "matrix(m, n)",
        "X": "matrix(n, n)",
        "Y": "matrix(n, n)",
        "M": "matrix(m * n, m * n)",
        "Z": "matrix(2, 2)",
        "V": "matrix(3, 3)",
        "z": "vector(2)",
        "S": "matrix(n, n) symmetric",
        "Q": "matrix(n, n) skew",
        "L": "matrix(n, n) lower",
        "O": "matrix(n, n) orthogonal",
        "E": "matrix(n, n) diagonal",
        "u": "vector(m) of x",
        "g": "scalar of u",
        "h": "scalar of S",
        "r": "scalar of h",
        "f": "function",
        "i": "index(n)",
        "j": "index(n)",
        "k": "integer",
    },
).scope
FACTS = facts_of(SCOPE)
N, M, K = (generator(SCOPE.ring, name) for name in "nmk")
I, J = (Fixed(generator(SCOPE.ring, name), N) for name in "ij")
HALF = Fraction(1, 2)
B0, B1, B2, B3 = (Bound(number) for number in range(4))
S0, S1 = Slot(0), Slot(1)


def symbol(name: str, *indices: Index, power: Exponent | int = 1) -> Factor:
    """A declared symbol at indices."""
    return factor(Declared(name), *indices, power=power)


def factor(head: Head, *indices: Index, power: Exponent | int = 1) -> Factor:
    """A head at indices."""
    return Factor(head, indices, Fraction(power) if isinstance(power, int) else power)


def delta(*indices: Index, power: Exponent | int = 1) -> Factor:
    """A Kronecker delta."""
    return factor(Delta(), *indices, power=power)


def split(*indices: Index, power: Exponent | int = 1) -> Factor:
    """A cut of the first index into the others."""
    return factor(Split(), *indices, power=power)


def term(*factors: Factor, c: Fraction | int = 1, sums: tuple[Size, ...] = ()) -> Term:
    """A product of factors with a coefficient, summed over indices of these sizes."""
    return Term(Fraction(c), sums, factors)


def entries(*terms: Term, slots: tuple[Size, ...] = ()) -> Entries:
    """A sum of terms."""
    return Entries(slots, terms)


def group(*terms: Term, slots: tuple[Size, ...] = ()) -> Group:
    """A sum of terms in parentheses."""
    return Group(entries(*terms, slots=slots))


def partial(variable: str, *factors: Factor, slots: tuple[Size, ...] = (), c: Fraction | int = 1) -> Partial:
    """The derivative of a product by a symbol."""
    return Partial(entries(term(*factors, c=c), slots=slots), variable)


def frozen(*factors: Factor, slots: tuple[Size, ...] = ()) -> Frozen:
    """A detached product."""
    return Frozen(entries(term(*factors), slots=slots))


def function(name: str, *factors: Factor, slots: tuple[Size, ...] = (), order: int = 0) -> Elementwise:
    """A function of a product."""
    return Elementwise(name, order, entries(term(*factors), slots=slots))


def matrix(name: str, *terms: Term) -> Opaque:
    """A function of a square matrix of size n, its entries over the slots 0 and 1."""
    return Opaque(name, (entries(*terms, slots=(N, N)),))


@dataclass(frozen=True)
class Site:
    """An expression and a step at it; `reason` says why the kernel refuses it, empty where it does not."""

    before: Entries
    step: Step
    reason: str = ""
    differentiated: bool = False
    facts: Facts = FACTS

    def after(self) -> Entries:
        """The expression after the step."""
        return apply(self.before, self.step, self.facts, self.differentiated)

    def check_refused(self) -> None:
        """Fails unless the kernel refuses the step for the reason."""
        with pytest.raises(Refused) as refusal:
            self.after()
        assert refusal.value.reason == self.reason

    def check_value(self) -> None:
        """Fails unless the step changes the expression and keeps its value, at points where there is one."""
        after, compared = self.after(), 0
        assert after != self.before
        for point in points(SCOPE, count=8, sizes=(2, 3, 1)):
            try:
                old, new = value(self.before, point), value(after, point)
            except Undefined:
                continue
            compared += 1
            assert agree(old, new), point.whole
        assert compared


def use(rule: str, *factors: Factor, sums: tuple[Size, ...] = (), slots: tuple[Size, ...] = (), **more: Any) -> Site:
    """A rule at the first factor of a product; `more` are its arguments and proofs, and the fields of the site."""
    step = Rewrite(rule, 0, 0, more.pop("arguments", ()), more.pop("proofs", ()))
    return Site(entries(term(*factors, sums=sums), slots=slots), step, **more)


def declared(*names: str) -> Facts:
    """The facts where these functions are declared ones."""
    return replace(FACTS, functions=FACTS.functions | {*names})
