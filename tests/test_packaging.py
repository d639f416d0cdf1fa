"""The wheel carries the catalogue and runs without the checkout."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from matcalc import __version__

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel is installed, without its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    assert wheel.name.startswith(f"matcalc_verifier-{__version__}-")
    pip("install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel))
    return folder / "site"


def run_installed(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs `python -m ARGUMENT...` from another folder, with the wheel before everything else."""
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=site.parent, env=environment, capture_output=True, text=True, check=False)


def test_the_installed_catalogue_is_found_from_any_folder(site: Path) -> None:
    done = run_installed(site, "matcalc", "list", "--json")
    assert done.returncode == 0, done.stderr
    assert str(Path("site", "matcalc", "identities", "seed.yaml")) in done.stdout


def test_the_installed_package_judges_an_identity(site: Path) -> None:
    done = run_installed(site, "matcalc", "verify", "seed/quadratic-form")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("✓ proved     seed/quadratic-form  all sizes ")


def test_the_command_is_called_matcalc(site: Path) -> None:
    assert PROJECT["scripts"] == {"matcalc": "matcalc.cli:main"}
    assert (site / "bin" / "matcalc").exists()


def test_the_package_is_marked_as_typed(site: Path) -> None:
    assert (site / "matcalc" / "py.typed").exists()


def test_the_grammar_is_installed_beside_its_module(site: Path) -> None:
    assert (site / "matcalc" / "notation" / "grammar.lark").exists()


def test_the_distribution_is_not_called_like_another_project() -> None:
    assert PROJECT["name"] == "matcalc-verifier"


@pytest.mark.parametrize("path", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile"])
def test_no_text_tells_anyone_to_install_that_other_project(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert "pip install matcalc" not in text


def test_the_pinned_versions_satisfy_the_declared_ones() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines if "==" in line}
    development = PROJECT["optional-dependencies"]["dev"]
    declared = {requirement.split(">=")[0] for requirement in [*PROJECT["dependencies"], *development]}
    assert declared <= pinned
