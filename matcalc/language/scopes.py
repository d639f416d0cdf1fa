"""The scope of a claim: what every name in it is, before any expression is given a shape.

Names come from three places: `where`; the sizes of declarations; and the constants of the claim (`eye(n)`), whose sizes
need no declaration. `dX` beside a declared X is its differential.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from matcalc.errors import Fault, MatcalcError
from matcalc.language.declarations import TYPES, DeclarationSyntax, declare, parse_declaration
from matcalc.language.dependence import dependence_faults, following_differentials, origin_of
from matcalc.language.functions import FUNCTIONS, is_known
from matcalc.language.nodes import Declaration, Scope, Size
from matcalc.language.sizes import generator, ring_of
from matcalc.language.tokens import MAX_NAME, error, quotable, reserved_word, tokenise
from matcalc.language.trees import Name, Tree, calls_in, names_in

MAX_NAMES = 256
"""Names of a claim: declared ones, sizes and summation variables together."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of a claim are.

    `varying` are the declared symbols whose differential occurs in the claim, in the order declared. `uncertain` are
    names that stand in a faulty declaration: whatever is said of them would be a guess, so nothing is. `summation` are
    the variables of the claim's sums.
    """

    scope: Scope
    varying: tuple[str, ...]
    uncertain: frozenset[str]
    summation: frozenset[str]

    def is_taken(self, name: str) -> bool:
        """Whether `name` means something throughout the claim."""
        return name in self.scope.declarations or name in self.scope.sizes or name == "pi"


def open_scope(where: Mapping[str, str], trees: tuple[Tree, ...]) -> tuple[Names, list[Fault]]:
    """The names of the claim `trees` under the declarations `where`, with every fault found among them.

    Faults of the claim itself have the origin `claim` and no text yet.
    """
    if len(where) > MAX_NAMES:
        raise MatcalcError(Fault(f"where declares more than {MAX_NAMES} names", "split the claim"))
    written, faults = _read_declarations(where)
    uncertain = _uncertain(where, written)
    sizes = tuple(_size_names(written, trees, uncertain))
    ring = ring_of(_generator_names(sizes, written, trees))
    declared, more = _declare(written, ring)
    uncertain |= written.keys() - declared.keys()
    differentials = _written_differentials(declared, trees)
    declarations = {name: declaration for name, declaration in declared.items() if name not in differentials}
    varying = tuple(_varying(declarations, sizes, trees))
    faults += more
    faults.extend(_differential_faults(differentials, declared, written))
    faults.extend(dependence_faults(declarations, written, uncertain))
    faults.extend(_clashes(declarations, trees))
    faults.extend(following_differentials(declarations, varying, trees))
    summation = frozenset(_summation_variables(trees))
    return Names(Scope(declarations, sizes, ring), varying, uncertain, summation), faults


def base_of_differential(name: str, declarations: Container[str]) -> str | None:
    """X for the name dX of the differential of a declared X, else nothing."""
    base = name[1:]
    return base if name.startswith("d") and base in declarations else None


def _read_declarations(where: Mapping[str, str]) -> tuple[dict[str, DeclarationSyntax], list[Fault]]:
    written: dict[str, DeclarationSyntax] = {}
    faults: list[Fault] = []
    for name, text in where.items():
        try:
            _check_name(name)
        except MatcalcError as bad:
            faults += _in_declaration(name, "", bad.faults)
            continue
        try:
            written[name] = parse_declaration(name, text)
        except MatcalcError as bad:
            faults += _in_declaration(name, text, bad.faults)
    return written, faults


def _in_declaration(name: str, text: str, faults: Iterable[Fault]) -> list[Fault]:
    return [replace(fault, text=quotable(text), origin=origin_of(name)) for fault in faults]


def _check_name(name: str) -> None:
    if name == "pi":
        raise error("pi is the number and cannot be declared", "choose another name", (0, 0))
    mend = reserved_word(name)
    if mend is not None:
        raise error(f"{name} is reserved by the syntax", mend, (0, 0))
    if len(name) > MAX_NAME:
        raise error(f"a name has more than {MAX_NAME} characters", "shorten it", (0, 0))
    if not _NAME.fullmatch(name):
        raise error(_bad_name(name), "names are made of a-z, A-Z, 0-9 and _", (0, 0))


def _bad_name(name: str) -> str:
    try:
        tokenise(name)
    except MatcalcError as bad:
        return f"{name} is no name: {bad.faults[0].what}"
    return f"{name} is no name" if name else "a name is empty"


def _uncertain(where: Mapping[str, str], written: Mapping[str, DeclarationSyntax]) -> frozenset[str]:
    faulty = [name for name in where if name not in written]
    return frozenset(word for name in faulty for word in (name, *_NAME.findall(where[name])))


def _size_names(
    written: Mapping[str, DeclarationSyntax], trees: tuple[Tree, ...], uncertain: frozenset[str]
) -> Iterator[str]:
    """The size names in the order of the text: those of declarations, then those of constants of the claim."""
    bound = set(_summation_variables(trees))
    declared = (name.text for syntax in written.values() for name in names_in(*syntax.sizes))
    constant = (name for name in _constant_sizes(trees) if name not in bound and name not in uncertain)
    for name in dict.fromkeys((*declared, *constant)):
        if name != "pi" and (name not in written or written[name].type.kind == "integer"):
            yield name


def _constant_sizes(trees: tuple[Tree, ...]) -> Iterator[str]:
    for function, arguments in calls_in(*trees):
        kinds = FUNCTIONS[function.text].kinds if function.text in FUNCTIONS else ()
        for kind, argument in zip(kinds, arguments, strict=False):
            if kind == "size":
                yield from (name.text for name in names_in(argument))


def _summation_variables(trees: tuple[Tree, ...]) -> Iterator[str]:
    for function, arguments in calls_in(*trees):
        match function.text, arguments:
            case "Sum", [_, Name(variable), *_]:
                yield variable


def _generator_names(
    sizes: tuple[str, ...], written: Mapping[str, DeclarationSyntax], trees: tuple[Tree, ...]
) -> tuple[str, ...]:
    integers = [name for name, syntax in written.items() if syntax.type.kind == "integer"]
    indices = [name for name, syntax in written.items() if syntax.type.kind == "index"]
    names = tuple(dict.fromkeys((*sizes, *integers, *indices, *_summation_variables(trees))))
    if len(names) > MAX_NAMES:
        raise MatcalcError(Fault(f"the claim has more than {MAX_NAMES} sizes, integers and indices", "split it"))
    return names


def _declare(written: Mapping[str, DeclarationSyntax], ring: Any) -> tuple[dict[str, Declaration], list[Fault]]:
    def resolve(name: Name) -> Size:
        if name.text in written and written[name.text].type.kind != "integer":
            kind = written[name.text].type.kind
            raise error(f"{name.text} is a size here, and declared as {kind}", "rename one of the two", name.span)
        if name.text == "pi":
            raise error("pi is a number and no size", "choose another name", name.span)
        return generator(ring, name.text)

    declarations: dict[str, Declaration] = {}
    faults: list[Fault] = []
    for name, syntax in written.items():
        try:
            declarations[name] = declare(syntax, ring, resolve)
        except MatcalcError as bad:
            faults += _in_declaration(name, syntax.text, bad.faults)
    return declarations, faults


def _written_differentials(declarations: Mapping[str, Declaration], trees: tuple[Tree, ...]) -> dict[str, str]:
    """Each declared dX of a claim with `d(...)`, with its X: there dX is the differential, declared or not."""
    if not any(function.text == "d" for function, _ in calls_in(*trees)):
        return {}
    bases = {name: base_of_differential(name, declarations) for name in declarations}
    return {name: base for name, base in bases.items() if base and TYPES[declarations[base].kind].is_real}


def _differential_faults(
    differentials: Mapping[str, str],
    declarations: Mapping[str, Declaration],
    written: Mapping[str, DeclarationSyntax],
) -> Iterator[Fault]:
    """A declared dX must be declared as X is, without properties or variables."""
    for name, base in differentials.items():
        wanted = Declaration(name, declarations[base].kind, declarations[base].shape)
        if declarations[name] != wanted:
            what = f"{name} is the differential of {base} here, and is declared otherwise"
            mend = f"remove the declaration of {name}, or rename it"
            text = written[name].text
            yield Fault(what, mend, text, (0, len(text)), origin_of(name))


def _clashes(declarations: Mapping[str, Declaration], trees: tuple[Tree, ...]) -> Iterator[Fault]:
    """A declared name may be that of a function, unless the claim also calls the function."""
    called = {function.text: function.span for function, _ in calls_in(*trees)}
    for name, span in called.items():
        if name in declarations and is_known(name):
            what = f"{name} is declared in where, and is a function of the language too"
            yield Fault(what, f"rename the declared {name}", span=span)


def _varying(declarations: Mapping[str, Declaration], sizes: tuple[str, ...], trees: tuple[Tree, ...]) -> Iterator[str]:
    """The symbols X whose dX is a value in the claim, and neither declared nor a size or summation variable."""
    callees = {function.span for function, _ in calls_in(*trees)}
    used = {name.text for name in names_in(*trees) if name.span not in callees}
    taken = {*declarations, *sizes, *_summation_variables(trees)}
    for name, declaration in declarations.items():
        differential = f"d{name}"
        if differential in used and differential not in taken and TYPES[declaration.kind].is_real:
            yield name
