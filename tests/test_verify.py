"""What each combination of evidence amounts to; the witnesses are replaced where the combination should not occur."""

from fractions import Fraction

import pytest

from matcalc import verify as stage
from matcalc.catalogue import Example, Identity
from matcalc.errors import Fault, Place
from matcalc.evidence import NoPoint, Unsupported
from matcalc.prover import Unproved
from matcalc.results import Counterexample, NumericCheck, Result, Verdict
from matcalc.verify import judge, result_of

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


def test_a_claim_that_is_true_in_another_layout_gets_that_suggestion() -> None:
    assert result("D(x.T @ x, x) == 2 * x.T").suggestion == "holds in numerator layout"
    assert result("D(A @ x, x) == A.T").suggestion == "holds in denominator layout"
    assert result(FALSE).suggestion is None


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
    monkeypatch.setattr(stage, "find_counterexample", lambda claim: WITNESS)
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


@pytest.mark.parametrize(
    ("answer", "ending"),
    [
        (numeric(agrees=True), "no counterexample; the sides agree at 8 random points, which proves nothing"),
        (
            numeric(agrees=False),
            "autograd finds the sides apart by 5.0e-01 (relative), which no exact counterexample confirms",
        ),
        (NoPoint("no point was found"), "no point was found"),
        (Unsupported("no erf"), "no counterexample; the cross-check cannot evaluate it: no erf"),
    ],
    ids=["agrees", "differs", "no point", "unsupported"],
)
def test_without_a_proof_and_without_a_counterexample_nothing_is_decided(
    monkeypatch: pytest.MonkeyPatch, answer: NumericCheck | NoPoint | Unsupported, ending: str
) -> None:
    monkeypatch.setattr(stage, "prove", lambda claim: Unproved("no rule yet for inv", seconds=0.0))
    monkeypatch.setattr(stage, "cross_check", lambda claim: answer)
    monkeypatch.setattr(stage, "find_counterexample", lambda claim: None)
    judged = result()
    assert (judged.verdict, judged.message) == (Verdict.UNDECIDED, f"not proved: no rule yet for inv; {ending}")


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
    judgement = judge(identity(examples=(wrong,)), with_cross_check=False)
    assert judgement.theorem is not None
    assert judgement.result.verdict is Verdict.UNDECIDED
    assert judgement.result.message == "derived for all sizes, not cross-checked"


def test_one_claim_that_trips_the_program_does_not_take_the_others_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(claim: object) -> Unproved:
        raise RecursionError("too deep")

    monkeypatch.setattr(stage, "prove", trip)
    first, second = result_of(identity()), result_of(identity("x == x.T"))
    assert first.verdict is Verdict.ERROR
    assert first.message is not None
    assert first.message.startswith("internal error, RecursionError at test_verify.py:")
    assert first.message.endswith(": too deep; please report it with the claim")
    assert second.verdict is Verdict.REFUTED


def test_an_interrupt_is_not_mistaken_for_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(claim: object) -> Unproved:
        raise KeyboardInterrupt

    monkeypatch.setattr(stage, "prove", interrupt)
    with pytest.raises(KeyboardInterrupt):
        judge(identity())
