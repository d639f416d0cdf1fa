"""`matcalc prove --sizes`: the page of each selected identity at explicit sizes, entry by entry."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

import click

from matcalc.catalogue import Identity, Selection
from matcalc.cli.outcome import ExitCode, SizedPage, selection_code
from matcalc.cli.terminal import Terminal
from matcalc.report.document import fault_record, heading
from matcalc.workers import Limits, Stopped, Work, work_through


def read_sizes(text: str) -> dict[str, int]:
    """The numbers of `n=2,m=3`; a usage error for anything else."""
    sizes: dict[str, int] = {}
    for part in filter(None, re.split(r"[,\s]+", text)):
        name, sign, value = part.partition("=")
        if not sign or not name.isidentifier() or not value.isdecimal():
            raise click.BadParameter(f"{part!r} is no size; write NAME=NUMBER, as in n=2,m=3", param_hint="'--sizes'")
        if name in sizes:
            raise click.BadParameter(f"{name} has two values", param_hint="'--sizes'")
        sizes[name] = int(value)
    return sizes


def run_at_sizes(selection: Selection, sizes: Mapping[str, int], seconds: float, is_json: bool) -> int:
    """Print a page for each identity; exit with 3 where entries do not agree, or could not be written out."""
    terminal = Terminal()
    work = Work(partial(_page, sizes=sizes, seconds=seconds, width=terminal.page_width), ("matcalc.cli.pages",))
    answers = work_through(work, selection.identities, 1, Limits.beyond(seconds))
    pages = [_stopped_page(answer) if isinstance(answer, Stopped) else answer for answer in answers]
    faults = [*selection.faults, *(fault for page in pages for fault in page.faults)]
    if is_json:
        records = [page.record for page in pages]
        terminal.print_json({**heading(), "expansions": records, "faults": [fault_record(fault) for fault in faults]})
    else:
        _print_pages([page for page in pages if not page.faults], terminal)
    terminal.list_faults(faults)
    if not selection.identities and not faults:
        terminal.note("nothing was selected")
    code = selection_code(selection.identities, faults)
    is_open = code is ExitCode.AS_EXPECTED and not all(page.is_as_expected for page in pages)
    return ExitCode.UNDECIDED if is_open else code


def _page(identity: Identity, sizes: Mapping[str, int], seconds: float, width: int) -> SizedPage:
    from matcalc.cli.pages import page_at_sizes  # in the working process alone

    return page_at_sizes(identity, sizes, seconds, width)


def _stopped_page(stopped: Stopped) -> SizedPage:
    identity = stopped.identity
    record = {"id": identity.name, "statement": None, "expansion": None, "message": stopped.reason}
    title = f"{identity.name}: {identity.title}" if identity.title else identity.name
    return SizedPage(record, (title, "", f"Not written out: {stopped.reason}."))


def _print_pages(pages: Sequence[SizedPage], terminal: Terminal) -> None:
    for number, page in enumerate(pages):
        if number:
            terminal.print()
        for line in page.lines:
            terminal.print(line)
