"""`matcalc list` and `matcalc show`: identities as their catalogues state them, with no mathematics."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from matcalc.catalogue import Example, Identity, Selection, select
from matcalc.catalogue.records import Value
from matcalc.cli.outcome import selection_code
from matcalc.cli.terminal import Terminal
from matcalc.errors import Fault
from matcalc.report.document import fault_record, heading


def run_list(targets: Sequence[str], is_json: bool) -> int:
    """One line an identity: its name, and its title where it has one, else its claim."""
    return _run(targets, is_json, _print_list)


def run_show(targets: Sequence[str], is_json: bool) -> int:
    """One page an identity: every key of its entry, and what it inherits from its file."""
    return _run(targets, is_json, _print_entries)


def _run(targets: Sequence[str], is_json: bool, print_text: Callable[[Selection, Terminal], None]) -> int:
    terminal = Terminal()
    selection = select(targets)
    faults = _every_fault(selection)
    if is_json:
        records = [_record(identity) for identity in selection.identities]
        document = {**heading(), "identities": records, "faults": [fault_record(fault) for fault in faults]}
        terminal.print_json(document)
    else:
        print_text(selection, terminal)
    terminal.list_faults(faults)
    if not selection.identities and not faults:
        terminal.note("nothing was selected")
    return selection_code(selection.identities, faults)


def _every_fault(selection: Selection) -> list[Fault]:
    return [*selection.faults, *(fault for identity in selection.identities for fault in identity.faults)]


def _print_list(selection: Selection, terminal: Terminal) -> None:
    width = max((len(identity.name) for identity in selection.identities), default=0)
    for identity in selection.identities:
        about = " ".join((identity.title or identity.claim).split())
        terminal.print(_with_remark(f"{identity.name:<{width}}", about, terminal.width).rstrip())


def _with_remark(name: str, remark: str, width: int | None) -> str:
    """The name and as much of the remark as the line has room for, or the name alone."""
    line = f"{name}  {remark}"
    if width is None or len(line) <= width:
        return line
    return f"{line[: width - 1]}…" if len(name) + 10 < width else name


def _print_entries(selection: Selection, terminal: Terminal) -> None:
    for number, identity in enumerate(selection.identities):
        if number:
            terminal.print()
        terminal.print(identity.name)
        for key, text in _fields(identity):
            lines = text.split("\n")
            terminal.print(f"  {key:<9}{lines[0]}")
            for line in lines[1:]:
                terminal.print(f"  {'':<9}{line}")


def _fields(identity: Identity) -> list[tuple[str, str]]:
    """What `show` prints of an identity, key by key; keys without a value are left out."""
    rows = [
        ("title", identity.title),
        ("claim", identity.claim),
        ("where", "\n".join(f"{name}: {declaration}" for name, declaration in identity.where.items())),
        ("layout", identity.layout),
        ("expect", identity.expect),
        ("tags", ", ".join(identity.tags)),
        ("source", identity.source),
        ("note", identity.note),
        ("examples", "\n".join(_example_text(example) for example in identity.examples)),
        ("file", f"{identity.place.file}:{identity.place.line}"),
    ]
    return [(key, text) for key, text in rows if text]


def _record(identity: Identity) -> dict[str, Any]:
    return {
        "id": identity.name,
        "file": identity.place.file,
        "line": identity.place.line,
        "title": identity.title,
        "claim": identity.claim,
        "where": dict(identity.where),
        "layout": identity.layout,
        "expect": identity.expect,
        "tags": list(identity.tags),
        "source": identity.source,
        "note": identity.note,
        "examples": [_example_record(example) for example in identity.examples],
    }


def _example_record(example: Example) -> dict[str, Any]:
    return {"at": {name: _plain(value) for name, value in example.at.items()}, "value": _plain(example.value)}


def _example_text(example: Example) -> str:
    at = ", ".join(f"{name} = {_value_text(value)}" for name, value in example.at.items())
    return f"at {at}: {_value_text(example.value)}"


def _plain(value: Value) -> Any:
    """Numbers as JSON has them: integers, and fractions as texts."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    return [_plain(part) for part in value]


def _value_text(value: Value) -> str:
    if isinstance(value, Fraction):
        return str(value)
    return f"[{', '.join(_value_text(part) for part in value)}]"
