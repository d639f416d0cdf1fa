"""The trusted core. Its interface is this page.

    replay(goal, derivation) -> Theorem        raises Refused where a step does not fit

A `Goal` is two or more expressions by entries over the same slots, with what is declared of their symbols. A
`Derivation` rewrites each of them, step by step, if need be with equations that it derives first; the theorem stands
when all end in the same expression. Only `replay` makes a `Theorem`. The rules are the rows of `kernel.rules`; nothing
here searches, prints, or guesses.
"""

from matcalc.kernel.replay import Derivation, Goal, Theorem, replay
from matcalc.kernel.rules import RULES, Rule
from matcalc.kernel.steps import Arrange, Cases, Clear, Gather, Identify, Lemma, Refused, Rewrite, Step, Within

__all__ = [
    "RULES",
    "Arrange",
    "Cases",
    "Clear",
    "Derivation",
    "Gather",
    "Goal",
    "Identify",
    "Lemma",
    "Refused",
    "Rewrite",
    "Rule",
    "Step",
    "Theorem",
    "Within",
    "replay",
]
