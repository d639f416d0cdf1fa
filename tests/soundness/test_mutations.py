from dataclasses import replace

import pytest

from soundness.mutations import every_mutant, mutants
from soundness.statements import Statement, pruned, well_formed

QUADRATIC = Statement("D(x.T @ S @ x, x) == 2 * S @ x", {"x": "vector(n)", "S": "matrix(n, n) symmetric"}, origin="q")


@pytest.mark.parametrize(
    ("operator", "mutant"),
    [
        ("change the layout", replace(QUADRATIC, layout="numerator")),
        ("drop a hypothesis", replace(QUADRATIC, where={"x": "vector(n)", "S": "matrix(n, n)"})),
        ("ask for a sign", replace(QUADRATIC, text="(D(x.T @ S @ x, x)) + abs(sum(x)) == (2 * S @ x) + sum(x)")),
        ("exchange the sides", replace(QUADRATIC, text="2 * S @ x == D(x.T @ S @ x, x)")),
        ("add a transpose", replace(QUADRATIC, text="D(x.T @ S @ x, x) == 2 * S.T @ x")),
    ],
)
def test_a_statement_has_the_mutant(operator: str, mutant: Statement) -> None:
    assert mutant.key in {found.key for found in every_mutant(QUADRATIC)[operator]}


def test_mutants_are_well_formed_and_differ_from_the_statement_and_each_other() -> None:
    found = mutants(QUADRATIC, 30, "seed")
    assert len(found) == 30
    assert all(well_formed(mutant) for mutant in found)
    assert len({mutant.key for mutant in (*found, QUADRATIC)}) == 31


def test_a_seed_gives_the_same_mutants_again_and_another_seed_others() -> None:
    assert mutants(QUADRATIC, 10, "a") == mutants(QUADRATIC, 10, "a")
    assert mutants(QUADRATIC, 10, "a") != mutants(QUADRATIC, 10, "b")


def test_a_claim_that_does_not_elaborate_with_equal_shapes_is_not_well_formed() -> None:
    assert well_formed(replace(QUADRATIC, text="x == S")) is None
    assert well_formed(replace(QUADRATIC, text="x == q")) is None
    assert well_formed(replace(QUADRATIC, text="x == 0"))


def test_pruning_drops_declarations_that_nothing_uses() -> None:
    more = replace(QUADRATIC, where={**QUADRATIC.where, "A": "matrix(m, n)"})
    assert pruned(more).where == QUADRATIC.where
