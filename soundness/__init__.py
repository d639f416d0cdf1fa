"""The soundness campaign: everything that could make the prover say yes to a false claim, tried in bulk from a seed.

`python -m soundness` runs it and writes `docs/soundness.md`. Each campaign is a module of its own; `judging` is the
court of those that make claims: the prover's answer beside that of exact evaluation, which shares only the language.
"""
