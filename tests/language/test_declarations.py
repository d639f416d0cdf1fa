"""Declarations: what each form means, and what is said of those that mean nothing."""

import pytest

from matcalc.language import parse_claim
from matcalc.language.declarations import PROPERTIES, TYPES
from matcalc.language.nodes import Declaration, Scope
from tests.language.reading import declaration_faults, faults_of


def scope_of(**where: str) -> Scope:
    return parse_claim("1 == 1", where).scope


def declared(text: str) -> Declaration:
    return scope_of(A=text, x="vector(n)", Y="matrix(m, n)")["A"]


MEANINGS = (
    ("scalar", "scalar", "1×1"),
    ("vector(n)", "vector", "n×1"),
    ("vector(3)", "vector", "3×1"),
    ("matrix(m, n)", "matrix", "m×n"),
    ("matrix( n+p , n )", "matrix", "(n + p)×n"),
    ("matrix(2 * n, m * n)", "matrix", "2*n×n*m"),
    ("vector(n ** 2)", "vector", "n^2×1"),
    ("vector(n * (n + 1))", "vector", "(n^2 + n)×1"),
    ("integer", "integer", "1×1"),
    ("index(n + 1)", "index", "1×1"),
    ("function", "function", "1×1"),
)


@pytest.mark.parametrize(("text", "kind", "shape"), MEANINGS, ids=[row[0] for row in MEANINGS])
def test_a_declaration_has_a_kind_and_a_shape(text: str, kind: str, shape: str) -> None:
    declaration = declared(text)
    assert (declaration.kind, str(declaration.shape)) == (kind, shape)


def test_an_index_knows_its_extent() -> None:
    declaration = declared("index(2 * n)")
    assert str(declaration.extent) == "2*n"
    assert declared("scalar").extent is None


def test_properties_combine() -> None:
    assert declared("matrix(n, n) symmetric invertible nonzero").properties == {"symmetric", "invertible", "nonzero"}


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_can_be_said_of_a_square_matrix(name: str) -> None:
    assert declared(f"matrix(n, n) {name}").properties == {name}


@pytest.mark.parametrize("text", ["scalar positive", "vector(n) nonzero", "matrix(m, n) positive nonzero"])
def test_signs_can_be_said_of_anything_real(text: str) -> None:
    assert declared(text).properties


def test_sizes_are_compared_as_polynomials() -> None:
    assert declared("matrix(2 * n, n + n) symmetric").properties == {"symmetric"}


def test_dependence_keeps_the_order_written() -> None:
    assert declared("matrix(n, n) invertible of Y, x").of == ("Y", "x")


def test_every_type_is_documented() -> None:
    assert all(row.doc and row.form.startswith(row.kind) for row in TYPES.values())
    assert all(doc for _, doc in PROPERTIES.values())


