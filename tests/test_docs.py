"""The documents name what exists: pages, packages, rules, commands, files and tables."""

import re
from pathlib import Path

import pytest

from matcalc.cli.app import matcalc as commands
from matcalc.kernel import RULES
from tests.test_architecture import ALLOWED, EVERYONE

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
INDEX = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md")), *sorted((ROOT / "docs").rglob("*.md"))]
RULE_NAMES = {rule.name for rule in RULES}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(text: str) -> str:
    """The text without its code and without escaped signs."""
    return re.sub(r"```.*?```|`[^`]*`|\\.", "", text, flags=re.DOTALL)


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
each_page = pytest.mark.parametrize("path", PAGES, ids=relative)


def test_the_index_lists_every_decision_once_and_no_other() -> None:
    assert re.findall(r"\]\((.+?\.md)\)", INDEX) == [path.name for path in PAGES]


@each_page
def test_a_decision_is_titled_as_in_the_index(path: Path) -> None:
    number, title = re.match(r"# (\d{4}) (.+)", read(path)).groups()  # type: ignore[union-attr]
    assert path.name.startswith(number)
    assert f"[{number}]({path.name}) | {title} |" in INDEX


@each_page
def test_a_decision_has_a_context_a_decision_and_a_cost(path: Path) -> None:
    assert re.findall(r"^## (.+)$", read(path), re.MULTILINE) == ["Context", "Decision", "What it costs"]


def test_the_table_of_packages_is_the_one_that_the_imports_are_checked_against() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\|(.*)\|$", read(PAGES[0]), re.MULTILINE)
    stated = {package: set(re.findall(r"`(\w+)`", imports)) for package, imports in rows}
    checked = {
        part: {other for other in others if not other.startswith("__")}
        for part, others in ALLOWED.items()
        if part not in EVERYONE and not part.startswith("__")
    }
    assert stated == checked


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=relative)
def test_italics_are_names_of_rules(path: Path) -> None:
    names = {" ".join(name.split()) for name in re.findall(r"\*([^*]+)\*", prose(read(path)))}
    assert names <= RULE_NAMES


def test_the_documents_name_rules() -> None:
    assert "*product of powers*" in read(PAGES[5])


@each_document
def test_every_command_exists(path: Path) -> None:
    used = set(re.findall(r"[`/]matcalc ([a-z]+)", read(path)))
    assert used <= set(commands.commands)


@each_document
def test_every_make_target_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    used = set(re.findall(r"(?:^|`)make (\w+)", read(path), re.MULTILINE))
    assert used <= targets


@each_document
def test_every_path_exists(path: Path) -> None:
    named = re.findall(r"`((?:matcalc|tests|docs|identities)/[\w./]*)`", read(path))
    assert [name for name in named if not (ROOT / name).exists()] == []


@each_document
def test_every_name_is_in_the_file_that_it_is_said_to_be_in(path: Path) -> None:
    for name, file in re.findall(r"`(\w+)` in\s+`([\w/]+\.py)`", read(path)):
        assert re.search(rf"^(def {name}\b|{name}\b.*=)", read(ROOT / file), re.MULTILINE), f"{name} in {file}"


def test_the_glossary_has_each_term_once() -> None:
    terms = re.findall(r"^\| ([^|]+) \|", read(ROOT / "docs" / "glossary.md"), re.MULTILINE)
    terms = [term for term in terms if term not in ("term", "---")]
    assert len(terms) == len(set(terms)) > 40


@pytest.mark.parametrize("name", re.findall(r"`([A-Z][A-Za-z]+)` \|$", read(ROOT / "docs/glossary.md"), re.MULTILINE))
def test_a_type_that_the_glossary_names_exists(name: str) -> None:
    sources = (ROOT / "matcalc").rglob("*.py")
    assert any(re.search(rf"^(class {name}\b|{name}: TypeAlias)", read(source), re.MULTILINE) for source in sources)
