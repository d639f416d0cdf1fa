"""Side conditions removed: for each `require` of the kernel some test must demand the refusal, for its reason.

A plugin of pytest notes, for every refusal that a test expects, the line of the kernel that refused, and the part of
the condition there that alone did not hold. A part that no test has seen refuse could be removed without anybody
noticing; those are listed.
"""

import ast
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parent.parent
KERNEL = ROOT / "matcalc" / "kernel"
WHERE_TO = "SOUNDNESS_REFUSALS"
"""The environment variable that tells the plugin where to write."""

Place: TypeAlias = tuple[str, int, int]
"""A file of the kernel, a line in it, and the number of a part of the condition there."""

LITERAL = ast.Constant | ast.JoinedStr
"""A reason that is written out: a refusal that passes on the reason of another is none of its own."""


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """One part of what a `require` of the kernel demands, or a refusal raised; its reason as far as it is written out.

    Parts are joined by `and` and counted from 0; `text` is the part, empty where there is only one.
    """

    file: str
    line: int
    part: int
    reason: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.reason}" + (f": {self.text}" if self.text else "")


def conditions() -> list[Condition]:
    """Every condition of the kernel, in the order of the text."""
    found = []
    for path in sorted(KERNEL.glob("*.py")):
        for line, (reason, parts) in demands(path).items():
            texts = [ast.unparse(part) for part in parts] if len(parts) > 1 else [""]
            found += [Condition(path.name, line, k, reason, text) for k, text in enumerate(texts)]
    return sorted(found)


@cache
def demands(path: Path) -> dict[int, tuple[str, tuple[ast.expr, ...]]]:
    """The reason and the parts of the demand at each line of a file where there is one."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="require"), args=[whole, reason]):
                parts = whole.values if isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.And) else [whole]
                found[node.lineno] = (_written(reason), tuple(parts))
            case ast.Raise(exc=ast.Call(func=ast.Name(id="Refused"), args=[reason, *_])) if isinstance(reason, LITERAL):
                found[node.lineno] = (_written(reason), ())
    return found


def _written(reason: ast.expr) -> str:
    return ast.unparse(reason).strip("'\"")


def demanded(tests: str = "tests/kernel") -> set[Place]:
    """The file, the line and the part of each condition whose refusal these tests expect."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "refusals.json"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "soundness.noting", tests]
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | {WHERE_TO: str(path)}, capture_output=True, text=True, check=False
        )
        if not path.exists():
            raise RuntimeError(f"the tests did not run: {done.stdout[-500:]} {done.stderr[-500:]}")
        return {(file, line, part) for file, line, part in json.loads(path.read_text(encoding="utf-8"))}


def unseen(seen: set[Place]) -> list[Condition]:
    """The conditions that no test has seen refuse."""
    return [condition for condition in conditions() if (condition.file, condition.line, condition.part) not in seen]
