"""Names and whole numbers: what they mean, and what is said of those that mean nothing."""

import pytest

from tests.language.reading import marked_faults

NAMES = (
    ("q == 1", "q", "q is not declared; add q to where"),
    ("xx == x", "xx", "xx is not declared; did you mean x?"),
    ("a == 1", "a", "a is not declared; did you mean A?"),
    ("lamda * x == x", "lamda", "lamda is not declared; add lamda to where"),
    ("T == 1", "T", "T is not declared; write X.T for the transpose"),
    ("X ** T == X", "T", "T is not declared; write X.T for the transpose"),
    ("I @ x == x", "I", "I is not declared; write eye(n) for the identity"),
    ("e == 1", "e", "e is not declared; write exp(1)"),
    ("dq == 1", "dq", "dq is not declared; add dq to where"),
    ("dk == 1", "dk", "dk is no differential: k is declared as integer; only scalars, vectors and matrices vary"),
    ("df == 1", "df", "df is no differential: f is declared as function; only scalars, vectors and matrices vary"),
    ("f == 1", "f", "f is a function without its argument; write f(x)"),
    ("trace == 1", "trace", "trace is a function without its arguments; write trace(X)"),
    ("D == 1", "D", "D is a function without its arguments; write D(f, x)"),
    ("r == Sum(x[r], r, 1, n)", "r", "r is not declared; the variable of a Sum has a meaning in its summand only"),
)


@pytest.mark.parametrize(("claim", "marked", "line"), NAMES, ids=[row[0] for row in NAMES])
def test_a_name_without_meaning_is_named_with_a_mend(claim: str, marked: str, line: str) -> None:
    assert marked_faults(claim) == [(marked, line)]
