"""Expressions in the notation of a textbook: ∇, ᵀ, ‖·‖, ⊙, ⊗, Σ with indices.

It is for reading: matrix products are juxtaposed, `*` between arrays is ⊙, `/` by an array is ⊘ and an elementwise
power carries the ⊙ before its exponent (x⊙²). Brackets are kept wherever two different operations meet.
"""

from collections.abc import Callable
from dataclasses import replace
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
from matcalc.report.pieces import Binding, Piece, number_piece, size_piece
from matcalc.report.scripts import subscript, superscript

CallWriter: TypeAlias = Callable[[Call, Scope], Piece]


def write(node: Expression, scope: Scope) -> Piece:  # noqa: C901 one case for each node
    """One expression of a claim whose names are in `scope`."""
    match node:
        case Number(value=value):
            return number_piece(value)
        case Pi():
            return Piece("π")
        case Parameter(value=value):
            return size_piece(value)
        case Symbol(name=name):
            return Piece(name)
        case Differential(name=name):
            return Piece(f"d{name}")
        case Negate(operand=operand):
            return _minus(write(operand, scope))
        case Transpose(operand=operand):
            return _postfix(operand, "ᵀ", scope)
        case Binary():
            return _binary(node, scope)
        case Call():
            return _call(node, scope)
        case Application(function=function, order=order, argument=argument):
            return Piece(f"{function}{'′' * order}({write(argument, scope).text})")
        case EntryOf():
            return _entry(node, scope)
        case Derivative():
            return _derivative(node, scope)
        case TotalDifferential(body=body):
            return Piece(f"d({write(body, scope).text})")
        case FiniteSum():
            return _finite_sum(node, scope)
        case _:
            assert_never(node)


def _postfix(operand: Expression, mark: str, scope: Scope) -> Piece:
    return Piece(f"{write(operand, scope).at(Binding.ATOM)}{mark}", Binding.POSTFIX)


def _binary(node: Binary, scope: Scope) -> Piece:
    left, right = write(node.left, scope), write(node.right, scope)
    are_arrays = not (node.left.shape.is_scalar or node.right.shape.is_scalar)
    match node.operator:
        case "+":
            return Piece(f"{left.at(Binding.SUM)} + {right.at(Binding.PRODUCT)}", Binding.SUM)
        case "-":
            return Piece(f"{left.at(Binding.SUM)} − {right.at(Binding.PRODUCT)}", Binding.SUM)
        case "@":
            return _product(node, " ", scope)
        case "*":
            return _product(node, " ⊙ " if are_arrays else " ", scope)
        case "/":
            sign = " / " if node.right.shape.is_scalar else " ⊘ "
            return Piece(f"{left.at(Binding.POSTFIX)}{sign}{right.at(Binding.POSTFIX)}", Binding.PRODUCT)
        case "**":
            return _power(node, left, scope)
        case _:
            assert_never(node.operator)


def _product(node: Binary, sign: str, scope: Scope) -> Piece:
    """A product; a left factor that is a product of the same kind needs no brackets, and its minus sign leads all."""
    match node.left:
        case Negate(operand=operand):
            return _minus(_product(replace(node, left=operand), sign, scope))
        case Number(value=value) if value < 0:
            return _minus(_product(replace(node, left=replace(node.left, value=-value)), sign, scope))
    left, tail = write(node.left, scope), write(node.right, scope).at(Binding.POSTFIX)
    head = left.text if _is_product_like(node, node.left) else left.at(Binding.POSTFIX)
    sign = " · " if sign == " " and tail[0].isdigit() else sign
    return Piece(f"{head}{sign}{tail}", Binding.SUM if head.startswith("−") else Binding.PRODUCT)


def _minus(piece: Piece) -> Piece:
    return Piece(f"−{piece.at(Binding.PRODUCT)}", Binding.SUM)


def _is_product_like(node: Binary, factor: Expression) -> bool:
    """Whether `factor` is a product written with the sign of `node`."""
    if not isinstance(factor, Binary) or factor.operator not in ("*", "@"):
        return False
    return _is_hadamard(node) == _is_hadamard(factor)


def _is_hadamard(node: Binary) -> bool:
    return node.operator == "*" and not (node.left.shape.is_scalar or node.right.shape.is_scalar)


def _power(node: Binary, base: Piece, scope: Scope) -> Piece:
    exponent = write(node.right, scope).text
    circle = "" if node.left.shape.is_scalar else "⊙"
    raised = superscript(exponent)
    mark = raised if raised is not None else f"^{write(node.right, scope).at(Binding.ATOM)}"
    return Piece(f"{base.at(Binding.ATOM)}{circle}{mark}", Binding.POSTFIX)


def _entry(node: EntryOf, scope: Scope) -> Piece:
    return Piece(write(node.operand, scope).at(Binding.ATOM) + _indices(node.operand.shape, node.row, node.column))


def _indices(shape: Shape, row: Size, column: Size) -> str:
    """`ᵢⱼ` where each index is one lowered character, else `[i, j + 1]`; a vector has one index."""
    positions = [row] if shape.is_column else [column] if shape.is_row else [row, column]
    texts = [size_piece(position).text for position in positions]
    lowered = [subscript(text) for text in texts]
    if all(len(text) == 1 for text in texts) and None not in lowered:
        return "".join(text for text in lowered if text is not None)
    return f"[{', '.join(texts)}]"


