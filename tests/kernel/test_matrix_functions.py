"""Functions of matrices that commute with others or factor: values are kept, and what is not shown is refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from matcalc.components.terms import Delta, Entries, Factor, Fixed, Opaque, Slot
from matcalc.kernel import Arrange, Refused, Rewrite, Step
from matcalc.kernel.application import apply
from matcalc.kernel.matrix_functions import identity, product
from matcalc.language.nodes import Size
from tests.claims import Case
from tests.duals import Undefined
from tests.kernel.sites import B0, FACTS, S0, S1, K, M, N, Site, delta, entries, factor, symbol, term, use
from tests.oracle import agree, value
from tests.points import points
from tests.proofs import proof, replayed, theorem_of

PROVED = {
    "function of intertwined matrices": [
        Case("matrix_power(X @ Y, k) @ X == X @ matrix_power(Y @ X, k)"),
        Case("expm(A @ W.T) @ A == A @ expm(W.T @ A)"),
        Case("D(trace(matrix_power(A.T @ A, k + 1)), A) == 2 * (k + 1) * matrix_power(A @ A.T, k) @ A"),
        Case("inv(eye(n) - X) @ matrix_power(X, k) == matrix_power(X, k) @ inv(eye(n) - X)"),
        Case("expm(X) @ inv(eye(n) + X) == inv(eye(n) + X) @ expm(X)"),
        Case("jvp(expm(X), X, matrix_power(X, k)) == matrix_power(X, k) @ expm(X)"),
    ],
    "function beside what its matrix absorbs": [
        Case("expm(A.T @ A) - eye(n) == pinv(A) @ (expm(A @ A.T) - eye(m)) @ A"),
        Case("expm(A @ A.T) - eye(m) == A @ (expm(A.T @ A) - eye(n)) @ pinv(A)"),
    ],
    "function of a factored matrix": [
        Case("expm(X @ Y @ inv(X)) == X @ expm(Y) @ inv(X)"),
        Case("Sum(s**r * matrix_power(Q @ X @ Q.T, r), r, 0, k) == Q @ Sum(s**r * matrix_power(X, r), r, 0, k) @ Q.T",
             {"Q": "matrix(n, n) orthogonal"}),
        Case("trace(matrix_power(Q @ diag(x) @ Q.T, k)) == sum(x**k)", {"Q": "matrix(n, n) orthogonal"}),
        Case("matrix_power(A @ inv(W.T @ A) @ W.T, k + 1) == A @ inv(W.T @ A) @ W.T"),
    ],
    "power of a product in turn": [
        Case("trace(matrix_power(A @ W.T, k + 1)) == trace(matrix_power(W.T @ A, k + 1))"),
        Case("matrix_power(x @ y.T, k + 1) == dot(x, y)**k * x @ y.T"),
    ],
    "power of a power": [Case("matrix_power(expm(X), k) == expm(k * X)")],
}  # fmt: skip
FALSE = (
    Case("matrix_power(X @ Y, k) @ X == X @ matrix_power(X @ Y, k)"),
    Case("expm(A @ W.T) @ A == A @ expm(A.T @ W)"),
    Case("expm(X) @ inv(eye(n) + Y) == inv(eye(n) + Y) @ expm(X)"),
    Case("expm(X @ Y @ X.T) == X @ expm(Y) @ X.T"),
    Case("matrix_power(A @ inv(W.T @ A) @ W.T, k) == A @ inv(W.T @ A) @ W.T"),
    Case("trace(matrix_power(A @ W.T, k)) == trace(matrix_power(W.T @ A, k))"),
    Case("trace(expm(A @ W.T)) == trace(expm(W.T @ A))"),
    Case("matrix_power(x @ y.T, k) == dot(x, y)**(k - 1) * x @ y.T"),
    Case("expm(A.T @ A) == pinv(A) @ expm(A @ A.T) @ A"),
)
CASES = [(rule, case) for rule, cases in PROVED.items() for case in cases]


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[case.name for _, case in CASES])
def test_a_claim_about_functions_of_matrices_is_proved(rule: str, case: Case) -> None:
    assert rule in theorem_of(case).rests_on or "induction" in theorem_of(case).rests_on


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case.name)
def test_a_near_miss_is_not_proved(case: Case) -> None:
    assert proof(case) is None


@pytest.mark.parametrize("case", [case for _, case in CASES[::2]], ids=lambda case: case.name)
def test_no_step_changes_a_value(case: Case) -> None:
    at = list(points(case.claim().scope, count=1, sizes=(2, 3, 1)))
    for before, step, after in replayed(theorem_of(case)):
        for point in at:
            try:
                old, new = value(before, point), value(after, point)
            except Undefined:
                continue
            assert agree(old, new), step


X, Y = (entries(term(symbol(name, S0, S1)), slots=(N, N)) for name in "XY")
A = entries(term(symbol("A", S0, S1)), slots=(M, N))
TRANSPOSED = entries(term(symbol("A", S1, S0)), slots=(N, M))
INVERSE = entries(term(factor(Opaque("inv", (X,)), S0, S1)), slots=(N, N))
OTHER_INVERSE = entries(term(factor(Opaque("inv", (Y,)), S0, S1)), slots=(N, N))
ONE = identity((N,))


def _function(name: str, body: Entries, power: object = K) -> Entries:
    """A function of a matrix as a matrix."""
    parameter = power if name == "matrix_power" else N.ring.one
    return entries(term(Factor(Opaque(name, (body,), (parameter,)), (S0, S1))), slots=body.slots)  # type: ignore[arg-type]


def _beside(first: Entries, second: Entries) -> Entries:
    return product(first, second, 1)


UNSHOWN: dict[str, tuple[Entries, Step, str]] = {
    "matrices that do not commute": (
        _beside(_function("expm", X), Y),
        Rewrite(
            "function of intertwined matrices", 0, 0, ("right", Y, X, (0, 1), (S0, S1), (B0,)), ((),)
        ),
        "an equation on which the rule depends is not shown",
    ),
    "an equation that is left out": (
        _beside(_function("expm", X), X),
        Rewrite("function of intertwined matrices", 0, 0, ("right", X, X, (0, 1), (S0, S1), (B0,))),
        "another number of equations is to be shown",
    ),
    "a power that may be negative": (
        _beside(_function("matrix_power", _beside(A, TRANSPOSED), K - 1), A),
        Rewrite(
            "function of intertwined matrices",
            0,
            0,
            ("right", A, _beside(TRANSPOSED, A), (0, 1), (S0, S1), (B0,)),
            ((),),
        ),
        "an equation on which the rule depends is not shown",
    ),
    "P N Q with Q P that is not the identity": (
        _function("expm", _beside(_beside(X, Y), X)),
        Rewrite("function of a factored matrix", 0, 0, (X, Y, X), ((), ())),
        "an equation on which the rule depends is not shown",
    ),
    "a sum of matrices that do not commute": (
        _function("expm", entries(*X.terms, *Y.terms, slots=(N, N))),
        Rewrite("exponential of commuting matrices", 0, 0, ((0,),), ((),)),
        "an equation on which the rule depends is not shown",
    ),
    "a matrix that is no projector": (
        _function("expm", X),
        Rewrite("exponential of a multiple of a projector", 0, 0, (entries(term()), X, entries(term())), ((), ())),
        "an equation on which the rule depends is not shown",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "step", "reason"), UNSHOWN.values(), ids=UNSHOWN.keys())
def test_what_is_not_shown_is_refused(before: Entries, step: Step, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        apply(before, step, FACTS)
    assert refused.value.reason == reason


def _with_proofs(case: Case, rule: str) -> Iterator[tuple[Entries, Rewrite]]:
    """The outermost steps of a proof that use a rule."""
    for before, step, _ in replayed(theorem_of(case)):
        if isinstance(step, Rewrite) and step.rule == rule:
            yield before, step


def test_a_proof_of_an_equation_that_is_cut_short_is_refused() -> None:
    rule = "function of intertwined matrices"
    case = Case("expm(X) @ inv(eye(n) + X) == inv(eye(n) + X) @ expm(X)")
    found = list(_with_proofs(case, rule))
    assert found
    for before, step in found:
        short = Rewrite(rule, step.term, step.place, step.arguments, tuple(proof[:-1] for proof in step.proofs))
        with pytest.raises(Refused):
            apply(before, short, FACTS)


def test_a_matrix_that_may_be_undefined_is_not_brought_in() -> None:
    """X = Y (Y⁻¹ X): where Y has no inverse the right side says nothing."""
    wrong = _beside(OTHER_INVERSE, X)
    step = Rewrite("power of a product in turn", 0, 0, (Y, wrong), ((),))
    with pytest.raises(Refused, match=r"not shown|defined"):
        apply(_function("matrix_power", X, K + 1), step, FACTS)


def test_the_identity_has_deltas_for_entries() -> None:
    assert entries(term(delta(S0, S1)), slots=(N, N)) == ONE
    assert isinstance(identity((M, N)).terms[0].factors[1].head, Delta)
    assert identity((M, N)).terms[0].factors[1].indices == (S1, Slot(3))


NOTHING, ZERO_BY_ONE = Entries((N, N), ()), Entries((N,), ())
EXPM, INTERTWINED, ABSORBED = "expm", "function of intertwined matrices", "function beside what its matrix absorbs"
FACTORED, ROTATED, REPEATED = "function of a factored matrix", "power of a product in turn", "power of a power"


def at_free(name: str, rule: str, *arguments: object, body: Entries = NOTHING, power: Size = K, **more: Any) -> Site:
    """An entry of a function of a matrix, of zeros if not given, at free indices."""
    parameters = () if name == "inv" else (power,)
    proofs = ((),) * more.pop("equations", 0)
    head = factor(Opaque(name, (body,), parameters), S0, S1)
    return use(rule, head, slots=body.slots, arguments=arguments, proofs=more.pop("proofs", proofs), **more)


INNER = Opaque("matrix_power", (X,), (K,))
ONE_PLACE = Fixed(N.ring.one, N)
UNIT = entries(term(delta(S0, ONE_PLACE)), slots=(N,))
IS_ONE = (Rewrite("delta contraction", 0, 0, (B0,)), Rewrite("value of a delta", 0, 0), Arrange(((), ())))
CONDITIONS = {
    "another function": use(REPEATED, symbol("s"), reason="not one of matrix_power"),
    "a power that may be less than 1 beside what is absorbed": at_free(
        "matrix_power", ABSORBED, ONE, equations=1, reason="the exponent could be less than 1"
    ),
    "a power of a product in turn that may be less than 1": at_free(
        "matrix_power", ROTATED, NOTHING, X, equations=1, reason="the exponent could be less than 1"
    ),
    "a factor that may be undefined": at_free(
        "matrix_power",
        ROTATED,
        NOTHING,
        OTHER_INVERSE,
        equations=1,
        power=K + 1,
        reason="nothing says that the matrices are defined",
    ),
    "factors that do not fit": at_free(
        "matrix_power", ROTATED, TRANSPOSED, X, equations=1, power=K + 1, reason="the matrices do not fit"
    ),
    "a power of a factored matrix that may be negative": at_free(
        "matrix_power",
        FACTORED,
        UNIT,
        Entries((), ()),
        UNIT,
        power=K - 1,
        proofs=((), IS_ONE),
        reason="the exponent could be negative",
    ),
    "the inverse of another matrix": at_free(
        "inv", INTERTWINED, "right", NOTHING, ONE, equations=1, reason="not a function without poles"
    ),
    "a side that is none": at_free(EXPM, INTERTWINED, "above", ONE, NOTHING, equations=1, reason="neither side"),
    "a vector between two matrices": at_free(
        EXPM,
        INTERTWINED,
        "right",
        entries(term(symbol("x", S0)), slots=(N,)),
        NOTHING,
        equations=1,
        reason="the matrices do not fit",
    ),
    "a power of twice a power": at_free(
        "matrix_power",
        REPEATED,
        body=entries(term(factor(INNER, S0, S1), c=2), slots=(N, N)),
        reason="not a function alone",
    ),
    "a power of a power that stands transposed": at_free(
        "matrix_power",
        REPEATED,
        body=entries(term(factor(INNER, S1, S0)), slots=(N, N)),
        reason="the inner function stands transposed",
    ),
    "a power of an inverse": at_free("matrix_power", REPEATED, body=INVERSE, reason="not a power of a power"),
    "an adjugate as a power": use(
        REPEATED, factor(Opaque("adjugate", (X,)), S0, S1), slots=(N, N), reason="not one of matrix_power"
    ),
    "a power of a power that counts": at_free(
        "matrix_power",
        REPEATED,
        body=entries(term(factor(INNER, S0, S1), sums=(N,)), slots=(N, N)),
        reason="not a function alone",
    ),
    "a power of a multiple of a power": at_free(
        "matrix_power",
        REPEATED,
        body=entries(term(factor(INNER, S0, S1), symbol("s")), slots=(N, N)),
        reason="not a function alone",
    ),
    "a power of squared entries of a power": at_free(
        "matrix_power",
        REPEATED,
        body=entries(term(factor(INNER, S0, S1, power=2)), slots=(N, N)),
        reason="the inner function stands transposed",
    ),
    "a power of a symbol": at_free("matrix_power", REPEATED, body=X, reason="not a power of a power"),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
