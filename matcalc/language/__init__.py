"""The language: text to a typed syntax tree, every node with a shape in symbolic sizes.

`parse_claim` and `to_text` are inverse to each other. The nodes are in `matcalc.language.nodes`.
"""

from matcalc.language.inference import infer
from matcalc.language.parser import parse_claim, parse_expression
from matcalc.language.printing import to_text
from matcalc.language.sizes import rational_at, size_text, value_at

__all__ = ["infer", "parse_claim", "parse_expression", "rational_at", "size_text", "to_text", "value_at"]
