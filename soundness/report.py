"""`docs/soundness.md`: what a run tried and found, in figures, with every case that needs a look."""

from collections import Counter
from collections.abc import Iterable, Sequence

from soundness.campaigns import Tally
from soundness.derivations import CHANGED
from soundness.judging import Outcome
from soundness.kernel import KernelTally
from soundness.metamorphic import INJECTED

COLUMNS = (Outcome.PROVED, Outcome.REFUTED, Outcome.UNDECIDED, Outcome.MISSED, Outcome.STOPPED, Outcome.CONTRADICTION)
LONGEST = 300
"""Characters of a case in print."""

MOST = 40
"""Cases of one kind in print."""

INTRODUCTION = """\
# The soundness campaign

Written by `make soundness`; do not edit. Every figure is of one run: {settings}.

Claims are judged by the prover and by exact evaluation (`matcalc/evidence`), which share the parser and nothing else. A
claim that is proved and has a counterexample is a contradiction: a false proof, or a false alarm of the evaluation.
False by numbers are those that no exact point refuted although autograd sees the sides differ. What is undecided
has neither a proof nor a counterexample, within {limits}.
"""


def page(settings: str, limits: str, tallies: Sequence[Tally], kernel: KernelTally | None) -> str:
    """The whole page."""
    parts = [INTRODUCTION.format(settings=settings, limits=limits), *map(_campaign, tallies)]
    return "\n".join([*parts, *([_kernel(kernel)] if kernel else [])])


def _campaign(tally: Tally) -> str:
    total = tally.total
    proved_twins = sum(n[Outcome.PROVED] for change, n in tally.outcomes.items() if change.startswith(INJECTED))
    false = total[Outcome.REFUTED] + total[Outcome.MISSED] + total[Outcome.CONTRADICTION] + proved_twins
    count = max(1, sum(total.values()))
    facts = (
        f"{sum(total.values())} claims from {len(tally.sources)} sources; {len(tally.alarms)} need a look; "
        f"{100 * total[Outcome.UNDECIDED] / count:.1f} % undecided; of the {false} that are known to be false "
        f"{100 * total[Outcome.REFUTED] / max(1, false):.2f} % were refuted with a certified counterexample."
    )
    heads = ["", *map(str, COLUMNS)]
    rows = [[change, *(str(found[c]) for c in COLUMNS)] for change, found in sorted(tally.outcomes.items())]
    rows.append(["all", *(str(total[c]) for c in COLUMNS)])
    title = tally.title[0].upper() + tally.title[1:]
    cases = [_cases("Need a look", tally.alarms), _cases("Missed by the exact engine, or stopped", tally.missed)]
    return "\n".join([f"## {title}\n", f"{facts}\n", _table(heads, rows), *cases])


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
