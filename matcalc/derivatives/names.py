"""Functions called by their names: softplus(u) for log(1 + exp(u)), z − logsumexp(z) for log(softmax(z))."""

from matcalc.derivatives.building import negated, plus
from matcalc.language.nodes import Binary, Call, Expression, Number
from matcalc.language.rebuilding import call, parts, rebuilt


def named(node: Expression) -> Expression:
    """The expression with every function in it called by its name."""
    inside = parts(node)
    new = tuple(map(named, inside))
    whole = rebuilt(node, new) if new != inside else node
    return _log(whole.arguments[0], whole) if isinstance(whole, Call) and whole.function == "log" else whole


def _log(inside: Expression, whole: Expression) -> Expression:
    """The logarithm of what has a name for it."""
    match inside:
        case Call(function="softmax", arguments=(z,), parameters=()):
            return plus(z, negated(call("logsumexp", (z,))))
        case Call(function="sigmoid", arguments=(z,)):
            return negated(call("softplus", (negated(z),)))
        case Call(function="sum", arguments=(Call(function="exp", arguments=(z,)),), parameters=()) if (
            z.shape.is_column
        ):
            return call("logsumexp", (z,))
        case Call(function="exp", arguments=(z,)):
            return z
        case Binary(operator="+", left=Number(value=value), right=Call(function="exp", arguments=(z,))) if value == 1:
            return call("softplus", (z,))
        case Binary(operator="-", left=Number(value=value), right=Call(function="sigmoid", arguments=(z,))) if (
            value == 1
        ):
            return negated(call("softplus", (z,)))
        case _:
            return whole
