"""Rules of the positions on an axis whose size is a number: which may be exchanged, and one by the sum over all.

Source: Higham 2008, Functions of Matrices, theorem 1.13 (c): f(T M T⁻¹) = T f(M) T⁻¹.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from matcalc.components.terms import Bound, Declared, Delta, Entries, Factor, Fixed, Index, Opaque, Split, Term
from matcalc.kernel.arrange import in_order
from matcalc.kernel.blocks import Blocks
from matcalc.kernel.matrices import matrix_function
from matcalc.kernel.positions import positions
from matcalc.kernel.steps import Site, check_places, require

OF_SIMILAR_MATRICES = ("inv", "expm", "matrix_power", "adjugate")
"""Functions with f(T M Tᵀ) = T f(M) Tᵀ for every orthogonal T."""

Terms = tuple[Term, ...]


def exchanged(site: Site) -> Terms:
    """F(M)_pq = s_p s_q f(M)_π(p)π(q) where M_pq = s_p s_q M_π(p)π(q) for all blocks, with s_p = ±1.

    The arguments are the number of the axis and s_p π(p) for each position p.
    """
    axis, images = site.arguments
    body, rows, columns = matrix_function(site, *OF_SIMILAR_MATRICES)
    blocks = Blocks.of(body, axis, site.facts)
    require(site.factor.exponent == 1, "a power of an entry")
    require(sorted(map(abs, images)) == list(range(1, len(blocks.places) + 1)), "no exchange of the positions")
    require(is_symmetry(blocks, images), "the matrix is changed")
    row, column = rows[axis], columns[axis]
    require(row in blocks.places and column in blocks.places, "not at positions that are numbers")
    sent = dict(zip(blocks.places, images, strict=True))
    new = [*rows, *columns]
    new[axis], new[len(rows) + axis] = (blocks.places[abs(sent[place]) - 1] for place in (row, column))
    factors = list(site.term.factors)
    factors[site.place] = replace(site.factor, indices=tuple(new))
    sign = sign_of(sent[row]) * sign_of(sent[column])
    return (replace(site.term, coefficient=sign * site.term.coefficient, factors=tuple(factors)),)


def sign_of(image: int) -> int:
    """1 or −1."""
    return 1 if image > 0 else -1


def is_symmetry(blocks: Blocks, images: Sequence[int]) -> bool:
    """Whether the positions may be sent to these, with these signs, without a change of the matrix."""
    pairs = zip(blocks.places, images, strict=True)
    sent = [(place, blocks.places[abs(image) - 1], sign_of(image)) for place, image in pairs]
    return all(
        blocks.at(row, column) == _signed(blocks.at(to_row, to_column), sign * other, blocks)
        for (row, to_row, sign), (column, to_column, other) in product(sent, repeat=2)
    )


def _signed(block: Entries, sign: int, blocks: Blocks) -> Entries:
    """The block or its negative, in order."""
    if sign > 0:
        return block
    negative = tuple(replace(term, coefficient=-term.coefficient) for term in block.terms)
    return in_order(Entries(block.slots, negative), blocks.facts)


def one_of_a_sum(site: Site) -> Terms:
    """t(p) = Σ_b t(b) − Σ_{q≠p} t(q) for a position p on an axis whose size is a number.

    The arguments are the places where the position is meant: of the factor, and of the index in it. Every entry of
    those factors is defined where one is.
    """
    places: tuple[tuple[int, int], ...] = site.arguments
    require(len(places) > 0 and len({*places}) == len(places), "no places, or one of them twice")
    here = _position(site.term, places)
    every = positions(here.size)
    bound = (*site.term.bound, here.size)
    total = _put(replace(site.term, bound=bound), dict.fromkeys(places, Bound(site.offset)))
    others = (_put(site.term, dict.fromkeys(places, place)) for place in every if place != here)
    return (total, *(replace(term, coefficient=-term.coefficient) for term in others))


def _position(term: Term, places: Sequence[tuple[int, int]]) -> Fixed:
    """The position that stands at all these places."""
    found = set()
    for place, number in places:
        check_places(term, place)
        factor = term.factors[place]
        require(0 <= number < len(factor.indices), "no such index")
        require(_is_whole(factor), "an entry may be defined where another is not")
        found.add(factor.indices[number])
    require(len(found) == 1, "different positions")
    (here,) = found
    require(isinstance(here, Fixed), "no position")
    assert isinstance(here, Fixed)
    return here


def _is_whole(factor: Factor) -> bool:
    """Whether every entry is defined where one is."""
    match factor.head:
        case Delta() | Split() | Opaque() | Declared(by=()):
            return factor.exponent == 1
        case _:
            return False


def _put(term: Term, indices: Mapping[tuple[int, int], Index]) -> Term:
    """The term with other indices at these places."""
    factors = [
        Factor(f.head, tuple(indices.get((place, k), i) for k, i in enumerate(f.indices)), f.exponent)
        for place, f in enumerate(term.factors)
    ]
    return replace(term, factors=tuple(factors))
