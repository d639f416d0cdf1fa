"""The record of all runs: per campaign and seed what was done and found, as JSON, written whole and often.

A run reads it, goes on from it and adds to it; the page is made from it. A run that is cut short loses what it found
since the last time the record was written, `EVERY` seconds at most.
"""

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from soundness.campaigns import Tally
from soundness.judging import Judgement, Outcome
from soundness.kernel import KernelTally
from soundness.statements import Statement

EVERY = 10.0
"""Seconds between two writings."""


@dataclass(slots=True)
class Record:
    """The tallies of the campaigns on claims by name and seed, and that of the last run on the kernel."""

    path: Path | None = None
    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)
    kernel: KernelTally | None = None
    written: float = field(default_factory=time.monotonic)

    def tally(self, name: str, seed: str, each: int) -> Tally:
        """The tally to go on with, a new one where there is none yet."""
        return self.tallies.setdefault(name, {}).setdefault(seed, Tally(each))

    def save(self, *, soon: bool = False) -> None:
        """Writes the record, as one change to the disk; when it is written `soon`, unless that was just done."""
        if self.path is None or (soon and time.monotonic() - self.written < EVERY):
            return
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self._data(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        new.replace(self.path)
        self.written = time.monotonic()

    def _data(self) -> dict[str, Any]:
        claims = {
            name: {seed: _data_of(tally) for seed, tally in tallies.items()} for name, tallies in self.tallies.items()
        }
        return {"claims": claims, "kernel": _fields(self.kernel) if self.kernel else None}


def read(path: Path | None) -> Record:
    """The record at a path; an empty one where there is none yet."""
    if path is None or not path.exists():
        return Record(path)
    data = json.loads(path.read_text(encoding="utf-8"))
    tallies = {
        name: {seed: _tally_of(found) for seed, found in tallies.items()} for name, tallies in data["claims"].items()
    }
    return Record(path, tallies, _kernel_of(data["kernel"]))


def _fields(record: Tally | KernelTally | Statement) -> dict[str, Any]:
    return {entry.name: getattr(record, entry.name) for entry in fields(record)}


def _data_of(tally: Tally) -> dict[str, Any]:
    data = _fields(tally)
    data["seconds"] = round(tally.seconds, 1)
    data["outcomes"] = {change: dict(sorted((+found).items())) for change, found in sorted(tally.outcomes.items())}
    data["kept"] = [
        {**_fields(kept.statement), "outcome": kept.outcome, "detail": kept.detail, "seconds": round(kept.seconds, 1)}
        for kept in tally.kept
    ]
    return data


def _tally_of(data: Mapping[str, Any]) -> Tally:
    outcomes = {
        change: Counter({Outcome(outcome): number for outcome, number in found.items()})
        for change, found in data["outcomes"].items()
    }
    return Tally(**{**data, "outcomes": outcomes, "kept": [_judgement_of(kept) for kept in data["kept"]]})


def _judgement_of(data: Mapping[str, Any]) -> Judgement:
    statement = Statement(**{name: data[name] for name in ("text", "where", "layout", "origin", "change")})
    return Judgement(statement, Outcome(data["outcome"]), data["detail"], data["seconds"])


def _kernel_of(data: dict[str, Any] | None) -> KernelTally | None:
    if data is None:
        return None
    return KernelTally(**{**data, "steps": Counter(data["steps"]), "wholes": Counter(data["wholes"])})
