"""Every row of the table of rules is documented, used in the proof of its example, and never changes a value there."""

import re
from collections.abc import Iterator, Mapping

import pytest

from matcalc.errors import MatcalcError
from matcalc.kernel import RULES, Rewrite, Rule, Within
from matcalc.kernel.rules import BY_NAME
from tests.claims import Case
from tests.duals import Undefined
from tests.oracle import agree, value
from tests.points import points
from tests.proofs import proof, replayed, theorem_of

SYMBOLS: Mapping[str, str] = {
    "x": "scalar",
    "y": "scalar",
    "X": "matrix(n, n)",
    "A": "matrix(n, n)",
    "S": "matrix(n, n) symmetric",
    "K": "matrix(n, n) skew",
    "Q": "matrix(n, n) orthogonal",
    "R": "matrix(2, 2) orthogonal",
    "E": "matrix(n, n) diagonal",
    "F": "matrix(n, n) diagonal",
    "L": "matrix(n, n) lower",
    "Z": "matrix(2, 2)",
    "M": "matrix(n * n, n * n)",
    "g": "scalar of u",
    "u": "scalar of x",
    "i": "index(n)",
    "k": "integer",
    "sizes": "matrix(m, n)",
}
DECLARATIONS: tuple[Mapping[str, str], ...] = (
    SYMBOLS,
    {**SYMBOLS, "x": "vector(n)", "y": "vector(n)", "u": "vector(m) of x"},
    {**SYMBOLS, "X": "matrix(m, n)"},
)
"""What the names of examples may be declared as; an example is read under the first in which it makes sense."""


def readings(rule: Rule) -> Iterator[Case]:
    """The example under the declarations that make it well-formed, its sides of one shape."""
    for declarations in DECLARATIONS:
        case = Case(rule.example, declarations, shared=False)
        try:
            claim = case.claim()
        except MatcalcError:
            continue
        if len({str(side.shape) for side in claim.sides}) == 1:
            yield case


def example_of(rule: Rule) -> Case:
    """The first reading of the example that the rule helps to prove."""
    proofs = [(case, proof(case)) for case in readings(rule)]
    proved = [case for case, theorem in proofs if theorem is not None]
    used = [case for case, theorem in proofs if theorem is not None and rule.name in theorem.rests_on]
    assert proved, f"no proof of {rule.example}"
    assert used, f"{rule.example} is proved without {rule.name}"
    return used[0]


each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(RULES)


@each_rule
def test_a_rule_has_a_name_and_a_statement(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9'’ -]+", rule.name)
    assert rule.statement
    assert rule.statement == rule.statement.strip()


@each_rule
def test_a_rule_has_a_source(rule: Rule) -> None:
    assert rule.source == "definition" or re.search(r"[A-Z]\w+ .*\b(1[6-9]|20)\d\d\b", rule.source)


@each_rule
def test_a_rule_says_what_it_does(rule: Rule) -> None:
    assert rule.apply.__doc__


@each_rule
def test_the_example_of_a_rule_is_proved_by_it(rule: Rule) -> None:
    assert rule.name in theorem_of(example_of(rule)).rests_on


def test_no_two_rules_share_an_example() -> None:
    examples = [rule.example for rule in RULES]
    assert len(set(examples)) == len(examples)


@each_rule
def test_no_step_of_the_example_changes_a_value(rule: Rule) -> None:
    case, compared = example_of(rule), 0
    claim = case.claim()
    at = list(points(claim.scope, count=2, sizes=(2, 1, 3)))
    for before, step, after in replayed(theorem_of(case)):
        for point in at:
            try:
                old, new = value(before, point), value(after, point)
            except Undefined:
                continue
            compared += 1
            assert agree(old, new), step
    assert compared


def test_a_theorem_names_every_rule_it_rests_on() -> None:
    theorem = theorem_of(Case("trace(exp(X)) + D(x**3, x) == sum(exp(diagonal(X))) + 3 * x**2", SYMBOLS, shared=False))
    used = set()
    pending = [step for steps in theorem.derivation.sides for step in steps]
    while pending:
        match pending.pop():
            case Rewrite(rule=name):
                used.add(name)
            case Within(steps=steps):
                pending += steps
            case _:
                used.add("renaming and collecting")
    assert theorem.rests_on == tuple(sorted(used))
