from pathlib import Path

from tests.command_line import FALSE, TRUE, Run, Write


def test_a_folder_is_judged_and_its_page_printed(run: Run, write: Write) -> None:
    write("title: Mine", true=TRUE, false=(FALSE, "expect: refuted", "title: A slip", "note: a transpose"))
    done = run("coverage", ".")
    assert done.code == 0
    assert "| Mine | `it.yaml` | 2 | 1 | 0 | 1 | 0 | 0 | 0 |" in done.lines
    assert "| `it/false` | A slip | a transpose |" in done.lines


def test_each_file_has_its_own_results(run: Run, write: Write) -> None:
    Path(write("title: Mine", true=TRUE)).rename("a.yaml")
    write("title: Other", false=(FALSE, "expect: refuted"), true=TRUE)
    lines = run("coverage", ".").lines
    assert "| Mine | `a.yaml` | 1 | 1 | 0 | 0 | 0 | 0 | 0 |" in lines
    assert "| Other | `it.yaml` | 2 | 1 | 0 | 1 | 0 | 0 | 0 |" in lines


def test_the_page_goes_to_a_file(run: Run, write: Write) -> None:
    write(true=TRUE)
    done = run("coverage", ".", "--output", "page.md")
    assert (done.code, done.out) == (0, "")
    assert Path("page.md").read_text(encoding="utf-8") == run("coverage", ".").out


def test_nothing_is_written_beside_the_page(run: Run, write: Write, tmp_path: Path) -> None:
    """Whatever a catalogue calls its identities, no name of it becomes a path."""
    (tmp_path / "out").mkdir()
    write(**{"..": (TRUE, "title: ../../title"), "true": (TRUE, "note: /etc/note", "tags: [../tag]")})
    before = sorted(tmp_path.rglob("*"))
    assert run("coverage", ".", "--output", "out/page.md").code == 0
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "out" / "page.md"])


def test_no_page_is_written_about_a_catalogue_with_faults(run: Run, write: Write) -> None:
    Path("page.md").write_text("as before", encoding="utf-8")
    write(true=TRUE, wrong="D(x.T @ A, y) == A")
    done = run("coverage", ".", "--output", "page.md")
    assert done.code == 2
    assert "it/wrong" in done.err
    assert Path("page.md").read_text(encoding="utf-8") == "as before"


def test_what_is_skipped_is_listed(run: Run, write: Write) -> None:
    path = Path(write(true=TRUE))
    path.write_text(path.read_text(encoding="utf-8") + "skipped: [{item: '45', reason: complex}]\n", encoding="utf-8")
    assert "| 45 | complex |  |" in run("coverage", ".").lines


def test_an_empty_folder_has_nothing_to_cover(run: Run, tmp_path: Path) -> None:
    done = run("coverage", str(tmp_path))
    assert (done.code, done.out) == (5, "")
