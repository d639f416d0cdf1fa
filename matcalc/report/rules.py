"""What the rules say that a proof rests on: the rows of the kernel's table, and the laws that are no rows of it."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcalc.kernel import RULES


@dataclass(frozen=True, slots=True)
class Law:
    """A rule for a reader: what it states, when it holds (always, if nothing is said), its source, an example."""

    name: str
    statement: str
    condition: str = ""
    source: str = "definition"
    example: str = ""


_STEPS = (
    Law(
        "renaming and collecting",
        "Σ_i t(i) = Σ_j t(j), s + t = t + s, s t = t s, f^a f^b = f^(a+b), a t + b t = (a + b) t",
    ),
    Law("multiplying through", "e = B^(−m) (B^m e)", "B is never 0, or e is divided by it"),
    Law("one sum", "Σ_i s(i) + Σ_i t(i) = Σ_i (s(i) + t(i))", "both over the same range"),
    Law("equal arguments", "F(u) = F(v)", "u − v = 0, which steps of the derivation show, and v is defined"),
    Law("cases of a sign", "e = 0", "e = 0 for s > 0 and for s < 0, and e does not jump at s = 0, or s ≠ 0"),
    Law("induction", "for all k: L(k) = R(k)", "L(0) = R(0), and L(k) = R(k) implies L(k + 1) = R(k + 1)"),
    Law(
        "comparison of entries", "A = B at these sizes", "every entry of A − B is 0 on generic matrices of these sizes"
    ),
)
"""What changes an expression, or closes a proof, without a row of the table."""

LAWS: Mapping[str, Law] = {
    law.name: law for law in (*(Law(r.name, r.statement, r.condition, r.source, r.example) for r in RULES), *_STEPS)
}
"""Every name that a proof can rest on."""


def axiom_lines(names: Sequence[str], width: int = 100) -> list[str]:
    """The laws of these names, each on lines of its own: what the proof asks a reader to believe."""
    lines = []
    for name in names:
        law = LAWS[name]
        condition = f"; {law.condition}" if law.condition else ""
        lines += [f"  {law.name}"]
        lines += textwrap.wrap(f"{law.statement}{condition}  [{law.source}]", width - 6, **_INDENT)  # type: ignore[arg-type]
    return lines


_INDENT = {"initial_indent": "      ", "subsequent_indent": "      ", "break_long_words": False}


def law_page(law: Law) -> list[str]:
    """The page of one law."""
    rows = [("holds", law.condition or "always"), ("source", law.source), ("example", law.example)]
    return [law.name, "", f"    {law.statement}", "", *(f"  {key:<9}{text}" for key, text in rows if text)]
