"""`python -m matcalc`: the command line without its entry point."""

from matcalc.cli import main

if __name__ == "__main__":
    main()
