"""Each identity of a catalogue is a test of pytest, with its place, its marks and the report's words."""

import subprocess
import sys
from pathlib import Path

import pytest

CATALOGUE = """\
where: {x: "vector(n)", A: "matrix(n, n)"}
identities:
  - {id: right, claim: "D(dot(x, x), x) == 2 * x", tags: [gradient, near-miss]}
  - {id: wrong, claim: "D(x.T @ A @ x, x) == 2 * A @ x"}
  - {id: known, claim: "trace(A) == 0", expect: refuted}
  - {id: misspelt, claim: "trce(A) == 0"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "mine.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "other.yaml").write_text("some: thing\n", encoding="utf-8")
    return tmp_path


def pytest_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of pytest in a folder of its own."""
    command = [sys.executable, "-m", "pytest", "--rootdir", ".", "-o", "addopts=", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_what_is_not_as_expected_fails_with_the_words_of_the_report(folder: Path) -> None:
    done = pytest_in(folder, "--matcalc", ".", "-n", "2")
    assert done.returncode == 1
    assert "2 failed, 2 passed" in done.stdout
    assert "sub/mine.yaml:4: refuted, expected proved: D(x.T @ A @ x, x) == 2 * A @ x" in done.stdout
    assert "holds if A is symmetric; in general the right side is (A + A.T) @ x" in done.stdout
    assert "trce is no function" in done.stdout
    assert "Traceback" not in done.stdout
    again = pytest_in(folder, "--matcalc", ".", "--lf", "--collect-only", "-q")
    assert "sub/mine.yaml::wrong\nsub/mine.yaml::misspelt\n" in again.stdout


def test_marks_and_words_select(folder: Path) -> None:
    by_mark = pytest_in(folder, "--matcalc", ".", "-m", "near_miss", "--collect-only", "-q", "--strict-markers")
    assert by_mark.stdout.splitlines()[0] == "sub/mine.yaml::right"
    by_word = pytest_in(folder, "--matcalc", ".", "-k", "known or misspelt", "--collect-only", "-q")
    assert "2/4 tests collected" in by_word.stdout


def test_the_ini_option_asks_for_it_too_and_without_either_nothing_is_collected(folder: Path) -> None:
    assert "no tests collected" in pytest_in(folder, ".", "--collect-only", "-q").stdout
    (folder / "pytest.ini").write_text("[pytest]\nmatcalc = true\n", encoding="utf-8")
    assert "4 tests collected" in pytest_in(folder, ".", "--collect-only", "-q").stdout


def test_a_file_that_is_named_is_a_catalogue_whatever_it_holds(folder: Path) -> None:
    done = pytest_in(folder, "--matcalc", "other.yaml", "-q")
    assert done.returncode == 1
    assert "other.yaml" in done.stdout
    assert "Traceback" not in done.stdout
