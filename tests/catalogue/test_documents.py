from pathlib import Path

import pytest

from matcalc.catalogue import read_catalogue
from matcalc.catalogue.documents import LARGEST_FILE

GOOD = "  - id: good\n    claim: x == x\n    where: {x: scalar}\n"


def entries(*lines: str) -> str:
    """A catalogue with one faulty entry between two that are in order."""
    return "identities:\n" + GOOD + "".join(f"{line}\n" for line in lines) + GOOD.replace("good", "better")


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        pytest.param(
            entries("  - id: bad", "\tclaim: x == x"),
            "it.yaml:6:1: it/bad: a tab in the indentation; indent with spaces",
            id="tab",
        ),
        pytest.param(
            entries("  - id: bad", "    claim: 'x == x"),
            "it.yaml:6:12: it/bad: a quote is opened and not closed; "
            "close the quote, or double a quote meant as itself",
            id="unclosed quote",
        ),
        pytest.param(
            entries("  - id: bad", "    title: why: because", "    claim: x == x"),
            'it.yaml:6:15: it/bad: a second `: ` in an unquoted text; quote the text: "..."',
            id="second colon",
        ),
        pytest.param(
            entries("  - id: bad", "    claim: @x == x"),
            "it.yaml:6:12: it/bad: an unquoted text starts with a character reserved by YAML; quote the text",
            id="reserved character",
        ),
        pytest.param(
            entries("  - id: bad", "    claim: *x"),
            'it.yaml:6:12: it/bad: an unquoted text starts with *; quote the text: "*..."',
            id="alias without anchor",
        ),
        pytest.param(
            entries("  - id: bad", "    claim: x == x", "   note: shifted"),
            "it.yaml:7:4: it/bad: the indentation does not fit the lines above; "
            "indent the keys of one entry alike, with spaces",
            id="indentation",
        ),
        pytest.param(
            entries("  - id: bad", '    where: {x: "vector(n)"', "    claim: x == x"),
            "it.yaml:6:12: it/bad: a mapping in braces goes wrong; "
            "close the brace; quote texts with , : { } [ ] in them",
            id="unclosed brace",
        ),
    ],
)
def test_a_syntax_fault_is_explained_and_loses_only_its_entry(tmp_path: Path, text: str, headline: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(text, encoding="utf-8")
    found = read_catalogue(path, "it.yaml")
    assert [fault.headline() for fault in found.faults] == [headline]
    assert [identity.name for identity in found.identities] == ["it/good", "it/better"]


def test_syntax_faults_of_several_entries_are_all_found(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(entries("  - id: one", "\tclaim: x", "  - id: two", "    claim: @x"), encoding="utf-8")
    found = read_catalogue(path, "it.yaml")
    assert [(fault.place.line, fault.subject) for fault in found.faults] == [(6, "it/one"), (8, "it/two")]
    assert len(found.identities) == 2


def test_a_syntax_fault_in_the_head_of_a_file_is_reported_alone(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text("title: 'open\n" + entries(), encoding="utf-8")
    found = read_catalogue(path, "it.yaml")
    assert [fault.place.line for fault in found.faults] == [1]
    assert found.identities == ()


@pytest.mark.parametrize(
    ("content", "headline"),
    [
        pytest.param(b"", "it.yaml: an empty catalogue; write `identities:` and a list of entries", id="empty"),
        pytest.param(b"title: t\nsource: \xff\n", "it.yaml:2: not UTF-8 text; save the file as UTF-8", id="not UTF-8"),
        pytest.param(b"title: \x07\n", "it.yaml:1:8: the control character U+0007; remove it", id="control character"),
        pytest.param(
            b"identities: []\n---\nidentities: []\n",
            "it.yaml:2:1: a second YAML document starts; keep one document in a file: drop the `---`",
            id="two documents",
        ),
        pytest.param(
            b"[" * 5000,
            "it.yaml: brackets are nested too deeply to be read; a catalogue needs three levels",
            id="nested without end",
        ),
        pytest.param(
            b"#" * (LARGEST_FILE + 1), "it.yaml: larger than 10 MB; split it into several catalogues", id="too large"
        ),
    ],
)
def test_a_file_that_is_no_catalogue_is_a_fault(tmp_path: Path, content: bytes, headline: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_bytes(content)
    found = read_catalogue(path, "it.yaml")
    assert [fault.headline() for fault in found.faults] == [headline]
    assert found.identities == ()


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    found = read_catalogue(tmp_path / "none.yaml", "none.yaml")
    assert [fault.headline() for fault in found.faults] == ["none.yaml: cannot be read: No such file or directory"]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + entries().replace("\n", "\r\n").encode())
    found = read_catalogue(path, "it.yaml")
    assert found.faults == ()
    assert [identity.place.line for identity in found.identities] == [2, 5]
