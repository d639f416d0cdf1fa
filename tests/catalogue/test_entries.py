from fractions import Fraction

import pytest

from matcalc.catalogue import Skipped
from matcalc.errors import Place
from tests.catalogue.conftest import Read

ENTRY = """
identities:
  - id: one
    claim: x == x
    where: {x: scalar}
"""


def test_an_identity_is_read_with_every_key(read: Read) -> None:
    found = read("""
        title: Notes
        source: inherited
        layout: numerator
        where:
          x: vector(n)
        identities:
          - id: quadratic-form
            title: Gradient of a quadratic form
            claim: D(x.T @ A @ x, x) == x.T @ (A + A.T)
            where:
              A: "matrix(n, n)"
            tags: [gradient, quadratic]
            examples:
              - at: {x: [1, 0.5], A: [[1, 2], [3, 1/3]]}
                value: [[1, 2]]
            expect: undecided
            note: a note
    """)
    (identity,) = found.identities
    assert found.faults == identity.faults == ()
    assert (found.title, identity.title) == ("Notes", "Gradient of a quadratic form")
    assert (identity.name, identity.place) == ("it/quadratic-form", Place("it.yaml", 7, 5))
    assert identity.claim == "D(x.T @ A @ x, x) == x.T @ (A + A.T)"
    assert dict(identity.where) == {"x": "vector(n)", "A": "matrix(n, n)"}
    assert (identity.source, identity.layout, identity.expect) == ("inherited", "numerator", "undecided")
    assert (identity.tags, identity.note) == (("gradient", "quadratic"), "a note")
    (example,) = identity.examples
    third = Fraction(1, 3)
    assert example.at == {"x": (1, Fraction(1, 2)), "A": ((1, 2), (3, third))}
    assert example.value == ((1, 2),)


def test_what_an_identity_says_itself_goes_before_what_it_inherits(read: Read) -> None:
    found = read("""
        source: file
        layout: denominator
        where: {x: scalar, y: scalar}
        identities:
          - {id: one, claim: x == y, source: own, layout: mixed, where: {x: vector(n)}}
          - {id: two, claim: x == y}
    """)
    one, two = found.identities
    assert (one.source, one.layout, dict(one.where)) == ("own", "mixed", {"x": "vector(n)", "y": "scalar"})
    assert (two.source, two.layout, dict(two.where)) == ("file", "denominator", {"x": "scalar", "y": "scalar"})


def test_defaults_are_mixed_layout_and_a_proof(read: Read) -> None:
    (identity,) = read(ENTRY).identities
    assert (identity.layout, identity.expect, identity.examples, identity.tags) == ("mixed", "proved", (), ())


def test_a_claim_over_several_lines_keeps_its_text(read: Read) -> None:
    (identity,) = read("""
        identities:
          - id: one
            claim: |
              x ==
                x
            where: {x: scalar}
    """).identities
    assert identity.claim == "x ==\n  x"


