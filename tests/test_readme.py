"""The README shows what the program prints and claims what it does."""

import re
from pathlib import Path

import pytest

from matcalc.catalogue import read_catalogue
from matcalc.verify import judge
from tests.command_line import Run

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def test_the_derivation_is_what_the_command_prints(run: Run) -> None:
    (shown,) = blocks("text")
    assert run("prove", "seed/quadratic-form").out == shown


def test_the_example_of_a_catalogue_is_judged_as_it_says(tmp_path: Path) -> None:
    (text,) = [block for block in blocks("yaml") if "identities:" in block]
    path = tmp_path / "my.yaml"
    path.write_text(text, encoding="utf-8")
    found = read_catalogue(path)
    assert found.faults == ()
    results = [judge(identity).result for identity in found.identities]
    assert [(result.verdict.value, result.as_expected) for result in results] == [("proved", True), ("refuted", True)]


@pytest.mark.parametrize("name", re.findall(r"seed/[a-z-]+[a-z]", README))
def test_every_identity_that_is_named_exists(run: Run, name: str) -> None:
    assert run("show", name).code == 0
