"""Every name that a proof can rest on is told what it states."""

import pytest

from matcalc.kernel import RULES
from matcalc.report.rules import LAWS, axiom_lines, law_page
from tests.claims import TRUE, Case, params
from tests.proofs import theorem_of


def test_every_rule_of_the_kernel_is_a_law() -> None:
    assert {rule.name for rule in RULES} <= LAWS.keys()


@pytest.mark.parametrize("case", params(TRUE[::10]))
def test_what_a_proof_rests_on_is_explained(case: Case) -> None:
    names = theorem_of(case).rests_on
    lines = axiom_lines(names, width=60)
    assert [line.strip() for line in lines if not line.startswith("      ")] == list(names)


def test_a_page_says_always_where_there_is_no_condition() -> None:
    assert "  holds    always" in law_page(LAWS["product rule"])
