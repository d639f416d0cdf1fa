"""Printed derivations: whole ones compared with files, and what holds of every one."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from matcalc.kernel import RULES
from matcalc.language.nodes import Layout
from matcalc.report.derivation import NAMING, QED, count_steps, derivation_lines
from tests.claims import TRUE, Case, params
from tests.proofs import proof, theorem_of

GOLDEN = Path(__file__).parent.parent / "golden"
"""Rewritten by `pytest --rewrite-golden` and by nothing else; read the difference as prose before keeping it."""

LAYER = {"W": "matrix(m, n)", "x": "vector(n)", "b": "vector(m)", "v": "vector(m)"}


def _case(text: str, layout: Layout = "mixed", **where: str) -> Case:
    return Case(text, where, layout, shared=False)


PRINTED: dict[str, Case] = {
    "quadratic-form": _case("D(x.T @ A @ x, x) == (A + A.T) @ x", x="vector(n)", A="matrix(n, n)"),
    "norm-squared": _case("D(norm(x)**2, x) == 2 * x", x="vector(n)"),
    "norm-squared-as-a-row": _case("D(norm(x)**2, x) == 2 * x.T", "numerator", x="vector(n)"),
    "linear-map": _case("D(A @ x, x) == A", x="vector(n)", A="matrix(m, n)"),
    "linear-form": _case("D(x.T @ A, x) == A.T", x="vector(m)", A="matrix(m, n)"),
    "columns-times-entries": _case("A @ x == Sum(x[r] * A @ basis(r, n), r, 1, n)", x="vector(n)", A="matrix(m, n)"),
    "softmax-jacobian": _case("D(softmax(x), x) == diag(softmax(x)) - softmax(x) @ softmax(x).T", x="vector(n)"),
    "tanh-layer": _case("vjp(tanh(W @ x + b), W, v) == (v * (1 - tanh(W @ x + b)**2)) @ x.T", **LAYER),
    "kronecker-jacobian": _case(
        "jacobian(A @ X @ B, X) == kron(B.T, A)", A="matrix(p, m)", X="matrix(m, n)", B="matrix(n, q)"
    ),
    "powers-of-an-orthogonal-matrix": _case(
        "matrix_power(Q, k).T @ matrix_power(Q, k) == eye(n)", Q="matrix(n, n) orthogonal", k="integer"
    ),
    "detached-factor": _case("grad(sum(detach(x * x) * x), x) == x * x", x="vector(n)"),
    "dot-product-rule": _case(
        "D(dot(u, v), x) == D(u, x).T @ v + D(v, x).T @ u", x="vector(n)", u="vector(m) of x", v="vector(m) of x"
    ),
}


def printed(case: Case) -> list[str]:
    return derivation_lines(case.claim(), theorem_of(case))


@pytest.mark.parametrize(("name", "case"), PRINTED.items(), ids=PRINTED.keys())
def test_a_derivation_reads_as_in_its_file(name: str, case: Case, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.txt"
    text = "\n".join([case.name, "", *printed(case), ""])
    if request.config.getoption("--rewrite-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_derivation() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(PRINTED)


NAMES = {rule.name for rule in RULES} | {"definition", NAMING}
SOME = params(case for case in TRUE[::3] if proof(case))


@pytest.mark.parametrize("case", SOME)
def test_lines_are_numbered_from_one_without_a_gap(case: Case) -> None:
    numbers = [int(line[:4]) for line in printed(case) if re.match(r" {0,3}\d+  ", line)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == count_steps(case.claim(), theorem_of(case))


@pytest.mark.parametrize("case", SOME)
def test_a_derivation_begins_with_the_definition_of_each_side_and_closes_with_the_end_of_proof(case: Case) -> None:
    lines = printed(case)
    starts = [place + 1 for place, line in enumerate(lines) if re.match(r"  \w+ side", line)]
    sides, differences = theorem_of(case).goal.sides, theorem_of(case).derivation.differences
    assert len(starts) == len(sides) + len(differences)
    for start, following in pairwise([*starts, len(lines)][: len(sides) + 1]):
        assert any(line.endswith(" definition") for line in lines[start:following])
    assert lines[-1].endswith(QED)


@pytest.mark.parametrize("case", SOME)
def test_a_derivation_names_only_rules_that_the_theorem_rests_on(case: Case) -> None:
    theorem = theorem_of(case)
    ends = [re.split(r" {2,}", line.strip())[-1] for line in printed(case)]
    named = {name for end in ends if set(end.split(", ")) <= NAMES for name in end.split(", ")}
    assert named - {"definition", NAMING} <= set(theorem.rests_on)


def test_a_long_sum_is_wrapped_between_its_terms() -> None:
    case = Case("(s + t)**9 == (t + s)**9 + 0 * s")
    lines = derivation_lines(case.claim(), theorem_of(case), width=80)
    assert max(map(len, lines)) <= 80 + 30


def test_letters_of_indices_are_no_names_of_the_claim() -> None:
    case = Case("i @ j == Sum(i[r] * j[r], r, 1, n)", {"i": "matrix(1, n)", "j": "vector(n)"})
    text = "\n".join(printed(case))
    assert "Σᵢ" not in text
    assert "Σⱼ" not in text
