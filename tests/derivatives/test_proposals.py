"""Derivatives as matrix expressions: what is proposed is short, conventional, and proved."""

from collections.abc import Mapping

import pytest

from matcalc.catalogue import Identity, select
from matcalc.derivatives.proposals import derivative_of
from matcalc.derivatives.pullbacks import NoRuleError
from matcalc.language import parse_claim, to_text
from matcalc.language.nodes import Derivative, Layout
from matcalc.prover import Proved, prove
from matcalc.verify import parse

WHERE: Mapping[str, str] = {
    "x": "vector(n)",
    "y": "vector(n)",
    "a": "vector(n)",
    "b": "vector(m)",
    "z": "vector(3)",
    "A": "matrix(m, n)",
    "B": "matrix(n, n)",
    "X": "matrix(n, n)",
    "S": "matrix(n, n) symmetric",
    "E": "matrix(n, n) diagonal",
    "L": "matrix(n, n) lower",
    "W": "matrix(m, n)",
    "s": "scalar",
    "t": "scalar positive",
    "u": "vector(m) of x",
    "g": "scalar of u",
    "U": "matrix(n, n) of s",
    "V": "matrix(n, n) of X",
    "f": "function",
    "i": "index(n)",
    "j": "index(n)",
    "k": "integer",
}

SHOWN: tuple[tuple[str, str], ...] = (
    ("D(x.T @ X @ x, x)", "(X + X.T) @ x"),
    ("D(x.T @ S @ x, x)", "2 * S @ x"),
    ("D(norm(A @ x - b)**2, x)", "2 * A.T @ (A @ x - b)"),
    ("D(norm(A @ x - b), x)", "A.T @ (A @ x - b) / norm(A @ x - b)"),
    ("D(norm(A @ X - A)**2 / 2 + s * norm(X)**2, X)", "A.T @ (A @ X - A) + 2 * s * X"),
    ("D(trace(B @ X @ B), X)", "B.T @ B.T"),
    ("D(trace(inv(X) @ B), X)", "-inv(X).T @ B.T @ inv(X).T"),
    ("D(logdet(X), X)", "inv(X).T"),
    ("D(logdet(S), S)", "2 * inv(S) - inv(S) * eye(n)"),
    ("D(det(X)**2, X)", "2 * det(X) ** 2 * inv(X).T"),
    ("D(trace(E @ E), E)", "2 * E * eye(n)"),
    ("D(trace(matrix_power(X, 3)), X)", "3 * matrix_power(X, 2).T"),
    ("D(trace(expm(X)), X)", "expm(X).T"),
    ("D(logsumexp(A @ x), x)", "A.T @ softmax(A @ x)"),
    ("D(sum(log(1 + exp(A @ x))), x)", "A.T @ sigmoid(A @ x)"),
    ("D(sum(tanh(W @ x) * b), W)", "b * (1 - tanh(W @ x) ** 2) @ x.T"),
    ("D(dot(softmax(x), a), x)", "softmax(x) * (a - a.T @ softmax(x))"),
    ("D(sum(x**4)**(1/4), x)", "x ** 3 / sum(x ** 4) ** 0.75"),
    ("D(sum(f(A @ x)), x)", "A.T @ f.prime(A @ x)"),
    ("D(z[1] * z[2], z)", "z[2] * basis(1, 3) + z[1] * basis(2, 3)"),
    ("D(trace(X @ B), X[i, j])", "B[j, i]"),
    ("D(g, x)", "D(u, x) @ D(g, u)"),
    ("D(inv(U), s).T", "-inv(U) @ D(U, s).T @ inv(U)"),
    ("grad(detach(dot(x, x)) * dot(a, x), x)", "dot(x, x) * a"),
    ("grad(norm(A - A), x)", "zeros(n)"),
    ("jacobian(A @ x, x)", "A"),
    ("jacobian(softmax(x), x)", "diag(softmax(x)) - softmax(x) @ softmax(x).T"),
    ("jacobian(tanh(A @ x) * b, x)", "diag((1 - tanh(A @ x) ** 2) * b) @ A"),
    ("jacobian(x * dot(a, x), x)", "dot(a, x) * eye(n) + x @ a.T"),
    ("jacobian(A @ diag(x) @ y, x)", "A @ diag(y)"),
    ("jacobian(A @ X @ B, X)", "kron(B.T, A)"),
    ("jacobian(X.T, X)", "commutation(n, n)"),
    ("jacobian(trace(B @ X), X)", "vec(B.T).T"),
    ("hessian(x.T @ X @ x, x)", "X + X.T"),
    ("hessian(logsumexp(x), x)", "diag(softmax(x)) - softmax(x) @ softmax(x).T"),
    ("hessian(norm(x), x)", "eye(n) / norm(x) - x @ x.T / norm(x) ** 3"),
    ("hessian(exp(-x.T @ S @ x / 2), x)", "exp(-x.T @ S @ x / 2) * (S @ x @ x.T @ S - S)"),
    ("vjp(X @ x, x, y)", "X.T @ y"),
    ("D(Sum(x[r] * X, r, 1, n) @ y, y)", "Sum(x[r] * X.T, r, 1, n)"),
    ("D(log(det(inv(X))), X)", "-inv(X).T"),
    ("D(trace(inv(X) @ X), X)", "zeros(n, n)"),
    ("D(expm(s * X), s).T", "X @ expm(s * X)"),
    ("D(trace(expm(X / t)), t)", "-trace(expm(X / t) @ X) / t ** 2"),
)


