"""`matcalc prove`: the page of each selected identity, with the derivation that the kernel replayed."""

from functools import partial

from matcalc.catalogue import Identity, Selection
from matcalc.cli.outcome import ProofPage, exit_code
from matcalc.cli.terminal import Terminal
from matcalc.cli.verification import make_ready, modules
from matcalc.report.document import fault_record, heading, result_record
from matcalc.results import Request
from matcalc.workers import Limits, Stopped, Work, stopped_result, work_through


def run_prove(selection: Selection, request: Request, is_json: bool, *, has_axioms: bool = False) -> int:
    """Print a page for each identity; without the cross-check a derivation alone counts as the expected outcome."""
    terminal = Terminal()
    work = Work(
        partial(_page, request=request, width=terminal.page_width, has_axioms=has_axioms),
        modules(request),
        partial(make_ready, request),
    )
    pages: list[ProofPage] = []
    for answer in work_through(work, selection.identities, 1, Limits.beyond(request.seconds)):
        page = _stopped_page(answer) if isinstance(answer, Stopped) else answer
        if not is_json:
            _print_page(page, terminal, is_first=not pages)
        pages.append(page)
    if is_json:
        faults = [fault_record(fault) for fault in selection.faults]
        terminal.print_json({**heading(), "results": [page.record for page in pages], "faults": faults})
    terminal.list_faults([*selection.faults, *(fault for page in pages for fault in page.outcome.faults)])
    if not selection.identities and not selection.faults:
        terminal.note("nothing was selected")
    return exit_code([page.outcome for page in pages], selection.faults)


def _page(identity: Identity, request: Request, width: int, has_axioms: bool) -> ProofPage:
    from matcalc.cli.pages import page_of_proof  # in the working process alone

    return page_of_proof(identity, request, width, has_axioms=has_axioms)


def _stopped_page(stopped: Stopped) -> ProofPage:
    result = stopped_result(stopped)
    heading_line = f"{result.id}: {result.title}" if result.title else result.id
    lines = (heading_line, "", f"{result.verdict.capitalize()}: {result.message}.")
    return ProofPage(result, lines, {**result_record(result), "statement": None, "derivation": None, "assumed": {}})


def _print_page(page: ProofPage, terminal: Terminal, *, is_first: bool) -> None:
    if page.lines and not is_first:
        terminal.print()
    for line in page.lines:
        terminal.print(line)
