"""The catalogue that comes with matcalc: every statement of the notes is there, and judged as expected."""

import pytest

from matcalc.catalogue import Identity, select
from matcalc.results import Verdict
from matcalc.verify import judge

SELECTION = select(["seed/*"])
IDENTITIES = {identity.name.removeprefix("seed/"): identity for identity in SELECTION.identities}


def test_the_catalogue_has_no_faults() -> None:
    assert SELECTION.faults == ()
    assert len(IDENTITIES) == len(SELECTION.identities) > 30


@pytest.mark.parametrize("identity", IDENTITIES.values(), ids=IDENTITIES)
def test_every_identity_is_judged_as_expected(identity: Identity) -> None:
    result = judge(identity).result
    assert result.verdict.value == identity.expect, result.message
    if result.verdict is Verdict.PROVED:
        assert result.proof is not None
        assert result.proof.scope == "all sizes"
        assert result.numeric is not None
        assert result.numeric.points >= 4


@pytest.mark.parametrize("identity", IDENTITIES.values(), ids=IDENTITIES)
def test_every_identity_has_title_source_and_tags(identity: Identity) -> None:
    assert identity.title
    assert identity.source.startswith("Calculus notes, ")
    assert identity.tags


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("linear-map", "D(A @ x, x) == A"),
        ("linear-map-by-columns", "A @ x == Sum(x[j] * A @ basis(j, n), j, 1, n)"),
        ("linear-map-column", "D(A @ x, x) @ basis(j, n) == A @ basis(j, n)"),
        ("row-times-matrix", "D(x.T @ A, x) == A.T"),
        ("quadratic-form", "D(x.T @ A @ x, x) == (A + A.T) @ x"),
        ("norm-squared", "D(norm(x)**2, x) == D(x.T @ x, x) == 2 * x"),
        ("gradient-entry", "D(f, x)[i] == D(f, x[i])"),
    ],
)
def test_the_statements_of_the_notes_are_claimed(name: str, claim: str) -> None:
    assert IDENTITIES[name].claim == claim


@pytest.mark.parametrize(
    ("name", "layout", "expect"),
    [
        ("norm-squared", "mixed", "proved"),
        ("norm-squared-as-printed", "numerator", "proved"),
        ("norm-squared-row-mixed", "mixed", "refuted"),
    ],
)
def test_the_printed_row_stands_in_the_layout_in_which_it_holds(name: str, layout: str, expect: str) -> None:
    assert (IDENTITIES[name].layout, IDENTITIES[name].expect) == (layout, expect)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dot-product-value", 28),
        ("dot-product-gradient", (0, 4, 8, 12)),
        ("square-gradient", (0, 2, 4, 6)),
        ("square-vjp", (0, 2, 4, 6)),
        ("detach-gradient", (0, 1, 4, 9)),
        ("without-detach", (0, 3, 12, 27)),
    ],
)
def test_the_numbers_of_the_notes_are_worked_examples(name: str, value: object) -> None:
    (example,) = IDENTITIES[name].examples
    assert (dict(example.at), example.value) == ({"x": (0, 1, 2, 3)}, value)
