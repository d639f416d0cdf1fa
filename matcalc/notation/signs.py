"""The signs of paper and of LaTeX: tables from what is written to the terminals of `grammar.lark`."""

import unicodedata
from typing import TypeAlias

Sign: TypeAlias = tuple[str, str]
"""A terminal of the grammar, and the operator or function that it stands for in the tree."""

SIGNS: dict[str, Sign] = {
    "+": ("PLUS", "+"),
    **dict.fromkeys("-−–", ("MINUS", "-")),
    **dict.fromkeys("*×∗", ("OPERATOR", "times")),
    **dict.fromkeys("·⋅∙", ("OPERATOR", "dot")),
    ".*": ("ENTRYWISE", "*"),
    **dict.fromkeys("⊙∘", ("CIRCLED", "*")),
    "⊗": ("CIRCLED", "kron"),
    "/": ("OVER", "over"),
    **dict.fromkeys(("./", "⊘"), ("OVER", "/")),
    "^": ("POWER", "power"),
    ".^": ("POWER", "**"),
    "=": ("EQUALS", "="),
    ",": ("COMMA", ","),
    **dict.fromkeys("'′’⊤", ("TRANSPOSE", "T")),
    "†": ("PINV", "pinv"),
    "∇": ("NABLA", "∇"),
    "∂": ("DEL", "∂"),
    "∑": ("SUM", "Sum"),
    **dict.fromkeys("‖∥", ("NORM", "‖")),
    "||": ("NORM", "‖"),
    "|": ("BAR", "|"),
    "√": ("PREFIX", "sqrt"),
}
"""Every sign that is not a letter, a digit, a bracket, or one of these raised or lowered."""

REFUSED: dict[str, tuple[str, str]] = {
    "==": ("is a sign of the Python form", "write = in this notation"),
    "**": ("is a sign of the Python form", "write ^ in this notation"),
    "@": ("is a sign of the Python form", "write A B or A*B in this notation"),
    **dict.fromkeys((":=", "!=", "<=", ">=", *"<>≠≤≥≈≡"), ("is no equation", "a claim states equality: write =")),
    ";": ("is not part of this notation", "write one claim, or a chain as a = b = c"),
}
"""Signs that are read nowhere in this notation: what is wrong with them, and the mend."""

COMMANDS: dict[str, str] = {
    **{"cdot": "·", "times": "×", "ast": "*", "odot": "⊙", "circ": "∘", "otimes": "⊗", "oslash": "⊘"},
    **{"top": "⊤", "intercal": "⊤", "prime": "′", "dagger": "†", "nabla": "∇", "partial": "∂", "sum": "∑"},
    **{"|": "‖", "Vert": "‖", "lVert": "‖", "rVert": "‖", "vert": "|", "lvert": "|", "rvert": "|", "mid": "|"},
    **{"lbrack": "[", "rbrack": "]", "{": "(", "}": ")", "lbrace": "(", "rbrace": ")"},
}
"""What a command of LaTeX is, as a sign."""

OPENING, CLOSING = ("lVert", "lvert"), ("rVert", "rvert")
"""Commands that say on which side of a norm or an absolute value they stand."""

IGNORED = frozenset(
    (
        *("left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"),
        *(
            "Biggl",
            "Biggr",
            "quad",
            "qquad",
            "displaystyle",
            "textstyle",
            "limits",
            "nolimits",
            "nonumber",
            "mathstrut",
        ),
        *(",", ";", ":", "!", " ", "\n", "(", ")", "[", "]", ">"),
    )
)
"""Commands that only place or size what stands beside them, and the brackets around displayed formulas."""

FONTS = ("mathbf", "boldsymbol", "bm", "pmb", "symbf", "mathit", "mathsf", "mathbb", "mathcal", "vec", "mathnormal")
"""Commands that only change the look of what they hold."""

WORDS = ("operatorname", "operatorname*", "mathrm", "text", "textrm", "mathtt", "mathop", "rm")
"""Commands that hold one name of several letters."""

ACCENTS = ("hat", "widehat", "bar", "overline", "tilde", "widetilde", "check", "breve")
"""Marks above a letter, which become a part of its name: `x_hat`."""

_GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta"},
    **{"θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lam", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi"},
    **{"π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi"},
    **{"ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma"},
    **{"Φ": "Phi", "Ψ": "Psi", "Ω": "Omega"},
}
LETTERS: dict[str, str] = {**_GREEK, "ℓ": "ell"}
"""Letters that are no Latin ones, by the name that the language has for them; none that looks like a Latin one."""

NAMES: dict[str, str] = {
    **{name: name for name in LETTERS.values()},
    **{"lambda": "lam", "varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varsigma": "sigma"},
}
"""The same letters by their commands: `lambda`, a word of Python, is called `lam` as the language has it."""

FUNCTION_NAMES: dict[str, str] = {
    **dict.fromkeys(("tr", "Tr", "Trace"), "trace"),
    **{"ln": "log", "adj": "adjugate", "Diag": "diag", "norm2": "‖·‖₂", "sigm": "sigmoid", "logistic": "sigmoid"},
}
"""Names of functions in papers and on matrixcalculus.org that the language spells otherwise."""

FUNCTION_LETTERS = frozenset(("f", "g", "h", "phi", "psi"))
"""Undeclared letters that are functions where a bracket follows, beside σ, which is sigmoid; any other is a factor."""


def _set_as(position: str) -> dict[str, str]:
    """Each character that is another one raised (`<super>`) or lowered (`<sub>`), with the plain one."""
    pairs = ((chr(code), unicodedata.decomposition(chr(code)).split()) for code in range(0x80, 0x2C80))
    return {shifted: chr(int(parts[1], 16)) for shifted, parts in pairs if len(parts) == 2 and parts[0] == position}


RAISED = {**{c: plain for c, plain in _set_as("<super>").items() if plain < "\x7f" or plain == "−"}, "ᵗ": "T"}
LOWERED = _set_as("<sub>")
FRACTIONS = {sign: unicodedata.normalize("NFKC", sign).split("⁄") for sign in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
"""½ as its numerator and denominator."""
