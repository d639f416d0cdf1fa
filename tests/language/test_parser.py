"""From text to a typed claim: every form of the language is read, and every fault is reported, once."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from matcalc.language import parse_claim, parse_expression
from matcalc.language.nodes import (
    Application,
    Binary,
    Call,
    Derivative,
    Differential,
    EntryOf,
    FiniteSum,
    Negate,
    Number,
    Parameter,
    Pi,
    Shape,
    Symbol,
    TotalDifferential,
    Transpose,
    Variable,
)
from matcalc.language.sizes import generator
from tests.language.reading import WHERE, faults_of


def test_a_tree_has_a_shape_at_every_node() -> None:
    expression, scope = parse_expression("-A.T * A[i, j + 1] ** pi", WHERE)
    one, i, j = scope.ring.one, *(generator(scope.ring, name) for name in "ij")
    scalar, wide = Shape(one, one), scope["A"].shape
    A = Symbol(wide, "A")
    negated = Negate(wide.transposed, Transpose(wide.transposed, A))
    power = Binary(scalar, "**", EntryOf(scalar, A, i, j + 1), Pi(scalar))
    assert expression == Binary(wide.transposed, "*", negated, power)


NODES = (
    ("f.prime.prime(x)", Application),
    ("f(x)", Application),
    ("trace(X)", Call),
    ("D(x, x)", Derivative),
    ("dX", Differential),
    ("x[1]", EntryOf),
    ("Sum(x[r], r, 1, n)", FiniteSum),
    ("0.1", Number),
    ("k", Parameter),
    ("n", Parameter),
    ("i", Parameter),
    ("u", Symbol),
    ("d(X)", TotalDifferential),
)


@pytest.mark.parametrize(("text", "node"), NODES, ids=[row[0] for row in NODES])
def test_each_form_has_its_node(text: str, node: type) -> None:
    assert type(parse_expression(text, WHERE)[0]) is node


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("1e-9", Fraction(1, 10**9)),
        (".5", Fraction(1, 2)),
        ("2.", Fraction(2)),
        ("12", Fraction(12)),
    ],
)
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    expression, _ = parse_expression(text, {})
    assert isinstance(expression, Number)
    assert expression.value == value


def test_the_variable_of_a_derivative_is_a_symbol_or_an_entry() -> None:
    by_symbol, scope = parse_expression("D(u, x)", WHERE)
    by_entry, _ = parse_expression("jvp(X, X[j, 2], s)", WHERE)
    assert isinstance(by_symbol, Derivative)
    assert isinstance(by_entry, Derivative)
    assert by_symbol.variable == Variable("x", scope["x"].shape)
    j, two = generator(scope.ring, "j"), scope.ring(2)
    assert by_entry.variable.entry == (j, two)
    assert by_entry.direction is not None


def test_a_position_of_a_row_counts_its_columns() -> None:
    of_row, scope = parse_expression("x.T[j]", WHERE)
    of_column, _ = parse_expression("x[j]", WHERE)
    assert isinstance(of_row, EntryOf)
    assert isinstance(of_column, EntryOf)
    one, j = scope.ring.one, generator(scope.ring, "j")
    assert (of_row.row, of_row.column) == (one, j)
    assert (of_column.row, of_column.column) == (j, one)


def test_sums_nest_and_see_outer_variables() -> None:
    outer, scope = parse_expression("Sum(Sum(A[r, q], q, r, n - r), r, 1, m)", WHERE)
    assert isinstance(outer, FiniteSum)
    assert isinstance(outer.body, FiniteSum)
    r, n = generator(scope.ring, "r"), generator(scope.ring, "n")
    assert (outer.body.lower, outer.body.upper) == (r, n - r)


def test_one_variable_may_serve_two_sums() -> None:
    assert not faults_of("Sum(x[r], r, 1, n) == Sum(y[r], r, 1, n)")


def test_sides_may_differ_in_shape() -> None:
    claim = parse_claim("x == x.T", WHERE)
    assert [str(side.shape) for side in claim.sides] == ["n×1", "1×n"]


def test_a_claim_keeps_text_and_layout() -> None:
    claim = parse_claim("x == y == x", WHERE, "denominator")
    assert (claim.text, claim.layout, len(claim.sides)) == ("x == y == x", "denominator", 3)


def test_spans_do_not_count_in_comparison_but_are_kept() -> None:
    first, second = parse_claim("x + y == ( x+y )", WHERE).sides
    assert first == second
    assert (first.span, second.span) == ((0, 5), (9, 16))


CASCADES = (
    ("(q + x) @ (A @ q2) == sin(q)", ["q", "q2"]),
    ("trace((A @ B) @ C) == s", ["@"]),
    ("A @ B == B @ A", ["@", "@"]),
    ("norm(A @ x + B * C) == D(x @ y, A)", ["*", "@"]),
    ("Sum(q[r], r, 1, q2) == trace(A)", ["q", "q2", "trace(A)"]),
    ("dot(q, tarce(A @ B)) == x[qq]", ["q", "tarce", "qq"]),
    ("f(x, y) + A(x) == x.I", ["y", "A(x)", "I"]),
    ("D(q, q) == grad(x, q)", ["q"]),
)


@pytest.mark.parametrize(("claim", "marked"), CASCADES, ids=[row[0] for row in CASCADES])
def test_every_fault_is_reported_and_none_follows_from_another(claim: str, marked: list[str]) -> None:
    assert [fault.text[slice(*fault.span)] for fault in faults_of(claim)] == marked


UNCERTAIN = (
    ("n * trace(A @ x) + dA == A[r, r]", {"A": "matirx(n, r)", "x": "vector(p)"}),
    ("Sum(A[r, r], r, 1, n) == A(3)", {"A": "matirx(n, r)"}),
    ("eye(n) @ A == D(A, A) + A.prime(A)", {"A": "matrix(n)"}),
    ("u == D(u, A)", {"u": "vector(n) of A", "A": "matrix(n, m"}),
    ("matrix_power(A, n) == 1", {"A": "matrix(n, m) symmetric"}),
)


@pytest.mark.parametrize(("claim", "where"), UNCERTAIN, ids=[row[0] for row in UNCERTAIN])
def test_nothing_is_said_of_what_a_faulty_declaration_leaves_open(claim: str, where: dict[str, str]) -> None:
    assert [fault.origin for fault in faults_of(claim, where)] == ["where.A"]


def test_faults_of_declarations_and_of_the_claim_come_together_in_order() -> None:
    faults = faults_of("q + x ^ 2 == y", {"y": "vectr(n)", "x": "vector(n) symmetric"})
    assert [(fault.origin, fault.text[slice(*fault.span)]) for fault in faults] == [
        ("where.y", "vectr"),
        ("where.x", "symmetric"),
        ("claim", "^"),
    ]


def test_a_fault_prints_its_line_and_a_caret() -> None:
    (fault,) = faults_of("trace(A @ B) == s", {"A": "matrix(m, n)", "B": "matrix(m, m)", "s": "scalar"})
    assert str(fault) == (
        "A @ B joins n columns to m rows; declare B as matrix(n, m) or write A.T @ B\n"
        "    trace(A @ B) == s\n"
        "            ^"
    )


def test_an_expression_is_parsed_with_its_scope() -> None:
    expression, scope = parse_expression("x.T @ A @ x", {"x": "vector(n)", "A": "matrix(n, n)"})
    assert expression.shape.is_scalar
    assert scope.sizes == ("n",)


_PIECES = (
    "x", "A", "X", "f", "k", "i", "n", "r", "dX", "D(", "d(", "Sum(", "trace(", "sum(", "eye(", "(", ")", "[", "]", ",",
    "+", "-", "*", "/", "@", "**", " == ", "=", ".T", ".prime(", "1", "0", "2.5", "^", "'", "λ", "\x00", "\ud800",
)  # fmt: skip
_DECLARATIONS = (
    "matrix",
    "vector",
    "scalar",
    "index",
    "(n)",
    "(n, m)",
    " of ",
    "x",
    "f",
    " pd",
    "(",
    ")",
    ",",
    "-",
    "1",
)


@given(
    st.lists(st.sampled_from(_PIECES), max_size=20).map("".join),
    st.lists(st.sampled_from(_DECLARATIONS), max_size=5).map("".join),
)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_any_text_is_a_claim_or_has_faults_within_it(text: str, declaration: str) -> None:
    for fault in faults_of(text, {**WHERE, "X": declaration}):
        start, end = fault.span
        assert fault.what
        assert fault.mend
        assert 0 <= start <= end <= len(fault.text)
