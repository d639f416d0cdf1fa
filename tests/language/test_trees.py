"""Trees are walked in the order of the text, and are never too deep to recurse over."""

import pytest

from matcalc.language import parse_claim, to_text
from matcalc.language.syntax import parse_formula
from matcalc.language.trees import MAX_HEIGHT, MAX_NESTING, calls_in, names_in
from tests.language.reading import faults_of


def test_names_and_calls_come_in_the_order_of_the_text() -> None:
    tree = parse_formula("f(a, -b)[c] @ g.T + h(f(d))")
    assert [name.text for name in names_in(tree)] == ["f", "a", "b", "c", "g", "h", "f", "d"]
    assert [function.text for function, _ in calls_in(tree)] == ["f", "h", "f"]


AT_THE_LIMIT = (
    ("chain of products", " @ ".join(["X"] * MAX_HEIGHT), True),
    ("chain one too long", " @ ".join(["X"] * (MAX_HEIGHT + 1)), False),
    ("brackets", "(" * MAX_NESTING + "X" + ")" * MAX_NESTING, True),
    ("brackets too deep", "(" * (MAX_NESTING + 1) + "X" + ")" * (MAX_NESTING + 1), False),
    ("unclosed brackets", "(" * 15_000 + "X", False),
    ("calls", "exp(" * (MAX_NESTING - 1) + "X" + ")" * (MAX_NESTING - 1), True),
    ("calls too deep", "exp(" * MAX_NESTING + "X" + ")" * MAX_NESTING, False),
    ("signs", "-" * (MAX_NESTING - 1) + "X", True),
    ("signs too many", "-" * 15_000 + "X", False),
    ("powers", "2 ** " * (MAX_NESTING - 1) + "X", True),
    ("powers too many", "2 ** " * 3000 + "X", False),
    ("transposes", "X" + ".T" * (MAX_NESTING - 1), True),
    ("transposes too many", "X" + ".T" * 6000, False),
    ("right operands", "X + (X @ " * 33 + "X" + ")" * 33, True),
    ("right operands too deep", "X + (X @ " * 60 + "X" + ")" * 60, False),
    ("positions", "X" + "[1, 1]" * 2000, False),
)


@pytest.mark.parametrize(("text", "is_read"), [row[1:] for row in AT_THE_LIMIT], ids=[row[0] for row in AT_THE_LIMIT])
def test_the_depth_of_a_claim_is_limited(text: str, is_read: bool) -> None:
    faults = faults_of(f"{text} == X", {"X": "matrix(n, n)"})
    expected = f"the text is nested more than {MAX_NESTING} levels deep, or chains more than {MAX_HEIGHT} operators"
    assert [fault.what for fault in faults] == ([] if is_read else [expected])


def test_the_highest_tree_can_be_hashed_and_printed() -> None:
    text = " @ ".join(["X"] * MAX_HEIGHT) + " == X"
    first, second = (parse_claim(text, {"X": "matrix(n, n)"}) for _ in range(2))
    assert hash(first.sides) == hash(second.sides)
    assert to_text(first) == text
