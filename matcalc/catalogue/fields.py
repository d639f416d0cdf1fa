"""Reading typed values out of YAML nodes, every fault noted with its place and none of them final.

Each reader takes a node and a ledger, returns the value it found (or an empty one) and notes what is wrong.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from matcalc.catalogue.passages import Passage
from matcalc.catalogue.records import Value
from matcalc.errors import Fault, Place, did_you_mean, hidden_character, near_names

STANDARD_TAG = "tag:yaml.org,2002:"
NOT_TEXT = frozenset(STANDARD_TAG + kind for kind in ("int", "float", "bool", "null", "timestamp"))
TAGS = NOT_TEXT | frozenset(STANDARD_TAG + kind for kind in ("str", "map", "seq", "merge"))

LONGEST_TEXT = 10_000
"""Characters of a title, a note, a source, a reason."""
LONGEST_ID = 100
"""Characters of an id or a tag."""
LONGEST_NUMBER = 100
"""Characters of a number in a worked example; its decimal exponent has two digits."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)")

T = TypeVar("T")


@dataclass(slots=True)
class Ledger:
    """The faults found so far in `file`; `text` is the file's, for positions."""

    file: str
    text: str
    faults: list[Fault] = field(default_factory=list)

    def place(self, node: Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def note(self, node: Node, what: str, mend: str = "", origin: str = "") -> None:
        self.faults.append(Fault(what, mend, origin=origin).at(self.place(node)))

    def written(self, start: Node, end: Node) -> str:
        """The text from the start of one node to the end of another, as it stands in the file."""
        return self.text[start.start_mark.index : end.end_mark.index]

    def passage(self, node: ScalarNode) -> Passage:
        text = node.value.rstrip()
        return Passage(text, self.written(node, node), node.style or "", self.place(node))


def read_mapping(node: Node, what: str, ledger: Ledger, known: Iterable[str] | None = None) -> dict[str, Node]:
    """The values of a mapping by key; of a key that comes twice the first. `known` are the only keys allowed."""
    if not isinstance(node, MappingNode):
        ledger.note(node, f"{what} must be a mapping of `key: value`, this is {_kind(node)}")
        return {}
    found: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in _rejoined(node, ledger):
        name = key.value if isinstance(key, ScalarNode) else ""
        if not isinstance(key, ScalarNode):
            ledger.note(key, f"a key of {what} must be a name, this is {_kind(key)}")
        elif name in found:
            ledger.note(key, f"duplicate key `{name}`, first in line {lines[name]}", "keep one of the two")
        elif known is not None and name not in known:
            ledger.note(key, f"unknown key `{name}` in {what}", did_you_mean(near_names(name, known)) or _one_of(known))
        else:
            found[name] = value
            lines[name] = key.start_mark.line + 1
    return found


def _rejoined(node: MappingNode, ledger: Ledger) -> list[tuple[Node, Node]]:
    """The pairs of a mapping, with unquoted texts that their commas cut in pieces noted and put together again.

    In `{A: matrix(n, n)}` YAML reads the value `matrix(n` and a key `n)` without a value.
    """
    pairs: list[tuple[Node, Node]] = []
    cut: list[int] = []
    for key, value in node.value:
        if not (node.flow_style and pairs and _has_no_value(key, value, ledger)):
            pairs.append((key, value))
            continue
        name, first = pairs[-1]
        pairs[-1] = name, _joined(first, key, ledger)
        cut.append(len(pairs) - 1)
    for at in dict.fromkeys(cut):
        name, whole = pairs[at]
        written = ledger.written(name, whole)
        ledger.note(whole, f"the commas cut `{written}` in pieces", f'quote the text: {name.value}: "{whole.value}"')
    return pairs


def _has_no_value(key: Node, value: Node, ledger: Ledger) -> bool:
    between = ledger.text[key.end_mark.index : value.start_mark.index]
    return isinstance(value, ScalarNode) and ledger.written(value, value) == "" and ":" not in between


def _joined(first: Node, last: Node, ledger: Ledger) -> ScalarNode:
    text = ledger.written(first, last)
    return ScalarNode(STANDARD_TAG + "str", text, start_mark=first.start_mark, end_mark=last.end_mark)


def read_text(node: Node, what: str, ledger: Ledger, longest: int = LONGEST_TEXT) -> str:
    """A text for people, or a number or a date taken as written; what cannot be seen in it is a fault."""
    if not isinstance(node, ScalarNode):
        ledger.note(node, f"{what} must be a text, this is {_kind(node)}")
        return ""
    hidden = hidden_character(node.value.replace("\t", " "))
    if hidden is not None:
        ledger.note(node, f"{what} holds the invisible character U+{ord(hidden):04X}", "remove it")
        return ""
    if len(node.value) > longest:
        ledger.note(node, f"{what} has {len(node.value)} characters, more than {longest}", "shorten it")
        return ""
    return str(node.value).strip()


def read_id(node: Node, ledger: Ledger) -> str:
    """An id: one line of text without a slash, its letters those of one script, so that no other id looks the same."""
    text = read_text(node, "the id", ledger, LONGEST_ID)
    scripts = sorted({unicodedata.name(letter, "?").split()[0].title() for letter in text if letter.isalpha()})
    if "/" in text or "\n" in text:
        ledger.note(node, f"the id `{text}` holds a slash or a line break", "use words joined by hyphens")
    elif len(scripts) > 1:
        ledger.note(node, f"the id `{text}` mixes letters of {' and '.join(scripts)}", "use letters of one alphabet")
    return text


def read_expression(node: Node, what: str, ledger: Ledger, origin: str = "") -> Passage | None:
    """A text in the language, with its place; a number, a date or a truth value is none."""
    if not isinstance(node, ScalarNode) or str(node.tag) in NOT_TEXT:
        ledger.note(node, f"{what} must be a text, this is {_kind(node)}", origin=origin)
        return None
    if not node.value.strip():
        ledger.note(node, f"{what} is empty", origin=origin)
        return None
    return ledger.passage(node)


def read_choice(node: Node, what: str, choices: Iterable[str], ledger: Ledger) -> str:
    """One of `choices`, or nothing."""
    text = read_text(node, what, ledger)
    if text in choices:
        return text
    if text:
        ledger.note(node, f"unknown {what} `{text}`", did_you_mean(near_names(text, choices)) or _one_of(choices))
    return ""


def read_list(node: Node, what: str, ledger: Ledger, read: Callable[[Node], T]) -> tuple[T, ...]:
    """Each item of a list as `read` reads it."""
    if not isinstance(node, SequenceNode):
        ledger.note(node, f"{what} must be a list, this is {_kind(node)}", f"write `{what}: [...]` or `- ` items")
        return ()
    return tuple(read(item) for item in node.value)


def read_value(node: Node, what: str, ledger: Ledger) -> Value | None:
    """An exact number, a list of numbers, or a list of rows of one length; decimals and `1/3` are exact."""
    if isinstance(node, ScalarNode):
        return _read_number(node, what, ledger)
    items = node.value if isinstance(node, SequenceNode) else []
    if items and all(isinstance(item, ScalarNode) for item in items):
        numbers = [_read_number(item, what, ledger) for item in items]
        return None if None in numbers else tuple(number for number in numbers if number is not None)
    rows = [row.value if isinstance(row, SequenceNode) else [] for row in items]
    if not rows or any(len(row) != len(rows[0]) or not row for row in rows):
        ledger.note(node, f"{what} must be a number, a list of numbers or a list of rows of one length")
        return None
    matrix = [[_read_number(item, what, ledger) for item in row] for row in rows]
    if any(number is None for row in matrix for number in row):
        return None
    return tuple(tuple(number for number in row if number is not None) for row in matrix)


def _read_number(node: Node, what: str, ledger: Ledger) -> Fraction | None:
    text = node.value if isinstance(node, ScalarNode) else ""
    if len(text) > LONGEST_NUMBER:
        ledger.note(node, f"a number in {what} has more than {LONGEST_NUMBER} characters", "round it")
        return None
    if _NUMBER.fullmatch(text) and not re.fullmatch(r".*/0+", text):
        return Fraction(text)
    shown = f"`{text}`" if text else _kind(node)
    ledger.note(node, f"{shown} is no number in {what}", "write an integer, a decimal or a fraction like 1/3")
    return None


def is_absent(node: Node) -> bool:
    """Whether a key was written without a value."""
    return isinstance(node, ScalarNode) and node.tag == STANDARD_TAG + "null"


def refused_features(root: Node, ledger: Ledger) -> None:
    """Note every anchor, alias and tag: a catalogue needs none of them, and none is followed."""
    seen: set[int] = set()
    pending = [root]
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.anchor is not None:
            ledger.note(node, f"the anchor `&{node.anchor}`", "write the text out again: a catalogue needs no aliases")
        if str(node.tag) not in TAGS:
            ledger.note(node, f"the tag `{_written_tag(node)}`", "drop it: a catalogue holds plain texts and numbers")
        if isinstance(node, SequenceNode):
            pending += node.value
        elif isinstance(node, MappingNode):
            pending += [part for pair in node.value for part in pair]


def _written_tag(node: Node) -> str:
    return str(node.tag).replace(STANDARD_TAG, "!!")


def _kind(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    return "nothing" if is_absent(node) else f"`{node.value}`"


def _one_of(choices: Iterable[str]) -> str:
    return f"use one of {', '.join(choices)}"
