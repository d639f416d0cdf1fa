"""`docs/limits.md` says what the constants say, and no limit of the input is missing in it."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| .* \| ([\d,]+)[^|]* \| `(\w+)` in `(matcalc/[\w/]+)\.py` \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "limits.md").read_text(encoding="utf-8"))
LIMIT = re.compile(r"^((?:MAX|MOST|LARGEST|LONGEST|DEEPEST)\w*) = ", re.MULTILINE)


@pytest.mark.parametrize(("number", "constant", "module"), ROWS, ids=[f"{row[1]} in {row[2]}" for row in ROWS])
def test_the_documented_limit_is_that_of_the_program(number: str, constant: str, module: str) -> None:
    assert getattr(importlib.import_module(module.replace("/", ".")), constant) == int(number.replace(",", ""))


@pytest.mark.parametrize("part", ["catalogue", "language", "notation"])
def test_every_limit_of_the_input_is_documented(part: str) -> None:
    found = {
        (name, str(path.relative_to(ROOT).with_suffix("")))
        for path in (ROOT / "matcalc" / part).glob("*.py")
        for name in LIMIT.findall(path.read_text(encoding="utf-8"))
    }
    assert found
    assert found <= {(constant, module) for _, constant, module in ROWS}
