import pytest

from matcalc.errors import Fault, MatcalcError, Place, did_you_mean, near_names


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.yaml", 3, 7), "a.yaml:3:7"),
    ],
)
def test_a_place_names_what_is_known_of_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_fault_is_one_line_and_a_caret_under_the_text_at_fault() -> None:
    fault = Fault("A @ B does not fit", "declare B as matrix(n, m)", text="x ==\n  A @ B", span=(7, 12))
    assert str(fault.at(Place("a.yaml", 4, 3), "a/one")) == (
        "a.yaml:4:3: a/one: A @ B does not fit; declare B as matrix(n, m)\n      A @ B\n      ^^^^^"
    )


def test_an_error_carries_all_its_faults() -> None:
    error = MatcalcError(Fault("one"), Fault("two", "mend it"))
    assert [fault.what for fault in error.faults] == ["one", "two"]
    assert str(error) == "one\ntwo; mend it"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("traec", ["trace"]),
        ("TRACE", ["trace"]),
        ("trace", ["trace"]),
        ("norn", ["norm", "norm1"]),
        ("zzz", []),
    ],
)
def test_near_names_are_the_nearest_first(name: str, near: list[str]) -> None:
    assert near_names(name, ["trace", "norm", "norm1", "kron"]) == near


@pytest.mark.parametrize(
    ("near", "mend"),
    [
        ([], ""),
        (["a"], "did you mean a?"),
        (["a", "b"], "did you mean a or b?"),
        (["a", "b", "c"], "did you mean a, b or c?"),
    ],
)
def test_a_suggestion_lists_the_near_names(near: list[str], mend: str) -> None:
    assert did_you_mean(near) == mend
