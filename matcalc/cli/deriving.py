"""`matcalc derive`: the derivative of an expression, proved before it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import click

from matcalc.catalogue import Identity
from matcalc.catalogue.records import Layout
from matcalc.cli.outcome import DerivedPage, ExitCode
from matcalc.cli.terminal import Terminal
from matcalc.cli.verification import make_ready, modules
from matcalc.errors import Place
from matcalc.report.document import fault_record, heading
from matcalc.report.libraries import LIBRARIES, preamble_lines
from matcalc.results import Request
from matcalc.workers import Limits, Stopped, Work, work_through


@dataclass(frozen=True, slots=True)
class Question:
    """An expression, what to differentiate it by, the declarations, the layout, and the order, 1 or 2."""

    expression: str
    by: str
    where: Mapping[str, str]
    layout: Layout
    order: int

    @property
    def derivatives(self) -> list[Identity]:
        """Claims whose left sides are the derivatives that are asked for; their right sides are to be found."""
        names = {"derivative": "D"} if self.order == 1 else {"gradient": "grad", "Hessian": "hessian"}
        return [self._claim(name, operator) for name, operator in names.items()]

    def _claim(self, name: str, operator: str) -> Identity:
        return Identity(name, Place(), f"{operator}({self.expression}, {self.by}) == 0", self.where, self.layout)


def run_derive(question: Question, request: Request, *, form: str, steps: bool) -> int:
    """Print the value of each derivative in a format; exit with 3 where one is not found, or cannot be written so."""
    if steps and form not in ("text", "json"):
        raise click.UsageError(f"--steps prints a derivation as text: leave out --steps, or --format {form}")
    terminal, asked = Terminal(), question.derivatives
    work = Work(
        partial(
            _page,
            question=question,
            request=request,
            form=form,
            steps=steps,
            width=terminal.page_width,
        ),
        modules(request),
        partial(make_ready, request),
    )
    answers = work_through(work, asked, 1, Limits.beyond(request.seconds))
    pages = [_stopped_page(answer, form) if isinstance(answer, Stopped) else answer for answer in answers]
    faults = list(dict.fromkeys(fault for page in pages for fault in page.faults))
    if form == "json":
        records = [page.record for page in pages]
        terminal.print_json({**heading(), "derivatives": records, "faults": [fault_record(fault) for fault in faults]})
    else:
        _print_pages([page for page in pages if not page.faults], form, terminal)
    terminal.list_faults(faults)
    if faults:
        return ExitCode.FAULTY
    return ExitCode.AS_EXPECTED if all(page.is_derived for page in pages) else ExitCode.UNDECIDED


def _page(identity: Identity, question: Question, request: Request, form: str, steps: bool, width: int) -> DerivedPage:
    from matcalc.cli.pages import page_of_derivative  # in the working process alone

    return page_of_derivative(identity, question, request, form=form, steps=steps, width=width)


def _stopped_page(stopped: Stopped, form: str) -> DerivedPage:
    record: dict[str, Any] = {"id": stopped.identity.name, "value": None, "message": stopped.reason}
    return DerivedPage(record).excused(f"Not derived: {stopped.reason}.", form)


def _print_pages(pages: Sequence[DerivedPage], form: str, terminal: Terminal) -> None:
    """What the pages have in common, then each; what is not found is told apart from what programs read."""
    gap = [""] * (2 if form in LIBRARIES else 1)
    shared = preamble_lines(block for page in pages for block in page.preamble)
    written = [page.lines for page in pages if page.lines]
    apart = [line for lines in written[1:] for line in (*gap, *lines)]
    for line in [*shared, *(written[0] if written else ()), *apart]:
        terminal.print(line)
    for note in (note for page in pages for note in page.notes):
        terminal.note(note)
