# make run: set up, ingest corpus/, start the app.   make test: set up, run everything that is checked.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPUS ?= corpus
WORKERS ?= 2

.PHONY: run setup test lint clean
.DELETE_ON_ERROR:

run: setup
	@$(BIN)/python ingest.py $(CORPUS) || [ $$? -eq 1 ]
	@$(BIN)/python -m ui

setup: $(VENV)/.ready

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Cần Python 3.11 trở lên, đang có " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --disable-pip-version-check --quiet -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	$(BIN)/pip install --disable-pip-version-check --quiet -r requirements-dev.txt -c constraints.txt
	@touch $@

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

clean:
	rm -rf .index .runs .pytest_cache .mypy_cache .ruff_cache .hypothesis
