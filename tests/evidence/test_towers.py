"""Elements of a tower are equal when the relations of their generators say so, and only what they say is used."""

import math
from fractions import Fraction

import pytest

from matcalc.evidence.generators import (
    CirclePi,
    Cosine,
    Entry,
    Exponential,
    Quotient,
    Root,
    Sign,
    Signature,
    Sine,
    Value,
)
from matcalc.evidence.outcomes import OutOfBudgetError
from matcalc.evidence.towers import Budget, Element, Restart, Settings, Tower, now


def tower(**budget: float) -> Tower:
    return Tower(Budget(**{"deadline": math.inf, **budget}), Settings(12))  # type: ignore[arg-type]


def entries(own: Tower, *names: str) -> list[Element]:
    return [own.adjoined(Entry(name)) for name in names]


def is_zero(x: Element) -> bool:
    return x.tower.is_zero(x.polynomial)


def test_quotients_are_equal_as_rational_functions() -> None:
    x, y = entries(tower(), "x", "y")
    one = x.tower.one
    assert is_zero(one / x + one / y - (x + y) / (x * y))
    assert is_zero((x * x - y * y) / (x - y) - x - y)
    assert is_zero(one / (one / x + one / y) - x * y / (x + y))
    assert not is_zero(one / x + one / y - one / (x + y))


def test_a_reciprocal_is_of_a_polynomial_without_reciprocals() -> None:
    x, y = entries(tower(), "x", "y")
    nested = x.tower.one / (x.tower.one / x + y)
    assert is_zero(nested * (x.tower.one + x * y) - x)
    assert str(x.tower.generators[3]) == "Reciprocal(of=g0*g1 + 1)"


def test_an_element_that_is_zero_by_the_relations_has_no_reciprocal() -> None:
    own = tower()
    (x,) = entries(own, "x")
    root = own.adjoined(Root(x.polynomial, 2))
    with pytest.raises(ZeroDivisionError):
        x / (root * root - x)


def test_equal_arguments_make_one_generator() -> None:
    x, y = entries(tower(), "x", "y")
    own = x.tower
    first = own.generator(Value("f", (0,), (own.quotient(((x * x - y * y) / (x - y)).polynomial),)))
    second = own.generator(Value("f", (0,), (own.quotient((y + x).polynomial),)))
    assert first == second


def test_each_generator_has_its_relation() -> None:
    own = tower()
    (x,) = entries(own, "x")
    unit = Quotient(x.polynomial, own.ring.one)
    root, sign = own.adjoined(Root(x.polynomial, 3)), own.adjoined(Sign(x.polynomial))
    cosine, sine = own.adjoined(Cosine(unit)), own.adjoined(Sine(unit))
    signature = own.adjoined(Signature("Q", 1))
    assert is_zero(root * root * root - x)
    assert is_zero(sign * sign * x - x)
    assert is_zero(sign * sign * sign - sign)
    assert is_zero(cosine * cosine + sine * sine - own.one)
    assert is_zero(signature * signature - own.one)
    assert is_zero(own.one / root - root * root / x)


def test_a_sign_squared_is_one_only_where_its_argument_is_not_zero() -> None:
    own = tower()
    (x,) = entries(own, "x")
    sign = own.adjoined(Sign(x.polynomial))
    assert not is_zero(sign * sign - own.one)
    own.reciprocal(x.polynomial)
    assert is_zero(sign * sign - own.one)


def test_positive_is_what_is_made_of_positive_parts() -> None:
    own = tower()
    x, y = entries(own, "x", "y")
    p = own.adjoined(Entry("p", positive=True))
    growth = own.adjoined(Exponential(Quotient(x.polynomial, own.ring.one)))
    pi = own.adjoined(CirclePi())
    cases = [(p * growth + x * x, 1), (pi, 1), (x * x + y * y, 0), (x * y, None), (p - growth, None), (x, None)]
    assert [own.sign(element.polynomial) for element, _ in cases] == [sign for _, sign in cases]


def test_only_rational_functions_of_entries_certainly_differ() -> None:
    own = tower()
    x, y = entries(own, "x", "y")
    assert (x / y).tower.is_rational()
    own.adjoined(Root(x.polynomial, 2))
    assert not own.is_rational()


def test_a_full_ring_asks_for_a_larger_one() -> None:
    own = tower()
    with pytest.raises(Restart) as restart:
        entries(own, *(f"x{k}" for k in range(13)))
    assert restart.value.settings == Settings(24)


def test_work_is_bounded_by_terms_products_and_time() -> None:
    x, y = entries(tower(most_terms=20), "x", "y")
    with pytest.raises(OutOfBudgetError, match="an entry grew beyond 20 terms"):
        x.tower.power((x + y).polynomial, 30)
    x, y = entries(tower(most_products=10), "x", "y")
    with pytest.raises(OutOfBudgetError, match="an entry grew beyond"):
        x.tower.power((x + y + x.tower.number(Fraction(1, 2))).polynomial, 4)
    x, y = entries(tower(deadline=now() - 1), "x", "y")
    with pytest.raises(OutOfBudgetError, match="the time limit was reached"):
        x * y
