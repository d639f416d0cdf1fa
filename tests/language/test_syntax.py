"""The grammar is Python's, cut down: the same grouping, and every fault of it named at its place."""

import ast

import pytest
from hypothesis import given, settings, strategies as st

from matcalc.errors import MatcalcError
from matcalc.language.syntax import parse_equation, parse_formula
from matcalc.language.trees import Apply, Attribute, Infix, Literal, Minus, Name, Subscript, Tree
from tests.language.reading import marked_faults

_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.MatMult: "@",
    ast.Pow: "**",
}


def grouping(tree: Tree) -> object:
    """The tree as nested tuples, without places."""
    match tree:
        case Name(text):
            return text
        case Literal(text):
            return float(text)
        case Minus(operand):
            return "minus", grouping(operand)
        case Infix(operator, left, right):
            return operator, grouping(left), grouping(right)
        case Attribute(operand, name):
            return "attribute", grouping(operand), name
        case Apply(function, arguments):
            return "call", grouping(function), *map(grouping, arguments)
        case Subscript(operand, positions):
            return "entry", grouping(operand), *map(grouping, positions)


def python_grouping(node: ast.expr) -> object:
    """What Python's own parser makes of the text, in the same form; a sign + is dropped."""
    match node:
        case ast.Name(name):
            return name
        case ast.Constant(int() | float() as value):
            return float(value)
        case ast.UnaryOp(ast.USub(), operand):
            return "minus", python_grouping(operand)
        case ast.UnaryOp(ast.UAdd(), operand):
            return python_grouping(operand)
        case ast.BinOp(left, operator, right):
            return _OPERATORS[type(operator)], python_grouping(left), python_grouping(right)
        case ast.Attribute(value, name):
            return "attribute", python_grouping(value), name
        case ast.Call(function, arguments):
            return "call", python_grouping(function), *map(python_grouping, arguments)
        case ast.Subscript(value, ast.Tuple(positions)):
            return "entry", python_grouping(value), *map(python_grouping, positions)
        case ast.Subscript(value, position):
            return "entry", python_grouping(value), python_grouping(position)
    raise AssertionError(ast.dump(node))


_WORDS = ("x", "y", "2", "0.5", "(", ")", "[", "]", ",", ".T", "f(", "-", "+", "*", "/", "@", "**", "x *", "(y", "y)")


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14).map(" ".join))
@settings(max_examples=1000, deadline=None, derandomize=True)
def test_what_is_accepted_python_groups_in_the_same_way(text: str) -> None:
    try:
        tree = parse_formula(text)
    except MatcalcError:
        return
    assert grouping(tree) == python_grouping(ast.parse(text, mode="eval").body)


_GROUPED = (
    "-x ** 2",
    "2 ** -x ** 2",
    "-x @ y",
    "x - y - 2",
    "x / y * 2",
    "x @ y * x / 2",
    "x + y * 2 ** x",
    "f(x)(y)[x, 2].T.T",
    "-f(-x).T ** -y.T",
    "+x - +y",
)


@pytest.mark.parametrize("text", _GROUPED)
def test_precedence_is_that_of_python(text: str) -> None:
    assert grouping(parse_formula(text)) == python_grouping(ast.parse(text, mode="eval").body)


def test_brackets_belong_to_the_span_of_what_they_hold() -> None:
    tree = parse_formula("2 * (x + y)")
    assert isinstance(tree, Infix)
    assert tree.right.span == (4, 11)
    assert tree.operator_span == (2, 3)


def test_a_chain_of_equations_has_a_side_for_each() -> None:
    assert [grouping(side) for side in parse_equation("x == y == 2")] == ["x", "y", 2.0]


def test_a_claim_may_run_over_lines() -> None:
    assert len(parse_equation("x\n  == y\n")) == 2


