"""The command line: arguments in, exit codes out. `main` is the entry point."""

from matcalc.cli.app import main

__all__ = ["main"]
