"""Corrupted rules are noticed at recorded applications, and what the campaign calls an application is one."""

from random import Random

import pytest
from click.testing import CliRunner

from matcalc.components.terms import Bound, Delta, Factor, Split
from matcalc.kernel import RULES, Rule
from matcalc.kernel.rules import BY_NAME
from soundness import kernel
from soundness.__main__ import main
from soundness.kernel import KernelTally
from soundness.rules import fates, joined_to, recorded, survivors
from tests.claims import Case
from tests.kernel.test_rules import SYMBOLS, example_of

SLICE = (
    Case("D(3 * x + y, x) == 3", SYMBOLS, shared=False),
    Case("trace(A @ X) == trace(X @ A)", SYMBOLS, shared=False),
    Case("det(A @ X) == det(A) * det(X)", SYMBOLS, shared=False),
    Case("log(exp(x) * exp(y)) == x + y", SYMBOLS, shared=False),
)
CHOSEN = Random("slice").sample(RULES, 24)


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


@pytest.mark.parametrize("rule", CHOSEN, ids=[rule.name for rule in CHOSEN])
def test_the_example_of_a_rule_tells_every_corruption_of_it(rule: Rule) -> None:
    found = fates([example_of(rule)], [rule])
    assert len(found) >= 3
    assert not survivors(found, [rule])


def test_a_rule_that_is_never_applied_survives() -> None:
    found = fates(SLICE, RULES)
    applied = {name for name, _ in found}
    assert applied < set(BY_NAME)
    unapplied = {f"{name}: never applied" for name in BY_NAME.keys() - applied}
    assert unapplied <= {*survivors(found)}


def test_what_nothing_tells_apart_survives() -> None:
    """∂y/∂x = 0, whatever stands beside it."""
    case, rule = Case("D(x * y, x) == y", SYMBOLS, shared=False), BY_NAME["product rule"]
    alive = survivors(fates([case], [rule]), [rule])
    assert "product rule: term 1 doubled" in alive
    assert "product rule: term 0 doubled" not in alive


def test_what_means_the_same_is_no_mutant() -> None:
    """E X = δ E X for a diagonal E, and ∂x/∂x = (∂x/∂x)²."""
    names = {name for _, name in fates([example_of(BY_NAME["triangular pattern"])], [BY_NAME["triangular pattern"]])}
    assert "term 0 dropped" in names
    assert "factor 0 of term 0 dropped" not in names
    case = Case("D(x * y, x) == y", SYMBOLS, shared=False)
    assert "factor 0 of term 0 raised" not in {name for _, name in fates([case], [BY_NAME["product rule"]])}


def test_indices_that_deltas_and_cuts_join_are_one() -> None:
    """Where a = (b, c) and d = (e, f), δ_be and δ_cf make a = d; the parts of one whole are the same."""
    a, b, c, d, e, f = (Bound(k) for k in range(6))
    first, second = (Factor(Split(), indices) for indices in ((a, b, c), (d, e, f)))
    deltas = tuple(Factor(Delta(), pair) for pair in ((b, e), (c, f)))
    assert joined_to(a, (first, second, *deltas)) == {a, d}
    assert joined_to(b, (first, second, Factor(Delta(), (a, d)))) == {b, e}
    assert joined_to(a, (first, second, deltas[0])) == {a}


def test_a_surviving_mutant_is_an_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def survive(tally: KernelTally, cases: object) -> None:
        tally.rule_mutants, tally.surviving = 7, ["a rule: negated"]

    monkeypatch.setattr(kernel, "rule_mutants", survive)
    result = CliRunner().invoke(main, ["rules"])
    assert result.exit_code == 1
    assert "Rule mutants: 7, of which 6 change a value" in result.output
    assert "- `a rule: negated`" in result.output
