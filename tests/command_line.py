"""Claims and types for tests that run commands; the fixtures `run` and `write` are in `conftest`."""

from collections.abc import Callable
from dataclasses import dataclass

TRUE = "D(x.T @ A @ x, x) == (A + A.T) @ x"
FALSE = "D(x.T @ A @ x, x) == 2 * A @ x"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Outcome]
Write = Callable[..., str]
