"""`docs/coverage.md` is in step with the catalogue, as far as can be told without judging it again."""

import re
from pathlib import Path

import pytest

from matcalc.catalogue import CatalogueFile, read_folder
from matcalc.report.coverage import Source, section

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
FILES = {Path(file.file).name: file for file in read_folder(ROOT / "identities")}
ROW = re.compile(r"^\| .+ \| `identities/([\w.]+)` \|((?: \d+ \|)+)$", re.MULTILINE)
ROWS = {name: [int(count) for count in counts.split("|")[:-1]] for name, counts in ROW.findall(PAGE)}

each_file = pytest.mark.parametrize("name", FILES)


def out_of_reach(file: CatalogueFile) -> list[str]:
    return section(Source(file.file, file.title, (), {}, file.skipped))


def test_every_file_has_a_row_and_no_other() -> None:
    assert list(ROWS) == list(FILES), "run `make coverage`"


@each_file
def test_stated_and_skipped_are_counted(name: str) -> None:
    stated, *outcomes, skipped = ROWS[name]
    assert (stated, skipped) == (len(FILES[name].identities), len(FILES[name].skipped)), "run `make coverage`"
    assert sum(outcomes) == stated


@each_file
def test_refuted_are_those_that_are_expected_to_be(name: str) -> None:
    _, proved, at_sizes, refuted, undecided, surprises, _ = ROWS[name]
    expected = [identity.expect for identity in FILES[name].identities]
    assert (refuted, surprises) == (expected.count("refuted"), 0), "run `make coverage`"
    assert proved >= expected.count("proved")


@each_file
def test_what_is_out_of_reach_is_listed(name: str) -> None:
    assert all(part in PAGE for part in out_of_reach(FILES[name])), "run `make coverage`"
