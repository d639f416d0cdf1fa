"""Hostile input for the loader, the declarations and the parser: `python -m tests.fuzzing --seconds 60 --seed 1`.

Inputs are random bytes, random words of the language, and mutants of the catalogue. Whatever the input, there is an
answer within `SLOWEST` seconds: records, a claim, or faults that can be printed, each at a place of the input. The same
seed makes the same inputs. What once failed is kept in `tests/corpus`.
"""

import argparse
import json
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from matcalc.catalogue import Identity, locate, read_catalogue, read_folder, shipped_folder
from matcalc.catalogue.selection import catalogue_paths
from matcalc.errors import Fault, MatcalcError, hidden_character
from matcalc.language import parse_claim, to_text
from matcalc.language.declarations import PROPERTIES, TYPES
from matcalc.language.functions import FUNCTIONS, OPERATORS

SLOWEST = 5.0
"""Seconds for one input of at most `LONGEST` characters."""
LONGEST = 30_000
MOST_MEMORY = 1 << 30
"""Bytes by which the process may grow in all."""

HOSTILE = (
    *("9**9**9", "1e999999999", "0." + "1" * 300, "10**50", "X[10**30, 1]", "eye(1000000000)", "**9**9", "===", "**"),
    *("matrix_power(X, 10**9)", "Sum(r, r, 0, 10**12)", "x == x == ", "__import__('os').system('x')", "lambda x: x"),
    *(sign * 120 for sign in ("(", ")", "[", ".T", ".prime", "sin(", "-", " @ X", " + a", "(n + 1)")),
    *("D(" * 9, "kron(X, " * 9, " @ X" * 400, "of " + ", ".join(f"x{k}" for k in range(300)), "n * " * 70 + "n"),
    *("\N{CYRILLIC SMALL LETTER A}", "\N{GREEK SMALL LETTER PI}", "\N{SUPERSCRIPT TWO}", "\N{FULLWIDTH EQUALS SIGN}"),
    *("\x00", "\x1b[31m", "\x9b", "\u202e", "\u200b", "\u2028", "\ud800", "\t", "\r", "\n", "'", '"', "#", ";", "\\"),
)
NAMES = ("a", "b", "x", "y", "A", "X", "B", "f", "u", "k", "n", "m", "i", "r", "dx", "dX", "pi", "2", "0", "1.5", "1e3")
SIGNS = (" + ", " - ", " * ", " / ", " @ ", "**", " == ", ", ")
WORDS = (*FUNCTIONS, *OPERATORS, *TYPES, *PROPERTIES, *NAMES, *SIGNS, *"()[],.={", ".T", ".prime", " of ", "\n")
YAML_WORDS = (
    *("identities:\n", "  - id: it\n", "    claim: x == x\n", "    where: {x: scalar}\n", "where:\n", "skipped:\n"),
    *(
        "    examples: [{at: {x: 1}, value: 1}]\n",
        "    expect: refuted\n",
        "    tags: [a, b]\n",
        "---\n",
        "...",
        "%YAML 1.1\n",
    ),
    *("&a ", "*a", "!!python/name:os.system ", "!!binary ", "<<: ", "? ", "- ", ": ", "{", "}", "[", "]", "|\n", ">\n"),
    *('"\\U7fffffff"', "!<%ff> ", "!<%zz> ", "!%C3%28 ", "%TAG ! x\n", "%TAG !a! \\xff\n", "%YAML 9.9\n", "%YAML 1\n"),
    *("'", '"', "\\x1b", "\\ud800", "#", "@", "`", "\t", "~", "null", "1e999", "0x7f", "2020-01-01", "\ufeff", "\x85"),
)
WHERE = {
    **dict.fromkeys("ab", "scalar"),
    **dict.fromkeys("xy", "vector(n)"),
    **dict.fromkeys("AX", "matrix(n, n)"),
    **{"B": "matrix(m, n)", "f": "function", "k": "integer", "i": "index(n)", "u": "vector(m) of x"},
}
_TOKEN = re.compile(r"\w+|[^\w\s]+")


