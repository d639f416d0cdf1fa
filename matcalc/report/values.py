"""Counts, sizes and values in print; a matrix on one line, or as a block that a person can check by hand."""

from collections.abc import Mapping

from matcalc.results import Counterexample, Entry, ExactCheck, Value


def counted(number: int, one: str, many: str = "") -> str:
    """`1 point`, `2 points`, `2 identities`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def sizes_text(sizes: Mapping[str, int]) -> str:
    """`m=2, n=3`."""
    return ", ".join(f"{name}={value}" for name, value in sizes.items())


def exact_places(exact: ExactCheck) -> str:
    """Where the exact check was made: `n=2; n=3`, `m=2, n=3; k=0…3`, or `the given sizes`."""
    sizes = [sizes_text(sizes) for sizes in exact.sizes if sizes]
    integers = [f"{name}={values[0]}…{values[-1]}" for name, values in exact.integers.items()]
    return "; ".join(sizes + integers) or "the given sizes"


def value_text(value: Value) -> str:
    """A value on one line: rows end in semicolons, `[1 2; 3 4]`."""
    if not isinstance(value, tuple):
        return _entry_text(value)
    return f"[{'; '.join(' '.join(_entry_text(entry) for entry in row) for row in value)}]"


def counterexample_line(counterexample: Counterexample) -> str:
    """Sizes, values and both sides on one line."""
    sizes = [sizes_text(counterexample.sizes)] if counterexample.sizes else []
    values = [f"{name} = {value_text(value)}" for name, value in counterexample.at.items()]
    place = ", ".join(sizes + values)
    return f"at {place}: left {value_text(counterexample.lhs)}, right {value_text(counterexample.rhs)}"


def counterexample_block(counterexample: Counterexample) -> list[str]:
    """The same with every matrix as a block of aligned columns."""
    lines = [f"sizes  {sizes_text(counterexample.sizes)}"] if counterexample.sizes else []
    for name, value in counterexample.at.items():
        lines += labelled(name, value)
    error = counterexample.error
    bound = [] if error is None else ["", f"decimals are within {error:.0e} of the exact values"]
    return [
        *lines,
        "",
        *labelled("left", _full(counterexample.lhs)),
        *labelled("right", _full(counterexample.rhs)),
        *bound,
    ]


def _full(value: Value) -> Value:
    """The value with every digit of its decimals."""
    if not isinstance(value, tuple):
        return str(value)
    return tuple(tuple(str(entry) for entry in row) for row in value)


def labelled(label: str, value: Value) -> list[str]:
    """`label = value`, a matrix row below row."""
    if not isinstance(value, tuple):
        return [f"{label} = {_entry_text(value)}"]
    texts = [[_entry_text(entry) for entry in row] for row in value]
    widths = [max(len(text) for text in column) for column in zip(*texts, strict=True)]
    rows = ["  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True)) for row in texts]
    heads = [f"{label} =", *[" " * (len(label) + 2)] * (len(rows) - 1)]
    return [f"{head} [ {row} ]" for head, row in zip(heads, rows, strict=True)]


def _entry_text(entry: Entry) -> str:
    return f"{entry:.6g}" if isinstance(entry, float) else str(entry)
