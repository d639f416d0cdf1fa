"""Which matrices are positive semidefinite or definite, and which scalars are therefore never negative.

A product of entries is never negative if it is a square taken apart: if an involution of its summed indices, b ↔ b′,
exchanges its factors in pairs, f(b, c) with f(b′, c) for indices c that stay, and what is left over are entries of
positive semidefinite matrices at b, b′ and numbers ≥ 0. No factor may have both an index of f(b, c) and one of
f(b′, c), directly or through others. For fixed c it is then Σ v(b) K(b, b′) v(b′) with an entrywise product K of
positive semidefinite matrices (Schur). With its two free indices among the exchanged ones the product is a positive
semidefinite matrix.

Source: Horn and Johnson 2013, Matrix Analysis, theorem 7.5.3 (Schur products) and observation 7.1.8 (Gram matrices).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from matcalc.components.exponents import is_natural
from matcalc.components.terms import (
    Bound,
    Declared,
    Delta,
    Entries,
    Factor,
    Group,
    Head,
    Index,
    Opaque,
    Slot,
    Term,
    reindex,
)
from matcalc.language.nodes import Size

MOST_SUMS = 6
"""Summed indices of a product for which an involution is looked for."""

KEEPING = frozenset({"inv", "pinv", "adjugate", "matrix_power", "expm"})
"""Functions of a matrix that are positive semidefinite where the matrix is."""


class Known(Protocol):
    """What must be known of the symbols."""

    def structure(self, head: Head) -> frozenset[str]:
        """The properties that tie the entries of a matrix symbol."""

    def is_never_negative(self, factor: Factor) -> bool:
        """Whether a factor is never negative."""

    def is_positive(self, head: Head) -> bool:
        """Whether a head is positive at all of its indices."""

    @property
    def invertible(self) -> frozenset[Entries]:
        """The matrices that the sides need to be invertible."""

    @property
    def continuous(self) -> bool:
        """Whether no side jumps, so that a semidefinite symbol may be taken to be definite: such values are dense."""


def is_semidefinite(body: Entries, known: Known) -> bool:
    """Whether a matrix of single indices is positive semidefinite: every term of it is."""
    square = len(body.slots) == 2 and body.slots[0] == body.slots[1]
    return square and all(_is_square(term, {Slot(0): Slot(1), Slot(1): Slot(0)}, known) for term in body.terms)


def is_definite(body: Entries, known: Known) -> bool:
    """Whether it is positive definite: semidefinite, and invertible or one of its terms definite."""
    if not is_semidefinite(body, known):
        return False
    return body in known.invertible or any(_is_definite_term(term, known) for term in body.terms)


def is_square_sum(body: Entries, known: Known) -> bool:
    """Whether a scalar is a sum of squares taken apart."""
    return bool(body.terms) and all(_is_square(term, {}, known) for term in body.terms)


def is_on_diagonal(factor: Factor, known: Known) -> bool:
    """Whether this is a diagonal entry of a positive semidefinite matrix."""
    pair = len(factor.indices) == 2 and factor.indices[0] == factor.indices[1]
    return pair and _is_semidefinite_head(factor.head, known)


def _is_definite_term(term: Term, known: Known) -> bool:
    """Whether a semidefinite term is a positive multiple of a definite matrix."""
    scalars = [f for f in term.factors if not f.indices]
    others = [f for f in term.factors if f.indices]
    single = len(others) == 1 and others[0].exponent == 1 and not term.bound and len(others[0].indices) == 2
    return single and all(known.is_positive(f.head) for f in scalars) and _is_definite_head(others[0].head, known)


def _is_definite_head(head: Head, known: Known) -> bool:
    match head:
        case Delta():
            return True
        case Declared(by=()):
            structure = known.structure(head)
            return "pd" in structure or (known.continuous and "psd" in structure)
        case Opaque(function="inv" | "expm"):
            return _is_semidefinite_head(head, known)
        case _:
            return False


def _is_semidefinite_head(head: Head, known: Known) -> bool:
    match head:
        case Delta():
            return True
        case Declared(by=()):
            return not known.structure(head).isdisjoint({"psd", "pd"})
        case Opaque(function=function, bodies=(body,)) if function in KEEPING and len(body.slots) == 2:
            return is_semidefinite(body, known)
        case Group(body=body) if len(body.slots) == 2:
            return is_semidefinite(body, known)
        case _:
            return False


def _is_square(term: Term, exchanged: Mapping[Index, Index], known: Known) -> bool:
    """Whether a term is a square taken apart, the slots exchanged as told."""
    if term.coefficient < 0 or len(term.bound) > MOST_SUMS:
        return False
    return any(_splits(term, {**image, **exchanged}, known) for image in _involutions(term.bound, 0, {}))


def _involutions(sizes: tuple[Size, ...], number: int, image: dict[Index, Index]) -> Iterator[dict[Index, Index]]:
    """Every way to exchange bound indices of one size in pairs."""
    if number == len(sizes):
        yield image
        return
    own = Bound(number)
    if own in image:
        yield from _involutions(sizes, number + 1, image)
        return
    for other in range(number, len(sizes)):
        second = Bound(other)
        if second not in image and sizes[other] == sizes[number]:
            yield from _involutions(sizes, number + 1, {**image, own: second, second: own})


def _splits(term: Term, image: Mapping[Index, Index], known: Known) -> bool:
    """Whether the exchange pairs the factors, but for semidefinite ones at exchanged indices and numbers ≥ 0."""
    waiting, paired = list(term.factors), list[Factor]()
    while waiting:
        factor = waiting.pop()
        (image_of,) = reindex((factor,), image)
        partner = next((f for f in (image_of, _transposed(image_of, known)) if f in waiting), None)
        if partner is not None:
            waiting.remove(partner)
            paired += [factor, partner]
        elif not _stands_alone(factor, image, known):
            return False
    return _falls_in_halves(paired, image)


def _falls_in_halves(paired: Sequence[Factor], image: Mapping[Index, Index]) -> bool:
    """Whether factors that share an exchanged index, directly or through others, have no index and its image both."""
    runs: list[set[Index]] = []
    for factor in paired:
        run = {index for index in factor.indices if image.get(index, index) != index}
        joined = [other for other in runs if other & run]
        runs = [other for other in runs if not other & run]
        runs.append(run.union(*joined))
    return not any(image[index] in run for run in runs for index in run)


def _stands_alone(factor: Factor, image: Mapping[Index, Index], known: Known) -> bool:
    """Whether a factor needs no partner: a number ≥ 0 at indices that stay, or semidefinite at exchanged ones."""
    if all(image.get(index, index) == index for index in factor.indices):
        even = isinstance(factor.exponent, Fraction) and factor.exponent % 2 == 0
        return even or known.is_never_negative(factor)
    if len(factor.indices) != 2 or not is_natural(factor.exponent):
        return False
    first, second = factor.indices
    return image.get(first, first) == second != first and _is_semidefinite_head(factor.head, known)


def _transposed(factor: Factor, known: Known) -> Factor | None:
    """The same entry of a symmetric matrix at exchanged indices."""
    symmetric = isinstance(factor.head, Delta) or "symmetric" in known.structure(factor.head)
    symmetric = symmetric or (isinstance(factor.head, Opaque) and factor.head.symmetric)
    if not symmetric or len(factor.indices) != 2:
        return None
    return Factor(factor.head, factor.indices[::-1], factor.exponent)
