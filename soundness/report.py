"""`docs/soundness.md`: what all runs tried and found, in figures, with every case that needs a look."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from soundness.campaigns import CAMPAIGNS, Campaign, Tally, together
from soundness.derivations import CHANGED
from soundness.judging import Judgement, Limits, Outcome
from soundness.kernel import KernelTally
from soundness.metamorphic import INJECTED
from soundness.record import Record

COLUMNS = (
    Outcome.PROVED,
    Outcome.REFUTED,
    Outcome.UNDECIDED,
    Outcome.MISSED,
    Outcome.STOPPED,
    Outcome.FAILED,
    Outcome.CONTRADICTION,
)
LONGEST = 300
"""Characters of a case in print."""

MOST = 40
"""Cases of one kind in print."""

INTRODUCTION = """\
# The soundness campaign

Written by `make soundness` from `docs/soundness.json`; do not edit. The figures of claims add up over all runs, each
of which goes on where the one before it ended; those of the kernel are of the last run.

Claims are judged by the prover and by exact evaluation (`matcalc/evidence`), which share the parser and nothing else. A
claim that is proved and has a counterexample, or whose sides autograd sees apart, is a contradiction: a false proof, or
a false alarm of the evaluation.
False by numbers are those that no exact point refuted although autograd sees the sides differ. What is undecided
has neither a proof nor a counterexample, within {limits.proof:g} s of the processor for the proof (true claims of the
catalogue take 6 ms in the median and 80 ms at the 95th percentile) and {limits.counterexample:g} s for the
counterexample: a limit can only turn what is proved or refuted into undecided.
What needs a look, was missed or was stopped is judged again by the next run.
"""


def page(record: Record, limits: Limits) -> str:
    """The whole page."""
    parts = [_campaign(CAMPAIGNS[name], record.tallies[name]) for name in CAMPAIGNS if name in record.tallies]
    kernel = [_kernel(record.kernel)] if record.kernel else []
    return "\n".join([INTRODUCTION.format(limits=limits), *parts, *kernel])


def _campaign(campaign: Campaign, tallies: Mapping[str, Tally]) -> str:
    tally = together(tuple(tallies.values()))
    total = tally.total
    proved_twins = sum(n[Outcome.PROVED] for change, n in tally.outcomes.items() if change.startswith(INJECTED))
    false = total[Outcome.REFUTED] + total[Outcome.MISSED] + total[Outcome.CONTRADICTION] + proved_twins
    count = max(1, sum(total.values()))
    facts = (
        f"{sum(total.values())} claims; {len(tally.alarms)} need a look; "
        f"{100 * total[Outcome.UNDECIDED] / count:.1f} % undecided; of the {false} that are known to be false "
        f"{100 * total[Outcome.REFUTED] / max(1, false):.2f} % were refuted with a certified counterexample."
    )
    heads = ["", *map(str, COLUMNS)]
    rows = [[change, *(str(found[c]) for c in COLUMNS)] for change, found in sorted(tally.outcomes.items())]
    rows.append(["all", *(str(total[c]) for c in COLUMNS)])
    cases = [
        _cases("Need a look", list(map(_shown, tally.alarms))),
        _cases("Missed by the exact engine, or stopped", list(map(_shown, tally.missed))),
    ]
    title = campaign.title[0].upper() + campaign.title[1:]
    runs = "; ".join(_run(campaign, seed, found) for seed, found in tallies.items())
    return "\n".join([f"## {title}\n", f"{facts}\n", f"{runs}\n", _table(heads, rows), *cases])


def _run(campaign: Campaign, seed: str, tally: Tally) -> str:
    """How much was judged under a seed."""
    what = f"sources, at most {tally.each} claims of each" if campaign.has_sources else "numbers"
    return f"seed {seed}: {tally.done} {what}, {tally.seconds / 60:.0f} minutes of a processor"


def _shown(judgement: Judgement) -> str:
    statement = judgement.statement
    reason = judgement.detail if judgement.outcome not in (Outcome.MISSED, Outcome.STOPPED) else judgement.outcome
    return f"{statement} ({statement.origin}, {statement.change}): {reason}"


def _kernel(tally: KernelTally) -> str:
    lines = ["## The kernel\n"]
    if tally.rule_mutants:
        killed = tally.rule_mutants - len(tally.surviving)
        lines.append(
            f"Rule mutants: {tally.rule_mutants}, of which {killed} change a value at a recorded application and "
            f"{len(tally.surviving)} survive.\n"
        )
    if tally.conditions:
        lines.append(
            f"Side conditions: {tally.conditions}, parts joined by `and` counted each, of which "
            f"{tally.conditions - len(tally.undemanded)} have a test that demands the refusal where they alone fail.\n"
        )
    if tally.derivations:
        lines.append(f"Derivations: {tally.derivations}, each step altered, and each derivation as a whole.\n")
        fates = sorted({*tally.steps, *tally.wholes, CHANGED})
        lines.append(_table(["", *fates], [_fates("steps", tally.steps, fates), _fates("wholes", tally.wholes, fates)]))
    lines.append(_cases("Unsound steps", tally.unsound))
    lines.append(_cases("Surviving rule mutants", tally.surviving))
    lines.append(_cases("Conditions whose refusal no test demands", tally.undemanded, most=len(tally.undemanded)))
    return "\n".join(lines)


def _fates(title: str, found: Counter[str], fates: Iterable[str]) -> list[str]:
    return [title, *(str(found[fate]) for fate in fates)]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, ["---"] * len(heads), *rows)]
    return "\n".join([*lines, ""])


def _cases(title: str, cases: Sequence[str], most: int = MOST) -> str:
    """A list of cases, or nothing."""
    if not cases:
        return ""
    shown = [f"- `{' '.join(case.split())[:LONGEST]}`" for case in cases[:most]]
    more = [f"- … and {len(cases) - most} more"] if len(cases) > most else []
    return "\n".join([f"### {title}\n", *shown, *more, ""])
