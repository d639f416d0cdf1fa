"""The meaning of each operator by entries, in index notation: one definition each; layouts; canonical terms."""
