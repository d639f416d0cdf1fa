"""Tokens have places, and what the language lacks is named with its mend."""

import pytest

from matcalc.errors import MatcalcError
from matcalc.language.tokens import MAX_DIGITS, MAX_LENGTH, RESERVED, SLIPS, Slip, reserved_word, tokenise
from tests.language.reading import marked_faults


def test_every_token_knows_its_place() -> None:
    tokens = tokenise("A.T @ x\n == 2.5e-3**x_1")
    assert [(token.kind, token.text, token.start) for token in tokens] == [
        ("name", "A", 0),
        ("operator", ".", 1),
        ("name", "T", 2),
        ("operator", "@", 4),
        ("name", "x", 6),
        ("operator", "==", 9),
        ("number", "2.5e-3", 12),
        ("operator", "**", 18),
        ("name", "x_1", 20),
        ("end", "", 23),
    ]


SLIPPED = (
    ("x ^ 2 == y", "^", "^ is no power here; write **, or matrix_power(X, k) for a power of a matrix"),
    ("A^T == A", "^T", "^T is no transpose here; write A.T"),
    ("A^{T} == A", "^{T}", "^{T} is no transpose here; write A.T"),
    ("X^-1 == X", "^-1", "^-1 is no inverse here; write inv(X), or 1 / X entry by entry"),
    ("X^{-1} == X", "^{-1}", "^{-1} is no inverse here; write inv(X), or 1 / X entry by entry"),
    ("A' == A", "'", "' is no transpose here; write A.T, or A.prime(x) for a derivative"),
    ("(A @ X)' == A", "'", "' is no transpose here; write (…).T, or (…).prime(x) for a derivative"),
    ("f'(x) == x", "'", "' is no transpose here; write f.T, or f.prime(x) for a derivative"),
    ("Aᵀ == A", "ᵀ", "ᵀ is no transpose here; write A.T"),
    ("A⊤ == A", "⊤", "⊤ is no transpose here; write A.T"),
    ("X⁻¹ == X", "⁻¹", "⁻¹ is no inverse here; write inv(X), or 1 / X entry by entry"),
    ("x² == x", "²", "² is no power here; write ** and the exponent"),
    ("A × B == A", "×", "× is no product here; write @ for the matrix product, * entry by entry"),
    ("x·y == s", "·", "· is no product here; write @ for the matrix product, * entry by entry"),
    ("A ⊙ B == A", "⊙", "⊙ is no product here; write * for the product entry by entry"),
    ("A ⊗ B == A", "⊗", "⊗ is no product here; write kron(A, B)"),
    ("x − y == 0", "−", "− is not the minus sign of the language; write -"),
    ("‖x‖ == s", "‖", "‖ is no norm here; write norm(x)"),
    ("|x| == s", "|", "| is not part of the language; write abs(x) entry by entry, det(X) for a determinant"),
    ("√x == x", "√", "√ is no root here; write sqrt(x)"),
    ("∇x == x", "∇", "∇ is no derivative here; write D(f, x) or grad(f, x)"),
    ("∑x == s", "∑", "∑ is no sum here; write Sum(expr, r, lower, upper)"),
    ("π == s", "π", "π is not a letter of the language; write pi"),
    ("λ == s", "λ", "λ is not a letter of the language; write lam"),
    ("α * x == x", "α", "α is not a letter of the language; write alpha"),
    (
        "А @ x == x",
        "А",
        "А (U+0410, cyrillic capital letter a) is not a letter of the language; names are made of a-z, A-Z, 0-9 and _",
    ),
    ("x＝y", "＝", "＝ (U+FF1D) is not =; type a plain ="),
    ("x < y", "<", "< is no equation; a claim states equality: write =="),
    ("x != y", "!=", "!= is no equation; a claim states equality: write =="),
    ("x == y <= s", "<=", "<= is no equation; a claim states equality: write =="),
    ("x ≠ y", "≠", "≠ is no equation; a claim states equality: write =="),
    ("x := y", ":=", ":= is no equation; write =="),
    ("x // 2 == y", "//", "// is not part of the language; write / for division"),
    ("x % 2 == y", "%", "% is not part of the language; write / for division"),
    ("A[:, 1] == s", ":", "slices are not part of the language; write X @ basis(j, n) for column j of X m×n"),
    ('A["a"] == s', '"', '" opens a text, and claims have none; write names and numbers without quotes'),
    ("'a' == s", "'", "' opens a text, and claims have none; write names and numbers without quotes"),
    ("x == y; x == x", ";", "; is not part of the language; write one claim an identity, a chain as a == b == c"),
    ("x == {y}", "{", "{ is not part of the language; write ( and )"),
    ("x == y # note", "#", "claims have no comments; put the remark into note"),
    ("x == ~y", "~", "~ is not part of the language; remove it"),
    ("x == $y", "$", "$ is not part of the language; remove it"),
    ("x == 1j", "1j", "1j is complex; the language is real"),
    ("x == 0x10", "0x10", "0x10 is no decimal number; write its decimal digits"),
    ("x == 1_000", "1_000", "1_000 is no number here; write 1000"),
    ("x == 2x", "2x", "2x has no operator between 2 and x; write 2 * x"),
    ("x == 007", "007", "the number 007 starts with 0; write 7"),
    ("x == 1e999", "1e999", "the number has more than 50 digits; give it a name: declare it as scalar"),
    ("x == \\alpha", "\\", "\\ starts no command here; write the name alone, in Python syntax"),
    ("x\t== y", "\t", "a tab stands in the text; write spaces"),
    ("x ==\xa0y", "\xa0", "the text has the invisible character U+00A0; write a space, or remove it"),
    ("x == y\u200b", "\u200b", "the text has the invisible character U+200B; write a space, or remove it"),
    ("x == \0", "\0", "the text has the invisible character U+0000; write a space, or remove it"),
    (f"x == {'9' * 51}", "9" * 51, "the number has more than 50 digits; give it a name: declare it as scalar"),
    (f"{'x' * 65} == x", "x" * 65, "the name has more than 64 characters; shorten it"),
)


@pytest.mark.parametrize(("claim", "marked", "line"), SLIPPED, ids=[row[2] for row in SLIPPED])
def test_what_starts_no_token_is_a_fault_with_a_mend(claim: str, marked: str, line: str) -> None:
    assert marked_faults(claim) == [(marked, line)]


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.pattern for slip in SLIPS])
def test_every_slip_has_a_mend(slip: Slip) -> None:
    assert slip.what
    assert slip.mend


@pytest.mark.parametrize("word", [*RESERVED, "yield", "class"])
def test_the_keywords_of_python_are_reserved(word: str) -> None:
    assert reserved_word(word)


@pytest.mark.parametrize("word", ["lam", "T", "match", "print", "_"])
def test_other_names_are_not_reserved(word: str) -> None:
    assert reserved_word(word) is None


def test_a_text_at_the_limit_is_read_and_a_longer_one_is_not() -> None:
    assert tokenise("x" + " " * (MAX_LENGTH - 1))
    with pytest.raises(MatcalcError, match=f"more than {MAX_LENGTH}"):
        tokenise("x" + " " * MAX_LENGTH)


def test_a_text_that_is_too_long_is_not_quoted() -> None:
    assert marked_faults("x == x" + " " * MAX_LENGTH) == [
        ("", "the text has 20006 characters, more than 20000; split it up")
    ]


def test_a_number_at_the_limit_is_read() -> None:
    assert tokenise("9" * MAX_DIGITS)[0].text == "9" * MAX_DIGITS