FAULTS = (
    ("matirx(n, n)", "matirx", "matirx is no type; did you mean matrix?"),
    ("Matrix", "Matrix", "Matrix is no type; did you mean matrix(m, n)?"),
    ("tensor(n)", "tensor", "tensor is no type; did you mean matrix(m, n)?"),
    ("real", "real", "real is no type; did you mean scalar?"),
    ("int", "int", "int is no type; did you mean integer?"),
    ("foo", "foo", "foo is no type; write one of scalar, vector(n), matrix(m, n), integer, index(n), function"),
    (
        "symmetric matrix(n, n)",
        "symmetric",
        "symmetric is a property, and the type comes first; write matrix(n, n) symmetric",
    ),
    (
        "(n, n)",
        "(",
        "a declaration starts with a type, not (; "
        "write one of scalar, vector(n), matrix(m, n), integer, index(n), function",
    ),
    ("", "", "the declaration is empty; write one of scalar, vector(n), matrix(m, n), integer, index(n), function"),
    ("matrix(n)", "(n)", "matrix takes 2 sizes, not 1; write matrix(n, n) for a square matrix, vector(n) for a column"),
    ("matrix(n, n, n)", "(n, n, n)", "matrix takes 2 sizes, not 3; write matrix(m, n)"),
    ("matrix n n", "matrix", "matrix needs 2 sizes; write matrix(m, n)"),
    ("matrix[n, n]", "matrix", "matrix needs 2 sizes; write matrix(m, n)"),
    ("matrix(n × n)", " × ", "sizes are separated by a comma; write matrix(m, n)"),
    ("matrix(n x n)", " x ", "sizes are separated by a comma; write matrix(m, n)"),
    ("matrix(n, n", "(", "this ( is never closed; add a )"),
    ("vector", "vector", "vector needs 1 size; write vector(n)"),
    ("vector(m, n)", "(m, n)", "vector takes 1 size, not 2; write matrix(m, n)"),
    ("vector(0)", "0", "a size is 0; a size is a positive integer"),
    ("vector(n - 1)", "n - 1", "a size has no minus; name the smaller size n and the larger n + k"),
    ("vector(n / 2)", "n / 2", "a size is made of names and integers; write sums and products of them"),
    ("vector(1.5)", "1.5", "a size is a whole number, and 1.5 is none; write an integer"),
    (
        "vector(n ** 20)",
        "20",
        "a size has an exponent other than 1 to 9; write a product, or give the power a name of its own",
    ),
    ("vector(2n)", "2n", "2n has no operator between 2 and n; write 2 * n"),
    ("vector(s)", "s", "s is a size here, and declared as scalar; rename one of the two"),
    ("vector(A)", "A", "A is a size here, and declared as vector; rename one of the two"),
    ("vector(pi)", "pi", "pi is a number and no size; choose another name"),
    ("vector(lambda)", "lambda", "lambda is reserved by the syntax; call it lam"),
    (
        "vector((a + 1) * (b + 1) * (c + 1) * (d + 1) * (e + 1) * (g + 1) * (h + 1))",
        "(a + 1) * (b + 1) * (c + 1) * (d + 1) * (e + 1) * (g + 1) * (h + 1)",
        "a size grows beyond 64 terms or 50 digits; give it a name of its own in where",
    ),
    ("scalar(n)", "(n)", "scalar takes no size; write vector(n)"),
    ("scalar(m, n)", "(m, n)", "scalar takes no size; write matrix(m, n)"),
    ("integer(n)", "(n)", "integer takes no size; write index(n) for an index in 1..n"),
    ("index", "index", "index needs 1 size; write index(n)"),
    ("function(x)", "(x)", "function takes no size; write function"),
    ("matrix(n, n) symetric", "symetric", "symetric is no property; did you mean symmetric?"),
    (
        "matrix(n, n) nice",
        "nice",
        "nice is no property; "
        "write one of symmetric, skew, diagonal, orthogonal, lower, upper, invertible, psd, pd, positive, nonzero",
    ),
    ("matrix(m, n) symmetric", "symmetric", "symmetric needs a square matrix, and A is m×n; write matrix(m, m)"),
    ("matrix(n, n) pd pd", "pd", "pd is said twice; remove one"),
    ("matrix(n, n) pd, lower", ",", "a comma stands between properties; separate them by spaces"),
    ("matrix(n, n), pd", ",", "a comma stands between properties; separate them by spaces"),
    (
        "vector(n) symmetric",
        "symmetric",
        "symmetric is said of square matrices, not of a vector; remove symmetric, or write matrix(n, n)",
    ),
    (
        "scalar invertible",
        "invertible",
        "invertible is said of square matrices, not of a scalar; remove invertible, or write matrix(n, n)",
    ),
    ("integer positive", "positive", "integer takes no properties; write k + 1 where it must be positive"),
    ("function positive", "positive", "function takes no properties; remove positive"),
    ("function of x", "x", "function cannot depend on variables; write scalar of x for an arbitrary function of x"),
    ("integer of x", "x", "integer cannot depend on variables; remove it"),
    ("matrix(n, n) of", "of", "of needs the name of a variable; write of x, or of x, Y"),
    ("matrix(n, n) of x,", ",", "of needs the name of a variable; write of x, or of x, Y"),
    ("matrix(n, n) of x x", "x", "x stands behind the names of variables; separate the names by commas"),
    ("matrix(n, n) of 3", "3", "of needs the name of a variable; write of x, or of x, Y"),
    ("matrix(n, n) of x pd", "pd", "the property pd stands behind of; write pd before of"),
    ("matrix(n, n) of A", "A", "A is declared as a function of itself; remove A"),
    ("matrix(n, n) of x, x", "x", "x is named twice; remove one"),
    ("matrix(n, n) of q", "q", "q is not declared; add q to where"),
    ("matrix(n, n) of k", "k", "k is declared as integer, and nothing can be a function of it; declare k as scalar"),
    ("matrix(n, n) of f", "f", "f is declared as function, and nothing can be a function of it; declare f as scalar"),
    (
        "matrix(n, n) = 3",
        "=",
        "= has no meaning behind the type; write properties separated by spaces, or of and names",
    ),
    ("vector(n)(m)", "(", "( has no meaning behind the type; write properties separated by spaces, or of and names"),
)


@pytest.mark.parametrize(("text", "marked", "line"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_faulty_declaration_is_named_at_its_place(text: str, marked: str, line: str) -> None:
    assert declaration_faults(text) == [(marked, line)]


def test_all_faulty_properties_are_named() -> None:
    assert [marked for marked, _ in declaration_faults("matrix(m, n) symetric pd skew good")] == ["symetric", "good"]
    assert [marked for marked, _ in declaration_faults("matrix(m, n) symmetric positive pd")] == ["symmetric", "pd"]


def test_all_faulty_declarations_are_named() -> None:
    where = {"A": "matirx(n, n)", "B": "matrix(n)", "C": "matrix(n, n) symetric", "x": "vector(n)"}
    assert [fault.origin for fault in faults_of("x == x", where)] == ["where.A", "where.B", "where.C"]
