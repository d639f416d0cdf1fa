"""Entries in index notation: Σⱼ Aᵢⱼ xⱼ, ∂xⱼ/∂xᵢ, δᵢⱼ, with letters chosen once for each expression."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from matcalc.components.exponents import Exponent
from matcalc.components.facts import Facts
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Elementwise,
    Entries,
    Factor,
    Fixed,
    Frozen,
    Group,
    Index,
    Indicator,
    Opaque,
    Parameter,
    Partial,
    Range,
    Slot,
    Split,
    Tangent,
    Term,
    Triangle,
)
from matcalc.language.nodes import Size
from matcalc.report.scripts import subscript, superscript

Letters: TypeAlias = frozenset[str]

LETTERS = "ijklprstuvh"
"""Index letters with Unicode subscripts, in the order in which they are used."""


@dataclass(frozen=True, slots=True)
class IndexNotation:
    """How the indices of a claim are written; `reserved` are its own names, which no index letter may be."""

    facts: Facts
    reserved: frozenset[str]
    _written: dict[tuple[Entries, tuple[str, ...], Letters], str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def letters(self) -> Iterator[str]:
        """Letters, then letters with a number, that are no names of the claim."""
        free = [letter for letter in LETTERS if letter not in self.reserved]
        yield from free
        yield from (f"{letter}{number}" for number in range(1, 1000) for letter in free)

    def slot_names(self, entries: Entries) -> tuple[str, ...]:
        """The letters of the free indices."""
        names = self.letters()
        return tuple(next(names) for _ in entries.slots)

    def write(self, entries: Entries) -> str:
        """The expression, its free indices named in order."""
        return self.sum(entries, self.slot_names(entries), frozenset(self.slot_names(entries)))

    def sum(self, entries: Entries, names: Sequence[str], taken: Letters) -> str:
        """The terms with signs; `names` are those of the slots, `taken` all letters in use around."""
        key = (entries, tuple(names), taken)
        if key not in self._written:
            self._written[key] = self._sum(entries, names, taken)
        return self._written[key]

    def _sum(self, entries: Entries, names: Sequence[str], taken: Letters) -> str:
        if not entries.terms:
            return "0"
        parts = [self.term(term, names, taken) for term in entries.terms]
        text = ("−" if parts[0][0] else "") + parts[0][1]
        return text + "".join(f" {'−' if negative else '+'} {body}" for negative, body in parts[1:])

    def term(self, term: Term, names: Sequence[str], taken: Letters) -> tuple[bool, str]:
        """Whether the term is negative, and the rest of it."""
        fresh = (letter for letter in self.letters() if letter not in taken)
        order = _appearance(term)
        letters = dict(zip(order, fresh, strict=False))
        bound = [letters[number] for number in order]
        at = _Naming(tuple(names), letters)
        inner = taken.union(bound)
        factors = [self.factor(f, at, inner, alone=len(term.factors) == 1) for f in term.factors]
        size = abs(term.coefficient)
        number = [str(size)] if size != 1 or not factors else []
        sigma = f"Σ{_joined(bound)} " if bound else ""
        return term.coefficient < 0, sigma + " ".join(number + factors)

    def factor(self, factor: Factor, at: "_Naming", taken: Letters, alone: bool = False) -> str:
        """A factor with its indices and its power."""
        text = self.head(factor, at, taken)
        if factor.exponent == 1:
            return text[1:-1] if isinstance(factor.head, Group) and _is_bare(factor.head.body, alone, at) else text
        if "/" in text and not text.endswith(")"):
            text = f"({text})"
        return _powered(text, factor.exponent)

    def head(self, factor: Factor, at: "_Naming", taken: Letters) -> str:  # noqa: C901 one case for each head
        """A head at its indices, without the power."""
        indices = [at.name(index) for index in factor.indices]
        match factor.head:
            case Parameter(name=name):
                return "π" if name == "pi" else _counter(name) if name.startswith("?") else name
            case Declared():
                return self._declared(factor.head, indices)
            case Tangent(name=name):
                return f"d{name}{_joined(indices)}"
            case Delta():
                return f"δ{_joined(indices)}"
            case Triangle():
                return f"[{indices[0]} ≥ {indices[1]}]"
            case Indicator(polynomial=polynomial, equation=equation):
                return _bracket(polynomial, equation)
            case Split():
                return f"[{indices[0]} ≙ ({', '.join(indices[1:])})]"
            case Elementwise(function=function, order=order, body=body):
                return f"{function}{'′' * order}({self.sum(body, indices, taken)})"
            case Group(body=body):
                return f"({self.sum(body, indices, taken)})"
            case Frozen(body=body):
                return f"detach({self.sum(body, indices, taken)})"
            case Partial():
                return self._partial(factor.head, indices, taken)
            case Opaque():
                return self._opaque(factor.head, indices, taken)
            case Range():
                return self._range(factor.head, indices, taken)

    def _declared(self, head: Declared, indices: Sequence[str]) -> str:
        own = len(self.facts.symbols[head.name].axes)
        value = head.name + _joined(indices[:own])
        if not head.by:
            return value
        below, start = "", own
        for name in head.by:
            end = start + len(self.facts.symbols[name].axes)
            below += f"∂{name}{_joined(indices[start:end])}"
            start = end
        order = len(head.by)
        return f"{_powered('∂', Fraction(order)) if order > 1 else '∂'}{value}/{below}"

    def _partial(self, head: Partial, indices: Sequence[str], taken: Letters) -> str:
        own = len(head.body.slots)
        below = f"∂{head.variable}{_joined(indices[own:])}"
        body = self.sum(head.body, indices[:own], taken)
        simple = len(head.body.terms) == 1 and _is_symbol(head.body.terms[0])
        return f"∂{body}/{below}" if simple else f"∂({body})/{below}"

    def _range(self, head: Range, indices: Sequence[str], taken: Letters) -> str:
        body, variable = self.sum(head.body, indices, taken), _counter(head.variable)
        if head.integral:
            return f"∫({body})d{variable}"
        return f"Σ_{{{variable}=0}}^{{{_polynomial(head.count - 1)}}}({body})"

    def _opaque(self, head: Opaque, indices: Sequence[str], taken: Letters) -> str:
        written = []
        for body in head.bodies:
            fresh = (letter for letter in self.letters() if letter not in taken)
            names = [next(fresh) for _ in body.slots]
            written.append(self.sum(body, names, taken.union(names)))
        written += [_polynomial(parameter) for parameter in head.parameters]
        return f"{head.function}({', '.join(written)}){_joined(indices)}"


def _counter(variable: str) -> str:
    """How the variable of a finite sum or an integral is written."""
    return f"t{variable.removeprefix('?')}".removesuffix("1")


def _bracket(polynomial: Size, equation: bool) -> str:
    """[r ≤ k] or [r = k], what is subtracted on the left."""
    left = sum((-c * polynomial.ring({monomial: 1}) for monomial, c in polynomial.terms() if c < 0), polynomial.ring(0))
    return f"[{_polynomial(left)} {'=' if equation else '≤'} {_polynomial(left + polynomial)}]"


def _appearance(term: Term) -> list[int]:
    """The numbers of the bound indices in the order in which the factors use them."""
    used = [i.number for factor in term.factors for i in factor.indices if isinstance(i, Bound)]
    return list(dict.fromkeys([*used, *range(len(term.bound))]))


def _is_bare(body: Entries, alone: bool, at: "_Naming") -> bool:
    """Whether a parenthesis may be left out: a bare product, or all that there is."""
    product = len(body.terms) == 1 and not body.terms[0].bound and body.terms[0].coefficient > 0
    return product or (alone and not at.bound)


def _is_symbol(term: Term) -> bool:
    factor = term.factors[0] if len(term.factors) == 1 else None
    bare = term.coefficient == 1 and not term.bound
    return bare and factor is not None and factor.exponent == 1 and isinstance(factor.head, Declared | Tangent)


@dataclass(frozen=True, slots=True)
class _Naming:
    """The letters of a term's indices."""

    slots: tuple[str, ...]
    bound: Mapping[int, str]

    def name(self, index: Index) -> str:
        match index:
            case Slot(number=number):
                return self.slots[number]
            case Bound(number=number):
                return self.bound[number]
            case Fixed(position=position):
                return _polynomial(position)


def _joined(indices: Sequence[str]) -> str:
    """Subscripts side by side where each is a letter, perhaps numbered, or a digit; else in brackets."""
    if not indices:
        return ""
    written = [subscript(index) if index[:1].isalpha() or len(index) == 1 else None for index in indices]
    if all(text is not None for text in written):
        return "".join(text for text in written if text is not None)
    return f"[{', '.join(indices)}]"


def _powered(text: str, exponent: Exponent) -> str:
    """x², x⁻¹, √x, or x^(…) where no raised characters exist."""
    if exponent == Fraction(1, 2):
        return f"√{text}"
    written = _polynomial(exponent)
    raised = superscript(written)
    return text + (raised if raised is not None else f"^({written})")


def _polynomial(value: Exponent) -> str:
    """A polynomial in names, products without a sign between."""
    text = re.sub(r"\?\d", lambda match: _counter(match.group()), str(value))
    return text.replace("**", "^").replace("*", "").replace(" ", "")
