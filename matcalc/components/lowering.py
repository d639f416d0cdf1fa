"""The meaning of a claim: from the typed tree to entries, one definition per node.

`lower` gives each side as an array of entries. A derivative stays a symbol (`Partial`): differentiating is the prover's
work and the kernel's rules. What has no definition here raises `NoMeaning`, which says what is missing.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from matcalc.components import layouts
from matcalc.components.arrays import Array, Axis, axis, contract, negative, power, recut, single, slots, transposed
from matcalc.components.exponents import Exponent, exponent, plus, scaled, times
from matcalc.components.facts import TIED
from matcalc.components.functions import MEANINGS, Arguments, opaque
from matcalc.components.operations import add, elementwise, hadamard, product
from matcalc.components.sums import NoMeaning, sum_over
from matcalc.components.terms import Declared, Entries, Factor, Fixed, Parameter, Tangent, Term, numeral
from matcalc.language.nodes import (
    Application,
    Binary,
    Call,
    Claim,
    Derivative,
    Differential,
    EntryOf,
    Expression,
    FiniteSum,
    Negate,
    Number,
    Parameter as ParameterNode,
    Pi,
    Scope,
    Shape,
    Symbol,
    TotalDifferential,
    Transpose,
)

SCALAR: Axis = ()


def lower_claim(claim: Claim) -> tuple[Array, ...]:
    """Every side as an array, their axes cut alike; the sides must be of one shape."""
    lowering = _Lowering(claim.scope)
    first, *others = (lowering.lower(side) for side in claim.sides)
    return (first, *(recut(other, first.rows, first.columns) for other in others))


def _constant(*terms: Term) -> Array:
    return Array(SCALAR, SCALAR, Entries((), terms))


@dataclass(frozen=True, slots=True)
class _Lowering:
    """Lowering in a scope."""

    scope: Scope

    def lower(self, node: Expression) -> Array:  # noqa: C901 one case for each node
        """The array that a node means."""
        match node:
            case Number():
                return _constant(*([Term(node.value)] if node.value else []))
            case Pi():
                return _constant(Term(Fraction(1), (), (Factor(Parameter("pi")),)))
            case ParameterNode():
                return _constant(*numeral(node.value))
            case Symbol():
                return self._symbol(node.shape, Declared(node.name))
            case Differential():
                return self._symbol(node.shape, Tangent(node.name))
            case Negate():
                array = self.lower(node.operand)
                return Array(array.rows, array.columns, negative(array.entries))
            case Transpose():
                return transposed(self.lower(node.operand))
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case Application():
                return elementwise(node.function, node.order, self.lower(node.argument))
            case EntryOf():
                return self._entry(node)
            case Derivative():
                return self._derivative(node)
            case TotalDifferential():
                body = self.lower(node.body)
                tangents = [(name, self._symbol(self.scope[name].shape, Tangent(name))) for name in node.varying]
                return layouts.total_differential(body, [(self._variable(name), along) for name, along in tangents])
            case FiniteSum():
                return sum_over(self.lower(node.body), node, self.scope)
            case _:
                assert_never(node)

    def _symbol(self, shape: Shape, head: Declared | Tangent) -> Array:
        rows, columns = axis(shape.rows), axis(shape.columns)
        free = rows + columns
        return Array(rows, columns, single(free, Factor(head, slots(0, free))))

    def _variable(self, name: str, structure: frozenset[str] = frozenset()) -> layouts.Variable:
        """A variable whose entries are tied as the structure says; without one it moves along a given direction."""
        shape = self.scope[name].shape
        return layouts.Variable(name, axis(shape.rows), axis(shape.columns), structure)

    def _binary(self, node: Binary) -> Array:
        if node.operator == "**":
            return self._power(node)
        left, right = self.lower(node.left), self.lower(node.right)
        match node.operator:
            case "+":
                return add(left, right)
            case "-":
                return add(left, Array(right.rows, right.columns, negative(right.entries)))
            case "*":
                return hadamard(left, right)
            case "/":
                return hadamard(left, Array(right.rows, right.columns, power(right.entries, Fraction(-1))))
            case "@":
                return product(left, right)
            case _:
                assert_never(node.operator)

    def _power(self, node: Binary) -> Array:
        base, constant = self.lower(node.left), constant_exponent(node.right)
        if constant is not None:
            return Array(base.rows, base.columns, power(base.entries, constant))
        log = elementwise("log", 0, base)
        return elementwise("exp", 0, hadamard(self.lower(node.right), log))

    def _call(self, node: Call) -> Array:
        arguments = Arguments(tuple(self.lower(a) for a in node.arguments), node.parameters, self.scope.ring.one)
        meaning = MEANINGS.get(node.function)
        known = meaning(arguments) if meaning else None
        return opaque(node, arguments) if known is None else known

    def _entry(self, node: EntryOf) -> Array:
        array = self.lower(node.operand)
        whole = recut(array, axis(node.operand.shape.rows), axis(node.operand.shape.columns))
        here = [Fixed(node.row, size) for size in whole.rows] + [Fixed(node.column, size) for size in whole.columns]
        return Array(SCALAR, SCALAR, contract((), (), (whole.entries, here)))

    def _derivative(self, node: Derivative) -> Array:
        structure = self.scope[node.variable.name].properties & TIED
        if "orthogonal" in structure:
            raise NoMeaning("a derivative by an orthogonal matrix, which has no free entries")
        variable = self._variable(node.variable.name, frozenset() if node.operator == "jvp" else structure)
        if node.variable.entry is not None:
            variable = variable.at(*node.variable.entry)
        direction = self.lower(node.direction) if node.direction is not None else None
        return layouts.derivative(node.operator, node.layout, self.lower(node.body), variable, direction)


def constant_exponent(node: Expression) -> Exponent | None:
    """The value of an exponent that is a number or a polynomial in integers, None of any other."""
    match node:
        case Number():
            return node.value
        case ParameterNode():
            return exponent(node.value)
        case Negate():
            inner = constant_exponent(node.operand)
            return None if inner is None else scaled(inner, Fraction(-1))
        case Binary(operator="+" | "-" | "*" | "/"):
            return _combined(node)
        case _:
            return None


def _combined(node: Binary) -> Exponent | None:
    left, right = constant_exponent(node.left), constant_exponent(node.right)
    if left is None or right is None:
        return None
    match node.operator:
        case "+":
            return plus(left, right)
        case "-":
            return plus(left, scaled(right, Fraction(-1)))
        case "*":
            return times(left, right)
        case _:
            return times(left, 1 / right) if isinstance(right, Fraction) and right else None
