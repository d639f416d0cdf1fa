"""How long proofs take, measured: `python -m benchmarks`, or `make bench`."""
