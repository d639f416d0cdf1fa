"""The table of rules: what each states, when it holds, where it is from, and the function that applies it.

One row is one rule. The kernel accepts no other way to change an expression than these rows and the laws of `arrange`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from matcalc.components.terms import Term
from matcalc.kernel import algebra, calculus, matrices, powers, ranges
from matcalc.kernel.steps import Site

Apply: TypeAlias = Callable[[Site], tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: `statement` and `condition` for people, `source` as author, year and place or `definition`."""

    name: str
    statement: str
    condition: str
    source: str
    example: str
    apply: Apply


_MAGNUS = "Magnus and Neudecker 2019, Matrix Differential Calculus"
_RUDIN = "Rudin 1976, Principles of Mathematical Analysis"
_GKP = "Graham, Knuth and Patashnik 1994, Concrete Mathematics"

RULES: tuple[Rule, ...] = (
    Rule(
        "linearity",
        "∂(Σ c t)/∂X = Σ c ∂t/∂X",
        "finite sums, c constant",
        f"{_RUDIN}, theorem 5.3",
        "D(3 * x + y, x) == 3",
        calculus.linearity,
    ),
    Rule(
        "product rule",
        "∂(f g)/∂X = (∂f/∂X) g + f (∂g/∂X)",
        "",
        f"{_RUDIN}, theorem 5.3",
        "D(x * y * x, x) == 2 * x * y",
        calculus.product,
    ),
    Rule(
        "power rule",
        "∂(f^p)/∂X = p f^(p−1) ∂f/∂X",
        "p constant; f ≠ 0 where p < 1",
        f"{_RUDIN}, theorem 5.5",
        "D(x**3, x) == 3 * x**2",
        calculus.power,
    ),
    Rule(
        "constant rule",
        "∂c/∂X = 0",
        "c does not depend on X",
        f"{_RUDIN}, example 5.4",
        "D(y, x) == 0",
        calculus.constant,
    ),
    Rule(
        "derivative of the variable",
        "∂X_ij/∂X_kl = δ_ik δ_jl",
        "the entries of X are independent",
        f"{_MAGNUS}, section 9.3",
        "D(trace(X), X) == eye(n)",
        calculus.variable,
    ),
    Rule(
        "derivative of a structured variable",
        "∂X_ij/∂X_kl = δ_ik δ_jl + δ_il δ_jk − δ_ik δ_jl δ_kl for symmetric X",
        "X symmetric, skew or diagonal, with the deltas of its structure",
        f"{_MAGNUS}, section 3.8 and Petersen and Pedersen 2012, equation 138",
        "D(trace(A @ S), S) == A + A.T - A * eye(n)",
        calculus.structured_variable,
    ),
    Rule(
        "declared dependence",
        "∂u/∂x = Σ_w (∂u/∂w)(∂w/∂x) over the variables w of u",
        "u smooth in its declared variables",
        f"{_RUDIN}, theorem 9.15",
        "D(g, x) == D(g, u) * D(u, x)",
        calculus.dependence,
    ),
    Rule(
        "chain rule",
        "∂f(u)/∂X = f′(u) ∂u/∂X",
        "f differentiable at u: abs, sign and relu away from 0",
        f"{_RUDIN}, theorem 5.5",
        "D(exp(2 * x), x) == 2 * exp(2 * x)",
        calculus.chain,
    ),
    Rule(
        "distributivity",
        "(s + t) f = s f + t f",
        "",
        "definition",
        "(x + y) * x == x**2 + y * x",
        algebra.distributivity,
    ),
    Rule(
        "power of a product",
        "(c f^a g^b)^p = c^p f^(ap) g^(bp)",
        "p whole, or the factor taken out positive",
        f"{_RUDIN}, exercise 1.6",
        "(2 * x * y)**2 == 4 * x**2 * y**2",
        algebra.power_of_product,
    ),
    Rule(
        "leading term of a power",
        "t B^p = B^(p+1) − (B − t) B^p",
        "t a term of B; B ≠ 0 where p < 0",
        "definition",
        "x / (x + y) == 1 - y / (x + y)",
        algebra.leading_term,
    ),
    Rule(
        "scalar in parentheses",
        "Σ_a f(a) g = (Σ_a f(a)) g",
        "a occurs in no other factor",
        f"{_GKP}, section 2.3",
        "(x @ x.T) @ x == norm(x)**2 * x",
        algebra.collect_scalar,
    ),
    Rule(
        "slots of a function",
        "f(u)_ij with u free of j, or with i = j, is a function of fewer indices",
        "",
        "definition",
        "trace(exp(X)) == sum(exp(diagonal(X)))",
        algebra.slots_of_body,
    ),
    Rule(
        "definition of the function",
        "sigmoid(t) = 1/(1 + exp(−t)), softplus(t) = log(1 + exp(t)), relu(t) = (t + |t|)/2",
        "",
        "definition",
        "sigmoid(x) == 1 / (1 + exp(-x))",
        algebra.definition,
    ),
    Rule(
        "value of detach",
        "detach(u) = u",
        "not under a derivative",
        "definition",
        "detach(x) == x",
        algebra.detach_value,
    ),
    Rule(
        "delta contraction",
        "Σ_a δ_ab f(a) = f(b)",
        "a and b range over the same size",
        f"{_MAGNUS}, section 1.2",
        "eye(m) @ X == X",
        algebra.delta_contraction,
    ),
    Rule(
        "delta substitution",
        "δ_ab f(a) = δ_ab f(b)",
        "a and b range over the same size",
        "definition",
        "A * eye(n) == A.T * eye(n)",
        algebra.delta_substitution,
    ),
    Rule(
        "value of a delta",
        "δ_aa = 1, δ_ab² = δ_ab, δ_ab = 0 where a − b is a number other than 0",
        "",
        "definition",
        "delta(i, i) == 1",
        algebra.delta_value,
    ),
    Rule(
        "counting",
        "Σ_a 1 = n",
        "a of size n occurs in no factor",
        f"{_GKP}, section 2.1",
        "trace(eye(n)) == n",
        algebra.counting,
    ),
    Rule(
        "cut of an index",
        "Σ_a [a ≙ (i, j)] [a ≙ (k, l)] = δ_ik δ_jl",
        "both cuts into the same sizes",
        "definition",
        "eye(m * n) == kron(eye(m), eye(n))",
        algebra.split_joint,
    ),
    Rule(
        "joint of an index",
        "Σ_ij [a ≙ (i, j)] [b ≙ (i, j)] = δ_ab",
        "i and j range over all parts",
        "definition",
        "trace(kron(eye(m), eye(n))) == trace(eye(m * n))",
        algebra.split_parts,
    ),
    Rule(
        "even power of an absolute value",
        "|t|^(2k) = t^(2k)",
        "",
        f"{_RUDIN}, definition 1.32",
        "abs(x)**2 == x**2",
        algebra.even_power_of_absolute,
    ),
    Rule(
        "sign beside a reciprocal",
        "sign(t) / |t| = t / |t|²",
        "t ≠ 0, as |t| is divided by",
        "definition",
        "sign(x) / abs(x) == 1 / x",
        algebra.sign_beside_reciprocal,
    ),
    Rule(
        "differential of an inverse",
        "∂(M⁻¹)/∂X = −M⁻¹ (∂M/∂X) M⁻¹",
        "M invertible",
        f"{_MAGNUS}, theorem 8.3",
        "d(inv(X)) == -inv(X) @ dX @ inv(X)",
        matrices.inverse_differential,
    ),
    Rule(
        "Jacobi's formula",
        "∂det(M)/∂X = tr(adj(M) ∂M/∂X)",
        "",
        f"{_MAGNUS}, theorem 8.1",
        "d(det(X)) == trace(adjugate(X) @ dX)",
        matrices.determinant_differential,
    ),
    Rule(
        "adjugate of an invertible matrix",
        "adj(M) = det(M) M⁻¹",
        "M invertible, or the sides continuous and invertible matrices dense",
        "Horn and Johnson 2013, Matrix Analysis, section 0.8.2",
        "adjugate(X) @ X == det(X) * eye(n)",
        matrices.adjugate_value,
    ),
    Rule(
        "inverse cancels",
        "M⁻¹ T = I − M⁻¹ (M − T), T M⁻¹ = I − (M − T) M⁻¹",
        "T a term of M",
        "definition",
        "inv(X + A) @ X == eye(n) - inv(X + A) @ A",
        matrices.inverse_cancels,
    ),
    Rule(
        "inverse of a product",
        "(P Q)⁻¹ = Q⁻¹ P⁻¹, det(P Q) = det(P) det(Q)",
        "P and Q square",
        f"{_MAGNUS}, section 1.6 and 1.9",
        "inv(X @ A) == inv(A) @ inv(X)",
        matrices.inverse_of_product,
    ),
    Rule(
        "inverse of a scalar multiple",
        "(s M)⁻¹ = s⁻¹ M⁻¹, det(s M) = sⁿ det(M)",
        "s ≠ 0 for the inverse",
        f"{_MAGNUS}, section 1.9",
        "det(x * X) == x**n * det(X)",
        matrices.scalar_multiple,
    ),
    Rule(
        "inverse of an inverse",
        "(M⁻¹)⁻¹ = M, det(M⁻¹) = det(M)⁻¹",
        "",
        f"{_MAGNUS}, section 1.9",
        "inv(inv(X)) == X",
        matrices.inverse_of_inverse,
    ),
    Rule(
        "inverse of a transpose",
        "(Mᵀ)⁻¹ = (M⁻¹)ᵀ, det(Mᵀ) = det(M), adj(Mᵀ) = adj(M)ᵀ",
        "",
        f"{_MAGNUS}, section 1.9",
        "inv(X.T) == inv(X).T",
        matrices.of_transpose,
    ),
    Rule(
        "inverse of a symmetric matrix",
        "M = Mᵀ makes M⁻¹ = (M⁻¹)ᵀ",
        "",
        f"{_MAGNUS}, section 1.9",
        "inv(X @ X.T).T == inv(X @ X.T)",
        matrices.symmetric_function,
    ),
    Rule(
        "inverse of the identity",
        "I⁻¹ = I, det(I) = 1, adj(I) = I",
        "",
        "definition",
        "det(eye(n)) == 1",
        matrices.of_identity,
    ),
    Rule(
        "linearity of a finite sum",
        "Σ_r (c f g(r) + h(r)) = c f Σ_r g(r) + Σ_r h(r)",
        "c and f free of r",
        f"{_GKP}, section 2.3",
        "Sum(r * x, r, 0, k) == x * Sum(r, r, 0, k)",
        ranges.linearity,
    ),
    Rule(
        "counting the terms of a finite sum",
        "Σ_{r=0}^{N−1} 1 = N",
        "N ≥ 0",
        f"{_GKP}, section 2.1",
        "Sum(x, r, 1, k) == k * x",
        ranges.count,
    ),
    Rule(
        "derivative of a finite sum",
        "∂(Σ_r g(r))/∂X = Σ_r ∂g(r)/∂X",
        "",
        f"{_RUDIN}, theorem 5.3 and 9.42",
        "D(Sum(x * y**r, r, 0, k), x) == Sum(y**r, r, 0, k)",
        ranges.derivative,
    ),
    Rule(
        "into a finite sum",
        "f Σ_r g(r) = Σ_r f g(r)",
        "f free of r",
        f"{_GKP}, section 2.3",
        "X @ Sum(matrix_power(X, r), r, 0, k) == Sum(matrix_power(X, r + 1), r, 0, k)",
        ranges.into_sum,
    ),
    Rule(
        "finite sum backwards",
        "Σ_{r=0}^{N−1} g(r) = Σ_{r=0}^{N−1} g(N−1−r)",
        "",
        f"{_GKP}, section 2.3",
        "Sum(matrix_power(X, r), r, 0, k) == Sum(matrix_power(X, k - r), r, 0, k)",
        ranges.reversal,
    ),
    Rule(
        "renaming the variable of a finite sum",
        "Σ_r g(r) = Σ_s g(s)",
        "s occurs nowhere in g",
        "definition",
        "Sum(y**r, r, 0, k) == Sum(y**p, p, 0, k)",
        ranges.renaming,
    ),
    Rule(
        "trivial power",
        "M⁰ = I, M¹ = M, M^k = M M^(k−1)",
        "k a number",
        "definition",
        "matrix_power(X, k) @ inv(X) @ matrix_power(X, 1 - k) == eye(n)",
        powers.trivial,
    ),
    Rule(
        "product of powers",
        "M^a M^b = M^(a+b), exp(a M) exp(b M) = exp((a+b) M)",
        "powers of one matrix",
        "Higham 2008, Functions of Matrices, theorem 10.2",
        "matrix_power(X, k) @ matrix_power(X, k) == matrix_power(X, 2 * k)",
        powers.product,
    ),
    Rule(
        "matrix beside its power",
        "M^k T = M^(k+1) − M^k (M − T)",
        "T a term of M",
        "definition",
        "X @ matrix_power(X, k) == matrix_power(X, k + 1)",
        powers.absorbing,
    ),
    Rule(
        "matrix beside its exponential",
        "exp(a s T) T = T exp(a s T)",
        "s a scalar",
        "Higham 2008, Functions of Matrices, theorem 1.13",
        "X @ expm(X) == expm(X) @ X",
        powers.commuting,
    ),
    Rule(
        "differential of a power",
        "∂M^k = Σ_r M^r ∂M M^(k−1−r), ∂exp(M) = ∫ exp(s M) ∂M exp((1−s) M) ds",
        "k ≥ 0",
        "Higham 2008, Functions of Matrices, equations 3.24 and 10.15",
        "D(trace(matrix_power(X, k)), X) == k * matrix_power(X, k - 1).T",
        powers.differential,
    ),
    Rule(
        "determinant of a power",
        "det(M^k) = det(M)^k",
        "",
        f"{_MAGNUS}, section 1.9",
        "det(matrix_power(X, k)) == det(X)**k",
        matrices.determinant_of_power,
    ),
)

BY_NAME: Mapping[str, Rule] = {rule.name: rule for rule in RULES}
