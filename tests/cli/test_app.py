import subprocess
import sys

import pytest

from matcalc import __version__
from tests.command_line import Run

HEAVY = ("torch", "sympy", "ruamel", "rich", "lark")

LOADED = f"""
import runpy, sys
sys.argv = ["matcalc", *sys.argv[1:]]
try:
    runpy.run_module("matcalc", run_name="__main__")
finally:
    print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


PAGE = """
import sys
from matcalc.catalogue import select
from matcalc.cli import pages, verification
from matcalc.results import Request
request = Request(cross_check=False)
verification.make_ready(request)
pages.page_of_proof(select(sys.argv[1:]).identities[0], request, 80)
print("torch" in sys.modules)
"""


def loaded_by(*arguments: str) -> set[str]:
    """The heavy libraries that a command has imported when it is done."""
    done = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["verify", "-h"], ["prove", "--help"], ["--version"]])
def test_help_comes_without_loading_anything_heavy(arguments: list[str]) -> None:
    assert loaded_by(*arguments) == set()


def test_listing_loads_no_mathematics() -> None:
    assert loaded_by("list") == {"ruamel", "rich"}


@pytest.mark.parametrize(
    ("command", "target"), [("prove", "seed/quadratic-form"), ("verify", "seed/quadratic-form"), ("prove", "x == x")]
)
def test_the_main_process_loads_no_mathematics(command: str, target: str) -> None:
    assert loaded_by(command, target) == {"ruamel", "rich"}


@pytest.mark.parametrize("name", ["seed/quadratic-form", "seed/detach-not-forgotten"], ids=["proved", "refuted"])
def test_a_page_without_a_check_needs_no_torch(name: str) -> None:
    done = subprocess.run([sys.executable, "-c", PAGE, name], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out == f"matcalc {__version__}\n"


@pytest.mark.parametrize("command", ["verify", "prove", "list", "show", "coverage", "derive", "explain"])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help_with_examples(run: Run, command: str, option: str) -> None:
    done = run(command, option)
    assert done.code == 0
    assert f"Usage: matcalc {command}" in done.out
    assert "Examples:" in done.out
    assert f"    matcalc {command}" in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["verfy"], "No such command 'verfy'.", id="unknown command"),
        pytest.param(["prove"], "Missing argument 'TARGET...'.", id="no target"),
        pytest.param(["verify", "--jsn"], "No such option '--jsn'.", id="unknown option"),
    ],
)
def test_a_usage_error_exits_with_2(run: Run, arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
