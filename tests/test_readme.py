"""The README shows what the program prints and claims what it does."""

import re
from pathlib import Path

import pytest

from matcalc.language import parse_claim
from matcalc.prover import Unproved, prove
from tests.command_line import Run

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
LIMITS = re.findall(r"^\|.*\| `([^`]+==[^`]+)` \|$", README.partition("## Limits")[2], re.MULTILINE)
SYMBOLS = {
    "s": "scalar",
    "x": "vector(n)",
    "B": "matrix(m, n)",
    "S": "matrix(n, n) symmetric",
    "L": "matrix(n, n) lower",
    "Z": "matrix(2, 2)",
    "k": "integer",
}
"""What the symbols in the table of limits are."""


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def without_measurements(text: str) -> str:
    """The text without seconds and rounding errors, and the spaces that align them."""
    return re.sub(r"\s+\d+\.\d+ s\b| \(\d+\.\d+ s\)|error [-+.e\d]+", "", text)


def test_the_derivation_is_what_the_command_prints(run: Run) -> None:
    shown, _ = blocks("text")
    assert run("prove", "seed/quadratic-form").out == shown


def test_the_example_of_a_catalogue_is_judged_as_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (text,) = [block for block in blocks("yaml") if "identities:" in block]
    (tmp_path / "my.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    outcome = run("verify", "my.yaml")
    assert without_measurements(outcome.out) == without_measurements(blocks("text")[1])
    assert (outcome.code, outcome.err) == (1, "")


@pytest.mark.parametrize("name", re.findall(r"seed/[a-z-]+[a-z]", README))
def test_every_identity_that_is_named_exists(run: Run, name: str) -> None:
    assert run("show", name).code == 0


@pytest.mark.parametrize("text", LIMITS)
def test_a_claim_beyond_the_limits_is_still_unproved(text: str) -> None:
    attempt = prove(parse_claim(text, SYMBOLS, "mixed"))
    assert isinstance(attempt, Unproved), "it is proved now: take it off the README's limits"


def test_the_table_of_limits_is_read() -> None:
    assert len(LIMITS) > 2
