"""What would be true where a claim is false: small changes to it that both witnesses confirm.

`diagnose` is the way in; it imports the search, and torch with it, when it is first asked. The tables of changes are
`EDITS` in `matcalc.diagnosis.edits`, `PROPERTIES` and the sizes in `matcalc.diagnosis.hypotheses`; nothing is said that
has not been proved and cross-checked.
"""

from matcalc.diagnosis.statements import Statement
from matcalc.language.nodes import Claim

__all__ = ["Statement", "diagnose"]


def diagnose(statement: Statement, claim: Claim, seconds: float) -> str | None:
    """What would be true in place of a refuted claim; see `matcalc.diagnosis.search`."""
    from matcalc.diagnosis import search

    return search.diagnose(statement, claim, seconds)
