"""From the nodes of a catalogue file to its records; every fault of the file is found in one pass.

An entry with a fault is kept, fault and all, as long as its id and its claim can be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from ruamel.yaml.nodes import Node, ScalarNode

from matcalc.catalogue.documents import Document, read_document
from matcalc.catalogue.fields import (
    LONGEST_ID,
    Ledger,
    is_absent,
    read_choice,
    read_expression,
    read_id,
    read_list,
    read_mapping,
    read_text,
    read_value,
    refused_features,
)
from matcalc.catalogue.passages import Passage
from matcalc.catalogue.records import CatalogueFile, Example, Expectation, Identity, Layout, Skipped, Value
from matcalc.errors import Fault, MatcalcError, Place

FILE_KEYS = ("title", "source", "layout", "where", "identities", "skipped")
IDENTITY_KEYS = ("id", "title", "claim", "where", "layout", "source", "tags", "examples", "expect", "note")
EXAMPLE_KEYS = ("at", "value")
SKIPPED_KEYS = ("item", "reason", "needs")


@dataclass(frozen=True, slots=True)
class Shared:
    """What the head of a file says for all its identities."""

    stem: str
    source: str
    layout: Layout
    where: Mapping[str, Passage]


def read_catalogue(path: Path, shown: str = "") -> CatalogueFile:
    """The catalogue at `path`, called `shown` in messages; one that cannot be read at all has a fault and no entry."""
    file = shown or str(path)
    try:
        document = read_document(path, file)
    except MatcalcError as error:
        return CatalogueFile(file, faults=error.faults)
    if document.root is None:
        empty = Fault("an empty catalogue", "write `identities:` and a list of entries").at(Place(file))
        return CatalogueFile(file, faults=document.faults or (empty,))
    ledger = Ledger(file, document.text, faults=[*document.faults])
    refused_features(document.root, ledger)
    return _read_file(document, document.root, path.stem, ledger)


def _read_file(document: Document, root: Node, stem: str, ledger: Ledger) -> CatalogueFile:
    fields = _present(read_mapping(root, "a catalogue", ledger, FILE_KEYS))
    shared = Shared(
        stem=stem,
        source=_text(fields, "source", ledger),
        layout=_layout(fields, ledger) or "mixed",
        where=_declarations(fields, ledger),
    )
    identities = _read_identities(root, fields, shared, ledger, is_whole=not document.faults)
    skipped = _read_skipped(fields, ledger)
    title = _text(fields, "title", ledger)
    faults = tuple(sorted(ledger.faults, key=lambda fault: fault.place))
    return CatalogueFile(document.file, title, identities, skipped, faults)


def _read_identities(
    root: Node, fields: Mapping[str, Node], shared: Shared, ledger: Ledger, is_whole: bool
) -> tuple[Identity, ...]:
    """The identities in the order written; `is_whole` says that no entry was lost to a syntax fault."""
    node = fields.get("identities")
    if node is None:
        if is_whole and not ledger.faults:
            ledger.note(root, "no `identities`", "write `identities:` and a list of entries")
        return ()
    entries = read_list(node, "identities", ledger, lambda item: _read_identity(item, shared, ledger))
    if not entries and is_whole and not ledger.faults:
        ledger.note(node, "`identities` is empty", "write a list of entries, each with an id and a claim")
    return _without_twins([entry for entry in entries if entry is not None])


def _without_twins(identities: list[Identity]) -> tuple[Identity, ...]:
    """The identities, each one that repeats the id of an earlier one marked as faulty."""
    first: dict[str, Place] = {}
    checked = []
    for identity in identities:
        seen = first.setdefault(identity.name, identity.place)
        if seen != identity.place:
            twin = Fault(f"duplicate id, first in line {seen.line}", "give each identity an id of its own")
            placed = twin.at(identity.passages["id"].place, identity.name)
            identity = replace(identity, faults=(*identity.faults, placed))
        checked.append(identity)
    return tuple(checked)


def _read_identity(node: Node, shared: Shared, ledger: Ledger) -> Identity | None:
    """One entry; without an id or a claim it is noted in the file's ledger and lost."""
    own = Ledger(ledger.file, ledger.text)
    fields = _present(read_mapping(node, "an identity", own, IDENTITY_KEYS))
    name, id_passage = _read_name(node, fields, shared, own)
    claim = read_expression(fields["claim"], "the claim", own) if "claim" in fields else None
    if fields and "claim" not in fields:
        own.note(node, "no `claim`", "write `claim: LEFT == RIGHT`")
    where = {**shared.where, **_declarations(fields, own)}
    identity = Identity(
        name=name,
        place=own.place(node),
        claim=claim.text if claim else "",
        where={symbol: passage.text for symbol, passage in where.items()},
        layout=_layout(fields, own) or shared.layout,
        expect=_expectation(fields, own),
        title=_text(fields, "title", own),
        source=_text(fields, "source", own) or shared.source,
        note=_text(fields, "note", own),
        tags=_tags(fields, own),
        examples=_read_examples(fields, own),
    )
    faults = tuple(fault.at(fault.place, name) for fault in own.faults)
    if claim is None or id_passage is None:
        ledger.faults += faults
        return None
    origins = {f"where.{symbol}": passage for symbol, passage in where.items()}
    return replace(identity, faults=faults, passages={"id": id_passage, "claim": claim, **origins})


