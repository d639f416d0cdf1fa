"""The parser of claims: text to an untyped tree.

    equation    = expression "==" expression { "==" expression }
    expression  = term { ("+" | "-") term }
    term        = factor { ("*" | "/" | "@") factor }
    factor      = ("-" | "+") factor | power
    power       = primary [ "**" factor ]
    primary     = atom { "." NAME | "(" [ expressions ] ")" | "[" expressions "]" }
    atom        = NAME | NUMBER | "(" expression ")"
    expressions = expression { "," expression }

This is Python's expression grammar cut down to what the language has, with Python's precedence. Nothing is evaluated.
"""

from dataclasses import replace

from matcalc.errors import MatcalcError
from matcalc.language.tokens import Token, error, reserved_word, tokenise
from matcalc.language.trees import (
    MAX_NESTING,
    Apply,
    Attribute,
    Infix,
    Literal,
    Minus,
    Name,
    Subscript,
    Tree,
    too_deep,
    within_limits,
)

_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "@": 2}


def parse_equation(text: str) -> tuple[Tree, ...]:
    """The sides of `a == b` or of a chain, two or more. Raises MatcalcError at the first fault of the syntax."""
    parser = Parser(text)
    if parser.peek.kind == "end":
        raise error("the claim is empty", "write an equation: left == right", (0, len(text)))
    sides = [parser.expression()]
    while parser.accept("=="):
        sides.append(parser.expression())
    parser.expect_end()
    if len(sides) == 1:
        raise error("the claim has no ==", "write an equation: left == right", (0, len(text.rstrip())))
    return tuple(within_limits(side) for side in sides)


def parse_formula(text: str) -> Tree:
    """One expression without `==`. Raises MatcalcError at the first fault of the syntax."""
    parser = Parser(text)
    tree = parser.expression()
    parser.expect_end()
    return within_limits(tree)


