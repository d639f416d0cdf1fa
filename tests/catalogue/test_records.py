import pytest

from matcalc.catalogue import locate
from matcalc.errors import Fault, Place
from tests.catalogue.conftest import Read

TEXT = """
    where: {A: "matrix(n, n)"}
    identities:
      - id: one
        claim: >-
          A @ x
          == x
        where:
          x: vector(n)
"""


@pytest.mark.parametrize(
    ("origin", "offset", "place"),
    [
        pytest.param("claim", 4, Place("it.yaml", 5, 11), id="first line of the claim"),
        pytest.param("claim", 9, Place("it.yaml", 6, 10), id="second line of the claim"),
        pytest.param("where.x", 7, Place("it.yaml", 8, 17), id="own declaration"),
        pytest.param("where.A", 0, Place("it.yaml", 1, 13), id="shared declaration"),
        pytest.param("where.unknown", 0, Place("it.yaml", 3, 5), id="the entry, for anything else"),
    ],
)
def test_a_fault_of_the_language_is_placed_in_the_file(read: Read, origin: str, offset: int, place: Place) -> None:
    (identity,) = read(TEXT).identities
    fault = locate(identity, Fault("wrong", span=(offset, offset + 1), origin=origin))
    assert (fault.place, fault.subject) == (place, "it/one")
