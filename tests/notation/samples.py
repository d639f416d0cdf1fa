"""Declarations that the tests of notation share, and texts beside what they say in the Python form."""

from matcalc.errors import MatcalcError
from matcalc.notation import Form, parse, python_form

WHERE = {
    "a": "vector(n)",
    "b": "vector(m)",
    "x": "vector(n)",
    "v": "vector(n)",
    "w": "vector(n)",
    "y": "vector(m)",
    "A": "matrix(m, n)",
    "B": "matrix(n, n)",
    "C": "matrix(n, n)",
    "X": "matrix(n, n)",
    "Sigma": "matrix(n, n) pd",
    "s": "scalar",
    "lam": "scalar",
    "f": "function",
    "k": "integer",
    "i": "index(n)",
    "j": "index(n)",
}

MATRIXCALCULUS = (
    ("0.5*x'*X*x", "0.5 * x.T @ X @ x"),
    ("A*exp(x)", "A @ exp(x)"),
    ("(y.*b)'*A", "(y * b).T @ A"),
    ("norm1(A*x-y)", "norm1(A @ x - y)"),
    ("norm2(A*x-y)^2", "norm(A @ x - y) ** 2"),
    ("sum(log(exp(-y.*(A*w)) + vector(1)))", "sum(log(exp(-(y * (A @ w))) + ones(m)))"),
    ("tr(B*X'*B*X*C)", "trace(B @ X.T @ B @ X @ C)"),
    ("log(det(inv(X)))", "log(det(inv(X)))"),
    ("vector(1)'*x", "ones(n).T @ x"),
    ("matrix(1) .* A", "ones(m, n) * A"),
    ("(X + eye)*x", "(X + eye(n)) @ x"),
    ("1/2*x'*x", "1 / 2 * x.T @ x"),
    ("-x'*x", "-(x.T @ x)"),
    ("x./v + x.^2", "x / v + x ** 2"),
    ("2.*A*x", "2 * A @ x"),
    ("x'*v*v", "(x.T @ v) * v"),
    ("sin(x)'*log(v)", "sin(x).T @ log(v)"),
)
"""The examples of matrixcalculus.org and their like, as they are typed there."""

PAPER = (
    ("xᵀXx", "x.T @ X @ x"),
    ("‖Ax − b‖²", "norm(A @ x - b) ** 2"),
    ("∇ₓ ‖Ax − b‖² = 2Aᵀ(Ax − b)", "grad(norm(A @ x - b) ** 2, x) == 2 * A.T @ (A @ x - b)"),
    ("∇_X tr(BX) = Bᵀ", "grad(trace(B @ X), X) == B.T"),
    ("(X⁻¹)ᵀ = X⁻ᵀ", "inv(X).T == inv(X).T"),
    ("B ⊙ C = C ⊙ B", "B * C == C * B"),
    ("(B ⊗ A)ᵀ", "kron(B, A).T"),
    ("½ xᵀXx", "1 / 2 * x.T @ X @ x"),
    ("λx + s x", "lam * x + s * x"),
    ("x (xᵀv)", "x * (x.T @ v)"),
    ("X² x", "matrix_power(X, 2) @ x"),
    ("Xᵏ X^{k+1}", "matrix_power(X, k) @ matrix_power(X, k + 1)"),
    ("s² + s^-1 + 2^-k", "s ** 2 + s ** -1 + 2 ** -k"),
    ("X^-1 x", "inv(X) @ x"),
    ("x^T X x + x^TXx", "x.T @ X @ x + x.T @ X @ x"),
    ("A⁺ b + A^† b", "pinv(A) @ b + pinv(A) @ b"),
    ("x⊙² + x.^2", "x ** 2 + x ** 2"),
    ("x · v = xᵀv", "dot(x, v) == x.T @ v"),
    ("x · X v", "dot(x, X @ v)"),
    ("2 · s · x", "2 * s * x"),
    ("‖x‖₁ + ‖x‖₂ + ‖x‖_2 + ‖A‖_F", "norm1(x) + norm(x) + norm(x) + norm(A)"),
    ("||x|| ||v||", "norm(x) * norm(v)"),
    ("‖x + ‖x‖ v‖", "norm(x + norm(x) * v)"),
    ("|s||s| = s²", "abs(s) * abs(s) == s ** 2"),
    ("log |det(X)|", "log(abs(det(X)))"),
    ("2 log det X", "2 * log(det(X))"),
    ("sin s cos s", "sin(s) * cos(s)"),
    ("∂f(s)/∂s = f'(s)", "D(f(s), s) == f.prime(s)"),
    ("d/ds s³ = 3s²", "D(s ** 3, s) == 3 * s ** 2"),
    ("2 ∂/∂x s", "2 * D(s, x)"),
    ("∂(Ax)/∂xᵀ = A", "jacobian(A @ x, x) == A"),
    ("∂X/∂vec(X)ᵀ", "jacobian(X, X)"),
    ("∂tr(X)/∂X_{ij}", "D(trace(X), X[i, j])"),
    ("∇²ₓ ½xᵀXx", "hessian(1 / 2 * x.T @ X @ x, x)"),
    ("Σᵣ₌₁ⁿ xᵣvᵣ", "Sum(x[r] * v[r], r, 1, n)"),
    ("Σ_{r=1}^n x_r v_r", "Sum(x[r] * v[r], r, 1, n)"),
    ("Σ⁻¹ x", "inv(Sigma) @ x"),
    ("Xᵢⱼ + X[1, 2] + xᵢ + x₁", "X[i, j] + X[1, 2] + x[i] + x[1]"),
    ("(BX)ᵢⱼ δᵢⱼ", "(B @ X)[i, j] * delta(i, j)"),
    ("tr((X + λI)^{-1})", "trace(inv(X + lam * eye(n)))"),
    ("Iₙ x = 𝟏ₙ", "eye(n) @ x == ones(n)"),
    ("X eᵢ", "X @ basis(i, n)"),
    ("e_1ᵀX + e_1'X", "basis(1, n).T @ X + basis(1, n).T @ X"),
    ("x_1X", "x[1] * X"),
    ("𝟏ᵀx", "ones(n).T @ x"),
    ("X(x + v) + 2(x + v)", "X @ (x + v) + 2 * (x + v)"),
    ("σ(x) ⊙ (1 − σ(x))", "sigmoid(x) * (1 - sigmoid(x))"),
    ("√(xᵀx)", "sqrt(x.T @ x)"),
    ("d(X⁻¹) = −X⁻¹ dX X⁻¹", "d(inv(X)) == -(inv(X) @ dX @ inv(X))"),
    ("x = v = w", "x == v == w"),
    ("vec(BXC) = (Cᵀ ⊗ B) vec(X)", "vec(B @ X @ C) == kron(C.T, B) @ vec(X)"),
)
"""Unicode as on paper."""

