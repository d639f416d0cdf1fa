"""Side conditions removed: for each `require` of the kernel some test must demand the refusal, for its reason.

A plugin of pytest notes, for every refusal that a test expects, the line of the kernel that refused. A condition that
no test has seen refuse could be removed without anybody noticing; the lines that no test reaches are listed.
"""

import ast
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
KERNEL = ROOT / "matcalc" / "kernel"
WHERE_TO = "SOUNDNESS_REFUSALS"
"""The environment variable that tells the plugin where to write."""

LITERAL = ast.Constant | ast.JoinedStr
"""A reason that is written out: a refusal that passes on the reason of another is none of its own."""


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """A `require` of the kernel, or a refusal raised, and its reason as far as it is written out."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.reason}"


def conditions() -> list[Condition]:
    """Every condition of the kernel, in the order of the text."""
    found = []
    for path in sorted(KERNEL.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            reason = _reason(node)
            if reason is not None:
                found.append(Condition(path.name, node.lineno, ast.unparse(reason).strip("'\"")))  # type: ignore[attr-defined]
    return sorted(found)


def _reason(node: ast.AST) -> ast.expr | None:
    """What a `require` or a refusal raised gives as its reason."""
    match node:
        case ast.Call(func=ast.Name(id="require"), args=[_, reason]):
            return reason
        case ast.Raise(exc=ast.Call(func=ast.Name(id="Refused"), args=[reason, *_])) if isinstance(reason, LITERAL):
            return reason
        case _:
            return None


def demanded(tests: str = "tests/kernel") -> set[tuple[str, int]]:
    """The file and line of each refusal that these tests expect."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "refusals.json"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "soundness.noting", tests]
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | {WHERE_TO: str(path)}, capture_output=True, text=True, check=False
        )
        if not path.exists():
            raise RuntimeError(f"the tests did not run: {done.stdout[-500:]} {done.stderr[-500:]}")
        return {(file, line) for file, line in json.loads(path.read_text(encoding="utf-8"))}


def unseen(seen: set[tuple[str, int]]) -> list[Condition]:
    """The conditions that no test has seen refuse."""
    return [condition for condition in conditions() if (condition.file, condition.line) not in seen]
