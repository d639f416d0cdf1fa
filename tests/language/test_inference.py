"""Declarations that are left out: what is inferred of the names, and what is said where that fails."""

import re
from collections.abc import Iterator, Mapping

import pytest

from matcalc.catalogue import Identity, read_catalogue, shipped_folder
from matcalc.errors import MatcalcError
from matcalc.language import infer, parse_claim
from matcalc.language.functions import FUNCTIONS, OPERATORS
from matcalc.language.nodes import Layout
from matcalc.language.proposals import MOST_INFERRED
from matcalc.language.syntax import parse_equation, parse_formula
from matcalc.language.trees import Tree, names_in


def trees_of(text: str) -> tuple[Tree, ...]:
    return parse_equation(text) if "==" in text else (parse_formula(text),)


def inferred(text: str, given: Mapping[str, str] | None = None, layout: Layout = "mixed") -> str:
    found = infer(trees_of(text), given or {}, layout, text)
    return "; ".join(f"{name}: {declaration}" for name, declaration in found.items())


SHAPES = (
    ("x + y", "x: vector(n); y: vector(n)"),
    ("A @ x", "A: matrix(n, m); x: vector(m)"),
    ("A @ B + C", "A: matrix(n, m); B: matrix(m, p); C: matrix(n, p)"),
    ("D(x.T @ A @ x, x) == (A + A.T) @ x", "x: vector(n); A: matrix(n, n)"),
    ("(A @ B).T == B.T @ A.T", "A: matrix(n, m); B: matrix(m, p)"),
    ("inv(A) @ b", "A: matrix(n, n); b: vector(n)"),
    ("det(A @ B)", "A: matrix(n, m); B: matrix(m, n)"),
    ("trace(kron(A, X))", "A: matrix(n, n); X: matrix(m, m)"),
    ("dot(x, A @ y)", "x: vector(n); A: matrix(n, m); y: vector(m)"),
    ("outer(x, y) == A", "x: vector(n); y: vector(m); A: matrix(n, m)"),
    ("diag(x) @ A", "x: vector(n); A: matrix(n, m)"),
    ("diagonal(A) == x", "A: matrix(n, n); x: vector(n)"),
    ("kron(A, B) @ x", "A: matrix(n, m); B: matrix(p, q); x: vector(m * q)"),
    ("kron(A, B) @ kron(C, E) == kron(A @ C, B @ E)",
     "A: matrix(n, m); B: matrix(p, q); C: matrix(m, r); E: matrix(q, s)"),
    ("vec(A @ X @ B) == kron(B.T, A) @ vec(X)", "A: matrix(n, m); X: matrix(m, p); B: matrix(p, q)"),
    ("jacobian(A @ x, x) == B", "A: matrix(n, m); x: vector(m); B: matrix(n, m)"),
    ("jvp(A @ x, x, v)", "A: matrix(n, m); x: vector(m); v: vector(m)"),
    ("vjp(A @ x, x, v)", "A: matrix(n, m); x: vector(m); v: vector(n)"),
    ("d(inv(X)) == -inv(X) @ dX @ inv(X)", "X: matrix(n, n)"),
    ("A11 @ x_0 + c_bar", "A11: matrix(n, m); x_0: vector(m); c_bar: vector(n)"),
    ("Sigma @ x", "Sigma: matrix(n, m); x: vector(m)"),
    ("softmax(Q @ K.T, 1) @ V", "Q: matrix(n, m); K: matrix(p, m); V: matrix(p, q)"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "found"), SHAPES, ids=[row[0] for row in SHAPES])
def test_shapes_are_as_general_as_the_claim_lets_them_be(text: str, found: str) -> None:
    assert inferred(text) == found