def test_what_the_language_cannot_express_is_listed(read: Read) -> None:
    found = read(ENTRY + "skipped:\n  - {item: 45, reason: conjugate transpose, needs: complex matrices}\n")
    assert found.skipped == (Skipped("45", "conjugate transpose", "complex matrices"),)


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        pytest.param(
            "soruce: x" + ENTRY,
            "it.yaml:1:1: unknown key `soruce` in a catalogue; did you mean source?",
            id="unknown key of a file",
        ),
        pytest.param(
            "zzz: x" + ENTRY,
            "it.yaml:1:1: unknown key `zzz` in a catalogue; "
            "use one of title, source, layout, where, identities, skipped",
            id="key like no other",
        ),
        pytest.param(
            "layout: Mixed" + ENTRY, "it.yaml:1:9: unknown layout `Mixed`; did you mean mixed?", id="layout of a file"
        ),
        pytest.param(
            "where: [x]" + ENTRY,
            "it.yaml:1:8: where must be a mapping of `key: value`, this is a list",
            id="where is a list",
        ),
        pytest.param(
            "title: t\ntitle: u" + ENTRY,
            "it.yaml:2:1: duplicate key `title`, first in line 1; keep one of the two",
            id="duplicate key of a file",
        ),
        pytest.param("title: t", "it.yaml:1:1: no `identities`; write `identities:` and a list of entries", id="none"),
        pytest.param(
            "identities: []",
            "it.yaml:1:13: `identities` is empty; write a list of entries, each with an id and a claim",
            id="empty list",
        ),
        pytest.param(
            "- id: one",
            "it.yaml:1:1: a catalogue must be a mapping of `key: value`, this is a list",
            id="not a mapping",
        ),
        pytest.param(
            "identities: one",
            "it.yaml:1:13: identities must be a list, this is `one`; write `identities: [...]` or `- ` items",
            id="identities is a text",
        ),
        pytest.param(
            "identities:\n  - one",
            "it.yaml:2:5: it: an identity must be a mapping of `key: value`, this is `one`",
            id="entry is a text",
        ),
        pytest.param(
            "identities:\n  - claim: x == x",
            "it.yaml:2:5: it: no `id`; give the identity an id, unique in its file",
            id="no id",
        ),
        pytest.param(
            "identities:\n  - id: one", "it.yaml:2:5: it/one: no `claim`; write `claim: LEFT == RIGHT`", id="no claim"
        ),
        pytest.param(
            "identities:\n  - id: one\n    claim: 5",
            "it.yaml:3:12: it/one: the claim must be a text, this is `5`",
            id="claim is a number",
        ),
        pytest.param(
            "identities:\n  - id: one\n    claim: [x]",
            "it.yaml:3:12: it/one: the claim must be a text, this is a list",
            id="claim is a list",
        ),
        pytest.param(
            "shared: &x 1" + ENTRY,
            "it.yaml:1:1: unknown key `shared` in a catalogue; "
            "use one of title, source, layout, where, identities, skipped\n"
            "it.yaml:1:9: the anchor `&x`; write the text out again: a catalogue needs no aliases",
            id="anchor",
        ),
        pytest.param(
            "title: !!python/object:os.system ls" + ENTRY,
            "it.yaml:1:8: the tag `!!python/object:os.system`; drop it: a catalogue holds plain texts and numbers",
            id="tag",
        ),
        pytest.param(
            ENTRY + "skipped:\n  - {item: 45}",
            "it.yaml:6:5: a skipped item without `reason`; write {item: ..., reason: ..., needs: ...}",
            id="skipped without a reason",
        ),
    ],
)
def test_a_fault_of_a_file_says_what_is_wrong_where_and_the_mend(read: Read, text: str, headline: str) -> None:
    assert "\n".join(fault.headline() for fault in read(text).faults) == headline


