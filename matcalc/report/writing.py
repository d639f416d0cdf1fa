"""Expressions as on paper, in signs that a table gives: one walk for plain text and for LaTeX.

Matrix products are juxtaposed, `*` between arrays is the Hadamard product, and brackets are kept wherever two different
operations meet. What a sign looks like is the table's affair, where it stands is this module's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias, assert_never

from matcalc.language.nodes import (
    Application,
    Binary,
    Call,
    Derivative,
    Differential,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Number,
    Parameter,
    Pi,
    Scope,
    Shape,
    Size,
    Symbol,
    TotalDifferential,
    Transpose,
    Variable,
)
from matcalc.report.pieces import Binding, Piece


@dataclass(frozen=True, slots=True)
class Signs:
    """What is written for what; texts come in brackets already where they need them.

    `power` has the exponent and whether it is one of every entry, `nabla` the variable and the order, `total` the
    variable and the bounds of a sum; `fraction` and `partial` have what is above and below the bar.
    """

    minus: str
    dot: str
    hadamard: str
    hadamard_quotient: str
    transpose: str
    prime: str
    differential: str
    pi: str
    number: Callable[[Fraction], Piece]
    size: Callable[[Size], Piece]
    name: Callable[[str], str]
    function: Callable[[str, str], str]
    fraction: Callable[[Piece, Piece], Piece]
    partial: Callable[[Piece, str], Piece]
    pairing: Callable[[str, str], str]
    power: Callable[[Piece, bool], str]
    nabla: Callable[[str, int], str]
    total: Callable[[str, Piece, Piece], str]
    indices: Callable[[list[str]], str]
    below: Callable[[str], str]
    calls: Mapping[str, "CallWriter"]


@dataclass(frozen=True, slots=True)
class Paper:
    """Where expressions of one claim are written: its names and the signs in use."""

    scope: Scope
    signs: Signs


CallWriter: TypeAlias = Callable[[Call, Paper], Piece]


def write_on(paper: Paper, node: Expression) -> Piece:  # noqa: C901 one case for each node
    """One expression of the claim that the paper is for."""
    signs = paper.signs
    match node:
        case Number(value=value):
            return signs.number(value)
        case Pi():
            return Piece(signs.pi)
        case Parameter(value=value):
            return signs.size(value)
        case Symbol(name=name):
            return Piece(signs.name(name))
        case Differential(name=name):
            return Piece(f"{signs.differential}{signs.name(name)}")
        case Negate(operand=operand):
            return _minus(write_on(paper, operand), signs)
        case Transpose(operand=operand):
            return _postfix(operand, signs.transpose, paper)
        case Binary():
            return _binary(node, paper)
        case Call(function=function):
            return signs.calls.get(function, named(function))(node, paper)
        case Application(function=function, order=order, argument=argument):
            name = f"{signs.name(function)}{signs.prime * order}"
            return Piece(f"{name}({write_on(paper, argument).text})")
        case EntryOf(operand=operand):
            text = write_on(paper, operand).at(Binding.ATOM) + _indices(operand.shape, node.row, node.column, signs)
            return Piece(text, Binding.INDEXED)
        case Derivative():
            return _derivative(node, paper)
        case TotalDifferential(body=body):
            return Piece(f"{signs.differential}({write_on(paper, body).text})")
        case FiniteSum():
            return _finite_sum(node, paper)
        case _:
            assert_never(node)


def _postfix(operand: Expression, mark: str, paper: Paper) -> Piece:
    return Piece(f"{write_on(paper, operand).at(Binding.INDEXED)}{mark}", Binding.POSTFIX)


def _binary(node: Binary, paper: Paper) -> Piece:
    signs = paper.signs
    left, right = write_on(paper, node.left), write_on(paper, node.right)
    match node.operator:
        case "+":
            return Piece(f"{left.at(Binding.SUM)} + {right.at(Binding.PRODUCT)}", Binding.SUM)
        case "-":
            return Piece(f"{left.at(Binding.SUM)} {signs.minus} {right.at(Binding.PRODUCT)}", Binding.SUM)
        case "@":
            return _product(node, " ", paper)
        case "*":
            return _product(node, f" {signs.hadamard} " if _is_hadamard(node) else " ", paper)
        case "/" if node.right.shape.is_scalar:
            return signs.fraction(left, right)
        case "/":
            sign = signs.hadamard_quotient
            return Piece(f"{left.at(Binding.POSTFIX)} {sign} {right.at(Binding.POSTFIX)}", Binding.PRODUCT)
        case "**":
            mark = signs.power(right, not node.left.shape.is_scalar)
            return Piece(f"{left.at(Binding.INDEXED)}{mark}", Binding.POSTFIX)
        case _:
            assert_never(node.operator)


def _product(node: Binary, sign: str, paper: Paper) -> Piece:
    """A product; a left factor that is a product of the same kind needs no brackets, and its minus sign leads all."""
    signs = paper.signs
    match node.left:
        case Negate(operand=operand):
            return _minus(_product(replace(node, left=operand), sign, paper), signs)
        case Number(value=value) if value < 0:
            return _minus(_product(replace(node, left=replace(node.left, value=-value)), sign, paper), signs)
    left, tail = write_on(paper, node.left), write_on(paper, node.right).at(Binding.POSTFIX)
    head = left.text if _is_product_like(node, node.left) else left.at(Binding.POSTFIX)
    sign = f" {signs.dot} " if sign == " " and _begins_with_a_digit(tail) else sign
    return Piece(f"{head}{sign}{tail}", Binding.SUM if head.startswith(signs.minus) else Binding.PRODUCT)


def _begins_with_a_digit(text: str) -> bool:
    """Whether a number in front would seem to belong to the text; above a fraction bar too."""
    return text.removeprefix(r"\frac{")[0].isdigit()


def _minus(piece: Piece, signs: Signs) -> Piece:
    return Piece(f"{signs.minus}{piece.at(Binding.PRODUCT)}", Binding.SUM)


def _is_product_like(node: Binary, factor: Expression) -> bool:
    """Whether `factor` is a product written with the sign of `node`."""
    if not isinstance(factor, Binary) or factor.operator not in ("*", "@"):
        return False
    return _is_hadamard(node) == _is_hadamard(factor)


def _is_hadamard(node: Binary) -> bool:
    return node.operator == "*" and not (node.left.shape.is_scalar or node.right.shape.is_scalar)


def _indices(shape: Shape, row: Size, column: Size, signs: Signs) -> str:
    """The positions of an entry; a vector has one."""
    positions = [row] if shape.is_column else [column] if shape.is_row else [row, column]
    return signs.indices([signs.size(position).text for position in positions])


def _finite_sum(node: FiniteSum, paper: Paper) -> Piece:
    signs = paper.signs
    head = signs.total(signs.name(node.variable), signs.size(node.lower), signs.size(node.upper))
    body = write_on(paper, node.body)
    inside = body.text if isinstance(node.body, FiniteSum) else body.at(Binding.PRODUCT)
    return Piece(f"{head} {inside}", Binding.LOOSE)


def _derivative(node: Derivative, paper: Paper) -> Piece:
    signs = paper.signs
    body = write_on(paper, node.body)
    variable = _variable(node.variable, paper)
    match node.operator:
        case "D" if not _is_gradient(node):
            return signs.partial(body, variable)
        case "D" | "grad" if node.variable.shape.is_scalar:
            return signs.partial(body, variable)
        case "D" | "grad":
            return Piece(f"{signs.nabla(variable, 1)} {body.at(Binding.POSTFIX)}", Binding.PRODUCT)
        case "hessian":
            return Piece(f"{signs.nabla(variable, 2)} {body.at(Binding.POSTFIX)}", Binding.PRODUCT)
        case "jacobian":
            above = body if _is_vector(node.body.shape) else Piece(signs.function("vec", body.text))
            below = variable if _is_vector(node.variable.shape) else signs.function("vec", variable)
            return signs.partial(above, f"{below}{signs.transpose}")
        case "jvp":
            return Piece(f"({signs.partial(body, variable).text})[{_direction(node, paper)}]")
        case "vjp":
            return Piece(signs.pairing(_direction(node, paper), signs.partial(body, variable).text))
        case _:
            assert_never(node.operator)


def _is_gradient(node: Derivative) -> bool:
    """Whether the derivative of a scalar is laid out as its gradient."""
    return node.body.shape.is_scalar and node.layout != "numerator"


def _is_vector(shape: Shape) -> bool:
    return bool(shape.rows == 1 or shape.columns == 1)


def _direction(node: Derivative, paper: Paper) -> str:
    assert node.direction is not None, node.operator
    return write_on(paper, node.direction).text


def _variable(variable: Variable, paper: Paper) -> str:
    name = paper.signs.name(variable.name)
    if variable.entry is None:
        return name
    return name + _indices(paper.scope[variable.name].shape, *variable.entry, paper.signs)


def named(name: str) -> CallWriter:
    """An ordinary function: its name, its arguments and its whole numbers in round brackets."""

    def write_call(node: Call, paper: Paper) -> Piece:
        inside = [write_on(paper, argument).text for argument in node.arguments]
        inside += [paper.signs.size(parameter).text for parameter in node.parameters]
        return Piece(paper.signs.function(name, ", ".join(inside)))

    return write_call


def fenced(left: str, right: str, binding: Binding = Binding.ATOM) -> CallWriter:
    """The argument between two signs."""
    return lambda node, paper: Piece(f"{left}{write_on(paper, node.arguments[0]).text}{right}", binding)


def marked(mark: str) -> CallWriter:
    """The argument with a sign behind it."""
    return lambda node, paper: _postfix(node.arguments[0], mark, paper)


def constant(letter: str, joint: str) -> CallWriter:
    """A constant with its sizes below, joined by a sign: `Iₙ`, `0[m×n]`."""

    def write_constant(node: Call, paper: Paper) -> Piece:
        sizes = joint.join(paper.signs.size(parameter).text for parameter in node.parameters)
        return Piece(f"{letter}{paper.signs.below(sizes)}", Binding.INDEXED)

    return write_constant


def infix(sign: str) -> CallWriter:
    """Two arguments with a sign between them."""

    def write_infix(node: Call, paper: Paper) -> Piece:
        left, right = (write_on(paper, argument).at(Binding.POSTFIX) for argument in node.arguments)
        return Piece(f"{left} {sign} {right}", Binding.PRODUCT)

    return write_infix


def outer(node: Call, paper: Paper) -> Piece:
    """`x yᵀ`."""
    left, right = node.arguments
    transposed = _postfix(right, paper.signs.transpose, paper)
    return Piece(f"{write_on(paper, left).at(Binding.POSTFIX)} {transposed.text}", Binding.PRODUCT)


def matrix_power(node: Call, paper: Paper) -> Piece:
    """`Xᵏ`."""
    return _postfix(node.arguments[0], paper.signs.power(paper.signs.size(node.parameters[0]), False), paper)


def unit_vector(node: Call, paper: Paper) -> Piece:
    """`eᵢ`, of whatever length."""
    return Piece(f"e{paper.signs.below(paper.signs.size(node.parameters[0]).text)}", Binding.INDEXED)


def indexed(letter: str) -> CallWriter:
    """A letter with whole numbers as its indices: `δᵢⱼ`."""

    def write_indexed(node: Call, paper: Paper) -> Piece:
        texts = [paper.signs.size(parameter).text for parameter in node.parameters]
        return Piece(f"{letter}{paper.signs.indices(texts)}", Binding.INDEXED)

    return write_indexed
