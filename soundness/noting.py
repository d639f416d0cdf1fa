"""A plugin of pytest that notes which conditions of the kernel raised the refusals that tests expect."""

import ast
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import pytest

from matcalc.kernel import Refused
from soundness.conditions import KERNEL, WHERE_TO, Place, demands

_seen: set[Place] = set()


def pytest_configure() -> None:
    """Puts a listener behind `pytest.raises`."""
    block = type(pytest.raises(Refused))
    block.__exit__ = _listening(block.__exit__)  # type: ignore[method-assign]


def pytest_unconfigure() -> None:
    """Writes what was noted."""
    Path(os.environ[WHERE_TO]).write_text(json.dumps(sorted(_seen)), encoding="utf-8")


def _listening(leave: Callable[..., Any]) -> Callable[..., Any]:
    def leaves(self: Any, kind: Any, refusal: BaseException | None, traceback: TracebackType | None) -> Any:
        if isinstance(refusal, Refused):
            _note(refusal)
        return leave(self, kind, refusal, traceback)

    return leaves


def _note(refusal: BaseException) -> None:
    """Where the kernel refused, innermost and not in `require` itself, for a refusal and for those it came from."""
    reason: BaseException | None = refusal
    while reason is not None:
        frames, traceback = [], reason.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if Path(code.co_filename).parent == KERNEL and code.co_name != "require":
                frames.append(traceback)
            traceback = traceback.tb_next
        for last in frames[-1:]:
            _seen.update(_places(Path(last.tb_frame.f_code.co_filename), last.tb_lineno, last.tb_frame))
        reason = reason.__cause__


def _places(path: Path, line: int, frame: FrameType) -> Iterator[Place]:
    """The part of the condition at this line that does not hold, where every other one does, or has no value there."""
    if line not in demands(path):
        return
    _, parts = demands(path)[line]
    values = [_value(part, frame) for part in parts]
    if len(parts) < 2:
        yield path.name, line, 0
    elif values.count(False) == 1:
        yield path.name, line, values.index(False)


def _value(part: ast.expr, frame: FrameType) -> bool | None:
    try:
        known = {**frame.f_globals, **frame.f_locals}
        return bool(eval(compile(ast.Expression(part), "condition", "eval"), known))
    except Exception:
        return None
