"""The page at explicit sizes shows matrices, derivatives and both sides, in any width."""

import pytest

from matcalc.language import parse_claim
from matcalc.report.expansions import expansion_page, on_paper
from matcalc.results import Expansion, Partials

CLAIM = parse_claim("D(x.T @ x, x) == 2 * x", {"x": "vector(n)"}, "mixed")
COLUMN = (("2*x[1]",), ("2*x[2]",))
EXPANSION = Expansion(
    {"n": 2},
    {"x": (("x[1]",), ("x[2]",))},
    (Partials("x.T @ x", "x", (("x[1]**2 + x[2]**2",),), ("x[1]", "x[2]"), (("2*x[1]", "2*x[2]"),)),),
    (COLUMN, COLUMN),
    ((True,), (True,)),
)


def test_the_page_in_full() -> None:
    assert expansion_page("my/norm", CLAIM, EXPANSION) == [
        "my/norm",
        "",
        "    ∇ₓ (xᵀ x) = 2 x",
        "",
        "    x ∈ ℝⁿ",
        "",
        "  On generic matrices, at n=2",
        "",
        "    x = [ x₁ ]",
        "        [ x₂ ]",
        "",
        "  Differentiated by x: x.T @ x",
        "    x₁² + x₂²",
        "",
        "    ∂/∂x₁  2 x₁",
        "    ∂/∂x₂  2 x₂",
        "",
        "  Left side",
        "    (1, 1)  2 x₁",
        "    (2, 1)  2 x₂",
        "",
        "  Right side",
        "    (1, 1)  2 x₁",
        "    (2, 1)  2 x₂",
        "",
        "Every entry agrees at n=2, by the relations between entries. This says nothing of other sizes.",
    ]


PAPER = (
    ("2*x[1]*A[1, 2]**2", "2 x₁ A₁₂²"),
    ("-x[1] + ... (40 terms)", "−x₁ + … (40 terms)"),
    ("X[10, 2]", "X[10, 2]"),
    ("sqrt(pi)*f.prime.prime(s)", "√(π) f′′(s)"),
    ("dX[1, 2]**12/(1 + s)**2", "dX₁₂¹²/(1 + s)²"),
    ("(p)**(1/3)", "(p)**(1/3)"),
)


@pytest.mark.parametrize(("text", "expected"), PAPER, ids=[text for text, _ in PAPER])
def test_entries_are_written_as_on_paper(text: str, expected: str) -> None:
    assert on_paper(text) == expected


def test_a_narrow_terminal_breaks_matrices_into_entries_and_sums_into_lines() -> None:
    long = " + ".join(f"x[{k}]*y[{k}]" for k in range(1, 9))
    wide = Expansion({"n": 2}, {"A": ((long, long),)}, (), ((("s",),), (("s",),)), ((True,),))
    lines = expansion_page("my/wide", CLAIM, wide, width=40)
    assert "    A =" in lines
    assert max(map(len, lines)) <= 40
    assert "The sides agree at n=2, by the relations" in lines


def test_what_does_not_agree_is_named() -> None:
    different = Expansion({}, {}, (), (COLUMN, COLUMN), ((True,), (False,)))
    assert expansion_page("my/norm", CLAIM, different)[-1] == ("1 entry is not found equal at the given sizes: (2, 1).")


def test_many_derivatives_are_cut_and_counted() -> None:
    entries = tuple((f"f[{k}]",) for k in range(1, 31))
    names = ("x[1]", "x[2]", "x[3]")
    many = Partials("f", "x", entries, names, tuple(("0", "0", "0") for _ in entries))
    lines = expansion_page("my/many", CLAIM, Expansion({"n": 30}, {}, (many,), (COLUMN,), ()))
    assert "    … 90 derivatives in all" in lines
    assert "    ∂(2, 1)/∂x₁  0" in lines
