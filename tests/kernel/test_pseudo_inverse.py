"""Rules of the pseudo-inverse: what is proved of it, what is refused, and what Penrose's equations determine."""

import pytest

from matcalc.components.facts import facts_of
from matcalc.components.lowering import lower_claim
from matcalc.components.terms import Entries, Factor, Opaque, Partial, Slot, Term
from matcalc.kernel import Derivation, Goal, Refused, Rewrite, replay
from matcalc.kernel.definedness import with_definedness
from matcalc.kernel.replay import penrose_equations
from matcalc.prover import Unproved, prove
from tests.claims import Case, params
from tests.kernel.sites import B0, B1, FACTS, S0, S1, M, N, Site, entries, factor, function, matrix, symbol, term, use
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


PINV, FULL, INVERTIBLE = "pseudo-inverse of a", "pseudo-inverse of full rank", "pseudo-inverse of an invertible matrix"
TWICE, MULTIPLE, OUTER = f"{PINV} pseudo-inverse", f"{PINV} multiple", f"{PINV}n outer product"
PRODUCT_RULE, DIFFERENTIAL = f"{PINV} product", "differential of a pseudo-inverse"
ABSORBED, ON_RANGE = "absorbed by a projector", "projector on the range"
NONE, ALONE, SINGLE = "no pseudo-inverse here", "not a pseudo-inverse alone", "not a matrix of single indices"
POWER_OF_ENTRY, SHARED = "a power of an entry", "the parts share another index"
s, w, a = symbol("s"), symbol("w"), symbol("a", S0)
PROJECTOR = Opaque("projector", P.bodies)
INNER = factor(P, S0, S1)
VECTOR = factor(Opaque("pinv", (entries(term(symbol("x", S0)), slots=(N,)),)), S0)
LONG = entries(term(symbol("A", S0, Slot(2)), symbol("x", S1)), slots=(M, N, N))
OF_LONG = factor(Opaque("pinv", (LONG,)), Slot(2), S0, S1)


def square_of(rule: str, *arguments: object) -> Site:
    """A rule at the square of an entry of A⁺."""
    return use(rule, factor(P, S0, S1, power=2), slots=(N, M), arguments=arguments, reason=POWER_OF_ENTRY)


def of_vector(rule: str, *arguments: object, reason: str) -> Site:
    return use(rule, VECTOR, slots=(N,), arguments=arguments, reason=reason)


def of_body(rule: str, *arguments: object, body: Entries, reason: str) -> Site:
    head = factor(Opaque("pinv", (body,)), S0, S1)
    return use(rule, head, slots=body.slots[::-1], arguments=arguments, reason=reason)


def of_product(
    *factors: Factor, sums: int = 2, joint: object = B0, places: tuple[int, ...] = (0,), reason: str
) -> Site:
    body = entries(term(*factors, sums=(N,) * sums), slots=(M, N))
    return of_body(PRODUCT_RULE, places, joint, body=body, reason=reason)


def derivative(function: Factor, reason: str) -> Site:
    indices = tuple(Slot(k) for k in range(len(function.indices)))
    slots = (N,) * len(indices)
    head = factor(Partial(entries(term(function), slots=slots), "s"), *indices)
    return use(DIFFERENTIAL, head, slots=slots, reason=reason)


