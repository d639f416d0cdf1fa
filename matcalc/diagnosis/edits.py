"""The slips that are made with one part of a formula, one row a kind: what the part may have been meant to be."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

from matcalc.errors import MatcalcError
from matcalc.language.nodes import Binary, Call, Expression, Negate, Number, Shape, Symbol, Transpose
from matcalc.language.rebuilding import binary, call, transposed
from matcalc.language.shapes import misfit

MOST_PERMUTED = 4
"""Factors that are put in any order; of more, neighbours change places."""

SIMILAR: dict[str, tuple[str, ...]] = {
    "det": ("logdet", "trace"),
    "logdet": ("det",),
    "log": ("exp",),
    "inv": ("adjugate", "pinv"),
    "pinv": ("inv",),
    "adjugate": ("inv",),
    "exp": ("expm", "log"),
    "expm": ("exp",),
    "sin": ("cos",),
    "cos": ("sin",),
    "sinh": ("cosh",),
    "cosh": ("sinh",),
    "norm": ("norm1",),
    "norm1": ("norm",),
    "diag": ("diagonal",),
    "diagonal": ("diag",),
    "sum": ("trace",),
    "trace": ("sum",),
    "sign": ("abs",),
    "abs": ("sign",),
}
"""Functions that are mistaken for each other."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A kind of slip: `alternatives` are what a part may have been meant to be.

    A `generalises` edit says what is true in general where the claim is true in a special case.
    """

    name: str
    alternatives: Callable[[Expression], Iterator[Callable[[], Expression]]]
    generalises: bool = False

    def at(self, node: Expression) -> Iterator[Expression]:
        """The well-formed alternatives."""
        for make in self.alternatives(node):
            with suppress(MatcalcError):
                yield make()


Alternatives = Iterator[Callable[[], Expression]]


def _transpose(node: Expression) -> Alternatives:
    """`A` for `A.T`, `A.T` for `A`."""
    if not node.shape.is_scalar:
        yield lambda: transposed(node)


def _order(node: Expression) -> Alternatives:
    """The factors of a product in another order."""
    if not isinstance(node, Binary) or node.operator != "@":
        return
    factors = _factors(node)
    for order in _orders(len(factors)):
        yield lambda order=order: _product([factors[k] for k in order])  # type: ignore[misc]


def _factors(node: Expression) -> list[Expression]:
    factors: list[Expression] = []
    while isinstance(node, Binary) and node.operator == "@":
        factors.insert(0, node.right)
        node = node.left
    return [node, *factors]


def _orders(count: int) -> Iterator[tuple[int, ...]]:
    plain = tuple(range(count))
    if count <= MOST_PERMUTED:
        yield from itertools.islice(itertools.permutations(plain), 1, None)
        return
    yield plain[::-1]
    for k in range(count - 1):
        yield (*plain[:k], k + 1, k, *plain[k + 2 :])


def _product(factors: list[Expression]) -> Expression:
    product, *others = factors
    for factor in others:
        product = binary("@", product, factor)
    return product


def _kronecker(node: Expression) -> Alternatives:
    """The factors of a Kronecker product the other way round, or transposed."""
    if not isinstance(node, Call) or node.function != "kron":
        return
    left, right = node.arguments
    pairs = itertools.product((left, transposed(left)), (right, transposed(right)))
    for a, b in pairs:
        yield lambda a=a, b=b: call("kron", (b, a))  # type: ignore[misc]
        if (a, b) != (left, right):
            yield lambda a=a, b=b: call("kron", (a, b))  # type: ignore[misc]


def _kind_of_product(node: Expression) -> Alternatives:
    """`@` for `*` and the other way round."""
    match node:
        case Binary(operator="@", left=left, right=right):
            yield lambda: binary("*", left, right)
        case Binary(operator="*", left=left, right=right):
            yield lambda: binary("@", left, right)


def _function(node: Expression) -> Alternatives:
    """Another function of the same argument, or none."""
    if not isinstance(node, Call) or not node.arguments:
        return
    for name in SIMILAR.get(node.function, ()):
        yield lambda name=name: call(name, node.arguments, node.parameters)  # type: ignore[misc]
    if node.function != "kron":
        yield lambda: node.arguments[0]
    if node.function == "norm":
        yield lambda: binary("**", node, _number(node.shape, 2))


def _inverse(node: Expression) -> Alternatives:
    """`inv(X)` for a symbol."""
    if isinstance(node, Symbol) and not node.shape.is_scalar:
        yield lambda: call("inv", (node,))


def _sign(node: Expression) -> Alternatives:
    """The other sign, of the whole or of a term."""
    match node:
        case Negate(operand=operand):
            yield lambda: operand
        case Binary(operator="+", left=left, right=right):
            yield lambda: binary("-", left, right)
        case Binary(operator="-", left=left, right=right):
            yield lambda: binary("+", left, right)
            yield lambda: binary("-", right, left)


def _coefficient(node: Expression) -> Alternatives:
    """A number that is twice or half as large, or one more or less, and a term that has a factor 2 or a half."""
    match node:
        case Number(value=value):
            for other in (2 * value, value / 2, value + 1, value - 1):
                yield lambda other=other: replace(node, value=other)  # type: ignore[misc]
        case Binary(operator="+" | "-", left=left, right=right):
            for a, b in ((_twice(left), right), (left, _twice(right)), (_half(left), right), (left, _half(right))):
                yield lambda a=a, b=b: binary(node.operator, a, b)  # type: ignore[misc]


def _omission(node: Expression) -> Alternatives:
    """A term or a factor alone, a base without its exponent."""
    match node:
        case Binary(operator="**", left=left):
            yield lambda: left
        case Binary(operator=operator, left=left, right=right):
            yield lambda: left
            yield lambda: Negate(right.shape, right) if operator == "-" else right


def _only_diagonal(node: Expression) -> Alternatives:
    """The diagonal of a square matrix alone."""
    if node.shape.rows == node.shape.columns and not node.shape.is_scalar:
        yield lambda: binary("*", node, call("eye", (), (node.shape.rows,)))


def _free_entries(node: Expression) -> Alternatives:
    """The derivative by the free entries of a symmetric matrix, or of a skew one, from that by all entries."""
    if node.shape.rows == node.shape.columns and not node.shape.is_scalar:
        both = _with_transpose(node)
        yield lambda: binary("-", both, binary("*", node, call("eye", (), (node.shape.rows,))))
        yield lambda: binary("-", node, transposed(node))


def _axis(node: Expression) -> Alternatives:
    """The sum of each row, spread over the row, for that of each column, spread over the column, and back."""
    match node:
        case Binary(operator="@", left=Call(function="ones"), right=Call(function="sum", arguments=(inner,))):
            shape = inner.shape
            ones = call("ones", (), (shape.rows.ring.one, shape.columns))
            yield lambda: binary("@", call("sum", (inner,), (shape.rows.ring.one,)), ones)
        case Binary(operator="@", left=Call(function="sum", arguments=(inner,)), right=right) if "ones" in _heads(
            right
        ):
            shape = inner.shape
            ones = call("ones", (), (shape.rows, shape.rows.ring.one))
            yield lambda: binary("@", ones, call("sum", (inner,), (shape.rows.ring.zero,)))


def _heads(node: Expression) -> tuple[str, ...]:
    """The function of a call or of a transposed call."""
    match node:
        case Call(function=function) | Transpose(operand=Call(function=function)):
            return (function,)
    return ()


def _symmetric_part(node: Expression) -> Alternatives:
    """`A + A.T` for `2 * A`, also where the 2 stands further left, and `(A + A.T) / 2` for `A`."""
    match node:
        case Binary(operator="*", left=left, right=right) if (sign := _sign_of_two(left)) is not None:
            yield lambda: _signed(sign, _with_transpose(right))
        case Binary(operator="@"):
            yield from _symmetric_factors(_factors(node))
        case Symbol():
            yield lambda: _half(_with_transpose(node))


def _symmetric_factors(factors: list[Expression]) -> Alternatives:
    match factors[0]:
        case Binary(operator="*", left=left, right=right) if (sign := _sign_of_two(left)) is not None:
            for k in range(1, len(factors)):
                before, behind = factors[1:k], factors[k + 1 :]
                yield lambda k=k, before=before, behind=behind: _product(  # type: ignore[misc]
                    [_signed(sign, right), *before, _with_transpose(factors[k]), *behind]
                )


def _sign_of_two(node: Expression) -> int | None:
    match node:
        case Number(value=value) if value == 2:
            return 1
        case Negate(operand=Number(value=value)) if value == 2:
            return -1
    return None


def _signed(sign: int, node: Expression) -> Expression:
    return node if sign > 0 else Negate(node.shape, node)


def _with_transpose(node: Expression) -> Expression:
    if node.shape.is_scalar:
        raise misfit("a scalar is its own transpose", "leave it out")
    return binary("+", node, transposed(node))


def _number(shape: Shape, value: int) -> Number:
    one = shape.rows.ring.one
    return Number(Shape(one, one), Fraction(value))


def _twice(node: Expression) -> Expression:
    return binary("*", _number(node.shape, 2), node)


def _half(node: Expression) -> Expression:
    return binary("/", node, _number(node.shape, 2))


EDITS: tuple[Edit, ...] = (
    Edit("transpose", _transpose),
    Edit("order of factors", _order),
    Edit("Kronecker factors", _kronecker),
    Edit("kind of product", _kind_of_product),
    Edit("sign", _sign),
    Edit("coefficient", _coefficient),
    Edit("function", _function),
    Edit("inverse", _inverse),
    Edit("term or factor too many", _omission),
    Edit("diagonal alone", _only_diagonal),
    Edit("axis of a sum", _axis),
    Edit("free entries", _free_entries),
    Edit("symmetric part", _symmetric_part, generalises=True),
)
"""The kinds of slips, the likeliest first."""