def _read_name(node: Node, fields: Mapping[str, Node], shared: Shared, ledger: Ledger) -> tuple[str, Passage | None]:
    """The full name (as far as it goes) and the id's passage."""
    if "id" not in fields:
        if fields:
            ledger.note(node, "no `id`", "give the identity an id, unique in its file")
        return shared.stem, None
    text = read_id(fields["id"], ledger)
    id_node = fields["id"]
    if not text or not isinstance(id_node, ScalarNode):
        return shared.stem, None
    return f"{shared.stem}/{text}", ledger.passage(id_node)


def _declarations(fields: Mapping[str, Node], ledger: Ledger) -> dict[str, Passage]:
    if "where" not in fields:
        return {}
    found = {}
    for symbol, node in read_mapping(fields["where"], "where", ledger).items():
        if not symbol.isidentifier():
            ledger.note(node, f"`{symbol}` in where is no name of a symbol", "use letters, digits and underscores")
        elif declaration := read_expression(node, f"the declaration of {symbol}", ledger, f"where.{symbol}"):
            found[symbol] = declaration
    return found


def _read_examples(fields: Mapping[str, Node], ledger: Ledger) -> tuple[Example, ...]:
    if "examples" not in fields:
        return ()
    examples = read_list(fields["examples"], "examples", ledger, lambda item: _read_example(item, ledger))
    return tuple(example for example in examples if example is not None)


def _read_example(node: Node, ledger: Ledger) -> Example | None:
    fields = read_mapping(node, "an example", ledger, EXAMPLE_KEYS)
    missing = [key for key in EXAMPLE_KEYS if key not in fields]
    if missing and fields:
        ledger.note(node, f"an example without `{missing[0]}`", "write {at: {x: [1, 2]}, value: [2, 4]}")
    if missing:
        return None
    at: dict[str, Value] = {}
    for symbol, item in read_mapping(fields["at"], "at", ledger).items():
        value = read_value(item, f"the values of {symbol}", ledger)
        if value is not None:
            at[symbol] = value
    value = read_value(fields["value"], "the value of an example", ledger)
    return None if value is None else Example(at, value, ledger.place(node))


def _read_skipped(fields: Mapping[str, Node], ledger: Ledger) -> tuple[Skipped, ...]:
    if "skipped" not in fields:
        return ()
    items = read_list(fields["skipped"], "skipped", ledger, lambda item: _read_skipped_item(item, ledger))
    return tuple(item for item in items if item is not None)


def _read_skipped_item(node: Node, ledger: Ledger) -> Skipped | None:
    fields = read_mapping(node, "a skipped item", ledger, SKIPPED_KEYS)
    missing = [key for key in ("item", "reason") if key not in fields]
    if missing and fields:
        ledger.note(node, f"a skipped item without `{missing[0]}`", "write {item: ..., reason: ..., needs: ...}")
    if missing:
        return None
    return Skipped(*(_text(fields, key, ledger) for key in SKIPPED_KEYS))


def _present(fields: Mapping[str, Node]) -> dict[str, Node]:
    """The fields that have a value: a key without one is the same as no key."""
    return {key: node for key, node in fields.items() if not is_absent(node)}


def _text(fields: Mapping[str, Node], key: str, ledger: Ledger) -> str:
    return read_text(fields[key], key, ledger) if key in fields else ""


def _layout(fields: Mapping[str, Node], ledger: Ledger) -> Layout | None:
    text = read_choice(fields["layout"], "layout", get_args(Layout), ledger) if "layout" in fields else ""
    return cast(Layout, text) if text else None


def _expectation(fields: Mapping[str, Node], ledger: Ledger) -> Expectation:
    text = read_choice(fields["expect"], "expect", get_args(Expectation), ledger) if "expect" in fields else ""
    return cast(Expectation, text) if text else "proved"


def _tags(fields: Mapping[str, Node], ledger: Ledger) -> tuple[str, ...]:
    if "tags" not in fields:
        return ()
    return read_list(fields["tags"], "tags", ledger, lambda item: read_text(item, "a tag", ledger, LONGEST_ID))
