"""Rules of the pseudo-inverse: what is proved of it, what is refused, and what Penrose's equations determine."""

import pytest

from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.terms import Opaque, Term
from matcalc.kernel import Derivation, Goal, Refused, Rewrite, replay
from matcalc.kernel.definedness import with_definedness
from matcalc.kernel.replay import penrose_equations
from matcalc.prover import Unproved, prove
from tests.claims import Case, params
from tests.kernel.sites import B0, FACTS, S0, S1, M, N, Site, entries, factor, symbol, term
from tests.proofs import theorem_of

WHERE = {
    "A": "matrix(m, n)",
    "B": "matrix(n, p)",
    "C": "matrix(p, q)",
    "T": "matrix(n + p, n)",
    "S": "matrix(n, n) symmetric",
    "Q": "matrix(m, m) orthogonal",
    "O": "matrix(n, n) orthogonal",
    "V": "matrix(n, n) invertible",
    "x": "vector(n)",
    "y": "vector(m)",
    "s": "scalar",
    "w": "scalar nonzero",
    "G": "matrix(n, m)",
}


def cases(*texts: str) -> tuple[Case, ...]:
    """Claims under the declarations above."""
    return tuple(Case(text, WHERE, shared=False) for text in texts)


TRUE = cases(
    "A @ pinv(A) @ A == A",
    "(pinv(A) @ A).T == pinv(A) @ A",
    "(eye(m) - A @ pinv(A)) @ (eye(m) - A @ pinv(A)) == eye(m) - A @ pinv(A)",
    "pinv(A + A) @ (A + A) == pinv(A) @ A",
    "(A + y @ x.T) @ pinv(A + y @ x.T) @ (A + y @ x.T) == A + y @ x.T",
    "A.T @ A @ pinv(A) == A.T",
    "pinv(A.T) == pinv(A).T",
    "pinv(pinv(A)) == A",
    "pinv(w * A) == pinv(A) / w",
    "pinv(s * A) == pinv(A) / s",
    "pinv(A.T @ A) == pinv(A) @ pinv(A).T",
    "pinv(A @ A.T @ A) == pinv(A) @ pinv(A).T @ pinv(A)",
    "A @ pinv(A.T @ A) @ A.T == A @ pinv(A)",
    "pinv(Q @ A @ O.T) == O @ pinv(A) @ Q.T",
    "pinv(A @ B) == B.T @ inv(B @ B.T) @ inv(A.T @ A) @ A.T",
    "pinv(kron(A, C)) == kron(pinv(A), pinv(C))",
    "S @ pinv(S) == pinv(S) @ S",
    "pinv(V) == inv(V)",
    "pinv(x) == x.T / norm(x)**2",
    "pinv(y @ x.T) == x @ y.T / (norm(x)**2 * norm(y)**2)",
    "pinv(zeros(m, n)) == zeros(n, m)",
    "pinv(A @ pinv(A)) == A @ pinv(A)",
    "D(trace(A @ pinv(A)), A) == zeros(m, n)",
    "d(A @ pinv(A)) == (eye(m) - A @ pinv(A)) @ dA @ pinv(A) + ((eye(m) - A @ pinv(A)) @ dA @ pinv(A)).T",
    "d(pinv(T)) == -pinv(T) @ dT @ pinv(T) + pinv(T) @ pinv(T).T @ dT.T @ (eye(n + p) - T @ pinv(T))",
    "D(pinv(s * A), s) == -pinv(A) / s**2",
)


@pytest.mark.parametrize("true", params(TRUE))
def test_an_identity_of_pseudo_inverses_is_proved(true: Case) -> None:
    theorem_of(true)


DETERMINED = cases(
    "pinv(A @ inv(A.T @ A) @ A.T) == A @ inv(A.T @ A) @ A.T",
    "pinv(kron(A, y)) == kron(pinv(A), y.T / (y.T @ y))",
    "pinv(O @ (eye(n) - x @ x.T / (x.T @ x))) == (eye(n) - x @ x.T / (x.T @ x)) @ O.T",
)


@pytest.mark.parametrize("determined", params(DETERMINED))
def test_a_pseudo_inverse_is_determined_by_the_four_equations(determined: Case) -> None:
    assert len(theorem_of(determined).derivation.penrose) == 4


