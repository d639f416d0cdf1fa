"""Formats of a derivative; whole outputs are compared where they are printed, in the tests of the command."""

from collections.abc import Mapping

import pytest

from matcalc.language import parse_claim
from matcalc.language.nodes import Claim
from matcalc.report.formats import FORMATS
from matcalc.report.libraries import LIBRARIES
from matcalc.results import ProofSummary, Result
from tests.report.samples import result

WHERE: Mapping[str, str] = {"x_hat": "vector(n_in)", "s": "scalar positive", "S": "matrix(n_in, n_in) pd"}
CLAIM = parse_claim("D(s * x_hat.T @ S @ x_hat, x_hat) == 2 * s * S @ x_hat", WHERE)
PROOF = ProofSummary("all sizes", 9, ("X invertible", "s nonzero"), ("product rule",), 0.1)


def lines(form: str, judged: Result, claim: Claim = CLAIM) -> tuple[str, ...]:
    return FORMATS[form](judged, claim).lines


def test_names_keep_their_underscores_in_markdown() -> None:
    shown = lines("markdown", result(id="derivative"))
    assert shown[0] == "## Derivative of `s * x_hat.T @ S @ x_hat`"
    assert shown[6:10] == (
        r"- x\_hat ∈ ℝ^(n\_in)",
        "- s ∈ ℝ every entry positive",
        r"- S ∈ ℝ^(n\_in × n\_in) positive definite",
        "- in mixed layout",
    )


@pytest.mark.parametrize("form", ["markdown", *LIBRARIES])
def test_what_is_assumed_is_told_with_what_is_proved(form: str) -> None:
    text = "\n".join(lines(form, result(id="derivative", proof=PROOF)))
    assert "Proved by matcalc for all sizes, assuming X invertible, s nonzero;" in text


def test_a_function_is_called_what_is_asked_for_and_told_the_layout_where_that_matters() -> None:
    gradient = parse_claim("grad(s * x_hat.T @ S @ x_hat, x_hat) == 2 * s * S @ x_hat", WHERE)
    assert lines("numpy", result(id="derivative"))[:2] == (
        "def derivative(x_hat, s, S):",
        '    """D(s * x_hat.T @ S @ x_hat, x_hat) == 2 * s * S @ x_hat in mixed layout.',
    )
    assert lines("numpy", result(id="Gradient"), gradient)[:2] == (
        "def gradient(x_hat, s, S):",
        '    """grad(s * x_hat.T @ S @ x_hat, x_hat) == 2 * s * S @ x_hat.',
    )


@pytest.mark.parametrize("form", LIBRARIES)
def test_shapes_are_told(form: str) -> None:
    text = " ".join(line.strip() for line in lines(form, result(id="derivative")))
    assert "Shapes: x_hat n_in×1, s 0-d or 1×1 positive, S n_in×n_in pd; the value n_in×1." in text
