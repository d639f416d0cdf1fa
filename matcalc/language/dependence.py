"""What depends on what: the `of` of declarations, and the differentials that follow from others."""

from collections.abc import Collection, Iterator, Mapping

from matcalc.errors import Fault
from matcalc.language.declarations import TYPES, DeclarationSyntax, Word
from matcalc.language.nodes import Declaration, Span
from matcalc.language.suggestions import mend_for_name
from matcalc.language.trees import Tree, names_in


def origin_of(name: str) -> str:
    """The origin of faults in the declaration of `name`."""
    return f"where.{name}"


def dependence_faults(
    declarations: Mapping[str, Declaration], written: Mapping[str, DeclarationSyntax], uncertain: Collection[str]
) -> Iterator[Fault]:
    """Variables behind `of` that are none, and circles of dependence, each reported once."""
    in_circle: set[str] = set()
    for name in declarations:
        syntax = written[name]
        for word in syntax.of:
            if word.text not in uncertain:
                yield from _variable_faults(syntax, word, declarations)
        circle = _circle(name, declarations)
        if circle and name not in in_circle:
            in_circle.update(circle)
            what = f"{name} depends on itself: {' of '.join((*circle, name))}"
            mend = f"declare {circle[-1]} without of {name}"
            yield Fault(what, mend, syntax.text, _span_of_variables(syntax), origin_of(name))


def following_differentials(
    declarations: Mapping[str, Declaration], varying: tuple[str, ...], trees: tuple[Tree, ...]
) -> Iterator[Fault]:
    """The faults of a claim with both dX and dY, where Y is a function of X: dY follows from dX."""
    for name in varying:
        for source in varying:
            if source in _sources(name, declarations):
                span = next(tree.span for tree in names_in(*trees) if tree.text == f"d{name}")
                what = f"d{name} follows from d{source}, as {name} is a function of {source}"
                yield Fault(what, f"write d({name}), or declare {name} without of {source}", span=span)


def _variable_faults(syntax: DeclarationSyntax, word: Word, declarations: Mapping[str, Declaration]) -> Iterator[Fault]:
    declaration = declarations.get(word.text)
    if declaration is None:
        reals = [known for known, other in declarations.items() if TYPES[other.kind].is_real]
        mend = mend_for_name(word.text, reals, f"add {word.text} to where")
        yield Fault(f"{word.text} is not declared", mend, syntax.text, word.span, origin_of(syntax.name))
    elif not TYPES[declaration.kind].is_real:
        what = f"{word.text} is declared as {declaration.kind}, and nothing can be a function of it"
        mend = f"declare {word.text} as scalar"
        yield Fault(what, mend, syntax.text, word.span, origin_of(syntax.name))


def _span_of_variables(syntax: DeclarationSyntax) -> Span:
    return syntax.of[0].span[0], syntax.of[-1].span[1]


def _circle(name: str, declarations: Mapping[str, Declaration]) -> tuple[str, ...]:
    """A path along `of` from `name` back to it, without its end; empty where there is none."""
    paths: list[tuple[str, ...]] = [(name,)]
    seen = {name}
    while paths:
        path = paths.pop()
        following = _variables(path[-1], declarations)
        if name in following:
            return path
        fresh = [step for step in following if step not in seen]
        seen.update(fresh)
        paths.extend((*path, step) for step in fresh)
    return ()


def _sources(name: str, declarations: Mapping[str, Declaration]) -> set[str]:
    """Everything that `name` depends on, through others too."""
    sources: set[str] = set()
    pending = [*_variables(name, declarations)]
    while pending:
        source = pending.pop()
        if source not in sources:
            sources.add(source)
            pending += _variables(source, declarations)
    return sources


def _variables(name: str, declarations: Mapping[str, Declaration]) -> tuple[str, ...]:
    return declarations[name].of if name in declarations else ()
