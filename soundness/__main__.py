"""Runs the campaign and writes its page. Exit code 1 where something needs a look."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from soundness import kernel
from soundness.campaigns import Plan, Tally, claim_mutants, generated_claims, metamorphic_images
from soundness.report import page
from soundness.running import Budget

CLAIMS: Mapping[str, Callable[[Plan, Budget], Tally]] = {
    "claims": claim_mutants,
    "metamorphic": metamorphic_images,
    "generated": generated_claims,
}
EVERY = (*CLAIMS, "rules", "conditions", "derivations")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(EVERY))
@click.option("--seed", default="1", show_default=True)
@click.option("--mutants", default=30, show_default=True, help="Of each identity, at most.")
@click.option("--first", default=0, show_default=True, help="The number of the first generated claim, to go on from.")
@click.option("--minutes", default=60.0, show_default=True, help="Shared out evenly among the campaigns on claims.")
@click.option("--jobs", default=2, show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the page.")
def main(
    names: Sequence[str], seed: str, mutants: int, first: int, minutes: float, jobs: int, output: Path | None
) -> None:
    """Try to make the prover say yes to something false, in the campaigns NAMES or in all."""
    chosen, plan = list(names or EVERY), Plan(seed, mutants, first)
    start, tallies = time.monotonic(), list[Tally]()
    timed = [name for name in chosen if name in (*CLAIMS, "derivations")]
    deadline = start + 60 * minutes
    for name in (name for name in timed if name in CLAIMS):
        tallies.append(CLAIMS[name](plan, Budget(jobs, deadline).share(1 / len(timed))))
        timed = timed[1:]
    found = _kernel(chosen, plan, Budget(jobs, deadline))
    settings = (
        f"`python -m soundness {' '.join(chosen)} --seed {seed} --mutants {mutants} --first {first} "
        f"--minutes {minutes:g} --jobs {jobs}`, {(time.monotonic() - start) / 60:.0f} minutes"
    )
    limits = f"{plan.limits.proof:g} s for the proof and {plan.limits.counterexample:g} s for the counterexample"
    text = page(settings, limits, tallies, found)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text, encoding="utf-8")
    if any(tally.alarms for tally in tallies) or (found and found.needs_a_look):
        raise SystemExit(1)


def _kernel(chosen: Sequence[str], plan: Plan, budget: Budget) -> kernel.KernelTally | None:
    if not {*chosen} & {"rules", "conditions", "derivations"}:
        return None
    tally, cases = kernel.KernelTally(), kernel.every_case()
    if "rules" in chosen:
        kernel.rule_mutants(tally, cases)
    if "derivations" in chosen:
        kernel.derivation_mutants(tally, cases, plan.seed, budget)
    if "conditions" in chosen:
        kernel.removed_conditions(tally)
    return tally


if __name__ == "__main__":
    main()
