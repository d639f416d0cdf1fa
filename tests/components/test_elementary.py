"""What is taken from SymPy of the elementary functions, against the numbers of a calculus text."""

from collections.abc import Callable

import pytest

from matcalc.components import elementary
from matcalc.components.terms import Declared, Entries, Factor, Term
from matcalc.language import parse_claim
from tests.duals import TABLE, Dual, Fraction, Undefined, function, rate, same
from tests.oracle import entry
from tests.points import Point

SCOPE = parse_claim("s == s", {"s": "scalar"}).scope
ARGUMENT = Entries((), (Term(Fraction(1), (), (Factor(Declared("s")),)),))
NUMBERS = tuple(Fraction(*pair) for pair in ((-7, 3), (-1, 1), (-1, 5), (1, 9), (1, 2), (2, 1), (13, 4)))
FUNCTIONS = sorted(elementary.FUNCTIONS.keys() | elementary.DEFINED.keys())


def at(entries: Entries, number: Fraction) -> object:
    return entry(entries, (), Point(SCOPE, {}, {"s": [[number]]}, {}))


def compared(name: str, written: Callable[[str, Entries], Entries], expected: Callable[[Fraction], object]) -> int:
    """At how many numbers the written form has the expected value, which it has wherever that is defined."""
    count = 0
    for number in NUMBERS:
        try:
            value = expected(number)
        except Undefined:
            continue
        assert same(at(written(name, ARGUMENT), number), value), number
        count += 1
    return count


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_derivative_of_a_function(name: str) -> None:
    assert compared(name, elementary.derivative, lambda t: rate(function(name, Dual(1, t, Fraction(1))), 1))


@pytest.mark.parametrize("name", elementary.DEFINED)
def test_the_definition_of_a_function(name: str) -> None:
    assert compared(name, elementary.definition, lambda t: function(name, t))


@pytest.mark.parametrize("name", elementary.REWRITTEN)
def test_a_function_by_others(name: str) -> None:
    assert compared(name, elementary.rewritten, lambda t: function(name, t))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_parity_of_a_function(name: str) -> None:
    sign = elementary.PARITY.get(name)
    numbers = [number for number in NUMBERS if name != "log"]
    if sign is not None:
        assert all(same(function(name, -t), sign * function(name, t)) for t in numbers)


def test_every_function_has_numbers_to_compare_with() -> None:
    assert set(FUNCTIONS) <= set(TABLE)
