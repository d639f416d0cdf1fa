"""What a row of the normal form's tables answers: which rule applies to a term, and where."""

from collections.abc import Callable
from typing import Any, TypeAlias

from matcalc.components.terms import Term
from matcalc.prover.trace import Trace

Place: TypeAlias = tuple[str, int, tuple[Any, ...]]
"""A rule, the place of the factor, the rule's arguments."""

Finder: TypeAlias = Callable[[Trace, Term], Place | None]
