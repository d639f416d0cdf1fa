"""The points of the random cross-check, several at a time: drawn as floats, given their structure by autograd's floats.

A drawn number is a float of few bits, so that there is an exact point of the same raw numbers where one is needed: for
a difference that wants confirmation. Whether a matrix has its properties is asked with a margin far above rounding; one
that nearly lacks them counts as lacking them.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from matcalc.evidence.autograd_backend import AutogradBackend, Entries, Matrices, Source, source
from matcalc.evidence.functions import Function, wavy_function, wavy_map
from matcalc.evidence.matrices import each
from matcalc.evidence.points import Point, draw_functions, realise, tangent, varied
from matcalc.evidence.relevance import Symbols
from matcalc.evidence.sizes import Numbers, extents
from matcalc.evidence.structure import has_variants, variant
from matcalc.language.nodes import Claim, Declaration

KINDS: tuple[Entries, ...] = (
    Entries(normal=1),
    Entries(uniform=1.7, constant=0.3),
    Entries(uniform=-1.7, constant=-0.3),
    Entries(normal=0.2, identity=1),
    Entries(uniform=0.4, constant=-0.2),
)
"""Kinds of random entries: between them logarithms, roots and determinants find points where they are defined."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Raw matrices of several points that share their numbers and functions, in the engine of their floats."""

    backend: AutogradBackend
    symbols: Symbols
    numbers: Numbers
    functions: Mapping[str, Function]
    raw: Mapping[str, Matrices]

    def values(self) -> tuple[dict[str, Matrices], list[bool]]:
        """The values of all symbols and differentials, and at which points they have the declared properties."""
        values: dict[str, Matrices] = {}
        valid = [True] * self.backend.points
        for declaration in self.symbols.independent:
            name, properties = declaration.name, declaration.properties
            values[name] = varied(self.backend, properties, self.raw[name], self._factors(declaration))
            if not _is_certain(properties):
                having = self.backend.having(properties, values[name])
                valid = [both and has for both, has in zip(valid, having, strict=True)]
        for declaration in self.symbols.varying:
            name = declaration.name
            values[f"d{name}"] = tangent(self.backend, declaration, values.get(name), self.raw[f"d{name}"])
        return values, valid

    def _factors(self, declaration: Declaration) -> Matrices | None:
        if not has_variants(declaration.properties):
            return None
        raw = self.backend.rows(self.raw[declaration.name])
        return self.backend.batch([variant(declaration.properties, rows) for rows in raw])

    def point(self, k: int) -> Point:
        """The exact point; UndefinedError where the raw numbers allow no value with the properties."""
        exact = {name: each(Fraction, self.backend.rows(matrices)[k]) for name, matrices in self.raw.items()}
        return realise(self.symbols, self.numbers, exact, self.functions)


def _is_certain(properties: frozenset[str]) -> bool:
    """Whether any matrix that is made to have the properties has them: one alone, that is not left to chance."""
    return len(properties) <= 1 and {"positive", "nonzero", "invertible"}.isdisjoint(properties)


@dataclass(frozen=True, slots=True)
class Chance:
    """Where random numbers come from: choices from the one, entries from the other."""

    rng: random.Random
    source: Source

    @classmethod
    def of_seed(cls, seed: int) -> "Chance":
        return cls(random.Random(seed), source(seed))


def draw(claim: Claim, symbols: Symbols, numbers: Numbers, chance: Chance, *, mixed: bool) -> Batch:
    """One point of each kind of entries, or points of mixed kinds; functions are shared."""
    functions = draw_functions(claim, numbers, chance.rng, wavy_function, wavy_map)
    backend = AutogradBackend(len(KINDS))

    def drawn(declaration: Declaration) -> Matrices:
        kinds = chance.rng.choices(KINDS, k=len(KINDS)) if mixed else KINDS
        return backend.draw(kinds, *extents(declaration.shape, numbers), chance.source)

    raw = {d.name: drawn(d) for d in symbols.independent}
    raw |= {d.name: backend.apply("abs", raw[d.name]) for d in symbols.independent if "positive" in d.properties}
    raw |= {f"d{d.name}": drawn(d) for d in symbols.varying}
    return Batch(backend, symbols, numbers, functions, raw)
