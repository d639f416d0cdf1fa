"""The scope of a claim: which names are sizes, what the ring holds, and which names clash."""

import pytest

from matcalc.language import parse_claim
from matcalc.language.nodes import Parameter, TotalDifferential
from matcalc.language.scopes import MAX_NAMES
from matcalc.language.sizes import SPARE_GENERATORS
from tests.language.reading import faults_of, marked_faults

SIZES: tuple[tuple[str, dict[str, str], tuple[str, ...]], ...] = (
    ("1 == 1", {"A": "matrix(n, m)", "x": "vector(p + n)", "i": "index(q)"}, ("n", "m", "p", "q")),
    ("trace(eye(n)) == n", {}, ("n",)),
    ("zeros(a, b) == ones(a, c) @ ones(c, b)", {}, ("a", "b", "c")),
    ("eye(m + n) @ x == x", {"x": "vector(n + m)"}, ("n", "m")),
    ("basis(i, n) == basis(i, n)", {"i": "index(n)"}, ("n",)),
    ("eye(k) == eye(k)", {"k": "integer"}, ("k",)),
    ("k == k", {"k": "integer", "c": "vector(k)"}, ("k",)),
    ("commutation(2, r) == commutation(2, r)", {}, ("r",)),
)


@pytest.mark.parametrize(("claim", "where", "sizes"), SIZES, ids=[row[0] for row in SIZES])
def test_sizes_are_named_in_the_order_of_the_text(claim: str, where: dict[str, str], sizes: tuple[str, ...]) -> None:
    assert parse_claim(claim, where).scope.sizes == sizes


def test_the_ring_has_sizes_then_integers_indices_and_summation_variables_then_spare_ones() -> None:
    where = {"i": "index(m)", "p": "integer", "X": "matrix(n, m)", "j": "index(n)"}
    scope = parse_claim("Sum(X[i, j], s, 1, n) == Sum(p, r, 0, 1)", where).scope
    names = [str(symbol) for symbol in scope.ring.symbols]
    assert names[:-SPARE_GENERATORS] == ["m", "n", "p", "i", "j", "s", "r"]
    assert not any(name.isidentifier() for name in names[-SPARE_GENERATORS:])


def test_a_size_used_as_a_value_is_a_scalar_parameter() -> None:
    side = parse_claim("n == n", {"x": "vector(n)"}).sides[0]
    assert isinstance(side, Parameter)
    assert side.shape.is_scalar


def test_declared_names_win_over_differentials() -> None:
    claim = parse_claim("dx == x", {"x": "vector(n)", "dx": "vector(n) positive"})
    assert claim.scope["dx"].properties == {"positive"}


def test_a_differential_may_be_declared_where_it_agrees() -> None:
    claim = parse_claim("d(X) == dX", {"X": "matrix(n, n) symmetric", "dX": "matrix(n, n)"})
    assert list(claim.scope.declarations) == ["X"]


@pytest.mark.parametrize("text", ["matrix(n, m)", "matrix(n, n) symmetric", "matrix(n, n) of X", "vector(n)"])
def test_a_differential_declared_otherwise_is_a_fault(text: str) -> None:
    line = "dX is the differential of X here, and is declared otherwise; remove the declaration of dX, or rename it"
    assert marked_faults("d(X) == X", {"X": "matrix(n, n)", "dX": text}) == [(text, line)]


VARYING = (
    ("d(X @ Y) == X @ dY + dX @ Y", ("X", "Y")),
    ("d(Y @ X) == dY @ X", ("Y",)),
    ("d(X) == zeros(n, n)", ()),
    ("d(det(X)) == 0", ()),
    ("d(X) == Sum(dY, dX, 1, n)", ("Y",)),
)


@pytest.mark.parametrize(("claim", "varying"), VARYING, ids=[row[0] for row in VARYING])
def test_a_symbol_varies_where_its_differential_occurs(claim: str, varying: tuple[str, ...]) -> None:
    where = {"X": "matrix(n, n)", "Y": "matrix(n, n)", "et": "scalar"}
    side = parse_claim(claim, where).sides[0]
    assert isinstance(side, TotalDifferential)
    assert side.varying == varying


def test_a_declared_name_may_be_that_of_a_function_which_is_not_called() -> None:
    assert not faults_of("d + det * sum == trace", dict.fromkeys(("d", "det", "sum", "trace"), "scalar"))


@pytest.mark.parametrize(
    ("name", "claim"), [("det", "det(X) == 1"), ("d", "d(X) == X"), ("Sum", "Sum(X, r, 1, 2) == X")]
)
@pytest.mark.parametrize("text", ["scalar", "function"])
def test_a_declared_name_and_a_called_function_clash(name: str, claim: str, text: str) -> None:
    line = f"{name} is declared in where, and is a function of the language too; rename the declared {name}"
    assert marked_faults(claim, {name: text, "X": "matrix(2, 2)"}) == [(name, line)]


BAD_NAMES = (
    ("lambda", "lambda is reserved by the syntax; call it lam"),
    ("pi", "pi is the number and cannot be declared; choose another name"),
    ("a b", "a b is no name; names are made of a-z, A-Z, 0-9 and _"),
    ("2x", "2x is no name: 2x has no operator between 2 and x; names are made of a-z, A-Z, 0-9 and _"),
    ("α", "α is no name: α is not a letter of the language; names are made of a-z, A-Z, 0-9 and _"),
    ("", "a name is empty; names are made of a-z, A-Z, 0-9 and _"),
    ("x" * 65, "a name has more than 64 characters; shorten it"),
)


@pytest.mark.parametrize(("name", "line"), BAD_NAMES, ids=[row[0][:10] for row in BAD_NAMES])
def test_a_name_that_is_none_is_a_fault_of_its_declaration(name: str, line: str) -> None:
    (fault,) = faults_of("1 == 1", {name: "scalar"})
    assert (fault.origin, fault.headline()) == (f"where.{name}", line)


CLASHES = (
    ({"n": "scalar", "x": "vector(n)"}, "n is a size here, and declared as scalar; rename one of the two"),
    ({"n": "index(m)", "x": "vector(n)"}, "n is a size here, and declared as index; rename one of the two"),
    ({"n": "function", "x": "vector(n + 1)"}, "n is a size here, and declared as function; rename one of the two"),
)


@pytest.mark.parametrize(("where", "line"), CLASHES, ids=[row[0]["n"] for row in CLASHES])
def test_a_name_cannot_be_a_size_and_a_symbol(where: dict[str, str], line: str) -> None:
    (fault,) = faults_of("1 == 1", where)
    assert (fault.origin, fault.headline()) == ("where.x", line)


def test_too_many_names_are_refused() -> None:
    many = {f"x{number}": f"vector(n{number})" for number in range(MAX_NAMES + 1)}
    assert [fault.what for fault in faults_of("1 == 1", many)] == [f"where declares more than {MAX_NAMES} names"]
    wide = {f"x{number}": f"matrix(m{number}, n{number})" for number in range(MAX_NAMES // 2 + 1)}
    assert [fault.what for fault in faults_of("1 == 1", wide)] == [
        f"the claim has more than {MAX_NAMES} sizes, integers and indices"
    ]
