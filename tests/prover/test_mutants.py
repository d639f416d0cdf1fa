"""A true claim with one token changed is proved only where it is still true."""

import re
from collections.abc import Iterator
from random import Random

import pytest

from matcalc.errors import MatcalcError
from matcalc.prover import Proved, prove
from tests.claims import MATRIX_FUNCTIONS, TRUE, Case, params
from tests.points import points
from tests.prover.test_search import holds

TOKEN = re.compile(r"\.T\b|\*\*|\b\w+\b|[-+*/@]")
MUTANTS_PER_CLAIM = 4


def mutants(text: str, random: Random) -> Iterator[str]:
    """The text with one token dropped, exchanged for another of its kind, or with one added."""
    tokens = list(TOKEN.finditer(text))
    while True:
        token = random.choice(tokens)
        head, word, tail = text[: token.start()], token.group(), text[token.end() :]
        match word:
            case ".T":
                yield head + tail
            case "+" | "-" | "*" | "/" | "@" | "**":
                yield head + random.choice([sign for sign in ("+", "-", "*", "@", "/") if sign != word]) + tail
            case _ if word.isdigit():
                yield head + str(int(word) + random.choice((1, -1)) or 3) + tail
            case _ if tail.startswith("("):
                yield head + random.choice(("trace", "sum", "norm", "det", "inv", "exp", "abs", "detach")) + tail
            case _:
                names = [other.group() for other in tokens if other.group().isalpha()]
                yield head + random.choice((word + ".T", random.choice(names), f"(-{word})")) + tail


@pytest.mark.parametrize("case", params(TRUE[::2] + MATRIX_FUNCTIONS[::2]))
def test_a_mutant_is_proved_only_where_it_holds(case: Case) -> None:
    tried = 0
    for text in mutants(case.text, Random(case.name)):
        mutant = Case(text, case.where, case.layout)
        tried += 1
        if tried > MUTANTS_PER_CLAIM:
            break
        try:
            claim = mutant.claim()
        except MatcalcError:
            continue
        if len({str(side.shape) for side in claim.sides}) == 1 and isinstance(prove(claim, seconds=2.0), Proved):
            assert False not in [holds(claim, point) for point in points(claim.scope, count=4)], text
