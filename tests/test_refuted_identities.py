"""The counterexample of every refuted identity that ships holds when it is worked out by hand."""

import json

import pytest

from matcalc.catalogue import Identity, read_catalogue, shipped_folder
from matcalc.evidence import find_counterexample
from matcalc.language.rebuilding import unequal_shapes, with_zero_matrices
from matcalc.report.document import counterexample_record
from matcalc.verify import parse
from tests import by_hand

REFUTED = [
    one
    for path in sorted(shipped_folder().glob("*.yaml"))
    for one in read_catalogue(path).identities
    if one.expect == "refuted" and not any(" of " in text for text in one.where.values())
]

ACCURACY = 1e-3
"""Of second differences of floats; what is false here is so by more."""


def test_there_are_many() -> None:
    assert len(REFUTED) > 60


@pytest.mark.parametrize("identity", REFUTED, ids=lambda one: one.name)
def test_a_counterexample_holds_by_hand(identity: Identity) -> None:
    claim = parse(identity)
    if unequal_shapes(claim):
        return
    found = find_counterexample(with_zero_matrices(claim), seconds=30.0)
    assert found is not None
    printed = json.loads(json.dumps(counterexample_record(found)))  # as it stands in the report
    values = {**printed["sizes"], **printed["at"]}
    sides = by_hand.sides(identity.claim, identity.where, identity.layout, values)
    left, right = (by_hand.matrix(printed[side]) for side in ("lhs", "rhs"))
    assert by_hand.agree(sides[0], left, ACCURACY)
    assert any(by_hand.agree(side, right, ACCURACY) for side in sides[1:])
    assert not by_hand.agree(left, right, 10 * ACCURACY)
