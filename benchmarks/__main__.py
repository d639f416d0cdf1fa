"""Prints how long the proofs and cross-checks of the catalogue take, SymPy's `.diff` beside them, and how proofs grow.

All figures are of one run on one core, in processor time, the shortest of several repeats: compare them with each
other, not with those of another machine.
"""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click

from benchmarks.growth import FAMILIES, Family
from benchmarks.matrix_expressions import NotExpressible, question
from benchmarks.timing import best_of, exponent, quantile
from matcalc.catalogue import select
from matcalc.evidence import cross_check
from matcalc.language.nodes import Claim
from matcalc.language.rebuilding import with_zero_matrices
from matcalc.prover import Proved, prove
from matcalc.results import NumericCheck
from matcalc.verify import parse

SECONDS_FOR_DIFF = 10
"""A call of `.diff` that takes longer is given up and counted as failed."""

HEADINGS = f"{'':40}{'done':>7}{'failed':>8}{'median ms':>11}{'p95 ms':>9}{'max ms':>9}{'a second':>10}"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of a claim's proof, cross-check and SymPy's derivative of its left side; nothing where there is none."""

    proof: float | None
    check: float | None
    diff: float | None
    is_expressible: bool


@click.command()
@click.argument("targets", nargs=-1)
@click.option("--repeats", default=3, show_default=True, help="How often each is done; the shortest time counts.")
def main(targets: Sequence[str], repeats: int) -> None:
    """Time the proofs and cross-checks of the catalogue, or of TARGETS as `matcalc verify` takes them."""
    identities = [identity for identity in select(targets or ("all",)).identities if identity.expect == "proved"]
    with click.progressbar(identities, label="measuring", file=sys.stderr) as bar:
        measured = [measure(with_zero_matrices(parse(identity)), repeats) for identity in bar]
    click.echo(HEADINGS)
    click.echo(line("proofs", [one.proof for one in measured]))
    click.echo(line("cross-checks", [one.check for one in measured]))
    click.echo(line("SymPy's .diff, where it has the left side", [one.diff for one in measured if one.is_expressible]))
    click.echo(line("proofs of the same claims", [one.proof for one in measured if one.is_expressible]))
    click.echo()
    for family in FAMILIES:
        click.echo(growth(family, repeats))


def measure(claim: Claim, repeats: int) -> Measured:
    """All engines on one claim."""
    proof = best_of(repeats, lambda: prove(claim)) if isinstance(prove(claim), Proved) else None
    check = best_of(repeats, lambda: cross_check(claim)) if isinstance(cross_check(claim), NumericCheck) else None
    try:
        return Measured(proof, check, seconds_of_diff(claim, repeats), is_expressible=True)
    except NotExpressible:
        return Measured(proof, check, None, is_expressible=False)


def seconds_of_diff(claim: Claim, repeats: int) -> float | None:
    """SymPy's time for the derivative in the left side, or nothing where SymPy fails. Raises NotExpressible."""
    try:
        expression, symbol = question(claim)
        with _time_limit(SECONDS_FOR_DIFF):
            return best_of(repeats, lambda: expression.diff(symbol))
    except NotExpressible:
        raise
    except Exception:  # SymPy fails with exceptions of every kind; only their number is of interest here
        return None


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    def expire(*_: object) -> None:
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, expire)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def line(title: str, seconds: Sequence[float | None]) -> str:
    """One row of the table of engines."""
    done = [value for value in seconds if value is not None]
    if not done:
        return f"{title:40}{0:7}{len(seconds):8}"
    median, p95, largest = (quantile(done, share) * 1e3 for share in (0.5, 0.95, 1.0))
    figures = f"{median:11.2f}{p95:9.1f}{largest:9.0f}{len(done) / sum(done):10.0f}"
    return f"{title:40}{len(done):7}{len(seconds) - len(done):8}{figures}"


def growth(family: Family, repeats: int) -> str:
    """One row of the table of growth: milliseconds at each length, and the exponent that fits them."""
    claims = [family.claim(length) for length in family.lengths]
    unproved = [length for length, claim in zip(family.lengths, claims, strict=True) if not _is_proved(claim)]
    if unproved:
        return f"{family.title:40} not proved at k = {', '.join(map(str, unproved))}"
    times = [best_of(repeats, lambda claim=claim: prove(claim)) for claim in claims]  # type: ignore[misc]
    shown = "  ".join(f"{k}: {seconds * 1e3:.1f}" for k, seconds in zip(family.lengths, times, strict=True))
    return f"{family.title:40} ~ k^{exponent(family.lengths, times):.1f}   ms at k = {shown}"


def _is_proved(claim: Claim) -> bool:
    return isinstance(prove(claim), Proved)


if __name__ == "__main__":
    main()
