"""Exponentials of matrices: which are written by their arguments, and near-misses that are not."""

from fractions import Fraction
from typing import Any

import pytest

from matcalc.components.terms import Entries, Factor, Opaque, Parameter, Slot
from matcalc.kernel import Arrange
from matcalc.language.nodes import Size
from tests.claims import Case
from tests.duals import Undefined
from tests.kernel.sites import S0, S1, M, N, Site, declared, delta, entries, factor, symbol, term, use
from tests.oracle import agree, value
from tests.points import points
from tests.proofs import proof, replayed, theorem_of

TURNING = Case("expm(t * Q) == cos(t) * eye(n) + sin(t) * Q", {"Q": "matrix(n, n) skew orthogonal"})
"""No point of the tests is both skew and orthogonal."""

PROVED = {
    "exponential of commuting matrices": [
        Case("expm(s * X) @ expm(t * X) == expm((s + t) * X)"),
        Case("expm(X @ X) @ expm(X) == expm(X @ X + X)"),
        Case(
            "expm(kron(X, eye(p)) + kron(eye(n), Y)) == kron(expm(X), expm(Y))",
            {"X": "matrix(n, n)", "Y": "matrix(p, p)"},
        ),
        Case("expm(s * eye(n) + X) == exp(s) * expm(X)"),
    ],
    "exponential of a multiple of a projector": [
        Case("expm(x @ y.T) == eye(n) + (exp(dot(x, y)) - 1) / dot(x, y) * x @ y.T"),
        Case("expm(t * ones(n, n)) == eye(n) + (exp(t * n) - 1) / n * ones(n, n)"),
        Case("expm(t * basis(1, 3) @ basis(2, 3).T) == eye(3) + t * basis(1, 3) @ basis(2, 3).T"),
        Case("expm(A @ inv(W.T @ A) @ W.T) == eye(m) + (exp(1) - 1) * A @ inv(W.T @ A) @ W.T"),
        Case("expm(s * eye(n) + t * (x @ x.T / dot(x, x))) == exp(s) * (eye(n) + (exp(t) - 1) * x @ x.T / dot(x, x))"),
    ],
    "exponential of a multiple of an involution": [
        Case("expm(t * Q) == cosh(t) * eye(n) + sinh(t) * Q", {"Q": "matrix(n, n) symmetric orthogonal"}),
        TURNING,
    ],
    "exponential of a diagonal matrix": [
        Case("expm(diag(x)) == diag(exp(x))"),
        Case("D(trace(expm(diag(x))), x) == exp(x)"),
        Case("expm(t * eye(n)) == exp(t) * eye(n)"),
    ],
    "exponential of a repeated matrix": [
        Case("expm(kron(eye(p), X)) == kron(eye(p), expm(X))"),
        Case("expm(kron(X, eye(p))) == kron(expm(X), eye(p))"),
    ],
    "exponential of a whole multiple": [Case("matrix_power(expm(X), k) == expm(k * X)")],
}
FALSE = (
    Case("expm(X) @ expm(Y) == expm(X + Y)"),
    Case("expm(x @ y.T) == eye(n) + exp(dot(x, y)) / dot(x, y) * x @ y.T"),
    Case("expm(t * Q) == cosh(t) * eye(n) + sinh(t) * Q", {"Q": "matrix(n, n) orthogonal"}),
    Case("expm(t * ones(n, n)) == eye(n) + (exp(t) - 1) * ones(n, n)"),
    Case("expm(diag(x)) == exp(diag(x))"),
    Case("expm(kron(X, Y)) == kron(expm(X), expm(Y))"),
    Case("expm(k * X) == k * expm(X)"),
    Case("expm(basis(1, 3) @ basis(1, 3).T) == eye(3) + basis(1, 3) @ basis(1, 3).T"),
)
CASES = [(rule, case) for rule, cases in PROVED.items() for case in cases]


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[case.name for _, case in CASES])
def test_an_exponential_is_written_by_its_argument(rule: str, case: Case) -> None:
    assert rule in theorem_of(case).rests_on


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case.name)
def test_a_near_miss_is_not_proved(case: Case) -> None:
    assert proof(case) is None


