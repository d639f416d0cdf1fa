"""The notations that a text may be in, and which of them it is.

    python          the form of catalogues: `A @ x`, `x.T`, `x ** 2`, `==`
    mathematical    paper and matrixcalculus.org: `A x`, `A*x`, `xᵀ` or `x'`, `x^2`, `=`
    latex           the same by the commands of LaTeX

A backslash makes a text LaTeX, a sign that the Python form alone has makes it that: a claim of the Python form, which
has `==`, never means anything else. Any other text is read in the Python form if it has a meaning there, and else as
mathematical. It has none if it is no text of that form; if it calls a function of paper alone (`tr`), or what is no
function (`X(x + y)`); if an undeclared word is a product on paper (`Ax`), an entry (`x_1` of a declared x) or the
identity `I`; or if `*`, which is the product entry by entry there, stands between a matrix and a vector, which never
fit entry by entry.
"""

import re
from collections.abc import Mapping
from typing import Literal as OneOf, TypeAlias, cast

from matcalc.errors import MatcalcError
from matcalc.language.conventions import Look, look
from matcalc.language.function_shapes import same
from matcalc.language.functions import FUNCTIONS, is_known
from matcalc.language.syntax import parse_formula
from matcalc.language.trees import Apply, Attribute, Infix, Literal, Minus, Name, Tree, names_in, walk
from matcalc.notation.signs import FUNCTION_NAMES
from matcalc.notation.words import Known, known_names, pieces

Form: TypeAlias = OneOf["python", "mathematical", "latex"]

_SIGNS_OF_PYTHON = re.compile(r"==|\*\*|@|\.(?:T|prime)\b")
_KIND = re.compile(r"\s*(scalar|vector|matrix)\b")
_NUMBERS = ("sum", "trace", "det", "logdet", "norm", "norm1", "dot", "logsumexp")


def form_of(text: str, where: Mapping[str, str]) -> Form:
    """The notation of `text`, by the rules above."""
    if "\\" in text:
        return "latex"
    if _SIGNS_OF_PYTHON.search(text):
        return "python"
    try:
        tree = parse_formula(text)
    except MatcalcError:
        return "mathematical"
    known = known_names(where)
    is_of_paper = _has_words_of_paper(tree, known) or _multiplies_matrix_by_vector(tree, where)
    return "mathematical" if is_of_paper else "python"


def _has_words_of_paper(tree: Tree, known: Known) -> bool:
    """Whether a function is one of paper alone or none at all, or an undeclared name is more than a name on paper."""
    functions = [part.function for part in walk(tree) if isinstance(part, Apply)]
    if any(_is_of_paper(function, known) for function in functions if not isinstance(function, Attribute)):
        return True
    free = [name.text for name in names_in(tree) if name.text not in known.declared]
    return any(_is_more_than_a_name(name, known) for name in free)


def _is_more_than_a_name(name: str, known: Known) -> bool:
    """Whether it is several letters side by side, something below a declared name, or the identity."""
    base, underscore, _ = name.partition("_")
    return base == "I" or (base in known.declared if underscore else len(pieces(name, known)) > 1)


def _is_of_paper(function: Tree, known: Known) -> bool:
    """Whether what a bracket follows is no function of the Python form: one of paper, a number, a matrix, …"""
    if not isinstance(function, Name):
        return True
    if function.text in known.declared:
        return function.text not in known.functions
    return function.text in (*FUNCTION_NAMES, "vector", "matrix") or (
        not is_known(function.text) and look(function.text) == "matrix"
    )


def _multiplies_matrix_by_vector(tree: Tree, where: Mapping[str, str]) -> bool:
    looks = _looks(tree, where)
    products = (part for part in walk(tree) if isinstance(part, Infix) and part.operator == "*")
    return any(looks[part.left.span] == "matrix" and looks[part.right.span] == "vector" for part in products)


def _looks(tree: Tree, where: Mapping[str, str]) -> Mapping[tuple[int, int], Look | None]:
    """How each part looks, by its place: the parts inside it first."""
    looks: dict[tuple[int, int], Look | None] = {}
    for part in reversed(list(walk(tree))):
        looks[part.span] = _look(part, looks, where)
    return looks


def _look(tree: Tree, looks: Mapping[tuple[int, int], Look | None], where: Mapping[str, str]) -> Look | None:
    """How a part looks: a declared name as declared, another capital like a matrix and a small letter like a vector."""
    match tree:
        case Name(text):
            return _look_of_name(text, where)
        case Literal():
            return "scalar"
        case Minus(operand):
            return looks[operand.span]
        case Infix("+" | "-" | "*" | "/", left, right):
            first, second = looks[left.span], looks[right.span]
            return second if first == "scalar" else _product(first, second) if tree.operator == "*" else first
        case Apply(Name(function), (argument,)) if function in FUNCTIONS:
            if FUNCTIONS[function].shape is same:
                return looks[argument.span]
            return "scalar" if function in _NUMBERS else None
        case _:
            return None


def _product(first: Look | None, second: Look | None) -> Look | None:
    """Of a matrix and a vector: a vector, as this product is no other than that of matrices."""
    return "vector" if (first, second) == ("matrix", "vector") else first


def _look_of_name(name: str, where: Mapping[str, str]) -> Look | None:
    if name not in where:
        return look(name)
    declared = _KIND.match(where[name])
    return cast(Look, declared[1]) if declared else None