FAULTS = (
    ("", "", "the claim is empty; write an equation: left == right"),
    ("   ", "   ", "the claim is empty; write an equation: left == right"),
    ("x = y", "=", "= is no equation; write =="),
    ("x == y = s", "=", "= is no equation; write =="),
    ("x", "x", "the claim has no ==; write an equation: left == right"),
    ("x ==", "==", "the text ends after ==; complete it, or remove the =="),
    ("== x", "==", "a value is missing; write a name, a number or a bracket before =="),
    ("x + == y", "==", "a value is missing after +; write a name, a number or a bracket before =="),
    ("x + ) == y", ")", "a value is missing after +; write a name, a number or a bracket before )"),
    ("x == y y", "y", "there is no operator between y and y; write y * y or y @ y"),
    ("x == 2 x", "x", "there is no operator between 2 and x; write 2 * x or 2 @ x"),
    ("x == x 2", "2", "there is no operator between x and 2; write x * 2 or x @ 2"),
    ("(x + y) z == x", "z", "there is no operator between ) and z; write * or @ between them"),
    ("x == (y", "(", "this ( is never closed; add a )"),
    ("x == f(y", "(", "this ( is never closed; add a )"),
    ("x == x[1", "[", "this [ is never closed; add a ]"),
    ("x == y)", ")", "this ) closes nothing; remove it, or add a ("),
    ("x == y]", "]", "this ] closes nothing; remove it, or add a ["),
    ("x == (y]", "]", "] closes a (; write )"),
    ("x == [y]", "[", "a value is missing after ==; write a name, a number or a bracket before ["),
    ("x == ()", "()", "the brackets are empty; write an expression in them"),
    ("x == f(y,)", ")", "a value is missing after the comma; write a name, a number or a bracket before )"),
    ("x == f(, y)", ",", "a value is missing after (; write a name, a number or a bracket before ,"),
    ("x, y == x", ",", "a comma stands outside a call; remove it"),
    ("x == (y, z)", ",", "a comma stands outside a call; write one expression in brackets"),
    ("x == (y == x)", "==", "== stands inside brackets; equations stand at the top of a claim only"),
    ("x == sum(A, axis=1)", "=", "arguments have no names; write the value alone, in its position"),
    ("lambda == 1", "lambda", "lambda is reserved by the syntax; call it lam"),
    ("x if y else x == x", "if", "if is reserved by the syntax; a claim has no conditions: state hypotheses in where"),
    ("x and y == x", "and", "and is reserved by the syntax; write two identities, or a chain a == b == c"),
    ("not x == y", "not", "not is reserved by the syntax; a claim states equality only"),
    ("None == x", "None", "None is reserved by the syntax; write 0"),
    ("x == await y", "await", "await is reserved by the syntax; choose another name"),
    ("Sum(x[r] for r in n) == s", "for", "for is reserved by the syntax; write Sum(expr, r, lower, upper)"),
    ("x. == s", "==", "a name must follow the dot; write X.T for the transpose"),
    ("x.2 == s", ".2", "there is no operator between x and .2; write x * .2 or x @ .2"),
    ("f(**x) == 1", "**", "a value is missing after (; write a name, a number or a bracket before **"),
    ("x == @y", "@", "a value is missing after ==; write a name, a number or a bracket before @"),
)


@pytest.mark.parametrize(("claim", "marked", "line"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_of_the_syntax_is_named_at_its_place(claim: str, marked: str, line: str) -> None:
    assert marked_faults(claim) == [(marked, line)]


def test_an_expression_has_no_equation_in_it() -> None:
    with pytest.raises(MatcalcError, match=r"== stands in an expression; write one side alone"):
        parse_formula("x == y")


@pytest.mark.parametrize("text", ["x ==", "x == y)", "x == (y", "x = y", "lambda == 1", "x == y y", "x == ^", ""])
def test_the_span_lies_in_the_text(text: str) -> None:
    with pytest.raises(MatcalcError) as caught:
        parse_equation(text)
    start, end = caught.value.faults[0].span
    assert 0 <= start <= end <= len(text)
