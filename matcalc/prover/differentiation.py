"""Which rule of differentiation comes next at a derivative."""

from matcalc.components.facts import Facts
from matcalc.components.terms import Declared, Elementwise, Entries, Factor, Group, Opaque, Partial, Range

RULES = (
    "linearity",
    "product rule",
    "power rule",
    "constant rule",
    "chain rule",
    "declared dependence",
    "derivative of the variable",
    "differential of an inverse",
    "Jacobi's formula",
    "differential of a power",
    "differential of a pseudo-inverse",
    "derivative of a finite sum",
)
"""The kernel's rules, in the order in which a whole expression is taken through them."""


OF_A_MATRIX = {
    "inv": "differential of an inverse",
    "det": "Jacobi's formula",
    "matrix_power": "differential of a power",
    "expm": "differential of a power",
    "pinv": "differential of a pseudo-inverse",
    "projector": "differential of a pseudo-inverse",
}
"""The rule for each function of a matrix."""


def next_rule(partial: Partial, facts: Facts) -> str | None:
    """The rule, or the work inside the derivative, that comes next; None where there is no rule."""
    body = partial.body
    if not facts.varies(body, partial.variable):
        return "constant rule"
    if has_derivative(body):
        return "inner derivative"
    if len(body.terms) != 1 or body.terms[0].bound or body.terms[0].coefficient != 1:
        return "linearity"
    factors = body.terms[0].factors
    return "product rule" if len(factors) > 1 else _of_factor(factors[0], partial.variable, facts)


def has_derivative(entries: Entries) -> bool:
    """Whether a derivative stands among the factors."""
    return any(isinstance(factor.head, Partial) for term in entries.terms for factor in term.factors)


def _of_factor(factor: Factor, variable: str, facts: Facts) -> str | None:
    if factor.exponent != 1:
        return "power rule"
    match factor.head:
        case Group():
            return "open parenthesis"
        case Elementwise():
            return "chain rule"
        case Declared(name=name, by=()) if name == variable:
            return "derivative of the variable"
        case Declared(name=name) if name != variable:
            return "declared dependence"
        case Range():
            return "derivative of a finite sum"
        case Opaque(function=function):
            return OF_A_MATRIX.get(function)
        case _:
            return None
