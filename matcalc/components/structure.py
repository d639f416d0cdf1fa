"""Properties that tie the entries of a symbol to one another."""

TIED = frozenset({"symmetric", "skew", "diagonal", "orthogonal", "lower", "upper", "psd", "pd"})
"""Properties under which the entries of a symbol are not independent."""

DIFFERENTIABLE = frozenset({"symmetric", "skew", "diagonal", "psd", "pd"})
"""Those for which the derivative by a free entry has a rule."""
