import json

import pytest

from matcalc.cli.browsing import _with_remark
from tests.command_line import TRUE, Run, Write


def test_the_list_has_a_title_or_else_the_claim(run: Run, write: Write) -> None:
    done = run("list", write(short="x == x", longer=(TRUE, "title: A quadratic form")))
    assert done.code == 0
    assert done.lines == ["it/short   x == x", "it/longer  A quadratic form"]


def test_show_has_every_key_of_an_entry(run: Run, write: Write) -> None:
    path = write(
        "source: notes",
        one=(TRUE, "tags: [a, b]", "note: a note", "examples:", "  - {at: {x: [1, 1/2]}, value: [[1, 2]]}"),
    )
    done = run("show", path)
    assert done.code == 0
    assert done.lines == [
        "it/one",
        f"  claim    {TRUE}",
        "  where    x: vector(n)",
        "           A: matrix(n, n)",
        "  layout   mixed",
        "  expect   proved",
        "  tags     a, b",
        "  source   notes",
        "  note     a note",
        "  examples at x = [1, 1/2]: [[1, 2]]",
        "  file     it.yaml:6",
    ]


@pytest.mark.parametrize("command", ["list", "show"])
def test_json_has_every_key_of_an_entry(run: Run, write: Write, command: str) -> None:
    path = write(one=("x == x", "examples: [{at: {x: [1, 1/2]}, value: 3}]"))
    document = json.loads(run(command, path, "--json").out)
    assert document["faults"] == []
    (record,) = document["identities"]
    assert record == {
        "id": "it/one",
        "file": "it.yaml",
        "line": 5,
        "title": "",
        "claim": "x == x",
        "where": {"x": "vector(n)", "A": "matrix(n, n)"},
        "layout": "mixed",
        "expect": "proved",
        "tags": [],
        "source": "",
        "note": "",
        "examples": [{"at": {"x": [1, "1/2"]}, "value": 3}],
    }


def test_faults_are_listed_after_what_could_be_read(run: Run, write: Write) -> None:
    done = run("list", write("soruce: x", one=("x == x", "expct: refuted")))
    assert (done.code, done.lines) == (2, ["it/one  x == x"])
    assert [line.split(":")[1] for line in done.err.splitlines()] == ["1", "8"]


def test_a_glob_that_selects_nothing_exits_with_5(run: Run) -> None:
    assert run("list", "zzz*").code == 5


@pytest.mark.parametrize(
    ("width", "line"),
    [(None, "a/name  some remark"), (19, "a/name  some remark"), (18, "a/name  some rema…"), (16, "a/name")],
)
def test_a_remark_is_cut_before_a_name_is(width: int | None, line: str) -> None:
    assert _with_remark("a/name", "some remark", width) == line