def _finite_sum(node: FiniteSum, scope: Scope) -> Piece:
    lower, upper = size_piece(node.lower).text, size_piece(node.upper).text
    below, above = subscript(f"{node.variable}={lower}"), superscript(upper)
    bounds = f"{below}{above}" if below and above else f"[{node.variable} = {lower} … {upper}]"
    body = write(node.body, scope)
    inside = body.text if isinstance(node.body, FiniteSum) else body.at(Binding.PRODUCT)
    return Piece(f"Σ{bounds} {inside}", Binding.LOOSE)


def _derivative(node: Derivative, scope: Scope) -> Piece:
    body = write(node.body, scope)
    variable = _variable(node.variable, scope)
    nabla = f"∇{_lowered(variable)} {body.at(Binding.POSTFIX)}"
    match node.operator:
        case "D" | "grad":
            is_gradient = node.operator == "grad" or node.layout != "numerator"
            is_by_array = node.body.shape.is_scalar and not node.variable.shape.is_scalar
            return Piece(nabla if is_gradient and is_by_array else _quotient(body, variable), Binding.PRODUCT)
        case "jacobian":
            above = body if _is_vector(node.body.shape) else Piece(f"vec({body.text})")
            below = variable if _is_vector(node.variable.shape) else f"vec({variable})"
            return Piece(f"{_quotient(above, below)}ᵀ", Binding.PRODUCT)
        case "hessian":
            return Piece(nabla.replace("∇", "∇²", 1), Binding.PRODUCT)
        case "jvp":
            return Piece(f"({_quotient(body, variable)})[{_direction(node, scope)}]")
        case "vjp":
            return Piece(f"⟨{_direction(node, scope)}, {_quotient(body, variable)}⟩")
        case _:
            assert_never(node.operator)


def _is_vector(shape: Shape) -> bool:
    return bool(shape.rows == 1 or shape.columns == 1)


def _direction(node: Derivative, scope: Scope) -> str:
    assert node.direction is not None, node.operator
    return write(node.direction, scope).text


def _quotient(above: Piece, variable: str) -> str:
    return f"∂{above.at(Binding.ATOM)}/∂{variable}"


def _variable(variable: Variable, scope: Scope) -> str:
    if variable.entry is None:
        return variable.name
    return variable.name + _indices(scope[variable.name].shape, *variable.entry)


def _lowered(text: str) -> str:
    return subscript(text) or f"_{text}"


def _named(name: str) -> CallWriter:
    """An ordinary function: its name, its arguments and its whole numbers in round brackets."""

    def write_call(node: Call, scope: Scope) -> Piece:
        inside = [write(argument, scope).text for argument in node.arguments]
        inside += [size_piece(parameter).text for parameter in node.parameters]
        return Piece(f"{name}({', '.join(inside)})")

    return write_call


def _fenced(left: str, right: str) -> CallWriter:
    return lambda node, scope: Piece(f"{left}{write(node.arguments[0], scope).text}{right}")


def _marked(mark: str) -> CallWriter:
    return lambda node, scope: _postfix(node.arguments[0], mark, scope)


def _constant(letter: str) -> CallWriter:
    """A constant with its sizes below: `Iₙ`, `0[m×n]`."""

    def write_constant(node: Call, scope: Scope) -> Piece:
        sizes = "×".join(size_piece(parameter).text for parameter in node.parameters)
        return Piece(f"{letter}{subscript(sizes) or f'[{sizes}]'}")

    return write_constant


def _infix(sign: str) -> CallWriter:
    def write_infix(node: Call, scope: Scope) -> Piece:
        left, right = (write(argument, scope).at(Binding.POSTFIX) for argument in node.arguments)
        return Piece(f"{left} {sign} {right}", Binding.PRODUCT)

    return write_infix


def _outer(node: Call, scope: Scope) -> Piece:
    left, right = node.arguments
    return Piece(f"{write(left, scope).at(Binding.POSTFIX)} {_postfix(right, 'ᵀ', scope).text}", Binding.PRODUCT)


def _matrix_power(node: Call, scope: Scope) -> Piece:
    exponent = size_piece(node.parameters[0])
    return _postfix(node.arguments[0], superscript(exponent.text) or f"^{exponent.at(Binding.ATOM)}", scope)


def _unit_vector(node: Call, scope: Scope) -> Piece:
    at = size_piece(node.parameters[0]).text
    return Piece(f"e{subscript(at) or f'[{at}]'}")


def _kronecker_delta(node: Call, scope: Scope) -> Piece:
    texts = [size_piece(parameter).text for parameter in node.parameters]
    lowered = subscript("".join(texts)) if all(len(text) == 1 for text in texts) else None
    return Piece("δ" + (lowered or f"[{', '.join(texts)}]"))


_CALLS: dict[str, CallWriter] = {
    "inv": _marked("⁻¹"),
    "pinv": _marked("⁺"),
    "matrix_power": _matrix_power,
    "logdet": _fenced("log |det(", ")|"),
    "adjugate": _named("adj"),
    "trace": _named("tr"),
    "norm": _fenced("‖", "‖"),
    "norm1": _fenced("‖", "‖₁"),
    "abs": _fenced("|", "|"),
    "sqrt": _fenced("√(", ")"),
    "sigmoid": _named("σ"),
    "kron": _infix("⊗"),
    "dot": _infix("·"),
    "outer": _outer,
    "eye": _constant("I"),
    "zeros": _constant("0"),
    "ones": _constant("1"),
    "basis": _unit_vector,
    "commutation": _named("K"),
    "delta": _kronecker_delta,
}
"""Functions that have a sign of their own on paper; every other one is written by its name."""


def _call(node: Call, scope: Scope) -> Piece:
    return _CALLS.get(node.function, _named(node.function))(node, scope)
