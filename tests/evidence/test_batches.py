"""Batches of random points: with the declared properties, repeatable, and the same points in exact numbers."""

import itertools

import pytest

from matcalc.evidence.batches import KINDS, Batch, Chance, draw
from matcalc.evidence.outcomes import UndefinedError
from matcalc.evidence.points import missing_property
from matcalc.evidence.relevance import relevant, symbols
from tests.evidence.claims import claim
from tests.evidence.test_points import IMPOSSIBLE, PROPERTIES


def drawn(text: str, seed: int, where: dict[str, str] | None = None, *, mixed: bool = False) -> Batch:
    stated = relevant(claim(text, where=where))
    numbers = dict.fromkeys(stated.scope.sizes, 3)
    return draw(stated, symbols(stated), numbers, Chance.of_seed(seed), mixed=mixed)


@pytest.mark.parametrize("properties", PROPERTIES)
@pytest.mark.parametrize("seed", range(3))
def test_the_exact_points_of_a_batch_have_the_declared_properties_where_it_says_so(properties: str, seed: int) -> None:
    batch = drawn("M == 0", seed, {"M": f"matrix(n, n) {properties}"}, mixed=seed > 0)
    values, valid = batch.values()
    assert any(valid)
    for k in itertools.compress(range(len(KINDS)), valid):
        exact = batch.point(k).values["M"]
        assert missing_property(frozenset(properties.split()), exact) is None
        floats = batch.backend.rows(values["M"])[k]
        assert floats == tuple(pytest.approx(tuple(map(float, row)), rel=1e-9, abs=1e-9) for row in exact)


@pytest.mark.parametrize("properties", IMPOSSIBLE)
def test_properties_that_exclude_each_other_have_no_valid_point(properties: str) -> None:
    batch = drawn("M == 0", 0, {"M": f"matrix(n, n) {properties}"})
    assert batch.values()[1] == [False] * len(KINDS)
    with pytest.raises(UndefinedError, match="M is not"):
        batch.point(0)


def test_tangents_of_a_batch_are_those_of_its_exact_points() -> None:
    batch = drawn("dQ + dS + dX == 0", 1)
    values, _ = batch.values()
    for k in range(len(KINDS)):
        point = batch.point(k)
        for name in ("dQ", "dS", "dX"):
            exact = point.values[name]
            floats = batch.backend.rows(values[name])[k]
            assert floats == tuple(pytest.approx(tuple(map(float, row)), rel=1e-9, abs=1e-9) for row in exact)


def test_a_seed_gives_the_same_batch_again() -> None:
    first, second = (drawn("f(z) == u + B @ x", 5, mixed=True) for _ in range(2))
    assert [first.point(k) for k in range(len(KINDS))] == [second.point(k) for k in range(len(KINDS))]


def test_the_kinds_of_entries_differ_in_sign() -> None:
    entries = drawn("A == 0", 2).raw["A"]
    assert bool((entries[1] > 0).all())
    assert bool((entries[2] < 0).all())
    assert bool((entries[4].abs() <= 0.2).all())
