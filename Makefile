# Everything happens in .venv, which the first target that needs it creates.
# PYTHON=... chooses the interpreter (3.11 or later); PYTEST=... adds options to the tests.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PYTEST ?= -n 2
FUZZ ?= 60
MINUTES ?= 60
BIN := .venv/bin
SOURCES := matcalc benchmarks soundness tests

.DEFAULT_GOAL := help
.PHONY: help venv verify test lint format bench coverage fuzz soundness

help:  ## show the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## */\t/' | expand -t 10

venv: .venv/.installed  ## create .venv with matcalc and the tools, pinned by constraints.txt

.venv/.installed: pyproject.toml constraints.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "matcalc needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

verify: venv  ## judge every identity of the catalogue
	$(BIN)/matcalc verify all

test: verify lint  ## the same, then lint, types and tests
	$(BIN)/pytest $(PYTEST)

lint: venv  ## ruff and mypy
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy

format: venv  ## put the sources in order
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

bench: venv  ## time the proofs and cross-checks of the catalogue, SymPy beside them, and their growth
	$(BIN)/python -m benchmarks

fuzz: venv  ## feed the loader and the parser hostile input for FUZZ seconds (60), and print the seed
	$(BIN)/python -m tests.fuzzing --seconds $(FUZZ)

coverage: venv  ## write docs/coverage.md: per source, what is stated, proved, refuted, out of reach
	$(BIN)/matcalc coverage --output docs/coverage.md

soundness: venv  ## go on for MINUTES (60) trying to have something false proved; writes docs/soundness.json and .md
	$(BIN)/python -m soundness --minutes $(MINUTES) --record docs/soundness.json --output docs/soundness.md
