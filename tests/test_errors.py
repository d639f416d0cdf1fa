import pytest

from matcalc.errors import Fault, MatcalcError, Place, did_you_mean, hidden_character, near_names, visible


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.yaml", 3, 7), "a.yaml:3:7"),
    ],
)
def test_a_place_names_what_is_known_of_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_fault_is_one_line_and_a_caret_under_the_text_at_fault() -> None:
    fault = Fault("A @ B does not fit", "declare B as matrix(n, m)", text="x ==\n  A @ B", span=(7, 12))
    assert str(fault.at(Place("a.yaml", 4, 3), "a/one")) == (
        "a.yaml:4:3: a/one: A @ B does not fit; declare B as matrix(n, m)\n      A @ B\n      ^^^^^"
    )


def test_an_error_carries_all_its_faults() -> None:
    error = MatcalcError(Fault("one"), Fault("two", "mend it"))
    assert [fault.what for fault in error.faults] == ["one", "two"]
    assert str(error) == "one\ntwo; mend it"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("traec", ["trace"]),
        ("TRACE", ["trace"]),
        ("trace", ["trace"]),
        ("norn", ["norm", "norm1"]),
        ("zzz", []),
    ],
)
def test_near_names_are_the_nearest_first(name: str, near: list[str]) -> None:
    assert near_names(name, ["trace", "norm", "norm1", "kron"]) == near


@pytest.mark.parametrize(
    ("near", "mend"),
    [
        ([], ""),
        (["a"], "did you mean a?"),
        (["a", "b"], "did you mean a or b?"),
        (["a", "b", "c"], "did you mean a, b or c?"),
    ],
)
def test_a_suggestion_lists_the_near_names(near: list[str], mend: str) -> None:
    assert did_you_mean(near) == mend


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ∇ₓ text,\nin lines", "plain ∇ₓ text,\nin lines"),
        ("\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"),
        ("a\rb\x9bc\x7f", "a\\x0db\\x9bc\\x7f"),
        ("\u202eabc\u2066\u200b\u2028", "\\u202eabc\\u2066\\u200b\\u2028"),
        ("\ud800\U000e0041", "\\ud800\\U000e0041"),
    ],
    ids=["ordinary", "escape sequences", "controls", "direction", "surrogates and tags"],
)
def test_what_a_terminal_would_obey_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert (hidden_character(text) is None) == (text == shown)


def test_the_caret_stands_under_an_escape() -> None:
    fault = Fault("bad", text="ab\x1b\u202e == c", span=(2, 4))
    assert fault.caret() == "    ab\\x1b\\u202e == c\n      ^^^^^^^^^^"


def test_a_message_quotes_no_more_than_can_be_read() -> None:
    fault = Fault(f"unknown key `{'k' * 10_000}`", "m" * 10_000, text="x" * 10_000, span=(5_000, 5_001))
    headline, line, caret = str(fault).split("\n")
    assert max(map(len, (headline, line, caret))) < 700
    assert line[len(caret) - 1] == "x"
    assert line.startswith("    …x")
    assert line.endswith("x…")