KINDS = (
    ("alpha * x", "alpha: scalar; x: vector(n)"),
    ("(x - mu).T @ A @ (x - mu)", "x: vector(n); mu: vector(n); A: matrix(n, n)"),
    ("s * A", "s: scalar; A: matrix(n, m)"),
    ("sin(s + t) * A", "s: scalar; t: scalar; A: matrix(n, m)"),
    ("s == dot(x, y)", "s: scalar; x: vector(n); y: vector(n)"),
    ("A @ (s * x) == s * (A @ x)", "A: matrix(n, m); s: scalar; x: vector(m)"),
    ("D(sin(s), s) == cos(s)", "s: scalar"),
    ("D(tanh(a + b * dot(x, z)), x) == b * (1 - tanh(a + b * dot(x, z))**2) * z",
     "a: scalar; b: scalar; x: vector(n); z: vector(n)"),
    ("grad(f, x)", "f: scalar of x; x: vector(n)"),
    ("D(f, x)", "f: scalar of x; x: vector(n)"),
    ("D(u, x) == A", "u: vector(n) of x; x: vector(m); A: matrix(n, m)"),
    ("D(inv(Y), t) == -inv(Y) @ D(Y, t) @ inv(Y)", "Y: matrix(n, n) of t; t: scalar"),
    ("D(g, x) == D(u, x).T @ D(g, u)", "g: scalar of u; x: vector(n); u: vector(m) of x"),
    ("f(x) == f.prime(x)", "f: function; x: vector(n)"),
    ("2**k * x**p", "k: integer; x: vector(n); p: scalar"),
    ("matrix_power(X, k) @ X", "X: matrix(n, n); k: integer"),
    ("A[i, j] == x[i]", "A: matrix(n, m); i: index(n); j: index(m); x: vector(n)"),
    ("X[i, i]", "X: matrix(n, n); i: index(n)"),
    ("D(sum(x), x[j])", "x: vector(n); j: index(n)"),
    ("delta(i, j) * x[i]", "i: index(n); j: index(n); x: vector(n)"),
    ("x[i + k]", "x: vector(n); i: integer; k: integer"),
    ("norm(d) + d.T @ d", "d: vector(n)"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "found"), KINDS, ids=[row[0] for row in KINDS])
def test_kinds_follow_from_use_and_else_from_convention(text: str, found: str) -> None:
    assert inferred(text) == found


SIZES = (
    ("eye(n) @ A", "A: matrix(n, m)"),
    ("eye(m) @ A @ eye(n)", "A: matrix(m, n)"),
    ("inv(A) @ A == eye(k)", "A: matrix(k, k)"),
    ("jacobian(X @ A @ X, X) == kron((A @ X).T, eye(m)) + kron(eye(n), X @ A)", "X: matrix(m, n); A: matrix(n, m)"),
    ("Sum(x[i] * y[i], i, 1, n) == dot(x, y)", "x: vector(n); y: vector(n)"),
    ("Sum(X[i, k] * Y[k, j], k, 1, p)", "X: matrix(n, p); i: index(n); Y: matrix(p, m); j: index(m)"),
    ("Sum(r, r, 1, k)", "k: integer"),
    ("trace(A @ inv(A)) == n", "A: matrix(n, n)"),
    ("det(c * A) == c**n * det(A)", "c: scalar; A: matrix(n, n)"),
    ("n * x", "x: vector(n)"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "found"), SIZES, ids=[row[0] for row in SIZES])
def test_sizes_that_the_claim_names_keep_their_names(text: str, found: str) -> None:
    assert inferred(text) == found


EXAMPLES = [row.example for table in (FUNCTIONS, OPERATORS) for row in table.values()]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_of_the_tables_does_without_declarations(text: str) -> None:
    sides = parse_claim(text, infer(trees_of(text), {}, text=text)).sides
    assert len({side.shape for side in sides}) == 1


def test_what_is_given_is_kept_and_decides() -> None:
    assert inferred("x.T @ A @ y", {"A": "matrix(n, n + 1) positive"}) == "x: vector(n); y: vector(n + 1)"
    assert inferred("y == A @ x", {"x": "vector(3)"}) == "y: vector(n); A: matrix(n, 3)"
    assert inferred("D(u + s, x) == A", {"u": "vector(m) of x"}) == "s: vector(m); x: vector(n); A: matrix(m, n)"
    assert inferred("D(g, x)", {"g": "scalar of x, t"}) == "x: vector(n); t: vector(m)"
    assert inferred("A == A", {"A": "matrix(n, n)"}) == ""


def test_the_layout_decides_where_it_matters() -> None:
    claim = "D(A @ x, x) == B"
    assert inferred(claim) == "A: matrix(n, m); x: vector(m); B: matrix(n, m)"
    assert inferred(claim, layout="denominator") == "A: matrix(n, m); x: vector(m); B: matrix(m, n)"


@pytest.mark.parametrize("text", ["D(norm(x)**2, x) == 2 * x.T", "x.T @ A == y", "x == x.T"])
def test_sides_that_cannot_be_of_one_shape_stay_apart_to_be_refuted(text: str) -> None:
    found = infer(trees_of(text), {}, text=text)
    left, right = parse_claim(text, found).sides
    assert left.shape != right.shape


def test_a_literal_zero_says_nothing_of_shapes() -> None:
    assert inferred("x - x == 0") == "x: vector(n)"


