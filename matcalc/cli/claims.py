"""Claims written on the command line: how they are read, and what is assumed of the names that nobody declares.

For the processes that work on identities; the main process never imports this module.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace

from matcalc.catalogue import Identity, locate
from matcalc.cli.targets import is_written
from matcalc.errors import Fault, MatcalcError
from matcalc.language.inference import infer
from matcalc.language.syntax import parse_equation, parse_formula
from matcalc.language.trees import Tree


def read_claim(text: str) -> tuple[Tree, ...]:
    """The sides of a claim as it was written. Raises MatcalcError at the first fault of the syntax."""
    return parse_equation(text)


def check_formula(identity: Identity, text: str) -> None:
    """Raises MatcalcError at the first fault of the syntax of an expression that is part of a claim."""
    try:
        parse_formula(text)
    except MatcalcError as error:
        faults = [replace(fault, text=fault.text or text) for fault in error.faults]
        raise MatcalcError(*(locate(identity, fault) for fault in faults)) from None


def check_varies(identity: Identity, text: str, by: str) -> None:
    """Raises MatcalcError where an expression is to be differentiated by a name that it and the declarations lack."""
    name = by.partition("[")[0].strip()
    if name not in {*re.findall(r"[^\W\d]\w*", text), *identity.where}:
        what = f"{name or 'the empty name'} stands neither in the expression nor in a declaration"
        raise MatcalcError(locate(identity, Fault(what, "differentiate by a name that does", text, (0, len(text)))))


def with_assumptions(identity: Identity) -> tuple[Identity, dict[str, str]]:
    """A claim of the command line with all of its names declared, and what was assumed of those that were not.

    An identity of a catalogue is left as it is. Raises MatcalcError with the faults of the claim.
    """
    if not is_written(identity):
        return identity, {}
    try:
        assumed = infer(read_claim(identity.claim), identity.where, identity.layout, identity.claim)
    except MatcalcError as error:
        faults = [replace(fault, text=fault.text or identity.claim) for fault in error.faults]
        raise MatcalcError(*(locate(identity, fault) for fault in faults)) from None
    return replace(identity, where={**identity.where, **assumed}), assumed


def assumption_lines(assumed: Mapping[str, str], width: int) -> list[str]:
    """What was assumed, in a sentence below an empty line; nothing where everything was declared."""
    if not assumed:
        return []
    listed = ", ".join(f"{name}: {text}" for name, text in assumed.items())
    return ["", *textwrap.wrap(f"Not declared, and so taken to be {listed}.", width, subsequent_indent="  ")]
