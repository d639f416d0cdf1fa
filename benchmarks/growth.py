"""Families of true claims of growing length, to see that no proof explodes on long or symmetric input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matcalc.language import parse_claim
from matcalc.language.nodes import Claim


@dataclass(frozen=True, slots=True)
class Family:
    """`statement(k)` is the text and the declarations of its claim of length k."""

    title: str
    lengths: tuple[int, ...]
    statement: Callable[[int], tuple[str, Mapping[str, str]]]

    def claim(self, length: int) -> Claim:
        return parse_claim(*self.statement(length))


def _chain(length: int) -> tuple[str, Mapping[str, str]]:
    """The gradient of the trace of different matrices by the first."""
    names = [f"A{i}" for i in range(1, length + 1)]
    where = {name: f"matrix(n{i}, n{i % length + 1})" for i, name in enumerate(names, start=1)}
    return f"D(trace({' @ '.join(names)}), A1) == ({' @ '.join(names[1:])}).T", where


def _equal_chain(length: int) -> tuple[str, Mapping[str, str]]:
    """The gradient of the trace of equal matrices: every factor can stand for every other."""
    text = f"D(trace({' @ '.join(['X'] * length)}), X) == {length} * ({' @ '.join(['X'] * (length - 1))}).T"
    return text, {"X": "matrix(n, n)"}


def _alternating_chain(length: int) -> tuple[str, Mapping[str, str]]:
    """A trace of two alternating matrices, turned by two places and transposed."""
    halves = length // 2
    left, right = " @ ".join(["A", "B"] * halves), " @ ".join(["B.T", "A.T"] * halves)
    return f"trace({left}) == trace({right})", {"A": "matrix(m, n)", "B": "matrix(n, m)"}


def _power(length: int) -> tuple[str, Mapping[str, str]]:
    """The gradient of a power of a scalar product."""
    return f"D((x.T @ y)**{length}, x) == {length} * (x.T @ y)**{length - 1} * y", {"x": "vector(n)", "y": "vector(n)"}


def _product(length: int) -> tuple[str, Mapping[str, str]]:
    """A power of a square norm, multiplied out: every index can stand for every other."""
    return f"{' * '.join(['(x.T @ x)'] * length)} == norm(x)**{2 * length}", {"x": "vector(n)"}


def _sum(length: int) -> tuple[str, Mapping[str, str]]:
    """The gradient of a sum of different quadratic forms."""
    names = [f"A{i}" for i in range(1, length + 1)]
    left = " + ".join(f"x.T @ {name} @ x" for name in names)
    right = " + ".join(f"({name} + {name}.T) @ x" for name in names)
    return f"D({left}, x) == {right}", {"x": "vector(n)", **dict.fromkeys(names, "matrix(n, n)")}


def _weighted_sum(length: int) -> tuple[str, Mapping[str, str]]:
    """The gradient of the logarithm of a sum of exponentials: one denominator of many terms."""
    names = [f"a{i}" for i in range(1, length + 1)]
    terms = [f"exp({name}.T @ x)" for name in names]
    right = " + ".join(f"{term} * {name}" for name, term in zip(names, terms, strict=True))
    text = f"D(log({' + '.join(terms)}), x) == ({right}) / ({' + '.join(terms)})"
    return text, {"x": "vector(n)", **dict.fromkeys(names, "vector(n)")}


FAMILIES: tuple[Family, ...] = (
    Family("chain of k matrices, gradient", (4, 8, 16, 32), _chain),
    Family("chain of k equal matrices, gradient", (4, 8, 16, 32), _equal_chain),
    Family("trace of k alternating matrices", (4, 8, 16, 32), _alternating_chain),
    Family("power k of a scalar product, gradient", (4, 8, 16, 32), _power),
    Family("product of k equal scalar products", (4, 8, 16, 32), _product),
    Family("sum of k quadratic forms, gradient", (4, 8, 16, 32, 64), _sum),
    Family("logarithm of a sum of k exponentials", (4, 8, 16, 32, 64), _weighted_sum),
)
