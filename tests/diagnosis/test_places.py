"""Places in an expression, changes there, and their words."""

import pytest

from matcalc.diagnosis.places import at, change_text, places, put
from matcalc.errors import MatcalcError
from matcalc.language import parse_expression, to_text
from matcalc.language.nodes import Expression
from matcalc.language.rebuilding import transposed

WHERE = {"x": "vector(n)", "A": "matrix(n, n)", "B": "matrix(m, n)"}


def read(text: str) -> Expression:
    return parse_expression(text, WHERE)[0]


def test_places_lead_to_what_stands_there() -> None:
    side = read("inv(A) @ x + A.T @ (x * x)")
    for path, node in places(side):
        assert at(side, path) == node
        assert put(side, path, node) == side


def test_what_does_not_fit_is_refused() -> None:
    side = read("B @ x")
    with pytest.raises(MatcalcError):
        put(side, (0,), transposed(at(side, (0,))))


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        pytest.param("A @ x", (0,), "A.T in place of A", id="the part alone"),
        pytest.param("A @ A @ x", (0, 1), "A @ A.T in place of A @ A", id="more around it where it stands twice"),
        pytest.param("A + A", (1,), None, id="nothing but the whole"),
    ],
)
def test_a_change_is_told_by_the_smallest_part_that_stands_once(text: str, path: tuple[int, ...], words: str) -> None:
    side = read(text)
    changed = put(side, path, transposed(at(side, path)))
    assert change_text(side, changed, path) == words


def test_no_transpose_of_a_transpose_is_made() -> None:
    side = read("x.T")
    assert to_text(put(side, (0,), transposed(read("x")))) == "x"
