"""What elaboration knows while it reads one claim: the meaning of names, whole numbers, quotations and faults."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, assert_never

from matcalc.errors import Fault, MatcalcError
from matcalc.language.declarations import TYPES
from matcalc.language.functions import FUNCTIONS, OPERATORS, is_known
from matcalc.language.nodes import Differential, Expression, Layout, Parameter, Pi, Shape, Size, Span, Symbol
from matcalc.language.scopes import Names, base_of_differential
from matcalc.language.shapes import Misfit, Operand
from matcalc.language.sizes import Reading, generator, literal_value, polynomial
from matcalc.language.suggestions import mend_for_name
from matcalc.language.tokens import error
from matcalc.language.trees import Apply, Infix, Minus, Name, Tree

Role: TypeAlias = Literal["size", "index", "exponent", "bound", "axis"]
"""What a whole number is for."""

_SAID: dict[Role, str] = {
    "size": "a size",
    "index": "an index",
    "exponent": "an exponent",
    "bound": "a bound",
    "axis": "an axis",
}

MAX_UNDECLARED = 100
"""Undeclared names that are reported; a claim with more is beyond mending name by name."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known at one place of a claim; `bound` are the summation variables around it.

    The faults, those of them that are of shapes, and the undeclared names reported so far are what changes: all
    contexts of a claim share them.
    """

    text: str
    names: Names
    layout: Layout
    bound: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    undeclared: set[str] = field(default_factory=set)

    def inside_sum(self, variable: str) -> "Context":
        """The context of the summand of a sum over `variable`; faults go to the same list."""
        return replace(self, bound=(*self.bound, variable))

    @property
    def scalar(self) -> Shape:
        """1×1."""
        one = self.names.scope.ring.one
        return Shape(one, one)

    def is_first_report(self, name: str) -> bool:
        """Whether an undeclared name is to be reported: each is once, and not too many in one claim."""
        if name in self.undeclared or len(self.undeclared) == MAX_UNDECLARED:
            return False
        self.undeclared.add(name)
        return True

    def fail(self, what: str, mend: str, span: Span) -> None:
        """Note a fault of the claim."""
        self.faults.append(Fault(what, mend, span=span))

    def take(self, bad: MatcalcError, span: Span) -> None:
        """Note the faults of `bad`, at `span` where they have no place of their own."""
        self.faults.extend(replace(fault, span=fault.span if any(fault.span) else span) for fault in bad.faults)
        self.misfits.extend([bad] if isinstance(bad, Misfit) else [])

    def quote(self, tree: Tree) -> str:
        """The text of a tree on one line, without brackets around the whole."""
        text = " ".join(self.text[slice(*tree.span)].split())
        return text[1:-1].strip() if isinstance(tree, Infix | Minus) and not _is_bare(tree) else text

    def quote_factor(self, tree: Tree) -> str:
        """The text of a tree as it stands beside an operator."""
        return f"({self.quote(tree)})" if isinstance(tree, Infix | Minus) else self.quote(tree)

    def check_count(self, tree: Apply, name: str, least: int, most: int, mend: str) -> bool:
        """Whether a call has from `least` to `most` arguments; if not, a fault at the superfluous ones or the call."""
        count = len(tree.arguments)
        if least <= count <= most:
            return True
        span = (tree.arguments[most].span[0], tree.arguments[-1].span[1]) if count > most else tree.span
        self.fail(f"{name} takes {_count_text(least, most)}, not {count}", mend, span)
        return False

    def operand(self, tree: Tree, node: Expression) -> Operand:
        """A well-formed part as rules of shapes see it."""
        return Operand(self.quote(tree), node.shape, isinstance(tree, Infix | Minus), isinstance(node, Symbol))

    def value(self, name: Name) -> Expression | None:
        """The meaning of a name that stands for a value, or None and a fault."""
        text, span, scope = name.text, name.span, self.names.scope
        if text in self.bound:
            return Parameter(self.scalar, generator(scope.ring, text), span=span)
        if text in self.names.uncertain:
            return None
        if text in scope.declarations:
            return self._declared(name)
        if text in scope.sizes:
            return Parameter(self.scalar, generator(scope.ring, text), span=span)
        if text == "pi":
            return Pi(self.scalar, span=span)
        if text.startswith("d") and text[1:] in self.names.uncertain:
            return None
        if base_of_differential(text, scope.declarations):
            return self._differential(name)
        self._undeclared(name)
        return None

    def _declared(self, name: Name) -> Expression | None:
        declaration = self.names.scope[name.text]
        match declaration.kind:
            case "scalar" | "vector" | "matrix":
                return Symbol(declaration.shape, name.text, span=name.span)
            case "integer" | "index":
                return Parameter(self.scalar, generator(self.names.scope.ring, name.text), span=name.span)
            case "function":
                self.fail(f"{name.text} is a function without its argument", f"write {name.text}(x)", name.span)
                return None
            case _:
                assert_never(declaration.kind)

    def _differential(self, name: Name) -> Expression | None:
        base = self.names.scope[name.text[1:]]
        if TYPES[base.kind].is_real:
            return Differential(base.shape, base.name, span=name.span)
        what = f"{name.text} is no differential: {base.name} is declared as {base.kind}"
        self.fail(what, "only scalars, vectors and matrices vary", name.span)
        return None

    def _undeclared(self, name: Name) -> None:
        if is_known(name.text):
            row = FUNCTIONS.get(name.text) or OPERATORS[name.text]
            self.fail(f"{name.text} is a function without its arguments", row.mend(), name.span)
            return
        if self.is_first_report(name.text):
            otherwise = f"add {name.text} to where"
            mend = self._mend_for_sum(name.text) or mend_for_name(name.text, self._value_names(name.text), otherwise)
            self.fail(f"{name.text} is not declared", mend, name.span)

    def _value_names(self, name: str) -> list[str]:
        """What `name` may be a slip for; a differential only where it starts like one."""
        scope = self.names.scope
        reals = [known for known in scope.declarations if TYPES[scope[known].kind].is_real]
        differentials = [f"d{known}" for known in reals if name.startswith("d")]
        return [*scope.declarations, *scope.sizes, *self.bound, *differentials]

    def whole_number(self, tree: Tree, role: Role) -> Size | None:
        """The polynomial that `tree` writes where a whole number stands, or None and a fault."""
        try:
            size = polynomial(tree, self._reading(role))
        except _UncertainError:
            return None
        except MatcalcError as bad:
            self.take(bad, tree.span)
            return None
        return self._in_range(size, tree, role)

    def _reading(self, role: Role) -> Reading:
        return Reading(self.names.scope.ring, _SAID[role], role != "size", lambda name: self._whole_name(name, role))

    def _in_range(self, size: Size, tree: Tree, role: Role) -> Size | None:
        value = literal_value(size)
        if value is None or value > 0 or role not in ("size", "index"):
            return size
        mend = "indices count from 1" if role == "index" else "a size is a positive integer"
        self.fail(f"{_SAID[role]} is {value}", mend, tree.span)
        return None

    def _whole_name(self, name: Name, role: Role) -> Size:
        """The generator of a size, integer, index or summation variable; a size may be made of the first two only."""
        text, scope = name.text, self.names.scope
        if text in self.bound:
            if role == "size":
                what = f"{text} is a summation variable and no size"
                raise error(what, "sizes are the same in every term of a sum", name.span)
            return generator(scope.ring, text)
        if text in self.names.uncertain:
            raise _UncertainError
        if text in scope.declarations:
            return self._whole_declared(name, role)
        if text in scope.sizes:
            return generator(scope.ring, text)
        if text == "pi":
            raise error(f"{_SAID[role]} is a whole number, and pi is none", "choose another name", name.span)
        if not self.is_first_report(text):
            raise _UncertainError
        otherwise = f"add {text} to where as {'index(n)' if role == 'index' else 'integer'}"
        mend = self._mend_for_sum(text) or mend_for_name(text, self._whole_names(role), otherwise)
        raise error(f"{text} is not declared", mend, name.span)

    def _mend_for_sum(self, name: str) -> str | None:
        return "the variable of a Sum has a meaning in its summand only" if name in self.names.summation else None

    def _whole_declared(self, name: Name, role: Role) -> Size:
        kind = self.names.scope[name.text].kind
        if kind == "integer" or (kind == "index" and role != "size"):
            return generator(self.names.scope.ring, name.text)
        mend = {
            "size": f"write a size name, or declare {name.text} as integer",
            "index": f"declare {name.text} as index(n) or integer",
        }.get(role, f"declare {name.text} as integer")
        raise error(f"{name.text} is declared as {kind}, and {_SAID[role]} is a whole number", mend, name.span)

    def _whole_names(self, role: Role) -> list[str]:
        scope = self.names.scope
        kinds = ("integer",) if role == "size" else ("integer", "index")
        declared = [name for name in scope.declarations if scope[name].kind in kinds]
        return [*declared, *scope.sizes, *self.bound]


def _is_bare(tree: Infix | Minus) -> bool:
    """Whether no brackets stand around the whole: they would make the span wider than that of the parts."""
    match tree:
        case Infix(_, left):
            return left.span[0] == tree.span[0]
        case Minus(operand):
            return operand.span[1] == tree.span[1]


def _count_text(least: int, most: int) -> str:
    if least == most:
        return f"{most} argument" if most == 1 else f"{most} arguments"
    return f"{least} or {most} arguments"


Elaborate: TypeAlias = Callable[[Context, Tree], Expression | None]
"""What gives a tree its meaning in a context: the typed form, or None when a fault is noted."""


class _UncertainError(Exception):
    """A whole number contains a name whose fault is reported elsewhere: nothing more is said of it."""
