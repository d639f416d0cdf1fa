"""The package's own imports: light, and the way in for the other stages."""

import subprocess
import sys
from pathlib import Path

import pytest

import matcalc.evidence
from matcalc.evidence import NoPoint, Unsupported, check_example, cross_check, find_counterexample
from matcalc.results import Counterexample, NumericCheck
from tests.evidence.claims import claim
from tests.evidence.test_examples import Example

ROOT = Path(__file__).parents[2]

LOADED = (
    ("import matcalc.evidence", {"torch", "sympy"}),
    ("import matcalc.evidence.exact, matcalc.evidence.counterexample", {"torch"}),
    (
        "from matcalc.evidence import find_counterexample; from matcalc.language import parse_claim;"
        "assert find_counterexample(parse_claim('s == 2', {'s': 'scalar'}))",
        {"torch"},
    ),
)


@pytest.mark.parametrize(("code", "absent"), LOADED)
def test_libraries_are_loaded_only_where_they_are_needed(code: str, absent: set[str]) -> None:
    program = f"import sys; {code}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not absent & set(done.stdout.split())


def test_the_three_questions_are_answered() -> None:
    assert isinstance(cross_check(claim("2 * x == x + x")), NumericCheck)
    assert isinstance(cross_check(claim("log(-p) == 0")), NoPoint)
    assert isinstance(cross_check(claim("x == x.T")), Unsupported)
    assert isinstance(find_counterexample(claim("2 * x == x")), Counterexample)
    assert check_example(claim("2 * x == x + x"), Example({"x": [1]}, [2])) is None


def test_everything_in_all_is_there() -> None:
    assert all(hasattr(matcalc.evidence, name) for name in matcalc.evidence.__all__)
