"""The grammar of paper and the trees that its rules make: the one door of lark.

Trees are those of the language, their places in the text as typed. What depends on shapes is an operator of
`matcalc.language.paper`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from matcalc.language.nodes import Span
from matcalc.language.tokens import error
from matcalc.language.trees import Apply, Attribute, Infix, Literal, Minus, Name, Subscript, Tree
from matcalc.notation.cursor import Mark


class Unexpected(Exception):
    """The grammar has no place for a mark."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index
        """Which mark it is; one more than the last is the end of the text."""


def build(marks: Sequence[Mark], length: int) -> tuple[Tree, ...]:
    """The sides that the marks of a text of `length` characters write. Raises Unexpected at the first misfit."""
    parser = _grammar().parse_interactive()
    for index, mark in enumerate((*marks, Mark("$END", "", (length, length)))):
        start, end = mark.span
        try:
            sides = parser.feed_token(Token(mark.kind, mark.text, start_pos=start, end_pos=end))
        except UnexpectedToken:
            raise Unexpected(index) from None
    return cast(tuple[Tree, ...], sides)


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr", lexer=_NoLexer, transformer=_Builder())


class _NoLexer(Lexer):
    """Marks are fed to the parser one by one, so nothing is left to a lexer of lark."""

    def __init__(self, configuration: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[Token]:
        return iter(())


def _span(token: Token) -> Span:
    return cast(int, token.start_pos), cast(int, token.end_pos)


def _reach(*parts: Tree | Token) -> Span:
    """From the first part to the last."""
    first, last = parts[0], parts[-1]
    start = _span(first) if isinstance(first, Token) else first.span
    end = _span(last) if isinstance(last, Token) else last.span
    return start[0], end[1]


def _call(function: str, span: Span, *arguments: Tree, whole: Span) -> Apply:
    return Apply(Name(function, span), arguments, whole)


class _Builder(Transformer[Token, Any]):
    """One method a rule of the grammar, with the parts of the rule from left to right."""

    def start(self, parts: list[Any]) -> tuple[Tree, ...]:
        return tuple(parts[::2])

    # Sums and products

    def infix(self, parts: list[Any]) -> Tree:
        left, sign, right = parts
        span = _reach(left, right)
        if sign == "kron":
            return _call("kron", _span(sign), left, right, whole=span)
        return Infix(str(sign), left, right, span, _span(sign))

    def side_by_side(self, parts: list[Any]) -> Tree:
        """A product without a sign: its faults are told at the second factor."""
        left, right = parts
        return Infix("times", left, right, _reach(left, right), right.span)

    def negated(self, parts: list[Any]) -> Tree:
        sign, operand = parts
        return Minus(operand, _reach(sign, operand))

    def unsigned(self, parts: list[Any]) -> Tree:
        return cast(Tree, parts[1])

    # Atoms

    def name(self, parts: list[Any]) -> Tree:
        (token,) = parts
        return Name(str(token), _span(token))

    def number(self, parts: list[Any]) -> Tree:
        (token,) = parts
        above, _, below = token.partition("/")
        span = _span(token)
        return Infix("/", Literal(above, span), Literal(below, span), span, span) if below else Literal(above, span)

    def bracketed(self, parts: list[Any]) -> Tree:
        opening, tree, closing = parts
        return replace(tree, span=_reach(opening, closing)) if opening else cast(Tree, tree)

    def arguments(self, parts: list[Any]) -> tuple[Tree, ...]:
        return tuple(parts[::2])

    def call(self, parts: list[Any]) -> Tree:
        function, _, arguments, closing = parts
        name, *primes = function.split(".")
        span = _span(function)
        called: Tree = Name(name, span)
        for prime in primes:
            called = Attribute(called, prime, span, span)
        return Apply(called, arguments, _reach(function, closing))

    def applied(self, parts: list[Any]) -> Tree:
        function, operand = parts
        return _call(str(function), _span(function), operand, whole=_reach(function, operand))

    def entry(self, parts: list[Any]) -> Tree:
        operand, _, positions, closing = parts
        return Subscript(operand, positions, _reach(operand, closing))

    def entry_of_name(self, parts: list[Any]) -> Tree:
        return self.entry([self.name(parts[:1]), *parts[1:]])

    def stacked(self, parts: list[Any]) -> Tree:
        """vec(X), by which a derivative is taken in the order of its entries, as a Jacobian is anyway."""
        function, _, variable, _ = parts
        if function != "vec":
            raise error(
                f"nothing is differentiated by {function}(…)", "name a variable, or vec of one", _span(function)
            )
        return self.name([variable])

    def transposed(self, parts: list[Any]) -> Tree:
        operand, mark = parts
        return Attribute(operand, "T", _reach(operand, mark), _span(mark))

    def pseudo_inverse(self, parts: list[Any]) -> Tree:
        operand, mark = parts
        return _call("pinv", _span(mark), operand, whole=_reach(operand, mark))

    def norm(self, parts: list[Any]) -> Tree:
        opening, operand, closing = parts
        function = _NORMS.get(closing)
        if function is None:
            raise error(f"there is no norm with {closing} below", "write ‖x‖, ‖x‖₁, ‖x‖₂ or ‖A‖_F", _span(closing))
        return _call(function, _span(opening), operand, whole=_reach(opening, closing))

    def absolute(self, parts: list[Any]) -> Tree:
        opening, operand, closing = parts
        return _call("|·|", _span(opening), operand, whole=_reach(opening, closing))

    def fraction(self, parts: list[Any]) -> Tree:
        sign, _, above, _, _, below, closing = parts
        return Infix("over", above, below, _reach(sign, closing), _span(sign))

    # Derivatives and sums

    def second(self, parts: list[Any]) -> Tree:
        return cast(Tree, parts[1])

    def third(self, parts: list[Any]) -> Tree:
        return cast(Tree, parts[2])

    def nabla(self, parts: list[Any]) -> "_Head":
        sign, variable = parts
        return _Head("grad", _reach(sign, variable), (variable,))

    def nabla_squared(self, parts: list[Any]) -> "_Head":
        sign, variable, _, exponent = parts
        return _hessian(exponent, variable, _reach(sign, exponent))

    def nabla_squared_first(self, parts: list[Any]) -> "_Head":
        sign, _, exponent, variable = parts
        return _hessian(exponent, variable, _reach(sign, variable))

    def by(self, parts: list[Any]) -> "_Head":
        return _Head("D", _reach(parts[0], parts[-1]), (parts[-1],))

    def by_fraction(self, parts: list[Any]) -> "_Head":
        return _Head("D", _reach(parts[0], parts[-1]), (parts[-2],))

    def sigma(self, parts: list[Any]) -> "_Head":
        sign, _, _, variable, _, lower, _, _, upper = parts
        return _Head("Sum", _reach(sign, upper), (self.name([variable]), lower, upper))

    def reaching(self, parts: list[Any]) -> Tree:
        head, operand = parts
        whole = head.span[0], operand.span[1]
        return _call(head.function, head.span, operand, *head.arguments, whole=whole)

    def quotient(self, parts: list[Any]) -> Tree:
        return _quotient("D", parts[1], parts[4], parts)

    def quotient_by_row(self, parts: list[Any]) -> Tree:
        return _quotient("jacobian", parts[1], parts[4], parts)

    def quotient_fraction(self, parts: list[Any]) -> Tree:
        return _quotient("D", parts[3], parts[7], parts)

    def quotient_fraction_by_row(self, parts: list[Any]) -> Tree:
        return _quotient("jacobian", parts[3], parts[7], parts)


_NORMS = {"": "norm", "1": "norm1", "2": "‖·‖₂", "F": "norm"}
"""The function that a norm is, by what stands below it."""


class _Head:
    """What extends over the rest of its term: a function, its place, and its arguments behind the term."""

    def __init__(self, function: str, span: Span, arguments: tuple[Tree, ...]) -> None:
        self.function, self.span, self.arguments = function, span, arguments


def _hessian(exponent: Tree, variable: Tree, span: Span) -> _Head:
    if not (isinstance(exponent, Literal) and exponent.text == "2"):
        raise error("∇ has no other power than ∇²", "write ∇²ₓ f for the Hessian", exponent.span)
    return _Head("hessian", span, (variable,))


def _quotient(function: str, changed: Tree, variable: Tree, parts: list[Any]) -> Tree:
    sign = parts[0]
    return _call(function, _span(sign), changed, variable, whole=_reach(*parts))
