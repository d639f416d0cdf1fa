"""Another form of the edited side: by slips in one part of it, or as a combination of its terms and their variants."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from matcalc.diagnosis.edits import EDITS
from matcalc.diagnosis.places import Path, change_text, places, put
from matcalc.diagnosis.statements import Clock, Refuted
from matcalc.errors import MatcalcError
from matcalc.evidence.screening import Screen
from matcalc.language import to_text
from matcalc.language.nodes import Expression

MOST_FORMS = 2500
"""Forms that are compared at the points, at most."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the edited side may have been meant to be, and how that is said behind `holds`.

    One that `generalises` is what the claim's side is a special case of; one that `is_multiple` is the side itself,
    transposed or times a factor; one that `is_worked_out` owes nothing to the claim's side.
    """

    side: Expression
    words: str
    generalises: bool = False
    is_multiple: bool = False
    is_worked_out: bool = False


@dataclass(frozen=True, slots=True)
class _Changed:
    """A side after a slip was undone at a place."""

    side: Expression
    path: Path
    kind: int
    generalises: bool


def slips(refuted: Refuted, screen: Screen, clock: Clock) -> Iterator[Form]:
    """The forms of one slip that agree at the points, likelier slips first, then the shorter forms."""
    agreeing = _agreeing(refuted, screen, clock, _changes(refuted.edited, _sides(refuted)))
    for changed in sorted(agreeing, key=lambda changed: (changed.kind, len(to_text(changed.side)))):
        words = change_text(refuted.edited, changed.side, changed.path)
        yield Form(changed.side, f"with {words}" if words else _as_side(refuted, changed.side), changed.generalises)


def pairs_of_slips(refuted: Refuted, screen: Screen, clock: Clock) -> Iterator[Form]:
    """The forms of two slips that agree at the points, where the other side has a derivative.

    Without one, two changes could turn a side into a trivial variant of the other.
    """
    if not refuted.is_about_a_derivative:
        return
    seen = _sides(refuted)
    twice = (second for first in list(_changes(refuted.edited, seen)) for second in _changes(first.side, seen))
    for changed in _agreeing(refuted, screen, clock, islice(twice, MOST_FORMS)):
        yield Form(changed.side, _as_side(refuted, changed.side), generalises=True)


def _sides(refuted: Refuted) -> set[str]:
    return {to_text(side) for side in refuted.claim.sides}


def _agreeing(refuted: Refuted, screen: Screen, clock: Clock, changes: Iterator[_Changed]) -> Iterator[_Changed]:
    kept = screen.values(refuted.kept)
    for changed in changes:
        if kept is None or clock.left <= 0:
            return
        if changed.side.shape == refuted.kept.shape and screen.agrees(changed.side, kept):
            yield changed


def _as_side(refuted: Refuted, side: Expression) -> str:
    return f"with {to_text(side)} as the {refuted.name}"


def _changes(side: Expression, seen: set[str]) -> Iterator[_Changed]:
    """The side with a slip undone at each of its places, likelier slips first, none twice."""
    spots = list(places(side))
    for kind, edit in enumerate(EDITS):
        for path, node in spots:
            for new in edit.at(node):
                with suppress(MatcalcError):
                    changed = put(side, path, new)
                    text = to_text(changed)
                    if text not in seen:
                        seen.add(text)
                        yield _Changed(changed, path, kind, edit.generalises)
