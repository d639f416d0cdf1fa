"""What a catalogue file holds, as frozen records of text: no mathematics has looked at them yet.

A record promises that its keys and their types are right. Whether the claim can be read is for the language to say;
`locate` then finds the place in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from matcalc.catalogue.passages import Passage
from matcalc.errors import Fault, Place

Layout: TypeAlias = Literal["mixed", "numerator", "denominator"]
Expectation: TypeAlias = Literal["proved", "refuted", "proved-at-sizes", "undecided"]
Value: TypeAlias = Fraction | tuple[Fraction, ...] | tuple[tuple[Fraction, ...], ...]
"""A scalar, a vector as a list of its entries, or a matrix as a list of rows."""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: both sides have this `value` when the symbols have the values `at`."""

    at: Mapping[str, Value]
    value: Value
    place: Place = field(compare=False, default=Place())


@dataclass(frozen=True, slots=True)
class Identity:
    """One claim of a catalogue, with what its file says for all.

    `name` is FILE-STEM/ID. `where` holds the declarations, shared ones first. `faults` are those of the entry: an
    entry that has an id and a claim is kept, so that a report can show it beside the others.
    """

    name: str
    place: Place
    claim: str
    where: Mapping[str, str]
    layout: Layout = "mixed"
    expect: Expectation = "proved"
    title: str = ""
    source: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    faults: tuple[Fault, ...] = ()
    passages: Mapping[str, Passage] = field(compare=False, repr=False, default_factory=dict)

    @property
    def is_readable(self) -> bool:
        """Whether every declaration came through, so that faults of the claim are faults of its own."""
        return not any(fault.origin.startswith("where.") for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that the source states and the language cannot express."""

    item: str
    reason: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """One file: its identities in the order written, what it skips, and the faults that belong to no identity."""

    file: str
    title: str = ""
    identities: tuple[Identity, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Fault, ...] = ()


def locate(identity: Identity, fault: Fault) -> Fault:
    """The language's fault in the claim or in a declaration (`fault.origin`), placed in the file."""
    passage = identity.passages.get(fault.origin)
    place = passage.place_at(fault.span[0]) if passage else identity.place
    return fault.at(place, identity.name)
