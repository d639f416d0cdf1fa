import os
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest

from matcalc.catalogue import documents, read_catalogue
from matcalc.catalogue.documents import LARGEST_FILE, MEGABYTE, MOST_SYNTAX_FAULTS
from tests.catalogue.conftest import Read

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
            entries("  - id: &name bad", "    claim: *name"),
            "it.yaml:6:12: it/&name: an alias stands for a text elsewhere; "
            "write the text out again: a catalogue needs no aliases",
            id="alias",
        ),
        pytest.param(
            entries("  - id: bad", f"    claim: {'[' * 5000}"),
            "it.yaml:6:29: it/bad: lists and mappings are nested more than 20 levels deep; a catalogue needs eight",
            id="nested without end",
        ),
        pytest.param(
            entries("  - id: bad", '    claim: "\\U7fffffff"'),
            "it.yaml:6:15: it/bad: an escape or a tag that stands for nothing; write the character itself, and no tag",
            id="escape of no character",
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
        pytest.param(
            b"title: t\nsource: \xff\n", "it.yaml:2:9: not UTF-8 text; save the file as UTF-8", id="not UTF-8"
        ),
        pytest.param(b"title: \x07\n", "it.yaml:1:8: the control character U+0007; remove it", id="control character"),
        pytest.param(
            b"identities: []\n---\nidentities: []\n",
            "it.yaml:2:1: a second YAML document starts; keep one document in a file: drop the `---`",
            id="two documents",
        ),
        pytest.param(
            b"[" * 5000,
            "it.yaml:1:21: lists and mappings are nested more than 20 levels deep; a catalogue needs eight",
            id="nested without end",
        ),
        pytest.param(
            b"".join(b" " * level + b"a:\n" for level in range(2000)),
            "it.yaml:20:20: lists and mappings are nested more than 20 levels deep; a catalogue needs eight",
            id="indented without end",
        ),
        pytest.param(
            b"#" * (LARGEST_FILE + 1), "it.yaml: larger than 4 MB; split it into several catalogues", id="too large"
        ),
        pytest.param(b"title: \0\n", "it.yaml:1:8: the control character U+0000; remove it", id="NUL"),
    ],
)
def test_a_file_that_is_no_catalogue_is_a_fault(tmp_path: Path, content: bytes, headline: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_bytes(content)
    found = read_catalogue(path, "it.yaml")
    assert [fault.headline() for fault in found.faults] == [headline]
    assert found.identities == ()


def test_aliases_of_aliases_are_not_followed(read: Read) -> None:
    """Followed, ten lines stand for a thousand million texts."""
    letters = "abcdefghij"
    rows = (f"    {b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise(letters))
    found = read("identities:\n  - id: bomb\n    a: &a [x]\n" + "\n".join(rows) + "\n")
    assert found.faults[0].what == "an alias stands for a text elsewhere"
    assert len(found.faults) <= MOST_SYNTAX_FAULTS


def test_an_anchor_is_a_fault_and_no_warning(read: Read) -> None:
    found = read("title: &a t\nsource: &a s\nidentities: []\n")
    assert [fault.what for fault in found.faults if "anchor" in fault.what] == ["the anchor `&a`"] * 2


def test_more_keys_and_texts_than_are_read_are_a_fault(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_NODES", 5)
    (fault,) = read("title: t\nsource: s\nlayout: mixed\n").faults
    assert fault.headline() == (
        "it.yaml:3: the file has more than 5 keys, texts and lists; split it into several catalogues"
    )


def test_a_large_file_is_read_again_for_further_faults_only_so_often(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "identities:\n" + "  - {id: 'a\n" * 10
    assert len(read(text).faults) > 2
    monkeypatch.setattr(documents, "MOST_READ", 2 * len(text))
    assert len(read(text).faults) <= 2


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "it.yaml"
    {"pipe": os.mkfifo, "device": lambda at: at.symlink_to("/dev/zero"), "folder": Path.mkdir}[kind](path)
    found = read_catalogue(path, "it.yaml")
    assert [fault.headline() for fault in found.faults] == [
        "it.yaml: not a regular file; name a YAML file, or a folder of them"
    ]


def test_a_file_of_100_megabytes_is_not_taken_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    with path.open("wb") as file:
        file.truncate(100 * MEGABYTE)
    tracemalloc.start()
    try:
        found = read_catalogue(path, "it.yaml")
        assert tracemalloc.get_traced_memory()[1] < 3 * LARGEST_FILE
    finally:
        tracemalloc.stop()
    assert [fault.headline() for fault in found.faults] == [
        "it.yaml: larger than 4 MB; split it into several catalogues"
    ]


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(40, "Too many symbolic links")])
def test_a_file_that_cannot_be_opened_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(*_: object) -> None:
        raise error

    path = tmp_path / "it.yaml"
    path.write_text("identities: []", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    found = read_catalogue(path, "it.yaml")
    assert [fault.headline() for fault in found.faults] == [f"it.yaml: cannot be read: {error.strerror}"]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [touch it]", "!!python/name:os.system", "!x y"])
def test_no_tag_is_obeyed(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    monkeypatch.chdir(tmp_path)
    found = read(f"identities:\n  - id: bad\n    claim: {tag}\n")
    assert found.faults[0].what == f"the tag `{tag.split()[0]}`"
    assert not (tmp_path / "it").exists()


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    found = read_catalogue(tmp_path / "none.yaml", "none.yaml")
    assert [fault.headline() for fault in found.faults] == ["none.yaml: cannot be read: No such file or directory"]


@pytest.mark.parametrize("ending", ["\r", "\x85", "\u2028", "\u2029"])
def test_lines_end_where_yaml_ends_them(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_bytes(entries("  - id: bad", "    claim: 'x").replace("\n", ending).encode())
    found = read_catalogue(path, "it.yaml")
    assert [identity.place.line for identity in found.identities] == [2, 7]
    assert [(fault.place.line, fault.subject) for fault in found.faults] == [(6, "it/bad")]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + entries().replace("\n", "\r\n").encode())
    found = read_catalogue(path, "it.yaml")
    assert found.faults == ()
    assert [identity.place.line for identity in found.identities] == [2, 5]
