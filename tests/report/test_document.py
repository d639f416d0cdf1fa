import json

from matcalc import __version__
from matcalc.errors import Fault, Place
from matcalc.report.document import document, result_record
from matcalc.results import ExactCheck, NumericCheck, Verdict
from tests.report.samples import REFUTED, RESULT, result

FAULT = Fault("wrong", "mend it", text="x = x", span=(2, 3)).at(Place("a.yaml", 2, 9), "a/one")


def test_the_document_of_a_run_has_the_fields_of_the_format() -> None:
    made = document([RESULT, REFUTED], [FAULT], 0.41234)
    assert list(made) == ["matcalc", "format", "summary", "results", "faults", "interrupted"]
    assert (made["matcalc"], made["format"], made["interrupted"]) == (__version__, 1, False)
    assert made["summary"] == {
        "selected": 2,
        "as_expected": 1,
        "proved": 1,
        "proved-at-sizes": 0,
        "refuted": 1,
        "undecided": 0,
        "error": 0,
        "seconds": 0.412,
    }


def test_a_proved_result_in_full() -> None:
    assert result_record(RESULT) == {
        "id": "seed/one",
        "file": "identities/seed.yaml",
        "line": 7,
        "claim": "x == x",
        "layout": "mixed",
        "expect": "proved",
        "verdict": "proved",
        "as_expected": True,
        "proof": {
            "scope": "all sizes",
            "steps": 9,
            "assumes": ["A invertible"],
            "rests_on": ["product rule"],
            "seconds": 0.0021,
        },
        "numeric": {
            "agrees": True,
            "points": 8,
            "sizes": [{"n": 3}, {"n": 5}],
            "max_error": 2.2e-16,
            "seconds": 0.004,
        },
        "exact": None,
        "counterexample": None,
        "suggestion": None,
        "message": None,
        "faults": [],
        "seconds": 0.0123,
    }


def test_a_counterexample_keeps_whole_numbers_and_fractions() -> None:
    assert result_record(REFUTED)["counterexample"] == {
        "sizes": {"n": 2},
        "at": {"x": [[1], [0]]},
        "lhs": [[0], [1]],
        "rhs": [[0], ["1/3"]],
    }


def test_a_fault_has_its_place_and_its_mend() -> None:
    (record,) = document([], [FAULT], 0.0)["faults"]
    assert record == {
        "what": "wrong",
        "mend": "mend it",
        "file": "a.yaml",
        "line": 2,
        "column": 9,
        "subject": "a/one",
        "text": "x = x",
        "span": [2, 3],
    }


def test_an_exact_check_in_full() -> None:
    exact = ExactCheck(True, ({"n": 2},), {"k": (0, 1)}, 4, "at n = 3: the time limit was reached", 0.12345)
    assert result_record(result(exact=exact))["exact"] == {
        "agrees": True,
        "sizes": [{"n": 2}],
        "integers": {"k": [0, 1]},
        "entries": 4,
        "missing": "at n = 3: the time limit was reached",
        "seconds": 0.1235,
    }


def test_every_document_is_strict_json() -> None:
    endless = result(numeric=NumericCheck(False, 1, (), float("inf"), 0.0), verdict=Verdict.UNDECIDED)
    text = json.dumps(document([endless], [FAULT], 0.0), allow_nan=False)
    assert json.loads(text)["results"][0]["numeric"]["max_error"] == "inf"