class Parser:
    """A cursor over the tokens of one text: each method reads one form of the grammar, or raises at its first fault.

    `depth` counts the forms around the one being read.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = tokenise(text)
        self._next = 0

    @property
    def peek(self) -> Token:
        """The token that comes next."""
        return self._tokens[self._next]

    @property
    def last(self) -> Token:
        """The token read last."""
        return self._tokens[max(self._next - 1, 0)]

    def advance(self) -> Token:
        """The next token, read; the end is never passed."""
        token = self.peek
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def accept(self, operator: str) -> Token | None:
        """The operator, read, if it comes next."""
        return self.advance() if self._is_next(operator) else None

    def expect_end(self) -> None:
        """Raise unless the text is used up."""
        if self.peek.kind != "end":
            raise self._unexpected()

    def expression(self, precedence: int = 1, depth: int = 0) -> Tree:
        """A left-associative chain of operators of this precedence or a tighter one."""
        left = self._factor(depth)
        while self.peek.kind == "operator" and _PRECEDENCE.get(self.peek.text, 0) >= precedence:
            operator = self.advance()
            right = self.expression(_PRECEDENCE[operator.text] + 1, depth + 1)
            left = _infix(operator, left, right)
        return left

    def bracketed(self, opening: Token, closing: str, depth: int = 0) -> tuple[tuple[Tree, ...], Token]:
        """The expressions up to `closing`, which may be none, and the closing bracket; `opening` is already read."""
        trees: list[Tree] = []
        while not self._is_next(closing) or trees:
            trees.append(self.expression(depth=depth))
            if not self.accept(","):
                break
        return tuple(trees), self._close(opening, closing)

    def _is_next(self, operator: str) -> bool:
        return self.peek.kind == "operator" and self.peek.text == operator

    def _factor(self, depth: int) -> Tree:
        if depth > MAX_NESTING:
            raise too_deep(self.peek.span)
        if minus := self.accept("-"):
            operand = self._factor(depth + 1)
            return Minus(operand, (minus.start, operand.span[1]))
        if self.accept("+"):
            return self._factor(depth + 1)
        base = self._primary(depth)
        if power := self.accept("**"):
            return _infix(power, base, self._factor(depth + 1))
        return base

    def _primary(self, depth: int) -> Tree:
        tree = self._atom(depth)
        while True:
            if self.accept("."):
                tree = self._attribute(tree)
            elif opening := self.accept("("):
                arguments, closing = self.bracketed(opening, ")", depth + 1)
                tree = Apply(tree, arguments, (tree.span[0], closing.span[1]))
            elif opening := self.accept("["):
                positions, closing = self.bracketed(opening, "]", depth + 1)
                tree = Subscript(tree, positions, (tree.span[0], closing.span[1]))
            else:
                return tree

    def _attribute(self, operand: Tree) -> Attribute:
        if self.peek.kind != "name":
            raise error("a name must follow the dot", "write X.T for the transpose", self.peek.span)
        name = self.advance()
        return Attribute(operand, name.text, (operand.span[0], name.span[1]), name.span)

    def _atom(self, depth: int) -> Tree:
        if self.peek.kind == "name" and reserved_word(self.peek.text) is None:
            token = self.advance()
            return Name(token.text, token.span)
        if self.peek.kind == "number":
            token = self.advance()
            return Literal(token.text, token.span)
        if opening := self.accept("("):
            if self._is_next(")"):
                raise error("the brackets are empty", "write an expression in them", (opening.start, self.peek.span[1]))
            tree = self.expression(depth=depth + 1)
            return replace(tree, span=(opening.start, self._close(opening, ")").span[1]))
        raise self._unexpected(value=True)

    def _close(self, opening: Token, closing: str) -> Token:
        token = self.accept(closing)
        if token is None:
            raise self._unclosed(opening, closing)
        return token

    def _unclosed(self, opening: Token, closing: str) -> MatcalcError:
        match self.peek.text:
            case "==":
                return error("== stands inside brackets", "equations stand at the top of a claim only", self.peek.span)
            case "=" if opening.text == "(":
                return error("arguments have no names", "write the value alone, in its position", self.peek.span)
            case "":
                return error(f"this {opening.text} is never closed", f"add a {closing}", opening.span)
            case ")" | "]" as wrong:
                return error(f"{wrong} closes a {opening.text}", f"write {closing}", self.peek.span)
            case ",":
                return error("a comma stands outside a call", "write one expression in brackets", self.peek.span)
        return self._unexpected()

    def _unexpected(self, *, value: bool = False) -> MatcalcError:
        """The fault of the next token: where a value should stand, or an operator."""
        token = self.peek
        before = self._tokens[self._next - 1] if self._next else None
        mend = reserved_word(token.text)
        if mend is not None:
            return error(f"{token.text} is reserved by the syntax", mend, token.span)
        match token.text:
            case "=":
                return error("= is no equation", "write ==", token.span)
            case ")" | "]" if not value:
                opening = "(" if token.text == ")" else "["
                return error(f"this {token.text} closes nothing", f"remove it, or add a {opening}", token.span)
            case "==" if not value:
                return error("== stands in an expression", "write one side alone", token.span)
            case "," if not value:
                return error("a comma stands outside a call", "remove it", token.span)
        if value:
            return _missing_value(token, before)
        return _missing_operator(token, before)


def _infix(operator: Token, left: Tree, right: Tree) -> Infix:
    return Infix(operator.text, left, right, (left.span[0], right.span[1]), operator.span)


def _missing_value(token: Token, before: Token | None) -> MatcalcError:
    after = f" after {'the comma' if before.text == ',' else before.text}" if before else ""
    if token.kind == "end" and before is not None:
        return error(f"the text ends{after}", f"complete it, or remove the {before.text}", before.span)
    mend = f"write a name, a number or a bracket before {token.text}" if token.text else "write an expression"
    return error(f"a value is missing{after}", mend, token.span)


def _missing_operator(token: Token, before: Token | None) -> MatcalcError:
    left = before.text if before else ""
    mend = f"write {left} * {token.text} or {left} @ {token.text}"
    if before is not None and "operator" in (before.kind, token.kind):
        mend = "write * or @ between them"
    return error(f"there is no operator between {left} and {token.text}", mend, token.span)
