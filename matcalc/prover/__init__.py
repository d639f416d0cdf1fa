"""Search: finds a derivation for a claim and has the kernel replay it. Nothing here is trusted."""

from matcalc.prover.search import Proved, Unproved, prove

__all__ = ["Proved", "Unproved", "prove"]
