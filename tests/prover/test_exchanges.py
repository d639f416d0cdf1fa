"""Blocks at exchanged positions, and products of blocks that add up to a block of a product."""

import pytest

from matcalc.prover import Unproved, prove
from tests.claims import Case, params
from tests.proofs import theorem_of
from tests.prover.test_blocks import blocks, case

TURNED, CIRCLE = blocks("A; B; -B; A"), blocks("A; B; C; C; A; B; B; C; A", 3)
SINE = "kron(basis(2, 2) @ basis(1, 2).T - basis(1, 2) @ basis(2, 2).T, A)"
ROTATION = {"Q": "matrix(2, 2) orthogonal", "R": "matrix(3, 3) orthogonal", "U": "matrix(2 * n, 2 * n) orthogonal"}
SKEW = "U @ kron(basis(1, 2) @ basis(2, 2).T - basis(2, 2) @ basis(1, 2).T, eye(n)) @ U.T"


def block(function: str, row: int, column: int, count: int = 2) -> str:
    """A block of a function of a matrix of blocks."""
    return f"kron(basis({row}, {count}), eye(n)).T @ {function} @ kron(basis({column}, {count}), eye(n))"


def rotation(text: str) -> Case:
    """A claim about orthogonal matrices."""
    return Case(text, {**ROTATION, "k": "integer"}, shared=False)


TRUE = (
    *(
        case(f"{block(function, 1, 1)} == {block(function, 2, 2)}")
        for function in (f"expm({TURNED})", f"inv({TURNED})", f"matrix_power({TURNED}, k)", f"adjugate({TURNED})")
    ),
    case(f"{block(f'expm({TURNED})', 2, 1)} == -({block(f'expm({TURNED})', 1, 2)})"),
    case(f"{block(f'expm({CIRCLE})', 1, 3, 3)} == {block(f'expm({CIRCLE})', 3, 2, 3)}"),
    case(f"D(trace({block(f'expm({SINE})', 2, 1)}), A) == ({block(f'expm({SINE})', 1, 1)}).T"),
    case(f"D(trace({block(f'expm({SINE})', 1, 1)}), A) == -({block(f'expm({SINE})', 2, 1)}).T"),
    case(
        f"({block(f'expm({SINE})', 1, 1)}) @ ({block(f'expm({SINE})', 1, 1)})"
        f" - ({block(f'expm({SINE})', 2, 1)}) @ ({block(f'expm({SINE})', 2, 1)}) == {block(f'expm(2 * {SINE})', 1, 1)}"
    ),
    rotation("Q[1, 2] * Q[2, 2] == -Q[1, 1] * Q[2, 1]"),
    rotation("R[1, 3] * R[2, 3] == -R[1, 1] * R[2, 1] - R[1, 2] * R[2, 2]"),
    rotation(f"({SKEW}) @ ({SKEW}) == -eye(2 * n)"),
    rotation(f"matrix_power({SKEW}, 2 * k) == (-1)**k * eye(2 * n)"),
)
FALSE = (
    case(f"{block(f'expm({TURNED})', 2, 1)} == {block(f'expm({TURNED})', 1, 2)}"),
    case(f"{block(f'adjugate({TURNED})', 1, 1)} == -({block(f'adjugate({TURNED})', 2, 2)})"),
    case(f"{block(f'expm({CIRCLE})', 1, 3, 3)} == {block(f'expm({CIRCLE})', 3, 1, 3)}"),
    case(f"D(trace({block(f'expm({SINE})', 2, 1)}), A) == -({block(f'expm({SINE})', 1, 1)}).T"),
    case(
        f"({block(f'expm({SINE})', 1, 1)}) @ ({block(f'expm({SINE})', 1, 1)})"
        f" + ({block(f'expm({SINE})', 2, 1)}) @ ({block(f'expm({SINE})', 2, 1)}) == {block(f'expm(2 * {SINE})', 1, 1)}"
    ),
    rotation("Q[1, 2] * Q[2, 2] == Q[1, 1] * Q[2, 1]"),
    rotation(f"({SKEW}) @ ({SKEW}) == eye(2 * n)"),
)


@pytest.mark.parametrize("claim", params(TRUE))
def test_a_claim_about_exchanged_blocks_is_proved(claim: Case) -> None:
    assert {"exchanged positions", "one of a sum"} & {*theorem_of(claim).rests_on}


@pytest.mark.parametrize("claim", params(FALSE))
def test_a_near_miss_is_not_proved(claim: Case) -> None:
    assert isinstance(prove(claim.claim()), Unproved)
