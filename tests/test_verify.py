"""What each combination of evidence amounts to; the witnesses are replaced where the combination should not occur."""

from fractions import Fraction

import pytest

from matcalc import verify as stage
from matcalc.catalogue import Example, Identity
from matcalc.errors import Fault, MatcalcError, Place
from matcalc.evidence import NoPoint, Unsupported
from matcalc.prover import Unproved
from matcalc.results import Counterexample, ExactCheck, NumericCheck, Request, Result, Verdict
from matcalc.verify import expand, judge, result_of

WHERE = {"x": "vector(n)", "A": "matrix(n, n)"}
TRUE = "D(x.T @ A @ x, x) == (A + A.T) @ x"
FALSE = "D(x.T @ A @ x, x) == 2 * A @ x"
WITNESS = Counterexample({"n": 1}, {"x": ((1,),)}, ((1,),), ((2,),))


def identity(claim: str = TRUE, **fields: object) -> Identity:
    return Identity(**{"name": "it/one", "place": Place("it.yaml", 2, 5), "claim": claim, "where": WHERE, **fields})


def numeric(agrees: bool) -> NumericCheck:
    return NumericCheck(agrees, 8, ({"n": 3},), 1e-16 if agrees else 0.5, 0.0)


def result(claim: str = TRUE, **fields: object) -> Result:
    return judge(identity(claim, **fields)).result


def test_a_true_claim_is_proved_with_both_kinds_of_evidence() -> None:
    judged = result()
    assert (judged.verdict, judged.message, judged.counterexample) == (Verdict.PROVED, None, None)
    assert judged.proof is not None
    assert judged.proof.scope == "all sizes"
    assert "product rule" in judged.proof.rests_on
    assert judged.numeric is not None
    assert judged.numeric.agrees


def test_a_false_claim_is_refuted_by_a_counterexample() -> None:
    judged = result(FALSE)
    assert (judged.verdict, judged.proof) == (Verdict.REFUTED, None)
    assert judged.counterexample is not None
    assert judged.counterexample.lhs != judged.counterexample.rhs


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        pytest.param("D(x.T @ x, x) == 2 * x.T", "the sides have different shapes: n×1 and 1×n", id="column and row"),
        pytest.param("x == 1", "the sides have different shapes: n×1 and 1×1", id="a number is no vector"),
        pytest.param("x == x == x.T == A", "the sides have different shapes: n×1 and 1×n and n×n", id="chain"),
    ],
)
def test_sides_of_different_shapes_are_refuted_by_shape(claim: str, message: str) -> None:
    judged = result(claim)
    assert (judged.verdict, judged.message, judged.counterexample) == (Verdict.REFUTED, message, None)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("x - x == 0", Verdict.PROVED),
        ("0 == x - x", Verdict.PROVED),
        ("A - A == x @ x.T - x @ x.T == 0", Verdict.PROVED),
        ("x == 0", Verdict.REFUTED),
        ("x.T @ x - x.T @ x == 0", Verdict.PROVED),
    ],
)
def test_a_literal_zero_is_the_zero_of_the_other_side(claim: str, verdict: Verdict) -> None:
    assert result(claim).verdict is verdict


def test_a_false_claim_whose_shapes_fit_in_one_layout_only_is_refuted_all_the_same() -> None:
    where = {"x": "vector(n)", "u": "vector(m) of x", "v": "vector(m) of x"}
    claim = "D(dot(u, v), x) == D(u, x).T @ u + D(v, x).T @ v"
    assert result(claim, where=where).verdict is Verdict.REFUTED


@pytest.mark.parametrize("claim", ["log(-1 - x.T @ x) == 0", "sqrt(-1 - norm(x)) == norm(x)", "inv(A - A) == A"])
def test_a_claim_that_is_defined_nowhere_is_undecided_and_says_so(claim: str) -> None:
    judged = result(claim)
    assert (judged.verdict, judged.counterexample) == (Verdict.UNDECIDED, None)
    assert judged.message is not None
    assert judged.message.endswith("no point was found at which every side is defined")


def test_a_claim_that_is_true_in_another_layout_gets_that_suggestion() -> None:
    assert result("D(x.T @ x, x) == 2 * x.T").suggestion == "holds in numerator layout"
    assert result("D(A @ x, x) == A.T").suggestion == "holds in denominator layout"
    assert result("det(A) == trace(A) ** 3").suggestion is None


def test_a_malformed_claim_is_an_error_with_its_place() -> None:
    judged = result("x == y")
    assert (judged.verdict, judged.message) == (Verdict.ERROR, "y is not declared")
    assert [fault.subject for fault in judged.faults] == ["it/one"]


def test_faults_of_the_entry_and_of_its_claim_come_together() -> None:
    judged = result("x == y", faults=(Fault("unknown key `tag`"),))
    assert [fault.what for fault in judged.faults] == ["unknown key `tag`", "y is not declared"]


def test_a_lost_declaration_is_the_only_fault_reported() -> None:
    judged = result("x == y", faults=(Fault("the declaration of y is empty", origin="where.y"),))
    assert [fault.what for fault in judged.faults] == ["the declaration of y is empty"]


