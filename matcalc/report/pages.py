"""The page that `prove` prints: the statement in readable mathematics, the derivation, the evidence."""

import textwrap
from typing import assert_never

from matcalc.kernel import Theorem
from matcalc.language.nodes import Claim
from matcalc.report.derivation import derivation_lines
from matcalc.report.statements import declarations, statement
from matcalc.report.values import counted, counterexample_block, exact_places, sizes_text
from matcalc.results import ExactCheck, NumericCheck, ProofSummary, Result, Verdict

INDENT = "    "
NOT_CHECKED = "Not cross-checked here: add --check."


def proof_page(
    result: Result, claim: Claim, theorem: Theorem | None, *, is_cross_checked: bool, width: int = 100
) -> list[str]:
    """The lines of the page; derivations are laid out in `width` columns."""
    heading = f"{result.id}: {result.title}" if result.title else result.id
    layout = [f"in {claim.layout} layout"] if "D(" in claim.text else []
    lines = [heading, "", *_indented([statement(claim), "", *declarations(claim), *layout]), ""]
    if theorem is not None:
        lines += [*derivation_lines(claim, theorem, width), ""]
    if theorem is not None and not is_cross_checked and not result.faults:
        return [*lines, *_wrapped(_evidence_lines(result), width), NOT_CHECKED]
    return [*lines, *_wrapped([*_evidence_lines(result), *_verdict_lines(result)], width)]


def derivative_page(result: Result, claim: Claim, theorem: Theorem, *, steps: bool, width: int = 100) -> list[str]:
    """The lines of a derivative that was found: the equation, in text and on paper, its symbols, the evidence."""
    layout = [f"in {claim.layout} layout"] if "D(" in claim.text else []
    lines = [
        claim.text.replace(" == ", " = "),
        "",
        *_indented([statement(claim), "", *declarations(claim), *layout]),
        "",
    ]
    if steps:
        lines += [*derivation_lines(claim, theorem, width), ""]
    return [*lines, *_wrapped([*_evidence_lines(result), *_verdict_lines(result)], width)]


def _evidence_lines(result: Result) -> list[str]:
    is_derived = result.proof is not None and result.verdict is not Verdict.PROVED_AT_SIZES
    lines = _proof_lines(result.proof) if is_derived and result.proof else []
    lines += [_exact_line(result.exact)] if result.exact and result.exact.agrees else []
    return [*lines, _numeric_line(result.numeric)] if result.numeric else lines


def _verdict_lines(result: Result) -> list[str]:
    """What the evidence amounts to."""
    match result.verdict:
        case Verdict.PROVED:
            return ["Proved: the derivation and the cross-check agree."]
        case Verdict.PROVED_AT_SIZES:
            assumes = result.proof.assumes if result.proof else ()
            lines = [f"Assumes: {', '.join(assumes)}."] if assumes else []
            return [*lines, f"{result.verdict.capitalize()}: {result.message}."]
        case Verdict.REFUTED:
            return _refutation_lines(result)
        case Verdict.UNDECIDED | Verdict.ERROR:
            return [f"{result.verdict.capitalize()}: {result.message}."]
        case _:
            assert_never(result.verdict)


def _proof_lines(proof: ProofSummary) -> list[str]:
    lines = [f"Derived for {proof.scope}; the kernel replayed the derivation ({proof.steps} steps)."]
    if proof.assumes:
        lines.append(f"Assumes: {', '.join(proof.assumes)}.")
    if proof.rests_on:
        lines.append(f"Rests on: {', '.join(proof.rests_on)}.")
    return lines


def _exact_line(exact: ExactCheck) -> str:
    agreeing = counted(exact.entries, "entry agrees", "entries agree")
    return f"Exact check: on generic matrices {agreeing} at {exact_places(exact)}."


def _numeric_line(numeric: NumericCheck) -> str:
    outcome = "agrees" if numeric.agrees else "finds the sides apart"
    places = "; ".join(sizes_text(sizes) for sizes in numeric.sizes if sizes)
    where = f" ({places})" if places else ""
    error = f"largest relative error {numeric.max_error:.1e}" if numeric.max_error else "without any error"
    return f"Cross-check: autograd {outcome} at {counted(numeric.points, 'point')}{where}, {error}."


def _refutation_lines(result: Result) -> list[str]:
    expected = ", as the entry expects" if result.as_expected else ""
    lines = [f"Refuted{expected}: {result.message or 'the sides differ at'}"]
    if result.counterexample is not None:
        lines += ["", *_indented(counterexample_block(result.counterexample))]
    if result.suggestion is not None:
        lines += ["", f"Suggestion: it {result.suggestion}."]
    return lines


def _wrapped(lines: list[str], width: int) -> list[str]:
    """Sentences broken to the width; what is indented already is kept as it is."""
    return [
        row
        for line in lines
        for row in ([line] if line.startswith(INDENT) else textwrap.wrap(line, width, subsequent_indent="  ") or [""])
    ]


def _indented(lines: list[str]) -> list[str]:
    return [f"{INDENT}{line}" if line else "" for line in lines]
