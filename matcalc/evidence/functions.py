"""Instances of a claim's arbitrary functions: concrete ones, the same for every engine, and those of generic numbers.

A declared `function` becomes a polynomial plus a sine wave, a symbol `of` others a polynomial map plus sine waves of
all their entries; with amplitude 0 they are polynomials, which an exact engine evaluates in fractions and a person by
hand. Derivatives of a `function` are written down in closed form; a symbol `of` others is differentiated by the engine.
"""

import random
from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

from matcalc.evidence.backend import Backend, V
from matcalc.evidence.generic_numbers import function_value
from matcalc.evidence.matrices import Entry, Rows, each
from matcalc.evidence.outcomes import OutOfReachError
from matcalc.evidence.structure import constrained, impose, is_tied, unit


@dataclass(frozen=True, slots=True)
class ScalarFunction:
    """f(t) = Σ polynomial[k] tᵏ + amplitude · sin(frequency · t + turns · π/2)."""

    polynomial: tuple[Fraction, ...]
    amplitude: Fraction = Fraction(0)
    frequency: Fraction = Fraction(1)
    turns: int = 0

    @property
    def prime(self) -> "ScalarFunction":
        """The derivative."""
        polynomial = tuple(k * coefficient for k, coefficient in enumerate(self.polynomial))[1:]
        return replace(
            self, polynomial=polynomial, amplitude=self.amplitude * self.frequency, turns=(self.turns + 1) % 4
        )

    def value(self, backend: Backend[V], order: int, t: V) -> V:
        """The derivative of that order, entry by entry."""
        function = self
        for _ in range(order):
            function = function.prime
        result = backend.apply("-", t, t)
        for coefficient in reversed(function.polynomial):
            result = backend.apply("+", backend.apply("*", result, t), _scalar(backend, coefficient))
        return backend.apply("+", result, function._wave(backend, t)) if function.amplitude else result

    def _wave(self, backend: Backend[V], t: V) -> V:
        inner = backend.apply("*", t, _scalar(backend, self.frequency))
        wave = backend.apply("cos" if self.turns % 2 else "sin", inner)
        return backend.apply("*", wave, _scalar(backend, -self.amplitude if self.turns >= 2 else self.amplitude))


@dataclass(frozen=True, slots=True)
class SmoothMap:
    """u(z) = constant + linear z + (left z) ∘ (right z) ∘ (1 + third z) + sin(wave z), then given shape and properties.

    z stacks the entries of the variables: N×1, the weights are M×N for M entries of u, constant is M×1. Without waves
    `wave` is empty. `positive` squares and adds 1/2, `nonzero` takes the negative of that.
    """

    properties: frozenset[str]
    constant: Rows
    linear: Rows
    left: Rows
    right: Rows
    third: Rows
    wave: Rows = ()

    def value(self, backend: Backend[V], z: V, rows: int, columns: int) -> V:
        """The value in its shape."""
        apply = backend.apply
        product = apply("*", self._along(backend, self.left, z), self._along(backend, self.right, z))
        product = apply("+", product, apply("*", product, self._along(backend, self.third, z)))
        affine = apply("+", backend.constant(self.constant), self._along(backend, self.linear, z))
        raw = apply("+", affine, product)
        if self.wave:
            raw = apply("+", raw, apply("sin", self._along(backend, self.wave, z)))
        if not {"positive", "nonzero"}.isdisjoint(self.properties):
            raw = apply("+", apply("*", raw, raw), _scalar(backend, Fraction(1, 2)))
        if "nonzero" in self.properties:
            raw = apply("negate", raw)
        return impose(backend, self.properties, apply("unvec", raw, rows, columns))

    def _along(self, backend: Backend[V], weights: Rows, z: V) -> V:
        return backend.apply("@", backend.constant(weights), z)


