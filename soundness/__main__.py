"""Runs the campaign, keeps its record and writes its page. Exit code 1 where something needs a look."""

import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import click

from soundness import kernel
from soundness.campaigns import CAMPAIGNS, Plan, run
from soundness.record import Record, read
from soundness.report import page
from soundness.running import Budget

TIMED = (*CAMPAIGNS, "derivations")
EVERY = (*TIMED, "rules", "conditions")
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(EVERY))
@click.option("--seed", default=1, show_default=True, help="The first; the next follows when all sources are done.")
@click.option("--each", default=15, show_default=True, help="Claims made of each identity, at most.")
@click.option("--minutes", default=60.0, show_default=True, help="Shared out evenly among the campaigns.")
@click.option("--jobs", default=2, show_default=True)
@click.option("--record", "path", type=FILE, help="The record to go on from and to add to.")
@click.option("--output", type=FILE, help="Where to write the page.")
def main(
    names: Sequence[str], seed: int, each: int, minutes: float, jobs: int, path: Path | None, output: Path | None
) -> None:
    """Try to make the prover say yes to something false, in the campaigns NAMES or in all."""
    chosen, record = list(names or EVERY), read(path)
    budget = Budget(jobs, time.monotonic() + 60 * minutes)
    timed = [name for name in TIMED if name in chosen]
    for name in (name for name in timed if name in CAMPAIGNS):
        _go_on(record, name, seed, each, budget.share(1 / len(timed)))
        timed = timed[1:]
    _kernel(record, chosen, str(seed), budget)
    text = page(record, Plan(str(seed)).limits)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text, encoding="utf-8")
    if _needs_a_look(record):
        raise SystemExit(1)


def _go_on(record: Record, name: str, first: int, each: int, budget: Budget) -> None:
    """One campaign, seed after seed, until its time is up."""
    for seed in map(str, count(first)):
        tally = record.tally(name, seed, each)
        if tally.each != each:
            raise click.UsageError(f"the record of {name} with seed {seed} has {tally.each} of each, not {each}")
        for _ in run(name, Plan(seed, each), budget, tally):
            record.save(soon=True)
        record.save()
        if time.monotonic() > budget.deadline:
            return


def _kernel(record: Record, chosen: Sequence[str], seed: str, budget: Budget) -> None:
    if not {*chosen} & {"rules", "conditions", "derivations"}:
        return
    tally, cases = kernel.KernelTally(), kernel.every_case()
    if "rules" in chosen:
        kernel.rule_mutants(tally, cases)
    if "derivations" in chosen:
        kernel.derivation_mutants(tally, cases, seed, budget)
    if "conditions" in chosen:
        kernel.removed_conditions(tally)
    record.kernel = tally
    record.save()


def _needs_a_look(record: Record) -> bool:
    tallies = [tally for seeds in record.tallies.values() for tally in seeds.values()]
    found = record.kernel
    return any(tally.alarms for tally in tallies) or bool(found and found.needs_a_look)


if __name__ == "__main__":
    main()
