"""Reads the imports of every module and fails on an edge that the architecture does not have."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "matcalc"
MODULES = sorted(PACKAGE.rglob("*.py"))

EVERYONE = {"errors", "results"}
"""What any part may import: the type of faults, and the plain data of results."""

ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "errors": set(),
    "results": set(),
    "catalogue": set(),
    "language": set(),
    "notation": {"language"},
    "components": {"language"},
    "kernel": {"components", "language"},
    "prover": {"kernel", "components", "language"},
    "evidence": {"language"},
    "diagnosis": {"language", "prover", "evidence", "derivatives"},
    "derivatives": {"language", "components"},
    "report": {"language", "components", "kernel", "__init__"},
    "verify": {"catalogue", "language", "components", "kernel", "prover", "evidence", "diagnosis", "report"},
    "derive": {"catalogue", "language", "derivatives", "verify"},
    "workers": {"catalogue"},
    "pytest_plugin": {"catalogue", "verify", "report"},
    "cli": {"catalogue", "language", "notation", "report", "verify", "derive", "workers", "__init__"},
}
"""Which parts of the package each part may import besides `EVERYONE` and itself."""

DOORS: dict[str, set[str]] = {
    "click": {"cli"},
    "lark": {"notation"},
    "mpmath": {"evidence"},
    "pytest": {"pytest_plugin"},
    "rich": {"cli", "report"},
    "ruamel": {"catalogue"},
    "sympy": {"language", "components", "kernel", "prover", "evidence"},
    "torch": {"evidence"},
}
"""The third-party libraries, and the parts that may import each."""

ONE_MODULE_A_PART = ("sympy", "torch")
"""Libraries that at most one module of a part may import."""


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The full names of the modules that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_the_parts_below_its_own(path: Path) -> None:
    own = part_of(path)
    for module in imported(path):
        if module.split(".")[0] == "matcalc":
            part = module.split(".")[1]
            part = part if part in ALLOWED else "__init__"
            assert part in {own, *EVERYONE, *ALLOWED[own]}, f"{own} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_library_is_imported_only_behind_its_door(path: Path) -> None:
    for module in imported(path):
        library = module.split(".")[0]
        if library in DOORS:
            assert part_of(path) in DOORS[library], f"{name(path)} imports {module}"


@pytest.mark.parametrize("library", ONE_MODULE_A_PART)
def test_one_module_of_a_part_is_enough_for_a_library(library: str) -> None:
    users = [path for path in MODULES if any(module.split(".")[0] == library for module in imported(path))]
    parts = [part_of(path) for path in users]
    assert len(parts) == len(set(parts)), [name(path) for path in users]


def test_every_part_is_in_the_table() -> None:
    assert {part_of(path) for path in MODULES} == set(ALLOWED)


def test_every_third_party_library_has_a_door() -> None:
    libraries = {module.split(".")[0] for path in MODULES for module in imported(path)}
    foreign = libraries - set(sys.stdlib_module_names) - {"matcalc"}
    assert foreign <= set(DOORS)


def test_the_witnesses_share_only_the_language() -> None:
    below = {"evidence": ALLOWED["evidence"], "prover": ALLOWED["prover"] | ALLOWED["kernel"]}
    assert below["evidence"] & below["prover"] == {"language"}
