"""The commands, their options and their help.

Nothing heavy is imported here, so that help and usage errors come at once: each command imports the module that runs
it when it is called.
"""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from matcalc import __version__
from matcalc.cli.outcome import ClosedPipe, ExitCode

CONTEXT = {"help_option_names": ["-h", "--help"]}

TARGETS = """\b
TARGET is one of
  all                     every identity that comes with matcalc
  seed/quadratic-form     an identity, by its name
  'seed/*'                every identity whose name fits
  my.yaml, folder/        a catalogue of your own, or a folder of them
"""

TARGETS_OR_CLAIMS = f"""{TARGETS}\
  'A @ x == B @ x'        a claim; what its names are is read off it, unless
                          --where says it, and is shown
"""

EXIT_CODES = """\b
Exit code:
  0  everything is as expected
  1  something is refuted that should hold, holds that should be refuted,
     or the engines disagree
  2  a usage error, or a catalogue with faults (each one is listed)
  3  nothing worse than something undecided
  5  nothing was selected
"""

time_limit = click.option(
    "--time-limit",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(min=0.1),
    default=10.0,
    show_default=True,
    help="What a claim may take: at most half for the search of a proof, a quarter of the rest for a counterexample, "
    "half for the exact engine.",
)
FORMATS = ("text", "unicode", "latex", "markdown", "numpy", "torch", "jax", "json")
as_json = click.option("--json", "is_json", is_flag=True, help="Print one JSON document on standard output.")