@dataclass(frozen=True, slots=True)
class AnyFunction:
    """An arbitrary function of one variable over generic numbers: its derivatives are unrelated generators."""

    name: str

    def value(self, backend: Any, order: int, t: Any) -> Any:
        """The derivative of that order, entry by entry."""
        return each(lambda x: function_value(backend.domain, self.name, (order,), (x,)), t)


@dataclass(frozen=True, slots=True)
class AnyMap:
    """An arbitrary smooth map over generic numbers, with tied entries where the properties tie them."""

    name: str
    properties: frozenset[str]

    def value(self, backend: Any, z: Any, rows: int, columns: int) -> Any:
        """The value in its shape, at the stacked entries of the variables."""
        if "orthogonal" in self.properties:
            raise OutOfReachError(f"the arbitrary orthogonal function {self.name}")
        inputs = tuple(x for (x,) in z)
        raw = tuple(tuple(self._entry(backend, i, j, inputs) for j in range(columns)) for i in range(rows))
        return constrained(backend, self.properties, raw) if is_tied(self.properties) else raw

    def _entry(self, backend: Any, i: int, j: int, inputs: tuple[Entry, ...]) -> Entry:
        return function_value(backend.domain, self.name, (0,) * len(inputs), inputs, (i + 1, j + 1))


Function: TypeAlias = ScalarFunction | SmoothMap
"""A concrete instance."""

Instance: TypeAlias = Function | AnyFunction | AnyMap


def _scalar(backend: Backend[V], value: Fraction) -> V:
    return backend.constant(((value,),))


def small_function(rng: random.Random) -> ScalarFunction:
    """A polynomial of degree 5 at most, with small integer coefficients."""
    choices = ((0, 0, 1), (0, 1), (0, 1, -1), (1, 2), (0, 0, 1), (0, 0, 1))
    return ScalarFunction(tuple(Fraction(rng.choice(coefficients)) for coefficients in choices))


def wavy_function(rng: random.Random) -> ScalarFunction:
    """A quadratic polynomial plus a wave, all derivatives of which differ from 0."""
    polynomial = tuple(decimal(rng.uniform(-0.5, 0.5)) for _ in range(3))
    return ScalarFunction(polynomial, decimal(rng.uniform(0.5, 1.5)), decimal(rng.uniform(0.7, 1.6)))


def small_map(rng: random.Random, properties: Collection[str], shape: tuple[int, int], inputs: int) -> SmoothMap:
    """A sparse cubic map with small integer coefficients."""
    outputs = shape[0] * shape[1]

    def choose(*coefficients: int) -> Rows:
        return tuple(_one_hot(inputs, rng.randrange(inputs), rng.choice(coefficients)) for _ in range(outputs))

    constant = tuple((Fraction(rng.choice((0, 0, 1))),) for _ in range(outputs))
    if "invertible" in properties:
        constant = tuple((row[column],) for column in range(shape[1]) for row in unit(shape[0]))
    linear, left, right, third = choose(1, 1, 2, -1), choose(1, 1, 0, -1), choose(1), choose(0, 1)
    return SmoothMap(frozenset(properties), constant, linear, left, right, third)


def wavy_map(rng: random.Random, properties: Collection[str], shape: tuple[int, int], inputs: int) -> SmoothMap:
    """A dense map, all derivatives of which differ from 0."""
    outputs = shape[0] * shape[1]
    width = 1 / inputs**0.5

    def weights(deviation: float, columns: int = inputs) -> Rows:
        return tuple(tuple(decimal(rng.gauss(0, deviation)) for _ in range(columns)) for _ in range(outputs))

    linear, left, right, third = (weights(width) for _ in range(4))
    wave = weights(1.5 * width)
    return SmoothMap(frozenset(properties), weights(1.0, 1), linear, left, right, third, wave)


def _one_hot(size: int, position: int, value: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(value if k == position else 0) for k in range(size))


def decimal(value: float) -> Fraction:
    """A random number as a fraction of few bits, exact in every engine."""
    return Fraction(round(value * 1024), 1024)
