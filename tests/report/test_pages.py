"""Pages without a derivation; those with one are tested where they are printed, and in the README."""

import pytest

from matcalc.language import parse_claim
from matcalc.report.pages import proof_page
from matcalc.results import ExactCheck, NumericCheck, ProofSummary, Result, Verdict
from tests.report.samples import REFUTED, result

CLAIM = parse_claim("D(x.T @ x, x) == 3 * x", {"x": "vector(n)"})
HEAD = ["seed/one", "", "    ∇ₓ (xᵀ x) = 3 x", "", "    x ∈ ℝⁿ", "    in mixed layout", ""]


def page(judged: Result, **options: int) -> list[str]:
    lines = proof_page(judged, CLAIM, None, is_cross_checked=True, **options)
    assert lines[: len(HEAD)] == HEAD
    return lines[len(HEAD) :]


def test_a_title_follows_the_name() -> None:
    (first, *_) = proof_page(result(title="A norm"), CLAIM, None, is_cross_checked=True)
    assert first == "seed/one: A norm"


def test_the_evidence_comes_before_what_it_amounts_to() -> None:
    assert page(result()) == [
        "Derived for all sizes; the kernel replayed the derivation (9 steps).",
        "Assumes: A invertible.",
        "Rests on: product rule.",
        "Cross-check: autograd agrees at 8 points (n=3; n=5), largest relative error 2.2e-16.",
        "Proved: the derivation and the cross-check agree.",
    ]


def test_a_counterexample_is_shown_with_its_matrices() -> None:
    assert page(REFUTED) == [
        "Refuted: the sides differ at",
        "",
        "    sizes  n=2",
        "    x = [ 1 ]",
        "        [ 0 ]",
        "",
        "    left = [ 0 ]",
        "           [ 1 ]",
        "    right = [   0 ]",
        "            [ 1/3 ]",
    ]


AT_SIZES = ExactCheck(True, ({"n": 2}, {"n": 3}), {"k": (0, 1)}, entries=13)


def test_a_proof_at_sizes_says_so_and_no_more() -> None:
    proof = ProofSummary("n=2; n=3; k=0…1", 13, ("A invertible",), ("comparison of entries",), 0.1)
    told = "proved at n=2; n=3; k=0…1 only; not for all sizes: no rule"
    assert page(result(verdict=Verdict.PROVED_AT_SIZES, proof=proof, exact=AT_SIZES, numeric=None, message=told)) == [
        "Exact check: on generic matrices 13 entries agree at n=2; n=3; k=0…1.",
        "Assumes: A invertible.",
        "Proved-at-sizes: proved at n=2; n=3; k=0…1 only; not for all sizes: no rule.",
    ]


def test_an_exact_check_of_a_proved_claim_is_one_more_piece_of_evidence() -> None:
    assert page(result(exact=AT_SIZES))[3] == "Exact check: on generic matrices 13 entries agree at n=2; n=3; k=0…1."


@pytest.mark.parametrize("verdict", [Verdict.UNDECIDED, Verdict.ERROR])
def test_an_open_end_is_told_with_its_reason(verdict: Verdict) -> None:
    judged = result(verdict=verdict, proof=None, numeric=None, message="the reason")
    assert page(judged) == [f"{verdict.value.capitalize()}: the reason."]


def test_a_disagreement_is_told_with_both_pieces_of_evidence() -> None:
    differs = NumericCheck(False, 1, ({"n": 3},), 0.5, 0.0)
    lines = page(result(verdict=Verdict.ERROR, numeric=differs, message="the engines disagree"))
    assert lines[0].startswith("Derived for all sizes")
    assert lines[-2:] == [
        "Cross-check: autograd finds the sides apart at 1 point (n=3), largest relative error 5.0e-01.",
        "Error: the engines disagree.",
    ]


def test_sentences_are_broken_to_the_width() -> None:
    lines = page(result(verdict=Verdict.UNDECIDED, proof=None, numeric=None, message="word " * 20), width=40)
    assert len(lines) == 3
    assert max(map(len, lines)) <= 40
