"""`matcalc coverage`: judge every catalogue of a folder and write the page that says what is covered."""

from collections.abc import Sequence
from pathlib import Path

from matcalc.catalogue import CatalogueFile, read_folder
from matcalc.cli.outcome import selection_code
from matcalc.cli.terminal import Terminal
from matcalc.cli.verification import judging
from matcalc.report.coverage import Source, coverage_page
from matcalc.results import USUAL, Result
from matcalc.workers import Limits, judge_all


def run_coverage(folder: Path | None, output: Path | None, jobs: int) -> int:
    """Write the page to `output` or to standard output, unless a catalogue has faults; return the exit code."""
    terminal = Terminal()
    files = read_folder(folder)
    results = _judge_all(files, terminal, jobs)
    faults = [fault for file in files for fault in file.faults]
    faults += [fault for result in results for fault in result.faults]
    if files and not faults:
        _write(coverage_page(_sources(files, results)), output, terminal)
    terminal.list_faults(faults)
    return selection_code(files, faults)


def _judge_all(files: Sequence[CatalogueFile], terminal: Terminal, jobs: int) -> list[Result]:
    identities = [identity for file in files for identity in file.identities]
    results = []
    with terminal.progress([identity.name for identity in identities]) as advance:
        for result in judge_all(judging(USUAL), identities, jobs, Limits.beyond(USUAL.seconds)):
            results.append(result)
            advance()
    return results


def _sources(files: Sequence[CatalogueFile], results: Sequence[Result]) -> list[Source]:
    """Each file with its part of the results, which come in the order of the identities."""
    sources, start = [], 0
    for file in files:
        end = start + len(file.identities)
        notes = {identity.name: identity.note for identity in file.identities}
        sources.append(Source(file.file, file.title, tuple(results[start:end]), notes, file.skipped))
        start = end
    return sources


def _write(page: str, output: Path | None, terminal: Terminal) -> None:
    if output is None:
        terminal.print(page.removesuffix("\n"))
    else:
        output.write_text(page, encoding="utf-8")
