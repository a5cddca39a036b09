# Every target sets itself up on a fresh machine with Python 3.11 or later and pip; nothing is installed outside .venv.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint docs bench clean

demo: .venv/.strife
	@mkdir -p demo && echo '*' > demo/.gitignore
	$(BIN)/strife read examples --format table
	$(BIN)/strife read examples --format html -o demo/index.html
	@echo "The same as a page: demo/index.html"

test: lint
	$(BIN)/python -m pytest -n 2

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev
	@for file in benchmarks/*.py; do echo "$$file"; $(BIN)/python "$$file"; done

docs: .venv/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "The documentation: build/site/index.html; with search: $(BIN)/python -m http.server -d build/site"

clean:
	rm -rf .venv demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The stamps make a second run start at once; a change of the dependencies installs again.
.venv/.strife: pyproject.toml | .venv/bin/python
	$(PIP) install --editable .
	@touch $@

.venv/.dev: pyproject.toml | .venv/bin/python
	$(PIP) install --editable '.[dev]'
	@touch $@ .venv/.strife

.venv/.docs: pyproject.toml | .venv/bin/python
	$(PIP) install --editable '.[docs]'
	@touch $@ .venv/.strife

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "strife needs Python 3.11 or later: install it, or name it by PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv .venv