def test_symbols_that_the_claim_does_not_use_take_no_part() -> None:
    judged = judge(identity("x == 2 * x", where={**WHERE, "B": "matrix(p, q)"}))
    assert judged.claim is not None
    assert list(judged.claim.scope.declarations) == ["x"]
    assert judged.claim.scope.sizes == ("n",)
    assert judged.result.counterexample is not None
    assert list(judged.result.counterexample.at) == ["x"]


@pytest.mark.parametrize(
    ("claim", "where", "kept"),
    [
        pytest.param(
            "f == 2 * f", {"t": "scalar", "x": "vector(n) of t", "f": "scalar of x"}, ["t", "x", "f"], id="of"
        ),
        pytest.param("d(A) == dA", {"A": "matrix(n, n)", "x": "vector(n)"}, ["A"], id="differential"),
        pytest.param("x[1] == 0", {"k": "integer", "m": "integer", "x": "vector(k + 1)"}, ["k", "x"], id="size"),
    ],
)
def test_symbols_that_the_claim_depends_on_are_kept(claim: str, where: dict[str, str], kept: list[str]) -> None:
    parsed = judge(identity(claim, where=where)).claim
    assert parsed is not None
    assert list(parsed.scope.declarations) == kept


def test_a_proof_against_a_numeric_difference_is_a_loud_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "cross_check", lambda claim: numeric(agrees=False))
    monkeypatch.setattr(stage, "find_counterexample", lambda claim, seconds=5.0, thorough=True: WITNESS)
    judged = result()
    assert judged.verdict is Verdict.ERROR
    assert judged.message is not None
    assert judged.message.startswith("the engines disagree: the kernel replayed a proof")
    assert judged.proof is not None
    assert judged.numeric is not None
    assert judged.counterexample == WITNESS


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (NoPoint("no point was found"), "derived for all sizes, but no point was found"),
        (Unsupported("no erf"), "derived for all sizes, but the cross-check cannot evaluate it: no erf"),
    ],
    ids=["no point", "unsupported"],
)
def test_a_proof_without_a_cross_check_is_undecided(
    monkeypatch: pytest.MonkeyPatch, answer: NoPoint | Unsupported, message: str
) -> None:
    monkeypatch.setattr(stage, "cross_check", lambda claim: answer)
    judged = result()
    assert (judged.verdict, judged.message, judged.numeric) == (Verdict.UNDECIDED, message, None)
    assert judged.proof is not None


def unproved(monkeypatch: pytest.MonkeyPatch, exact: ExactCheck) -> None:
    """Neither a proof nor a counterexample, and this from the exact engine."""
    monkeypatch.setattr(stage, "prove", lambda claim, seconds: Unproved("no rule yet for inv", seconds=0.0))
    monkeypatch.setattr(stage, "find_counterexample", lambda claim, seconds, thorough: None)
    monkeypatch.setattr(stage, "check_at_sizes", lambda claim, seconds: exact)


AT_SIZES = ExactCheck(True, ({"n": 2}, {"n": 3}), entries=5)
DIFFERENT = ExactCheck(False, ({"n": 3},))
OPEN = ExactCheck(None, missing="at n = 2: the time limit was reached")


@pytest.mark.parametrize(
    ("answer", "exact", "ending"),
    [
        (
            numeric(agrees=True),
            OPEN,
            "no proof at given sizes either (at n = 2: the time limit was reached); "
            "no counterexample; the sides agree at 8 random points, which proves nothing",
        ),
        (
            numeric(agrees=True),
            DIFFERENT,
            "the exact engine finds the sides different at n=3; "
            "no counterexample; the sides agree at 8 random points, which proves nothing",
        ),
        (
            numeric(agrees=False),
            AT_SIZES,
            "autograd finds the sides apart by 5.0e-01 (relative), which no exact counterexample confirms",
        ),
        (NoPoint("no point was found"), AT_SIZES, "every entry agrees at n=2; n=3; no point was found"),
        (
            Unsupported("no erf"),
            AT_SIZES,
            "every entry agrees at n=2; n=3; no counterexample; the cross-check cannot evaluate it: no erf",
        ),
    ],
    ids=["agrees", "differs exactly", "differs", "no point", "unsupported"],
)
def test_without_a_proof_and_without_a_counterexample_nothing_is_decided(
    monkeypatch: pytest.MonkeyPatch, answer: NumericCheck | NoPoint | Unsupported, exact: ExactCheck, ending: str
) -> None:
    unproved(monkeypatch, exact)
    monkeypatch.setattr(stage, "cross_check", lambda claim: answer)
    judged = result()
    assert (judged.verdict, judged.message) == (Verdict.UNDECIDED, f"not proved: no rule yet for inv; {ending}")


def test_entries_and_numbers_that_agree_are_a_proof_at_these_sizes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    unproved(monkeypatch, AT_SIZES)
    monkeypatch.setattr(stage, "cross_check", lambda claim: numeric(agrees=True))
    judged = result("inv(A) @ A == eye(n)", expect="proved-at-sizes")
    assert (judged.verdict, judged.as_expected, judged.exact) == (Verdict.PROVED_AT_SIZES, True, AT_SIZES)
    assert judged.message == "proved at n=2; n=3 only; not for all sizes: no rule yet for inv"
    assert judged.proof is not None
    assert (judged.proof.scope, judged.proof.steps, judged.proof.assumes) == ("n=2; n=3", 5, ("A invertible",))


