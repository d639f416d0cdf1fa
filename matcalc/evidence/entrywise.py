"""The exact proof entry by entry, on generic matrices of a few explicit sizes: it says nothing of any other size.

A size assignment is proved when every entry of every difference of sides is zero by the relations of its tower, for all
indices and for the integers of `INTEGERS`. Assignments are pairwise different where the claim has several sizes, and
start at 2, 3: sizes of 1 hide what a transpose does, and a claim can be true of 2×2 matrices alone.
"""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcalc.evidence.generic import INTEGERS, Generic, Making, cases, generic_sides, makings
from matcalc.evidence.outcomes import OutOfBudgetError, OutOfReachError, UndefinedError
from matcalc.evidence.relevance import names_in, relevant
from matcalc.evidence.sides import differing_shapes
from matcalc.evidence.sizes import Numbers, most_entries
from matcalc.evidence.towers import Budget, now
from matcalc.language import value_at
from matcalc.language.nodes import Claim, Size
from matcalc.results import ExactCheck

SHARE_OF_MORE = 1 / 4
"""Of the time, for each size assignment after the first that is proved."""

MANY = 4
"""Size names from which on the assignments are not searched for."""

MOST_ENTRIES = 2000
"""Of a matrix of generic entries; larger size assignments are passed over."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at one assignment: whether all entries agree, and if not, whether some certainly differ."""

    agrees: bool
    certain: bool
    entries: int


def assignments(claim: Claim) -> list[dict[str, int]]:
    """The size assignments of a proof, cheapest first: different extents get different values, from 2 on.

    For one size they are 2 and 3; for several a second one has the extents in another order, if it can, and from four
    sizes on a third one has 2 and 3 in turn.
    """
    names = claim.scope.sizes
    if not names:
        return [{}]
    if len(names) >= MANY:
        pools = [
            range(2, 2 + len(names)),
            [2 + k % 2 for k in range(len(names))],
            [3 - k % 2 for k in range(len(names))],
        ]
        return [dict(zip(names, pool, strict=True)) for pool in pools]
    extents = _extents(claim)
    found = [dict(zip(names, pool, strict=True)) for pool in itertools.product(range(1, 5), repeat=len(names))]
    fitting = sorted(
        (sizes for sizes in found if _are_telling(extents, sizes)), key=lambda sizes: _cost(extents, sizes)
    )
    first = fitting[:1]
    turned = [sizes for sizes in fitting[1:] if _order(extents, sizes) != _order(extents, first[0])]
    return first + (turned or fitting[1:])[:1]


def _extents(claim: Claim) -> list[Size]:
    """The extents of the declared symbols, and the sizes that are in none of them."""
    names = set(claim.scope.sizes)
    shapes = [declaration.shape for declaration in claim.scope.declarations.values()]
    declared = [extent for shape in shapes for extent in (shape.rows, shape.columns) if names_in(extent)]
    declared = [extent for extent in declared if names_in(extent) <= names]
    used = {name for extent in declared for name in names_in(extent)}
    others = [generator for generator in claim.scope.ring.gens if str(generator) in names - used]
    return list(dict.fromkeys([*declared, *others]))


def _are_telling(extents: list[Size], sizes: Numbers) -> bool:
    """Whether all extents are 2 at least and differ from each other, and not all sizes in them are 1."""
    values = [value_at(extent, sizes) for extent in extents]
    return min(values) > 1 and len(set(values)) == len(values) and max(sizes.values()) > 1


def _cost(extents: list[Size], sizes: Numbers) -> tuple[int, ...]:
    values = [value_at(extent, sizes) for extent in extents]
    return (sum(values), *values)


def _order(extents: list[Size], sizes: Numbers) -> list[int]:
    """The numbers of the extents, the smallest first."""
    return sorted(range(len(extents)), key=lambda k: value_at(extents[k], sizes))


def check_at_sizes(claim: Claim, seconds: float, at: Sequence[Numbers] | None = None) -> ExactCheck:
    """Whether the sides agree entry by entry at these sizes, or at `assignments`, within about `seconds` in all.

    The seconds are those of the processor. A size assignment gets its share of the time; the ones after the first that
    is proved get less.
    """
    deadline = now() + seconds
    start = time.perf_counter()
    claim = relevant(claim)
    check = ExactCheck(None, integers=dict.fromkeys(_integers(claim), INTEGERS))
    wanted = list(assignments(claim) if at is None else at)
    for number, sizes in enumerate(wanted):
        share = (deadline - now()) / (len(wanted) - number)
        share = min(share, seconds * SHARE_OF_MORE) if check.sizes else share
        try:
            finding = _finding(claim, sizes, Budget(now() + share))
        except (OutOfBudgetError, OutOfReachError, UndefinedError) as reason:
            check = replace(check, missing=check.missing or _at(sizes, str(reason)))
            continue
        check = _with_finding(check, sizes, finding)
        if not finding.agrees:
            break
    return replace(check, seconds=time.perf_counter() - start)


def _with_finding(check: ExactCheck, sizes: Numbers, finding: Finding) -> ExactCheck:
    """The check after one more assignment: one that does not agree outweighs all others."""
    if finding.agrees:
        return replace(check, agrees=True, sizes=(*check.sizes, sizes), entries=check.entries + finding.entries)
    if finding.certain:
        return replace(check, agrees=False, sizes=(sizes,), missing=None)
    missing = "no relation known to the exact engine makes every entry of the sides equal"
    return replace(check, agrees=None, sizes=(), missing=_at(sizes, missing))


def _at(sizes: Numbers, reason: str) -> str:
    place = ", ".join(f"{name} = {value}" for name, value in sizes.items())
    return f"at {place}: {reason}" if place else reason


def _integers(claim: Claim) -> list[str]:
    declared = claim.scope.declarations.items()
    return [name for name, d in declared if d.kind == "integer" and name not in claim.scope.sizes]


def _finding(claim: Claim, sizes: Numbers, budget: Budget) -> Finding:
    """All cases of one assignment; UndefinedError where the claim says nothing in any of them."""
    if most_entries(claim, sizes) > MOST_ENTRIES:
        raise OutOfReachError(f"a matrix of more than {MOST_ENTRIES} generic entries")
    shapes = differing_shapes(claim)
    if shapes is not None:
        raise OutOfReachError(f"the sides have different shapes, {shapes[0]} and {shapes[1]}")
    entries = 0
    for numbers in cases(claim, sizes):
        for making in makings(claim, numbers):
            try:
                finding = _case(claim, numbers, budget, making)
            except UndefinedError:
                continue
            if not finding.agrees:
                return finding
            entries += finding.entries
    if not entries:
        raise UndefinedError("no value of both sides was found")
    return Finding(True, True, entries)


def _case(claim: Claim, numbers: Numbers, budget: Budget, making: Making) -> Finding:
    """One choice of numbers; semidefinite matrices are tried as symmetric ones first, then in factors."""
    is_definite = any(not {"psd", "pd"}.isdisjoint(d.properties) for d in claim.scope.declarations.values())
    finding = _compared(generic_sides(claim, numbers, budget, making))
    if finding.agrees or not is_definite:
        return finding
    return _compared(generic_sides(claim, numbers, budget, replace(making, factored=True)))


def _compared(generic: Generic) -> Finding:
    differences = list(generic.differences())
    agrees = all(generic.domain.is_zero(difference) for difference in differences)
    return Finding(agrees, agrees or generic.domain.tower.is_rational(), len(differences))
