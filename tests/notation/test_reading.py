"""Every fault of a text as on paper says what, where and the mend; what has two readings is refused."""

import pytest

from tests.notation.samples import faults

UNCLEAR = (
    ("tr B X", "tr B X", "whether X belongs to what tr is applied to is unclear; write tr(…) with brackets"),
    ("log s * s", "log s *", "whether * belongs to what log is applied to is unclear; write log(…) with brackets"),
    ("1/2 x", "/2 x", "whether x stands below the line is unclear; write a/(b c), or (a/b) c"),
    ("B ⊙ C x", "x", "which product comes first beside ⊙ is unclear; put one into brackets"),
    ("B C ⊗ X", "⊗", "which product comes first beside ⊗ is unclear; put one into brackets"),
    ("B .* C x", "x", "which product comes first beside .* is unclear; put one into brackets"),
    (
        "∇ₓ (xᵀx) s",
        "(xᵀx) s",
        "how far ∇ₓ reaches is unclear; put the whole into brackets, or the derivative: (∇ₓ (f)) g",
    ),
    (
        r"\sum_{r=1}^n (x_r) s",
        "(x_r) s",
        r"how far \sum_{r=1}^n reaches is unclear; put the whole into brackets, or the derivative: (∇ₓ (f)) g",
    ),
    ("s^2^3", "^", "^ is an exponent of an exponent; put one of the two powers into brackets"),
    ("sin^2 s", "^", "sin has an exponent and no argument yet; write (sin(x))^2"),
    ("e^s", "e^", "e^ is exp of each entry, or of a matrix; write exp(x) or expm(X)"),
    (
        "|X|",
        "|X|",
        "|X| of n×n may be the determinant, or a value for each entry; "
        "write det(X), abs(X) entry by entry, or ‖X‖ for the norm",
    ),
    (
        "‖A‖₂",
        "‖A‖₂",
        "‖A‖₂ of m×n is the largest singular value, which the language lacks; "
        "write ‖A‖_F or norm(A) for the Frobenius norm",
    ),
    ("x²", "²", "x is n×1, and only scalars and square matrices have powers; write x.^p for a power of each entry"),
    ("A²", "²", "matrix_power needs a square matrix, and A is m×n; declare A as matrix(m, m)"),
    ("A⁻¹", "⁻¹", "inv needs a square matrix, and A is m×n; write pinv(A) for the pseudo-inverse"),
    ("xᵀ/v", "/", "xᵀ / v divides by n×1; write xᵀ ./ v entry by entry, or a product with an inverse"),
    ("tr(I)", "I", "its size is not told by what stands around it; write I_n, 1_n or ones(n)"),
    ("diag(X) Iₙ", "diag(X)", "diag needs a vector, and X is n×n; write diagonal(X) for the diagonal of a matrix"),
)
"""What paper says in two ways, or in another way than the language."""

BROKEN = (
    ("", "", "the text is empty; write an expression, or an equation: left = right"),
    ("(x ᵀ", "(", "this ( is never closed; close it"),
    ("xᵀ)", ")", "this ) closes nothing; remove it, or open it"),
    ("x (", "(", "the text ends after (; complete it, or remove the ("),
    ("xᵀ + ", "+", "the text ends after +; complete it, or remove the +"),
    ("‖x", "‖", "this ‖ is never closed; close it"),
    ("(xᵀ]", "]", "] closes a (; close the inner bracket first"),
    ("tr()", "()", "the brackets are empty; write an expression in them"),
    ("s^(1,)", ",", "a comma stands outside a call; write one expression in brackets"),
    ("xᵀ = (v = w)", "=", "= stands inside brackets; equations stand at the top of a claim only"),
    ("xᵀ · / v", "/", "a value is missing after ·; write a name, a number or a bracket before /"),
    ("∇ s", "∇", "∇ is not complete; write ∇ₓ f or \\nabla_x f"),
    ("∂s", "∂", "∂ is not complete; write ∂f/∂x or \\frac{\\partial f}{\\partial x}"),
    (r"\frac{1}", r"\frac", r"\frac is not complete; write \frac{a}{b}"),
    (r"\sum x", r"\sum", r"\sum is not complete; write \sum_{i=1}^{n} x_i or Σᵢ₌₁ⁿ xᵢ"),
    ("‖x‖_p", "‖_p", "there is no norm with p below; write ‖x‖, ‖x‖₁, ‖x‖₂ or ‖A‖_F"),
    ("∇³ₓ s", "³", "∇ has no other power than ∇²; write ∇²ₓ f for the Hessian"),
    ("∂s/∂tr(X)", "tr", "nothing is differentiated by trace(…); name a variable, or vec of one"),
    ("xᵀ ≤ v", "≤", "≤ is no equation; a claim states equality: write ="),
    ("xᵀx;", ";", "; is not part of this notation; write one claim, or a chain as a = b = c"),
    ("2_x", "2_x", "the number 2 has nothing below it; write a product with *"),
    ("xᵀ + _i", "_i", "what stands below belongs to nothing; write it behind a name or a bracket"),
    ("X_(", "_", "nothing that can stand below follows _; write x_i, x_{ij} or x_{i, j}"),
    ("А xᵀ", "А", "А (U+0410, cyrillic capital letter a) is not a letter of the language; "
     "names are made of a-z, A-Z, 0-9 and _"),
    ("𝐀 x", "𝐀", "𝐀 (U+1D400) is not A; type a plain A"),
    ("xᵀ\u200bx", "\u200b", "the text has the invisible character U+200B; write a space, or remove it"),
    (r"\nabl_x s", r"\nabl", r"\nabl is no command that is read; did you mean \nabla?"),
    (r"\begin{x}", r"\begin", r"\begin is no command that is read; "
     r"write \operatorname{begin} for a name, or remove it"),
    (r"\sqrt[3]{s}", r"\sqrt", "only the square root is a function here; write a power such as ^{1/3}"),
    (r"\operatorname{+}", r"\operatorname", r"\operatorname holds no name; write \operatorname{name}"),
    (r"\hat{+}", r"\hat", r"\hat holds no letter; write \hat{x}"),
    ("if xᵀ", "if", "if is reserved by the syntax; a claim has no conditions: state hypotheses in where"),
    (f"{'q' * 65}ᵀ", "q" * 65, "the name has more than 64 characters; shorten it"),
    (f"{'9' * 51} xᵀ", "9" * 51, "the number has more than 50 digits; give it a name: declare it as scalar"),
)  # fmt: skip
"""What cannot be read."""

NAMES = (
    ("αx", "α", "alpha is not declared; add alpha to where"),
    ("sofmax(xᵀ)", "sofmax", "sofmax is no function of the language; did you mean softmax?"),
    (
        r"\operatorname{rank}(X)",
        r"\operatorname{rank}",
        "rank is no function of the language; declare rank as function",
    ),
    ("x_qᵀ", "x_q", "x_q is not declared; add x_q to where"),
    (
        "Xx v",
        "v",
        "(Xx) @ v joins 1 column to n rows; write (Xx).T @ v for the dot product, (Xx) @ v.T for the outer product",
    ),
)


@pytest.mark.parametrize(("text", "marked", "line"), [*UNCLEAR, *BROKEN, *NAMES], ids=lambda part: part[:30])
def test_a_fault_marks_what_is_wrong_and_says_the_mend(text: str, marked: str, line: str) -> None:
    assert faults(text) == [(marked, line)]