class Failure(Exception):
    """What an input did that no input may do."""


def check_claim(claim: str, where: Mapping[str, str]) -> None:
    """Read a claim; raise Failure for anything but a claim that can be printed, or faults that can."""
    texts = {"claim": claim, **{f"where.{name}": text for name, text in where.items()}}
    with _time_limit():
        try:
            parsed = parse_claim(claim, where)
        except MatcalcError as error:
            for fault in error.faults:
                _check_fault(fault, texts.get(fault.origin))
        else:
            for side in parsed.sides:
                to_text(side)


def check_catalogue(content: bytes, folder: Path) -> None:
    """Load a catalogue and read every claim of it."""
    path = folder / "it.yaml"
    path.write_bytes(content)
    lines = len(content.decode("utf-8", "replace").splitlines()) + 1
    with _time_limit():
        found = read_catalogue(path, "it.yaml")
    faults = [*found.faults, *(fault for identity in found.identities for fault in identity.faults)]
    for identity in found.identities[:20]:
        faults += _faults_of(identity)
    for fault in faults:
        _check_fault(fault, None)
        if not 0 <= fault.place.line <= lines:
            raise Failure(f"the place {fault.place} is outside of the file")


def _faults_of(identity: Identity) -> list[Fault]:
    with _time_limit():
        try:
            parse_claim(identity.claim, identity.where, identity.layout)
        except MatcalcError as error:
            return [locate(identity, fault) for fault in error.faults]
    return []


def _check_fault(fault: Fault, text: str | None) -> None:
    start, end = fault.span
    if text is not None and not 0 <= start <= end <= len(text) + 1:
        raise Failure(f"the span {fault.span} is outside of the text")
    if hidden_character(str(fault)) is not None:
        raise Failure("a fault prints what a terminal obeys")
    if not fault.what:
        raise Failure("a fault says nothing")