def main() -> NoReturn:
    """Run the command line and exit; an interrupted run exits with 130, a closed pipe is no error to speak of."""
    try:
        code = matcalc.main(prog_name="matcalc", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(ExitCode.INTERRUPTED)
    except ClosedPipe:
        _forget_standard_output()
        sys.exit(ExitCode.CLOSED_PIPE)
    except OSError as error:
        click.echo(f"matcalc: {error}", err=True)
        _forget_standard_output()
        sys.exit(ExitCode.CANNOT_WRITE)
    sys.exit(code)


def _forget_standard_output() -> None:
    """Let what is still to be written go nowhere, so that the interpreter can exit without a complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    context_settings=CONTEXT,
    epilog="""\b
Examples:
  matcalc verify                        judge every identity of the catalogue
  matcalc prove seed/quadratic-form     read why one is true
  matcalc prove 'tr(AB) = tr(BA)'       the same for a claim of your own
  matcalc derive '‖Ax − b‖²' --wrt x    find a derivative, and prove it
  matcalc verify my.yaml --json         judge your own, for a program to read
""",
)
@click.version_option(__version__, "--version", prog_name="matcalc", message="%(prog)s %(version)s")
def matcalc() -> None:
    """Decide whether claims of matrix calculus are true for every size, and show why."""


@matcalc.command(
    context_settings=CONTEXT,
    epilog=f"""{TARGETS}
{EXIT_CODES}
\b
Examples:
  matcalc verify
  matcalc verify seed/quadratic-form 'seed/norm-*'
  matcalc verify my.yaml --exact --time-limit 60
  matcalc verify my.yaml --json > report.json
""",
)
@click.argument("targets", metavar="[TARGET]...", nargs=-1)
@click.option("--exact", "is_exact", is_flag=True, help="Compare proved claims entry by entry too, at a few sizes.")
@time_limit
@click.option("-j", "--jobs", type=click.IntRange(1), help="Processes to work in; as many as there are cores.")
@as_json
def verify(targets: tuple[str, ...], is_exact: bool, seconds: float, jobs: int | None, is_json: bool) -> int:
    """Judge identities: proved for every size and cross-checked, proved at a few sizes only, refuted, or undecided.

    Without a TARGET every identity that comes with matcalc is judged.
    """
    from matcalc.cli.verification import run_verify
    from matcalc.results import Request

    request = Request(exact=is_exact, seconds=seconds)
    return run_verify(targets or ("all",), request, is_json, jobs or os.cpu_count() or 1)


@matcalc.command(
    context_settings=CONTEXT,
    epilog=f"""{TARGETS_OR_CLAIMS}
{EXIT_CODES}
\b
Examples:
  matcalc prove 'D(x.T @ A @ x, x) == (A + A.T) @ x'
  matcalc prove 'inv(A) == inv(A).T' --where 'A=matrix(n, n) symmetric'
  matcalc prove seed/quadratic-form
  matcalc prove seed/quadratic-form --check
  matcalc prove seed/quadratic-form --axioms
  matcalc prove seed/quadratic-form --sizes n=2
  matcalc prove 'seed/norm-*' | less
""",
)
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@click.option("--check", "is_cross_checked", is_flag=True, help="Cross-check with autograd too (loads torch).")
@click.option("--axioms", "has_axioms", is_flag=True, help="List what each rule states that the proof rests on.")
@click.option("--sizes", metavar="n=2,m=3", help="Write the claim out by entries at these sizes.")
@click.option(
    "--where", "declarations", metavar="NAME=DECLARATION", multiple=True, help="Declare a name of a claim; repeatable."
)
@click.option("--layout", type=click.Choice(["mixed", "numerator", "denominator"]), help="The layout of a claim's D.")
@time_limit
@as_json
def prove(
    targets: tuple[str, ...],
    is_cross_checked: bool,
    has_axioms: bool,
    sizes: str | None,
    declarations: tuple[str, ...],
    layout: str | None,
    seconds: float,
    is_json: bool,
) -> int:
    """Print the derivation of an identity or of a claim, step by step, each with its rule.

    For a claim that is false, print a counterexample; for one that is out of reach, what is missing. With --sizes,
    print generic matrices instead, the entries of both sides and their derivatives, and which entries agree; an empty
    --sizes stands for sizes that the claim fixes itself.
    """
    from matcalc.cli.proving import run_prove
    from matcalc.cli.sizing import read_sizes, run_at_sizes
    from matcalc.cli.targets import choose, read_where
    from matcalc.results import Request

    selection = choose(targets, read_where(declarations), layout)
    if sizes is not None:
        return run_at_sizes(selection, read_sizes(sizes), seconds, is_json)
    request = Request(cross_check=is_cross_checked, seconds=seconds)
    return run_prove(selection, request, is_json, has_axioms=has_axioms)


@matcalc.command(
    context_settings=CONTEXT,
    epilog="""\b
Examples:
  matcalc explain
  matcalc explain 'product rule'
  matcalc explain 'delta contraction' 'low-rank update' --json
""",
)
@click.argument("names", metavar="[RULE]...", nargs=-1)
@as_json
def explain(names: tuple[str, ...], is_json: bool) -> int:
    """Say what a rule of a derivation states, when it holds and where it is from; without a RULE list them all."""
    from matcalc.cli.explaining import run_explain

    return run_explain(names, is_json)


@matcalc.command(
    context_settings=CONTEXT,
    epilog="""\b
Exit code:
  0  the derivative is found, proved and cross-checked
  2  a usage error, or an expression with faults
  3  it is not found, or it has a part that the library of --format lacks

\b
Examples:
  matcalc derive 'norm(A @ x - b)**2' --wrt x
  matcalc derive 'logdet(S)' --wrt S --where 'S=matrix(n, n) symmetric' --layout numerator --steps
  matcalc derive 'logsumexp(x)' --wrt x --order 2
  matcalc derive 'logdet(X)' --wrt X --format torch > derivative.py
""",
)
@click.argument("expression", metavar="EXPRESSION")
@click.option("--wrt", "by", metavar="NAME", required=True, help="The symbol to differentiate by, or an entry X[i, j].")
@click.option("--where", "declared", metavar="NAME=DECLARATION", multiple=True, help="Declare a name; repeatable.")
@click.option(
    "--layout",
    type=click.Choice(["mixed", "numerator", "denominator"]),
    default="mixed",
    show_default=True,
    help="The layout of the derivative.",
)
@click.option("--order", type=click.IntRange(1, 2), default=1, show_default=True, help="2 for gradient and Hessian.")
@click.option("--steps", is_flag=True, help="Print the derivation too, in text.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="A page for people, the equation alone (unicode, latex), a passage in Markdown, a function in Python for "
    "numpy, torch or jax, one JSON document.",
)
@click.option("--json", "is_json", is_flag=True, help="The same as --format json.")
@time_limit
def derive(
    expression: str,
    by: str,
    declared: tuple[str, ...],
    layout: str,
    order: int,
    steps: bool,
    form: str,
    is_json: bool,
    seconds: float,
) -> int:
    """Print the derivative of an expression as a matrix expression, proved and cross-checked before it is printed.

    Names without a declaration are taken to be matrices (capital letters), vectors, or what else fits; it is said what.
    """
    from matcalc.cli.deriving import Question, run_derive
    from matcalc.cli.targets import read_where
    from matcalc.results import Request

    if is_json and form not in ("text", "json"):
        raise click.UsageError(f"--json is the same as --format json: leave out --json, or --format {form}")
    question = Question(expression, by, read_where(declared), layout, order)  # type: ignore[arg-type]
    return run_derive(question, Request(seconds=seconds), form="json" if is_json else form, steps=steps)


@matcalc.command(
    "list",
    context_settings=CONTEXT,
    epilog=f"""{TARGETS}
\b
Examples:
  matcalc list
  matcalc list 'seed/norm-*'
  matcalc list my.yaml --json
""",
)
@click.argument("targets", metavar="[TARGET]...", nargs=-1)
@as_json
def list_identities(targets: tuple[str, ...], is_json: bool) -> int:
    """List identities: name and title."""
    from matcalc.cli.browsing import run_list

    return run_list(targets or ("all",), is_json)


@matcalc.command(
    context_settings=CONTEXT,
    epilog=f"""{TARGETS}
\b
Examples:
  matcalc show seed/quadratic-form
  matcalc show my.yaml
""",
)
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@as_json
def show(targets: tuple[str, ...], is_json: bool) -> int:
    """Show identities as their catalogue states them: claim, declarations, source, examples."""
    from matcalc.cli.browsing import run_show

    return run_show(targets, is_json)


@matcalc.command(
    context_settings=CONTEXT,
    epilog="""\b
Examples:
  matcalc coverage
  matcalc coverage folder/ --output coverage.md
""",
)
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def coverage(folder: Path | None, output: Path | None) -> int:
    """Write a page in Markdown: per catalogue, how many claims are stated and how they were judged, what is skipped.

    Without a FOLDER it is about the catalogue that comes with matcalc.
    """
    from matcalc.cli.coverage import run_coverage

    return run_coverage(folder, output, os.cpu_count() or 1)
