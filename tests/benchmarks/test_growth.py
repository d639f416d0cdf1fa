import pytest

from benchmarks.growth import FAMILIES, Family
from matcalc.prover import Proved, prove


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.title)
def test_the_shortest_two_claims_of_a_family_are_proved(family: Family) -> None:
    assert all(isinstance(prove(family.claim(length)), Proved) for length in family.lengths[:2])
