"""Points at which a claim is evaluated: a value for every name, the same for every engine.

A point is made in two steps. The *raw* matrices have arbitrary entries, drawn or being shrunk; `realise` turns them
into matrices with the declared properties, exactly, or raises UndefinedError. All entries are fractions.
"""

import hashlib
import operator
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from matcalc.evidence.domains import Rationals
from matcalc.evidence.exact import ExactBackend
from matcalc.evidence.functions import Function, ScalarFunction, SmoothMap
from matcalc.evidence.matrices import Rows, each, matmul, row_echelon, transpose
from matcalc.evidence.outcomes import OutOfReachError, UndefinedError
from matcalc.evidence.relevance import independent_symbols, varying_symbols
from matcalc.evidence.sizes import Numbers, extents
from matcalc.evidence.structure import SYMMETRIC, TYING, constrained, impose, unit
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


def draw_raw(claim: Claim, numbers: Numbers, rng: random.Random, draws: Iterator[EntryDraw]) -> dict[str, Rows]:
    """Raw matrices for the independent symbols and the differentials, each with the next kind of entries."""
    raw: dict[str, Rows] = {}
    for declaration in independent_symbols(claim):
        raw[declaration.name] = _draw_symbol(declaration, numbers, rng, next(draws))
    for name in varying_symbols(claim):
        raw[f"d{name}"] = _entries(claim.scope[name], numbers, rng, next(draws))
    return raw


def _draw_symbol(declaration: Declaration, numbers: Numbers, rng: random.Random, draw: EntryDraw) -> Rows:
    for _ in range(DRAWS):
        raw = each(_adapt(declaration.properties), _entries(declaration, numbers, rng, draw))
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


def _adapt(properties: frozenset[str]) -> Callable[[Fraction], Fraction]:
    if "positive" in properties:
        return lambda entry: abs(entry) or Fraction(1)
    if "nonzero" in properties:
        return lambda entry: entry or Fraction(1)
    return lambda entry: entry


def realise(claim: Claim, numbers: Numbers, raw: Mapping[str, Rows], functions: Mapping[str, Function]) -> Point:
    """The point that raw matrices stand for; UndefinedError where they allow no value with the properties."""
    values: dict[str, Rows] = {}
    for name, rows in raw.items():
        if name in claim.scope.declarations:
            values[name] = structured(claim.scope[name], rows)
        else:
            base = name.removeprefix("d")
            values[name] = tangent(claim.scope[base], values.get(base), rows)
    return Point(numbers, values, functions)


def structured(declaration: Declaration, raw: Rows) -> Rows:
    """The matrix with the declared properties made from the raw one, or UndefinedError if it has no such matrix."""
    properties = declaration.properties
    try:
        value = _varied(properties, impose(_RATIONAL, properties, raw), raw)
    except ZeroDivisionError as error:
        raise UndefinedError(str(error)) from error
    missing = missing_property(properties, value)
    if missing is not None:
        raise UndefinedError(f"{declaration.name} is not {missing}")
    return value


def _varied(properties: frozenset[str], value: Rows, raw: Rows) -> Rows:
    """Variants that no smooth construction reaches, chosen by signs of raw entries.

    Orthogonal matrices get determinants of both signs, positive definite ones eigenvalues below 1 too.
    """
    if "orthogonal" in properties and SYMMETRIC.isdisjoint(properties):
        signs = [-1 if raw[j][j] < 0 else 1 for j in range(len(raw))]
        return tuple(tuple(entry * sign for entry, sign in zip(row, signs, strict=True)) for row in value)
    if "orthogonal" in properties and raw[-1][-1] < 0:
        return each(operator.neg, value)
    if "pd" in properties and raw[0][0] < 0:
        return each(lambda entry: entry / 4, value)
    return value


def tangent(declaration: Declaration, value: Rows | None, raw: Rows) -> Rows:
    """A differential of a symbol: it keeps the tying properties; at an orthogonal Q it is Q times a skew matrix."""
    if "orthogonal" in declaration.properties:
        if value is None or len(declaration.properties) > 1:
            raise OutOfReachError(f"the differential of {declaration.name}, orthogonal with more than that known of it")
        return matmul(value, constrained(_RATIONAL, {"skew"}, raw))
    return constrained(_RATIONAL, declaration.properties, raw)


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