@pytest.mark.parametrize("case", [case for _, case in CASES if case != TURNING], ids=lambda case: case.name)
def test_no_step_changes_a_value(case: Case) -> None:
    at = list(points(case.claim().scope, count=1, sizes=(2, 3, 1)))
    for before, step, after in replayed(theorem_of(case)):
        for point in at:
            try:
                old, new = value(before, point), value(after, point)
            except Undefined:
                continue
            assert agree(old, new), step


ZERO, UNIT, ONE = Entries((N, N), ()), N.ring.one, Fraction(1)
S, T = entries(term(symbol("s"))), entries(term(symbol("t")))
OPPOSITE = (Arrange(((),)),)


def exponential(body: Entries, rule: str, *arguments: object, proofs: tuple[object, ...] = (), **more: Any) -> Site:
    """An entry of exp(M) at free indices."""
    at = tuple(Slot(k) for k in range(len(body.slots)))
    head = Opaque("expm", (body,), (UNIT,))
    return use(
        f"exponential of {rule}", factor(head, *at), slots=body.slots, arguments=arguments, proofs=proofs, **more
    )


def square(*factors: Factor, slots: tuple[Size, ...] = (N, N)) -> Entries:
    return entries(term(*factors), slots=slots)


X = symbol("X", S0, S1)
ON_AXES = square(delta(S0, Slot(2)), symbol("X", S1, Slot(3)), slots=(M, N, M, N))
PROJECTOR, INVOLUTION = "a multiple of a projector", "a multiple of an involution"
CONDITIONS = {
    "all terms in one part": exponential(square(X), "commuting matrices", (0,), proofs=((),), reason="no such terms"),
    "a projector times what may be 0": exponential(
        ZERO, PROJECTOR, S, ZERO, T, proofs=((), ()), reason="nothing says that the factor is not 0"
    ),
    "a declared exponential": exponential(
        ZERO,
        PROJECTOR,
        S,
        ZERO,
        T,
        proofs=((), ()),
        facts=declared("exp"),
        reason="a declared function of this name",
    ),
    "a vector as a scalar": exponential(
        ZERO,
        PROJECTOR,
        entries(term(symbol("x", S0)), slots=(N,)),
        ZERO,
        T,
        proofs=((), ()),
        reason="not a scalar",
    ),
    "a sign of 0": exponential(ZERO, INVOLUTION, S, ZERO, 0, proofs=((), OPPOSITE), reason="neither sign"),
    "a scalar as a diagonal": exponential(
        square(X), "a diagonal matrix", S, proofs=((),), reason="not a diagonal of this matrix"
    ),
    "every index repeated": exponential(square(X), "a repeated matrix", (0,), S, proofs=((),), reason="no such index"),
    "a repeated matrix of another size": exponential(
        ON_AXES,
        "a repeated matrix",
        (0,),
        square(symbol("M", S0, S1), slots=(M, M)),
        proofs=((),),
        reason="another size",
    ),
    "once a matrix": exponential(square(X), "a multiple", ONE, reason="nothing comes out"),
    "a multiple by a symbol": exponential(
        square(symbol("s"), X), "a whole multiple", 0, reason="not a size or an integer"
    ),
    "a matrix divided by an integer": exponential(
        square(factor(Parameter("k"), power=-1), X), "a whole multiple", 0, reason="not a natural power"
    ),
    "the square of an entry": use(
        "exponential of a multiple",
        factor(Opaque("expm", (square(X),), (UNIT,)), S0, S1, power=2),
        slots=(N, N),
        arguments=(ONE,),
        reason="a power of an entry",
    ),
    "another function": use("exponential of a multiple", symbol("s"), arguments=(ONE,), reason="not one of expm"),
    "a term that is not there": exponential(
        square(X), "commuting matrices", (0, 1), proofs=((),), reason="no such terms"
    ),
    "another term of two": exponential(
        entries(term(X), term(symbol("Y", S0, S1)), slots=(N, N)),
        "commuting matrices",
        (5,),
        proofs=((),),
        reason="no such terms",
    ),
    "an index that is not there": exponential(
        ON_AXES, "a repeated matrix", (5,), square(X), proofs=((),), reason="no such index"
    ),
    "a multiple by a float": exponential(square(X), "a multiple", 0.5, reason="nothing comes out"),
    "a multiple by pi": exponential(
        square(factor(Parameter("pi")), X), "a whole multiple", 0, reason="not a size or an integer"
    ),
    "a multiple by a symbol of an integer's name": exponential(
        square(symbol("n"), X), "a whole multiple", 0, reason="not a size or an integer"
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
