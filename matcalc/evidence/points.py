"""Points at which a claim is evaluated: a value for every name, the same for every engine.

A point is made in two steps. The *raw* matrices have arbitrary entries, drawn or being shrunk; `realise` turns them
into matrices with the declared properties, exactly, or raises UndefinedError. All entries of a point are fractions.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from matcalc.evidence.backend import Backend, V
from matcalc.evidence.domains import Rationals
from matcalc.evidence.exact import ExactBackend
from matcalc.evidence.functions import Function, ScalarFunction, SmoothMap
from matcalc.evidence.matrices import Rows, each, matmul, row_echelon, transpose
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.relevance import Symbols
from matcalc.evidence.sizes import Numbers, extents
from matcalc.evidence.structure import TYING, constrained, has_variants, impose, is_tied, unit, variant
from matcalc.language.nodes import Claim, Declaration

DRAWS = 30
"""How often the raw entries of one symbol are drawn again until they allow its properties."""

EntryDraw: TypeAlias = Callable[[random.Random, int, int], Fraction]
"""A random entry for a position (row, column), counted from 0."""

FunctionDraw: TypeAlias = Callable[[random.Random], ScalarFunction]
MapDraw: TypeAlias = Callable[[random.Random, frozenset[str], tuple[int, int], int], SmoothMap]

_RATIONAL = ExactBackend(Rationals())


@dataclass(frozen=True, slots=True)
class Point:
    """Values of all names: sizes, integers and indices; independent symbols and differentials `dX`; functions."""

    numbers: Numbers
    values: Mapping[str, Rows]
    functions: Mapping[str, Function]


def seed_of(claim: Claim) -> int:
    """A seed from the claim's text and layout, the same in every process."""
    return int.from_bytes(hashlib.sha256(f"{claim.layout}:{claim.text}".encode()).digest()[:8])


def draw_raw(symbols: Symbols, numbers: Numbers, rng: random.Random, draws: Iterator[EntryDraw]) -> dict[str, Rows]:
    """Raw matrices for the independent symbols and the differentials `dX`, each with the next kind of entries.

    Those of a symbol are drawn again until they allow its properties; UndefinedError where that does not happen.
    """
    raw = {d.name: _draw_symbol(d, numbers, rng, next(draws)) for d in symbols.independent}
    return raw | {f"d{d.name}": _entries(d, numbers, rng, next(draws)) for d in symbols.varying}


def _draw_symbol(declaration: Declaration, numbers: Numbers, rng: random.Random, draw: EntryDraw) -> Rows:
    for _ in range(DRAWS):
        raw = _adapted(declaration.properties, _entries(declaration, numbers, rng, draw))
        try:
            structured(declaration, raw)
        except UndefinedError:
            continue
        return raw
    raise UndefinedError(
        f"no value of {declaration.name} has the properties {', '.join(sorted(declaration.properties))}"
    )


def _entries(declaration: Declaration, numbers: Numbers, rng: random.Random, draw: EntryDraw) -> Rows:
    rows, columns = extents(declaration.shape, numbers)
    return tuple(tuple(draw(rng, i, j) for j in range(columns)) for i in range(rows))


def _adapted(properties: frozenset[str], raw: Rows) -> Rows:
    if "positive" in properties:
        return each(lambda entry: abs(entry) or Fraction(1), raw)
    if "nonzero" in properties:
        return each(lambda entry: entry or Fraction(1), raw)
    return raw


def realise(symbols: Symbols, numbers: Numbers, raw: Mapping[str, Rows], functions: Mapping[str, Function]) -> Point:
    """The point that raw matrices stand for; UndefinedError where they allow no value with the properties."""
    values = {d.name: structured(d, raw[d.name]) for d in symbols.independent}
    values |= {f"d{d.name}": tangent(_RATIONAL, d, values.get(d.name), raw[f"d{d.name}"]) for d in symbols.varying}
    return Point(numbers, values, functions)


def structured(declaration: Declaration, raw: Rows) -> Rows:
    """The matrix with the declared properties made from the raw one, or UndefinedError if it has no such matrix."""
    properties = declaration.properties
    try:
        factors = variant(properties, raw) if has_variants(properties) else None
        value = varied(_RATIONAL, properties, raw, factors)
    except ZeroDivisionError as error:
        raise UndefinedError(str(error)) from error
    missing = missing_property(properties, value)
    if missing is not None:
        raise UndefinedError(f"{declaration.name} is not {missing}")
    return value


def varied(backend: Backend[V], properties: frozenset[str], raw: V, factors: V | None) -> V:
    """The matrix with the structural properties made from a raw one, and with `factors` that variant of it."""
    value = impose(backend, properties, raw)
    return value if factors is None else backend.apply("*", factors, value)


def tangent(backend: Backend[V], declaration: Declaration, value: V | None, raw: V) -> V:
    """A differential of a symbol: it keeps the tying properties; at an orthogonal Q it is Q times a skew matrix."""
    properties = declaration.properties
    if "orthogonal" in properties:
        if value is None or len(properties) > 1:
            raise OutOfReachError(f"the differential of {declaration.name}, orthogonal with more than that known of it")
        return backend.apply("@", value, constrained(backend, {"skew"}, raw))
    return constrained(backend, properties, raw) if is_tied(properties) else raw


def missing_property(properties: frozenset[str], value: Rows) -> str | None:
    """The first of the declared properties, in the order of the alphabet, that an exact matrix does not have."""
    return next((name for name in sorted(properties) if not _has(name, value)), None)


def _has(name: str, value: Rows) -> bool:
    match name:
        case "positive":
            return all(entry > 0 for row in value for entry in row)
        case "nonzero":
            return all(entry != 0 for row in value for entry in row)
        case "invertible":
            return len(row_echelon(value, Fraction(1), Rationals().is_zero)[1]) == len(value)
        case "orthogonal":
            return matmul(transpose(value), value) == unit(len(value))
        case _:
            tied = name not in TYING or constrained(_RATIONAL, {name}, value) == value
            return tied and (name not in ("psd", "pd") or is_definite(value, strict=name == "pd"))


def is_definite(value: Rows, *, strict: bool) -> bool:
    """Whether a symmetric matrix is positive definite, or semidefinite: the signs of the pivots of its elimination."""
    work = [list(row) for row in value]
    for k in range(len(work)):
        pivot = work[k][k]
        if pivot < 0 or (strict and pivot == 0):
            return False
        if pivot == 0:
            if any(work[k][k + 1 :]):
                return False
            continue
        for r in range(k + 1, len(work)):
            factor = work[r][k] / pivot
            work[r] = [entry - factor * lead for entry, lead in zip(work[r], work[k], strict=True)]
    return True


def draw_functions(
    claim: Claim, numbers: Numbers, rng: random.Random, function: FunctionDraw, smooth_map: MapDraw
) -> dict[str, Function]:
    """An instance of every arbitrary function of the claim."""
    functions: dict[str, Function] = {}
    for name, declaration in claim.scope.declarations.items():
        if declaration.kind == "function":
            functions[name] = function(rng)
        elif declaration.of:
            shape = extents(declaration.shape, numbers)
            inputs = sum(_count(claim.scope[variable], numbers) for variable in declaration.of)
            functions[name] = smooth_map(rng, declaration.properties, shape, inputs)
    return functions


def _count(declaration: Declaration, numbers: Numbers) -> int:
    rows, columns = extents(declaration.shape, numbers)
    return rows * columns
