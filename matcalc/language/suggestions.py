"""What the writer of an unknown name may have meant: the nearest known name, or how the language says it."""

from collections.abc import Iterable

from matcalc.errors import did_you_mean, near_names

SAID_OTHERWISE: dict[str, str] = {
    "T": "write X.T for the transpose",
    "I": "write eye(n) for the identity",
    "Id": "write eye(n) for the identity",
    "identity": "write eye(n)",
    "e": "write exp(1)",
    "tr": "write trace(X)",
    "Tr": "write trace(X)",
    "ln": "write log(x)",
    "transpose": "write X.T",
    "inverse": "write inv(X)",
    "adj": "write adjugate(X)",
    "adjoint": "write X.T, as the language is real",
    "slogdet": "write logdet(X)",
    "lndet": "write logdet(X)",
    "matmul": "write A @ B",
    "mm": "write A @ B",
    "mul": "write A * B",
    "multiply": "write A * B",
    "hadamard": "write A * B",
    "power": "write x ** p, or matrix_power(X, k)",
    "pow": "write x ** p, or matrix_power(X, k)",
    "mean": "write sum(x) / n",
    "norm2": "write norm(x)",
    "fro": "write norm(X)",
    "diff": "write D(f, x)",
    "derivative": "write D(f, x)",
    "gradient": "write grad(f, x)",
    "nabla": "write grad(f, x)",
    "arctan": "write another function: the language has no arctan",
    "max": "write relu(x) for the larger of x and 0",
    "min": "write -relu(-x) for the smaller of x and 0",
    "maximum": "write relu(x) for the larger of x and 0",
    "sigma": "write sigmoid(x)",
    "logistic": "write sigmoid(x)",
    "hess": "write hessian(f, x)",
    "jac": "write jacobian(F, x)",
    "J": "write jacobian(F, x)",
    "H": "write hessian(f, x)",
    "Diag": "write diag(x)",
    "log_softmax": "write x - logsumexp(x)",
}
"""Names from papers and libraries, with the language's own form."""


def mend_for_name(name: str, known: Iterable[str], otherwise: str) -> str:
    """The mend for an unknown name: how the language says it, else the near names, else `otherwise`."""
    return SAID_OTHERWISE.get(name) or did_you_mean(near_names(name, known)) or otherwise
