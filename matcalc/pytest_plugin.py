"""The pytest plugin: `pytest --matcalc identities/` makes each identity of a catalogue a test.

A test passes where the verdict is the expected one, or better. Tags are marks (`-m near_miss`, hyphens written as
underscores), names and titles are what `-k` looks at. Nothing is imported before there is a catalogue to collect.
"""

import re
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from matcalc.catalogue import Identity
    from matcalc.results import Result

SUFFIXES = (".yaml", ".yml")
HAS_IDENTITIES = re.compile(r"^identities\s*:", re.MULTILINE)
"""What makes a YAML file a catalogue, if nobody names it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--matcalc`, its time limit, and the ini options of the same names."""
    group = parser.getgroup("matcalc", "identities of matrix calculus")
    group.addoption("--matcalc", action="store_true", help="judge the identities of catalogues, each as a test")
    group.addoption("--matcalc-time-limit", type=float, metavar="SECONDS", help="what a claim may take (10)")
    parser.addini("matcalc", "judge the identities of catalogues, each as a test", type="bool", default=False)
    parser.addini("matcalc_time_limit", "seconds that a claim may take", default="10")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "CatalogueFile | None":
    """Collects a YAML file that is a catalogue, or that is named on the command line."""
    config = parent.config
    if file_path.suffix not in SUFFIXES or not (config.getoption("--matcalc") or config.getini("matcalc")):
        return None
    is_named = any(Path(argument.split("::")[0]).resolve() == file_path.resolve() for argument in config.args)
    if is_named or HAS_IDENTITIES.search(file_path.read_text(encoding="utf-8", errors="replace")):
        return CatalogueFile.from_parent(parent, path=file_path)
    return None


class CatalogueFile(pytest.File):
    """A catalogue: a test for each identity, and one that fails where the file itself has faults."""

    def collect(self) -> Iterator[pytest.Item]:
        """The tests, in the order of the file."""
        from matcalc.catalogue import read_catalogue

        found = read_catalogue(self.path, str(self.path))
        if found.faults:
            yield FaultsItem.from_parent(self, name="catalogue", faults=tuple(map(str, found.faults)))
        for identity in found.identities:
            yield IdentityItem.from_parent(self, name=identity.name.partition("/")[2], identity=identity)


class FaultsItem(pytest.Item):
    """The faults of a file that belong to no identity."""

    def __init__(self, *, faults: tuple[str, ...], **keywords: Any) -> None:
        super().__init__(**keywords)
        self.faults = faults

    def runtest(self) -> None:
        """Fails with every fault."""
        pytest.fail("\n".join(self.faults), pytrace=False)


class UnexpectedVerdict(Exception):
    """The verdict is worse than the one that the entry expects."""

    def __init__(self, result: "Result") -> None:
        super().__init__(result.verdict)
        self.result = result


class IdentityItem(pytest.Item):
    """One identity, judged as by `matcalc verify`."""

    def __init__(self, *, identity: "Identity", **keywords: Any) -> None:
        super().__init__(**keywords)
        self.identity = identity
        self.extra_keyword_matches.update({identity.title, *identity.tags})
        for tag in identity.tags:
            mark = re.sub(r"\W", "_", tag)
            self.config.addinivalue_line("markers", f"{mark}: a tag of identities")
            self.add_marker(mark)

    def runtest(self) -> None:
        """Judges the identity; raises UnexpectedVerdict."""
        from matcalc.results import Request
        from matcalc.verify import result_of

        seconds = self.config.getoption("--matcalc-time-limit") or float(self.config.getini("matcalc_time_limit"))
        result = result_of(self.identity, Request(seconds=seconds))
        if not result.as_expected:
            raise UnexpectedVerdict(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What `matcalc verify` says of the identity, at its place in the file."""
        if not isinstance(excinfo.value, UnexpectedVerdict):
            return super().repr_failure(excinfo, style)
        from matcalc.report.lines import details

        result = excinfo.value.result
        head = f"{result.file}:{result.line}: {result.verdict}, expected {result.expect}: {result.claim}"
        return "\n".join([head, *details(result), *(str(fault) for fault in result.faults)])

    def reportinfo(self) -> tuple["PathLike[str] | str", int | None, str]:
        """The entry's place in the file."""
        return self.path, max(0, self.identity.place.line - 1), self.identity.name