def value(text: str, layout: Layout = "denominator") -> str:
    """What is proposed for a derivative."""
    claim = parse_claim(f"{text} == 0", WHERE, layout)
    return to_text(derivative_of(claim.sides[0], claim.scope))


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_a_derivative_is_written_as_people_write_it(text: str, expected: str) -> None:
    assert value(text) == expected
    assert isinstance(prove(parse_claim(f"{text} == {expected}", WHERE, "denominator")), Proved)


LAYOUTS: tuple[tuple[str, Layout, str], ...] = (
    ("D(x.T @ X @ x, x)", "mixed", "(X + X.T) @ x"),
    ("D(x.T @ X @ x, x)", "numerator", "x.T @ (X + X.T)"),
    ("D(A @ x, x)", "mixed", "A"),
    ("D(A @ x, x)", "numerator", "A"),
    ("D(A @ x, x)", "denominator", "A.T"),
    ("D(s * A, s)", "mixed", "A"),
    ("D(s * A, s)", "denominator", "A.T"),
    ("D(logdet(X), X)", "numerator", "inv(X)"),
)


@pytest.mark.parametrize(("text", "layout", "expected"), LAYOUTS)
def test_a_derivative_has_the_layout_of_the_claim(text: str, layout: Layout, expected: str) -> None:
    assert value(text, layout) == expected
    assert isinstance(prove(parse_claim(f"{text} == {expected}", WHERE, layout)), Proved)


OUT_OF_REACH = {
    "D(trace(pinv(X)), X)": "pinv",
    "D(trace(V), X)": "V, a function of X",
    "D(trace(L @ B), L)": "a variable of this structure",
    "d(X @ X)": "a differential",
    "jvp(X @ x, x, y)": "jvp",
}


@pytest.mark.parametrize(("text", "reason"), OUT_OF_REACH.items())
def test_what_has_no_rule_says_so(text: str, reason: str) -> None:
    with pytest.raises(NoRuleError, match=reason):
        value(text + (" + 0 * dX" if text.startswith("d(") else ""))


def stated() -> list[Identity]:
    """A tenth of the identities of the catalogue that state a derivative."""
    names = ("D(", "grad(", "jacobian(", "hessian(")
    found = [i for i in select(["all"]).identities if i.expect == "proved" and i.claim.startswith(names)]
    return found[::20]


@pytest.mark.parametrize("identity", stated(), ids=lambda identity: identity.name)
def test_what_is_proposed_for_an_identity_of_the_catalogue_is_proved(identity: Identity) -> None:
    claim = parse(identity)
    left = claim.sides[0]
    if not isinstance(left, Derivative):
        pytest.skip("more than a derivative")
    try:
        text = to_text(derivative_of(left, claim.scope))
    except NoRuleError:
        pytest.skip("no rule")
    assert isinstance(prove(parse_claim(f"{to_text(left)} == {text}", identity.where, identity.layout)), Proved)
