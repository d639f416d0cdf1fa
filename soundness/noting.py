"""A plugin of pytest that notes at which lines of the kernel the refusals that tests expect were raised."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from matcalc.kernel import Refused
from soundness.conditions import KERNEL, WHERE_TO

_seen: set[tuple[str, int]] = set()


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
    """The innermost line of the kernel that is not `require` itself, of a refusal and of those it came from."""
    reason: BaseException | None = refusal
    while reason is not None:
        lines, traceback = [], reason.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if Path(code.co_filename).parent == KERNEL and code.co_name != "require":
                lines.append((Path(code.co_filename).name, traceback.tb_lineno))
            traceback = traceback.tb_next
        _seen.update(lines[-1:])
        reason = reason.__cause__