LATEX = (
    (r"\nabla_x x^\top X x = (X + X^\top) x", "grad(x.T @ X @ x, x) == (X + X.T) @ x"),
    (
        r"\nabla_{\mathbf{x}} \left\| \mathbf{A}\mathbf{x} - \mathbf{b} \right\|_2^2",
        "grad(norm(A @ x - b) ** 2, x)",
    ),
    (r"\frac{\partial \operatorname{tr}(BX)}{\partial X} = B^\top", "D(trace(B @ X), X) == B.T"),
    (r"\frac{\partial}{\partial X} \log\det X = X^{-\top}", "D(log(det(X)), X) == inv(X).T"),
    (r"2 \frac{\partial}{\partial s} s^2", "2 * D(s ** 2, s)"),
    (r"\frac{\partial A x}{\partial x^\top} = A", "jacobian(A @ x, x) == A"),
    (r"\frac{d}{ds} s^2 = \frac{\mathrm{d} s^2}{\mathrm{d} s}", "D(s ** 2, s) == D(s ** 2, s)"),
    (r"\partial f(s) / \partial s", "D(f(s), s)"),
    (r"\nabla^2_x \frac12 x^TXx", "hessian(1 / 2 * x.T @ X @ x, x)"),
    (r"\nabla_x^2 f(s)", "hessian(f(s), x)"),
    (r"\nabla_\lambda \lambda^2", "grad(lam ** 2, lam)"),
    (r"\lVert x \rVert_2^2 = \sum_{r=1}^{n} x_r^2", "norm(x) ** 2 == Sum(x[r] ** 2, r, 1, n)"),
    (r"\|A\|_F^2 = \|A\|_{\mathrm{F}}^2", "norm(A) ** 2 == norm(A) ** 2"),
    (r"\left| s \right| \lvert s \rvert", "abs(s) * abs(s)"),
    (r"\left(X + X^{\top}\right)^{-1}\!x", "inv(X + X.T) @ x"),
    (r"B \odot C + (x^\top \otimes x)", "B * C + kron(x.T, x)"),
    (r"x^{\odot 2}", "x ** 2"),
    (r"A^\dagger b = A^{+} b", "pinv(A) @ b == pinv(A) @ b"),
    (r"\frac{x^\top v}{\lVert x\rVert \lVert v\rVert}", "(x.T @ v) / (norm(x) * norm(v))"),
    (r"\exp\left(-\frac{1}{2} x^\top \Sigma^{-1} x\right)", "exp(-(1 / 2 * x.T @ inv(Sigma) @ x))"),
    (r"\boldsymbol{\Sigma}^{-1} \mathbf x", "inv(Sigma) @ x"),
    (r"\mathrm{tr}\left[ X B \right] = \text{tr}(XB)", "trace(X @ B) == trace(X @ B)"),
    (r"\operatorname{diag}(x) X \operatorname{diag}(v)", "diag(x) @ X @ diag(v)"),
    (r"\mathbf{1}^\top x + \mathbf{1}_n^\top x", "ones(n).T @ x + ones(n).T @ x"),
    (r"X_{ij} + X_{i,j} + x_{i} + X_{12}", "X[i, j] + X[i, j] + x[i] + X[1, 2]"),
    (r"\delta_{ij} I_n", "delta(i, j) * eye(n)"),
    (r"\sqrt{x^\top x} \sqrt2", "sqrt(x.T @ x) * sqrt(2)"),
    (r"\mathrm{d}(X) = \mathrm{d}\mathbf{X}", "d(X) == dX"),
    (r"$s^2x \, s$", "s ** 2 * x * s"),
)
"""LaTeX as it is pasted."""

TEXTS: tuple[tuple[str, str], ...] = MATRIXCALCULUS + PAPER + LATEX


def faults(text: str, form: Form | None = None) -> list[tuple[str, str]]:
    """Each fault of a text: what the caret marks, and the line that is printed."""
    try:
        python_form(parse(text, WHERE, form), WHERE)
    except MatcalcError as bad:
        return [(fault.text[slice(*fault.span)], fault.headline()) for fault in bad.faults]
    return []