FALSE = cases(
    "A @ pinv(A) == eye(m)",
    "pinv(A) @ A @ x == x",
    "pinv(A @ B) == pinv(B) @ pinv(A)",
    "s * pinv(s * A) == pinv(A)",
    "pinv(x) @ x == 1",
    "norm(pinv(x)) * norm(x) == 1",
    "pinv(A + y @ x.T) == pinv(A) + pinv(y @ x.T)",
    "pinv(x @ x.T) == x @ x.T / norm(x)**2",
    "d(pinv(A)) == -pinv(A) @ dA @ pinv(A)",
    "d(pinv(A)) == -pinv(A) @ dA @ pinv(A) + pinv(A) @ pinv(A).T @ dA.T @ (eye(m) - A @ pinv(A))",
    "d(pinv(T)) == -pinv(T) @ dT @ pinv(T) + (eye(n) - pinv(T) @ T) @ dT.T @ pinv(T).T @ pinv(T)",
    "pinv(T) @ T == eye(n)",
)


@pytest.mark.parametrize("false", params(FALSE))
def test_what_fails_somewhere_is_not_proved(false: Case) -> None:
    assert isinstance(prove(false.claim(), seconds=3.0), Unproved)


A, P = symbol("A", S0, S1), Opaque("pinv", (entries(term(symbol("A", S0, S1)), slots=(M, N)),))


def at_pseudo_inverse(rule: str, *arguments: object, body: Term | None = None, reason: str) -> Site:
    """The rule at (A)⁺, or at the pseudo-inverse of another matrix, with its reason for refusing."""
    head = P if body is None else Opaque("pinv", (entries(body, slots=(M, N)),))
    return Site(entries(term(factor(head, S0, S1)), slots=(N, M)), Rewrite(rule, 0, 0, arguments), reason)


NOT_NONZERO = "nothing says that the scalar is not zero"
PRODUCT = term(symbol("A", S0, B0), symbol("X", B0, S1), sums=(N,))
REFUSED = {
    "full rank": at_pseudo_inverse("pseudo-inverse of full rank", True, reason="nothing says that the rank is full"),
    "an inverse": at_pseudo_inverse(
        "pseudo-inverse of an invertible matrix", reason="nothing says that the matrix is invertible"
    ),
    "a scalar that may be zero": at_pseudo_inverse(
        "pseudo-inverse of a multiple", (0,), body=term(symbol("s"), A), reason=NOT_NONZERO
    ),
    "a scalar that is none": at_pseudo_inverse(
        "pseudo-inverse of a multiple", (0,), body=term(A, symbol("x", S1)), reason=NOT_NONZERO
    ),
    "the reversed order": at_pseudo_inverse(
        "pseudo-inverse of a product", (0,), B0, body=PRODUCT, reason="nothing says that the order is reversed"
    ),
    "a vector that may be zero": at_pseudo_inverse(
        "pseudo-inverse of an outer product",
        (0,),
        body=term(symbol("a", S0), symbol("x", S1)),
        reason="nothing says that the vector is not zero",
    ),
    "a matrix as an outer product": at_pseudo_inverse(
        "pseudo-inverse of an outer product", (0,), reason="the parts share an index"
    ),
    "the matrix on the wrong side": Site(
        entries(term(factor(P, B0, S0), symbol("A", S1, B0), sums=(N,)), slots=(M, M)),
        Rewrite("projector on the range", 0, 0, ("right", 0, (0, 1), (S0, S1), (B0,))),
        "sizes differ",
    ),
    "a transposed matrix": Site(
        entries(term(factor(P, S0, B0), symbol("A", S1, B0), sums=(N,)), slots=(N, M)),
        Rewrite("projector on the range", 0, 0, ("right", 0, (0, 1), (S0, S1), (B0,))),
        "sizes differ",
    ),
}


@pytest.mark.parametrize("site", REFUSED.values(), ids=REFUSED.keys())
def test_a_site_that_does_not_fit_is_refused(site: Site) -> None:
    site.check_refused()


def test_the_four_equations_need_a_pseudo_inverse_alone() -> None:
    side = entries(term(factor(P, S0, S1), c=2), slots=(N, M))
    with pytest.raises(Refused, match="neither side is a pseudo-inverse alone"):
        penrose_equations(Goal((side, side), FACTS))


def test_three_equations_are_not_enough() -> None:
    theorem = theorem_of(DETERMINED[0])
    some = Derivation((), penrose=theorem.derivation.penrose[:3])
    with pytest.raises(Refused, match="four equations are wanted"):
        replay(theorem.goal, some)


FULL_RANK = {"d(pinv(T)) + dT.T": True, "D(pinv(T), T)": True, "D(pinv(T), T[1, 1])": False, "pinv(T)": False}


@pytest.mark.parametrize(("text", "full"), FULL_RANK.items())
def test_a_derivative_by_every_entry_makes_the_rank_full(text: str, full: bool) -> None:
    claim = Case(f"{text} == {text}", WHERE, shared=False).claim()
    known = with_definedness(facts_of(claim.scope), [side.entries for side in lower_claim(claim)])
    assert bool(known.invertible) == full
