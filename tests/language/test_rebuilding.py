"""Trees made anew are those that the parser makes."""

import pytest

from matcalc.errors import MatcalcError
from matcalc.language import parse_claim, parse_expression
from matcalc.language.functions import EXAMPLE_SYMBOLS, FUNCTIONS, OPERATORS
from matcalc.language.nodes import Expression
from matcalc.language.rebuilding import binary, call, parts, rebuilt, unequal_shapes, with_zero_matrices

WHERE = {**EXAMPLE_SYMBOLS, "f": "function", "v": "vector(n)", "B": "matrix(n, m)"}
EXAMPLES = [row.example for table in (FUNCTIONS, OPERATORS) for row in table.values()]  # type: ignore[attr-defined]


def anew(node: Expression) -> Expression:
    return rebuilt(node, tuple(anew(part) for part in parts(node)))


@pytest.mark.parametrize("text", [*EXAMPLES, "f.prime(x) == -x", "x[1] * pi == n + A[1, 2]", "d(X) == dX"])
def test_a_tree_of_its_own_parts_is_the_same_tree(text: str) -> None:
    for side in parse_claim(text, WHERE).sides:
        assert anew(side) == side


def test_shapes_follow_from_the_new_parts() -> None:
    side, _ = parse_expression("(A @ X).T", WHERE)
    narrow, _ = parse_expression("A @ x", WHERE)
    assert str(rebuilt(side, (narrow,)).shape) == "1×m"


@pytest.mark.parametrize(("text", "part"), [("A[1, 2]", "X"), ("det(X)", "A"), ("grad(sum(x), x)", "x")])
def test_parts_that_do_not_fit_are_refused(text: str, part: str) -> None:
    node, new = (parse_expression(one, WHERE)[0] for one in (text, part))
    with pytest.raises(MatcalcError):
        rebuilt(node, (new,))


def test_a_direction_that_does_not_fit_is_refused() -> None:
    node, new = (parse_expression(one, WHERE)[0] for one in ("jvp(sin(x), x, v)", "A"))
    with pytest.raises(MatcalcError):
        rebuilt(node, (parts(node)[0], new))


def test_operators_and_calls_check_their_operands() -> None:
    A, x = (parse_expression(one, WHERE)[0] for one in ("A", "x"))
    assert str(binary("@", A, x).shape) == "m×1"
    with pytest.raises(MatcalcError):
        binary("@", x, A)
    with pytest.raises(MatcalcError):
        call("det", (A,))


def test_a_literal_zero_has_the_shape_of_the_other_side() -> None:
    claim = parse_claim("A == 0", WHERE)
    assert unequal_shapes(claim) == []
    assert str(with_zero_matrices(claim).sides[1].shape) == "m×n"
    assert unequal_shapes(parse_claim("x == x.T", WHERE)) == ["n×1", "1×n"]
