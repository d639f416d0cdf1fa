"""Points have the declared properties exactly, and are repeatable."""

import itertools
import random
from fractions import Fraction

import pytest

from matcalc.evidence.domains import Rationals
from matcalc.evidence.exact import ExactBackend
from matcalc.evidence.functions import wavy_function, wavy_map
from matcalc.evidence.matrices import Rows, determinant, each, elementwise, matmul, transpose
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.points import (
    Point,
    draw_functions,
    draw_raw,
    is_definite,
    missing_property,
    realise,
    seed_of,
    structured,
    tangent,
)
from matcalc.evidence.relevance import relevant, symbols
from matcalc.language.nodes import Claim
from tests.evidence.claims import claim

BACKEND = ExactBackend(Rationals())


def entry(rng: random.Random, i: int, j: int) -> Fraction:
    return Fraction(rng.randint(-8, 8), 4)


def drawn(stated: Claim, numbers: dict[str, int], seed: int) -> Point:
    rng = random.Random(seed)
    functions = draw_functions(stated, numbers, rng, wavy_function, wavy_map)
    wanted = symbols(stated)
    return realise(wanted, numbers, draw_raw(wanted, numbers, rng, itertools.repeat(entry)), functions)


def exact(*rows: tuple[int, ...]) -> Rows:
    return tuple(tuple(map(Fraction, row)) for row in rows)


PROPERTIES = (
    "symmetric",
    "skew",
    "diagonal",
    "lower",
    "upper",
    "invertible",
    "orthogonal",
    "psd",
    "pd",
    "positive",
    "nonzero",
    "symmetric invertible",
    "symmetric positive",
    "diagonal invertible",
    "lower invertible",
    "symmetric orthogonal",
    "diagonal pd",
)


@pytest.mark.parametrize("properties", PROPERTIES)
@pytest.mark.parametrize("seed", range(5))
def test_drawn_values_have_the_declared_properties(properties: str, seed: int) -> None:
    stated = relevant(claim("M == 0", where={"M": f"matrix(n, n) {properties}"}))
    value = drawn(stated, {"n": 3}, seed).values["M"]
    assert missing_property(frozenset(properties.split()), value) is None


def test_orthogonal_matrices_have_determinants_of_both_signs() -> None:
    for properties in ("orthogonal", "orthogonal symmetric"):
        stated = relevant(claim("M == 0", where={"M": f"matrix(n, n) {properties}"}))
        values = [drawn(stated, {"n": 3}, seed).values["M"] for seed in range(20)]
        assert {determinant(value, Fraction(1)) for value in values} == {1, -1}


def test_definite_matrices_have_small_and_large_determinants() -> None:
    values = [drawn(relevant(claim("P == 0")), {"n": 1}, seed).values["P"][0][0] for seed in range(20)]
    assert min(values) < 1 < max(values)


IMPOSSIBLE = ("skew positive", "skew invertible", "diagonal nonzero")


@pytest.mark.parametrize("properties", IMPOSSIBLE)
def test_properties_that_exclude_each_other_have_no_value(properties: str) -> None:
    stated = relevant(claim("M == 0", where={"M": f"matrix(n, n) {properties}"}))
    with pytest.raises(UndefinedError, match="no value of M has the properties"):
        drawn(stated, {"n": 3}, 0)


HAS = (
    ("symmetric", exact((1, 2), (2, 3)), exact((1, 2), (3, 4))),
    ("skew", exact((0, 2), (-2, 0)), exact((1, 2), (-2, 0))),
    ("diagonal", exact((1, 0), (0, 2)), exact((1, 1), (0, 2))),
    ("lower", exact((1, 0), (5, 2)), exact((1, 5), (0, 2))),
    ("upper", exact((1, 5), (0, 2)), exact((1, 0), (5, 2))),
    ("invertible", exact((1, 2), (3, 4)), exact((1, 2), (2, 4))),
    ("orthogonal", exact((0, 1), (-1, 0)), exact((1, 1), (0, 1))),
    ("positive", exact((1, 2), (3, 4)), exact((1, 0), (3, 4))),
    ("nonzero", exact((-1, 2), (3, 4)), exact((1, 0), (3, 4))),
    ("psd", exact((1, 1), (1, 1)), exact((1, 2), (2, 1))),
    ("psd", exact((0, 0), (0, 1)), exact((0, 1), (1, 1))),
    ("pd", exact((2, 1), (1, 2)), exact((1, 1), (1, 1))),
    ("pd", exact((1, 0), (0, 1)), exact((2, 1), (0, 2))),
)


@pytest.mark.parametrize(("name", "having", "lacking"), HAS)
def test_properties_are_recognised_exactly(name: str, having: Rows, lacking: Rows) -> None:
    assert missing_property(frozenset({name}), having) is None
    assert missing_property(frozenset({name}), lacking) == name


def test_definiteness_needs_every_pivot() -> None:
    assert is_definite(exact((1, 0, 0), (0, 1, 0), (0, 0, 1)), strict=True)
    assert not is_definite(exact((1, 0, 0), (0, 1, 0), (0, 0, -1)), strict=False)


def test_a_raw_matrix_that_allows_no_value_is_refused() -> None:
    declaration = claim("M == 0", where={"M": "matrix(n, n) invertible"}).scope["M"]
    with pytest.raises(UndefinedError, match="M is not invertible"):
        structured(declaration, exact((1, 1), (1, 1)))


def test_tangents_keep_the_structure() -> None:
    scope = claim("x == 0").scope
    raw = exact((1, 2), (3, 4))
    assert tangent(BACKEND, scope["S"], None, raw) == exact((1, 3), (3, 4))
    assert tangent(BACKEND, scope["P"], None, raw) == exact((1, 3), (3, 4))
    assert tangent(BACKEND, scope["A"], None, raw) == raw
    Q = exact((0, 1), (-1, 0))
    dQ = tangent(BACKEND, scope["Q"], Q, raw)
    product = matmul(transpose(Q), dQ)
    assert transpose(product) == each(lambda number: -number, product)
    assert elementwise(lambda a, b: a + b, product, transpose(product)) == exact((0, 0), (0, 0))
    with pytest.raises(OutOfReachError):
        tangent(BACKEND, scope["R"], Q, raw)


def test_a_seed_depends_on_text_and_layout_alone() -> None:
    assert seed_of(claim("x == y")) == seed_of(relevant(claim("x == y")))
    assert seed_of(claim("x == y")) != seed_of(claim("y == x"))
    assert seed_of(claim("x == y")) != seed_of(claim("x == y", "numerator"))


def test_every_arbitrary_function_gets_an_instance() -> None:
    stated = relevant(claim("f(h) == sum(u)"))
    point = drawn(stated, {"n": 2, "m": 3}, 0)
    assert point.functions.keys() == {"f", "h", "u"}
    assert point.values.keys() == {"x"}
