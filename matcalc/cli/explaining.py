"""`matcalc explain`: what a rule states, when it holds, where it is from."""

from collections.abc import Sequence
from dataclasses import asdict

from matcalc.cli.outcome import ExitCode
from matcalc.cli.terminal import Terminal
from matcalc.errors import did_you_mean, near_names
from matcalc.report.document import heading


def run_explain(names: Sequence[str], is_json: bool) -> int:
    """Print a page for each rule, or a line for every rule where none is named; exit with 5 for a name that is none."""
    from matcalc.report.rules import LAWS, law_page  # takes a second

    terminal = Terminal()
    spelt = {name.lower(): law for name, law in LAWS.items()}
    known = [spelt[name.lower()] for name in names if name.lower() in spelt] if names else list(LAWS.values())
    if is_json:
        terminal.print_json({**heading(), "rules": [asdict(law) for law in known]})
    elif names:
        for number, law in enumerate(known):
            for line in ([""] if number else []) + law_page(law):
                terminal.print(line)
    else:
        width = max(map(len, LAWS))
        for law in known:
            terminal.print(f"{law.name:<{width}}  {law.statement}")
    unknown = [name for name in names if name.lower() not in spelt]
    for name in unknown:
        mend = did_you_mean(near_names(name, LAWS)) or "matcalc explain lists the rules"
        terminal.note(f"no rule is called {name!r}; {mend}")
    return ExitCode.NOTHING_SELECTED if unknown else ExitCode.AS_EXPECTED
