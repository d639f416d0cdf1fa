"""Claims and expressions of the command line: how they are read, and what is assumed of names that nobody declares.

For the processes that work on identities; the main process never imports this module.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import replace

from matcalc.catalogue import Identity, locate
from matcalc.cli.deriving import Question
from matcalc.cli.targets import is_written
from matcalc.errors import Fault, MatcalcError
from matcalc.notation import Understood, understand


def with_assumptions(identity: Identity) -> tuple[Identity, dict[str, str]]:
    """A claim of the command line in the Python form with all of its names declared, and what was assumed of those.

    An identity of a catalogue is left as it is. Raises MatcalcError with the faults of the claim.
    """
    if not is_written(identity):
        return identity, {}
    read = _understood(identity, identity.claim)
    return replace(identity, claim=read.python, where={**identity.where, **read.assumed}), dict(read.assumed)


def as_asked(asked: Identity, question: Question) -> tuple[Identity, str, dict[str, str]]:
    """The claim of a derivative with all names declared, the expression in the Python form, and what was assumed.

    Raises MatcalcError with the faults of the expression, or where it is to be differentiated by what it has not.
    """
    read = _understood(asked, question.expression)
    declared = {**asked.where, **read.assumed}
    by = _variable(asked, question, declared)
    claim = f"{asked.claim.partition('(')[0]}({read.python}, {by}) == 0"
    return replace(asked, claim=claim, where=declared), read.python, dict(read.assumed)


def _variable(asked: Identity, question: Question, declared: Mapping[str, str]) -> str:
    """What to differentiate by: a declared symbol, in the Python form, or an entry of one."""
    by = question.by.strip()
    if by.isidentifier() and by not in declared:
        by = _understood(replace(asked, where=declared), by).python
    name = by.partition("[")[0].strip()
    if name not in declared:
        what = f"{name or 'the empty name'} stands neither in the expression nor in a declaration"
        fault = Fault(what, "differentiate by a name that does", question.expression, (0, len(question.expression)))
        raise MatcalcError(locate(asked, fault))
    return by


def _understood(identity: Identity, text: str) -> Understood:
    try:
        return understand(text, identity.where, identity.layout)
    except MatcalcError as error:
        faults = [replace(fault, text=fault.text or text) for fault in error.faults]
        raise MatcalcError(*(locate(identity, fault) for fault in faults)) from None


def assumption_lines(assumed: Mapping[str, str], width: int) -> list[str]:
    """What was assumed, in a sentence below an empty line; nothing where everything was declared."""
    if not assumed:
        return []
    listed = ", ".join(f"{name}: {text}" for name, text in assumed.items())
    return ["", *textwrap.wrap(f"Not declared, and so taken to be {listed}.", width, subsequent_indent="  ")]
