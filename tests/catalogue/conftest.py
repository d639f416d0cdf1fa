from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from matcalc.catalogue import CatalogueFile, read_catalogue

Read = Callable[[str], CatalogueFile]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a text as the catalogue `it.yaml`; its indentation is taken off."""

    def read_text(text: str) -> CatalogueFile:
        path = tmp_path / "it.yaml"
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return read_catalogue(path, "it.yaml")

    return read_text
