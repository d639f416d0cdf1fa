import sys
from pathlib import Path

import pytest
from hypothesis import settings

from matcalc.cli import main
from tests.command_line import Outcome, Run, Write

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `matcalc ARGUMENT...` in this process."""

    def run_command(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["matcalc", *arguments])
        with pytest.raises(SystemExit) as exit_info:
            main()
        captured = capsys.readouterr()
        return Outcome(int(exit_info.value.code or 0), captured.out, captured.err)

    return run_command


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes `it.yaml` in the working folder: an entry for each `id = (claim, other lines)`."""
    monkeypatch.chdir(tmp_path)

    def write_file(head: str = "", **entries: str | tuple[str, ...]) -> str:
        lines = [head, "where:", "  x: vector(n)", "  A: matrix(n, n)", "identities:"]
        for name, entry in entries.items():
            claim, *others = (entry,) if isinstance(entry, str) else entry
            lines += [f"  - id: {name.replace('_', '-')}", f"    claim: {claim}", *(f"    {line}" for line in others)]
        Path("it.yaml").write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")
        return "it.yaml"

    return write_file


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one way to change the files of printed derivations."""
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden anew, to be reviewed as prose")