C = "A @ C - C @ A"


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(f"({C}) @ ({C}) @ X == X @ ({C}) @ ({C})", id="true of 2×2 matrices"),
        pytest.param("adjugate(A) == trace(A) * eye(n) - A", id="true of 2×2 matrices by Cayley and Hamilton"),
    ],
)
def test_what_is_true_at_small_sizes_only_is_refuted(claim: str) -> None:
    square = "matrix(n, n)"
    assert result(claim, where={"A": square, "C": square, "X": square}).verdict is Verdict.REFUTED


def test_a_proved_claim_is_compared_by_entries_when_that_is_asked_for() -> None:
    judged = judge(identity(), Request(exact=True)).result
    assert judged.verdict is Verdict.PROVED
    assert judged.exact is not None
    assert (judged.exact.agrees, judged.exact.sizes, judged.exact.entries) == (True, ({"n": 2}, {"n": 3}), 5)
    assert result().exact is None


def test_a_proof_against_an_exact_difference_is_a_loud_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "check_at_sizes", lambda claim, seconds: DIFFERENT)
    judged = judge(identity(), Request(exact=True)).result
    assert (judged.verdict, judged.exact) == (Verdict.ERROR, DIFFERENT)
    assert judged.message == (
        "the engines disagree: the kernel replayed a proof of this claim, and the exact engine finds the sides "
        "different at n=3; please report it with the claim"
    )


def test_a_claim_has_its_time_and_says_when_it_is_over() -> None:
    judged = judge(identity("inv(A @ A) == inv(A) @ inv(A)"), Request(seconds=0.0)).result
    assert judged.verdict is Verdict.UNDECIDED
    assert judged.message is not None
    assert judged.message.startswith(
        "not proved: the time limit was reached; "
        "no proof at given sizes either (at n = 2: the time limit was reached); "
    )


def test_a_claim_is_written_out_at_given_sizes() -> None:
    expanded = expand(identity(), {"n": 2}, 5.0)
    assert expanded.expansion is not None
    assert expanded.expansion.agrees == ((True,), (True,))
    assert expand(identity("x == x.T"), {"n": 2}, 5.0).reason == "the sides have different shapes: n×1 and 1×n"
    assert expand(identity("expm(A) == A"), {"n": 2}, 5.0).reason == "the exponential of a generic matrix"


def test_faults_of_sizes_name_the_identity() -> None:
    with pytest.raises(MatcalcError) as error:
        expand(identity(), {"m": 2}, 5.0)
    assert [fault.headline() for fault in error.value.faults] == [
        "it.yaml:2:5: it/one: m is no size or integer of this claim; it has n",
        "it.yaml:2:5: it/one: the size n has no value; add n=2 to --sizes",
    ]


def test_a_worked_example_that_holds_changes_nothing() -> None:
    example = Example({"x": (Fraction(1), Fraction(2)), "A": ((1, 2), (3, 4))}, (Fraction(12), Fraction(21)))
    assert result(examples=(example,)).verdict is Verdict.PROVED


def test_a_worked_example_that_fails_is_an_error_that_names_it() -> None:
    wrong = Example({"x": (1, 2), "A": ((1, 2), (3, 4))}, (12, 20), Place("it.yaml", 9, 9))
    judged = result(examples=(wrong,))
    assert judged.verdict is Verdict.ERROR
    assert [fault.headline() for fault in judged.faults] == [
        "it.yaml:9:9: it/one: worked example 1 fails: the left side is [12, 21], and the example says [12, 20]; "
        "correct the example or the claim"
    ]


def test_without_the_cross_check_a_theorem_is_undecided_and_examples_wait() -> None:
    wrong = Example({"x": (1, 2), "A": ((1, 2), (3, 4))}, (12, 20))
    judgement = judge(identity(examples=(wrong,)), Request(cross_check=False))
    assert judgement.theorem is not None
    assert judgement.result.verdict is Verdict.UNDECIDED
    assert judgement.result.message == "derived for all sizes, not cross-checked"


def test_one_claim_that_trips_the_program_does_not_take_the_others_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(claim: object, seconds: float) -> Unproved:
        raise RecursionError("too deep")

    monkeypatch.setattr(stage, "prove", trip)
    first, second = result_of(identity()), result_of(identity("x == x.T"))
    assert first.verdict is Verdict.ERROR
    assert first.message is not None
    assert first.message.startswith("internal error, RecursionError at test_verify.py:")
    assert first.message.endswith(": too deep; please report it with the claim")
    assert second.verdict is Verdict.REFUTED


def test_an_interrupt_is_not_mistaken_for_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(claim: object, seconds: float) -> Unproved:
        raise KeyboardInterrupt

    monkeypatch.setattr(stage, "prove", interrupt)
    with pytest.raises(KeyboardInterrupt):
        judge(identity())
