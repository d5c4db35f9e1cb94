# Two commands set everything up: `make demo` and `make test`. They need Python 3.11 or newer and make.

ARGS    ?=
PYTHON  ?=
WORKERS ?= 2

BIN := .venv/bin

# Runs bootstrap.py with the first Python that is new enough.
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
bootstrap = @for python in $(PYTHONS); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && exec "$$python" bootstrap.py $(1); \
	done; echo "prodops needs Python 3.11 or newer and found $$($(firstword $(PYTHONS)) --version 2>/dev/null || echo none);" \
	  "install one (Debian, Ubuntu: apt install python3 python3-venv) or say make PYTHON=/path/to/python" >&2; exit 1

# The coverage bar is for the whole suite: a part of it (ARGS) is not judged by it.
COVERAGE = $(if $(ARGS),,--cov=prodops --cov-branch --cov-report=term:skip-covered --cov-fail-under=95)

.DEFAULT_GOAL := help
.PHONY: help .venv dev demo serve test lint types house reference screenshots docs bench bench-diagnosis bench-proof format lock clean

help: ## list the targets
	@grep -E '^[.a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name does; do printf '%-15s %s\n' "$$name" "$$does"; done

.venv: ## make .venv with what prodops needs to run
	$(call bootstrap,runtime)

dev: ## make .venv with the tools of the developers too
	$(call bootstrap,dev)

demo: .venv ## diagnose an invented organisation of 400 people: the main job in a minute
	@$(BIN)/prodops demo $(ARGS)

serve: .venv ## show the pages of the workspace in a browser
	@$(BIN)/prodops serve $(ARGS)

test: lint types ## everything: lint, types, then all tests with their coverage (ARGS="-k words" for some)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(COVERAGE) $(ARGS)

lint: dev ## style, formatting and the import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: dev ## mypy, strict
	$(BIN)/mypy $(if $(wildcard bench/*.py),src tests bench bootstrap.py)

house: dev ## the ten rules of the house alone
	$(BIN)/pytest tests/house $(ARGS)

reference: dev ## write docs/reference anew from the source
	$(BIN)/python tests/docs/reference.py

screenshots: dev ## pictures of every page, wide, narrow, dark and printed, in build/screenshots (needs Chromium)
	$(BIN)/python bench/screenshots.py $(ARGS)

docs: dev ## run the commands and the Python that the documents show
	$(BIN)/pytest tests/docs $(ARGS)

bench: dev ## does diagnosis find what was planted, and how fast
	@for file in bench/*.py; do [ -e "$$file" ] && [ "$$file" != bench/screenshots.py ] || continue; echo "$$file"; $(BIN)/python -m "bench.$$(basename "$$file" .py)" $(ARGS) || exit 1; done

bench-diagnosis: dev ## the diagnosis over many organisations (ARGS="SEEDS PEOPLE WEEKS"); goes on where it was stopped
	$(BIN)/python bench/diagnosis.py --workers $(WORKERS) $(ARGS)

bench-proof: dev ## does an interval of the proof hold, and is nothing claimed where nothing happened (ARGS="RUNS"); goes on where it was stopped
	$(BIN)/python bench/proof.py $(ARGS)

format: dev ## let ruff mend style and formatting
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## make both locks again from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra export --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove .venv and every cache
	find src tests bench -name __pycache__ -prune -exec rm -rf {} +
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* htmlcov
