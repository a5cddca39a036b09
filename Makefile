# Every target sets itself up on a fresh machine with Python 3.11 or later and pip; nothing is installed outside .venv.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint docs bench package lock clean

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

docs: .venv/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "The documentation: build/site/index.html; with search: $(BIN)/python -m http.server -d build/site"

# The wheel and the source distribution; the wheel in an environment of its own, with what is pinned and nothing else.
package: .venv/.dev
	rm -rf dist && $(BIN)/python -m hatchling build
	$(BIN)/python -m venv dist/.venv
	dist/.venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements.lock
	dist/.venv/bin/python -m pip --disable-pip-version-check --quiet install --no-deps dist/*.whl
	dist/.venv/bin/python -I tests/smoke.py

# Pins everything anew, with hashes, for every system and Python; needs uv (pip install uv).
UV := uv --no-config pip compile pyproject.toml --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
	--no-emit-package strife --no-header --default-index https://pypi.org/simple
lock:
	$(UV) --output-file requirements.lock
	$(UV) --extra dev --output-file requirements-dev.lock
	@echo "Then: make test, and python tests/licences.py where a package is new"

clean:
	rm -rf .venv demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The stamps make a second run start at once; a change of the dependencies installs again.
.venv/.strife: pyproject.toml | .venv/bin/python
	$(PIP) install --editable .
	@touch $@

.venv/.dev: pyproject.toml requirements-dev.lock | .venv/bin/python
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.strife

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "strife needs Python 3.11 or later: install it, or name it by PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv .venv