_PRODUCT = "x @ y joins 1 column to m rows; write x @ y.T for the outer product"
FAULTS = (
    ("x @ y", "@", f"{_PRODUCT}, or declare otherwise what was assumed, x: vector(n), y: vector(m)"),
    ("A @ x + x.T @ A", "+",
     "(A @ x) + (x.T @ A) needs equal shapes, and A @ x is n×1, x.T @ A is 1×n; write (A @ x) + (x.T @ A).T, "
     "or declare otherwise what was assumed, A: matrix(n, n), x: vector(n)"),
    ("eye(m) @ A + A @ eye(n) + A.T", "+",
     "(eye(m) @ A + A @ eye(n)) + A.T needs equal shapes, and eye(m) @ A + A @ eye(n) is m×n, A.T is n×m; write "
     "(eye(m) @ A + A @ eye(n)) + A, or declare otherwise what was assumed, A: matrix(m, n)"),
    ("inv(x)", "inv(x)",
     "inv needs a square matrix, and x is n×1; write pinv(x) for the pseudo-inverse, "
     "or declare otherwise what was assumed, x: vector(n)"),
    ("trace(A @ pinv(A)) == n", "n",
     "n is not declared, and the claim does not say which of 2 sizes it is; declare A, say as matrix(n, m)"),
    ("foo @ x", "foo", "foo is not declared; add foo to where"),
    ("xs + x", "xs", "xs is not declared; did you mean x?"),
    ("I @ x == x", "I", "I is not declared; write eye(n) for the identity"),
    ("sofmax(x)", "sofmax", "sofmax is no function of the language; did you mean softmax?"),
    ("A(x)", "A(x)", "A is declared as matrix, not as function; write A * x or A @ x for a product"),
    ("X[i]", "X[i]", "X is n×m and an entry of it has 2 positions, not 1; write X[i, j]"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "marked", "line"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_contradiction_is_told_with_its_place_and_what_was_assumed(text: str, marked: str, line: str) -> None:
    with pytest.raises(MatcalcError) as caught:
        infer(trees_of(text), {}, text=text)
    fault = caught.value.faults[0]
    assert (fault.text[slice(*fault.span)], fault.headline()) == (marked, line)


def test_faults_of_what_is_given_come_first() -> None:
    with pytest.raises(MatcalcError) as caught:
        infer(trees_of("A @ yy"), {"A": "matrixx(n)"}, text="A @ yy")
    assert [fault.origin for fault in caught.value.faults] == ["where.A", "claim"]


def test_names_in_use_are_not_given_to_sizes() -> None:
    assert inferred("A @ m + Sum(x[n], n, 1, 2)", {"m": "vector(p)"}) == "A: matrix(q, p); x: vector(2)"


def test_too_many_names_are_refused() -> None:
    text = " + ".join(f"x{number}" for number in range(MOST_INFERRED + 1))
    with pytest.raises(MatcalcError, match="no more than 64 are inferred"):
        infer(trees_of(text), {}, text=text)


def test_a_long_chain_is_inferred_within_the_rounds() -> None:
    text = " + ".join(f"x{number}" for number in range(20))
    assert set(infer(trees_of(text), {}).values()) == {"vector(n)"}


# The catalogue, its plain declarations left out

PLAIN = re.compile(r"scalar|vector\(.*\)|matrix\([^()]*\)")
"""A declaration without property and `of`, which says no more than a shape."""
SAMPLE = ("minka", "seed")
"""The files that are tried; all of them take half a minute."""
FEWEST_SAME = 0.9
"""The share that is inferred as it was declared; it is 0.91 of the whole catalogue, and more of the sample."""


def sample() -> Iterator[Identity]:
    for name in SAMPLE:
        yield from read_catalogue(shipped_folder() / f"{name}.yaml").identities[::2]


def shapes(identity: Identity, where: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The kind and the sizes of each name of the claim, sizes numbered in the order in which they are met."""
    scope = parse_claim(identity.claim, where, identity.layout).scope
    numbers: dict[str, str] = {}
    used = dict.fromkeys(name.text for name in names_in(*parse_equation(identity.claim)))
    declared = [scope[name] for name in used if name in scope.declarations]
    sizes = [(str(one.shape.rows), str(one.shape.columns)) for one in declared]
    renamed = [
        [re.sub(r"[a-z]\w*", lambda name: numbers.setdefault(name[0], f"{len(numbers)}"), size) for size in pair]
        for pair in sizes
    ]
    return [(one.name, one.kind, *pair) for one, pair in zip(declared, renamed, strict=True)]


def test_most_of_the_catalogue_needs_no_plain_declarations() -> None:
    same, total = 0, 0
    for identity in sample():
        given = {name: text for name, text in identity.where.items() if not PLAIN.fullmatch(text)}
        total += 1
        found = infer(parse_equation(identity.claim), given, identity.layout, identity.claim)
        same += shapes(identity, {**given, **found}) == shapes(identity, identity.where)
    assert same / total >= FEWEST_SAME