@contextmanager
def _time_limit() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Failure(f"no answer within {SLOWEST} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SLOWEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Mutator:
    """Makes the inputs of a seed, one after the other."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        files = read_folder()
        self._identities = [identity for file in files for identity in file.identities]
        texts = [path.read_text(encoding="utf-8") for path in catalogue_paths(shipped_folder())]
        self._entries = [entry for text in texts for entry in text.split("\n  - id: ")[1:]]

    def claim(self) -> tuple[str, dict[str, str]]:
        """A claim and its declarations."""
        identity, choice = self._random.choice(self._identities), self._random.random()
        if choice < 0.1:
            return self._words(WORDS), self._declarations(WHERE)
        if choice < 0.15:
            return self._noise(), dict(WHERE)
        if choice < 0.5:
            return f"{self._expression(5)} == {self._expression(5)}", self._declarations(WHERE)
        return self._mutant(identity.claim, WORDS), self._declarations(identity.where)

    def catalogue(self) -> bytes:
        """The content of a file."""
        choice = self._random.random()
        if choice < 0.1:
            return self._random.randbytes(self._random.randrange(400))
        if choice < 0.3:
            return ("identities:\n  - id: it\n" + self._words(YAML_WORDS)).encode("utf-8", "surrogatepass")
        entries = self._random.choices(self._entries, k=3)
        entries[1] = self._mutant(entries[1], YAML_WORDS)
        content = bytearray(
            "".join(["identities:", *(f"\n  - id: {entry}" for entry in entries)]), "utf-8", "surrogatepass"
        )
        for _ in range(self._random.choice((0, 0, 1, 2))):
            content[self._random.randrange(len(content))] = self._random.randrange(256)
        return bytes(content)

    def _declarations(self, where: Mapping[str, str]) -> dict[str, str]:
        changed = dict(where)
        if changed and self._random.random() < 0.2:
            name = self._random.choice([*changed])
            changed[name] = self._mutant(changed[name], WORDS)
        if self._random.random() < 0.02:
            changed[self._words(WORDS, 3)] = "scalar"
        if self._random.random() < 0.01:
            changed |= {f"s{k}": "scalar" for k in range(self._random.randrange(400))}
        return changed

    def _expression(self, depth: int) -> str:
        """Well-formed as far as brackets go, of any meaning or none."""
        if depth == 0 or self._random.random() < 0.2:
            return self._random.choice(NAMES)
        inner, choice = lambda: self._expression(depth - 1), self._random.random()
        if choice < 0.4:
            return f"({inner()}{self._random.choice(SIGNS[:6])}{inner()})"
        if choice < 0.5:
            return f"{inner()}{self._random.choice(('.T', '[1, i]', '[k]', '.prime(a)'))}"
        function = self._random.choice((*FUNCTIONS, *OPERATORS))
        return f"{function}({', '.join(inner() for _ in range(self._random.choice((1, 1, 2, 4))))})"

    def _words(self, words: tuple[str, ...], most: int = 40) -> str:
        chosen = self._random.choices(words, k=self._random.randrange(most))
        if self._random.random() < 0.3:
            chosen.insert(self._random.randrange(len(chosen) + 1), self._random.choice(HOSTILE))
        return self._random.choice(("", " ")).join(chosen)[:LONGEST]

    def _noise(self) -> str:
        most = self._random.choice((128, 0x500, 0x3000, 0x110000))
        return "".join(chr(self._random.randrange(most)) for _ in range(self._random.randrange(60)))

    def _mutant(self, text: str, words: tuple[str, ...]) -> str:
        for _ in range(self._random.choice((1, 1, 1, 2, 4))):
            change = self._changed_word if self._random.random() < 0.6 else self._changed_part
            text = change(text, words)[:LONGEST]
        return text

    def _changed_word(self, text: str, words: tuple[str, ...]) -> str:
        """A word or sign replaced by another one of the text, or of the language."""
        found = [*_TOKEN.finditer(text)]
        if not found:
            return text
        old, other = self._random.choice(found), self._random.choice(found)
        new = other.group() if self._random.random() < 0.5 else self._random.choice(words)
        return text[: old.start()] + new + text[old.end() :]

    def _changed_part(self, text: str, _: tuple[str, ...]) -> str:
        """A part left out, repeated, turned round, or replaced by something hostile."""
        start = self._random.randrange(len(text) + 1)
        end = min(len(text), start + self._random.randrange(30))
        part = text[start:end]
        new = self._random.choice(
            ("", part * 2, part * self._random.randrange(200), part[::-1], self._random.choice(HOSTILE))
        )
        return text[:start] + new + text[end:]


def check_input(mutator: Mutator, number: int, folder: Path) -> str | None:
    """Make and check one input, every eighth a catalogue; if it fails the input in print, and why."""
    if number % 8 == 0:
        content = mutator.catalogue()
        return _failing(lambda: check_catalogue(content, folder), {"catalogue": content.decode("latin-1")})
    claim, where = mutator.claim()
    return _failing(lambda: check_claim(claim, where), {"claim": claim, "where": where})


def _failing(check: Callable[[], None], shown: Mapping[str, object]) -> str | None:
    try:
        check()
    except Exception as error:  # whatever it is, it is what is looked for
        return f"{type(error).__name__}: {error}\n{json.dumps(shown)}"
    return None


def main() -> int:
    """Check inputs until the time is up; print each that fails, as a line of the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--inputs", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    click.echo(f"seed {options.seed}")
    mutator, failures, number = Mutator(options.seed), 0, 0
    before, end = _memory(), time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        while number < options.inputs and time.monotonic() < end:
            failure = check_input(mutator, number, Path(folder))
            number += 1
            if failure is not None:
                failures += 1
                click.echo(f"input {number}: {failure}")
    grown = _memory() - before
    click.echo(f"{number} inputs, {failures} failures, grown by {grown / (1 << 20):.0f} MiB")
    return 1 if failures or grown > MOST_MEMORY else 0


def _memory() -> int:
    """The most bytes that the process has occupied so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main())
