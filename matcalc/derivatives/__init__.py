"""The derivative itself, as a matrix expression: proposed by rules for whole matrices, and proved by the prover.

`derivative_of` in `matcalc.derivatives.proposals` is the way in. What is proposed is no more than that: the kernel and
the cross-check decide whether it is right. The rules are rows of `OF_CALLS` in `matcalc.derivatives.pullbacks`.
"""
