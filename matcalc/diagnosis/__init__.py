"""What would be true where a claim is false: small changes to it that both witnesses confirm.

`diagnose` is the way in. The tables of changes are `EDITS` in `matcalc.diagnosis.edits`, `PROPERTIES` and the sizes in
`matcalc.diagnosis.hypotheses`; nothing is said that has not been proved and cross-checked.
"""

from matcalc.diagnosis.search import diagnose
from matcalc.diagnosis.statements import Statement

__all__ = ["Statement", "diagnose"]
