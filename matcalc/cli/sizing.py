"""`matcalc prove --sizes`: the page of each selected identity at explicit sizes, entry by entry."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from matcalc.catalogue import Identity, select
from matcalc.cli.outcome import ExitCode, selection_code
from matcalc.cli.terminal import Terminal
from matcalc.errors import Fault, MatcalcError
from matcalc.report.document import expansion_record, fault_record, heading
from matcalc.report.expansions import expansion_page
from matcalc.report.statements import statement
from matcalc.verify import Expanded, expand

NARROWEST, WIDEST = 40, 100
"""Columns between which a page is laid out, for people to read."""


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


@dataclass(frozen=True, slots=True)
class Page:
    """An identity at the sizes asked for; or the faults of its entry, or of the sizes."""

    identity: Identity
    found: Expanded | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def is_as_expected(self) -> bool:
        """Whether the entries agree, or for a claim that is expected to be refuted do not."""
        if self.found is None or self.found.expansion is None:
            return False
        agrees = all(agrees for row in self.found.expansion.agrees for agrees in row)
        return agrees == (self.identity.expect != "refuted")


def run_at_sizes(targets: Sequence[str], sizes: Mapping[str, int], seconds: float, is_json: bool) -> int:
    """Print a page for each identity; exit with 3 where entries do not agree, or could not be written out."""
    terminal = Terminal()
    selection = select(targets)
    pages = [_page(identity, sizes, seconds) for identity in selection.identities]
    faults = [*selection.faults, *(fault for page in pages for fault in page.faults)]
    if is_json:
        records = [_record(page) for page in pages]
        terminal.print_json({**heading(), "expansions": records, "faults": [fault_record(fault) for fault in faults]})
    else:
        _print_pages([page for page in pages if not page.faults], terminal)
    terminal.list_faults(faults)
    if not selection.identities and not faults:
        terminal.note("nothing was selected")
    code = selection_code(selection.identities, faults)
    is_open = code is ExitCode.AS_EXPECTED and not all(page.is_as_expected for page in pages)
    return ExitCode.UNDECIDED if is_open else code


def _page(identity: Identity, sizes: Mapping[str, int], seconds: float) -> Page:
    try:
        return Page(identity, expand(identity, sizes, seconds))
    except MatcalcError as error:
        return Page(identity, faults=error.faults)


def _print_pages(pages: Sequence[Page], terminal: Terminal) -> None:
    width = max(NARROWEST, min(terminal.width or WIDEST, WIDEST))
    for number, page in enumerate(pages):
        if number:
            terminal.print()
        for line in _lines(page, width):
            terminal.print(line)


def _lines(page: Page, width: int) -> list[str]:
    title = f"{page.identity.name}: {page.identity.title}" if page.identity.title else page.identity.name
    if page.found is None or page.found.expansion is None:
        return [title, "", f"Not written out: {page.found.reason if page.found else ''}."]
    return expansion_page(title, page.found.claim, page.found.expansion, width=width)


def _record(page: Page) -> dict[str, Any]:
    return {
        "id": page.identity.name,
        "statement": statement(page.found.claim) if page.found else None,
        "expansion": expansion_record(page.found.expansion) if page.found and page.found.expansion else None,
        "message": page.found.reason if page.found else None,
    }
