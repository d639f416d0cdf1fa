"""matcalc decides whether a claim of matrix calculus is true for every size, and shows why."""

__version__ = "0.1.0"
