"""Generic matrices have their structure, and reach every matrix that has it."""

import math
from fractions import Fraction

import pytest

from matcalc.evidence.generators import Entry
from matcalc.evidence.generic import Generic, Making, cases, generic_sides, makings
from matcalc.evidence.matrices import matmul, transpose
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.relevance import relevant
from matcalc.evidence.towers import Budget
from tests.evidence.claims import claim

UNBOUNDED = Budget(math.inf)


def generic(text: str, making: Making | None = None, **numbers: int) -> Generic:
    return generic_sides(relevant(claim(text)), numbers, UNBOUNDED, making or Making())


def texts(text: str, making: Making | None = None, **numbers: int) -> list[list[str]]:
    """The left side in the generators g0, g1, … of its tower."""
    return [[str(entry.polynomial) for entry in row] for row in generic(text, making, **numbers).sides[0]]


STRUCTURED = (
    ("A == 0", [["g0", "g1"], ["g2", "g3"]]),
    ("S == 0", [["g0", "g2"], ["g2", "g3"]]),
    ("K == 0", [["0", "-g2"], ["g2", "0"]]),
    ("G == 0", [["g0", "0"], ["0", "g3"]]),
    ("L == 0", [["g0", "0"], ["g2", "g3"]]),
    ("U == 0", [["g0", "g1"], ["0", "g3"]]),
    ("P == 0", [["g0", "g2"], ["g2", "g3"]]),
    ("T == 0", [["g2", "g4"], ["g4", "g5"]]),
)


@pytest.mark.parametrize(("text", "expected"), STRUCTURED, ids=[text for text, _ in STRUCTURED])
def test_structured_matrices_share_their_entries(text: str, expected: list[list[str]]) -> None:
    assert texts(text, n=2) == expected


def test_a_definite_matrix_is_a_product_with_a_positive_diagonal() -> None:
    found = generic("P == 0", Making(factored=True), n=2)
    assert [[str(entry.polynomial) for entry in row] for row in found.sides[0]] == [
        ["g0**2", "g0*g2"],
        ["g0*g2", "g2**2 + g3**2"],
    ]
    assert found.domain.tower.generators[0] == Entry("P", 1, 1, positive=True)


@pytest.mark.parametrize("text", ["Q == 0", "R == 0"])
@pytest.mark.parametrize("n", [2, 3])
def test_orthogonal_matrices_are_orthogonal_with_either_determinant(text: str, n: int) -> None:
    found = generic(text, n=n)
    Q, one = found.sides[0], found.domain.one
    product = matmul(transpose(Q), Q)
    assert all(found.domain.is_zero(product[i][j] - (one if i == j else one - one)) for i in range(n) for j in range(n))
    determinant = generic(f"det({text[0]}) == 0", n=n)
    assert not determinant.domain.is_zero(determinant.sides[0][0][0] - determinant.domain.one)


def test_a_matrix_of_lower_rank_is_a_product() -> None:
    assert texts("B == 0", Making(ranks={"B": 1}), m=2, n=3) == [
        ["g0*g2", "g0*g3", "g0*g4"],
        ["g1*g2", "g1*g3", "g1*g4"],
    ]
    assert texts("B == 0", Making(ranks={"B": 0}), m=2, n=3) == [["0"] * 3] * 2


def test_every_rank_is_met_where_a_pseudo_inverse_is_taken() -> None:
    ranks = [making.ranks for making in makings(relevant(claim("pinv(B.T) == pinv(B).T")), {"m": 2, "n": 3})]
    assert ranks == [{"B": 2}, {"B": 1}, {"B": 0}]
    with pytest.raises(OutOfReachError, match="the pseudo-inverse of S, a structured matrix or a function"):
        makings(relevant(claim("pinv(S) == S")), {"n": 2})


def test_all_indices_and_some_integers_are_met() -> None:
    assert len(cases(relevant(claim("A[i, j] == A[j, i]")), {"n": 3})) == 9
    assert cases(relevant(claim("s ** k == s")), {}) == [{"k": value} for value in range(4)]
    with pytest.raises(OutOfReachError, match="more than 200 values of the integers and indices"):
        cases(relevant(claim("A[i, j] ** k == A[j, i] ** e")), {"n": 4})


def test_derivatives_are_those_of_entries() -> None:
    assert texts("D(x.T @ A @ x, x) == 0", n=2) == [
        ["2*g0*g2 + g1*g3 + g1*g4"],
        ["g0*g3 + g0*g4 + 2*g1*g5"],
    ]


def test_derivatives_of_arbitrary_functions_are_generators_symmetric_in_their_variables() -> None:
    found = generic("hessian(w, x) == hessian(w, x).T", n=2, m=2)
    assert all(found.domain.is_zero(difference) for difference in found.differences())


def test_half_an_exponent_is_met_with_a_finer_scale() -> None:
    found = generic("exp(s / 2) * exp(s / 3) == exp(5 * s / 6)")
    assert found.domain.tower.settings.scale == 6
    assert all(found.domain.is_zero(difference) for difference in found.differences())


UNDEFINED = (("inv(K) == K", 3), ("x[i + 1] == x[i]", 1), ("D(abs(s - s), s) == 0", 1), ("log(0 * s) == s", 1))


@pytest.mark.parametrize(("text", "n"), UNDEFINED, ids=[text for text, _ in UNDEFINED])
def test_a_side_without_any_value_is_undefined(text: str, n: int) -> None:
    numbers = {"i": 1, "n": n} if "i]" in text else {"n": n}
    with pytest.raises(UndefinedError):
        generic(text, **numbers)


BEYOND = (
    ("expm(A) == A", "the exponential of a generic matrix"),
    ("pinv(A @ C) == A", "the pseudo-inverse of an expression, whose rank is not known"),
    ("O == 0", "the arbitrary orthogonal function O"),
    ("D(trace(Q), Q) == Q", "a derivative by the orthogonal matrix Q: it has no free entries"),
)


@pytest.mark.parametrize(("text", "reason"), BEYOND, ids=[text for text, _ in BEYOND])
def test_what_is_out_of_reach_says_so(text: str, reason: str) -> None:
    with pytest.raises(OutOfReachError, match=reason):
        generic(text, n=2)


def test_the_sum_of_a_difference_is_over_all_pairs_of_neighbours() -> None:
    found = generic("s == s == 2 * s")
    assert [found.domain.is_zero(difference) for difference in found.differences()] == [True, False]
    assert found.domain.number(Fraction(1, 2)).polynomial == found.domain.tower.rational(Fraction(1, 2))
