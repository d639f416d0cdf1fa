import pytest

from matcalc.language import parse_claim
from matcalc.report.statements import statement

WHERE = {
    "x": "vector(n)",
    "y": "vector(n)",
    "v": "vector(m)",
    "u": "vector(m) of x",
    "g": "scalar of x",
    "h": "function",
    "s": "scalar",
    "k": "integer",
    "i": "index(n)",
    "j": "index(n)",
    "A": "matrix(m, n)",
    "B": "matrix(m, n)",
    "X": "matrix(n, n)",
    "Y": "matrix(n, n)",
}


@pytest.mark.parametrize(
    ("claim", "written"),
    [
        ("D(x.T @ X @ x, x) == (X + X.T) @ x", "∇ₓ (xᵀ X x) = (X + Xᵀ) x"),
        ("D(norm(x)**2, x) == 2 * x", "∇ₓ ‖x‖² = 2 x"),
        ("D(trace(X), X) == eye(n)", "∇_X tr(X) = Iₙ"),
        ("D(A @ x, x) == A", "∂(A x)/∂x = A"),
        ("D(u, x) == jacobian(u, x)", "∂u/∂x = ∂u/∂xᵀ"),
        ("D(g, x[i]) == D(g, x)[i]", "∂g/∂xᵢ = (∇ₓ g)ᵢ"),
        ("D(s**2, s) == 2 * s", "∂(s²)/∂s = 2 s"),
        ("jacobian(X @ Y, X) == kron(Y.T, eye(n))", "∂vec(X Y)/∂vec(X)ᵀ = Yᵀ ⊗ Iₙ"),
        ("hessian(g, x) == jacobian(grad(g, x), x)", "∇²ₓ g = ∂(∇ₓ g)/∂xᵀ"),
        ("vjp(u, x, v) == jacobian(u, x).T @ v", "⟨v, ∂u/∂x⟩ = (∂u/∂xᵀ)ᵀ v"),
        ("jvp(u, x, y) == jacobian(u, x) @ y", "(∂u/∂x)[y] = (∂u/∂xᵀ) y"),
        ("d(inv(X)) == -inv(X) @ dX @ inv(X)", "d(X⁻¹) = −X⁻¹ dX X⁻¹"),
        ("x * x == x**2", "x ⊙ x = x⊙²"),
        ("x / (2 * y) == x", "x ⊘ (2 y) = x"),
        ("x / s == (1 / s) * x", "x / s = (1 / s) x"),
        ("2 * (x * y) == (2 * x) * y", "2 (x ⊙ y) = (2 x) ⊙ y"),
        ("A * B @ x == A @ x", "(A ⊙ B) x = A x"),
        ("x - (y - x) == -x", "x − (y − x) = −x"),
        ("2 * 3 * s == 6 * s", "2 · 3 s = 6 s"),
        ("-2 * X @ x == X @ x", "−2 X x = X x"),
        ("X @ (Y @ x) == X @ Y @ x", "X (Y x) = X Y x"),
        ("inv(X).T == inv(X.T)", "(X⁻¹)ᵀ = (Xᵀ)⁻¹"),
        ("matrix_power(X, k - 1) == X", "Xᵏ⁻¹ = X"),
        ("logdet(X) == log(abs(det(X)))", "log |det(X)| = log(|det(X)|)"),
        ("Sum(x[r] * A @ basis(r, n), r, 1, n) == A @ x", "Σᵣ₌₁ⁿ xᵣ A eᵣ = A x"),
        ("X[i, j] * delta(i, j) == (X @ Y)[i, j]", "Xᵢⱼ δᵢⱼ = (X Y)ᵢⱼ"),
        ("eye(n)[i, j] == delta(i, j)", "(Iₙ)ᵢⱼ = δᵢⱼ"),
        ("h(x) == h.prime(x)", "h(x) = h′(x)"),
        ("outer(x, y) == x @ y.T", "x yᵀ = x yᵀ"),
        ("dot(x, y) == sum(x * y)", "x · y = sum(x ⊙ y)"),
        ("zeros(m, n) == 0 * ones(m, n)", "0[m×n] = 0 · 1[m×n]"),
        ("sqrt(norm1(x)) == pi", "√(‖x‖₁) = π"),
        ("x[n] == s", "xₙ = s"),
        ("n * x == sum(eye(n)) * x", "n x = sum(Iₙ) x"),
    ],
)
def test_a_claim_is_written_as_on_paper(claim: str, written: str) -> None:
    assert statement(parse_claim(claim, WHERE)) == written


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_a_row_is_no_gradient(layout: str) -> None:
    claim = parse_claim("D(norm(x)**2, x) == D(norm(x)**2, x)", WHERE, layout)
    row = "∂(‖x‖²)/∂x" if layout == "numerator" else "∇ₓ ‖x‖²"
    assert statement(claim) == f"{row} = {row}"
