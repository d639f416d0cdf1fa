import pytest
from hypothesis import given, strategies as st

from matcalc.catalogue.passages import Passage, Style
from matcalc.errors import Place

START = Place("a.yaml", 3, 12)


@pytest.mark.parametrize(
    ("style", "written", "text", "sought", "line", "column"),
    [
        pytest.param("", "A @ x == b", "A @ x == b", "x", 3, 16, id="plain"),
        pytest.param("", "A @ x\n      == b", "A @ x == b", "==", 4, 7, id="plain over two lines"),
        pytest.param('"', '"A @ x == b"', "A @ x == b", "x", 3, 17, id="double-quoted"),
        pytest.param('"', '"a \\"b\\" == c"', 'a "b" == c', "==", 3, 21, id="double-quoted with escaped quotes"),
        pytest.param('"', '"\\u0041 == c"', "A == c", "c", 3, 23, id="double-quoted with a code point"),
        pytest.param('"', '"A @ \\\n   x == b"', "A @ x == b", "x", 4, 4, id="double-quoted over two lines"),
        pytest.param("'", "'a ''b'' == c'", "a 'b' == c", "==", 3, 21, id="single-quoted with doubled quotes"),
        pytest.param("|", "|\n    A @ x\n      == b\n", "A @ x\n  == b", "==", 5, 7, id="literal block"),
        pytest.param("|", "|-\n    A @ x\n    == b", "A @ x\n== b", "A", 4, 5, id="literal block, stripped"),
        pytest.param(">", ">\n    A @ x\n    == b\n", "A @ x == b", "b", 5, 8, id="folded block"),
    ],
)
def test_an_offset_in_the_text_leads_to_its_place_in_the_file(
    style: Style, written: str, text: str, sought: str, line: int, column: int
) -> None:
    place = Passage(text, written, style, START).place_at(text.index(sought))
    assert (place.file, place.line, place.column) == ("a.yaml", line, column)


def test_the_end_of_the_text_is_one_past_its_last_character() -> None:
    assert Passage("ab", '"ab"', '"', START).place_at(2) == Place("a.yaml", 3, 15)


def test_an_empty_text_is_where_it_starts() -> None:
    assert Passage("", "", "", START).place_at(0) == START


@given(st.text("ab '\"\\@", max_size=12).map(str.strip))
def test_every_written_character_of_a_quoted_text_is_found_again(text: str) -> None:
    single = Passage(text, "'" + text.replace("'", "''") + "'", "'", Place("a.yaml", 1, 1))
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    double = Passage(text, f'"{escaped}"', '"', Place("a.yaml", 1, 1))
    for offset, character in enumerate(text):
        if character != " ":
            assert single.written[single.place_at(offset).column - 1] == character
            assert double.written[double.place_at(offset).column - 1] in (character, "\\")
