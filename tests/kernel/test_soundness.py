"""Whatever step the kernel accepts keeps every value, also a step that nobody would propose."""

from random import Random

import pytest

from matcalc.kernel import Refused
from matcalc.kernel.application import apply
from tests.claims import MATRIX_FUNCTIONS, TRUE, Case, params
from tests.duals import Undefined
from tests.kernel.mutants import mutants
from tests.oracle import agree, value
from tests.points import points
from tests.proofs import proof, replayed, replayed_with_facts

EVERY = TRUE + MATRIX_FUNCTIONS
MUTANTS_PER_STEP = 4


@pytest.mark.parametrize("case", params(EVERY))
def test_every_step_of_a_proof_keeps_every_value(case: Case) -> None:
    theorem = proof(case)
    if theorem is None:
        pytest.skip("no proof")
    at = list(points(case.claim().scope, count=1, sizes=(2, 1, 3), positive=case.positive))
    for before, step, after in replayed(theorem):
        for point in at:
            try:
                old, new = value(before, point), value(after, point)
            except Undefined:
                continue
            assert agree(old, new), step


@pytest.mark.parametrize("case", params(EVERY))
def test_a_wrong_step_keeps_every_value_where_it_is_accepted(case: Case) -> None:
    theorem = proof(case)
    if theorem is None:
        pytest.skip("no proof")
    random = Random(case.text)
    at = list(points(case.claim().scope, count=1, sizes=(2, 3, 1), positive=case.positive))
    for before, step, _, facts in replayed_with_facts(theorem):
        for mutant in mutants(step, MUTANTS_PER_STEP, random):
            try:
                after = apply(before, mutant, facts)
            except Refused:
                continue
            for point in at:
                try:
                    old, new = value(before, point), value(after, point)
                except Undefined:
                    continue
                assert agree(old, new), mutant
