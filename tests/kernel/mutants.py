"""Steps with something wrong in them: another term, place, rule, argument or renaming, drawn from a seed."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from matcalc.components.terms import Bound, Slot
from matcalc.kernel import RULES, Arrange, Cases, Clear, Gather, Identify, Rewrite, Step, Within


def mutants(step: Step, count: int, random: Random) -> Iterator[Step]:
    """Up to `count` steps that differ from this one."""
    for _ in range(count):
        mutant = _mutant(step, random)
        if mutant != step:
            yield mutant


def _mutant(step: Step, random: Random) -> Step:
    what = random.choice(("arguments", "arguments", "arguments", "place", "term", "name"))
    match step:
        case Arrange(renamings):
            return Arrange(_wrong(renamings, random))
        case Within(steps=inner) if what == "arguments":
            place = random.randrange(len(inner))
            return replace(step, steps=(*inner[:place], _mutant(inner[place], random), *inner[place + 1 :]))
        case Within(body=body) if what == "name":
            return replace(step, body=_wrong(body, random))
        case Rewrite() if what == "name":
            return replace(step, rule=random.choice(RULES).name)
        case Rewrite() if what == "arguments":
            return _of_arguments(step, random)
        case Cases(positive=first, negative=second) if what == "arguments":
            return replace(step, positive=second, negative=first)
        case Cases():
            return replace(step, symbol=_wrong(step.symbol, random))
        case Clear() | Gather() | Identify():
            return _mutant_of_whole(step, random)
        case Rewrite() | Within() if what == "place":
            return replace(step, place=_wrong(step.place, random))
        case _:
            return replace(step, term=_wrong(step.term, random))


def _of_arguments(step: Rewrite, random: Random) -> Rewrite:
    """With other arguments, or proofs that are cut short."""
    if any(step.proofs) and random.randrange(2):
        return replace(step, proofs=tuple(proof[: random.randrange(len(proof) + 1)] for proof in step.proofs))
    return replace(step, arguments=_wrong(step.arguments, random))


def _mutant_of_whole(step: Clear | Gather | Identify, random: Random) -> Step:
    """Of a step on a whole expression."""
    match step:
        case Clear(base=base):
            indices = tuple(_wrong(index, random) for index in base.indices)
            return random.choice(
                (replace(step, power=_wrong(step.power, random)), replace(step, base=replace(base, indices=indices)))
            )
        case Gather(terms=terms):
            return replace(step, terms=_wrong(terms, random))
        case Identify(old=old, new=new, steps=inner):
            dropped = inner[: random.randrange(len(inner))] if inner else ()
            wrong = {"old": _wrong(old, random), "new": _wrong(new, random), "steps": dropped}
            name = random.choice(sorted(wrong))
            return replace(step, **{name: wrong[name]})


def _wrong(value: Any, random: Random) -> Any:
    """Something of the same kind, mostly another."""
    match value:
        case int():
            return random.choice((-3, -2, -1, 0, 1, 2, 3, value + 1, value - 1))
        case str():
            return random.choice(("right", "left", "neither"))
        case Bound(number) | Slot(number):
            return random.choice((Bound(_wrong(number, random)), Bound(0), Slot(0), Slot(1)))
        case tuple() if value:
            return _wrong_tuple(value, random)
        case tuple():
            return random.choice(((), (0,), (-1,)))
        case _:
            return value


def _wrong_tuple(value: tuple[Any, ...], random: Random) -> tuple[Any, ...]:
    items, place = list(value), random.randrange(len(value))
    match random.choice(("change", "change", "change", "repeat", "drop", "shuffle", "add")):
        case "change":
            items[place] = _wrong(items[place], random)
        case "repeat":
            items.insert(place, items[place])
        case "drop":
            del items[place]
        case "shuffle":
            random.shuffle(items)
        case _:
            items.append(random.choice((0, -1, Bound(0))))
    return tuple(items)