OF_X = term(symbol("X", S0, S1))
ADJUGATE, INVERSE = (factor(matrix(name, OF_X), S0, S1) for name in ("adjugate", "inv"))
LEFT, RIGHT = symbol("A", S0, B0), symbol("X", B0, S1)
INVERSE_OF_TWICE = entries(term(INNER, c=2), slots=(N, M))
TWO_TERMS = entries(term(A), term(a, symbol("x", S1)), slots=(M, N))
CONDITIONS = {
    "the square of an entry of a multiple": square_of(MULTIPLE, ()),
    "the square of an entry of full rank": square_of(FULL, True),
    "the square of an entry of an inverse": square_of(INVERTIBLE),
    "a vector of full rank": of_vector(FULL, True, reason=SINGLE),
    "the pseudo-inverse of the pseudo-inverse of a vector": of_vector(TWICE, reason=SINGLE),
    "a symbol of full rank": use(FULL, s, arguments=(True,), reason=NONE),
    "a symbol as a pseudo-inverse": use(INVERTIBLE, s, reason=NONE),
    "a symbol as an outer product": use(OUTER, s, arguments=((),), reason=NONE),
    "the pseudo-inverse of two factors": of_body(TWICE, body=entries(term(INNER, s), slots=(N, M)), reason=ALONE),
    "the pseudo-inverse of twice a pseudo-inverse": of_body(TWICE, body=INVERSE_OF_TWICE, reason=ALONE),
    "the pseudo-inverse of a symbol": of_body(TWICE, body=entries(term(A), slots=(M, N)), reason=ALONE),
    "the pseudo-inverse of an adjugate": of_body(
        TWICE,
        body=entries(term(factor(matrix("adjugate", term(symbol("X", S0, S1))), S0, S1)), slots=(N, N)),
        reason=ALONE,
    ),
    "a multiple of a sum": of_body(MULTIPLE, (), body=TWO_TERMS, reason="a sum of terms"),
    "once a matrix": of_body(MULTIPLE, (), body=entries(term(A), slots=(M, N)), reason="nothing comes out"),
    "a sum as an outer product": of_body(OUTER, (0,), body=TWO_TERMS, reason="not an outer product"),
    "three axes as an outer product": use(
        OUTER, OF_LONG, slots=(N, M, N), arguments=((0,),), reason="not an outer product"
    ),
    "a scalar and a sum that counts": use(
        OUTER,
        factor(Opaque("pinv", (entries(term(w, sums=(N,))),))),
        arguments=((0,),),
        reason="the parts share an index",
    ),
    "a sum as a product": of_body(PRODUCT_RULE, (0,), B0, body=TWO_TERMS, reason="a sum of terms"),
    "a joint that is not there": of_product(LEFT, RIGHT, sums=1, joint=B1, reason="no such index"),
    "a slot as a joint": of_product(LEFT, RIGHT, sums=1, joint=S0, reason="no such index"),
    "a product joined twice": of_product(LEFT, symbol("x", B1), RIGHT, symbol("y", B1), places=(0, 1), reason=SHARED),
    "a sum that counts": of_product(LEFT, RIGHT, reason=SHARED),
    "a product without its rows": of_product(
        LEFT, RIGHT, sums=1, places=(1,), reason="the parts do not separate the slots"
    ),
    "a product with its columns on both sides": of_product(
        LEFT, symbol("x", S1), RIGHT, sums=1, places=(0, 1), reason="the parts do not separate the slots"
    ),
    "a matrix above its pseudo-inverse": use(
        ON_RANGE,
        factor(P, S0, B0),
        symbol("A", B0, S1),
        sums=(M,),
        slots=(N, N),
        arguments=("above", 0, (0, 1), (S0, S1), (B0,)),
        reason="neither side",
    ),
    "a symbol as a projector": use(ABSORBED, s, arguments=(None, 0, (0,), (S0, S1), (B0,)), reason="no projector here"),
    "a symbol that a projector absorbs": use(
        ABSORBED,
        factor(PROJECTOR, S0, S1),
        slots=(M, M),
        arguments=(s.head, 0, (0,), (S0, S1), (B0,)),
        reason="nothing that a projector absorbs",
    ),
    "an inverse that a projector absorbs": use(
        ABSORBED,
        factor(PROJECTOR, S0, S1),
        slots=(M, M),
        arguments=(INVERSE.head, 0, (0,), (S0, S1), (B0,)),
        reason="nothing that a projector absorbs",
    ),
    "the derivative of a symbol": derivative(s, "not a pseudo-inverse or a projector"),
    "the derivative of a square of entries": derivative(
        factor(P, S0, S1, power=2), "not a pseudo-inverse or a projector"
    ),
    "the derivative of an inverse": derivative(INVERSE, "not a pseudo-inverse or a projector"),
    "the derivative of a vector's pseudo-inverse": derivative(VECTOR, SINGLE),
    "an inverse as a pseudo-inverse": use(MULTIPLE, INVERSE, slots=(N, N), arguments=((),), reason=NONE),
    "an inverse of full rank": use(FULL, INVERSE, slots=(N, N), arguments=(True,), reason=NONE),
    "an inverse of an invertible matrix": use(INVERTIBLE, INVERSE, slots=(N, N), reason=NONE),
    "a matrix of no known rank": of_body(
        INVERTIBLE, body=entries(OF_X, slots=(N, N)), reason="nothing says that the matrix is invertible"
    ),
    "the pseudo-inverse of a sum of pseudo-inverses": of_body(
        TWICE, body=entries(term(INNER), term(INNER), slots=(N, M)), reason=ALONE
    ),
    "the pseudo-inverse of a pseudo-inverse that counts": of_body(
        TWICE, body=entries(term(INNER, sums=(N,)), slots=(N, M)), reason=ALONE
    ),
    "the pseudo-inverse of a diagonal": of_body(
        TWICE,
        body=entries(term(factor(Opaque("pinv", (entries(OF_X, slots=(N, N)),)), S0, S0)), slots=(N, N)),
        reason=ALONE,
    ),
    "a positive vector as a scalar": of_body(
        MULTIPLE,
        (0,),
        body=entries(term(factor(function("exp", symbol("x", S0), slots=(N,)), S1), A), slots=(M, N)),
        reason=NOT_NONZERO,
    ),
    "a product with an index of both parts": of_product(
        LEFT, symbol("x", B1), RIGHT, symbol("y", B1), places=(0, 1), reason=SHARED
    ),
    "a product whose left part has no rows": of_product(
        symbol("x", B0), RIGHT, sums=1, reason="the parts do not separate the slots"
    ),
    "an inverse as a projector": use(
        ABSORBED, INVERSE, slots=(N, N), arguments=(None, 0, (0,), (S0, S1), (B0,)), reason="no projector here"
    ),
    "a positive scalar as an invertible matrix": use(
        INVERTIBLE,
        factor(Opaque("pinv", (entries(term(w)),))),
        reason="nothing says that the matrix is invertible",
    ),
    "a product with an index of both parts and a sum that counts": of_product(
        LEFT, symbol("x", B1), RIGHT, symbol("y", B1), places=(0, 1), sums=3, reason=SHARED
    ),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_every_other_condition_is_demanded(case: Site) -> None:
    case.check_refused()
