from typing import NamedTuple

import pytest

from matcalc.report.coverage import OUTCOMES, Source, coverage_page
from matcalc.results import Result, Verdict
from tests.report.samples import result


class Skipped(NamedTuple):
    item: str
    reason: str
    needs: str = ""


def judged(name: str, verdict: Verdict, expect: str, message: str = "") -> Result:
    return result(id=f"book/{name}", title=name.title(), verdict=verdict, expect=expect, message=message)


ALL = (
    judged("true", Verdict.PROVED, "proved"),
    judged("better", Verdict.PROVED, "undecided"),
    judged("small", Verdict.PROVED_AT_SIZES, "proved-at-sizes"),
    judged("erratum", Verdict.REFUTED, "refuted"),
    judged("hard", Verdict.UNDECIDED, "undecided", "no rule yet"),
    judged("alarm", Verdict.REFUTED, "proved"),
)
BOOK = Source("identities/book.yaml", "A book", ALL, {"book/erratum": "a sign"}, [Skipped("45", "complex", "i")])
DONE = Source("identities/done.yaml", "Done", ALL[:1], {}, ())

PAGE = """\
| source | file | stated | proved for all sizes | proved at sizes | refuted as expected | undecided | not as expected \
| out of reach |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| A book | `identities/book.yaml` | 6 | 2 | 1 | 1 | 1 | 1 | 1 |
| Done | `identities/done.yaml` | 1 | 1 | 0 | 0 | 0 | 0 | 0 |
| all |  | 7 | 3 | 1 | 1 | 1 | 1 | 1 |

## A book

Refuted as expected: 1 item.

| identity | title | note |
| --- | --- | --- |
| `book/erratum` | Erratum | a sign |

Not proved for all sizes: 3 items.

| identity | verdict | why |
| --- | --- | --- |
| `book/small` | proved-at-sizes |  |
| `book/hard` | undecided | no rule yet |
| `book/alarm` | refuted |  |

Out of reach: 1 item.

| item | reason | needs |
| --- | --- | --- |
| 45 | complex | i |
"""


def test_the_page_counts_every_source_and_explains_what_is_not_proved() -> None:
    assert coverage_page([BOOK, DONE]).endswith(f"typed by hand.\n\n{PAGE}")


@pytest.mark.parametrize("one", ALL, ids=[one.id for one in ALL])
def test_every_result_is_counted_by_one_column(one: Result) -> None:
    assert sum(outcome.counts(one) for outcome in OUTCOMES) == 1


def test_the_same_input_gives_the_same_page() -> None:
    assert coverage_page([BOOK, DONE]) == coverage_page([BOOK, DONE])


def test_signs_of_markdown_are_escaped() -> None:
    odd = Source("odd.yaml", "", (), {}, [Skipped("ln|X| of *X*", "x_1 < `y`")])
    assert r"| ln\|X\| of \*X\* | x\_1 \< \`y\` |  |" in coverage_page([odd])
    assert "## odd.yaml" in coverage_page([odd])
