"""Which side conditions the tests demand, read off the refusals that they expect."""

from fractions import Fraction

import pytest
from click.testing import CliRunner

from matcalc.kernel import Clear, Refused
from matcalc.kernel.clearing import clear
from matcalc.kernel.steps import require
from soundness import conditions as conditions_of_kernel, noting
from soundness.__main__ import main
from soundness.conditions import conditions, demanded, unseen
from tests.kernel.sites import FACTS, entries, symbol, term


def test_every_condition_of_the_kernel_has_a_place_and_a_reason() -> None:
    found = conditions()
    assert len(found) > 100
    assert all(condition.reason for condition in found)
    assert "nothing says that the factor is not 0" in {c.reason for c in found if c.file == "clearing.py"}


def test_the_refusals_that_tests_expect_are_noted() -> None:
    seen = demanded("tests/kernel/test_low_rank.py")
    assert any(file == "low_rank.py" for file, *_ in seen)
    assert len(unseen(seen)) < len(conditions())


def test_the_part_that_alone_fails_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """m > 0, a number, and B to the power 1: a float is a number of the wrong kind, −1 is one of the wrong sign."""
    places = [(c.file, c.line, c.part) for c in conditions() if c.reason == "not a power of a denominator"]
    assert len(places) == 3
    for power, part in ((0.5, 0), (-1, 1)):
        monkeypatch.setattr(noting, "_seen", set())
        with pytest.raises(Refused) as refusal:
            clear(entries(term(symbol("s", power=-1))), Clear(symbol("s"), power), FACTS)  # type: ignore[arg-type]
        noting._note(refusal.value)
        assert noting._seen == {places[part]}


def test_two_parts_that_fail_together_demand_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "_seen", set())
    with pytest.raises(Refused) as refusal:
        clear(entries(term(symbol("s", power=-1))), Clear(symbol("s", power=2), Fraction(-1)), FACTS)
    noting._note(refusal.value)
    assert noting._seen == set()


def test_a_refusal_outside_the_kernel_is_no_condition() -> None:
    before = set(noting._seen)
    with pytest.raises(Refused) as refusal:
        require(False, "a reason of this test")
    noting._note(refusal.value)
    assert noting._seen == before


def test_a_condition_that_no_test_demands_is_an_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions_of_kernel, "demanded", lambda: {(c.file, c.line, c.part) for c in conditions()[1:]})
    result = CliRunner().invoke(main, ["conditions"])
    assert result.exit_code == 1
    assert f"- `{conditions()[0]}`" in result.output
    monkeypatch.setattr(conditions_of_kernel, "demanded", lambda: {(c.file, c.line, c.part) for c in conditions()})
    assert CliRunner().invoke(main, ["conditions"]).exit_code == 0
