"""A word is one name, a function, or several names side by side."""

from itertools import islice

import pytest

from matcalc.notation.words import fresh_sizes, known_names, pieces

KNOWN = known_names({"Ax": "vector(m)", "beta": "scalar", "W1": "matrix(m, n)", "u": "vector(k)", "g": "vector(n)"})

CUT = (
    ("x", ("x",)),
    ("Bx", ("B", "x")),
    ("ABx", ("A", "B", "x")),
    ("XW2", ("X", "W2")),
    ("Ax", ("Ax",)),
    ("betau", ("beta", "u")),
    ("W1u", ("W1", "u")),
    ("xB", ("xB",)),
    ("xy", ("xy",)),
    ("sofmax", ("sofmax",)),
    ("logdet", ("logdet",)),
    ("Tr", ("Tr",)),
    ("Id", ("Id",)),
    ("dX", ("dX",)),
    ("alpha", ("alpha",)),
    ("lambda", ("lambda",)),
    ("if", ("if",)),
)


@pytest.mark.parametrize(("word", "parts"), CUT, ids=[row[0] for row in CUT])
def test_a_word_is_cut_into_names_only_where_it_can_be_no_name(word: str, parts: tuple[str, ...]) -> None:
    assert pieces(word, KNOWN) == parts


APPLIED = (
    ("f", "f"),
    ("f_1", "f_1"),
    ("phi", "phi"),
    ("sigma", "sigmoid"),
    ("tr", "trace"),
    ("softmax", "softmax"),
    ("unknown", "unknown"),
    ("g", None),
    ("A", None),
    ("alpha", None),
    ("x_max", None),
)


@pytest.mark.parametrize(("name", "function"), APPLIED, ids=[row[0] for row in APPLIED])
def test_a_bracket_behind_a_name_holds_an_argument_or_a_factor(name: str, function: str | None) -> None:
    assert KNOWN.applies(name) == function


def test_sizes_that_are_left_out_get_names_that_are_free() -> None:
    assert list(islice(fresh_sizes(("n", "p", "k")), 4)) == ["m", "q", "r", "s"]
    assert next(fresh_sizes("nmpqrstkldhuvw")) == "n_1"
