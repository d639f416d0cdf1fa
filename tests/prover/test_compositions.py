"""Claims that need several families of rules at once are proved: backward twice, through layers, in every layout."""

from pathlib import Path

import pytest

from matcalc.catalogue import Identity, read_catalogue
from matcalc.results import Request
from matcalc.verify import judge

FILE = read_catalogue(Path(__file__).parent / "compositions.yaml")
COMPOSITIONS = {identity.name: identity for identity in FILE.identities}


@pytest.mark.parametrize("identity", COMPOSITIONS.values(), ids=COMPOSITIONS)
def test_a_composition_is_proved(identity: Identity) -> None:
    judgement = judge(identity, Request(cross_check=False))
    assert judgement.theorem is not None, judgement.result.message
