"""`matcalc verify`: judge the selected identities and print each verdict as it is reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from matcalc.catalogue import Identity, Selection, select
from matcalc.cli.outcome import ExitCode, exit_code
from matcalc.cli.terminal import Terminal
from matcalc.errors import Fault
from matcalc.report.document import document
from matcalc.report.lines import Columns, details, result_line, summary_line
from matcalc.results import Request, Result
from matcalc.workers import Judge, Limits, Work, judge_all


@dataclass(slots=True)
class Run:
    """What one run has judged so far; an interrupted one is reported as far as it came."""

    selection: Selection
    results: list[Result] = field(default_factory=list)
    is_interrupted: bool = False
    start: float = field(default_factory=perf_counter)

    @property
    def faults(self) -> list[Fault]:
        """Every fault of the run, file by file and line by line."""
        faults = [*self.selection.faults, *(fault for result in self.results for fault in result.faults)]
        return sorted(faults, key=lambda fault: (fault.place.file, fault.place.line))


def judging(request: Request) -> Judge:
    """The work of judging identities as the request says."""
    return Work(partial(_result, request=request), modules(request), partial(make_ready, request))


def modules(request: Request) -> tuple[str, ...]:
    """The modules of the engines, which take long to import."""
    return ("matcalc.cli.pages", "matcalc.evidence.autograd") if request.cross_check else ("matcalc.cli.pages",)


def make_ready(request: Request) -> None:
    """Load what judging needs beforehand, so that the first claim does not take the blame."""
    from matcalc import verify  # in the working process alone

    verify.make_ready(request)


def _result(identity: Identity, request: Request) -> Result:
    from matcalc.verify import result_of  # in the working process alone

    return result_of(identity, request)


def run_verify(targets: Sequence[str], request: Request, is_json: bool, jobs: int) -> int:
    """Judge what the targets select in `jobs` processes, print the verdicts, and return the exit code."""
    start = perf_counter()
    terminal = Terminal()
    run = Run(select(targets), start=start)
    try:
        _judge_all(run, request, terminal, is_json, jobs)
    except KeyboardInterrupt:
        run.is_interrupted = True
    _report(run, terminal, is_json)
    return ExitCode.INTERRUPTED if run.is_interrupted else exit_code(run.results, run.selection.faults)


def _judge_all(run: Run, request: Request, terminal: Terminal, is_json: bool, jobs: int) -> None:
    identities = run.selection.identities
    names = [identity.name for identity in identities]
    columns = Columns.fitting(names, [identity.expect for identity in identities], terminal.width)
    with terminal.progress(names) as advance:
        for result in judge_all(judging(request), identities, jobs, Limits.beyond(request.seconds)):
            run.results.append(result)
            advance()
            if not is_json:
                _print_result(result, columns, terminal)


def _print_result(result: Result, columns: Columns, terminal: Terminal) -> None:
    terminal.print(result_line(result, columns))
    for line in details(result, columns.line):
        terminal.print(line)


def _report(run: Run, terminal: Terminal, is_json: bool) -> None:
    """What is printed once all is judged: the document or the summary, and the faults on standard error."""
    seconds = perf_counter() - run.start
    if is_json:
        terminal.print_json(document(run.results, run.selection.faults, seconds, interrupted=run.is_interrupted))
    terminal.list_faults(run.faults)
    if run.is_interrupted:
        terminal.note(f"interrupted: {len(run.results)} of {len(run.selection.identities)} judged")
    elif not run.selection.identities and not run.faults:
        terminal.note("nothing was selected")
    if run.results and not is_json:
        terminal.print(summary_line(run.results, len(run.selection.faults), seconds))
