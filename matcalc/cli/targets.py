"""What `prove` is about: identities of catalogues, and claims written on the command line."""

from collections.abc import Mapping, Sequence
from typing import NoReturn, cast

import click

from matcalc.catalogue import Identity, Selection, select
from matcalc.catalogue.records import Layout
from matcalc.catalogue.selection import SUFFIXES
from matcalc.errors import Place

NAME = "claim"
"""The name of a claim that stands alone; several are numbered."""


def choose(targets: Sequence[str], where: Mapping[str, str], layout: str | None) -> Selection:
    """The identities that the targets name, and the claims among the targets under the declarations and the layout.

    A claim has no place in a file, and need not declare all of its names. A usage error where there are declarations or
    a layout and no claim for them.
    """
    claims = list(dict.fromkeys(filter(is_claim, targets)))
    if not claims and (where or layout):
        _refuse("--where and --layout go with a claim, as in matcalc prove 'A @ x == x'")
    if not claims:
        return select(targets)
    written = _written(claims, where, cast(Layout, layout or "mixed"))
    parts = [Selection((written[target],)) if target in written else select([target]) for target in targets]
    identities = {(one.place, one.name): one for part in parts for one in part.identities}
    return Selection(tuple(identities.values()), tuple(dict.fromkeys(fault for part in parts for fault in part.faults)))


def is_claim(target: str) -> bool:
    """Whether a target is a claim: it has an equals sign, which no name of an identity has, and names no file."""
    return "=" in target and not target.endswith(SUFFIXES)


def is_written(identity: Identity) -> bool:
    """Whether an identity was written on the command line."""
    return identity.place == Place()


def read_where(declarations: Sequence[str]) -> dict[str, str]:
    """The declarations of `--where A=matrix(m, n)`; a usage error for what is none."""
    where: dict[str, str] = {}
    for text in declarations:
        name, sign, declaration = (part.strip() for part in text.partition("="))
        if not (sign and name and declaration):
            _refuse(f"{text!r} declares nothing; write NAME=DECLARATION, as in 'A=matrix(m, n) symmetric'", "'--where'")
        if name in where:
            _refuse(f"{name} has two declarations", "'--where'")
        where[name] = declaration
    return where


def _written(claims: Sequence[str], where: Mapping[str, str], layout: Layout) -> dict[str, Identity]:
    """Each claim by its text, under a name of its own."""
    names = [NAME] if len(claims) == 1 else [f"{NAME}-{number}" for number, _ in enumerate(claims, 1)]
    return {text: Identity(name, Place(), text, where, layout) for text, name in zip(claims, names, strict=True)}


def _refuse(message: str, option: str | None = None) -> NoReturn:
    raise click.BadParameter(message, param_hint=option) if option else click.UsageError(message)