def entry(line: str) -> str:
    """A catalogue of one identity with one more line; that line is the fifth."""
    return f"identities:\n  - id: one\n    claim: x == x\n    title: t\n    {line}\n"


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        pytest.param(
            "claim: y == y", "5:5: it/one: duplicate key `claim`, first in line 3; keep one of the two", id="key"
        ),
        pytest.param("tag: [a]", "5:5: it/one: unknown key `tag` in an identity; did you mean tags?", id="unknown key"),
        pytest.param(
            "tags: gradient",
            "5:11: it/one: tags must be a list, this is `gradient`; write `tags: [...]` or `- ` items",
            id="tags is a text",
        ),
        pytest.param("expect: prove", "5:13: it/one: unknown expect `prove`; did you mean proved?", id="expectation"),
        pytest.param(
            "layout: row", "5:13: it/one: unknown layout `row`; use one of mixed, numerator, denominator", id="lay"
        ),
        pytest.param(
            "where: {A: matrix(m, n), x: scalar}",
            '5:16: it/one: the commas cut `A: matrix(m, n)` in pieces; quote the text: A: "matrix(m, n)"',
            id="unquoted comma",
        ),
        pytest.param(
            "where: {u: vector(n) of x, y, z}",
            "5:16: it/one: the commas cut `u: vector(n) of x, y, z` in pieces; "
            'quote the text: u: "vector(n) of x, y, z"',
            id="several unquoted commas",
        ),
        pytest.param(
            "where: {x: 3}", "5:16: it/one: the declaration of x must be a text, this is `3`", id="declaration"
        ),
        pytest.param('where: {x: ""}', "5:16: it/one: the declaration of x is empty", id="empty declaration"),
        pytest.param(
            "where: {1x: scalar}",
            "5:17: it/one: `1x` in where is no name of a symbol; use letters, digits and underscores",
            id="symbol",
        ),
        pytest.param(
            "examples: [{at: {x: 1}}]",
            "5:16: it/one: an example without `value`; write {at: {x: [1, 2]}, value: [2, 4]}",
            id="example without a value",
        ),
        pytest.param(
            "examples: [{at: {x: [1, [2]]}, value: 1}]",
            "5:25: it/one: the values of x must be a number, a list of numbers or a list of rows of one length",
            id="ragged matrix",
        ),
        pytest.param(
            "examples: [{at: {x: 1/0}, value: 1}]",
            "5:25: it/one: `1/0` is no number in the values of x; write an integer, a decimal or a fraction like 1/3",
            id="division by zero",
        ),
        pytest.param(
            "examples: [{at: {x: 1e999}, value: 1}]",
            "5:25: it/one: `1e999` is no number in the values of x; write an integer, a decimal or a fraction like 1/3",
            id="number beyond all bounds",
        ),
        pytest.param(
            'note: "\\e[2J"', "5:11: it/one: note holds the invisible character U+001B; remove it", id="control"
        ),
        pytest.param(
            'note: "\\u202e"', "5:11: it/one: note holds the invisible character U+202E; remove it", id="direction"
        ),
        pytest.param(
            'source: "\\ud800"', "5:13: it/one: source holds the invisible character U+D800; remove it", id="surrogate"
        ),
        pytest.param(
            f"note: {'x' * 10_001}",
            "5:11: it/one: note has 10001 characters, more than 10000; shorten it",
            id="long note",
        ),
        pytest.param(
            f"examples: [{{at: {{x: {'9' * 5000}}}, value: 1}}]",
            "5:25: it/one: a number in the values of x has more than 100 characters; round it",
            id="long number",
        ),
        pytest.param(
            "examples: [{at: {x: ١}, value: 1}]",
            "5:25: it/one: `١` is no number in the values of x; write an integer, a decimal or a fraction like 1/3",
            id="digits of another script",
        ),
    ],
)
def test_a_fault_of_an_entry_keeps_the_entry(read: Read, line: str, headline: str) -> None:
    found = read(entry(line))
    assert found.faults == ()
    (identity,) = found.identities
    assert [fault.headline() for fault in identity.faults] == [f"it.yaml:{headline}"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("tr\u0430ce", "the id `tr\u0430ce` mixes letters of Cyrillic and Latin"),
        ("a\u200bb", "the id holds the invisible character U+200B"),
        ("a\u202eb", "the id holds the invisible character U+202E"),
        ("x" * 101, "the id has 101 characters, more than 100"),
    ],
    ids=["look-alike letter", "invisible", "direction", "long"],
)
def test_an_id_that_is_not_what_it_looks_like_is_a_fault(read: Read, name: str, what: str) -> None:
    found = read(f"identities:\n  - {{id: {name}, claim: x == x}}\n")
    faults = [*found.faults, *(fault for identity in found.identities for fault in identity.faults)]
    assert [fault.what for fault in faults] == [what]


def test_an_id_may_be_of_any_alphabet(read: Read) -> None:
    found = read("identities:\n  - {id: größe-2, claim: x == x}\n  - {id: след, claim: x == x}\n")
    assert [identity.faults for identity in found.identities] == [(), ()]


def test_an_id_without_a_name_of_its_own_is_a_fault(read: Read) -> None:
    found = read("identities:\n  - {id: a/b, claim: x == x}\n")
    (identity,) = found.identities
    (fault,) = identity.faults
    assert fault.headline() == (
        "it.yaml:2:10: it/a/b: the id `a/b` holds a slash or a line break; use words joined by hyphens"
    )


def test_the_second_of_two_like_ids_is_a_fault(read: Read) -> None:
    found = read(ENTRY + "  - id: one\n    claim: x == x\n")
    first, second = found.identities
    assert first.faults == ()
    assert [fault.headline() for fault in second.faults] == [
        "it.yaml:5:9: it/one: duplicate id, first in line 2; give each identity an id of its own"
    ]


def test_a_declaration_cut_by_its_comma_is_read_as_it_was_meant(read: Read) -> None:
    (identity,) = read(entry("where: {A: matrix(m, n), x: scalar}")).identities
    assert dict(identity.where) == {"A": "matrix(m, n)", "x": "scalar"}
    assert identity.is_readable


def test_an_identity_that_lost_a_declaration_is_not_readable(read: Read) -> None:
    (identity,) = read(entry("where: {x: 3}")).identities
    assert not identity.is_readable


def test_all_faults_of_a_file_come_in_one_run_and_lose_nothing_else(read: Read) -> None:
    found = read("""
        soruce: notes
        identities:
          - {id: good, claim: x == x, where: {x: scalar}}
          - {id: no-claim}
          - id: tab
        \tclaim: x == x
          - {id: typo, claim: x == x, expct: refuted}
        skipped: none
    """)
    assert [fault.place.line for fault in found.faults] == [1, 4, 6, 8]
    assert [identity.name for identity in found.identities] == ["it/good", "it/typo"]
    assert [len(identity.faults) for identity in found.identities] == [0, 1]
