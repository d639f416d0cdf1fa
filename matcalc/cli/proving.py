"""`matcalc prove`: the page of each selected identity, with the derivation that the kernel replayed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from matcalc.catalogue import select
from matcalc.cli.outcome import exit_code
from matcalc.cli.terminal import Terminal
from matcalc.report.derivation import derivation_lines
from matcalc.report.document import fault_record, heading, result_record
from matcalc.report.pages import proof_page
from matcalc.report.statements import statement
from matcalc.results import Result, Verdict
from matcalc.verify import Judgement, Request, judge

NARROWEST, WIDEST = 40, 100
"""Columns between which a page is laid out, for people to read."""


def run_prove(targets: Sequence[str], request: Request, is_json: bool) -> int:
    """Print a page for each identity; without the cross-check a derivation alone counts as the expected outcome."""
    terminal, is_cross_checked = Terminal(), request.cross_check
    selection = select(targets)
    judgements: list[Judgement] = []
    for identity in selection.identities:
        judgement = judge(identity, request)
        if not is_json:
            _print_page(judgement, is_cross_checked, terminal, is_first=not judgements)
        judgements.append(judgement)
    if is_json:
        records = [_record(judgement, is_cross_checked) for judgement in judgements]
        faults = [fault_record(fault) for fault in selection.faults]
        terminal.print_json({**heading(), "results": records, "faults": faults})
    terminal.list_faults([*selection.faults, *(fault for one in judgements for fault in one.result.faults)])
    if not selection.identities and not selection.faults:
        terminal.note("nothing was selected")
    return exit_code([_outcome(judgement, is_cross_checked) for judgement in judgements], selection.faults)


def _print_page(judgement: Judgement, is_cross_checked: bool, terminal: Terminal, *, is_first: bool) -> None:
    if judgement.claim is None:
        return
    if not is_first:
        terminal.print()
    page = proof_page(
        judgement.result,
        judgement.claim,
        judgement.theorem,
        is_cross_checked=is_cross_checked,
        width=max(NARROWEST, min(terminal.width or WIDEST, WIDEST)),
    )
    for line in page:
        terminal.print(line)


def _record(judgement: Judgement, is_cross_checked: bool) -> dict[str, Any]:
    """The result's record with the page's mathematics; no verdict where only half of the evidence was asked for."""
    claim, theorem = judgement.claim, judgement.theorem
    record = result_record(judgement.result)
    if theorem is not None and not is_cross_checked:
        record |= {"verdict": None, "as_expected": None}
    return {
        **record,
        "statement": statement(claim) if claim else None,
        "derivation": derivation_lines(claim, theorem) if claim and theorem else None,
    }


def _outcome(judgement: Judgement, is_cross_checked: bool) -> Result:
    """The result as the exit code weighs it."""
    result = judgement.result
    is_derived = judgement.theorem is not None and not is_cross_checked and result.verdict is Verdict.UNDECIDED
    return replace(result, verdict=Verdict.PROVED) if is_derived else result
