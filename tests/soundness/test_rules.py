"""Corrupted rules are noticed at recorded applications, and what the campaign calls an application is one."""

import pytest

from matcalc.kernel import RULES
from matcalc.kernel.rules import BY_NAME
from soundness.rules import CORRUPTIONS, recorded, survivors
from tests.claims import Case
from tests.kernel.test_rules import SYMBOLS

SLICE = (
    Case("D(3 * x + y, x) == 3", SYMBOLS, shared=False),
    Case("trace(A @ X) == trace(X @ A)", SYMBOLS, shared=False),
    Case("det(A @ X) == det(A) * det(X)", SYMBOLS, shared=False),
    Case("log(exp(x) * exp(y)) == x + y", SYMBOLS, shared=False),
)


def test_applications_are_recorded_with_what_the_rule_gave() -> None:
    found = recorded(SLICE)
    assert {"linearity", "derivative of the variable"} <= found.keys()
    for name, applications in found.items():
        for application in applications:
            assert BY_NAME[name].apply(application.site) == application.terms


def test_recording_leaves_the_table_as_it_was() -> None:
    before = dict(BY_NAME)
    recorded(SLICE)
    assert before == BY_NAME
    assert [BY_NAME[rule.name] for rule in RULES] == list(RULES)


@pytest.mark.parametrize("corruption", [corruption.name for corruption in CORRUPTIONS[:2]])
def test_a_corruption_is_noticed_where_a_rule_is_applied(corruption: str) -> None:
    applications = recorded(SLICE)
    _, alive = survivors(applications)
    assert not {f"{name}: {corruption}" for name in applications} & {*alive}


def test_a_rule_that_is_never_applied_survives() -> None:
    _, alive = survivors({})
    assert {survivor.split(":")[0] for survivor in alive} == {rule.name for rule in RULES}
